"""The rules of the four policies, and what they pay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .course import Course
from .settlement import Competition, cents, in_proportion, whole
from .world import TIERS, Floats, World


@dataclass(frozen=True)
class Settled:
    """One programme under one rule, cents: `[year][municipality][draw]`."""

    entitlement: Floats
    award: Floats
    pot: Floats
    """`[year]`"""
    partial: Floats | None = None
    """What the first point that waits would have been awarded in part, `[year][draw]`."""
    broken: Floats | None = None
    """Where a protected guarantee was cut."""


class Seen:
    """What worksheets see of the course: quantities by municipality, `[year][municipality][draw]`."""

    def __init__(self, world: World, batch: int) -> None:
        self.world = world
        self._shape = (world.years, len(world.municipalities.codes), batch)
        self._laid = np.empty((world.years, len(world.group_tier), batch))

    def total(self, quantity: Floats) -> Floats:
        """Over all tiers."""
        np.take(quantity, self.world.by_municipality.order, axis=1, out=self._laid, mode="clip")
        return self.world.by_municipality(self._laid, np.empty(self._shape))

    def weighted(self, quantity: Floats, weights: dict[str, float]) -> Floats:
        """Over the tiers, each with its weight."""
        of_group = np.array([weights.get(name, 0.0) for name in TIERS])[self.world.group_tier]
        return self.total(quantity * of_group[:, None])


class Policies:
    """Settles all policies on the network that they share."""

    def __init__(self, world: World, batch: int) -> None:
        self.world, self.seen = world, Seen(world, batch)
        numbers = world.numbers
        self.maintenance_pot = np.full(
            world.years, 100.0 * (numbers["maintenance_appropriation"] - numbers["top_slice"])
        )
        self.investment_pot = 100.0 * np.array(numbers["investment_pot"])
        self.fund_pot = 100.0 * np.array(numbers["recovery_fund_pot"])
        towns = world.municipalities
        self._remote = (towns.mean_distance_km * (1 - towns.internet_use))[:, None]
        rate = world.levers["base_matching"] + np.where(towns.density < 15, 0.10, 0)
        rate += np.where(towns.distance_to_riga_km > 100, 0.05, 0) - np.where(towns.density > 50, 0.15, 0)
        self._rate = np.clip(rate, 0.50, 0.85)[:, None]

    def settle(self, course: Course, totals: dict[str, Floats]) -> dict[str, Settled]:
        """Every programme that differs, by the name of its rule."""
        settled = self._r0_investment(course, totals)
        settled["R0 maintenance"] = self._r0_maintenance(course)
        settled["M1"] = self._m1(course, totals)
        settled["M3"] = self._m3(course, totals)
        settled.update(self._competitions(course, totals))
        return settled

    def _caps(self) -> dict[str, float]:
        levers = self.world.levers
        large = levers["cap_large"]
        return {
            "local": levers["cap_local"],
            "county": levers["cap_county"],
            "regional": large,
            "national": large,
        }

    def _r0_investment(self, course: Course, totals: dict[str, Floats]) -> dict[str, Settled]:
        world = self.world
        caps = np.array([self._caps()[name] for name in TIERS])[world.group_tier][:, None]
        new, cost = course.of["new_points"], course.of["new_point_cost"] * world.levers["matching_share"]
        # "large" is one line for two tiers, but no municipality has points of both.
        due = self.seen.total(np.minimum(cost, caps * new))
        np.minimum(due, totals["investment_cost"], out=due)
        claims = cents(due)
        settled = {}
        for name, pot in (("R0 investment", self.investment_pot), ("fund investment", self.fund_pot)):
            settled[name] = Settled(claims, in_proportion(claims, pot[:, None]), pot)
        return settled

    def _r0_maintenance(self, course: Course) -> Settled:
        levers = self.world.levers
        small, large = 12 * levers["rate_small"], 12 * levers["rate_large"]
        rates = {"local": small, "county": small, "regional": large, "national": large}
        due = self.seen.weighted(course.of["open_points"], rates)
        due *= 1 + levers["upkeep_rate"]
        claims = cents(due)
        return Settled(claims, in_proportion(claims, self.maintenance_pot[:, None]), self.maintenance_pot)

    def _m1(self, course: Course, totals: dict[str, Floats]) -> Settled:
        levers = self.world.levers
        large = 12 * levers["base_large"]
        base = {
            "local": 12 * levers["base_local"],
            "county": 12 * levers["base_county"],
            "regional": large,
            "national": large,
        }
        presence = self.seen.weighted(course.of["open_points"], base)
        presence *= 1 + levers["upkeep_rate"]
        load = np.concatenate([course.past_load[None], totals["load"][:-1]])
        activity = np.minimum(load, levers["case_cap"] * totals["open_points"])
        activity *= levers["rate_case"]
        limit = levers["state_share"] * totals["maintenance_cost"]
        np.minimum(presence, limit, out=presence)
        limit -= presence
        np.minimum(activity, limit, out=activity)
        first, second = whole(cents(presence), 0.01), whole(cents(activity), 0.01)
        pot = np.floor(self.maintenance_pot / 100)[:, None]
        all_first = first.sum(axis=1)
        short = all_first > pot
        claims = np.where(short[:, None], first, second)
        awards = in_proportion(claims, np.where(short, pot, pot - all_first))
        awards += np.where(short[:, None], 0, first)
        return Settled(100 * (first + second), 100 * awards, self.maintenance_pot)

    def _m3(self, course: Course, totals: dict[str, Floats]) -> Settled:
        levers, towns = self.world.levers, self.world.municipalities
        points = totals["open_points"]
        available = self.maintenance_pot[0] / 100
        ceiling = levers["state_share"] * totals["maintenance_cost"]
        below = np.minimum(self._index(points) * available, ceiling)
        cut = available - below.sum(axis=1, keepdims=True)  # the index adds up to 1
        room = ceiling - below
        roomy = room.sum(axis=1, keepdims=True)
        room *= np.where(roomy > 0, np.minimum(1, cut / np.maximum(roomy, 1)), 0)
        below += room
        due = np.floor(below, out=below)
        np.minimum(due, totals["maintenance_cost"], out=due)
        last, last_points = towns.previous_entitlement[:, None], course.past_open
        entitlement, floor = np.empty_like(due), levers["point_floor"] * points
        least = np.ceil(cents(floor) / 100)
        first = self.world.numbers["first_year"]
        for year in range(self.world.years):
            claim = due[year]
            share = self.world.numbers["hold_harmless"].get(str(first + year), 0.0)
            if share > 0:
                before = last / np.where(last_points > 0, last_points, 1) * (last_points > 0)
                claim = np.maximum(claim, share * before * points[year])
            entitlement[year] = np.maximum(whole(cents(claim), 0.01), least[year])
            last, last_points = entitlement[year], points[year]
        return self._protected(entitlement, least)

    def _index(self, points: Floats) -> Floats:
        """The index of needs; it adds up to 1 over municipalities."""
        levers, towns = self.world.levers, self.world.municipalities
        city = np.where(towns.parishes == 0, levers["city_weight"], 1.0)[:, None]
        reached = np.minimum(1, points / towns.units[:, None])
        reached *= city * towns.population[:, None]
        remote = points * towns.mean_distance_km[:, None]
        digital = reached * (1 - towns.internet_use)[:, None]
        index = levers["w_presence"] * (points / points.sum(axis=1, keepdims=True))
        index += levers["w_people"] * (reached / reached.sum(axis=1, keepdims=True))
        index += levers["w_digital"] * (digital / digital.sum(axis=1, keepdims=True))
        index += levers["w_remote"] * (remote / remote.sum(axis=1, keepdims=True))
        return index

    def _protected(self, entitlement: Floats, least: Floats) -> Settled:
        """Protected parts first; the rest of the pot in proportion to the rest of the claims."""
        protected = np.minimum(entitlement, least)
        pot = np.floor(self.maintenance_pot / 100)[:, None]
        all_protected = protected.sum(axis=1)
        broken = all_protected > pot
        claims = np.where(broken[:, None], protected, entitlement - protected)
        awards = in_proportion(claims, np.where(broken, pot, pot - all_protected))
        awards += np.where(broken[:, None], 0, protected)
        return Settled(
            100 * entitlement, 100 * awards, self.maintenance_pot, broken=broken.astype(np.float64)
        )

    def _competitions(self, course: Course, totals: dict[str, Floats]) -> dict[str, Settled]:
        """Both investment rules that fund whole points, in one go."""
        rules = [self._i1(course, totals), self._i2(totals)]
        claims, points, scores = (np.concatenate(parts) for parts in zip(*rules, strict=True))
        years = self.world.years
        competition = Competition(claims, points, scores, np.tile(self.investment_pot, 2)[:, None])
        return {
            name: Settled(
                claims[part], competition.awards[part], self.investment_pot, competition.partial[part]
            )
            for name, part in (("I1", slice(0, years)), ("I2", slice(years, None)))
        }

    def _i1(self, course: Course, totals: dict[str, Floats]) -> tuple[Floats, Floats, Floats]:
        """Claims, points and scores."""
        due = self.seen.weighted(course.of["new_points"], self._caps())
        np.minimum(due, self._rate * totals["new_point_cost"], out=due)
        np.minimum(due, totals["investment_cost"], out=due)
        return cents(due), totals["new_points"], np.broadcast_to(self._remote, due.shape)

    def _i2(self, totals: dict[str, Floats]) -> tuple[Floats, Floats, Floats]:
        """Claims, points and scores."""
        world, levers = self.world, self.world.levers
        units = world.municipalities.units[:, None]
        at_end, new = totals["open_points_at_year_end"], totals["new_points"]
        first = world.numbers["first_year"]
        target = np.array(
            [
                world.interpolated(world.numbers["target_coverage"], first + year)
                for year in range(world.years)
            ]
        )
        missing = np.maximum(0, np.floor(target[:, None, None] * units + 0.5) - at_end)
        points = np.minimum(missing, new)
        due = points * (levers["unit_cost"] + levers["kit_cost"])
        np.minimum(due, totals["investment_cost"], out=due)
        return cents(due), points, (1 - at_end / units) * self._remote
