//! Intervals for shares and for quantiles: what the number of draws leaves open.
//!
//! Both count independent draws. Where a sampling plan ties draws together they allow for as many
//! independent ones as the plan is worth at least, by [`Grouping::independent`].

use super::Grouping;
use serde::Serialize;

/// The standard normal deviate of a two-sided interval at 95 %.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// A range between two values, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Interval<T = f64> {
    /// The lower end.
    pub lower: T,
    /// The upper end.
    pub upper: T,
}

/// Ranks, from 0 in ascending order, whose values bound a quantile; `None` where the sample has
/// no value far enough out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantileRanks {
    /// The rank of the lower end.
    pub lower: Option<u64>,
    /// The rank of the upper end.
    pub upper: Option<u64>,
}

/// Wilson's score interval for a share (Wilson 1927, doi:10.1080/01621459.1927.10502953):
///
/// `(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)` with p = `hits`/`trials`, n = `trials` or, where
/// trials belong together, as many as they are worth ([`Grouping::independent`]).
///
/// `None` without trials, with more hits than trials or a `z` that is not positive and finite.
/// With [`Z_95`] the lower end is missed from below in 2.5 % of samples.
#[must_use]
pub fn wilson(hits: u64, trials: u64, z: f64, grouping: Grouping) -> Option<Interval> {
    if trials == 0 || hits > trials || !(z > 0.0 && z.is_finite()) {
        return None;
    }
    let n = grouping.independent(trials);
    let share = hits as f64 / trials as f64;
    let z_squared = z * z;
    let centre = share + z_squared / (2.0 * n);
    let reach = z * (share * (1.0 - share) / n + z_squared / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z_squared / n;
    // At no hits and at all hits one end is 0 or 1 exactly; rounding must not move it.
    let lower = if hits == 0 { 0.0 } else { ((centre - reach) / scale).max(0.0) };
    let upper = if hits == trials { 1.0 } else { ((centre + reach) / scale).min(1.0) };
    Some(Interval { lower, upper })
}

/// The ranks of the order statistics that bound the quantile at `probability`.
///
/// The number of values below the quantile is binomial(n, p), here approximated as normal: from 1,
/// ranks ⌊np − z√(np(1 − p))⌋ and ⌈np + z√(np(1 − p))⌉ + 1, each one further out than the usual
/// pair so that the interval covers at least what it says (Conover 1999, *Practical Nonparametric
/// Statistics*, 3rd ed., section 3.2). No assumption on the distribution, atoms included. Where draws
/// belong together the reach is √(n / [`Grouping::independent`]) times as far: an interval for the share
/// below the quantile, carried over to ranks (Woodruff 1952, doi:10.1080/01621459.1952.10483443).
///
/// Both ends are `None` without values, or if `probability` is not in 0…1 or `z` is not positive
/// and finite.
#[must_use]
pub fn quantile_ranks(count: u64, probability: f64, z: f64, grouping: Grouping) -> QuantileRanks {
    let none = QuantileRanks { lower: None, upper: None };
    if count == 0 || !(0.0..=1.0).contains(&probability) || !(z > 0.0 && z.is_finite()) {
        return none;
    }
    let n = count as f64;
    let expected = n * probability;
    let worth = n / grouping.independent(count);
    let reach = z * (expected * (1.0 - probability) * worth).sqrt();
    let (lower, upper) = ((expected - reach).floor(), (expected + reach).ceil() + 1.0);
    QuantileRanks {
        lower: (lower >= 1.0).then(|| lower as u64 - 1),
        upper: (upper <= n).then(|| upper as u64 - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALONE: Grouping = Grouping::Independent;

    fn assert_near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
    }

    #[test]
    fn wilson_gives_the_published_intervals() {
        // Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E,
        // table I, method 3: 81/263, 15/148, 0/20, 1/29.
        for (hits, trials, lower, upper) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let interval = wilson(hits, trials, Z_95, ALONE).expect("a valid share");
            assert_near(interval.lower, lower);
            assert_near(interval.upper, upper);
        }
    }

    #[test]
    fn wilson_ends_are_exact_at_none_and_all_and_mirror_each_other() {
        let none = wilson(0, 50, Z_95, ALONE).expect("a valid share");
        let all = wilson(50, 50, Z_95, ALONE).expect("a valid share");
        assert_eq!((none.lower, all.upper), (0.0, 1.0));
        assert!((none.upper - (1.0 - all.lower)).abs() < 1e-15);
        // All hits: (1 + z²/2n − z²/2n) / (1 + z²/n) = n / (n + z²) = 50 / 53.8415.
        assert!((all.lower - 50.0 / (50.0 + Z_95 * Z_95)).abs() < 1e-15);
    }

    #[test]
    fn what_is_no_share_has_no_interval() {
        assert_eq!(wilson(0, 0, Z_95, ALONE), None);
        assert_eq!(wilson(3, 2, Z_95, ALONE), None);
        assert_eq!(wilson(1, 2, f64::NAN, ALONE), None);
        assert_eq!(quantile_ranks(0, 0.5, Z_95, ALONE).lower, None);
        assert_eq!(quantile_ranks(10, f64::NAN, Z_95, ALONE).upper, None);
    }

    #[test]
    fn ranks_mirror_each_other() {
        // Rank r from below at p is rank n − 1 − r at 1 − p.
        let (low, high) =
            (quantile_ranks(1000, 0.25, Z_95, ALONE), quantile_ranks(1000, 0.75, Z_95, ALONE));
        assert_eq!(low.lower.map(|rank| 999 - rank), high.upper);
        assert_eq!(low.upper.map(|rank| 999 - rank), high.lower);
    }

    /// The chance that the values at two ranks enclose the quantile: P(lower < B ≤ upper) with B
    /// binomial, the number of values below it; B at or below the rank (from 0) leaves it outside.
    fn coverage(n: u64, p: f64, ranks: QuantileRanks) -> f64 {
        let mut chance = (0..n).fold(1.0, |product, _| product * (1.0 - p));
        let mut covered = 0.0;
        for below in 0..=n {
            let above_lower = ranks.lower.is_none_or(|rank| below > rank);
            let within_upper = ranks.upper.is_none_or(|rank| below <= rank);
            if above_lower && within_upper {
                covered += chance;
            }
            chance *= (n - below) as f64 / (below + 1) as f64 * p / (1.0 - p);
        }
        covered
    }

    #[test]
    fn intervals_of_quantiles_cover_at_least_what_they_say() {
        // Exact binomial probabilities, not the approximation that made the ranks.
        for n in [20, 50, 100, 400, 1000] {
            for p in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
                // (1 − p)ⁿ must not underflow in the test's own recursion.
                if f64::from(n as u32) * p > 300.0 {
                    continue;
                }
                let ranks = quantile_ranks(n, p, Z_95, ALONE);
                let covered = coverage(n, p, ranks);
                assert!((0.95..=1.0 + 1e-9).contains(&covered), "n {n}, p {p}: {covered}");
            }
        }
    }

    #[test]
    fn pairs_are_worth_half_of_their_draws_and_sixteen_groups_all() {
        // 50 of 100 in pairs: n = 50, z² = 3.8415: centre (0.5 + 3.8415/100) / 1.07683 = 0.5, reach
        // 1.96 √(0.25/50 + 3.8415/10⁴) / 1.07683 = 0.133546.
        let of = |grouping| wilson(50, 100, Z_95, grouping).expect("a valid share");
        assert_near(of(Grouping::Pairs).lower, 0.36645);
        assert_near(of(Grouping::Pairs).upper, 0.63355);
        assert_eq!(of(Grouping::Sixteen), of(ALONE));
        let half = wilson(25, 50, Z_95, ALONE).expect("a valid share");
        assert_eq!(of(Grouping::Pairs), half);
    }

    #[test]
    fn intervals_hold_where_both_draws_of_a_pair_are_the_same() {
        // The worst of pairs: n = 2m draws, m different values, each twice. The chance that the values at
        // the ranks enclose the quantile is that of m independent values at half the ranks.
        for (m, p) in [(50, 0.5), (200, 0.25), (500, 0.5), (200, 0.9)] {
            let ranks = quantile_ranks(2 * m, p, Z_95, Grouping::Pairs);
            let halved = QuantileRanks {
                lower: ranks.lower.map(|rank| rank / 2),
                upper: ranks.upper.map(|rank| rank / 2),
            };
            let covered = coverage(m, p, halved);
            assert!((0.95..=1.0 + 1e-9).contains(&covered), "m {m}, p {p}: {covered}");
        }
    }
}
