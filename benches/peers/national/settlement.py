"""Dividing a pot among claims: in proportion with largest remainders, or point by point in order of a score.

All amounts are whole units in float64, exact far beyond what occurs. Arrays are `[year][municipality][draw]`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .world import Floats

ALMOST_HALF = 0.5 + 2.0**-30
"""Half up, and what falls short of a half by rounding counts as one."""


def whole(amount: Floats, unit: float = 1.0) -> Floats:
    """To whole units, half up."""
    rounded = amount * (1 / unit)
    rounded += ALMOST_HALF
    return np.floor(rounded, out=rounded)


def cents(euro: Floats) -> Floats:
    """Whole cents, half up."""
    rounded = euro * 100
    rounded += ALMOST_HALF
    return np.floor(rounded, out=rounded)


def in_proportion(claims: Floats, pot: Floats) -> Floats:
    """Awards of a pot of `[year][draw]` units; where it is short, in proportion by largest remainders."""
    total = claims.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(total > pot, pot / total, 1.0)
    awards = claims * ratio[:, None]
    parts = awards.copy()
    np.floor(awards, out=awards)
    parts -= awards
    left = np.where(total > pot, np.rint(pot - awards.sum(axis=1)), 0)
    awards += largest(parts, left)
    return awards


def largest(parts: Floats, count: Floats) -> NDArray[np.bool_]:
    """Which parts are the `count` largest of their column, ties to the first municipality."""
    rows = parts.shape[1]
    keys = (parts * (1 << 24)).astype(np.int32)
    keys <<= 6
    keys += np.arange(rows - 1, -1, -1, dtype=np.int32)[:, None]
    across = np.sort(keys.transpose(0, 2, 1), axis=-1)
    place = np.clip(rows - count, 0, rows - 1).astype(np.intp)
    least = np.take_along_axis(across, place[..., None], axis=-1)[..., 0]
    least[count <= 0] = np.iinfo(np.int32).max
    return keys >= least[:, None]


class Competition:
    """Whole points in order of a score; what is left is offered once more to points that fit."""

    def __init__(self, claims: Floats, points: Floats, scores: Floats, pot: Floats) -> None:
        years, rows, draws = claims.shape
        # Equal scores go to the larger claim; different ones differ by far more than this moves them.
        order = np.argsort(-scores - 1e-14 * claims, axis=1, kind="stable")
        self.claims = np.take_along_axis(claims, order, axis=1)
        self.points = np.maximum(np.take_along_axis(points, order, axis=1), 1)
        self._order = order
        self.base = np.floor(self.claims / self.points)
        self.larger = self.claims - self.base * self.points
        self.left = np.broadcast_to(pot, (years, draws)).copy()
        self.funded = np.zeros_like(self.claims)
        self.awards = np.zeros_like(self.claims)
        self._first_round()
        self._second_round()
        self.partial = self._first_waiting()

    def _buy(self, row: int, more: NDArray[np.bool_] | bool, stops: bool) -> NDArray[np.bool_]:
        """Funds points of one row where `more` are wanted; tells where all are funded."""
        base, larger, left = self.base[:, row], self.larger[:, row], self.left
        funded = self.funded[:, row]
        wanted = np.maximum(larger - funded, 0)
        number = np.minimum(np.floor(left / (base + 1)), wanted)
        cost = number * (base + 1)
        rest = self.points[:, row] - np.maximum(larger, funded)
        with np.errstate(divide="ignore", invalid="ignore"):
            others = np.where(base > 0, np.minimum(np.floor((left - cost) / base), rest), rest)
        if stops:
            others = np.where(number < wanted, 0, others)
        others = np.maximum(others, 0)
        buys = more & (self.claims[:, row] > 0)
        number = np.where(buys, number + others, 0)
        cost = np.where(buys, cost + others * base, 0)
        funded += number
        left -= cost
        self.awards[:, row] += cost
        return (funded >= self.points[:, row]) | (self.claims[:, row] == 0)

    def _first_round(self) -> None:
        goes_on = np.ones(self.left.shape, np.bool_)
        for row in range(self.claims.shape[1]):
            goes_on &= self._buy(row, goes_on, stops=True)

    def _second_round(self) -> None:
        for row in range(self.claims.shape[1]):
            self._buy(row, True, stops=False)

    def _first_waiting(self) -> Floats:
        waits = (self.claims > self.awards) & (self.points > self.funded)
        return np.where(waits.any(axis=1), self.left, 0)

    def by_municipality(self) -> Floats:
        """Awards in the order of municipalities."""
        awards = np.empty_like(self.awards)
        np.put_along_axis(awards, self._order, self.awards, axis=1)
        return awards
