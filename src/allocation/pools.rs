//! A pot in parts: each pool of claimants has its own, and a shortage of one is not that of another.

use super::Bounds;
use super::division::{Workspace, divide};
use super::rationing::Proportional;
use super::rounding::LargestRemainder;
use super::rows::{Money, NOTHING, add, subtract, sum};
use super::settle::{Demand, Rationing, Settlement, Terms, excess, settle};
use crate::numeric::{LANES, Lanes, each_lane};

/// Who belongs to which pool: each claimant to one. Who belongs to none has neither claim nor award.
#[derive(Clone, Copy, Debug)]
pub struct Pools<'a> {
    /// The claimants of each pool, in order of code.
    pub members: &'a [Vec<u32>],
    /// What each pool has, cents; what is negative counts as 0.
    pub pots: &'a [Money],
}

/// Buffers for dividing pools, reused from block to block.
#[derive(Debug, Default)]
pub struct PoolBuffers {
    pots: Vec<Money>,
    claims: Vec<Money>,
    bounds: Vec<Bounds>,
    weights: Vec<Lanes>,
    points: Vec<Lanes>,
    scores: Vec<Lanes>,
    part: Settlement,
}

/// Settles a programme whose pot is in pools, each as [`settle`] would settle it alone.
///
/// If the pools together have more than `pot`, each is cut in proportion, to the cent by largest
/// remainders; `None` is open-ended: the pools are all there is. Where the terms offer unspent money once
/// more, what the pools and the pot have left is divided by the same rule among what is unmet in all of
/// them; a competition makes its second round within each pool.
/// Always Σ awards + unspent = pot, or where that is open-ended what the pools have.
pub fn settle_pools(
    terms: &Terms,
    pot: Option<&Money>,
    pools: Pools<'_>,
    demand: &Demand<'_>,
    (work, buffers): (&mut Workspace, &mut PoolBuffers),
    settlement: &mut Settlement,
) {
    let pots = pools.pots.iter().map(|pot| pot.map(|pot| pot.max(0)));
    let mut allotted = std::mem::take(&mut buffers.pots);
    allotted.clear();
    allotted.extend(pots);
    if let Some(pot) = pot {
        let wanted = allotted.clone();
        divide(&Proportional, &LargestRemainder, pot, &wanted, work, &mut allotted);
    }
    let whole = pot.map_or_else(|| sum(&allotted), |pot| pot.map(|pot| pot.max(0)));
    settlement.clear(demand, matches!(terms.rationing, Rationing::RankedCompetition));
    for (members, pot) in pools.members.iter().zip(&allotted) {
        buffers.gather(demand, members);
        let Buffered { part, demand: of_pool } = buffers.parts(members.len());
        settle(terms, Some(pot), &of_pool, work, part);
        settlement.take(part, members, demand.claimants);
    }
    buffers.pots = allotted;
    settlement.leave(&whole);
    if terms.reoffer && matches!(terms.rationing, Rationing::Rule(_)) {
        offer_again(terms, demand, (work, &mut buffers.part), settlement);
        settlement.leave(&whole);
        settlement.gap = excess(&sum(&settlement.entitlements), &whole);
    }
}

/// Divides what is unspent among what is unmet, whatever the pool.
fn offer_again(
    terms: &Terms,
    demand: &Demand<'_>,
    (work, part): (&mut Workspace, &mut Settlement),
    settlement: &mut Settlement,
) {
    let mut unmet = vec![NOTHING; settlement.awards.len()];
    subtract(&settlement.entitlements, &settlement.awards, &mut unmet);
    let again = Demand { claims: &unmet, bounds: &[], ..*demand };
    let terms = Terms { least: 0, ..*terms };
    settle(&terms, Some(&settlement.unspent), &again, work, part);
    add(&mut settlement.awards, &part.awards);
}

/// A pool's own settlement and what is asked of it.
struct Buffered<'a> {
    part: &'a mut Settlement,
    demand: Demand<'a>,
}

impl PoolBuffers {
    /// What each pool has had in the last settlement, cents.
    pub fn pots(&self) -> &[Money] {
        &self.pots
    }

    /// What the members of a pool ask for.
    fn gather(&mut self, demand: &Demand<'_>, members: &[u32]) {
        let classes = demand.claims.len() / demand.claimants.max(1);
        let of_class = |class: usize| {
            members.iter().map(move |&member| class * demand.claimants + member as usize)
        };
        let entries = || (0..classes).flat_map(of_class);
        self.claims.clear();
        self.claims.extend(entries().filter_map(|entry| demand.claims.get(entry)));
        self.bounds.clear();
        if !demand.bounds.is_empty() {
            let bound = |entry| demand.bounds.get(entry).copied().unwrap_or(Bounds::NONE);
            self.bounds.extend(entries().map(bound));
        }
        let rows = [
            (demand.weights, &mut self.weights),
            (demand.points, &mut self.points),
            (demand.scores, &mut self.scores),
        ];
        for (all, own) in rows {
            own.clear();
            own.extend(members.iter().filter_map(|&member| all.get(member as usize)));
        }
    }

    fn parts(&mut self, claimants: usize) -> Buffered<'_> {
        let Self { claims, bounds, weights, points, scores, part, .. } = self;
        Buffered { part, demand: Demand { claimants, claims, bounds, weights, points, scores } }
    }
}

impl Settlement {
    /// Nothing is granted to anyone.
    fn clear(&mut self, demand: &Demand<'_>, is_competition: bool) {
        for rows in [&mut self.entitlements, &mut self.awards] {
            rows.clear();
            rows.resize(demand.claims.len(), NOTHING);
        }
        self.funded.clear();
        self.funded.resize(if is_competition { demand.claimants } else { 0 }, [0.0; LANES]);
        self.partial = NOTHING;
        self.gap = NOTHING;
        self.guarantee_broken = [0.0; LANES];
        self.paid_first.clear();
    }

    /// Takes over what a pool came to.
    fn take(&mut self, part: &Settlement, members: &[u32], claimants: usize) {
        for (place, &member) in members.iter().enumerate() {
            let entries = (place..part.awards.len()).step_by(members.len());
            for (class, entry) in entries.enumerate() {
                let at = class * claimants + member as usize;
                self.entitlements[at] = part.entitlements[entry];
                self.awards[at] = part.awards[entry];
            }
            let funded = self.funded.get_mut(member as usize).zip(part.funded.get(place));
            if let Some((funded, of_part)) = funded {
                *funded = *of_part;
            }
        }
        let classes = self.paid_first.len().max(part.paid_first.len());
        self.paid_first.resize(classes, NOTHING);
        add(&mut self.paid_first, &part.paid_first);
        for lane in 0..LANES {
            self.partial[lane] += part.partial[lane];
            self.gap[lane] += part.gap[lane];
            self.guarantee_broken[lane] =
                self.guarantee_broken[lane].max(part.guarantee_broken[lane]);
        }
    }

    /// Says what is left of all there is.
    fn leave(&mut self, whole: &Money) {
        let awarded = sum(&self.awards);
        self.unspent = each_lane(|lane| whole[lane] - awarded[lane]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Unit;
    use super::super::rationing::{ConstrainedEqualAwards, RULES};
    use super::*;
    use proptest::prelude::*;

    fn rows(amounts: &[i64]) -> Vec<Money> {
        amounts.iter().map(|&amount| [amount; LANES]).collect()
    }

    fn settled(
        terms: &Terms,
        pot: Option<i64>,
        (members, pots): (&[Vec<u32>], &[i64]),
        demand: &Demand<'_>,
    ) -> Settlement {
        let mut settlement = Settlement::default();
        let mut buffers = (Workspace::new(), PoolBuffers::default());
        let pots = rows(pots);
        let pools = Pools { members, pots: &pots };
        let pot = pot.map(|pot| [pot; LANES]);
        let work = (&mut buffers.0, &mut buffers.1);
        settle_pools(terms, pot.as_ref(), pools, demand, work, &mut settlement);
        settlement
    }

    fn first(rows: &[Money]) -> Vec<i64> {
        rows.iter().map(|row| row[0]).collect()
    }

    #[test]
    fn each_pool_is_divided_by_itself() {
        // Claimants 0 and 2 ask 100 and 300 of 200: 50 and 150. Claimant 1 asks 40 of 100: 60 are left.
        let claims = rows(&[100, 40, 300]);
        let members = [vec![0, 2], vec![1]];
        let terms = Terms::of_rule(&Proportional);
        let demand = Demand::of_claims(&claims);
        let of = settled(&terms, Some(350), (&members, &[200, 100]), &demand);
        assert_eq!((first(&of.awards), of.unspent[0]), (vec![50, 40, 150], 110));
        // North lacks 200, though 440 are due of 350; offered once more, all of them lack 90.
        assert_eq!(of.gap[0], 200);
        // Offered once more, the 110 go to what is unmet, 50 and 150, in proportion: 27.5 and 82.5, the
        // odd cent to the larger claim.
        let again =
            settled(&Terms { reoffer: true, ..terms }, Some(350), (&members, &[200, 100]), &demand);
        assert_eq!((first(&again.awards), again.unspent[0]), (vec![77, 40, 233], 0));
        assert_eq!(again.gap[0], 90);
    }

    #[test]
    fn pools_above_the_pot_are_cut_in_proportion() {
        // 150 for pools of 200 and 100: 100 and 50.
        let claims = rows(&[100, 40, 300]);
        let members = [vec![0, 2], vec![1]];
        let demand = Demand::of_claims(&claims);
        let terms = Terms::of_rule(&ConstrainedEqualAwards);
        let of = settled(&terms, Some(150), (&members, &[200, 100]), &demand);
        assert_eq!((first(&of.awards), of.unspent[0]), (vec![50, 40, 50], 10));
        // Open-ended, the pools are all there is; a negative one has nothing.
        let open = settled(&terms, None, (&members, &[120, -5]), &demand);
        assert_eq!((first(&open.awards), open.unspent[0]), (vec![60, 0, 60], 0));
    }

    #[test]
    fn classes_bounds_and_weights_follow_their_claimants() {
        // Two classes of three; claimant 1 alone in a pool of 50: class 1 takes 20, class 2 the other 30.
        let claims = rows(&[10, 20, 30, 40, 50, 60]);
        let floor = Bounds { lower: [15; LANES], ..Bounds::NONE };
        let bounds = [Bounds::NONE, Bounds::NONE, floor, Bounds::NONE, Bounds::NONE, Bounds::NONE];
        let demand = Demand { claimants: 3, bounds: &bounds, ..Demand::of_claims(&claims) };
        let members = [vec![1], vec![0, 2]];
        let terms = Terms::of_rule(&Proportional);
        // The other pool has 20: 15 of claimant 2 are protected, 5 for rests of 10 and 15 of class 1.
        let of = settled(&terms, Some(70), (&members, &[50, 20]), &demand);
        assert_eq!(first(&of.awards), [2, 20, 18, 0, 30, 0]);
        // A pot of 10 for the floor of 15: that pool's guarantee is broken.
        let broken = settled(&terms, Some(60), (&members, &[50, 10]), &demand);
        assert_eq!(
            (first(&broken.awards), broken.guarantee_broken[0]),
            (vec![0, 20, 10, 0, 30, 0], 1.0)
        );
        let weights = [[1.0; LANES], [1.0; LANES], [3.0; LANES]];
        let claims = rows(&[100, 100, 100]);
        let demand = Demand { weights: &weights, ..Demand::of_claims(&claims) };
        let of = settled(&terms, Some(90), (&members, &[50, 40]), &demand);
        assert_eq!(first(&of.awards), [10, 50, 30]);
    }

    #[test]
    fn what_is_offered_once_more_is_neither_protected_nor_at_least_anything() {
        // Each alone in a pool, 80 and 50 for claims of 100. 35 more are left for 20 and 50 unmet: 10, 25.
        // The floor of 60 and the least award of 40 were there in the first round.
        let claims = rows(&[100, 100]);
        let members = [vec![0], vec![1]];
        let again = Terms { reoffer: true, ..Terms::of_rule(&Proportional) };
        let floor = Bounds { lower: [60; LANES], ..Bounds::NONE };
        let bounds = [floor, Bounds::NONE];
        let protected = Demand { bounds: &bounds, ..Demand::of_claims(&claims) };
        let of = settled(&again, Some(165), (&members, &[80, 50]), &protected);
        assert_eq!(first(&of.awards), [90, 75]);
        let least = Terms { least: 40, ..again };
        let of = settled(&least, Some(165), (&members, &[80, 50]), &Demand::of_claims(&claims));
        assert_eq!(first(&of.awards), [90, 75]);
    }

    #[test]
    fn a_competition_is_held_in_each_pool() {
        // One point each. Pool A of 100 funds the higher score (60) and has 40 left; pool B funds its own.
        let claims = rows(&[60, 60, 50]);
        let scores = [[1.0; LANES], [2.0; LANES], [0.5; LANES]];
        let demand = Demand { scores: &scores, ..Demand::of_claims(&claims) };
        let terms =
            Terms { rationing: Rationing::RankedCompetition, ..Terms::of_rule(&Proportional) };
        let members = [vec![0, 1], vec![2]];
        let of = settled(&terms, Some(170), (&members, &[100, 70]), &demand);
        assert_eq!((first(&of.awards), of.partial[0], of.unspent[0]), (vec![0, 60, 50], 40, 60));
        assert_eq!(of.funded.iter().map(|row| row[0]).collect::<Vec<_>>(), [0.0, 1.0, 1.0]);
    }

    proptest! {
        #[test]
        fn one_pool_of_all_is_no_pool(
            claims in prop::collection::vec(0..1_000_000_i64, 1..12),
            pot in 0..4_000_000_i64,
            rule in 0..RULES.len(),
        ) {
            let claims = rows(&claims);
            let all = vec![(0..claims.len() as u32).collect::<Vec<_>>()];
            let terms = Terms { unit: Unit::EURO, ..Terms::of_rule(RULES[rule]) };
            let demand = Demand::of_claims(&claims);
            let pooled = settled(&terms, Some(pot), (&all, &[pot]), &demand);
            let mut plain = Settlement::default();
            settle(&terms, Some(&[pot; LANES]), &demand, &mut Workspace::new(), &mut plain);
            prop_assert_eq!(pooled.awards, plain.awards);
            prop_assert_eq!(pooled.unspent, plain.unspent);
        }

        #[test]
        fn no_pool_pays_more_than_it_has_and_nothing_is_lost(
            claims in prop::collection::vec((0..1_000_000_i64, 0..4_usize), 1..20),
            pots in prop::collection::vec(-5..3_000_000_i64, 4),
            pot in prop::option::of(0..9_000_000_i64),
            reoffer in any::<bool>(),
        ) {
            let mut members = vec![Vec::new(); 4];
            for (row, (_, pool)) in claims.iter().enumerate() {
                members[*pool].push(row as u32);
            }
            let amounts = rows(&claims.iter().map(|(claim, _)| *claim).collect::<Vec<_>>());
            let terms = Terms { reoffer, ..Terms::of_rule(&ConstrainedEqualAwards) };
            let of = settled(&terms, pot, (&members, &pots), &Demand::of_claims(&amounts));
            let whole = pot.unwrap_or_else(|| pots.iter().map(|pot| *pot.max(&0)).sum());
            let paid: i64 = first(&of.awards).iter().sum();
            prop_assert_eq!(paid + of.unspent[0], whole);
            for (award, due) in of.awards.iter().zip(&of.entitlements) {
                prop_assert!((0..=due[0]).contains(&award[0]));
            }
            for (members, pot) in members.iter().zip(&pots) {
                let paid: i64 = members.iter().map(|&row| of.awards[row as usize][0]).sum();
                prop_assert!(reoffer || paid <= *pot.max(&0));
            }
            // Offered once more, money is left only where all is paid.
            let due: i64 = first(&of.entitlements).iter().sum();
            prop_assert!(!reoffer || of.unspent[0] == 0 || paid == due);
        }
    }
}
