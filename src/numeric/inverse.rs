//! Inversion of distribution functions on the scale of normal scores.

use super::{Tails, normal_density, normal_quantile};

/// Steps after which the search stops, whatever it reached.
const MOST_STEPS: u32 = 200;
/// A step below this, absolute or relative, ends the search.
const SMALL_STEP: f64 = 4e-16;

/// The place g where the distribution function, read as a normal score, equals `score`.
///
/// `at` gives the tails at a place and the density there. The score as a function of the place is
/// nearly a straight line, so Newton's method needs few steps; places already seen bracket it.
pub(super) fn score_solution(score: f64, start: f64, at: impl Fn(f64) -> (Tails, f64)) -> f64 {
    if normal_density(score) == 0.0 {
        return if score < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut place = if start.is_finite() { start } else { 0.0 };
    let mut reach = 1.0;
    for _ in 0..MOST_STEPS {
        let (tails, density) = at(place);
        let reached = if tails.lower < tails.upper {
            normal_quantile(tails.lower)
        } else {
            -normal_quantile(tails.upper)
        };
        if reached == score {
            break;
        }
        if reached < score {
            low = place;
        } else {
            high = place;
        }
        let newton = place - (reached - score) * normal_density(reached) / density;
        let next = if newton > low && newton < high && newton.is_finite() {
            newton
        } else if low.is_finite() && high.is_finite() {
            low + 0.5 * (high - low)
        } else {
            reach *= 2.0;
            if reached < score { place + reach } else { place - reach }
        };
        let step = (next - place).abs();
        place = next;
        if step <= SMALL_STEP * (1.0 + place.abs()) {
            break;
        }
    }
    place
}
