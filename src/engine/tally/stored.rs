//! A tally outside of memory: its accumulators, and nothing that a scenario gives anew.

use super::cell::Figure;
use super::difference::Difference;
use super::grouping;
use super::reconciliation::BookSums;
use super::{Cube, Tally};
use crate::engine::prepared::Prepared;
use crate::stats::{Accumulator, Quantiles};
use serde::de::DeserializeOwned;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// What a tally has recorded, in whole numbers. It means something beside the scenario only.
#[derive(Debug, Serialize)]
pub struct Stored<'a> {
    draws: u64,
    /// In the order of the tally's.
    cubes: Vec<Kept<'a>>,
    shortfalls: Cow<'a, [Accumulator]>,
    differences: Cow<'a, [Difference]>,
    books: Cow<'a, [BookSums]>,
    together: Cow<'a, [Accumulator]>,
}

/// A cube while it is written: its figures by position.
#[derive(Debug)]
struct Kept<'a>(&'a Cube);

/// A figure while it is written, in the order of a cell's fields.
#[derive(Serialize)]
struct Written<'a> {
    moments: &'a Accumulator,
    quantiles: &'a Quantiles,
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.kept()))?;
        for (position, Figure { moments, quantiles }) in self.0.kept_figures() {
            list.serialize_element(&(position, Written { moments, quantiles }))?;
        }
        list.end()
    }
}

/// Bytes in the form of postcard from which one thing after the other is taken, each with a look at how
/// many there may be: what says that there are more takes no memory.
#[derive(Clone, Copy, Debug)]
pub struct Taking<'a>(pub &'a [u8]);

impl Taking<'_> {
    /// The next thing; nothing where these are no bytes of one.
    pub fn one<T: DeserializeOwned>(&mut self) -> Option<T> {
        let (taken, rest) = postcard::take_from_bytes(self.0).ok()?;
        self.0 = rest;
        Some(taken)
    }

    /// A list of at most so many things; nothing where there are more, or one of them is not sound.
    pub fn list<T: DeserializeOwned>(
        &mut self,
        most: usize,
        is_sound: impl Fn(&T) -> bool,
    ) -> Option<Vec<T>> {
        let count = self.count(most)?;
        (0..count).map(|_| self.one().filter(&is_sound)).collect()
    }

    /// How many things follow; nothing where there are more than so many.
    pub fn count(&mut self, most: usize) -> Option<usize> {
        self.one().filter(|count| *count <= most)
    }
}

/// Whether it has counted what is or is not, as 0 and 1.
fn is_of_chances(counted: &Accumulator) -> bool {
    counted.least().is_none_or(|least| least >= 0)
        && counted.greatest().is_none_or(|greatest| greatest <= 1)
}

impl Tally {
    /// What it has recorded, to be written.
    pub fn stored(&self) -> Stored<'_> {
        Stored {
            draws: self.draws,
            cubes: self.cubes().into_iter().map(Kept).collect(),
            shortfalls: Cow::Borrowed(&self.shortfalls),
            differences: self.differences.stored(),
            books: self.reconciliation.stored(),
            together: self.joint.stored(),
        }
    }

    /// The tally of a run of `of_run` draws that has recorded what these bytes hold; nothing where it is of
    /// another scenario, or contradicts itself. Takes no more memory than such a run does.
    pub fn restored(prepared: &Prepared<'_>, of_run: u64, from: &mut Taking<'_>) -> Option<Self> {
        let mut tally = Self::new(prepared, of_run);
        let grouping = grouping(prepared);
        let draws = from.one().filter(|draws| *draws <= of_run)?;
        let cubes = tally.cubes_mut();
        let has_each = from.one() == Some(cubes.len());
        let are_sound =
            has_each && cubes.into_iter().all(|cube| cube.restore(from, (grouping, draws)));
        if !are_sound {
            return None;
        }
        let is_chance =
            |counted: &Accumulator| counted.is_sound(grouping, draws) && is_of_chances(counted);
        let shortfalls = from.list(tally.shortfalls.len(), is_chance)?;
        let have_all = shortfalls.len() == tally.shortfalls.len();
        tally.shortfalls = shortfalls;
        tally.draws = draws;
        let are_sound = have_all
            && tally.differences.restore(from, (grouping, draws))
            && tally.reconciliation.restore(from, draws)
            && tally.joint.restore(from, is_chance);
        are_sound.then_some(tally)
    }
}
