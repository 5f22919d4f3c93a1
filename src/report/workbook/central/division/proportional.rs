//! The steps of `Proportional`.

use super::super::grid::Grid;
use super::Division;
use super::writer::{Writer, paid_or_nothing, whole};
use crate::language::Message;

impl Writer<'_> {
    /// Whole units of each share, and the remainder over the sum of all claims.
    pub(super) fn proportional(&mut self, all: usize) -> (usize, usize) {
        let Division { claims, pot, unit, .. } = *self.division;
        let names = [("all", all)];
        let pattern = "IF({pot}>={all},{c},IF({pot}<=0,0,INT({c}*{pot}/{all})))";
        let is_short = move |grid: &Grid, row| {
            let (pot, all) = (whole(grid, pot, row), whole(grid, all, row));
            pot > 0 && pot < all
        };
        let product = move |grid: &Grid, row| whole(grid, claims, row) * whole(grid, pot, row);
        let paid = move |grid: &Grid, row| {
            if is_short(grid, row) {
                product(grid, row) / whole(grid, all, row)
            } else {
                paid_or_nothing(grid, (claims, pot, all), row)
            }
        };
        let shares =
            self.column(Message::new("workbook-step-whole"), unit, (pattern, &names), paid);
        let names = [("all", all), ("w", shares)];
        let pattern = "IF(OR({pot}>={all},{pot}<=0),0,{c}*{pot}-{w}*{all})";
        let rest = self.column(
            Message::new("workbook-step-remainder"),
            &self.say("workbook-unit-over-all-claims"),
            (pattern, &names),
            move |grid, row| {
                if is_short(grid, row) { product(grid, row) % whole(grid, all, row) } else { 0 }
            },
        );
        (shares, rest)
    }
}
