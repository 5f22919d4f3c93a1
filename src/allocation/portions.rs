//! One draw of the claims problem, for the rules and the callers that go draw by draw.
//!
//! Rules whose shares are fractions with a manageable denominator write them exactly. The others give
//! floating-point numbers, from which [`Portions::approximate`] makes exact parts that keep what a
//! division must keep: the sum, the bounds, the order, and equal shares of equal claims.

/// A pot of 0 < pot < Σ claims, and the claims in ascending order.
#[derive(Clone, Copy, Debug)]
pub struct Ordered<'a> {
    pot: i64,
    total: i64,
    claims: &'a [i64],
}

/// What each claim receives before rounding: `whole + rest / of` units, in the order of the claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Portions {
    /// Whole units, not negative.
    pub whole: Vec<i64>,
    /// The remainder of each claim, 0 ≤ rest < of.
    pub rest: Vec<i64>,
    /// What the remainders are parts of, at least 1.
    pub of: i64,
    /// How far a share may be off, in units: 0 where the rule is computed exactly or to the precision
    /// of floating-point numbers, else what the rule's documentation calls its error.
    pub error: f64,
    /// Shares as floating-point numbers, for the rules that have no other.
    pub(super) numbers: Vec<f64>,
    fixed: Vec<i128>,
    sorted: Vec<i128>,
}

/// The height `whole + over / above` units; `above` claims are higher than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Whole units; a claim stands above the mark exactly if it exceeds this.
    pub whole: i64,
    /// Numerator of the fraction, 0 ≤ over < above.
    pub over: i64,
    /// How many claims exceed the mark; any number ≥ 1 where none does.
    pub above: i64,
}

impl<'a> Ordered<'a> {
    /// The claims ascend, none is negative, and 0 < pot < total = Σ claims ≤ 2^62.
    pub(super) fn new(pot: i64, total: i64, claims: &'a [i64]) -> Self {
        Self { pot, total, claims }
    }

    /// The pot, in units.
    #[must_use]
    pub fn pot(&self) -> i64 {
        self.pot
    }

    /// The claims in units, the smallest first.
    #[must_use]
    pub fn claims(&self) -> &'a [i64] {
        self.claims
    }

    /// The sum of the claims.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.total
    }

    /// What is missing.
    #[must_use]
    pub fn missing(&self) -> i64 {
        self.total - self.pot
    }

    /// The claims that are more than nothing.
    pub(super) fn positive(&self) -> &'a [i64] {
        &self.claims[self.claims.partition_point(|&claim| claim == 0)..]
    }

    /// The height at which Σ min(claim, height) = amount, for 0 ≤ amount ≤ Σ claims.
    pub(super) fn level(&self, amount: i64) -> Mark {
        let mut left = amount;
        for (index, &claim) in self.claims.iter().enumerate() {
            let above = (self.claims.len() - index) as i64;
            if claim > left / above {
                return Mark { whole: left / above, over: left % above, above };
            }
            left -= claim;
        }
        Mark { whole: i64::MAX, over: 0, above: 1 }
    }
}

impl Portions {
    /// Makes room for the shares of so many claims, with the remainders in one part.
    pub(super) fn begin(&mut self, claims: usize) {
        self.whole.clear();
        self.rest.clear();
        self.numbers.clear();
        self.whole.reserve(claims);
        self.rest.reserve(claims);
        (self.of, self.error) = (1, 0.0);
    }

    /// The next share.
    pub(super) fn push(&mut self, (whole, rest): (i64, i64)) {
        self.whole.push(whole);
        self.rest.push(rest);
    }

    /// The share of a claim as one number of units.
    #[must_use]
    pub fn value(&self, claim: usize) -> f64 {
        let part = |parts: &[i64]| parts.get(claim).map_or(0.0, |&part| part as f64);
        part(&self.whole) + part(&self.rest) / self.of.max(1) as f64
    }

    /// Makes exact portions of `numbers`, one for each claim, of a rule that keeps the order of awards
    /// and of losses: such a rule has a claim that is larger by d receive between 0 and d more, and so
    /// does what comes out here, however inexact the numbers are.
    pub(super) fn approximate(&mut self, problem: &Ordered<'_>) {
        let claims = problem.claims();
        let numbers = &mut self.numbers;
        numbers.resize(claims.len(), 0.0);
        // Of two ways into the range, the mean: the first errs upwards, the second downwards.
        let (mut below, mut upwards) = ((0, 0.0), Vec::with_capacity(claims.len()));
        for (&number, &claim) in numbers.iter().zip(claims) {
            let number = number.max(below.1).min(below.1 + (claim - below.0) as f64);
            upwards.push(number);
            below = (claim, number);
        }
        let (mut above, mut first) = ((0, 0.0), true);
        for ((number, &claim), upwards) in numbers.iter_mut().zip(claims).zip(upwards).rev() {
            let least = if first { 0.0 } else { above.1 - (above.0 - claim) as f64 };
            let most = if first { claim as f64 } else { above.1 };
            let downwards = number.min(most).max(least.max(0.0)).min(claim as f64);
            (above, first) = ((claim, downwards), false);
            *number = f64::midpoint(downwards, upwards);
        }
        let scale = self.parts(claims.len());
        let mut below = (0_i128, 0_i128);
        for (&number, &claim) in self.numbers.iter().zip(claims) {
            let claim = i128::from(claim) * i128::from(scale);
            let share = fixed(number, scale).clamp(below.1, below.1 + (claim - below.0));
            self.fixed.push(share);
            below = (claim, share);
        }
        self.balance(problem.pot(), claims, scale);
    }

    /// Makes exact portions of `numbers`, one for each claim in any order; claims and numbers that are
    /// equal keep equal shares.
    pub(super) fn approximate_each(&mut self, pot: i64, claims: &[i64]) {
        self.numbers.resize(claims.len(), 0.0);
        let scale = self.parts(claims.len());
        for (&number, &claim) in self.numbers.iter().zip(claims) {
            self.fixed.push(fixed(number, scale).clamp(0, i128::from(claim) * i128::from(scale)));
        }
        self.balance(pot, claims, scale);
    }

    /// Into how many parts a unit is cut, so that `of` stays below 2^50.
    fn parts(&mut self, claims: usize) -> i64 {
        self.fixed.clear();
        self.fixed.reserve(claims);
        let bits = 64 - (claims as u64).leading_zeros();
        1 << 50_u32.saturating_sub(bits).min(44)
    }

    /// Has fixed-point shares add up to the pot: if they are too much the largest awards are cut to one
    /// level, if they are too little the largest losses are. Either keeps bounds, order and equality.
    fn balance(&mut self, pot: i64, claims: &[i64], scale: i64) {
        let wide = i128::from(scale);
        let pot = i128::from(pot) * wide;
        let sum: i128 = self.fixed.iter().sum();
        let is_loss = sum < pot;
        if is_loss {
            for (share, &claim) in self.fixed.iter_mut().zip(claims) {
                *share = i128::from(claim) * wide - *share;
            }
        }
        let total: i128 = claims.iter().map(|&claim| i128::from(claim) * wide).sum();
        self.sorted.clone_from(&self.fixed);
        self.sorted.sort_unstable();
        let mut left = if is_loss { total - pot } else { pot };
        let (mut level, mut over, mut above) = (i128::MAX, 0, 1);
        for (index, &amount) in self.sorted.iter().enumerate() {
            let higher = (self.sorted.len() - index) as i128;
            if amount > left / higher {
                (level, over, above) = (left / higher, left % higher, higher);
                break;
            }
            left -= amount;
        }
        let of = wide * above;
        self.of = of as i64;
        self.whole.clear();
        self.rest.clear();
        for (&amount, &claim) in self.fixed.iter().zip(claims) {
            let parts = if amount > level { level * above + over } else { amount * above };
            let share = if is_loss { i128::from(claim) * of - parts } else { parts };
            self.whole.push((share / of) as i64);
            self.rest.push((share % of) as i64);
        }
    }
}

/// A number that is not negative, in parts of a unit.
fn fixed(number: f64, scale: i64) -> i128 {
    let whole = number.max(0.0).floor();
    let part = ((number.max(0.0) - whole) * scale as f64 + 0.5).floor();
    // Casts saturate, and what is not a number is 0.
    i128::from(whole as i64) * i128::from(scale) + part as i128
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portions(pot: i64, claims: &[i64], numbers: &[f64]) -> Portions {
        let mut portions = Portions { numbers: numbers.to_vec(), ..Portions::default() };
        portions.approximate(&Ordered::new(pot, claims.iter().sum(), claims));
        let parts = |portions: &Portions| -> i128 {
            let of = i128::from(portions.of);
            let pairs = portions.whole.iter().zip(&portions.rest);
            pairs.map(|(&whole, &rest)| i128::from(whole) * of + i128::from(rest)).sum()
        };
        assert_eq!(parts(&portions), i128::from(pot) * i128::from(portions.of));
        assert!(portions.rest.iter().all(|rest| (0..portions.of).contains(rest)));
        portions
    }

    #[test]
    fn numbers_that_fit_are_left_as_they_are() {
        let given = portions(100, &[50, 60, 90], &[20.0, 20.5, 59.5]);
        assert_eq!([0, 1, 2].map(|claim| given.value(claim)), [20.0, 20.5, 59.5]);
    }

    #[test]
    fn what_is_too_much_is_cut_from_the_largest_awards() {
        // 103 for 100: the two largest, 40 and 43, share 80.
        let given = portions(100, &[50, 60, 90], &[20.0, 40.0, 43.0]);
        assert_eq!([0, 1, 2].map(|claim| given.value(claim)), [20.0, 40.0, 40.0]);
    }

    #[test]
    fn what_is_too_little_goes_to_the_largest_losses() {
        // 97 for 100; losses 30, 20, 53: the largest becomes 50.
        let given = portions(100, &[50, 60, 90], &[20.0, 40.0, 37.0]);
        assert_eq!([0, 1, 2].map(|claim| given.value(claim)), [20.0, 40.0, 40.0]);
    }

    #[test]
    fn thirds_are_exact_if_all_three_are_alike() {
        let given = portions(100, &[50; 3], &[33.0; 3]);
        assert_eq!(given.whole, [33; 3]);
        assert_eq!(given.rest.iter().sum::<i64>(), given.of);
    }

    #[test]
    fn numbers_that_make_no_sense_are_brought_into_range() {
        let given = portions(100, &[0, 60, 60, 90], &[7.0, f64::NAN, -3.0, f64::INFINITY]);
        assert_eq!(given.value(0), 0.0);
        assert_eq!(given.value(1), given.value(2));
        assert!(given.value(3) <= 90.0 && given.value(3) >= given.value(2));
    }

    #[test]
    fn the_level_of_one_draw_fills_the_low_claims_first() {
        // 450 over 100, 200, 300: the first is filled, 350 is left for two.
        let problem = Ordered::new(450, 600, &[100, 200, 300]);
        assert_eq!(problem.level(450), Mark { whole: 175, over: 0, above: 2 });
        assert_eq!(problem.level(600).whole, i64::MAX);
    }
}
