//! What a search for a lever has found: text, CSV, JSON and a picture.

use super::measured::plain;
use super::table::Table;
use super::{exact, number};
use crate::analysis::solve::{Answer, Measure, Outcome, Reading, Solution, Target, Trial};
use crate::chart::{Caption, Chart, Heading, Response, ResponsePoint, Solved, Unit};
use crate::language::{Language, Message, number as in_language};
use serde::Serialize;

/// What was asked, for whom it is told.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The scenario.
    pub scenario: String,
    /// The policy.
    pub policy: String,
    /// The target as it was written.
    pub target: String,
    /// The lever.
    pub lever: String,
    /// Its unit, as the scenario has it.
    pub unit: String,
    /// Where it stands today.
    pub present: f64,
    /// The range that was searched.
    pub range: [f64; 2],
    /// How many draws decide.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
}

#[derive(Serialize)]
struct Document<'d> {
    #[serde(flatten)]
    question: &'d Question,
    #[serde(flatten)]
    solution: &'d Solution,
    interval: Option<[Option<f64>; 2]>,
}

/// Everything, for programs.
///
/// # Errors
/// It cannot be written as JSON.
pub fn json(question: &Question, solution: &Solution) -> Result<String, serde_json::Error> {
    let interval = solution.answer.map(|answer| <[_; 2]>::from(answer.interval()));
    let text = serde_json::to_string_pretty(&Document { question, solution, interval })?;
    Ok(text + "\n")
}

/// One row a value that was tried and is told.
pub fn csv(solution: &Solution) -> String {
    let mut text = String::from("what,value,draws,estimate,lower,upper,met\n");
    let mut row = |what: &str, trial: &Trial| {
        let Reading { draws, estimate, lower, upper } = trial.reading;
        let cells = [estimate, lower, upper].map(number).join(",");
        text.push_str(&format!("{what},{},{draws},{cells},{}\n", exact(trial.value), trial.met));
    };
    if let Some(answer) = &solution.answer {
        row("last that meets it", &answer.last);
        row("next", &answer.next);
    }
    row("low end", &solution.ends[0]);
    row("high end", &solution.ends[1]);
    solution.grid.iter().for_each(|trial| row("grid", trial));
    solution.curve.iter().for_each(|trial| row("curve", trial));
    text
}

/// A few lines for people.
pub fn text(question: &Question, target: &Target, solution: &Solution) -> String {
    let Question { lever, policy, .. } = question;
    let mut text = format!("{lever} so that {}, under \"{policy}\"\n\n", question.target);
    let with_unit = |value: f64| with_unit(value, &question.unit);
    match (&solution.answer, solution.outcome) {
        (Some(answer), _) => text.push_str(&found(question, target, answer)),
        (None, Outcome::Everywhere) => {
            text.push_str("  met everywhere in the range: the lever does not decide it\n");
        }
        (None, _) => text.push_str("  never met in the range\n"),
    }
    if solution.answer.is_none() {
        for end in &solution.ends {
            let at = measured(target, &end.reading);
            text.push_str(&format!("  at {}: {at}\n", with_unit(end.value)));
        }
    }
    text.push('\n');
    if solution.is_flat {
        text.push_str("  the lever changes nothing of this measure under this policy\n");
    }
    if !solution.is_monotone {
        text.push_str(
            "  the measure rises and falls along the lever: look at the curve (--curve 21)\n",
        );
    }
    for [from, to] in &solution.other_borders {
        let (low, high) = (from.min(*to), from.max(*to));
        text.push_str(&format!(
            "  another border lies between {} and {}: narrow --between to find it\n",
            turned(low),
            turned(high)
        ));
    }
    if !solution.curve.is_empty() {
        let mut table = Table::new(&["lever", "measure", "lower", "upper", "met"]);
        for trial in &solution.curve {
            let Reading { estimate, lower, upper, .. } = trial.reading;
            let [estimate, lower, upper] = [estimate, lower, upper]
                .map(|value| value.map_or("–".to_owned(), |v| shown(target, v)));
            let met = if trial.met { "yes" } else { "no" };
            table.row([turned(trial.value), estimate, lower, upper, met.to_owned()]);
        }
        text.push_str(&table.text());
        text.push('\n');
    }
    text.push_str(&format!(
        "  range {} to {} in steps of {}; {} draws decide, seed {}; {} values tried, {} draws in all\n",
        turned(question.range[0]),
        turned(question.range[1]),
        turned(solution.step),
        super::grouped(Some(question.draws as f64)),
        question.seed,
        solution.tried,
        super::grouped(Some(solution.simulated as f64)),
    ));
    text
}

/// Where the target begins or ceases to be met.
fn found(question: &Question, target: &Target, answer: &Answer) -> String {
    let with_unit = |value: f64| with_unit(value, &question.unit);
    let (low, high) = answer.interval();
    let interval = match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", turned(low), turned(high)),
        (Some(low), None) => format!("{} or more, beyond the range", turned(low)),
        (None, Some(high)) => format!("{} or less, beyond the range", turned(high)),
        (None, None) => "anywhere in the range, and beyond it".to_owned(),
    };
    let sure = answer.sure.map_or_else(
        || "nowhere in the range is it met whatever these draws leave open (95 %)".to_owned(),
        |sure| {
            let side = if answer.is_met_below { "up to" } else { "from" };
            format!("met whatever these draws leave open (95 %): {side} {}", with_unit(sure))
        },
    );
    let side = border(answer);
    format!(
        "  {side} {}  (today {})\n  there {}, at {} {}\n  so many draws leave open {interval}\n  {sure}\n",
        with_unit(answer.last.value),
        turned(question.present),
        measured(target, &answer.last.reading),
        turned(answer.next.value),
        measured(target, &answer.next.reading),
    )
}

fn border(answer: &Answer) -> &'static str {
    if answer.is_met_below { "met up to" } else { "met from" }
}

/// An estimate with its interval.
fn measured(target: &Target, reading: &Reading) -> String {
    let Some(estimate) = reading.estimate else { return "no value in any draw".to_owned() };
    let end = |end: Option<f64>| end.map_or_else(|| "…".to_owned(), |end| shown(target, end));
    format!("{} [{}–{}]", shown(target, estimate), end(reading.lower), end(reading.upper))
}

/// A measure as people read it.
fn shown(target: &Target, value: f64) -> String {
    match target.of.measure {
        Measure::Reserve(_) | Measure::Gap => super::grouped(Some(value)),
        _ if value.abs() >= 10_000.0 => super::grouped(Some(value)),
        _ => number(Some(crate::units::round_half_up(value, 4))),
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    if unit.is_empty() { turned(value) } else { format!("{} {unit}", turned(value)) }
}

/// A value of the lever: exactly, with spaces between thousands where it is large and whole.
fn turned(value: f64) -> String {
    let is_long = value.abs() >= 10_000.0 && value.fract() == 0.0;
    if is_long { super::grouped(Some(value)) } else { exact(value) }
}

/// The curve with the target and the solution.
pub fn picture(
    question: &Question,
    target: &Target,
    currency: &str,
    solution: &Solution,
    language: Language,
) -> String {
    let say = |message: Message| message.in_language(language);
    let (unit, scale) = match target.of.measure {
        Measure::Shortfall => (Unit::Percent, 100.0),
        Measure::Reserve(_) | Measure::Gap => (Unit::Money(currency.to_owned()), 1.0),
        _ => (Unit::Other(String::new()), 1.0),
    };
    let mut trials: Vec<&Trial> = if solution.curve.is_empty() {
        solution.grid.iter().collect()
    } else {
        solution.curve.iter().collect()
    };
    trials.extend(&solution.ends);
    if let Some(answer) = &solution.answer {
        trials.push(&answer.last);
    }
    // Of two trials at a value that on more draws.
    trials.sort_by(|a, b| a.value.total_cmp(&b.value).then(b.reading.draws.cmp(&a.reading.draws)));
    trials.dedup_by(|a, b| a.value == b.value);
    // The sum of a programme's years is counted as its name says.
    let is_sum = question.lever.starts_with("appropriation:");
    let is_money = is_sum || question.unit == currency;
    let lever = if is_sum {
        let programme = plain(&question.lever);
        say(Message::new("picture-solve-appropriation").name("programme", programme))
    } else {
        question.lever.clone()
    };
    let scaled = |value: Option<f64>| value.map_or(f64::NAN, |value| value * scale);
    let points = trials.iter().map(|trial| ResponsePoint {
        value: trial.value,
        estimate: scaled(trial.reading.estimate),
        interval: (scaled(trial.reading.lower), scaled(trial.reading.upper)),
    });
    let solved = solution.answer.as_ref().map(|answer| {
        let (low, high) = answer.interval();
        let border = if answer.is_met_below {
            Message::new("picture-solve-up-to")
        } else {
            Message::new("picture-solve-from")
        };
        let value = answer.last.value;
        let decimals = exact(value).split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let value = if is_money {
            in_language::money(value, decimals, currency, language)
        } else {
            format!("{} {}", in_language::number(value, decimals, language), question.unit)
        };
        let label = say(border.name("value", value.trim_end()));
        let interval = (low.unwrap_or(f64::NAN), high.unwrap_or(f64::NAN));
        Solved { value: answer.last.value, interval, label }
    });
    let chart = Response {
        heading: Heading {
            title: question.target.clone(),
            subtitle: say(Message::new("picture-solve-subtitle").name("lever", &lever)),
            caption: Caption {
                policy: question.policy.clone(),
                draws: Some(question.draws),
                source: say(Message::new("picture-source").name("scenario", &question.scenario)),
                ..Caption::default()
            },
        },
        lever,
        lever_unit: Some(if is_money {
            Unit::Money(currency.to_owned())
        } else {
            Unit::Other(question.unit.clone())
        }),
        unit: Some(unit),
        points: points.collect(),
        target: target.level * scale,
        solution: solved,
    };
    chart.draw(language).svg
}
