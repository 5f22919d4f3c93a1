//! One HTML file that a budget officer can mail: no network, no script, the same bytes for the same
//! findings.
//!
//! Names come from a scenario and may be hostile: the template escapes all of them, but for the
//! pictures, whose texts the charts escape, and the fonts.

mod assumed;
mod base64;
mod comparison;
mod evidence;
mod grid;
mod guarantees;
mod policy;
mod risk;
mod summary;
mod words;

use super::pictures::PictureFile;
use crate::analysis::Findings;
use crate::chart::font;
use crate::chart::format::{Language, number};
use crate::chart::rollout;
use crate::model::{Mode, Note, Scenario};
use assumed::RuleView;
use base64::base64;
use grid::Grid;

pub use comparison::{ComparisonPage, comparison};
use minijinja::value::Serde;
use minijinja::{Environment, Value};
use serde::Serialize;
use std::collections::BTreeSet;
use words::WordsView;

/// Name of the file in the folder of a run.
pub const REPORT: &str = "report.html";

/// The most bytes of pictures on a page, so that it stays small enough to mail; the rest is named.
const MOST_PICTURES: usize = 1_000_000;

/// The templates; that their names end in `.html` is what makes minijinja escape.
const TEMPLATES: [(&str, &str); 4] = [
    (REPORT, include_str!("../../assets/report.html")),
    ("compare.html", include_str!("../../assets/compare.html")),
    ("parts.html", include_str!("../../assets/parts.html")),
    ("style.html", include_str!("../../assets/style.html")),
];

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// What was assumed.
    pub scenario: &'a Scenario,
    /// What was found.
    pub findings: &'a Findings,
    /// What was drawn.
    pub pictures: &'a [PictureFile],
    /// Digest of the files that were read; may be empty.
    pub digest: &'a str,
    /// Version of the program.
    pub version: &'a str,
}

/// The template does not fit what it is given: a fault of this program.
#[derive(Debug, thiserror::Error)]
#[error("the page could not be written: {0}")]
pub struct PageError(#[from] minijinja::Error);

/// What the template sees.
#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    facts: Vec<(&'static str, String)>,
    mode: Option<ModeView>,
    /// Those that are not waived.
    warnings: Vec<&'a Note>,
    waived: Option<Grid>,
    /// What is found, in every language; none where nothing is.
    words: Vec<WordsView>,
    big: Option<Grid>,
    points: Option<Grid>,
    cost: Option<Grid>,
    coverage: Option<Grid>,
    first_pictures: Vec<Figure<'a>>,
    policies: Vec<PolicyView<'a>>,
    observed: Option<Grid>,
    outcomes: Option<Grid>,
    assumed: Vec<Grid>,
    has_points: bool,
    threshold: String,
    origin: Vec<(&'static str, String)>,
    fonts: Fonts,
}

#[derive(Serialize)]
struct ModeView {
    name: &'static str,
    says: &'static str,
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
    municipalities: Option<Grid>,
    rules: Vec<RuleView>,
}

#[derive(Serialize)]
struct Figure<'a> {
    path: &'a str,
    title: &'a str,
    alt: &'a str,
    chart: &'static str,
    /// Safe: written by the chart module, which escapes every text in it.
    svg: Value,
    data: Grid,
}

#[derive(Serialize)]
struct Fonts {
    regular: Value,
    bold: Value,
}

impl Fonts {
    fn bundled() -> Self {
        Self {
            regular: Value::from_safe_string(base64(font::REGULAR_WOFF2)),
            bold: Value::from_safe_string(base64(font::SEMIBOLD_WOFF2)),
        }
    }
}

/// Writes the page.
///
/// # Errors
/// [`PageError`], if the template does not fit.
pub fn render(page: &Page<'_>) -> Result<Vec<u8>, PageError> {
    written(REPORT, &view(page))
}

/// Fills a template.
fn written(template: &str, view: &impl Serialize) -> Result<Vec<u8>, PageError> {
    let mut environment = Environment::new();
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    let text = environment.get_template(template)?.render(Serde(view))?;
    Ok(text.into_bytes())
}

fn view<'a>(page: &Page<'a>) -> View<'a> {
    let Page { scenario, findings, .. } = *page;
    let about = &findings.about;
    // The first pages show the roll-out, where policies differ in it that of the baseline.
    let is_first = |picture: &PictureFile| {
        let of_baseline =
            picture.policy == Some(scenario.baseline) && picture.chart == rollout::ABOUT.name;
        picture.policy.is_none() || of_baseline
    };
    let left_out = left_out(page.pictures, is_first);
    let shown = |picture: &'a PictureFile| figure(picture, left_out.contains(&*picture.path));
    let (first, others): (Vec<_>, Vec<_>) =
        page.pictures.iter().partition(|picture| is_first(picture));
    let of = |policy: usize, aside: bool| -> Vec<Figure<'a>> {
        let of_policy = others
            .iter()
            .filter(|picture| picture.policy == Some(policy) && picture.is_aside == aside);
        of_policy.map(|picture| shown(picture)).collect()
    };
    let policies = scenario.policies.iter().enumerate().map(|(index, policy)| PolicyView {
        name: &policy.name,
        source: &policy.source,
        is_baseline: index == scenario.baseline && scenario.policies.len() > 1,
        budget: policy::budget(findings, &policy.name),
        joint: risk::joint(findings, &policy.name),
        books: risk::books(findings, &policy.name),
        commitments: risk::commitments(findings, &policy.name),
        guarantees: guarantees::totals(findings, &policy.name),
        payers: guarantees::payers(findings, &policy.name),
        figures: of(index, false),
        asides: of(index, true),
        municipalities: policy::municipalities(findings, &policy.name),
        rules: assumed::rules(scenario, index),
    });
    let assumed = [
        assumed::inputs(scenario),
        assumed::correlations(scenario),
        assumed::levers(scenario),
        assumed::costs(scenario),
        assumed::world(scenario),
    ];
    View {
        title: &about.title,
        facts: facts(findings),
        mode: scenario.network.as_ref().map(|network| mode(network.mode)),
        warnings: findings.warnings.iter().filter(|note| !note.is_waived()).collect(),
        waived: assumed::waived(findings),
        words: words::words(findings),
        big: summary::big_numbers(findings),
        points: summary::points_by_year(findings),
        cost: summary::cost_by_year(findings),
        coverage: summary::coverage_by_year(findings),
        first_pictures: first.into_iter().map(shown).collect(),
        policies: policies.collect(),
        observed: evidence::observed(findings),
        outcomes: evidence::outcomes(scenario, findings),
        assumed: assumed.into_iter().flatten().collect(),
        has_points: about.points > 0,
        threshold: format!(
            "{} {} or {} % of the award under the baseline, whichever is greater",
            about.currency,
            whole(about.threshold_eur),
            about.threshold_percent
        ),
        origin: origin(page),
        fonts: Fonts::bundled(),
    }
}

/// Paths of the pictures for which the page has no room: the first pages come first, then what each
/// policy shows, then what is put aside.
fn left_out(pictures: &[PictureFile], is_first: impl Fn(&PictureFile) -> bool) -> BTreeSet<&str> {
    let mut order: Vec<&PictureFile> = pictures.iter().collect();
    order.sort_by_key(|picture| (!is_first(picture), picture.is_aside));
    let mut room = MOST_PICTURES;
    let mut left_out = BTreeSet::new();
    for picture in order {
        match room.checked_sub(picture.svg.len()) {
            Some(rest) => room = rest,
            None => {
                left_out.insert(&*picture.path);
            }
        }
    }
    left_out
}

fn figure(picture: &PictureFile, left_out: bool) -> Figure<'_> {
    let svg = if left_out { String::new() } else { picture.svg.clone() };
    Figure {
        path: &picture.path,
        title: &picture.title,
        alt: &picture.alt,
        chart: picture.chart,
        svg: Value::from_safe_string(svg),
        data: Grid::of_picture(&picture.data, "the tables of the run"),
    }
}

fn whole(value: f64) -> String {
    number(value, 0, Language::English)
}

/// What was run, in a line of facts.
fn facts(findings: &Findings) -> Vec<(&'static str, String)> {
    let about = &findings.about;
    let (first, last) = about.years;
    let mut facts =
        vec![("Years", if first == last { first.to_string() } else { format!("{first}–{last}") })];
    if about.municipalities > 0 {
        facts.push(("Municipalities", about.municipalities.to_string()));
    }
    if about.points > 0 {
        facts.push(("Service points, planned and open", about.points.to_string()));
    }
    if let Some(date) = &about.information_date {
        facts.push(("Data as of", date.clone()));
    }
    facts.push(("Futures simulated (draws)", whole(about.draws as f64)));
    facts
}

/// What points wait for, in words.
fn mode(mode: Mode) -> ModeView {
    match mode {
        Mode::WhenReady => ModeView {
            name: "WhenReady",
            says: "Every point opens when it is ready, whether or not its investment is granted, and no \
                   municipality stays away because of the cost. So points, load and cost are the same under \
                   every policy; only the money differs.",
        },
        Mode::WhenFunded => ModeView {
            name: "WhenFunded",
            says: "A point opens only after its investment is granted under the policy and it is built, and only \
                   if its municipality joins at the own share that it must expect. So each policy has its own \
                   network, load and cost, on the same futures. How many points open depends on how money is \
                   divided: under a divisible rule (proportional, equal awards, equal losses) any award opens \
                   all the points asked for and the municipality pays the rest, while a ranked competition \
                   pays for whole points in full. That is why policies open different numbers of points.",
        },
    }
}

/// Where the figures come from: enough to make them again.
fn origin(page: &Page<'_>) -> Vec<(&'static str, String)> {
    let about = &page.findings.about;
    let mut origin = vec![
        ("Scenario", about.scenario.clone()),
        ("Draws", whole(about.draws as f64)),
        ("Seed", about.seed.to_string()),
        ("Sampling plan", about.plan.to_owned()),
        (
            "Quantiles",
            match about.quantiles {
                "exact" => "exact".to_owned(),
                "second pass" => "exact, the draws simulated a second time for them".to_owned(),
                _ => "from a histogram, within 0.8 %".to_owned(),
            },
        ),
        ("Program", format!("dotacija {}", page.version)),
    ];
    if !page.digest.is_empty() {
        origin.push(("Digest of the files read", page.digest.to_owned()));
    }
    origin
}

#[cfg(test)]
mod tests;
