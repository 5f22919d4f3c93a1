//! Quantiles of some municipalities only: all other figures stay what they are.

use crate::support::{contents, dotacija, in_repository, rows};
use std::path::Path;

const FEW: &str = "run.quantiles_of=[\"A4\", \"A2\"]";

fn run(folder: &Path, further: &[&str]) {
    let starter = in_repository("scenarios/starter/starter.ron");
    let mut command = dotacija();
    command.arg("run").arg(starter).args(["--draws", "700", "--quiet", "-o"]).arg(folder);
    command.args(further).assert().success();
}

/// Whether a column holds a quantile, or an end of its interval.
fn is_quantile(column: &str) -> bool {
    ["p05", "p10", "p25", "p50", "p75", "p90", "p95"].iter().any(|name| {
        column == *name
            || column.ends_with(&format!("_{name}"))
            || column.starts_with(&format!("{name}_"))
    })
}

#[test]
fn what_is_not_asked_for_is_empty_and_all_else_is_the_same() {
    let place = tempfile::tempdir().unwrap();
    let (all, few) = (place.path().join("all"), place.path().join("few"));
    run(&all, &[]);
    run(&few, &["--set", FEW]);
    let (mut emptied, mut kept) = (0, 0);
    for table in
        ["awards", "outcomes", "network", "budget", "verdicts", "commitments", "guarantees"]
    {
        let name = format!("{table}.csv");
        let (all, few) = (rows(&all.join(&name)), rows(&few.join(&name)));
        assert_eq!(all.len(), few.len(), "{table}");
        for (before, after) in all.iter().zip(&few) {
            let scope = after.get("scope").and_then(|scope| scope.strip_prefix("municipality:"));
            let code = after.get("municipality").map(String::as_str).or(scope);
            let is_left_out = code.is_some_and(|code| !["A2", "A4", "all"].contains(&code));
            for (column, value) in after {
                if is_quantile(column) && is_left_out {
                    assert_eq!(value, "", "{table} {after:?}");
                    emptied += usize::from(!before[column].is_empty());
                } else {
                    assert_eq!(*value, before[column], "{table} {column} {after:?}");
                    kept += usize::from(is_quantile(column) && !value.is_empty());
                }
            }
        }
    }
    assert!(emptied > 1_000 && kept > 1_000, "{emptied} {kept}");
}

#[test]
fn parts_of_such_a_run_merge_to_it() {
    let place = tempfile::tempdir().unwrap();
    run(&place.path().join("whole"), &["--set", FEW]);
    let starter = in_repository("scenarios/starter/starter.ron");
    let mut merge = dotacija();
    merge.arg("merge").arg("--quiet");
    for (name, draws) in [("a", "0..128"), ("b", "128..700")] {
        let file = place.path().join("parts").join(name);
        let mut shard = dotacija();
        shard
            .arg("shard")
            .arg(&starter)
            .args(["--of", "700", "--draws", draws, "--set", FEW, "-o"]);
        shard.arg(&file).assert().success();
        merge.arg(file);
    }
    merge.arg("-o").arg(place.path().join("merged")).assert().success();
    let (merged, whole) =
        (contents(&place.path().join("merged")), contents(&place.path().join("whole")));
    for (name, bytes) in whole {
        assert!(bytes == merged[&name], "{name} differs");
    }
}

#[test]
fn the_page_and_the_pictures_of_such_a_run_show_no_range_that_nobody_knows() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("none");
    run(&folder, &["--set", "run.quantiles_of=[]"]);
    for (name, bytes) in contents(&folder) {
        let text = String::from_utf8_lossy(&bytes);
        let extension = Path::new(&name).extension().and_then(|extension| extension.to_str());
        if extension == Some("svg") {
            assert!(!text.contains("NaN"), "{name}");
        }
        // The page's own script asks whether something is a number.
        if extension == Some("html") {
            assert!(!text.contains(">NaN") && !text.contains("NaN EUR"), "{name}");
        }
    }
}
