//! What one municipality needs to know on a page: its award under each policy, its own share, who else
//! draws on the pots, and what changes if its points open later or not at all.

mod neighbours;
mod other;
mod seen;

use super::Municipality;
use super::filled::{Filled, Reader};
use crate::engine::{Failure, Prepared, Role, Trace, Wish, trace};
use crate::model::Scenario;
use crate::problem::Sources;
pub use neighbours::{Likeness, Neighbour, inhabitants};
use other::{Opens, changed};
use seen::Seen;

/// A letter to one municipality; money in units of the currency, on the central path.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// Title of the scenario.
    pub scenario: String,
    /// Three-letter code of the currency.
    pub currency: String,
    /// The municipality.
    pub municipality: Municipality,
    /// Calendar year.
    pub year: i32,
    /// First and last year simulated.
    pub years: (i32, i32),
    /// The policy that is taken for what holds now.
    pub now: String,
    /// How many people live there; none where the scenario does not say.
    pub inhabitants: Option<f64>,
    /// Points open over the year, under the policy of now.
    pub open_points: f64,
    /// Every policy and programme.
    pub awards: Vec<LetterAward>,
    /// How the figures of now come about, by programme: name, numbers put in, value.
    pub worksheets: Vec<(String, Vec<WorksheetLine>)>,
    /// The pots of now, by programme.
    pub pots: Vec<LetterPot>,
    /// What changes under now's policy if its points open otherwise.
    pub cases: Vec<Case>,
    /// Municipalities of like size, the largest first, itself among them; empty where sizes are not known.
    pub neighbours: Vec<Neighbour>,
    /// Among whom they were looked for.
    pub likeness: Likeness,
}

/// What a municipality is awarded by a programme of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterAward {
    /// The policy.
    pub policy: String,
    /// The programme; none: all together.
    pub programme: Option<String>,
    /// What is due.
    pub entitlement: f64,
    /// What is granted.
    pub award: f64,
    /// What the programme's purpose costs.
    pub cost: f64,
    /// Points open over the year under this policy.
    pub open_points: f64,
    /// The award below which 5 and 95 of 100 futures lie, where a run says so.
    pub range: Option<(f64, f64)>,
}

/// A line of a worksheet, filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct WorksheetLine {
    /// Its name.
    pub name: String,
    /// The numbers put in.
    pub put_in: Vec<super::Piece>,
    /// The formula, where nothing is put in.
    pub expression: String,
    /// What it gives.
    pub value: f64,
    /// Where it comes from, as written.
    pub note: String,
}

/// A pot and who draws on it.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterPot {
    /// The programme.
    pub programme: String,
    /// What there is to divide; none where there is no pot.
    pub available: Option<f64>,
    /// What is due to all.
    pub due: f64,
    /// What is granted to all.
    pub awarded: f64,
    /// How many municipalities have something due.
    pub claimants: usize,
    /// Those that have most due, the municipality itself left out: name, due, award.
    pub largest: Vec<(String, f64, f64)>,
    /// The municipality's own due and award.
    pub own: (f64, f64),
}

/// The award of now's policy, all programmes, if points open otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What is otherwise.
    pub opens: Opening,
    /// The points that it is about; none: there is nothing to vary.
    pub points: usize,
    /// The award of the year and of all years together, in that case.
    pub award: (f64, f64),
    /// The same as it is.
    pub as_planned: (f64, f64),
    /// What all others are awarded more in that year.
    pub others: f64,
}

/// How points open otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A year later than planned.
    AYearLater,
    /// Not at all.
    Never,
}

/// How many of those who draw on a pot a letter names.
const LARGEST: usize = 3;

/// How many simulations so many letters take.
#[must_use]
pub fn simulations(scenario: &Scenario, letters: usize) -> u64 {
    (1 + scenario.programmes.len() + 2 * letters) as u64
}

/// The letters to some municipalities, in the order given; `done` is called after each of the
/// [`simulations`], or where one is spared.
///
/// # Errors
/// A formula that fails on the central path, as it is or with points that open otherwise.
pub fn letters(
    scenario: &Scenario,
    sources: &Sources,
    (now, year): (usize, i32),
    municipalities: &[usize],
    done: &dyn Fn(),
) -> Result<Vec<Letter>, Failure> {
    let prepared = Prepared::new(scenario).with_every_split();
    let seen = seen::see(&prepared)?;
    done();
    let mut traces: Vec<(Wish, Option<Trace>)> = Vec::new();
    for programme in 0..scenario.programmes.len() {
        let municipalities = municipalities.to_vec();
        let wish = Wish { policy: now, programme, municipalities, year, draw: None };
        let found = trace(&prepared, &wish)?;
        traces.push((wish, found));
        done();
    }
    let mut letters = Vec::new();
    for (place, &municipality) in municipalities.iter().enumerate() {
        let mut cases = Vec::new();
        for (opening, opens) in
            [(Opening::AYearLater, Opens::Later), (Opening::Never, Opens::Never)]
        {
            let (other, points) = changed(scenario, municipality, opens);
            let as_planned = totals(&seen, now, municipality, scenario, year);
            let mut case =
                Case { opens: opening, points, award: as_planned, as_planned, others: 0.0 };
            if points > 0 {
                let prepared = Prepared::new(&other);
                let then = seen::see(&prepared)?;
                case.award = totals(&then, now, municipality, scenario, year);
                let of_others = |seen: &Seen| {
                    let index = (year - scenario.years.first) as usize;
                    seen.awarded(now, index) as f64 / 100.0
                        - totals(seen, now, municipality, scenario, year).0
                };
                case.others = of_others(&then) - of_others(&seen);
            }
            cases.push(case);
            done();
        }
        let mut letter =
            letter(scenario, sources, &seen, &traces, (now, place, municipality), cases);
        neighbours::add(&mut letter, &prepared, &seen, (now, municipality));
        letters.push(letter);
    }
    Ok(letters)
}

fn letter(
    scenario: &Scenario,
    sources: &Sources,
    seen: &Seen,
    traces: &[(Wish, Option<Trace>)],
    (now, place, municipality): (usize, usize, usize),
    cases: Vec<Case>,
) -> Letter {
    let year = traces.first().map_or(scenario.years.first, |(wish, _)| wish.year);
    let at = (year - scenario.years.first) as usize;
    let table = &scenario.municipalities.table;
    let text = |list: &[String]| list.get(municipality).cloned().unwrap_or_default();
    let name = |policy: usize| {
        scenario.policies.get(policy).map_or_else(String::new, |policy| policy.name.clone())
    };
    let mut awards = Vec::new();
    for policy in 0..scenario.policies.len() {
        for (programme, declared) in scenario.programmes.iter().enumerate() {
            let (entitlement, award) = seen.of(policy, programme, at, municipality);
            awards.push(LetterAward {
                policy: name(policy),
                programme: Some(declared.name.clone()),
                entitlement: money(entitlement),
                award: money(award),
                cost: seen.cost(policy, programme, at, municipality),
                open_points: seen.open_points(policy, at, municipality),
                range: None,
            });
        }
        let (due, paid) = seen.all(policy, at, municipality);
        awards.push(LetterAward {
            policy: name(policy),
            programme: None,
            entitlement: money(due),
            award: money(paid),
            cost: seen.eligible(policy, at, municipality),
            open_points: seen.open_points(policy, at, municipality),
            range: None,
        });
    }
    Letter {
        scenario: scenario.title.clone(),
        currency: scenario.currency.clone(),
        municipality: Municipality { code: text(&table.codes), name: text(&table.names) },
        year,
        years: (scenario.years.first, scenario.years.last),
        now: name(now),
        inhabitants: None,
        open_points: seen.open_points(now, at, municipality),
        awards,
        worksheets: worksheets(scenario, sources, traces, (now, place, municipality)),
        pots: pots(scenario, traces, municipality),
        cases,
        neighbours: Vec::new(),
        likeness: Likeness::default(),
    }
}

/// The awards of a policy's programmes in a year, and in all years together.
fn totals(
    seen: &Seen,
    policy: usize,
    municipality: usize,
    scenario: &Scenario,
    year: i32,
) -> (f64, f64) {
    let of = |at: usize| seen.all(policy, at, municipality).1;
    let all: i64 = (0..scenario.years.count()).map(of).sum();
    (money(of((year - scenario.years.first) as usize)), money(all))
}

fn worksheets(
    scenario: &Scenario,
    sources: &Sources,
    traces: &[(Wish, Option<Trace>)],
    (now, place, municipality): (usize, usize, usize),
) -> Vec<(String, Vec<WorksheetLine>)> {
    let mut found = Vec::new();
    for (wish, trace) in traces {
        let Some(trace) = trace else { continue };
        let policy = scenario.policies.get(now);
        let rule = policy.and_then(|policy| policy.rules.get(wish.programme)?.as_ref());
        let programme = scenario.programmes.get(wish.programme);
        let (Some(rule), Some(programme)) = (rule, programme) else { continue };
        let reader = Reader { scenario, sources, wish, place, municipality, trace };
        let line = |(index, line): (usize, &crate::model::Line)| {
            let filled: Filled = reader.filled(Role::Line(index), &line.formula)?;
            Some(WorksheetLine {
                name: line.name.clone(),
                put_in: filled.pieces,
                expression: filled.expression,
                value: filled.value,
                note: line.note.clone(),
            })
        };
        let lines = rule.lines.iter().enumerate().filter_map(line).collect();
        found.push((programme.name.clone(), lines));
    }
    found
}

fn pots(scenario: &Scenario, traces: &[(Wish, Option<Trace>)], own: usize) -> Vec<LetterPot> {
    let mut found = Vec::new();
    for (wish, trace) in traces {
        let (Some(trace), Some(programme)) = (trace, scenario.programmes.get(wish.programme))
        else {
            continue;
        };
        let both = |row: usize| {
            let of = |rows: &[i64]| rows.get(row).copied().unwrap_or(0);
            (of(&trace.entitlement), of(&trace.award))
        };
        let mut others: Vec<usize> =
            (0..trace.entitlement.len()).filter(|row| *row != own && both(*row).0 > 0).collect();
        others.sort_by_key(|row| (std::cmp::Reverse(both(*row).0), *row));
        let claimants = trace.entitlement.iter().filter(|due| **due > 0).count();
        let names = &scenario.municipalities.table.names;
        let largest = others.iter().take(LARGEST).map(|row| {
            let (due, award) = both(*row);
            (names.get(*row).cloned().unwrap_or_default(), money(due), money(award))
        });
        let pot = &trace.recorded.pot;
        found.push(LetterPot {
            programme: programme.name.clone(),
            available: (!pot.open_ended).then_some(money(pot.available)),
            due: money(trace.entitlement.iter().sum()),
            awarded: money(trace.award.iter().sum()),
            claimants,
            largest: largest.collect(),
            own: (money(both(own).0), money(both(own).1)),
        });
    }
    found
}

fn money(cents: i64) -> f64 {
    cents as f64 / 100.0
}
