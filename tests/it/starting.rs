//! `new`: the scenario that it starts with, and where it refuses to write.

use crate::support::{contents, dotacija, in_repository};
use std::fs;
use std::path::Path;

fn refused(folder: &Path, dir: &str) -> String {
    let run = dotacija().args(["new", dir]).current_dir(folder).assert().code(2);
    String::from_utf8(run.get_output().stderr.clone()).unwrap()
}

#[test]
fn the_starter_checks_without_a_warning_and_runs() {
    let folder = tempfile::tempdir().unwrap();
    // A `/` at the end, as the shell completes it.
    dotacija().args(["new", "mine/"]).current_dir(folder.path()).assert().success();
    let made = contents(&folder.path().join("mine"));
    assert_eq!(
        made["starter.ron"],
        fs::read(in_repository("scenarios/starter/starter.ron")).unwrap()
    );
    let check = dotacija().args(["check", "mine/starter.ron"]).current_dir(folder.path()).assert();
    assert!(check.success().get_output().stderr.is_empty(), "there is no warning");
    dotacija().args(["run", "mine/starter.ron"]).current_dir(folder.path()).assert().success();
    assert!(folder.path().join("output/starter/report.html").exists());
}

#[test]
fn what_the_starter_s_comments_name_is_there() {
    let text = fs::read_to_string(in_repository("scenarios/starter/starter.ron")).unwrap();
    let comments: String = text
        .lines()
        .filter_map(|line| line.split_once("//").map(|(_, comment)| format!("{comment}\n")))
        .collect();
    let mut named = 0;
    for part in comments.replace("\n    ", " ").split("dotacija ").skip(1) {
        let words: Vec<&str> = part
            .split(|letter: char| letter.is_whitespace() || "`,.)".contains(letter))
            .take(2)
            .collect();
        if let ["about" | "list", name] = words[..]
            && name != "NAME"
        {
            let mut run = dotacija();
            run.arg(words[0]).args(Some(name).filter(|name| !name.is_empty()));
            run.assert().success();
            named += 1;
        }
    }
    assert!(named >= 5, "only {named} commands were found");
    // Every choice that a comment offers can be made.
    let starter = in_repository("scenarios/starter/starter.ron");
    for setting in [
        "network.mode=WhenFunded",
        "inputs.pay.time=RandomWalk(start: 0)",
        "inputs.delay.extent=Point",
        "costs.pay.index=Mixed(pay: 0.5, prices: 0.5)",
        "costs.pay.index=Prices(share: 0.5)",
        "costs.pay.index=None",
        "costs.upkeep.vat=Included",
        "costs.pay.per=Case",
        "programmes.maintenance.later=Zero",
        "programmes.maintenance.unspent=Reoffered",
        "programmes.maintenance.appropriation=OpenEnded",
        "policies.new.rules.maintenance.entitle=Amount(9_000)",
        "policies.new.rules.investment.ration=RankedCompetition(score: \"distance_km\")",
        "policies.new.rules.investment.ration=ConstrainedEqualLosses",
        "levers.rate_case=3",
        "verdict=None",
        "outcomes=None",
        "policies.new.rules.maintenance.round=None",
    ] {
        dotacija().arg("check").arg(&starter).args(["--set", setting]).assert().success();
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("there")).unwrap();
    for dir in [".", "..", "there/..", "/", ""] {
        let said = refused(&folder.path().join("there"), dir);
        assert!(!said.contains("os error"), "{dir}: {said}");
    }
    fs::write(folder.path().join("file"), "mine").unwrap();
    assert!(refused(folder.path(), "file").contains("exists already"));
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert_eq!(fs::read_dir(folder.path().join("there")).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_never_replaced() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    symlink(folder.path().join("nowhere"), folder.path().join("dangling")).unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    symlink(folder.path().join("empty"), folder.path().join("link")).unwrap();
    assert!(refused(folder.path(), "dangling").contains("link that leads nowhere"));
    assert!(refused(folder.path(), "link/").contains("is a symbolic link"));
    assert!(fs::symlink_metadata(folder.path().join("dangling")).unwrap().is_symlink());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left beside them");
}
