//! Uncertain quantities and the numbers that the grantor can turn.

use super::Formula;
use crate::expression::Extent;
use crate::problem::Place;
use crate::random::distribution::{Distribution, Recipe};
use std::sync::Arc;

/// An uncertain quantity.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name in formulas; a distribution written in place is named by its path (`costs.equipment.amount`).
    pub name: String,
    /// Drawn once for the nation, per municipality or per point.
    pub extent: Extent,
    /// Drawn once, or anew each year.
    pub time: Time,
    /// Which shares of the variance (on the normal scale) are common.
    pub common: Common,
    /// Its distribution, or a formula over other inputs.
    pub value: InputValue,
    /// What its distribution was made from, where it was read.
    pub recipe: Option<Recipe>,
    /// Its value as written: a distribution, a number or a formula.
    pub text: String,
    /// Its unit, as written.
    pub unit: String,
    /// Where the figure comes from, as written.
    pub source: String,
    /// Where it stands.
    pub place: Option<Place>,
}

/// How an input moves through the years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Time {
    /// One value for all years.
    Once,
    /// A new value each year; scores follow a stationary AR(1) with this persistence (0 = independent).
    Yearly {
        /// Correlation of neighbouring years' scores, −1 < φ < 1.
        persistence: f64,
    },
    /// The distribution gives the yearly step: value = start + steps from the first year on.
    RandomWalk {
        /// Value before the first step.
        start: f64,
    },
}

/// Shares of an input's variance, on the normal scale, that are one national and one municipal score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Common {
    /// Share that is common to the nation, 0..=1.
    pub nation: f64,
    /// Share that is common to a municipality (points only), 0..=1 − nation.
    pub municipality: f64,
}

/// What gives an input its value.
#[derive(Clone, Debug)]
pub enum InputValue {
    /// Drawn from a distribution.
    Drawn(Arc<dyn Distribution>),
    /// Computed from other inputs, levers, columns and the year.
    Computed(Box<Formula>),
}

impl Input {
    /// Whether it is a distribution that stands where a number could, without a declaration: its name
    /// is a path, and no name that formulas can call has a point.
    pub fn is_in_place(&self) -> bool {
        self.name.contains('.')
    }

    /// Whether it can take more than one value of its own.
    pub fn is_uncertain(&self) -> bool {
        match &self.value {
            // A walk starts at a number and moves by what is drawn.
            InputValue::Drawn(distribution) => distribution.sd() != 0.0,
            InputValue::Computed(_) => false,
        }
    }

    /// Whether it may differ between years.
    pub fn is_yearly(&self) -> bool {
        self.time != Time::Once
    }
}

/// A number that the grantor can turn.
#[derive(Clone, Debug)]
pub struct Lever {
    /// Its name in formulas.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// The range that makes sense.
    pub range: (f64, f64),
    /// Its unit, as written.
    pub unit: String,
    /// Where its value stands.
    pub place: Option<Place>,
}
