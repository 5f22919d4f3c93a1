//! Values of a block of draws as whole quanta.

use crate::engine::settlement::Money;
use crate::numeric::simd::vectorised;
use crate::numeric::{ALL_LANES, LANES, Lanes, first_lanes, lanes_of};

/// The most quanta that are kept: what exceeds them, as what is not a number, is missing.
const MOST: f64 = 9e18;

/// Below this an `f64` has neighbours at most ½ apart: 2⁵¹.
pub(super) const HALVES: f64 = 2_251_799_813_685_248.0;

/// 1.5 · 2⁵²: adding it rounds to a whole number and leaves that number in the low bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;

vectorised! {
    /// Values in quanta of `1 / scale`, rounded half up; gives the lanes of those below 2⁵¹: of the
    /// others, which may not be numbers, nothing is said.
    fn quanta(values: &Lanes, scale: f64, quanta: &mut Money) -> u64 {
        let mut near = [0; LANES];
        for lane in 0..LANES {
            let shifted = values[lane] * scale + 0.5;
            near[lane] = u8::from(shifted.abs() < HALVES);
            let nearest = (shifted + SHIFT) - SHIFT;
            let floor = if nearest > shifted { nearest - 1.0 } else { nearest };
            quanta[lane] = ((floor + SHIFT).to_bits() as i64).wrapping_sub(SHIFT.to_bits() as i64);
        }
        lanes_of(&near)
    }
}

/// Whoever takes what a figure comes to in a block of draws.
pub trait Noting {
    /// Takes quanta: of the draws whose bit of `present` is set; of so many the value is `missing`.
    fn note(&mut self, quanta: &Money, present: u64, missing: u32);

    /// Takes the first `active` draws of a block.
    #[inline]
    fn add_money(&mut self, quanta: &Money, active: usize) {
        self.note(quanta, first_lanes(active), 0);
    }

    /// Takes the first `active` draws of a block, in quanta of `1 / scale`; what is not a number is missing.
    #[inline]
    fn add_values(&mut self, values: &Lanes, scale: f64, active: usize) {
        let mut whole = [0; LANES];
        let near = quanta(values, scale, &mut whole);
        let draws = first_lanes(active);
        let present =
            if near == ALL_LANES { draws } else { odd((values, near), &mut whole, scale, draws) };
        self.note(&whole, present, (draws & !present).count_ones());
    }
}

/// Works out values of which some are large or missing; `near` are those that are neither. Gives those that
/// there are.
#[cold]
fn odd((values, near): (&Lanes, u64), whole: &mut Money, scale: f64, draws: u64) -> u64 {
    let mut present = near & draws;
    let mut odd = draws & !near;
    while odd != 0 {
        let lane = odd.trailing_zeros() as usize % LANES;
        if values[lane].abs() <= MOST / scale {
            whole[lane] = (values[lane] * scale + 0.5).floor() as i64;
            present |= 1 << lane;
        }
        odd &= odd - 1;
    }
    present
}
