//! A block of draws has the shares of each draw alone, and the same awards in vectors of any width.

use proptest::prelude::*;

use super::super::division::shares;
use super::super::{Money, Workspace, divide, portions};
use super::problems::{DRAW, among_others, problems, rows};
use super::rules::{pairs, rules};
use crate::numeric::LANES;
use crate::numeric::simd::{self, Level};

/// The same in every draw.
fn rows_of_one(amounts: &[i64]) -> Vec<Money> {
    amounts.iter().map(|&amount| [amount; LANES]).collect()
}

proptest! {
    #[test]
    fn every_vector_width_gives_the_same_awards((claims, pot) in problems()) {
        let before = simd::level();
        for (rule, method) in pairs(claims.len()) {
            let mut given = Vec::new();
            for level in Level::ALL {
                simd::choose(level);
                let mut awards = vec![[-1; LANES]; claims.len()];
                let (pot, claims) = (among_others(pot, 1), rows(&claims));
                divide(rule, method, &pot, &claims, &mut Workspace::new(), &mut awards);
                given.push(awards);
            }
            simd::choose(before);
            prop_assert!(given.iter().all(|awards| *awards == given[0]), "{}", rule.name());
        }
    }

    #[test]
    fn one_draw_has_the_shares_of_a_block((claims, pot) in problems()) {
        for rule in rules(claims.len()) {
            let alone = portions(rule, pot, &claims, &[]);
            let block = shares(rule, &[pot; LANES], &rows_of_one(&claims));
            for (claim, row) in block.whole.iter().enumerate() {
                let (whole, rest, of) = (row[DRAW], block.rest[claim][DRAW], block.of[DRAW]);
                prop_assert_eq!(alone.whole[claim], whole, "{}", rule.name());
                let (one, other) = (i128::from(alone.rest[claim]), i128::from(rest));
                prop_assert_eq!(one * i128::from(of), other * i128::from(alone.of));
            }
        }
    }
}
