"""The network and its costs, year by year: everything that does not depend on the policy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .inputs import Singles, Values
from .load import Access, Need, Shares, Waiting, Walk, months_open
from .world import ACCESS_KM, TIERS, Floats, RankedSum, World

QUANTITIES = (
    "open_points",
    "open_points_at_year_end",
    "opened_points",
    "new_points",
    "load",
    "unmet_need",
    "staff",
    "new_point_cost",
    "renewal_cost",
    "maintenance_cost",
    "value_added_tax",
    "people_within_5_km",
    "people_within_10_km",
    "people_within_15_km",
)


class Renewals:
    """Which existing points buy again in which year what lives so many years."""

    def __init__(self, world: World, span: int) -> None:
        points, first = world.points, world.numbers["first_year"]
        self.span = span
        opened = first + points.opens // 12
        ages = first + np.arange(world.years)[:, None] - opened
        year, point = np.nonzero(points.exists & (ages > 0) & (ages % span == 0))
        groups = len(world.by_group.groups)
        place = year * groups + points.group[point]
        self.sums = RankedSum(place)
        self.points = point[self.sums.order]
        self.count = (
            np.bincount(place, minlength=world.years * groups).reshape(world.years, groups).astype(np.float64)
        )


class Course:
    """Years of a batch of draws. Quantities are `[year][group][draw]`, a group being a municipality and tier."""

    def __init__(self, world: World, batch: int) -> None:
        self.world, self.batch = world, batch
        points, years = world.points, world.years
        self.walk = Walk(world, 0, False, batch)
        self.past_walk = Walk(world, -12, True, batch)
        self.need = Need(world, self.walk)
        self.past_need = Need(world, self.past_walk)
        self.access = Access(world, self.walk)
        self.waiting = Waiting(world.numbers["staffing"]["waiting"]["share"])
        groups = len(world.by_group.groups)
        self.all = np.zeros((len(QUANTITIES), years, groups, batch))
        self.of = dict(zip(QUANTITIES, self.all, strict=True))
        self.past_load = np.empty((len(world.municipalities.codes), batch))
        self.past_open = self._past_open()
        self._single = np.empty((groups, batch), np.float32)
        self._small = np.empty((groups, batch), np.int16)
        self._tiny = np.empty((groups, batch), np.int8)
        self._months = np.empty((len(points.tier), batch), np.int8)
        self._bound = np.empty((len(points.tier), batch), np.int8)
        self._wide = np.empty((len(points.tier), batch), np.int16)
        self._cases = np.empty((len(points.tier), batch), np.float32)
        self._posts = np.empty((len(points.tier), batch), np.float32)
        self._work = np.empty((len(points.tier), batch), np.float32)
        self._mask = np.empty((len(points.tier), batch), np.int32)
        self._order = world.by_municipality.order
        self._by_class = RankedSum(self.walk.class_group)
        self._class_rows = np.argsort(self._by_class.groups)
        self._laid_groups = np.empty((groups, batch), np.float32)
        self._class_people = self.walk.class_people.astype(np.float32)[:, None]
        self._laid_classes = np.empty((len(self._class_people), batch), np.float32)
        self._came_rows = np.argsort(self.walk.group_order)
        self._prepare_centres()
        self._prepare_renewals()
        self._portal = np.flatnonzero(points.portal)
        national = world.tier_rows[-1].stop - world.tier_rows[-1].start
        self._national_cases = np.empty((years, national, batch), np.float32)
        self._national_months = np.empty((years, national, batch), np.int8)

    def _past_open(self) -> Floats:
        """Points open in the year before the first, by municipality: they are known."""
        points = self.world.points
        share = np.clip(-(points.opens + 1), 0, 12) / 12 * points.exists
        return np.bincount(
            points.municipality, weights=share, minlength=len(self.world.municipalities.codes)
        )[:, None]

    def _prepare_centres(self) -> None:
        points, centre = self.world.points, self.world.centre
        to = centre[points.municipality]
        rows = np.arange(len(to))
        self._is_centre = to == rows
        self._centre_km = points.km[rows, to].astype(np.float32)[:, None]
        # Where the centre is planned, cases go on only while it is open.
        planned = ~(points.exists[to] & (points.opens[to] + 1 <= 0)) & ~self._is_centre
        self._late = np.flatnonzero(planned)
        self._late_centre = to[self._late]
        group_of_centre = points.group[centre]
        self._centre_group = group_of_centre

    def _prepare_renewals(self) -> None:
        costs = self.world.numbers["costs"]
        self._renewals = [Renewals(self.world, costs["short_life"]), Renewals(self.world, costs["long_life"])]

    def run(self, values: Values) -> None:
        """Simulates all years of a batch."""
        draw = values.national
        per_km = (-1 / draw["half_distance"]).astype(np.float32)  # the detour cancels: half_km holds it too
        floor = float(self.world.numbers["load"]["floor"])
        self._stay = np.maximum(np.exp2(self._centre_km * per_km), floor)
        self._stay[self._is_centre] = 0
        self._run_past(values, per_km, floor)
        self.walk.decay(per_km, floor)
        self.walk.open(values.open_from)
        self._count(values)
        self._invest(values)
        self._operate(values)
        self.access.of_years(self.world.years, self.all[-len(ACCESS_KM) :])
        self._maintain(values)

    def _run_past(self, values: Values, per_km: NDArray[np.float32], floor: float) -> None:
        walk, need = self.past_walk, self.past_need
        walk.decay(per_km, floor)
        walk.open(values.open_from)
        cases = need.of_year(values, need.municipal(values), -1)
        walk.go(-1, cases, self._cases)
        months_open(values.open_from, -1, self._bound, self._months)
        shares = Shares.of(self.world, values, self.world.numbers["first_year"] - 1)
        self._refer(shares.rest[self.world.group_tier])
        served = self.world.by_group(self._cases, self._single) * shares.served[self.world.group_tier]
        self.world.by_municipality(served[self._order], self.past_load)

    def _count(self, values: Values) -> None:
        opens, by_group = values.open_from, self.world.by_group
        planned = ~self.world.points.exists[:, None]
        before = by_group((opens <= 0).view(np.int8), self._tiny).astype(np.float64)
        existing = by_group(
            np.repeat((~planned & (opens[:, :1] > 0)).view(np.int8), self.batch, axis=1), self._tiny
        )
        existing = existing.astype(np.float64)
        for year in range(self.world.years):
            end = 12 * year + 12
            self._bound.fill(end)
            by_group((opens <= self._bound).view(np.int8), self._tiny)
            at_end = self.of["open_points_at_year_end"][year]
            np.copyto(at_end, self._tiny)
            np.subtract(at_end, before, out=self.of["opened_points"][year])
            np.copyto(self.of["new_points"][year], self.of["opened_points"][year])
            if year == 0:
                self.of["new_points"][0] -= existing
            before = at_end
            np.copyto(self._wide, months_open(opens, year, self._bound, self._months))
            by_group(self._wide, self._small)
            np.multiply(self._small, 1 / 12, out=self.of["open_points"][year])

    def _invest(self, values: Values) -> None:
        world, draw, of = self.world, values.national, self.of
        years = world.years
        bought = np.empty_like(of["load"])
        opens, planned = values.open_from, ~world.points.exists[:, None]
        for year in range(years):
            self._bound.fill(12 * year)
            due = opens > self._bound
            self._bound.fill(12 * year + 12)
            due &= opens <= self._bound
            if year == 0:
                due &= planned
            # A mask of bits costs a third of a multiplication by a truth value.
            np.negative(due.view(np.int8), out=self._mask, casting="unsafe")
            np.bitwise_and(values.overrun.view(np.int32), self._mask, out=self._work.view(np.int32))
            bought[year] = world.by_group(self._work, self._single)
        (short, short_points), (long, long_points) = (self._again(life, values, bought) for life in range(2))
        pay, price, half = values.pay_index, values.price_index, values.half_price_index
        ict, share = draw["ict_share"], world.numbers["vat_rate"] / (1 + world.numbers["vat_rate"])
        names = ("equipment_local", "equipment_county", "equipment_large", "equipment_large")
        for tier, groups in enumerate(world.tier_groups):
            electronics = (draw[names[tier]] * ict * half)[:, None]
            fittings = (draw[names[tier]] * (1 - ict) * price)[:, None]
            small = tier < 2
            video = ((draw["video_kit"] if small else draw["video_booth"]) * half)[:, None]
            training = (
                world.numbers["costs"]["training_persons"][TIERS[tier]] * draw["training_first"] * pay
            )[:, None]
            at = (slice(None), groups)
            taxed = bought[at] * (electronics + fittings)
            taxed += of["new_points"][at] * video
            np.add(taxed, of["new_points"][at] * training, out=of["new_point_cost"][at])
            renewed = short[at] * electronics
            renewed += long[at] * fittings
            renewed += (short_points if small else long_points)[at] * video
            of["renewal_cost"][at] = renewed
            taxed += renewed
            np.multiply(taxed, share, out=of["value_added_tax"][at])

    def _again(self, life: int, values: Values, bought: Floats) -> tuple[Floats, Floats]:
        """Sums of overruns, and points, of what is bought again."""
        renewals = self._renewals[life]
        overruns, count = np.zeros_like(bought), np.repeat(renewals.count[..., None], self.batch, axis=-1)
        laid = np.take(values.overrun, renewals.points, axis=0, mode="clip")
        sums = renewals.sums(laid, np.empty((len(renewals.sums.groups), self.batch), np.float32))
        overruns.reshape(-1, self.batch)[renewals.sums.groups] = sums
        for year in range(renewals.span, self.world.years):
            overruns[year] += bought[year - renewals.span]
            count[year] += self.of["new_points"][year - renewals.span]
        return overruns, count

    def _refer(self, rest: Floats) -> Floats:
        """Sends what a point cannot serve to its centre; returns what each group sends."""
        world = self.world
        np.multiply(self._cases, self._stay, out=self._work)
        if len(self._late):
            own = np.maximum(self._months[self._late], 1).astype(np.float32)
            both = np.minimum(self._months[self._late_centre] / own, 1)
            self._work[self._late] *= both
        sent = world.by_group(self._work, self._single) * rest
        arrives = np.empty_like(self.past_load)
        world.by_municipality(sent[self._order], arrives)
        self._cases[world.centre] += arrives
        return sent

    def _operate(self, values: Values) -> None:
        world, draw, of = self.world, values.national, self.of
        shares = Shares.of(world, values, world.numbers["first_year"])
        served, rest = shares.served[world.group_tier], shares.rest[world.group_tier]
        municipal = self.need.municipal(values)
        hours = (shares.hours / (draw["productive_hours"] * draw["utilisation"])).astype(np.float32)
        least = values.least_posts / 12
        portal = (draw["portal_posts"] / 12).astype(np.float32) * world.points.portal[
            self._portal, None
        ].astype(np.float32)
        for year in range(world.years):
            need = self.need.of_year(values, municipal, year)
            came = self.walk.go(year, need, self._cases)
            months_open(values.open_from, year, self._bound, self._months)
            sent = self._refer(rest)
            cases = world.by_group(self._cases, self._single).astype(np.float64)
            np.multiply(cases, served, out=of["load"][year])
            lost = of["unmet_need"][year]
            np.multiply(cases, rest, out=lost)
            lost -= sent
            need *= self._class_people
            np.take(need, self._by_class.order, axis=0, out=self._laid_classes, mode="clip")
            self._by_class(self._laid_classes, self._laid_groups)
            np.take(self._laid_groups, self._class_rows, axis=0, out=self._single, mode="clip")
            lost += self._single
            np.take(came, self._came_rows, axis=0, out=self._single, mode="clip")
            lost -= self._single
            self._keep_national(year)
            self._staff(year, hours, least, portal)
        self._staff_national(values, shares, least, portal)

    def _keep_national(self, year: int) -> None:
        rows = self.world.tier_rows[-1]
        self._national_cases[year] = self._cases[rows]
        self._national_months[year] = self._months[rows]

    def _staff(self, year: int, hours: Singles, least: Singles, portal: Singles) -> None:
        """Posts by the work to do or by presence, whichever is more; the largest centres follow later."""
        world, posts = self.world, self._posts
        np.copyto(posts, self._months)
        posts *= least
        for tier, rows in enumerate(world.tier_rows[:-1]):
            np.multiply(self._cases[rows], hours[tier], out=self._work[rows])
        self._work[world.tier_rows[-1]] = 0
        np.maximum(posts, self._work, out=posts)
        posts[self._portal] += portal * self._months[self._portal]
        np.copyto(self.of["staff"][year], world.by_group(posts, self._single))

    def _staff_national(self, values: Values, shares: Shares, least: Singles, portal: Singles) -> None:
        """The largest centres hold a waiting target, in all years at once."""
        world, rows = self.world, self.world.tier_rows[-1]
        waiting = world.numbers["staffing"]["waiting"]
        months = self._national_months.astype(np.float32)
        open_hours = months * np.float32(waiting["opening_hours"] / 12)
        load = self._national_cases * shares.hours[-1].astype(np.float32) / np.maximum(open_hours, 1)
        posts = self.waiting.counters(load, waiting["minutes"] / shares.minutes[-1])
        posts *= open_hours
        posts /= values.national["productive_hours"].astype(np.float32)
        np.maximum(posts, least[rows] * months, out=posts)
        extra = self._portal[(self._portal >= rows.start) & (self._portal < rows.stop)]
        posts[:, extra - rows.start] += portal[np.isin(self._portal, extra)] * months[:, extra - rows.start]
        # Each of these groups is one point.
        self.of["staff"][:, world.tier_groups[-1]] = posts

    def _maintain(self, values: Values) -> None:
        world, draw, of = self.world, values.national, self.of
        costs = world.numbers["costs"]
        share = world.numbers["vat_rate"] / (1 + world.numbers["vat_rate"])
        names = [world.municipalities.regions[region] for region in world.municipalities.region]
        one = np.ones(self.batch)
        regional = np.array(
            [
                draw["latgale_pay"]
                if name == "Latgale"
                else draw["pieriga_pay"]
                if name in ("Pierīga", "Rīga")
                else one
                for name in names
            ]
        )
        pay = (
            12
            * draw["pay_local"]
            * (1 + draw["social_contribution"])
            * draw["employment_costs"]
            * values.pay_index
        )
        premium = (one, draw["county_premium"], draw["large_premium"], draw["large_premium"])
        training = (
            costs["hour_of_training"] * draw["refresh_hours"]
            + draw["staff_turnover"] * draw["training_first"]
        )
        training = (training * values.pay_index)[:, None]
        printing = (draw["printing_and_post"] * values.price_index)[:, None]
        for tier, groups in enumerate(world.tier_groups):
            at = (slice(None), groups)
            upkeep = (costs["upkeep"][TIERS[tier]] * draw["upkeep_local"] * values.price_index)[:, None]
            post = (pay * premium[tier])[:, None] * regional[world.group_municipality[groups]] + training
            taxed = of["open_points"][at] * upkeep + of["load"][at] * printing
            np.add(of["staff"][at] * post, taxed, out=of["maintenance_cost"][at])
            of["value_added_tax"][at] += taxed * share
