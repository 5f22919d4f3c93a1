//! The order of passes and the room they need: a graph to a program.
//!
//! What does not differ between draws comes first, column by column. The rest is grouped into loops: a value is of
//! level 0 until it uses a result across rows, which is of the next level; within a level the loop of the nation
//! runs before that of municipalities and that of points. A value used only in its own loop is kept for one row
//! (`LANES` numbers); one that another loop uses is kept for all rows. Room is given back after the last use.

use std::collections::BTreeMap;

use super::across::Reduce;
use super::check::Root;
use super::graph::{Graph, Node, Operand as Part, Operation, Target};
use super::program::{Instruction, Program, Step};
use super::store::{Operand, Source};
use super::{Extent, Shape};

/// One row of a value that differs between draws; in [`Program::slots`] there is room in it for the rows
/// that are worked on together.
const ROW: Shape = Shape { extent: Extent::Nation, random: true };

/// Plans a program.
pub(super) fn schedule(graph: &Graph, root: Root) -> Program {
    let mut planner = Planner::new(graph, root.operand);
    let plans = planner.plans();
    planner.find_uses(&plans);
    let mut steps = Vec::with_capacity(plans.len());
    for (place, nodes) in plans.iter().enumerate() {
        planner.step(place, nodes, &mut steps);
    }
    let result = planner.operand(root.operand);
    Program {
        kind: root.kind,
        shape: graph.shape(root.operand),
        ids: planner.loads.iter().filter_map(|load| graph.loads.get(*load)).map(|l| l.0).collect(),
        steps,
        slots: planner.slots,
        groups: planner.groups,
        result,
    }
}

/// What is known of a node.
#[derive(Clone, Copy, Default)]
struct Use {
    needed: bool,
    /// The pass in which it is computed.
    step: usize,
    /// The last pass that reads it (none: the result stays to the end).
    last_step: usize,
    /// The last place within its own pass that reads it.
    last_place: usize,
    /// Whether another pass reads it.
    shared: bool,
    slot: usize,
}

struct Planner<'g> {
    graph: &'g Graph,
    root: Part,
    uses: Vec<Use>,
    /// The graph's loads that are read, in the program's order.
    loads: Vec<usize>,
    /// The program's loads that name groups.
    groups: Vec<usize>,
    slots: Vec<Shape>,
    free: BTreeMap<Shape, Vec<usize>>,
}

impl<'g> Planner<'g> {
    /// Marks what the result needs.
    fn new(graph: &'g Graph, root: Part) -> Self {
        let uses = vec![Use::default(); graph.nodes.len()];
        let (loads, groups, slots) = (Vec::new(), Vec::new(), Vec::new());
        let mut planner = Self { graph, root, uses, loads, groups, slots, free: BTreeMap::new() };
        let mut used = vec![false; graph.loads.len()];
        planner.need(root, &mut used);
        for (place, node) in graph.nodes.iter().enumerate().rev() {
            if planner.uses[place].needed {
                for operand in node.operands {
                    planner.need(operand, &mut used);
                }
                if let Some(load) = group_of(node) {
                    used[load] = true;
                }
            }
        }
        planner.loads = (0..used.len()).filter(|load| used[*load]).collect();
        planner
    }

    fn need(&mut self, operand: Part, used: &mut [bool]) {
        match operand {
            Part::Constant(_) => {}
            Part::Load(load) => used[load] = true,
            Part::Node(node) => self.uses[node].needed = true,
        }
    }

    /// The nodes of each pass, in order.
    fn plans(&self) -> Vec<Vec<usize>> {
        let mut plans = Vec::new();
        let mut loops: BTreeMap<(usize, Option<Extent>), Vec<usize>> = BTreeMap::new();
        let mut ready = vec![0; self.graph.nodes.len()];
        for (place, node) in self.graph.nodes.iter().enumerate() {
            if !self.uses[place].needed {
                continue;
            }
            if !node.shape.random {
                plans.push(vec![place]);
                continue;
            }
            let level = node.operands.iter().map(|operand| match operand {
                Part::Node(node) => ready[*node],
                Part::Constant(_) | Part::Load(_) => 0,
            });
            let level = level.max().unwrap_or(0);
            // A place among others is a pass of its own at the start of its level: no extent is less than any.
            let (level, extent, after) = match node.operation {
                Operation::Elementwise(_) | Operation::Gather => {
                    (level, Some(node.shape.extent), level)
                }
                Operation::Reduce(_, target) => (level, Some(rows_of(target)), level + 1),
                Operation::Among(..) => (level + 1, None, level + 1),
            };
            ready[place] = after;
            match extent {
                Some(_) => loops.entry((level, extent)).or_default().push(place),
                None => loops.entry((level, None)).or_default().push(place),
            }
        }
        for (_, mut nodes) in loops {
            // What goes across rows reads a row after all of it is computed.
            nodes.sort_by_key(|node| {
                matches!(self.graph.nodes[*node].operation, Operation::Reduce(..))
            });
            plans.push(nodes);
        }
        plans
    }

    fn find_uses(&mut self, plans: &[Vec<usize>]) {
        for (step, nodes) in plans.iter().enumerate() {
            for node in nodes {
                self.uses[*node].step = step;
            }
        }
        for (step, nodes) in plans.iter().enumerate() {
            for (place, node) in nodes.iter().enumerate() {
                for operand in self.graph.nodes[*node].operands {
                    if let Part::Node(read) = operand {
                        let read = &mut self.uses[read];
                        read.last_step = read.last_step.max(step);
                        if read.step == step {
                            read.last_place = place;
                        } else {
                            read.shared = true;
                        }
                    }
                }
            }
        }
        if let Part::Node(root) = self.root {
            self.uses[root].shared = true;
            self.uses[root].last_step = usize::MAX;
        }
    }

    /// Whether a node is kept for one row only.
    fn in_a_row(&self, node: usize) -> bool {
        let elementwise = matches!(self.graph.nodes[node].operation, Operation::Elementwise(_));
        self.graph.nodes[node].shape.random && elementwise && !self.uses[node].shared
    }

    fn step(&mut self, place: usize, nodes: &[usize], steps: &mut Vec<Step>) {
        for node in nodes {
            if !self.in_a_row(*node) {
                self.uses[*node].slot = self.take(self.graph.nodes[*node].shape);
            }
        }
        let (mut instructions, mut reductions, mut extent) = (Vec::new(), Vec::new(), None);
        for (at, node) in nodes.iter().enumerate() {
            let Node { operation, operands, shape } = self.graph.nodes[*node];
            let row = self.in_a_row(*node);
            if row {
                self.uses[*node].slot = self.take(ROW);
            }
            let slot = self.uses[*node].slot;
            let operands = operands.map(|operand| self.operand(operand));
            let from = operands[0];
            match operation {
                Operation::Elementwise(operation) => {
                    extent = Some(shape.extent);
                    let shape = if row { ROW } else { shape };
                    instructions.push(Instruction {
                        operation,
                        operands,
                        slot,
                        shape,
                        in_a_row: row,
                        is_result: !row && self.is_result(*node),
                    });
                }
                Operation::Gather => steps.push(Step::Gather { from, slot }),
                Operation::Reduce(reduction, target) => {
                    extent = Some(rows_of(target));
                    let target = match target {
                        Target::Group(load) => Target::Group(self.group(load)),
                        Target::Nation | Target::Municipality => target,
                    };
                    let random = shape.random;
                    reductions.push(Reduce { reduction, target, operand: from, slot, random });
                }
                Operation::Among(among, load) => {
                    let group = load.map(|load| self.group(load));
                    let (from, random) = (operands, shape.random);
                    steps.push(Step::Among { among, from, group, slot, random });
                }
            }
            self.give_back(&nodes[..=at], |node, uses| {
                uses.last_place == at && node.shape.random && !uses.shared
            });
        }
        match (extent, &instructions[..]) {
            (Some(_), [only]) if !only.shape.random => steps.push(Step::Column(*only)),
            (Some(extent), _) => steps.push(Step::Rows { extent, instructions, reductions }),
            (None, _) => {}
        }
        // What is kept for all rows lives until the end of the last pass that reads it.
        for node in 0..self.uses.len() {
            let Use { needed, step, last_step, .. } = self.uses[node];
            if needed && step <= place && last_step == place && !self.in_a_row(node) {
                self.release(self.graph.nodes[node].shape, self.uses[node].slot);
            }
        }
    }

    /// Gives back the rows that are read for the last time.
    fn give_back(&mut self, nodes: &[usize], done: impl Fn(&Node, &Use) -> bool) {
        for node in nodes {
            if self.in_a_row(*node) && done(&self.graph.nodes[*node], &self.uses[*node]) {
                self.release(ROW, self.uses[*node].slot);
            }
        }
    }

    /// Whether a node is the result and nothing else reads it.
    fn is_result(&self, node: usize) -> bool {
        let is_read = |other: &Node| other.operands.contains(&Part::Node(node));
        let needed = |(_, user): &(&Node, &Use)| user.needed;
        let mut users = self.graph.nodes.iter().zip(&self.uses).filter(needed);
        self.root == Part::Node(node) && !users.any(|(other, _)| is_read(other))
    }

    fn take(&mut self, shape: Shape) -> usize {
        if let Some(slot) = self.free.get_mut(&shape).and_then(Vec::pop) {
            return slot;
        }
        self.slots.push(shape);
        self.slots.len() - 1
    }

    fn release(&mut self, shape: Shape, slot: usize) {
        self.free.entry(shape).or_default().push(slot);
    }

    fn operand(&self, operand: Part) -> Operand {
        match operand {
            Part::Constant(value) => Operand::Constant(value),
            Part::Load(load) => {
                Operand::Stored(Source::Load(self.load(load)), self.graph.shape(operand))
            }
            Part::Node(node) => {
                let slot = self.uses[node].slot;
                if self.in_a_row(node) {
                    Operand::Stored(Source::Row(slot), ROW)
                } else {
                    Operand::Stored(Source::Slot(slot), self.graph.shape(operand))
                }
            }
        }
    }

    /// The program's place of a load.
    fn load(&self, load: usize) -> usize {
        self.loads.iter().position(|used| *used == load).unwrap_or(usize::MAX)
    }

    /// The program's place of the groups by a load.
    fn group(&mut self, load: usize) -> usize {
        let load = self.load(load);
        if let Some(group) = self.groups.iter().position(|group| *group == load) {
            return group;
        }
        self.groups.push(load);
        self.groups.len() - 1
    }
}

/// The rows that something across rows reads.
fn rows_of(target: Target) -> Extent {
    match target {
        Target::Nation | Target::Group(_) => Extent::Municipality,
        Target::Municipality => Extent::Point,
    }
}

/// The load that an operation takes its groups from.
fn group_of(node: &Node) -> Option<usize> {
    match node.operation {
        Operation::Reduce(_, Target::Group(load)) => Some(load),
        Operation::Among(_, by) => by,
        Operation::Reduce(..) | Operation::Elementwise(_) | Operation::Gather => None,
    }
}
