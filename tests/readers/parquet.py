#!/usr/bin/env python3
"""draws.parquet as Polars, DuckDB and pandas read it, held against awards.csv of the same run.

    python3 tests/readers/parquet.py target/debug/dotacija scenarios/starter/starter.ron

Needs at least two of polars, duckdb and pandas with pyarrow; each that is there is tried. Every mean of every
measure must be that of awards.csv to the cent, and columns must have the types that the guide states.
"""

import csv
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

KEYS = ["policy", "programme", "municipality", "year"]
MEASURES = ["eligible_cost", "entitlement", "award", "own_share"]
DRAWS = 150


def with_polars(file):
    import polars as pl

    frame = pl.read_parquet(file)
    assert frame.schema["draw"] == pl.Int64 and frame.schema["year"] == pl.Int32, frame.schema
    assert frame.schema["policy"] == pl.String and frame.schema["open_points"] == pl.Float64
    totals = [pl.col(f"{measure}_cents").sum() for measure in MEASURES]
    found = frame.group_by(KEYS).agg(pl.len().alias("rows"), *totals)
    return {tuple(row[:4]): list(row[4:]) for row in found.iter_rows()}


def with_duckdb(file):
    import duckdb

    totals = ", ".join(f"sum({measure}_cents)" for measure in MEASURES)
    query = f"select {', '.join(KEYS)}, count(*), {totals} from read_parquet(?) group by all"
    return {tuple(row[:4]): list(row[4:]) for row in duckdb.execute(query, [str(file)]).fetchall()}


def with_pandas(file):
    import pandas as pd

    frame = pd.read_parquet(file)
    grouped = frame.groupby(KEYS)
    totals = grouped[[f"{measure}_cents" for measure in MEASURES]].sum()
    totals.insert(0, "rows", grouped.size())
    return {key: list(row) for key, row in zip(totals.index, totals.values.tolist())}


READERS = [
    (["polars"], with_polars),
    (["duckdb"], with_duckdb),
    (["pandas", "pyarrow"], with_pandas),
]


def expected(file):
    """The means in cents, by what names them."""
    means = {}
    with open(file, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["programme"] != "all":
                key = (row["policy"], row["programme"], row["municipality"], int(row["year"]))
                means[key, row["measure"]] = round(float(row["mean"]) * 100)
    return means


def compare(name, found, means):
    for key, (rows, *totals) in found.items():
        assert rows == DRAWS, f"{name}: {key} has {rows} rows"
        for measure, total in zip(MEASURES, totals):
            # Half up, as tables are rounded.
            mean = (2 * int(total) + rows) // (2 * rows)
            stated = means[key, measure]
            assert mean == stated, f"{name}: {measure} of {key} is {mean} cents, awards.csv says {stated}"
    assert len(found) * len(MEASURES) == len(means), f"{name}: {len(found)} groups"
    print(f"{name}: {len(means)} means are those of awards.csv to the cent")


def main():
    program, scenario = sys.argv[1:]
    there = [
        (modules[0], read)
        for modules, read in READERS
        if all(importlib.util.find_spec(module) for module in modules)
    ]
    if len(there) < 2:
        sys.exit("at least two of polars, duckdb and pandas with pyarrow are needed")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "run"
        command = [program, "run", scenario, "--draws", str(DRAWS), "--keep-draws", "--quiet", "-o", output]
        subprocess.run(command, check=True)
        means = expected(output / "awards.csv")
        for name, read in there:
            compare(name, read(output / "draws.parquet"), means)


main()
