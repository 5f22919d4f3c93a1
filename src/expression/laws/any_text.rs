//! No text makes the parser or the compiler panic, be it any text at all or almost a formula.

use proptest::prelude::*;

use super::super::{Scratch, compile, syntax};
use super::world::world;

/// Pieces from which almost-formulas are made.
const PIECES: [&str; 40] = [
    "1",
    "2.5",
    "1e9",
    "own",
    "point",
    "region",
    "flag",
    "tier",
    "zzz",
    "ā",
    "'A'",
    "'",
    "\"",
    "(",
    ")",
    "[",
    "]",
    ",",
    ":",
    "by:",
    "+",
    "-",
    "*",
    "/",
    "^",
    "<",
    "==",
    "!=",
    "and",
    "or",
    "not",
    "if(",
    "sum(",
    "lag(own,1)",
    "bracket(",
    "[(0,1)]",
    "round(",
    "point_sum(",
    " ",
    "−",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = syntax::parse(&text);
    }

    #[test]
    fn no_almost_formula_makes_the_compiler_panic(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..30)
    ) {
        let world = world();
        let text = pieces.concat();
        match compile(&text, &world) {
            Ok(program) => {
                program.evaluate(&world.rows(), &world, &mut Scratch::default());
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(text.get(fault.range.clone()).is_some(), "{fault:?}");
                }
            }
        }
    }
}
