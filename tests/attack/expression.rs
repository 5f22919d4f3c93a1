//! Any formula: it compiles to something that always gives the same, or its faults lie in it.

use super::vocabulary::World;
use dotacija::expression::{Extent, Kind, MOST_BYTES, Program, Scratch, Shape, compile};
use dotacija::numeric::LANES;

/// The world is the same for all formulas; room for the steps is kept as a run keeps it.
pub struct Bench {
    world: World,
    scratch: Scratch,
}

thread_local! {
    static BENCH: std::cell::RefCell<Bench> =
        std::cell::RefCell::new(Bench { world: World::new(), scratch: Scratch::default() });
}

/// Takes the text of a formula.
pub fn expression(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    BENCH.with_borrow_mut(|bench| bench.judge(text));
}

impl Bench {
    fn judge(&mut self, text: &str) {
        let compiled = compile(text, &self.world);
        match &compiled {
            Err(faults) => {
                assert!(!faults.is_empty());
                for fault in faults {
                    assert!(text.get(fault.range.clone()).is_some(), "{text:?}: {fault:?}");
                    assert!(!fault.message.is_empty(), "{text:?}");
                    let length = fault.message.len() + fault.help.as_ref().map_or(0, String::len);
                    assert!(length <= 3_000, "{length} bytes about {} bytes", text.len());
                }
            }
            Ok(program) => self.always_gives_the_same(text, program),
        }
        // Parentheses around the whole and space before it change nothing but places.
        if text.len() + 4 <= MOST_BYTES {
            let spaced = compile(&format!(" {text}\n"), &self.world);
            assert_eq!(compiled.is_ok(), spaced.is_ok(), "{text:?}");
            let wrapped = compile(&format!("({text})"), &self.world);
            match (&compiled, &wrapped) {
                (Ok(_), Err(faults)) => {
                    assert!(faults[0].message.contains("deep"), "{text:?}: {faults:?}");
                }
                // `a)(b` has a fault that parentheses take away.
                (Err(_), Ok(_)) => assert!(text.contains([')', ','])),
                _ => {}
            }
            if let Ok(bare) = &compiled {
                for other in [spaced, wrapped].iter().flatten() {
                    assert_eq!(self.result(bare), self.result(other), "{text:?}");
                }
            }
        }
    }

    /// Everything that a formula gives, bit by bit.
    fn result(&mut self, program: &Program) -> (Shape, Kind, Vec<u64>) {
        let values = program.evaluate(&World::rows(), &self.world, &mut self.scratch);
        (program.shape(), program.kind(), values.iter().map(|value| value.to_bits()).collect())
    }

    fn always_gives_the_same(&mut self, text: &str, program: &Program) {
        let rows = World::rows();
        let shape = program.shape();
        let width = if shape.random { LANES } else { 1 };
        let first = program.evaluate(&rows, &self.world, &mut self.scratch).to_vec();
        assert_eq!(first.len(), World::count(shape.extent) * width, "{text:?}");
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        let mut fresh = Scratch::default();
        let second = program.evaluate(&rows, &self.world, &mut fresh);
        assert_eq!(bits(&first), bits(second), "{text:?}");
        if let Some(value) = program.constant() {
            assert!(value.is_finite() && shape == Shape::CONSTANT, "{text:?}: {value}");
        }
        if program.kind() != Kind::Number {
            let few = |value: &f64| value.is_nan() || [0.0, 1.0, 2.0].contains(value);
            assert!(first.iter().all(few), "{text:?}: {first:?}");
        }
        // Told to every point and every draw, each holds the value of its own row and draw.
        let mut wide = vec![0.0; rows.points * LANES];
        program.evaluate_into(Extent::Point, &rows, &self.world, &mut self.scratch, &mut wide);
        for (place, value) in wide.iter().enumerate() {
            let (point, lane) = (place / LANES, place % LANES);
            let row = match shape.extent {
                Extent::Nation => 0,
                Extent::Municipality => rows.municipality_of_point[point] as usize,
                Extent::Point => point,
            };
            let own = first[row * width + if shape.random { lane } else { 0 }];
            assert!(
                own.to_bits() == value.to_bits() || own.is_nan() && value.is_nan(),
                "{text:?} in point {point}, draw {lane}: {own} and {value}"
            );
        }
    }
}
