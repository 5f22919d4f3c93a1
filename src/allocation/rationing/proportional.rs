//! The proportional rule.

use super::super::documented::documented;
use super::{RationingRule, Share, Shortage};

documented! {
    /// Every claim receives the same share of itself.
    ///
    /// The rule of most appropriations: when the pot covers 80 % of what is due, everyone receives
    /// 80 % of what is due to them.
    ///
    /// **Formula**: `award = claim · pot / Σ claims`, all in money.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims, rises with the pot, is its
    /// own dual (awards and losses are shared alike). No gain from merging or splitting claims. A
    /// claim above the pot pays: inflated claims are not cut back.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 300 give 50, 100, 150.
    /// ```ron
    /// "maintenance": (entitle: …, ration: Proportional)
    /// ```
    ///
    /// **References**: O'Neill (1982), <https://doi.org/10.1016/0165-4896(82)90029-4>;
    /// Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>.
    pub struct Proportional;
}

impl RationingRule for Proportional {
    fn divide(&self, shortage: &Shortage<'_>, _scratch: &mut Vec<i64>, shares: &mut [Share]) {
        let (pot, total) = (shortage.pot(), shortage.total());
        if total < LARGEST_IN_FLOAT {
            let ratio = pot as f64 / total as f64;
            for (share, &claim) in shares.iter_mut().zip(shortage.claims()) {
                *share = by_float(pot, claim, total, ratio);
            }
        } else {
            for (share, &claim) in shares.iter_mut().zip(shortage.claims()) {
                *share = by_wide_integer(pot, claim, total);
            }
        }
    }
}

/// Below this sum of claims (units) a quotient in floating point is at most 1 off: the relative
/// error of claim · ratio is below 2^-51, so the error is below 2^-51 · 2^50 = 1/2.
const LARGEST_IN_FLOAT: i64 = 1 << 50;

/// Exact, without a wide division: the quotient is guessed in floating point, and the remainder,
/// which is known modulo 2^64 and lies in [-total, 2 · total), corrects it.
fn by_float(pot: i64, claim: i64, total: i64, ratio: f64) -> Share {
    let guess = (claim as f64 * ratio) as i64;
    let remainder = pot.wrapping_mul(claim).wrapping_sub(guess.wrapping_mul(total));
    let correction = i64::from(remainder >= total) - i64::from(remainder < 0);
    Share::of_fraction(guess + correction, remainder - correction * total, total)
}

fn by_wide_integer(pot: i64, claim: i64, total: i64) -> Share {
    let product = i128::from(pot) * i128::from(claim);
    let total_wide = i128::from(total);
    // Both fit: pot < total, so the quotient does not exceed the claim.
    let (whole, remainder) = ((product / total_wide) as i64, (product % total_wide) as i64);
    let rest = remainder as f64 / total as f64;
    // A remainder close to a huge total may round to 1.
    Share { whole, rest: rest.min(1.0 - f64::EPSILON / 2.0) }
}

#[cfg(test)]
mod tests {
    use super::super::super::shares;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pot_of_half_the_claims_pays_half_of_each() {
        let mut given = [Share::default(); 3];
        shares(&Proportional, 300, &[100, 200, 300], &mut given);
        assert_eq!(given.map(Share::value), [50.0, 100.0, 150.0]);
    }

    #[test]
    fn equal_remainders_are_equal_to_the_bit() {
        // 100 · 100 / 600 = 16 + 4/6, 100 · 400 / 600 = 66 + 4/6: the same remainder.
        let mut given = [Share::default(); 3];
        shares(&Proportional, 100, &[100, 100, 400], &mut given);
        assert_eq!(given.map(|share| share.whole), [16, 16, 66]);
        assert_eq!(given.map(|share| share.rest.to_bits()), [(4.0_f64 / 6.0).to_bits(); 3]);
    }

    proptest! {
        #[test]
        fn the_quotient_by_float_is_the_one_by_wide_integers(
            claims in prop::collection::vec(0_i64..1 << 47, 1..8),
            part in 0.0..1.0_f64,
            last in 0_i64..3,
        ) {
            let total: i64 = claims.iter().sum::<i64>() + 2;
            let pot = ((total as f64 * part) as i64 + last).clamp(1, total - 1);
            let ratio = pot as f64 / total as f64;
            for &claim in &claims {
                prop_assert_eq!(by_float(pot, claim, total, ratio), by_wide_integer(pot, claim, total));
            }
        }
    }
}
