# Everything that continuous integration checks.
check:
    .ci/run

# The national scenario.
run:
    cargo run --release -- run scenarios/latvia/network-592.ron

# The benches, with ratios against the limit measured in the same run.
bench:
    cargo bench

# Rewrite the tables of Latvia from the raw data.
tables:
    python3 scenarios/latvia/derive.py

# The module of Python: wheel, tests, notebook.
python:
    python/test.sh

# Write the licences of what is in the program anew, after a change of Cargo.lock.
licences:
    python3 src/assets/licences.py

# A minute of fuzzing: `just fuzz expression formula 400`, `just fuzz tables csv 600`, `just fuzz door ron 6000`.
fuzz target dictionary length:
    mkdir -p fuzz/corpus/{{target}}
    cargo fuzz run -s none {{target}} fuzz/corpus/{{target}} tests/attack/seeds/{{target}} -- -dict=fuzz/dictionaries/{{dictionary}}.dict -max_len={{length}} -max_total_time=60
