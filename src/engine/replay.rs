//! The central path, kept line by line.

use super::block::{Simulator, Sink, YearOfBlock};
use super::draws::Block;
use super::prepared::Prepared;
use super::run::Failure;
use super::tally::Reconciliation;

/// One line of a worksheet on the central path.
#[derive(Clone, Debug, PartialEq)]
pub struct LineValue {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Index of the municipality.
    pub municipality: usize,
    /// Calendar year.
    pub year: i32,
    /// Name of the line; `entitlement`, `award` and what is gained from each guarantee stand behind
    /// the worksheet's own.
    pub line: String,
    /// Its value.
    pub value: f64,
}

/// Every worksheet of every policy at its own pots, on the median path (all scores 0).
///
/// # Errors
/// A formula that fails on this path.
pub fn central(prepared: &Prepared<'_>) -> Result<Vec<LineValue>, Failure> {
    let mut recorder = Lines::default();
    walk(Simulator::new(prepared), 1, &mut recorder)?;
    Ok(recorder.lines)
}

/// The median path for a sink, in the first `active` lanes of one block: they are alike but for what is
/// reported in them ([`Prepared::reported`]).
///
/// # Errors
/// A formula that fails on this path.
pub fn median(prepared: &Prepared<'_>, active: usize, sink: &mut impl Sink) -> Result<(), Failure> {
    walk(Simulator::new(prepared), active, sink)?;
    Ok(())
}

/// The books of the median path, which is walked for them if it was not before.
///
/// # Errors
/// A formula that fails on this path.
pub fn median_books<'p>(prepared: &'p Prepared<'p>) -> Result<&'p Reconciliation, Failure> {
    match prepared.median.get() {
        Some(books) => Ok(books),
        None => walk(Simulator::new(prepared), 1, &mut Nothing),
    }
}

/// Takes a simulator along the median path; of one along which no formula fails the books are kept.
pub(super) fn walk<'p>(
    mut simulator: Simulator<'p>,
    active: usize,
    sink: &mut impl Sink,
) -> Result<&'p Reconciliation, Failure> {
    let prepared = simulator.prepared();
    let mut booked = Booked { sink, books: Reconciliation::new(prepared.scenario) };
    simulator.run(Block::Central, active, &mut booked);
    if let Some((_, fault)) = simulator.faults().first() {
        return Err(Failure::Formula { draw: None, fault: Box::new(fault.clone()) });
    }
    Ok(prepared.median.get_or_init(|| booked.books))
}

/// Books of the first lane beside what another sink keeps.
struct Booked<'s, S> {
    sink: &'s mut S,
    books: Reconciliation,
}

impl<S: Sink> Sink for Booked<'_, S> {
    fn weighs_guarantees(&self) -> bool {
        self.sink.weighs_guarantees()
    }

    fn year(&mut self, at: &YearOfBlock<'_>) {
        self.books.year(&YearOfBlock { active: 1, ..*at });
        self.sink.year(at);
    }

    fn block_ends(&mut self, prepared: &Prepared<'_>, active: usize) {
        self.books.block_ends(1);
        self.sink.block_ends(prepared, active);
    }
}

/// Keeps nothing.
struct Nothing;

impl Sink for Nothing {
    fn year(&mut self, _: &YearOfBlock<'_>) {}
    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

#[derive(Default)]
struct Lines {
    lines: Vec<LineValue>,
}

impl Sink for Lines {
    fn weighs_guarantees(&self) -> bool {
        true
    }

    fn year(&mut self, at: &YearOfBlock<'_>) {
        let scenario = at.prepared.scenario;
        for (policy, chosen) in scenario.policies.iter().enumerate() {
            let (path, _) = at.prepared.paths_of(policy);
            for (programme, state) in at.paths[path].programmes.iter().enumerate() {
                let Some(rule) = &chosen.rules[programme] else { continue };
                let gains: Vec<String> = (1..)
                    .zip(&rule.guarantees)
                    .map(|(number, guarantee)| format!("gain_from_{}_{number}", guarantee.name))
                    .collect();
                for municipality in 0..at.prepared.points_of.len() {
                    let worksheet = rule
                        .lines
                        .iter()
                        .zip(&state.lines)
                        .map(|(line, values)| (line.name.as_str(), values[municipality][0]));
                    let settled = [
                        ("entitlement", state.entitlement[municipality][0] as f64 / 100.0),
                        ("award", state.award[municipality][0] as f64 / 100.0),
                    ];
                    let gained = gains.iter().zip(&state.without).map(|(name, without)| {
                        let gain = state.award[municipality][0] - without.award[municipality][0];
                        (name.as_str(), gain as f64 / 100.0)
                    });
                    self.lines.extend(worksheet.chain(settled).chain(gained).map(
                        |(line, value)| LineValue {
                            policy,
                            programme,
                            municipality,
                            year: scenario.years.first + at.year as i32,
                            line: line.to_owned(),
                            value,
                        },
                    ));
                }
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;
    use crate::engine::{Nudge, books};

    #[test]
    fn books_of_the_median_path_are_the_same_whoever_has_walked_it() {
        let scenario = example();
        let fresh = Prepared::new(&scenario);
        let expected = median_books(&fresh).unwrap();
        assert_eq!(expected.draws, 1);
        let walks: [fn(&Prepared<'_>) -> bool; 3] = [
            |prepared| median(prepared, 3, &mut Nothing).is_ok(),
            |prepared| central(prepared).is_ok(),
            |prepared| books(prepared).is_ok(),
        ];
        for walk in walks {
            let prepared = Prepared::new(&scenario);
            assert!(walk(&prepared));
            assert_eq!(prepared.median.get(), Some(expected));
        }
    }

    #[test]
    fn a_world_that_differs_has_books_of_its_own() {
        let scenario = example();
        let walked = Prepared::new(&scenario);
        let books = median_books(&walked).unwrap();
        let later = Nudge { pay: 0.0, delay_months: 2.0 };
        let shifted = walked.clone().shifted(later);
        let fresh = Prepared::new(&scenario).shifted(later);
        assert_eq!(median_books(&shifted).unwrap(), median_books(&fresh).unwrap());
        // Bauska's second point is due in July 2023, and for two months less from September on.
        assert_ne!(median_books(&shifted).unwrap(), books);
        assert_eq!(walked.clone().reporting(Vec::new()).median.get(), None);
        assert_eq!(walked.clone().median.get(), Some(books));
    }
}
