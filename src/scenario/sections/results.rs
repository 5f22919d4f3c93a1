//! What a run records: outcomes, facts to compare with, draws, and when a difference counts.

use super::formula::Want;
use super::names::Spot;
use super::precision::precision;
use super::settings::date;
use super::vocabulary::{Vocabulary, callable};
use crate::model::{
    Month, Observed, ObservedAt, Outcome, Plan, QUANTITIES, Quantity, Run, Table, Threshold, Years,
};
use crate::problem::{Place, Problem, codes};
use crate::random::plan::PLANS;
use crate::scenario::decode::{
    Decoder, at_least, did_you_mean, list, named_values, number, one_of_names, placed, quoted,
    text, whole_within, year,
};
use crate::scenario::tree::Node;

/// The most draws of one run.
const MOST_DRAWS: i64 = 1_000_000_000;

/// What a run is where nothing is written.
pub const USUAL_RUN: Run =
    Run { draws: 10_000, seed: 1, plan: Plan::Random, precision: None, quantiles_of: None };

/// Reads the declared outcomes.
pub fn outcomes(door: &mut Decoder, node: &Node, words: &Vocabulary) -> Option<Vec<Outcome>> {
    let want = Want { spot: Spot::Outcome, ..Want::WORLD }.municipal();
    let wanted = "a map, written `{\"cost_per_case\": \"maintenance_cost / load\"}`";
    let read: Vec<Option<Outcome>> = named_values(door, node, wanted)?
        .into_iter()
        .map(|(name, place, node)| {
            let called = callable(door, &name, &place, "an outcome");
            let formula = words.number(door, node, &format!("outcomes.{name}"), want)?;
            called.map(|()| Outcome { name, formula })
        })
        .collect();
    read.into_iter().collect()
}

/// Reads the facts; those outside the years are told as warnings.
pub fn observed(door: &mut Decoder, node: &Node, years: Years) -> Option<Vec<Observed>> {
    list(|door: &mut Decoder, node: &Node| fact(door, node, years))(door, node)
}

fn fact(door: &mut Decoder, node: &Node, years: Years) -> Option<Observed> {
    let mut fields = door.fields(node, "an observed value")?;
    let what = fields.required("what", quantity);
    let on = fields.optional("on", placed(date));
    let of_year = fields.optional("year", placed(year));
    let value = fields.required("value", number);
    let source = fields.or("source", text, String::new());
    fields.at_most_one(&["on", "year"]);
    if matches!((&on, &of_year), (Some(None), Some(None))) {
        let _ = fields.required("year", |_, _| Some(()));
    }
    fields.finish();
    let what = what?;
    let (at, place) = match (on?, of_year?) {
        (Some((date, place)), None) => (ObservedAt::FirstOf(Month(date.month_index())), place),
        (None, Some((year, place))) => (ObservedAt::Year(year), place),
        // Told already.
        (Some(_), Some(_)) | (None, None) => return None,
    };
    let in_year =
        match at {
            ObservedAt::FirstOf(month) => {
                if !matches!(what, Quantity::OpenPoints | Quantity::OpenPointsAtYearEnd) {
                    let message = format!("`{}` belongs to a year, not to a day", what.doc().name);
                    let problem = Problem::error(codes::CONFLICT, message).at(&place, "");
                    let year = month.year();
                    return door.refuse(problem.help(format!(
                        "write `year: {year}`; only points open are counted on a day"
                    )));
                }
                month.year()
            }
            ObservedAt::Year(year) => year,
        };
    if !(years.first..=years.last).contains(&in_year) {
        let message = format!(
            "`{}` was observed in {in_year}, outside {} to {}",
            what.doc().name,
            years.first,
            years.last
        );
        let problem = Problem::warning(codes::OUTSIDE_YEARS, message).at(&place, "");
        door.tell(
            problem
                .note("it is compared with nothing")
                .help(format!("remove it, or let `years` take in {in_year}")),
        );
    }
    Some(Observed { what, at, value: value?, source: source? })
}

fn quantity(door: &mut Decoder, node: &Node) -> Option<Quantity> {
    let name = text(door, node)?;
    let found = Quantity::by_name(&name);
    if found.is_none() {
        let message = format!("{} is not a simulated quantity", quoted(&name));
        let problem = Problem::error(codes::UNKNOWN_NAME, message).at(&node.place, "");
        let known: Vec<&str> = QUANTITIES.iter().map(|doc| doc.name).collect();
        door.tell(did_you_mean(problem, &name, &known));
    }
    found
}

/// Reads from when on a difference counts.
pub fn verdict(door: &mut Decoder, node: &Node) -> Option<Threshold> {
    let usual = Threshold::default();
    let mut fields = door.fields(node, "the verdict")?;
    let euro = fields.or("euro", at_least(0.0), usual.euro);
    let percent = fields.or("percent", at_least(0.0), usual.percent);
    fields.finish();
    Some(Threshold { euro: euro?, percent: percent? })
}

/// Reads draws, seed, plan and precision; [`quantiles_of`] is read when municipalities are known.
pub fn run(door: &mut Decoder, node: &Node) -> Option<Run> {
    let mut fields = door.fields(node, "the run")?;
    let draws = fields.or("draws", whole_within(1, MOST_DRAWS), USUAL_RUN.draws as i64);
    let seed = fields.or("seed", whole_within(0, i64::MAX), USUAL_RUN.seed as i64);
    let plans = PLANS.map(|entry| (entry.plan.name(), entry.plan));
    let plan = fields.or("plan", placed_or(one_of_names(&plans)), (USUAL_RUN.plan, None));
    let precision = fields.optional("precision", |door, node| {
        let precision = precision(door, node, MOST_DRAWS)?;
        Some((precision, node.head()))
    });
    fields.at_most_one(&["draws", "precision"]);
    let _ = fields.give("quantiles_of");
    fields.finish();
    let (plan, place) = plan?;
    if let (Some((_, precision)), Some(place)) = (precision.as_ref()?, place)
        && plan.depends_on_draws()
    {
        let message =
            format!("a precision cannot be looked for under the plan {}", quoted(plan.name()));
        let problem = Problem::error(codes::UNSTEADY_PLAN, message)
            .at(&place, "")
            .also(precision, "looked for here")
            .note("another number of draws would change every draw, so none could be kept from look to look");
        return door
            .refuse(problem.help(
                "write `plan: Sobol` or `plan: Random`, or `draws` in place of `precision`",
            ));
    }
    let precision = precision?.map(|(precision, _)| precision);
    let draws = match &precision {
        Some(precision) => precision.looks().last().copied()?,
        None => draws? as u64,
    };
    Some(Run { draws, seed: seed? as u64, plan, precision, quantiles_of: None })
}

/// Reads of which municipalities quantiles are kept: their indices, rising.
pub fn quantiles_of(door: &mut Decoder, node: &Node, table: &Table) -> Option<Vec<u32>> {
    let mut named = list(|door: &mut Decoder, node: &Node| {
        let code = text(door, node)?;
        let row = table.row(&code);
        if row.is_none() {
            let message = format!("no municipality has the code {}", quoted(&code));
            let problem = Problem::error(codes::UNKNOWN_CODE, message).at(&node.place, "");
            let by_name = table.names.iter().position(|name| *name == code);
            door.tell(match by_name.and_then(|row| table.codes.get(row)) {
                Some(meant) => problem.help(format!("write its code: {}", quoted(meant))),
                None => problem.help(format!("write codes of {}", table.file)),
            });
        }
        Some(row? as u32)
    })(door, node)?;
    named.sort_unstable();
    named.dedup();
    Some(named)
}

/// What a reader reads, with its place where it is written.
fn placed_or<T>(
    read: impl Fn(&mut Decoder, &Node) -> Option<T>,
) -> impl Fn(&mut Decoder, &Node) -> Option<(T, Option<Place>)> {
    move |door, node| Some((read(door, node)?, Some(node.place.clone())))
}
