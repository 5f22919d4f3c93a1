//! Letters to municipalities: their figures, their files, and what they never overwrite.

use super::{dotacija, in_repository};
use crate::support::contents;
use assert_cmd::assert::Assert;
use std::fs;
use std::path::Path;

fn explain(arguments: &[&str]) -> Assert {
    dotacija()
        .args(["explain", "scenarios/tiny/tiny.ron", "--year=2023", "--letter"])
        .args(arguments)
        .current_dir(in_repository(""))
        .assert()
}

fn said(assert: &Assert) -> (String, String) {
    let output = assert.get_output();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_letter_tells_awards_own_share_pot_and_what_if() {
    let (letter, _) = said(&explain(&["--municipality=Alda"]).success());
    // README.md of the scenario: 8,213.33 of 9,660 and 10,480 of 12,270; cost 46,429.20.
    for words in [
        "# Alda (01): awards for service points in 2023",
        // 38,215.87 for 23,000 inhabitants.
        "| flat (now), maintenance | 9,660.00 | 8,213.33 | 2,737.78 | 38,215.87 | 82.3 % | 1.66 |",
        "| Alda (this letter) | 23,000 | 3 | ",
        "| Birze | 9,000 | ",
        "The 2 others are the nearest in number of inhabitants.",
        "| workload, maintenance | 12,270.00 | 10,480.00 | 3,493.33 | 35,949.20 | 77.4 % |",
        "Maintenance: EUR 22,000.00 are available and EUR 25,875.00 due to 3 municipalities",
        "Most is due, besides, to Birze (7,040.00), Ceri (6,746.67)",
    ] {
        assert!(letter.contains(words), "{words}\n{letter}");
    }
    // 01-3 a year later: open from July 2023. In 2023 (12 + 6) · 100 + 12 · 500 = 7,800 and 15 % make
    // 8,970 of 25,185 due, of 22,000: 7,835.61; its investment of 2,490 brings half of it, 1,245 of 7,615,
    // of 7,000: 1,144.45. In 2022 8,280 are paid, and 5,000 of 11,400 have 4,385.97 of 10,000.
    let later = "| 1 planned point a year later | 8,980.06 | +766.73 | 21,646.03 | −457.94 | ";
    assert!(letter.contains(later), "{later}\n{letter}");
    assert!(letter.contains("| as planned | 8,213.33 |  | 22,103.97 |  |  |"), "{letter}");
    assert!(letter.contains("| 1 planned point not at all | "), "{letter}");
    let (other, _) = said(&explain(&["--municipality=02", "--policy=workload"]).success());
    assert!(other.contains("| workload (now), maintenance | 7,200.00 | 6,000.00 |"), "{other}");
}

#[test]
fn all_letters_go_into_a_folder_and_nothing_else_is_touched() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("letters");
    let all = |folder: &Path| explain(&["--all", "-o", folder.to_str().unwrap()]);
    let (text, _) = said(&all(&folder).success());
    assert!(text.starts_with("3 letters in "), "{text}");
    let first = contents(&folder);
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        [
            "letter-01-Alda.html",
            "letter-01-Alda.md",
            "letter-02-Birze.html",
            "letter-02-Birze.md",
            "letter-03-Ceri.html",
            "letter-03-Ceri.md"
        ]
    );
    // Ours are replaced, by the same bytes.
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    all(&folder).success();
    let again = contents(&folder);
    assert!(first.iter().all(|(name, bytes)| again[name] == *bytes));
    assert_eq!(again["notes.txt"], b"mine");
    // One alone has the same name and the same text.
    let alone = place.path().join("alone");
    explain(&["--municipality=03", "-o", alone.to_str().unwrap()]).success();
    assert_eq!(contents(&alone)["letter-03-Ceri.md"], first["letter-03-Ceri.md"]);
    // What is not ours stays, and then nothing is written.
    fs::write(folder.join("letter-02-Birze.md"), "my own letter").unwrap();
    fs::remove_file(folder.join("letter-01-Alda.md")).unwrap();
    let (_, errors) = said(&all(&folder).code(2));
    assert!(
        errors.contains("letter-02-Birze.md` would be overwritten and is no letter of ours"),
        "{errors}"
    );
    assert!(!folder.join("letter-01-Alda.md").exists());
    assert_eq!(fs::read(folder.join("letter-02-Birze.md")).unwrap(), b"my own letter");
    let (_, errors) = said(&all(&folder.join("notes.txt")).code(2));
    assert!(errors.contains("is not a folder"), "{errors}");
}

#[test]
fn a_letter_of_a_run_has_the_range_of_its_awards() {
    let place = tempfile::tempdir().unwrap();
    let run = place.path().join("run");
    dotacija()
        .args(["run", "scenarios/tiny/tiny.ron", "--quiet", "--draws=128", "-o"])
        .arg(&run)
        .current_dir(in_repository(""))
        .assert()
        .success();
    let row = crate::support::rows(&run.join("awards.csv")).into_iter().find(|row| {
        (
            &*row["policy"],
            &*row["programme"],
            &*row["municipality"],
            &*row["year"],
            &*row["measure"],
        ) == ("workload", "maintenance", "01", "2023", "award")
    });
    let row = row.unwrap();
    let letter = |settings: &[&str]| {
        let run = dotacija()
            .arg("explain")
            .arg(&run)
            .args(["--year=2023", "--municipality=01", "--letter"])
            .args(settings)
            .assert()
            .success();
        said(&run).0
    };
    let text = letter(&[]);
    let line = text.lines().find(|line| line.starts_with("| workload, maintenance |")).unwrap();
    let range = line.trim_end_matches(" |").rsplit(" | ").next().unwrap().replace(',', "");
    // A range is told in whole euro.
    let [least, greatest] = ["p05", "p95"].map(|end| row[end].parse::<f64>().unwrap().round());
    assert_eq!(range, format!("{least}–{greatest}"), "{line}");
    // Other settings are another run's figures.
    assert!(!letter(&["--set", "levers.rate_case=2"]).contains("5–95 %"));
    // A table that somebody has changed is not what the run found.
    let table = run.join("awards.csv");
    let changed = fs::read_to_string(&table).unwrap().replace(&row["p95"], "9999999.00");
    fs::write(&table, changed).unwrap();
    let run = dotacija()
        .arg("explain")
        .arg(&run)
        .args(["--year=2023", "--municipality=01", "--letter"])
        .assert()
        .success();
    let (text, note) = said(&run);
    assert!(!text.contains("9,999,999") && !text.contains("5–95 %"), "{text}");
    assert!(note.contains("is not what the run wrote"), "{note}");
}

#[test]
fn what_has_no_place_in_a_letter_is_refused() {
    for arguments in [&["--programme=maintenance"][..], &["--draw=3"], &["--format=json"]] {
        let (_, errors) = said(&explain(&[&["--municipality=01"], arguments].concat()).code(2));
        assert!(errors.contains("cannot be used with"), "{errors}");
    }
    let (_, errors) = said(&explain(&["--municipality=Aldo", "--policy=flut"]).code(2));
    assert!(
        errors.contains("did you mean `01 Alda`?") && errors.contains("did you mean `flat`?"),
        "{errors}"
    );
}

#[test]
fn letters_do_not_go_among_what_another_command_has_written() {
    let place = tempfile::tempdir().unwrap();
    let run = place.path().join("run");
    let run = run.to_str().unwrap();
    let solved = place.path().join("levers");
    let solved = solved.to_str().unwrap();
    for command in [["run", "-o", run], ["levers", "-o", solved]] {
        let mut dotacija = dotacija();
        dotacija.arg(command[0]).arg(in_repository("scenarios/tiny/tiny.ron"));
        dotacija.args(["--draws=64", "--quiet"]).args(&command[1..]).assert().success();
        let before = contents(Path::new(command[2]));
        let (_, errors) = said(&explain(&["--municipality=01", "-o", command[2]]).code(2));
        assert!(errors.contains("holds what another command has written"), "{errors}");
        assert_eq!(contents(Path::new(command[2])), before);
    }
    // Of such a folder `explain` says whose it is, and nothing of how it is read.
    let told = dotacija().arg("explain").arg(solved).assert().code(2);
    let (_, errors) = said(&told);
    assert!(errors.contains("`dotacija levers` has written it"), "{errors}");
    assert!(!errors.contains("missing field") && !errors.contains("line"), "{errors}");
    // A file in the way is named itself.
    let file = place.path().join("afile");
    fs::write(&file, "mine").unwrap();
    let below = file.join("x");
    let (_, errors) = said(&explain(&["--all", "-o", below.to_str().unwrap()]).code(2));
    assert!(errors.contains("afile` is not a folder: choose another with -o"), "{errors}");
}
