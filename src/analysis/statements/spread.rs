//! How far the futures lie apart.

use super::{Found, Grounds};
use crate::analysis::{Range, draws_needed};
use crate::stats::interval::{Z_95, quantile_ranks};
use serde::Serialize;

/// The ends of the range that sentences tell: the middle 80 % of the futures.
const ENDS: [f64; 2] = [0.10, 0.90];

/// The median of a figure and the middle 80 % of the futures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Quantile at 10 %.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// Quantile at 90 %.
    pub high: f64,
}

impl Spread {
    /// Reads a range; nothing where a figure is missing or the draws are too few to bound the ends.
    pub(super) fn of(range: &Range, grounds: &Grounds) -> Option<Self> {
        if !grounds.tell_ranges() {
            return None;
        }
        let (low, median, high) = (range.p10?, range.p50?, range.p90?);
        (low <= median && median <= high).then_some(Self { low, median, high })
    }

    /// The same figures in another unit.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let Self { low, median, high } = self;
        Self { low: low * factor, median: median * factor, high: high * factor }
    }
}

impl Grounds {
    /// Whether the draws tell the middle 80 % of the futures: both ends of it have an interval.
    pub(super) fn tell_ranges(&self) -> bool {
        self.certain
            || ENDS.iter().all(|&end| {
                let ranks = quantile_ranks(self.draws, end, Z_95, self.grouping);
                ranks.lower.is_some() && ranks.upper.is_some()
            })
    }

    /// That they do not, where it is so.
    pub(super) fn too_few(&self) -> Option<Found> {
        let needed = ENDS.into_iter().filter_map(|end| draws_needed(end, self.grouping)).max()?;
        (!self.tell_ranges()).then_some(Found::TooFewDraws { draws: self.draws, needed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Grouping;

    fn grounds(draws: u64) -> Grounds {
        Grounds { draws, grouping: Grouping::Independent, certain: false }
    }

    fn range(low: f64, median: f64, high: f64) -> Range {
        Range { p10: Some(low), p50: Some(median), p90: Some(high), ..Range::default() }
    }

    #[test]
    fn a_range_is_told_where_draws_lie_beyond_both_ends() {
        // 50 draws at 10 %: ranks from 5 − 1.96 · √4.5 = 0.84 rounded down: none; the least proposed
        // number at which both ends exist is 100: 10 − 1.96 · 3 = 4.12.
        assert_eq!(Spread::of(&range(1.0, 2.0, 3.0), &grounds(49)), None);
        let spread = Spread { low: 1.0, median: 2.0, high: 3.0 };
        assert_eq!(Spread::of(&range(1.0, 2.0, 3.0), &grounds(100)), Some(spread));
        assert_eq!(grounds(49).too_few(), Some(Found::TooFewDraws { draws: 49, needed: 100 }));
        assert_eq!(grounds(100).too_few(), None);
        let certain = Grounds { certain: true, ..grounds(1) };
        assert_eq!((certain.too_few(), certain.tell_ranges()), (None, true));
    }

    #[test]
    fn a_missing_figure_makes_no_range() {
        let lacking = Range { p90: None, ..range(1.0, 2.0, 3.0) };
        assert_eq!(Spread::of(&lacking, &grounds(1_000)), None);
        assert_eq!(Spread::of(&range(1.0, f64::NAN, 3.0), &grounds(1_000)), None);
        assert_eq!(Spread { low: 1.0, median: 2.0, high: 4.0 }.scaled(0.5).high, 2.0);
    }
}
