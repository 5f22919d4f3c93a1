//! The plain reading of what runs across municipalities: sums and the like, ranks, shares and levels.

use super::plain::{Plain, finite};
use super::tree::Tree;

impl Plain<'_> {
    /// Who is in the group of a municipality, itself too; nobody knows where the group has no value.
    fn among(&self, by: Option<&str>, municipality: usize, lane: usize) -> Option<Vec<usize>> {
        let group = |row: usize| by.map_or(0.0, |by| self.named(by, row, 0, lane));
        let own = group(municipality);
        let is_in = |row: &usize| group(*row) == own;
        (!own.is_nan()).then(|| (0..self.world.municipalities).filter(is_in).collect())
    }

    pub(super) fn across(
        &self,
        name: &str,
        a: &Tree,
        by: Option<&str>,
        municipality: usize,
        lane: usize,
    ) -> f64 {
        let Some(rows) = self.among(by, municipality, lane) else { return f64::NAN };
        let values: Vec<f64> = rows.into_iter().map(|row| self.value(a, row, 0, lane)).collect();
        let mine = self.value(a, municipality, 0, lane);
        match name {
            "rank" if values.iter().any(|x| x.is_nan()) => f64::NAN,
            "rank" => 1.0 + values.iter().filter(|x| **x > mine).count() as f64,
            "share" => finite(mine / reduce("sum", &values)),
            _ => reduce(name.trim_end_matches("_of"), &values),
        }
    }

    /// The lowest level at which the pot is used up, over every number of the poorest.
    pub(super) fn level_up(
        &self,
        of: &[Box<Tree>; 3],
        by: Option<&str>,
        municipality: usize,
        lane: usize,
    ) -> f64 {
        let Some(rows) = self.among(by, municipality, lane) else { return f64::NAN };
        let all: Vec<[f64; 3]> = rows
            .into_iter()
            .map(|row| [0, 1, 2].map(|part| self.value(&of[part], row, 0, lane)))
            .collect();
        let pot = all.first().map_or(f64::NAN, |first| first[2]);
        let sound = |[have, weight, its]: &[f64; 3]| {
            have.is_finite() && weight.is_finite() && *weight >= 0.0 && pot >= 0.0 && *its == pot
        };
        if !pot.is_finite() || !all.iter().all(sound) {
            return f64::NAN;
        }
        let mut poorest: Vec<[f64; 3]> = all.into_iter().filter(|basin| basin[1] > 0.0).collect();
        poorest.sort_by(|a, b| (a[0] / a[1]).total_cmp(&(b[0] / b[1])));
        let reached = |count: usize| {
            let had = poorest[..count].iter().fold(0.0, |sum, basin| sum + basin[0]);
            let weight = poorest[..count].iter().fold(0.0, |sum, basin| sum + basin[1]);
            (pot + had) / weight
        };
        let is_last = |count: &usize| {
            let next = poorest.get(*count).map_or(f64::INFINITY, |next| next[0] / next[1]);
            reached(*count) <= next
        };
        let [have, weight] = [0, 1].map(|part| self.value(&of[part], municipality, 0, lane));
        if pot == 0.0 {
            return 0.0;
        }
        let Some(count) = (1..=poorest.len()).find(is_last) else { return f64::NAN };
        let level = reached(count);
        if !level.is_finite() {
            return f64::NAN;
        }
        if weight > 0.0 && have / weight < level { (level * weight - have).max(0.0) } else { 0.0 }
    }
}

pub(super) fn reduce(name: &str, values: &[f64]) -> f64 {
    let sum = values.iter().fold(0.0, |sum, x| sum + x);
    match name {
        "sum" => sum,
        _ if values.is_empty() || values.iter().any(|x| x.is_nan()) => f64::NAN,
        "mean" => sum / values.len() as f64,
        "max" => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        "min" => values.iter().copied().fold(f64::INFINITY, f64::min),
        _ => unreachable!("{name}"),
    }
}
