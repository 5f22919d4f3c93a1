//! A sheet of a workbook (XLSX, ECMA-376) as a text of comma-separated values.
//!
//! Row 7 of the sheet is line 7 of the text. A number is written as the workbook holds it, however
//! it is formatted there; a date as `2022-05-01`; a formula by the value it had when the workbook
//! was saved. A text that may be taken for a number stands in quotes. Columns without a cell are left
//! out.
//!
//! A workbook is written by others: what it unpacks to is limited, sizes that it states are not
//! believed, and what cannot be read is a [`Fault`].

mod package;
mod parts;
mod sheet;

use self::package::Package;
use crate::scenario::tree::shortened;

pub use sheet::letters;

/// A sheet, ready to be taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its cells as text.
    pub text: String,
    /// The columns of the sheet that the text has, from 0.
    pub columns: Vec<u32>,
    /// What was taken for granted.
    pub assumed: Vec<String>,
}

/// Why there is no sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The archive or a part of it is damaged, or larger than allowed.
    Broken(String),
    /// It is an archive of something else.
    NotAWorkbook,
    /// It has several sheets, these, and none was asked for.
    Several(Vec<String>),
    /// It has not the one that was asked for, but these.
    Missing(Vec<String>),
    /// It has no sheet with cells.
    None,
}

/// Reads one sheet: the one asked for, or the only one that is shown.
///
/// # Errors
/// A [`Fault`].
pub fn sheet(bytes: &[u8], asked: Option<&str>) -> Result<Sheet, Fault> {
    let mut package = Package::open(bytes)?;
    let (sheets, is_1904) = parts::sheets(&mut package)?;
    let names = |all: bool| -> Vec<String> {
        let shown = sheets.iter().filter(|sheet| all || sheet.is_visible);
        shown.map(|sheet| sheet.name.clone()).collect()
    };
    let chosen = if let Some(asked) = asked {
        let found = sheets.iter().find(|sheet| sheet.name == asked);
        found.ok_or_else(|| Fault::Missing(names(true)))?
    } else {
        let mut visible = sheets.iter().filter(|sheet| sheet.is_visible);
        match (visible.next(), visible.next()) {
            (None, _) => return Err(Fault::None),
            (Some(only), None) => only,
            _ => return Err(Fault::Several(names(false))),
        }
    };
    let folder = chosen.part.trim_start_matches('/');
    let folder = folder.split("/worksheets/").next().unwrap_or("xl");
    let texts = parts::Texts::read(&mut package, folder)?;
    let dates = parts::date_formats(&mut package, folder)?;
    let Some(part) = package.part(&chosen.part)? else { return Err(Fault::None) };
    sheet::read(part, &chosen.name, &sheet::Meaning { texts: &texts, dates: &dates, is_1904 })
}

#[cfg(test)]
mod tests;
