"""The templates for Slurm and Kubernetes and the script for Dask: python3 tests/cluster/templates.py PROGRAM SCENARIO

Runs their own scripts as those engines would, for every index and with what they set, without an engine, and
compares the merged files with those of one run. Manifests are held against the schemas of Kubernetes. Needs PyYAML,
kubernetes-validate and dask[distributed] beside this Python.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import kubernetes_validate  # type: ignore[import-untyped]
import yaml
from spark import contents

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
# What stands in for the engines: `sbatch` runs what it is given at once, for every index of an array.
SBATCH = """#!/usr/bin/env bash
set -euo pipefail
array=
while [[ $1 == --* ]]; do
    case $1 in --array=*) array=${1#--array=1-} ;; --dependency=afterok:7) ;; --dependency=*) exit 9 ;; esac
    shift
done
if [ -z "$array" ]; then bash "$@" >&2; else
    # The last first: nothing says in which order tasks begin.
    for ((task = array; task >= 1; task--)); do SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=1 bash "$@" >&2; done
fi
echo 7
"""


def on_slurm(scenario: Path, draws: int, parts: int, output: Path, world: dict[str, str]) -> None:
    """Submits to what stands in for Slurm."""
    submit = ["bash", str(DEPLOY / "slurm" / "submit.sh"), str(scenario), str(draws), str(parts), str(output)]
    for _ in ("once", "again"):
        subprocess.run(submit, check=True, env=world, stdout=subprocess.DEVNULL)


def on_kubernetes(scenario: Path, draws: int, data: Path, world: dict[str, str]) -> None:
    """Runs the commands of both jobs for every index, with the folder in place of the volume."""
    shutil.copytree(scenario.parent, data / "scenario")
    for name in ("volume", "parts", "merge"):
        manifest = yaml.safe_load((DEPLOY / "kubernetes" / f"{name}.yaml").read_text())
        kubernetes_validate.validate(manifest, "1.31", strict=True)
        if manifest["kind"] != "Job":
            continue
        spec = manifest["spec"]
        (container,) = spec["template"]["spec"]["containers"]
        named = {entry["name"]: entry["value"] for entry in container.get("env", [])}
        if int(named.get("PARTS", 1)) != spec.get("completions", 1):
            sys.exit(f"{name}.yaml: PARTS is {named['PARTS']} and completions {spec['completions']}")
        named |= {"SCENARIO": str(data / "scenario" / scenario.name), "DRAWS": str(draws)}
        command = [word.replace("/data", str(data)) for word in container["command"]]
        for index in range(spec.get("completions", 1)):
            subprocess.run(command, check=True, env=world | named | {"JOB_COMPLETION_INDEX": str(index)})


def on_dask(scenario: Path, draws: int, output: Path, program: Path) -> None:
    """Runs the job on workers of this machine, in parts of very different lengths."""
    job = [sys.executable, str(DEPLOY / "dask" / "run.py"), str(scenario), f"--of={draws}", "--program", str(program)]
    job += [f"--draws=0..640,640..704,704..{draws}", "-o", str(output)]
    ended = subprocess.run(job, capture_output=True, text=True)
    if ended.returncode != 0 or f"704-{draws}.part" not in ended.stderr:
        sys.exit(f"Dask: {ended.stderr}")


def main() -> int:
    program, scenario = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    draws = 3_000
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        whole, slurm, kubernetes = place / "whole", place / "on slurm" / "run", place / "kubernetes"
        tools = place / "tools"
        tools.mkdir()
        (tools / "dotacija").symlink_to(program)
        (tools / "sbatch").write_text(SBATCH)
        (tools / "sbatch").chmod(0o700)
        world = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}"}
        run = [str(program), "run", str(scenario), f"--draws={draws}", "--quiet", "-o", str(whole)]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
        on_slurm(scenario, draws, 7, slurm, world)
        on_kubernetes(scenario, draws, kubernetes, world)
        on_dask(scenario, draws, place / "dask", program)
        for engine, folder in (("Slurm", slurm), ("Kubernetes", kubernetes / "output"), ("Dask", place / "dask")):
            one, other = contents(folder), contents(whole)
            if one != other:
                sys.exit(f"{engine}: the files differ")
            print(f"{engine}: all {len(one)} files are those of the run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
