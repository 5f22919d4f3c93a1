//! Claims and pots to try the laws on, and blocks of draws of which one holds them.

use proptest::prelude::*;

use super::super::Money;

pub(super) fn problems() -> impl Strategy<Value = (Vec<i64>, i64)> {
    (claims(), 0.0..1.02_f64, -2..3_i64).prop_map(|(claims, part, more)| {
        let pot = pot_of(&claims, part) + more;
        (claims, pot)
    })
}

/// Few and many claims, equal and zero ones, cents and the wealth of a continent.
pub(super) fn claims() -> impl Strategy<Value = Vec<i64>> {
    let amount =
        prop_oneof![0..5_i64, 0..300_i64, 0..1_000_000_000_i64, 0..1_000_000_000_000_000_i64];
    prop_oneof![
        prop::collection::vec(0..5_i64, 0..60),
        prop::collection::vec(0..2_000_i64, 0..6),
        prop::collection::vec(0..100_000_000_i64, 1..60),
        prop::collection::vec(amount, 1..60),
    ]
}

/// A pot between nothing and a little more than all.
pub(super) fn pot_of(claims: &[i64], part: f64) -> i64 {
    let total: i64 = claims.iter().sum();
    ((total as f64 * part) as i64).min(total + 2)
}

/// The draw of a block that is looked at; the others hold other claims and pots.
pub(super) const DRAW: usize = 37;

/// One amount in the draw that is looked at, and something else in every other.
pub(super) fn among_others(amount: i64, index: usize) -> Money {
    std::array::from_fn(|lane| match lane {
        DRAW => amount,
        _ => (amount >> (lane % 7)).wrapping_add((lane * index) as i64 % 11 - 3),
    })
}

pub(super) fn rows(amounts: &[i64]) -> Vec<Money> {
    amounts.iter().enumerate().map(|(index, &amount)| among_others(amount, index)).collect()
}

pub(super) fn of_draw(rows: &[Money]) -> Vec<i64> {
    rows.iter().map(|row| row[DRAW]).collect()
}
