//! The division of a pot among claims, in whole units, step by step.
//!
//! Every step is a column with its formula and, as what it came to, the same worked out in whole numbers.
//! It does not decide anything: where it does not come to the awards of the run, the sheet shows those.

mod behind;
mod equal_awards;
mod equal_losses;
mod level;
mod proportional;
mod talmud;
#[cfg(test)]
mod tests;
mod writer;

use self::writer::{Writer, whole};
use super::grid::Grid;
use crate::language::Message;

pub use self::behind::Behind;

/// A rule whose steps can be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    /// The same share of every claim.
    Proportional,
    /// The same sum for everyone, at most the claim.
    EqualAwards,
    /// The same loss for everyone, at most the claim.
    EqualLosses,
    /// Half of every claim is the watershed.
    Talmud,
}

impl Steps {
    /// The steps of a rule by its name; none where they are not written down.
    pub fn of(rule: &str) -> Option<Self> {
        match rule {
            "Proportional" => Some(Self::Proportional),
            "ConstrainedEqualAwards" => Some(Self::EqualAwards),
            "ConstrainedEqualLosses" => Some(Self::EqualLosses),
            "Talmud" => Some(Self::Talmud),
            _ => None,
        }
    }
}

/// One division: columns of claims and of what there is, the same in all rows of a year, in units.
#[derive(Clone, Copy, Debug)]
pub struct Division<'d> {
    /// The rule.
    pub steps: Steps,
    /// The claims.
    pub claims: usize,
    /// What there is.
    pub pot: usize,
    /// What is behind every header.
    pub behind: Behind,
    /// The name of a unit.
    pub unit: &'d str,
    /// The column of the municipality's number within the year.
    pub number: usize,
}

/// Writes a division; returns the column of the awards.
pub fn write(grid: &mut Grid, division: &Division<'_>) -> usize {
    let mut writer = Writer { grid, division };
    let all = writer.all();
    let (whole, rest) = match division.steps {
        Steps::Proportional => writer.proportional(all),
        steps => {
            let amount = writer.amount(steps, all);
            let level = writer.level(amount);
            match steps {
                Steps::EqualLosses => writer.equal_losses(all, level),
                Steps::Talmud => writer.talmud(all, level),
                Steps::EqualAwards | Steps::Proportional => writer.equal_awards(all, level),
            }
        }
    };
    writer.award(all, whole, rest)
}

impl Writer<'_> {
    fn all(&mut self) -> usize {
        let Division { claims, unit, .. } = *self.division;
        self.column(
            Message::new("workbook-step-all-claims"),
            unit,
            ("SUM({cs})", &[]),
            |grid, row| Self::year(grid, row).map(|row| whole(grid, claims, row)).sum(),
        )
    }

    /// The units left go to the largest remainders; ties to the larger claim, then to the smaller code.
    fn award(&mut self, all: usize, shares: usize, rest: usize) -> usize {
        let Division { claims, pot, unit, number, .. } = *self.division;
        let names = [("r", rest)];
        let pattern =
            "1+SUMPRODUCT(({rs}>{r})+({rs}={r})*({cs}>{c})+({rs}={r})*({cs}={c})*({nos}<{no}))";
        let key = move |grid: &Grid, row| {
            let [rest, claim, number] =
                [rest, claims, number].map(|column| whole(grid, column, row));
            (rest, claim, -number)
        };
        let place = self.column(
            Message::new("workbook-step-place"),
            &self.say("workbook-unit-by-remainder"),
            (pattern, &names),
            move |grid, row| {
                let own = key(grid, row);
                1 + Self::year(grid, row).filter(|other| key(grid, *other) > own).count() as i128
            },
        );
        let names = [("all", all), ("w", shares), ("p", place)];
        let pattern = "{w}+IF({p}<=MAX(0,MIN({pot},{all}))-SUM({ws}),1,0)";
        self.column(
            Message::new("workbook-step-awarded"),
            unit,
            (pattern, &names),
            move |grid, row| {
                let (there, all) = (whole(grid, pot, row), whole(grid, all, row));
                let paid: i128 = Self::year(grid, row).map(|row| whole(grid, shares, row)).sum();
                let left = there.min(all).max(0) - paid;
                whole(grid, shares, row) + i128::from(whole(grid, place, row) <= left)
            },
        )
    }
}
