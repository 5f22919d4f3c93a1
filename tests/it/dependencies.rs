//! What the program is made of: licences that were agreed to, one registry, and a page, a list and a lock
//! file that say the same.

use crate::support::{dotacija, in_repository};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// A crate of `Cargo.lock`.
#[derive(Debug, Default)]
struct Locked {
    name: String,
    version: String,
    source: String,
    has_digest: bool,
    /// `name`, or `name version` where there are several.
    dependencies: Vec<String>,
}

fn read(path: &str) -> String {
    fs::read_to_string(in_repository(path)).unwrap()
}

/// What stands between the first pair of quotes of a text.
fn quoted(text: &str) -> Option<&str> {
    text.split('"').nth(1)
}

fn locked() -> Vec<Locked> {
    let text = read("Cargo.lock");
    let packages = text.split("[[package]]").skip(1).map(|block| {
        let mut package = Locked::default();
        for line in block.lines() {
            let value = quoted(line).unwrap_or_default().to_owned();
            match line.split_once(" = ").map(|(field, _)| field) {
                Some("name") => package.name = value,
                Some("version") => package.version = value,
                Some("source") => package.source = value,
                Some("checksum") => package.has_digest = value.len() == 64,
                None if line.starts_with(" \"") => package.dependencies.push(value),
                _ => {}
            }
        }
        package
    });
    packages.collect()
}

/// The names under a heading of a `Cargo.toml`.
fn direct_of(manifest: &str, section: &str) -> BTreeSet<String> {
    let text = read(manifest);
    let (_, after) = text.split_once(&format!("\n[{section}]\n")).unwrap();
    let lines = after.lines().take_while(|line| !line.starts_with('['));
    let names =
        lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name.to_owned()).filter(|name| name != "dotacija").collect()
}

/// The same of the program's.
fn direct(section: &str) -> BTreeSet<String> {
    direct_of("Cargo.toml", section)
}

/// The package that is the Python module.
const MODULE: &str = "dotacija-python";

/// The rows of a table of docs/dependencies.md: name, licence, release.
fn rows(heading: &str) -> Vec<[String; 3]> {
    let text = read("docs/dependencies.md");
    let (_, after) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let lines = after.lines().take_while(|line| !line.starts_with("## "));
    let rows = lines.filter(|line| line.starts_with("| `")).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 6, "{line}");
        [cells[0].trim_matches('`'), cells[4], cells[5]].map(str::to_owned)
    });
    rows.collect()
}

/// A row of the list of licences.
#[derive(Debug)]
struct Part {
    /// Name and version.
    called: String,
    licence: String,
    /// Numbers of its texts.
    texts: Vec<usize>,
}

/// The sections of the program's list of licences, and of each text the parts that it belongs to and its length.
fn licences() -> (Vec<Vec<Part>>, Vec<(String, usize)>) {
    listed("src/assets/licences.txt")
}

fn listed(path: &str) -> (Vec<Vec<Part>>, Vec<(String, usize)>) {
    let text = read(path);
    let (lists, texts) = text.split_once("\n# Texts\n").unwrap();
    let sections = lists.split("\n# ").skip(1).map(|section| {
        let lines = section.lines().skip(1).filter(|line| !line.is_empty());
        let parts = lines.map(|line| {
            let cells: Vec<&str> = line.split("  ").collect();
            let numbers = cells.get(2).map_or(Vec::new(), |cell| cell.split(", ").collect());
            Part {
                called: cells[0].to_owned(),
                licence: cells[1].to_owned(),
                texts: numbers.iter().map(|number| number.parse().unwrap()).collect(),
            }
        });
        parts.collect()
    });
    let texts = texts.split("\n== ").skip(1).enumerate().map(|(at, text)| {
        let (head, body) = text.split_once('\n').unwrap();
        let (number, of) = head.split_once(": ").unwrap();
        assert_eq!(number, (at + 1).to_string(), "texts are numbered in their order");
        (of.to_owned(), body.len())
    });
    (sections.collect(), texts.collect())
}

/// What stands in quotes on the lines of a list of deny.toml: of each line the first.
fn denied(list: &str) -> Vec<String> {
    let text = read("deny.toml");
    let (_, after) = text.split_once(&format!("\n{list} = [\n")).unwrap();
    let lines = after.lines().take_while(|line| *line != "]");
    lines.filter_map(quoted).map(str::to_owned).collect()
}

/// Name, version and licence of every crate that is built on this system, and of those alone that an
/// option of `cargo tree` leaves.
fn built_here(edges: &str) -> Vec<(String, String)> {
    built_of("dotacija", edges)
}

/// The same of a package.
fn built_of(package: &str, edges: &str) -> Vec<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--prefix", "none", "--format", "{p}|{l}"])
        .args(["--package", package, "--edges", edges])
        .current_dir(in_repository(""))
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let text = String::from_utf8(output.stdout).unwrap();
    let crates = text.lines().filter(|line| !line.is_empty()).map(|line| {
        let (package, licence) = line.split_once('|').unwrap();
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap(), words.next().unwrap());
        let licence = licence.trim_end_matches(" (*)");
        (format!("{name} {}", version.trim_start_matches('v')), licence.to_owned())
    });
    let of_others = |(part, _): &(String, String)| {
        !["dotacija ", MODULE].iter().any(|own| part.starts_with(own))
    };
    crates.filter(of_others).collect()
}

/// Whether what is allowed is enough for an expression of SPDX, or one of the older form `MIT/Apache-2.0`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let fulfilled = any(&words, &mut at, allowed);
    assert_eq!(at, words.len(), "`{expression}` is not understood");
    fulfilled
}

fn any(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut fulfilled = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        fulfilled |= all(words, at, allowed);
    }
    fulfilled
}

fn all(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut fulfilled = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        fulfilled &= one(words, at, allowed);
    }
    fulfilled
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let word = words[*at];
    *at += 1;
    if word == "(" {
        let fulfilled = any(words, at, allowed);
        assert_eq!(words.get(*at), Some(&")"), "{words:?}");
        *at += 1;
        return fulfilled;
    }
    let mut licence = word.to_owned();
    if words.get(*at) == Some(&"WITH") {
        licence = format!("{word} WITH {}", words[*at + 1]);
        *at += 2;
    }
    allowed.contains(&licence)
}

#[test]
fn an_expression_is_allowed_where_one_of_its_choices_is() {
    let allowed = ["MIT", "Zlib"].map(str::to_owned);
    for yes in ["MIT", "MIT/GPL-3.0", "GPL-3.0 OR MIT", "(GPL-3.0 OR MIT) AND Zlib"] {
        assert!(is_allowed(yes, &allowed), "{yes}");
    }
    // An exception makes another licence of it, and AND asks for both.
    for no in ["GPL-3.0", "MIT AND GPL-3.0", "MIT WITH X", "(GPL-3.0 OR MIT) AND X", "X OR Y"] {
        assert!(!is_allowed(no, &allowed), "{no}");
    }
}

#[test]
fn every_direct_dependency_has_its_row_and_every_row_its_dependency() {
    let locked = locked();
    let built = built_here("normal,build,dev").into_iter().chain(built_of(MODULE, "normal"));
    let stated: BTreeMap<String, String> = built.collect();
    for (manifest, section, heading) in [
        ("Cargo.toml", "dependencies", "In the program"),
        ("Cargo.toml", "dev-dependencies", "In tests and benches"),
        ("python/Cargo.toml", "dependencies", "In the Python module"),
    ] {
        let rows = rows(heading);
        let names: Vec<&String> = rows.iter().map(|[name, ..]| name).collect();
        let direct = direct_of(manifest, section);
        assert!(names.iter().copied().eq(&direct), "{manifest} [{section}] and rows {names:?}");
        for [name, licence, release] in &rows {
            let package = locked.iter().find(|package| package.name == *name).unwrap();
            let (version, date) = release.split_once(", ").unwrap();
            assert_eq!(*version, package.version, "{name} in the lock file");
            assert!(date.len() == 10 && date.starts_with("20"), "{name}: {date}");
            assert_eq!(Some(licence), stated.get(&format!("{name} {version}")), "{name}");
        }
    }
}

#[test]
fn every_direct_dependency_is_used() {
    fn sources(folder: &std::path::Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, text);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut text = String::new();
    sources(&in_repository("src"), &mut text);
    let unused = |names: BTreeSet<String>, text: &str| -> Vec<String> {
        let is_unused = |name: &String| !text.contains(&format!("{}::", name.replace('-', "_")));
        names.into_iter().filter(is_unused).collect()
    };
    assert_eq!(unused(direct("dependencies"), &text), Vec::<String>::new());
    let mut of_module = String::new();
    sources(&in_repository("python/src"), &mut of_module);
    assert_eq!(
        unused(direct_of("python/Cargo.toml", "dependencies"), &of_module),
        Vec::<String>::new()
    );
    sources(&in_repository("tests"), &mut text);
    sources(&in_repository("benches"), &mut text);
    assert_eq!(unused(direct("dev-dependencies"), &text), Vec::<String>::new());
}

#[test]
fn every_licence_is_one_that_was_agreed_to() {
    let allowed = denied("allow");
    let (sections, _) = licences();
    let listed =
        sections[1..].iter().flatten().map(|part| (part.called.clone(), part.licence.clone()));
    let built = built_here("normal,build,dev").into_iter().chain(built_of(MODULE, "normal,build"));
    let all: BTreeMap<String, String> = listed.chain(built).collect();
    assert!(all.len() > 200, "only {} crates were found", all.len());
    let wrong: Vec<_> = all.iter().filter(|(_, of)| !is_allowed(of, &allowed)).collect();
    assert!(wrong.is_empty(), "not in `allow` of deny.toml: {wrong:#?}");
    // Nor is more allowed than there is.
    for licence in &allowed {
        let rest: Vec<String> = allowed.iter().filter(|of| *of != licence).cloned().collect();
        let is_needed = all.values().any(|of| of.contains(licence.as_str()))
            && (all.values().any(|of| !is_allowed(of, &rest)));
        assert!(is_needed, "deny.toml allows {licence}, which nothing needs");
    }
}

#[test]
fn every_crate_comes_from_one_registry_with_its_digest() {
    let wrong: Vec<String> = locked()
        .into_iter()
        .filter(|package| !["dotacija", MODULE].contains(&package.name.as_str()))
        .filter(|package| package.source != REGISTRY || !package.has_digest)
        .map(|package| package.name)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_in_the_program_twice_is_known() {
    let (sections, _) = licences();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in &sections[1] {
        let (name, version) = part.called.split_once(' ').unwrap();
        versions.entry(name).or_default().push(version);
    }
    let known = denied("skip");
    let is_known = |name: &str, version: &str| {
        known.iter().any(|of| {
            let (of_name, of_version) = of.split_once('@').unwrap();
            of_name == name && format!("{version}.").starts_with(&format!("{of_version}."))
        })
    };
    for (name, versions) in &versions {
        let left = versions.iter().filter(|version| !is_known(name, version)).count();
        assert!(left <= 1, "{name} {versions:?}: name all but one under `skip` in deny.toml");
    }
    for of in &known {
        let (name, version) = of.split_once('@').unwrap();
        let is_there = locked().iter().any(|package| {
            package.name == name
                && format!("{}.", package.version).starts_with(&format!("{version}."))
        });
        assert!(is_there, "deny.toml skips {of}, which is not there");
    }
}

#[test]
fn the_licences_are_those_of_the_lock_file() {
    let again = "write the list again: python3 src/assets/licences.py";
    let (sections, _) = licences();
    let names = |parts: &[Part]| -> BTreeSet<String> {
        parts.iter().map(|part| part.called.clone()).collect()
    };
    let (inside, outside) = (names(&sections[1]), names(&sections[2]));
    // All that the normal dependencies reach in the lock file, on any system.
    let locked = locked();
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<String> = direct("dependencies").into_iter().collect();
    while let Some(wanted) = waiting.pop() {
        let (name, version) = wanted.split_once(' ').unwrap_or((&wanted, ""));
        let is_wanted =
            |of: &&Locked| of.name == name && (version.is_empty() || of.version == version);
        for package in locked.iter().filter(is_wanted) {
            if reached.insert(format!("{name} {}", package.version)) {
                waiting.extend(package.dependencies.iter().cloned());
            }
        }
    }
    let listed: BTreeSet<String> = inside.union(&outside).cloned().collect();
    let difference: Vec<_> = listed.symmetric_difference(&reached).collect();
    assert!(difference.is_empty(), "{difference:?}: {again}");
    assert!(inside.is_disjoint(&outside));
    // What is linked on this system is linked on any.
    let here: BTreeSet<String> =
        built_here("normal,no-proc-macro").into_iter().map(|(part, _)| part).collect();
    let missing: Vec<_> = here.difference(&inside).collect();
    assert!(here.len() > 100 && missing.is_empty(), "{missing:?}: {again}");
}

#[test]
fn the_licences_of_the_module_are_those_that_the_program_lacks() {
    let (sections, texts) = listed("python/licences.txt");
    let (of_program, _) = licences();
    let here: BTreeMap<String, String> =
        built_of(MODULE, "normal,no-proc-macro").into_iter().collect();
    let inside = |name: &String| of_program[1].iter().any(|part| part.called == *name);
    let missing: Vec<&String> = here
        .keys()
        .filter(|name| !inside(name) && !sections[0].iter().any(|part| part.called == **name))
        .collect();
    assert!(
        missing.is_empty(),
        "{missing:?}: write the list again: python3 src/assets/licences.py"
    );
    assert!(sections.len() == 1 && !sections[0].is_empty());
    for part in &sections[0] {
        assert!(
            !inside(&part.called)
                && locked().iter().any(|of| part.called == format!("{} {}", of.name, of.version))
        );
        assert!(part.texts.iter().any(|number| texts[number - 1].1 > 600), "{part:?}");
    }
}

#[test]
fn every_part_of_the_program_has_its_texts() {
    let (sections, texts) = licences();
    assert_eq!(sections.len(), 3);
    let mut needed = BTreeSet::new();
    for part in sections[..2].iter().flatten() {
        assert!(!part.texts.is_empty(), "{part:?}");
        for number in &part.texts {
            let (of, _) = &texts[number - 1];
            assert!(
                of.split(", ").any(|of| of == part.called),
                "{part:?} and text {number} of {of}"
            );
            needed.insert(*number);
        }
        // Notices and names of files are shorter than any licence.
        let longest = part.texts.iter().map(|number| texts[number - 1].1).max();
        assert!(longest > Some(600), "{part:?}");
    }
    assert_eq!(needed.len(), texts.len(), "no text belongs to nothing");
    let bundled = ["dotacija", "Inter 4.1 (fonts of charts and pages)"];
    assert!(sections[0].iter().map(|part| &*part.called).take(2).eq(bundled));
    let size = fs::metadata(in_repository("src/assets/licences.txt")).unwrap().len();
    assert!(size < 600_000, "{size} bytes");
}

#[test]
fn the_program_prints_its_licences() {
    let printed = |arguments: &[&str]| {
        let output = dotacija().arg("licences").args(arguments).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty());
        String::from_utf8(output.stdout).unwrap()
    };
    // Whole, and with nothing in it that a terminal would take for an order.
    assert!(printed(&[]) == read("src/assets/licences.txt"));
    let list = printed(&["--list"]);
    assert!(list.contains("\nserde 1.") && list.contains("  MIT OR Apache-2.0"));
    assert!(!list.contains("Permission is hereby granted"));
}
