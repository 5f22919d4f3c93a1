//! The page of a comparison or a bridge: the big numbers, what matched, the pictures and the tables.

mod tables;

use super::grid::Grid;
use super::{Figure, PageError, figures, template};
use crate::analysis::comparison::{Bridge, Compared, Named, NoSamePots};
use crate::language::{Language, Message};
use crate::report::comparison::called;
use crate::report::pictures::{PictureFile, bridge_notes, bridge_part};
use crate::report::written::Written;
use crate::stats::QuantileMethod;
use minijinja::Value;
use serde::Serialize;
use tables::{alone, big, by_year, matched, outcomes, receivers, steps_by_programme, verdicts};

/// What the page of a comparison is made of.
#[derive(Clone, Copy, Debug)]
pub struct ComparisonPage<'a> {
    /// In which language; the pictures are in the same.
    pub language: Language,
    /// What was compared.
    pub pairs: &'a [Compared],
    /// Of each pair the lines that say in what the two differ.
    pub differs: &'a [Vec<String>],
    /// A change taken apart.
    pub bridge: Option<&'a Bridge>,
    /// What was drawn.
    pub pictures: &'a [PictureFile],
    /// Code of the currency.
    pub currency: &'a str,
    /// Seed of the draws.
    pub seed: u64,
    /// Version of the program.
    pub version: &'a str,
}

#[derive(Serialize)]
struct View<'a> {
    title: String,
    facts: Vec<(String, String)>,
    notes: Vec<String>,
    bridge: Option<BridgeView<'a>>,
    side_by_side: Vec<Figure<'a>>,
    pairs: Vec<PairView<'a>>,
    tables: &'static str,
    origin: Vec<(String, String)>,
    /// Safe: shapes of the pictures.
    shapes: Value,
}

#[derive(Serialize)]
struct BridgeView<'a> {
    figures: Vec<Figure<'a>>,
    grids: Vec<Grid>,
    same: String,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct PairView<'a> {
    title: String,
    notes: Vec<String>,
    big: Grid,
    /// That quantiles are not known to the last digit, where they are not.
    counted: Option<String>,
    figures: Vec<Figure<'a>>,
    asides: Vec<Figure<'a>>,
    verdicts: Grid,
    threshold: String,
    groups: Option<Grid>,
    municipalities: Option<Grid>,
    years: Option<Grid>,
    outcomes: Option<Grid>,
    matched: Grid,
    alone: Option<Grid>,
    differs: Vec<&'a str>,
}

/// Writes the page of a comparison.
///
/// # Errors
/// [`PageError`], if the template does not fit.
pub fn comparison(page: &ComparisonPage<'_>) -> Result<Vec<u8>, PageError> {
    template::filled("compare.html", page.language, &view(page))
}

fn view<'a>(page: &ComparisonPage<'a>) -> View<'a> {
    let ComparisonPage { pairs, bridge, pictures, .. } = *page;
    let written = Written(page.language);
    let (shown, shapes) = figures(pictures, |picture| picture.policy.is_none(), written);
    let of = |pair: Option<usize>, aside: bool| -> Vec<Figure<'a>> {
        let these = pictures.iter().zip(&shown);
        let these = these.filter(|(found, _)| (found.policy, found.is_aside) == (pair, aside));
        these.map(|(_, figure)| figure.clone()).collect()
    };
    let title = match (bridge, pairs) {
        (Some(bridge), _) => title(&bridge.before, &bridge.after, written),
        (_, [one]) => title(&one.before, &one.after, written),
        _ => written.say("compare-title"),
    };
    let (years, draws) = match (bridge, pairs) {
        (Some(bridge), _) => (span(&bridge.years, written), bridge.draws),
        (_, [one, ..]) => (span(&one.years, written), one.draws),
        _ => (String::new(), 0),
    };
    let drawn = written.number(draws as f64, 0);
    View {
        title,
        facts: vec![
            (written.say("page-years"), years),
            (written.say("page-draws"), drawn.clone()),
            (written.say("compare-currency"), page.currency.to_owned()),
        ],
        notes: pairs.iter().filter_map(|pair| other_years(pair, written)).collect(),
        bridge: bridge.map(|bridge| BridgeView {
            figures: of(None, false),
            grids: steps_by_programme(bridge, page.currency, written),
            same: same(bridge, written),
            notes: bridge_notes(bridge, written),
        }),
        side_by_side: if bridge.is_some() { Vec::new() } else { of(None, false) },
        pairs: pairs
            .iter()
            .enumerate()
            .map(|(index, pair)| {
                let differs = page.differs.get(index).map_or(&[][..], Vec::as_slice);
                let shown = (of(Some(index), false), of(Some(index), true));
                of_pair(pair, page.currency, shown, differs, written)
            })
            .collect(),
        tables: if bridge.is_some() { "bridge.csv" } else { "compare.csv" },
        origin: vec![
            (written.say("page-origin-draws"), drawn),
            (written.say("page-origin-seed"), page.seed.to_string()),
            (written.say("page-origin-program"), format!("dotacija {}", page.version)),
        ],
        shapes: Value::from_safe_string(shapes),
    }
}

/// What is compared with what.
fn title(before: &Named, after: &Named, written: Written) -> String {
    let (one, other) = called(before, after);
    let message = if before.scenario == after.scenario {
        Message::new("compare-title-scenario").name("shared", &before.scenario)
    } else if before.policy == after.policy {
        Message::new("compare-title-policy").name("shared", &before.policy)
    } else {
        Message::new("compare-title-plain")
    };
    written.words(&message.name("one", &one).name("other", &other))
}

/// The years in words.
fn span(years: &[i32], written: Written) -> String {
    match years {
        [] => written.say("compare-no-years"),
        [first, .., last] => written.years((*first, *last)),
        [one] => written.years((*one, *one)),
    }
}

/// That the years of the two differ.
fn other_years(pair: &Compared, written: Written) -> Option<String> {
    let [first, second] = &pair.spans;
    (first != second).then(|| {
        let message = Message::new("compare-years-differ")
            .name("first", &span(first, written))
            .name("second", &span(second, written))
            .name("both", &span(&pair.years, written));
        written.words(&message)
    })
}

fn same(bridge: &Bridge, written: Written) -> String {
    if bridge.same.is_empty() {
        return String::new();
    }
    let names: Vec<String> = bridge.same.iter().map(|name| bridge_part(name, written)).collect();
    written.words(&Message::new("compare-parts-same").name("names", &names.join(", ")))
}

fn of_pair<'a>(
    pair: &'a Compared,
    currency: &str,
    (figures, asides): (Vec<Figure<'a>>, Vec<Figure<'a>>),
    differs: &'a [String],
    written: Written,
) -> PairView<'a> {
    let mut notes = Vec::new();
    if pair.changes_nothing {
        notes.push(written.say("compare-nothing"));
    }
    notes.extend(pair.no_same_pots.map(|why| match why {
        NoSamePots::NotPut => written.say("compare-pots-not-put"),
        NoSamePots::OtherMeaning => written.say("compare-pots-mean-otherwise"),
    }));
    let counted = pair.quantiles == QuantileMethod::Histogram.name();
    let view = if pair.no_same_pots.is_none() { 1 } else { 2 };
    PairView {
        title: title(&pair.before, &pair.after, written),
        notes,
        big: big(pair, currency, written),
        counted: counted.then(|| written.say("quantiles-counted")),
        figures,
        asides,
        verdicts: verdicts(pair, written),
        threshold: written.words(
            &Message::new("compare-threshold")
                .money("sum", pair.threshold_eur, currency)
                .share("percent", pair.threshold_percent / 100.0),
        ),
        groups: receivers(pair, view, false, (currency, written)),
        municipalities: receivers(pair, view, true, (currency, written)),
        years: by_year(pair, currency, written),
        outcomes: outcomes(pair, written),
        matched: matched(&pair.matched, written),
        alone: alone(pair, currency, written),
        differs: differs.iter().map(|line| line.trim()).collect(),
    }
}
