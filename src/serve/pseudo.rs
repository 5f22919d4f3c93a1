//! Whether every word of the live pages is a resource: they are rendered in brackets, and what stands
//! outside of them has to be data.

use super::address::Query;
use super::pages;
use super::shelf::Shelf;
use super::simulate::work;
use super::state::State;
use super::workshop::Progress;
use crate::language::{Language, Message};
use crate::report::bracketed::{seen, texts_of, unbracketed};
use std::path::Path;

/// What stands on the pages as it does everywhere: names of commands, files and the program.
const NAMES: [&str; 8] =
    ["dotacija", "CSV", "SVG", "PNG", "XLSX", "EUR", "figures.csv", "workbook.xlsx"];

fn state(shelf: &Shelf, address: &str) -> State {
    let query = Query::read(address).unwrap();
    let state = State::read(&query, shelf).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    State { language: Language::Bracketed, ..state }
}

#[test]
fn no_word_of_the_live_pages_stands_in_its_source() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tiny");
    let shelf = Shelf::new(&folder);
    let entries = shelf.entries();
    let books: Vec<_> = entries.iter().filter_map(|entry| shelf.book(&entry.id)).collect();
    let mut data: Vec<String> = NAMES.map(str::to_owned).into();
    for book in &books {
        data.extend(book.scenario.iter().flat_map(texts_of));
        data.extend([
            book.id.clone(),
            book.name().to_owned(),
            book.counted.clone(),
            book.told.clone(),
        ]);
        data.extend(book.sliders.iter().flat_map(|of| [of.name.clone(), of.unit.clone()]));
    }
    data.extend(pages::TABLES.map(str::to_owned));
    data.sort_by_key(|text| std::cmp::Reverse(text.len()));
    data.retain(|text| !text.is_empty());
    let mut pages = vec![
        pages::home(&books, Language::Bracketed),
        pages::message(&Message::new("serve-failed"), Language::Bracketed),
    ];
    let addresses = [
        "of=tiny.ron&draws=64",
        "of=tiny.ron&draws=64&lever.rate_case=4&pot.maintenance=90",
        "pick=tiny.ron::flat&pick=tiny.ron::workload&draws=64",
    ];
    for address in addresses {
        let state = state(&shelf, address);
        let shown = work(&state, &Progress::default()).unwrap();
        assert!(shown.is_ok(), "{:?}", shown.err());
        data.extend(state.command());
        pages.extend([pages::view(&state, &shown, true), pages::part(&state, &shown)]);
    }
    data.sort_by_key(|text| std::cmp::Reverse(text.len()));
    for page in pages {
        assert!(page.contains('['), "{page}");
        assert_eq!(unbracketed(&seen(&page), &data), Vec::<String>::new());
    }
}
