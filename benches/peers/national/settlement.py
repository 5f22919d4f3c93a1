"""Dividing a pot among claims: in proportion with largest remainders, or point by point in order of a score.

All amounts are whole units in float64, exact far beyond what occurs. Arrays are `[year][municipality][draw]`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .world import Floats

ALMOST_HALF = 0.5 + 2.0**-30
"""Half up, and what falls short of a half by rounding counts as one."""
INDEX_BITS = 6
"""Bits of a sorting key that say which municipality it is of."""


def whole(amount: Floats, per_unit: float) -> Floats:
    """To whole units, half up; `per_unit` of them make one of the amount."""
    rounded = amount * per_unit
    rounded += ALMOST_HALF
    return np.floor(rounded, out=rounded)


def cents(euro: Floats) -> Floats:
    """Whole cents, half up."""
    return whole(euro, 100.0)


def in_proportion(claims: Floats, pot: Floats) -> Floats:
    """Awards of a pot of `[year][draw]` units; where it is short, in proportion by largest remainders."""
    total = claims.sum(axis=1)
    short = total > pot
    ratio = np.ones_like(total)
    np.divide(pot, total, out=ratio, where=short)
    parts = claims * ratio[:, None]
    awards = np.floor(parts)
    parts -= awards
    left = np.where(short, np.rint(pot - awards.sum(axis=1)), 0)
    awards += largest(parts, left)
    return awards


def largest(parts: Floats, count: Floats) -> NDArray[np.bool_]:
    """Which parts are the `count` largest of their column, ties to the first row."""
    rows = parts.shape[1]
    parts *= 1 << (30 - INDEX_BITS)
    keys = parts.astype(np.int32)
    keys <<= INDEX_BITS
    keys += np.arange(rows - 1, -1, -1, dtype=np.int32)[:, None]
    across = keys.transpose(0, 2, 1).copy()
    across.sort(axis=-1)
    place = np.clip(rows - count, 0, rows - 1).astype(np.intp)
    place += np.arange(place.size).reshape(place.shape) * rows
    least = np.take(across, place, mode="clip")
    least[count <= 0] = np.iinfo(np.int32).max
    return keys >= least[:, None]


class Competition:
    """Whole points in order of a score; what is left is offered once more to points that fit.

    Where the pot covers all claims they are paid. The other columns are gathered and sorted, and then
    the list is followed row by row for all of them at once.
    """

    def __init__(self, claims: Floats, points: Floats, scores: Floats, pot: Floats) -> None:
        short = np.flatnonzero(claims.sum(axis=1).ravel() > np.broadcast_to(pot, claims[:, 0].shape).ravel())
        order = self._ranking(self._columns(scores, short), self._columns(claims, short))
        place = order * len(short) + np.arange(len(short))
        self._claims = np.take(self._columns(claims, short), place, mode="clip")
        self._points = np.take(self._columns(points, short), place, mode="clip")
        np.maximum(self._points, 1, out=self._points)
        self._left = np.broadcast_to(pot, claims[:, 0].shape).ravel()[short]
        paid = self._follow()
        back = np.empty_like(paid)
        np.put(back, place, paid)
        self.awards = claims.copy()
        years, _, draws = claims.shape
        year, draw = np.divmod(short, draws)
        self.awards[year, :, draw] = back.T
        self.partial = np.zeros((years, draws))
        self.partial[year, draw] = np.where((self._claims > paid).any(axis=0), self._left, 0)
        """What is left for the first point that waits."""

    @staticmethod
    def _columns(values: Floats, short: NDArray[np.intp]) -> Floats:
        """`[municipality][column]` of the columns that are short."""
        year, draw = np.divmod(short, values.shape[2])
        return np.ascontiguousarray(values[year, :, draw].T)

    @staticmethod
    def _ranking(scores: Floats, claims: Floats) -> NDArray[np.intp]:
        """Municipalities by falling score, then claim; the row stands in the last bits of the key.

        Scores are positive, and different ones differ by far more than the claim or the row moves them.
        """
        rows = len(scores)
        keys = scores + 1.0
        claims = claims * 1e-12
        keys += claims
        bits = keys.view(np.int64)
        bits >>= INDEX_BITS
        bits <<= INDEX_BITS
        bits |= np.arange(rows - 1, -1, -1)[:, None]
        across = np.ascontiguousarray(keys.T)
        across.sort(axis=1)
        ranked = np.ascontiguousarray(across[:, ::-1].T).view(np.int64)
        ranked &= (1 << INDEX_BITS) - 1
        return rows - 1 - ranked

    def _follow(self) -> Floats:
        """Both rounds; returns what is paid, in the order of the ranking."""
        claims, points, left = self._claims, self._points, self._left
        base = np.floor(claims / points)
        larger = claims - base * points
        funded, paid = np.zeros_like(claims), np.zeros_like(claims)
        total = np.cumsum(claims, axis=0)
        full = total <= left
        np.copyto(paid, claims, where=full)
        np.copyto(funded, points, where=full)
        self._buy_first(full, total, base, larger, funded, paid)
        for row in range(len(claims)):
            able = (funded[row] < points[row]) & (base[row] <= left) & (claims[row] > 0)
            if able.any():
                columns = np.flatnonzero(able)
                self._buy(row, columns, base, larger, funded, paid, stops=False)
        return paid

    def _buy_first(
        self,
        full: NDArray[np.bool_],
        total: Floats,
        base: Floats,
        larger: Floats,
        funded: Floats,
        paid: Floats,
    ) -> None:
        """The first row that is not paid in full is paid in part, and ends the round."""
        columns = np.arange(full.shape[1])
        row = full.sum(axis=0)
        before = np.where(row > 0, total[np.maximum(row - 1, 0), columns], 0)
        self._left -= before
        self._buy(row, columns, base, larger, funded, paid, stops=True)

    def _buy(
        self,
        row: NDArray[np.intp] | int,
        columns: NDArray[np.intp],
        base: Floats,
        larger: Floats,
        funded: Floats,
        paid: Floats,
        stops: bool,
    ) -> None:
        """Funds as many points of a row as can be paid: first those that cost a unit more."""
        price, have, left = base[row, columns], funded[row, columns], self._left[columns]
        wanted = np.maximum(larger[row, columns] - have, 0)
        number = np.minimum(np.floor(left / (price + 1)), wanted)
        cost = number * (price + 1)
        rest = self._points[row, columns] - np.maximum(larger[row, columns], have)
        others = np.minimum(np.floor((left - cost) / np.maximum(price, 1)), rest)
        if stops:
            others[number < wanted] = 0
        cost += others * price
        number += others
        funded[row, columns] += number
        paid[row, columns] += cost
        self._left[columns] -= cost
