//! Any scenario with its files: it opens or is refused in words, twice the same; what opens is run.

use super::problems;
use dotacija::analysis::Findings;
use dotacija::engine::{Options, Prepared, Tally, central, record};
use dotacija::model::Scenario;
use dotacija::scenario::{Memory, Opened, open_in};

/// A line that begins with it names the file that follows.
const MARKER: &[u8] = b"=== ";
/// The file that is opened; bytes before the first marker are its.
const SCENARIO: &str = "s.ron";
/// The file whose lines are settings.
const SETTINGS: &str = "--set";

/// Scenarios larger than this are not run.
const MOST_CELLS: usize = 4_000;

/// Takes the bytes of a scenario and, behind lines such as `=== points.csv`, of its files.
pub fn door(bytes: &[u8]) {
    let (folder, settings) = files(bytes);
    let opened = open_in(folder.clone(), SCENARIO, &settings);
    let again = open_in(folder, SCENARIO, &settings);
    assert_eq!(opened.problems, again.problems);
    assert_eq!(opened.scenario.is_some(), again.scenario.is_some());
    let wrong = opened.problems.iter().any(dotacija::problem::Problem::is_error);
    assert_eq!(opened.scenario.is_none(), wrong, "an error, or a scenario");
    problems::are_sound(&opened.problems, &opened.sources);
    if let Opened { scenario: Some(scenario), .. } = &opened
        && cells(scenario) <= MOST_CELLS
    {
        runs(scenario);
    }
}

fn files(bytes: &[u8]) -> (Memory, Vec<String>) {
    let mut folder = Memory::default();
    let mut name = SCENARIO.to_owned();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(named) = line.strip_prefix(MARKER) {
            name = String::from_utf8_lossy(named.trim_ascii()).into_owned();
        } else {
            folder.0.entry(name.clone()).or_default().extend_from_slice(line);
        }
    }
    let settings = folder.0.remove(SETTINGS).unwrap_or_default();
    let settings = String::from_utf8_lossy(&settings).lines().map(str::to_owned).collect();
    (folder, settings)
}

/// How much a run of it records.
fn cells(scenario: &Scenario) -> usize {
    let rows = scenario.municipalities.table.len() + scenario.points.table.len() + 1;
    let pots = (scenario.policies.len() + 1) * (scenario.programmes.len() + 1);
    rows * scenario.years.count() * pots
}

/// The core is total: a formula may fail and say so, nothing else may.
fn runs(scenario: &Scenario) {
    let prepared = Prepared::new(scenario);
    let path = central(&prepared);
    // As text, because a fault may hold what is no number, which equals nothing.
    assert_eq!(format!("{path:?}"), format!("{:?}", central(&prepared)));
    if path.is_err() {
        return;
    }
    let tally = Tally::new(&prepared, 2);
    if let Ok(tally) = record(&prepared, 0..2, &Options::default(), tally) {
        let _ = Findings::new(&prepared, &tally);
    }
}
