#!/usr/bin/env python3
"""How time and memory grow with points, municipalities, years, policies and draws.

    python3 benches/scale/measure.py PROGRAM [FOLDER] > benches/scale/measured.csv
    python3 benches/scale/measure.py PROGRAM [FOLDER] --largest >> benches/scale/measured.csv

Makes synthetic scenarios in FOLDER (a temporary one by default), simulates each on one thread with `shard`,
so that tables and pictures are not counted, and writes a line of CSV for each: what it was, the processor
seconds before the first draw and for each draw, the most memory, and what `check` announced of a run. With
--largest it is one whole run of 100,000 municipalities and 1,000,000 points, tables and page included, in
seconds of the clock.
"""

import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

FEW, MANY = 64, 192
COLUMNS = [
    "series", "municipalities", "points", "years", "policies", "draws", "start_seconds",
    "seconds_a_draw", "peak_bytes", "announced_bytes",
]


def timed(command):
    """Wall seconds, processor seconds and the most resident bytes of a command."""
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def announced(program, scenario, threads=1):
    document = json.loads(subprocess.run(
        [program, "check", scenario, "--format", "json"], check=True, capture_output=True).stdout)
    size = document["scenarios"][0]["size"]
    return size["memory_bytes"] if size["threads"] == threads else ""


class Bench:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.writer = csv.writer(sys.stdout, lineterminator="\n")

    def scenario(self, municipalities, points, years=5, policies=2):
        """A synthetic scenario, of more or fewer years and policies than its two."""
        folder = self.folder / f"{municipalities}-{points}-{years}-{policies}"
        path = folder / "synthetic.ron"
        if not path.exists():
            sizes = [str(municipalities), str(points)]
            subprocess.run([self.program, "new", folder, "--synthetic", *sizes], check=True,
                           stdout=subprocess.DEVNULL)
            text = path.read_text().replace("last: 2026", f"last: {2021 + years}")
            # Quantiles of no municipality at any size, as above ten thousand of them.
            text = text.replace("seed: 1)", "seed: 1, quantiles_of: [])")
            block = re.search(r'        "flat": \(rules: \{.*?\n        \}\),\n', text, re.S).group(0)
            more = "".join(
                block.replace('"flat"', f'"flat {number}"').replace("250", str(250 + number))
                for number in range(2, policies))
            path.write_text(text.replace(block, block + more))
        return path

    def measure(self, series, municipalities, points, years=5, policies=2, draws=None):
        # Small scenarios take more draws to be told from the start.
        draws = draws or (16 * FEW if points <= 10_000 else MANY)
        scenario = self.scenario(municipalities, points, years, policies)
        part = self.folder / "part"
        seconds, peaks = [], []
        for count in (FEW, draws):
            part.unlink(missing_ok=True)
            _, spent, peak = timed([
                self.program, "shard", scenario, "--of", "1000000", "--draws", f"0..{count}",
                "--threads", "1", "--quiet", "-o", part])
            seconds.append(spent)
            peaks.append(peak)
        each = (seconds[1] - seconds[0]) / (draws - FEW)
        self.writer.writerow([
            series, municipalities, points, years, policies, draws,
            round(max(seconds[0] - FEW * each, 0), 3), round(each, 6), max(peaks), ""])
        sys.stdout.flush()

    def largest(self):
        scenario = self.scenario(100_000, 1_000_000)
        folder = self.folder / "run"
        told = announced(self.program, scenario)
        seconds, _, peak = timed([
            self.program, "run", scenario, "--draws", str(MANY), "--threads", "1", "-o", folder])
        self.writer.writerow(
            ["whole run", 100_000, 1_000_000, 5, 2, MANY, "", round(seconds / MANY, 6), peak, told])


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--largest"]
    if not arguments:
        sys.exit(__doc__)
    program = os.path.abspath(arguments[0])
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(arguments[1] if len(arguments) > 1 else scratch)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(program, folder)
        if "--largest" in sys.argv:
            bench.largest()
            return
        bench.writer.writerow(COLUMNS)
        for points in (1_000, 3_000, 10_000, 30_000, 100_000):
            bench.measure("points", 1_000, points)
        for municipalities in (100, 300, 1_000, 3_000, 10_000):
            bench.measure("municipalities", municipalities, 10_000)
        for years in (1, 2, 5, 10, 20):
            bench.measure("years", 1_000, 10_000, years=years)
        for policies in (2, 4, 8, 16):
            bench.measure("policies", 1_000, 10_000, policies=policies)
        for draws in (128, 512, 2_048):
            bench.measure("draws", 1_000, 10_000, draws=draws)


if __name__ == "__main__":
    main()
