"""The compiled part of ``dotacija``."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import Final, final

from numpy import float64
from numpy.typing import NDArray

__all__ = ["LICENCES", "LICENCES_OF_MODULE", "VERSION", "Found", "Table", "allocate", "check", "methods", "rules", "run"]

LICENCES: Final[str]
LICENCES_OF_MODULE: Final[str]
VERSION: Final[str]

@final
class Table:
    def __len__(self, /) -> int: ...
    @property
    def columns(self, /) -> list[str]: ...
    @property
    def kinds(self, /) -> list[str]: ...
    def column(self, /, name: str) -> list[str] | list[int] | list[float | None]: ...
    def __arrow_c_schema__(self, /) -> object: ...
    def __arrow_c_stream__(self, /, requested_schema: object | None = None) -> object: ...

@final
class Found:
    @property
    def tables(self, /) -> list[tuple[str, Table]]: ...
    @property
    def about(self, /) -> str: ...
    @property
    def warnings(self, /) -> str: ...

def check(path: str | PathLike[str], settings: Sequence[str]) -> str: ...
def run(
    path: str | PathLike[str],
    settings: Sequence[str],
    policies: Sequence[str],
    threads: int,
    central: bool,
    exact_quantiles: bool,
    progress: Callable[[int, int], object] | None,
) -> Found: ...
def rules() -> list[str]: ...
def methods() -> list[str]: ...
def allocate(
    claims: NDArray[float64],
    pots: NDArray[float64],
    awards: NDArray[float64],
    rule: str,
    method: str,
    round: float | None,
    at_least: float,
    estimate: bool,
    names: Sequence[str],
    weights: Sequence[float],
    classes: Sequence[float],
    scores: Sequence[float],
) -> float: ...
