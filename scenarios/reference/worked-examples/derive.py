#!/usr/bin/env python3
"""Turns small_worked_examples.json into one table a group, a row a case.

Inputs become columns of their own names, published results columns `published_…`, which no scenario
reads. Numbers are written as they stand in the JSON.

    python3 derive.py            # from this folder
"""

import csv
import json

# The group of a case, by the beginning of its id; and what a single published figure is called.
TABLES = {
    "barnett": ("barnett", "consequential_million_gbp"),
    "ph_nta": ("national_tax_allotment", "allotment_bn_php"),
    "fundeb_complement": ("fundeb_complement", "complement_brl"),
    "br_cide": ("fuel_levy", None),
    "lv_pfi": ("equalisation_grant", None),
}


def flat(values):
    """Lists become numbered columns."""
    for name, value in values.items():
        if isinstance(value, list):
            for number, item in enumerate(value, 1):
                yield f"{name}_{number}", item
        else:
            yield name, value


def row(case, single):
    published = case["expected"]
    if not isinstance(published, dict):
        published = {single: published}
    columns = {"case": case["id"], **dict(flat(case["input"]))}
    columns.update({f"published_{name}": value for name, value in published.items()})
    return columns


def main():
    # As text, so that no digit is lost or added.
    with open("small_worked_examples.json", encoding="utf-8") as file:
        cases = json.load(file, parse_float=str, parse_int=str)["cases"]
    for prefix, (table, single) in TABLES.items():
        rows = [row(case, single) for case in cases if case["id"].startswith(prefix)]
        with open(f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
