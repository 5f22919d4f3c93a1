"""A folder that may not be written to, for an ordinary user: told at once, before anything is simulated.

    python3 tests/faults/read_only.py PROGRAM scenarios/starter/starter.ron

Root may write anywhere: started by root, the program runs as the user nobody (setpriv, of util-linux).
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

NOBODY = "65534"
# So many draws take hours: who is told within seconds was told before.
DRAWS = "1000000000"
PATIENCE = 20


def main() -> int:
    place = pathlib.Path(tempfile.mkdtemp())
    try:
        place.chmod(0o755)
        program, scenario = place / "dotacija", pathlib.Path(sys.argv[2])
        shutil.copy(sys.argv[1], program)
        program.chmod(0o755)
        shutil.copytree(scenario.parent, place / "scenario")
        scenario = place / "scenario" / scenario.name
        for path in (place / "scenario").rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        (place / "scenario").chmod(0o755)
        locked = place / "locked"
        locked.mkdir()
        (locked / "run").mkdir()
        for folder in (locked / "run", locked):
            folder.chmod(0o555)
        as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        prefix = as_nobody if os.geteuid() == 0 else []
        whole = ["--draws", DRAWS, "-o"]
        commands = {
            "run": ["run", str(scenario), *whole, str(locked / "new")],
            "run into an empty folder": ["run", str(scenario), *whole, str(locked / "run")],
            "run, deeper": ["run", str(scenario), *whole, str(locked / "a" / "b")],
            "run --keep-draws": ["run", str(scenario), "--keep-draws", "--draws", "4000000", "-o", str(locked / "k")],
            "shard": ["shard", str(scenario), "--of", DRAWS, "--draws", f"0..{DRAWS}", "-o", str(locked / "part")],
            "compare": ["compare", str(scenario), *whole, str(locked / "compared")],
            "new": ["new", str(locked / "mine")],
        }
        wrong = 0
        for name, command in commands.items():
            begun = time.monotonic()
            try:
                ended = subprocess.run(
                    [*prefix, str(program), *command],
                    capture_output=True, text=True, timeout=PATIENCE, cwd=place,
                )
                told, status = ended.stderr.strip().splitlines()[-1:], ended.returncode
            except subprocess.TimeoutExpired:
                told, status = ["still at work"], None
            seconds = time.monotonic() - begun
            is_told = status in (1, 2) and any("locked" in line and "denied" in line for line in told)
            wrong += not is_told
            print(f"{name}: {'' if is_told else 'WRONG '}{status} after {seconds:.2f} s: {' '.join(told)}")
        left = sorted(path.name for path in locked.rglob("*") if path != locked / "run")
        print(f"left in the folder: {left or 'nothing'}")
        return 1 if wrong or left else 0
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(place)], check=False)
        shutil.rmtree(place)


if __name__ == "__main__":
    sys.exit(main())
