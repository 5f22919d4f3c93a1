//! The central path as books: of every policy, programme and year what its formulas read and gave.

use super::Recorded;
use super::recorder::LANE;
use crate::engine::block::{Simulator, Sink, YearOfBlock};
use crate::engine::prepared::Prepared;
use crate::engine::replay::walk;
use crate::engine::run::Failure;

/// One programme of one policy in one year of the central path.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the policy whose formulas were evaluated: the same, or one with the very same rules and
    /// pots that is simulated for both.
    pub simulated: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Calendar year.
    pub year: i32,
    /// What the settlement noted, of every municipality.
    pub recorded: Recorded,
    /// What is due by municipality, cents.
    pub entitlement: Vec<i64>,
    /// What is granted by municipality, cents.
    pub award: Vec<i64>,
    /// What is left of the pot, cents.
    pub unspent: i64,
}

/// The books of every policy at its own pots on the median path (all scores 0), by policy, programme and
/// year; none of a programme for which a policy has no rule.
///
/// # Errors
/// A formula that fails on this path.
pub fn books(prepared: &Prepared<'_>) -> Result<Vec<Book>, Failure> {
    let mut keeper = Keeper::default();
    walk(Simulator::new(prepared).keeping_books(), 1, &mut keeper)?;
    keeper.books.sort_by_key(|book| (book.policy, book.programme, book.year));
    Ok(keeper.books)
}

#[derive(Default)]
struct Keeper {
    books: Vec<Book>,
}

impl Sink for Keeper {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let scenario = at.prepared.scenario;
        for (policy, chosen) in scenario.policies.iter().enumerate() {
            let (path, _) = at.prepared.paths_of(policy);
            let Some(view) = at.paths.get(path) else { continue };
            let simulated = at.prepared.paths.all.get(path).map_or(policy, |plan| plan.policy);
            let with_rules = view.programmes.iter().zip(&chosen.rules).enumerate();
            for (programme, (state, rule)) in with_rules {
                let (Some(_), Some(recorded)) = (rule, state.recorded()) else { continue };
                let first = |rows: &[[i64; crate::numeric::LANES]]| -> Vec<i64> {
                    rows.iter().map(|row| row[LANE]).collect()
                };
                self.books.push(Book {
                    policy,
                    simulated,
                    programme,
                    year: scenario.years.first + at.year as i32,
                    recorded: recorded.clone(),
                    entitlement: first(&state.entitlement),
                    award: first(&state.award),
                    unspent: state.unspent[LANE],
                });
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}
