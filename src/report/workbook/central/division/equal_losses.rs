//! The last steps of `ConstrainedEqualLosses`, once the level is known.

use super::super::grid::Grid;
use super::level::Level;
use super::writer::{Writer, whole};

impl Writer<'_> {
    /// Claims less the level, or nothing.
    pub(super) fn equal_losses(&mut self, all: usize, level: Level) -> (usize, usize) {
        let claims = self.division.claims;
        let count = self.grid.rows_of_year as i128;
        let names = [("all", all), ("l", level.whole), ("o", level.over), ("n", level.covered)];
        let lost = move |grid: &Grid, row| {
            let (claim, loss) = (whole(grid, claims, row), whole(grid, level.whole, row));
            (claim - loss, whole(grid, level.over, row))
        };
        let pattern = "IF({pot}>={all},{c},IF(OR({pot}<=0,{c}<={l}),0,{c}-{l}-IF({o}>0,1,0)))";
        let shares = self.shares(all, (pattern, &names), move |grid, row| {
            let (kept, over) = lost(grid, row);
            if kept <= 0 { 0 } else { kept - i128::from(over > 0) }
        });
        let pattern = format!(
            "IF(OR({{pot}}>={{all}},{{pot}}<=0,{{c}}<={{l}},{{o}}=0),0,{count}-{{n}}-{{o}})"
        );
        let unit = self.say("workbook-unit-over-claims-above");
        let rest = self.remainders(all, &unit, (&pattern, &names), move |grid, row| {
            let (kept, over) = lost(grid, row);
            let above = count - whole(grid, level.covered, row);
            if kept > 0 && over > 0 { above - over } else { 0 }
        });
        (shares, rest)
    }
}
