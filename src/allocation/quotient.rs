//! Whole quotients of whole numbers, exact, in all draws at once.
//!
//! Processors divide whole numbers one by one but floating-point numbers side by side. So a quotient is
//! guessed in floating point and corrected by its remainder, which is a whole number and exact. Whole
//! numbers below 2^52 and floating-point numbers are turned into each other by their bits, which every
//! vector width can do.

use super::rows::{Money, NOTHING};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes};

/// Below this a quotient in floating point is at most 1 off: its relative error is below 2^-51, so that
/// it errs by less than 2^-51 · 2^50 = 1/2, and is then rounded to a whole number, by at most 1/2.
pub(super) const SMALL: i64 = 1 << 50;

/// 2^52: in the numbers from here to 2^53 the last bit counts ones.
const ONES: f64 = (1_u64 << 52) as f64;

/// A whole number in [0, 2^52) as a floating-point number.
#[inline(always)]
pub(super) fn to_float(whole: i64) -> f64 {
    f64::from_bits(whole as u64 | ONES.to_bits()) - ONES
}

/// The whole number nearest to one in [0, 2^51].
#[inline(always)]
pub(super) fn to_whole(number: f64) -> i64 {
    // Beyond that range it is some number that nobody uses.
    (number + ONES).to_bits().wrapping_sub(ONES.to_bits()) as i64
}

/// The true quotient and remainder, where the guess is at most 1 off and gave this remainder.
#[inline(always)]
fn correct(guess: i64, remainder: i64, divisor: i64) -> (i64, i64) {
    let low = i64::from(remainder >= divisor);
    let high = i64::from(remainder < 0);
    let rest = remainder.wrapping_sub(-low & divisor).wrapping_add(-high & divisor);
    (guess.wrapping_add(low - high), rest)
}

/// `dividend / divisor` and the remainder, in each draw; for dividends ≥ 0 and divisors ≥ 1.
pub(super) fn divided(dividend: &Money, divisor: &Money) -> (Money, Money) {
    let (mut quotient, mut remainder) = (NOTHING, NOTHING);
    if all_small(dividend) && all_small(divisor) {
        divided_small(dividend, divisor, &mut quotient, &mut remainder);
    } else {
        for lane in 0..LANES {
            quotient[lane] = dividend[lane] / divisor[lane];
            remainder[lane] = dividend[lane] % divisor[lane];
        }
    }
    (quotient, remainder)
}

/// `factor · ratio` for each row, where the ratio is `share / whole` with 0 ≤ share ≤ whole ≥ 1 and no
/// factor, nor a draw's sum of factors, exceeds the whole: quotients and remainders by the whole.
pub(super) fn proportions(
    factors: &[Money],
    share: &Money,
    whole: &Money,
    quotients: &mut [Money],
    remainders: &mut [Money],
) {
    if all_small(whole) {
        proportions_small(factors, share, whole, quotients, remainders);
        return;
    }
    let places = quotients.iter_mut().zip(remainders);
    for (factor, (quotient, remainder)) in factors.iter().zip(places) {
        for lane in 0..LANES {
            let product = i128::from(factor[lane]) * i128::from(share[lane]);
            let divisor = i128::from(whole[lane]);
            // Both fit: the quotient does not exceed the factor.
            quotient[lane] = (product / divisor) as i64;
            remainder[lane] = (product % divisor) as i64;
        }
    }
}

fn all_small(amounts: &Money) -> bool {
    amounts.iter().fold(0, |bits, amount| bits | amount) < SMALL
}

vectorised! {
    /// Whole units of `unit` in amounts and some more, at least 0 and at most `most`; for
    /// 0 ≤ more < unit.
    pub(super) fn whole_units(
        amounts: &[Money],
        more: i64,
        unit: i64,
        most: i64,
        units: &mut [Money],
    ) {
        let inverse = 1.0 / unit as f64;
        for (units, amount) in units.iter_mut().zip(amounts) {
            let mut bits = 0;
            for lane in 0..LANES {
                let raised = amount[lane].clamp(-more, i64::MAX - more) + more;
                bits |= raised;
                let guess = to_whole(to_float(raised) * inverse);
                let left = raised.wrapping_sub(guess.wrapping_mul(unit));
                units[lane] = correct(guess, left, unit).0.min(most);
            }
            if bits >= SMALL {
                for lane in 0..LANES {
                    let raised = amount[lane].clamp(-more, i64::MAX - more) + more;
                    units[lane] = (raised / unit).min(most);
                }
            }
        }
    }

    fn divided_small(
        dividend: &Money,
        divisor: &Money,
        quotient: &mut Money,
        remainder: &mut Money,
    ) {
        for lane in 0..LANES {
            let guess = to_whole(to_float(dividend[lane]) / to_float(divisor[lane]));
            let left = dividend[lane] - guess * divisor[lane];
            (quotient[lane], remainder[lane]) = correct(guess, left, divisor[lane]);
        }
    }

    fn proportions_small(
        factors: &[Money],
        share: &Money,
        whole: &Money,
        quotients: &mut [Money],
        remainders: &mut [Money],
    ) {
        let mut ratio: Lanes = [0.0; LANES];
        for lane in 0..LANES {
            ratio[lane] = to_float(share[lane]) / to_float(whole[lane]);
        }
        let places = quotients.iter_mut().zip(remainders);
        for (factor, (quotient, remainder)) in factors.iter().zip(places) {
            for lane in 0..LANES {
                let guess = to_whole(to_float(factor[lane]) * ratio[lane]);
                // The remainder lies in [-whole, 2 · whole), so it is known from its lowest 64 bits.
                let left = (factor[lane].wrapping_mul(share[lane]))
                    .wrapping_sub(guess.wrapping_mul(whole[lane]));
                (quotient[lane], remainder[lane]) = correct(guess, left, whole[lane]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_guess_that_is_one_off_is_corrected() {
        // 17 = 3 · 5 + 2, guessed as 2 (rest 7), 3 (rest 2) and 4 (rest -3); 15 guessed as 2 (rest 5).
        assert_eq!([(2, 7), (3, 2), (4, -3)].map(|(q, r)| correct(q, r, 5)), [(3, 2); 3]);
        assert_eq!(correct(2, 5, 5), (3, 0));
    }

    #[test]
    fn whole_numbers_survive_the_way_through_floating_point() {
        for whole in [0, 1, 2, 999, SMALL - 1, SMALL, (1 << 51) - 1] {
            assert_eq!(to_float(whole), whole as f64);
            assert_eq!(to_whole(whole as f64), whole);
        }
        assert_eq!([0.49, 0.51, 7.6].map(to_whole), [0, 1, 8]);
    }

    proptest! {
        #[test]
        fn quotients_of_any_size_are_those_of_whole_numbers(
            dividends in prop::collection::vec(0_i64..1 << 62, LANES),
            divisors in prop::collection::vec(1_i64..1 << 32, LANES),
            shift in 0..60_u32,
        ) {
            let dividend: Money = std::array::from_fn(|lane| dividends[lane] >> shift);
            let divisor: Money = std::array::from_fn(|lane| (divisors[lane] >> (shift / 2)).max(1));
            let (quotient, remainder) = divided(&dividend, &divisor);
            for lane in 0..LANES {
                prop_assert_eq!(quotient[lane], dividend[lane] / divisor[lane]);
                prop_assert_eq!(remainder[lane], dividend[lane] % divisor[lane]);
            }
        }

        #[test]
        fn units_of_any_size_are_those_of_whole_numbers(
            amounts in prop::collection::vec(any::<i64>(), LANES),
            shift in 0..64_u32,
            unit in prop_oneof![Just(1_i64), Just(100), 1..100_000_000_i64],
            more in 0.0..1.0_f64,
        ) {
            let amount: Money = std::array::from_fn(|lane| amounts[lane] >> shift);
            let more = (unit as f64 * more) as i64;
            let mut units = [NOTHING];
            whole_units(&[amount], more, unit, i64::MAX, &mut units);
            for lane in 0..LANES {
                let raised = (i128::from(amount[lane]) + i128::from(more)).clamp(0, i64::MAX.into());
                prop_assert_eq!(i128::from(units[0][lane]), raised / i128::from(unit));
            }
        }

        #[test]
        fn proportions_of_small_sums_are_those_by_wide_whole_numbers(
            factors in prop::collection::vec(0_i64..1 << 47, 1..8),
            parts in prop::collection::vec(0.0..=1.0_f64, LANES),
            more in -1_i64..2,
        ) {
            let total = factors.iter().sum::<i64>() + 1;
            let share: Money =
                std::array::from_fn(|lane| ((total as f64 * parts[lane]) as i64 + more).clamp(0, total));
            let rows: Vec<Money> = factors.iter().map(|&factor| [factor; LANES]).collect();
            let (mut quotients, mut remainders) = (rows.clone(), rows.clone());
            proportions(&rows, &share, &[total; LANES], &mut quotients, &mut remainders);
            for (row, &factor) in factors.iter().enumerate() {
                for lane in 0..LANES {
                    let product = i128::from(factor) * i128::from(share[lane]);
                    prop_assert_eq!(i128::from(quotients[row][lane]), product / i128::from(total));
                    prop_assert_eq!(i128::from(remainders[row][lane]), product % i128::from(total));
                }
            }
        }
    }
}
