//! The level that shares an amount: the same sum, or the same loss, for everyone whose claim is above it.

use super::super::grid::Grid;
use super::writer::{Writer, whole};
use super::{Division, Steps};
use crate::language::Message;

/// The height at which min(claim, height), summed, is an amount: `whole + over / above`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
    pub(super) covered: usize,
    pub(super) whole: usize,
    pub(super) over: usize,
}

impl Writer<'_> {
    /// What the claims, cut to the level, add up to.
    pub(super) fn amount(&mut self, steps: Steps, all: usize) -> usize {
        let Division { pot, unit, .. } = *self.division;
        let (header, pattern) = match steps {
            Steps::EqualLosses => (Message::new("workbook-step-missing"), "MAX(0,{all}-{pot})"),
            Steps::Talmud => {
                (Message::new("workbook-step-smaller-side"), "MAX(0,2*MIN({pot},{all}-{pot}))")
            }
            _ => (Message::new("workbook-step-to-share"), "MAX(0,MIN({pot},{all}))"),
        };
        self.column(header, unit, (pattern, &[("all", all)]), move |grid, row| {
            let (pot, all) = (whole(grid, pot, row), whole(grid, all, row));
            let amount = match steps {
                Steps::EqualLosses => all - pot,
                Steps::Talmud => 2 * pot.min(all - pot),
                _ => pot.min(all),
            };
            amount.max(0)
        })
    }

    /// The claims from the smallest, what they add up to, and the level that shares the amount.
    pub(super) fn level(&mut self, amount: usize) -> Level {
        let Division { claims, unit, number, .. } = *self.division;
        let count = self.grid.rows_of_year as i128;
        let sorted = self.column(
            Message::new("workbook-step-sorted"),
            unit,
            ("SMALL({cs},{no})", &[]),
            |grid, row| {
                let mut sorted: Vec<i128> =
                    Self::year(grid, row).map(|row| whole(grid, claims, row)).collect();
                sorted.sort_unstable();
                let place = whole(grid, number, row) as usize;
                place.checked_sub(1).and_then(|place| sorted.get(place)).copied().unwrap_or(0)
            },
        );
        let names = [("s", sorted)];
        let summed = self.column(
            Message::new("workbook-step-added-up"),
            unit,
            ("SUM({s…})", &names),
            move |grid, row| {
                (Self::year(grid, row).start..=row).map(|row| whole(grid, sorted, row)).sum()
            },
        );
        let names = [("s", sorted), ("sum", summed)];
        let pattern = format!("{{sum}}+({count}-{{no}})*{{s}}");
        let filled = self.column(
            Message::new("workbook-step-filled"),
            unit,
            (&pattern, &names),
            move |grid, row| {
                let above = count - whole(grid, number, row);
                whole(grid, summed, row) + above * whole(grid, sorted, row)
            },
        );
        let names = [("f", filled), ("a", amount)];
        let pattern = "SUMPRODUCT(({fs}<{a})*1)";
        let covered = self.column(
            Message::new("workbook-step-claims-below"),
            &self.say("workbook-unit-claims"),
            (pattern, &names),
            move |grid, row| {
                let amount = whole(grid, amount, row);
                Self::year(grid, row).filter(|row| whole(grid, filled, *row) < amount).count()
                    as i128
            },
        );
        let low = move |grid: &Grid, row: usize| {
            let covered = whole(grid, covered, row) as usize;
            let first = Self::year(grid, row).start;
            if covered == 0 { 0 } else { whole(grid, summed, first + covered - 1) }
        };
        let above = move |grid: &Grid, row: usize| (count - whole(grid, covered, row)).max(1);
        let below = "IF({n}=0,0,INDEX({sums},MAX(1,{n})))";
        let names = [("a", amount), ("n", covered), ("sum", summed)];
        let pattern = format!("INT(({{a}}-{below})/({count}-{{n}}))");
        let level = self.column(
            Message::new("workbook-step-level"),
            unit,
            (&pattern, &names),
            move |grid, row| (whole(grid, amount, row) - low(grid, row)) / above(grid, row),
        );
        let names = [("a", amount), ("n", covered), ("sum", summed), ("w", level)];
        let pattern = format!("{{a}}-{below}-{{w}}*({count}-{{n}})");
        let over = self.column(
            Message::new("workbook-step-left-of-it"),
            unit,
            (&pattern, &names),
            move |grid, row| (whole(grid, amount, row) - low(grid, row)) % above(grid, row),
        );
        Level { covered, whole: level, over }
    }
}
