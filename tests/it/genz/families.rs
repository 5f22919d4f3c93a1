//! The six families of test integrals of A. Genz (1984, "Testing multidimensional integration
//! routines"; 1987, "A package for testing multiple integration subroutines",
//! doi:10.1007/978-94-009-3889-2_33), with their values in closed form.

use std::f64::consts::{PI, SQRT_2};

use dotacija::numeric::{LANES, Lanes, normal_cdf};
use dotacija::random::{Plan, Sampling, stream};

/// The numbers of draws at which errors are taken: 2⁸ … 2¹⁶.
pub const POWERS: std::ops::RangeInclusive<u32> = 8..=16;
/// The most dimensions.
pub const MOST_DIMENSIONS: usize = 6;

/// A family: its integrand has a difficulty `a` and a shift `u` in each dimension.
pub struct Family {
    pub name: &'static str,
    /// The sum of the difficulties in [`MOST_DIMENSIONS`]; in fewer each has the same on average.
    difficulty: f64,
    pub at: fn(x: &[f64], a: &[f64], u: &[f64]) -> f64,
    pub integral: fn(a: &[f64], u: &[f64]) -> f64,
}

pub const OSCILLATORY: Family = Family {
    name: "oscillatory",
    difficulty: 9.0,
    at: |x, a, u| (2.0 * PI * u[0] + dot(a, x)).cos(),
    integral: |a, u| {
        let product: f64 = a.iter().map(|a| 2.0 * (a / 2.0).sin() / a).product();
        (2.0 * PI * u[0] + a.iter().sum::<f64>() / 2.0).cos() * product
    },
};

pub const PRODUCT_PEAK: Family = Family {
    name: "product peak",
    difficulty: 7.25,
    at: |x, a, u| each(x, a, u, |x, a, u| 1.0 / (1.0 / (a * a) + (x - u) * (x - u))),
    integral: |a, u| each(a, a, u, |_, a, u| a * ((a * (1.0 - u)).atan() + (a * u).atan())),
};

pub const CORNER_PEAK: Family = Family {
    name: "corner peak",
    difficulty: 1.85,
    at: |x, a, _| (1.0 + dot(a, x)).powi(-1 - a.len() as i32),
    integral: |a, _| {
        // ∫ (1 + a·x)^−(d+1) = Σ over corners of (−1)^(ones) / (1 + a·corner), over d! Π a.
        let corners = 0..1_u32 << a.len();
        let sum: f64 = corners
            .map(|corner| {
                let at: f64 =
                    a.iter().enumerate().map(|(i, a)| f64::from(corner >> i & 1) * a).sum();
                (if corner.count_ones() % 2 == 0 { 1.0 } else { -1.0 }) / (1.0 + at)
            })
            .sum();
        let scale: f64 = a.iter().enumerate().map(|(i, a)| (i + 1) as f64 * a).product();
        sum / scale
    },
};

pub const GAUSSIAN: Family = Family {
    name: "Gaussian",
    difficulty: 7.03,
    at: |x, a, u| (-each_sum(x, a, u, |x, a, u| (a * (x - u)) * (a * (x - u)))).exp(),
    integral: |a, u| {
        // √π/(2a) (erf(a(1 − u)) + erf(au)), with erf(y) = 2Φ(√2 y) − 1.
        each(a, a, u, |_, a, u| {
            PI.sqrt() / a * (normal_cdf(SQRT_2 * a * (1.0 - u)) - normal_cdf(-SQRT_2 * a * u))
        })
    },
};

pub const CONTINUOUS: Family = Family {
    name: "continuous",
    difficulty: 20.4,
    at: |x, a, u| (-each_sum(x, a, u, |x, a, u| a * (x - u).abs())).exp(),
    integral: |a, u| each(a, a, u, |_, a, u| (2.0 - (-a * u).exp() - (-a * (1.0 - u)).exp()) / a),
};

pub const DISCONTINUOUS: Family = Family {
    name: "discontinuous",
    difficulty: 4.3,
    at: |x, a, u| {
        if x.iter().zip(u).take(2).any(|(x, u)| x > u) { 0.0 } else { dot(a, x).exp() }
    },
    integral: |a, u| {
        let ends = u.iter().take(2).copied().chain(std::iter::repeat(1.0));
        a.iter().zip(ends).map(|(a, end)| ((a * end).exp() - 1.0) / a).product()
    },
};

/// Those whose integrand has derivatives of all orders.
pub const SMOOTH: [Family; 4] = [OSCILLATORY, PRODUCT_PEAK, CORNER_PEAK, GAUSSIAN];
/// Those with a kink or a step.
pub const ROUGH: [Family; 2] = [CONTINUOUS, DISCONTINUOUS];

/// The relative error at each of [`POWERS`] draws, for each family in so many dimensions: the geometric
/// mean over the seeds 1, 2, …, each with difficulties and shifts of its own. (A root mean square would
/// be that of the one seed whose integral is closest to 0.)
pub fn errors(plan: Plan, cases: &[(&Family, usize)], seeds: u64) -> Vec<Vec<f64>> {
    let mut logarithms = vec![vec![0.0; POWERS.count()]; cases.len()];
    for seed in 1..=seeds {
        // Latin hypercubes depend on the number of draws; the others have their prefixes in common.
        let runs: Vec<_> = if plan == Plan::LatinHypercube {
            POWERS.map(|power| (points(plan, seed, power), power..=power)).collect()
        } else {
            vec![(points(plan, seed, *POWERS.end()), POWERS)]
        };
        for (&(family, dimensions), logarithms) in cases.iter().zip(&mut logarithms) {
            let (a, u) = parameters(family, dimensions, seed);
            let exact = (family.integral)(&a, &u);
            let means =
                runs.iter().flat_map(|(x, powers)| means(family, x, (&a, &u), powers.clone()));
            for (mean, logarithm) in means.zip(logarithms) {
                *logarithm += (mean / exact - 1.0).abs().max(f64::EPSILON).ln();
            }
        }
    }
    let error = |sum: f64| (sum / seeds as f64).exp();
    logarithms.into_iter().map(|sums| sums.into_iter().map(error).collect()).collect()
}

/// The slope of the line through (log draws, log error), by least squares.
pub fn slope(errors: &[f64]) -> f64 {
    let middle = (errors.len() - 1) as f64 / 2.0;
    let (mut up, mut along) = (0.0, 0.0);
    for (at, error) in errors.iter().enumerate() {
        let x = at as f64 - middle;
        up += x * error.log2();
        along += x * x;
    }
    up / along
}

/// The points of a run of 2^power draws.
pub fn points(plan: Plan, seed: u64, power: u32) -> Vec<[f64; MOST_DIMENSIONS]> {
    let draws = 1_u64 << power;
    let sampling = Sampling { plan, seed, draws };
    let mut points = vec![[0.0; MOST_DIMENSIONS]; 1 << power];
    for dimension in 0..MOST_DIMENSIONS {
        let stream = stream(&format!("x{dimension}"), "", None);
        let sequence = sampling.sequence(stream, Some(dimension));
        let mut block: Lanes = [0.0; LANES];
        for (points, first) in points.chunks_mut(LANES).zip((0..draws).step_by(LANES)) {
            sequence.uniforms(first, &mut block);
            for (point, x) in points.iter_mut().zip(block) {
                point[dimension] = x;
            }
        }
    }
    points
}

/// The means over the first 2^power points.
fn means(
    family: &Family,
    points: &[[f64; MOST_DIMENSIONS]],
    (a, u): (&[f64], &[f64]),
    powers: std::ops::RangeInclusive<u32>,
) -> Vec<f64> {
    let (mut sum, mut done) = (0.0, 0);
    powers
        .map(|power| {
            let until = 1 << power;
            sum +=
                points[done..until].iter().map(|x| (family.at)(&x[..a.len()], a, u)).sum::<f64>();
            done = until;
            sum / f64::from(1 << power)
        })
        .collect()
}

/// Difficulties with the family's sum, and shifts in 0.1..0.9.
fn parameters(family: &Family, dimensions: usize, seed: u64) -> (Vec<f64>, Vec<f64>) {
    let number = |name: &str, at: usize| {
        dotacija::random::uniform(seed, stream(name, &at.to_string(), None), 0)
    };
    let a: Vec<f64> = (0..dimensions).map(|at| 0.2 + number("difficulty", at)).collect();
    let sum: f64 = a.iter().sum();
    let difficulty = family.difficulty * (dimensions as f64 / MOST_DIMENSIONS as f64);
    let a = a.into_iter().map(|a| a * difficulty / sum).collect();
    (a, (0..dimensions).map(|at| 0.1 + 0.8 * number("shift", at)).collect())
}

fn dot(a: &[f64], x: &[f64]) -> f64 {
    a.iter().zip(x).map(|(a, x)| a * x).sum()
}

fn each(x: &[f64], a: &[f64], u: &[f64], of: impl Fn(f64, f64, f64) -> f64) -> f64 {
    x.iter().zip(a).zip(u).map(|((x, a), u)| of(*x, *a, *u)).product()
}

fn each_sum(x: &[f64], a: &[f64], u: &[f64], of: impl Fn(f64, f64, f64) -> f64) -> f64 {
    x.iter().zip(a).zip(u).map(|((x, a), u)| of(*x, *a, *u)).sum()
}
