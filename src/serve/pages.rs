//! The pages: what the templates are given. Names come from scenarios and may be hostile; the templates
//! escape all of them, but for the pictures, whose texts the charts escape.

use super::address::{encoded, written};
use super::book::Book;
use super::figures::{self, Row};
use super::shelf::PART;
use super::simulate::{Receives, Shown};
use super::state::{MOST_PICKED, State};
use super::turned::{Slider, Turns};
use super::words::{verdict, words};
use crate::language::number::{money, number};
use crate::language::{Language, Message};
use crate::model::Years;
use crate::report::folded;
use crate::report::pictures::PictureFile;
use minijinja::value::Serde;
use minijinja::{Environment, Value};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The templates; that their names end in `.html` is what makes minijinja escape.
const TEMPLATES: [(&str, &str); 6] = [
    ("frame.html", include_str!("../assets/serve/frame.html")),
    ("home.html", include_str!("../assets/serve/home.html")),
    ("view.html", include_str!("../assets/serve/view.html")),
    ("part.html", include_str!("../assets/serve/part.html")),
    ("message.html", include_str!("../assets/serve/message.html")),
    ("tables.html", include_str!("../assets/serve/tables.html")),
];
/// Of those that receive more and less so many are shown each; the tables have all.
const MOST_NAMED: usize = 6;
/// The most rows of a picture's table.
const MOST_ROWS: usize = 150;

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.add_filter("folded", |text: &str| Value::from_safe_string(folded(text)));
    for (name, text) in TEMPLATES {
        // A test renders each, so that none is left out.
        let _ = environment.add_template(name, text);
    }
    environment
});

/// What every page has.
#[derive(Serialize)]
struct Frame {
    lang: &'static str,
    w: BTreeMap<&'static str, String>,
    title: String,
    /// The same page in the other language.
    other: String,
}

impl Frame {
    fn new(language: Language, title: String, other: String) -> Self {
        Self { lang: language.code(), w: words(language), title, other }
    }
}

fn other(language: Language) -> Language {
    if language == Language::Latvian { Language::English } else { Language::Latvian }
}

fn written_out(template: &str, view: &impl Serialize) -> String {
    let rendered = ENVIRONMENT.get_template(template).and_then(|of| of.render(Serde(view)));
    #[cfg(test)]
    assert!(rendered.is_ok(), "{:?}", rendered.err());
    rendered.unwrap_or_default()
}

#[derive(Serialize)]
struct Home {
    #[serde(flatten)]
    frame: Frame,
    scenarios: Vec<BookView>,
    runs: Vec<BookView>,
    most: usize,
}

#[derive(Serialize)]
struct BookView {
    id: String,
    title: String,
    query: String,
    years: String,
    draws: String,
    can_run: bool,
    policies: Vec<(String, String)>,
    counted: String,
    told: String,
}

/// The list of scenarios and runs.
pub fn home(books: &[Arc<Book>], language: Language) -> String {
    let (runs, scenarios): (Vec<&Arc<Book>>, Vec<&Arc<Book>>) =
        books.iter().partition(|book| book.is_run);
    let view = |books: Vec<&Arc<Book>>| books.into_iter().map(|of| book(of, language)).collect();
    let title = Message::new("serve-home").in_language(language);
    written_out(
        "home.html",
        &Home {
            frame: Frame::new(language, title, format!("/?lang={}", other(language))),
            scenarios: view(scenarios),
            runs: view(runs),
            most: MOST_PICKED,
        },
    )
}

fn book(book: &Book, language: Language) -> BookView {
    let scenario = book.scenario.as_ref();
    let pick = |name: &String| (name.clone(), format!("{}{PART}{name}", book.id));
    let policies = scenario.map_or_else(Vec::new, |scenario| {
        scenario.policies.iter().map(|policy| pick(&policy.name)).collect()
    });
    BookView {
        id: book.id.clone(),
        title: scenario.map_or_else(String::new, |scenario| scenario.title.clone()),
        query: format!("of={}&lang={language}", encoded(&book.id)),
        years: scenario.map_or_else(String::new, |of| span(of.years, language)),
        draws: scenario.map_or_else(String::new, |of| drawn(of.run.draws, language)),
        can_run: scenario.is_some(),
        policies,
        counted: book.counted.clone(),
        told: book.told.clone(),
    }
}

/// The years of a scenario in words.
fn span(years: Years, language: Language) -> String {
    let Years { first, last, .. } = years;
    let words = if first == last {
        Message::new("serve-one-year").year("year", first)
    } else {
        Message::new("serve-span").year("first", first).year("last", last)
    };
    words.in_language(language)
}

fn drawn(draws: u64, language: Language) -> String {
    Message::new("serve-drawn").count("draws", draws as f64).in_language(language)
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    frame: Frame,
    books: Vec<(String, String)>,
    sliders: Vec<SliderView>,
    hidden: Vec<(String, String)>,
    reset: String,
    /// Whether the script goes on to more draws by itself: where the address names no number.
    goes_on: bool,
    #[serde(flatten)]
    part: Part<'a>,
}

#[derive(Serialize)]
struct SliderView {
    name: String,
    label: String,
    value: String,
    present: String,
    low: String,
    high: String,
    step: String,
    /// Its unit and range, or what it stands for.
    hint: String,
    /// That it moves nothing of what is shown, where that is known.
    idle: Option<String>,
}

/// What is found, as the page shows it and as the script puts in its place.
#[derive(Serialize)]
struct Part<'a> {
    query: String,
    drawn: String,
    draws: u64,
    own: u64,
    further: Option<String>,
    columns: Vec<(&'a str, bool)>,
    /// That quantiles are not known to the last digit, where they are not.
    counted: Option<String>,
    rows: Vec<Row>,
    receives: Vec<ReceivesView>,
    pictures: Vec<PictureView<'a>>,
    tables: Vec<&'static str>,
    has_workbook: bool,
    command: Option<String>,
    failed: Option<&'a str>,
}

#[derive(Serialize)]
struct ReceivesView {
    says: String,
    halves: Vec<(String, Vec<[String; 4]>)>,
}

#[derive(Serialize)]
struct PictureView<'a> {
    stem: &'a str,
    title: &'a str,
    alt: &'a str,
    /// Safe: written by the chart module, which escapes every text in it.
    svg: Value,
    columns: &'a [String],
    rows: &'a [Vec<String>],
}

/// The tables of one scenario's findings, as `run` writes them.
pub const TABLES: [&str; 8] = [
    "awards.csv",
    "budget.csv",
    "verdicts.csv",
    "outcomes.csv",
    "network.csv",
    "reconciliation.csv",
    "commitments.csv",
    "guarantees.csv",
];

/// The whole page of a state.
pub fn view(state: &State, shown: &Result<Shown, String>, goes_on: bool) -> String {
    let language = state.language;
    let title = match &state.books[..] {
        [book] => book.scenario.as_ref().map_or_else(String::new, |of| of.title.clone()),
        _ => Message::new("serve-figures").in_language(language),
    };
    let books = state.books.iter().map(|book| {
        let years = book.scenario.as_ref().map(|of| span(of.years, language));
        (book.id.clone(), years.unwrap_or_default())
    });
    let mut hidden = state.pick_pairs();
    hidden.push(("lang".to_owned(), language.code().to_owned()));
    let turned = State { language: other(language), ..state.clone() };
    written_out(
        "view.html",
        &Whole {
            frame: Frame::new(language, title, format!("/view?{}", turned.query())),
            books: books.collect(),
            sliders: state.sliders().iter().map(|of| slider(of, state)).collect(),
            reset: format!("/view?{}", written(&hidden)),
            hidden,
            goes_on,
            part: part_of(state, shown),
        },
    )
}

/// What of the page changes when a lever is moved.
pub fn part(state: &State, shown: &Result<Shown, String>) -> String {
    #[derive(Serialize)]
    struct Alone<'a> {
        #[serde(flatten)]
        frame: Frame,
        #[serde(flatten)]
        part: Part<'a>,
    }
    let frame = Frame::new(state.language, String::new(), String::new());
    written_out("part.html", &Alone { frame, part: part_of(state, shown) })
}

fn slider(slider: &Slider, state: &State) -> SliderView {
    let language = state.language;
    let value = state.turned.get(&slider.name).copied().unwrap_or(slider.present);
    let scenario = state.books.first().and_then(|book| book.scenario.as_ref());
    let shown: Vec<&str> = state.picks.iter().map(|pick| pick.policy.as_str()).collect();
    let is_idle = scenario.is_some_and(|scenario| slider.is_idle(scenario, &shown));
    let (low, high) = slider.range;
    let (label, hint) = match &slider.turns {
        Turns::Lever => {
            let hint = Message::new("serve-between")
                .name("low", &plain(low, language))
                .name("high", &plain(high, language))
                .name("unit", &slider.unit);
            (slider.of.clone(), hint.in_language(language))
        }
        Turns::Pots(pots) => {
            let currency = scenario.map(|scenario| &scenario.currency);
            let sums = pots.first().map(|(_, years)| years.as_slice()).unwrap_or_default();
            let total: f64 = sums.iter().map(|(_, sum)| sum).sum();
            let total = money(total, 0, currency.map_or("", String::as_str), language);
            let label = Message::new("serve-pot").name("programme", &slider.of);
            let hint = Message::new("serve-of-today").name("sum", &total);
            (label.in_language(language), hint.in_language(language))
        }
    };
    SliderView {
        name: slider.name.clone(),
        label,
        value: value.to_string(),
        present: slider.present.to_string(),
        low: low.to_string(),
        high: high.to_string(),
        step: slider.step.to_string(),
        hint,
        idle: is_idle.then(|| language.say("serve-idle")),
    }
}

/// A number with no more decimals than it has.
fn plain(value: f64, language: Language) -> String {
    let written = value.to_string();
    let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    number(value, decimals.min(6), language)
}

fn part_of<'a>(state: &State, shown: &'a Result<Shown, String>) -> Part<'a> {
    let language = state.language;
    let own = state.own_draws();
    let mut part = Part {
        query: state.query(),
        drawn: drawn(state.draws, language),
        draws: state.draws,
        own,
        further: (state.draws < own).then(|| format!("/view?{}", state.query_with(own))),
        columns: Vec::new(),
        counted: None,
        rows: Vec::new(),
        receives: Vec::new(),
        pictures: Vec::new(),
        tables: Vec::new(),
        has_workbook: false,
        command: state.command(),
        failed: None,
    };
    let shown = match shown {
        Ok(shown) => shown,
        Err(told) => {
            part.failed = Some(told);
            return part;
        }
    };
    part.columns =
        shown.columns.iter().map(|column| (column.label.as_str(), column.is_baseline)).collect();
    let is_counted = shown.columns.iter().any(|column| column.is_counted);
    part.counted = is_counted.then(|| language.say("quantiles-counted"));
    part.rows = figures::rows(shown, language);
    let receives = shown.receives.iter();
    part.receives = receives.map(|of| receivers(of, &shown.currency, language)).collect();
    part.pictures = shown.pictures(language).iter().map(picture).collect();
    if let Some(findings) = &shown.findings {
        let is_written = |name: &&str| match *name {
            "reconciliation.csv" => !findings.reconciliation.is_empty(),
            "commitments.csv" => !findings.commitments.is_empty(),
            "guarantees.csv" => !findings.guarantees.is_empty(),
            _ => true,
        };
        part.tables = TABLES.into_iter().filter(is_written).collect();
        part.has_workbook = true;
    }
    part
}

fn receivers(of: &Receives, currency: &str, language: Language) -> ReceivesView {
    let says = if of.at_same_pots {
        Message::new("serve-receives-same")
    } else {
        Message::new("serve-receives-own")
    };
    let says = says.name("label", &of.label).name("against", &of.against);
    let sum = |value: f64| money(value, 0, currency, language);
    let row = |row: &super::simulate::Received| {
        let error = row.mcse.map_or_else(String::new, |mcse| {
            let words = Message::new("serve-give-or-take").name("error", &sum(1.96 * mcse));
            words.in_language(language)
        });
        let sign = if row.mean > 0.0 { "+" } else { "" };
        let mean = format!("{sign}{}", sum(row.mean));
        [row.name.clone(), mean, error, verdict(row.verdict, language)]
    };
    let more = of.rows.iter().filter(|row| row.mean > 0.0).take(MOST_NAMED).map(row);
    let less = of.rows.iter().rev().filter(|row| row.mean < 0.0).take(MOST_NAMED).map(row);
    let halves = [
        (Message::new("serve-most-more").in_language(language), more.collect::<Vec<_>>()),
        (Message::new("serve-most-less").in_language(language), less.collect()),
    ];
    ReceivesView {
        says: says.in_language(language),
        halves: halves.into_iter().filter(|(_, rows)| !rows.is_empty()).collect(),
    }
}

/// The name of a picture in an address.
pub fn stem(picture: &PictureFile) -> &str {
    let file = picture.path.rsplit('/').next().unwrap_or_default();
    file.strip_suffix(".svg").unwrap_or(file)
}

fn picture(picture: &PictureFile) -> PictureView<'_> {
    let rows = &picture.data.rows;
    PictureView {
        stem: stem(picture),
        title: &picture.title,
        alt: &picture.alt,
        svg: Value::from_safe_string(picture.svg.clone()),
        columns: &picture.data.columns,
        rows: &rows[..rows.len().min(MOST_ROWS)],
    }
}

/// A page that says why nothing is shown.
pub fn message(message: &Message, language: Language) -> String {
    #[derive(Serialize)]
    struct View {
        #[serde(flatten)]
        frame: Frame,
        says: String,
    }
    let title = Message::new("serve-refused").in_language(language);
    let frame = Frame::new(language, title, String::new());
    written_out("message.html", &View { frame, says: message.in_language(language) })
}

/// The style of the pages: that of the reports, with fonts from this site, and what they have beyond it.
pub fn style() -> String {
    const OF_REPORTS: &str = include_str!("../assets/style.html");
    let own = include_str!("../assets/serve/serve.css");
    let is_kept = |line: &&str| !line.starts_with('<') && !line.starts_with("@font-face");
    let kept: Vec<&str> = OF_REPORTS.lines().filter(is_kept).collect();
    format!("{}\n{own}", kept.join("\n"))
}
