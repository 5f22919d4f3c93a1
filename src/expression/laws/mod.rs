//! What holds for any formula, tried on formulas drawn at random, a law a file.
//!
//! ```text
//! generators ─► tree ─┬─► text, compiled and run over a block ──┐
//!                     └─► plain, across: read row by row, ──────┴─► evaluation   both give the same
//!                         draw by draw, in the values of world
//! ```

mod any_text;
mod evaluation;

mod across;
mod generators;
mod plain;
mod tree;
mod world;
