"""Runs the national scenario in NumPy and prints a line of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .agree import LIMIT, Agreement, Comparison
from .national import run, tuned_batch
from .world import load

HERE = Path(__file__).resolve().parent.parent


def main() -> None:
    """Reads the arguments, runs, prints."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--draws", type=int, default=10_000)
    arguments.add_argument("--batch", type=int, default=0, help="draws computed together; 0: tuned on this machine")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--agree", type=Path, help="a folder of the program's tables to compare with")
    arguments.add_argument("--agree-draws", type=int, default=10_000, help="draws of that run")
    given = arguments.parse_args()
    world = load(HERE.parent.parent / "scenarios" / "latvia", HERE / "national.json")
    batch = given.batch or tuned_batch(world, given.seed)
    result = run(world, given.draws, batch, given.seed)
    if given.agree:
        sys.exit(report(Comparison(world, result, given.agree, given.agree_draws).run()))
    print(json.dumps({"draws": result.draws, "batch": batch, "seconds": result.seconds, "megabytes": result.megabytes,
        "cells": len(result.mean), "us_per_draw": 1e6 * result.seconds / result.draws}))


def report(found: Agreement) -> int:
    """Says how far the runs lie apart; 1 where it is too far."""
    for fault in found.faults[:40]:
        print(f"  {fault}")
    print(
        f"agreement: {found.compared:,} figures compared, {found.quantiles:,} of them quantiles; "
        f"greatest difference {found.worst:.2f} standard errors (limit {LIMIT}), {len(found.faults)} beyond it"
    )
    return 1 if found.faults else 0


if __name__ == "__main__":
    main()
