#!/usr/bin/env bash
# Alters the code of the core, one place at a time, and sees whether a library test fails.
#
#   tests/mutants/run.sh FOLDER [ARGUMENTS OF cargo mutants]
#   tests/mutants/run.sh allocation/rationing --shard 0/4
#   tests/mutants/run.sh engine/settlement --sharding round-robin --shard 0/8
#
# FOLDER is a folder or file in src, in a layer from `problem` to `analysis`.
# src/{units,numeric,stats,random,allocation} name nothing above them, so they are a crate of their own, which
# is built in seconds; only tests of the layer that FOLDER is in are run: `stats::` for stats/histogram.
# For other layers the crate is all that stands above `archive` in src/lib.rs, and tests of `engine::`,
# `analysis::` and the layer itself are run; those of `engine::size::` are not, which take longer than all others.
# The crate is made in a scratch folder that is removed.
# cargo-mutants passes over what stands in a macro, so outside the low layers `vectorised!` is taken away
# from around the loops of FOLDER: what is in it is then altered as all else.
# Needs cargo-mutants (cargo install cargo-mutants --locked). What survives is listed in
# mutants.out/missed.txt, in the folder where this is started, which must not be one of the repository.
# With CARGO_TARGET_DIR set what is built of other crates is kept for the next time; after a run that was
# interrupted delete its debug/incremental, or mutants no longer link and are called unviable.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,19p' "$0"; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$1
shift
case $folder in *.rs) files="src/$folder" ;; *) files="src/$folder/**/*.rs" ;; esac
layer=${folder%%/*}
low="units numeric stats random allocation"
tests=("$layer::")
case " $low " in
    *" $layer "*) layers=$low ;;
    *)
        layers=$(sed '/^pub mod archive;/,$d' "$root/src/lib.rs" | sed -n 's/^pub mod \(.*\);/\1/p')
        for other in engine analysis; do [ "$other" = "$layer" ] || tests+=("$other::"); done
        tests+=(--skip engine::size::)
        ;;
esac
case " ${layers//$'\n'/ } " in *" $layer "*) ;; *) echo "$layer is no layer up to analysis" >&2; exit 2 ;; esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
mkdir "$scratch/src" "$scratch/docs"
for name in $layers; do
    if [ -d "$root/src/$name" ]; then cp -r "$root/src/$name" "$scratch/src/$name"; else cp "$root/src/$name.rs" "$scratch/src/"; fi
    echo "pub mod $name;" >>"$scratch/src/lib.rs"
done
# What these layers and their tests read.
cp -r "$root/tests" "$root/scenarios" "$root/Cargo.lock" "$scratch/"
cp -r "$root/src/assets" "$scratch/src/"
cp -r "$root/docs/errors" "$scratch/docs/"
# The manifest of the program, without its program, its own tests and benches, and what only other layers need.
python3 - "$root/Cargo.toml" "$scratch" "$folder" "$([ "$layers" = "$low" ] && echo low)" <<'END_OF_PYTHON'
import pathlib, re, sys
manifest, scratch, folder, is_low = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4] == "low"
text = pathlib.Path(manifest).read_text(encoding="utf-8")
sources = "".join(file.read_text(encoding="utf-8") for file in scratch.glob("src/**/*.rs"))
kept = []
for part in re.split(r"(?m)^(?=\[)", text):
    name = part.splitlines()[0].strip("[]") if part.strip() else ""
    if name.endswith("dependencies"):
        def needed(line):
            crate = re.match(r"([\w-]+) *=", line)
            return not crate or re.search(rf"\b{crate[1].replace('-', '_')}::", sources)
        kept.append("".join(line for line in part.splitlines(True) if needed(line)))
    elif name == "package":
        kept.append(part)
text = "".join(kept)
text = re.sub(r'(?m)^(readme|default-run|autobins|autobenches|autotests)\b.*\n', "", text)
text = text.replace("[package]\n", "[package]\nautobins = false\nautotests = false\nautobenches = false\nautoexamples = false\n", 1)
# Unoptimised tests of some laws of the low layers take minutes; of the others building takes longer than testing.
text += f"\n[profile.dev]\nopt-level = {int(is_low)}\ndebug = false\nincremental = true\nlto = \"off\"\n"
text += '\n[profile.dev.package."*"]\nopt-level = 1\n'
(scratch / "Cargo.toml").write_text(text, encoding="utf-8")
if not is_low:
    at = scratch / "src" / folder
    for file in [at] if at.is_file() else at.glob("**/*.rs"):
        code = file.read_text(encoding="utf-8")
        # Line for line, so that places are those of the repository.
        file.write_text(re.sub(r"(?ms)^vectorised! \{$(.*?)^\}$", r"\1", code), encoding="utf-8")
END_OF_PYTHON
out=$PWD
cd "$scratch"
export CARGO_INCREMENTAL=1
cargo mutants --in-place --file "$files" --output "$out" --timeout-multiplier 4 --cargo-arg=--lib "$@" -- -- "${tests[@]}"
