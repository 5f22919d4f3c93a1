//! The division of a pot among claims, in whole units, step by step.
//!
//! Every step is a column with its formula and, as what it came to, the same worked out in whole numbers.
//! It does not decide anything: where it does not come to the awards of the run, the sheet shows those.

use super::grid::{Form, Grid, Group, Token, fill};
use crate::language::Message;

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

/// The height at which min(claim, height), summed, is an amount: `whole + over / above`.
#[derive(Clone, Copy, Debug)]
struct Level {
    covered: usize,
    whole: usize,
    over: usize,
}

struct Writer<'w> {
    grid: &'w mut Grid,
    division: &'w Division<'w>,
}

/// What is behind the header of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Nothing.
    Nothing,
    /// Of which class it is.
    Class(usize),
    /// That it is paid first.
    PaidFirst,
}

impl Behind {
    /// The class of claims of which there are several, or nothing.
    pub fn class(class: usize, numbered: bool) -> Self {
        if numbered { Self::Class(class) } else { Self::Nothing }
    }

    /// The header of a step.
    pub fn header(self, step: Message) -> Message {
        match self {
            Self::Nothing => step,
            Self::Class(class) => Message::new("workbook-step-of-class")
                .words("step", step)
                .name("class", &class.to_string()),
            Self::PaidFirst => Message::new("workbook-step-of-first").words("step", step),
        }
    }
}

impl Writer<'_> {
    fn say(&self, key: &'static str) -> String {
        self.grid.language.say(key)
    }

    fn column(
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

    /// The rows of the year of a row.
    fn year(grid: &Grid, row: usize) -> std::ops::Range<usize> {
        let rows = grid.rows_of_year.max(1);
        let first = row / rows * rows;
        first..first + rows
    }

    fn all(&mut self) -> usize {
        let Division { claims, unit, .. } = *self.division;
        self.column(
            Message::new("workbook-step-all-claims"),
            unit,
            ("SUM({cs})", &[]),
            |grid, row| Self::year(grid, row).map(|row| whole(grid, claims, row)).sum(),
        )
    }

    /// Whole units of each share, and the remainder over the sum of all claims.
    fn proportional(&mut self, all: usize) -> (usize, usize) {
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

    /// What the claims, cut to the level, add up to.
    fn amount(&mut self, steps: Steps, all: usize) -> usize {
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
    fn level(&mut self, amount: usize) -> Level {
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

    /// Shares that are the level, or the claim where that is smaller.
    fn equal_awards(&mut self, all: usize, level: Level) -> (usize, usize) {
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

    /// Claims less the level, or nothing.
    fn equal_losses(&mut self, all: usize, level: Level) -> (usize, usize) {
        let Division { claims, pot, unit, .. } = *self.division;
        let count = self.grid.rows_of_year as i128;
        let names = [("all", all), ("l", level.whole), ("o", level.over), ("n", level.covered)];
        let of = (claims, pot, all);
        let lost = move |grid: &Grid, row| {
            let (claim, loss) = (whole(grid, claims, row), whole(grid, level.whole, row));
            (claim - loss, whole(grid, level.over, row))
        };
        let pattern = "IF({pot}>={all},{c},IF(OR({pot}<=0,{c}<={l}),0,{c}-{l}-IF({o}>0,1,0)))";
        let shares = self.column(
            Message::new("workbook-step-whole"),
            unit,
            (pattern, &names),
            move |grid, row| {
                if !is_short(grid, of, row) {
                    return paid_or_nothing(grid, of, row);
                }
                let (kept, over) = lost(grid, row);
                if kept <= 0 { 0 } else { kept - i128::from(over > 0) }
            },
        );
        let pattern = format!(
            "IF(OR({{pot}}>={{all}},{{pot}}<=0,{{c}}<={{l}},{{o}}=0),0,{count}-{{n}}-{{o}})"
        );
        let rest = self.column(
            Message::new("workbook-step-remainder"),
            &self.say("workbook-unit-over-claims-above"),
            (&pattern, &names),
            move |grid, row| {
                let (kept, over) = lost(grid, row);
                let above = count - whole(grid, level.covered, row);
                if is_short(grid, of, row) && kept > 0 && over > 0 { above - over } else { 0 }
            },
        );
        (shares, rest)
    }

    /// In half units: up to half of all claims the level, beyond it twice the claim less the level.
    fn talmud(&mut self, all: usize, level: Level) -> (usize, usize) {
        let Division { claims, pot, unit, .. } = *self.division;
        let count = self.grid.rows_of_year as i128;
        let of = (claims, pot, all);
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
        let shares = self.column(
            Message::new("workbook-step-whole"),
            unit,
            (pattern, &names),
            move |grid, row| {
                if is_short(grid, of, row) {
                    whole(grid, half, row) / 2
                } else {
                    paid_or_nothing(grid, of, row)
                }
            },
        );
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
        let rest = self.column(
            Message::new("workbook-step-remainder"),
            &self.say("workbook-unit-over-twice"),
            (&pattern, &names),
            move |grid, row| {
                if !is_short(grid, of, row) {
                    return 0;
                }
                let over = over(grid, row);
                let part = if !is_low_side(grid, row) && over > 0 {
                    above(grid, row) - over
                } else {
                    over
                };
                whole(grid, half, row) % 2 * above(grid, row) + part
            },
        );
        (shares, rest)
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

fn whole(grid: &Grid, column: usize, row: usize) -> i128 {
    grid.value(column, row) as i128
}

fn is_short(grid: &Grid, (_, pot, all): (usize, usize, usize), row: usize) -> bool {
    let (pot, all) = (whole(grid, pot, row), whole(grid, all, row));
    pot > 0 && pot < all
}

/// What is paid where nothing has to be divided: all of the claim, or nothing of an empty pot.
fn paid_or_nothing(grid: &Grid, (claims, pot, all): (usize, usize, usize), row: usize) -> i128 {
    if whole(grid, pot, row) >= whole(grid, all, row) { whole(grid, claims, row) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::{Demand, Settlement, Terms, Workspace, rationing, settle};
    use crate::language::Language;
    use crate::numeric::LANES;
    use crate::report::workbook::central::grid::{Column, Content};
    use proptest::prelude::*;

    /// The awards of one year by the columns.
    fn awarded(steps: Steps, pot: i64, claims: &[i64]) -> Vec<i64> {
        let column = |of: &dyn Fn(usize) -> f64| Column {
            group: Group::Step,
            header: String::new(),
            unit: String::new(),
            form: Form::Whole,
            is_held: false,
            cells: (0..claims.len()).map(|row| Content::Number(of(row))).collect(),
        };
        let mut grid = Grid {
            language: Language::English,
            pots: String::new(),
            first_row: 0,
            rows_of_year: claims.len(),
            years: 1,
            first_pot: 0,
            columns: vec![
                column(&|row| row as f64 + 1.0),
                column(&|row| claims[row] as f64),
                column(&|_| pot as f64),
            ],
            closing: [None, None],
            positions: Vec::new(),
        };
        let division = Division {
            steps,
            claims: 1,
            pot: 2,
            behind: Behind::Nothing,
            unit: "cents",
            number: 0,
        };
        let award = write(&mut grid, &division);
        grid.values(award).into_iter().map(|award| award as i64).collect()
    }

    const RULES: [&str; 4] =
        ["Proportional", "ConstrainedEqualAwards", "ConstrainedEqualLosses", "Talmud"];

    fn settled(name: &str, pot: i64, claims: &[i64]) -> Vec<i64> {
        let rule = rationing::by_name(name).unwrap();
        let claims: Vec<[i64; LANES]> = claims.iter().map(|claim| [*claim; LANES]).collect();
        let mut settlement = Settlement::default();
        let demand = Demand::of_claims(&claims);
        settle(
            &Terms::of_rule(rule),
            Some(&[pot; LANES]),
            &demand,
            &mut Workspace::new(),
            &mut settlement,
        );
        settlement.awards.iter().map(|award| award[0]).collect()
    }

    #[test]
    fn the_estates_of_the_talmud_come_out() {
        // Aumann and Maschler (1985): claims 100, 200, 300 and estates of 100, 200, 300.
        assert_eq!(awarded(Steps::Talmud, 100, &[100, 200, 300]), [33, 33, 34]);
        assert_eq!(awarded(Steps::Talmud, 200, &[100, 200, 300]), [50, 75, 75]);
        assert_eq!(awarded(Steps::Talmud, 300, &[100, 200, 300]), [50, 100, 150]);
    }

    proptest! {
        #[test]
        fn the_steps_come_to_what_is_settled(
            claims in prop::collection::vec(prop_oneof![0_i64..12, 0_i64..100_000], 1..12),
            share in 0.0..1.1_f64,
        ) {
            let pot = (claims.iter().sum::<i64>() as f64 * share) as i64;
            for name in RULES {
                let steps = Steps::of(name).unwrap();
                prop_assert_eq!(awarded(steps, pot, &claims), settled(name, pot, &claims), "{}", name);
            }
        }
    }
}
