//! The minimal overlap rule.

use super::super::documented::documented;
use super::{Ordered, Portions, RationingRule};

documented! {
    /// Claims are laid on parts of the pot so that they overlap least; a part is shared equally.
    ///
    /// Each unit of the pot is split equally among those who claim it, and claims are placed so that
    /// as few units as possible are claimed by many (after Ibn Ezra).
    ///
    /// **Formula**: with claims cut to the pot and in ascending order, and `t` (money) such that
    /// `t + Σ max(0, claim − t) = pot`: `award i = Σ j≤i (min(claim j, t) − min(claim j−1, t)) /
    /// (n − j + 1) + max(0, claim i − t)`.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot. What a claim exceeds the pot by makes no difference. Neither consistent nor its own
    /// dual. With two claimants: the contested garment.
    ///
    /// **Example**: claims 30, 40, 60, 120 and a pot of 120 give 7½, 10⅚, 20⅚, 80⅚.
    /// ```ron
    /// "maintenance": (entitle: …, ration: MinimalOverlap)
    /// ```
    ///
    /// **References**: O'Neill (1982), <https://doi.org/10.1016/0165-4896(82)90029-4>;
    /// Alcalde, Marco and Silva (2008), Social Choice and Welfare 31, 109–128; Thomson (2019),
    /// <https://doi.org/10.1017/9781108161107>.
    pub struct MinimalOverlap;
}

impl RationingRule for MinimalOverlap {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let (claims, pot) = (problem.claims(), problem.pot());
        let alone = height(claims, pot);
        let (mut below, mut shared) = (0.0, 0.0);
        for (place, &claim) in claims.iter().enumerate() {
            let claim = claim.min(pot) as f64;
            let common = claim.min(alone);
            shared += (common - below) / (claims.len() - place) as f64;
            below = common;
            portions.numbers.push(shared + (claim - common));
        }
        portions.approximate(problem);
    }
}

/// The least t with t + Σ max(0, claim − t) = pot, claims cut to the pot: what lies above it is claimed
/// by one alone.
fn height(claims: &[i64], pot: i64) -> f64 {
    let mut sum = 0_i128;
    let wide = i128::from(pot);
    for (above, &claim) in claims.iter().rev().enumerate() {
        // `above` claims lie above; t = (their sum − pot) / (above − 1) if that is not below the next.
        let claim = i128::from(claim.min(pot));
        let others = above as i128 - 1;
        if others > 0 && sum - wide >= claim * others {
            return (sum - wide) as f64 / others as f64;
        }
        sum += claim;
    }
    let others = claims.len() as i128 - 1;
    if others > 0 { ((sum - wide) as f64 / others as f64).max(0.0) } else { pot as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_above_the_height_is_claimed_once() {
        // 30, 40, 60, 120 of 120: the largest covers all, the others overlap with it: t = 60 does,
        // 60 + (120 − 60) = 120, and nothing less than 60 (40: 40 + 20 + 80 = 140).
        assert_eq!(height(&[30, 40, 60, 120], 120), 60.0);
        // 40 and 50 of 60: t + 40 − t + 50 − t = 60 at t = 30.
        assert_eq!(height(&[40, 50], 60), 30.0);
        // All cut to the pot: all is contested by all.
        assert_eq!(height(&[90, 90, 90], 60), 60.0);
        assert_eq!(height(&[9], 3), 3.0);
    }
}
