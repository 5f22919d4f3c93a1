//! Rules for the claims problem, one a file; a line in [`RULES`] makes a rule known.
//!
//! Surveys: Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>; Thomson (2015),
//! <https://doi.org/10.1016/j.mathsocsci.2014.09.002>; Thomson (2019), *How to Divide When There Isn't
//! Enough*, <https://doi.org/10.1017/9781108161107>.

mod adjusted_proportional;
mod average_of_awards;
mod average_of_equal_awards_and_losses;
mod constrained_egalitarian;
mod constrained_equal_awards;
mod constrained_equal_losses;
mod dominguez_thomson;
mod minimal_overlap;
mod piniles;
mod proportional;
mod random_arrival;
mod reverse_talmud;
mod talmud;

use super::draws::draw_by_draw;
use super::{Documented, Ordered, Portions, Scratch, Shares, Shortage, Weighting};

pub use adjusted_proportional::AdjustedProportional;
pub use average_of_awards::AverageOfAwards;
pub use average_of_equal_awards_and_losses::AverageOfEqualAwardsAndLosses;
pub use constrained_egalitarian::ConstrainedEgalitarian;
pub use constrained_equal_awards::ConstrainedEqualAwards;
pub use constrained_equal_losses::ConstrainedEqualLosses;
pub use dominguez_thomson::DominguezThomson;
pub use minimal_overlap::MinimalOverlap;
pub use piniles::Piniles;
pub use proportional::Proportional;
pub use random_arrival::RandomArrival;
pub use reverse_talmud::ReverseTalmud;
pub use talmud::Talmud;

/// Every rule that a scenario may name.
pub static RULES: &[&dyn RationingRule] = &[
    &Proportional,
    &AdjustedProportional,
    &ConstrainedEqualAwards,
    &ConstrainedEqualLosses,
    &Talmud,
    &ReverseTalmud,
    &ConstrainedEgalitarian,
    &Piniles,
    &MinimalOverlap,
    &RandomArrival,
    &AverageOfEqualAwardsAndLosses,
    &DominguezThomson,
    &AverageOfAwards,
];

/// A rule that divides a pot smaller than the sum of the claims.
///
/// Shares are exact, `whole + rest / of`, and add up to the pot exactly. Of a rule whose shares are
/// fractions with a manageable denominator they are the rule's. Of the others (minimal overlap,
/// Dominguez–Thomson, average of awards, weighted forms, estimates) they are that to the precision of
/// floating-point numbers, brought by [`Portions`] to parts of a unit so that equal claims have equal
/// remainders, larger claims are neither awarded nor refused less, and no share leaves its claim.
pub trait RationingRule: Documented + std::fmt::Debug + Sync {
    /// Writes the share of each claim in one draw, the smallest claim first.
    fn divide_one(&self, problem: &Ordered<'_>, portions: &mut Portions);

    /// Writes the share of each claim in all draws of a block; `shares` has the length of the claims.
    ///
    /// The shares lie between 0 and the claim and add up to the pot: they are nothing in draws without
    /// a pot, and the claims in draws whose pot is their sum. A draw does not depend on the others.
    /// Rules for which speed counts have loops over draws; the others go draw by draw.
    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, scratch: &mut Scratch) {
        draw_by_draw(self, shortage, shares, scratch);
    }

    /// What a claimant's weight does; nothing if the rule has no weighted form.
    fn weighting(&self) -> Option<Weighting> {
        None
    }

    /// The largest number of claimants for which the rule is computed and not estimated; nothing if it
    /// always is. Whoever offers the rule for more asks for consent, and tells [`Portions::error`].
    fn exact_up_to(&self) -> Option<usize> {
        None
    }

    /// The most claimants for which it can be estimated in bearable time; `None` for any number.
    fn estimated_up_to(&self) -> Option<usize> {
        None
    }
}

/// The rule with a name, exactly as written in [`RULES`].
pub fn by_name(name: &str) -> Option<&'static dyn RationingRule> {
    RULES.iter().copied().find(|rule| rule.name() == name)
}

#[cfg(test)]
mod tests {
    use super::super::documented::tests::{assert_complete, items_of_folder};
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_registered() {
        let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name()).collect();
        names.sort_unstable();
        assert_eq!(names, items_of_folder("rationing"));
    }

    #[test]
    fn every_rule_is_documented_and_found_by_its_name() {
        for rule in RULES {
            assert_complete(*rule);
            assert_eq!(by_name(rule.name()).unwrap().name(), rule.name());
        }
        assert!(by_name("proportional").is_none());
    }
}
