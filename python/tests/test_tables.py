"""Tables in pandas, Polars, pyarrow and DuckDB, read through Arrow's C data interface."""

import ctypes
import gc

import dotacija
import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import TINY

RUN = dotacija.run(TINY, draws=100, central=True)
# Nobody to compare with: some tables have no rows.
ALONE = dotacija.run(TINY, draws=64, policies=[RUN.about["baseline"]])


def columns(table):
    return {name: table[name] for name in table.columns}


@pytest.mark.parametrize("name", RUN.tables)
def test_every_library_reads_what_the_table_says(name):
    table = RUN.tables[name]
    expected = columns(table)
    arrow = table.to_arrow()
    arrow.validate(full=True)
    assert arrow.to_pydict() == expected
    assert table.to_polars().to_dict(as_series=False) == expected
    assert {of: list(values) for of, values in by_duckdb(table).items()} == expected
    for frame in (table.to_pandas(), pandas.DataFrame.from_arrow(table)):
        assert list(frame.columns) == table.columns
        for column, values in expected.items():
            read = [None if pandas.isna(value) else value for value in frame[column].tolist()]
            assert read == values, column


def by_duckdb(rows):
    read = duckdb.sql("select * from rows")
    rows = read.fetchall()
    return {name: [row[at] for row in rows] for at, name in enumerate(read.columns)}


def test_types_do_not_hang_on_the_rows():
    tables = [*RUN.tables.values(), *ALONE.tables.values()]
    assert any(len(table) == 0 for table in tables), "a table without rows is needed"
    for table in tables:
        schema = pyarrow.table(table).schema
        for name in table.columns:
            of = schema.field(name).type
            if name == "year":
                assert of == (pyarrow.string() if table.name in ("verdicts", "guarantees") else pyarrow.int32())
            else:
                assert of in (pyarrow.string(), pyarrow.float64())
        assert pyarrow.schema(table) == schema
        types = dict(zip(table.columns, table.to_pandas().dtypes.astype(str), strict=True))
        assert {types[name] for name in table.columns} <= {"str", "int32", "float64"}


def test_a_frame_outlives_the_run():
    table = dotacija.run(TINY, draws=64).awards
    expected = columns(table)
    frame, arrow = table.to_polars(), table.to_arrow()
    del table
    gc.collect()
    assert frame.to_dict(as_series=False) == expected and arrow.to_pydict() == expected


def test_a_capsule_that_nobody_reads_frees_itself():
    address = ctypes.pythonapi.PyCapsule_GetPointer
    address.restype, address.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    for _ in range(1000):
        assert address(RUN.awards.__arrow_c_stream__(), b"arrow_array_stream")
        assert address(RUN.awards.__arrow_c_schema__(), b"arrow_schema")


def test_a_column_that_is_none_is_a_key_error():
    with pytest.raises(KeyError):
        RUN.awards["no such"]
    assert RUN.awards.shape == (len(RUN.awards), len(RUN.awards.columns))
    assert "awards" in repr(RUN.awards)


def test_joins_work_as_with_any_frame():
    budget, awards = RUN.budget.to_polars(), RUN.awards.to_polars()
    sums = (
        awards.filter((polars.col("measure") == "award") & (polars.col("programme") != "all"))
        .group_by("policy", "programme", "year")
        .agg(polars.col("mean").sum())
        .join(budget, on=["policy", "programme", "year"])
    )
    assert len(sums) > 0
    # Means of municipalities are rounded to the cent each.
    assert (sums["mean"] - sums["award_mean"]).abs().max() <= 0.005 * 20
