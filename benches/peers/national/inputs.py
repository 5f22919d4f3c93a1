"""The uncertain inputs of a batch of draws.

Inputs of the nation are few: a normal score each, and a straight line in a fine table of the quantile
function. Inputs of municipalities and points are thousands, so their scores live on a grid of 1/1024 in
16-bit integers: shared and own parts are integer additions, and a value is one look in a table. The
rounding of a score adds less than a ten-millionth to its variance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .world import NEVER, Floats, World

NORMAL = NormalDist()
GRID = 1024
"""Steps of a score of 1."""
EDGE = 8
"""Scores of the nation's table run from −8 to 8."""
STEP = 64
"""Steps of a score of 1 in the nation's tables."""
Scores = NDArray[np.int16]
Singles = NDArray[np.float32]


def quantiles(distribution: list[Any], scores: Floats) -> Floats:
    """The values of a distribution at normal scores."""
    name, *numbers = distribution
    if name == "Normal":
        return numbers[0] + numbers[1] * scores
    if name == "LogNormal":
        low, high = (math.log(number) for number in numbers)
        return np.exp((low + high) / 2 + (high - low) / (2 * NORMAL.inv_cdf(0.9)) * scores)
    share = np.array([0.5 * math.erfc(-score / math.sqrt(2)) for score in scores])
    if name == "Uniform":
        return numbers[0] + (numbers[1] - numbers[0]) * share
    if name == "Triangular":
        return _triangular(numbers, share)
    if name == "Pert":
        return _pert(numbers, share)
    raise ValueError(name)


def _triangular(numbers: list[float], share: Floats) -> Floats:
    least, mode, most = numbers
    rising = least + np.sqrt(share * (most - least) * (mode - least))
    falling = most - np.sqrt((1 - share) * (most - least) * (most - mode))
    return np.where(share * (most - least) < mode - least, rising, falling)


def _pert(numbers: list[float], share: Floats) -> Floats:
    """The beta distribution of PERT, its distribution function summed up on a fine grid."""
    least, mode, most = numbers
    width = most - least
    above, below = 4 * (mode - least) / width, 4 * (most - mode) / width
    at = np.linspace(0, 1, 40_001)
    density = at**above * (1 - at) ** below
    total = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return least + width * np.interp(share, total / total[-1], at)


def _all_scores() -> Floats:
    """The score that each 16-bit number stands for as an index."""
    return np.arange(1 << 16, dtype=np.uint16).view(np.int16) / GRID


@cache
def _table(*distribution: Any) -> Singles:
    return quantiles(list(distribution), _all_scores()).astype(np.float32)


@cache
def _own_scores(weight: float) -> Scores:
    """The part of a score that is worth this share of its variance, for each 16-bit random number."""
    return np.rint(math.sqrt(weight) * GRID * _NORMALS).astype(np.int16)


@cache
def _chances(limit: float, spread: float) -> NDArray[np.uint16]:
    """The chance of a score above the limit given its shared part, of 65,536."""
    chance = [0.5 * math.erfc((limit - score) / spread / math.sqrt(2)) for score in _all_scores()]
    return np.minimum(np.rint(np.array(chance) * 65536), 65535).astype(np.uint16)


_NORMALS = np.array([NORMAL.inv_cdf((at + 0.5) / (1 << 16)) for at in range(1 << 16)])


@dataclass(frozen=True)
class Values:
    """Inputs of a batch."""

    national: dict[str, Floats]
    pay_index: Floats
    """`[year][draw]`, as are the next three."""
    price_index: Floats
    half_price_index: Floats
    digital_force: Floats
    """From the year before the first."""
    need_per_head: Singles
    """`[municipality][draw]`"""
    least_posts: Singles
    """`[point][draw]`"""
    overrun: Singles
    open_from: NDArray[np.int8]
    """First month open, of each point."""


class Inputs:
    """Draws batches of inputs."""

    def __init__(self, world: World, batch: int, seed: int, stream: int) -> None:
        self.world, self.batch = world, batch
        self.variates = 0
        """Random numbers in a draw, once one batch is drawn."""
        numbers = world.numbers
        self.random = np.random.Generator(np.random.SFC64([seed, stream]))
        grid = np.arange(-EDGE * STEP, EDGE * STEP + 1) / STEP
        tables = np.array([quantiles(numbers["national"][name], grid) for name in numbers["national"]])
        self._names = list(numbers["national"])
        self._values, self._slopes = tables.ravel(), np.diff(tables, append=0).ravel()
        self._rows = (np.arange(len(tables)) * len(grid) + EDGE * STEP)[:, None].astype(np.float64)
        self._prepare_shared(numbers)
        planned = np.flatnonzero(~world.points.exists)
        self._planned = planned
        self._planned_month = (world.points.opens[planned] + 1).astype(np.float32)[:, None]
        self._planned_municipality = world.points.municipality[planned]
        months = np.clip(world.points.opens + 1, -12, NEVER).astype(np.int8)
        self._open_from = np.repeat(months[:, None], batch, axis=1)

    def _prepare_shared(self, numbers: dict[str, Any]) -> None:
        municipal, point = numbers["municipal"], numbers["point"]
        every = {**municipal, **point}
        self._nation = {name: _own_scores(of["nation"]) for name, of in every.items()}
        self._middle = {
            name: _own_scores(of["municipality"] if name in point else 1 - of["nation"])
            for name, of in every.items()
        }
        self._own = {name: _own_scores(1 - of["nation"] - of["municipality"]) for name, of in point.items()}
        self._tables = {
            name: _table(*of["value"]) for name, of in every.items() if of["value"][0] != "Bernoulli"
        }
        never = point["never_opens"]
        limit = NORMAL.inv_cdf(1 - never["value"][1])
        spread = math.sqrt(1 - never["nation"] - never["municipality"])
        self._never = _chances(limit, spread)

    def draw(self) -> Values:
        """The next batch."""
        self.variates = len(self._names) + 3 * self.world.years
        national = self._draw_national()
        pay, price, half = self._indices()
        shared = self._draw_shared()
        world, points = self.world, self.world.points
        overrun = self._spread("overrun", shared["overrun"], points.municipality)
        local = world.tier_rows[0]
        least = np.empty((len(points.tier), self.batch), np.float32)
        self._spread("posts_local", shared["posts_local"], points.municipality[local], out=least[local])
        for tier, rows in zip(("county", "regional", "national"), world.tier_rows[1:], strict=True):
            scores = np.take(shared[f"posts_{tier}"], points.municipality[rows], axis=0)
            np.take(self._tables[f"posts_{tier}"], scores.view(np.uint16), out=least[rows], mode="clip")
        return Values(
            national=national,
            pay_index=pay,
            price_index=price,
            half_price_index=half,
            digital_force=self._walk(),
            need_per_head=np.take(
                self._tables["need_per_head"], shared["need_per_head"].view(np.uint16), mode="clip"
            ),
            least_posts=least,
            overrun=overrun,
            open_from=self._open(shared),
        )

    def _bits(self, rows: int) -> NDArray[np.uint16]:
        """Rows of 16 random bits."""
        self.variates += rows
        count = rows * self.batch
        return (
            self.random.bit_generator.random_raw((count + 3) // 4)
            .view(np.uint16)[:count]
            .reshape(rows, self.batch)
        )

    def _draw_national(self) -> dict[str, Floats]:
        at = self.random.standard_normal((len(self._names), self.batch))
        np.clip(at, 0.01 - EDGE, EDGE - 0.01, out=at)
        at *= STEP
        at += self._rows
        place = at.astype(np.intp)
        at -= place
        at *= np.take(self._slopes, place, mode="clip")
        at += np.take(self._values, place, mode="clip")
        return dict(zip(self._names, at, strict=True))

    def _draw_shared(self) -> dict[str, Scores]:
        """Scores by municipality: the nation's part and its own."""
        names = list(self._nation)
        municipalities = len(self.world.municipalities.codes)
        nation, middle = self._bits(len(names)), self._bits(len(names) * municipalities)
        shared = {}
        for at, name in enumerate(names):
            rows = middle[at * municipalities : (at + 1) * municipalities]
            shared[name] = np.take(self._middle[name], rows, mode="clip")
            shared[name] += np.take(self._nation[name], nation[at], mode="clip")
        return shared

    def _spread(
        self, name: str, shared: Scores, municipality: NDArray[np.intp], out: Singles | None = None
    ) -> Singles:
        """Values of points: what their municipality shares, and their own."""
        scores = np.take(self._own[name], self._bits(len(municipality)), mode="clip")
        scores += np.take(shared, municipality, axis=0, mode="clip")
        return np.take(self._tables[name], scores.view(np.uint16), out=out, mode="clip")

    def _open(self, shared: dict[str, Scores]) -> NDArray[np.int8]:
        month = self._spread("point_delay", shared["point_delay"], self._planned_municipality)
        ready = np.take(self._tables["readiness"], shared["readiness"].view(np.uint16), mode="clip")
        month += np.take(ready, self._planned_municipality, axis=0, mode="clip")
        month += self._planned_month
        np.minimum(month, NEVER, out=month)
        opens = month.astype(np.int8)
        chance = np.take(self._never, shared["never_opens"].view(np.uint16), mode="clip")
        fails = self._bits(len(self._planned)) < np.take(
            chance, self._planned_municipality, axis=0, mode="clip"
        )
        opens[fails] = NEVER
        self._open_from[self._planned] = opens
        return self._open_from

    def _persistent(self, name: str) -> Floats:
        """A stationary chain from the first year on, `[year][draw]`."""
        of = self.world.numbers["yearly"][name]
        chain = self.random.standard_normal((self.world.years, self.batch))
        fresh = math.sqrt(1 - of["persistence"] ** 2)
        for year in range(1, self.world.years):
            chain[year] *= fresh
            chain[year] += of["persistence"] * chain[year - 1]
        return of["mean"] + of["sd"] * chain

    def _indices(self) -> tuple[Floats, Floats, Floats]:
        world, numbers = self.world, self.world.numbers
        surprise, drift = self._persistent("price_surprise"), self._persistent("pay_drift")
        years = range(numbers["first_year"], numbers["last_year"] + 1)
        expected = np.array([world.interpolated(numbers["price_growth"], year) for year in years])
        price = surprise + expected[:, None]
        pay = drift + numbers["pay_per_price_surprise"] * surprise
        indices = []
        for growth in (pay, price, 0.5 * price):
            growth = 1 + growth
            growth[: numbers["price_year"] - numbers["first_year"] + 1] = 1
            indices.append(np.cumprod(growth, axis=0))
        return indices[0], indices[1], indices[2]

    def _walk(self) -> Floats:
        of = self.world.numbers["yearly"]["digital_force"]
        steps = np.full((self.world.years + 1, self.batch), float(of["walk_from"]))
        steps[1:] = of["mean"] + of["sd"] * self.random.standard_normal((self.world.years, self.batch))
        return np.cumsum(steps, axis=0)
