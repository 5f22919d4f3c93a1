"""Simulates a state subsidy scheme before it is law: who gets what, under which rule, at which risk.

    import dotacija

    run = dotacija.run("scenarios/starter/starter.ron", draws=10_000)
    run.awards.to_pandas()

This is the program ``dotacija`` as a module: the same engine, the same figures, the same messages.
"""

from ._allocate import METHODS, RULES, allocate
from ._native import LICENCES, LICENCES_OF_MODULE
from ._native import VERSION as __version__
from ._problems import Problem, ScenarioError, check
from ._run import Run, run
from ._table import Table

__all__ = [
    "METHODS",
    "RULES",
    "Problem",
    "Run",
    "ScenarioError",
    "Table",
    "__version__",
    "allocate",
    "check",
    "licences",
    "run",
]


def licences() -> str:
    """What the module is made of, with the licences of all parts and their texts."""
    return f"{LICENCES}\n{LICENCES_OF_MODULE}"
