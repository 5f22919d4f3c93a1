//! Methods that round shares so that their sum is kept, one a file; a line in [`METHODS`] makes a
//! method known.
//!
//! Survey: Balinski and Young (1982), *Fair Representation*; Pukelsheim (2017),
//! <https://doi.org/10.1007/978-3-319-64707-4>.

mod adams;
mod huntington_hill;
mod jefferson;
mod largest_remainder;
mod webster;

use super::apportionment::Apportionment;
use super::rows::Money;
use super::{Documented, Shares, Shortage};
use crate::numeric::LANES;

pub use adams::Adams;
pub use huntington_hill::HuntingtonHill;
pub use jefferson::Jefferson;
pub use largest_remainder::LargestRemainder;
pub use webster::Webster;

/// Every method that a scenario may name; the first is used where none is named.
pub static METHODS: &[&dyn RoundingMethod] =
    &[&LargestRemainder, &Webster, &Jefferson, &Adams, &HuntingtonHill];

/// A method that turns real-valued shares into whole units.
pub trait RoundingMethod: Documented + std::fmt::Debug + Sync {
    /// Writes the awards of one draw: they add up to the pot and lie between their bounds. A share of
    /// nothing receives its least award and no more.
    fn apportion(&self, draw: &mut Apportionment);

    /// Makes the whole units of shares awards that add up to the pot, none above its claim and none
    /// below the least, in all draws of a block; draw by draw unless a method knows better.
    ///
    /// The shares are those of a rationing rule for this shortage (they add up to the pot, none
    /// exceeds its claim); `least` is empty or has an entry for each claim, not above the claim, and in
    /// each draw the pot covers them all. `memory` is reused from block to block.
    fn round(
        &self,
        shortage: &Shortage<'_>,
        least: &[Money],
        shares: &mut Shares<'_>,
        memory: &mut Memory,
    ) {
        by_draw(self, shortage, least, shares, memory);
    }
}

/// Rounds draw by draw.
fn by_draw<M: RoundingMethod + ?Sized>(
    method: &M,
    shortage: &Shortage<'_>,
    least: &[Money],
    shares: &mut Shares<'_>,
    memory: &mut Memory,
) {
    let draw = &mut memory.draw;
    for lane in 0..LANES {
        draw.gather(shortage, least, shares, lane);
        method.apportion(draw);
        for (award, party) in shares.whole.iter_mut().zip(&draw.parties) {
            award[lane] = party.award;
        }
    }
}

/// Memory of rounding methods, reused from block to block.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) keys: Vec<Money>,
    pub(super) draw: Apportionment,
}

/// The method with a name, exactly as written in [`METHODS`].
pub fn by_name(name: &str) -> Option<&'static dyn RoundingMethod> {
    METHODS.iter().copied().find(|method| method.name() == name)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::apportionment::Party;
    use super::super::documented::tests::{assert_complete, items_of_folder};
    use super::*;

    /// Awards of shares in hundredths of a unit; the pot is their sum, claims are beyond reach and equal.
    pub fn of_shares(method: &dyn RoundingMethod, hundredths: &[u128]) -> Vec<i64> {
        let parties = hundredths.iter();
        let parties =
            parties.map(|&parts| Party { parts, most: i64::MAX, ..Party::default() }).collect();
        let pot = (hundredths.iter().sum::<u128>() / 100) as i64;
        let mut draw = Apportionment { pot, of: 100, parties };
        method.apportion(&mut draw);
        draw.parties.iter().map(|party| party.award).collect()
    }

    /// Seats in proportion to weights, which are the claims.
    pub fn of_weights(
        method: &dyn RoundingMethod,
        seats: i64,
        least: i64,
        weights: &[i64],
    ) -> Vec<i64> {
        let parties = weights.iter();
        let parties = parties
            .map(|&claim| {
                let parts = claim as u128 * seats as u128;
                Party { parts, claim, least, most: claim, award: 0 }
            })
            .collect();
        let of = weights.iter().sum::<i64>() as u128;
        let mut draw = Apportionment { pot: seats, of, parties };
        method.apportion(&mut draw);
        draw.parties.iter().map(|party| party.award).collect()
    }

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
