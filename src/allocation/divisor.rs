//! Divisor methods: all shares are divided by one divisor and rounded alike, so that the sum is kept.
//!
//! A divisor need not be found. The awards are those at which no unit should change hands: the unit
//! that any claimant would lose has a priority of at least that of any unit that another would gain
//! (Huntington 1928, <https://doi.org/10.1090/S0002-9947-1928-1501423-0>). So awards are begun with
//! shares rounded in floating point, units are added or taken until the sum is right, and changed as
//! long as one should change hands. Priorities are compared as whole numbers wherever floating point
//! leaves a doubt: a tie is a tie.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::apportionment::{Apportionment, Party};
use super::lift::Lift;

/// Where a divisor method rounds up.
pub(super) trait Divisor {
    /// Whether priorities are squares of shares over [`point`](Self::point).
    const SQUARED: bool;
    /// How much a rounded share exceeds the share in the middle of many, in units.
    const LEAN: f64;

    /// What the share, or its square, is divided by for the priority of the unit after `award`, up to
    /// a factor that is the same for all: at most 2^126.
    fn point(award: u128) -> u128;

    /// The bound between `award` and one more, which `point` stands for.
    fn signpost(award: f64) -> f64;
}

/// Rounds by a divisor method.
pub(super) fn apportion<D: Divisor>(draw: &mut Apportionment) {
    begin::<D>(draw);
    let sum: i64 = draw.parties.iter().map(|party| party.award).sum();
    let mut missing = draw.pot - sum;
    let parties = &mut draw.parties;
    let mut gains: BinaryHeap<Unit> = all(parties, next::<D>).collect::<Vec<_>>().into();
    let mut losses: BinaryHeap<Reverse<Unit>> =
        all(parties, last::<D>).map(Reverse).collect::<Vec<_>>().into();
    loop {
        // What stands on top of a heap may be a unit that has changed hands since.
        while gains.peek().is_some_and(|unit| parties[unit.index].award != unit.award) {
            gains.pop();
        }
        while losses.peek().is_some_and(|Reverse(unit)| parties[unit.index].award != unit.award + 1)
        {
            losses.pop();
        }
        let (gain, loss) = (gains.peek().copied(), losses.peek().map(|Reverse(unit)| *unit));
        let (gain, loss) = match (missing.signum(), gain, loss) {
            (1, Some(gain), _) => (Some(gain), None),
            (-1, _, Some(loss)) => (None, Some(loss)),
            (0, Some(gain), Some(loss)) if gain > loss => (Some(gain), Some(loss)),
            _ => return,
        };
        for (unit, change) in [(gain, 1), (loss, -1)] {
            let Some(Unit { index, .. }) = unit else { continue };
            let Some(party) = parties.get_mut(index) else { return };
            party.award += change;
            missing -= change;
            gains.extend(next::<D>(index, party));
            losses.extend(last::<D>(index, party).map(Reverse));
        }
    }
}

/// A unit that may change hands, in order of priority; ties go to the larger share where priorities
/// are without bound, then to the larger claim, then to the smaller index.
#[derive(Clone, Copy, Debug)]
struct Unit {
    /// The share over the signpost, near enough to tell most apart.
    near: f64,
    parts: u128,
    point: u128,
    is_squared: bool,
    claim: i64,
    index: usize,
    /// The award without it.
    award: i64,
}

impl Unit {
    fn of<D: Divisor>(index: usize, party: &Party, award: i64) -> Self {
        let whole = award.max(0);
        Self {
            near: party.parts as f64 / D::signpost(whole as f64),
            parts: party.parts,
            point: D::point(whole as u128),
            is_squared: D::SQUARED,
            claim: party.claim,
            index,
            award,
        }
    }

    /// Two priorities as near as this are compared exactly: each is off by a few units in the last of
    /// 53 binary digits.
    const DOUBT: f64 = 1.0 / (1_u64 << 45) as f64;

    /// The priorities alone.
    fn compare(&self, other: &Self) -> Ordering {
        match (self.point, other.point) {
            (0, 0) => return self.parts.cmp(&other.parts),
            (0, _) => return Ordering::Greater,
            (_, 0) => return Ordering::Less,
            _ => {}
        }
        if (self.near - other.near).abs() > Self::DOUBT * self.near.max(other.near) {
            return self.near.total_cmp(&other.near);
        }
        if self.parts == other.parts {
            return other.point.cmp(&self.point);
        }
        let power = |parts| if self.is_squared { [parts, parts] } else { [parts, 1] };
        let product = |parts, point| product(power(parts), point);
        product(self.parts, other.point).cmp(&product(other.parts, self.point))
    }
}

impl Ord for Unit {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other)
            .then(self.claim.cmp(&other.claim))
            .then(other.index.cmp(&self.index))
            .then(other.award.cmp(&self.award))
    }
}

impl PartialOrd for Unit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Unit {}

/// The product of three numbers below 2^128, the highest 64 bits first.
fn product(factors: [u128; 2], last: u128) -> [u64; 6] {
    let mut digits = [0_u64; 6];
    digits[5] = 1;
    for factor in [factors[0], factors[1], last] {
        let (high, low) = ((factor >> 64) as u64, factor as u64);
        let before = digits;
        let mut carry = 0_u128;
        for place in (0..6).rev() {
            let here = u128::from(before[place]) * u128::from(low);
            // The digit below this one, times the high half, stands here too.
            let shifted =
                before.get(place + 1).map_or(0, |below| u128::from(*below) * u128::from(high));
            let sum = u128::from(here as u64)
                + u128::from(shifted as u64)
                + (carry & u128::from(u64::MAX));
            digits[place] = sum as u64;
            carry = (here >> 64) + (shifted >> 64) + (carry >> 64) + (sum >> 64);
        }
    }
    digits
}

/// The unit that a claimant would gain, if any.
fn next<D: Divisor>(index: usize, party: &Party) -> Option<Unit> {
    let may = party.parts > 0 && party.award < party.most;
    may.then(|| Unit::of::<D>(index, party, party.award))
}

/// The unit that a claimant would lose, if any.
fn last<D: Divisor>(index: usize, party: &Party) -> Option<Unit> {
    (party.award > party.least).then(|| Unit::of::<D>(index, party, party.award - 1))
}

fn all(parties: &[Party], unit: fn(usize, &Party) -> Option<Unit>) -> impl Iterator<Item = Unit> {
    parties.iter().enumerate().filter_map(move |(index, party)| unit(index, party))
}

/// Awards near those that are sought, within their bounds.
fn begin<D: Divisor>(draw: &mut Apportionment) {
    let of = draw.of;
    let lifts = draw.lifts();
    let fractions = draw.parties.iter().filter(|party| party.parts % of != 0).count();
    // Rounded up or down, the fractions miss the sum by so many units: the divisor makes up for it.
    let pot = (draw.pot as f64).max(1.0);
    let eased = (1.0 - D::LEAN * fractions as f64 / pot).clamp(0.5, 2.0);
    let factor = if lifts {
        let Lift { units, parts } = Lift::of(draw);
        eased * units as f64 / parts as f64 * of as f64
    } else {
        eased
    };
    for party in &mut draw.parties {
        let (whole, rest) = (party.parts / of, party.parts % of);
        let share = (whole as f64 + rest as f64 / of as f64) * factor;
        let down = share.floor();
        let nearest = if rest == 0 && !lifts && D::LEAN == 0.0 {
            whole as i64
        } else {
            down as i64 + i64::from(share >= D::signpost(down))
        };
        let most = if party.parts == 0 { party.least } else { party.most };
        party.award = nearest.clamp(party.least.min(most), most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_three_have_every_digit() {
        assert_eq!(product([6, 7], 1), [0, 0, 0, 0, 0, 42]);
        // 2^100 · 2^100 · 2^100 = 2^300 = 2^(4·64 + 44).
        assert_eq!(product([1 << 100, 1 << 100], 1 << 100), [0, 1 << 44, 0, 0, 0, 0]);
        // (2^128 − 1)² = 2^256 − 2^129 + 1.
        let all = u64::MAX;
        assert_eq!(product([u128::MAX, u128::MAX], 1), [0, 0, all, all - 1, 0, 1]);
    }
}
