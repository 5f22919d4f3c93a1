//! Ranked competition: whole points are funded in order of a score.
//!
//! The list is followed from the top and ends at the first point whose claim does not fit into what
//! is left: that point and all behind it wait, the rest stays unspent. So nobody is overtaken by a
//! cheaper claim. A second round, if the rest is offered again, skips what does not fit.

/// The first point that waits, and what a partial award for it would have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialAward {
    /// Which claim it belongs to: class times claimants plus claimant.
    pub entry: usize,
    /// What is left of the pot for it; less than its claim. Not awarded.
    pub amount: i64,
    /// The claim of the point.
    pub claim: i64,
}

/// Claims for whole points, one class after the other, in units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Competition<'a> {
    /// Entries of one class.
    pub claimants: usize,
    /// The claim of each entry for all its points; not negative.
    pub claims: &'a [i64],
    /// How many points share a claim; a claim without a number of points is one point.
    pub points: &'a [u32],
    /// The larger is served first; a missing one or NaN ranks last.
    pub scores: &'a [f64],
}

/// What happens to a point that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It ends the round.
    Stops,
    /// It is passed over.
    IsSkipped,
}

impl Competition<'_> {
    /// Writes the entries in the order of funding: class, score, larger claim, index.
    pub fn rank(&self, order: &mut Vec<u32>) {
        let class = |entry: u32| entry as usize / self.claimants.max(1);
        order.clear();
        order.extend(0..self.claims.len() as u32);
        order.sort_unstable_by(|&a, &b| {
            (class(a).cmp(&class(b)))
                .then_with(|| self.score(b).total_cmp(&self.score(a)))
                .then_with(|| self.claim(b).cmp(&self.claim(a)))
                .then_with(|| a.cmp(&b))
        });
    }

    /// Funds whole points from `pot`, on top of what is funded already; returns what is left.
    pub fn fund(
        &self,
        pot: i64,
        order: &[u32],
        misfit: Misfit,
        awards: &mut [i64],
        funded: &mut [u32],
    ) -> i64 {
        let mut left = pot;
        for &entry in order {
            let claim = self.claim(entry);
            let (Some(award), Some(funded)) =
                (awards.get_mut(entry as usize), funded.get_mut(entry as usize))
            else {
                continue;
            };
            if claim == 0 {
                continue;
            }
            let points = Points::new(claim, self.count(entry));
            let (number, cost) = points.affordable(left, *funded, misfit);
            *award += cost;
            *funded += number;
            left -= cost;
            if *funded < points.count && misfit == Misfit::Stops {
                break;
            }
        }
        left
    }

    /// The first point in the order that was not funded, with what is left of the pot.
    pub fn first_waiting(
        &self,
        left: i64,
        order: &[u32],
        awards: &[i64],
        funded: &[u32],
    ) -> Option<PartialAward> {
        order.iter().find_map(|&entry| {
            let unmet = self.claim(entry) - awards.get(entry as usize)?;
            let waiting = i64::from(self.count(entry) - funded.get(entry as usize)?);
            // Its points differ by at most one unit and the larger come first.
            (unmet > 0 && waiting > 0).then(|| PartialAward {
                entry: entry as usize,
                amount: left,
                claim: (unmet + waiting - 1) / waiting,
            })
        })
    }

    /// How many whole points an entry stands for; at least 1.
    pub fn count(&self, entry: u32) -> u32 {
        self.points.get(entry as usize).map_or(1, |&points| points.max(1))
    }

    fn claim(&self, entry: u32) -> i64 {
        self.claims.get(entry as usize).copied().unwrap_or(0)
    }

    fn score(&self, entry: u32) -> f64 {
        match self.scores.get(entry as usize) {
            // Adding 0 makes one zero of the two.
            Some(&score) if !score.is_nan() => score + 0.0,
            _ => f64::NEG_INFINITY,
        }
    }
}

/// A claim split into whole points: the first `larger` come to `base + 1` units, the rest to `base`.
#[derive(Clone, Copy, Debug)]
struct Points {
    count: u32,
    larger: u32,
    base: i64,
}

impl Points {
    fn new(claim: i64, count: u32) -> Self {
        let parts = i64::from(count);
        Self { count, larger: (claim % parts) as u32, base: claim / parts }
    }

    /// How many points after the first `funded` can be paid from `left`, and what they cost.
    fn affordable(self, left: i64, funded: u32, misfit: Misfit) -> (u32, i64) {
        let larger_waiting = self.larger.saturating_sub(funded);
        let larger = number_in(left, self.base + 1, larger_waiting);
        let cost = i64::from(larger) * (self.base + 1);
        if larger < larger_waiting && misfit == Misfit::Stops {
            return (larger, cost);
        }
        let base_waiting = self.count.saturating_sub(self.larger.max(funded));
        let base = number_in(left - cost, self.base, base_waiting);
        (larger + base, cost + i64::from(base) * self.base)
    }
}

/// How many of `wanted` points at one price can be paid.
fn number_in(money: i64, price: i64, wanted: u32) -> u32 {
    if price == 0 { wanted } else { (money / price).clamp(0, i64::from(wanted)) as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Outcome {
        awards: Vec<i64>,
        funded: Vec<u32>,
        left: i64,
        partial: Option<PartialAward>,
    }

    fn funded(pot: i64, competition: Competition<'_>, again: bool) -> Outcome {
        let (mut awards, mut funded) =
            (vec![0; competition.claims.len()], vec![0; competition.claims.len()]);
        let mut order = Vec::new();
        competition.rank(&mut order);
        let mut left = competition.fund(pot, &order, Misfit::Stops, &mut awards, &mut funded);
        if again {
            left = competition.fund(left, &order, Misfit::IsSkipped, &mut awards, &mut funded);
        }
        let partial = competition.first_waiting(left, &order, &awards, &funded);
        Outcome { awards, funded, left, partial }
    }

    const THREE: Competition<'_> = Competition {
        claimants: 3,
        claims: &[300, 500, 80],
        points: &[3, 2, 1],
        scores: &[0.9, 0.7, 0.5],
    };

    #[test]
    fn the_first_point_that_does_not_fit_ends_the_round() {
        // 3 · 100 = 300, 250 = 550; of 700, 150 is left, the next point costs 250.
        let outcome = funded(700, THREE, false);
        assert_eq!(
            (outcome.awards, outcome.funded, outcome.left),
            (vec![300, 250, 0], vec![3, 1, 0], 150)
        );
        assert_eq!(outcome.partial, Some(PartialAward { entry: 1, amount: 150, claim: 250 }));
    }

    #[test]
    fn a_second_round_skips_what_does_not_fit() {
        // Of the 150 left the point of 80 is paid.
        let outcome = funded(700, THREE, true);
        assert_eq!(
            (outcome.awards, outcome.funded, outcome.left),
            (vec![300, 250, 80], vec![3, 1, 1], 70)
        );
        assert_eq!(outcome.partial, Some(PartialAward { entry: 1, amount: 70, claim: 250 }));
    }

    #[test]
    fn a_pot_that_covers_all_leaves_nobody_waiting() {
        let outcome = funded(1000, THREE, true);
        assert_eq!(
            (outcome.awards, outcome.funded, outcome.left),
            (vec![300, 500, 80], vec![3, 2, 1], 120)
        );
        assert_eq!(outcome.partial, None);
    }

    #[test]
    fn the_parts_of_a_claim_add_up_to_it() {
        // 100 for three points: 34, 33, 33. Of 99, two fit and 32 is left for one of 33.
        let one = Competition { claimants: 1, claims: &[100], points: &[3], scores: &[1.0] };
        assert_eq!(funded(100, one, false).awards, [100]);
        let outcome = funded(99, one, false);
        assert_eq!((outcome.awards, outcome.left), (vec![67], 32));
        assert_eq!(outcome.partial, Some(PartialAward { entry: 0, amount: 32, claim: 33 }));
        assert_eq!(
            funded(20, one, false).partial,
            Some(PartialAward { entry: 0, amount: 20, claim: 34 })
        );
        // Of 33 the first point, of 34, does not fit; the second round pays one of 33.
        assert_eq!(
            (funded(33, one, false).awards, funded(33, one, true).awards),
            (vec![0], vec![33])
        );
    }

    #[test]
    fn ties_of_scores_go_to_the_larger_claim_then_to_the_smaller_index() {
        let mut order = Vec::new();
        let scores = [0.0, 1.0, -0.0, 0.0, f64::NAN];
        Competition { claimants: 5, claims: &[5, 1, 9, 5, 99], points: &[], scores: &scores }
            .rank(&mut order);
        assert_eq!(order, [1, 2, 0, 3, 4]);
    }

    #[test]
    fn a_first_class_comes_before_any_score() {
        let two = Competition {
            claimants: 2,
            claims: &[10, 10, 10, 10],
            points: &[],
            scores: &[0.1, 0.2, 0.9, 0.8],
        };
        // Class 1: the second, then the first; class 2: its first.
        assert_eq!(funded(30, two, false).awards, [10, 10, 10, 0]);
        assert_eq!(funded(10, two, false).awards, [0, 10, 0, 0]);
    }

    #[test]
    fn a_claim_of_nothing_neither_wins_nor_waits() {
        let none =
            Competition { claimants: 2, claims: &[0, 0], points: &[4, 0], scores: &[1.0, 2.0] };
        let outcome = funded(5, none, true);
        assert_eq!((outcome.funded, outcome.left, outcome.partial), (vec![0, 0], 5, None));
    }
}
