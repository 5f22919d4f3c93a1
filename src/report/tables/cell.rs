//! A cell: a text, a year or a figure, and the figure as tables show it.

use crate::units::round_half_up;
use std::borrow::Cow;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'t> {
    /// A text.
    Text(Cow<'t, str>),
    /// A calendar year.
    Year(i32),
    /// EUR; none where it is missing.
    Money(Option<f64>),
    /// Whole cents as EUR; none where they are missing.
    Cents(Option<i64>),
    /// Anything else; none where it is missing.
    Number(Option<f64>),
    /// A number with every digit.
    Exact(f64),
}

impl Cell<'_> {
    /// The figure of a cell, rounded as tables show it; none where it is missing, and of texts and years.
    pub fn figure(&self) -> Option<f64> {
        let value = match self {
            Self::Text(_) | Self::Year(_) => None,
            Self::Money(value) => value.map(|value| round_half_up(value, 2)),
            Self::Cents(cents) => cents.map(|cents| cents as f64 / 100.0),
            Self::Number(value) => value.map(|value| round_half_up(value, 6)),
            Self::Exact(value) => Some(*value),
        };
        // A negative zero is zero.
        value.filter(|value| value.is_finite()).map(|value| value + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::csv_files;
    use crate::report::tables::Table;

    #[test]
    fn a_figure_is_the_nearest_number_to_what_is_written() {
        for value in [0.0, -0.0, 1.005, -0.004, 12_345_678_901.235, 1e15 / 3.0, -7.0 / 3.0, 4e15] {
            let written = csv_files::csv(&Table {
                columns: vec!["a".to_owned()],
                rows: vec![vec![
                    Cell::Money(Some(value)),
                    Cell::Number(Some(value)),
                    Cell::Exact(value),
                ]],
                has_all_years: false,
            });
            let line = String::from_utf8(written).unwrap().lines().nth(1).unwrap().to_owned();
            let cells = [Cell::Money(Some(value)), Cell::Number(Some(value)), Cell::Exact(value)];
            for (cell, text) in cells.iter().zip(line.split(',')) {
                let (found, read) = (cell.figure().unwrap(), text.parse::<f64>().unwrap());
                assert_eq!(found.to_bits(), read.to_bits(), "{cell:?}: {text}");
            }
        }
        assert_eq!(Cell::Money(Some(f64::NAN)).figure(), None);
        assert_eq!(Cell::Cents(Some(-5)).figure(), Some(-0.05));
    }
}
