//! A step: a column with its formula and what it came to.

use super::super::grid::{Form, Grid, Group, Token, fill};
use super::Division;
use crate::language::Message;

/// Writes the steps of a division into a sheet.
pub(super) struct Writer<'w> {
    pub(super) grid: &'w mut Grid,
    pub(super) division: &'w Division<'w>,
}

impl Writer<'_> {
    pub(super) fn say(&self, key: &'static str) -> String {
        self.grid.language.say(key)
    }

    /// A column more; `of` is what its formula comes to in a row.
    pub(super) fn column(
        &mut self,
        header: Message,
        unit: &str,
        (pattern, names): (&str, &[(&str, usize)]),
        of: impl Fn(&Grid, usize) -> i128,
    ) -> usize {
        let Division { claims, pot, number, behind, .. } = *self.division;
        let fixed = [("c", claims), ("pot", pot), ("no", number)];
        let tokens: Vec<(String, Token)> = names
            .iter()
            .chain(&fixed)
            .flat_map(|(name, column)| {
                [
                    ((*name).to_owned(), Token::Cell(*column)),
                    (format!("{name}s"), Token::Block(*column)),
                    (format!("{name}…"), Token::UpTo(*column)),
                ]
            })
            .collect();
        let named: Vec<(&str, Token)> =
            tokens.iter().map(|(name, token)| (name.as_str(), token.clone())).collect();
        let values = (0..self.grid.len()).map(|row| of(self.grid, row) as f64).collect();
        let header = behind.header(header).in_language(self.grid.language);
        let head = (header.as_str(), unit, Form::Whole);
        self.grid.formula(Group::Step, head, fill(pattern, &named), values)
    }

    /// The whole units of each share: `of` where the pot is short of all claims, else all of a claim, or nothing
    /// of an empty pot.
    pub(super) fn shares(
        &mut self,
        all: usize,
        formula: (&str, &[(&str, usize)]),
        of: impl Fn(&Grid, usize) -> i128,
    ) -> usize {
        let Division { claims, pot, unit, .. } = *self.division;
        self.column(Message::new("workbook-step-whole"), unit, formula, move |grid, row| {
            if is_short(grid, (pot, all), row) {
                of(grid, row)
            } else if whole(grid, pot, row) >= whole(grid, all, row) {
                whole(grid, claims, row)
            } else {
                0
            }
        })
    }

    /// What of each share is less than a unit: `of` where the pot is short of all claims, else nothing.
    pub(super) fn remainders(
        &mut self,
        all: usize,
        unit: &str,
        formula: (&str, &[(&str, usize)]),
        of: impl Fn(&Grid, usize) -> i128,
    ) -> usize {
        let pot = self.division.pot;
        self.column(Message::new("workbook-step-remainder"), unit, formula, move |grid, row| {
            if is_short(grid, (pot, all), row) { of(grid, row) } else { 0 }
        })
    }

    /// The rows of the year of a row.
    pub(super) fn year(grid: &Grid, row: usize) -> std::ops::Range<usize> {
        let rows = grid.rows_of_year.max(1);
        let first = row / rows * rows;
        first..first + rows
    }
}

/// What stands in a cell, in whole units.
pub(super) fn whole(grid: &Grid, column: usize, row: usize) -> i128 {
    grid.value(column, row) as i128
}

/// Whether there is something, and less than all claims.
fn is_short(grid: &Grid, (pot, all): (usize, usize), row: usize) -> bool {
    let (pot, all) = (whole(grid, pot, row), whole(grid, all, row));
    pot > 0 && pot < all
}
