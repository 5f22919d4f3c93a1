//! Root finding among whole numbers.

/// A place and how far inside the target the figure lies there; below 0 outside.
pub type Point = (i64, f64);

/// Narrows the gap between a place that meets a target and one that does not until it is at most
/// `width` wide: ITP, which interpolates where the figure is smooth and never takes more than one
/// step more than bisection where it is not, as the share of draws is not (Oliveira & Takahashi
/// 2020, doi:10.1145/3423597; κ₁ = 0.2/(b − a), κ₂ = 2, n₀ = 1, with places rounded to whole ones).
///
/// # Errors
/// Whatever the figure fails with.
pub fn narrow<E>(
    mut met: Point,
    mut unmet: Point,
    width: i64,
    margin: &mut dyn FnMut(i64) -> Result<f64, E>,
) -> Result<(Point, Point), E> {
    let start = (unmet.0 - met.0).abs();
    let width = width.max(1);
    // Steps of bisection from the start to the width, and one more.
    let mut left = 1;
    let mut halved = start;
    while halved > width {
        halved = halved.div_euclid(2) + halved.rem_euclid(2);
        left += 1;
    }
    while (unmet.0 - met.0).abs() > width {
        let place = between(met, unmet, (start, width, left));
        let found = margin(place)?;
        if found >= 0.0 {
            met = (place, found);
        } else {
            unmet = (place, found);
        }
        left -= 1;
    }
    Ok((met, unmet))
}

/// The place to try next, strictly between two that are at least two apart.
fn between(met: Point, unmet: Point, (start, width, left): (i64, i64, u32)) -> i64 {
    let (a, b) = (met.0.min(unmet.0), met.0.max(unmet.0));
    let (low, high) = (a as f64, b as f64);
    let (half, middle) = ((high - low) / 2.0, f64::midpoint(low, high));
    // Interpolation, truncation towards the middle, projection on what bisection would still reach.
    let share = met.1 / (met.1 - unmet.1);
    let secant = met.0 as f64 + (unmet.0 - met.0) as f64 * share;
    let secant = if secant.is_finite() { secant } else { middle };
    let side = if middle >= secant { 1.0 } else { -1.0 };
    let truncation = 0.2 * (high - low) * (high - low) / start.max(1) as f64;
    let moved =
        if truncation <= (middle - secant).abs() { secant + side * truncation } else { middle };
    let reach = (0..left.saturating_sub(1)).fold(width as f64 / 2.0, |reach, _| reach * 2.0) - half;
    let reach = reach.max(0.0);
    let place = if (moved - middle).abs() <= reach { moved } else { middle - side * reach };
    (place.round() as i64).clamp(a + 1, b - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    /// The last place that meets, and how often the figure was asked for.
    fn solve(figure: impl Fn(f64) -> f64, met: i64, unmet: i64) -> (i64, i64, usize) {
        let mut asked = 0;
        let mut margin = |place: i64| {
            asked += 1;
            Ok::<_, Infallible>(figure(place as f64))
        };
        let ends = [met, unmet].map(|place| (place, figure(place as f64)));
        let Ok((met, unmet)) = narrow(ends[0], ends[1], 1, &mut margin);
        (met.0, unmet.0, asked)
    }

    #[test]
    fn neighbours_are_found_whichever_side_meets() {
        // 5 000 − x² ≥ 0 up to 70 (70² = 4 900, 71² = 5 041); its mirror from 71 on.
        let falling = solve(|x| 5_000.0 - x * x, 0, 10_000);
        assert_eq!((falling.0, falling.1), (70, 71));
        let rising = solve(|x| x * x - 5_000.0, 10_000, 0);
        assert_eq!((rising.0, rising.1), (71, 70));
    }

    #[test]
    fn a_smooth_figure_takes_few_steps_and_a_step_no_more_than_bisection() {
        // 2¹⁴ = 16 384: bisection takes 14 steps.
        let smooth = solve(|x| 3_333.3 - x, 0, 16_384);
        assert_eq!((smooth.0, smooth.1), (3_333, 3_334));
        assert!(smooth.2 <= 8, "{} steps", smooth.2);
        for border in [0.5, 1.5, 77.5, 9_000.5, 16_383.5] {
            let step = solve(|x| if x < border { 1.0 } else { -1.0 }, 0, 16_384);
            assert_eq!((step.0, step.1), (border.floor() as i64, border.ceil() as i64));
            assert!(step.2 <= 16, "{border}: {} steps", step.2);
        }
    }

    #[test]
    fn infinite_margins_are_bisected() {
        let found = solve(|x| if x <= 100.0 { f64::INFINITY } else { f64::NEG_INFINITY }, 0, 1_024);
        assert_eq!((found.0, found.1), (100, 101));
    }
}
