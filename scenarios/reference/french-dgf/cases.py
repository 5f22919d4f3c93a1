#!/usr/bin/env python3
"""Lays the cases out as a table: a row for each commune of each case, and the expected figures.

    python3 cases.py fr_dgf_cases.json        writes communes.csv and expected.csv

A case sets some quantities and expects others. A column carries the name of what it sets; what the
rules compute themselves, and a case sets in its place, stands in a column `set_…` with empty cells
where the case leaves it to the rules. What a case does not mention is 0, as in the tests it comes
from. Truth is 1 and 0.
"""

import csv
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
RULES = "".join(path.read_text("utf-8") for path in sorted((HERE / "rules").glob("*.ron")))
COMPUTED = set(re.findall(r'line: "(\w+)"', RULES))
# Read where a figure of the year before or after is not given.
OPEN = {
    "dsr_montant_total_fraction_bourg_centre_last_year",
    "dsr_montant_total_fraction_bourg_centre_next_year",
    "dsu_montant_total_last_year",
}
# What the rules read and no case mentions.
UNSEEN = {
    "dsr_garantie_commune_nouvelle_fraction_perequation",
    "dsr_montant_eligible_fraction_perequation_last_year",
    "dsr_montant_hors_garanties_fraction_cible_last_year",
    "population_qpv",
    "population_zfu",
    "zrr",
}


def number(value):
    return int(value) if isinstance(value, bool) else value


def column(name, period, year):
    name = name + {0: "", -1: "_last_year", 1: "_next_year"}[year - period]
    return "set_" + name if name in COMPUTED else name


def year_of(case):
    """The year that a case is about; none where it is about two."""
    return None if case["input"]["period"] == "None" else int(case["input"]["period"])


def communes(case):
    """The communes of a case, each with its columns."""
    values, period = case["input"]["values"], year_of(case) or 2020
    if {"communes", "etats"} & values.keys():
        state = {}
        for one in values.get("etats", {}).values():
            state.update({name: value for name, value in one.items() if name != "communes"})
        found = [{**state, **commune} for commune in values["communes"].values()]
    else:
        lists = [x for value in values.values() for x in (value.values() if isinstance(value, dict) else [value])]
        rows = max([len(x) for x in lists if isinstance(x, list)], default=1)
        at = lambda x, row: x[row] if isinstance(x, list) else x
        split = lambda value, row: {year: at(x, row) for year, x in value.items()} if isinstance(value, dict) else at(value, row)
        found = [{name: split(value, row) for name, value in values.items()} for row in range(rows)]
    for commune in found:
        columns = {"period": period}
        for name, value in commune.items():
            by_year = value if isinstance(value, dict) else {period: value}
            for year, x in by_year.items():
                columns[column(name, period, int(year))] = number(x)
        yield columns


def main(path):
    cases = json.loads(pathlib.Path(path).read_text("utf-8"))["cases"]
    rows, expected = [], []
    for case in cases:
        found = list(communes(case))
        if year_of(case) is None:  # totals of two years, without a commune
            found = [{"period": 2019}, {"period": 2020}]
        codes = [f"{case['id']}/{place}" for place in range(1, len(found) + 1)]
        rows += [{"commune": code, "case": case["id"], **one} for code, one in zip(codes, found)]
        wanted = case["expected"]
        if "communes" in wanted:
            wanted = next(iter(wanted["communes"].values()))
        for name, value in wanted.items():
            value = list(value.values()) if isinstance(value, dict) else value
            value = value if isinstance(value, list) else [value] * len(found)
            assert len(value) == len(found), (case["id"], name)
            tolerance = case["tolerance"]["abs"]
            expected += [[code, name, number(x), tolerance] for code, x in zip(codes, value)]
    names = sorted(({name for row in rows for name in row} | UNSEEN) - {"commune", "case", "period"})
    zero = lambda name: "" if name.startswith("set_") or name in OPEN else 0
    with open(HERE / "communes.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        head = ["commune", "case", "period"]
        writer.writerow(head + names)
        for row in rows:
            writer.writerow([row[name] for name in head] + [row.get(name, zero(name)) for name in names])
    with open(HERE / "expected.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["commune", "line", "value", "tolerance"])
        writer.writerows(expected)
    gaps = [name for name in names if zero(name) == ""]
    print(len(cases), "cases,", len(rows), "communes,", len(expected), "expected figures; gaps:")
    print(", ".join(f'"{name}"' for name in gaps))


if __name__ == "__main__":
    main(*sys.argv[1:])
