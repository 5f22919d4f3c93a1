//! The last steps of `Talmud`, once the level is known.

use super::super::grid::Grid;
use super::level::Level;
use super::writer::{Writer, whole};
use crate::language::Message;

impl Writer<'_> {
    /// In half units: up to half of all claims the level, beyond it twice the claim less the level.
    pub(super) fn talmud(&mut self, all: usize, level: Level) -> (usize, usize) {
        let (claims, pot) = (self.division.claims, self.division.pot);
        let count = self.grid.rows_of_year as i128;
        let above = move |grid: &Grid, row| count - whole(grid, level.covered, row);
        // What is over the level counts where the claim is above it.
        let over = move |grid: &Grid, row| {
            let is_low = whole(grid, claims, row) <= whole(grid, level.whole, row);
            if is_low { 0 } else { whole(grid, level.over, row) }
        };
        let is_low_side = move |grid: &Grid, row| {
            let (pot, all) = (whole(grid, pot, row), whole(grid, all, row));
            pot <= all - pot
        };
        let halves = move |grid: &Grid, row| {
            let claim = whole(grid, claims, row);
            let least = claim.min(whole(grid, level.whole, row));
            if is_low_side(grid, row) {
                least
            } else {
                2 * claim - least - i128::from(over(grid, row) > 0)
            }
        };
        let names = [("all", all), ("l", level.whole), ("o", level.over), ("n", level.covered)];
        let pattern =
            "IF({pot}<={all}-{pot},MIN({c},{l}),2*{c}-MIN({c},{l})-IF(AND({c}>{l},{o}>0),1,0))";
        let half = self.column(
            Message::new("workbook-step-in-halves"),
            &self.say("workbook-unit-half-units"),
            (pattern, &names),
            halves,
        );
        let names = [("all", all), ("h", half)];
        let pattern = "IF({pot}>={all},{c},IF({pot}<=0,0,INT({h}/2)))";
        let shares =
            self.shares(all, (pattern, &names), move |grid, row| whole(grid, half, row) / 2);
        let names = [
            ("all", all),
            ("h", half),
            ("l", level.whole),
            ("o", level.over),
            ("n", level.covered),
        ];
        let pattern = format!(
            "IF(OR({{pot}}>={{all}},{{pot}}<=0),0,({{h}}-2*INT({{h}}/2))*({count}-{{n}})+IF({{c}}<={{l}},0,IF(AND({{pot}}>{{all}}-{{pot}},{{o}}>0),{count}-{{n}}-{{o}},{{o}})))"
        );
        let unit = self.say("workbook-unit-over-twice");
        let rest = self.remainders(all, &unit, (&pattern, &names), move |grid, row| {
            let over = over(grid, row);
            let part =
                if !is_low_side(grid, row) && over > 0 { above(grid, row) - over } else { over };
            whole(grid, half, row) % 2 * above(grid, row) + part
        });
        (shares, rest)
    }
}
