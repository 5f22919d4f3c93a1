//! Formulas: text compiled to byte-code that runs over rows × draws.
//!
//! # The language
//! Numbers `1_000`, `3.5`, `1e6`; names `open_points`, `platība_km2`; from loose to tight:
//!
//! | operator | meaning |
//! |---|---|
//! | `or`, `and`, `not` | conditions |
//! | `<` `<=` `>` `>=` `==` `!=` | comparison, not to be chained; a text column compares by `==` and `!=` with a quoted text, `region == 'Latgale'`, which need not stand in it unless it is nearly one that does |
//! | `+` `-` | |
//! | `*` `/` | |
//! | `-x` | looser than the power: `-2^2` is −4 |
//! | `^` | power, from the right: `2^3^2` is 512; `0^0` is 1 |
//!
//! The functions stand in [`functions`]. Kinds ([`Kind`]) never mix: a condition becomes a number by `if(…, 1, 0)`.
//!
//! # Faulty values
//! What has no finite value is NaN: a division by zero, the root or logarithm of a negative number, a power,
//! exponential or quotient beyond the range of numbers, `bracket` below its first threshold, `clamp` with its
//! bounds crossed, the mean or extreme of no points. NaN goes through everything that uses it, comparison, `and`,
//! `or`, `min`, `max`, `rank` and sums included (a truth is 1, 0 or NaN), save the branch of an `if`, `bracket` or
//! `interpolate` that is not taken in that row and draw. Sums, differences and products may overflow to an
//! infinity. So a result that is not finite says that the formula failed there, and a finite one that it did not.
//! A part without any name that has no value is refused when compiled.
//!
//! # Shapes
//! A value has as many rows as its [`Extent`] and differs between draws or not ([`Shape`]). Each part of a formula is
//! computed in its own smallest shape: `parish_trend ^ (year - 2020) * population` raises the power once a draw,
//! not once a municipality. Parts that do not differ between draws run down whole columns; the others run row by
//! row, all operations of a row while its lanes are in the nearest cache. Sums across rows run in the order of rows.

mod across;
mod call;
mod check;
mod cliff;
mod compared;
mod condition;
mod fault;
mod function;
mod graph;
mod kernel;
mod levelling;
mod outline;
mod pieces;
mod program;
mod round;
mod schedule;
mod store;
mod syntax;
mod table;
mod token;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod world;

pub use cliff::{Cliff, Level, cliffs};
pub use compared::{Compared, compared};
pub use condition::{Argument, Call, Condition, Given, Sign, call, condition};
pub use fault::Fault;
pub use function::{EXAMPLE_WORLD, Function, functions};
pub use outline::{Operator, Outline, OutlinePart, Term, outline};
pub use pieces::{Piece, pieces};
pub use program::{Program, Rows, Scratch, Values};

/// The longest formula, in bytes.
pub const MOST_BYTES: usize = 10_000;

/// How deep parentheses, calls, signs and powers may stand in one another.
pub const MOST_NESTING: usize = 64;

/// How many rows a value has: one, one a municipality, or one a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// One row.
    Nation,
    /// A row for each municipality.
    Municipality,
    /// A row for each service point.
    Point,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A number.
    Number,
    /// A condition: 1 true, 0 false.
    Truth,
    /// The code of a text within its column.
    Text,
}

/// How a value is laid out: `[rows][LANES]` where it differs between draws, else `[rows]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    /// How many rows.
    pub extent: Extent,
    /// Whether it differs between draws.
    pub random: bool,
}

impl Shape {
    /// One value, the same in every draw.
    pub const CONSTANT: Self = Self { extent: Extent::Nation, random: false };

    /// The smallest shape that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { extent: self.extent.max(other.extent), random: self.random || other.random }
    }
}

/// What a name in a formula stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The number under which [`Values`] gives it.
    pub id: u32,
    /// What it is.
    pub kind: Kind,
    /// How it is laid out.
    pub shape: Shape,
}

/// What a formula may name.
pub trait Names {
    /// The value of this name, if there is one.
    fn resolve(&self, name: &str) -> Option<Resolved>;

    /// The value that a name had some years ago (`years` is 1 or more).
    ///
    /// # Errors
    /// The reason why it has none, as one sentence without a full stop.
    fn resolve_lag(&self, name: &str, years: u32) -> Result<Resolved, String>;

    /// The code of a text within a text column, given by its id.
    ///
    /// # Errors
    /// The texts that do stand in the column, where this one does not.
    fn text_code(&self, column: u32, text: &str) -> Result<f64, Vec<String>>;

    /// Whether an id is that of a column of which cells may be empty: it stands in `given(…)` only.
    fn has_gaps(&self, _id: u32) -> bool {
        false
    }

    /// Every name, for "did you mean".
    fn known(&self) -> Vec<String>;

    /// What is to be said of a name that means nothing here but something elsewhere: what it is
    /// there, and what to do.
    fn elsewhere(&self, _name: &str) -> Option<(String, String)> {
        None
    }

    /// What to do where no name is near, if there are too many to list them all.
    fn overview(&self) -> Option<String> {
        None
    }

    /// What to write instead of the past of a name that has none.
    fn instead_of_lag(&self, _name: &str, _years: u32) -> Option<String> {
        None
    }

    /// A cell of a text column that keeps it from being one of numbers, where most are numbers.
    fn hindrance(&self, _column: u32) -> Option<String> {
        None
    }
}

/// Whether two formulas are written with the same words, numbers and signs: white space and the
/// way a number is written (`1_000`, `1000`) do not count. Of what is no formula, the bytes decide.
#[must_use]
pub fn reads_the_same(one: &str, other: &str) -> bool {
    let (Ok(first), Ok(second)) = (token::tokens(one), token::tokens(other)) else {
        return one == other;
    };
    let written = |text: &'_ str, token: &token::Token| match token.symbol {
        token::Symbol::Name => text.get(token.span.start..token.span.end).map(str::to_owned),
        // Either kind of quotes will do.
        token::Symbol::Text => {
            text.get(token.span.start + 1..token.span.end - 1).map(str::to_owned)
        }
        _ => None,
    };
    first.len() == second.len()
        && first
            .iter()
            .zip(&second)
            .all(|(a, b)| a.symbol == b.symbol && written(one, a) == written(other, b))
}

/// Compiles a formula.
///
/// # Errors
/// Every fault of names, arguments and kinds at once, in the order of the text; a fault of syntax alone.
pub fn compile(text: &str, names: &dyn Names) -> Result<Program, Vec<Fault>> {
    let tree = syntax::parse(text).map_err(|fault| vec![fault])?;
    let (graph, root) = check::check(text, &tree, names)?;
    Ok(schedule::schedule(&graph, root))
}
