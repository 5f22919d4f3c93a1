//! Priority classes: a later class receives what the earlier ones leave.

/// Serves class after class from a pot of units and returns what is left.
///
/// `claims` and `awards` hold one class after the other, each with `claimants` entries; the claims
/// are not negative and their sum is exact. A class is paid in full if the rest of the pot covers
/// it; else `ration` divides that rest (at least 0) among its claims.
pub(super) fn serve_in_order(
    pot: i64,
    claimants: usize,
    claims: &[i64],
    awards: &mut [i64],
    mut ration: impl FnMut(i64, &[i64], &mut [i64]),
) -> i64 {
    let size = claimants.max(1);
    let mut left = pot.max(0);
    for (claims, awards) in claims.chunks(size).zip(awards.chunks_mut(size)) {
        ration(left, claims, awards);
        left -= awards.iter().sum::<i64>();
    }
    left
}

#[cfg(test)]
mod tests {
    use super::super::division::{Workspace, divide};
    use super::super::rationing::Proportional;
    use super::super::rounding::LargestRemainder;
    use super::*;

    fn served(pot: i64, claims: [i64; 6]) -> ([i64; 6], i64) {
        let mut work = Workspace::new();
        let mut awards = [-1; 6];
        let left = serve_in_order(pot, 2, &claims, &mut awards, |pot, claims, awards| {
            divide(&Proportional, &LargestRemainder, pot, claims, &mut work, awards);
        });
        (awards, left)
    }

    #[test]
    fn the_class_that_binds_is_rationed_and_later_ones_receive_nothing() {
        // Class 1 takes 30 of 60, class 2 asks 60 and shares 30 in proportion 1 : 2.
        assert_eq!(served(60, [10, 20, 20, 40, 5, 5]), ([10, 20, 10, 20, 0, 0], 0));
        assert_eq!(served(15, [10, 20, 20, 40, 5, 5]), ([5, 10, 0, 0, 0, 0], 0));
    }

    #[test]
    fn a_pot_that_covers_all_classes_keeps_the_rest() {
        assert_eq!(served(150, [10, 20, 20, 40, 5, 5]), ([10, 20, 20, 40, 5, 5], 50));
        assert_eq!(served(-1, [10, 20, 20, 40, 5, 5]), ([0; 6], 0));
    }
}
