//! One HTML file that a budget officer can mail, in one language: no network, readable without its
//! script, the same bytes for the same findings.
//!
//! ```text
//! Findings ─┬─ summary, words     the minister's part: five numbers, a few sentences, two pictures
//!           ├─ policy, risk, …    the officer's
//!           ├─ municipalities     the mayors', one table of which the script shows a part
//!           └─ assumed, evidence, assurance  the researcher's
//! Grid (every text ready) ─► templates (`src/assets/*.html`): words of their own by `say("key")`
//! ```
//! Names come from a scenario and may be hostile: the templates escape all of them, but for the
//! pictures, whose texts the charts escape, and the fonts.

mod assumed;
mod assurance;
mod base64;
mod comparison;
mod evidence;
mod grid;
mod guarantees;
mod municipalities;
mod policy;
mod risk;
mod summary;
mod svg;
mod template;
mod words;

use super::pictures::PictureFile;
use super::written::Written;
use crate::analysis::Findings;
use crate::chart::rollout;
use crate::language::{Language, Message, option};
use crate::model::{Mode, Note, Scenario};
use crate::problem::Sources;
use assumed::RuleView;
use grid::Grid;
use minijinja::Value;
use municipalities::MayorsView;
use serde::Serialize;
use std::collections::BTreeSet;
use words::WordsView;

pub use comparison::{ComparisonPage, comparison};
pub(super) use evidence::quantity;
pub use template::PageError;

/// Name of the file in the folder of a run.
pub const REPORT: &str = "report.html";

/// The most bytes of pictures on a page, so that it stays small enough to mail; the rest is named.
const MOST_PICTURES: usize = 950_000;

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// In which language; the pictures are in the same.
    pub language: Language,
    /// What was assumed.
    pub scenario: &'a Scenario,
    /// What was found.
    pub findings: &'a Findings,
    /// What was drawn.
    pub pictures: &'a [PictureFile],
    /// What was read.
    pub sources: &'a Sources,
    /// Version of the program.
    pub version: &'a str,
}

/// What the template sees.
#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    facts: Vec<(String, String)>,
    mode: Option<ModeView>,
    /// Those that are not waived.
    warnings: Vec<&'a Note>,
    waived: Option<Grid>,
    /// What is found; none where nothing is.
    words: Option<WordsView>,
    big: Option<Grid>,
    clearly: String,
    /// That quantiles are not known to the last digit, where they are not.
    counted: Option<String>,
    /// What is assumed, in short.
    assumed_short: Vec<String>,
    /// Two pictures.
    first_pictures: Vec<Figure<'a>>,
    /// Those of all policies besides.
    common_pictures: Vec<Figure<'a>>,
    more: Option<Grid>,
    points: Option<Grid>,
    cost: Option<Grid>,
    coverage: Option<Grid>,
    policies: Vec<PolicyView<'a>>,
    mayors: Option<MayorsView>,
    observed: Option<Grid>,
    outcomes: Option<Grid>,
    assumed: Vec<Grid>,
    checks: Vec<String>,
    files: Option<Grid>,
    origin: Vec<(String, String)>,
    /// Safe: shapes of the pictures.
    shapes: Value,
}

#[derive(Serialize)]
struct ModeView {
    name: String,
    says: String,
}

#[derive(Serialize)]
struct PolicyView<'a> {
    name: &'a str,
    source: &'a str,
    is_baseline: bool,
    budget: Option<Grid>,
    joint: Option<Grid>,
    books: Option<Grid>,
    commitments: Option<Grid>,
    guarantees: Option<Grid>,
    payers: Option<Grid>,
    figures: Vec<Figure<'a>>,
    /// Shown only when asked for.
    asides: Vec<Figure<'a>>,
    rules: Vec<RuleView>,
}

#[derive(Clone, Serialize)]
struct Figure<'a> {
    path: &'a str,
    title: &'a str,
    alt: &'a str,
    chart: &'static str,
    /// Safe: written by the chart module, which escapes every text in it.
    svg: Value,
    data: Grid,
}

/// Writes the page.
///
/// # Errors
/// [`PageError`], if the template does not fit.
pub fn render(page: &Page<'_>) -> Result<Vec<u8>, PageError> {
    template::filled(REPORT, page.language, &view(page))
}

fn view<'a>(page: &Page<'a>) -> View<'a> {
    let Page { scenario, findings, .. } = *page;
    let written = Written(page.language);
    let about = &findings.about;
    // The first pages show the roll-out, where policies differ in it that of the baseline.
    let is_first = |picture: &PictureFile| {
        let of_baseline =
            picture.policy == Some(scenario.baseline) && picture.chart == rollout::ABOUT.name;
        picture.policy.is_none() || of_baseline
    };
    let (figures, shapes) = figures(page.pictures, is_first, written);
    let of = |wanted: &dyn Fn(&PictureFile) -> bool| -> Vec<Figure<'a>> {
        let chosen = page.pictures.iter().zip(&figures).filter(|(picture, _)| wanted(picture));
        chosen.map(|(_, figure)| figure.clone()).collect()
    };
    let of_policy = |policy: usize, aside: bool| {
        of(&|picture| {
            !is_first(picture) && picture.policy == Some(policy) && picture.is_aside == aside
        })
    };
    let policies = scenario.policies.iter().enumerate().map(|(index, policy)| PolicyView {
        name: &policy.name,
        source: &policy.source,
        is_baseline: index == scenario.baseline && scenario.policies.len() > 1,
        budget: policy::budget(findings, &policy.name, written),
        joint: risk::joint(findings, &policy.name, written),
        books: risk::books(findings, &policy.name, written),
        commitments: risk::commitments(findings, &policy.name, written),
        guarantees: guarantees::totals(findings, &policy.name, written),
        payers: guarantees::payers(findings, &policy.name, written),
        figures: of_policy(index, false),
        asides: of_policy(index, true),
        rules: assumed::rules(scenario, index, written),
    });
    let assumed = [
        assumed::inputs(scenario, written),
        assumed::correlations(scenario, written),
        assumed::levers(scenario, written),
        assumed::costs(scenario, written),
        assumed::world(scenario, written),
    ];
    let mut first_pictures = of(&is_first);
    let common_pictures = first_pictures.split_off(first_pictures.len().min(2));
    View {
        title: &about.title,
        facts: facts(findings, written),
        mode: scenario.network.as_ref().map(|network| mode(network.mode, written)),
        warnings: findings.warnings.iter().filter(|note| !note.is_waived()).collect(),
        waived: assumed::waived(findings, written),
        words: words::words(findings, written),
        big: summary::big_numbers(findings, written),
        clearly: written.words(
            &Message::new("page-clearly")
                .money("sum", about.threshold_eur, &about.currency)
                .share("percent", about.threshold_percent / 100.0),
        ),
        counted: about.is_counted().then(|| written.say("quantiles-counted")),
        assumed_short: assumed_short(scenario, findings, written),
        first_pictures,
        common_pictures,
        more: summary::more_numbers(findings, written),
        points: summary::points_by_year(findings, written),
        cost: summary::cost_by_year(findings, written),
        coverage: summary::coverage_by_year(findings, written),
        policies: policies.collect(),
        mayors: municipalities::municipalities(scenario, findings, written),
        observed: evidence::observed(findings, written),
        outcomes: evidence::outcomes(scenario, findings, written),
        assumed: assumed.into_iter().flatten().collect(),
        checks: assurance::checks(findings, written),
        files: assurance::files(page.sources, written),
        origin: origin(page, written),
        shapes: Value::from_safe_string(shapes),
    }
}

/// Each picture as the page shows it, and the shapes that they share.
fn figures(
    pictures: &[PictureFile],
    is_first: impl Fn(&PictureFile) -> bool,
    written: Written,
) -> (Vec<Figure<'_>>, String) {
    let compact = svg::compact(pictures.iter().map(|picture| &*picture.svg));
    let sizes: Vec<usize> = compact.pictures.iter().map(String::len).collect();
    let left_out = left_out(pictures, &sizes, is_first, compact.shapes.len());
    let figures = pictures.iter().zip(compact.pictures).map(|(picture, svg)| Figure {
        path: &picture.path,
        title: &picture.title,
        alt: &picture.alt,
        chart: picture.chart,
        svg: Value::from_safe_string(if left_out.contains(&*picture.path) {
            String::new()
        } else {
            svg
        }),
        data: Grid::of_picture(&picture.data, written),
    });
    (figures.collect(), compact.shapes)
}

/// Paths of the pictures for which the page has no room: the first pages come first, then what each
/// policy shows, then what is put aside.
fn left_out<'a>(
    pictures: &'a [PictureFile],
    sizes: &[usize],
    is_first: impl Fn(&PictureFile) -> bool,
    used: usize,
) -> BTreeSet<&'a str> {
    let mut order: Vec<(&PictureFile, usize)> =
        pictures.iter().zip(sizes.iter().copied()).collect();
    order.sort_by_key(|(picture, _)| (!is_first(picture), picture.is_aside));
    let mut room = MOST_PICTURES.saturating_sub(used);
    let mut left_out = BTreeSet::new();
    for (picture, size) in order {
        match room.checked_sub(size) {
            Some(rest) => room = rest,
            None => {
                left_out.insert(&*picture.path);
            }
        }
    }
    left_out
}

/// What was run, in a line of facts.
fn facts(findings: &Findings, written: Written) -> Vec<(String, String)> {
    let about = &findings.about;
    let mut facts = vec![(written.say("page-years"), written.years(about.years))];
    if about.municipalities > 0 {
        facts.push((written.say("page-municipalities"), about.municipalities.to_string()));
    }
    if about.points > 0 {
        facts.push((written.say("page-points"), about.points.to_string()));
    }
    if let Some(date) = &about.information_date {
        facts.push((written.say("page-data-as-of"), written.date(date)));
    }
    facts.push((written.say("page-draws"), written.number(about.draws as f64, 0)));
    facts
}

/// The assumptions in a few words.
fn assumed_short(scenario: &Scenario, findings: &Findings, written: Written) -> Vec<String> {
    let drawn = scenario
        .inputs
        .iter()
        .filter(|input| !matches!(input.value, crate::model::InputValue::Computed(_)))
        .count();
    let mut short = Vec::new();
    if drawn > 0 {
        let inputs = Message::new("page-assumed-inputs").count("count", drawn as f64);
        short.push(written.words(&inputs));
    }
    if let Some(date) = &findings.about.information_date {
        let used = Message::new("page-assumed-date").name("date", &written.date(date));
        short.push(written.words(&used));
    }
    short
}

/// What points wait for, in words.
fn mode(mode: Mode, written: Written) -> ModeView {
    let (name, says) = match mode {
        Mode::WhenReady => ("WhenReady", written.say("page-when-ready")),
        Mode::WhenFunded => ("WhenFunded", written.say("page-when-funded")),
    };
    ModeView { name: written.words(&option(name)), says }
}

/// Where the figures come from: enough to make them again.
fn origin(page: &Page<'_>, written: Written) -> Vec<(String, String)> {
    let about = &page.findings.about;
    let mut origin = vec![
        (written.say("page-origin-scenario"), about.scenario.clone()),
        (written.say("page-origin-draws"), written.number(about.draws as f64, 0)),
        (written.say("page-origin-seed"), about.seed.to_string()),
        (written.say("page-origin-plan"), written.words(&option(about.plan))),
        (
            written.say("page-origin-quantiles"),
            match about.quantiles {
                "exact" => written.say("page-quantiles-exact"),
                "second pass" => written.say("page-quantiles-second"),
                _ => written.say("page-quantiles-histogram"),
            },
        ),
        (written.say("page-origin-program"), format!("dotacija {}", page.version)),
    ];
    if !page.sources.files.is_empty() {
        origin.push((written.say("page-origin-digest"), crate::archive::digest_of(page.sources)));
    }
    origin
}

#[cfg(test)]
mod pseudo;
#[cfg(test)]
mod tests;
