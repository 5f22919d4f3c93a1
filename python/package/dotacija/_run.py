"""A scenario simulated."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Any

from . import _native
from ._problems import Problem, problems_of, settings_of
from ._table import Table


class Run:
    """What a run has found: the tables that ``dotacija run`` writes, and what is to be known of them."""

    tables: dict[str, Table]
    """Every table under its name."""
    about: dict[str, Any]
    """What was run: scenario, title, policies, baseline, years, draws, seed, how quantiles were found …"""
    warnings: list[Problem]
    """What a reader should know before using the figures; ``waived`` has the reason of what is waived."""

    def __init__(self, tables: dict[str, Table], about: dict[str, Any], warnings: list[Problem]) -> None:
        self.tables = tables
        self.about = about
        self.warnings = warnings

    @property
    def awards(self) -> Table:
        """What each municipality is due, is awarded and bears, by policy, programme and year."""
        return self.tables["awards"]

    @property
    def budget(self) -> Table:
        """What each pot needs, pays and lacks, how often, and which reserve would do."""
        return self.tables["budget"]

    @property
    def verdicts(self) -> Table:
        """Who receives more or less than under the baseline, and how sure that is."""
        return self.tables["verdicts"]

    @property
    def outcomes(self) -> Table:
        """Outcomes of the nation and of municipalities."""
        return self.tables["outcomes"]

    @property
    def network(self) -> Table:
        """Open points, load, unmet need and staff of each municipality."""
        return self.tables["network"]

    @property
    def reconciliation(self) -> Table:
        """Where every cent of each pot comes from and goes; without rows where there is no pot."""
        return self.tables["reconciliation"]

    @property
    def commitments(self) -> Table:
        """What is paid in each year, and what it binds later ones to; without rows where nothing is."""
        return self.tables["commitments"]

    @property
    def guarantees(self) -> Table:
        """What each guarantee costs, who gains and who pays; without rows where there is none."""
        return self.tables["guarantees"]

    @property
    def worksheet(self) -> Table:
        """Every line of every formula on the median path; only of a run with ``central=True``."""
        if "worksheet" not in self.tables:
            raise AttributeError("this run has no worksheet: ask for it with central=True")
        return self.tables["worksheet"]

    def __repr__(self) -> str:
        about = self.about
        counts = [("draw", about["draws"]), ("policy", len(about["policies"])), ("warning", len(self.warnings))]
        counted = [f"{count} {_plural(word, count)}" for word, count in counts if count]
        return f"<dotacija.Run of {about['scenario']}: {', '.join(counted)}>"


def run(
    path: str | PathLike[str],
    *,
    draws: int | None = None,
    seed: int | None = None,
    policies: Sequence[str] = (),
    set: Mapping[str, object] | None = None,
    threads: int = 0,
    central: bool = False,
    exact_quantiles: bool = False,
    progress: Callable[[int, int], object] | bool | None = None,
) -> Run:
    """Simulates a scenario, as ``dotacija run`` does, and gives its tables.

    The same scenario, seed and number of draws give the same figures as the program, for any number of
    threads. Ctrl-C stops the run within a moment.

    Args:
        path: The scenario file.
        draws: How many futures, instead of the scenario's number or precision.
        seed: The seed, instead of the scenario's.
        policies: Only these policies, beside the baseline; without any, all.
        set: Numbers or choices to change, such as ``{"levers.case_rate": 3, "network.mode": "WhenReady"}``.
        threads: How many; 0 is one per core, or as many as fit in memory. Changes no figure.
        central: Whether the table ``worksheet`` is wanted: every line of every formula on the median path.
        exact_quantiles: Whether every quantile is found exactly; simulates every draw at least twice.
        progress: ``True`` writes a line to standard error; a function is called now and then with the number
            of draws done and the number of draws there are. What it raises stops the run.

    Raises:
        ScenarioError: The scenario or a setting is wrong, a formula fails in some draw, or the run needs more
            memory than is free.
    """
    settings = settings_of(set or {})
    settings += settings_of({f"run.{name}": value for name, value in (("draws", draws), ("seed", seed)) if value is not None})
    if isinstance(policies, str):
        raise TypeError("policies is a list of names, not one text")
    line = _Line() if progress is True else None
    watcher = line if line is not None else (progress if callable(progress) else None)
    try:
        found = _native.run(path, settings, list(policies), threads, central, exact_quantiles, watcher)
    finally:
        if line is not None:
            line.end()
    tables = {name: Table(name, table) for name, table in found.tables}
    return Run(tables, json.loads(found.about), problems_of(found.warnings))


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return word.removesuffix("y") + "ies" if word.endswith("y") else word + "s"


class _Line:
    """Progress as a line on standard error."""

    def __init__(self) -> None:
        self.width = 0

    def __call__(self, done: int, total: int) -> None:
        text = f"{done:,} of {total:,} draws"
        print("\r" + text.ljust(self.width), end="", file=sys.stderr, flush=True)
        self.width = max(self.width, len(text))

    def end(self) -> None:
        if self.width:
            print("\r" + " " * self.width + "\r", end="", file=sys.stderr, flush=True)
