"""Which figures are recorded: all that the program writes, each distinct one once.

Policies that share a rule and a pot share its figures, all policies share the network, and what is known
before the first draw (an appropriation) or a fixed multiple of another figure (months, units without a
point, an award per inhabitant) is worked out when it is read.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .course import QUANTITIES, Course
from .policies import Seen, Settled
from .record import Record
from .settlement import cents
from .world import ACCESS_KM, TIERS, Floats, World

RULES = {
    "R0: 2018 rates by tier": ("R0 investment", "R0 maintenance"),
    "R0 with recovery fund": ("fund investment", "R0 maintenance"),
    "M1 + I1": ("I1", "M1"),
    "M3 + I2": ("I2", "M3"),
}
"""The investment and the maintenance rule of each policy."""
DERIVED = ("investment_cost", "total_cost")
PEOPLE = tuple(f"people_within_{km:.0f}_km" for km in ACCESS_KM)


class Differences:
    """Paired differences of awards against the baseline: moments, and draws in which they count."""

    def __init__(self, world: World) -> None:
        self._euro = 100.0 * world.numbers["threshold"]["euro"]
        self._share = world.numbers["threshold"]["percent"] / 100
        self.sums: dict[tuple[str, str], Floats] = {}
        """Sum, sum of squares, draws with more, draws with less: `[4][year, then all][municipality]`."""

    def add(self, awards: dict[tuple[str, str], Floats]) -> None:
        """Adds a batch of awards by policy and programme."""
        baseline, *others = RULES
        for programme in ("investment", "maintenance", "all"):
            before = awards[baseline, programme]
            least = np.concatenate([before, np.add.reduce(before, axis=0)[None]])
            least *= self._share
            np.maximum(least, self._euro, out=least)
            most = -least
            for policy in others:
                # The fund changes investment only.
                if policy == "R0 with recovery fund" and programme == "maintenance":
                    continue
                more = np.empty_like(least)
                np.subtract(awards[policy, programme], before, out=more[:-1])
                np.add.reduce(more[:-1], axis=0, out=more[-1])
                sums = self.sums.setdefault((policy, programme), np.zeros((4, *more.shape[:-1])))
                sums[0] += more @ np.ones(more.shape[-1])
                sums[1] += np.vecdot(more, more)
                sums[2] += _count(more > least)
                sums[3] += _count(more < most)


def _count(true: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How many are true along the last axis; `count_nonzero` along an axis takes three times as long."""
    return true.astype(np.float32) @ np.ones(true.shape[-1], np.float32)


class Figures:
    """Records a batch after the other."""

    def __init__(self, world: World, batch: int, record: Record) -> None:
        self.world, self.record, self.batch = world, record, batch
        self.seen = Seen(world, batch)
        self.differences = Differences(world)
        self._first = 0

    def totals(self, course: Course) -> dict[str, Floats]:
        """Quantities by municipality."""
        totals = {name: self.seen.total(course.of[name]) for name in QUANTITIES}
        totals["investment_cost"] = totals["new_point_cost"] + totals["renewal_cost"]
        totals["total_cost"] = totals["investment_cost"] + totals["maintenance_cost"]
        return totals

    def add(
        self,
        course: Course,
        totals: dict[str, Floats],
        settled: dict[str, Settled],
        national: dict[str, Floats],
    ) -> None:
        """Records a batch."""
        self._add_awards(totals, settled)
        self._add_network(course, totals)
        sums = self._add_quantities(course, totals)
        self._add_ratios(totals, sums, national)
        self._first += self.batch

    def put(self, name: str, values: Floats, missing: bool = False) -> None:
        """Records figures of this batch."""
        self.record.add(name, values, self._first, missing)

    def _add_awards(self, totals: dict[str, Floats], settled: dict[str, Settled]) -> None:
        costs = {name: cents(totals[f"{name}_cost"]) for name in ("investment", "maintenance")}
        costs["all"] = costs["investment"] + costs["maintenance"]
        for name, cost in costs.items():
            self.put(f"eligible_cost {name}", cost)
        budgets = {}
        for rule, one in settled.items():
            purpose = "maintenance" if rule in ("R0 maintenance", "M1", "M3") else "investment"
            if rule != "fund investment":
                self.put(f"entitlement {rule}", one.entitlement)
            self.put(f"award {rule}", one.award)
            self.put(f"own_share {rule}", costs[purpose] - one.award)
            budgets[rule] = self._add_budget(rule, one)
        self.awards: dict[tuple[str, str], Floats] = {}
        self.money: dict[str, tuple[Floats, Floats]] = {}
        for policy, (investment, maintenance) in RULES.items():
            entitlement = settled[investment].entitlement + settled[maintenance].entitlement
            award = settled[investment].award + settled[maintenance].award
            if investment != "fund investment":
                self.put(f"entitlement {policy}", entitlement)
            self.put(f"award {policy}", award)
            self.put(f"own_share {policy}", costs["all"] - award)
            items = budgets[investment] + budgets[maintenance]
            self.put(f"budget {policy}", items)
            self.put(f"period {policy}", items.sum(axis=1))
            self.awards[policy, "investment"] = settled[investment].award
            self.awards[policy, "maintenance"] = settled[maintenance].award
            self.awards[policy, "all"] = award
            self.money[policy] = (entitlement, award)
        self.differences.add(self.awards)

    def _add_budget(self, rule: str, one: Settled) -> Floats:
        """Due, paid, gap and what is left; returns them."""
        due, paid = one.entitlement.sum(axis=1), one.award.sum(axis=1)
        pot = one.pot[:, None]
        items = np.stack([due, paid, np.maximum(due - pot, 0), pot - paid])
        self.put(f"budget {rule}", items)
        if one.partial is not None:
            self.put(f"partial {rule}", one.partial)
        if one.broken is not None:
            self.put(f"broken {rule}", one.broken)
        return items

    def _add_network(self, course: Course, totals: dict[str, Floats]) -> None:
        for name, groups in zip(TIERS, self.world.tier_groups, strict=True):
            self.put(f"network open_points_{name}", course.of["open_points"][:, groups])
        for name in ("load", "unmet_need", "staff"):
            self.put(f"network {name}", totals[name])

    def _add_quantities(self, course: Course, totals: dict[str, Floats]) -> dict[str, Floats]:
        """By nation, region and tier; returns sums by nation and region."""
        sums = {}
        for name in (*QUANTITIES, *DERIVED):
            sums[name] = np.matmul(self.world.scopes, totals[name])
            self.put(f"outcome {name}", sums[name])
        by_tier = np.stack(
            [np.add.reduce(course.all[:, :, groups], axis=2) for groups in self.world.tier_groups], axis=2
        )
        tiers = dict(zip(QUANTITIES, by_tier, strict=True))
        tiers["investment_cost"] = tiers["new_point_cost"] + tiers["renewal_cost"]
        tiers["total_cost"] = tiers["investment_cost"] + tiers["maintenance_cost"]
        for name, values in tiers.items():
            self.put(f"outcome {name} by tier", values)
        for policy, (entitlement, award) in self.money.items():
            paid = np.matmul(self.world.scopes / 100, award)
            if policy != "R0 with recovery fund":
                self.put(f"outcome entitlement {policy}", np.matmul(self.world.scopes / 100, entitlement))
            self.put(f"outcome award {policy}", paid)
            self.put(f"outcome own_share {policy}", sums["total_cost"] - paid)
            sums[policy] = paid
        return sums

    def _add_ratios(
        self, totals: dict[str, Floats], sums: dict[str, Floats], national: dict[str, Floats]
    ) -> None:
        """By nation, region and municipality; nothing over nothing is missing."""
        of = {
            name: np.concatenate([sums[name], totals[name]], axis=1)
            for name in (
                "maintenance_cost",
                "load",
                "open_points",
                "staff",
                "total_cost",
                "people_within_10_km",
            )
        }
        paid = {
            policy: np.concatenate([sums[policy], self.money[policy][1] / 100], axis=1) for policy in RULES
        }
        population = self.world.municipalities.population
        people = np.concatenate([self.world.scopes @ population, population])[:, None]
        below = {name: of[name].copy() for name in ("total_cost", "open_points", "load", "staff")}
        for values in below.values():
            np.copyto(values, np.nan, where=values <= 0)
        for policy in RULES:
            self.put(f"ratio coverage {policy}", paid[policy] / below["total_cost"], True)
            self.put(f"ratio award_per_point {policy}", paid[policy] / below["open_points"], True)
            self.put(f"ratio award_per_head {policy}", paid[policy] / people)
        self.put("ratio cost_per_case", of["maintenance_cost"] / below["load"], True)
        self.put("ratio cost_per_point", of["maintenance_cost"] / below["open_points"], True)
        self.put("ratio cases_per_point", of["load"] / below["open_points"], True)
        self.put("ratio cases_per_post", of["load"] / below["staff"], True)
        self.put("ratio access_within_10_km", of["people_within_10_km"] / people)
        posts = national["second_level_share"] * national["video_share"] * national["minutes_institution"]
        posts = posts / 60 / national["productive_hours"]
        self.put("ratio institution_posts_for_video", of["load"] * posts)
