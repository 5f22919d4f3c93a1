"""Who goes where, what is served there, and how many posts that takes.

Points only open, never close, so a unit's people go from one point to a nearer one as time passes. In
order of distance each point is the nearest open one from its own opening to the earliest opening of a
nearer one: an interval of months, found once for all years in integers of one byte. A year cuts its part
out of the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .inputs import Singles, Values
from .world import ACCESS_KM, NEVER, TIERS, Floats, Ints, Points, RankedSum, World

Months = NDArray[np.int8]


class Walk:
    """Pairs of a unit and a point that may be its nearest open one."""

    def __init__(self, world: World, always_open: int, existing_only: bool, batch: int) -> None:
        """Units look no further than the first point that is open from the month `always_open` on."""
        points = world.points
        allowed = points.exists if existing_only else np.ones(len(points.tier), np.bool_)
        ends = points.exists & (points.opens + 1 <= always_open)
        lists = [_nearest(points, unit, allowed, ends) for unit in range(len(points.tier))]
        units = np.array(sorted(range(len(lists)), key=lambda unit: -len(lists[unit])), np.intp)
        ranks = [[unit for unit in units if len(lists[unit]) > rank] for rank in range(len(lists[units[0]]))]
        self.unit = np.array([unit for rank in ranks for unit in rank], np.intp)
        self.point = np.array([lists[unit][rank] for rank, row in enumerate(ranks) for unit in row], np.intp)
        self._rank_counts = [len(rank) for rank in ranks]
        self._lists, self._units = lists, units
        self.batch = batch
        self._lay_out(world)
        pairs = len(self.order)
        self._people = (points.population[self.unit[self.order]] / 12).astype(np.float32)[:, None]
        self._km = points.km[self.unit, self.point][self.order].astype(np.float32)[:, None]
        self._weights = np.empty((pairs, batch), np.float32)
        self._come = np.empty((pairs, batch), np.float32)
        self._turn = np.empty((pairs, batch), np.int8)
        self._limit = np.empty((pairs, batch), np.int8)
        self._from = np.empty((pairs, batch), np.int8)
        self._until = np.empty((pairs, batch), np.int8)
        self.by_rank = np.empty((pairs, batch), np.int8)
        """Earliest opening of a nearer point, rank by rank."""
        self._earliest = np.empty((len(lists), batch), np.int8)

    def _lay_out(self, world: World) -> None:
        """Pairs are summed by point and class of the unit first: what one class needs is one factor."""
        points = world.points
        classes = points.group * 2 + points.parish
        names, of_unit = np.unique(classes, return_inverse=True)
        self.class_group = names // 2
        self.class_parish = names % 2
        self.class_people = np.bincount(of_unit, weights=points.population)
        by_pair = RankedSum(self.point * len(names) + of_unit[self.unit])
        self.order = by_pair.order
        self._by_pair = by_pair
        point, self.sum_class = np.divmod(by_pair.groups, len(names))
        count = len(by_pair.groups)
        self._by_point = RankedSum(point)
        self._point_row = np.argsort(self._by_point.groups)
        self._reached = self._by_point.groups
        self._by_class_group = RankedSum(self.class_group[self.sum_class])
        self._sums = np.empty((count, self.batch), np.float32)
        self._laid = np.empty((count, self.batch), np.float32)
        self._point_sums = np.empty((len(self._reached), self.batch), np.float32)
        self._group_sums = np.empty((len(self._by_class_group.groups), self.batch), np.float32)

    def decay(self, per_km: Singles, floor: float) -> None:
        """The share that goes, by pair, times the people of the unit a month."""
        np.multiply(self._km, per_km, out=self._weights)
        np.exp2(self._weights, out=self._weights)
        np.maximum(self._weights, floor, out=self._weights)
        self._weights *= self._people

    def open(self, open_from: Months) -> None:
        """Finds for each pair from when to when the point is the nearest open one."""
        earliest, first = self._earliest, 0
        earliest.fill(NEVER)
        for count in self._rank_counts:
            rows = slice(first, first + count)
            self.by_rank[rows] = earliest[:count]
            opens = np.take(open_from, self.point[rows], axis=0, mode="clip")
            np.minimum(earliest[:count], opens, out=earliest[:count])
            first += count
        np.take(self.by_rank, self.order, axis=0, out=self._until, mode="clip")
        np.take(open_from, self.point[self.order], axis=0, out=self._from, mode="clip")

    def access_rows(self, points: Points, km: float) -> tuple[Ints, Ints]:
        """Units that no point reaches for sure, and the row with their earliest opening within so many km."""
        firsts = np.concatenate([[0], np.cumsum(self._rank_counts)])
        units, rows = [], []
        for place, unit in enumerate(self._units):
            within = sum(points.km[unit, point] <= km for point in self._lists[unit])
            if within < len(self._lists[unit]):
                units.append(unit)
                rows.append(firsts[within] + place)
        return np.array(units, np.intp), np.array(rows, np.intp)

    def go(self, year: int, need: Singles, attracted: Singles) -> Singles:
        """Who comes to each point in a year, `[point][draw]`; returns who comes of each group's units."""
        # With a whole array in place of one number these take a fifteenth of the time.
        self._limit.fill(12 * year + 12)
        np.minimum(self._until, self._limit, out=self._turn)
        self._limit.fill(12 * year)
        np.maximum(self._from, self._limit, out=self._limit)
        self._turn -= self._limit
        self._limit.fill(0)
        np.maximum(self._turn, self._limit, out=self._turn)
        np.copyto(self._come, self._turn)
        self._come *= self._weights
        self._by_pair(self._come, self._sums)
        np.take(need, self.sum_class, axis=0, out=self._laid, mode="clip")
        self._sums *= self._laid
        np.take(self._sums, self._by_point.order, axis=0, out=self._laid, mode="clip")
        self._by_point(self._laid, self._point_sums)
        if len(self._point_row) == len(attracted):
            np.take(self._point_sums, self._point_row, axis=0, out=attracted, mode="clip")
        else:
            attracted.fill(0)
            attracted[self._reached] = self._point_sums
        np.take(self._sums, self._by_class_group.order, axis=0, out=self._laid, mode="clip")
        return self._by_class_group(self._laid, self._group_sums)

    @property
    def group_order(self) -> Ints:
        """The group in each row of what `go` returns."""
        return self._by_class_group.groups


def _nearest(points: Points, unit: int, allowed: NDArray[np.bool_], ends: NDArray[np.bool_]) -> list[int]:
    order = np.lexsort((points.code_order, np.arange(len(allowed)) != unit, points.km[unit]))
    order = order[allowed[order]]
    last = int(np.argmax(ends[order]))
    return [int(point) for point in order[: last + 1]]


@dataclass(frozen=True)
class Shares:
    """What a tier does with the cases that come, `[tier][draw]`."""

    served: Floats
    rest: Floats
    hours: Floats
    """Hours of work a case that comes."""
    minutes: Floats
    """Minutes a case that is served."""

    @classmethod
    def of(cls, world: World, values: Values, year: int) -> Shares:
        """The shares of a calendar year."""
        numbers, draw = world.numbers, values.national
        institutions = world.interpolated(numbers["load"]["institutions"], year)
        consultation = draw["consultation_share"]
        minutes = numbers["staffing"]["follow_up"] * (
            consultation * draw["minutes_consultation"] + (1 - consultation) * draw["minutes_application"]
        )
        served, hours, each = [], [], []
        for name in TIERS:
            tier = numbers["tiers"][name]
            basket = draw["library_basket"] if name == "local" else np.ones_like(consultation)
            depth = basket * draw["second_level_share"]
            inside = depth * (tier["days"] / 5 * min(1.0, tier["institutions"] / institutions))
            video = (depth - inside) * draw["video_share"]
            counter = basket - depth + inside
            work = (counter * minutes + video * draw["minutes_video"]) / 60
            served.append(counter + video)
            hours.append(work)
            each.append(60 * work / (counter + video))
        return cls(np.array(served), 1 - np.array(served), np.array(hours), np.array(each))


@cache
def greatest_loads(share: float, most: int, waits: tuple[float, ...]) -> Floats:
    """The greatest load that keeps a waiting target, `[counters][wait]`, by halving (Erlang 1917)."""
    servers = np.arange(1, most + 1, dtype=np.float64)[:, None]
    met, missed = np.zeros((most, len(waits))), np.repeat(servers, len(waits), axis=1)
    for _ in range(32):
        middle = (met + missed) / 2
        holds = 1 - _waiting_share(servers, middle) * np.exp((middle - servers) * np.array(waits)) >= share
        met, missed = np.where(holds, middle, met), np.where(holds, missed, middle)
    return met


def _waiting_share(servers: Floats, load: Floats) -> Floats:
    """Erlang's C."""
    blocked = np.ones_like(load)
    for count in range(1, len(servers) + 1):
        busy = load[count - 1 :] * blocked[count - 1 :]
        blocked[count - 1 :] = busy / (count + busy)
    return blocked / (1 - load / servers * (1 - blocked))


class Waiting:
    """Counters that keep a waiting target, from a table of the greatest loads."""

    MOST = 200
    """Above so many counters the load itself is taken."""
    WAITS = np.linspace(0.05, 8, 160)

    def __init__(self, share: float) -> None:
        self._most = greatest_loads(share, self.MOST, tuple(self.WAITS))

    def counters(self, load: Singles, wait: Floats) -> Singles:
        """The least counters for loads of `[…][draw]`."""
        step = self.WAITS[1] - self.WAITS[0]
        place = np.clip((wait - self.WAITS[0]) / step, 0, len(self.WAITS) - 1.001)
        left = place.astype(np.intp)
        part = place - left
        counters = np.zeros(load.shape, np.uint8)
        greatest = float(load.max())
        for most in self._most:
            limit = most[left] + part * (most[left + 1] - most[left])
            counters += load > limit.astype(np.float32)
            if greatest <= limit.min():
                break
        counters += load > 0
        return np.where(counters > self.MOST, load, counters).astype(np.float32, copy=False)


def months_open(opens: Months, year: int, bound: Months, out: Months) -> Months:
    """Months of a year from the first month open on; `bound` is a buffer."""
    bound.fill(12 * year + 12)
    np.subtract(bound, opens, out=out)
    bound.fill(12)
    np.minimum(out, bound, out=out)
    bound.fill(0)
    return np.maximum(out, bound, out=out)


class Need:
    """Need of a year by class of units, apart from the people of the unit."""

    def __init__(self, world: World, classes: Walk) -> None:
        self.world = world
        self._municipality = world.group_municipality[classes.class_group]
        tier = world.group_tier[classes.class_group]
        self._kind = tier * 2 + classes.class_parish
        use = 1 - world.municipalities.internet_use
        self._logs = np.log(use / world.numbers["load"]["digital_reference"])[:, None]

    def municipal(self, values: Values) -> Singles:
        """The part that differs by municipality and not by year."""
        digital = np.exp(self._logs * values.national["digital_exponent"])
        digital *= values.need_per_head
        return np.take(digital, self._municipality, axis=0).astype(np.float32)

    def of_year(self, values: Values, municipal: Singles, year: int) -> Singles:
        """`[class][draw]`, cases a head."""
        numbers, draw = self.world.numbers["load"], values.national
        calendar = self.world.numbers["first_year"] + year
        since = calendar - numbers["people_since"]
        people = [(1 + draw["trend_town"]) ** since, (1 + draw["trend_parish"]) ** since]
        help_desk = 1 - draw["consultation_share"] * draw["helpdesk_take"] * self.world.interpolated(
            numbers["helpdesk"], calendar
        )
        common = np.exp(values.digital_force[year + 1]) * help_desk * self._basket(draw, calendar)
        left = self._between(numbers["offices"], calendar, 1, draw["offices_left"])
        offices = [0 * left, draw["offices_county"], draw["offices_regional"], draw["offices_national"]]
        kinds = np.array([common * (1 - office * left) * kind for office in offices for kind in people])
        need = np.take(kinds.astype(np.float32), self._kind, axis=0)
        need *= municipal
        return need

    def _basket(self, draw: dict[str, Floats], calendar: int) -> Floats:
        numbers = self.world.numbers["load"]
        (first, start), (middle, then), (last, planned) = numbers["basket"]
        if calendar <= middle:
            services = (
                start + (then - start) * (calendar - first) / (middle - first) + 0 * draw["services_reached"]
            )
        else:
            end = planned * draw["services_reached"]
            services = then + (end - then) * (calendar - middle) / (last - middle)
        return (services / numbers["basket_reference"]) ** draw["basket_elasticity"]

    @staticmethod
    def _between(table: list[list[float]], calendar: int, first: float, last: Floats) -> Floats:
        (start, _), (end, _) = table
        part = min(max((calendar - start) / (end - start), 0), 1)
        return first + (last - first) * part


class Access:
    """People within reach of an open point, by group of units."""

    def __init__(self, world: World, walk: Walk) -> None:
        points, groups = world.points, len(world.by_group.groups)
        rows, place, people = [], [], []
        sure = np.zeros((len(ACCESS_KM), groups))
        for distance, km in enumerate(ACCESS_KM):
            units, at = walk.access_rows(points, km)
            rows.append(at)
            place.append(distance * groups + points.group[units])
            people.append(points.population[units] / 12)
            sure[distance] = np.bincount(points.group, weights=points.population, minlength=groups)
            sure[distance] -= np.bincount(
                points.group[units], weights=points.population[units], minlength=groups
            )
        self._sums = RankedSum(np.concatenate(place))
        self._rows = np.concatenate(rows)[self._sums.order]
        self._people = np.concatenate(people)[self._sums.order].astype(np.float32)[:, None]
        self._sure = sure.reshape(-1, 1)
        self._walk = walk
        shape = (len(self._rows), walk.batch)
        self._bound, self._months = np.empty(shape, np.int8), np.empty(shape, np.int8)
        self._reached = np.empty(shape, np.float32)
        self._summed = np.empty((len(self._sums.groups), walk.batch), np.float32)
        self._all = np.empty((len(self._sure), walk.batch))

    def of_years(self, years: int, out: Floats) -> None:
        """`[distance][year][group][draw]`; a unit at an always open point has it in the first year too."""
        earliest = np.take(self._walk.by_rank, self._rows, axis=0, mode="clip")
        for year in range(years):
            np.copyto(self._reached, months_open(earliest, year, self._bound, self._months))
            self._reached *= self._people
            self._all[...] = self._sure
            self._all[self._sums.groups] += self._sums(self._reached, self._summed)
            out[:, year] = self._all.reshape(out.shape[0], -1, self._walk.batch)
