"""Runs a scenario of dotacija on Dask: parts as tasks, merged at the end into the files of one run.

    python3 deploy/dask/run.py SCENARIO --of 200000 --parts 64 -o output/national

On the cluster at DASK_SCHEDULER_ADDRESS, or else on this machine's cores.
Started again it goes on with the parts that are not there yet.
"""

import sys
from pathlib import Path

import dask
from distributed import Client, as_completed
from distributed.scheduler import KilledWorker

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dotacija_parts import MODULES, Part, PartFailed, Run, Wrong, accept, conduct, simulate


def simulate_all(run: Run, parts: list[Part]) -> None:
    """Simulates parts, a task each; Dask tries those of lost workers again."""
    is_given = dask.config.get("scheduler-address", None) is not None
    with Client() if is_given else Client(threads_per_worker=1, dashboard_address=None) as client:
        for module in MODULES:
            client.upload_file(module)
        sent = client.scatter(run, broadcast=True)
        tasks = client.map(simulate, [sent] * len(parts), parts, pure=False, retries=3)
        try:
            for done, task in enumerate(as_completed(tasks), 1):
                accept(task.result(), done, len(parts))
        except Wrong:
            # No other part would fare better.
            client.cancel(tasks)
            raise
        except KilledWorker as error:
            raise PartFailed(f"Dask has given up: {error}") from None


if __name__ == "__main__":
    sys.exit(conduct(__doc__ or "", simulate_all))
