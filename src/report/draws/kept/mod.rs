//! `draws.parquet`, read again. Nothing that it says of itself is believed: what takes memory is held
//! against the scenario first.

mod pages;

use super::rows::{Part, Values};
use super::{ROWS_IN_GROUP, columns, rows_of_a_draw};
use crate::model::Scenario;
use parquet::basic::Compression;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::FOOTER_SIZE;
use parquet::file::metadata::{
    FooterTail, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader,
    ParquetStatisticsPolicy, RowGroupMetaData,
};
use parquet::file::reader::ChunkReader;
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

/// What stands at the end of a file of [`super::MOST_ROWS`] rows takes two megabytes.
const LONGEST_FOOTER: usize = 16 << 20;

/// The rows of a file, group by group.
pub struct Kept<R> {
    file: Arc<R>,
    metadata: ParquetMetaData,
    /// `[group]`: the draw behind its last.
    ends: Vec<u64>,
    rows_of_a_draw: u64,
    /// Bytes of the longest name that a row may have.
    longest: usize,
    group: Option<Group>,
}

/// The columns of a group, all at the same draw.
struct Group {
    number: usize,
    columns: Vec<ColumnReader>,
    draw: u64,
}

impl<R: ChunkReader + 'static> Kept<R> {
    /// The rows of so many draws of a scenario.
    ///
    /// # Errors
    /// Why they are not: the file is cut off, another's, or holds other rows.
    pub fn open(file: R, scenario: &Scenario, draws: u64) -> Result<Self, String> {
        let metadata = metadata(&file)?;
        let rows_of_a_draw = rows_of_a_draw(scenario);
        let longest = longest_name(scenario);
        let mut ends = Vec::with_capacity(metadata.num_row_groups());
        let mut rows = 0_u64;
        for (number, group) in metadata.row_groups().iter().enumerate() {
            rows = rows.saturating_add(sound(group, number, rows_of_a_draw, longest, file.len())?);
            ends.push(rows / rows_of_a_draw.max(1));
        }
        if rows != draws.saturating_mul(rows_of_a_draw) {
            return Err(format!(
                "it has {rows} rows, and {draws} draws have {rows_of_a_draw} rows each"
            ));
        }
        Ok(Self { file: Arc::new(file), metadata, ends, rows_of_a_draw, longest, group: None })
    }

    /// Goes on to a draw; returns how many draws stand from it on in its group. Draws are asked for in
    /// ascending order.
    pub fn seek(&mut self, draw: u64) -> Result<u64, String> {
        let number = self.ends.partition_point(|end| *end <= draw);
        let end = *self.ends.get(number).ok_or_else(|| format!("it has no draw {draw}"))?;
        let first = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let group = match self.group.take() {
            Some(group) if group.number == number && group.draw <= draw => group,
            _ => {
                let of = self.metadata.row_group(number);
                let most = largest(of, self.longest);
                let columns = pages::columns(&self.file, of, most).map_err(unreadable)?;
                Group { number, columns, draw: first }
            }
        };
        let group = self.group.insert(group);
        let rows = (draw - group.draw) * self.rows_of_a_draw;
        for column in &mut group.columns {
            if skip(column, rows as usize).map_err(unreadable)? < rows as usize {
                return Err(ends_early());
            }
        }
        group.draw = draw;
        Ok(end - draw)
    }

    /// Reads a column of the next draws of a group.
    pub fn column(&mut self, column: usize, draws: u64) -> Result<Part, String> {
        let rows = (draws * self.rows_of_a_draw) as usize;
        let nothing = || "no draw was looked for".to_owned();
        let reader = self.group.as_mut().and_then(|group| group.columns.get_mut(column));
        read(reader.ok_or_else(nothing)?, rows)
    }

    /// Tells that every column of these draws has been read.
    pub fn pass(&mut self, draws: u64) {
        if let Some(group) = &mut self.group {
            group.draw += draws;
        }
    }
}

/// What a file says of itself at its end.
fn metadata<R: ChunkReader>(file: &R) -> Result<ParquetMetaData, String> {
    let no_end = || "its end is not that of a Parquet file".to_owned();
    let tail = file.len().checked_sub(FOOTER_SIZE as u64).ok_or_else(no_end)?;
    let tail = file.get_bytes(tail, FOOTER_SIZE).map_err(unreadable)?;
    let tail = FooterTail::try_from(&tail[..]).map_err(|_| no_end())?;
    if tail.metadata_length() > LONGEST_FOOTER {
        let length = tail.metadata_length();
        return Err(format!("it says that its list of contents has {length} bytes"));
    }
    let without = ParquetMetaDataOptions::new()
        .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_encoding_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll);
    let metadata = ParquetMetaDataReader::new()
        .with_metadata_options(Some(without))
        .parse_and_finish(file)
        .map_err(unreadable)?;
    let expected = parse_message_type(&columns::schema()).map_err(unreadable)?;
    if *metadata.file_metadata().schema() != expected {
        return Err("its columns are not those that `run --keep-draws` writes".to_owned());
    }
    Ok(metadata)
}

/// The rows of a group, once all that is said of it can be so.
fn sound(
    group: &RowGroupMetaData,
    number: usize,
    of_a_draw: u64,
    longest: usize,
    length: u64,
) -> Result<u64, String> {
    let wrong = |what: &str| format!("row group {number} {what}");
    let rows = u64::try_from(group.num_rows()).map_err(|_| wrong("has less than no rows"))?;
    if of_a_draw == 0 || !rows.is_multiple_of(of_a_draw) {
        return Err(wrong(&format!("has {rows} rows, and a draw has {of_a_draw}")));
    }
    if rows > of_a_draw.max(ROWS_IN_GROUP as u64) {
        return Err(wrong(&format!("has {rows} rows, more than are written into one")));
    }
    if group.num_columns() != columns::COLUMNS.len() {
        return Err(wrong("has other columns than the file"));
    }
    let most = largest(group, longest) as u64;
    for column in group.columns() {
        // A dictionary stands before its column's other pages.
        let from = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
        let (Ok(from), Ok(size)) = (u64::try_from(from), u64::try_from(column.compressed_size()))
        else {
            return Err(wrong("has a column before the file begins"));
        };
        if from.saturating_add(size) > length {
            return Err(wrong("has a column that goes on behind the end of the file"));
        }
        if size > most {
            return Err(wrong(&format!("has a column of {size} bytes, more than its rows take")));
        }
        if column.compression() != Compression::SNAPPY {
            return Err(wrong("is packed otherwise than with Snappy"));
        }
    }
    Ok(rows)
}

/// More bytes no column of a group takes, packed or not: a row has a number or a name, and packing adds a
/// sixth at most.
fn largest(group: &RowGroupMetaData, longest: usize) -> usize {
    let rows = usize::try_from(group.num_rows()).unwrap_or(0);
    rows.saturating_mul(2 * (longest + 16)).saturating_add(1 << 20)
}

fn longest_name(scenario: &Scenario) -> usize {
    let policies = scenario.policies.iter().map(|policy| policy.name.len());
    let programmes = scenario.programmes.iter().map(|programme| programme.name.len());
    let codes = scenario.municipalities.table.codes.iter().map(String::len);
    policies.chain(programmes).chain(codes).max().unwrap_or(0)
}

fn skip(column: &mut ColumnReader, rows: usize) -> parquet::errors::Result<usize> {
    match column {
        ColumnReader::Int32ColumnReader(of) => of.skip_records(rows),
        ColumnReader::Int64ColumnReader(of) => of.skip_records(rows),
        ColumnReader::DoubleColumnReader(of) => of.skip_records(rows),
        ColumnReader::ByteArrayColumnReader(of) => of.skip_records(rows),
        // The schema has no others.
        _ => Ok(0),
    }
}

fn read(column: &mut ColumnReader, rows: usize) -> Result<Part, String> {
    match column {
        ColumnReader::Int32ColumnReader(of) => values(of, rows, Values::Year),
        ColumnReader::Int64ColumnReader(of) => values(of, rows, Values::Whole),
        ColumnReader::DoubleColumnReader(of) => values(of, rows, Values::Number),
        ColumnReader::ByteArrayColumnReader(of) => values(of, rows, Values::Text),
        _ => Err(ends_early()),
    }
}

fn values<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    rows: usize,
    of: fn(Vec<T::T>) -> Values,
) -> Result<Part, String> {
    let (mut values, mut levels) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let (found, ..) =
        column.read_records(rows, Some(&mut levels), None, &mut values).map_err(unreadable)?;
    if found < rows {
        return Err(ends_early());
    }
    // A column that must have a value in each row has no levels.
    Ok(Part { values: of(values), levels: (!levels.is_empty()).then_some(levels) })
}

fn ends_early() -> String {
    "a column ends before its rows do".to_owned()
}

fn unreadable(error: ParquetError) -> String {
    match error {
        // Without the word that the crate puts before it.
        ParquetError::General(what) => what,
        other => other.to_string(),
    }
}
