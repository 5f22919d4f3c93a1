//! The largest of many keys, in all draws at once, without sorting.

use super::quotient::{SMALL, to_float, to_whole};
use super::rows::{Money, NOTHING};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, each_lane};

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
    /// are, and every third time in half; then both ends are drawn up to the nearest keys, so that
    /// equal keys, however many, are one step. After some five passes for 43 remainders, and never
    /// more than there are different keys.
    pub fn of(keys: &[Money], wanted: &Money, most: &Money) -> Self {
        let count = keys.len() as i64;
        let mut bracket = Bracket {
            low: [-1; LANES],
            above_low: [count; LANES],
            high: *most,
            above_high: NOTHING,
        };
        let mut guess = NOTHING;
        for pass in 1.. {
            if !cut(&bracket, wanted, pass % 3 == 0, &mut guess) {
                break;
            }
            narrow(&mut bracket, keys, wanted, &guess);
        }
        let tied = each_lane(|lane| wanted[lane] - bracket.above_high[lane]);
        Self { key: bracket.high, tied }
    }
}

#[inline(always)]
fn choose(condition: bool, yes: i64, no: i64) -> i64 {
    if condition { yes } else { no }
}

vectorised! {
    /// Says where to cut each gap, the others at their upper end, and whether any is still open.
    fn cut(bracket: &Bracket, wanted: &Money, in_half: bool, guess: &mut Money) -> bool {
        let mut open = 0;
        for lane in 0..LANES {
            let gap = bracket.high[lane] - bracket.low[lane];
            let lacking = wanted[lane] - bracket.above_high[lane];
            let within = bracket.above_low[lane] - bracket.above_high[lane];
            let part = (to_float(lacking) - 0.5) / (to_float(within) - 1.0);
            let even = to_whole(to_float(gap & (SMALL - 1)) * part.clamp(0.0, 1.0));
            let down = choose(in_half || gap >= SMALL, gap >> 1, even);
            let is_open = lacking > 0 && gap > 1;
            guess[lane] = bracket.high[lane] - choose(is_open, down.min(gap - 1).max(1), 0);
            open |= i64::from(is_open);
        }
        open != 0
    }

    /// Brings one end of each gap to the guess, and on to the nearest key.
    fn narrow(bracket: &mut Bracket, keys: &[Money], wanted: &Money, guess: &Money) {
        let mut above = NOTHING;
        let (mut next, mut last) = (bracket.high, bracket.low);
        for key in keys {
            for lane in 0..LANES {
                let is_above = key[lane] > guess[lane];
                above[lane] += i64::from(is_above);
                next[lane] = choose(is_above, next[lane].min(key[lane]), next[lane]);
                last[lane] = choose(is_above, last[lane], last[lane].max(key[lane]));
            }
        }
        for lane in 0..LANES {
            let is_low = above[lane] > wanted[lane];
            bracket.low[lane] = choose(is_low, next[lane] - 1, bracket.low[lane]);
            bracket.above_low[lane] = choose(is_low, above[lane], bracket.above_low[lane]);
            bracket.high[lane] = choose(is_low, bracket.high[lane], last[lane]);
            bracket.above_high[lane] = choose(is_low, bracket.above_high[lane], above[lane]);
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
