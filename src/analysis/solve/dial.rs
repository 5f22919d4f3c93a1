//! A lever as a row of round values that can be tried one by one.

/// How fine a lever is turned, as a share of its range.
const FINENESS: f64 = 1e-4;
/// The finest that can be asked for, as a share of the range.
const FINEST: f64 = 1e-9;

/// A lever with its range, cut into steps of 1, 2 or 5 times a power of ten.
#[derive(Clone, Debug, PartialEq)]
pub struct Dial {
    low: f64,
    high: f64,
    /// 1, 2 or 5.
    digit: i64,
    /// The power of ten.
    exponent: i32,
    /// The step at or below the low end, counted from 0.
    base: i64,
    /// Places from the low end to the high one.
    last: i64,
}

impl Dial {
    /// The steps of a range; at most `within` wide, by default a ten-thousandth of the range. None
    /// where the range is empty or not of numbers that can be told apart.
    pub fn new(low: f64, high: f64, within: Option<f64>) -> Option<Self> {
        let width = high - low;
        if !(width > 0.0 && width.is_finite()) || low.abs().max(high.abs()) > 1e15 {
            return None;
        }
        let least = FINEST * width.max(low.abs()).max(high.abs());
        let wanted = within.unwrap_or(FINENESS * width).max(least).min(width);
        if wanted.is_nan() || wanted <= 0.0 {
            return None;
        }
        let (digit, exponent) = round_step(wanted);
        let mut dial = Self { low, high, digit, exponent, base: 0, last: 0 };
        dial.base = (low / dial.step()).floor() as i64;
        dial.last = ((high / dial.step()).ceil() as i64 - dial.base).max(1);
        Some(dial)
    }

    /// From one value to the next.
    pub fn step(&self) -> f64 {
        self.times(1)
    }

    /// The ends of the range.
    pub fn range(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The place of the high end; that of the low one is 0.
    pub fn last(&self) -> i64 {
        self.last
    }

    /// The value at a place.
    pub fn value(&self, place: i64) -> f64 {
        if place <= 0 {
            self.low
        } else if place >= self.last {
            self.high
        } else {
            self.times(self.base.saturating_add(place)).clamp(self.low, self.high)
        }
    }

    /// The place nearest to a value.
    pub fn place(&self, value: f64) -> i64 {
        let place = (value / self.step()).round() as i64;
        place.saturating_sub(self.base).clamp(0, self.last)
    }

    /// So many steps, as the decimal that a person would write.
    fn times(&self, steps: i64) -> f64 {
        let whole = steps.saturating_mul(self.digit) as f64;
        let power = ten_to(self.exponent.unsigned_abs());
        if self.exponent < 0 { whole / power } else { whole * power }
    }
}

/// The greatest of 1, 2 and 5 times a power of ten that is not above a number above 0.
fn round_step(wanted: f64) -> (i64, i32) {
    let value = |digit: i64, exponent: i32| {
        let power = ten_to(exponent.unsigned_abs());
        if exponent < 0 { digit as f64 / power } else { digit as f64 * power }
    };
    let steps = (-15..=15).flat_map(|exponent| [1, 2, 5].map(|digit| (digit, exponent)));
    let fits = |(digit, exponent): &(i64, i32)| value(*digit, *exponent) <= wanted * (1.0 + 1e-12);
    steps.rev().find(fits).unwrap_or((1, -15))
}

/// Ten to a small power, exactly.
fn ten_to(power: u32) -> f64 {
    (0..power).fold(1.0, |product, _| product * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_round_and_begin_and_end_with_the_range() {
        // A ten-thousandth of 2 000 is 0.2: 0, 0.2, 0.4, … 2 000.
        let dial = Dial::new(0.0, 2_000.0, None).unwrap();
        assert_eq!((dial.step(), dial.last()), (0.2, 10_000));
        assert_eq!([0, 3, 9_999, 10_000].map(|at| dial.value(at)), [0.0, 0.6, 1_999.8, 2_000.0]);
        // Of 1.5 … 4.5 it is 0.0003: the greatest round step is 0.0002.
        let dial = Dial::new(1.5, 4.5, None).unwrap();
        assert_eq!((dial.step(), dial.last()), (0.0002, 15_000));
        assert_eq!((dial.value(1), dial.place(3.0)), (1.5002, 7_500));
    }

    #[test]
    fn ends_that_are_no_steps_are_values_all_the_same() {
        let dial = Dial::new(0.25, 9.75, Some(1.0)).unwrap();
        let values: Vec<f64> = (0..=dial.last()).map(|at| dial.value(at)).collect();
        assert_eq!(values, [0.25, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 9.75]);
        assert_eq!((dial.place(-5.0), dial.place(50.0)), (0, 10));
    }

    #[test]
    fn below_zero_and_in_the_large_steps_are_round_too() {
        let dial = Dial::new(-3.0, -1.0, Some(0.5)).unwrap();
        let values: Vec<f64> = (0..=dial.last()).map(|at| dial.value(at)).collect();
        assert_eq!(values, [-3.0, -2.5, -2.0, -1.5, -1.0]);
        assert_eq!(Dial::new(0.0, 1_379_570.0, None).unwrap().step(), 100.0);
    }

    #[test]
    fn a_range_without_room_has_no_steps() {
        for (low, high) in [(1.0, 1.0), (2.0, 1.0), (0.0, f64::INFINITY), (f64::NAN, 1.0)] {
            assert_eq!(Dial::new(low, high, None), None);
        }
    }
}
