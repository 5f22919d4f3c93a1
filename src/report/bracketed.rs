//! For tests: what of a text is no resource. Under [`Language::Bracketed`](crate::language::Language)
//! every text of a resource stands in brackets; what stands outside has to be data.

use crate::model::Scenario;
use std::collections::BTreeSet;

/// Every text that a scenario holds, the longest first.
pub fn texts_of(scenario: &Scenario) -> Vec<String> {
    let shown = format!("{scenario:?}").replace("\\\"", "\u{0}").replace("\\\\", "\\");
    let quoted = shown.split('"').skip(1).step_by(2).map(|text| text.replace('\u{0}', "\""));
    let mut texts: Vec<String> = quoted
        .flat_map(|text| [crate::report::wording::capitalised(&text), text.replace('_', " "), text])
        .filter(|text| text.chars().any(char::is_alphabetic))
        .collect();
    texts.sort_by_key(|text| (std::cmp::Reverse(text.len()), text.clone()));
    texts.dedup();
    texts
}

/// The lines of a text that have words which stand in no bracket and are no data.
pub fn unbracketed(text: &str, data: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 0_u32;
    // A page of a nation has hundred thousands of lines and thousands of texts.
    let known: BTreeSet<&str> = data.iter().map(String::as_str).collect();
    let mut read = BTreeSet::new();
    let listed: Vec<&String> = data.iter().filter(|text| text.contains('[')).collect();
    for line in text.lines() {
        let mut outside = String::new();
        // Brackets of a formula are its own.
        let line =
            listed.iter().fold(line.to_owned(), |line, text| line.replace(text.as_str(), " "));
        for letter in line.chars() {
            match letter {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ if depth == 0 => outside.push(letter),
                _ => {}
            }
        }
        let is_word = |text: &str| text.chars().any(char::is_alphabetic);
        if !is_word(&outside) || known.contains(outside.trim()) || !read.insert(outside.clone()) {
            continue;
        }
        for text in data {
            outside = outside.replace(text.as_str(), " ");
        }
        if is_word(&outside) {
            found.push(format!("{} in {line}", outside.trim()));
        }
    }
    found
}

/// What a reader of a page sees, a line for each element.
pub fn seen(page: &str) -> String {
    let body = page.split_once("</style>").map_or(page, |(_, body)| body);
    let body = body.split_once("<script>").map_or(body, |(body, _)| body);
    let body = body.replace("<wbr>", "");
    let mut text = String::new();
    for part in body.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        for named in ["aria-label=\"", "data-copy=\"", "title=\""] {
            text.extend(tag.split(named).nth(1).and_then(|rest| rest.split('"').next()));
        }
        text.push('\n');
        text.push_str(words);
    }
    for (escaped, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ] {
        text = text.replace(escaped, letter);
    }
    text
}

#[test]
fn a_word_outside_brackets_is_found() {
    let data = ["Cēsis".to_owned()];
    assert_eq!(unbracketed("[all of Cēsis] 12 Cēsis", &data), Vec::<String>::new());
    assert_eq!(unbracketed("[all] of Cēsis\n3", &data), ["of in [all] of Cēsis"]);
    assert_eq!(seen("<style></style><p title=\"[a]\">x &lt; <b>y</b></p>").trim(), "[a]\nx < \ny");
}
