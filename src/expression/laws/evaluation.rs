//! Any formula, compiled and run over a block, gives what a plain recursive reading of it gives row by row and draw
//! by draw.

use proptest::prelude::*;

use super::super::{Extent, Scratch, Shape, compile};
use super::generators::number;
use super::plain::Plain;
use super::world::world;
use crate::numeric::LANES;

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_block_gives_what_a_plain_reading_gives(tree in number(4, true)) {
        let world = world();
        let plain = Plain { world: &world };
        let text = tree.text();
        let program = match compile(&text, &world) {
            Ok(program) => program,
            Err(faults) => {
                let has_no_value = faults.iter().all(|fault| fault.message.contains("` has no value: "));
                prop_assert!(has_no_value && tree.has_a_part_without_value(&plain), "{text}: {faults:?}");
                return Ok(());
            }
        };
        prop_assert!(!tree.has_a_part_without_value(&plain), "{text}");
        let mut scratch = Scratch::default();
        let points = world.municipality_of_point.len();
        let mut out = vec![0.0; points * LANES];
        program.evaluate_into(Extent::Point, &world.rows(), &world, &mut scratch, &mut out);
        for point in 0..points {
            let municipality = world.municipality_of_point[point] as usize;
            for lane in 0..LANES {
                let (found, expected) =
                    (out[point * LANES + lane], plain.value(&tree, municipality, point, lane));
                prop_assert!(
                    found == expected || (found.is_nan() && expected.is_nan()),
                    "{text} in point {point}, lane {lane}: {found}, not {expected}"
                );
            }
        }
        // Its own shape, in a scratch that has been used, holds the same.
        let shape = program.shape();
        let own = program.evaluate(&world.rows(), &world, &mut scratch);
        prop_assert_eq!(own.len(), world.rows().count(shape.extent) * if shape.random { LANES } else { 1 });
        if shape == (Shape { extent: Extent::Point, random: true }) {
            prop_assert!(own.iter().zip(&out).all(|(a, b)| a.to_bits() == b.to_bits()));
        }
    }
}
