//! The Dominguez–Thomson rule.

use super::super::documented::documented;
use super::{Ordered, Portions, RationingRule};

documented! {
    /// Everyone is first secured an n-th of the claim (cut to the pot), then again, without end.
    ///
    /// Everyone may count on an equal part of the own claim, or of the pot where the claim is
    /// larger. What that leaves of claims and pot is a problem of the same kind.
    ///
    /// **Formula**: `award = Σ k min(claim k, pot k) / n`, with `claim k+1 = claim k − min(claim k,
    /// pot k) / n` and `pot k+1 = pot k − Σ min(claim k, pot k) / n`, from the claims and the pot on.
    ///
    /// **Properties**: treats equals equally, keeps the order of claims and of losses, rises with
    /// the pot. What a claim exceeds the pot by makes no difference. Neither consistent nor its own
    /// dual: even a claimant who claims nothing counts among the n.
    ///
    /// **Example**: claims 50, 100 and a pot of 50 give 25, 25.
    /// ```ron
    /// "maintenance": (entitle: …, ration: DominguezThomson)
    /// ```
    ///
    /// **References**: Dominguez and Thomson (2006), Economic Theory 28, 283–307; the bound:
    /// Moreno-Ternero and Villar (2004), Mathematical Social Sciences 47, 245–257; Thomson (2019),
    /// <https://doi.org/10.1017/9781108161107>.
    pub struct DominguezThomson;
}

/// What is left of the pot when the steps end: 2^-60 of it.
const LEFT: f64 = f64::from_bits((1023 - 60) << 52);

impl RationingRule for DominguezThomson {
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions) {
        let claims = problem.claims();
        let count = claims.len() as f64;
        let keep = 1.0 - 1.0 / count;
        let (mut pot, end) = (problem.pot() as f64, problem.pot() as f64 * LEFT);
        // Claims below the pot shrink by one factor; once above it, they receive what the others
        // above it do. Claims only ever go from below to above, the largest first.
        let (mut low, mut low_sum) = (claims.len(), problem.total());
        let (mut factor, mut of_high) = (1.0, 0.0);
        portions.numbers.resize(claims.len(), 0.0);
        // Where everybody is below the pot and has all but nothing left to claim, what is left of the pot
        // is what rounding has left: it would never end.
        while pot > end && (low < claims.len() || low_sum as f64 * factor > end) {
            while let Some(&claim) = low.checked_sub(1).and_then(|last| claims.get(last)) {
                if claim as f64 * factor < pot {
                    break;
                }
                low -= 1;
                low_sum -= claim;
                if let Some(number) = portions.numbers.get_mut(low) {
                    *number = claim as f64 * (1.0 - factor) - of_high;
                }
            }
            let high = (claims.len() - low) as f64;
            of_high += pot / count;
            if low == 0 {
                break;
            }
            pot -= (high * pot + low_sum as f64 * factor) / count;
            factor *= keep;
        }
        for (place, (number, &claim)) in portions.numbers.iter_mut().zip(claims).enumerate() {
            *number = if place < low { claim as f64 * (1.0 - factor) } else { *number + of_high };
        }
        portions.approximate(problem);
    }
}
