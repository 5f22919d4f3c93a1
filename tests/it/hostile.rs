//! Scenarios that mean harm, and command lines that ask for the impossible: each ends with a message
//! and status 2, in little time and memory, and nothing is written.
#![cfg(unix)]

use crate::support::in_repository;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

/// What an attack may use: kilobytes of memory, seconds of processor.
const MEMORY: u32 = 4_000_000;
const SECONDS: u32 = 60;

/// How the program ended.
struct End {
    code: Option<i32>,
    said: String,
}

/// Runs the program in a folder, within the bounds.
fn dotacija(folder: &Path, arguments: &[&str]) -> End {
    let bounded = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &bounded, env!("CARGO_BIN_EXE_dotacija")])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program speaks UTF-8");
    End { code: output.status.code(), said: text(output.stderr) + &text(output.stdout) }
}

/// Runs, and expects a refusal that holds all of these words and drives no terminal.
fn refused(folder: &Path, arguments: &[&str], words: &[&str]) -> String {
    let before = count(folder);
    let end = dotacija(folder, arguments);
    let shown: String = end.said.chars().take(4_000).collect();
    assert_eq!(end.code, Some(2), "{arguments:?}: {shown}");
    for word in words {
        assert!(end.said.contains(word), "{arguments:?}: `{word}` is not in:\n{shown}");
    }
    assert!(end.said.len() < 60_000, "{} bytes", end.said.len());
    let raw = end.said.chars().find(|letter| letter.is_control() && *letter != '\n');
    assert_eq!(raw, None, "{shown}");
    assert_eq!(count(folder), before, "nothing is written: {arguments:?}");
    end.said
}

/// Everything in a folder.
fn count(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// So many texts, one behind the other.
fn numbered(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().concat()
}

/// Checks a text as a scenario.
fn check(text: &str, words: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("s.ron", text)]);
    refused(folder.path(), &["check", "s.ron"], words)
}

/// A scenario of two municipalities in which one text is replaced by another.
fn small(from: &str, to: &str) -> Vec<(&'static str, String)> {
    let scenario = r#"Scenario(
  format: 1, title: "Small", years: (first: 2022, last: 2023),
  municipalities: Table(file: "m.csv", code: "code", name: "name", region: "region"),
  inputs: {"portion": (value: Uniform(min: 0, max: 1), source: "invented")},
  levers: {"rate": (value: 3, min: 0, max: 10)},
  programmes: {"upkeep": (purpose: Maintenance, appropriation: OpenEnded)},
  policies: {"flat": (rules: {"upkeep": (entitle: Worksheet([(line: "due", is: "portion * rate")]), may_exceed_cost: true)})},
  run: (draws: 100),
)"#;
    let table = "code,name,region\n01,Alda,East\n02,Birze,West\n";
    let found = scenario.matches(from).count() + table.matches(from).count();
    assert_eq!(found, 1, "{from} stands once");
    vec![("s.ron", scenario.replace(from, to)), ("m.csv", table.replace(from, to))]
}

fn small_in(folder: &Path, from: &str, to: &str) {
    for (name, text) in small(from, to) {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn texts_without_end_are_refused() {
    let deep = |open: &str, close: &str, levels: usize| {
        format!("(title: {}1{})", open.repeat(levels), close.repeat(levels))
    };
    for (open, close) in [("(", ")"), ("[", "]"), ("{1:", "}"), ("Some(", ")"), ("(a:", ")")] {
        check(&deep(open, close, 100_000), &["D0103", "too deep"]);
    }
    check(&"/*".repeat(1_000_000), &["never closed"]);
    check(&format!("(title: \"{}\", b 1)", "ā".repeat(5 << 20)), &["D0101"]);
    check(&format!("(title: \"{}\")", "x".repeat(17 << 20)), &["D0112", "16 MiB"]);
    check(&format!("(format: 1, {}: 1)", "n".repeat(10_000)), &["D0201", "…"]);
    check(&format!("({})", numbered(1_000_000, |k| format!("a{k}:1,"))), &["D0121", "fields"]);
    let entries = numbered(500_000, |k| format!("\"a{k}\":1,"));
    check(&format!("(format: 1, title: \"t\", levers: {{{entries}}})"), &["D0121", "entries"]);
}

#[test]
fn numbers_without_end_are_shown_as_people_write_them() {
    let digits = "9".repeat(400);
    for number in [
        digits.clone(),
        format!("-{digits}.5"),
        format!("0.{}1", "0".repeat(400)),
        "1e999".into(),
        "-1e400".into(),
    ] {
        let text = small("value: 3, min", &format!("value: {number}, min"));
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &text {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let end = dotacija(folder.path(), &["check", "s.ron"]);
        let longest = end.said.lines().map(|line| line.chars().count()).max();
        assert!(longest < Some(400), "{}", end.said);
        if !number.starts_with("0.0") {
            assert_eq!(end.code, Some(2), "{}", end.said);
        }
    }
}

#[test]
fn formulas_without_end_are_refused() {
    let formula = |text: &str, words: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        small_in(folder.path(), "portion * rate", text);
        refused(folder.path(), &["check", "s.ron"], words)
    };
    formula(&vec!["rate"; 250_000].join("+"), &["D0601", "10000 bytes"]);
    formula(&format!("{}1{}", "(".repeat(4_000), ")".repeat(4_000)), &["D0601", "64 deep"]);
    formula(&"-".repeat(9_000), &["D0601", "64 deep"]);
    formula(&"x".repeat(9_999), &["D0601", "is not known here"]);
    formula(&format!("rate * {}", "9".repeat(400)), &["D0601", "too large"]);
    formula("rate * 'a\u{202e}b'", &["D0601"]);
}

#[test]
fn files_that_take_each_other_in_without_end_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let told = |files: &[(&str, &str)], words: &[&str]| {
        write(folder.path(), files);
        refused(folder.path(), &["check", "s.ron"], words);
    };
    told(
        &[("s.ron", "(run: Import(\"a.ron\"))"), ("a.ron", "[Import(\"s.ron\")]")],
        &["D0120", "s.ron → a.ron → s.ron"],
    );
    told(&[("s.ron", "(base: \"a.ron\")"), ("a.ron", "(base: \"s.ron\")")], &["D0120"]);
    told(&[("s.ron", "(base: \"s.ron\")")], &["D0120"]);
    // A chain of a hundred, and one that doubles at each of fourteen steps, twenty at a time.
    let names: Vec<String> = (0..=100).map(|at| format!("c{at}.ron")).collect();
    for (at, name) in names.iter().enumerate() {
        fs::write(folder.path().join(name), format!("[Import(\"c{}.ron\")]", at + 1)).unwrap();
    }
    told(&[("s.ron", "(run: Import(\"c0.ron\"))")], &["D0121", "16 files"]);
    for (at, name) in names.iter().enumerate().take(14) {
        let next = format!("Import(\"c{}.ron\"),", at + 1);
        fs::write(folder.path().join(name), format!("[{}]", next.repeat(20))).unwrap();
    }
    fs::write(folder.path().join("c14.ron"), "1").unwrap();
    told(&[("s.ron", "(run: Import(\"c0.ron\"))")], &["D0121", "values"]);
}

#[test]
fn nothing_outside_the_folder_is_read_and_nothing_is_waited_for() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("scenario");
    fs::create_dir_all(folder.join("sub")).unwrap();
    fs::write(home.path().join("secret.ron"), "\"the secret\"").unwrap();
    symlink("../secret.ron", folder.join("out.ron")).unwrap();
    symlink("/dev/zero", folder.join("zero.ron")).unwrap();
    symlink("loop.ron", folder.join("loop.ron")).unwrap();
    let pipe = Command::new("mkfifo").arg(folder.join("pipe.ron")).status().unwrap();
    assert!(pipe.success());
    for (named, words) in [
        ("../secret.ron", "D0111"),
        ("/etc/passwd", "D0111"),
        ("out.ron", "D0111"),
        ("zero.ron", "D0111"),
        ("loop.ron", "D0110"),
        ("pipe.ron", "a folder or a device"),
        ("sub", "a folder or a device"),
        ("--set", "D0111"),
        ("gone.ron", "no such file"),
    ] {
        for text in [format!("(run: Import(\"{named}\"))"), format!("(base: \"{named}\")")] {
            fs::write(folder.join("s.ron"), text).unwrap();
            let said = refused(&folder, &["check", "s.ron"], &[words]);
            assert!(!said.contains("the secret"), "{said}");
        }
    }
    fs::write(folder.join("s.ron"), small("m.csv", "zero.ron")[0].1.as_str()).unwrap();
    refused(&folder, &["check", "s.ron"], &["D0111"]);
}

#[test]
fn what_is_no_scenario_is_called_by_its_name_as_it_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[("sub/m.csv", "a,b\n1,2\n"), ("sub/one.ron", "("), ("sub/two.ron", "(")],
    );
    let told = |named: &str, words: &[&str]| refused(folder.path(), &["check", named], words);
    told("sub", &["`sub` is a folder", "`sub/one.ron`"]);
    told("sub/", &["is a folder"]);
    told(".", &["`.` is a folder", "none lies"]);
    told("sub/..", &["is a folder"]);
    told("sub/m.csv", &["`sub/m.csv` is a table, not a scenario", ".ron"]);
    told("sub/tow.ron", &["cannot read `sub/tow.ron`", "`sub/two.ron`"]);
    told("./sub/tow.ron", &["cannot read `./sub/tow.ron`"]);
    told("gone/s.ron", &["cannot read `gone/s.ron`"]);
    told("/dev/zero", &["cannot read `/dev/zero`", "a folder or a device"]);
    told("/dev/stdin", &["cannot read `/dev/stdin`"]);
    told("", &[]);
    told("\u{1b}[31m.ron", &["cannot read"]);
    refused(folder.path(), &["run", "/tmp"], &["`/tmp` is a folder"]);
}

#[test]
fn letters_that_nobody_sees_are_refused_wherever_names_are_written() {
    let places = [
        ("\"Small\"", "\"Sm{}all\""),
        ("\"invented\"", "\"in{}vented\""),
        ("\"upkeep\": (purpose", "\"up{}keep\": (purpose"),
        ("\"flat\"", "\"fl{}at\""),
        ("\"due\"", "\"du{}e\""),
        ("01,Alda", "0{}1,Alda"),
        ("Alda", "Al{}da"),
        ("East", "Ea{}st"),
        ("code,name", "co{}de,name"),
    ];
    for (from, to) in places {
        // In a RON text as it is, and as an escape; in a table as it is.
        for letter in ["\u{1b}[2J", "\u{202e}", "\u{200b}", "\u{9b}", "\u{7}", "\u{2028}"] {
            let folder = tempfile::tempdir().unwrap();
            small_in(folder.path(), from, &to.replace("{}", letter));
            let said = refused(folder.path(), &["check", "s.ron"], &["D0122", "U+"]);
            assert!(!said.contains(letter), "{from}: {said}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    small_in(folder.path(), "\"flat\"", r#""f\u{202e}lat""#);
    refused(folder.path(), &["check", "s.ron"], &["D0122", "U+202E"]);
    small_in(folder.path(), "\"flat\"", r#""two\nlines""#);
    refused(folder.path(), &["check", "s.ron"], &["D0122", "one line"]);
    // A lever is a word of formulas: only such words are let in.
    small_in(folder.path(), "\"rate\"", "\"ra\u{200b}te\"");
    refused(folder.path(), &["check", "s.ron"], &["D0122"]);
    fs::write(folder.path().join("s.ron"), "(title: \"a\0b\")").unwrap();
    refused(folder.path(), &["check", "s.ron"], &["D0113", "zero byte"]);
}

#[test]
fn names_that_a_page_or_sheet_would_obey_are_only_shown() {
    let folder = tempfile::tempdir().unwrap();
    small_in(folder.path(), "Alda", "\"</svg><script>alert('\"\"1\"\"')</script>&amp;]]>\"");
    let path = folder.path().join("s.ron");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("\"Small\"", r#""<img src=x onerror=alert(1)>""#);
    fs::write(&path, text.replace("\"flat\"", r#""<b>{{ flat }}</b>""#)).unwrap();
    let end = dotacija(folder.path(), &["run", "s.ron", "--quiet", "-o", "out"]);
    assert_eq!(end.code, Some(0), "{}", end.said);
    let page = fs::read_to_string(folder.path().join("out/report.html")).unwrap();
    for raw in ["</svg><script>alert", "<img src=x", "<b>{{"] {
        assert!(!page.contains(raw), "{raw} stands raw in the page");
    }
    for entry in fs::read_dir(folder.path().join("out/charts")).unwrap() {
        let svg = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!svg.contains("<script>alert") && !svg.contains("<img src=x"));
    }
    let mut awards = csv::Reader::from_path(folder.path().join("out/awards.csv")).unwrap();
    let first = awards.records().next().unwrap().unwrap();
    assert!(first.iter().any(|cell| cell == "</svg><script>alert('\"1\"')</script>&amp;]]>"));
}

#[test]
fn a_run_that_does_not_fit_is_refused_before_it_begins() {
    let folder = tempfile::tempdir().unwrap();
    let draws = |from: &str, to: &str, arguments: &[&str], words: &[&str]| {
        small_in(folder.path(), from, to);
        let arguments = [&["run", "s.ron", "-o", "out"], arguments].concat();
        refused(folder.path(), &arguments, words)
    };
    draws("draws: 100", "draws: 1_000_000_000_000", &[], &["D0301", "1_000_000_000_000", "s.ron"]);
    let said =
        draws("draws: 100", "draws: 100", &["--draws", "1000000000000"], &["D0301", "--draws"]);
    assert!(!said.contains("--set"), "{said}");
    draws("draws: 100", "draws: 100", &["--draws", "0"], &["D0301", "--draws"]);
    draws("last: 2023", "last: 2199", &[], &["60 years"]);
    // Sixty years, 5,000 municipalities and 2,000 policies: 60 × 5,000 × 2,000 × 2 pots × 4 measures.
    let policy = "(rules: {\"upkeep\": (entitle: Amount(1), may_exceed_cost: true)})";
    let policies = numbered(2_000, |k| format!("\"p{k}\": {policy},"));
    small_in(folder.path(), "last: 2023", "last: 2081");
    let path = folder.path().join("s.ron");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"flat\"", &format!("{policies}\"flat\""))).unwrap();
    let rows = numbered(5_000, |k| format!("m{k},name,East\n"));
    fs::write(folder.path().join("m.csv"), format!("code,name,region\n{rows}")).unwrap();
    refused(folder.path(), &["run", "s.ron", "-o", "out"], &["D0123", "figures", "GB", "--policy"]);
    let end = dotacija(folder.path(), &["check", "s.ron"]);
    assert!(end.code == Some(0) && end.said.contains("warning[D0123]"), "{}", end.said);
}

#[test]
fn a_million_threads_are_as_many_as_there_is_work_for() {
    let folder = tempfile::tempdir().unwrap();
    small_in(folder.path(), "draws: 100", "draws: 200");
    let end =
        dotacija(folder.path(), &["run", "s.ron", "--quiet", "--threads", "1000000", "-o", "out"]);
    assert_eq!(end.code, Some(0), "{}", end.said);
}

#[test]
fn tables_that_are_too_much_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    small_in(folder.path(), "draws: 100", "draws: 100");
    let table = |text: &str, words: &[&str]| {
        fs::write(folder.path().join("m.csv"), text).unwrap();
        refused(folder.path(), &["check", "s.ron"], words);
    };
    table(&format!("code{}\n01,x\n", ",a".repeat(5_000)), &["D0410", "4096 columns"]);
    // Wide above, short below: filled up it would be a thousand times its length.
    let wide = numbered(4_000, |k| format!(",c{k}"));
    table(&format!("code,name,region{wide}\n{}", "1\n".repeat(500_000)), &["D0404"]);
    table(&",".repeat(20 << 20), &["D0410", "separators"]);
    table(
        &format!("code,name,region\n{}", "1,a,b\n".repeat(2_000_001)),
        &["D0407", "2000000 rows"],
    );
    table(&format!("code,name,region\n01,\"{}", "x".repeat(10 << 20)), &["error"]);
    let file = fs::File::create(folder.path().join("m.csv")).unwrap();
    file.set_len(300 << 20).unwrap();
    refused(folder.path(), &["check", "s.ron"], &["D0112", "256 MiB"]);
}

#[test]
fn boundaries_of_millions_of_positions_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let map = "region: \"region\", map: (file: \"map.geojson\", code: \"code\")";
    small_in(folder.path(), "region: \"region\"", map);
    let ring = format!("[[24,56],{}[24,56]]", "[25,57],".repeat(2_000_000));
    let feature = format!(
        r#"{{"type":"Feature","properties":{{"code":"01"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
    );
    let map = format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#);
    fs::write(folder.path().join("map.geojson"), map).unwrap();
    refused(folder.path(), &["check", "s.ron"], &["D0112", "2000000 positions"]);
    fs::write(folder.path().join("map.geojson"), "[".repeat(1_000_000)).unwrap();
    refused(folder.path(), &["check", "s.ron"], &["D0410"]);
}

#[test]
fn a_distribution_of_a_million_values_is_read_or_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let numbers = (0..1_000_000).map(|k| k.to_string()).collect::<Vec<_>>().join(",");
    let ones = vec!["1"; 1_000_000].join(",");
    for distribution in [
        format!("Discrete(values: [{numbers}], weights: [{ones}])"),
        format!("Empirical(values: [{numbers}])"),
    ] {
        small_in(folder.path(), "Uniform(min: 0, max: 1)", &distribution);
        let end = dotacija(folder.path(), &["check", "s.ron"]);
        assert!(matches!(end.code, Some(0 | 2)), "{:?}: {}", end.code, end.said.len());
        assert!(end.said.lines().all(|line| line.len() < 1_000));
    }
}

#[test]
fn folders_that_cannot_take_a_run_are_refused_before_it() {
    let folder = tempfile::tempdir().unwrap();
    small_in(folder.path(), "draws: 100", "draws: 100");
    fs::write(folder.path().join("file"), "mine").unwrap();
    let run = |output: &str, words: &[&str]| {
        refused(folder.path(), &["run", "s.ron", "--force", "-o", output], words);
    };
    run(".", &["no run of dotacija"]);
    run("", &["--output"]);
    run("new/..", &["does not name a folder"]);
    run("..", &["no run of dotacija"]);
    run("/", &["`/`"]);
    run("file", &["`", "not a folder"]);
    run("/dev/null", &["not a folder"]);
    for odd in ["file/run", "/proc/nothing/run"] {
        let end = dotacija(folder.path(), &["run", "s.ron", "-o", odd]);
        assert!(matches!(end.code, Some(1 | 2)), "{odd}: {}", end.said);
        assert!(!end.said.contains("panicked"), "{}", end.said);
    }
    assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), "mine");
    // A scenario called by points alone does not write into the folder above.
    fs::copy(folder.path().join("s.ron"), folder.path().join("...ron")).unwrap();
    let end = dotacija(folder.path(), &["run", "...ron", "--quiet"]);
    assert_eq!(end.code, Some(0), "{}", end.said);
    assert!(folder.path().join("output/...ron/manifest.json").exists());
}

#[test]
fn new_folders_have_names() {
    let folder = tempfile::tempdir().unwrap();
    for odd in ["", "x/..", "/"] {
        refused(folder.path(), &["new", odd], &["error"]);
    }
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for (inside, named) in
        [(folder.path(), "with/slash/"), (folder.path(), "empty/"), (folder.path(), "...")]
    {
        let end = dotacija(inside, &["new", named]);
        assert_eq!(end.code, Some(0), "{named}: {}", end.said);
        assert!(inside.join(named).join("starter.ron").exists(), "{named}");
    }
    // Whoever stands in the folder would stand in one that is gone.
    let here = folder.path().join("here");
    fs::create_dir(&here).unwrap();
    refused(&here, &["new", "."], &["not a name"]);
    assert!(fs::read_dir(&here).unwrap().next().is_none());
}

#[test]
fn settings_that_are_wrong_say_what_was_meant() {
    let tiny = in_repository("scenarios/tiny");
    let set = |setting: &str, words: &[&str]| {
        let said = refused(&tiny, &["check", "tiny.ron", "--set", setting], words);
        assert!(said.lines().count() < 20, "{said}");
    };
    set("rate_case=3", &["D0131", "did you mean `levers.rate_case`?"]);
    set("pay.value=3", &["D0131", "did you mean `inputs.pay`?"]);
    set("draws=3", &["D0131", "`run.draws`"]);
    set("levers.rate_case=1,5", &["D0130", "`1,5` is not a number", "`1.5`"]);
    set("levers.rate_case=\"1.5\"", &["D0204", "without quotes"]);
    set("levers.rate_case=high", &["D0204", "found the name `high`"]);
    set("levers.rate_case=", &["D0130", "missing"]);
    set("title=two words", &["D0101", "quotes"]);
    set(&format!("levers.rate_case={}", "(".repeat(50_000)), &["D0103"]);
    set(&format!("{}=1", "a.".repeat(50_000)), &["D0130"]);
    set("levers.\u{1b}[31m=1", &["D0131"]);
}
