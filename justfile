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
