//! How often something is so.

use super::Grounds;
use crate::stats::interval::Interval;
use serde::Serialize;

/// Where the draws leave more than this open of a chance, nothing is said of it. At 95 %: 96 draws
/// tell any chance to within it.
pub const WIDEST: f64 = 0.20;

/// In how many of the futures something is so, with what the number of draws leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Chance {
    /// In words of at most hundredths.
    pub often: Often,
    /// Hundredths between which it lies at 95 %, rounded outwards; none where all or none of the
    /// draws agree, as that is said of the draws, or where both ends are the figure itself.
    pub open: Option<(u32, u32)>,
}

/// A share of the futures. "Every" and "none" are said only where all draws agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Often {
    /// In every draw.
    Always,
    /// In more than 99 of 100, and not in every one.
    MoreThan99,
    /// In so many of 100, from 1 to 99.
    OfHundred(u32),
    /// In fewer than 1 of 100, and in some.
    FewerThan1,
    /// In no draw.
    Never,
}

impl Chance {
    /// What can be said of a share of the draws and the interval that they leave; nothing where it
    /// is wider than [`WIDEST`] or not known.
    pub(super) fn of(share: f64, interval: Option<Interval>, grounds: &Grounds) -> Option<Self> {
        if !(0.0..=1.0).contains(&share) {
            return None;
        }
        let often = Often::of(share);
        let agreed = matches!(often, Often::Always | Often::Never);
        if agreed && grounds.certain {
            return Some(Self { often, open: None });
        }
        let interval = interval.filter(|open| open.upper - open.lower <= WIDEST)?;
        let ends =
            ((100.0 * interval.lower).floor() as u32, (100.0 * interval.upper).ceil() as u32);
        let same = matches!(often, Often::OfHundred(count) if ends == (count, count));
        Some(Self { often, open: (!agreed && !same).then_some(ends) })
    }
}

impl Often {
    fn of(share: f64) -> Self {
        match share {
            1.0 => Self::Always,
            0.0 => Self::Never,
            share if share > 0.99 => Self::MoreThan99,
            share if share < 0.01 => Self::FewerThan1,
            share => Self::OfHundred((100.0 * share).round() as u32),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Grouping;
    use crate::stats::interval::{Z_95, wilson};
    use proptest::prelude::*;

    fn of(hits: u64, draws: u64) -> Option<Chance> {
        let grounds = Grounds { draws, grouping: Grouping::Independent, certain: false };
        let interval = wilson(hits, draws, Z_95, Grouping::Independent);
        Chance::of(hits as f64 / draws as f64, interval, &grounds)
    }

    #[test]
    fn a_chance_is_told_in_hundredths_with_what_is_left_open() {
        // Wilson at 930 of 1 000: 0.9125 … 0.9442 (n + z² = 1 003.84: centre (930 + 1.92) / 1 003.84 =
        // 0.92836, reach 1.96 √(930 · 70 / 1 000 + 0.96) / 1 003.84 = 0.01587).
        let expected = Chance { often: Often::OfHundred(93), open: Some((91, 95)) };
        assert_eq!(of(930, 1_000), Some(expected));
    }

    #[test]
    fn every_and_none_are_said_only_where_all_draws_agree() {
        assert_eq!(of(10_000, 10_000).unwrap().often, Often::Always);
        assert_eq!(of(9_999, 10_000).unwrap().often, Often::MoreThan99);
        assert_eq!(of(9_900, 10_000).unwrap().often, Often::OfHundred(99));
        assert_eq!(of(1, 10_000).unwrap().often, Often::FewerThan1);
        assert_eq!(of(0, 10_000).unwrap(), Chance { often: Often::Never, open: None });
    }

    #[test]
    fn few_draws_say_nothing_unless_nothing_is_drawn() {
        // 32 of 64 leaves 0.381 … 0.619 open: wider than 0.20. 64 of 64 leaves 0.943 … 1.
        assert_eq!(of(32, 64), None);
        assert_eq!(of(64, 64).unwrap().often, Often::Always);
        // 8 of 8 leaves 0.676 … 1 open.
        assert_eq!(of(8, 8), None);
        let certain = Grounds { draws: 1, grouping: Grouping::Independent, certain: true };
        assert_eq!(Chance::of(1.0, None, &certain).unwrap().often, Often::Always);
        assert_eq!(Chance::of(f64::NAN, None, &certain), None);
    }

    proptest! {
        #[test]
        fn a_chance_is_never_told_beyond_its_interval(hits in 0_u64..5_000, more in 0_u64..5_000) {
            let draws = hits + more;
            prop_assume!(draws > 0);
            let interval = wilson(hits, draws, Z_95, Grouping::Independent).unwrap();
            match of(hits, draws) {
                None => prop_assert!(interval.upper - interval.lower > WIDEST),
                Some(Chance { often, open }) => {
                    prop_assert!(interval.upper - interval.lower <= WIDEST);
                    prop_assert_eq!(often == Often::Always, more == 0);
                    prop_assert_eq!(often == Often::Never, hits == 0);
                    if let Some((low, high)) = open {
                        prop_assert!(f64::from(low) <= 100.0 * interval.lower);
                        prop_assert!(f64::from(high) >= 100.0 * interval.upper);
                        if let Often::OfHundred(count) = often {
                            prop_assert!((1..=99).contains(&count) && low <= count && count <= high);
                        }
                    }
                }
            }
        }
    }
}
