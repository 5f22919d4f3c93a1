//! A state simulated: the figures of what is picked, who receives more or less, and the pictures.

use super::state::State;
use super::workshop::{Progress, Weighed};
use crate::analysis::comparison::{Contest, Side, compare, on_the_same_draws};
use crate::analysis::{ALL, Findings, Headline, Verdict};
use crate::archive::digest_of;
use crate::engine::{Failure, Options, Prepared, books, simulate};
use crate::language::Language;
use crate::model::Scenario;
use crate::problem::{Problem, Sources, codes, render};
use crate::report::pictures::{self, PictureFile};
use crate::report::workbook::{self, Subject};
use crate::scenario::keep_policies;
use std::sync::atomic::Ordering;

/// What is shown of a state.
#[derive(Debug)]
pub struct Shown {
    /// What is picked, in order.
    pub columns: Vec<Column>,
    /// Who receives more or less under a pick, where that can be said.
    pub receives: Vec<Receives>,
    /// The pictures in each language: to draw them takes next to nothing beside the simulation.
    pictures: Vec<(Language, Vec<PictureFile>)>,
    /// All that was found, of one scenario alone.
    pub findings: Option<Box<Findings>>,
    /// Code of the currency.
    pub currency: String,
}

impl Shown {
    /// The pictures in a language.
    pub fn pictures(&self, language: Language) -> &[PictureFile] {
        let found = self.pictures.iter().find(|(of, _)| *of == language);
        found.map_or(&[], |(_, pictures)| pictures)
    }
}

/// A policy that is picked, with its big numbers.
#[derive(Debug)]
pub struct Column {
    /// What it is called beside the others.
    pub label: String,
    /// Whether it is the baseline of its scenario.
    pub is_baseline: bool,
    /// Whether its points wait for money: then more of it means more points and more claims.
    pub waits_for_money: bool,
    /// Whether its quantiles were counted in bins, so that they are not known to the last digit.
    pub is_counted: bool,
    /// Its big numbers.
    pub headline: Headline,
}

/// Who receives more or less under a policy than under another.
#[derive(Debug)]
pub struct Receives {
    /// What is compared.
    pub label: String,
    /// With what.
    pub against: String,
    /// Whether both are settled at the same pots.
    pub at_same_pots: bool,
    /// The municipalities, those that receive most beyond the other first.
    pub rows: Vec<Received>,
}

/// What one municipality receives beyond the other.
#[derive(Debug)]
pub struct Received {
    /// Its name.
    pub name: String,
    /// Mean of the difference over the draws, all years and programmes together.
    pub mean: f64,
    /// Its Monte Carlo standard error.
    pub mcse: Option<f64>,
    /// What can be said.
    pub verdict: Verdict,
}

/// A result, or why there is none.
pub type Result = std::result::Result<Shown, String>;

/// Bytes of a row of findings, about.
const ROW: usize = 400;

impl Weighed for Result {
    fn bytes(&self) -> usize {
        let Ok(shown) = self else { return ROW };
        let pictures = shown.pictures.iter().flat_map(|(_, pictures)| pictures);
        let pictures = pictures.map(|picture| picture.svg.len() + picture.alt.len());
        let rows = shown.findings.as_ref().map_or(0, |found| {
            found.awards.len() + found.verdicts.len() + found.outcomes.len() + found.network.len()
        });
        let received: usize = shown.receives.iter().map(|of| of.rows.len()).sum();
        pictures.sum::<usize>() + (rows + received) * ROW
    }
}

/// How many rounds of draws a state takes: each scenario one, and where there are several one together.
pub fn rounds(state: &State) -> u64 {
    let books = state.books.len() as u64;
    if books > 1 { books + 1 } else { 1 }
}

/// Simulates a state; nothing where it was stopped.
pub fn work(state: &State, progress: &Progress) -> Option<Result> {
    let found = simulated(state, progress);
    if progress.stop.load(Ordering::Relaxed) { None } else { Some(found) }
}

fn simulated(state: &State, progress: &Progress) -> Result {
    let mut scenarios = Vec::new();
    for index in 0..state.books.len() {
        scenarios.push(opened(state, index)?.0);
    }
    on_the_same_draws(&mut scenarios);
    let currency = scenarios.first().map_or_else(String::new, |of| of.currency.clone());
    let mut shown = Shown {
        columns: Vec::new(),
        receives: Vec::new(),
        pictures: Vec::new(),
        findings: None,
        currency,
    };
    if let [scenario] = &scenarios[..] {
        one(state, scenario, progress, &mut shown)?;
    } else {
        several(state, &scenarios, progress, &mut shown)?;
    }
    Ok(shown)
}

/// A scenario of a state as it is simulated, and the files that it was read from.
fn opened(state: &State, index: usize) -> std::result::Result<(Scenario, Sources), String> {
    let mut settings = state.settings();
    settings.push(format!("--draws={}", state.draws));
    let (mut scenario, sources) = state.books[index].with(&settings)?;
    // The names were found before; that the file changed since is told the next time.
    keep_policies(&mut scenario, &state.policies_of(index)).map_err(|problem| told(&problem))?;
    Ok((scenario, sources))
}

/// The workbook of a state of one scenario, as `run` writes it; nothing where the scenario's files are no
/// longer those of the findings.
pub fn workbook(state: &State, findings: &Findings) -> Option<Vec<u8>> {
    let [book] = &state.books[..] else { return None };
    let (scenario, sources) = opened(state, 0).ok()?;
    if digest_of(&sources) != book.digest {
        return None;
    }
    let books = books(&Prepared::new(&scenario)).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    let subject = Subject {
        scenario: &scenario,
        findings,
        books: &books,
        sources: &sources,
        version,
        language: state.language,
    };
    workbook::render(&subject).ok()
}

/// The policies of one scenario.
fn one(
    state: &State,
    scenario: &Scenario,
    progress: &Progress,
    shown: &mut Shown,
) -> std::result::Result<(), String> {
    let prepared = Prepared::new(scenario);
    let report = |done| progress.done.store(done, Ordering::Relaxed);
    let options = Options { threads: 0, progress: &report, stop: Some(&progress.stop) };
    let tally = simulate(&prepared, &options).map_err(|failure| failed(&failure))?;
    let findings = Findings::new(&prepared, &tally);
    let picked: Vec<usize> = state
        .picks
        .iter()
        .filter_map(|pick| scenario.policies.iter().position(|of| of.name == pick.policy))
        .collect();
    let headlines: Vec<Headline> =
        picked.iter().filter_map(|policy| findings.headlines.get(*policy).cloned()).collect();
    let drawn = Language::ALL.map(|language| {
        let of_all = (headlines.as_slice(), picked.as_slice());
        (language, pictures::of_view(&prepared, &tally, &findings, of_all, language))
    });
    shown.pictures = drawn.into();
    for headline in headlines {
        let (label, is_baseline) = (headline.policy.clone(), headline.is_baseline);
        shown.receives.extend(received(&findings, &headline));
        let waits_for_money = waits_for_money(&findings);
        let is_counted = findings.about.is_counted();
        let column = Column { label, is_baseline, waits_for_money, is_counted, headline };
        shown.columns.push(column);
    }
    shown.findings = Some(Box::new(findings));
    Ok(())
}

fn waits_for_money(findings: &Findings) -> bool {
    findings.about.network_mode == Some("WhenFunded")
}

/// Who receives more or less than under the baseline, at its pots.
fn received(findings: &Findings, headline: &Headline) -> Option<Receives> {
    let against = findings.about.baseline.clone().filter(|_| !headline.is_baseline)?;
    let of = findings.verdicts.iter().filter(|row| {
        row.policy == headline.policy
            && row.pot == "same"
            && row.programme == ALL
            && row.year.is_none()
    });
    let rows = of.filter_map(|row| {
        let (name, mcse, verdict) = (row.name.clone(), row.difference_mcse, row.verdict);
        Some(Received { name: name.to_string(), mean: row.difference_mean?, mcse, verdict })
    });
    Some(Receives {
        label: headline.policy.clone(),
        against,
        at_same_pots: true,
        rows: in_order(rows.collect()),
    })
}

fn in_order(mut rows: Vec<Received>) -> Vec<Received> {
    rows.sort_by(|a, b| b.mean.total_cmp(&a.mean).then_with(|| a.name.cmp(&b.name)));
    rows
}

/// Policies of several scenarios or runs, on the same draws.
fn several(
    state: &State,
    scenarios: &[Scenario],
    progress: &Progress,
    shown: &mut Shown,
) -> std::result::Result<(), String> {
    if scenarios.iter().any(|scenario| scenario.currency != shown.currency) {
        return Err(told(&Problem::error(
            codes::NOTHING_IN_COMMON,
            "the scenarios count in several currencies: sums cannot be compared",
        )));
    }
    let mut columns: Vec<Option<Column>> = state.picks.iter().map(|_| None).collect();
    let mut sides: Vec<Option<Side>> = vec![None; state.picks.len()];
    for (index, scenario) in scenarios.iter().enumerate() {
        let prepared = Prepared::new(scenario);
        let before = index as u64 * state.draws;
        let report = |done| progress.done.store(before + done, Ordering::Relaxed);
        let options = Options { threads: 0, progress: &report, stop: Some(&progress.stop) };
        let tally = simulate(&prepared, &options).map_err(|failure| failed(&failure))?;
        let findings = Findings::new(&prepared, &tally);
        let of_book = state.picks.iter().enumerate().filter(|(_, pick)| pick.book == index);
        for (at, pick) in of_book {
            let policy = scenario.policies.iter().position(|of| of.name == pick.policy);
            let Some(policy) = policy else { continue };
            sides[at] = Some(Side { scenario: index, policy });
            columns[at] = findings.headlines.get(policy).map(|headline| Column {
                label: format!("{}: {}", state.books[index].name(), pick.policy),
                // Each is told against its own baseline, which says nothing of the others here.
                is_baseline: at == 0,
                waits_for_money: waits_for_money(&findings),
                is_counted: findings.about.is_counted(),
                headline: Headline { same_pot: None, own_pot: None, ..headline.clone() },
            });
        }
    }
    let sides: Vec<Side> = sides.into_iter().flatten().collect();
    let contests: Vec<Contest> = match &sides[..] {
        [first, others @ ..] => others
            .iter()
            .filter(|other| have_common(&scenarios[first.scenario], &scenarios[other.scenario]))
            .map(|other| Contest { before: *first, after: *other, same_pots: None })
            .collect(),
        [] => Vec::new(),
    };
    let names: Vec<String> = state.books.iter().map(|book| book.name().to_owned()).collect();
    let before = scenarios.len() as u64 * state.draws;
    let report = |done| progress.done.store(before + done, Ordering::Relaxed);
    let options = Options { threads: 0, progress: &report, stop: Some(&progress.stop) };
    let pairs = if contests.is_empty() {
        Vec::new()
    } else {
        compare(scenarios, &names, &contests, &[], &options)
            .map_err(|(_, failure)| failed(&failure))?
    };
    for pair in &pairs {
        let of = pair.receivers.iter().filter(|row| {
            row.view == "own"
                && row.group == "municipality"
                && row.programme == ALL
                && row.year.is_none()
        });
        let rows = of.filter_map(|row| {
            let (name, mcse, verdict) = (row.name.clone(), row.difference_mcse, row.verdict);
            Some(Received { name, mean: row.difference_mean?, mcse, verdict })
        });
        shown.receives.push(Receives {
            label: format!("{}: {}", pair.after.scenario, pair.after.policy),
            against: format!("{}: {}", pair.before.scenario, pair.before.policy),
            at_same_pots: false,
            rows: in_order(rows.collect()),
        });
    }
    let drawn = Language::ALL.map(|language| {
        let mut pictures = pictures::of_comparison(&pairs, &shown.currency, language);
        pictures.retain(|picture| !picture.is_aside);
        (language, pictures)
    });
    shown.pictures = drawn.into();
    shown.columns = columns.into_iter().flatten().collect();
    Ok(())
}

/// Whether two scenarios share a year and, if they have any, a municipality.
fn have_common(one: &Scenario, other: &Scenario) -> bool {
    let codes = &one.municipalities.table.codes;
    let others = &other.municipalities.table.codes;
    let is_empty = codes.is_empty() && others.is_empty();
    one.years.first <= other.years.last
        && other.years.first <= one.years.last
        && (is_empty || codes.iter().any(|code| others.contains(code)))
}

fn told(problem: &Problem) -> String {
    render(std::slice::from_ref(problem), &Sources::default(), false)
}

/// Why a simulation has no result.
fn failed(failure: &Failure) -> String {
    told(&crate::report::failure::problem(failure))
}
