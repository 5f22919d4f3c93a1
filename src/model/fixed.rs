//! What is known before any draw.

use super::{Formula, Scenario, Variable};
use crate::expression::{Extent, Rows, Scratch, Values};

impl Scenario {
    /// The value of a formula of the nation that depends on levers and the year alone; nothing of
    /// any other, or where it has no finite value.
    pub fn fixed(&self, formula: &Formula, year: i32) -> Option<f64> {
        let shape = formula.program.shape();
        if shape.random || shape.extent != Extent::Nation {
            return None;
        }
        let known = formula.variables.iter().map(|variable| match variable {
            Variable::Year => Some(f64::from(year)),
            Variable::Lever(lever) => self.levers.get(*lever).map(|lever| lever.value),
            _ => None,
        });
        let values = Known(known.collect::<Option<Vec<f64>>>()?);
        let rows = Rows { municipalities: 0, points: 0, municipality_of_point: &[] };
        let mut scratch = Scratch::default();
        let value = formula.program.evaluate(&rows, &values, &mut scratch).first().copied();
        value.filter(|value| value.is_finite())
    }
}

/// One number per id.
struct Known(Vec<f64>);

impl Values for Known {
    fn values(&self, id: u32) -> &[f64] {
        self.0.get(id as usize).map_or(&[], std::slice::from_ref)
    }
}
