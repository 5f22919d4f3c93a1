"""Checks: the problems that `dotacija check` finds, over every wrong scenario that the program is tested with."""

import json

import dotacija
import pytest
from conftest import ROOT, STARTER, TINY, program

CASES = sorted(path.parent for path in (ROOT / "tests" / "messages").glob("*/*/expected.txt"))


def settings(case):
    """The settings of a case; nothing where they cannot be written as a dictionary."""
    file = case / "arguments.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    values = [line for line in lines if line != "--set"]
    pairs = [value.split("=", 1) for value in values if "=" in value and not value.startswith("--")]
    found = dict(pairs)
    return found if len(found) == len(values) == len(lines) / 2 else None


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request, monkeypatch):
    if settings(request.param) is None:
        pytest.skip("its settings are no dictionary")
    monkeypatch.chdir(request.param)
    return request.param


def test_every_wrong_scenario_is_answered_as_the_program_answers_it(case):
    found = dotacija.check("scenario.ron", set=settings(case))
    expected = (case / "expected.txt").read_text(encoding="utf-8")
    assert "\n\n".join(map(str, found)) in expected
    assert len(found) == expected.count("\nerror[") + expected.count("\nwarning[") + (expected[:6] in ("error[", "warnin"))
    if found and found[0].severity == "error":
        with pytest.raises(dotacija.ScenarioError) as caught:
            dotacija.run("scenario.ron", set=settings(case))
        # A check tells warnings of the median path as well.
        assert caught.value.problems[0].code == found[0].code


def test_there_are_cases():
    assert len(CASES) > 500


@pytest.mark.parametrize("path", CASES[::40], ids=lambda path: path.name)
def test_places_are_those_of_the_program(path, monkeypatch):
    monkeypatch.chdir(path)
    options = [word for pair in (settings(path) or {}).items() for word in ("--set", "=".join(pair))]
    said, _ = program("check", "scenario.ron", *options, "--format", "json", expected=None)
    expected = json.loads(said)["scenarios"][0]["problems"]
    found = dotacija.check("scenario.ron", set=settings(path))
    for problem, record in zip(found, expected, strict=True):
        for name in ("severity", "code", "file", "line", "column", "end_line", "end_column", "note"):
            assert getattr(problem, name) == record.get(name), name
        assert problem.label == record.get("label", "")


def test_a_sound_scenario_has_no_error():
    assert [problem for problem in dotacija.check(STARTER) if problem.severity == "error"] == []


def test_a_setting_is_checked_too_and_its_place_underlined(in_root):
    problem = dotacija.check(TINY.relative_to(ROOT), set={"levers.rate_county": "abc"})[0]
    assert problem.severity == "error"
    assert "^" in str(problem) and "levers.rate_county=abc" in str(problem)
