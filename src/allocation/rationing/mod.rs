//! Rules for the claims problem, one a file; a line in [`RULES`] makes a rule known.
//!
//! Surveys: Thomson (2003), <https://doi.org/10.1016/S0165-4896(02)00070-7>; Thomson (2015),
//! <https://doi.org/10.1016/j.mathsocsci.2014.09.002>.

mod constrained_equal_awards;
mod constrained_equal_losses;
mod proportional;

use super::{Documented, Shares, Shortage};

pub use constrained_equal_awards::ConstrainedEqualAwards;
pub use constrained_equal_losses::ConstrainedEqualLosses;
pub use proportional::Proportional;

/// Every rule that a scenario may name.
pub static RULES: &[&dyn RationingRule] =
    &[&Proportional, &ConstrainedEqualAwards, &ConstrainedEqualLosses];

/// A rule that divides a pot smaller than the sum of the claims, in all draws of a block at once.
pub trait RationingRule: Documented + std::fmt::Debug + Sync {
    /// Writes the share of each claim; `shares` has the length of the claims.
    ///
    /// The shares lie between 0 and the claim and add up to the pot: they are nothing in draws without
    /// a pot, and the claims in draws whose pot is their sum. A draw does not depend on the others.
    fn divide(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>);
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
