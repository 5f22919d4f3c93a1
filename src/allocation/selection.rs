//! The largest of many keys, in all draws at once, without sorting.

use super::rows::{Money, NOTHING};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// A bound that parts the largest keys of each draw from the others.
#[derive(Clone, Debug)]
pub(super) struct Threshold {
    /// The keys above this are among the largest; of those that equal it `tied` are.
    pub key: Money,
    /// How many keys equal to `key` belong to the largest; fewer than there are.
    pub tied: Money,
}

/// Where the threshold of each draw lies: more keys than wanted exceed `low`, and not more exceed `high`.
struct Bracket {
    low: Money,
    above_low: Money,
    high: Money,
    above_high: Money,
}

impl Threshold {
    /// The bound of the `wanted` largest keys; fewer than there are, none below 0 or above `most`.
    ///
    /// The gap is cut where the threshold should lie if the keys are spread evenly, which remainders
    /// are, and every third time in half: after some six passes for 43 remainders, and at most 3 · 63
    /// for any keys.
    pub fn of(keys: &[Money], wanted: &Money, most: &Money) -> Self {
        let count = keys.len() as i64;
        let mut bracket = Bracket {
            low: [-1; LANES],
            above_low: [count; LANES],
            high: *most,
            above_high: NOTHING,
        };
        let mut guess = NOTHING;
        for pass in 0.. {
            if !bracket.cut(wanted, pass % 3 == 2, &mut guess) {
                break;
            }
            bracket.narrow(keys, wanted, &guess);
        }
        let tied = std::array::from_fn(|lane| wanted[lane] - bracket.above_high[lane]);
        Self { key: bracket.high, tied }
    }
}

impl Bracket {
    /// Where to cut the gaps; whether any is still open.
    fn cut(&self, wanted: &Money, in_half: bool, guess: &mut Money) -> bool {
        cut(self, wanted, if in_half { 1.0 } else { 0.0 }, guess)
    }

    fn narrow(&mut self, keys: &[Money], wanted: &Money, guess: &Money) {
        narrow(self, keys, wanted, guess);
    }
}

vectorised! {
    fn cut(bracket: &Bracket, wanted: &Money, half: f64, guess: &mut Money) -> bool {
        let mut open = 0;
        for lane in 0..LANES {
            let gap = bracket.high[lane] - bracket.low[lane];
            let lacking = wanted[lane] - bracket.above_high[lane];
            let within = bracket.above_low[lane] - bracket.above_high[lane];
            let even = (lacking as f64 + 0.5) / (within as f64 + 1.0);
            let part = half * 0.5 + (1.0 - half) * even;
            let down = ((gap as f64 * part) as i64).clamp(1, (gap - 1).max(1));
            let is_open = lacking > 0 && gap > 1;
            open |= i64::from(is_open);
            guess[lane] = bracket.high[lane] - if is_open { down } else { 0 };
        }
        open != 0
    }

    fn narrow(bracket: &mut Bracket, keys: &[Money], wanted: &Money, guess: &Money) {
        let mut above = NOTHING;
        for key in keys {
            for lane in 0..LANES {
                above[lane] += i64::from(key[lane] > guess[lane]);
            }
        }
        for lane in 0..LANES {
            let is_low = above[lane] > wanted[lane];
            let to = |chosen: bool, now: i64, new: i64| if chosen { new } else { now };
            bracket.low[lane] = to(is_low, bracket.low[lane], guess[lane]);
            bracket.above_low[lane] = to(is_low, bracket.above_low[lane], above[lane]);
            bracket.high[lane] = to(!is_low, bracket.high[lane], guess[lane]);
            bracket.above_high[lane] = to(!is_low, bracket.above_high[lane], above[lane]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_threshold_parts_the_wanted_keys_from_the_others() {
        // Of 5, 9, 7, 9: none, one of two nines, both, then 7.
        let keys = [5, 9, 7, 9].map(|key| [key; LANES]);
        let wanted = std::array::from_fn(|lane| lane as i64 % 4);
        let threshold = Threshold::of(&keys, &wanted, &[20; LANES]);
        let largest = |lane: usize| {
            let above = keys.iter().filter(|key| key[lane] > threshold.key[lane]).count() as i64;
            (above, threshold.tied[lane])
        };
        assert_eq!([0, 1, 2, 3].map(largest), [(0, 0), (0, 1), (2, 0), (3, 0)]);
        assert_eq!(threshold.key[1], 9);
    }

    proptest! {
        #[test]
        fn as_many_keys_are_chosen_as_are_wanted(
            keys in prop::collection::vec((0..1_i64 << 62, 0..63_u32), 2..50),
            wanted in prop::collection::vec(0.0..1.0_f64, LANES),
        ) {
            let count = keys.len() as f64;
            let wanted: Money = std::array::from_fn(|lane| (wanted[lane] * count) as i64);
            let rows: Vec<Money> =
                keys.iter().map(|&(key, shift)| [key >> shift; LANES]).collect();
            let threshold = Threshold::of(&rows, &wanted, &[i64::MAX / 2; LANES]);
            for lane in 0..LANES {
                let (key, tied) = (threshold.key[lane], threshold.tied[lane]);
                let above = rows.iter().filter(|row| row[lane] > key).count() as i64;
                let equal = rows.iter().filter(|row| row[lane] == key).count() as i64;
                prop_assert_eq!(above + tied, wanted[lane]);
                prop_assert!(tied == 0 || (0 < tied && tied < equal));
            }
        }
    }
}
