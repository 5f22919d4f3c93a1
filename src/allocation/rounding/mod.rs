//! Methods that round shares so that their sum is kept, one a file; a line in [`METHODS`] makes a
//! method known.
//!
//! Survey: Balinski and Young (1982), *Fair Representation*; Pukelsheim (2017),
//! <https://doi.org/10.1007/978-3-319-64707-4>.

mod largest_remainder;

use super::rows::Money;
use super::{Documented, Shares, Shortage};

pub use largest_remainder::LargestRemainder;

/// Every method that a scenario may name.
pub static METHODS: &[&dyn RoundingMethod] = &[&LargestRemainder];

/// A method that turns real-valued shares into whole units, in all draws of a block at once.
pub trait RoundingMethod: Documented + std::fmt::Debug + Sync {
    /// Makes the whole units of shares awards that add up to the pot, none above its claim.
    ///
    /// The shares are those of a rationing rule for this shortage (they add up to the pot, none
    /// exceeds its claim); all slices have one length. `scratch` is memory for the method.
    fn round(&self, shortage: &Shortage<'_>, shares: &mut Shares<'_>, scratch: &mut Vec<Money>);
}

/// The method with a name, exactly as written in [`METHODS`].
pub fn by_name(name: &str) -> Option<&'static dyn RoundingMethod> {
    METHODS.iter().copied().find(|method| method.name() == name)
}

#[cfg(test)]
mod tests {
    use super::super::documented::tests::{assert_complete, items_of_folder};
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_registered() {
        let mut names: Vec<&str> = METHODS.iter().map(|method| method.name()).collect();
        names.sort_unstable();
        assert_eq!(names, items_of_folder("rounding"));
    }

    #[test]
    fn every_method_is_documented_and_found_by_its_name() {
        for method in METHODS {
            assert_complete(*method);
            assert_eq!(by_name(method.name()).unwrap().name(), method.name());
        }
        assert!(by_name("Hamilton").is_none());
    }
}
