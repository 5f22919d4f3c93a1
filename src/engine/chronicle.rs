//! What formulas look back at: some quantities of the latest years of a network.

use super::prepared::Prepared;
use super::quantities::Quantities;

/// The latest years, of each the quantities that some formula names with a lag.
#[derive(Clone, Debug)]
pub struct Chronicle {
    kept: Vec<Quantities>,
}

impl Chronicle {
    /// Room for as many years as formulas look back.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        Self { kept: vec![Quantities::new(&prepared.lagged); prepared.lag] }
    }

    /// A year that is kept, counted as in [`Prepared::years`].
    pub fn of(&self, year: usize) -> &Quantities {
        &self.kept[year % self.kept.len()]
    }

    /// Notes a year that is over: the oldest makes room for it.
    pub fn note(&mut self, year: usize, quantities: &Quantities) {
        if let Some(place) = year.checked_rem(self.kept.len()) {
            self.kept[place].copy(quantities);
        }
    }
}
