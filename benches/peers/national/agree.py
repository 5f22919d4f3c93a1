"""Compares a run of this model with the tables of a run of the program.

Both runs are samples, so a mean may differ by its standard errors and a quantile by the error of its rank.
Hundreds of thousands of figures are compared, so the limit is that of the greatest of so many normal numbers.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .figures import RULES
from .national import Result
from .world import TIERS, World

LIMIT = 5.5
"""Standard errors; of 263,000 independent figures one lies beyond in one of 100 runs."""
NATION = 4.5
"""The same for means of the nation, which are fewer and where a drift of an input shows first."""
QUANTILES = {"p05": 0.05, "p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90, "p95": 0.95}
BIN = 0.008
"""How far a quantile of the program may be off, relative (docs/model.md, 8)."""
ROUNDING = 0.011
"""What is printed is rounded to the cent."""


@dataclass
class Agreement:
    """How far the figures lie apart."""

    compared: int = 0
    quantiles: int = 0
    worst: float = 0.0
    squares: float = 0.0
    faults: list[str] = field(default_factory=list)

    def score(self, name: str, apart: float, limit: float = LIMIT) -> None:
        """Notes a difference in standard errors."""
        self.compared += 1
        self.worst = max(self.worst, abs(apart))
        self.squares += apart * apart
        if not abs(apart) <= limit:
            self.faults.append(f"{name}: {apart:.1f} standard errors apart")

    @property
    def spread(self) -> float:
        """Root mean square of the differences in standard errors: 1 where only chance is at work, or less."""
        return math.sqrt(self.squares / max(self.compared, 1))


class Comparison:
    """One run against the other."""

    def __init__(self, world: World, result: Result, folder: Path, draws: int) -> None:
        self.world, self.result, self.folder, self.draws = world, result, folder, draws
        self.found = Agreement()
        self._first = world.numbers["first_year"]
        self._row = {code: row for row, code in enumerate(world.municipalities.codes)}
        self._group = {
            (TIERS[tier], int(town)): row
            for row, (tier, town) in enumerate(zip(world.group_tier, world.group_municipality, strict=True))
        }

    def run(self) -> Agreement:
        """Compares everything."""
        self._awards()
        self._budget()
        self._outcomes()
        self._network()
        self._verdicts()
        return self.found

    def _rows(self, table: str) -> Iterator[dict[str, str]]:
        with (self.folder / table).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def _cell(self, name: str, *at: int) -> int:
        block = self.result.blocks[name]
        return block.first + int(np.ravel_multi_index(at, block.shape))

    def _rule(self, policy: str, programme: str) -> str:
        investment, maintenance = RULES[policy]
        return {"investment": investment, "maintenance": maintenance, "all": policy}[programme]

    def _named(self, kind: str, policy: str, programme: str) -> str:
        """The block of awards; what two policies share is recorded once."""
        if kind == "eligible_cost":
            return f"eligible_cost {programme}"
        name = f"{kind} {self._rule(policy, programme)}"
        shared = {"fund investment": "R0 investment", "R0 with recovery fund": "R0: 2018 rates by tier"}
        if name not in self.result.blocks:
            rule = self._rule(policy, programme)
            name = f"{kind} {shared[rule]}"
        return name

    def _compare(self, name: str, cell: int, row: dict[str, str], scale: float, prefix: str = "") -> None:
        """Mean and quantiles of one figure; `scale` makes a printed figure one of the model."""
        if row[f"{prefix}mean"] == "":
            return
        spread = abs(scale) * float(row.get(f"{prefix}sd") or 0)
        self._mean(name, cell, scale * float(row[f"{prefix}mean"]), abs(scale), spread)
        for column, probability in QUANTILES.items():
            if f"{prefix}{column}" in row:
                self._quantile(
                    f"{name} {column}", cell, probability, scale * float(row[f"{prefix}{column}"]), abs(scale)
                )

    def _mean(self, name: str, cell: int, theirs: float, scale: float, spread: float = 0.0) -> None:
        """What happens in one of ten thousand draws may have no spread in one of the runs: the wider counts."""
        ours, count = self.result.mean[cell], self.result.counts[cell]
        both = max(self.result.sd[cell], spread) * math.sqrt(
            1 / max(count, 1) * (1 + self.result.draws / self.draws)
        )
        limit = NATION if " nation " in name else LIMIT
        self.found.score(name, (ours - theirs) / (both + ROUNDING * scale / LIMIT + 1e-6 * abs(ours)), limit)

    def _quantile(self, name: str, cell: int, probability: float, theirs: float, scale: float) -> None:
        count = int(self.result.counts[cell])
        values = self.result.values[cell, :count]
        slack = BIN * abs(theirs) + ROUNDING * scale
        low = np.searchsorted(values, theirs - slack, side="left") / count
        high = np.searchsorted(values, theirs + slack, side="right") / count
        error = math.sqrt(probability * (1 - probability) * (1 / count + 1 / self.draws))
        self.found.quantiles += 1
        self.found.score(name, max(low - probability, probability - high, 0) / error)

    def _awards(self) -> None:
        for row in self._rows("awards.csv"):
            name = self._named(row["measure"], row["policy"], row["programme"])
            at = (int(row["year"]) - self._first, self._row[row["municipality"]])
            label = " ".join(
                (row["policy"], row["programme"], row["measure"], row["municipality"], row["year"])
            )
            self._compare(label, self._cell(name, *at), row, 100)

    def _budget(self) -> None:
        columns = {"entitlement_mean": 0, "award_mean": 1, "unspent_mean": 3}
        for row in self._rows("budget.csv"):
            name = f"budget {self._rule(row['policy'], row['programme'])}"
            year = int(row["year"]) - self._first
            label = " ".join((row["policy"], row["programme"], row["year"]))
            for column, item in columns.items():
                cell, theirs = self._cell(name, item, year), 100 * float(row[column])
                spread = self._widest(theirs, 100 * float(row["available_mean"])) if item > 0 else 0.0
                self._mean(f"{label} {column}", cell, theirs, 100, spread)
            gap = self._cell(name, 2, year)
            for column, probability in (("reserve90", 0.90), ("reserve95", 0.95), ("reserve99", 0.99)):
                self._quantile(f"{label} {column}", gap, probability, 100 * float(row[column]), 100)
            short = np.count_nonzero(self.result.values[gap] > 0) / self.result.draws
            theirs = float(row["p_shortfall"])
            error = math.sqrt(
                max(short * (1 - short), 1 / self.draws) * (1 / self.result.draws + 1 / self.draws)
            )
            self.found.score(f"{label} p_shortfall", (short - theirs) / (error + 1e-4))

    @staticmethod
    def _widest(mean: float, pot: float) -> float:
        """The widest spread of a sum between nothing and the pot: the table of budgets tells none."""
        return math.sqrt(max(mean * (pot - mean), 0.0))

    def _scope(self, scope: str) -> tuple[int, int]:
        """Which part of a block, and which row of it."""
        if scope == "nation":
            return 0, 0
        kind, name = scope.split(":", 1)
        regions = self.world.municipalities.regions
        if kind == "region":
            return 0, 1 + regions.index(name)
        if kind == "tier":
            return 1, TIERS.index(name)
        return 2, 1 + len(regions) + self._row[name]

    def _outcomes(self) -> None:
        for row in self._rows("outcomes.csv"):
            found = self._outcome(row["outcome"], row["policy"], row["scope"])
            if found is None:
                continue
            name, at, scale = found
            label = " ".join((row["policy"], row["outcome"], row["scope"], row["year"]))
            cell = self._cell(name, int(row["year"]) - self._first, at)
            self._compare(label, cell, row, scale)

    def _outcome(self, outcome: str, policy: str, scope: str) -> tuple[str, int, float] | None:
        part, at = self._scope(scope)
        blocks = self.result.blocks
        if outcome == "waiting_points":
            return None  # always 0 where points open when they are ready
        if outcome == "units_without_point":
            return None  # units less open_points_at_year_end, which is compared
        scale = 1.0
        if outcome == "months_open":
            outcome, scale = "open_points", 1 / 12
        if f"ratio {outcome}" in blocks:
            return f"ratio {outcome}", at, scale
        if f"ratio {outcome} {policy}" in blocks:
            return f"ratio {outcome} {policy}", at, scale
        if outcome in ("entitlement", "award", "own_share"):
            return f"outcome {self._named(outcome, policy, 'all')}", at, scale
        return f"outcome {outcome}{' by tier' if part == 1 else ''}", at, scale

    def _network(self) -> None:
        figures = {"load": 0, "unmet_need": 0, "staff": 0}
        for row in self._rows("network.csv"):
            year, town = int(row["year"]) - self._first, self._row[row["municipality"]]
            label = " ".join((row["policy"], "network", row["municipality"], row["year"]))
            for name in figures:
                self._compare(
                    f"{label} {name}", self._cell(f"network {name}", year, town), row, 1, f"{name}_"
                )
            for tier, groups in zip(TIERS, self.world.tier_groups, strict=True):
                group = self._group.get((tier, town))
                if group is None:
                    zero = float(row[f"open_points_{tier}_mean"])
                    self.found.score(f"{label} open_points_{tier}", 0.0 if zero == 0 else math.inf)
                    continue
                cell = self._cell(f"network open_points_{tier}", year, group - groups.start)
                self._compare(f"{label} open_points_{tier}", cell, row, 1, f"open_points_{tier}_")

    def _verdicts(self) -> None:
        for row in self._rows("verdicts.csv"):
            key = (row["policy"], row["programme"])
            if row["policy"] == "R0 with recovery fund" and (
                row["programme"] == "maintenance" or row["pot"] == "same"
            ):
                self.found.score(" ".join(key), 0.0 if float(row["difference_mean"]) == 0 else math.inf)
                continue
            year = self.world.years if row["year"] == "all" else int(row["year"]) - self._first
            town = self._row[row["municipality"]]
            label = " ".join((*key, row["pot"], "difference", row["municipality"], row["year"]))
            self._difference(label, self.result.differences[key][:, year, town], row)

    def _difference(self, label: str, sums: np.ndarray, row: dict[str, str]) -> None:
        ours, draws = self.result.draws, self.draws
        mean = sums[0] / ours
        theirs = (100 * float(row["difference_mcse"])) ** 2 * draws
        error = math.sqrt(max(sums[1] / ours - mean * mean, theirs) * (1 / ours + 1 / draws))
        self.found.score(
            label, (mean - 100 * float(row["difference_mean"])) / (error + 100 * ROUNDING / LIMIT)
        )
        for column, count in (("p_more", sums[2]), ("p_less", sums[3])):
            share, chance = count / ours, float(row[column])
            spread = max(share * (1 - share), chance * (1 - chance), 1 / draws)
            error = math.sqrt(spread * (1 / ours + 1 / draws))
            self.found.score(f"{label} {column}", (share - chance) / (error + 1e-4))
