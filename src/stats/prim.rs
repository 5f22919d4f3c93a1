//! Boxes in the space of inputs within which something happens more often: the patient rule induction
//! method (PRIM) of Friedman & Fisher (1999, doi:10.1023/A:1008894516817), its peeling.

use crate::numeric::incomplete_beta;

/// Rows of inputs, and in which of them it happens.
#[derive(Clone, Copy, Debug)]
pub struct Cases<'a> {
    /// `[input][row]`, all as long as `happens`.
    pub inputs: &'a [Vec<f64>],
    /// By row.
    pub happens: &'a [bool],
}

/// The range that a box leaves an input; none: no limit on that side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// The least value inside.
    pub low: Option<f64>,
    /// The greatest value inside.
    pub high: Option<f64>,
}

/// A box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputBox {
    /// By input.
    pub limits: Vec<Limits>,
    /// How many rows are inside.
    pub inside: u64,
    /// In how many of these it happens.
    pub hits: u64,
}

/// How to peel.
#[derive(Clone, Copy, Debug)]
pub struct Peeling {
    /// The share of the rows inside that one step takes away, between 0 and 1.
    pub share: f64,
    /// The share of all rows below which no box falls.
    pub least: f64,
}

impl Limits {
    /// Whether there is none.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.low.is_none() && self.high.is_none()
    }

    fn holds(self, value: f64) -> bool {
        self.low.is_none_or(|low| value >= low) && self.high.is_none_or(|high| value <= high)
    }
}

impl InputBox {
    /// How many inputs have a limit.
    #[must_use]
    pub fn restricted(&self) -> usize {
        self.limits.iter().filter(|limits| !limits.is_open()).count()
    }

    /// In which share of the rows inside it happens; 0 of none.
    #[must_use]
    pub fn density(&self) -> f64 {
        share(self.hits, self.inside)
    }
}

/// One of the ways on from a box.
struct Candidate {
    input: usize,
    is_upper: bool,
    limit: f64,
    inside: u64,
    hits: u64,
    gain: f64,
    open: usize,
}

impl Cases<'_> {
    /// The boxes from all of the rows down to the smallest, each the one before less a slice of one
    /// input: that whose removal raises the density most for each row that it costs ("lenient" criterion
    /// of Friedman & Fisher, section 14.1); of equal ones that with fewer inputs restricted, then the
    /// first, upper ends before lower. It ends where no slice raises the density.
    #[must_use]
    pub fn peel(&self, rows: &[usize], peeling: Peeling) -> Vec<InputBox> {
        let mut rows: Vec<usize> =
            rows.iter().copied().filter(|row| *row < self.happens.len()).collect();
        let all = self.happens.len();
        let limits = vec![Limits::default(); self.inputs.len()];
        let mut found = vec![self.counted(&rows, limits)];
        let mut orders: Vec<Vec<usize>> = Vec::with_capacity(self.inputs.len());
        for values in self.inputs {
            rows.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
            orders.push(rows.clone());
        }
        while let Some(present) = found.last() {
            let mut best: Option<Candidate> = None;
            for (input, order) in orders.iter().enumerate() {
                for is_upper in [true, false] {
                    let candidate =
                        self.candidate(present, (input, order), is_upper, peeling.share);
                    let is_better = |best: &Candidate, new: &Candidate| {
                        new.gain > best.gain || new.gain == best.gain && new.open > best.open
                    };
                    if let Some(new) = candidate
                        && best.as_ref().is_none_or(|best| is_better(best, &new))
                    {
                        best = Some(new);
                    }
                }
            }
            let Some(best) = best.filter(|best| {
                best.gain > 0.0
                    && best.inside < present.inside
                    && best.inside as f64 / all as f64 >= peeling.least
            }) else {
                break;
            };
            let mut limits = present.limits.clone();
            let values = &self.inputs[best.input];
            if let Some(limits) = limits.get_mut(best.input) {
                let end = if best.is_upper { &mut limits.high } else { &mut limits.low };
                *end = Some(best.limit);
            }
            let limit = limits.get(best.input).copied().unwrap_or_default();
            for order in &mut orders {
                order.retain(|row| limit.holds(values[*row]));
            }
            found.push(InputBox { limits, inside: best.inside, hits: best.hits });
        }
        found
    }

    /// What is left without the slice at one end of an input.
    fn candidate(
        &self,
        present: &InputBox,
        (input, order): (usize, &[usize]),
        is_upper: bool,
        share_off: f64,
    ) -> Option<Candidate> {
        let values = self.inputs.get(input)?;
        let at = |place: usize| order.get(place).map(|row| values[*row]);
        let last = order.len().checked_sub(1)?;
        let place = last as f64 * if is_upper { 1.0 - share_off } else { share_off };
        let (mut below, mut above) = (place.floor() as usize, place.ceil() as usize);
        // Between two different values, so that equal ones stay together.
        if is_upper {
            while at(below) == at(above) && below > 0 {
                below -= 1;
            }
        } else {
            while at(below) == at(above) && above < last {
                above += 1;
            }
        }
        let limit = f64::midpoint(at(below)?, at(above)?);
        let off = |row: &&usize| {
            let value = values[**row];
            if is_upper { value > limit } else { value < limit }
        };
        let gone: Vec<&usize> = if is_upper {
            order.iter().rev().take_while(off).collect()
        } else {
            order.iter().take_while(off).collect()
        };
        let gone_hits = gone.iter().filter(|row| self.happens[***row]).count() as u64;
        let (inside, hits) = (present.inside - gone.len() as u64, present.hits - gone_hits);
        let (before, after) = (present.density(), share(hits, inside));
        let gain = if before == after { 0.0 } else { (after - before) / gone.len() as f64 };
        let is_new = present.limits.get(input).is_some_and(|limits| limits.is_open());
        let open = present.limits.len() - present.restricted() - usize::from(is_new);
        Some(Candidate { input, is_upper, limit, inside, hits, gain, open })
    }

    /// A box with its rows among the given ones counted.
    #[must_use]
    pub fn counted(&self, rows: &[usize], limits: Vec<Limits>) -> InputBox {
        let inside = rows.iter().filter(|row| self.is_inside(**row, &limits));
        let (inside, hits) = inside.fold((0, 0), |(inside, hits), row| {
            (inside + 1, hits + u64::from(self.happens.get(*row).copied().unwrap_or(false)))
        });
        InputBox { limits, inside, hits }
    }

    /// Whether a row lies inside limits.
    #[must_use]
    pub fn is_inside(&self, row: usize, limits: &[Limits]) -> bool {
        let of = |values: &Vec<f64>| values.get(row).copied().unwrap_or(f64::NAN);
        self.inputs.iter().zip(limits).all(|(values, limits)| limits.holds(of(values)))
    }

    /// The quasi-p-value of each limit of a box, lower and upper by input: the chance of as many hits as
    /// the box has among as many rows, were the density in it that without this limit (one-sided
    /// binomial test; Bryant & Lempert 2010, doi:10.1016/j.techfore.2009.08.002). None without a limit.
    #[must_use]
    pub fn quasi_p(&self, rows: &[usize], of: &InputBox) -> Vec<[Option<f64>; 2]> {
        let without = |input: usize, is_upper: bool| {
            let mut limits = of.limits.clone();
            let end = limits.get_mut(input)?;
            let end = if is_upper { &mut end.high } else { &mut end.low };
            end.take()?;
            let wider = self.counted(rows, limits);
            Some(at_least(of.hits, of.inside, wider.density()))
        };
        (0..of.limits.len()).map(|input| [without(input, false), without(input, true)]).collect()
    }
}

/// The chance of at least so many hits in so many rows, each with the given chance.
fn at_least(hits: u64, rows: u64, chance: f64) -> f64 {
    if hits == 0 || chance >= 1.0 {
        return 1.0;
    }
    if chance <= 0.0 || hits > rows {
        return 0.0;
    }
    // P(X ≥ k) = I_p(k, n − k + 1) (Abramowitz & Stegun 1964, 26.5.24).
    incomplete_beta(hits as f64, (rows - hits + 1) as f64, chance).lower
}

fn share(hits: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { hits as f64 / of as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const TRAJECTORIES: &str = include_str!("../../tests/reference/discovery/prim.json");
    const CORNER: &str = include_str!("../../tests/reference/discovery/corner.csv");
    const NOISY: &str = include_str!("../../tests/reference/discovery/noisy.csv");
    const TIES: &str = include_str!("../../tests/reference/discovery/ties.csv");
    const PEELING: Peeling = Peeling { share: 0.05, least: 0.05 };

    /// Inputs by name, and whether it happens.
    fn sample(text: &str) -> (Vec<Vec<f64>>, Vec<bool>) {
        let rows: Vec<Vec<f64>> = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect())
            .collect();
        let inputs = rows[0].len() - 1;
        let column = |at: usize| rows.iter().map(|row| row[at]).collect();
        let happens = rows.iter().map(|row| row[inputs] > 0.5).collect();
        ((0..inputs).map(column).collect(), happens)
    }

    fn close(one: f64, other: f64, within: f64) -> bool {
        (one - other).abs() <= within * other.abs().max(1e-300)
    }

    #[test]
    fn trajectories_are_those_of_the_ema_workbench() {
        let published: Value = serde_json::from_str(TRAJECTORIES).unwrap();
        for (case, text) in published["cases"].as_array().unwrap().iter().zip([CORNER, NOISY, TIES])
        {
            let (inputs, happens) = sample(text);
            let cases = Cases { inputs: &inputs, happens: &happens };
            let rows: Vec<usize> = (0..happens.len()).collect();
            let found = cases.peel(&rows, PEELING);
            let steps = case["steps"].as_array().unwrap();
            assert_eq!(found.len(), steps.len(), "{}", case["name"]);
            for (step, of) in steps.iter().zip(&found) {
                assert_eq!(step["n"].as_u64(), Some(of.inside), "{}", case["name"]);
                assert_eq!(step["k"].as_u64(), Some(of.hits), "{}", case["name"]);
                assert!((step["density"].as_f64().unwrap() - of.density()).abs() < 1e-12);
                assert_eq!(step["limits"].as_object().unwrap().len(), of.restricted());
                let quasi_p = cases.quasi_p(&rows, of);
                for (at, limits) in of.limits.iter().enumerate() {
                    let name = format!("x{}", at + 1);
                    for (side, end) in [limits.low, limits.high].into_iter().enumerate() {
                        let published = step["limits"][&name][side].as_f64();
                        assert_eq!(published.is_some(), end.is_some(), "{} {name}", case["name"]);
                        if let (Some(published), Some(end)) = (published, end) {
                            assert!((published - end).abs() < 1e-9, "{published} {end}");
                        }
                        let published = step["quasi_p"][&name][side].as_f64();
                        match quasi_p[at][side] {
                            None => assert!(published.is_none_or(|p| p == -1.0)),
                            Some(p) => {
                                assert!(close(p, published.unwrap(), 1e-9), "{p} {published:?}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_box_that_is_known_is_found() {
        // It happens where the first input is above 6 and the second at most 3, on a grid of 10 × 10:
        // 3 · 4 of 100 rows.
        let at = |divide: usize| (0..100).map(|row| (row / divide % 10) as f64).collect();
        let inputs: Vec<Vec<f64>> = vec![at(1), at(10)];
        let happens: Vec<bool> =
            inputs[0].iter().zip(&inputs[1]).map(|(x, y)| *x > 6.0 && *y <= 3.0).collect();
        let cases = Cases { inputs: &inputs, happens: &happens };
        let rows: Vec<usize> = (0..100).collect();
        let found = cases.peel(&rows, PEELING);
        let last = found.last().unwrap();
        assert_eq!((last.inside, last.hits), (12, 12));
        let limits = Limits { low: Some(6.5), high: None };
        assert_eq!(last.limits, [limits, Limits { low: None, high: Some(3.5) }]);
        // Without the first limit 12 of 40: 0.3^12 that all of 12 are hits.
        let chance = cases.quasi_p(&rows, last)[0][0].unwrap();
        assert!(close(chance, 5.314_41e-7, 1e-9), "{chance}");
    }

    #[test]
    fn without_rows_or_where_nothing_raises_the_density_the_first_box_is_the_last() {
        let inputs = vec![vec![1.0, 2.0, 3.0, 4.0]];
        let all = Cases { inputs: &inputs, happens: &[true; 4] };
        assert_eq!(all.peel(&[0, 1, 2, 3], PEELING).len(), 1);
        assert_eq!(all.peel(&[], PEELING).len(), 1);
        let constant = vec![vec![1.0; 4]];
        let cases = Cases { inputs: &constant, happens: &[true, false, true, false] };
        assert_eq!(cases.peel(&[0, 1, 2, 3], PEELING).len(), 1);
    }
}
