//! What must hold of every problem that is told.

use dotacija::problem::{Place, Problem, Record, Sources, codes, render, sort};

/// The longest that one problem may be on a terminal, in bytes.
const LONGEST: usize = 24_000;

/// Places lie in their texts, nothing raw reaches a terminal, and nothing is endless.
pub fn are_sound(problems: &[Problem], sources: &Sources) {
    for problem in problems {
        assert!(codes::title(problem.code).is_some(), "{} is no code", problem.code);
        assert!(!problem.message.trim().is_empty(), "{problem:?}");
        for (place, _) in problem.at.iter().chain(&problem.also) {
            lies_in_its_text(place, sources, problem);
        }
        let record = Record::new(problem, sources);
        for spot in record.at.iter().chain(&record.also) {
            assert!(spot.line.is_some() && spot.column.is_some(), "{problem:?}");
        }
    }
    let shown = render(problems, sources, false);
    assert_eq!(shown.is_empty(), problems.is_empty());
    assert!(shown.len() <= LONGEST * problems.len(), "{} bytes", shown.len());
    if let Some(raw) = shown.chars().find(|letter| acts(*letter)) {
        panic!("{raw:?} reaches the terminal: {problems:?}");
    }
    let mut sorted = problems.to_vec();
    sort(&mut sorted, sources);
    let mut again = sorted.clone();
    sort(&mut again, sources);
    assert_eq!(sorted, again);
}

fn lies_in_its_text(place: &Place, sources: &Sources, problem: &Problem) {
    let text = sources.text(&place.file).unwrap_or_else(|| panic!("no source of {problem:?}"));
    let inside = place.start <= place.end && text.get(place.start..place.end).is_some();
    assert!(inside, "{place:?} in {} bytes: {problem:?}", text.len());
}

/// Whether a character does something to a terminal instead of being shown.
fn acts(letter: char) -> bool {
    letter != '\n' && letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
