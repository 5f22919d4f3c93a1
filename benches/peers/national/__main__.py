"""Runs the national scenario in NumPy and prints a line of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from .agree import LIMIT, Agreement, Comparison
from .national import floor, run, tuned_batch
from .world import World, load

HERE = Path(__file__).resolve().parent.parent


def main() -> int:
    """Reads the arguments, runs, prints."""
    given = _arguments()
    world = load(HERE.parent.parent / "scenarios" / "latvia", HERE / "national.json")
    batch = given.batch or tuned_batch(world, given.seed)
    return {"run": _run, "floor": _floor, "tune": _tune, "agree": _agree}[given.what](world, batch, given)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="national", description=__doc__)
    arguments.add_argument("what", choices=("run", "floor", "tune", "agree"), help="what to do")
    arguments.add_argument("--draws", type=int, default=10_000)
    arguments.add_argument(
        "--batch", type=int, default=0, help="draws computed together; 0: tuned on this machine"
    )
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=1)
    arguments.add_argument("--tables", type=Path, help="agree: the folder of the program's run")
    arguments.add_argument("--their-draws", type=int, default=10_000, help="agree: draws of that run")
    return arguments.parse_args()


def _run(world: World, batch: int, given: argparse.Namespace) -> int:
    result = run(world, given.draws, batch, given.seed, given.processes)
    print(
        json.dumps(
            {
                "draws": result.draws,
                "batch": batch,
                "processes": given.processes,
                "us_per_draw": 1e6 * result.took.seconds / result.draws,
                "cpu_us_per_draw": 1e6 * result.took.cpu_seconds / result.draws,
                "cells": len(result.mean),
                "megabytes": result.took.megabytes,
            }
        )
    )
    return 0


def _floor(world: World, batch: int, given: argparse.Namespace) -> int:
    print(json.dumps(asdict(floor(world, given.draws, batch, given.seed))))
    return 0


def _tune(_world: World, batch: int, _given: argparse.Namespace) -> int:
    print(json.dumps({"batch": batch}))
    return 0


def _agree(world: World, batch: int, given: argparse.Namespace) -> int:
    result = run(world, given.draws, batch, given.seed, given.processes)
    return _report(Comparison(world, result, given.tables, given.their_draws).run())


def _report(found: Agreement) -> int:
    """Says how far the runs lie apart; 1 where it is too far."""
    for fault in found.faults[:40]:
        print(f"  {fault}")
    print(
        f"agreement: {found.compared:,} figures compared, {found.quantiles:,} of them quantiles; "
        f"greatest difference {found.worst:.2f} standard errors (limit {LIMIT}), {len(found.faults)} beyond it"
    )
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
