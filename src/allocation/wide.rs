//! Whole numbers of many digits: just what sums of powers of amounts need.

/// Digits of 64 bits; the largest numbers have 12 factors of 62 bits, and some bits more.
pub(super) const DIGITS: usize = 16;

/// A whole number in two's complement, of as many digits as the caller uses in all its calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wide([u64; DIGITS]);

impl Wide {
    pub const ZERO: Self = Self([0; DIGITS]);

    /// A number that is not negative.
    pub fn of(number: i64) -> Self {
        let mut wide = Self::ZERO;
        wide.0[0] = number as u64;
        wide
    }

    /// Multiplies by a number that is not negative; holds for negative `self` too.
    pub fn times(mut self, factor: i64, digits: usize) -> Self {
        let mut carry = 0;
        for digit in self.0.iter_mut().take(digits) {
            let product = u128::from(*digit) * u128::from(factor as u64) + carry;
            *digit = product as u64;
            carry = product >> 64;
        }
        self
    }

    /// Adds a number.
    pub fn add(&mut self, other: &Self, digits: usize) {
        let mut carry = false;
        for (digit, other) in self.0.iter_mut().zip(&other.0).take(digits) {
            let (sum, one) = digit.overflowing_add(*other);
            let (sum, two) = sum.overflowing_add(u64::from(carry));
            (*digit, carry) = (sum, one || two);
        }
    }

    /// Takes a number away.
    pub fn subtract(&mut self, other: &Self, digits: usize) {
        let mut borrow = false;
        for (digit, other) in self.0.iter_mut().zip(&other.0).take(digits) {
            let (difference, one) = digit.overflowing_sub(*other);
            let (difference, two) = difference.overflowing_sub(u64::from(borrow));
            (*digit, borrow) = (difference, one || two);
        }
    }

    /// The quotient by a positive number, of a number that is not negative.
    pub fn ratio(&self, divisor: &Self) -> f64 {
        let ((above, high), (below, low)) = (self.leading(), divisor.leading());
        let mut ratio = above / below;
        for _ in low..high {
            ratio *= TWO_64;
        }
        for _ in high..low {
            ratio /= TWO_64;
        }
        ratio
    }

    /// The first digits that count as one number, and how many stand behind them.
    fn leading(&self) -> (f64, usize) {
        let first = self.0.iter().rposition(|&digit| digit != 0).unwrap_or(0);
        let behind = first.saturating_sub(2);
        let digits = self.0.iter().take(first + 1).skip(behind).rev();
        (digits.fold(0.0, |sum, &digit| sum * TWO_64 + digit as f64), behind)
    }
}

const TWO_64: f64 = 18_446_744_073_709_551_616.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_added_and_taken_away_exactly() {
        let power = |base: i64| (1..5).fold(Wide::of(base), |power, _| power.times(base, DIGITS));
        let large = 1 << 61;
        // (a + 1)^5 − a^5 − 5 a^4 − 10 a^3 − 10 a^2 − 5 a = 1.
        let mut rest = power(large + 1);
        rest.subtract(&power(large), DIGITS);
        for (times, degree) in [(5, 4), (10, 3), (10, 2), (5, 1)] {
            let term = (1..degree).fold(Wide::of(large), |power, _| power.times(large, DIGITS));
            rest.subtract(&term.times(times, DIGITS), DIGITS);
        }
        assert_eq!(rest, Wide::of(1));
    }

    #[test]
    fn a_negative_number_times_a_positive_one_is_negative() {
        let mut minus = Wide::ZERO;
        minus.subtract(&Wide::of(7), DIGITS);
        let mut sum = minus.times(1 << 40, DIGITS);
        sum.add(&Wide::of(8 << 40), DIGITS);
        assert_eq!(sum, Wide::of(1 << 40));
    }

    #[test]
    fn ratios_are_those_of_the_whole_numbers() {
        let large = Wide::of(3 << 60).times(1 << 62, DIGITS).times(1 << 62, DIGITS);
        assert_eq!(
            large.ratio(&Wide::of(1 << 60).times(1 << 62, DIGITS).times(1 << 62, DIGITS)),
            3.0
        );
        assert_eq!(Wide::of(1).ratio(&Wide::of(4)), 0.25);
        assert_eq!(Wide::ZERO.ratio(&large), 0.0);
    }
}
