//! Which inputs move together.

use super::{Common, Input, Time};
use crate::problem::Place;
use crate::random::dependence::{
    CorrelationMatrix, Factor, nearest, rank_correlation, score_correlation, smallest_eigenvalue,
};

/// The most inputs that correlations may tie together, one through the other.
pub const MOST_TIED: usize = 64;
/// Up to this size a rank that nobody wrote is left out of a suggestion, if that can hold.
const TRACE: f64 = 0.03;
/// What a correlation of scores may exceed 1 by from rounding.
const ROUNDING: f64 = 1e-9;

/// A rank correlation of two inputs, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// Indices of the inputs.
    pub of: [usize; 2],
    /// Spearman's correlation of the values of one entity (in one year), −1..=1.
    pub rank: f64,
    /// Where the figure comes from, as written.
    pub source: String,
    /// Where it stands.
    pub place: Option<Place>,
}

/// Inputs that are tied to each other, directly or through others, and to no input else.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Indices of the inputs, in order of their names.
    pub inputs: Vec<usize>,
    /// What mixes their scores in the first simulated year, or where they are drawn once.
    pub first: Factor,
    /// What mixes the innovations of all other years.
    pub later: Factor,
}

/// All dependence between inputs beyond formulas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependence {
    /// As written.
    pub correlations: Vec<Correlation>,
    /// The same, ready to mix scores.
    pub groups: Vec<Group>,
}

/// Why correlations cannot be had.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// One that the inputs cannot reach: too little of their variance is common to the same extent, or
    /// their persistences are too far apart.
    Beyond {
        /// Index of the correlation.
        correlation: usize,
        /// The size of rank correlation that can be reached.
        most: f64,
    },
    /// More than [`MOST_TIED`] inputs are tied together.
    TooMany {
        /// Indices of the inputs.
        inputs: Vec<usize>,
    },
    /// No numbers can follow all of these at once.
    Together {
        /// Indices of the correlations.
        correlations: Vec<usize>,
        /// The smallest eigenvalue of their matrix, below 0.
        smallest: f64,
        /// The nearest rank correlations that can be had, for every two of the inputs, to two decimals.
        nearest: Vec<([usize; 2], f64)>,
        /// By what all correlations as written can be multiplied, to two decimals.
        multiple: f64,
    },
}

impl Dependence {
    /// Groups inputs that are correlated. The inputs of a correlation are two, drawn, alike in extent
    /// and in the kind of their time; no pair is given twice.
    ///
    /// # Errors
    /// Everything that stands in the way.
    pub fn new(inputs: &[Input], correlations: Vec<Correlation>) -> Result<Self, Vec<Obstacle>> {
        let (mut groups, mut obstacles) = (Vec::new(), Vec::new());
        for tied in components(inputs, &correlations) {
            match Tied::new(inputs, &correlations, tied).group() {
                Ok(group) => groups.push(group),
                Err(found) => obstacles.extend(found),
            }
        }
        if obstacles.is_empty() { Ok(Self { correlations, groups }) } else { Err(obstacles) }
    }

    /// The group of an input, if it is tied to any.
    pub fn group_of(&self, input: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.inputs.contains(&input))
    }
}

/// Inputs that are tied to each other, each set in order of names, in order of their first names.
fn components(inputs: &[Input], correlations: &[Correlation]) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..inputs.len()).collect();
    for correlation in correlations.iter().filter(|correlation| correlation.rank != 0.0) {
        let [one, other] = correlation.of.map(|input| of.get(input).copied());
        if let (Some(one), Some(other)) = (one, other) {
            of.iter_mut().filter(|of| **of == other).for_each(|of| *of = one);
        }
    }
    let mut by_name: Vec<usize> = (0..inputs.len()).collect();
    by_name.sort_by(|one, other| inputs[*one].name.cmp(&inputs[*other].name));
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    for input in by_name {
        match found.iter_mut().find(|(component, _)| *component == of[input]) {
            Some((_, tied)) => tied.push(input),
            None => found.push((of[input], vec![input])),
        }
    }
    found.into_iter().map(|(_, tied)| tied).filter(|tied| tied.len() > 1).collect()
}

/// A group that is being made.
struct Tied<'s> {
    inputs: Vec<&'s Input>,
    indices: Vec<usize>,
    /// Number, rows and rank of each correlation.
    correlations: Vec<(usize, usize, usize, f64)>,
}

impl<'s> Tied<'s> {
    fn new(inputs: &'s [Input], all: &[Correlation], indices: Vec<usize>) -> Self {
        let row = |input: usize| indices.iter().position(|index| *index == input);
        let correlations = all.iter().enumerate().filter_map(|(number, correlation)| {
            let [one, other] = correlation.of.map(row);
            Some((number, one?, other?, correlation.rank))
        });
        let correlations = correlations.collect();
        let inputs = indices.iter().filter_map(|index| inputs.get(*index)).collect();
        Self { inputs, indices, correlations }
    }

    fn group(self) -> Result<Group, Vec<Obstacle>> {
        if self.inputs.len() > MOST_TIED {
            return Err(vec![Obstacle::TooMany { inputs: self.indices }]);
        }
        let beyond: Vec<Obstacle> =
            self.correlations.iter().filter_map(|&found| self.beyond(found)).collect();
        if !beyond.is_empty() {
            return Err(beyond);
        }
        let ranks: Vec<(usize, usize, f64)> =
            self.correlations.iter().map(|&(_, one, other, rank)| (one, other, rank)).collect();
        match (self.factor(&ranks, false), self.factor(&ranks, true)) {
            (Some(first), Some(later)) => Ok(Group { inputs: self.indices, first, later }),
            _ => Err(vec![self.impossible(&ranks)]),
        }
    }

    fn beyond(&self, (number, one, other, rank): (usize, usize, usize, f64)) -> Option<Obstacle> {
        let reach = self.reach(one, other, true);
        let is_beyond = score_correlation(rank).abs() > reach + ROUNDING;
        is_beyond.then(|| Obstacle::Beyond { correlation: number, most: rank_correlation(reach) })
    }

    /// Whether numbers can follow these ranks.
    fn hold(&self, ranks: &[(usize, usize, f64)]) -> bool {
        let is_beyond = |&(one, other, rank): &(usize, usize, f64)| {
            self.beyond((0, one, other, rank)).is_some()
        };
        !ranks.iter().any(is_beyond) && self.factor(ranks, true).is_some()
    }

    /// The correlation of the scores of two inputs where all their parts (and innovations, in other
    /// years than the first) have correlation 1.
    fn reach(&self, one: usize, other: usize, later: bool) -> f64 {
        let (Some(one), Some(other)) = (self.inputs.get(one), self.inputs.get(other)) else {
            return 1.0;
        };
        let persistence = if later { of_persistence(one.time, other.time) } else { 1.0 };
        of_parts(one.common, other.common) * persistence
    }

    /// The correlations that parts (and innovations) must have for these ranks.
    fn needed(&self, ranks: &[(usize, usize, f64)], later: bool) -> CorrelationMatrix {
        let size = self.inputs.len();
        let pairs: Vec<(usize, usize, f64)> = ranks
            .iter()
            .map(|&(one, other, rank)| {
                let score = score_correlation(rank);
                let needed = if score == 0.0 { 0.0 } else { score / self.reach(one, other, later) };
                (one, other, needed.clamp(-1.0, 1.0))
            })
            .collect();
        CorrelationMatrix::from_pairs(size, &pairs)
            .unwrap_or_else(|_| CorrelationMatrix::identity(size))
    }

    fn factor(&self, ranks: &[(usize, usize, f64)], later: bool) -> Option<Factor> {
        Factor::new(&self.needed(ranks, later))
    }

    fn impossible(&self, ranks: &[(usize, usize, f64)]) -> Obstacle {
        // What innovations can follow the first year can too: it asks for less of the same.
        let needed = self.needed(ranks, true);
        let shrunk = |share: f64| -> Vec<(usize, usize, f64)> {
            ranks.iter().map(|&(one, other, rank)| (one, other, rank * share)).collect()
        };
        let percent =
            (1..100).rev().find(|&percent| self.hold(&shrunk(f64::from(percent) / 100.0)));
        Obstacle::Together {
            correlations: self.correlations.iter().map(|&(number, ..)| number).collect(),
            smallest: smallest_eigenvalue(&needed),
            nearest: self.suggestion(&nearest(&needed)),
            multiple: f64::from(percent.unwrap_or(0)) / 100.0,
        }
    }

    /// The ranks without those that nobody wrote and that hardly matter.
    fn without_traces(&self, ranks: &[(usize, usize, f64)]) -> Vec<(usize, usize, f64)> {
        let is_written = |one: usize, other: usize| {
            let mut written = self.correlations.iter();
            written.any(|&(_, a, b, _)| (a, b) == (one, other) || (b, a) == (one, other))
        };
        let kept = |&(one, other, rank): &(usize, usize, f64)| {
            let is_trace = rank.abs() <= TRACE && !is_written(one, other);
            (one, other, if is_trace { 0.0 } else { rank })
        };
        ranks.iter().map(kept).collect()
    }

    /// The ranks of a matrix to two decimals, drawn towards 0 by as little as makes them possible as
    /// they are written.
    fn suggestion(&self, matrix: &CorrelationMatrix) -> Vec<([usize; 2], f64)> {
        let mut share = 1.0;
        loop {
            let mut ranks = Vec::new();
            for one in 0..matrix.size() {
                for other in one + 1..matrix.size() {
                    let score = share * matrix.at(one, other) * self.reach(one, other, true);
                    let rank = (rank_correlation(score) * 100.0).round() / 100.0;
                    ranks.push((one, other, rank + 0.0));
                }
            }
            if share <= 0.0 || self.hold(&ranks) {
                let plain = self.without_traces(&ranks);
                if self.hold(&plain) {
                    ranks = plain;
                }
                let named = |row: usize| self.indices.get(row).copied().unwrap_or_default();
                let named = ranks.iter().map(|&(one, other, rank)| ([one, other].map(named), rank));
                return named.collect();
            }
            share -= 1.0 / 512.0;
        }
    }
}

/// The correlation of two sums of a national, a municipal and an own part, where the like parts of both
/// have correlation 1: Σ √(shareᵢ · shareⱼ).
fn of_parts(one: Common, other: Common) -> f64 {
    if one == other {
        return 1.0;
    }
    let own = |common: Common| (1.0 - common.nation - common.municipality).max(0.0);
    let parts =
        [one.nation * other.nation, one.municipality * other.municipality, own(one) * own(other)];
    parts.iter().map(|part| part.sqrt()).sum::<f64>().min(1.0)
}

/// The correlation of two stationary AR(1) whose innovations have correlation 1:
/// √((1 − φ²)(1 − ψ²))/(1 − φ ψ).
fn of_persistence(one: Time, other: Time) -> f64 {
    match (one, other) {
        (Time::Yearly { persistence: one }, Time::Yearly { persistence: other })
            if one != other =>
        {
            ((1.0 - one * one) * (1.0 - other * other)).max(0.0).sqrt() / (1.0 - one * other)
        }
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Extent;
    use crate::model::InputValue;
    use crate::random::distribution::Normal;
    use std::sync::Arc;

    fn input(name: &str, common: Common, time: Time) -> Input {
        Input {
            name: name.to_owned(),
            extent: Extent::Nation,
            time,
            common,
            value: InputValue::Drawn(Arc::new(Normal::new(0.0, 1.0).unwrap())),
            recipe: None,
            text: String::new(),
            unit: String::new(),
            source: String::new(),
            place: None,
        }
    }

    fn plain(names: &[&str]) -> Vec<Input> {
        names.iter().map(|name| input(name, Common::default(), Time::Once)).collect()
    }

    fn correlated(of: &[([usize; 2], f64)]) -> Vec<Correlation> {
        of.iter()
            .map(|&(of, rank)| Correlation { of, rank, source: String::new(), place: None })
            .collect()
    }

    #[test]
    fn groups_are_what_hangs_together_in_order_of_names() {
        let inputs = plain(&["e", "d", "c", "b", "a", "alone"]);
        let written = correlated(&[([0, 2], 0.5), ([1, 3], 0.2), ([4, 2], -0.3), ([5, 0], 0.0)]);
        let found = Dependence::new(&inputs, written).unwrap();
        // a, c, e; then b, d. What is written as 0 ties nobody.
        let groups: Vec<_> = found.groups.iter().map(|group| group.inputs.clone()).collect();
        assert_eq!(groups, [vec![4, 2, 0], vec![3, 1]]);
        assert_eq!(found.group_of(1).map(|group| group.first.size()), Some(2));
        assert!(found.group_of(5).is_none());
    }

    #[test]
    fn unlike_shares_and_persistences_reach_less() {
        // √(0.4·0.1) + √(0.6·0.9) = 0.2 + 0.7348; √(0.75 · 0.36)/(1 − 0.4) = 0.8660.
        let common = |nation: f64| Common { nation, municipality: 0.0 };
        let shares = of_parts(common(0.4), common(0.1));
        assert!((shares - (0.2 + 0.54_f64.sqrt())).abs() < 1e-15);
        let time = |persistence: f64| Time::Yearly { persistence };
        let times = of_persistence(time(0.5), time(0.8));
        assert!((times - 0.75_f64.sqrt()).abs() < 1e-15);
        let inputs = [input("a", common(0.4), time(0.5)), input("b", common(0.1), time(0.8))];
        assert!(Dependence::new(&inputs, correlated(&[([0, 1], 0.75)])).is_ok());
        let most = rank_correlation(shares * times);
        let beyond = Obstacle::Beyond { correlation: 0, most };
        assert_eq!(Dependence::new(&inputs, correlated(&[([1, 0], -0.9)])), Err(vec![beyond]));
    }

    #[test]
    fn shares_without_anything_in_common_reach_nothing() {
        let common = |nation: f64| Common { nation, municipality: 0.0 };
        let inputs = [input("a", common(1.0), Time::Once), input("b", common(0.0), Time::Once)];
        let found = Dependence::new(&inputs, correlated(&[([0, 1], 0.01)]));
        assert_eq!(found, Err(vec![Obstacle::Beyond { correlation: 0, most: 0.0 }]));
    }

    #[test]
    fn what_cannot_hold_together_comes_with_what_can() {
        let inputs = plain(&["a", "b", "c"]);
        let written = correlated(&[([0, 1], 0.9), ([1, 2], 0.9)]);
        let found = Dependence::new(&inputs, written).unwrap_err();
        let [Obstacle::Together { correlations, smallest, nearest, multiple }] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(correlations, &[0, 1]);
        // A chain of scores 2 sin(0.15 π) = 0.90798: 1 − 0.90798 √2.
        assert!((smallest - (1.0 - 0.907_981 * 2.0_f64.sqrt())).abs() < 1e-6);
        let again: Vec<_> = nearest.iter().map(|&(of, rank)| (of, rank)).collect();
        assert!(Dependence::new(&inputs, correlated(&again)).is_ok(), "{nearest:?}");
        let shrunk = correlated(&[([0, 1], 0.9 * multiple), ([1, 2], 0.9 * multiple)]);
        assert!(Dependence::new(&inputs, shrunk).is_ok());
        // Scores of √½ are the most for a chain: a rank of 0.690, so 0.76 of what is written.
        assert_eq!(*multiple, 0.76);
    }

    #[test]
    fn too_many_inputs_are_not_tied() {
        let names: Vec<String> = (0..=MOST_TIED).map(|input| format!("i{input:03}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let chain: Vec<_> = (0..MOST_TIED).map(|input| ([input, input + 1], 0.1)).collect();
        let found = Dependence::new(&plain(&names), correlated(&chain)).unwrap_err();
        assert!(matches!(&found[..], [Obstacle::TooMany { inputs }] if inputs.len() == 65));
        assert!(Dependence::new(&plain(&names), correlated(&chain[1..])).is_ok());
    }
}
