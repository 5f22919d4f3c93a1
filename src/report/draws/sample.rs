//! Some blocks of a run, simulated again and held against what `draws.parquet` keeps of them.

use super::columns::COLUMNS;
use super::kept::Kept;
use super::rows::{Keys, Part, Rows, Seen, Values, part};
use super::rows_of_a_draw;
use crate::engine::{Blocks, Failure, Options, Prepared, in_order};
use crate::numeric::LANES;
use parquet::file::reader::ChunkReader;
use serde::Serialize;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// So many differences are told; all are counted.
const MOST_TOLD: usize = 10;

/// So many rows are compared at once, unless a single draw has more.
const ROWS_AT_ONCE: u64 = 1 << 16;

/// Which blocks of a run are looked at: of so many the first, the last, and those evenly between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Draws of the run.
    pub of_draws: u64,
    /// Blocks of the run.
    pub of_blocks: u64,
    /// Blocks that are looked at.
    pub blocks: u64,
}

impl Sample {
    /// So many blocks of a run, or all that there are.
    pub fn new(of_draws: u64, blocks: u64) -> Self {
        let of_blocks = of_draws.div_ceil(LANES as u64);
        Self { of_draws, of_blocks, blocks: blocks.min(of_blocks) }
    }

    /// The number in the run of the block at a place, from 0: place · (blocks of the run − 1) / (blocks
    /// looked at − 1), rounded down. A single block is the first.
    pub fn block(&self, place: u64) -> u64 {
        let last = u128::from(self.of_blocks.saturating_sub(1));
        let steps = u128::from(self.blocks.saturating_sub(1)).max(1);
        (u128::from(place) * last / steps) as u64
    }

    /// The first draw of a block, by its place.
    pub fn first_draw(&self, place: u64) -> u64 {
        self.block(place) * LANES as u64
    }

    /// How many draws are looked at.
    pub fn draws(&self) -> u64 {
        // Only the last block of a run may be cut.
        let short = self.of_blocks * LANES as u64 - self.of_draws;
        let has_last = self.blocks > 1 || self.blocks == self.of_blocks;
        self.blocks * LANES as u64 - if has_last { short } else { 0 }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Draws of which every value was compared.
    pub draws: u64,
    /// Values that were compared: a row has one in each column, also where it is empty.
    pub values: u64,
    /// Of these, those that are not what was simulated.
    pub differing: u64,
    /// The first of them, by block and column.
    pub first: Vec<Difference>,
    /// Why the rest could not be read.
    pub unreadable: Option<String>,
}

/// A value that is not what was simulated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Number of the draw, from 0.
    pub draw: u64,
    /// The policy of the row.
    pub policy: String,
    /// Its programme.
    pub programme: String,
    /// Its year.
    pub year: i32,
    /// Code of its municipality.
    pub municipality: String,
    /// The column.
    pub column: &'static str,
    /// What the file has, in the unit of the column; none where it is empty.
    pub kept: Option<String>,
    /// What was simulated.
    pub simulated: Option<String>,
}

/// Simulates a sample of a run's blocks and holds every value of their draws against a file.
///
/// # Errors
/// A draw fails, or the simulation is stopped.
pub fn compare<R: ChunkReader + 'static>(
    prepared: &Prepared<'_>,
    sample: &Sample,
    file: R,
    options: &Options<'_>,
) -> Result<Compared, Failure> {
    let mut compared = Compared::default();
    let kept = match fenced(|| Kept::open(file, prepared.scenario, sample.of_draws)) {
        Ok(kept) => kept,
        Err(why) => {
            compared.unreadable = Some(why);
            return Ok(compared);
        }
    };
    let rows = rows_of_a_draw(prepared.scenario).max(1);
    let mut comparing = Comparing {
        kept,
        keys: Keys::new(prepared.scenario),
        compared,
        at_once: (ROWS_AT_ONCE / rows).max(1),
    };
    let mut place = 0;
    let mut take = |seen: Seen| {
        let taken = fenced(|| comparing.take(&seen, sample.first_draw(place)));
        place += 1;
        comparing.compared.unreadable = taken.err();
        comparing.compared.unreadable.is_none()
    };
    let number = |place| sample.block(place);
    let blocks = Blocks { draws: sample.of_draws, count: sample.blocks, number: &number };
    let simulated = in_order(prepared, blocks, options, &|| Rows::new(prepared), &mut take);
    match simulated {
        Err(failure) if comparing.compared.unreadable.is_none() => Err(failure),
        _ => Ok(comparing.compared),
    }
}

/// Reads bytes that may be anybody's. What is known to stop parquet's decoders is refused before they see
/// it; what is not known ends the reading and not the program.
fn fenced<T>(reading: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let contradicts = |_| Err("its bytes contradict each other".to_owned());
    catch_unwind(AssertUnwindSafe(reading)).unwrap_or_else(contradicts)
}

struct Comparing<R> {
    kept: Kept<R>,
    keys: Keys,
    compared: Compared,
    /// How many draws are read at once.
    at_once: u64,
}

impl<R: ChunkReader + 'static> Comparing<R> {
    /// Holds a block against the file; `first` is its first draw.
    fn take(&mut self, seen: &Seen, first: u64) -> Result<(), String> {
        let mut lane = 0;
        while lane < seen.active() && !self.keys.is_empty() {
            let in_group = self.kept.seek(first + lane as u64)?;
            let count = in_group.min(self.at_once).min((seen.active() - lane) as u64);
            let lanes = lane..lane + count as usize;
            for (number, column) in COLUMNS.iter().enumerate() {
                let simulated = part(&self.keys, seen, first, lanes.clone(), column.field);
                let kept = self.kept.column(number, count)?;
                self.hold(&kept, &simulated, (first + lane as u64, column.name));
            }
            self.kept.pass(count);
            self.compared.draws += count;
            lane = lanes.end;
        }
        Ok(())
    }

    /// Holds a column of some draws against what was simulated.
    fn hold(&mut self, kept: &Part, simulated: &Part, (draw, column): (u64, &'static str)) {
        let (kept, simulated) = (cells(kept), cells(simulated));
        let rows = self.keys.rows();
        for (at, (kept, simulated)) in kept.zip(simulated).enumerate() {
            self.compared.values += 1;
            if kept == simulated {
                continue;
            }
            self.compared.differing += 1;
            if self.compared.first.len() < MOST_TOLD {
                let (policy, programme, year, municipality) = self.keys.of(at % rows);
                self.compared.first.push(Difference {
                    draw: draw + (at / rows) as u64,
                    policy,
                    programme,
                    year,
                    municipality,
                    column,
                    kept: kept.map(Cell::text),
                    simulated: simulated.map(Cell::text),
                });
            }
        }
    }
}

/// A value of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell<'a> {
    Text(&'a [u8]),
    Whole(i64),
    /// The bits of a number.
    Number(u64),
}

impl Cell<'_> {
    fn text(self) -> String {
        match self {
            Self::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Self::Whole(whole) => whole.to_string(),
            Self::Number(bits) => f64::from_bits(bits).to_string(),
        }
    }
}

/// The value of each row of a part, none where it is empty.
fn cells(part: &Part) -> impl Iterator<Item = Option<Cell<'_>>> {
    let rows = part.levels.as_ref().map_or(part.values.len(), Vec::len);
    let mut next = 0;
    (0..rows).map(move |row| {
        let is_there = part.levels.as_ref().is_none_or(|levels| levels[row] > 0);
        let value = is_there.then(|| cell(&part.values, next)).flatten();
        next += usize::from(is_there);
        value
    })
}

fn cell(values: &Values, at: usize) -> Option<Cell<'_>> {
    match values {
        Values::Text(of) => of.get(at).map(|text| Cell::Text(text.data())),
        Values::Year(of) => of.get(at).map(|year| Cell::Whole(i64::from(*year))),
        Values::Whole(of) => of.get(at).map(|whole| Cell::Whole(*whole)),
        Values::Number(of) => of.get(at).map(|number| Cell::Number(number.to_bits())),
    }
}
