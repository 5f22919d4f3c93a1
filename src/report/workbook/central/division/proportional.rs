//! The steps of `Proportional`.

use super::super::grid::Grid;
use super::writer::{Writer, whole};

impl Writer<'_> {
    /// Whole units of each share, and the remainder over the sum of all claims.
    pub(super) fn proportional(&mut self, all: usize) -> (usize, usize) {
        let (claims, pot) = (self.division.claims, self.division.pot);
        let product = move |grid: &Grid, row| whole(grid, claims, row) * whole(grid, pot, row);
        let names = [("all", all)];
        let pattern = "IF({pot}>={all},{c},IF({pot}<=0,0,INT({c}*{pot}/{all})))";
        let shares = self.shares(all, (pattern, &names), move |grid, row| {
            product(grid, row) / whole(grid, all, row)
        });
        let names = [("all", all), ("w", shares)];
        let pattern = "IF(OR({pot}>={all},{pot}<=0),0,{c}*{pot}-{w}*{all})";
        let unit = self.say("workbook-unit-over-all-claims");
        let rest = self.remainders(all, &unit, (pattern, &names), move |grid, row| {
            product(grid, row) % whole(grid, all, row)
        });
        (shares, rest)
    }
}
