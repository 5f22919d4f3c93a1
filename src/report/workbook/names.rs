//! Names that Excel takes: of sheets, of tables, of cells.

use std::collections::BTreeSet;

/// The most letters of a sheet's name.
const LONGEST_SHEET: usize = 31;
/// The most letters of the name of a cell; Excel takes 255.
const LONGEST_NAME: usize = 120;
/// The most letters of a cell.
const LONGEST_CELL: usize = 32_000;

/// Names that are given once, whatever the case of their letters.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// A name for a sheet: at most 31 letters, none that Excel refuses, none twice.
    pub fn sheet(&mut self, wanted: &str) -> String {
        let letters = |letter: char| match letter {
            '*' | '?' | ':' | '[' | ']' | '\\' | '/' => ' ',
            letter if letter.is_control() => ' ',
            letter => letter,
        };
        let clean: String = wanted.chars().map(letters).collect();
        let clean = clean.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
        // `History` is Excel's own.
        let is_refused = clean.is_empty() || clean.eq_ignore_ascii_case("history");
        let clean = if is_refused { "Sheet" } else { clean };
        self.first_free(|number| {
            let behind = if number == 1 { String::new() } else { format!(" ({number})") };
            let room = LONGEST_SHEET - behind.len();
            format!("{}{behind}", cut(clean, room).trim_end_matches(['\'', ' ']))
        })
    }

    /// A name for a cell or a table: letters, digits and underscores behind a plain prefix.
    pub fn cell(&mut self, prefix: &str, wanted: &str) -> String {
        let letter = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
        let clean: String = wanted.chars().map(letter).collect();
        let clean = cut(&clean, LONGEST_NAME);
        self.first_free(|number| {
            if number == 1 {
                format!("{prefix}_{clean}")
            } else {
                format!("{prefix}_{clean}_{number}")
            }
        })
    }

    fn first_free(&mut self, name: impl Fn(usize) -> String) -> String {
        let mut number = 1;
        loop {
            let name = name(number);
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

/// The first so many letters, as Excel counts them.
fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > most {
            return text.get(..at).unwrap_or(text);
        }
    }
    text
}

/// A sheet's name as a formula calls it.
pub fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// The same without quotes where it needs none.
pub fn called(sheet: &str) -> String {
    let is_plain = sheet.chars().all(|letter| letter.is_ascii_alphabetic());
    if is_plain { sheet.to_owned() } else { quoted(sheet) }
}

/// A text that a cell can hold: what XML cannot is left out, and a text of a book's length is cut.
pub fn cell_text(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .collect();
    cut(&kept, LONGEST_CELL).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_clean_and_given_once() {
        let mut names = Names::default();
        assert_eq!(names.sheet("a/b:c*[d]?\\"), "a b c  d");
        assert_eq!(names.sheet("A/B:C*[D]"), "A B C  D (2)");
        assert_eq!(names.sheet("'=1+1'"), "=1+1");
        assert_eq!(names.sheet(""), "Sheet");
        assert_eq!(names.sheet("History"), "Sheet (2)");
        let long = "Š".repeat(200);
        assert_eq!(names.sheet(&long).chars().count(), 31);
        assert_eq!(names.sheet(&long).chars().count(), 31);
        // A letter beyond the first plane counts twice in Excel.
        assert_eq!(names.sheet(&"𝒳".repeat(20)).chars().count(), 15);
    }

    #[test]
    fn names_of_cells_hold_letters_digits_and_underscores() {
        let mut names = Names::default();
        assert_eq!(names.cell("lever", "likme_ā"), "lever_likme_ā");
        assert_eq!(names.cell("lever", "Likme_Ā"), "lever_Likme_Ā_2");
        assert_eq!(names.cell("pot", "new points, =1+1"), "pot_new_points___1_1");
    }

    #[test]
    fn quotes_in_names_are_doubled_and_control_characters_left_out() {
        assert_eq!(quoted("P1 it's"), "'P1 it''s'");
        assert_eq!((&*called("Pots"), &*called("Pašvaldības")), ("Pots", "'Pašvaldības'"));
        assert_eq!(cell_text("a\u{0}b\u{1b}[1m\nc"), "ab[1m\nc");
    }
}
