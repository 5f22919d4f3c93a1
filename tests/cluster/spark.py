"""A run on a real Spark of which an executor is killed: python3 tests/cluster/spark.py PROGRAM SCENARIO

Starts Spark with several executors on this machine (each a Java process of its own, on loopback), lets
`deploy/spark/run.py` simulate uneven parts, kills one executor with SIGKILL while it simulates, and compares
every merged file with those of one run on this machine. Needs Java 17, and pyspark beside this Python.
"""

import argparse
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

JOB = Path(__file__).resolve().parents[2] / "deploy" / "spark" / "run.py"
EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend"
# What a manifest says of the moment and of the machine.
CIRCUMSTANCES = ("created", "seconds", "threads")


class Killed(NamedTuple):
    """An executor that is no more, and the part that it was simulating."""

    executor: str
    part: str
    child: int


def uneven(draws: int, parts: int, seed: int) -> list[str]:
    """Ranges of very different lengths that are all draws."""
    blocks = -(-draws // 64)
    cuts = sorted(random.Random(seed).sample(range(1, blocks), parts - 1))  # noqa: S311
    ends = [0, *(cut * 64 for cut in cuts), draws]
    return [f"{low}..{high}" for low, high in itertools.pairwise(ends)]


def command_of(process: int) -> list[str]:
    """The command line of a process; none where it is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def below(process: int) -> Iterator[int]:
    """All processes that a process has started, and those that these have."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name stands in brackets and may hold anything.
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(path.parent.name))
    left = parents.get(process, [])
    while left:
        found = left.pop()
        yield found
        left += parents.get(found, [])


def kill_one(spark: subprocess.Popen[str], store: Path) -> Killed:
    """Kills an executor in the midst of a part, once another part is done."""
    while spark.poll() is None:
        time.sleep(0.02)
        if not list(store.glob("*.part")):
            continue
        for executor in below(spark.pid):
            command = command_of(executor)
            if EXECUTOR not in command:
                continue
            for child in below(executor):
                words = command_of(child)
                if "shard" in words and "-o" in words:
                    os.kill(executor, signal.SIGKILL)
                    number = command[command.index("--executor-id") + 1]
                    return Killed(number, Path(words[words.index("-o") + 1]).name, child)
    sys.exit(f"Spark has ended (status {spark.returncode}) before anything was killed: try more draws")


def events(folder: Path) -> Iterator[dict[str, Any]]:
    """What Spark itself has noted."""
    for path in folder.iterdir():
        for line in path.read_text().splitlines():
            yield json.loads(line)


def was_lost(folder: Path, killed: Killed) -> str:
    """How Spark tells of the executor and its task; ends the test where it does not."""
    noted = list(events(folder))
    removed = [event for event in noted if event["Event"] == "SparkListenerExecutorRemoved"]
    if killed.executor not in [event["Executor ID"] for event in removed]:
        sys.exit(f"Spark has not lost executor {killed.executor}: {removed}")
    ended = [event for event in noted if event["Event"] == "SparkListenerTaskEnd"]
    lost = [event for event in ended if event["Task End Reason"]["Reason"] == "ExecutorLostFailure"]
    tasks = {event["Task Info"]["Index"] for event in lost}
    again = [event for event in ended if event["Task Info"]["Index"] in tasks and event not in lost]
    if not lost or any(event["Task End Reason"]["Reason"] != "Success" for event in again):
        sys.exit(f"no task was lost and done again: {lost} {again}")
    others = sorted({event["Task Info"]["Executor ID"] for event in again})
    return f"Spark lost executor {killed.executor} with {len(lost)} task(s), done again by {', '.join(others)}"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by name; of the manifest all but its circumstances."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(found["manifest.json"])
    found["manifest.json"] = json.dumps({key: manifest[key] for key in manifest if key not in CIRCUMSTANCES}).encode()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("scenario")
    parser.add_argument("--draws", type=int, default=200_000)
    parser.add_argument("--parts", type=int, default=12)
    parser.add_argument("--executors", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of the lengths of parts")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        merged, whole, store, noted = (place / name for name in ("merged", "whole", "parts", "events"))
        noted.mkdir()
        ranges = uneven(given.draws, given.parts, given.seed)
        job = [str(JOB), given.scenario, f"--of={given.draws}", "--draws", ",".join(ranges)]
        job += ["--program", given.program, "--store", str(store), "-o", str(merged)]
        # local-cluster starts executors as a cluster does, as processes; "local" would be threads of one.
        settings = {
            "spark.ui.enabled": "false",
            "spark.eventLog.enabled": "true",
            "spark.eventLog.compress": "false",
            "spark.eventLog.rolling.enabled": "false",
            "spark.eventLog.dir": noted.as_uri(),
        }
        submit = [shutil.which("spark-submit", path=str(Path(sys.executable).parent)) or "spark-submit"]
        submit += ["--master", f"local-cluster[{given.executors},1,1024]"]
        submit += [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
        world = os.environ | {
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(place / "scratch"),
            "TMPDIR": name,
            "PYSPARK_PYTHON": sys.executable,
        }
        begun = time.monotonic()
        with (place / "out").open("w+") as out:
            spark = subprocess.Popen([*submit, *job], stdout=out, stderr=subprocess.STDOUT, text=True, env=world)
            try:
                killed = kill_one(spark, store)
                at = time.monotonic() - begun
                status = spark.wait(timeout=3_600)
            finally:
                spark.kill()
                out.seek(0)
                said = out.read()
        if status != 0:
            sys.exit(f"the job ended with status {status}:\n{said}")
        print(f"executor {killed.executor} killed after {at:.0f} s, in the midst of {killed.part}")
        print(was_lost(noted, killed))
        print(f"{given.draws:,} draws in {given.parts} parts {' '.join(ranges)}: {time.monotonic() - begun:.0f} s")
        if command_of(killed.child):
            sys.exit(f"the program of the killed executor still runs: process {killed.child}")
        parts = sorted(path.name for path in store.iterdir())
        if parts != sorted(f"{piece.replace('..', '-')}.part" for piece in ranges):
            sys.exit(f"what is in the store is not the parts: {parts}")
        print(f"{sum(path.stat().st_size for path in store.iterdir()) / 1e6:.0f} MB of parts")

        begun = time.monotonic()
        run = [given.program, "run", given.scenario, f"--draws={given.draws}", "--quiet", "-o", str(whole)]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
        print(f"the same run at once: {time.monotonic() - begun:.0f} s")
        one, other = contents(merged), contents(whole)
        different = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
        if different or len(one) < 10:
            sys.exit(f"of {len(other)} files these differ: {', '.join(different)}")
        print(f"all {len(one)} files are the same, byte for byte")

        # Started again it simulates nothing; what is wrong is told once, in dotacija's words.
        again = subprocess.run([sys.executable, *job, "--merge-only", "--force"], capture_output=True, text=True)
        if again.returncode != 0 or f"{given.parts} of them already" not in again.stderr or contents(merged) != other:
            sys.exit(f"started again: {again.stderr}")
        wrong = subprocess.run([sys.executable, *job, "--set=levers.no_such=1"], capture_output=True, text=True)
        if wrong.returncode != 2 or wrong.stderr.count("no_such") < 1 or "Traceback" in wrong.stderr:
            sys.exit(f"a setting that does not exist: {wrong.stderr}")
        print("started again nothing is simulated; a wrong setting is told before anything is")
    return 0


if __name__ == "__main__":
    sys.exit(main())
