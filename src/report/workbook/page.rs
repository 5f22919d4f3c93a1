//! One sheet while it is written: titles, notes, tables, cells. Every text goes in as a string.

use super::names::cell_text;
use super::styles;
use crate::language::Language;
use rust_xlsxwriter::{Format, Formula, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

/// The widest column, in letters.
const WIDEST: usize = 48;
/// The narrowest column, in letters.
const NARROWEST: usize = 8;

/// A sheet that is written.
pub struct Page<'p> {
    sheet: &'p mut Worksheet,
    /// The name that its table bears.
    table_names: &'p mut super::names::Names,
    language: Language,
}

impl<'p> Page<'p> {
    /// A sheet with a name; landscape A4, as wide as one page.
    ///
    /// # Errors
    /// A name that Excel refuses.
    pub fn new(
        sheet: &'p mut Worksheet,
        name: &str,
        table_names: &'p mut super::names::Names,
        language: Language,
    ) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        sheet.set_paper_size(9);
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_screen_gridlines(false);
        sheet.set_footer("&L&F&C&A&R&P / &N");
        Ok(Self { sheet, table_names, language })
    }

    /// The language of its texts.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sheet itself.
    pub fn sheet(&mut self) -> &mut Worksheet {
        self.sheet
    }

    /// The title, in the first row.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.set_row_height(0, 24)?;
        self.text(0, 0, text, &styles::title())
    }

    /// A note in the first column.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn note(&mut self, row: u32, text: &str) -> Result<(), XlsxError> {
        self.text(row, 0, text, &styles::note())
    }

    /// A text; without a look, in that of its column.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn text<'f>(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        format: impl Into<Option<&'f Format>>,
    ) -> Result<(), XlsxError> {
        let text = cell_text(text);
        match format.into() {
            Some(format) => self.sheet.write_string_with_format(row, column, text, format)?,
            None => self.sheet.write_string(row, column, text)?,
        };
        Ok(())
    }

    /// A number, nothing of what is none; without a look, in that of its column.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn number<'f>(
        &mut self,
        row: u32,
        column: u16,
        value: f64,
        format: impl Into<Option<&'f Format>>,
    ) -> Result<(), XlsxError> {
        match (value.is_finite(), format.into()) {
            (true, Some(format)) => {
                self.sheet.write_number_with_format(row, column, value + 0.0, format)?;
            }
            (true, None) => {
                self.sheet.write_number(row, column, value + 0.0)?;
            }
            (false, Some(format)) => self.blank(row, column, format)?,
            (false, None) => {}
        }
        Ok(())
    }

    /// How cells of a column look that say nothing else: said once, it need not be looked up for each.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn look(&mut self, column: u16, format: &Format) -> Result<(), XlsxError> {
        self.sheet.set_column_format(column, format)?;
        Ok(())
    }

    /// An empty cell with a look.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn blank(&mut self, row: u32, column: u16, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_blank(row, column, format)?;
        Ok(())
    }

    /// A formula with what it came to.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn formula(
        &mut self,
        row: u32,
        column: u16,
        (formula, result): (&str, f64),
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(written(result));
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    /// A formula that gives a text. A text that reads as a number would be taken for one: then it is
    /// written as what it is.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn text_formula(
        &mut self,
        row: u32,
        column: u16,
        (formula, result): (&str, &str),
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(cell_text(result));
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    /// A formula that looks at ranges as a whole.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn array(
        &mut self,
        row: u32,
        column: u16,
        (formula, result): (&str, f64),
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(written(result));
        self.sheet.write_array_formula_with_format(row, column, row, column, formula, format)?;
        Ok(())
    }

    /// A typed table with filters: its headers stand in `row`, so many rows follow. Without rows there
    /// are only headers.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn table(
        &mut self,
        row: u32,
        name: &str,
        headers: &[String],
        rows: usize,
    ) -> Result<(), XlsxError> {
        let headers = unique(headers, &self.language.say("workbook-column"));
        self.sheet.set_row_height(row, 32)?;
        if rows == 0 {
            for (column, header) in headers.iter().enumerate() {
                self.text(row, column as u16, header, &styles::header())?;
            }
            let nothing = self.language.say("workbook-nothing");
            return self.text(row + 1, 0, &nothing, &styles::note());
        }
        let columns: Vec<TableColumn> = headers
            .iter()
            .map(|header| TableColumn::new().set_header(header).set_header_format(styles::header()))
            .collect();
        let table = Table::new()
            .set_name(self.table_names.cell("table", name))
            .set_columns(&columns)
            .set_style(TableStyle::Light1);
        let last = headers.len().saturating_sub(1) as u16;
        self.sheet.add_table(row, 0, row + rows as u32, last, &table)?;
        self.sheet.set_repeat_rows(row, row)?;
        Ok(())
    }

    /// The width of a column, in letters, within what can be read.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn width(&mut self, column: u16, letters: usize) -> Result<(), XlsxError> {
        self.sheet.set_column_width(column, letters.clamp(NARROWEST, WIDEST) as f64)?;
        Ok(())
    }

    /// Rows above and columns before stay in sight.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn freeze(&mut self, row: u32, column: u16) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(row, column)?;
        Ok(())
    }

    /// A link to another sheet.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn link(&mut self, row: u32, column: u16, sheet: &str) -> Result<(), XlsxError> {
        let target = format!("internal:{}!A1", super::names::quoted(sheet));
        self.sheet.write_url_with_text(row, column, Url::new(target), sheet)?;
        Ok(())
    }
}

/// A result as the file has it.
fn written(value: f64) -> String {
    if value.is_finite() { (value + 0.0).to_string() } else { "#N/A".to_owned() }
}

/// Headers without repetition, whatever the case, and none empty: that one has a name that is given.
fn unique(headers: &[String], nameless: &str) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::new();
    let mut found = Vec::with_capacity(headers.len());
    for header in headers {
        let clean = cell_text(header);
        let clean: String = clean.trim().chars().take(200).collect();
        let base = if clean.is_empty() { nameless.to_owned() } else { clean };
        let mut name = base.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{base} {number}");
            number += 1;
        }
        found.push(name);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_given_once_whatever_the_case() {
        let headers = ["mean", "Mean", "", "=1+1", "mean"].map(str::to_owned);
        assert_eq!(unique(&headers, "column"), ["mean", "Mean 2", "column", "=1+1", "mean 3"]);
    }
}
