#!/usr/bin/env python3
"""Unpacks the table of enrolments; no figure is changed.

    python3 tables.py enrolments_by_stage.csv.gz        writes enrolments.csv
"""

import gzip
import pathlib
import sys

with gzip.open(sys.argv[1]) as packed:
    (pathlib.Path(__file__).parent / "enrolments.csv").write_bytes(packed.read())
