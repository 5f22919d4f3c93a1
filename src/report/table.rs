//! Aligned columns of plain text.

/// A name longer than this is cut, so that a table keeps to the width of a terminal.
pub const LONGEST_NAME: usize = 24;

/// Rows of cells; the first column stands left, the others right.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a header.
    pub fn new(header: &[&str]) -> Self {
        Self { rows: vec![header.iter().map(|name| (*name).to_owned()).collect()] }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether there is nothing below the header.
    pub fn is_empty(&self) -> bool {
        self.rows.len() <= 1
    }

    /// Lines indented by two spaces, two spaces between columns, none at their ends.
    pub fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                let padded =
                    if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") };
                line.push_str("  ");
                line.push_str(&padded);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// A name, cut with an ellipsis where it is longer than [`LONGEST_NAME`].
pub fn short(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    name.chars().take(LONGEST_NAME - 1).chain(['…']).collect()
}

/// A whole number with a space between thousands; a dash where it is missing.
pub fn grouped(value: Option<f64>) -> String {
    let Some(value) = value.filter(|value| value.is_finite()) else { return "–".to_owned() };
    let digits = format!("{:.0}", crate::units::round_half_up(value.abs(), 0));
    let sign = if value < 0.0 && digits != "0" { "-" } else { "" };
    grouped_digits(&format!("{sign}{digits}"))
}

/// A number that is written in decimal digits, those before the point in groups of three.
pub fn grouped_digits(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let mut text = String::new();
    for (index, letter) in number.char_indices() {
        let follows_digit = number[..index].ends_with(|letter: char| letter.is_ascii_digit());
        if index < whole && follows_digit && (whole - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}

/// As [`grouped`], with one decimal where it is small and not whole.
pub fn amount(value: Option<f64>) -> String {
    match value {
        Some(small) if small.abs() < 100.0 && small.fract() != 0.0 => {
            format!("{:.1}", crate::units::round_half_up(small, 1))
        }
        _ => grouped(value),
    }
}

/// A share in per cent; never 0 % or 100 % unless it is.
pub fn percent(share: Option<f64>) -> String {
    match share.filter(|share| share.is_finite()) {
        None => "–".to_owned(),
        Some(share) if share > 0.0 && share < 0.005 => "<1 %".to_owned(),
        Some(share) if (0.995..1.0).contains(&share) => ">99 %".to_owned(),
        Some(share) => format!("{} %", grouped(Some(share * 100.0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_letters_not_bytes() {
        let mut table = Table::new(&["name", "EUR"]);
        table.row(["Rēzekne".to_owned(), grouped(Some(1_234_567.4))]);
        table.row(["Ape".to_owned(), grouped(None)]);
        assert_eq!(
            table.text(),
            "  name           EUR\n  Rēzekne  1 234 567\n  Ape              –\n"
        );
    }

    #[test]
    fn whole_numbers_are_grouped_by_thousands() {
        let texts = [0.0, 999.5, 1_000.0, -12_345.0, -0.4, 1e6].map(|value| grouped(Some(value)));
        assert_eq!(texts, ["0", "1 000", "1 000", "-12 345", "0", "1 000 000"]);
        assert_eq!(grouped(Some(f64::NAN)), "–");
        let exact = ["64573.7", "-1234567", "999.123456", "-100"].map(grouped_digits);
        assert_eq!(exact, ["64 573.7", "-1 234 567", "999.123456", "-100"]);
        let small = [2.0, 2.25, 99.96, 123.4, -0.04].map(|value| amount(Some(value)));
        assert_eq!(small, ["2", "2.3", "100.0", "123", "0.0"]);
        assert_eq!((amount(None), amount(Some(f64::NAN))), ("–".to_owned(), "–".to_owned()));
    }

    #[test]
    fn a_small_chance_is_not_none_and_a_great_one_not_certainty() {
        let texts = [0.0, 0.001, 0.234, 0.999, 1.0].map(|share| percent(Some(share)));
        assert_eq!(texts, ["0 %", "<1 %", "23 %", ">99 %", "100 %"]);
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(short("today"), "today");
        let cut = short("rates of 2018, by tier, with the reform of 2023");
        assert_eq!(cut.chars().count(), LONGEST_NAME);
        assert!(cut.ends_with('…'));
    }
}
