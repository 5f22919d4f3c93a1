//! A formula as a list of operations, each with its shape: what the checker makes and the scheduler orders.

use super::kernel::{Elementwise, fold};
use super::{Extent, Shape};

/// What an operation works on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand {
    Constant(f64),
    /// A place in [`Graph::loads`].
    Load(usize),
    /// A place in [`Graph::nodes`], before that of the user.
    Node(usize),
}

/// How rows become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reduction {
    Sum,
    Mean,
    Max,
    Min,
}

/// What a municipality is told that depends on the others one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// Its place from the largest.
    Rank,
    /// The sum over those with the same number.
    PeerSum,
    /// What lifts it to the common level, of what it has, its weight and the pot.
    LevelUp,
}

/// Into which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// All municipalities into one.
    Nation,
    /// The municipalities of each group, told to each of them; groups by a load.
    Group(usize),
    /// The points of each municipality.
    Municipality,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operation {
    /// Value by value.
    Elementwise(Elementwise),
    /// A column of municipalities told to their points.
    Gather,
    /// Across rows.
    Reduce(Reduction, Target),
    /// Each municipality among all, or within groups by a load.
    Among(Among, Option<usize>),
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    pub operation: Operation,
    /// Unused ones are constants.
    pub operands: [Operand; 3],
    pub shape: Shape,
}

/// All operations of a formula, operands before users.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Graph {
    /// The values from outside: id and shape.
    pub loads: Vec<(u32, Shape)>,
    pub nodes: Vec<Node>,
}

/// Fills the unused places of operands.
pub(super) const NONE: Operand = Operand::Constant(0.0);

impl Graph {
    pub(super) fn shape(&self, operand: Operand) -> Shape {
        match operand {
            Operand::Constant(_) => Shape::CONSTANT,
            Operand::Load(load) => self.loads.get(load).map_or(Shape::CONSTANT, |load| load.1),
            Operand::Node(node) => self.nodes.get(node).map_or(Shape::CONSTANT, |node| node.shape),
        }
    }

    pub(super) fn load(&mut self, id: u32, shape: Shape) -> Operand {
        let found = self.loads.iter().position(|load| load.0 == id);
        Operand::Load(found.unwrap_or_else(|| {
            self.loads.push((id, shape));
            self.loads.len() - 1
        }))
    }

    fn push(&mut self, operation: Operation, operands: [Operand; 3], shape: Shape) -> Operand {
        self.nodes.push(Node { operation, operands, shape });
        Operand::Node(self.nodes.len() - 1)
    }

    /// An operation value by value, at once where every operand is a constant.
    pub(super) fn elementwise(
        &mut self,
        operation: Elementwise,
        mut operands: [Operand; 3],
    ) -> Operand {
        if let [Operand::Constant(a), Operand::Constant(b), Operand::Constant(c)] = operands {
            return Operand::Constant(fold(operation, [a, b, c]));
        }
        if let (Elementwise::Select, Operand::Constant(condition)) = (operation, operands[0])
            && !condition.is_nan()
        {
            return if condition == 0.0 { operands[2] } else { operands[1] };
        }
        if let Some(choice) = self.through_choice(operation, operands) {
            return choice;
        }
        let shape = operands.iter().fold(Shape::CONSTANT, |shape, o| shape.join(self.shape(*o)));
        // Whole columns run side by side only where they have the same rows.
        if shape == (Shape { extent: Extent::Point, random: false }) {
            for operand in &mut operands {
                if self.shape(*operand).extent == Extent::Municipality {
                    *operand = self.push(Operation::Gather, [*operand, NONE, NONE], shape);
                }
            }
        }
        self.push(Operation::Elementwise(operation), operands, shape)
    }

    /// What is costly is worked out for both sides of a choice, and then chosen from, where both have fewer
    /// rows than the choice: `if(kind == 'parish', a, b) ^ c` needs two powers for the nation and not one a
    /// point. Every such operation gives what is not a number for what is not, so nothing else changes.
    fn through_choice(
        &mut self,
        operation: Elementwise,
        operands: [Operand; 3],
    ) -> Option<Operand> {
        if !matches!(
            operation,
            Elementwise::Power | Elementwise::Exponential | Elementwise::Logarithm
        ) {
            return None;
        }
        for place in 0..operands.len() {
            let Operand::Node(node) = operands[place] else { continue };
            let Node { operation: Operation::Elementwise(Elementwise::Select), .. } =
                *self.nodes.get(node)?
            else {
                continue;
            };
            let Node { operands: [condition, yes, no], shape, .. } = *self.nodes.get(node)?;
            let with = |branch: Operand| {
                let mut operands = operands;
                operands[place] = branch;
                operands
            };
            let mut parts = with(yes).into_iter().chain(with(no));
            if parts.all(|part| self.shape(part).extent < shape.extent) {
                let [yes, no] = [yes, no].map(|branch| self.elementwise(operation, with(branch)));
                return Some(self.select(condition, yes, no));
            }
        }
        None
    }

    pub(super) fn one(&mut self, operation: Elementwise, a: Operand) -> Operand {
        self.elementwise(operation, [a, NONE, NONE])
    }

    pub(super) fn two(&mut self, operation: Elementwise, a: Operand, b: Operand) -> Operand {
        self.elementwise(operation, [a, b, NONE])
    }

    pub(super) fn select(&mut self, condition: Operand, yes: Operand, no: Operand) -> Operand {
        self.elementwise(Elementwise::Select, [condition, yes, no])
    }

    pub(super) fn reduce(&mut self, reduction: Reduction, target: Target, a: Operand) -> Operand {
        let random = self.shape(a).random;
        let extent = match target {
            Target::Nation => Extent::Nation,
            Target::Group(_) | Target::Municipality => Extent::Municipality,
        };
        self.push(Operation::Reduce(reduction, target), [a, NONE, NONE], Shape { extent, random })
    }

    pub(super) fn among(
        &mut self,
        among: Among,
        by: Option<usize>,
        operands: [Operand; 3],
    ) -> Operand {
        let random = operands.iter().any(|operand| self.shape(*operand).random);
        let shape = Shape { extent: Extent::Municipality, random };
        self.push(Operation::Among(among, by), operands, shape)
    }
}
