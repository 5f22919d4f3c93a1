//! Euro to whole cents.

use super::rounding::{WHOLE_FROM, whole_half_up, whole_half_up_below_limit};

/// Euro to whole cents, half up on the decimal reading, negatives away from zero: an amount whose
/// hundredfold lies within 2⁻⁴⁰ (relative, at most 1/64 cent) below a half counts as the half.
///
/// Total: beyond ±(2⁶³ − 1) cents the result is that limit, and NaN gives 0.
#[must_use]
pub fn euro_to_cents(euro: f64) -> i64 {
    let magnitude = whole_half_up(euro.abs() * 100.0);
    if euro < 0.0 { -magnitude } else { magnitude }
}

/// [`euro_to_cents`] of many amounts at once. Inlined, so that it is compiled for the vectors of the
/// kernel that calls it.
#[inline(always)]
#[must_use]
pub fn to_cents<const N: usize>(euro: &[f64; N]) -> [i64; N] {
    let mut cents = [0; N];
    let mut all_below = true;
    for at in 0..N {
        let scaled = euro[at].abs() * 100.0;
        // What is not a number is not below the limit either.
        all_below &= scaled < WHOLE_FROM;
        let magnitude = whole_half_up_below_limit(scaled);
        cents[at] = if euro[at] < 0.0 { -magnitude } else { magnitude };
    }
    if all_below { cents } else { one_by_one(euro) }
}

#[cold]
fn one_by_one<const N: usize>(euro: &[f64; N]) -> [i64; N] {
    euro.map(euro_to_cents)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_a_cent_counts_up_on_the_decimal_reading() {
        // 1.005 · 100 = 100.49999999999999 in f64; 1.115 · 100 = 111.50000000000001.
        assert_eq!(euro_to_cents(1.005), 101);
        assert_eq!(euro_to_cents(1.115), 112);
        assert_eq!(euro_to_cents(-1.005), -101);
        assert_eq!(euro_to_cents(1.004_9), 100);
        assert_eq!(euro_to_cents(-0.004), 0);
    }

    #[test]
    fn amounts_that_do_not_fit_stop_at_the_limit() {
        assert_eq!(euro_to_cents(f64::INFINITY), i64::MAX);
        assert_eq!(euro_to_cents(-1e300), -i64::MAX);
        assert_eq!(euro_to_cents(f64::NAN), 0);
        assert_eq!(to_cents(&[f64::NAN, 1.0, f64::INFINITY]), [0, 100, i64::MAX]);
    }

    #[test]
    fn many_amounts_at_once_are_rounded_as_one() {
        // Around the greatest number with a fraction, 2⁵² cents, and halves of every size.
        let limit = WHOLE_FROM / 100.0;
        for exponent in 0..54 {
            let half = ((1_u64 << exponent) as f64 + 0.5) / 100.0;
            let around = [half, half.next_down(), half.next_up(), -half, 0.0, -0.0];
            assert_eq!(to_cents(&around), around.map(euro_to_cents));
        }
        for euro in [limit, limit.next_down(), limit.next_up(), 1e-300, f64::MIN_POSITIVE] {
            assert_eq!(to_cents(&[euro, -euro]), [euro, -euro].map(euro_to_cents));
        }
    }

    proptest! {
        #[test]
        fn every_whole_cent_survives_the_way_through_euro(cents in -(1_i64 << 50)..(1_i64 << 50)) {
            prop_assert_eq!(euro_to_cents(cents as f64 / 100.0), cents);
        }

        #[test]
        fn any_amounts_at_once_are_rounded_as_one(
            euro in prop::array::uniform8(any::<f64>()),
            money in prop::array::uniform8(-1e9..1e9_f64),
            thousandths in prop::array::uniform8(-1_000_000_000_i64..1_000_000_000),
        ) {
            prop_assert_eq!(to_cents(&euro), euro.map(euro_to_cents));
            prop_assert_eq!(to_cents(&money), money.map(euro_to_cents));
            let decimal = thousandths.map(|amount| amount as f64 / 1000.0);
            prop_assert_eq!(to_cents(&decimal), decimal.map(euro_to_cents));
        }
    }
}
