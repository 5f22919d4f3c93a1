"""Runs: every figure is that of the program."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import dotacija
import pytest
from conftest import ROOT, SCENARIOS, STARTER, TINY, program, written

NATIONAL = SCENARIOS / "latvia" / "network-592.ron"

# Scenario, arguments of the function, and options of the program that ask for the same.
CASES = {
    "tiny": (TINY, {"draws": 300}, ["--draws", "300"]),
    "starter": (STARTER, {"draws": 200, "central": True}, ["--draws", "200", "--central"]),
    "seed": (STARTER, {"draws": 100, "seed": 7}, ["--draws", "100", "--seed", "7"]),
    "set": (
        TINY,
        {"draws": 100, "set": {"levers.rate_county": 2.5}},
        ["--draws", "100", "--set", "levers.rate_county=2.5"],
    ),
    "precision": (
        TINY,
        {"set": {"run.precision.relative": 0.05, "run.precision.at_most": 4096}},
        ["--precision", "0.05", "--at-most", "4096"],
    ),
    # More draws than quantiles are kept exactly for.
    "exact": (TINY, {"draws": 20_000, "exact_quantiles": True}, ["--draws", "20000", "--exact-quantiles"]),
    "national": (NATIONAL, {"draws": 64, "policies": ["M3 + I2"]}, ["--draws", "64", "--policy", "M3 + I2"]),
}


def differences(table, path):
    """Where a table is not what a file says, cell by cell."""
    header, rows = written(path)
    assert table.columns == header
    assert len(table) == len(rows)
    found = []
    for at, name in enumerate(header):
        for number, (value, row) in enumerate(zip(table[name], rows, strict=True)):
            text = row[at]
            if isinstance(value, str):
                is_same = value == text or "'" + value == text
            elif value is None:
                is_same = text == ""
            else:
                is_same = text != "" and float(text) == value
            if not is_same:
                found.append((name, number, value, text))
    return found


@pytest.mark.parametrize("case", CASES)
def test_every_cell_of_every_table_is_that_of_the_program(case, tmp_path):
    scenario, arguments, options = CASES[case]
    run = dotacija.run(scenario, **arguments)
    folder = tmp_path / "run"
    program("run", scenario, *options, "--quiet", "-o", folder)
    compared = 0
    for path in folder.glob("*.csv"):
        table = run.tables[path.stem]
        assert differences(table, path) == []
        compared += len(table) * len(table.columns)
    assert compared > 500
    # What is not written has no rows.
    for name, table in run.tables.items():
        assert len(table) > 0 or not (folder / f"{name}.csv").exists() or name in ("verdicts", "network")


def test_a_run_knows_what_it_is_and_what_to_beware_of(tmp_path):
    run = dotacija.run(TINY, draws=100)
    assert (run.about["draws"], run.about["scenario"]) == (100, "tiny")
    assert repr(run).startswith("<dotacija.Run of tiny: 100 draws, 2 policies, ")
    (few,) = [warning for warning in run.warnings if warning.code == "D0720"]
    assert "`draws=1000`" in few.help and "warning[D0720]" in str(few)
    program("run", TINY, "--draws", "100", "--quiet", "-o", tmp_path / "run")
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert [warning.message for warning in run.warnings] == [of["message"] for of in manifest["warnings"]]
    with pytest.raises(AttributeError, match="central=True"):
        run.worksheet


def test_a_precision_that_is_missed_is_told():
    settings = {"run.precision.relative": 0.000001, "run.precision.at_most": 1024}
    run = dotacija.run(STARTER, set=settings)
    assert not run.about["precision"]["reached"]
    assert any("not known as well as wanted" in warning.message for warning in run.warnings)


def test_threads_change_no_figure():
    one, three = (dotacija.run(STARTER, draws=500, threads=threads) for threads in (1, 3))
    for name, table in one.tables.items():
        for column in table.columns:
            assert table[column] == three.tables[name][column], (name, column)


def test_progress_rises_and_what_it_raises_stops_the_run():
    seen = []
    run = dotacija.run(STARTER, draws=100_000, progress=lambda done, total: seen.append((done, total)))
    assert run.about["draws"] == 100_000
    assert len(seen) > 1 and [of for _, of in seen] == [100_000] * len(seen)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)

    def enough(done, total):
        assert threading.current_thread() is threading.main_thread()
        raise LookupError(f"enough after {done}")

    begun = time.monotonic()
    with pytest.raises(LookupError, match="enough after"):
        dotacija.run(STARTER, draws=100_000_000, progress=enough)
    assert time.monotonic() - begun < 20


def test_progress_is_a_line_on_standard_error(capsys):
    dotacija.run(STARTER, draws=50_000, progress=True)
    said = capsys.readouterr()
    assert "of 50,000 draws" in said.err and said.err.endswith("\r") and said.out == ""


def test_other_threads_of_python_work_while_a_run_does():
    ticks = []
    over = threading.Event()

    def tick():
        while not over.wait(0.01):
            ticks.append(time.monotonic())

    ticker = threading.Thread(target=tick)
    ticker.start()
    dotacija.run(STARTER, draws=100_000)
    over.set()
    ticker.join()
    assert len(ticks) > 5


INTERRUPTED = """
import dotacija, sys
def begun(done, total):
    print("begun", flush=True)
try:
    dotacija.run(sys.argv[1], draws=1_000_000_000, progress=begun)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_ctrl_c_stops_a_run_at_once():
    child = subprocess.Popen([sys.executable, "-c", INTERRUPTED, STARTER], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "begun\n"
    asked = time.monotonic()
    os.kill(child.pid, signal.SIGINT)
    said = child.communicate(timeout=60)[0]
    assert said.endswith("interrupted\n") and child.returncode == 0
    assert time.monotonic() - asked < 15


def test_what_is_wrong_is_an_exception_with_every_problem(in_root, tmp_path):
    scenario = STARTER.relative_to(ROOT)
    for settings, options in [
        ({"levers.no_such": 3}, ["--set", "levers.no_such=3"]),
        ({"years.first": 2090}, ["--set", "years.first=2090"]),
        ({"policies": "nonsense("}, ["--set", "policies=nonsense("]),
    ]:
        with pytest.raises(dotacija.ScenarioError) as caught:
            dotacija.run(scenario, set=settings, draws=10)
        _, said = program(
            "run", scenario, *options, "--set", "run.draws=10", "-o", tmp_path / "run", expected=2
        )
        # The program ends with a word on who explains the first problem.
        assert said.rsplit(";", 1)[0] == str(caught.value), settings
        assert caught.value.problems[0].severity == "error"


def test_a_name_that_is_none_of_the_scenario_is_told_with_the_nearest():
    with pytest.raises(dotacija.ScenarioError, match="did you mean|there are|known") as caught:
        dotacija.run(TINY, policies=["no such policy"], draws=10)
    assert "is not a policy of this scenario" in caught.value.problems[0].message
    with pytest.raises(TypeError, match="list of names"):
        dotacija.run(TINY, policies="today")
    with pytest.raises(TypeError, match="NoneType"):
        dotacija.run(TINY, set={"levers.rate_county": None})


def test_a_formula_that_fails_in_a_draw_is_an_exception_too():
    with pytest.raises(dotacija.ScenarioError) as caught:
        dotacija.run(TINY, draws=64, set={"levers.rate_county": -1e9})
    assert caught.value.problems


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(dotacija.ScenarioError, match="nowhere.ron"):
        dotacija.run(SCENARIOS / "nowhere.ron")


def test_the_version_is_that_of_the_program():
    said, _ = program("--version")
    assert said.split()[-1] == dotacija.__version__


def test_licences_of_all_parts_are_there():
    said, _ = program("licences")
    assert dotacija.licences().startswith(said) and "\npyo3 0." in dotacija.licences()
