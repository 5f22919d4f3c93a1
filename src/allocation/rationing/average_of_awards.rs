//! The average of awards rule.

use super::super::awards_set;
use super::super::documented::documented;
use super::{Ordered, Portions, RationingRule};

documented! {
    /// The mean of all divisions that pay nobody more than the claim.
    ///
    /// Every such division counts alike: the rule is the centre of gravity of their set (of the
    /// core of the game in which a coalition is sure of what the others leave).
    ///
    /// **Formula**: `award = ∫ x dx / ∫ dx` over the divisions x with `0 ≤ x ≤ claim` and
    /// `Σ x = pot`.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot, is its own dual. What a claim exceeds the pot by makes no difference. Not
    /// consistent. With two claimants: the contested garment.
    ///
    /// **Limits**: exact for up to 12 claimants, over all subsets of them in whole numbers. For
    /// more it is computed from a Fourier integral whose tail is left out: the error that is told
    /// is what its last half changes. It must be asked for.
    ///
    /// **Example**: claims 100, 200, 300 and a pot of 100 give 33⅓, 33⅓, 33⅓; a pot of 200 gives
    /// 44.44, 77.78, 77.78.
    /// ```ron
    /// "maintenance": (entitle: …, ration: AverageOfAwards(estimate: true))
    /// ```
    ///
    /// **References**: Mirás Calvo, Quinteiro Sandomingo and Sánchez Rodríguez (2022),
    /// <https://doi.org/10.1007/s00355-022-01414-6>; González-Díaz and Sánchez-Rodríguez (2007),
    /// International Journal of Game Theory 36, 27–46.
    pub struct AverageOfAwards;
}

/// So many claimants have four thousand subsets, each a power of many digits.
const EXACT: usize = 12;

impl RationingRule for AverageOfAwards {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let claims = problem.positive();
        let zeros = problem.claims().len() - claims.len();
        portions.numbers.resize(zeros, 0.0);
        // The rule is its own dual: the smaller side has fewer subsets.
        let is_loss = problem.missing() < problem.pot();
        let pot = problem.pot().min(problem.missing());
        let error = if claims.len() <= EXACT {
            awards_set::exact_centre(pot, claims, &mut portions.numbers);
            0.0
        } else {
            awards_set::integrated_centre(pot, claims, &mut portions.numbers)
        };
        if is_loss {
            for (number, &claim) in portions.numbers.iter_mut().zip(problem.claims()) {
                *number = claim as f64 - *number;
            }
        }
        portions.approximate(problem);
        portions.error = error;
    }

    fn exact_up_to(&self) -> Option<usize> {
        Some(EXACT)
    }

    /// Its integrals take time with the square of the claimants.
    fn estimated_up_to(&self) -> Option<usize> {
        Some(20_000)
    }
}
