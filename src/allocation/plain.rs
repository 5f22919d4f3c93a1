//! What a division means, for one draw and as plainly as it can be said; the blocks are tested against
//! it. Sorts, and multiplies with 128 bits.

/// How a pot smaller than its claims is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// In proportion to the claims.
    Proportional,
    /// What the others leave, then in proportion to the rest, cut to the rest of the pot.
    AdjustedProportional,
    /// The same for all, nobody more than the claim.
    EqualAwards,
    /// The same loss for all, nobody more than the claim.
    EqualLosses,
    /// Equal awards of half-claims; above half of all, equal losses of half-claims.
    Talmud,
    /// Equal losses of half-claims; above half of all, halves and equal awards of half-claims.
    ReverseTalmud,
    /// Equal awards of half-claims; above half of all, halves and equal awards of half-claims.
    Piniles,
    /// Equal awards of half-claims; above half of all, the least are raised first.
    Egalitarian,
    /// Half equal awards, half equal losses.
    Average,
}

/// A share of each claim in parts of a unit, and how many parts a unit has.
type Parts = (Vec<i128>, i128);

fn shares(rule: Plain, pot: i64, claims: &[i64]) -> Parts {
    let claims: Vec<i128> = claims.iter().map(|&claim| claim.into()).collect();
    let (pot, total) = (i128::from(pot), claims.iter().sum::<i128>());
    let is_low = 2 * pot <= total;
    match rule {
        Plain::Proportional => (claims.iter().map(|claim| claim * pot).collect(), total),
        Plain::AdjustedProportional => {
            let rights: Vec<i128> = claims.iter().map(|c| (pot - (total - c)).max(0)).collect();
            let left = pot - rights.iter().sum::<i128>();
            let rest: Vec<i128> =
                claims.iter().zip(&rights).map(|(c, m)| (c - m).min(left)).collect();
            let all = rest.iter().sum::<i128>().max(1);
            (rights.iter().zip(rest).map(|(m, rest)| m * all + rest * left).collect(), all)
        }
        Plain::EqualAwards => equal_awards(pot, &claims),
        Plain::EqualLosses => combined(1, &claims, 1, -1, equal_awards(total - pot, &claims)),
        // In half units, half-claims are the claims.
        Plain::Talmud | Plain::Piniles | Plain::Egalitarian if is_low => {
            combined(0, &claims, 2, 1, equal_awards(2 * pot, &claims))
        }
        Plain::Talmud => combined(2, &claims, 2, -1, equal_awards(2 * (total - pot), &claims)),
        Plain::ReverseTalmud if is_low => {
            combined(1, &claims, 2, -1, equal_awards(total - 2 * pot, &claims))
        }
        Plain::ReverseTalmud | Plain::Piniles => {
            combined(1, &claims, 2, 1, equal_awards(2 * pot - total, &claims))
        }
        Plain::Egalitarian => raised(2 * pot, &claims),
        Plain::Average => {
            let (awards, parts) = equal_awards(pot, &claims);
            let (losses, other) = equal_awards(total - pot, &claims);
            let pairs = claims.iter().zip(awards.iter().zip(losses));
            let both = pairs.map(|(c, (a, l))| a * other + (c * other - l) * parts).collect();
            (both, 2 * parts * other)
        }
    }
}

/// `(times · claim ± other) / by`.
fn combined(times: i128, claims: &[i128], by: i128, sign: i128, other: Parts) -> Parts {
    let (amounts, parts) = other;
    let pairs = claims.iter().zip(amounts);
    (pairs.map(|(claim, amount)| times * claim * parts + sign * amount).collect(), by * parts)
}

/// Fills up the smallest claims first.
fn equal_awards(amount: i128, claims: &[i128]) -> Parts {
    let mut sorted = claims.to_vec();
    sorted.sort_unstable();
    let mut left = amount;
    for (index, &claim) in sorted.iter().enumerate() {
        let above = (sorted.len() - index) as i128;
        if claim * above > left {
            return (claims.iter().map(|&c| (c * above).min(left)).collect(), above);
        }
        left -= claim;
    }
    (claims.to_vec(), 1)
}

/// In half units: between the claim and twice the claim, those that are lower rise first. The level
/// lies between two of the claims and their doubles, where what is paid is a straight line.
fn raised(amount: i128, claims: &[i128]) -> Parts {
    let paid = |level: i128| claims.iter().map(|&c| level.clamp(c, 2 * c)).sum::<i128>();
    let mut corners: Vec<i128> = claims.iter().flat_map(|&claim| [claim, 2 * claim]).collect();
    corners.sort_unstable();
    for pair in corners.windows(2) {
        let (from, to) = (paid(pair[0]), paid(pair[1]));
        if from < to && amount <= to {
            // level = corner + (amount − from) · (width / rise), and rise / width is whole.
            let rising = (to - from) / (pair[1] - pair[0]);
            let level = pair[0] * rising + (amount - from);
            let share = |&c: &i128| level.clamp(c * rising, 2 * c * rising);
            return (claims.iter().map(share).collect(), 2 * rising);
        }
    }
    (claims.iter().map(|claim| 2 * claim).collect(), 2)
}

/// Random arrival: one of them comes first and is paid what there is; the others follow in any order
/// (O'Neill 1982). In parts of n!.
pub fn arrivals(pot: i64, claims: &[i64]) -> Parts {
    let count = claims.len();
    let factorial = |number: usize| (1..=number as i128).product::<i128>();
    let mut sums = vec![0; count];
    for first in 0..count {
        sums[first] += factorial(count - 1) * i128::from(claims[first].min(pot));
        let others = [&claims[..first], &claims[first + 1..]].concat();
        let (rest, _) = arrivals((pot - claims[first]).max(0), &others);
        for (other, rest) in rest.into_iter().enumerate() {
            sums[other + usize::from(other >= first)] += rest;
        }
    }
    (sums, factorial(count))
}

/// Minimal overlap, with the height found by trying (Ibn Ezra's division of what lies below it).
pub fn overlaps(pot: i64, claims: &[i64]) -> Vec<f64> {
    let cut = |claim: &i64| (*claim).min(pot) as f64;
    let (mut low, mut high) = (0.0, pot as f64);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        let alone: f64 = claims.iter().map(|claim| (cut(claim) - middle).max(0.0)).sum();
        if middle + alone > pot as f64 { low = middle } else { high = middle }
    }
    let common = |claim: &i64| cut(claim).min(high);
    claims
        .iter()
        .map(|claim| {
            // Every slice between two claims is shared by those who reach above it.
            let mut sorted: Vec<f64> = claims.iter().map(common).collect();
            sorted.sort_by(f64::total_cmp);
            let (mut below, mut sum) = (0.0, 0.0);
            for (place, &height) in sorted.iter().enumerate() {
                if height <= common(claim) {
                    sum += (height - below) / (sorted.len() - place) as f64;
                    below = height;
                }
            }
            sum + cut(claim) - common(claim)
        })
        .collect()
}

/// Dominguez–Thomson: secures the lower bound until nothing is left.
pub fn secured(pot: i64, claims: &[i64]) -> Vec<f64> {
    let count = claims.len() as f64;
    let mut pot = pot as f64;
    let mut left: Vec<f64> = claims.iter().map(|&claim| claim as f64).collect();
    for _ in 0..5_000 {
        let bounds: Vec<f64> = left.iter().map(|claim| claim.min(pot) / count).collect();
        pot -= bounds.iter().sum::<f64>();
        for (left, bound) in left.iter_mut().zip(bounds) {
            *left -= bound;
        }
    }
    claims.iter().zip(left).map(|(&claim, left)| claim as f64 - left).collect()
}

/// Average of awards of three claims: the centre of a polygon, the rectangle of the first two claims
/// between two lines on which the third receives nothing or all.
pub fn centre(pot: i64, claims: [i64; 3]) -> [f64; 3] {
    let [a, b, c] = claims.map(|claim| claim as f64);
    let pot = pot as f64;
    let mut corners = vec![(0.0, 0.0), (a, 0.0), (a, b), (0.0, b)];
    for side in
        [|x: f64, y: f64, most: f64, _: f64| most - x - y, |x, y, most, c| x + y - (most - c)]
    {
        let inside = |(x, y): (f64, f64)| side(x, y, pot, c);
        let mut cut = Vec::new();
        for (index, &from) in corners.iter().enumerate() {
            let to = corners[(index + 1) % corners.len()];
            if inside(from) >= 0.0 {
                cut.push(from);
            }
            if inside(from) * inside(to) < 0.0 {
                let part = inside(from) / (inside(from) - inside(to));
                cut.push((from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1)));
            }
        }
        corners = cut;
    }
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (index, &(x0, y0)) in corners.iter().enumerate() {
        let (x1, y1) = corners[(index + 1) % corners.len()];
        let cross = x0 * y1 - x1 * y0;
        (area, x, y) = (area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross);
    }
    let (x, y) = (x / (3.0 * area), y / (3.0 * area));
    [x, y, pot - x - y]
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
    rounded(pot, claims, &shares(rule, pot, claims))
}

/// Whole awards that add up to the pot.
pub fn rounded(pot: i64, claims: &[i64], (shares, parts): &Parts) -> Vec<i64> {
    let mut awards: Vec<i64> = shares.iter().map(|share| (share / parts) as i64).collect();
    let left = pot - awards.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse((shares[index] % parts, claims[index])));
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
