"""Tables of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from . import _native

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """One of the tables that ``dotacija run`` writes as CSV: the same rows, columns, units and figures.

    It speaks Arrow's C data interface, so that pandas, Polars, pyarrow and DuckDB read it without a copy:
    ``polars.DataFrame(table)``, ``pyarrow.table(table)``, ``pandas.DataFrame.from_arrow(table)``.
    Texts are strings, ``year`` is a 32-bit integer (a string where some rows are of ``all`` years), figures
    are 64-bit floats rounded as in the CSV, and null where the CSV is empty.
    """

    __slots__ = ("_native", "name")

    name: str
    """Its name: that of the file without ``.csv``."""

    def __init__(self, name: str, native: _native.Table) -> None:
        self.name = name
        self._native = native

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._native.columns

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and columns."""
        return len(self._native), len(self.columns)

    def __len__(self) -> int:
        return len(self._native)

    def __repr__(self) -> str:
        rows, columns = self.shape
        return f"<dotacija.Table {self.name}: {rows} rows, {columns} columns ({', '.join(self.columns)})>"

    def __getitem__(self, column: str) -> list[str] | list[int] | list[float | None]:
        """The values of a column as a list."""
        return self._native.column(column)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> pandas.DataFrame:
        """As a pandas data frame. Needs pandas, and nothing else."""
        import pandas

        types = {"text": "str", "year": "int32", "figure": "float64"}
        columns = {
            name: pandas.Series(self[name], dtype=types[kind])
            for name, kind in zip(self.columns, self._native.kinds, strict=True)
        }
        return cast("pandas.DataFrame", pandas.DataFrame(columns))

    def to_polars(self) -> polars.DataFrame:
        """As a Polars data frame."""
        import polars

        return cast("polars.DataFrame", polars.DataFrame(self))

    def to_arrow(self) -> pyarrow.Table:
        """As a pyarrow table."""
        import pyarrow

        return cast("pyarrow.Table", pyarrow.table(self))
