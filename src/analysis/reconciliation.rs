//! What becomes of an appropriation, line by line, in figures that add up as they are printed.

use super::ALL;
use crate::engine::{BookSums, Prepared, Tally, median_books};
use crate::model::{Rule, Scenario, Unspent};
use serde::Serialize;

/// On which side of the books a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Where money comes from. The sources of a programme and year are together what its uses are.
    Source,
    /// What becomes of it.
    Use,
    /// A sum of other lines, or what is not paid.
    Memo,
}

impl Side {
    /// Its name in `reconciliation.csv`.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Use => "use",
            Self::Memo => "memo",
        }
    }
}

/// One line of the books, cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReconciliationRow {
    /// The policy, at its own pots.
    pub policy: String,
    /// The programme, or `all`.
    pub programme: String,
    /// The year.
    pub year: i32,
    /// Where the line stands.
    pub side: Side,
    /// What it is: `appropriation`, `top_slice`, `awarded` …
    pub line: &'static str,
    /// Which of several: the top slice, or what is claimed; else empty.
    pub name: String,
    /// The mean over the draws, cents, rounded so that the lines add up.
    pub mean: i64,
    /// On the median path, cents.
    pub central: Option<i64>,
}

/// Rows by policy, year and programme, `all` behind the programmes.
pub fn rows(prepared: &Prepared<'_>, tally: &Tally) -> Vec<ReconciliationRow> {
    let scenario = prepared.scenario;
    let central = median_books(prepared).ok();
    let mut rows = Vec::new();
    for policy in 0..scenario.policies.len() {
        for (year, calendar) in scenario.years.iter().enumerate() {
            let mut of_all: Vec<Line> = Vec::new();
            let mut add = |programme: &str, lines: Vec<Line>| {
                rows.extend(lines.into_iter().map(|line| ReconciliationRow {
                    policy: scenario.policies[policy].name.clone(),
                    programme: programme.to_owned(),
                    year: calendar,
                    side: line.side,
                    line: line.kind,
                    name: line.name,
                    mean: line.mean,
                    central: line.central,
                }));
            };
            for (programme, known) in scenario.programmes.iter().enumerate() {
                let Some(mean) = tally.reconciliation.of(policy, programme, year) else { continue };
                let draws = tally.reconciliation.draws;
                let central = central.and_then(|all| all.of(policy, programme, year));
                let names = names(scenario, policy, programme);
                let lines = lines(&names, (mean, draws), central);
                merge(&mut of_all, &lines);
                add(&known.name, lines);
            }
            if !of_all.is_empty() {
                add(ALL, of_all);
            }
        }
    }
    rows
}

/// A line of a programme.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    side: Side,
    kind: &'static str,
    name: String,
    mean: i64,
    central: Option<i64>,
}

/// What the lines of a programme are called.
struct Names {
    top_slices: Vec<String>,
    parts: Vec<(&'static str, String)>,
    unspent: &'static str,
}

fn names(scenario: &Scenario, policy: usize, programme: usize) -> Names {
    let chosen = &scenario.policies[policy];
    let pot = &chosen.pots[programme];
    Names {
        top_slices: pot.top_slice.iter().map(|slice| slice.name.clone()).collect(),
        parts: chosen.rules[programme].as_ref().map(parts).unwrap_or_default(),
        unspent: match pot.unspent {
            Unspent::Lapses => "lapses",
            Unspent::Carries => "carried_on",
            Unspent::Reoffered => "lapses_after_offering",
        },
    }
}

/// What a rule pays first, if anything, then its classes by the lines that they claim.
fn parts(rule: &Rule) -> Vec<(&'static str, String)> {
    let protected: Vec<&str> = rule
        .guarantees
        .iter()
        .filter(|guarantee| guarantee.protected)
        .map(|guarantee| guarantee.name.as_str())
        .collect();
    let first = (!protected.is_empty()).then(|| ("paid_first", protected.join(" + ")));
    let mut classes: Vec<u32> = rule.claims.iter().map(|claim| claim.class).collect();
    classes.sort_unstable();
    classes.dedup();
    let claimed = |class: u32| {
        let of_class = rule.claims.iter().filter(|claim| claim.class == class);
        let lines = of_class.filter_map(|claim| rule.lines.get(claim.line));
        lines.map(|line| line.name.as_str()).collect::<Vec<_>>().join(" + ")
    };
    first.into_iter().chain(classes.into_iter().map(|class| ("awarded", claimed(class)))).collect()
}

/// Means of the lines of one programme and year.
struct Printed {
    appropriation: i64,
    carried_in: i64,
    top_slices: Vec<i64>,
    parts: Vec<i64>,
    unspent: i64,
    shortfall: i64,
}

/// Sources and uses are rounded to the same total, each by largest remainders.
fn printed(sums: &BookSums, draws: u64) -> Printed {
    let sources = together(&[sums.appropriation, sums.carried_in], draws);
    let uses: Vec<i128> =
        sums.top_slices.iter().chain(&sums.parts).chain([&sums.unspent]).copied().collect();
    let mut uses = together(&uses, draws);
    let unspent = uses.pop().unwrap_or(0);
    let parts = uses.split_off(sums.top_slices.len().min(uses.len()));
    Printed {
        appropriation: sources[0],
        carried_in: sources[1],
        top_slices: uses,
        parts,
        unspent,
        shortfall: half_up(sums.shortfall, draws),
    }
}

/// Sums over so many draws as means that add up to the mean of their sum: each is rounded down, and what
/// is missing goes, a cent each, to the largest remainders, the first of equal ones.
fn together(sums: &[i128], draws: u64) -> Vec<i64> {
    let draws_wide = i128::from(draws.max(1));
    let total = half_up(sums.iter().sum(), draws);
    let mut means: Vec<i64> = sums.iter().map(|sum| sum.div_euclid(draws_wide) as i64).collect();
    let missing = total - means.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(sums[index].rem_euclid(draws_wide)));
    for &index in order.iter().take(usize::try_from(missing).unwrap_or(0)) {
        means[index] += 1;
    }
    means
}

fn half_up(sum: i128, draws: u64) -> i64 {
    let draws = i128::from(draws.max(1));
    (2 * sum + draws).div_euclid(2 * draws) as i64
}

fn lines(names: &Names, (mean, draws): (&BookSums, u64), central: Option<&BookSums>) -> Vec<Line> {
    let mean = printed(mean, draws);
    let central = central.map(|sums| printed(sums, 1));
    let mut lines = Vec::new();
    let mut add = |side: Side, kind: &'static str, name: &str, of: &dyn Fn(&Printed) -> i64| {
        lines.push(Line {
            side,
            kind,
            name: name.to_owned(),
            mean: of(&mean),
            central: central.as_ref().map(of),
        });
    };
    let at = |list: &[i64], index: usize| list.get(index).copied().unwrap_or(0);
    let sliced = |of: &Printed| of.top_slices.iter().sum::<i64>();
    let awarded = |of: &Printed| of.parts.iter().sum::<i64>();
    add(Side::Source, "appropriation", "", &|of| of.appropriation);
    add(Side::Source, "carried_in", "", &|of| of.carried_in);
    for (index, name) in names.top_slices.iter().enumerate() {
        add(Side::Use, "top_slice", name, &|of| at(&of.top_slices, index));
    }
    add(Side::Memo, "available", "", &|of| of.appropriation + of.carried_in - sliced(of));
    for (index, (line, name)) in names.parts.iter().enumerate() {
        add(Side::Use, line, name, &|of| at(&of.parts, index));
    }
    add(Side::Use, names.unspent, "", &|of| of.unspent);
    add(Side::Memo, "award", "", &awarded);
    add(Side::Memo, "shortfall", "", &|of| of.shortfall);
    add(Side::Memo, "entitlement", "", &|of| awarded(of) + of.shortfall);
    lines
}

/// In the books of all: what awards are for differs between programmes, so that they are one line.
fn kind(line: &Line) -> &'static str {
    if line.kind == "paid_first" { "awarded" } else { line.kind }
}

/// The order of lines in the books of all programmes together.
const OF_ALL: [&str; 11] = [
    "appropriation",
    "carried_in",
    "top_slice",
    "available",
    "awarded",
    "carried_on",
    "lapses",
    "lapses_after_offering",
    "award",
    "shortfall",
    "entitlement",
];

/// Adds the lines of a programme to those of all.
fn merge(of_all: &mut Vec<Line>, lines: &[Line]) {
    for line in lines {
        let known = of_all.iter_mut().find(|known| known.kind == kind(line));
        if let Some(known) = known {
            // Claims of one programme are numbers of cents; those of several may be beyond what fits.
            known.mean = known.mean.saturating_add(line.mean);
            let central = known.central.zip(line.central);
            known.central = central.map(|(all, one)| all.saturating_add(one));
        } else {
            of_all.push(Line { kind: kind(line), name: String::new(), ..line.clone() });
        }
    }
    of_all.sort_by_key(|line| OF_ALL.iter().position(|known| *known == line.kind));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};

    #[test]
    fn rounded_means_add_up_to_the_rounded_mean_of_their_sum() {
        // Over three draws: 100/3 = 33.33, 101/3 = 33.67, 102/3 = 34, together 303/3 = 101: the missing
        // cent goes to 33.67.
        assert_eq!(together(&[100, 101, 102], 3), [33, 34, 34]);
        // 1/3 + 1/3 is 0.67, so 1: the first of equal remainders.
        assert_eq!(together(&[1, 1], 3), [1, 0]);
        // 1/3 alone is 0; a half rounds up.
        assert_eq!((together(&[1], 3), together(&[1], 2)), (vec![0], vec![1]));
        assert_eq!(together(&[], 3), Vec::<i64>::new());
    }

    #[test]
    fn the_books_of_the_example_are_those_of_the_hand() {
        // 2022: investment 700 due of 500, maintenance 2 100 of 1 500; all of it is paid.
        let rows = findings(&example()).reconciliation;
        let of = |programme: &str| -> Vec<(&str, i64)> {
            rows.iter()
                .filter(|row| {
                    (row.policy.as_str(), row.programme.as_str(), row.year)
                        == ("today", programme, 2022)
                })
                .map(|row| {
                    assert_eq!(row.central, Some(row.mean), "nothing is uncertain");
                    (row.line, row.mean)
                })
                .collect()
        };
        let expected = |pot: i64, due: i64| {
            vec![
                ("appropriation", pot),
                ("carried_in", 0),
                ("available", pot),
                ("awarded", pot),
                ("lapses", 0),
                ("award", pot),
                ("shortfall", due - pot),
                ("entitlement", due),
            ]
        };
        assert_eq!(of("investment"), expected(50_000, 70_000));
        assert_eq!(of("maintenance"), expected(150_000, 210_000));
        assert_eq!(of(ALL), expected(200_000, 280_000));
    }
}
