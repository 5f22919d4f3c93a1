#!/usr/bin/env bash
# Alters the code of the core, one place at a time, and sees whether a library test fails.
#
#   tests/mutants/run.sh FOLDER [ARGUMENTS OF cargo mutants]
#   tests/mutants/run.sh allocation/rationing --shard 0/4
#
# FOLDER is one of src/{units,numeric,stats,random,allocation} or a folder or file in it. These layers name
# nothing above them, so they are a crate of their own, which is built in seconds; it is made in a scratch
# folder that is removed. Only tests of the layer that FOLDER is in are run: `stats::` for stats/histogram.
# Needs cargo-mutants (cargo install cargo-mutants --locked). What survives is listed in
# mutants.out/missed.txt, in the folder where this is started, which must not be one of the repository.
# With CARGO_TARGET_DIR set what is built of other crates is kept for the next time; after a run that was
# interrupted delete its debug/incremental, or mutants no longer link and are called unviable.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,14p' "$0"; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$1
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
mkdir "$scratch/src" "$scratch/tests"
for layer in units numeric stats random allocation; do
    if [ -d "$root/src/$layer" ]; then cp -r "$root/src/$layer" "$scratch/src/$layer"; else cp "$root/src/$layer.rs" "$scratch/src/"; fi
    echo "pub mod $layer;" >>"$scratch/src/lib.rs"
done
# What tests of these layers read.
cp -r "$root/tests/reference" "$root/tests/it" "$scratch/tests/"
cp "$root/Cargo.lock" "$scratch/"
# The manifest of the program, without its program, its own tests and benches, and what only other layers need.
python3 - "$root/Cargo.toml" "$scratch/Cargo.toml" <<'END'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
kept = []
for part in re.split(r"(?m)^(?=\[)", text):
    name = part.splitlines()[0].strip("[]") if part.strip() else ""
    if name.endswith("dependencies"):
        needed = r"\[|(blake3|nalgebra|postcard|proptest|rand|rand_distr|serde|serde_json|statrs|thiserror)\b *="
        kept.append("".join(line for line in part.splitlines(True) if re.match(needed, line)))
    elif name == "package":
        kept.append(part)
text = "".join(kept)
text = re.sub(r'(?m)^(readme|default-run|autobins|autobenches|autotests)\b.*\n', "", text)
text = text.replace("[package]\n", "[package]\nautobins = false\nautotests = false\nautobenches = false\nautoexamples = false\n", 1)
# Unoptimised tests of some laws take minutes.
text += "\n[profile.dev]\nopt-level = 1\ndebug = false\n"
open(sys.argv[2], "w", encoding="utf-8").write(text)
END
out=$PWD
cd "$scratch"
case $folder in *.rs) files="src/$folder" ;; *) files="src/$folder/**/*.rs" ;; esac
cargo mutants --in-place --file "$files" --output "$out" --timeout-multiplier 4 "$@" -- --lib "${folder%%/*}::"
