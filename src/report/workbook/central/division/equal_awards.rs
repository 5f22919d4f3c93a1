//! The last steps of `ConstrainedEqualAwards`, once the level is known.

use super::Division;
use super::level::Level;
use super::writer::{Writer, is_short, paid_or_nothing, whole};
use crate::language::Message;

impl Writer<'_> {
    /// Shares that are the level, or the claim where that is smaller.
    pub(super) fn equal_awards(&mut self, all: usize, level: Level) -> (usize, usize) {
        let Division { claims, pot, unit, .. } = *self.division;
        let names = [("all", all), ("l", level.whole), ("o", level.over)];
        let of = (claims, pot, all);
        let pattern = "IF({pot}>={all},{c},MIN({c},{l}))";
        let shares = self.column(
            Message::new("workbook-step-whole"),
            unit,
            (pattern, &names),
            move |grid, row| {
                if is_short(grid, of, row) {
                    whole(grid, claims, row).min(whole(grid, level.whole, row))
                } else {
                    paid_or_nothing(grid, of, row)
                }
            },
        );
        let pattern = "IF(OR({pot}>={all},{pot}<=0,{c}<={l}),0,{o})";
        let rest = self.column(
            Message::new("workbook-step-remainder"),
            &self.say("workbook-unit-over-claims-above"),
            (pattern, &names),
            move |grid, row| {
                let is_low = whole(grid, claims, row) <= whole(grid, level.whole, row);
                if is_short(grid, of, row) && !is_low { whole(grid, level.over, row) } else { 0 }
            },
        );
        (shares, rest)
    }
}
