"""Runs the NumPy model and the engine in turn, and prints what each takes and the ratios.

Both are timed inside their process, from the first draw to the last quantile: starting, reading tables and
making ready are left out. Each figure is the median of the rounds; a ratio is the median of the ratios of
neighbouring runs, so that a busy machine slows both. Processor seconds are given beside elapsed ones.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ALONE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # Freed buffers stay with the process: NumPy then pays no page faults for its temporary arrays.
    "MALLOC_MMAP_THRESHOLD_": "1073741824",
    "MALLOC_TRIM_THRESHOLD_": "4294967296",
    "MALLOC_TOP_PAD_": "67108864",
}


@dataclass
class Run:
    """What one run said, and the most memory that it held."""

    said: dict[str, Any]
    megabytes: float

    def __getitem__(self, name: str) -> float:
        return float(self.said[name])


class Bench:
    """Starts the two programs."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._python, self._engine, self._draws = given.python, given.engine, given.draws
        self._batch = given.batch or int(self.numpy("tune")["batch"])

    def numpy(self, what: str, *options: str) -> Run:
        """The NumPy model."""
        return _run([self._python, "-m", "national", what, *options])

    def numpy_run(self, processes: int) -> Run:
        """A run of so many processes."""
        run = self.numpy(
            "run", "--draws", str(self._draws), "--batch", str(self.batch), "--processes", str(processes)
        )
        if processes > 1:
            run.megabytes = run["megabytes"]  # of all processes
        return run

    def numpy_floor(self) -> Run:
        """Only drawing, only recording."""
        return self.numpy("floor", "--draws", str(self._draws), "--batch", str(self.batch))

    def engine(self, threads: int) -> Run:
        """The engine."""
        return _run([self._engine, "engine", str(self._draws), str(threads)])

    def engine_floor(self) -> Run:
        """Only drawing, only recording."""
        return _run([self._engine, "floor", str(self._draws)])

    @property
    def batch(self) -> int:
        """Draws that NumPy computes together."""
        return self._batch


def _run(command: list[str]) -> Run:
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=HERE, env={**os.environ, **ALONE}, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(json.loads(said.splitlines()[-1]), used.ru_maxrss / 1024)


def _in_turn(rounds: int, one: Callable[[], Run], other: Callable[[], Run]) -> tuple[list[Run], list[Run]]:
    pairs = [(one(), other()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _median(runs: list[Run], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _ratio(ours: list[Run], theirs: list[Run], name: str) -> float:
    return statistics.median(b[name] / a[name] for a, b in zip(ours, theirs, strict=True))


def _line(label: str, runs: list[Run]) -> str:
    elapsed, processor = _median(runs, "us_per_draw"), _median(runs, "cpu_us_per_draw")
    memory = statistics.median(run.megabytes for run in runs)
    return f"  {label:<22}{elapsed:>10.1f}{processor:>12.1f}{1e6 / elapsed:>12,.0f}{memory:>12.0f}"


def _compare(bench: Bench, rounds: int, threads: int) -> tuple[list[Run], list[Run]]:
    ours, theirs = _in_turn(rounds, lambda: bench.engine(threads), lambda: bench.numpy_run(threads))
    print(f"\n{threads} thread{'s' if threads > 1 else ''}, median of {rounds} in turn")
    print(f"  {'':<22}{'us/draw':>10}{'CPU us/draw':>12}{'draws/s':>12}{'peak MB':>12}")
    print(_line("dotacija", ours))
    print(_line(f"NumPy, batch {bench.batch}", theirs))
    elapsed, processor = _ratio(ours, theirs, "us_per_draw"), _ratio(ours, theirs, "cpu_us_per_draw")
    print(f"  NumPy takes {elapsed:.2f} times as long, {processor:.2f} times the processor time")
    return ours, theirs


def _floors(bench: Bench, rounds: int, ours: list[Run], theirs: list[Run]) -> None:
    floors = _in_turn(rounds, bench.engine_floor, bench.numpy_floor)
    print("\nthe floor: only drawing, only recording; one thread")
    print(
        f"  {'':<10}{'variates':>10}{'ns each':>10}{'cells':>10}{'ns each':>10}{'us/draw':>10}{'whole / floor':>16}"
    )
    for label, runs, whole in (("dotacija", floors[0], ours), ("NumPy", floors[1], theirs)):
        least = _median(runs, "floor_us_per_draw")
        ratio = statistics.median(
            w["cpu_us_per_draw"] / f["floor_us_per_draw"] for w, f in zip(whole, runs, strict=True)
        )
        print(
            f"  {label:<10}{_median(runs, 'variates_per_draw'):>10,.0f}{_median(runs, 'ns_per_variate'):>10.2f}"
            f"{_median(runs, 'cells_per_draw'):>10,.0f}{_median(runs, 'ns_per_cell'):>10.2f}{least:>10.1f}{ratio:>16.2f}"
        )
    print("  (a cell is a figure that is kept: one that several policies have in common counts once)")


def _machine() -> str:
    names = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores"


def main() -> None:
    """Reads the arguments and compares."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--python", required=True, help="an interpreter with NumPy")
    arguments.add_argument("--engine", required=True, help="the bench `floor` as a program")
    arguments.add_argument("--draws", type=int, default=10_000)
    arguments.add_argument("--batch", type=int, default=0, help="of NumPy; 0: tuned first")
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    print(f"{_machine()}; load {os.getloadavg()[0]:.1f}; {given.draws:,} draws")
    bench = Bench(given)
    ours, theirs = _compare(bench, given.rounds, 1)
    _floors(bench, given.rounds, ours, theirs)
    cores = os.cpu_count() or 1
    if cores > 1:
        _compare(bench, given.rounds, cores)


if __name__ == "__main__":
    main()
