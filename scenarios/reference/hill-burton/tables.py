#!/usr/bin/env python3
"""Lays the two tables of the Bureau of Economic Analysis side by side, a row for each state and year.

    python3 tables.py        writes states.csv

No figure is changed. Population before 1947 is in neither table, and its cells stay empty.
"""

import csv
import pathlib

HERE = pathlib.Path(__file__).parent


def read(name, column):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return {(row["AreaName"], int(row["year"])): row[column] for row in csv.DictReader(file)}


income = read("bea_per_capita_income_1943_1962.csv", "pcpi")
population = read("bea_population_1947_1964.csv", "population")
with open(HERE / "states.csv", "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["state", "year", "per_capita_income", "population"])
    for state, year in sorted(income):
        writer.writerow([state, year, income[state, year], population.get((state, year), "")])
