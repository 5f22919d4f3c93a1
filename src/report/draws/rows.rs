//! From blocks of draws to columns of rows.

use super::columns::{COLUMNS, Field};
use crate::engine::{EligibleCosts, Money, Observer, Prepared, Sink, YearOfBlock};
use crate::model::{Quantity, Scenario};
use crate::numeric::{LANES, Lanes};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
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

    /// How many rows a draw has.
    pub fn rows(&self) -> usize {
        self.year.len()
    }

    /// What names a row: policy, programme, year, code of the municipality.
    pub fn of(&self, row: usize) -> (String, String, i32, String) {
        let text = |names: &[ByteArray]| {
            names.get(row).map(|name| String::from_utf8_lossy(name.data()).into_owned())
        };
        (
            text(&self.policy).unwrap_or_default(),
            text(&self.programme).unwrap_or_default(),
            self.year.get(row).copied().unwrap_or_default(),
            text(&self.municipality).unwrap_or_default(),
        )
    }

    /// Whether a draw has no rows.
    pub fn is_empty(&self) -> bool {
        self.year.is_empty()
    }
}

/// Values of a column in some rows, and which of them have one; all, where that is not said.
#[derive(Clone, Debug)]
pub struct Part {
    /// Those that there are.
    pub values: Values,
    /// `[row]`: 1 where there is a value, 0 where there is none.
    pub levels: Option<Vec<i16>>,
}

/// Values of a column.
#[derive(Clone, Debug)]
pub enum Values {
    /// Names and codes.
    Text(Vec<ByteArray>),
    /// Years.
    Year(Vec<i32>),
    /// Numbers of draws, and cents.
    Whole(Vec<i64>),
    /// Points.
    Number(Vec<f64>),
}

impl Values {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(of) => of.len(),
            Self::Year(of) => of.len(),
            Self::Whole(of) => of.len(),
            Self::Number(of) => of.len(),
        }
    }
}

/// A column of the lanes in `lanes` of a block; `first` is the draw of its first lane.
pub fn part(keys: &Keys, block: &Seen, first: u64, lanes: Range<usize>, field: Field) -> Part {
    let lanes = || lanes.start..lanes.end.min(block.active);
    let rows = keys.year.len();
    let all = |values: Values| Part { values, levels: None };
    // A value is known in all rows of a scenario, or in none.
    let some = |values: Values, known: bool| {
        let levels = Some(vec![i16::from(known); lanes().len() * rows]);
        Part { values, levels }
    };
    let text =
        |key: &[ByteArray]| Values::Text(lanes().flat_map(|_| key.iter().cloned()).collect());
    let money = |values: &[Money]| -> Vec<i64> {
        lanes().flat_map(|lane| values.iter().map(move |cents| cents[lane])).collect()
    };
    let has_costs = !block.cost.is_empty();
    match field {
        Field::Draw => {
            let draws = lanes().map(|lane| (first + lane as u64) as i64);
            all(Values::Whole(draws.flat_map(|draw| std::iter::repeat_n(draw, rows)).collect()))
        }
        Field::Policy => all(text(&keys.policy)),
        Field::Programme => all(text(&keys.programme)),
        Field::Year => all(Values::Year(lanes().flat_map(|_| keys.year.iter().copied()).collect())),
        Field::Municipality => all(text(&keys.municipality)),
        Field::EligibleCost => some(Values::Whole(money(&block.cost)), has_costs),
        Field::Entitlement => all(Values::Whole(money(&block.due))),
        Field::Award => all(Values::Whole(money(&block.award))),
        Field::OwnShare => {
            let (cost, award) = (money(&block.cost), money(&block.award));
            let own = cost.iter().zip(&award).map(|(cost, award)| cost - award).collect();
            some(Values::Whole(own), has_costs)
        }
        Field::OpenPoints => {
            let open =
                lanes().flat_map(|lane| block.open_points.iter().map(move |open| open[lane]));
            some(Values::Number(open.collect()), !block.open_points.is_empty())
        }
        Field::Available => {
            let (mut values, mut levels) = (Vec::new(), Vec::with_capacity(lanes().len() * rows));
            for lane in lanes() {
                for pot in &block.available {
                    let of_all = std::iter::repeat_n((), keys.municipalities);
                    values
                        .extend(of_all.clone().filter_map(|()| pot.as_ref().map(|pot| pot[lane])));
                    levels.extend(of_all.map(|()| i16::from(pot.is_some())));
                }
            }
            Part { values: Values::Whole(values), levels: Some(levels) }
        }
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
    let missing = || ParquetError::General("a column more than the schema has".to_owned());
    for known in &COLUMNS {
        let mut column = group.next_column()?.ok_or_else(missing)?;
        let mut first = first;
        for block in blocks {
            let Part { values, levels } = part(keys, block, first, lanes.clone(), known.field);
            let levels = levels.as_deref();
            match &values {
                Values::Text(of) => column.typed::<ByteArrayType>().write_batch(of, levels, None),
                Values::Year(of) => column.typed::<Int32Type>().write_batch(of, levels, None),
                Values::Whole(of) => column.typed::<Int64Type>().write_batch(of, levels, None),
                Values::Number(of) => column.typed::<DoubleType>().write_batch(of, levels, None),
            }?;
            first += block.active as u64;
        }
        column.close()?;
    }
    Ok(())
}
