#!/usr/bin/env bash
# Submits a run in parts, and its merging once all of them are there:
#     bash deploy/slurm/submit.sh SCENARIO DRAWS PARTS OUTPUT [further options of sbatch for the parts]
# SCENARIO and OUTPUT lie in a folder that all nodes have; parts are kept in OUTPUT.parts. Submitted again,
# it simulates what is not there yet. DOTACIJA names the program; without it, dotacija on the path of the nodes.
set -euo pipefail
if [ $# -lt 4 ]; then
    sed -n '2,5s/^# //p' "$0" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
scenario=$(realpath -- "$1") draws=$2 parts=$3 output=$(realpath -m -- "$4")
shift 4
[ "$parts" -ge 1 ] || { echo "PARTS is a number, 1 or more" >&2; exit 2; }
# Where logs go must be there before a task begins.
mkdir -p -- "$output.parts/logs"
array=$(sbatch --parsable --array="1-$parts" --output="$output.parts/logs/%A_%a.log" "$@" \
    "$here/shard.sbatch" "$scenario" "$draws" "$parts" "$output.parts")
# Of a cluster among several the number is followed by its name.
merge=$(sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes \
    --output="$output.parts/logs/%A_merge.log" "$here/merge.sbatch" "$parts" "$output.parts" "$output")
echo "parts: job ${array%%;*}, merge: job ${merge%%;*}; logs in $output.parts/logs"
