//! A target as typed, and what it means in a scenario.

use super::target::{MEASURES, MeasureDoc, Measured, Of, Subject, Target};
use crate::analysis::ALL;
use crate::engine::{OutcomePlan, Prepared, Scope, Source as Figure};
use crate::expression::{Argument, Call, Fault, Given, call, condition};
use crate::model::Scenario;
use crate::problem::{Problem, Source, codes};
use crate::scenario::{did_you_mean, quoted, spoken};
use std::ops::Range;

/// What places of a target name as their file.
pub const TARGET: &str = "--target";

/// Reads a target.
///
/// # Errors
/// All that is wrong with it, with places in the source, whose name is [`TARGET`].
pub fn read(source: &Source, scenario: &Scenario) -> Result<Target, Vec<Problem>> {
    let text = &*source.text;
    let condition = condition(text).map_err(|fault| unreadable(source, fault))?;
    let of = meaning(source, scenario, &condition.call)?;
    let (sign, level) = (condition.sign, condition.number);
    Ok(Target { text: text.trim().to_owned(), of, sign, level })
}

/// Reads a measure that is compared with nothing.
///
/// # Errors
/// All that is wrong with it, with places in the source.
pub fn read_measure(source: &Source, scenario: &Scenario) -> Result<Measured, Vec<Problem>> {
    let call = call(&source.text).map_err(|fault| unreadable(source, fault))?;
    meaning(source, scenario, &call)
}

fn unreadable(source: &Source, fault: Fault) -> Vec<Problem> {
    let mut problem = Problem::error(codes::TARGET, fault.message)
        .at(&source.place(fault.range), "")
        .note(written());
    problem.help = fault.help;
    vec![problem]
}

/// What a call measures.
fn meaning(source: &Source, scenario: &Scenario, call: &Call) -> Result<Measured, Vec<Problem>> {
    let known: Vec<&str> = MEASURES.iter().map(|doc| doc.name).collect();
    let Some(doc) = MEASURES.iter().find(|doc| doc.name == call.name) else {
        let message = format!("{} is not a measure of a target", quoted(&call.name));
        let problem =
            Problem::error(codes::UNKNOWN_NAME, message).at(&source.place(call.place.clone()), "");
        return Err(vec![did_you_mean(problem, &call.name, &known).note(written())]);
    };
    let mut reader = Reader { source, scenario, doc, problems: Vec::new() };
    match reader.arguments(call) {
        Some((subject, year)) if reader.problems.is_empty() => {
            Ok(Measured { measure: doc.measure, subject, year })
        }
        _ => Err(reader.problems),
    }
}

/// What measures there are, for a note.
fn written() -> String {
    let names: Vec<String> = MEASURES
        .iter()
        .map(|doc| match doc.of {
            Of::Programme => format!("{}(programme, year)", doc.name),
            Of::Outcome => format!("{}(outcome, year)", doc.name),
            Of::Coverage => format!("{}(year)", doc.name),
        })
        .collect();
    format!("measures: {}; without the year over all years", names.join(", "))
}

struct Reader<'r> {
    source: &'r Source,
    scenario: &'r Scenario,
    doc: &'static MeasureDoc,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn tell(&mut self, code: &'static str, message: String, place: &Range<usize>) -> &mut Problem {
        let problem = Problem::error(code, message).at(&self.source.place(place.clone()), "");
        let last = self.problems.len();
        self.problems.push(problem);
        &mut self.problems[last]
    }

    fn arguments(&mut self, call: &Call) -> Option<(Subject, Option<usize>)> {
        let name = self.doc.name;
        let mut arguments = call.arguments.iter();
        let subject = match self.doc.of {
            Of::Coverage => Some(Subject::Outcome(Figure::Coverage)),
            of => {
                let what = if of == Of::Programme { "a programme" } else { "an outcome" };
                match arguments.next() {
                    Some(Argument { given: Given::Text(text), place }) => self.subject(text, place),
                    Some(Argument { place, .. }) => {
                        let message = format!("{name} is of {what}, and this is a number");
                        self.tell(codes::TARGET, message, place).help =
                            Some(format!("write {what} in quotes first, then the year"));
                        None
                    }
                    None => {
                        let known = self.known();
                        let first = known.first().map_or("", String::as_str);
                        let message = format!("of which of the scenario's figures is {name}?");
                        self.tell(codes::TARGET, message, &call.place).help =
                            Some(format!("write {what} in quotes, such as {name}('{first}')"));
                        None
                    }
                }
            }
        };
        let year = arguments.next().map(|argument| self.year(argument));
        if let Some(extra) = arguments.next() {
            let message = format!("{name} has no more to be told than this");
            self.tell(codes::TARGET, message, &extra.place).help =
                Some("leave it out; a target is about one year, or about all".to_owned());
        }
        match year {
            None => Some((subject?, None)),
            Some(year) => Some((subject?, Some(year?))),
        }
    }

    /// The names that the measure may be of.
    fn known(&self) -> Vec<String> {
        if self.doc.of == Of::Programme {
            let programmes = self.scenario.programmes.iter().map(|known| known.name.clone());
            return programmes.chain([ALL.to_owned()]).collect();
        }
        outcomes(self.scenario).into_iter().map(|(name, _)| name).collect()
    }

    fn subject(&mut self, text: &str, place: &Range<usize>) -> Option<Subject> {
        if self.doc.of == Of::Programme {
            let programmes = &self.scenario.programmes;
            if let Some(index) = programmes.iter().position(|known| known.name == text) {
                return Some(Subject::Programme(index));
            }
            if text == ALL {
                return Some(Subject::Programme(programmes.len()));
            }
        } else if let Some((_, source)) =
            outcomes(self.scenario).into_iter().find(|(name, _)| name == text)
        {
            return Some(Subject::Outcome(source));
        }
        let what = if self.doc.of == Of::Programme { "a programme" } else { "an outcome" };
        let known = self.known();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let message = format!("{} is not {what} of this scenario", quoted(text));
        let problem =
            Problem::error(codes::UNKNOWN_NAME, message).at(&self.source.place(place.clone()), "");
        let problem = did_you_mean(problem, text, &known);
        let listed: Vec<String> = known.iter().map(|name| quoted(name)).collect();
        self.problems.push(problem.note(format!("there are {}", listed.join(", "))));
        None
    }

    fn year(&mut self, argument: &Argument) -> Option<usize> {
        let years = self.scenario.years;
        let range = format!("write a year from {} to {}, or none", years.first, years.last);
        match &argument.given {
            Given::Number(value) => {
                let found = years.iter().position(|year| f64::from(year) == *value);
                if found.is_none() {
                    let message = format!("{} is not a simulated year", plain(*value));
                    self.tell(codes::OUT_OF_RANGE, message, &argument.place).help = Some(range);
                }
                found
            }
            Given::Text(text) => {
                let message = format!("{} stands where a year should", quoted(text));
                self.tell(codes::TARGET, message, &argument.place).help = Some(range);
                None
            }
        }
    }
}

/// A year as it was written: no thousands apart.
fn plain(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e9 { format!("{value}") } else { spoken(value) }
}

/// The outcomes of the nation by name.
fn outcomes(scenario: &Scenario) -> Vec<(String, Figure)> {
    let plan = OutcomePlan::new(&Prepared::new(scenario));
    let national = plan.recorded.into_iter().filter(|recorded| recorded.scope == Scope::Nation);
    national.map(|recorded| (recorded.name, recorded.source)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;
    use crate::analysis::solve::target::Measure;
    use crate::expression::Sign;

    fn source(text: &str) -> Source {
        Source { name: TARGET.into(), text: text.into(), bytes: text.as_bytes().into() }
    }

    fn target(text: &str) -> Result<Target, Vec<Problem>> {
        read(&source(text), &example())
    }

    #[test]
    fn programmes_outcomes_and_years_are_found_by_name() {
        let found = target("p_shortfall('maintenance', 2023) <= 0.05").unwrap();
        assert_eq!((found.of.measure, found.of.year), (Measure::Shortfall, Some(1)));
        assert_eq!((found.of.subject, found.sign), (Subject::Programme(1), Sign::AtMost));
        let all = target("reserve95(\"all\") < 1_000").unwrap();
        assert_eq!(
            (all.of.subject, all.of.year, all.level),
            (Subject::Programme(2), None, 1_000.0)
        );
        let award = target("mean('award', 2022) >= 3e6").unwrap();
        assert_eq!(award.of.subject, Subject::Outcome(Figure::Award));
        let coverage = target("coverage(2022) >= 0.5").unwrap();
        assert_eq!((coverage.of.measure, coverage.of.year), (Measure::Mean, Some(0)));
    }

    #[test]
    fn every_wrong_part_is_told_at_once_with_its_place() {
        let text = "p_shortfall('maintenence', 2024) <= 0.05";
        let problems = target(text).unwrap_err();
        let told: Vec<(&str, &str)> = problems
            .iter()
            .map(|problem| {
                let (place, _) = problem.at.as_ref().unwrap();
                (problem.code, &text[place.start..place.end])
            })
            .collect();
        assert_eq!(told, [(codes::UNKNOWN_NAME, "'maintenence'"), (codes::OUT_OF_RANGE, "2024")]);
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `maintenance`?"));
        let listed = problems[0].note.as_deref().unwrap();
        assert_eq!(listed, "there are `investment`, `maintenance`, `all`");
        assert_eq!(problems[1].help.as_deref(), Some("write a year from 2022 to 2023, or none"));
    }

    #[test]
    fn an_unknown_measure_is_answered_with_the_nearest_and_with_all() {
        let problem = &target("p_shortfal('maintenance') <= 0.05").unwrap_err()[0];
        assert_eq!(problem.help.as_deref(), Some("did you mean `p_shortfall`?"));
        assert!(problem.note.as_deref().unwrap().contains("reserve95(programme, year)"));
    }

    #[test]
    fn a_measure_is_read_as_in_a_target_and_compared_with_nothing() {
        let measure = |text: &str| read_measure(&source(text), &example());
        let compared = target("gap('maintenance', 2023) <= 5").unwrap();
        assert_eq!(measure("gap('maintenance', 2023)").unwrap(), compared.of);
        assert_eq!(measure("coverage(2023) >= 0.5").unwrap_err()[0].code, codes::TARGET);
        assert_eq!(measure("gap('maintenence')").unwrap_err()[0].code, codes::UNKNOWN_NAME);
    }

    #[test]
    fn what_is_no_target_is_told_as_such() {
        for text in [
            "",
            "mean() >= 1",
            "mean(2022) >= 1",
            "mean('award', '2022') >= 1",
            "mean('award') = 1",
        ] {
            assert_eq!(target(text).unwrap_err()[0].code, codes::TARGET, "{text}");
        }
        let extra = &target("coverage(2022, 2023) >= 1").unwrap_err()[0];
        assert_eq!(extra.code, codes::TARGET);
    }
}
