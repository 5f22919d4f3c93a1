//! The pages of a group's columns, unpacked within bounds.
//!
//! The reader of pages takes as much memory as a page says that it has unpacked, and a dictionary as many
//! places as it says that it has values. So pages are read as if they were not packed, and are unpacked
//! here, once their own bytes have been asked for their length.

use parquet::basic::{Compression, Encoding, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::ChunkReader;
use parquet::file::serialized_reader::SerializedPageReader;
use snap::raw::{Decoder, decompress_len};
use std::sync::Arc;

/// A block of differences has 128 or 256 values as written.
const MOST_IN_BLOCK: u64 = 1 << 16;

/// Readers of a group's columns, of which none takes more than `most` bytes.
pub fn columns<R: ChunkReader + 'static>(
    file: &Arc<R>,
    group: &RowGroupMetaData,
    most: usize,
) -> Result<Vec<ColumnReader>> {
    let rows = usize::try_from(group.num_rows())?;
    let reader = |column: &parquet::file::metadata::ColumnChunkMetaData| {
        let packed =
            column.clone().into_builder().set_compression(Compression::UNCOMPRESSED).build()?;
        let of = column.column_descr_ptr();
        let pages = Pages {
            packed: SerializedPageReader::new(Arc::clone(file), &packed, rows, None)?,
            kind: of.physical_type(),
            has_levels: of.max_def_level() > 0,
            rows,
            most,
            has_dictionary: false,
        };
        Ok(get_column_reader(of, Box::new(pages)))
    };
    group.columns().iter().map(reader).collect()
}

/// The pages of a column.
struct Pages<R: ChunkReader> {
    /// As they stand in the file.
    packed: SerializedPageReader<R>,
    kind: Type,
    /// Whether a row may have no value.
    has_levels: bool,
    rows: usize,
    most: usize,
    has_dictionary: bool,
}

impl<R: ChunkReader> Pages<R> {
    /// A page as this program writes it, unpacked.
    fn unpacked(&mut self, mut page: Page) -> Result<Page> {
        let wrong = |what: &str| Err(ParquetError::General(what.to_owned()));
        match &mut page {
            Page::DictionaryPage { buf, num_values, .. } => {
                *buf = unpack(buf, self.most)?.into();
                let least = match self.kind {
                    // The length of a text.
                    Type::INT32 | Type::BYTE_ARRAY => 4,
                    _ => 8,
                };
                if (*num_values as usize).saturating_mul(least) > buf.len() {
                    return wrong("a dictionary is shorter than its values");
                }
                self.has_dictionary = true;
            }
            Page::DataPage { buf, num_values, encoding, def_level_encoding, .. } => {
                *buf = unpack(buf, self.most)?.into();
                if *encoding == Encoding::DELTA_BINARY_PACKED {
                    let Some((begin, count)) = differences(buf, self.has_levels, *num_values)
                    else {
                        return wrong("a page of differences contradicts itself");
                    };
                    if count == 0 {
                        // The decoder of differences stops the program where it has none and is asked for one.
                        *buf = buf.slice(..begin);
                        *encoding = Encoding::PLAIN;
                    }
                }
                let is_read = match encoding {
                    Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => self.has_dictionary,
                    Encoding::DELTA_BINARY_PACKED => self.kind == Type::INT64,
                    other => *other == Encoding::PLAIN,
                };
                if !is_read || *def_level_encoding != Encoding::RLE {
                    return wrong("a page is encoded otherwise than `run --keep-draws` does");
                }
                if *num_values as usize > self.rows {
                    return wrong("a page has more values than its group has rows");
                }
            }
            Page::DataPageV2 { .. } => {
                return wrong("a page is of a version that `run --keep-draws` does not write");
            }
        }
        Ok(page)
    }
}

/// Where the differences of a page begin and how many values they are; none where it cannot be so.
fn differences(page: &[u8], has_levels: bool, most: u32) -> Option<(usize, u64)> {
    let begin = if has_levels {
        let length = u32::from_le_bytes(*page.first_chunk()?);
        4_usize.checked_add(length as usize)?
    } else {
        0
    };
    let mut head = page.get(begin..)?.iter();
    let [block, parts, count] = [number(&mut head)?, number(&mut head)?, number(&mut head)?];
    let is_possible = block <= MOST_IN_BLOCK && parts <= block && count <= u64::from(most);
    is_possible.then_some((begin, count))
}

/// A whole number in groups of seven bits, the lowest first.
fn number(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u64> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let byte = *bytes.next()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// Unpacks what is no longer than `most` bytes.
fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>> {
    let broken = |error: snap::Error| ParquetError::General(error.to_string());
    let length = decompress_len(packed).map_err(broken)?;
    if length > most {
        let message = format!("a page of {length} bytes is larger than its rows are");
        return Err(ParquetError::General(message));
    }
    Decoder::new().decompress_vec(packed).map_err(broken)
}

impl<R: ChunkReader> Iterator for Pages<R> {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl<R: ChunkReader> PageReader for Pages<R> {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.packed.get_next_page()?;
        page.map(|page| self.unpacked(page)).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.packed.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.packed.skip_next_page()
    }
}
