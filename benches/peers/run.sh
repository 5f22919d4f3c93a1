#!/bin/sh
# The national scenario in NumPy beside the engine: first whether they agree, then what each takes.
#
#   benches/peers/run.sh [--draws 10000] [--rounds 5]
#
# DOTACIJA and ENGINE_BENCH name the program and the bench `floor` where they are built already.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
draws=10000
rounds=5
while [ $# -gt 0 ]; do
    case $1 in
        --draws) draws=$2; shift 2 ;;
        --rounds) rounds=$2; shift 2 ;;
        *) echo "unknown: $1" >&2; exit 2 ;;
    esac
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
export PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

echo "NumPy in a scratch environment"
python3 -m venv "$scratch/venv"
python="$scratch/venv/bin/python"
"$python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"

cd "$root"
if [ -z "${DOTACIJA:-}" ]; then
    cargo build --release --bin dotacija
    DOTACIJA=${CARGO_TARGET_DIR:-target}/release/dotacija
fi
if [ -z "${ENGINE_BENCH:-}" ]; then
    ENGINE_BENCH=$(cargo bench --no-run --bench floor --message-format=json |
        python3 -c 'import json, sys
for line in sys.stdin:
    built = json.loads(line)
    if built.get("executable") and built.get("target", {}).get("name") == "floor":
        print(built["executable"])')
fi
# Both are started from another folder.
DOTACIJA=$(realpath "$DOTACIJA")
ENGINE_BENCH=$(realpath "$ENGINE_BENCH")

echo "Do they agree?"
"$DOTACIJA" run scenarios/latvia/network-592.ron --set network.mode=WhenReady \
    --draws "$draws" --output "$scratch/tables" --quiet
cd "$here"
"$python" -m national agree --draws "$draws" --tables "$scratch/tables" --their-draws "$draws"

echo "What do they take?"
"$python" compare.py --python "$python" --engine "$ENGINE_BENCH" --draws "$draws" --rounds "$rounds"
