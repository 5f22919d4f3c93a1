//! What names nothing is refused, all of it at once, with what there is.

use super::{dotacija, in_repository};

fn refused(arguments: &[&str]) -> String {
    let run =
        dotacija().arg("explain").args(arguments).current_dir(in_repository("")).assert().code(2);
    assert!(run.get_output().stdout.is_empty());
    String::from_utf8(run.get_output().stderr.clone()).unwrap()
}

#[test]
fn every_wrong_name_is_told_at_once_with_the_nearest_or_all() {
    let said = refused(&[
        "scenarios/tiny/tiny.ron",
        "--policy=worklod",
        "--programme=culture",
        "--municipality=Ald",
        "--year=2050",
        "--draw=1000",
    ]);
    for words in [
        "`worklod` is not a policy of this scenario",
        "did you mean `workload`?",
        "`culture` is not a programme of this scenario",
        "known here: `investment`, `maintenance`",
        "`Ald` is neither the code nor the name of a municipality",
        "did you mean `01 Alda`?",
        "the year 2050 is not simulated",
        "the years are 2022 to 2023",
        "there is no draw 1000: the run has 1000, from 0",
        "write --draw 0 to 999",
        "5 errors",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn what_is_not_said_is_asked_for_with_what_there_is() {
    let said = refused(&["scenarios/tiny/tiny.ron"]);
    for words in [
        "which policy is not said",
        "write --policy flat; known here: `flat`, `workload`",
        "which programme is not said",
        "which municipality is not said",
        "01 Alda, 02 Birze, 03 Ceri",
        "which year is not said",
        "write --year 2022; the years are 2022 to 2023",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn a_scenario_that_is_wrong_is_told_as_check_tells_it() {
    let said = refused(&["scenarios/tiny/tiny.ron", "--set", "levers.rate_cse=3"]);
    assert!(said.contains("rate_case"), "{said}");
    assert!(refused(&["scenarios/none.ron"]).contains("cannot read `scenarios/none.ron`"));
}

#[test]
fn a_name_will_do_for_a_code_in_any_letters() {
    let run = |municipality: &str| {
        let run = dotacija()
            .args(["explain", "scenarios/tiny/tiny.ron", "--policy=Workload", "--year=2022"])
            .args(["--programme=maintenance", "--municipality", municipality, "--format=csv"])
            .current_dir(in_repository(""))
            .assert()
            .success();
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    };
    let claims = run("birze");
    assert_eq!(claims, run("02"));
    // Three municipalities in two classes, and a header.
    assert_eq!(claims.lines().count(), 7);
    assert!(
        claims.contains("workload,maintenance,2022,,1,02,Birze,,4800,4800,3000,,,,,4800"),
        "{claims}"
    );
}
