//! Laws that every registered rule keeps, with every registered rounding method.
//!
//! ```text
//! problems (claims and pots, in blocks) ─┬─► sums        what awards and losses add up to
//! rules (and methods, tried on them) ────┤   treatment   claimants beside one another
//!                                        │   rounding    least awards, order of units, larger pots
//!                                        │   blocks      draws together and alone, vectors of any width
//!                                        │   by_hand     plain statements of the rules
//!                                        └─► settlement  whole settlements, on any terms
//! ```

mod blocks;
mod by_hand;
mod rounding;
mod settlement;
mod sums;
mod treatment;

mod problems;
mod rules;
