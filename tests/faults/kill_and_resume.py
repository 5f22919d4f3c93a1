"""Kills a run at random moments and goes on; the files must be those of a run that nobody killed."""

import argparse
import hashlib
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time


def digests(folder: pathlib.Path) -> dict[str, str]:
    """The digest of every file but the manifest, which tells the time."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name != "manifest.json"
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("scenario")
    parser.add_argument("--draws", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--save-every", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as place:
        whole, killed = pathlib.Path(place, "whole"), pathlib.Path(place, "killed")

        def command(folder: pathlib.Path) -> list[str]:
            draws = ["--draws", str(given.draws), "--save-every", str(given.save_every)]
            return [given.program, "run", given.scenario, *draws, "--resume", "-o", str(folder)]

        begun = time.monotonic()
        subprocess.run(command(whole), check=True, capture_output=True)
        takes = time.monotonic() - begun
        print(f"{given.draws:,} draws undisturbed: {takes:.1f} s")
        survived = 0
        # A kill may come before anything is kept or while files are written; the run ends all the same.
        while True:
            run = subprocess.Popen(command(killed), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if survived < given.kills:
                moment = chance.uniform(0, min(takes, 2.0 + 2 * takes / given.kills))
                try:
                    run.wait(timeout=moment)
                except subprocess.TimeoutExpired:
                    run.send_signal(signal.SIGKILL)
            _, told = run.communicate()
            from_draw = re.search(r"going on after ([\d  ]+) of", told)
            went_on = f"from {from_draw.group(1).strip()}" if from_draw else "from the first draw"
            if run.returncode == 0:
                print(f"{went_on}: finished")
                if survived >= given.kills:
                    break
                # Finished before its moment: once more from the beginning.
                if digests(killed) != digests(whole):
                    print("the files differ")
                    return 1
                continue
            if run.returncode != -signal.SIGKILL:
                print(f"ended with {run.returncode}: {told}")
                return 1
            survived += 1
            print(f"{went_on}: killed after {moment:.2f} s")
        if digests(killed) != digests(whole):
            print("the files differ")
            return 1
        left = sorted(path.name for path in pathlib.Path(place).iterdir())
        print(f"killed {survived} times, the same {len(digests(whole))} files; beside each other: {left}")
        return 0


if __name__ == "__main__":
    sys.exit(main())
