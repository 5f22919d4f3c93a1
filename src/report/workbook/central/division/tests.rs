//! The steps of each rule against what is settled.

use super::*;
use crate::allocation::{Demand, Settlement, Terms, Workspace, rationing, settle};
use crate::language::Language;
use crate::numeric::LANES;
use crate::report::workbook::central::grid::{Column, Content, Form, Group};
use proptest::prelude::*;

/// The awards of one year by the columns.
fn awarded(steps: Steps, pot: i64, claims: &[i64]) -> Vec<i64> {
    let column = |of: &dyn Fn(usize) -> f64| Column {
        group: Group::Step,
        header: String::new(),
        unit: String::new(),
        form: Form::Whole,
        is_held: false,
        cells: (0..claims.len()).map(|row| Content::Number(of(row))).collect(),
    };
    let mut grid = Grid {
        language: Language::English,
        pots: String::new(),
        first_row: 0,
        rows_of_year: claims.len(),
        years: 1,
        first_pot: 0,
        columns: vec![
            column(&|row| row as f64 + 1.0),
            column(&|row| claims[row] as f64),
            column(&|_| pot as f64),
        ],
        closing: [None, None],
        positions: Vec::new(),
    };
    let division =
        Division { steps, claims: 1, pot: 2, behind: Behind::Nothing, unit: "cents", number: 0 };
    let award = write(&mut grid, &division);
    grid.values(award).into_iter().map(|award| award as i64).collect()
}

const RULES: [&str; 4] =
    ["Proportional", "ConstrainedEqualAwards", "ConstrainedEqualLosses", "Talmud"];

fn settled(name: &str, pot: i64, claims: &[i64]) -> Vec<i64> {
    let rule = rationing::by_name(name).unwrap();
    let claims: Vec<[i64; LANES]> = claims.iter().map(|claim| [*claim; LANES]).collect();
    let mut settlement = Settlement::default();
    let demand = Demand::of_claims(&claims);
    settle(
        &Terms::of_rule(rule),
        Some(&[pot; LANES]),
        &demand,
        &mut Workspace::new(),
        &mut settlement,
    );
    settlement.awards.iter().map(|award| award[0]).collect()
}

#[test]
fn the_estates_of_the_talmud_come_out() {
    // Aumann and Maschler (1985): claims 100, 200, 300 and estates of 100, 200, 300.
    assert_eq!(awarded(Steps::Talmud, 100, &[100, 200, 300]), [33, 33, 34]);
    assert_eq!(awarded(Steps::Talmud, 200, &[100, 200, 300]), [50, 75, 75]);
    assert_eq!(awarded(Steps::Talmud, 300, &[100, 200, 300]), [50, 100, 150]);
}

proptest! {
    #[test]
    fn the_steps_come_to_what_is_settled(
        claims in prop::collection::vec(prop_oneof![0_i64..12, 0_i64..100_000], 1..12),
        share in 0.0..1.1_f64,
    ) {
        let pot = (claims.iter().sum::<i64>() as f64 * share) as i64;
        for name in RULES {
            let steps = Steps::of(name).unwrap();
            prop_assert_eq!(awarded(steps, pot, &claims), settled(name, pot, &claims), "{}", name);
        }
    }
}
