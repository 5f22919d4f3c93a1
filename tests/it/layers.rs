//! The modules keep their order: each names only modules above it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, from the top down; ARCHITECTURE.md lists the same.
const LAYERS: &[&str] = &[
    "problem",
    "units",
    "language",
    "numeric",
    "stats",
    "random",
    "expression",
    "allocation",
    "model",
    "scenario",
    "engine",
    "analysis",
    "archive",
    "chart",
    "report",
    "serve",
    "cli",
];

/// The modules that may touch the world (files, terminal, clock), with what in them does.
const WORLDLY: &[&str] = &[
    "scenario/load.rs",
    "archive/file.rs",
    "report/aside.rs",
    "report/folder",
    "report/run_folder.rs",
    "serve",
    "cli",
];

/// A module that unpacks bytes in memory, for which the standard library has its traits in `std::io`.
const IN_MEMORY: &str = "scenario/table/workbook/package.rs";

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Whether a file is a module that only tests see: its parent declares it behind `cfg(test)`.
fn is_of_tests(path: &Path) -> bool {
    let name = path.file_stem().unwrap().to_str().unwrap();
    let parent = path.parent().unwrap().join("mod.rs");
    let declared = fs::read_to_string(parent).unwrap_or_default();
    let mut lines = declared.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().unwrap_or(&"").trim();
        if line.trim() == "#[cfg(test)]" && next.ends_with(&format!("mod {name};")) {
            return true;
        }
    }
    false
}

/// The code of a file before its tests, without comments; nothing of a file that is all tests.
fn code(path: &Path) -> String {
    if is_of_tests(path) {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let mut kept = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().unwrap_or(&"").trim();
        if line.trim() == "#[cfg(test)]" && next.contains("mod ") && next.ends_with('{') {
            break;
        }
        kept.push(line);
    }
    kept.join("\n")
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every module named after `crate::`, also inside `use crate::{a, b::c}`.
fn named(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in code.split("crate::").skip(1) {
        if let Some(group) = part.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for letter in group.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.push(std::mem::take(&mut name)),
                    _ if depth == 0 => name.push(letter),
                    _ => {}
                }
            }
            names.push(name);
        } else {
            names.push(part.to_owned());
        }
    }
    let word = |name: &String| {
        name.trim()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    names.iter().map(word).collect()
}

#[test]
fn modules_name_only_modules_above_them() {
    let rank: BTreeMap<&str, usize> =
        LAYERS.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let src = root().join("src");
    let mut seen = 0;
    let mut wrong = Vec::new();
    for path in sources(&src) {
        let relative = path.strip_prefix(&src).unwrap().to_path_buf();
        let module = relative.components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
        let Some(own) = rank.get(module.as_str()) else { continue };
        for name in named(&code(&path)) {
            if let Some(other) = rank.get(name.as_str()) {
                seen += 1;
                if other > own {
                    wrong.push(format!("{} names {name}", relative.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 100, "only {seen} names were found: the test no longer reads the sources");
}

#[test]
fn the_list_of_layers_is_that_of_the_crate_and_of_the_document() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: Vec<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(declared, LAYERS);
    let document = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let listed: Vec<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|name| LAYERS.contains(name))
        .collect();
    assert_eq!(listed, LAYERS, "the table of ARCHITECTURE.md lists the layers in their order");
}

#[test]
fn only_the_edges_touch_the_world() {
    let src = root().join("src");
    let worldly = [
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::process",
        "std::time",
        "println!",
        "eprintln!",
    ];
    let mut wrong = Vec::new();
    for path in sources(&src) {
        let relative = path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
        if relative == "main.rs" || WORLDLY.iter().any(|edge| relative.starts_with(edge)) {
            continue;
        }
        for word in worldly {
            let in_memory = relative == IN_MEMORY && word == "std::io";
            if code(&path).contains(word) && !in_memory {
                wrong.push(format!("{relative} uses {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_source_calls_libm() {
    let calls = [
        ".exp()",
        ".exp2()",
        ".ln()",
        ".log2()",
        ".log10()",
        ".powf(",
        ".powi(",
        ".sin()",
        ".cos()",
        ".tan()",
        ".tanh()",
        ".cbrt()",
        ".hypot(",
        ".mul_add(",
        ".exp_m1()",
        ".ln_1p()",
        ".sinh()",
        ".cosh()",
    ];
    let mut wrong = Vec::new();
    for module in
        ["numeric", "stats", "random", "expression", "allocation", "engine", "analysis", "units"]
    {
        for path in sources(&root().join("src").join(module)) {
            let code = code(&path);
            for call in calls {
                if code.contains(call) {
                    wrong.push(format!("{} calls {call}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
