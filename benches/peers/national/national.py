"""Runs of the national scenario, in one process or in one for each core."""

from __future__ import annotations

import mmap
import multiprocessing
import time
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .course import Course
from .figures import Figures
from .inputs import Inputs
from .policies import Policies
from .record import PROBABILITIES, Block, Record
from .world import Floats, World

CELLS = 20_000
"""Room for the figures; memory that is not touched is not taken."""
READ = len(PROBABILITIES) + 2
"""Least, quantiles and greatest."""
BATCHES = (32, 64, 96, 128, 192, 256, 384, 512, 1024)


@dataclass
class Took:
    """What a run took, from the first draw to the last quantile."""

    seconds: float
    cpu_seconds: float
    """Of all processors."""
    megabytes: float
    """Memory at the end, when everything is kept; shared pages count once."""


@dataclass
class Result:
    """What a run found, and what it took."""

    blocks: dict[str, Block]
    counts: Floats
    mean: Floats
    sd: Floats
    quantiles: NDArray[np.float32]
    """Least, the quantiles of `PROBABILITIES`, greatest, by figure."""
    values: NDArray[np.float32]
    """The values of each figure in ascending order, missing ones last."""
    differences: dict[tuple[str, str], Floats]
    draws: int
    took: Took


class Simulator:
    """Batch after batch with the same buffers."""

    def __init__(self, world: World, batch: int, seed: int, stream: int, record: Record) -> None:
        self.inputs = Inputs(world, batch, seed, stream)
        self.course = Course(world, batch)
        self.policies = Policies(world, batch)
        self.figures = Figures(world, batch, record)

    def step(self) -> None:
        """The next batch of draws."""
        values = self.inputs.draw()
        self.course.run(values)
        totals = self.figures.totals(self.course)
        settled = self.policies.settle(self.course, totals)
        self.figures.add(self.course, totals, settled, values.national)


def run(world: World, draws: int, batch: int, seed: int, processes: int = 1) -> Result:
    """Simulates at least so many draws: whole batches, the same number in each process."""
    share = -(-draws // (batch * processes)) * batch
    if processes == 1:
        return _run_alone(world, share, batch, seed)
    return _run_together(world, share, batch, seed, processes)


def _run_alone(world: World, draws: int, batch: int, seed: int) -> Result:
    record = Record(CELLS, draws)
    simulator = Simulator(world, batch, seed, 0, record)
    start, used = time.perf_counter(), time.process_time()
    for _ in range(draws // batch):
        simulator.step()
    quantiles = np.empty((record.used, READ), np.float32)
    record.quantiles(0, record.used, quantiles)
    took = Took(time.perf_counter() - start, time.process_time() - used, _megabytes())
    return _result(record, quantiles, simulator.figures.differences.sums, draws, took)


def _run_together(world: World, share: int, batch: int, seed: int, processes: int) -> Result:
    """Each process fills its columns of the same values, then sorts its part of the rows."""
    fork = multiprocessing.get_context("fork")
    draws = share * processes
    values, quantiles = _shared(CELLS, draws), _shared(CELLS, READ)
    ends, workers = [], []
    for stream in range(processes):
        end, other = fork.Pipe()
        record = Record(CELLS, share, values[:, stream * share : (stream + 1) * share])
        task = (world, batch, seed, stream, record, values, quantiles, other)
        workers.append(fork.Process(target=_work, args=task, daemon=True))
        ends.append(end)
        workers[-1].start()
    _gather(ends)  # all are ready
    start = time.perf_counter()
    _tell(ends, [None] * processes)
    parts = _gather(ends)
    record = _merged(parts, values)
    edges = np.linspace(0, record.used, processes + 1).astype(int)
    _tell(ends, [(record.counts, int(low), int(high)) for low, high in pairwise(edges)])
    theirs = _gather(ends)
    took = Took(
        time.perf_counter() - start,
        sum(seconds for seconds, _ in theirs),
        _megabytes() + sum(megabytes for _, megabytes in theirs),
    )
    for worker in workers:
        worker.join()
    sums = {key: sum(part[1][key] for part in parts) for key in parts[0][1]}
    return _result(record, quantiles[: record.used], sums, draws, took)


def _shared(rows: int, columns: int) -> NDArray[np.float32]:
    return np.frombuffer(mmap.mmap(-1, rows * columns * 4), np.float32).reshape(rows, columns)


def _gather(ends: list[Connection]) -> list[Any]:
    return [end.recv() for end in ends]


def _tell(ends: list[Connection], words: list[Any]) -> None:
    for end, word in zip(ends, words, strict=True):
        end.send(word)


def _work(
    world: World,
    batch: int,
    seed: int,
    stream: int,
    record: Record,
    values: NDArray[np.float32],
    quantiles: NDArray[np.float32],
    end: Connection,
) -> None:
    simulator = Simulator(world, batch, seed, stream, record)
    end.send("ready")
    end.recv()
    started = time.process_time()
    for _ in range(record.values.shape[1] // batch):
        simulator.step()
    used = record.used
    sums = (record.blocks, record.counts[:used], record.sums[:used], record.squares[:used])
    end.send((sums, simulator.figures.differences.sums))
    counts, first, last = end.recv()
    whole = Record(CELLS, values.shape[1], values)
    whole.counts = counts
    whole.quantiles(first, last, quantiles)
    end.send((time.process_time() - started, _megabytes()))


def _merged(parts: list[Any], values: NDArray[np.float32]) -> Record:
    record = Record(CELLS, values.shape[1], values)
    record.adopt(parts[0][0][0])
    for (_, counts, sums, squares), _ in parts:
        record.counts[: record.used] += counts
        record.sums[: record.used] += sums
        record.squares[: record.used] += squares
    return record


def _megabytes() -> float:
    """Memory of this process, with its part of what it shares."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def _result(
    record: Record,
    quantiles: NDArray[np.float32],
    differences: dict[tuple[str, str], Floats],
    draws: int,
    took: Took,
) -> Result:
    used = record.used
    return Result(
        blocks=record.blocks,
        counts=record.counts[:used],
        mean=record.mean()[:used],
        sd=record.sd()[:used],
        quantiles=quantiles,
        values=record.values,
        differences=differences,
        draws=draws,
        took=took,
    )


@dataclass
class Floor:
    """What drawing and recording alone take, in processor time."""

    variates_per_draw: int
    ns_per_variate: float
    cells_per_draw: int
    ns_per_cell: float
    floor_us_per_draw: float


def floor(world: World, draws: int, batch: int, seed: int) -> Floor:
    """Only draws the same variates, then only records the same figures."""
    draws = -(-draws // batch) * batch
    record = Record(CELLS, draws)
    simulator = Simulator(world, batch, seed, 0, record)
    inputs, figures = simulator.inputs, simulator.figures
    start = time.process_time()
    for _ in range(draws // batch):
        inputs.draw()
    drawing = time.process_time() - start
    kept: list[tuple[str, Floats, bool]] = []
    record_one = figures.put
    figures.put = lambda name, values, missing=False: kept.append((name, values.copy(), missing))  # type: ignore[method-assign]
    simulator.step()
    figures.put = record_one  # type: ignore[method-assign]
    start = time.process_time()
    for first in range(0, draws, batch):
        for name, values, missing in kept:
            record.add(name, values, first, missing)
    record.quantiles(0, record.used, np.empty((record.used, READ), np.float32))
    recording = time.process_time() - start
    variates, cells = inputs.variates, record.used
    each = 1e9 * drawing / draws / variates, 1e9 * recording / draws / cells
    return Floor(variates, each[0], cells, each[1], 1e6 * (drawing + recording) / draws)


def tuned_batch(world: World, seed: int) -> int:
    """The batch that takes least time a draw on this machine."""
    best, least = 0, np.inf
    for batch in BATCHES:
        simulator = Simulator(world, batch, seed, 0, Record(CELLS, 4 * batch))
        simulator.step()
        times = []
        for _ in range(3):
            start = time.thread_time()
            simulator.step()
            times.append((time.thread_time() - start) / batch)
        if min(times) < least:
            best, least = batch, min(times)
    return best
