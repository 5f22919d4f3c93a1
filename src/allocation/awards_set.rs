//! The centre of gravity of all divisions of a pot that give nobody more than the claim.
//!
//! It is the mean of independent uniform numbers on [0, claim], given that they add up to the pot. With
//! (x)₊ = max(0, x), c(S) the sum of the claims of a subset S and s its size, the density of the sum is
//! V / ((n − 1)! Π claims) with V = Σ (−1)^s (pot − c(S))₊^(n−1), and the centre of claimant i is
//! [Σ (−1)^s (pot − c(S))₊^n + n · claim i · Σ over S with i of (−1)^s (pot − c(S))₊^(n−1)] / (n V).
//!
//! The terms cancel by many digits: they are added as whole numbers.

use super::wide::{DIGITS, Wide};
use crate::numeric::{cos, exp, sin};

/// Adds the centre's numbers for positive ascending claims of more than the pot, 12 of them at most.
pub(super) fn exact_centre(pot: i64, claims: &[i64], numbers: &mut Vec<f64>) {
    let count = claims.len();
    let bits = |number: i64| (64 - number.leading_zeros()) as usize;
    // Each of the n factors of a term has the bits of the pot; there are 2^n terms, times n and a sign.
    let digits = (((count + 1) * (bits(pot) + 1) + 16) / 64 + 1).min(DIGITS);
    let mut terms =
        Terms { claims, digits, count, powers: Wide::ZERO, with: vec![Wide::ZERO; count] };
    let volume = terms.add(0, false, pot).times(count as i64, digits);
    for (&claim, with) in claims.iter().zip(&terms.with) {
        // A claim above the pot is in no subset that counts.
        let mut moment = with.times(claim, digits).times(count as i64, digits);
        if claim >= pot {
            moment = Wide::ZERO;
        }
        moment.add(&terms.powers, digits);
        numbers.push(moment.ratio(&volume));
    }
}

/// Alternating sums over subsets.
struct Terms<'a> {
    claims: &'a [i64],
    digits: usize,
    count: usize,
    /// Σ ± rest^n.
    powers: Wide,
    /// Σ ± rest^(n − 1) over the subsets with each claimant.
    with: Vec<Wide>,
}

impl Terms<'_> {
    /// Adds the subsets that consist of a set which leaves `left` > 0, and of claimants from `first` on;
    /// returns their Σ ± left^(n − 1).
    fn add(&mut self, first: usize, is_odd: bool, left: i64) -> Wide {
        let digits = self.digits;
        let power = (1..self.count).fold(Wide::of(1), |power, _| power.times(left, digits));
        let next_power = power.times(left, digits);
        let mut sum = Wide::ZERO;
        if is_odd {
            sum.subtract(&power, digits);
            self.powers.subtract(&next_power, digits);
        } else {
            sum.add(&power, digits);
            self.powers.add(&next_power, digits);
        }
        for next in first..self.claims.len() {
            let rest = left - self.claims[next];
            if rest <= 0 {
                // All later claims are as large.
                break;
            }
            let more = self.add(next + 1, !is_odd, rest);
            self.with[next].add(&more, digits);
            sum.add(&more, digits);
        }
        sum
    }
}

/// Nodes of the integral at most.
const NODES: usize = 4096;

/// What a node must be able to contribute, as a part of the first, for more to follow.
const SMALL: f64 = 1e-18;

/// Adds the centre's numbers for any number of positive ascending claims, whose half the pot does not
/// exceed; returns how far they may be off.
///
/// The density of the sum of the uniform numbers at the pot is an integral of the product of their
/// characteristic functions, and so is each mean, with the slope of the function of its claimant. The
/// path is moved through the saddle point, where the product is largest. As the sum lies between 0 and
/// all claims, a step of 2π / Σ claims has no error of its own; what is left out is the tail.
pub(super) fn integrated_centre(pot: i64, claims: &[i64], numbers: &mut Vec<f64>) -> f64 {
    // In parts of the pot; what a claim exceeds the pot by makes no difference.
    let pot = pot as f64;
    let claims: Vec<f64> = claims.iter().map(|&claim| (claim as f64 / pot).min(1.0)).collect();
    let tilt = saddle(&claims);
    let step = std::f64::consts::TAU / claims.iter().sum::<f64>();
    let mut sums = Sums { density: 0.0, moments: vec![0.0; claims.len()] };
    let mut half = None;
    let mut factors = Vec::with_capacity(claims.len());
    for node in 0..NODES {
        let angle = node as f64 * step;
        factors.clear();
        factors.extend(claims.iter().map(|&claim| characteristic(claim, Complex(tilt, angle))));
        sums.add(&factors, turn(-angle), if node == 0 { 0.5 } else { 1.0 });
        let most = factors.iter().fold(1.0, |product, factor| product * factor.most);
        if most < SMALL {
            half = None;
            break;
        }
        if node + 1 == NODES / 2 {
            half = Some(sums.clone());
        }
    }
    let mean = |sums: &Sums, moment: f64| moment / sums.density * pot;
    numbers.extend(sums.moments.iter().map(|&moment| mean(&sums, moment)));
    // Rounding of the sums, where the tail is nothing.
    let rounding = 1e-12 * pot;
    half.map_or(rounding, |half: Sums| {
        let pairs = sums.moments.iter().zip(&half.moments);
        let changes = pairs.map(|(&all, &some)| (mean(&sums, all) - mean(&half, some)).abs());
        changes.fold(rounding, f64::max)
    })
}

/// Sums over the nodes of the integrals.
#[derive(Clone, Debug)]
struct Sums {
    density: f64,
    moments: Vec<f64>,
}

impl Sums {
    /// Adds a node: the product of all values, and with each slope the product of the other values.
    fn add(&mut self, factors: &[Factor], turned: Complex, part: f64) {
        let mut before = turned.scaled(part);
        let mut places = Vec::with_capacity(factors.len());
        for factor in factors {
            places.push(before);
            before = before.times(factor.value);
        }
        self.density += before.0;
        let mut behind = Complex(1.0, 0.0);
        let rows = self.moments.iter_mut().zip(factors).zip(places);
        for ((moment, factor), before) in rows.rev() {
            *moment += before.times(behind).times(factor.slope).0;
            behind = behind.times(factor.value);
        }
    }
}

/// The tilt at which the means of the tilted uniform numbers add up to 1; not positive.
fn saddle(claims: &[f64]) -> f64 {
    let (mut low, mut high) = (-(claims.len() as f64), 0.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        let mean = |&claim: &f64| characteristic(claim, Complex(middle, 0.0)).slope.0;
        if claims.iter().map(mean).sum::<f64>() > 1.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    f64::midpoint(low, high)
}

#[derive(Clone, Copy, Debug)]
struct Complex(f64, f64);

impl Complex {
    fn times(self, other: Self) -> Self {
        Self(self.0 * other.0 - self.1 * other.1, self.0 * other.1 + self.1 * other.0)
    }

    fn over(self, other: Self) -> Self {
        let norm = other.0 * other.0 + other.1 * other.1;
        let product = self.times(Self(other.0, -other.1));
        Self(product.0 / norm, product.1 / norm)
    }

    fn less(self, other: Self) -> Self {
        Self(self.0 - other.0, self.1 - other.1)
    }

    fn scaled(self, by: f64) -> Self {
        Self(self.0 * by, self.1 * by)
    }
}

/// e^(i angle).
fn turn(angle: f64) -> Complex {
    Complex(cos(angle), sin(angle))
}

/// What a number that is uniform on [0, claim] contributes at a point.
#[derive(Clone, Copy, Debug)]
struct Factor {
    /// Its characteristic function, over that at the real part of the point.
    value: Complex,
    /// The slope of that; at a real point the mean of the tilted number.
    slope: Complex,
    /// What the value does not exceed here nor farther out.
    most: f64,
}

/// (e^z − 1) / z at z = claim · at, over the same at the real part.
fn characteristic(claim: f64, at: Complex) -> Factor {
    let (real, angle) = (at.0 * claim, at.1 * claim);
    let z = Complex(real, angle);
    let size = (real * real + angle * angle).sqrt();
    let grown = exp(real);
    let base = if real.abs() < 1.0 { series(Complex(real, 0.0)).0.0 } else { (grown - 1.0) / real };
    let (value, slope) = if size < 1.0 {
        series(z)
    } else {
        let power = turn(angle).scaled(grown);
        let value = power.less(Complex(1.0, 0.0)).over(z);
        (value, power.less(value).over(z))
    };
    let most = if size < 1.0 { 1.0 } else { ((grown + 1.0) / (size * base)).min(1.0) };
    Factor { value: value.scaled(1.0 / base), slope: slope.scaled(claim / base), most }
}

/// (e^z − 1) / z = Σ z^k / (k + 1)! and its slope, for |z| < 1.
fn series(z: Complex) -> (Complex, Complex) {
    let (mut value, mut slope) = (Complex(0.0, 0.0), Complex(0.0, 0.0));
    // Horner's scheme in k!: value = 1/1! + z/2! + …, each step divides by the next factor.
    for order in (1..19).rev() {
        let divisor = f64::from(order);
        slope = slope.times(z).less(value.scaled(-1.0)).scaled(1.0 / divisor);
        value = value.times(z).scaled(1.0 / divisor);
        value.0 += 1.0 / divisor;
    }
    (value, slope)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(pot: i64, claims: &[i64]) -> Vec<f64> {
        let mut numbers = Vec::new();
        exact_centre(pot, claims, &mut numbers);
        numbers
    }

    #[test]
    fn the_centre_of_a_triangle_and_of_a_trapezium() {
        // Pot 1 of three claims of 2: a triangle.
        assert_eq!(exact(1, &[2, 2, 2]), [1.0 / 3.0; 3]);
        // Claims 1, 2 and a pot of 1: the middle of the line from (0, 1) to (1, 0).
        assert_eq!(exact(1, &[1, 2]), [0.5, 0.5]);
        assert_eq!(exact(3, &[9]), [3.0]);
    }

    #[test]
    fn huge_and_tiny_claims_together_lose_no_digits() {
        // The tiny ones are free between 0 and their claim whatever the huge ones do: half of it each.
        let claims = [2, 4, 1 << 55, 1 << 56, 1 << 57];
        let centre = exact(1 << 55, &claims);
        assert!((centre[0] - 1.0).abs() < 1e-12 && (centre[1] - 2.0).abs() < 1e-12, "{centre:?}");
        assert!((centre.iter().sum::<f64>() / (1_i64 << 55) as f64 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_integral_agrees_with_the_whole_numbers() {
        let cases: [(&[i64], f64); 4] = [
            (&[50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160], 1e-11),
            (&[1, 3, 5, 900, 900, 900, 900, 1000, 1000, 1000, 1000, 1000], 1e-11),
            (&[10, 20, 30, 40, 50, 60, 2000], 1e-4),
            (&[5, 90, 100, 100, 110], 1e-9),
        ];
        for (claims, within) in cases {
            let total: i64 = claims.iter().sum();
            for pot in [total / 9, total / 3, total / 2] {
                let mut numbers = Vec::new();
                let error = integrated_centre(pot, claims, &mut numbers);
                assert!(error <= within * pot as f64, "{error} for {claims:?}, {pot}");
                for (number, exact) in numbers.iter().zip(exact(pot, claims)) {
                    let off = (number - exact).abs();
                    assert!(off <= 4.0 * error, "{number} for {exact}: {error} of {claims:?}");
                }
            }
        }
    }
}
