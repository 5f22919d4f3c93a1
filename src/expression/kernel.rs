//! Operations value by value, over slices of equal length.

use super::round::{floor, round_half_up};
use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, cos, exp, ln, pow, pow_lanes, sin};

/// An operation on one, two or three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elementwise {
    Negate,
    Not,
    Absolute,
    Round(i32),
    Floor,
    Ceiling,
    Root,
    Exponential,
    Logarithm,
    Sine,
    Cosine,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Min,
    Max,
    Less,
    AtMost,
    Equal,
    Unequal,
    And,
    Or,
    Select,
    Clamp,
    /// The first, or the second where the first has no value.
    Given,
}

/// Values to work on: one for all, or one each.
#[derive(Clone, Copy, Debug)]
pub(super) enum View<'v> {
    One(f64),
    Many(&'v [f64]),
}

impl View<'_> {
    /// The part from `start` of at most `length` values.
    fn part(self, start: usize, length: usize) -> Self {
        match self {
            Self::One(x) => Self::One(x),
            Self::Many(x) => Self::Many(x.get(start..start + length).unwrap_or(&[])),
        }
    }
}

/// What is not finite has no value.
#[inline(always)]
fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { f64::NAN }
}

/// The smaller; NaN if either is (`f64::min` would drop it).
#[inline(always)]
pub(super) fn least(a: f64, b: f64) -> f64 {
    if a < b || a.is_nan() { a } else { b }
}

/// The larger; NaN if either is.
#[inline(always)]
pub(super) fn greatest(a: f64, b: f64) -> f64 {
    if a > b || a.is_nan() { a } else { b }
}

#[inline(always)]
fn truth(holds: bool, a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else if holds {
        1.0
    } else {
        0.0
    }
}

fn power(a: f64, b: f64) -> f64 {
    // The usual conventions give 1 for NaN^0 and 1^NaN: here a fault stays one.
    if a.is_nan() || b.is_nan() { f64::NAN } else { finite(pow(a, b)) }
}

/// Powers: a whole row at a time where there is one.
fn powers(out: &mut [f64], a: View, b: View) {
    let Ok(out) = <&mut Lanes>::try_from(&mut *out) else {
        return binary(out, a, b, power);
    };
    let row = |view: View| -> Option<Lanes> {
        match view {
            View::One(x) => Some([x; LANES]),
            View::Many(x) => x.try_into().ok(),
        }
    };
    if let (Some(mut bases), Some(exponents)) = (row(a), row(b)) {
        let mut faulty = [false; LANES];
        for lane in 0..LANES {
            faulty[lane] = bases[lane].is_nan() || exponents[lane].is_nan();
        }
        pow_lanes(&mut bases, &exponents);
        for lane in 0..LANES {
            out[lane] = if faulty[lane] { f64::NAN } else { finite(bases[lane]) };
        }
    }
}

#[inline(always)]
fn select(condition: f64, yes: f64, no: f64) -> f64 {
    if condition.is_nan() {
        f64::NAN
    } else if condition == 0.0 {
        no
    } else {
        yes
    }
}

#[inline(always)]
fn clamp(x: f64, low: f64, high: f64) -> f64 {
    if low <= high {
        if x < low {
            low
        } else if x > high {
            high
        } else {
            x
        }
    } else {
        f64::NAN
    }
}

/// The same for each row: a loop in each arm of a choice, so that the choice is made once for all.
macro_rules! each {
    ($rows:ident, |$out:ident, $a:ident, $b:ident, $c:ident| $row:expr) => {{
        let (out, operands, width): (&mut [f64], &[[View<'_>; 3]], usize) = $rows;
        for row in 0..(out.len() / width).min(operands.len()) {
            let $out = &mut out[row * width..(row + 1) * width];
            let [$a, $b, $c] = operands[row];
            $row;
        }
    }};
}

vectorised! {
    /// Computes rows of `out`, side by side, from the operands of each; `Many` must be as long as a row (what
    /// is shorter leaves the rest as it was).
    pub(super) fn apply(operation: Elementwise, out: &mut [f64], operands: &[[View<'_>; 3]]) {
        let width = (out.len() / operands.len().max(1)).max(1);
        let rows = (out, operands, width);
        match operation {
            Elementwise::Negate => each!(rows, |out, a, _b, _c| unary(out, a, |x| -x)),
            Elementwise::Not => each!(rows, |out, a, _b, _c| unary(out, a, |x| 1.0 - x)),
            Elementwise::Absolute => each!(rows, |out, a, _b, _c| unary(out, a, f64::abs)),
            Elementwise::Round(digits) => each!(rows, |out, a, _b, _c| unary(out, a, |x| round_half_up(x, digits))),
            Elementwise::Floor => each!(rows, |out, a, _b, _c| unary(out, a, floor)),
            Elementwise::Ceiling => each!(rows, |out, a, _b, _c| unary(out, a, |x| -floor(-x))),
            Elementwise::Root => each!(rows, |out, a, _b, _c| unary(out, a, f64::sqrt)),
            Elementwise::Exponential => each!(rows, |out, a, _b, _c| unary(out, a, |x| finite(exp(x)))),
            Elementwise::Logarithm => each!(rows, |out, a, _b, _c| unary(out, a, |x| if x > 0.0 { finite(ln(x)) } else { f64::NAN })),
            Elementwise::Sine => each!(rows, |out, a, _b, _c| unary(out, a, sin)),
            Elementwise::Cosine => each!(rows, |out, a, _b, _c| unary(out, a, cos)),
            Elementwise::Add => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| x + y)),
            Elementwise::Subtract => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| x - y)),
            Elementwise::Multiply | Elementwise::And => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| x * y)),
            Elementwise::Divide => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| finite(x / y))),
            Elementwise::Power => each!(rows, |out, a, b, _c| powers(out, a, b)),
            Elementwise::Min => each!(rows, |out, a, b, _c| binary(out, a, b, least)),
            Elementwise::Max => each!(rows, |out, a, b, _c| binary(out, a, b, greatest)),
            Elementwise::Less => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| truth(x < y, x, y))),
            Elementwise::AtMost => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| truth(x <= y, x, y))),
            Elementwise::Equal => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| truth(x == y, x, y))),
            Elementwise::Unequal => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| truth(x != y, x, y))),
            Elementwise::Or => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| x + y - x * y)),
            Elementwise::Given => each!(rows, |out, a, b, _c| binary(out, a, b, |x, y| if x.is_nan() { y } else { x })),
            Elementwise::Select => each!(rows, |out, a, b, c| ternary(out, [a, b, c], select)),
            Elementwise::Clamp => each!(rows, |out, a, b, c| ternary(out, [a, b, c], clamp)),
        }
    }
}

/// The same for constants, when compiled.
pub(super) fn fold(operation: Elementwise, operands: [f64; 3]) -> f64 {
    let mut out = [f64::NAN];
    apply(operation, &mut out, &[operands.map(View::One)]);
    out[0]
}

// Loops over indices, of slices that are as long as each other: iterators that go side by side, and the
// filling of a slice, are calls inside a kernel for wide vectors.

#[inline(always)]
fn fill(out: &mut [f64], value: f64) {
    let count = out.len();
    for at in 0..count {
        out[at] = value;
    }
}

#[inline(always)]
fn unary(out: &mut [f64], a: View, f: impl Fn(f64) -> f64) {
    match a {
        View::One(x) => fill(out, f(x)),
        View::Many(x) => {
            let count = out.len().min(x.len());
            let (out, x) = (&mut out[..count], &x[..count]);
            for at in 0..count {
                out[at] = f(x[at]);
            }
        }
    }
}

#[inline(always)]
fn binary(out: &mut [f64], a: View, b: View, f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (View::One(x), View::One(y)) => fill(out, f(x, y)),
        (View::One(x), View::Many(y)) => unary(out, View::Many(y), |y| f(x, y)),
        (View::Many(x), View::One(y)) => unary(out, View::Many(x), |x| f(x, y)),
        (View::Many(x), View::Many(y)) => {
            let count = out.len().min(x.len()).min(y.len());
            let (out, x, y) = (&mut out[..count], &x[..count], &y[..count]);
            for at in 0..count {
                out[at] = f(x[at], y[at]);
            }
        }
    }
}

/// A first operand that is single (rare: it is the condition, or what is clamped) is repeated.
#[inline(always)]
fn ternary(out: &mut [f64], [a, b, c]: [View; 3], f: impl Fn(f64, f64, f64) -> f64) {
    let mut start = 0;
    while start < out.len() {
        let length = (out.len() - start).min(LANES);
        let out = &mut out[start..start + length];
        let repeated;
        let a = match a.part(start, length) {
            View::Many(a) => a,
            View::One(a) => {
                repeated = [a; LANES];
                &repeated[..length]
            }
        };
        match (b.part(start, length), c.part(start, length)) {
            (View::One(b), View::One(c)) => unary(out, View::Many(a), |a| f(a, b, c)),
            (View::One(b), View::Many(c)) => {
                binary(out, View::Many(a), View::Many(c), |a, c| f(a, b, c));
            }
            (View::Many(b), View::One(c)) => {
                binary(out, View::Many(a), View::Many(b), |a, b| f(a, b, c));
            }
            (View::Many(b), View::Many(c)) => {
                let count = out.len().min(a.len()).min(b.len()).min(c.len());
                let (out, a, b, c) = (&mut out[..count], &a[..count], &b[..count], &c[..count]);
                for at in 0..count {
                    out[at] = f(a[at], b[at], c[at]);
                }
            }
        }
        start += length;
    }
}

#[cfg(test)]
mod tests {
    use super::{Elementwise, View, apply, fold};

    #[test]
    fn one_and_many_give_the_same() {
        static X: [f64; 100] = [1.5; 100];
        static Y: [f64; 100] = [-2.0; 100];
        static Z: [f64; 100] = [4.0; 100];
        for operation in [Elementwise::Subtract, Elementwise::Select, Elementwise::Clamp] {
            let single = fold(operation, [1.5, -2.0, 4.0]);
            for mask in 0..8 {
                let view = |place: u32, values: &'static [f64]| {
                    if mask >> place & 1 == 1 { View::Many(values) } else { View::One(values[0]) }
                };
                let mut out = [0.0; 100];
                apply(operation, &mut out, &[[view(0, &X), view(1, &Y), view(2, &Z)]]);
                assert!(out.iter().all(|out| *out == single), "{operation:?} {mask}");
            }
        }
    }

    #[test]
    fn a_fault_goes_through_every_operation() {
        let nan = f64::NAN;
        for operation in [
            Elementwise::Add,
            Elementwise::Divide,
            Elementwise::Power,
            Elementwise::Min,
            Elementwise::Max,
            Elementwise::Less,
            Elementwise::AtMost,
            Elementwise::Equal,
            Elementwise::Unequal,
            Elementwise::And,
            Elementwise::Or,
        ] {
            for other in [0.0, 1.0] {
                assert!(fold(operation, [nan, other, 0.0]).is_nan(), "{operation:?}");
                assert!(fold(operation, [other, nan, 0.0]).is_nan(), "{operation:?}");
            }
        }
        for place in 0..3 {
            let mut operands = [1.0, 0.0, 2.0];
            operands[place] = nan;
            assert!(fold(Elementwise::Clamp, operands).is_nan());
        }
        assert!(fold(Elementwise::Select, [nan, 1.0, 2.0]).is_nan());
        assert_eq!(fold(Elementwise::Select, [1.0, 5.0, nan]), 5.0);
        assert_eq!(fold(Elementwise::Select, [0.0, nan, 6.0]), 6.0);
    }

    #[test]
    fn what_is_not_finite_has_no_value() {
        for (operation, a, b) in [
            (Elementwise::Divide, 1.0, 0.0),
            (Elementwise::Divide, 0.0, 0.0),
            (Elementwise::Power, 0.0, -1.0),
            (Elementwise::Power, -8.0, 1.0 / 3.0),
            (Elementwise::Power, 10.0, 400.0),
            (Elementwise::Exponential, 1000.0, 0.0),
            (Elementwise::Logarithm, 0.0, 0.0),
            (Elementwise::Logarithm, -1.0, 0.0),
            (Elementwise::Root, -1.0, 0.0),
            (Elementwise::Sine, 1e7, 0.0),
            (Elementwise::Cosine, -1e7, 0.0),
        ] {
            assert!(fold(operation, [a, b, 0.0]).is_nan(), "{operation:?} {a} {b}");
        }
    }
}
