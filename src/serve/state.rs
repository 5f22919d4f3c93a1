//! What a page shows: which policies of what, where each lever stands, how many draws. All of it is in
//! the address, so that a link shows the same.

use super::address::{Query, written};
use super::book::Book;
use super::shelf::{PART, Shelf};
use super::turned::Slider;
use crate::archive::digest;
use crate::engine::Size;
use crate::language::{Language, Message};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most policies side by side.
pub const MOST_PICKED: usize = 4;
/// So many draws give the first answer.
pub const FIRST: u64 = 64;
/// As many can be asked for in any case …
const ALWAYS: u64 = 10_000;
/// … and more than these never.
const NEVER_MORE: u64 = 200_000;
/// More memory than this is not taken for an answer, in bytes.
const MOST_MEMORY: u64 = 1 << 30;

/// A policy of a scenario or a run.
#[derive(Clone, Debug)]
pub struct Pick {
    /// The scenario or run, by its place in [`State::books`].
    pub book: usize,
    /// The name of the policy.
    pub policy: String,
}

/// What a page shows.
#[derive(Clone, Debug)]
pub struct State {
    /// The language of the page.
    pub language: Language,
    /// The scenarios and runs, each once.
    pub books: Vec<Arc<Book>>,
    /// What is shown, the first being what the others are beside.
    pub picks: Vec<Pick>,
    /// What is turned, by the name of the slider; only what is not where it stands in the scenario.
    pub turned: BTreeMap<String, f64>,
    /// How many draws.
    pub draws: u64,
}

/// Why an address shows nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// It names nothing of the list.
    Unknown(Message),
    /// It asks for what is not given.
    Wrong(Message),
}

/// The language of an address; English where it names none of ours.
pub fn language(query: &Query) -> Language {
    query.one("lang").and_then(|code| code.parse().ok()).unwrap_or_default()
}

impl State {
    /// Reads an address.
    ///
    /// # Errors
    /// Why it shows nothing.
    pub fn read(query: &Query, shelf: &Shelf) -> Result<Self, Refusal> {
        let mut books: Vec<Arc<Book>> = Vec::new();
        let mut picks: Vec<Pick> = Vec::new();
        let mut place = |id: &str| -> Result<usize, Refusal> {
            if let Some(at) = books.iter().position(|book| book.id == id) {
                return Ok(at);
            }
            let unknown = || Refusal::Unknown(Message::new("serve-unknown").name("name", id));
            books.push(shelf.book(id).ok_or_else(unknown)?);
            Ok(books.len() - 1)
        };
        for text in query.all("pick").take(MOST_PICKED + 1) {
            let (id, policy) = text.split_once(PART).unwrap_or((text, ""));
            let pick = Pick { book: place(id)?, policy: policy.to_owned() };
            if picks.iter().all(|known| (known.book, &known.policy) != (pick.book, &pick.policy)) {
                picks.push(pick);
            }
        }
        if let (true, Some(id)) = (picks.is_empty(), query.one("of")) {
            let book = place(id)?;
            let policies = books[book].scenario.iter().flat_map(|scenario| &scenario.policies);
            let each = policies.map(|policy| Pick { book, policy: policy.name.clone() });
            picks = each.take(MOST_PICKED).collect();
            if picks.is_empty() {
                picks.push(Pick { book, policy: String::new() });
            }
        }
        if picks.is_empty() || picks.len() > MOST_PICKED {
            let most = MOST_PICKED as f64;
            return Err(Refusal::Wrong(Message::new("serve-how-many").count("most", most)));
        }
        for pick in &picks {
            let book = &books[pick.book];
            let Some(scenario) = &book.scenario else {
                let message = Message::new("serve-cannot-run").name("name", &book.id);
                return Err(Refusal::Wrong(message));
            };
            if !scenario.policies.iter().any(|policy| policy.name == pick.policy) {
                let message = Message::new("serve-no-policy").name("name", &book.id);
                return Err(Refusal::Wrong(message.name("policy", &pick.policy)));
            }
        }
        let mut state =
            Self { language: language(query), books, picks, turned: BTreeMap::new(), draws: FIRST };
        state.draws = state.draws.min(state.own_draws()).max(1);
        state.turn(query)?;
        state.count(query)?;
        Ok(state)
    }

    /// Reads where the sliders stand.
    fn turn(&mut self, query: &Query) -> Result<(), Refusal> {
        let mut turned = BTreeMap::new();
        for kind in ["lever.", "pot."] {
            for (of, text) in query.below(kind) {
                let name = format!("{kind}{of}");
                let slider = self.sliders().iter().find(|slider| slider.name == name);
                let Some(slider) = slider else {
                    return Err(Refusal::Wrong(Message::new("serve-no-lever").name("name", of)));
                };
                let Some(value) = slider.read(text) else {
                    let message = Message::new("serve-out-of-range").name("name", of);
                    let (low, high) = slider.range;
                    let message = message.name("low", &low.to_string());
                    return Err(Refusal::Wrong(message.name("high", &high.to_string())));
                };
                if value != slider.present {
                    turned.insert(name, value);
                }
            }
        }
        self.turned = turned;
        Ok(())
    }

    /// Reads the number of draws.
    fn count(&mut self, query: &Query) -> Result<(), Refusal> {
        let Some(text) = query.one("draws") else { return Ok(()) };
        let most = self.most_draws();
        let asked = text.parse::<u64>().ok().filter(|draws| (1..=most).contains(draws));
        let wrong = || Message::new("serve-draws").count("most", most as f64);
        self.draws = asked.ok_or_else(|| Refusal::Wrong(wrong()))?;
        Ok(())
    }

    /// What can be turned: the levers of the scenario, where there is but one.
    pub fn sliders(&self) -> &[Slider] {
        match &self.books[..] {
            [book] => &book.sliders,
            _ => &[],
        }
    }

    /// As many draws as the scenarios have, of which the least counts.
    pub fn own_draws(&self) -> u64 {
        let scenarios = self.books.iter().filter_map(|book| book.scenario.as_ref());
        let own = scenarios.map(|scenario| scenario.run.draws).min();
        own.unwrap_or(FIRST).min(self.most_draws())
    }

    /// The most draws that are simulated: bounded, and as memory allows.
    pub fn most_draws(&self) -> u64 {
        let scenarios = || self.books.iter().filter_map(|book| book.scenario.as_ref());
        let own = scenarios().map(|scenario| scenario.run.draws).max().unwrap_or(ALWAYS);
        let mut most = own.clamp(ALWAYS, NEVER_MORE);
        let fits = |draws| {
            let sizes = scenarios().map(|scenario| Size::of(scenario, draws, 0).bytes);
            sizes.fold(0, u64::saturating_add) <= MOST_MEMORY
        };
        while most > 64 && !fits(most) {
            most /= 2;
        }
        most
    }

    /// What is set in the scenario for it.
    pub fn settings(&self) -> Vec<String> {
        let turned = self.turned.iter().filter_map(|(name, value)| {
            let slider = self.sliders().iter().find(|slider| slider.name == *name)?;
            Some(slider.settings(*value))
        });
        turned.flatten().collect()
    }

    /// The address that shows it, without the path: always the same for the same state.
    pub fn query(&self) -> String {
        self.query_with(self.draws)
    }

    /// The same with another number of draws.
    pub fn query_with(&self, draws: u64) -> String {
        format!("{}&lang={}", self.question(draws), self.language)
    }

    /// The address but for its language: what decides the figures.
    fn question(&self, draws: u64) -> String {
        let mut pairs = self.pick_pairs();
        pairs.extend(self.turned.iter().map(|(name, value)| (name.clone(), value.to_string())));
        pairs.push(("draws".to_owned(), draws.to_string()));
        written(&pairs)
    }

    /// What is picked, as an address has it.
    pub fn pick_pairs(&self) -> Vec<(String, String)> {
        let text = |pick: &Pick| format!("{}{PART}{}", self.books[pick.book].id, pick.policy);
        self.picks.iter().map(|pick| ("pick".to_owned(), text(pick))).collect()
    }

    /// The policies picked of a book.
    pub fn policies_of(&self, book: usize) -> Vec<String> {
        let of = self.picks.iter().filter(|pick| pick.book == book);
        of.map(|pick| pick.policy.clone()).collect()
    }

    /// What tells it from any other state whose result is another: the bytes of the files, and all of the
    /// address but the language, in each of which the result has its pictures.
    pub fn key(&self) -> String {
        // Of a run also what it was run with, which stands in no file of the scenario.
        let of = |book: &Arc<Book>| {
            format!("{} {} {}\n", book.digest, book.id, book.settings.join("\n"))
        };
        let books = self.books.iter().map(of);
        let question = self.question(self.draws);
        digest(format!("{}{question}", books.collect::<String>()).as_bytes())
    }

    /// The command that gives the same figures; of one scenario alone.
    pub fn command(&self) -> Option<String> {
        let [book] = &self.books[..] else { return None };
        let mut words = vec!["dotacija run".to_owned(), shell(&book.file.display().to_string())];
        // Of a run its draws are among its settings, and the last to be set hold.
        let own = book.settings.iter().filter(|setting| !setting.starts_with("--draws="));
        for setting in own.cloned().chain(self.settings()) {
            match setting.split_once('=') {
                Some((option, value)) if option.starts_with("--") => {
                    words.push(format!("{option} {value}"));
                }
                _ => words.push(format!("--set {}", shell(&setting))),
            }
        }
        let of_all = book.scenario.as_ref().map_or(0, |scenario| scenario.policies.len());
        if self.picks.len() < of_all {
            words.extend(self.picks.iter().map(|pick| format!("--policy {}", shell(&pick.policy))));
        }
        words.push(format!("--draws {}", self.draws));
        Some(words.join(" "))
    }
}

/// A word of a command: in quotes where a shell would read anything into it.
fn shell(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/=:,".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
