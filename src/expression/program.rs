//! A compiled formula, and its evaluation over a block of draws.

use super::across::{self, Group, Reduce};
use super::graph::Among;
use super::kernel::{Elementwise, View, apply};
use super::levelling::{self, Basin};
use super::store::{At, Operand, Source, Store, TOGETHER, copy};
use super::{Extent, Kind, Shape};
use crate::numeric::LANES;

/// How many rows there are.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// How many municipalities.
    pub municipalities: usize,
    /// How many points.
    pub points: usize,
    /// The row of each point's municipality.
    pub municipality_of_point: &'a [u32],
}

/// The values behind the names of a formula.
pub trait Values {
    /// The values of an id, laid out by the [`Shape`] that it was resolved with: one number or `[LANES]` for the
    /// nation, `[municipalities]` or `[municipalities][LANES]`, `[points]` or `[points][LANES]`. What a
    /// slice is too short for counts as faulty (NaN), as does a whole column that is too short.
    fn values(&self, id: u32) -> &[f64];
}

/// Room for the steps of an evaluation: one a thread, for any number of formulas; it only ever grows.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    slots: Vec<Vec<f64>>,
    groups: Vec<Group>,
    points_of: Vec<u32>,
    entries: Vec<across::Entry>,
    peers: Vec<across::Peer>,
    basins: Vec<Basin>,
    output: Vec<f64>,
}

/// An operation value by value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Instruction {
    pub operation: Elementwise,
    pub operands: [Operand; 3],
    pub slot: usize,
    pub shape: Shape,
    /// Whether the result is kept for the rows that are worked on together, and not for all.
    pub in_a_row: bool,
    /// Whether it is the result of the formula, which nothing else reads.
    pub is_result: bool,
}

/// One pass.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// A whole column that does not differ between draws.
    Column(Instruction),
    /// A column of municipalities told to their points.
    Gather { from: Operand, slot: usize },
    /// Row by row: all operations of a row, then what it adds to sums across rows.
    Rows { extent: Extent, instructions: Vec<Instruction>, reductions: Vec<Reduce> },
    /// Each municipality among the others of its group.
    Among { among: Among, from: [Operand; 3], group: Option<usize>, slot: usize, random: bool },
}

/// A compiled formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    pub(super) kind: Kind,
    pub(super) shape: Shape,
    pub(super) ids: Vec<u32>,
    pub(super) steps: Vec<Step>,
    /// The largest value that each slot holds.
    pub(super) slots: Vec<Shape>,
    /// The loads that name groups.
    pub(super) groups: Vec<usize>,
    pub(super) result: Operand,
}

impl Program {
    /// The shape of the result.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// What the result is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The value of a formula without names.
    pub fn constant(&self) -> Option<f64> {
        match self.result {
            Operand::Constant(value) => Some(value),
            Operand::Stored(..) => None,
        }
    }

    /// Every id whose values are read, each once.
    pub fn ids(&self) -> impl Iterator<Item = u32> + '_ {
        self.ids.iter().copied()
    }

    /// The values of the formula in its own [`shape`](Self::shape); NaN or an infinity where it failed.
    pub fn evaluate<'s>(
        &self,
        rows: &Rows,
        values: &dyn Values,
        scratch: &'s mut Scratch,
    ) -> &'s [f64] {
        self.with_inputs(values, |inputs| {
            self.run(inputs, rows, scratch, &mut []);
            let length = self.shape.length(rows);
            if let Operand::Stored(Source::Slot(slot), _) = self.result {
                scratch.output.clear();
                return Some((slot, length));
            }
            let store = Store { inputs, slots: &scratch.slots };
            scratch.output.resize(length, f64::NAN);
            let width = self.shape.width();
            for (row, out) in scratch.output.chunks_mut(width).enumerate() {
                copy(store.row(self.result, rows.at(self.shape.extent, row)), out);
            }
            None
        })
        .map_or(scratch.output.as_slice(), |(slot, length)| {
            scratch.slots.get(slot).and_then(|values| values.get(..length)).unwrap_or(&[])
        })
    }

    /// The values of the formula as `[rows of extent][LANES]`, whatever its own shape. An extent smaller than the
    /// formula's has no such values: all are NaN.
    pub fn evaluate_into(
        &self,
        extent: Extent,
        rows: &Rows,
        values: &dyn Values,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) {
        if extent < self.shape.extent {
            out.fill(f64::NAN);
            return;
        }
        self.with_inputs(values, |inputs| {
            let fits = extent == self.shape.extent && out.len() == self.shape.length(rows);
            let at_once = fits && self.makes_rows();
            self.run(inputs, rows, scratch, if at_once { out } else { &mut [] });
            if at_once {
                return;
            }
            let store = Store { inputs, slots: &scratch.slots };
            for (row, out) in out.chunks_mut(LANES).enumerate() {
                copy(store.row(self.result, rows.at(extent, row)), out);
            }
        });
    }

    /// Looks every id up once; on the stack, where there are not many.
    fn with_inputs<T>(&self, values: &dyn Values, work: impl FnOnce(&[&[f64]]) -> T) -> T {
        const FEW: usize = 32;
        let mut few: [&[f64]; FEW] = [&[]; FEW];
        let mut many = Vec::new();
        let inputs = if let Some(inputs) = few.get_mut(..self.ids.len()) {
            inputs
        } else {
            many.resize(self.ids.len(), &[] as &[f64]);
            &mut many[..]
        };
        for (input, id) in inputs.iter_mut().zip(&self.ids) {
            *input = values.values(*id);
        }
        work(inputs)
    }

    /// Whether the result is made row by row by the last of its operations.
    fn makes_rows(&self) -> bool {
        let last = self.steps.last();
        matches!(last, Some(Step::Rows { instructions, .. }) if instructions.iter().any(|i| i.is_result))
    }

    /// Runs every step; the result goes to `out` at once, unless that is empty.
    fn run(&self, inputs: &[&[f64]], rows: &Rows, scratch: &mut Scratch, out: &mut [f64]) {
        self.prepare(inputs, rows, scratch);
        for step in &self.steps {
            match step {
                Step::Column(instruction) => {
                    let count = rows.count(instruction.shape.extent);
                    into_slot(scratch, instruction.slot, 0..count, |scratch, out| {
                        let store = Store { inputs, slots: &scratch.slots };
                        let views =
                            instruction.operands.map(|operand| store.column(operand, count));
                        apply(instruction.operation, out, &[views]);
                    });
                }
                Step::Gather { from, slot } => {
                    into_slot(scratch, *slot, 0..rows.points, |scratch, out| {
                        let store = Store { inputs, slots: &scratch.slots };
                        for (point, out) in out.iter_mut().enumerate() {
                            let one = std::slice::from_mut(out);
                            copy(store.row(*from, rows.at(Extent::Point, point)), one);
                        }
                    });
                }
                Step::Rows { extent, instructions, reductions } => {
                    run_rows((*extent, instructions, reductions), inputs, rows, scratch, out);
                }
                Step::Among { among, from, group, slot, random } => {
                    let width = if *random { LANES } else { 1 };
                    into_slot(scratch, *slot, 0..rows.municipalities * width, |scratch, out| {
                        let store = Store { inputs, slots: &scratch.slots };
                        let group = group.and_then(|group| scratch.groups.get(group));
                        match among {
                            Among::Rank => {
                                let entries = &mut scratch.entries;
                                across::rank(out, width, store, from[0], group, entries);
                            }
                            Among::PeerSum => {
                                let entries = &mut scratch.peers;
                                across::peer_sum(out, width, store, *from, group, entries);
                            }
                            Among::LevelUp => {
                                let basins = &mut scratch.basins;
                                levelling::level_up(out, width, store, *from, group, basins);
                            }
                        }
                    });
                }
            }
        }
    }

    /// Makes room and finds the groups.
    fn prepare(&self, inputs: &[&[f64]], rows: &Rows, scratch: &mut Scratch) {
        if scratch.slots.len() < self.slots.len() {
            scratch.slots.resize(self.slots.len(), Vec::new());
        }
        for (slot, shape) in scratch.slots.iter_mut().zip(&self.slots) {
            // A single row may be that of rows that are worked on together.
            let length = shape.length(rows).max(TOGETHER * LANES);
            if slot.len() < length {
                slot.resize(length, 0.0);
            }
        }
        if scratch.groups.len() < self.groups.len() {
            scratch.groups.resize(self.groups.len(), Group::default());
        }
        for (group, load) in scratch.groups.iter_mut().zip(&self.groups) {
            group.find(inputs.get(*load).copied().unwrap_or(&[]), rows.municipalities);
        }
        let over_points = |step: &Step| matches!(step, Step::Rows { extent: Extent::Point, reductions, .. } if !reductions.is_empty());
        if self.steps.iter().any(over_points) {
            scratch.points_of.clear();
            scratch.points_of.resize(rows.municipalities, 0);
            for municipality in rows.municipality_of_point.iter().take(rows.points) {
                if let Some(count) = scratch.points_of.get_mut(*municipality as usize) {
                    *count += 1;
                }
            }
        }
    }
}

fn run_rows(
    (extent, instructions, reductions): (Extent, &[Instruction], &[Reduce]),
    inputs: &[&[f64]],
    rows: &Rows,
    scratch: &mut Scratch,
    out: &mut [f64],
) {
    for reduce in reductions {
        let length = rows.count(reduce.target_extent()) * reduce.width();
        into_slot(scratch, reduce.slot, 0..length, |_, out| reduce.start(out));
    }
    let count = rows.count(extent);
    for first in (0..count).step_by(TOGETHER) {
        let mut places = [rows.at(extent, first); TOGETHER];
        let places = &mut places[..TOGETHER.min(count - first)];
        for (place, row) in places.iter_mut().zip(first..) {
            *place = rows.at(extent, row);
        }
        for instruction in instructions {
            run_together(instruction, places, inputs, scratch, out);
        }
        for reduce in reductions {
            for &at in places.iter() {
                let start = reduce.row(at, &scratch.groups) * reduce.width();
                into_slot(scratch, reduce.slot, start..start + reduce.width(), |scratch, out| {
                    let store = Store { inputs, slots: &scratch.slots };
                    reduce.add(out, store.row(reduce.operand, at));
                });
            }
        }
    }
    for reduce in reductions {
        let length = rows.count(reduce.target_extent()) * reduce.width();
        into_slot(scratch, reduce.slot, 0..length, |scratch, out| {
            reduce.finish(out, rows.municipalities, &scratch.points_of, &scratch.groups);
        });
    }
}

/// One operation on rows side by side.
fn run_together(
    instruction: &Instruction,
    places: &[At],
    inputs: &[&[f64]],
    scratch: &mut Scratch,
    result: &mut [f64],
) {
    let extent = instruction.shape.extent;
    let row = |at: &At| if instruction.in_a_row { at.together } else { at.row(extent) };
    let start = places.first().map_or(0, row) * LANES;
    let range = start..start + places.len() * LANES;
    let work = |slots: &[Vec<f64>], out: &mut [f64]| {
        let store = Store { inputs, slots };
        let mut views = [[View::One(0.0); 3]; TOGETHER];
        for row in 0..places.len().min(TOGETHER) {
            for operand in 0..instruction.operands.len() {
                views[row][operand] = store.row(instruction.operands[operand], places[row]);
            }
        }
        apply(instruction.operation, out, &views[..places.len()]);
    };
    if instruction.is_result && !result.is_empty() {
        if let Some(out) = result.get_mut(range) {
            work(&scratch.slots, out);
        }
    } else {
        into_slot(scratch, instruction.slot, range, |scratch, out| work(&scratch.slots, out));
    }
}

/// Takes a slot out, so that the others can be read while it is written.
fn into_slot(
    scratch: &mut Scratch,
    slot: usize,
    range: std::ops::Range<usize>,
    work: impl FnOnce(&mut Scratch, &mut [f64]),
) {
    let Some(place) = scratch.slots.get_mut(slot) else { return };
    let mut taken = std::mem::take(place);
    if let Some(out) = taken.get_mut(range) {
        work(scratch, out);
    }
    if let Some(place) = scratch.slots.get_mut(slot) {
        *place = taken;
    }
}
