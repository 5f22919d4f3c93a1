use super::*;
use crate::analysis::shown::assumed_inputs;
use crate::engine::{Options, Prepared, books, simulate};
use crate::report::bracketed::{texts_of, unbracketed};
use std::io::Read;

/// A scenario, what the program says of it, and the parts of its workbook in a language, by name.
fn parts(file: &str, language: Language) -> (Scenario, Vec<String>, Vec<(String, String)>) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(file);
    let opened = crate::scenario::open(&path, &["--draws=8".to_owned()]);
    let scenario = opened.scenario.unwrap();
    let prepared = Prepared::new(&scenario);
    let tally = simulate(&prepared, &Options { threads: 1, ..Options::default() }).unwrap();
    let findings = Findings::new(&prepared, &tally);
    let books = books(&prepared).unwrap();
    let sources = &opened.sources;
    let subject = Subject {
        scenario: &scenario,
        findings: &findings,
        books: &books,
        sources,
        version: "0.1.0",
        language,
    };
    let bytes = render(&subject).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.push((part.name().unwrap().into_owned(), text));
    }
    let told = findings.warnings.iter().map(|warning| warning.message.clone()).collect();
    (scenario, told, parts)
}

fn part<'p>(parts: &'p [(String, String)], name: &str) -> &'p str {
    &parts.iter().find(|(of, _)| of == name).unwrap().1
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// What stands in elements of a name.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let begins = format!("<{name}");
    let texts = xml.split(begins.as_str()).skip(1).filter_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let is_it = tag.is_empty() || tag.starts_with(' ');
        (is_it && !tag.ends_with('/')).then(|| plain(rest.split('<').next().unwrap_or("")))
    });
    texts.collect()
}

/// The values of an attribute.
fn attributes(xml: &str, name: &str) -> Vec<String> {
    let begins = format!(" {name}=\"");
    let values = xml.split(begins.as_str()).skip(1);
    values.map(|rest| plain(rest.split('"').next().unwrap_or(""))).collect()
}

/// The names of all sheets.
fn sheets(parts: &[(String, String)]) -> Vec<String> {
    let workbook = part(parts, "xl/workbook.xml");
    let (_, sheets) = workbook.split_once("<sheets>").unwrap();
    attributes(sheets.split_once("</sheets>").unwrap().0, "name")
}

#[test]
fn no_word_of_a_workbook_stands_in_its_source() {
    for file in ["tiny/tiny.ron", "starter/starter.ron"] {
        let (scenario, told, parts) = parts(file, Language::Bracketed);
        let mut shown = elements(part(&parts, "xl/sharedStrings.xml"), "t");
        assert!(shown.len() > 200, "{}", shown.len());
        for (name, xml) in &parts {
            if name.starts_with("xl/worksheets/sheet") {
                shown.extend(attributes(xml, "errorTitle"));
                shown.extend(attributes(xml, "error"));
            }
        }
        // Data: what the scenario says, what it is made of, and what formulas call things.
        let mut data = texts_of(&scenario);
        data.extend(told);
        data.extend(sheets(&parts));
        data.extend(crate::model::QUANTITIES.iter().map(|known| known.name.to_owned()));
        data.extend(crate::engine::built_in_outcomes().map(|known| known.name.to_owned()));
        data.extend(
            assumed_inputs(&scenario).iter().filter_map(|input| input.distribution.clone()),
        );
        data.extend(scenario.inputs.iter().map(|input| input.text.clone()));
        let words = ["entitlement_last_year", "award_last_year", "dotacija", "EUR"];
        data.extend(words.map(str::to_owned));
        data.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let is_digest =
            |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        // Files that were read, with their digests; messages of the program, which are English.
        let ending = |text: &String| std::path::Path::new(text).extension().map(ToOwned::to_owned);
        let is_file = |text: &String| ending(text).is_some_and(|of| of == "ron" || of == "csv");
        let is_told = |text: &String| {
            let code = text.strip_prefix('D');
            code.is_some_and(|code| code.len() == 4 && code.parse::<u32>().is_ok())
        };
        shown.retain(|text| !is_digest(text) && !is_file(text) && !is_told(text));
        let lines: Vec<String> = shown.iter().map(|text| text.replace('\n', " ")).collect();
        assert_eq!(unbracketed(&lines.join("\n"), &data), Vec::<String>::new(), "{file}");
    }
}

#[test]
fn names_of_sheets_are_those_of_the_language_and_such_as_spreadsheets_take() {
    for language in [Language::English, Language::Latvian] {
        let (_, _, parts) = parts("tiny/tiny.ron", language);
        let sheets = sheets(&parts);
        assert!(sheets.len() > 12, "{sheets:?}");
        for name in &sheets {
            assert!((1..=31).contains(&name.encode_utf16().count()), "{name}");
            assert!(!name.contains([':', '\\', '/', '?', '*', '[', ']']), "{name}");
            assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name}");
            // Cut or numbered would be a name that no reader expects.
            assert!(!name.ends_with(')'), "{name}");
        }
        let settings = match language {
            Language::Latvian => "Iestatījumi",
            _ => "Settings",
        };
        assert_eq!(sheets[1], settings);
    }
}
