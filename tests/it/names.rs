//! Names that mean harm, or are 200 letters long: wherever a scenario has a name, in everything that is
//! written they stay names.

use crate::support::{contents, copy_folder, dotacija, in_repository, unpacked};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Elements that have no end.
const VOID: [&str; 7] = ["meta", "link", "input", "br", "wbr", "hr", "img"];

/// What a page is not to obey, nor a sheet, nor a shell; and names without end.
fn names() -> Vec<String> {
    let words = "Ļoti gara nosaukuma pašvaldība ".repeat(7);
    [
        "<script>alert(1)</script>",
        "=1+1",
        "\"",
        "'",
        "&amp;",
        "@SUM(A1:A9)|' onload='x",
        "</title></svg>]]>--><img src=x onerror=\"alert(2)\">",
        words.chars().take(200).collect::<String>().trim(),
        &"Š".repeat(200),
    ]
    .map(str::to_owned)
    .to_vec()
}

/// A text as RON has it, and as a cell of CSV has it.
fn ron(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// What follows the last point of a file's name.
fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// The places of names in the tiny scenario.
const PLACES: [(&str, &str); 14] = [
    ("tiny.ron", "\"flat\""),
    ("tiny.ron", "\"workload\""),
    ("tiny.ron", "\"Tiny: seven points in three municipalities, flat sums against workload\""),
    ("tiny.ron", "\"invented: half of investment, a monthly sum for each point\""),
    ("tiny.ron", "\"invented: new points before renewals; being there before being busy\""),
    ("tiny.ron", "\"EUR/month\""),
    ("tiny.ron", "\"70 % of new points\""),
    ("municipalities.csv", "Alda"),
    ("municipalities.csv", "Birze"),
    ("municipalities.csv", "Ceri"),
    ("municipalities.csv", "East"),
    ("municipalities.csv", "West"),
    ("points.csv", "Avoti"),
    ("points.csv", "Apsi"),
];

/// The tiny scenario in which each place has a name, the next one with each turn.
fn spoilt(folder: &Path, turn: usize) -> (PathBuf, BTreeMap<&'static str, String>) {
    copy_folder(&in_repository("scenarios/tiny"), folder);
    let names = names();
    let mut given = BTreeMap::new();
    for (at, (file, place)) in PLACES.into_iter().enumerate() {
        let name = &names[(at + turn) % names.len()];
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let is_table = ending(file) == "csv";
        let (from, to) = if is_table {
            (format!(",{place},"), format!(",{},", cell(name)))
        } else {
            (place.to_owned(), ron(name))
        };
        assert!(text.contains(&from), "{place} stands in {file}");
        fs::write(&path, text.replace(&from, &to)).unwrap();
        given.insert(if is_table { place } else { place.trim_matches('"') }, name.clone());
    }
    (folder.join("tiny.ron"), given)
}

/// A page taken apart: its elements with the names of their attributes, and its texts.
#[derive(Default)]
struct Page {
    elements: Vec<String>,
    attributes: BTreeSet<String>,
    text: String,
}

/// Reads a page as a browser does; whatever is opened must be closed, in order.
fn read(page: &str, called: &str) -> Page {
    let mut found = Page::default();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        found.text.push_str(&unescaped(&rest[..at]));
        let tag = &rest[at + 1..];
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = &comment[comment.find("-->").expect(called) + 3..];
            continue;
        }
        let end = end_of(tag).expect(called);
        rest = &tag[end + 1..];
        let tag = tag[..end].trim_end_matches('/');
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let opened = open.pop();
            assert_eq!(opened.as_deref(), Some(name.trim()), "{called}: …{}", near(page, rest));
            continue;
        }
        let name: String = tag.chars().take_while(|letter| letter.is_alphanumeric()).collect();
        assert!(!name.is_empty(), "{called}: a raw `<` before {}", near(page, rest));
        for (attribute, value) in attributes(&tag[name.len()..]) {
            found.attributes.insert(attribute);
            found.text.push_str(&format!("\n{}\n", unescaped(&value)));
        }
        let is_raw = ["script", "style"].contains(&name.as_str());
        let closed =
            page.len() - rest.len() >= 2 && page[..page.len() - rest.len()].ends_with("/>");
        if is_raw {
            let end = rest.find(&format!("</{name}>")).expect(called);
            rest = &rest[end + name.len() + 3..];
        } else if !closed && !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        found.elements.push(name);
    }
    assert_eq!(open, Vec::<String>::new(), "{called}");
    found
}

/// Where a tag ends: its `>` outside of quotes.
fn end_of(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(of), letter) if of == letter => quote = None,
            _ => {}
        }
    }
    None
}

/// The names and values of the attributes of a tag.
fn attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace());
        let name = &rest[..end.unwrap_or(rest.len())];
        if name.is_empty() {
            return found;
        }
        rest = &rest[name.len()..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix('=') {
            let quote = quoted.chars().next().filter(|letter| ['"', '\''].contains(letter));
            let quote = quote.expect("a value in quotes");
            value = quoted[1..].split(quote).next().unwrap();
            rest = &quoted[value.len() + 2..];
        }
        found.push((name.to_owned(), value.to_owned()));
    }
}

fn unescaped(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'")];
    let numbered =
        [("&#x27;", "'"), ("&#x2f;", "/"), ("&#47;", "/"), ("&apos;", "'"), ("&nbsp;", "\u{a0}")];
    let text = named
        .into_iter()
        .chain(numbered)
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&")
}

fn near<'a>(page: &'a str, rest: &str) -> &'a str {
    let at = page.len() - rest.len();
    let from =
        (at.saturating_sub(200)..=at).find(|from| page.is_char_boundary(*from)).unwrap_or(at);
    &page[from..at]
}

/// A page runs nothing but its own script, if it has one, and shows these names.
fn holds_page(page: &str, called: &str, scripts: usize, shown: &[&String]) {
    let found = read(page, called);
    let count = |name: &str| found.elements.iter().filter(|element| *element == name).count();
    assert_eq!((count("script"), count("img"), count("iframe")), (scripts, 0, 0), "{called}");
    let obeyed: Vec<&String> =
        found.attributes.iter().filter(|name| name.starts_with("on")).collect();
    assert!(obeyed.is_empty(), "{called}: {obeyed:?}");
    for name in shown {
        assert!(found.text.contains(name.as_str()), "{called} does not show {name}");
    }
}

/// A picture, or a part of a workbook, is XML and runs nothing.
fn holds_picture(svg: &[u8], called: &str) {
    let text = std::str::from_utf8(svg).expect(called);
    let mut reader = Reader::from_str(text);
    let mut depth = 0;
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{called}: {error}"));
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                assert!(!["script", "foreignObject", "image"].contains(&name.as_str()), "{called}");
                for attribute in start.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{called}: {error}"));
                    assert!(!attribute.key.as_ref().starts_with("on"), "{called}");
                }
                depth += i32::from(matches!(event, Event::Start(_)));
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{called}");
}

/// No cell of text is one that a spreadsheet computes.
fn holds_table(bytes: &[u8], called: &str) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    for record in reader.records() {
        for cell in &record.unwrap_or_else(|error| panic!("{called}: {error}")) {
            let computes = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!computes || cell.parse::<f64>().is_ok(), "{called}: {cell}");
        }
    }
}

/// Names are strings in every sheet, and no formula is made of them.
fn holds_workbook(bytes: &[u8], called: &str, shown: &[&String]) {
    let mut strings = String::new();
    for (part, bytes) in unpacked(bytes) {
        if !["xml", "rels"].contains(&ending(&part)) {
            continue;
        }
        holds_picture(&bytes, &format!("{called}: {part}"));
        let text = String::from_utf8(bytes).unwrap();
        for formula in text.split("<f>").skip(1) {
            let formula = formula.split("</f>").next().unwrap();
            for word in ["alert", "1+1", "@SUM", "HYPERLINK"] {
                assert!(!formula.contains(word), "{called}: {part}: {formula}");
            }
        }
        if part.ends_with("sharedStrings.xml") {
            strings = unescaped(&text);
        }
    }
    for name in shown {
        assert!(strings.contains(name.as_str()), "{called} does not show {name}");
    }
}

fn run(arguments: &[&str], folder: &Path) {
    dotacija().args(arguments).current_dir(folder).assert().success();
}

#[test]
fn wherever_a_name_stands_it_stays_a_name_in_everything_that_is_written() {
    for turn in 0..names().len() {
        let place = tempfile::tempdir().unwrap();
        let (scenario, given) = spoilt(&place.path().join("tiny"), turn);
        let scenario = scenario.to_str().unwrap();
        let few = ["--draws", "64", "--quiet", "-o"];
        run(&[&["run", scenario, "--png"][..], &few, &["run"]].concat(), place.path());
        let compared = ["compare", scenario];
        run(&[&compared[..], &few, &["compared"]].concat(), place.path());
        let letters = ["explain", scenario, "--letter", "--all", "--year=2023", "-o", "letters"];
        run(&letters, place.path());

        let municipalities: Vec<&String> = ["Alda", "Birze", "Ceri"].map(|of| &given[of]).to_vec();
        let all: Vec<&String> =
            municipalities.iter().copied().chain([&given["flat"], &given["workload"]]).collect();
        let mut kinds = BTreeMap::new();
        for folder in ["run", "compared", "letters"] {
            for (name, bytes) in contents(&place.path().join(folder)) {
                // Copies of the scenario are as they were.
                if name.starts_with("scenario/") {
                    continue;
                }
                let called = format!("turn {turn}: {folder}/{name}");
                let kind = ending(&name).to_owned();
                match kind.as_str() {
                    "html" => {
                        let page = String::from_utf8(bytes).unwrap();
                        let shown = if folder == "run" { &all[..] } else { &[] };
                        holds_page(&page, &called, usize::from(folder != "letters"), shown);
                    }
                    "svg" => holds_picture(&bytes, &called),
                    "csv" => holds_table(&bytes, &called),
                    "xlsx" => holds_workbook(&bytes, &called, &all),
                    "png" => assert!(bytes.starts_with(b"\x89PNG"), "{called}"),
                    "txt" => {
                        let text = String::from_utf8(bytes).unwrap();
                        let drives = |letter: char| letter.is_control() && letter != '\n';
                        assert!(!text.contains(drives), "{called}");
                    }
                    "md" => {
                        let text = String::from_utf8(bytes).unwrap();
                        assert!(!text.contains("<script") && !text.contains("<img"), "{called}");
                    }
                    "json" => {
                        serde_json::from_slice::<serde_json::Value>(&bytes).expect(&called);
                    }
                    other => panic!("{called}: no test reads {other}"),
                }
                *kinds.entry(kind).or_insert(0) += 1;
            }
        }
        for (kind, least) in [("html", 5), ("svg", 20), ("csv", 8), ("xlsx", 1), ("md", 3)] {
            assert!(kinds.get(kind).is_some_and(|count| *count >= least), "{kind}: {kinds:?}");
        }
    }
}

#[cfg(feature = "serve")]
mod served {
    use super::{holds_page, holds_picture, holds_table, holds_workbook, names, spoilt};
    use dotacija::serve::Server;
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};

    fn asked(address: SocketAddr, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(address).unwrap();
        let head = format!("Host: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(format!("GET {path} HTTP/1.1\r\n{head}").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        assert!(bytes.starts_with(b"HTTP/1.1 200"), "{path}: {}", String::from_utf8_lossy(&bytes));
        bytes.split_off(end + 4)
    }

    #[test]
    fn the_live_page_and_what_it_offers_show_names_as_names() {
        for turn in 0..names().len() {
            let place = tempfile::tempdir().unwrap();
            let (_, given) = spoilt(&place.path().join("tiny"), turn);
            let server = Server::bind(place.path(), 0).unwrap();
            let address = server.address();
            std::thread::spawn(move || server.serve());
            let policies = [&given["flat"], &given["workload"]];
            for path in ["/?lang=en", "/?lang=lv"] {
                let page = String::from_utf8(asked(address, path)).unwrap();
                holds_page(&page, &format!("turn {turn}: {path}"), 1, &policies);
            }
            for language in ["en", "lv"] {
                let path = format!("/view?of=tiny/tiny.ron&draws=64&lang={language}");
                let page = String::from_utf8(asked(address, &path)).unwrap();
                holds_page(&page, &format!("turn {turn}: {path}"), 1, &policies);
                // Every address that the page offers gives what it says.
                let mut count = 0;
                for link in
                    page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap())
                {
                    let link = super::unescaped(link);
                    let path = link.split('?').next().unwrap();
                    let called = format!("turn {turn}: {link}");
                    match path.rsplit('.').next().unwrap() {
                        "csv" => holds_table(&asked(address, &link), &called),
                        "svg" => holds_picture(&asked(address, &link), &called),
                        "xlsx" => holds_workbook(&asked(address, &link), &called, &policies),
                        "png" if turn == 0 => {
                            assert!(asked(address, &link).starts_with(b"\x89PNG"), "{called}");
                        }
                        _ => continue,
                    }
                    count += 1;
                }
                assert!(count > 15, "turn {turn}: {count} files");
            }
        }
    }
}
