//! From blocks of draws to columns of rows.

use crate::engine::{EligibleCosts, Money, Observer, Prepared, Sink, YearOfBlock};
use crate::model::{Quantity, Scenario};
use crate::numeric::{LANES, Lanes};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::writer::SerializedRowGroupWriter;
use std::ops::Range;

/// What a block of draws has come to: for each policy, programme, year and municipality.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    active: usize,
    /// `[cell]`, in the order of rows; empty where nothing is known of costs.
    cost: Vec<Money>,
    due: Vec<Money>,
    award: Vec<Money>,
    /// Empty where there are no points.
    open_points: Vec<Lanes>,
    /// `[pot]`: policy, programme, year; none where there is no pot.
    available: Vec<Option<Money>>,
}

impl Seen {
    /// How many draws it holds.
    pub fn active(&self) -> usize {
        self.active
    }
}

/// Keeps what a block yields.
#[derive(Clone, Debug)]
pub struct Rows {
    costs: Option<EligibleCosts>,
    has_points: bool,
    /// Policies, programmes, years, municipalities.
    shape: [usize; 4],
    seen: Seen,
}

impl Rows {
    /// Room for a block.
    pub fn new(prepared: &Prepared<'_>) -> Self {
        let scenario = prepared.scenario;
        let costs = (!scenario.costs.is_empty()).then(|| EligibleCosts::new(scenario));
        let has_points = !scenario.points.table.is_empty();
        let mut rows = Self { costs, has_points, shape: shape(scenario), seen: Seen::default() };
        rows.seen = rows.room();
        rows
    }

    fn room(&self) -> Seen {
        let pots: usize = self.shape[..3].iter().product();
        let cells = pots * self.shape[3];
        let money = |count: usize| vec![[0; LANES]; count];
        Seen {
            active: 0,
            cost: money(if self.costs.is_some() { cells } else { 0 }),
            due: money(cells),
            award: money(cells),
            open_points: vec![[0.0; LANES]; if self.has_points { cells } else { 0 }],
            available: vec![None; pots],
        }
    }
}

fn shape(scenario: &Scenario) -> [usize; 4] {
    [
        scenario.policies.len(),
        scenario.programmes.len(),
        scenario.years.count(),
        scenario.municipalities.table.len(),
    ]
}

impl Sink for Rows {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let [policies, programmes, years, municipalities] = self.shape;
        for policy in 0..policies {
            let path = &at.paths[at.prepared.paths_of(policy).0];
            if let Some(costs) = &mut self.costs {
                costs.fill(path);
            }
            for (programme, state) in path.programmes.iter().enumerate() {
                let pot = (policy * programmes + programme) * years + at.year;
                let cells = pot * municipalities..(pot + 1) * municipalities;
                self.seen.available[pot] = (!state.open_ended).then_some(state.available);
                self.seen.due[cells.clone()].copy_from_slice(&state.entitlement);
                self.seen.award[cells.clone()].copy_from_slice(&state.award);
                if let Some(costs) = &self.costs {
                    for (municipality, cost) in self.seen.cost[cells.clone()].iter_mut().enumerate()
                    {
                        cost.copy_from_slice(costs.of(programme, municipality));
                    }
                }
                if self.has_points {
                    let open = &mut self.seen.open_points[cells];
                    for (municipality, open) in open.iter_mut().enumerate() {
                        *open = *path.quantities.of(Quantity::OpenPoints, municipality);
                    }
                }
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, active: usize) {
        self.seen.active = active;
    }
}

impl Observer for Rows {
    type Seen = Seen;

    fn take(&mut self) -> Seen {
        let empty = self.room();
        std::mem::replace(&mut self.seen, empty)
    }
}

/// What names the rows of a draw: `[row]`.
pub struct Keys {
    policy: Vec<ByteArray>,
    programme: Vec<ByteArray>,
    year: Vec<i32>,
    municipality: Vec<ByteArray>,
    municipalities: usize,
}

impl Keys {
    /// The rows of a scenario's draw, in their order.
    pub fn new(scenario: &Scenario) -> Self {
        let texts = |names: &mut dyn Iterator<Item = &str>| -> Vec<ByteArray> {
            names.map(|name| ByteArray::from(name.as_bytes().to_vec())).collect()
        };
        let policies = texts(&mut scenario.policies.iter().map(|policy| policy.name.as_str()));
        let programmes = texts(&mut scenario.programmes.iter().map(|known| known.name.as_str()));
        let codes = texts(&mut scenario.municipalities.table.codes.iter().map(String::as_str));
        let mut keys = Self {
            policy: Vec::new(),
            programme: Vec::new(),
            year: Vec::new(),
            municipality: Vec::new(),
            municipalities: codes.len(),
        };
        for policy in &policies {
            for programme in &programmes {
                for year in scenario.years.iter() {
                    for code in &codes {
                        keys.policy.push(policy.clone());
                        keys.programme.push(programme.clone());
                        keys.year.push(year);
                        keys.municipality.push(code.clone());
                    }
                }
            }
        }
        keys
    }

    /// Whether a draw has no rows.
    pub fn is_empty(&self) -> bool {
        self.year.is_empty()
    }
}

/// Writes the lanes in `lanes` of some blocks as a group of rows; `first` is the draw of the first lane
/// of the first block.
pub fn write(
    keys: &Keys,
    blocks: &[Seen],
    (first, lanes): (u64, Range<usize>),
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
) -> Result<()> {
    let rows = keys.year.len();
    let mut firsts = Vec::with_capacity(blocks.len());
    let mut next = first;
    for block in blocks {
        firsts.push(next);
        next += block.active as u64;
    }
    let lanes = |block: &Seen| lanes.start..lanes.end.min(block.active);
    let repeated = |key: &[ByteArray], block: &Seen| -> Vec<ByteArray> {
        lanes(block).flat_map(|_| key.iter().cloned()).collect()
    };
    let money = |values: &[Money], block: &Seen| -> Vec<i64> {
        lanes(block).flat_map(|lane| values.iter().map(move |cents| cents[lane])).collect()
    };
    let count = |block: &Seen| lanes(block).len() * rows;

    column::<Int64Type>(
        group,
        blocks.iter().zip(&firsts).map(|(block, first)| {
            let draws = lanes(block).map(|lane| (*first + lane as u64) as i64);
            (draws.flat_map(|draw| std::iter::repeat_n(draw, rows)).collect(), None)
        }),
    )?;
    for key in [&keys.policy, &keys.programme] {
        column::<ByteArrayType>(group, blocks.iter().map(|block| (repeated(key, block), None)))?;
    }
    column::<Int32Type>(
        group,
        blocks
            .iter()
            .map(|block| (lanes(block).flat_map(|_| keys.year.iter().copied()).collect(), None)),
    )?;
    let codes = blocks.iter().map(|block| (repeated(&keys.municipality, block), None));
    column::<ByteArrayType>(group, codes)?;
    column::<Int64Type>(
        group,
        blocks.iter().map(|block| {
            (money(&block.cost, block), Some(known(!block.cost.is_empty(), count(block))))
        }),
    )?;
    column::<Int64Type>(group, blocks.iter().map(|block| (money(&block.due, block), None)))?;
    column::<Int64Type>(group, blocks.iter().map(|block| (money(&block.award, block), None)))?;
    column::<Int64Type>(
        group,
        blocks.iter().map(|block| {
            let (cost, award) = (money(&block.cost, block), money(&block.award, block));
            let own = cost.iter().zip(&award).map(|(cost, award)| cost - award).collect();
            (own, Some(known(!block.cost.is_empty(), count(block))))
        }),
    )?;
    column::<DoubleType>(
        group,
        blocks.iter().map(|block| {
            let open = lanes(block)
                .flat_map(|lane| block.open_points.iter().map(move |open| open[lane]))
                .collect();
            (open, Some(known(!block.open_points.is_empty(), count(block))))
        }),
    )?;
    column::<Int64Type>(
        group,
        blocks.iter().map(|block| {
            let (mut values, mut levels) = (Vec::new(), Vec::with_capacity(count(block)));
            for lane in lanes(block) {
                for pot in &block.available {
                    let of_all = std::iter::repeat_n((), keys.municipalities);
                    values
                        .extend(of_all.clone().filter_map(|()| pot.as_ref().map(|pot| pot[lane])));
                    levels.extend(of_all.map(|()| i16::from(pot.is_some())));
                }
            }
            (values, Some(levels))
        }),
    )
}

/// Whether each of so many values is known: all or none.
fn known(known: bool, count: usize) -> Vec<i16> {
    vec![i16::from(known); count]
}

/// Values of a part of a column, and which rows have one; all, where that is not said.
type Part<T> = (Vec<T>, Option<Vec<i16>>);

/// Writes the next column of a group, part by part.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    parts: impl Iterator<Item = Part<T::T>>,
) -> Result<()> {
    let missing = || ParquetError::General("a column more than the schema has".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    for (values, levels) in parts {
        column.typed::<T>().write_batch(&values, levels.as_deref(), None)?;
    }
    column.close()
}
