//! Shares that are half of a multiple of the claim, more or less a level: Talmud and its relatives.
//!
//! They work in half units, in which half a claim is a whole number.

use super::level::Level;
use super::portions::{Ordered, Portions};
use super::rows::{Money, NOTHING};
use super::{Shares, Shortage};
use crate::numeric::LANES;
use crate::numeric::simd::vectorised;

/// In half units a share is `times · claim ± min(claim, level)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Halves {
    /// What the level, in half units, adds up to: Σ min(claim, level).
    pub amount: i64,
    /// 0, 1 or 2.
    pub times: i64,
    /// Whether the level is taken away.
    pub is_less: bool,
}

/// The shares in all draws; `plan` says from pot and missing money what they are made of.
pub(super) fn divide(
    shortage: &Shortage<'_>,
    shares: &mut Shares<'_>,
    plan: impl Fn(i64, i64) -> Halves,
) {
    let (pot, missing) = (shortage.pot(), shortage.missing());
    let (mut amount, mut times, mut is_less) = (NOTHING, NOTHING, NOTHING);
    for lane in 0..LANES {
        let halves = plan(pot[lane], missing[lane]);
        (amount[lane], times[lane]) = (halves.amount, halves.times);
        is_less[lane] = i64::from(halves.is_less);
    }
    let level = Level::of(shortage.claims(), &amount);
    fill(shortage.claims(), &level, &times, &is_less, shares.whole, shares.rest);
    *shares.of = level.above.map(|above| 2 * above);
}

/// The shares in one draw.
pub(super) fn divide_one(
    problem: &Ordered<'_>,
    portions: &mut Portions,
    plan: impl Fn(i64, i64) -> Halves,
) {
    let Halves { amount, times, is_less } = plan(problem.pot(), problem.missing());
    let mark = problem.level(amount);
    for &claim in problem.claims() {
        let is_low = claim <= mark.whole;
        let least = if is_low { claim } else { mark.whole };
        let over = if is_low { 0 } else { mark.over };
        portions.push(half(claim, times, i64::from(is_less), least, over, mark.above));
    }
    portions.of = 2 * mark.above;
}

/// Half of `times · claim ± (least + over / above)`: whole units, and the rest in parts of `2 · above`.
#[inline(always)]
fn half(claim: i64, times: i64, is_less: i64, least: i64, over: i64, above: i64) -> (i64, i64) {
    // less: base − (least + over/above) = (base − least − 1) + (above − over)/above, if over > 0.
    let down = is_less & i64::from(over > 0);
    let signed = (least ^ -is_less).wrapping_add(is_less);
    let halves = times.wrapping_mul(claim).wrapping_add(signed).wrapping_sub(down);
    let part = if down == 1 { above - over } else { over };
    // Not negative, but of two claims of 2^62 units one bit too long for a sign.
    ((halves as u64 >> 1) as i64, (-(halves & 1) & above) + part)
}

vectorised! {
    fn fill(
        claims: &[Money],
        level: &Level,
        times: &Money,
        is_less: &Money,
        whole: &mut [Money],
        rest: &mut [Money],
    ) {
        for ((claim, whole), rest) in claims.iter().zip(whole).zip(rest) {
            for lane in 0..LANES {
                let is_low = claim[lane] <= level.whole[lane];
                let least = if is_low { claim[lane] } else { level.whole[lane] };
                let over = if is_low { 0 } else { level.over[lane] };
                let above = level.above[lane];
                // `times` is 0, 1 or 2: chosen, as vectors have no cheap product of 64 bits.
                let one = -i64::from(times[lane] > 0) & claim[lane];
                let two = -i64::from(times[lane] > 1) & claim[lane];
                let down = is_less[lane] & i64::from(over > 0);
                let signed = (least ^ -is_less[lane]).wrapping_add(is_less[lane]);
                let halves = one.wrapping_add(two).wrapping_add(signed).wrapping_sub(down);
                let part = if down == 1 { above - over } else { over };
                whole[lane] = (halves as u64 >> 1) as i64;
                rest[lane] = (-(halves & 1) & above) + part;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_exact_in_either_direction() {
        // (7 + 2 1/3) / 2 = 4 4/6; (7 − 2 1/3) / 2 = 2 2/6; (14 − 3) / 2 = 5 3/6.
        assert_eq!(half(7, 1, 0, 2, 1, 3), (4, 4));
        assert_eq!(half(7, 1, 1, 2, 1, 3), (2, 2));
        assert_eq!(half(7, 2, 1, 3, 0, 3), (5, 3));
        assert_eq!(half(1 << 62, 2, 1, 0, 0, 1), (1 << 62, 0));
    }
}
