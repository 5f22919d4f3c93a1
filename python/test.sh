#!/usr/bin/env bash
# Builds the wheel, installs it into an environment of its own and tests it there: against the program, type
# stubs against the module, and the notebook of the documentation from its first cell to its last.
# `python/test.sh --write` also keeps what the notebook has shown. Needs cargo and Python 3.11 or later.
set -euo pipefail
cd "$(dirname "$0")/.."
home=${CARGO_TARGET_DIR:-target}/python
if ! [ -x "$home/venv/bin/pip" ]; then
    python3 -c 'import ensurepip' 2>/dev/null || { apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; }
    python3 -m venv "$home/venv"
fi
bin=$home/venv/bin
"$bin/pip" install --quiet --disable-pip-version-check --requirement python/test-requirements.txt
# Both packages are named so that cargo chooses features for both: the library is compiled once.
cargo build --quiet --package dotacija --package dotacija-python --bin dotacija
rm -rf "$home/wheels"
"$bin/maturin" build --quiet --profile dev --manifest-path python/Cargo.toml --interpreter "$bin/python" --out "$home/wheels"
"$bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "$home"/wheels/*.whl
export DOTACIJA=${DOTACIJA:-$(realpath "${CARGO_TARGET_DIR:-target}/debug/dotacija")}
"$bin/python" -m mypy --config-file python/pyproject.toml python/package/dotacija
types=$(realpath python/pyproject.toml)
(cd "$home" && venv/bin/python -m mypy.stubtest --mypy-config-file "$types" dotacija._native)
"$bin/python" -m pytest --config-file python/pyproject.toml --rootdir python python/tests
timeout 300 "$bin/python" docs/notebooks/execute.py "$@" docs/notebooks/*.ipynb
