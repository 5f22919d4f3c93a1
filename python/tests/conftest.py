"""What all tests share: the program, the example scenarios, and CSV as it is written."""

import csv
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
TINY = SCENARIOS / "tiny" / "tiny.ron"
STARTER = SCENARIOS / "starter" / "starter.ron"


def program(*arguments, expected=0, cwd=None):
    """Runs the program; its standard output and standard error. An exit status of `None` may be any."""
    done = subprocess.run(
        [os.environ["DOTACIJA"], *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", cwd=cwd
    )
    assert expected is None or done.returncode == expected, done.stderr
    return done.stdout, done.stderr


def written(path):
    """Header and rows of a CSV file; texts as they were before they were guarded against spreadsheets."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


@pytest.fixture
def in_root(monkeypatch):
    """Paths in messages count from the folder of the repository."""
    monkeypatch.chdir(ROOT)
