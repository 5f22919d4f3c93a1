#!/usr/bin/env python3
"""Compares a run of hill-burton.ron with allocations published elsewhere, row by row.

    dotacija run hill-burton.ron --central -o out
    python3 compare.py out/worksheet.csv allocations.csv [blackmore_check.csv]

`allocations.csv` has the columns state, year and those that carry the name of a line (GabeSol7,
Hill-Burton-Analysis, final_allocations.csv). `blackmore_check.csv` has stateyear (`alabama_1947`)
and predicted, rounded to cents, from another sum for the year (freyablackmore, hill-burton-funding):
there the sum that each row implies must be one for all states above the floor.

Neither repository carries a licence, so neither file is here. Exit status 1 where a row is off.
"""

import collections
import csv
import sys

TOLERANCE = {"predicted_allocation": 1e-6, "weighted_pop": 1e-6}  # USD, people; other lines 1e-9


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main(worksheet, allocations, blackmore=None):
    ours = {(row["municipality"], row["year"], row["line"]): float(row["value"]) for row in rows(worksheet)}
    lines = {line for _, _, line in ours}
    worst, off, published = collections.defaultdict(float), 0, rows(allocations)
    for row in published:
        for line in lines.intersection(row):
            deviation = abs(ours[row["state"], row["year"], line] - float(row[line]))
            worst[line] = max(worst[line], deviation)
            off += deviation > TOLERANCE.get(line, 1e-9)
    print(f"{len(published)} state-years, largest deviation by column:")
    for line, deviation in sorted(worst.items()):
        print(f"  {line:24} {deviation:.3g}")
    if blackmore:
        states = {state.lower(): state for state, _, _ in ours}
        implied, checked = collections.defaultdict(list), 0
        for row in rows(blackmore):
            state, year = row["stateyear"].rsplit("_", 1)
            state, predicted = states.get(state.replace("_", " ")), float(row["predicted"])
            if (state, year, "allocation_share") in ours and predicted not in (100_000, 200_000):
                # Rounded to half a cent either way.
                share = ours[state, year, "allocation_share"]
                implied[year].append(((predicted - 0.005) / share, (predicted + 0.005) / share))
                checked += 1
        for year, sums in sorted(implied.items()):
            low, high = max(low for low, _ in sums), min(high for _, high in sums)
            # A sum that suits all rows exists if the highest low is below the lowest high.
            if low > high + 1e-3:
                print(f"  {year}: no one sum explains all {len(sums)} states: {low:.2f} > {high:.2f}")
                off += 1
        print(f"{checked} state-years of the second source agree on one sum a year, to the cent")
    return 1 if off or not published else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
