//! `draws.parquet`: what every draw gives to every municipality, a row for each.
//!
//! The draws are simulated a second time and written as they come, a group of rows after the other, so
//! that memory does not grow with their number. Rows are sorted by draw, then stand by policy and
//! programme in the order of the scenario, year and municipality; money is in whole cents. The rows of some
//! blocks of draws can be held against what is simulated again (`sample`).

mod columns;
mod kept;
mod rows;
mod sample;

pub use columns::{COLUMNS, Column};
pub use sample::{Compared, Difference, Sample, compare};

use self::rows::{Rows, Seen};
use crate::engine::{Blocks, Failure, Options, Prepared, in_order};
use crate::model::Scenario;
use crate::numeric::LANES;
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use serde_json::json;
use std::sync::Arc;

/// Name of the file.
pub const DRAWS: &str = "draws.parquet";

/// More rows are never written.
pub const MOST_ROWS: u64 = 250_000_000;

/// What a row takes about: 11.6 were measured on `network-592.ron`, whose amounts all differ.
const BYTES_PER_ROW: u64 = 12;

/// No group has more rows, unless a single draw has.
const ROWS_IN_GROUP: usize = 1 << 19;

/// Why there is no file.
#[derive(Debug)]
pub enum Unwritten<E> {
    /// A draw failed, or the simulation was stopped.
    Simulation(Failure),
    /// Rows cannot be put into the format.
    Format(String),
    /// Whoever takes the bytes does not.
    Refused(E),
}

/// How large the file of a run is going to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Its rows.
    pub rows: u64,
    /// About how many bytes.
    pub bytes: u64,
}

impl Expected {
    /// Of a scenario and so many draws.
    pub fn of(scenario: &Scenario, draws: u64) -> Self {
        let rows = draws.saturating_mul(rows_of_a_draw(scenario));
        Self { rows, bytes: rows.saturating_mul(BYTES_PER_ROW) }
    }
}

/// One row for each policy, programme, year and municipality.
fn rows_of_a_draw(scenario: &Scenario) -> u64 {
    [
        scenario.policies.len(),
        scenario.programmes.len(),
        scenario.years.count(),
        scenario.municipalities.table.len(),
    ]
    .into_iter()
    .fold(1, |product, factor| product.saturating_mul(factor as u64))
}

/// Simulates `draws` draws of a run again and hands over the bytes of the file, part by part. They are
/// the same for any number of threads.
///
/// # Errors
/// A draw fails, the simulation is stopped, or the bytes are not taken.
pub fn write<E: Send>(
    prepared: &Prepared<'_>,
    draws: u64,
    options: &Options<'_>,
    put: &mut (dyn FnMut(&[u8]) -> Result<(), E> + Send),
) -> Result<(), Unwritten<E>> {
    let mut file = File::new(prepared, draws, put)?;
    let mut why = None;
    let mut take = |seen: Seen| match file.take(seen) {
        Ok(()) => true,
        Err(error) => {
            why = Some(error);
            false
        }
    };
    let simulated =
        in_order(prepared, Blocks::all(draws), options, &|| Rows::new(prepared), &mut take);
    match (why, simulated) {
        (Some(why), _) => Err(why),
        (None, Err(failure)) => Err(Unwritten::Simulation(failure)),
        (None, Ok(())) => file.finish(),
    }
}

/// The file as it grows.
struct File<'a, E> {
    writer: SerializedFileWriter<Vec<u8>>,
    put: &'a mut (dyn FnMut(&[u8]) -> Result<(), E> + Send),
    keys: rows::Keys,
    /// Blocks that make the next group.
    waiting: Vec<Seen>,
    /// How many blocks make a group; where not even one fits, into how many draws it is cut.
    blocks: usize,
    draws: usize,
    /// The draw that the next group begins with.
    first: u64,
}

impl<'a, E> File<'a, E> {
    fn new(
        prepared: &Prepared<'_>,
        draws: u64,
        put: &'a mut (dyn FnMut(&[u8]) -> Result<(), E> + Send),
    ) -> Result<Self, Unwritten<E>> {
        let scenario = prepared.scenario;
        let schema = parse_message_type(&columns::schema()).map_err(Unwritten::from)?;
        let properties = properties(scenario, draws);
        let writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
            .map_err(Unwritten::from)?;
        let in_draw = usize::try_from(rows_of_a_draw(scenario)).unwrap_or(usize::MAX).max(1);
        let draws = (ROWS_IN_GROUP / in_draw).max(1);
        Ok(Self {
            writer,
            put,
            keys: rows::Keys::new(scenario),
            waiting: Vec::new(),
            blocks: (draws / LANES).max(1),
            draws: draws.min(LANES),
            first: 0,
        })
    }

    fn take(&mut self, seen: Seen) -> Result<(), Unwritten<E>> {
        self.waiting.push(seen);
        if self.waiting.len() < self.blocks { Ok(()) } else { self.group() }
    }

    /// Writes what waits: as one group, or a block that is too large for one in pieces.
    fn group(&mut self) -> Result<(), Unwritten<E>> {
        let blocks = std::mem::take(&mut self.waiting);
        if self.keys.is_empty() || blocks.is_empty() {
            return Ok(());
        }
        let longest = blocks.iter().map(Seen::active).max().unwrap_or(0);
        let mut from = 0;
        while from < longest {
            let to = (from + self.draws).min(LANES);
            let mut group = self.writer.next_row_group().map_err(Unwritten::from)?;
            rows::write(&self.keys, &blocks, (self.first, from..to), &mut group)
                .map_err(Unwritten::from)?;
            group.close().map_err(Unwritten::from)?;
            self.hand_over()?;
            from = to;
        }
        self.first += blocks.iter().map(|block| block.active() as u64).sum::<u64>();
        Ok(())
    }

    /// Hands over what has been written so far, so that it is not kept.
    fn hand_over(&mut self) -> Result<(), Unwritten<E>> {
        self.writer.flush().map_err(|error| Unwritten::Format(error.to_string()))?;
        let bytes = std::mem::take(self.writer.inner_mut());
        (self.put)(&bytes).map_err(Unwritten::Refused)
    }

    fn finish(mut self) -> Result<(), Unwritten<E>> {
        self.group()?;
        let rest = self.writer.into_inner().map_err(Unwritten::from)?;
        (self.put)(&rest).map_err(Unwritten::Refused)
    }
}

impl<E> From<parquet::errors::ParquetError> for Unwritten<E> {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Format(error.to_string())
    }
}

/// How columns are written, and what the file says of itself: no date, no machine.
fn properties(scenario: &Scenario, draws: u64) -> WriterProperties {
    let version = env!("CARGO_PKG_VERSION");
    let columns: serde_json::Map<String, serde_json::Value> = COLUMNS
        .iter()
        .map(|column| {
            (column.name.to_owned(), json!({ "unit": column.unit, "meaning": column.meaning }))
        })
        .collect();
    let about = json!({
        "scenario": scenario.name,
        "title": scenario.title,
        "seed": scenario.run.seed,
        "draws": draws,
        "currency": scenario.currency,
        "columns": columns,
    });
    // Of the draw alone: policies and programmes stand in the order of the scenario.
    let sorted = SortingColumn { column_idx: 0, descending: false, nulls_first: false };
    let mut builder = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(format!("dotacija version {version}"))
        .set_key_value_metadata(Some(vec![KeyValue::new(
            "dotacija".to_owned(),
            Some(about.to_string()),
        )]))
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(None)
        .set_sorting_columns(Some(vec![sorted]))
        .set_dictionary_enabled(false);
    for column in &COLUMNS {
        let path = ColumnPath::from(column.name);
        builder = if column.few_values {
            builder.set_column_dictionary_enabled(path, true)
        } else {
            builder.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED)
        };
    }
    builder.build()
}
