//! What a compiled formula needs: room for what it works out, and the names that it reads.

use super::super::{Program, Scratch};
use super::{same, shapes, world};

#[test]
fn room_is_used_again() {
    // However long the sum, a row of it needs one place to read and one to write.
    let terms: Vec<String> = (0..200).map(|k| format!("need * {k}.5")).collect();
    assert!(slots(&shapes().compiled(&terms.join(" + "))) <= 4);
    let columns: Vec<String> = (0..200).map(|k| format!("area ^ {k}")).collect();
    assert!(slots(&shapes().compiled(&columns.join(" + "))) <= 4);
    let sums: Vec<String> = (0..50).map(|k| format!("sum(need * {k})")).collect();
    let nested = sums.iter().fold("need".to_string(), |inner, _| format!("share({inner} + 1)"));
    assert!(slots(&shapes().compiled(&nested)) <= 6);
}

#[test]
fn scratch_serves_formulas_of_any_shape_in_any_order() {
    let world = shapes();
    let mut scratch = Scratch::default();
    let formulas =
        ["sum(need * 2)", "overrun * need + 1", "area + 1", "trend + 1", "rank(need)", "3"];
    for formula in formulas.iter().chain(formulas.iter().rev()) {
        let found = world.compiled(formula).evaluate(&world.rows(), &world, &mut scratch).to_vec();
        assert!(same(&found, &world.values_of(formula)), "{formula}");
    }
}

#[test]
fn only_what_is_read_is_listed() {
    let ids = |formula: &str| shapes().compiled(formula).ids().collect::<Vec<u32>>();
    assert_eq!(ids("need + population + need"), [3, 2]);
    assert_eq!(ids("if(1 > 2, need, trend)"), [1]);
    let by = world().compiled("sum(population, by: region)").ids().collect::<Vec<u32>>();
    assert_eq!(by, [1, 2]);
}

fn slots(program: &Program) -> usize {
    program.slots.len()
}
