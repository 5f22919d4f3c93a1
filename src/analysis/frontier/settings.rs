//! Values of several levers that are tried together.

use crate::analysis::solve::Dial;
use crate::numeric::LANES;
use crate::random::{Plan, Sampling, stream};
use serde::Serialize;

/// A lever with the range in which it is turned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Span {
    /// Its name, or `appropriation:` with that of a programme.
    pub lever: String,
    /// Its unit.
    pub unit: String,
    /// Where it stands today.
    pub present: f64,
    /// The least value.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

/// How values are spread over the ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// So many values of each lever, from end to end, in all combinations.
    Grid(usize),
    /// So many points of a scrambled Sobol' sequence.
    Points(usize),
}

/// A value of each lever.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Setting {
    /// By lever.
    pub values: Vec<f64>,
    /// Whether all stand where they stand today.
    pub is_today: bool,
}

impl Spread {
    /// How many settings there are of so many levers, today's included; the most that can be counted
    /// where there are more.
    #[must_use]
    pub fn count(self, levers: usize) -> usize {
        let others = match self {
            _ if levers == 0 => 0,
            Self::Grid(each) => (0..levers).fold(1, |count: usize, _| count.saturating_mul(each)),
            Self::Points(count) => count,
        };
        others.saturating_add(1)
    }
}

/// The settings, today's first; each once. Values are round, so that they can be set as they stand.
#[must_use]
pub fn settings(spans: &[Span], spread: Spread, seed: u64) -> Vec<Setting> {
    let today: Vec<f64> = spans.iter().map(|span| span.present).collect();
    let mut found = vec![Setting { values: today, is_today: true }];
    let dials: Option<Vec<Dial>> =
        spans.iter().map(|span| Dial::new(span.low, span.high, None)).collect();
    let Some(dials) = dials.filter(|dials| !dials.is_empty()) else { return found };
    let others = match spread {
        Spread::Grid(each) => grid(&dials, each),
        Spread::Points(count) => points(&dials, count, seed),
    };
    for values in others {
        if !found.iter().any(|known| known.values == values) {
            found.push(Setting { values, is_today: false });
        }
    }
    found
}

/// A value at a share of the range.
fn at(dial: &Dial, share: f64) -> f64 {
    let (low, high) = dial.range();
    if share <= 0.0 {
        low
    } else if share >= 1.0 {
        high
    } else {
        dial.value(dial.place(low + (high - low) * share))
    }
}

fn grid(dials: &[Dial], each: usize) -> Vec<Vec<f64>> {
    let between = each.saturating_sub(1).max(1) as f64;
    let of = |dial: &Dial| -> Vec<f64> {
        (0..each).map(|step| at(dial, step as f64 / between)).collect()
    };
    dials.iter().fold(vec![Vec::new()], |found: Vec<Vec<f64>>, dial| {
        let values = of(dial);
        let longer = |so_far: &Vec<f64>, value: f64| {
            so_far.iter().copied().chain([value]).collect::<Vec<f64>>()
        };
        let all = found.iter().flat_map(|so_far| values.iter().map(|value| longer(so_far, *value)));
        all.collect()
    })
}

fn points(dials: &[Dial], count: usize, seed: u64) -> Vec<Vec<f64>> {
    // Sixteen scrambles are dealt in turn: every sixteenth point belongs to one net.
    const EVERY: usize = 16;
    let sampling = Sampling { plan: Plan::Sobol, seed, draws: (count * EVERY) as u64 };
    let shares: Vec<Vec<f64>> = (0..dials.len())
        .map(|dimension| {
            let stream = stream("frontier: lever", &dimension.to_string(), None);
            let sequence = sampling.sequence(stream, Some(dimension));
            let share = |point: usize| {
                let mut block = [0.0; LANES];
                sequence.uniforms((point * EVERY) as u64, &mut block);
                block[0]
            };
            (0..count).map(share).collect()
        })
        .collect();
    let of = |point: usize| {
        dials.iter().zip(&shares).map(|(dial, shares)| at(dial, shares[point])).collect()
    };
    (0..count).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(low: f64, high: f64, present: f64) -> Span {
        Span { lever: "rate".to_owned(), unit: String::new(), present, low, high }
    }

    #[test]
    fn a_grid_has_all_combinations_and_today_once() {
        let spans = [span(0.0, 2.0, 1.0), span(10.0, 30.0, 30.0)];
        let found = settings(&spans, Spread::Grid(3), 1);
        let values: Vec<[f64; 2]> =
            found.iter().map(|one| [one.values[0], one.values[1]]).collect();
        // Today is (1, 30), one of the nine.
        assert_eq!(values[0], [1.0, 30.0]);
        assert_eq!(values[1..4], [[0.0, 10.0], [0.0, 20.0], [0.0, 30.0]]);
        assert_eq!((values.len(), found.iter().filter(|one| one.is_today).count()), (9, 1));
        assert_eq!(Spread::Grid(3).count(2), 10);
        assert_eq!(Spread::Grid(1_000).count(9), usize::MAX);
    }

    #[test]
    fn sobol_points_fill_the_ranges_evenly() {
        // Of 16 points of a net one lies in each sixteenth of either range, and four in each quarter
        // of the square (a (0, m, 2)-net).
        let spans = [span(0.0, 16.0, -1.0), span(0.0, 16.0, -1.0)];
        let found = settings(&spans, Spread::Points(16), 7);
        assert_eq!(found.len(), 17);
        for lever in 0..2 {
            let mut slices: Vec<i64> =
                found[1..].iter().map(|one| one.values[lever].floor() as i64).collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..16).collect::<Vec<i64>>());
        }
        let quarter = found[1..].iter().filter(|one| one.values.iter().all(|v| *v < 8.0)).count();
        assert_eq!(quarter, 4);
    }

    #[test]
    fn without_levers_there_is_today_alone() {
        assert_eq!(settings(&[], Spread::Grid(9), 1).len(), 1);
        assert_eq!(Spread::Grid(9).count(0), 1);
    }
}
