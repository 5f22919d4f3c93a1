//! A tally outside of memory: its accumulators, and nothing that a scenario gives anew.

use super::cell::{Cell, Figure};
use super::difference::Difference;
use super::grouping;
use super::reconciliation::BookSums;
use super::{Cube, Tally};
use crate::engine::prepared::Prepared;
use crate::stats::{Accumulator, Grouping, Quantiles};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// What a tally has recorded, in whole numbers. It means something beside the scenario only.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stored<'a> {
    draws: u64,
    /// In the order of the tally's.
    cubes: Vec<Kept<'a>>,
    shortfalls: Cow<'a, [Accumulator]>,
    differences: Cow<'a, [Difference]>,
    books: Cow<'a, [BookSums]>,
    together: Cow<'a, [Accumulator]>,
}

/// The cells of a cube by position: lent while it is written, read ones of one's own.
#[derive(Debug)]
enum Kept<'a> {
    Lent(&'a Cube),
    Own(Vec<(u32, Cell)>),
}

/// A cell while it is written, in the order of a cell's fields.
#[derive(Serialize)]
struct Written<'a> {
    moments: &'a Accumulator,
    quantiles: &'a Quantiles,
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Lent(cube) => {
                let mut list = serializer.serialize_seq(Some(cube.kept()))?;
                for (position, Figure { moments, quantiles }) in cube.kept_figures() {
                    list.serialize_element(&(position, Written { moments, quantiles }))?;
                }
                list.end()
            }
            Self::Own(cells) => cells.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Kept<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::Own)
    }
}

impl Kept<'_> {
    fn restore(self, cube: &mut Cube, kind: (Grouping, u64)) -> bool {
        match self {
            Self::Own(cells) => cube.restore(cells, kind),
            // Only what was read is restored.
            Self::Lent(_) => false,
        }
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
            cubes: self.cubes().into_iter().map(Kept::Lent).collect(),
            shortfalls: Cow::Borrowed(&self.shortfalls),
            differences: self.differences.stored(),
            books: self.reconciliation.stored(),
            together: self.joint.stored(),
        }
    }

    /// The tally of a run of `of_run` draws that has recorded this; nothing where it is of another scenario,
    /// or contradicts itself.
    pub fn restored(prepared: &Prepared<'_>, of_run: u64, stored: Stored<'_>) -> Option<Self> {
        let mut tally = Self::new(prepared, of_run);
        let draws = stored.draws;
        let kind = (grouping(prepared), draws);
        let count = stored.cubes.len();
        let cubes = tally.cubes_mut();
        let are_sound = draws <= of_run
            && count == cubes.len()
            && cubes.into_iter().zip(stored.cubes).all(|(cube, kept)| kept.restore(cube, kind))
            && stored.shortfalls.len() == tally.shortfalls.len()
            && stored.shortfalls.iter().all(|shortfall| shortfall.is_sound(kind.0, draws))
            && stored.shortfalls.iter().chain(stored.together.iter()).all(is_of_chances)
            && tally.differences.restore(stored.differences, kind)
            && tally.reconciliation.restore(stored.books, draws)
            && tally.joint.restore(stored.together, kind);
        tally.shortfalls = stored.shortfalls.into_owned();
        tally.draws = draws;
        are_sound.then_some(tally)
    }
}
