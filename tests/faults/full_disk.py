"""A disk that is full, and an input that goes away."""

import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile


def digests(folder: pathlib.Path) -> dict[str, str]:
    """The digest of every file."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def main() -> int:
    program, scenario = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place, "run")
        run = [program, "run", str(scenario), "--draws", "4096", "-o", str(folder)]
        subprocess.run([*run, "--quiet"], check=True)
        before = digests(folder)
        # Blocks of 1,024 bytes; without the trap the signal for a file too large would end the program.
        for blocks in (0, 1, 8, 64, 256):
            limited = f"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""
            command = ["bash", "-c", limited, "bash", *run, "--save-every", "0.05", "--seed", "9"]
            ended = subprocess.run(command, capture_output=True, text=True)
            told = ended.stderr.strip().splitlines()[-1:]
            if ended.returncode == 0 or not told or "cannot" not in " ".join(told):
                print(f"{blocks} kB: ended with {ended.returncode}: {ended.stderr}")
                return 1
            if digests(folder) != before:
                print(f"{blocks} kB: the earlier run has changed")
                return 1
            print(f"files of at most {blocks} kB: {told[0]}")
        copy = pathlib.Path(place, "scenario")
        shutil.copytree(scenario.parent, copy)
        going = [program, "run", str(copy / scenario.name), "--draws", "200000", "-o", str(pathlib.Path(place, "going"))]
        running = subprocess.Popen(going, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            running.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            pass
        shutil.rmtree(copy)
        _, told = running.communicate()
        sound = subprocess.run([program, "verify", str(pathlib.Path(place, "going"))], capture_output=True, text=True)
        if running.returncode != 0 or sound.returncode != 0:
            print(f"an input that goes away: {told}{sound.stdout}{sound.stderr}")
            return 1
        print("an input that goes away after it was read: the run is whole and verified")
        return 0


if __name__ == "__main__":
    sys.exit(main())
