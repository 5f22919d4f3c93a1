//! Step tables and broken lines, as chains of choices.

use super::graph::{Graph, Operand};
use super::kernel::Elementwise;

/// How the pairs of a list are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The value of the last threshold that is reached; none below the first.
    Steps,
    /// The straight line between places, flat before the first and after the last.
    Line,
}

/// The operations that look x up in a list with at least one pair.
pub(super) fn build(
    form: Form,
    graph: &mut Graph,
    x: Operand,
    pairs: &[(f64, Operand)],
) -> Option<Operand> {
    let mut found = match form {
        Form::Steps => Operand::Constant(f64::NAN),
        Form::Line => pairs.first()?.1,
    };
    for (pair, &(at, value)) in pairs.iter().enumerate() {
        let from = Operand::Constant(at);
        let value = match (form, pairs.get(pair + 1)) {
            (Form::Line, Some(&(next, next_value))) => {
                let rise = graph.two(Elementwise::Subtract, next_value, value);
                let slope = graph.two(Elementwise::Divide, rise, Operand::Constant(next - at));
                let run = graph.two(Elementwise::Subtract, x, from);
                let climbed = graph.two(Elementwise::Multiply, run, slope);
                graph.two(Elementwise::Add, value, climbed)
            }
            (Form::Steps, _) | (Form::Line, None) => value,
        };
        let reached = graph.two(Elementwise::AtMost, from, x);
        found = graph.select(reached, value, found);
    }
    Some(found)
}
