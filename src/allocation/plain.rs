//! What a division means, for one draw and as plainly as it can be said; the blocks are tested against
//! it. Sorts, and multiplies with 128 bits.

/// How a pot smaller than its claims is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// In proportion to the claims.
    Proportional,
    /// The same for all, nobody more than the claim.
    EqualAwards,
    /// The same loss for all, nobody more than the claim.
    EqualLosses,
}

/// `whole + rest / of` units of each claim; `of` is the same for all.
fn shares(rule: Plain, pot: i64, claims: &[i64]) -> Vec<(i64, i64)> {
    let total: i64 = claims.iter().sum();
    match rule {
        Plain::Proportional => {
            let product = |claim: i64| i128::from(pot) * i128::from(claim);
            let (whole, rest) = (
                |claim| (product(claim) / i128::from(total)) as i64,
                |claim| (product(claim) % i128::from(total)) as i64,
            );
            claims.iter().map(|&claim| (whole(claim), rest(claim))).collect()
        }
        Plain::EqualAwards => {
            let (level, over, _) = level(pot, claims);
            claims.iter().map(|&c| if c <= level { (c, 0) } else { (level, over) }).collect()
        }
        Plain::EqualLosses => {
            let (loss, over, above) = level(total - pot, claims);
            let kept = |claim: i64| {
                if claim <= loss {
                    (0, 0)
                } else if over == 0 {
                    (claim - loss, 0)
                } else {
                    (claim - loss - 1, above - over)
                }
            };
            claims.iter().map(|&claim| kept(claim)).collect()
        }
    }
}

/// Fills up the smallest claims first: the level `whole + over / above` of those that are left.
fn level(amount: i64, claims: &[i64]) -> (i64, i64, i64) {
    let mut sorted = claims.to_vec();
    sorted.sort_unstable();
    let mut left = amount;
    for (index, &claim) in sorted.iter().enumerate() {
        let above = (sorted.len() - index) as i64;
        if claim > left / above {
            return (left / above, left % above, above);
        }
        left -= claim;
    }
    (i64::MAX, 0, 1)
}

/// Awards of min(pot, sum of claims) with largest remainders: ties to the larger claim, then in order.
pub fn divide(rule: Plain, pot: i64, claims: &[i64]) -> Vec<i64> {
    let total: i64 = claims.iter().sum();
    if pot >= total {
        return claims.to_vec();
    }
    if pot <= 0 {
        return vec![0; claims.len()];
    }
    let shares = shares(rule, pot, claims);
    let mut awards: Vec<i64> = shares.iter().map(|share| share.0).collect();
    let left = pot - awards.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse((shares[index].1, claims[index])));
    for &index in order.iter().take(left as usize) {
        awards[index] += 1;
    }
    awards
}

/// Awards in proportion to claims by a divisor method: from the least awards on each unit goes to the
/// claim, among those not yet paid in full, with the highest priority, the larger claim, the first.
pub fn unit_after_unit(method: &str, pot: i64, least: i64, claims: &[i64]) -> Vec<i64> {
    // The claim's power, and the power of the signpost in halves, after so many units.
    let priority = |claim: i64, award: i64| -> (i64, i64) {
        match method {
            "Webster" => (2 * claim, 2 * award + 1),
            "Jefferson" => (claim, award + 1),
            "Adams" => (claim, award),
            "HuntingtonHill" => (claim * claim, award * (award + 1)),
            other => panic!("{other} is no divisor method"),
        }
    };
    let is_higher = |(a, b): ((i64, i64), i64), (c, d): ((i64, i64), i64)| {
        // Without a signpost a priority is without bound, and the larger claim is first.
        match (a.1, c.1) {
            (0, 0) => b > d,
            (0, _) => true,
            (_, 0) => false,
            _ => (a.0 * c.1, b) > (c.0 * a.1, d),
        }
    };
    let mut awards: Vec<i64> = claims.iter().map(|&claim| least.min(claim)).collect();
    let left = pot.min(claims.iter().sum()) - awards.iter().sum::<i64>();
    for _ in 0..left {
        let mut best: Option<usize> = None;
        for index in (0..claims.len()).filter(|&index| awards[index] < claims[index]) {
            let of = |index: usize| (priority(claims[index], awards[index]), claims[index]);
            if best.is_none_or(|best| is_higher(of(index), of(best))) {
                best = Some(index);
            }
        }
        if let Some(best) = best {
            awards[best] += 1;
        }
    }
    awards
}

/// Awards of one class after the other.
pub fn serve(rule: Plain, pot: i64, claimants: usize, claims: &[i64]) -> Vec<i64> {
    let mut left = pot.max(0);
    let mut awards = Vec::new();
    for class in claims.chunks(claimants.max(1)) {
        let of_class = divide(rule, left, class);
        left -= of_class.iter().sum::<i64>();
        awards.extend(of_class);
    }
    awards
}

/// Entitlements and awards of claims of whole units with the least and the most of each, and whether
/// the guarantee is broken.
pub fn settle(
    rule: Plain,
    pot: i64,
    claimants: usize,
    claims: &[i64],
    bounds: &[(i64, i64)],
) -> (Vec<i64>, Vec<i64>, bool) {
    let bound = |index: usize| bounds.get(index).copied().unwrap_or((0, i64::MAX));
    let due: Vec<i64> = (claims.iter().enumerate())
        .map(|(index, &claim)| claim.max(0).max(bound(index).0).min(bound(index).1.max(0)))
        .collect();
    let protected: Vec<i64> =
        due.iter().enumerate().map(|(index, &due)| due.min(bound(index).0.max(0))).collect();
    let paid_first: i64 = protected.iter().sum();
    if paid_first > pot.max(0) {
        let awards = divide(Plain::Proportional, pot, &protected);
        return (due, awards, true);
    }
    let rest: Vec<i64> = due.iter().zip(&protected).map(|(due, part)| due - part).collect();
    let more = serve(rule, pot.max(0) - paid_first, claimants, &rest);
    let awards = protected.iter().zip(more).map(|(part, more)| part + more).collect();
    (due, awards, false)
}
