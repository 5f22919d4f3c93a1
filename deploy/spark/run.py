"""Runs a scenario of dotacija on Apache Spark: parts as tasks, merged at the end into the files of one run.

    python3 deploy/spark/run.py SCENARIO --of 200000 --parts 64 -o output/national      on this machine
    spark-submit --master ... deploy/spark/run.py SCENARIO ...                          on a cluster

Started again it goes on with the parts that are not there yet.
"""

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

from pyspark import SparkContext
from pyspark.accumulators import AccumulatorParam
from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dotacija_parts import MODULES, Part, PartFailed, Run, Simulated, Wrong, accept, conduct, simulate


class Results(AccumulatorParam[list[Simulated]]):
    """What has come of parts; the driver sees it as soon as a task ends."""

    def zero(self, value: list[Simulated]) -> list[Simulated]:
        return []

    def addInPlace(self, value1: list[Simulated], value2: list[Simulated]) -> list[Simulated]:  # noqa: N802
        return value1 + value2


def simulate_all(run: Run, parts: list[Part]) -> None:
    """Simulates parts, a task each, on the Spark that this was submitted to, or on this machine's cores."""
    builder = SparkSession.builder.appName(f"dotacija {run.scenario}").config("spark.ui.showConsoleProgress", "false")
    # `spark-submit` has said where to run; without it, here: heard by this machine alone, and tried four times too.
    is_here = "PYSPARK_GATEWAY_PORT" not in os.environ
    if is_here:
        os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
        builder = builder.master("local[*,4]")
    context = builder.getOrCreate().sparkContext
    # Of every task that it tries again Spark shows the stack, where the task was as an error, elsewhere as a warning.
    context.setLogLevel("FATAL" if is_here else "ERROR")
    for module in MODULES:
        context.addPyFile(module)
    try:
        hand_out(context, replace(run, threads=int(context.getConf().get("spark.task.cpus", "1"))), parts)
    finally:
        context.stop()


def hand_out(context: SparkContext, run: Run, parts: list[Part]) -> None:
    """Lets Spark simulate every part, and tells of each when it is there."""
    sent, results = context.broadcast(run), context.accumulator(list[Simulated](), Results())
    tasks = context.parallelize(parts, len(parts))
    with ThreadPoolExecutor(1) as beside:
        job = beside.submit(tasks.foreach, lambda part: results.add([simulate(sent.value, part)]))
        done = 0
        while not (job.done() and done == len(results.value)):
            wait([job], timeout=0.5)
            for result in results.value[done:]:
                done += 1
                try:
                    accept(result, done, len(parts))
                except Wrong:
                    # No other part would fare better.
                    context.cancelAllJobs()
                    raise
    if error := job.exception():
        # The last of what dotacija has said, out of a stack of two languages.
        said = re.findall(r"PartFailed: (.*)", str(error)) or str(error).splitlines()
        raise PartFailed(f"Spark has given up: {said[-1] if said else error!r}")


if __name__ == "__main__":
    sys.exit(conduct(__doc__ or "", simulate_all))
