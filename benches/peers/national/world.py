"""What is the same in every draw: tables, orders of rows, and who is near whom."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

TIERS = ("local", "county", "regional", "national")
EARTH_RADIUS_KM = 6371.0088
NEVER = 120
"""A month after every year; months are counted from January of the first year, in one byte."""
ACCESS_KM = (5.0, 10.0, 15.0)


class RankedSum:
    """Sums of rows by group without a loop over rows.

    Rows are laid out rank by rank: the first members of all groups, then the second members, and so
    on, groups with more members first. A sum over groups is then one addition of contiguous rows for
    each rank. `np.add.reduceat` along the first axis takes three times as long.
    """

    def __init__(self, group: Ints, block: Ints | None = None) -> None:
        block = np.zeros(len(group), np.intp) if block is None else block
        order: list[int] = []
        groups: list[int] = []
        blocks: list[int] = []
        self._adds: list[tuple[slice, slice, bool]] = []
        for one in np.unique(block):
            members = [
                np.flatnonzero((group == key) & (block == one)) for key in np.unique(group[block == one])
            ]
            members.sort(key=len, reverse=True)
            first = len(groups)
            for rank in range(len(members[0])):
                row = [int(rows[rank]) for rows in members if len(rows) > rank]
                into = slice(first, first + len(row))
                self._adds.append((into, slice(len(order), len(order) + len(row)), rank == 0))
                order += row
            groups += [int(group[rows[0]]) for rows in members]
            blocks += [int(one)] * len(members)
        self.order = np.array(order, np.intp)
        """Which row stands where: lay rows out as `rows[order]`."""
        self.groups = np.array(groups, np.intp)
        """Which group each row of the sum is."""
        self.blocks = np.array(blocks, np.intp)
        """Which block each row of the sum is in."""

    def __call__(self, rows: NDArray[Any], out: NDArray[Any]) -> NDArray[Any]:
        """Sums along the last axis but one."""
        for into, of, is_first in self._adds:
            target = out[..., into, :]
            if is_first:
                np.copyto(target, rows[..., of, :])
            else:
                np.add(target, rows[..., of, :], out=target)
        return out


@dataclass(frozen=True)
class Municipalities:
    """Columns of the municipalities, in the order of rows that the model uses."""

    codes: list[str]
    region: Ints
    regions: list[str]
    population: Floats
    density: Floats
    parishes: Floats
    units: Floats
    internet_use: Floats
    mean_distance_km: Floats
    distance_to_riga_km: Floats
    previous_entitlement: Floats


@dataclass(frozen=True)
class Points:
    """Columns of the points, in the order of rows that the model uses: tier by tier, rank by rank."""

    municipality: Ints
    tier: Ints
    group: Ints
    parish: NDArray[np.bool_]
    population: Floats
    portal: Floats
    exists: NDArray[np.bool_]
    opens: Ints
    """Month in which the point opened or is planned to open."""
    km: Floats
    """Distances between all points."""
    code_order: Ints
    """Place of the point among all in order of code, which decides between equal distances."""


@dataclass(frozen=True)
class World:
    """The scenario, ready to run."""

    numbers: dict[str, Any]
    years: int
    municipalities: Municipalities
    points: Points
    by_group: RankedSum
    """Sums points by municipality and tier; its rows stand as the points do."""
    group_municipality: Ints
    group_tier: Ints
    tier_rows: list[slice]
    """The points of each tier."""
    tier_groups: list[slice]
    """The groups of each tier."""
    by_municipality: RankedSum
    """Sums groups by municipality; take its order first."""
    scopes: Floats
    """Adds municipalities up to the nation, then to each region."""
    centre: Ints
    """The point of each municipality that others refer to."""

    @property
    def levers(self) -> dict[str, float]:
        """What the grantor can turn."""
        return dict(self.numbers["levers"])

    def interpolated(self, table: list[list[float]], year: int) -> float:
        """A straight line between the given years, flat outside."""
        return float(np.interp(year, [at for at, _ in table], [value for _, value in table]))


def load(folder: Path, numbers: Path) -> World:
    """Reads the tables of the scenario's folder and the numbers of the model."""
    of_model = json.loads(numbers.read_text(encoding="utf-8"))
    towns = _read(folder / "municipalities.csv", "atvk_code")
    places = _read(folder / "points.csv", "point")
    codes = [row["atvk_code"] for row in towns]
    regions = sorted({row["statistical_region"] for row in towns})
    tiers_of = {code: len({row["tier"] for row in places if row["municipality"] == code}) for code in codes}
    # Municipalities with more tiers first: then sums over tiers come out in the order of rows.
    towns.sort(key=lambda row: (-tiers_of[row["atvk_code"]], row["atvk_code"]))
    region = np.array([regions.index(row["statistical_region"]) for row in towns], np.intp)
    municipalities = _municipalities(towns, regions, region)
    row_of = {code: row for row, code in enumerate(municipalities.codes)}
    municipality = np.array([row_of[row["municipality"]] for row in places], np.intp)
    tier = np.array([TIERS.index(row["tier"]) for row in places], np.intp)
    by_group = RankedSum(municipality, tier)
    points = _points(of_model, places, by_group, municipality, tier)
    return World(
        numbers=of_model,
        years=of_model["last_year"] - of_model["first_year"] + 1,
        municipalities=municipalities,
        points=points,
        by_group=by_group,
        group_municipality=by_group.groups,
        group_tier=by_group.blocks,
        tier_rows=_slices(points.tier),
        tier_groups=_slices(by_group.blocks),
        by_municipality=RankedSum(by_group.groups),
        scopes=np.vstack([np.ones(len(codes)), np.arange(len(regions))[:, None] == region]).astype(
            np.float64
        ),
        centre=_centres(points, len(municipalities.codes)),
    )


def _read(path: Path, code: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row[code])


def _municipalities(rows: list[dict[str, str]], regions: list[str], region: Ints) -> Municipalities:
    def column(name: str) -> Floats:
        return np.array([float(row[name]) for row in rows])

    return Municipalities(
        codes=[row["atvk_code"] for row in rows],
        region=region,
        regions=regions,
        population=column("population"),
        density=column("density"),
        parishes=column("parishes"),
        units=column("units"),
        internet_use=column("internet_use"),
        mean_distance_km=column("mean_distance_km"),
        distance_to_riga_km=column("distance_to_riga_km"),
        previous_entitlement=column("previous_entitlement"),
    )


def _points(
    numbers: dict[str, Any], rows: list[dict[str, str]], by_group: RankedSum, municipality: Ints, tier: Ints
) -> Points:
    first = numbers["first_year"] * 12
    rows = [rows[at] for at in by_group.order]

    def column(name: str) -> Floats:
        return np.array([float(row[name]) for row in rows])

    month = [12 * int(row["opens"][:4]) + int(row["opens"][5:7]) - 1 - first for row in rows]
    key = municipality[by_group.order] * len(TIERS) + tier[by_group.order]
    row_of_group = {
        int(group) * len(TIERS) + int(one): row
        for row, (group, one) in enumerate(zip(by_group.groups, by_group.blocks, strict=True))
    }
    return Points(
        municipality=municipality[by_group.order],
        tier=tier[by_group.order],
        group=np.array([row_of_group[int(one)] for one in key], np.intp),
        parish=np.array([row["kind"] == "parish" for row in rows]),
        population=column("population"),
        portal=column("portal"),
        exists=np.array([row["opens"] <= numbers["information_date"] for row in rows]),
        opens=np.array(month, np.intp),
        km=distances(column("latitude"), column("longitude")),
        code_order=by_group.order,
    )


def _slices(blocks: Ints) -> list[slice]:
    edges = np.searchsorted(blocks, np.arange(len(TIERS) + 1))
    return [slice(int(low), int(high)) for low, high in pairwise(edges)]


def _centres(points: Points, municipalities: int) -> Ints:
    """The point of the highest tier, first by code."""
    centre = np.zeros(municipalities, np.intp)
    for one in range(municipalities):
        own = np.flatnonzero(points.municipality == one)
        centre[one] = min(own, key=lambda row: (-points.tier[row], points.code_order[row]))
    return centre


def distances(latitude: Floats, longitude: Floats) -> Floats:
    """Kilometres along the great circle between all places."""
    up, across = np.radians(latitude), np.radians(longitude)
    rise = np.sin((up[:, None] - up) / 2) ** 2
    turn = np.sin((across[:, None] - across) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(rise + np.cos(up)[:, None] * np.cos(up) * turn))
