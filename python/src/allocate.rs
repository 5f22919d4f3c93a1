//! Claims in arrays, divided as `dotacija allocate` divides those of a table.

use crate::problems::refused;
use dotacija::allocation::rounding::METHODS;
use dotacija::analysis::list::{self, Amount, Asked, Claims, Entries, Unit, divide, named, plan};
use dotacija::problem::{Problem, Sources, codes};
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;

/// The names of the rules, as scenarios have them.
#[pyfunction]
pub fn rules() -> Vec<&'static str> {
    list::rules()
}

/// The names of the methods of rounding.
#[pyfunction]
pub fn methods() -> Vec<&'static str> {
    METHODS.iter().map(|method| method.name()).collect()
}

/// How claims are divided.
struct Terms<'t> {
    rule: &'t str,
    method: &'t str,
    round: Option<f64>,
    at_least: f64,
    estimate: bool,
}

/// Divides claims, a list for each pot, into `awards`, of as many; how far one of them may be off, which is 0
/// unless a rule is estimated.
#[pyfunction]
#[allow(clippy::too_many_arguments)] // they are those of the Python function, which names them
pub fn allocate(
    py: Python<'_>,
    claims: PyBuffer<f64>,
    pots: PyBuffer<f64>,
    awards: PyBuffer<f64>,
    rule: &str,
    method: &str,
    round: Option<f64>,
    at_least: f64,
    estimate: bool,
    names: Vec<String>,
    weights: Vec<f64>,
    classes: Vec<f64>,
    scores: Vec<f64>,
) -> PyResult<f64> {
    let (claims, pots) = (claims.to_vec(py)?, pots.to_vec(py)?);
    let terms = Terms { rule, method, round, at_least, estimate };
    let beside = Entries { amounts: Vec::new(), names, weights, classes, scores };
    let each = claims.len() / pots.len().max(1);
    let mut found = Vec::with_capacity(claims.len());
    let mut error = 0.0_f64;
    for (at, pot) in pots.iter().enumerate() {
        py.check_signals()?;
        let amounts = claims.get(at * each..(at + 1) * each).unwrap_or_default().to_vec();
        let entries = Entries { amounts, ..beside.clone() };
        let divided = py.detach(|| one(entries, *pot, &terms));
        match divided {
            Ok((numbers, off)) => {
                found.extend(numbers);
                error = error.max(off);
            }
            Err(mut problems) => {
                if pots.len() > 1 {
                    for problem in &mut problems {
                        problem.message = format!("in list {at}: {}", problem.message);
                    }
                }
                return Err(refused(py, &problems, &Sources::default()));
            }
        }
    }
    awards.copy_from_slice(py, &found)?;
    Ok(error)
}

/// The awards of one list, and how far one may be off.
fn one(entries: Entries, pot: f64, terms: &Terms<'_>) -> Result<(Vec<f64>, f64), Vec<Problem>> {
    let round = match terms.round {
        None => Unit::None,
        Some(unit) if unit > 0.0 && unit.is_finite() => Unit::Of(Amount::of(unit)),
        Some(unit) => {
            return Err(vec![wrong(
                &format!("{unit} is no unit of awards"),
                "write a unit such as 0.01, 1 or 100, or None",
            )]);
        }
    };
    let asked = Asked {
        appropriation: amount("the pot", pot)?,
        round,
        least: amount("the least award", terms.at_least)?,
        estimate: terms.estimate,
    };
    let named = named(&[terms.rule.to_owned()], terms.method, &asked.least)?;
    let claims = Claims::of(entries, &named.0)?;
    let plan = plan(&asked, named, &claims)?;
    let mut awards = Vec::new();
    let mut error = 0.0;
    for way in &plan.ways {
        let division = divide(&plan, *way);
        awards = division.awards.iter().map(|award| plan.grain.number(*award)).collect();
        error = division.error / plan.grain.one();
    }
    Ok((awards, error))
}

fn amount(what: &str, number: f64) -> Result<Amount, Vec<Problem>> {
    if number >= 0.0 && number.is_finite() {
        return Ok(Amount::of(number));
    }
    Err(vec![wrong(&format!("{what} is {number}"), "write an amount of 0 or more")])
}

fn wrong(message: &str, help: &str) -> Problem {
    Problem::error(codes::OUT_OF_RANGE, message).help(help)
}
