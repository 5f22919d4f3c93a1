//! A formula: its text, its byte-code, and what each name in it means.

use super::Quantity;
use crate::expression::{Outline, Piece, Program};
use crate::problem::Place;
use std::sync::Arc;

/// A number, distribution or formula of the scenario, compiled. A plain number is a constant
/// program; a distribution written in place is an input that the program loads.
#[derive(Clone, Debug)]
pub struct Formula {
    /// As it stands in the scenario.
    pub text: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// The byte-code.
    pub program: Program,
    /// What each id in the program means: `variables[id]`.
    pub variables: Vec<Variable>,
    /// What of it stands for a number of a row, so that a figure can be explained; empty where no figure is
    /// explained by it.
    pub pieces: Vec<Piece>,
    /// Its tree, so that it can be written down as the formula of a spreadsheet; none where no figure is
    /// explained by it, and of a plain number.
    pub outline: Option<Arc<Outline>>,
    /// Least and greatest value that makes sense where it stands.
    pub range: (f64, f64),
}

/// The greatest amount of anything: what exceeds it is a slip, and cents of it still add up exactly.
pub const GREATEST: f64 = 1e12;

/// What a name in a formula means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// `year`, one number.
    Year,
    /// A lever, one number.
    Lever(usize),
    /// An input, of its own extent, one value per draw.
    Input(usize),
    /// A column of the municipalities, `lag` years ago.
    MunicipalityColumn {
        /// Index into the table's columns.
        column: usize,
        /// How many years back.
        lag: u32,
    },
    /// A column of the points, `lag` years ago.
    PointColumn {
        /// Index into the table's columns.
        column: usize,
        /// How many years back.
        lag: u32,
    },
    /// `pay_index`, one value per draw.
    PayIndex,
    /// `price_index`, one value per draw.
    PriceIndex,
    /// The programme's appropriation of the year, EUR, one value per draw.
    Appropriation,
    /// The programme's money after top slice and carry-over, EUR, one value per draw.
    Available,
    /// A simulated quantity per municipality (per scope in an outcome), one value per draw.
    Quantity {
        /// Which.
        quantity: Quantity,
        /// Of one tier only, or of all.
        tier: Option<usize>,
        /// How many years back (0 in outcomes).
        lag: u32,
    },
    /// What the programme's formula said last year, EUR per municipality, one value per draw.
    EntitlementLastYear,
    /// What the programme paid last year, EUR per municipality, one value per draw.
    AwardLastYear,
    /// An earlier line of the same worksheet, per municipality, one value per draw.
    Line(usize),
    /// Sum over the programmes, in outcomes only: entitlement, EUR per scope, one value per draw.
    Entitlement,
    /// Sum over the programmes, in outcomes only: award, EUR per scope, one value per draw.
    Award,
}
