//! Numbers computed elsewhere are there to be compared with.

use crate::support::{contents, in_repository};

/// The cases within the files are counted where they run: run and listed are the whole file
/// (`src/random/distribution/reference.rs`, `src/stats/reference.rs`).
#[test]
fn every_file_of_reference_numbers_is_read_by_a_test_and_has_a_source() {
    let mut sources = contents(&in_repository("src"));
    sources.extend(contents(&in_repository("tests/it")));
    let sources: Vec<String> =
        sources.into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
    let files = contents(&in_repository("tests/reference"));
    let numbers: Vec<_> = files.keys().filter(|name| !name.ends_with("README.md")).collect();
    assert!(numbers.len() > 15, "{numbers:?}");
    for name in numbers {
        assert!(sources.iter().any(|source| source.contains(name)), "no test reads {name}");
        let (folder, _) = name.rsplit_once('/').unwrap();
        assert!(files.contains_key(&format!("{folder}/README.md")), "{folder} names no source");
    }
}
