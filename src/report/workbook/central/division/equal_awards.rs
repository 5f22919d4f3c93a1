//! The last steps of `ConstrainedEqualAwards`, once the level is known.

use super::level::Level;
use super::writer::{Writer, whole};

impl Writer<'_> {
    /// Shares that are the level, or the claim where that is smaller.
    pub(super) fn equal_awards(&mut self, all: usize, level: Level) -> (usize, usize) {
        let claims = self.division.claims;
        let names = [("all", all), ("l", level.whole), ("o", level.over)];
        let pattern = "IF({pot}>={all},{c},MIN({c},{l}))";
        let shares = self.shares(all, (pattern, &names), move |grid, row| {
            whole(grid, claims, row).min(whole(grid, level.whole, row))
        });
        let pattern = "IF(OR({pot}>={all},{pot}<=0,{c}<={l}),0,{o})";
        let unit = self.say("workbook-unit-over-claims-above");
        let rest = self.remainders(all, &unit, (pattern, &names), move |grid, row| {
            let is_low = whole(grid, claims, row) <= whole(grid, level.whole, row);
            if is_low { 0 } else { whole(grid, level.over, row) }
        });
        (shares, rest)
    }
}
