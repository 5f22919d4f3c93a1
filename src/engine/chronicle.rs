//! The latest years of a network, as many as any formula looks back at.

use super::prepared::Prepared;
use super::quantities::Quantities;

/// Quantities by year, of which the latest are kept.
#[derive(Clone, Debug)]
pub struct Chronicle {
    kept: Vec<Quantities>,
}

impl Chronicle {
    /// Room for so many years.
    pub fn new(prepared: &Prepared<'_>, years: usize) -> Self {
        Self { kept: vec![Quantities::new(&prepared.slots); years] }
    }

    /// The quantities of a year that is kept, counted as in [`Prepared::years`].
    pub fn of(&self, year: usize) -> &Quantities {
        &self.kept[year % self.kept.len()]
    }

    /// The same, to be written: the oldest year makes room for a new one.
    pub fn of_mut(&mut self, year: usize) -> &mut Quantities {
        let place = year % self.kept.len();
        &mut self.kept[place]
    }
}
