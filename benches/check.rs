//! How long `check` takes as a whole command, beside what it may take: it is what analysts run after
//! every change of a scenario.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// One line of the result: a scenario, how often it is checked, and the seconds it may take.
struct Case<'a> {
    name: &'a str,
    scenario: &'a Path,
    runs: usize,
    limit: f64,
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder for a synthetic scenario");
    let large = folder.path().join("large");
    let status =
        dotacija().arg("new").arg(&large).args(["--synthetic", "1000", "1000000"]).output();
    assert!(status.is_ok_and(|made| made.status.success()), "the synthetic scenario is made");
    let national = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/latvia/network-592.ron");
    let cases = [
        Case { name: "national scenario, 592 points", scenario: &national, runs: 21, limit: 0.1 },
        Case {
            name: "synthetic scenario, 1 000 000 points",
            scenario: &large.join("synthetic.ron"),
            runs: 5,
            limit: 5.0,
        },
    ];
    for case in cases {
        let median = case.median();
        println!(
            "check, {}: {median:.3} s (median of {}), {:.2} of the {} s it may take",
            case.name,
            case.runs,
            median / case.limit,
            case.limit
        );
    }
}

impl Case<'_> {
    fn median(&self) -> f64 {
        let mut seconds: Vec<f64> = (0..self.runs)
            .map(|_| {
                let started = Instant::now();
                let checked = dotacija().arg("check").arg(self.scenario).output();
                assert!(checked.is_ok_and(|checked| checked.status.success()), "{}", self.name);
                started.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        seconds[self.runs / 2]
    }
}

fn dotacija() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dotacija"))
}
