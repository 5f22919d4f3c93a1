//! What becomes of every cent of an appropriation: the books of a programme in a year.
//!
//! Only sums over the draws are kept, of whole cents, so that means can be printed which add up.

use super::money::{NOTHING, add, cents, minus};
use super::stored::Taking;
use crate::engine::block::YearOfBlock;
use crate::engine::settlement::{Money, ProgrammeState};
use crate::model::Scenario;
use crate::numeric::LANES;
use crate::stats::at_most;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// More top slices and classes than this no scenario has.
const MOST_SUMS: usize = 1 << 12;

/// Above all that there can be in a draw (2⁶²) and below what an `i64` holds.
const MOST_CENTS: u128 = 3 << 61;

/// The books of a programme in a year, cents, for a block of draws. In every draw
/// appropriation + carried in = top slices + parts + unspent, and entitlement = parts + shortfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Books {
    /// The sum of the law; without a pot what is used centrally and paid.
    pub appropriation: Money,
    /// What the year before has left.
    pub carried_in: Money,
    /// What is left of the pot.
    pub unspent: Money,
    /// What is due and not granted.
    pub shortfall: Money,
    /// What is used centrally, by top slice.
    pub top_slices: Vec<Money>,
    /// What is granted: what is paid first, where the rule protects a guarantee, then class by class.
    pub parts: Vec<Money>,
}

/// Sums of [`Books`] over draws, cents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookSums {
    /// The sum of the law.
    pub appropriation: i128,
    /// What the year before has left.
    pub carried_in: i128,
    /// What is left of the pot.
    pub unspent: i128,
    /// What is due and not granted.
    pub shortfall: i128,
    /// By top slice.
    #[serde(deserialize_with = "at_most::<_, _, MOST_SUMS>")]
    pub top_slices: Vec<i128>,
    /// What is paid first, then class by class.
    #[serde(deserialize_with = "at_most::<_, _, MOST_SUMS>")]
    pub parts: Vec<i128>,
}

/// The sums of every policy, programme and year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciliation {
    programmes: usize,
    years: usize,
    /// Draws recorded.
    pub draws: u64,
    /// `[policy][programme][year]`
    books: Vec<BookSums>,
}

impl Books {
    /// The books of a programme that is settled.
    #[must_use]
    pub fn of(state: &ProgrammeState) -> Self {
        let (mut paid, mut due) = (NOTHING, NOTHING);
        for (entitlement, award) in state.entitlement.iter().zip(&state.award) {
            add(&mut due, entitlement);
            add(&mut paid, award);
        }
        let mut taken = NOTHING;
        for slice in &state.top_slices {
            add(&mut taken, slice);
        }
        let mut shortfall = NOTHING;
        minus(&due, &paid, &mut shortfall);
        let (mut appropriation, mut carried_in) = (NOTHING, NOTHING);
        if state.open_ended {
            appropriation = paid;
            add(&mut appropriation, &taken);
        } else {
            // The pot is what the top slices leave of the appropriation, and what was carried over.
            cents(&state.appropriation, &mut appropriation);
            add(&mut carried_in, &state.available);
            add(&mut carried_in, &taken);
            let with_it = carried_in;
            minus(&with_it, &appropriation, &mut carried_in);
        }
        Self {
            appropriation,
            carried_in,
            unspent: state.unspent,
            shortfall,
            top_slices: state.top_slices.clone(),
            parts: state.parts.clone(),
        }
    }
}

impl BookSums {
    /// Adds the first `active` draws of a block.
    pub fn add(&mut self, books: &Books, active: usize) {
        let total = |money: &Money| -> i128 {
            money.iter().take(active).map(|&cents| i128::from(cents)).sum()
        };
        let all = |list: &[Money]| list.iter().map(total).collect();
        self.merge(&Self {
            appropriation: total(&books.appropriation),
            carried_in: total(&books.carried_in),
            unspent: total(&books.unspent),
            shortfall: total(&books.shortfall),
            top_slices: all(&books.top_slices),
            parts: all(&books.parts),
        });
    }

    /// Whether so many draws of cents can have come to them: claims add up to 2⁶² at most, so that what there
    /// is, and what is due, are numbers of cents in every draw.
    fn is_sound(&self, draws: u64) -> bool {
        let most = u128::from(draws) * MOST_CENTS;
        let are_money = |single: [i128; 2], list: &[i128]| {
            let all = single.iter().chain(list).map(|sum| sum.unsigned_abs());
            list.len() <= MOST_SUMS && all.fold(0, u128::saturating_add) <= most
        };
        are_money([self.appropriation, self.carried_in], &self.top_slices)
            && are_money([self.shortfall, self.unspent], &self.parts)
    }

    /// Adds what another has.
    pub fn merge(&mut self, other: &Self) {
        self.appropriation += other.appropriation;
        self.carried_in += other.carried_in;
        self.unspent += other.unspent;
        self.shortfall += other.shortfall;
        add_all(&mut self.top_slices, &other.top_slices);
        add_all(&mut self.parts, &other.parts);
    }
}

fn add_all(sums: &mut Vec<i128>, others: &[i128]) {
    sums.resize(sums.len().max(others.len()), 0);
    for (sum, other) in sums.iter_mut().zip(others) {
        *sum += other;
    }
}

impl Reconciliation {
    /// Nothing recorded yet.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let (programmes, years) = (scenario.programmes.len(), scenario.years.count());
        let books = vec![BookSums::default(); scenario.policies.len() * programmes * years];
        Self { programmes, years, draws: 0, books }
    }

    /// The sums of a policy at its own pots, a programme and a year.
    #[must_use]
    pub fn of(&self, policy: usize, programme: usize, year: usize) -> Option<&BookSums> {
        self.books.get((policy * self.programmes + programme) * self.years + year)
    }

    /// Every sum.
    pub(super) fn stored(&self) -> Cow<'_, [BookSums]> {
        Cow::Borrowed(&self.books)
    }

    /// Takes what was [`stored`](Self::stored) of so many draws of the same books; false where these are not
    /// so many, or no sums of money.
    pub(super) fn restore(&mut self, from: &mut Taking<'_>, draws: u64) -> bool {
        let stored = from.list(self.books.len(), |sums: &BookSums| sums.is_sound(draws));
        let stored = stored.filter(|stored| stored.len() == self.books.len());
        self.draws = draws;
        stored.map(|stored| self.books = stored).is_some()
    }

    /// Records a year of a block.
    pub fn year(&mut self, at: &YearOfBlock<'_>) {
        for policy in 0..at.prepared.scenario.policies.len() {
            let (own, _) = at.prepared.paths_of(policy);
            for (programme, state) in at.paths[own].programmes.iter().enumerate() {
                let at_books = (policy * self.programmes + programme) * self.years + at.year;
                if let Some(sums) = self.books.get_mut(at_books) {
                    sums.add(&Books::of(state), at.active.min(LANES));
                }
            }
        }
    }

    /// Counts the draws of a block that is done.
    pub fn block_ends(&mut self, active: usize) {
        self.draws += active as u64;
    }

    /// Adds what another has recorded.
    pub fn merge(&mut self, other: &Self) {
        self.draws += other.draws;
        for (mine, their) in self.books.iter_mut().zip(&other.books) {
            mine.merge(their);
        }
    }
}
