//! Whole scenarios from memory and from disk: what is read, and what is said about bad ones.

use super::*;
use crate::problem::{Problem, codes, render, sort};

/// The composed tree of files in memory.
fn composed(files: &[(&str, &str)], settings: &[&str]) -> Result<Node, Vec<Problem>> {
    let settings: Vec<String> = settings.iter().map(|set| (*set).to_owned()).collect();
    compose(&mut Library::new(Memory::new(files)), "s.ron", &settings)
}

fn told(outcome: Result<Node, Vec<Problem>>) -> Vec<String> {
    let problems = outcome.err().unwrap_or_default();
    problems.iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect()
}

fn number_at(node: &Node, path: &[&str]) -> Option<f64> {
    match path.split_first() {
        None => match node.kind {
            Kind::Number(number) => Some(number.value),
            _ => None,
        },
        Some((name, rest)) => match &node.kind {
            Kind::Map(entries) => {
                let is =
                    |(key, _): &&(Node, Node)| key.as_text().is_some_and(|t| &*t.value == *name);
                number_at(&entries.iter().find(is)?.1, rest)
            }
            _ => number_at(node.field(name)?, rest),
        },
    }
}

#[test]
fn an_import_keeps_the_places_of_its_file() {
    let files =
        [("s.ron", "Scenario(load: Import(\"parts/load.ron\"))"), ("parts/load.ron", " (rate: 3)")];
    let node = composed(&files, &[]).expect("both files are sound");
    let rate = node.field("load").and_then(|load| load.field("rate")).expect("it was imported");
    assert_eq!((&*rate.place.file, rate.place.start), ("parts/load.ron", 8));
}

#[test]
fn a_path_in_an_imported_file_is_seen_from_there() {
    let files = [
        ("s.ron", "(a: Import(\"parts/a.ron\"))"),
        ("parts/a.ron", "(b: Import(\"b.ron\"))"),
        ("parts/b.ron", "7"),
    ];
    let node = composed(&files, &[]).expect("all files are sound");
    assert_eq!(number_at(&node, &["a", "b"]), Some(7.0));
}

#[test]
fn files_that_take_themselves_in_are_refused() {
    let cycle = [("s.ron", "(a: Import(\"b.ron\"))"), ("b.ron", "[Import(\"s.ron\")]")];
    assert_eq!(
        told(composed(&cycle, &[])),
        ["D0120 a file takes itself in: s.ron → b.ron → s.ron"]
    );
    let base = [("s.ron", "(base: \"t.ron\")"), ("t.ron", "(base: \"s.ron\")")];
    assert_eq!(told(composed(&base, &[])), ["D0120 a file takes itself in: s.ron → t.ron → s.ron"]);
}

#[test]
fn imports_that_double_at_every_step_end_in_a_problem() {
    // Fifteen files, each taking in the next twenty times: 20^14 values if nobody counted.
    let names: Vec<String> = (0..15).map(|at| format!("f{at}.ron")).collect();
    let texts: Vec<String> =
        (1..=15).map(|at| format!("[{}]", format!("Import(\"f{at}.ron\"), ").repeat(20))).collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.push(("f15.ron", "1"));
    files.push(("s.ron", "(a: Import(\"f0.ron\"))"));
    assert_eq!(told(composed(&files, &[])).len(), 1);
}

#[test]
fn a_base_gives_the_sections_that_are_not_given() {
    let files = [
        ("s.ron", "(base: \"b.ron\", title: 2, new: 9, run: None)"),
        ("b.ron", "Scenario(format: 1, title: 1, run: (draws: 5), base: \"c.ron\")"),
        ("c.ron", "(format: 0, deep: 4)"),
    ];
    let node = composed(&files, &[]).expect("all files are sound");
    let Kind::Struct(None, fields) = &node.kind else { panic!("a scenario is a struct") };
    let names: Vec<&str> = fields.iter().map(|field| &*field.name.value).collect();
    assert_eq!(names, ["format", "deep", "title", "run", "new"]);
    assert_eq!(number_at(&node, &["title"]), Some(2.0));
    assert_eq!(number_at(&node, &["format"]), Some(1.0));
    assert_eq!(node.field("run").map(|run| run.kind.clone()), Some(Kind::Nothing));
}

#[test]
fn a_setting_replaces_one_value_and_says_where_it_stood() {
    let files = [(
        "s.ron",
        "(levers: {\"case_rate\": (value: 3.0, min: 0), \"bare\": 1}, network: (mode: WhenFunded),
          policies: {\"rates, 2.5\": (entitle: Worksheet([(line: \"due\", is: \"a\")]))},
          sums: {2022: 1}, costs: [(name: \"pay\", share: 1), (name: \"rent\", share: 1)])",
    )];
    let node = composed(
        &files,
        &[
            "levers.case_rate=4.5",
            "levers.bare=2",
            "network.mode=WhenReady",
            "policies.\"rates, 2.5\".entitle.due.is=\"a * 2\"",
            "sums.2023=7",
            "costs.rent.share=0.5",
            "costs.1.share=0.25",
            "network.new=1",
        ],
    )
    .expect("every setting names something");
    assert_eq!(number_at(&node, &["levers", "case_rate", "value"]), Some(4.5));
    assert_eq!(number_at(&node, &["levers", "case_rate", "min"]), Some(0.0));
    assert_eq!(number_at(&node, &["levers", "bare"]), Some(2.0));
    let mode = node.field("network").and_then(|network| network.field("mode"));
    let mode = mode.expect("it is there");
    assert_eq!(mode.name().map(|name| name.value.to_string()).as_deref(), Some("WhenReady"));
    assert_eq!((&*mode.place.file, mode.place.start), ("--set", 48));
    assert_eq!(number_at(&node, &["network", "new"]), Some(1.0));
    let shown = format!("{node:?}");
    assert!(shown.contains("\"a * 2\"") && !shown.contains("value: \"a\""));
    let Some(Kind::List(costs)) = node.field("costs").map(|costs| costs.kind.clone()) else {
        panic!("costs are a list")
    };
    assert_eq!(number_at(&costs[0], &["share"]), Some(0.25));
    assert_eq!(number_at(&costs[1], &["share"]), Some(0.5));
}

#[test]
fn a_distribution_set_on_an_input_becomes_its_value() {
    let files = [("s.ron", "(inputs: {\"pay\": (extent: Nation, value: 3)})")];
    let set = ["inputs.pay.value=Pert(min: 1, mode: 2, max: 3)"];
    let whole = ["inputs.pay=Pert(min: 1, mode: 2, max: 3)"];
    let value = |node: &Node| format!("{:?}", node.field("inputs")).matches("Pert").count();
    assert_eq!(composed(&files, &set).as_ref().map(value), Ok(1));
    assert_eq!(composed(&files, &whole).as_ref().map(value), Ok(1));
}

#[test]
fn a_setting_that_names_nothing_finds_what_was_meant() {
    let files = [("s.ron", "(levers: {\"case_rate\": (value: 3.0)}, run: (draws: 5))")];
    let help = |set: &str| {
        let problems = composed(&files, &[set]).expect_err("it names nothing");
        (problems[0].code, problems[0].help.clone().unwrap_or_default())
    };
    assert_eq!(help("levers.case_rat=1"), (codes::SET_PATH, "did you mean `case_rate`?".into()));
    assert_eq!(help("levrs.case_rate=1").1, "did you mean `levers`?");
    assert_eq!(help("xyz.case_rate=1").1, "known here: `levers`, `run`");
    assert_eq!(help("run.draws.x=1").1, "let the path end before this");
    assert_eq!(help("case_rate=1"), (codes::SET_PATH, "did you mean `levers.case_rate`?".into()));
    for bad in ["levers", "=3", "levers.case_rate=", ".x=1", "\"x=1", "a..b=1", "", "\"a\"b=1"] {
        assert_eq!(help(bad).0, codes::SET, "{bad}");
    }
    assert_eq!(help("run.draws=a b").0, codes::SYNTAX);
}

#[test]
fn files_that_are_not_text_say_so() {
    let refused = |bytes: &[u8]| {
        let mut files = Memory::default();
        files.0.insert("s.ron".into(), bytes.to_vec());
        let mut library = Library::new(files);
        let problem = library.read("s.ron", LARGEST_RON, None).expect_err("it is no text");
        let place = problem.at.map(|(place, _)| place.start);
        assert_eq!(library.sources().files.len(), 1);
        (problem.message, place)
    };
    let text = |message: &str, at| (message.to_owned(), Some(at));
    assert_eq!(refused(b"(a: \xe2)"), text("`s.ron` is not text in UTF-8", 4));
    assert_eq!(refused(b"\xff\xfe(\0"), text("`s.ron` is UTF-16, not UTF-8", 0));
    assert_eq!(refused(b"(a: \0)"), text("`s.ron` is not a text: it holds a zero byte", 4));
    assert_eq!(
        refused(b"(a: 1,\r b: 2)\r\n"),
        text("a line of `s.ron` ends in a carriage return alone", 6)
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let mut library = Library::new(Memory::new(&[("s.ron", "\u{feff}(a: 1)\r\n")]));
    let source = library.read("s.ron", LARGEST_RON, None).expect("it is text");
    assert_eq!((&*source.text, source.bytes.len()), ("(a: 1)\r\n", 11));
}

#[test]
fn a_file_larger_than_allowed_is_refused_and_one_just_as_large_is_not() {
    let mut library = Library::new(Memory::new(&[("a", "12345"), ("b", "1234")]));
    let problem = library.read("a", 4, None).expect_err("it is too large");
    assert_eq!(problem.code, codes::TOO_LARGE);
    assert!(library.read("b", 4, None).is_ok());
}

#[test]
fn a_missing_file_finds_the_one_meant() {
    let files = [("s.ron", "(a: Import(\"netwrok.ron\"))"), ("network.ron", "1")];
    let problems = composed(&files, &[]).expect_err("the name is mistyped");
    assert_eq!(problems[0].message, "cannot read `netwrok.ron`: there is no such file");
    assert_eq!(problems[0].help.as_deref(), Some("did you mean `network.ron`?"));
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_folder_of_the_disk_is_read() -> std::io::Result<()> {
    use std::os::unix::fs::symlink;

    let home = tempfile::tempdir()?;
    let folder = home.path().join("scenario");
    std::fs::create_dir_all(folder.join("sub"))?;
    std::fs::write(home.path().join("secret.ron"), "1")?;
    std::fs::write(folder.join("inside.ron"), "2")?;
    symlink("../secret.ron", folder.join("out.ron"))?;
    symlink(home.path(), folder.join("outfolder"))?;
    symlink("inside.ron", folder.join("alias.ron"))?;
    symlink("/dev/zero", folder.join("zero.ron"))?;
    symlink("self.ron", folder.join("self.ron"))?;
    std::fs::write(folder.join("s.ron"), "()")?;
    let (disk, name) = Disk::open(&folder.join("s.ron")).expect("the folder is there");
    assert_eq!(name, "s.ron");
    assert_eq!(disk.bytes("alias.ron", 10), Ok(b"2".to_vec()));
    for out in ["out.ron", "outfolder/secret.ron", "zero.ron"] {
        assert_eq!(disk.bytes(out, 10), Err(Refusal::Outside), "{out}");
    }
    assert_eq!(disk.bytes("sub", 10), Err(Refusal::NotAFile));
    assert_eq!(disk.bytes("s.ron/x", 10), Err(Refusal::Missing));
    assert!(matches!(disk.bytes("self.ron", 10), Err(Refusal::Failed(_))));
    assert_eq!(disk.beside("outfolder/secret.ron"), Vec::<String>::new());
    let written =
        "(a: Import(\"../secret.ron\"), b: Import(\"/etc/passwd\"), c: Import(\"out.ron\"))";
    std::fs::write(folder.join("s.ron"), written)?;
    let problems = compose(&mut Library::new(disk), "s.ron", &[]).expect_err("all lead out");
    assert!(problems.len() == 3 && problems.iter().all(|problem| problem.code == codes::OUTSIDE));
    assert!(Disk::open(std::path::Path::new("/")).is_err());
    Ok(())
}

/// A small decoder, as those of the model are written.
fn run(door: &mut Decoder, node: &Node) -> Option<(i64, f64, String)> {
    let mut fields = door.fields(node, "a run")?;
    let draws = fields.required("draws", whole_within(1, 10_000_000));
    let rate = fields.required("rate", share);
    let plan =
        fields.or("plan", variants(&[("Sobol", |_, _| Some("Sobol".to_owned()))]), String::new());
    let names = fields.or("names", list(filled), Vec::new());
    let sums = fields.or("sums", map(text, number), Vec::new());
    fields.at_most_one(&["names", "sums"]);
    fields.finish();
    let _ = (names?, sums?);
    Some((draws?, rate?, plan?))
}

fn decoded(text: &str) -> (Option<(i64, f64, String)>, Vec<String>) {
    let node = composed(&[("s.ron", text)], &[]).expect("the text is valid");
    let mut door = Decoder::new();
    let read = run(&mut door, &node);
    let failed = door.failed();
    let told: Vec<String> = door
        .finish()
        .iter()
        .map(|problem| {
            let help = problem.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
            format!("{} {}{help}", problem.code, problem.message)
        })
        .collect();
    assert_eq!(failed, !told.is_empty());
    (read, told)
}

#[test]
fn sound_fields_are_read_and_defaults_hold() {
    assert_eq!(
        decoded("(draws: 5, rate: 0.5, plan: Sobol)"),
        (Some((5, 0.5, "Sobol".into())), vec![])
    );
    assert_eq!(
        decoded("(draws: 5, rate: 0.5, plan: None)"),
        (Some((5, 0.5, String::new())), vec![])
    );
}

#[test]
fn every_wrong_field_is_told_once() {
    let (read, told) = decoded("(drwas: 5, rate: 70, plan: Sobl, names: [1, \"\"], rate: 1)");
    assert_eq!(read, None);
    assert_eq!(
        told,
        [
            "D0203 the field `rate` is given twice (leave one of them out)",
            "D0301 `rate` cannot be 70 (70 % is written 0.7)",
            "D0205 `plan` cannot be `Sobl` (did you mean `Sobol`?)",
            "D0204 expected text, found a whole number (texts are written in quotes: \"1\")",
            "D0207 this text is empty (write a text between the quotes)",
            "D0201 `drwas` is not a field of a run (did you mean `draws`?)",
        ]
    );
}

#[test]
fn missing_fields_are_told_together() {
    assert_eq!(
        decoded("()").1,
        [
            "D0202 `draws` and `rate` are missing from a run (write, for example, `draws: 10_000, rate: 0.02`)"
        ]
    );
}

#[test]
fn values_of_another_kind_are_told_with_what_to_write() {
    assert_eq!(
        decoded("(draws: \"5\", rate: \"0,5\", plan: \"Sobol\", names: (1, 2))").1,
        [
            "D0204 `draws` should be a number, found text (numbers are written without quotes: 5)",
            "D0204 `rate` should be a number, found text (numbers are written without quotes and with a decimal point: 0.5)",
            "D0204 `plan` should be one of `Sobol`, found text (write the name without quotes: `Sobol`)",
            "D0204 `names` should be a list, written `[…]`, found values in parentheses (lists are written `[a, b]`)",
        ]
    );
    assert_eq!(
        decoded("(draws: 2.5, rate: NaN, sums: {\"a\": 1, \"a\": 2}, names: [])").1,
        [
            "D0302 `draws` should be a whole number (write 2 or 3)",
            "D0303 `rate` is not a number (write the number in digits, or leave the field out if it is unknown)",
            "D0502 the key `a` is given twice (leave one of them out)",
            "D0208 `sums` and `names` exclude each other (leave one of them out)",
        ]
    );
}

#[test]
fn problems_are_shown_with_their_source_most_fundamental_first() {
    let files = [("s.ron", "(\n  draws: 5,\n  plan: Sobl,\n  rte: 1,\n)")];
    let mut library = Library::new(Memory::new(&files));
    let node = compose(&mut library, "s.ron", &[]).expect("the text is valid");
    let mut door = Decoder::new();
    door.tell(Problem::warning("D0201", "a warning comes last"));
    door.tell(Problem::error("D0601", "formulas come after fields").at(&node.place.part(0..1), ""));
    assert_eq!(run(&mut door, &node), None);
    let mut problems = door.finish();
    sort(&mut problems, library.sources());
    let shown = render(&problems, library.sources(), false);
    assert_eq!(
        shown,
        "error[D0205]: `plan` cannot be `Sobl`\n --> s.ron:3:9\n  |\n3 |   plan: Sobl,\n  |         ^^^^\n  |\n  = help: did you mean `Sobol`?\n\n\
         error[D0201]: `rte` is not a field of a run\n --> s.ron:4:3\n  |\n4 |   rte: 1,\n  |   ^^^\n  |\n  = help: did you mean `rate`?\n\n\
         error[D0601]: formulas come after fields\n --> s.ron:1:1\n  |\n1 | (\n  | ^\n\n\
         warning[D0201]: a warning comes last\n"
    );
    let coloured = render(&problems, library.sources(), true);
    assert!(coloured.contains('\u{1b}') && !coloured.contains(":::"));
}

#[test]
fn hostile_text_is_shown_tame() {
    let text = format!("(\u{1b}[31m: {}", "x".repeat(100_000));
    let problems = composed(&[("s.ron", &text)], &[]).expect_err("the text is not valid");
    let mut library = Library::new(Memory::new(&[("s.ron", &text)]));
    library.read("s.ron", LARGEST_RON, None).expect("it is text");
    let shown = render(&problems, library.sources(), false);
    assert!(!shown.contains('\u{1b}') && shown.len() < 2_000, "{shown}");
}

proptest::proptest! {
    /// Whatever stands in a file, a table or a setting: it ends with a value or a problem that
    /// can be shown, never with a panic.
    #[test]
    fn nothing_that_is_written_breaks_the_door(
        text in r#"([a-c(){}\[\]:,;"'=\. 0-9\n\\\t]|\r\n|Import\("b"\)|ā|\x{1b}){0,60}"#,
        setting in r#"([a-c(){}".= 0-9\\]|ā){0,20}"#,
    ) {
        let mut library = Library::new(Memory::new(&[("s.ron", &text), ("b", "1")]));
        let mut problems = match compose(&mut library, "s.ron", std::slice::from_ref(&setting)) {
            Ok(node) => {
                let mut door = Decoder::new();
                let _ = run(&mut door, &node);
                door.finish()
            }
            Err(problems) => problems,
        };
        let mut door = Decoder::new();
        if let Ok(source) = library.read("s.ron", LARGEST_TABLE, None)
            && let Some(table) = Table::read(&source, &mut door)
        {
            let place = table.row_place(0);
            for name in table.headers().to_vec() {
                if let Some(column) = table.column(&name, &place, &mut door) {
                    let _ = (column.codes(&mut door), column.numbers(&mut door), column.dates(&mut door));
                }
            }
        }
        problems.extend(door.finish());
        sort(&mut problems, library.sources());
        let shown = render(&problems, library.sources(), false);
        proptest::prop_assert_eq!(shown.is_empty(), problems.is_empty());
        proptest::prop_assert_eq!(shown.find('\u{1b}'), None);
    }
}
