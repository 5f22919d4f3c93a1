//! The random arrival rule.

use super::super::documented::documented;
use super::{Ordered, Portions, RationingRule};

documented! {
    /// First come, first served, averaged over all orders in which claimants may come.
    ///
    /// Whoever arrives is paid in full while the pot lasts. Taking all orders alike makes a fair
    /// rule of it: the Shapley value of the game in which a coalition is sure of what it can get.
    ///
    /// **Formula**: `award i = (1/n!) · Σ orders min(claim i, max(0, pot − Σ claims before i))`.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot, is its own dual. What a claim exceeds the pot by makes no difference. Not
    /// consistent. With two claimants: the contested garment.
    ///
    /// **Limits**: exact for up to 20 claimants, over all subsets of them. For more it is estimated
    /// from 512 fixed orders, each with the orders in which another one comes first: the error that
    /// is told is the largest standard error of a share. It must be asked for.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 200 give 33⅓, 83⅓, 83⅓.
    /// ```ron
    /// "maintenance": (entitle: …, ration: RandomArrival(estimate: true))
    /// ```
    ///
    /// **References**: O'Neill (1982), <https://doi.org/10.1016/0165-4896(82)90029-4>;
    /// Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>; the estimate: Castro, Gómez and
    /// Tejada (2009), <https://doi.org/10.1016/j.cor.2008.04.004>.
    pub struct RandomArrival;
}

/// So many claimants have a million subsets.
const EXACT: usize = 20;

/// So many orders, and the same ones backwards.
const CYCLES: usize = 256;

/// Orders times claimants that are enough: many claimants need fewer orders each.
const ENOUGH: usize = 1 << 24;

impl RationingRule for RandomArrival {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        if problem.positive().len() <= EXACT {
            exact(problem, portions);
        } else {
            estimated(problem, portions);
        }
    }

    fn exact_up_to(&self) -> Option<usize> {
        Some(EXACT)
    }
}

/// Sums over subsets S of max(0, pot − Σ claims of S), in whole numbers.
///
/// A claimant's award is Σ w(s) · (rest without S) over the S without it, less the same rest over
/// the S with it, where w(s) = s! (n − s − 1)! / n!: 1 over a number that divides the least common
/// multiple of 1 … n.
struct Subsets<'a> {
    claims: &'a [i64],
    /// w(s) for subsets of s claimants, in parts of the common multiple.
    weights: Vec<i128>,
    /// Σ (w(s) + w(s − 1)) · rest over the subsets with each claimant.
    with: Vec<i128>,
}

impl Subsets<'_> {
    /// Adds the subsets that consist of a set of `size`, which leaves `left` > 0, and of claimants from
    /// `first` on. Returns Σ w(s) · rest, and Σ (w(s) + w(s − 1)) · rest.
    fn add(&mut self, first: usize, size: usize, left: i64) -> (i128, i128) {
        let weight = |size: Option<usize>| size.and_then(|size| self.weights.get(size)).copied();
        let own = weight(Some(size)).unwrap_or(0);
        let before = weight(size.checked_sub(1)).unwrap_or(0);
        let mut sums = (own * i128::from(left), (own + before) * i128::from(left));
        for next in first..self.claims.len() {
            let rest = left - self.claims[next];
            if rest <= 0 {
                // All later claims are as large.
                break;
            }
            let more = self.add(next + 1, size + 1, rest);
            self.with[next] += more.1;
            sums = (sums.0 + more.0, sums.1 + more.1);
        }
        sums
    }
}

fn exact(problem: &Ordered<'_>, portions: &mut Portions) {
    let claims = problem.positive();
    let count = claims.len() as i128;
    let of = (1..=count).fold(1, least_common_multiple);
    // w(s + 1) / w(s) = (s + 1) / (n − s − 1), from w(0) = 1 / n on.
    let mut weights = vec![of / count.max(1)];
    for size in 1..count {
        let last = weights.last().copied().unwrap_or(0);
        weights.push(last * size / (count - size));
    }
    // The rule is its own dual: the smaller side has fewer subsets.
    let is_loss = problem.missing() < problem.pot();
    let pot = problem.pot().min(problem.missing());
    let mut subsets = Subsets { claims, weights, with: vec![0; claims.len()] };
    let (all, _) = subsets.add(0, 0, pot);
    for _ in claims.len()..problem.claims().len() {
        portions.push((0, 0));
    }
    for (&claim, with) in claims.iter().zip(&subsets.with) {
        let parts = if is_loss { i128::from(claim) * of - (all - with) } else { all - with };
        // Both fit: no share exceeds its claim.
        portions.push(((parts / of) as i64, (parts % of) as i64));
    }
    portions.of = of as i64;
}

fn least_common_multiple(one: i128, other: i128) -> i128 {
    let (mut larger, mut smaller) = (one, other);
    while smaller != 0 {
        (larger, smaller) = (smaller, larger % smaller);
    }
    one / larger * other
}

/// The mean over fixed orders. Of an order, every claimant once comes first and the others follow in
/// turn, as at a round table: as many orders as claimants, for the work of one.
fn estimated(problem: &Ordered<'_>, portions: &mut Portions) {
    let claims = problem.claims();
    let count = claims.len();
    let cycles = (ENOUGH / count.max(1)).clamp(16, CYCLES);
    let mut table: Vec<usize> = (0..count).collect();
    let mut once = vec![0.0; count];
    let (mut sums, mut squares) = (vec![0.0; count], vec![0.0; count]);
    let mut round = Round::default();
    let mut random = 0_u64;
    for _ in 0..cycles {
        shuffle(&mut table, &mut random);
        once.fill(0.0);
        go_round(claims, problem.pot(), &table, &mut round, &mut once);
        table.reverse();
        go_round(claims, problem.pot(), &table, &mut round, &mut once);
        share_among_equals(claims, &mut once);
        for ((sum, square), once) in sums.iter_mut().zip(&mut squares).zip(&once) {
            let award = once / (2 * count) as f64;
            *sum += award;
            *square += award * award;
        }
    }
    let cycles = cycles as f64;
    let mut largest: f64 = 0.0;
    for (sum, square) in sums.iter().zip(&squares) {
        let mean = sum / cycles;
        largest = largest.max((square / cycles - mean * mean) / (cycles - 1.0));
        portions.numbers.push(mean);
    }
    portions.approximate(problem);
    portions.error = largest.max(0.0).sqrt();
}

/// Adds what each claimant receives in all the orders that begin somewhere at a round table.
fn go_round(claims: &[i64], pot: i64, table: &[usize], round: &mut Round, awards: &mut [f64]) {
    let count = table.len();
    let Round { seats, parts, turns } = round;
    // Twice round, so that an order that begins anywhere is a stretch.
    seats.clear();
    seats.extend(table.iter().chain(table).map(|&who| claims[who]));
    parts.clear();
    parts.resize(2 * count, 0);
    turns.clear();
    turns.resize(2 * count, 0);
    // From each first seat on, the seats before `end` are paid in full, and `end` what is left.
    let (mut end, mut left) = (0, pot);
    for first in 0..count {
        while end < first + count && seats[end] <= left {
            left -= seats[end];
            end += 1;
        }
        turns[first] += 1;
        if let (Some(turn), Some(part)) = (turns.get_mut(end), parts.get_mut(end)) {
            *turn -= 1;
            *part += left;
        }
        left += seats[first];
    }
    // How often a seat is paid in full, the second time round on top of the first.
    let mut times = 0;
    for turn in turns.iter_mut() {
        times += *turn;
        *turn = times;
    }
    for (seat, &who) in table.iter().enumerate() {
        let full = turns[seat] + turns[seat + count];
        awards[who] +=
            full as f64 * claims[who] as f64 + (parts[seat] + parts[seat + count]) as f64;
    }
}

/// The seats of a round table, reused from order to order.
#[derive(Debug, Default)]
struct Round {
    /// Their claims, twice round.
    seats: Vec<i64>,
    /// What is paid to a seat in part, all orders together: less than its claim times the seats.
    parts: Vec<i64>,
    /// By how much more orders a seat is paid in full than the one before.
    turns: Vec<i64>,
}

/// Equal claims receive their mean.
fn share_among_equals(claims: &[i64], awards: &mut [f64]) {
    let mut first = 0;
    for group in claims.chunk_by(|one, other| one == other) {
        if let Some(awards) = awards.get_mut(first..first + group.len()) {
            let mean = awards.iter().sum::<f64>() / group.len() as f64;
            awards.fill(mean);
        }
        first += group.len();
    }
}

/// Brings the places into another fixed order (Fisher and Yates; the numbers are `SplitMix64`).
fn shuffle(places: &mut [usize], random: &mut u64) {
    for last in (1..places.len()).rev() {
        *random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let chosen = (u128::from(mixed) * (last as u128 + 1)) >> 64;
        places.swap(last, chosen as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(way: fn(&Ordered<'_>, &mut Portions), pot: i64, claims: &[i64]) -> Portions {
        let mut portions = Portions::default();
        portions.begin(claims.len());
        way(&Ordered::new(pot, claims.iter().sum(), claims), &mut portions);
        portions
    }

    #[test]
    fn remainders_are_parts_of_a_small_common_multiple() {
        // Thirds and halves, for 100 each of 300: six orders.
        let three = given(exact, 100, &[100, 200, 300]);
        assert_eq!((three.whole, three.rest, three.of), (vec![33; 3], vec![2; 3], 6));
        // lcm(1 … 20).
        assert_eq!(given(exact, 7, &[1; 20]).of, 232_792_560);
    }

    #[test]
    fn a_round_table_pays_every_order_that_begins_somewhere() {
        // Seats 5, 3, 4 and a pot of 6. From 5: 5, 1, 0. From 3: 3, 3 (of 4), 0. From 4: 4, 2 (of 5), 0.
        let mut awards = [0.0; 3];
        go_round(&[5, 3, 4], 6, &[0, 1, 2], &mut Round::default(), &mut awards);
        assert_eq!(awards, [7.0, 4.0, 7.0]);
    }

    #[test]
    fn the_estimate_is_as_near_to_the_rule_as_it_says() {
        let claims: Vec<i64> = (1..=15).map(|claim| claim * claim * 1_000).collect();
        let total: i64 = claims.iter().sum();
        for pot in [total / 7, total / 3, total - 5_000] {
            let (rule, estimate) = (given(exact, pot, &claims), given(estimated, pot, &claims));
            assert!(estimate.error > 0.0 && estimate.error < 0.01 * total as f64);
            for claim in 0..claims.len() {
                let off = (rule.value(claim) - estimate.value(claim)).abs();
                assert!(off <= 4.0 * estimate.error, "{off} for {}", estimate.error);
            }
        }
    }
}
