//! In which order inputs are filled.

use crate::model::{Input, InputValue, Variable};

/// The order in which inputs are filled.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Drawn inputs, and computed ones that need no index; each after what it names.
    pub before_indices: Vec<usize>,
    /// Computed inputs that need an index, directly or through others.
    pub after_indices: Vec<usize>,
}

impl Order {
    /// Sorts the inputs so that each comes after what it names. The door refuses circles; what would
    /// still be in one is left out.
    pub fn new(inputs: &[Input]) -> Self {
        let mut order = Self::default();
        let mut done = vec![false; inputs.len()];
        for needs_index in [false, true] {
            loop {
                let mut moved = false;
                for (index, input) in inputs.iter().enumerate() {
                    let ready = !done[index]
                        && match &input.value {
                            InputValue::Drawn(_) => true,
                            InputValue::Computed(formula) => {
                                formula.variables.iter().all(|variable| match variable {
                                    Variable::Input(other) => done[*other],
                                    Variable::PayIndex | Variable::PriceIndex => needs_index,
                                    _ => true,
                                })
                            }
                        };
                    if ready {
                        done[index] = true;
                        moved = true;
                        if needs_index {
                            &mut order.after_indices
                        } else {
                            &mut order.before_indices
                        }
                        .push(index);
                    }
                }
                if !moved {
                    break;
                }
            }
        }
        order
    }
}
