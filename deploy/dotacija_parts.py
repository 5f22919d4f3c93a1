"""A run of dotacija in parts, whatever engine hands them out.

What is done before (`prepare`, `parts_of`, `unfinished`), in a task (`simulate`) and after (`merge`), by the
program's two commands `shard` and `merge`. Nothing here knows Spark or Dask. Python 3.10; pyarrow for object stores.
"""

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import dotacija_store
from dotacija_store import NoStore, absolute, head, opened

# What tasks need on their machines, in the order in which they import each other: an engine sends these files along.
MODULES = (dotacija_store.__file__, __file__)

# The exit status by which dotacija says that the scenario or the command line is wrong: no second try helps.
WRONG = 2
# Linux refuses to start a program that another thread, about to start one too, has open for writing.
STARTING = threading.Lock()


class Wrong(Exception):
    """What its user must mend, in words for the user."""


class PartFailed(Exception):
    """A part was not simulated, and may be at the next try: no memory, a full disk, a killed process."""


class Part(NamedTuple):
    """One part of a run: how `shard` is told, and its name in the store."""

    which: tuple[str, str]
    name: str


class Simulated(NamedTuple):
    """What has come of a part: draws and host, or why neither this nor another try simulates it."""

    part: str
    draws: int
    host: str
    wrong: str


@dataclass(frozen=True)
class Run:
    """All that a task needs, sent to it by value: no machine needs anything installed but Python."""

    program: bytes
    scenario: str
    files: Mapping[str, bytes]
    options: tuple[str, ...]
    # As in the first part of the run: version, digests of files, settings, policies, draws.
    identity: Mapping[str, Any]
    store: str
    # How many each task has; changes no figure.
    threads: int = 1

    @property
    def draws(self) -> int:
        """How many draws the whole run has."""
        return int(self.identity["draws"])


def conduct(about: str, simulate_all: Callable[[Run, list[Part]], None]) -> int:
    """All that an engine's script does, but for handing out parts; the exit status."""
    given = arguments(about)
    try:
        run = prepare(given)
        parts = parts_of(given, run.draws)
        left = unfinished(run, parts)
        say(f"{run.draws:,} draws in {len(parts)} parts, {len(parts) - len(left)} of them already in {run.store}")
        if left and given.merge_only:
            missing = ", ".join(part.name for part in left)
            raise Wrong(f"error: not in {run.store}: {missing}: simulate them without --merge-only")
        if left:
            simulate_all(run, left)
        return merge(run, parts, given)
    except (Wrong, NoStore) as error:
        say(str(error))
        return WRONG
    except (PartFailed, OSError) as error:
        say(f"error: {error}\nStarted again, this command goes on with the parts that are missing.")
        return 1


def say(text: str) -> None:
    """Tells the user something that is no result."""
    print(text, file=sys.stderr, flush=True)


# ---- before ----


def arguments(about: str) -> argparse.Namespace:
    """What every engine's script is told; names are those of `dotacija shard` and `merge`."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", type=Path, help="the scenario file; files that it reads are sent along")
    parser.add_argument(
        "--of", type=int, metavar="DRAWS", help="how many draws the run has, instead of the scenario's number"
    )
    parser.add_argument("--seed", type=int, help="the seed, instead of the scenario's")
    parser.add_argument(
        "--policy",
        action="append",
        default=[],
        metavar="NAME",
        help="this policy only, beside the baseline; may be repeated",
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="change one number or choice; may be repeated"
    )
    into = parser.add_mutually_exclusive_group()
    into.add_argument("--parts", type=int, default=16, metavar="N", help="as many parts of like length (16)")
    into.add_argument(
        "--draws", metavar="LO..HI,…", help="parts of these draws instead, of any lengths in multiples of 64"
    )
    parser.add_argument("--program", default="dotacija", help="the program; it is sent along (dotacija on the path)")
    parser.add_argument(
        "--store",
        metavar="DIR|URI",
        help="where parts are kept: a folder that all machines have, or s3://…, hdfs://…, gs://… (beside OUTPUT)",
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="the folder of the run")
    parser.add_argument("--force", action="store_true", help="replace what another run has written into OUTPUT")
    parser.add_argument("--merge-only", action="store_true", help="simulate nothing: merge parts that are all there")
    return parser.parse_args()


def prepare(given: argparse.Namespace) -> Run:
    """Reads program and scenario; a part of 64 draws shows what is wrong with it, and which files it reads."""
    program = shutil.which(given.program)
    if program is None:
        raise Wrong(f"error: there is no program `{given.program}`: say with --program where dotacija is")
    options = [f"--{name}={value}" for name, value in (("of", given.of), ("seed", given.seed)) if value is not None]
    options += [f"--policy={name}" for name in given.policy] + [f"--set={setting}" for setting in given.set]
    with tempfile.TemporaryDirectory(prefix="dotacija-") as place:
        first = Path(place, "first.part")
        ended = shard(program, given.scenario, ("--draws", "0..64"), options, first)
        if ended.returncode != 0:
            raise Wrong(ended.stderr.strip() or f"error: `{program}` ended with status {ended.returncode}")
        with first.open("rb") as stream:
            identity = head(stream)["identity"]
    folder = given.scenario.parent
    files = {name: (folder / name).read_bytes() for name in identity["inputs"]}
    store = given.store or f"{given.output}.parts"
    return Run(Path(program).read_bytes(), identity["file"], files, tuple(options), identity, absolute(store))


def parts_of(given: argparse.Namespace, draws: int) -> list[Part]:
    """The parts that are asked for, which together are the run."""
    if given.draws is None:
        count: int = given.parts
        if not 1 <= count <= -(-draws // 64):
            raise Wrong(
                f"error: --parts {count}: {draws} draws make between 1 and {-(-draws // 64)} parts of 64 draws or more"
            )
        return [Part(("--part", f"{part}/{count}"), f"{part}-of-{count}.part") for part in range(1, count + 1)]
    parts, until = [], 0
    for text in given.draws.replace("_", "").split(","):
        found = re.fullmatch(r"\s*(\d+)\.\.(\d+)\s*", text)
        if found is None or int(found[1]) != until or int(found[2]) <= until:
            raise Wrong(
                f"error: --draws: `{text}` does not go on at {until}: write rising ranges such as 0..640,640..{draws}"
            )
        until = int(found[2])
        if until > draws or (until % 64 != 0 and until != draws):
            raise Wrong(f"error: --draws: `{text}` ends neither at a multiple of 64 nor at {draws}, the end of the run")
        parts.append(Part(("--draws", f"{found[1]}..{until}"), f"{found[1]}-{until}.part"))
    if until != draws:
        raise Wrong(
            f"error: --draws: no part holds draws {until}..{draws}: name them too, or say with --of how many there are"
        )
    return parts


def unfinished(run: Run, parts: Sequence[Part]) -> list[Part]:
    """The parts that are not in the store yet; what another run has left there is not taken for one."""
    store = opened(run.store)
    left = []
    for part in parts:
        found = store.head(part.name)
        if found is None:
            left.append(part)
        elif found["identity"] != run.identity:
            raise Wrong(
                f"error: `{run.store}/{part.name}` is a part of another run: a file, a setting, the draws or the "
                "version differ; empty that folder, or name another with --store"
            )
    return left


# ---- in a task ----


def simulate(run: Run, part: Part) -> Simulated:
    """Simulates a part and puts it into the store as a whole; raises `PartFailed` where another try may help."""
    host = socket.gethostname()
    try:
        store = opened(run.store)
        with tempfile.TemporaryDirectory(prefix="dotacija-") as place:
            file = simulate_in(Path(place), run, part)
            with file.open("rb") as stream:
                found = head(stream)
            if found["identity"] != run.identity:
                raise Wrong("error: the scenario has changed while it was read: start again")
            store.put(file, part.name)
    except (Wrong, NoStore) as error:
        return Simulated(part.name, 0, host, str(error))
    except OSError as error:
        raise PartFailed(f"{part.name} on {host}: {error}") from error
    return Simulated(part.name, found["draws"][1] - found["draws"][0], host, "")


def simulate_in(place: Path, run: Run, part: Part) -> Path:
    """Simulates a part in a folder of its own; the file."""
    # Names are relative: the program reads nothing outside of the scenario's folder.
    for name, content in run.files.items():
        path = place / "scenario" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    file = place / part.name
    options = [*run.options, f"--threads={run.threads}"]
    ended = shard(place / "dotacija", Path("scenario", run.scenario), part.which, options, file, run.program)
    said = ended.stderr.strip()
    if ended.returncode == WRONG:
        raise Wrong(said)
    if ended.returncode != 0:
        raise OSError(f"dotacija ended with status {ended.returncode} {said}")
    return file


def shard(
    program: str | Path,
    scenario: Path,
    which: tuple[str, str],
    options: Sequence[str],
    file: Path,
    content: bytes | None = None,
) -> subprocess.CompletedProcess[str]:
    """`dotacija shard`, beside the file that it writes where the program's content is given, too."""
    command = [str(program), "shard", str(scenario), *which, *options, "--quiet", "-o", str(file)]
    with STARTING:
        if content is not None:
            Path(program).write_bytes(content)
            Path(program).chmod(0o700)
        folder = None if content is None else file.parent
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
    try:
        _, said = process.communicate()
    except BaseException:
        process.kill()
        raise
    return subprocess.CompletedProcess(command, process.returncode, "", said)


def accept(result: Simulated, done: int, parts: int) -> None:
    """Tells that one more part is done; raises `Wrong` where it never will be, nor any other."""
    if result.wrong:
        raise Wrong(result.wrong)
    say(f"{done} of {parts} parts: {result.part}, {result.draws:,} draws on {result.host}")


# ---- after ----


def merge(run: Run, parts: Sequence[Part], given: argparse.Namespace) -> int:
    """Merges all parts into the folder of the run; the exit status is dotacija's."""
    store = opened(run.store)
    with tempfile.TemporaryDirectory(prefix="dotacija-") as place:
        files = [str(store.get(part.name, Path(place))) for part in parts]
        force = ["--force"] if given.force else []
        return subprocess.run([given.program, "merge", *files, "-o", str(given.output), *force], check=False).returncode
