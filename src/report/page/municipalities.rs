//! The part of the mayors: what each municipality receives and pays under each policy, and that in
//! sentences. All of it is one table, of which a script shows the rows of one.

use super::grid::{Cell, Head, MOST_ROWS, rest};
use crate::analysis::explain::inhabitants;
use crate::analysis::{ALL, AwardRow, Findings, NetworkRow, Range, Summary, Verdict, VerdictRow};
use crate::language::Message;
use crate::model::Scenario;
use crate::report::wording::{self, range_of};
use crate::report::written::{NONE, Written};
use serde::Serialize;
use std::collections::BTreeMap;

/// Every municipality.
#[derive(Debug, Serialize)]
pub struct MayorsView {
    caption: String,
    heads: Vec<Head>,
    rows: Vec<MayorView>,
    /// What was left out, if anything.
    cut: String,
    says: String,
    /// How the whole letter is asked for.
    command: String,
    has_cost: bool,
}

/// One municipality.
#[derive(Debug, Serialize)]
struct MayorView {
    name: String,
    code: String,
    /// What its rows say.
    lines: Vec<String>,
    /// A row for each policy.
    policies: Vec<Vec<Cell>>,
}

/// What is known of a policy, by municipality.
struct Of<'a> {
    measures: BTreeMap<(&'a str, &'a str), &'a Summary>,
    points: BTreeMap<&'a str, f64>,
    verdicts: BTreeMap<&'a str, &'a VerdictRow>,
}

impl<'a> Of<'a> {
    fn new(findings: &'a Findings, policy: &str) -> Self {
        let last = findings.about.years.1;
        let of_all =
            |row: &&AwardRow| row.policy == policy && row.programme == ALL && row.year == last;
        let in_year = |row: &&NetworkRow| row.policy == policy && row.year == last;
        let held_against = |row: &&VerdictRow| {
            row.policy == policy && row.pot == "same" && row.programme == ALL && row.year.is_none()
        };
        let awards = findings.awards.iter().filter(of_all);
        let points = findings.network.iter().filter(in_year).filter_map(|row| {
            let open = row.open_points.iter().map(|tier| tier.range.mean);
            Some((&*row.municipality, open.sum::<Option<f64>>()?))
        });
        let verdicts = findings.verdicts.iter().filter(held_against);
        Self {
            measures: awards.map(|row| ((&*row.municipality, row.measure), &row.summary)).collect(),
            points: points.collect(),
            verdicts: verdicts.map(|row| (&*row.municipality, row)).collect(),
        }
    }

    fn range(&self, code: &str, measure: &str) -> Option<Range> {
        self.measures.get(&(code, measure)).map(|summary| range_of(summary))
    }
}

/// Every municipality in the last year; none where nothing is awarded.
pub fn municipalities(
    scenario: &Scenario,
    findings: &Findings,
    written: Written,
) -> Option<MayorsView> {
    let about = &findings.about;
    let policies: Vec<(&str, Of<'_>)> =
        about.policies.iter().map(|name| (name.as_str(), Of::new(findings, name))).collect();
    let table = &scenario.municipalities.table;
    let has_cost = findings.awards.iter().any(|row| row.measure == "own_share");
    let mut rows = Vec::new();
    let mut left_out = 0;
    for (index, (code, name)) in table.codes.iter().zip(&table.names).enumerate() {
        let code: &str = code;
        if !policies.iter().any(|(_, of)| of.range(code, "award").is_some()) {
            continue;
        }
        if rows.len() >= MOST_ROWS {
            left_out += 1;
            continue;
        }
        let people = inhabitants(scenario, index, about.years.1).filter(|people| *people > 0.0);
        let cells = policies.iter().map(|(policy, of)| {
            row(policy, of, (code, people), (has_cost, policies.len() > 1), written)
        });
        rows.push(MayorView {
            name: name.clone(),
            code: code.to_owned(),
            lines: lines(findings, &policies, code, written),
            policies: cells.collect(),
        });
    }
    let year = about.years.1;
    let caption =
        Message::new("page-mayors-caption").name("currency", &written.currency(&about.currency));
    (!rows.is_empty()).then(|| MayorsView {
        caption: written.words(&caption.year("year", year)),
        heads: heads(findings, has_cost, written),
        rows,
        cut: if left_out > 0 {
            rest(written, left_out * policies.len(), "awards.csv")
        } else {
            String::new()
        },
        says: written.words(&Message::new("page-mayors-says").year("year", year)),
        command: format!("dotacija explain --letter --municipality … --lang {}", written.0),
        has_cost,
    })
}

fn heads(findings: &Findings, has_cost: bool, written: Written) -> Vec<Head> {
    let mut heads = vec![Head::words(written.say("page-column-policy"))];
    let mut figures = |text: String| heads.push(Head::figures(text));
    figures(written.say("page-column-points"));
    if has_cost {
        figures(written.say("page-column-cost"));
    }
    figures(written.say("page-column-award"));
    figures(written.say("page-column-per-point"));
    if has_cost {
        figures(written.say("page-column-own-share"));
        figures(written.say("page-column-own-per-cent"));
        figures(written.say("page-column-own-per-head"));
    }
    if findings.about.policies.len() > 1 {
        let years = written.years(findings.about.years);
        figures(written.words(&Message::new("page-column-difference").name("years", &years)));
        heads.push(Head::words(written.say("page-column-receives")));
    }
    heads
}

fn row(
    policy: &str,
    of: &Of<'_>,
    (code, people): (&str, Option<f64>),
    (has_cost, compared): (bool, bool),
    written: Written,
) -> Vec<Cell> {
    let sum = |value| written.sum(value);
    let none = || Cell::new(NONE);
    let range =
        |measure: &str| of.range(code, measure).map_or_else(none, |range| Cell::of(&range, sum));
    let middle = |measure: &str| of.range(code, measure).and_then(|range| range.p50);
    let points = of.points.get(code).copied();
    let over = |part: Option<f64>, whole: Option<f64>| {
        part.zip(whole.filter(|whole| *whole > 0.0)).map(|(part, whole)| part / whole)
    };
    let mut cells = vec![Cell::new(policy)];
    cells.push(points.map_or_else(none, |open| Cell::new(written.number(open, 1))));
    if has_cost {
        cells.push(range("eligible_cost"));
    }
    cells.push(range("award"));
    cells.push(Cell::new(sum(over(middle("award"), points))));
    if has_cost {
        let own = middle("own_share");
        cells.push(range("own_share"));
        cells.push(Cell::new(written.percent(over(own, middle("eligible_cost")))));
        let a_head = over(own, people);
        cells.push(a_head.map_or_else(none, |sum| Cell::new(written.number(sum, 2))));
    }
    if compared {
        let found = of.verdicts.get(code);
        let difference = found.and_then(|found| found.difference_mean);
        cells.push(Cell::new(difference.map_or_else(String::new, |sum| written.signed(sum))));
        let said = found.map(|found| verdict(found.verdict, written));
        cells.push(Cell::new(said.unwrap_or_default()));
    }
    cells
}

/// The letter in short: what the baseline awards, and what each other policy changes.
fn lines(
    findings: &Findings,
    policies: &[(&str, Of<'_>)],
    code: &str,
    written: Written,
) -> Vec<String> {
    let about = &findings.about;
    let mut lines = Vec::new();
    let baseline = about.baseline.as_deref();
    let now = policies.iter().find(|(policy, _)| baseline.is_none_or(|of| of == *policy));
    if let Some((policy, of)) = now
        && let Some(award) = of.range(code, "award").and_then(|range| range.p50)
    {
        let own = of.range(code, "own_share").and_then(|range| range.p50);
        let cost = of.range(code, "eligible_cost").and_then(|range| range.p50);
        let said = |message: Message| {
            message.year("year", about.years.1).name("policy", policy).money(
                "award",
                award,
                &about.currency,
            )
        };
        lines.push(
            written.words(&match own.zip(cost.filter(|cost| *cost > 0.0)) {
                Some((own, cost)) => said(Message::new("page-mayor-own"))
                    .money("own", own, &about.currency)
                    .share("share", own / cost),
                None => said(Message::new("page-mayor-award")),
            }),
        );
    }
    for (policy, of) in policies {
        let Some(found) = of.verdicts.get(code) else { continue };
        let Some(difference) = found.difference_mean else { continue };
        let message = match found.verdict {
            Verdict::Unchanged => Message::new("page-mayor-same").name("policy", policy),
            Verdict::OnlyUnderOne => Message::new("page-mayor-only").name("policy", policy),
            of => {
                let message = if difference < 0.0 {
                    Message::new("page-mayor-less")
                } else {
                    Message::new("page-mayor-more")
                };
                message
                    .name("policy", policy)
                    .money("sum", difference.abs(), &about.currency)
                    .name("years", &written.years(about.years))
                    .name("verdict", &verdict(of, written))
            }
        };
        lines.push(written.words(&message));
    }
    lines
}

/// A verdict as a reader understands it.
pub fn verdict(verdict: Verdict, written: Written) -> String {
    written.words(&wording::verdict(verdict))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::language::Language;

    #[test]
    fn a_municipality_is_held_against_the_baseline() {
        let scenario = example();
        let view =
            municipalities(&scenario, &findings(&scenario), Written(Language::English)).unwrap();
        let texts = |name: &str, policy: usize| {
            let row = view.rows.iter().find(|row| row.name == name).unwrap();
            row.policies[policy].iter().map(|cell| cell.main.clone()).collect::<Vec<_>>()
        };
        // Bauska 2023: a point all year and one from July; 750 for running, 500 for the new one; cost
        // 1 800 and 1 000; over both years 107.14 + 150 less than today. 1 250 / 1.5 a point; its own
        // share 1 550 of 2 800.
        let bauska = texts("Bauska", 1);
        assert_eq!(bauska[..6], ["reform", "1.5", "2,800", "1,250", "833", "1,550"]);
        assert_eq!(bauska[6], "55\u{202f}%");
        assert_eq!(bauska[8..], ["−257", "less, in all draws"]);
        assert_eq!(texts("Aknīste", 1)[8..], ["+257", "more, in all draws"]);
        // The baseline is compared with nothing.
        assert_eq!(texts("Bauska", 0)[8..], ["", ""]);
        let said = &view.rows.iter().find(|row| row.name == "Bauska").unwrap().lines;
        assert!(said[1].contains("EUR\u{a0}257 less in 2022–2023"), "{said:?}");
    }
}
