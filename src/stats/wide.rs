//! An unsigned integer of 192 bits: room for the squares of 2⁶⁴ values of 64 bits.

use serde::{Deserialize, Serialize};

/// An unsigned integer below 2¹⁹².
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wide {
    low: u128,
    high: u64,
}

impl Wide {
    /// The product of a 64-bit and a 128-bit number.
    pub(super) fn product(a: u64, b: u128) -> Self {
        // b = upper · 2⁶⁴ + lower, so the product is (a · upper) · 2⁶⁴ + a · lower.
        let shifted = u128::from(a) * (b >> 64);
        let mut product = Self { low: shifted << 64, high: (shifted >> 64) as u64 };
        product.add(Self { low: u128::from(a) * u128::from(b as u64), high: 0 });
        product
    }

    /// Adds the square of a value.
    #[inline]
    pub(super) fn add_square(&mut self, value: i64) {
        let magnitude = u128::from(value.unsigned_abs());
        self.add(Self { low: magnitude * magnitude, high: 0 });
    }

    /// Adds the square of the sum of two values.
    pub(super) fn add_square_of_sum(&mut self, a: i64, b: i64) {
        let magnitude = (i128::from(a) + i128::from(b)).unsigned_abs();
        // Only 2⁶⁴, the sum of the two least values, has a square past 128 bits: 2¹²⁸.
        self.add(magnitude.checked_mul(magnitude).map_or(Self { low: 0, high: 1 }, Self::from));
    }

    /// Adds another number, modulo 2¹⁹².
    #[inline]
    pub(super) fn add(&mut self, other: Self) {
        let (low, carry) = self.low.overflowing_add(other.low);
        self.low = low;
        self.high = self.high.wrapping_add(other.high).wrapping_add(u64::from(carry));
    }

    /// This number less another, modulo 2¹⁹².
    pub(super) fn minus(self, other: Self) -> Self {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self.high.wrapping_sub(other.high).wrapping_sub(u64::from(borrow));
        Self { low, high }
    }

    /// The nearest `f64`, to within one unit in the last place.
    pub(super) fn to_f64(self) -> f64 {
        const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;
        self.high as f64 * (TWO_TO_64 * TWO_TO_64) + self.low as f64
    }
}

impl From<u64> for Wide {
    fn from(value: u64) -> Self {
        Self { low: u128::from(value), high: 0 }
    }
}

impl From<u128> for Wide {
    fn from(value: u128) -> Self {
        Self { low: value, high: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carries_and_borrows_cross_the_128th_bit() {
        // (2⁶³)² = 2¹²⁶; four of them are 2¹²⁸.
        let mut sum = Wide::default();
        for _ in 0..4 {
            sum.add_square(i64::MIN);
        }
        assert_eq!(sum, Wide { low: 0, high: 1 });
        assert_eq!(sum.minus(Wide::from(1_u64)), Wide { low: u128::MAX, high: 0 });
        assert_eq!(sum.to_f64(), 340_282_366_920_938_463_463_374_607_431_768_211_456.0);
    }

    #[test]
    fn the_square_of_a_sum_holds_for_the_least_values_too() {
        // (3 − 5)² = 4; (−2⁶³ − 2⁶³)² = 2¹²⁸.
        let mut sum = Wide::default();
        sum.add_square_of_sum(3, -5);
        assert_eq!(sum, Wide::from(4_u64));
        sum.add_square_of_sum(i64::MIN, i64::MIN);
        assert_eq!(sum, Wide { low: 4, high: 1 });
    }

    #[test]
    fn a_product_keeps_all_its_bits() {
        // (2⁶⁴ − 1)(2¹²⁸ − 1) = 2¹⁹² − 2¹²⁸ − 2⁶⁴ + 1.
        let product = Wide::product(u64::MAX, u128::MAX);
        assert_eq!(product, Wide { low: u128::MAX - u128::from(u64::MAX) + 1, high: u64::MAX - 1 });
        assert_eq!(Wide::product(7, 6), Wide::from(42_u64));
    }
}
