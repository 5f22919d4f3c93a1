"""The memory of runs against what is announced before they begin.

    python3 tests/faults/memory.py PROGRAM SCENARIO...

Runs the scenarios, and synthetic ones of 1,000 and 3,000 municipalities with ten points each, of few and
many draws, on every core, and prints for each the bytes that `check` says a run takes beside the most that
one took. Ends with 1 if any took more.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

SYNTHETIC = (1_000, 3_000)
DRAWS = (64, 2_048)
# Further ways to write, which take memory of their own.
WAYS = ([], ["--keep-draws"], ["--png", "--central"])


def announced(program: str, scenario: pathlib.Path, draws: int) -> int:
    """The bytes that a run of so many draws is said to take."""
    told = subprocess.run(
        [program, "check", str(scenario), "--set", f"run.draws={draws}", "--format", "json"],
        check=True, capture_output=True)
    return json.loads(told.stdout)["scenarios"][0]["size"]["memory_bytes"]


def most(command: list[str]) -> int:
    """The most bytes that a command has held."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = child.stderr.read().decode(errors="replace")
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}: {told}")
    return used.ru_maxrss * 1024


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    is_over = False
    with tempfile.TemporaryDirectory() as place:
        scenarios = [pathlib.Path(path) for path in sys.argv[2:]]
        for count in SYNTHETIC:
            folder = pathlib.Path(place, f"of-{count}")
            subprocess.run([program, "new", str(folder), "--synthetic", str(count), str(10 * count)],
                           check=True, stdout=subprocess.DEVNULL)
            scenarios.append(folder / "synthetic.ron")
        for scenario in scenarios:
            for draws in DRAWS:
                told = announced(program, scenario, draws)
                for way in WAYS:
                    taken = most([program, "run", str(scenario), "--draws", str(draws), "--quiet", *way,
                                  "-o", str(pathlib.Path(place, "run")), "--force"])
                    is_over |= taken > told
                    print(f"{scenario.parent.name}/{scenario.name}, {draws} draws {' '.join(way)}: announced "
                          f"{told / 1e6:,.0f} MB, took {taken / 1e6:,.0f}"
                          f"{' - MORE' if taken > told else ''}", flush=True)
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
