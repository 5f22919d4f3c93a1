"""Simulates the national scenario."""

from __future__ import annotations

import mmap
import multiprocessing as processes
import resource
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection

import numpy as np
from numpy.typing import NDArray

from .course import Course
from .figures import Differences, Figures
from .inputs import Inputs
from .policies import Policies
from .record import PROBABILITIES, Block, Record
from .world import Floats, World

CELLS = 24_000
"""Room for the figures; memory that is not touched is not taken."""


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
    seconds: float
    megabytes: float


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


def run(world: World, draws: int, batch: int, seed: int) -> Result:
    """A run in this process."""
    start = time.perf_counter()
    draws = -(-draws // batch) * batch
    record = Record(CELLS, draws)
    simulator = Simulator(world, batch, seed, 0, record)
    for _ in range(draws // batch):
        simulator.step()
    quantiles = np.empty((record.used, len(PROBABILITIES) + 2), np.float32)
    record.quantiles(0, record.used, quantiles)
    seconds = time.perf_counter() - start
    return _result(record, quantiles, simulator.figures.differences, draws, seconds)


def _result(record: Record, quantiles: NDArray[np.float32], differences: Differences, draws: int, seconds: float) -> Result:
    used = record.used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Result(
        blocks=record.blocks,
        counts=record.counts[:used],
        mean=record.mean()[:used],
        sd=record.sd()[:used],
        quantiles=quantiles,
        values=record.values,
        differences=differences.sums,
        draws=draws,
        seconds=seconds,
        megabytes=peak / 1024,
    )


def tuned_batch(world: World, seed: int) -> int:
    """The batch that takes least time a draw on this machine."""
    best, least = 0, np.inf
    for batch in (32, 64, 96, 128, 192, 256, 384, 512, 1024):
        record = Record(CELLS, batch)
        simulator = Simulator(world, batch, seed, 0, record)
        times = []
        for _ in range(4):
            simulator.figures._first = 0
            start = time.thread_time()
            simulator.step()
            times.append((time.thread_time() - start) / batch)
        if min(times) < least:
            best, least = batch, min(times)
    return best
