"""What a run keeps: moments and quantiles of every distinct figure, in the order of its recording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .world import Floats

PROBABILITIES = np.array([0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99])
CHUNK = 32
"""Rows that are sorted together: few enough for the cache."""


@dataclass
class Block:
    """Figures that are recorded together."""

    first: int
    shape: tuple[int, ...]

    @property
    def rows(self) -> slice:
        """Its rows among all figures."""
        return slice(self.first, self.first + int(np.prod(self.shape)))


class Record:
    """Values of all draws in single precision for the quantiles, sums in double precision for the moments."""

    def __init__(self, cells: int, draws: int, values: NDArray[np.float32] | None = None) -> None:
        self.values = np.empty((cells, draws), np.float32) if values is None else values
        self.counts = np.zeros(cells)
        self.sums = np.zeros(cells)
        self.squares = np.zeros(cells)
        self.blocks: dict[str, Block] = {}
        self._used = 0

    def adopt(self, blocks: dict[str, Block]) -> None:
        """Takes over where another record has which figures."""
        self.blocks = blocks
        self._used = max(block.rows.stop for block in blocks.values())

    def add(self, name: str, values: Floats, first: int, missing: bool = False) -> None:
        """Adds the draws from `first` on of figures `[…][draw]`; NaN is missing where that may be."""
        block = self.blocks.get(name)
        if block is None:
            block = self.blocks[name] = Block(self._used, values.shape[:-1])
            self._used = block.rows.stop
        flat = values.reshape(-1, values.shape[-1])
        rows = block.rows
        self.values[rows, first : first + flat.shape[1]] = flat
        sums, squares = flat @ np.ones(flat.shape[1]), np.vecdot(flat, flat)
        self.counts[rows] += flat.shape[1]
        if missing and np.isnan(sums).any():
            self._leave_out(rows.start, flat, sums, squares)
        self.sums[rows] += sums
        self.squares[rows] += squares

    def _leave_out(self, first: int, flat: Floats, sums: Floats, squares: Floats) -> None:
        """Sums again the rows in which something is missing."""
        rows = np.flatnonzero(np.isnan(sums))
        known = flat[rows]
        lacks = np.isnan(known)
        known[lacks] = 0
        sums[rows], squares[rows] = known.sum(axis=1), np.vecdot(known, known)
        self.counts[first + rows] -= np.count_nonzero(lacks, axis=1)

    @property
    def used(self) -> int:
        """Figures recorded."""
        return self._used

    def mean(self) -> Floats:
        """Mean of each figure."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.sums / self.counts

    def sd(self) -> Floats:
        """Standard deviation of each figure."""
        with np.errstate(invalid="ignore", divide="ignore"):
            variance = (self.squares - self.sums**2 / self.counts) / (self.counts - 1)
        return np.sqrt(np.maximum(variance, 0))

    def quantiles(self, first: int, last: int, out: NDArray[np.float32]) -> None:
        """Least, quantiles (Hyndman and Fan's type 7) and greatest of the figures from `first` to `last`.

        Sorts the values in place: with vector instructions a whole sort is quicker than selecting fourteen
        order statistics.
        """
        for start in range(first, last, CHUNK):
            rows = slice(start, min(start + CHUNK, last))
            values = self.values[rows]
            values.sort(axis=1)
            out[rows] = _read(values, self.counts[rows])


def _read(values: NDArray[np.float32], counts: Floats) -> Floats:
    """Missing values stand last in the order."""
    place = np.maximum(counts[:, None] - 1, 0) * PROBABILITIES
    low = place.astype(np.intp)
    high = np.minimum(low + 1, values.shape[1] - 1)
    below, above = np.take_along_axis(values, low, axis=1), np.take_along_axis(values, high, axis=1)
    part = place - low
    between = np.where(part > 0, below + (above - below) * part, below)
    last = np.maximum(counts[:, None] - 1, 0).astype(np.intp)
    return np.concatenate([values[:, :1], between, np.take_along_axis(values, last, axis=1)], axis=1)
