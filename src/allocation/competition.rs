//! Ranked competition: whole points are funded in order of a score, draw by draw.
//!
//! The list is followed from the top and ends at the first point whose claim does not fit into what
//! is left: that point and all behind it wait, the rest stays unspent. So nobody is overtaken by a
//! cheaper claim. A second round, if the rest is offered again, skips what does not fit.

use std::cmp::Reverse;

use super::rows::{Money, NOTHING};
use crate::numeric::{LANES, Lanes};

/// Claims for whole points, one class after the other, in units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Competition<'a> {
    /// Entries of one class.
    pub claimants: usize,
    /// The claim of each entry for all its points; not negative.
    pub claims: &'a [Money],
    /// How many points share a claimant's claim; a claim without a number of points is one point.
    pub points: &'a [Lanes],
    /// Of each claimant, the larger is served first; a missing one or NaN ranks last.
    pub scores: &'a [Lanes],
}

/// How many draws are gathered together: as many as stand in one cache line.
pub(super) const TOGETHER: usize = 8;

/// The lists of some draws; reused from draw to draw.
#[derive(Debug, Default)]
pub(super) struct Contest {
    /// The entries in the order of the first draw of the block, near that of the others.
    usual: Vec<Place>,
    lists: [Vec<Entry>; TOGETHER],
}

/// What is left after the last round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rest {
    /// Of the pot.
    pub left: i64,
    /// Whether a point was not funded.
    pub some_wait: bool,
}

/// The place of a claim in the order of funding: class, score, larger claim, index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    class: u32,
    score: Reverse<i64>,
    claim: Reverse<i64>,
    claimant: u32,
}

/// A claim of more than nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    place: Place,
    points: u32,
    /// Whole points that are funded.
    pub funded: u32,
    /// What they come to.
    pub award: i64,
}

/// What happens to a point that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Misfit {
    /// It ends the round.
    Stops,
    /// It is passed over.
    IsSkipped,
}

impl Contest {
    /// A new block begins.
    pub fn begin(&mut self, competition: &Competition<'_>) {
        self.usual.clear();
        let claimants = competition.claimants.max(1);
        for (class, claims) in competition.claims.chunks(claimants).enumerate() {
            let asks = (0..claims.len()).filter(|&claimant| claims[claimant] != NOTHING);
            let places = asks.map(|claimant| Place {
                class: class as u32,
                score: Reverse(competition.score(claimant, 0)),
                claim: Reverse(claims[claimant][0]),
                claimant: claimant as u32,
            });
            self.usual.extend(places);
        }
        self.usual.sort_unstable();
    }

    /// Gathers the claims of the next draws from `first` on.
    pub fn gather(&mut self, competition: &Competition<'_>, first: usize) {
        for list in &mut self.lists {
            list.clear();
        }
        for usual in &self.usual {
            let claimant = usual.claimant as usize;
            let entry = usual.class as usize * competition.claimants + claimant;
            let Some(claims) = competition.claims.get(entry) else { continue };
            for (list, draw) in self.lists.iter_mut().zip(first..LANES) {
                if claims[draw] > 0 {
                    let score = Reverse(competition.score(claimant, draw));
                    let place = Place { score, claim: Reverse(claims[draw]), ..*usual };
                    let points = competition.count(claimant, draw);
                    list.push(Entry { place, points, funded: 0, award: 0 });
                }
            }
        }
    }

    /// Funds whole points in one of the gathered draws; in a second round too, if the rest is offered
    /// again.
    pub fn hold(&mut self, place: usize, pot: i64, reoffer: bool) -> Rest {
        let list = &mut self.lists[place];
        list.sort_unstable_by_key(|entry| entry.place);
        let mut left = fund(list, pot, Misfit::Stops);
        if reoffer {
            left = fund(list, left, Misfit::IsSkipped);
        }
        let waits = |entry: &Entry| entry.award < entry.claim() && entry.funded < entry.points;
        Rest { left, some_wait: list.iter().any(waits) }
    }

    /// Every claim of one of the gathered draws.
    pub fn list(&self, place: usize) -> &[Entry] {
        &self.lists[place]
    }
}

/// Funds from `pot`, on top of what is funded already; returns what is left.
fn fund(list: &mut [Entry], pot: i64, misfit: Misfit) -> i64 {
    let mut left = pot;
    for entry in list {
        if entry.funded == entry.points {
            continue;
        }
        let (number, cost) = entry.affordable(left, misfit);
        entry.award += cost;
        entry.funded += number;
        left -= cost;
        if entry.funded < entry.points && misfit == Misfit::Stops {
            break;
        }
    }
    left
}

impl Competition<'_> {
    /// The rank of a claimant's score.
    fn score(&self, claimant: usize, draw: usize) -> i64 {
        self.scores.get(claimant).map_or(LAST, |scores| rank(scores[draw]))
    }

    /// How many whole points a claimant's entries stand for; at least 1.
    fn count(&self, claimant: usize, draw: usize) -> u32 {
        self.points.get(claimant).map_or(1, |points| (points[draw] as u32).max(1))
    }
}

impl Entry {
    /// Class times claimants plus claimant.
    pub fn index(&self, claimants: usize) -> usize {
        self.place.class as usize * claimants + self.place.claimant as usize
    }

    /// Which claimant it belongs to.
    pub fn claimant(&self) -> usize {
        self.place.claimant as usize
    }

    fn claim(&self) -> i64 {
        self.place.claim.0
    }

    /// How many more points can be paid from `left`, and what they cost.
    fn affordable(&self, left: i64, misfit: Misfit) -> (u32, i64) {
        let (claim, count) = (self.claim(), i64::from(self.points));
        if self.funded == 0 && claim <= left {
            (self.points, claim)
        } else if left.saturating_add(1).saturating_mul(count) <= claim {
            // Less than the cheapest point: known without a division.
            (0, 0)
        } else {
            Points::new(claim, self.points).affordable(left, self.funded, misfit)
        }
    }
}

/// The rank of what has no score: that of minus infinity.
const LAST: i64 = i64::MIN + (1 << 52) - 1;

/// Whole numbers in the order of scores: their bits, those of negative ones turned around.
fn rank(score: f64) -> i64 {
    if score.is_nan() {
        return LAST;
    }
    // Adding 0 makes one zero of the two.
    let bits = (score + 0.0).to_bits() as i64;
    bits ^ ((bits >> 63) as u64 >> 1) as i64
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
    if wanted == 0 || money < price {
        0
    } else if price == 0 {
        wanted
    } else {
        (money / price).min(i64::from(wanted)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Outcome {
        awards: Vec<i64>,
        funded: Vec<u32>,
        left: i64,
        some_wait: bool,
    }

    /// One draw of a competition of `claimants` a class.
    struct Draw<'a> {
        claimants: usize,
        claims: &'a [i64],
        points: &'a [u32],
        scores: &'a [f64],
    }

    fn funded(pot: i64, draw: &Draw<'_>, again: bool) -> Outcome {
        // The first draw has another order.
        let row = |value: f64| std::array::from_fn(|lane| if lane == 11 { value } else { -value });
        let claims: Vec<Money> = draw.claims.iter().map(|&claim| [claim; LANES]).collect();
        let points: Vec<Lanes> = draw.points.iter().map(|&n| [f64::from(n); LANES]).collect();
        let scores: Vec<Lanes> = draw.scores.iter().map(|&score| row(score)).collect();
        let competition = Competition {
            claimants: draw.claimants,
            claims: &claims,
            points: &points,
            scores: &scores,
        };
        let mut contest = Contest::default();
        contest.begin(&competition);
        contest.gather(&competition, 8);
        let Rest { left, some_wait } = contest.hold(3, pot, again);
        let (mut awards, mut funded) = (vec![0; claims.len()], vec![0; claims.len()]);
        for entry in contest.list(3) {
            let index = entry.index(draw.claimants);
            (awards[index], funded[index]) = (entry.award, entry.funded);
        }
        Outcome { awards, funded, left, some_wait }
    }

    const THREE: Draw<'_> = Draw {
        claimants: 3,
        claims: &[300, 500, 80],
        points: &[3, 2, 1],
        scores: &[0.9, 0.7, 0.5],
    };

    #[test]
    fn the_first_point_that_does_not_fit_ends_the_round() {
        // 3 · 100 = 300, 250 = 550; of 700, 150 is left, the next point costs 250.
        let outcome = funded(700, &THREE, false);
        let (awards, funded) = (vec![300, 250, 0], vec![3, 1, 0]);
        assert_eq!(outcome, Outcome { awards, funded, left: 150, some_wait: true });
    }

    #[test]
    fn a_second_round_skips_what_does_not_fit() {
        // Of the 150 left the point of 80 is paid.
        let outcome = funded(700, &THREE, true);
        let (awards, funded) = (vec![300, 250, 80], vec![3, 1, 1]);
        assert_eq!(outcome, Outcome { awards, funded, left: 70, some_wait: true });
    }

    #[test]
    fn a_pot_that_covers_all_leaves_nobody_waiting() {
        let outcome = funded(1000, &THREE, true);
        let (awards, funded) = (vec![300, 500, 80], vec![3, 2, 1]);
        assert_eq!(outcome, Outcome { awards, funded, left: 120, some_wait: false });
    }

    #[test]
    fn the_parts_of_a_claim_add_up_to_it() {
        // 100 for three points: 34, 33, 33. Of 99, two fit and 32 is left for one of 33.
        let one = Draw { claimants: 1, claims: &[100], points: &[3], scores: &[1.0] };
        assert_eq!(funded(100, &one, false).awards, [100]);
        let outcome = funded(99, &one, false);
        assert_eq!((outcome.awards, outcome.left, outcome.some_wait), (vec![67], 32, true));
        // Of 33 the first point, of 34, does not fit; the second round pays one of 33.
        assert_eq!(
            (funded(33, &one, false).awards, funded(33, &one, true).awards),
            (vec![0], vec![33])
        );
    }

    #[test]
    fn points_that_cost_nothing_are_funded_with_the_others() {
        // 2 units for three points: 1, 1, 0. Of 1, the first; in a second round the one of 0 too.
        let one = Draw { claimants: 1, claims: &[2], points: &[3], scores: &[1.0] };
        assert_eq!(
            (funded(1, &one, false).funded, funded(1, &one, true).funded),
            (vec![1], vec![2])
        );
    }

    #[test]
    fn ties_of_scores_go_to_the_larger_claim_then_to_the_smaller_index() {
        // In order: 1, then 9 of the second zero, the first 5, the second 5, 99 without a score.
        let scores = [0.0, 1.0, -0.0, 0.0, f64::NAN];
        let tied = Draw { claimants: 5, claims: &[5, 1, 9, 5, 99], points: &[], scores: &scores };
        for (pot, awards) in [
            (1, [0, 1, 0, 0, 0]),
            (10, [0, 1, 9, 0, 0]),
            (15, [5, 1, 9, 0, 0]),
            (20, [5, 1, 9, 5, 0]),
            (119, [5, 1, 9, 5, 99]),
        ] {
            assert_eq!(funded(pot, &tied, false).awards, awards);
        }
    }

    #[test]
    fn a_claim_is_that_of_its_draw_and_not_of_the_first() {
        // 20 and 10 in the first draw, 10 and 20 in draw 11, all of one score: there the second comes
        // first. Of 25 it has its 20, and 5 are left towards the other's 10.
        let row = |here: i64, elsewhere: i64| -> Money {
            std::array::from_fn(|lane| if lane == 11 { here } else { elsewhere })
        };
        let claims = [row(10, 20), row(20, 10)];
        let competition = Competition { claimants: 2, claims: &claims, points: &[], scores: &[] };
        let mut contest = Contest::default();
        contest.begin(&competition);
        contest.gather(&competition, 8);
        assert_eq!(contest.hold(3, 25, false), Rest { left: 5, some_wait: true });
        let funded = contest.list(3).iter().map(|entry| (entry.index(2), entry.award));
        assert_eq!(funded.collect::<Vec<_>>(), [(1, 20), (0, 0)]);
    }

    #[test]
    fn ranks_stand_in_the_order_of_scores() {
        let scores = [f64::NEG_INFINITY, -2.0, -1.0, -1e-300, 0.0, 1e-300, 1.0, f64::INFINITY];
        assert!(scores.windows(2).all(|pair| rank(pair[0]) < rank(pair[1])));
        assert_eq!((rank(-0.0), rank(f64::NAN)), (rank(0.0), rank(f64::NEG_INFINITY)));
    }

    #[test]
    fn a_first_class_comes_before_any_score() {
        let two = Draw { claimants: 2, claims: &[10; 4], points: &[], scores: &[0.1, 0.2] };
        // Class 1: the second, then the first; class 2: the second again.
        assert_eq!(funded(30, &two, false).awards, [10, 10, 0, 10]);
        assert_eq!(funded(10, &two, false).awards, [0, 10, 0, 0]);
    }

    #[test]
    fn a_claim_of_nothing_neither_wins_nor_waits() {
        let none = Draw { claimants: 2, claims: &[0, 0], points: &[4, 0], scores: &[1.0, 2.0] };
        let outcome = funded(5, &none, true);
        assert_eq!((outcome.funded, outcome.left, outcome.some_wait), (vec![0, 0], 5, false));
    }
}
