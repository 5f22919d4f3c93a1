//! Levelling up: a pot lifts those with the least to a common level, as water fills a basin.
//!
//! Who has `h` and weighs `w` stands at the level `h / w`. The level reached, λ, is the one at which
//! Σ max(0, λ w − h) is the pot; each receives its own max(0, λ w − h). It is the rule of constrained
//! equal awards turned round: not what is received is made equal, but what there is afterwards
//! (Thomson, 2003, <https://doi.org/10.1016/S0165-4896(02)00070-7>).

use super::across::Group;
use super::kernel::View;
use super::store::{At, NOWHERE, Operand, Store};

/// A municipality to be lifted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basin {
    leader: u32,
    row: u32,
    have: f64,
    weight: f64,
    pot: f64,
    level: f64,
}

impl Basin {
    fn is_faulty(&self) -> bool {
        !(self.have.is_finite()
            && self.weight.is_finite()
            && self.pot.is_finite()
            && self.weight >= 0.0
            && self.pot >= 0.0)
    }
}

/// What each municipality receives, in groups or in the nation. One fault spoils its whole group: no
/// value, a weight or a pot below zero, a pot that is not the same throughout the group, or one that
/// nobody has the weight to take.
pub(super) fn level_up(
    out: &mut [f64],
    width: usize,
    store: Store,
    from: [Operand; 3],
    group: Option<&Group>,
    basins: &mut Vec<Basin>,
) {
    for lane in 0..width {
        let value = |operand, row| match store
            .row(operand, At { municipality: row, point: 0, together: 0 })
        {
            View::One(value) => value,
            View::Many(values) => values.get(lane).copied().unwrap_or(f64::NAN),
        };
        basins.clear();
        for row in 0..out.len() / width {
            let leader = group.map_or(0, |group| group.leader(row));
            let [have, weight, pot] = from.map(|operand| value(operand, row));
            // In a group of its own, so that it spoils no other.
            let have = if leader == NOWHERE { f64::NAN } else { have };
            let level = if weight > 0.0 { have / weight } else { f64::INFINITY };
            basins.push(Basin { leader, row: row as u32, have, weight, pot, level });
        }
        basins.sort_unstable_by(|a, b| {
            a.leader.cmp(&b.leader).then(a.level.total_cmp(&b.level)).then(a.row.cmp(&b.row))
        });
        for members in basins.chunk_by(|a, b| a.leader == b.leader) {
            let level = level(members);
            for member in members {
                let Some(out) = out.get_mut(member.row as usize * width + lane) else { continue };
                *out = match level {
                    Some(level) if member.level < level => {
                        (level * member.weight - member.have).max(0.0)
                    }
                    Some(_) => 0.0,
                    None => f64::NAN,
                };
            }
        }
    }
}

/// The level that the pot reaches among members in order of their levels; none where there is a fault.
fn level(members: &[Basin]) -> Option<f64> {
    let pot = members.first()?.pot;
    if members.iter().any(|member| member.is_faulty() || member.pot != pot) {
        return None;
    }
    if pot == 0.0 {
        return Some(f64::NEG_INFINITY);
    }
    let (mut had, mut weight, mut level) = (0.0, 0.0, f64::INFINITY);
    for member in members.iter().filter(|member| member.weight > 0.0) {
        if level <= member.level {
            break;
        }
        had += member.have;
        weight += member.weight;
        level = (pot + had) / weight;
    }
    level.is_finite().then_some(level)
}

#[cfg(test)]
mod tests {
    use crate::expression::Extent;
    use crate::expression::world::World;

    fn world(have: &[f64], weight: &[f64]) -> World {
        let rows = have.len();
        let regions: Vec<f64> = (0..rows).map(|row| (row % 2) as f64).collect();
        World::new(rows, &[])
            .fixed("have", Extent::Municipality, have)
            .fixed("weight", Extent::Municipality, weight)
            .text("region", Extent::Municipality, &["A", "B"], &regions)
    }

    #[test]
    fn the_poorest_come_to_one_level_and_the_pot_is_spent() {
        // Levels 10, 40, 20. 20 lift the first (weight 2) from 10 to 20; the 30 left lift weight
        // 2 + 1 by 10 more, to 30.
        let world = world(&[20.0, 40.0, 20.0], &[2.0, 1.0, 1.0]);
        assert_eq!(world.values_of("level_up(have, weight, 50)"), [40.0, 0.0, 10.0]);
    }

    #[test]
    fn a_pot_that_lifts_everybody_leaves_one_level() {
        // Together 60 for weight 4 and 100 more: a level of 40.
        let world = world(&[20.0, 30.0, 10.0], &[2.0, 1.0, 1.0]);
        assert_eq!(world.values_of("level_up(have, weight, 100)"), [60.0, 10.0, 30.0]);
    }

    #[test]
    fn each_group_has_its_own_pot_and_level() {
        // A: 0 and 30 with 10 each lift the first to 10; B: 5 and 7 with 10: to 11 both.
        let world = world(&[0.0, 5.0, 30.0, 7.0], &[1.0; 4]).fixed(
            "pot",
            Extent::Municipality,
            &[10.0, 10.0, 10.0, 10.0],
        );
        assert_eq!(
            world.values_of("level_up(have, weight, pot, by: region)"),
            [10.0, 6.0, 0.0, 4.0]
        );
    }

    #[test]
    fn who_has_no_weight_receives_nothing_and_an_empty_pot_gives_nothing() {
        let world = world(&[0.0, 5.0], &[0.0, 1.0]);
        assert_eq!(world.values_of("level_up(have, weight, 10)"), [0.0, 10.0]);
        assert_eq!(world.values_of("level_up(have, weight, 0 * have)"), [0.0, 0.0]);
    }

    #[test]
    fn equal_levels_are_lifted_alike() {
        let world = world(&[3.0, 3.0, 3.0], &[1.0; 3]);
        assert_eq!(world.values_of("level_up(have, weight, 6)"), [2.0, 2.0, 2.0]);
    }

    #[test]
    fn a_pot_that_nobody_can_take_differs_in_its_group_or_is_below_zero_has_no_result() {
        let world = world(&[1.0, 2.0, 3.0, 4.0], &[1.0, 0.0, 1.0, 0.0]);
        let all_faulty = |formula: &str| world.values_of(formula).iter().all(|x| x.is_nan());
        assert!(all_faulty("level_up(have, weight, -1)"));
        assert!(all_faulty("level_up(have, weight, have)"));
        assert!(all_faulty("level_up(have, weight - 1, 5)"));
        // Region B has no weight; region A is not spoilt by it.
        let found = world.values_of("level_up(have, weight, 4, by: region)");
        assert_eq!((found[0], found[2]), (3.0, 1.0));
        assert!(found[1].is_nan() && found[3].is_nan());
    }
}
