//! What is granted, whether it suffices, and what would.

use super::{Chance, Found, Grounds, Often, Spread};
use crate::analysis::{ChanceInterval, QuantileInterval, Range, YearRange};
use serde::Serialize;

/// The appropriation is said to suffice in nine of ten futures where, at 95 %, at most this share of
/// them is short.
pub const LEAST_SUFFICIENT: f64 = 0.10;

/// Awards of all programmes, EUR.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Paid {
    /// Over all years.
    pub total: Spread,
    /// In the last year; none where there is one year only.
    pub last: Option<(i32, Spread)>,
}

/// A share of a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Covered {
    /// The year.
    pub year: i32,
    /// The share.
    pub share: Spread,
}

/// Whether more is due than available, in some programme and year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Shortage {
    /// In no draw.
    Never,
    /// So often.
    Short {
        /// In some programme and year.
        chance: Chance,
        /// In the year in which it is most frequent, if one stands out.
        most: Option<(i32, Chance)>,
    },
    /// The draws are too few to tell.
    NotTold {
        /// So many there are.
        draws: u64,
    },
}

/// What would make the appropriation suffice in nine of ten futures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Reserve {
    /// Nothing: it does.
    Suffices,
    /// So much more, EUR.
    More(Missing),
    /// So much is unmet at the network that this money allows, EUR; more money opens more points.
    Unmet(Missing),
}

/// A sum that is missing, and what the draws leave open of it, EUR.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Missing {
    /// The sum.
    pub sum: f64,
    /// The lower end of its interval.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// What is granted in all and in the last year.
pub(super) fn paid(total: &Range, by_year: &[YearRange], grounds: &Grounds) -> Option<Found> {
    let total = Spread::of(total, grounds)?;
    let last = by_year.last().filter(|_| by_year.len() > 1);
    let last = last.and_then(|last| Some((last.year, Spread::of(&last.range, grounds)?)));
    (!by_year.is_empty()).then_some(Found::Paid(Paid { total, last }))
}

/// A share in the last year.
pub(super) fn share(by_year: &[YearRange], grounds: &Grounds) -> Option<Covered> {
    let last = by_year.last()?;
    Some(Covered { year: last.year, share: Spread::of(&last.range, grounds)? })
}

/// The chance of a shortage in a year.
pub(super) type ShortIn = (i32, Option<f64>, ChanceInterval);

/// How often the appropriation falls short; nothing without a pot.
pub(super) fn shortage(
    (chance, interval): (Option<f64>, ChanceInterval),
    by_year: &[ShortIn],
    grounds: &Grounds,
) -> Option<Shortage> {
    let Some(chance) = Chance::of(chance?, interval, grounds) else {
        return Some(Shortage::NotTold { draws: grounds.draws });
    };
    if chance.often == Often::Never {
        return Some(Shortage::Never);
    }
    Some(Shortage::Short { chance, most: most(by_year, grounds) })
}

/// The year whose chance lies above that of every other, beyond what the draws leave open of both.
fn most(by_year: &[ShortIn], grounds: &Grounds) -> Option<(i32, Chance)> {
    let &(year, share, interval) = by_year
        .iter()
        .max_by(|one, other| one.1.unwrap_or(0.0).total_cmp(&other.1.unwrap_or(0.0)))?;
    let stands_out = by_year.iter().filter(|other| other.0 != year).all(|(_, other, of_other)| {
        if grounds.certain {
            return share > *other;
        }
        let ends = interval.zip(*of_other);
        ends.is_some_and(|(highest, other)| highest.lower > other.upper)
    });
    (by_year.len() > 1 && stands_out)
        .then(|| Some((year, Chance::of(share?, interval, grounds)?)))?
}

/// What is missing in nine of ten futures; nothing where the draws do not bound it.
pub(super) fn reserve(
    reserve90: Option<f64>,
    interval: &QuantileInterval,
    short: (Option<f64>, ChanceInterval),
    waits_for_money: bool,
    grounds: &Grounds,
) -> Option<Reserve> {
    let sum = reserve90?;
    let (chance, of_chance) = short;
    if sum <= 0.0 {
        // That it never is short is said elsewhere.
        let sure = of_chance.is_some_and(|open| open.upper <= LEAST_SUFFICIENT);
        return (sure && chance? > 0.0).then_some(Reserve::Suffices);
    }
    let ends = if grounds.certain { Some((sum, sum)) } else { interval.lower.zip(interval.upper) };
    let (lower, upper) = ends?;
    let missing = Missing { sum, lower, upper };
    Some(if waits_for_money { Reserve::Unmet(missing) } else { Reserve::More(missing) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Grouping;
    use crate::stats::interval::{Interval, Z_95, wilson};
    use proptest::prelude::*;

    fn grounds(draws: u64) -> Grounds {
        Grounds { draws, grouping: Grouping::Independent, certain: false }
    }

    fn range(median: f64) -> Range {
        let (low, high) = (Some(0.9 * median), Some(1.1 * median));
        Range { p10: low, p50: Some(median), p90: high, ..Range::default() }
    }

    fn short(hits: u64, draws: u64) -> (Option<f64>, ChanceInterval) {
        (Some(hits as f64 / draws as f64), wilson(hits, draws, Z_95, Grouping::Independent))
    }

    fn short_in(year: i32, hits: u64) -> ShortIn {
        let (chance, interval) = short(hits, 1_000);
        (year, chance, interval)
    }

    #[test]
    fn what_is_granted_is_told_in_all_and_for_the_last_year() {
        let years = [2022, 2023].map(|year| YearRange { year, range: range(100.0) });
        let Some(Found::Paid(found)) = paid(&range(200.0), &years, &grounds(1_000)) else {
            panic!()
        };
        assert_eq!((found.total.median, found.last.unwrap().0), (200.0, 2023));
        let Some(Found::Paid(found)) = paid(&range(100.0), &years[..1], &grounds(1_000)) else {
            panic!()
        };
        assert_eq!(found.last, None);
        assert_eq!(paid(&range(100.0), &[], &grounds(1_000)), None);
        assert_eq!(paid(&range(200.0), &years, &grounds(20)), None);
        assert_eq!(share(&years, &grounds(1_000)).unwrap().year, 2023);
    }

    #[test]
    fn a_year_stands_out_only_beyond_what_the_draws_leave_open() {
        // 930 of 1 000: 0.9125 … 0.9442; 900: 0.8798 … 0.9171, which reaches into it; 850: … 0.8708.
        let of = |hits: u64| {
            let years = [short_in(2022, hits), short_in(2023, 930)];
            match shortage(short(950, 1_000), &years, &grounds(1_000)).unwrap() {
                Shortage::Short { most, .. } => most.map(|(year, _)| year),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!((of(900), of(850)), (None, Some(2023)));
        // One year stands beside no other.
        let found = shortage(short(930, 1_000), &[short_in(2022, 930)], &grounds(1_000));
        assert!(matches!(found, Some(Shortage::Short { most: None, .. })));
    }

    #[test]
    fn a_shortage_is_told_where_there_is_a_pot_and_the_draws_suffice() {
        assert_eq!(shortage((None, None), &[], &grounds(1_000)), None);
        assert_eq!(shortage(short(0, 1_000), &[], &grounds(1_000)), Some(Shortage::Never));
        let few = shortage(short(32, 64), &[], &grounds(64));
        assert_eq!(few, Some(Shortage::NotTold { draws: 64 }));
    }

    #[test]
    fn a_reserve_is_told_with_both_ends_or_not_at_all() {
        let of = |sum: f64, interval: QuantileInterval, hits: u64, waits: bool| {
            reserve(Some(sum), &interval, short(hits, 1_000), waits, &grounds(1_000))
        };
        let known = Interval { lower: Some(90.0), upper: Some(120.0) };
        let missing = Missing { sum: 100.0, lower: 90.0, upper: 120.0 };
        assert_eq!(of(100.0, known, 930, false), Some(Reserve::More(missing)));
        assert_eq!(of(100.0, known, 930, true), Some(Reserve::Unmet(missing)));
        assert_eq!(of(100.0, Interval { upper: None, ..known }, 930, false), None);
        // 70 of 1 000 are short: at 95 % up to 8.75 of 100. 90: up to 10.93.
        let nothing = Interval { lower: Some(0.0), upper: Some(0.0) };
        assert_eq!(of(0.0, nothing, 70, false), Some(Reserve::Suffices));
        assert_eq!((of(0.0, nothing, 90, false), of(0.0, nothing, 0, false)), (None, None));
        assert_eq!(reserve(None, &known, (None, None), false, &grounds(1_000)), None);
    }

    proptest! {
        #[test]
        fn no_sum_is_said_to_suffice_and_no_year_to_stand_out_beyond_its_interval(
            hits in prop::collection::vec(0_u64..=400, 1..6),
            reserve90 in prop_oneof![Just(0.0), 1.0..1e6],
            ends in (prop::option::of(0.0..1e6), prop::option::of(0.0..1e6)),
        ) {
            let grounds = grounds(400);
            let years: Vec<ShortIn> = hits.iter().enumerate().map(|(at, &hits)| {
                let (chance, interval) = short(hits, 400);
                (2020 + at as i32, chance, interval)
            }).collect();
            let any = short(hits.iter().copied().max().unwrap_or(0), 400);
            if let Some(Shortage::Short { most: Some((year, _)), .. }) = shortage(any, &years, &grounds) {
                let lower = years.iter().find(|row| row.0 == year).unwrap().2.unwrap().lower;
                for other in years.iter().filter(|row| row.0 != year) {
                    prop_assert!(lower > other.2.unwrap().upper);
                }
            }
            let interval = Interval { lower: ends.0, upper: ends.1 };
            match reserve(Some(reserve90), &interval, any, false, &grounds) {
                Some(Reserve::Suffices) => prop_assert!(any.1.unwrap().upper <= LEAST_SUFFICIENT),
                Some(Reserve::More(_)) => prop_assert!(ends.0.is_some() && ends.1.is_some()),
                Some(Reserve::Unmet(_)) => prop_assert!(false),
                None => {}
            }
        }
    }
}
