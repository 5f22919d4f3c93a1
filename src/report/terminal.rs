//! What `run` says when it is done: the big numbers on a page of plain text, at most 100 columns wide.

use super::table::{Table, amount, grouped, percent, short};
use super::{open, sentences};
use crate::analysis::{ALL, BudgetRow, Findings, Headline, ObservedRow, Range, YearRange};
use crate::language::Language;
use crate::problem::codes;
use std::fmt::Write as _;
use std::path::Path;

/// At most so many columns.
const WIDTH: usize = 100;

/// What must be known about unmet claims where points wait for money.
const UNMET: &str = "unmet: claims above the pot in 90, 95 or 99 % of the draws, at the network that this \
    pot allows. Points open when they are funded: more money would open more points, whose claims \
    follow, and what waits claims again each year; so it is not the sum that would suffice.";

/// What to look at next, file by file.
const FILES: [(&str, &str); 9] = [
    ("report.html", "everything on one page, to open or mail"),
    ("budget.csv", "each programme and year: chance of shortfall, reserves"),
    ("reconciliation.csv", "each pot line by line: where every cent of it goes"),
    ("commitments.csv", "each year: what is paid, what later years are bound to"),
    ("verdicts.csv", "who receives more or less than under the baseline"),
    ("guarantees.csv", "each guarantee: what it costs, who gains and who pays"),
    ("awards.csv", "each municipality: due, granted, own share"),
    ("outcomes.csv", "nation, regions and tiers: points, load, cost, coverage, access"),
    ("network.csv", "each municipality: points by tier, load, staff"),
];

/// The big numbers of findings; `written` is the folder and its files, where the run was written.
pub fn summary(findings: &Findings, written: Option<(&Path, &[&str])>) -> String {
    let about = &findings.about;
    let mut text = format!("{}\n{}\n", about.title, caption(findings));
    words(&mut text, findings);
    let baseline = findings.headlines.iter().find(|headline| headline.is_baseline);
    if let Some(headline) = baseline {
        let title = format!("Year by year: {} (median, 80 % range)", short(&headline.policy));
        section(&mut text, &title, &years(headline, &findings.about.currency));
    }
    let mut title = format!("Policies, {}–{}", about.years.0, about.years.1);
    if let (Some(baseline), true) = (&about.baseline, about.policies.len() > 1) {
        let _ =
            write!(title, " (more, less, open: municipalities at the pot of {})", short(baseline));
    }
    section(&mut text, &title, &policies(findings));
    for headline in &findings.headlines {
        let title = format!(
            "Pots at risk in one year: {} (that of the largest unmet claims)",
            short(&headline.policy)
        );
        section(&mut text, &title, &pots(findings, &headline.policy));
    }
    for headline in &findings.headlines {
        let title = format!(
            "What guarantees give and take, {}–{}: {} (means over the draws)",
            about.years.0,
            about.years.1,
            short(&headline.policy)
        );
        section(&mut text, &title, &guarantees(findings, &headline.policy));
    }
    if findings.headlines.iter().any(|headline| headline.p_shortfall.is_some()) {
        text.push_str("\n[ ] around a chance: what so many draws leave open (95 %)\n");
    }
    if about.network_mode == Some("WhenFunded") {
        text.push('\n');
        wrap(&mut text, UNMET);
    }
    section(&mut text, "Seen, and simulated", &observed(findings));
    // What was doubtful before the run was told before it.
    let of_run = findings.warnings.iter().filter(|note| codes::is_of_run(note.code));
    for warning in of_run.filter(|note| !note.is_waived()) {
        text.push('\n');
        let (code, message) = (warning.code, &warning.message);
        let words = format!("warning[{code}]: {message}; {}", warning.help);
        // Names come from a scenario: what steers a terminal must not reach it.
        wrap(&mut text, &words.replace(char::is_control, " "));
    }
    let waived = findings.warnings.iter().filter(|note| note.is_waived()).count();
    if let Some(line) = waived_line(waived) {
        let _ = write!(text, "\n{line}\n");
    }
    if let Some((folder, files)) = written {
        let _ = write!(text, "\nWritten to {}\n", folder.display());
        let mut table = Table::default();
        let shown = || FILES.iter().filter(|(name, _)| files.contains(name));
        let width = shown().map(|(name, _)| name.len() + 2).fold(14, usize::max);
        for (name, what) in shown() {
            table.row([format!("{name:<width$}{what}")]);
        }
        text.push_str(&table.text());
    }
    text
}

/// What is found, in a few sentences.
fn words(text: &mut String, findings: &Findings) {
    let paragraphs = sentences::brief(findings);
    if !paragraphs.is_empty() {
        let _ = write!(text, "\n{}\n", sentences::heading().in_language(Language::English));
    }
    for paragraph in paragraphs {
        let subject = paragraph.subject(Language::English).map(|subject| format!("{subject}: "));
        let words = subject.unwrap_or_default() + &paragraph.lines(Language::English).join(" ");
        // Names come from a scenario: what steers a terminal must not reach it.
        wrap(text, &format!("- {words}").replace(char::is_control, " "));
    }
}

/// How many warnings the scenario waives; nothing where it waives none.
pub fn waived_line(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 warning waived (reason in the report)".to_owned()),
        _ => Some(format!("{count} warnings waived (reasons in the report)")),
    }
}

fn caption(findings: &Findings) -> String {
    let about = &findings.about;
    let draws = match about.draws {
        1 => "1 draw".to_owned(),
        draws => format!("{} draws", grouped(Some(draws as f64))),
    };
    let mut parts = vec![format!("{draws}, seed {}", about.seed)];
    if about.municipalities > 0 {
        parts.push(format!("{} municipalities", about.municipalities));
    }
    if about.points > 0 {
        parts.push(format!("{} points", about.points));
    }
    parts.extend(match about.network_mode {
        Some("WhenFunded") => Some("points open when funded".to_owned()),
        Some(_) => Some("points open when ready, whatever the policy pays".to_owned()),
        None => None,
    });
    parts.join(" · ")
}

fn section(text: &mut String, title: &str, table: &Table) {
    if !table.is_empty() {
        let _ = write!(text, "\n{title}\n{}", table.text());
    }
}

/// A figure and what the number of draws leaves open of it: `42 % [39–45]`.
fn with_open(figure: String, open: &str) -> String {
    if open.is_empty() { figure } else { format!("{figure} {open}") }
}

/// `median (least – most)`.
fn range(range: &Range, text: impl Fn(Option<f64>) -> String) -> [String; 2] {
    [text(range.p50), format!("{} – {}", text(range.p10), text(range.p90))]
}

fn years(headline: &Headline, currency: &str) -> Table {
    let paid = format!("paid, {currency}");
    let mut table = Table::new(&[
        "year",
        "planned",
        "open",
        "80 %",
        paid.as_str(),
        "80 %",
        "of cost",
        "within 10 km",
    ]);
    let of = |rows: &[YearRange], year: i32| {
        rows.iter().find(|row| row.year == year).map_or_else(Range::default, |row| row.range)
    };
    for paid in &headline.award {
        let points = headline.points_open.iter().find(|row| row.year == paid.year);
        let planned = points.map(|row| row.planned as f64);
        let open = points.map_or_else(Range::default, |row| row.simulated);
        let [open, open_range] = range(&open, grouped);
        let [award, award_range] = range(&paid.range, grouped);
        let coverage = of(&headline.coverage, paid.year).p50;
        let access = of(&headline.access_within_10_km, paid.year).p50;
        table.row([
            paid.year.to_string(),
            grouped(planned),
            open,
            open_range,
            award,
            award_range,
            percent(coverage),
            percent(access),
        ]);
    }
    table
}

fn policies(findings: &Findings) -> Table {
    let paid = format!("paid, {}", findings.about.currency);
    let mut table =
        Table::new(&["policy", &paid, "80 %", "more", "less", "open", "short", "unmet 95 %"]);
    for headline in findings.headlines.iter().filter(|headline| !headline.award.is_empty()) {
        let [paid, paid_range] = range(&headline.award_total, grouped);
        let count =
            |count: Option<usize>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
        table.row([
            short(&headline.policy),
            paid,
            paid_range,
            count(headline.same_pot.map(|counts| counts.clearly_more())),
            count(headline.same_pot.map(|counts| counts.clearly_less())),
            count(headline.same_pot.map(|counts| counts.undecided)),
            percent(headline.p_shortfall),
            grouped(headline.reserve95),
        ]);
    }
    table
}

fn pots(findings: &Findings, policy: &str) -> Table {
    let mut table = Table::new(&[
        "programme",
        "year",
        "appropriation",
        "shortfall",
        "unmet 90 %",
        "95 %",
        "99 %",
    ]);
    let of_policy = || findings.budget.iter().filter(|row| row.policy == policy);
    let names = findings.about.programmes.iter().map(String::as_str);
    for name in names.chain((findings.about.programmes.len() > 1).then_some(ALL)) {
        let rows = of_policy().filter(|row| row.programme == name && row.reserve95.is_some());
        let worst =
            rows.reduce(|worst, row| if row.reserve95 > worst.reserve95 { row } else { worst });
        if let Some(BudgetRow {
            year,
            appropriation,
            p_shortfall,
            p_shortfall_interval,
            reserve90,
            reserve95,
            reserve99,
            ..
        }) = worst
        {
            let money = [*appropriation].map(grouped);
            let reserves = [*reserve90, *reserve95, *reserve99].map(grouped);
            let cells = [short(name), year.to_string()].into_iter().chain(money);
            let open = open::of_chance(p_shortfall_interval, percent);
            let chance = with_open(percent(*p_shortfall), &open);
            table.row(cells.chain([chance]).chain(reserves));
        }
    }
    table
}

/// One row per guarantee of a policy, over all years.
fn guarantees(findings: &Findings, policy: &str) -> Table {
    let gained = format!("gained, {}", findings.about.currency);
    let mut table = Table::new(&[
        "programme",
        "guarantee",
        &gained,
        "given up",
        "more paid",
        "gain",
        "give up",
    ]);
    let rows = findings.guarantees.iter().filter(|row| row.policy == policy && row.year.is_none());
    for row in rows {
        let sums = [row.gained, row.given_up, row.cost].map(|effect| grouped(effect.mean));
        let counts = [row.gainers, row.payers].map(|effect| amount(effect.mean));
        let names = [short(&row.programme), short(&row.guarantee)];
        table.row(names.into_iter().chain(sums).chain(counts));
    }
    table
}

/// One row per observed value, and per policy where policies differ.
fn observed(findings: &Findings) -> Table {
    let mut table =
        Table::new(&["what", "when", "seen", "policy", "simulated", "90 %", "draws below", ""]);
    let mut before: Option<&ObservedRow> = None;
    for row in &findings.observed {
        let of_same = findings
            .observed
            .iter()
            .filter(|other| (other.what, &other.when) == (row.what, &row.when));
        let alone = of_same.clone().all(|other| other.simulated == row.simulated);
        let same = |other: &ObservedRow| {
            (other.what, &other.when, other.value, other.simulated)
                == (row.what, &row.when, row.value, row.simulated)
        };
        if before.is_some_and(same) {
            continue;
        }
        let verdict = match row.inside {
            Some(true) => "inside",
            Some(false) => "OUTSIDE",
            None => "not simulated",
        };
        table.row([
            row.what.to_owned(),
            row.when.clone(),
            amount(Some(row.value)),
            if alone { "all".to_owned() } else { short(&row.policy) },
            amount(row.simulated.p50),
            format!("{} – {}", amount(row.simulated.p05), amount(row.simulated.p95)),
            percent(row.share_below),
            verdict.to_owned(),
        ]);
        before = Some(row);
    }
    table
}

/// Breaks a text between words, so that no line is wider than a terminal.
fn wrap(text: &mut String, words: &str) {
    let mut column = 0;
    for word in words.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            text.push_str("\n  ");
            column = 2;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, example_with_rent, findings};
    use crate::model::{Common, Month, Observed, ObservedAt, Quantity};

    #[test]
    fn a_run_is_told_in_short_tables() {
        let mut scenario = example();
        scenario.observed.push(Observed {
            what: Quantity::OpenPoints,
            at: ObservedAt::FirstOf(Month::new(2023, 6)),
            value: 1.0,
            source: "newspaper".to_owned(),
        });
        scenario.run.draws = 1_000;
        let files = ["awards.csv", "budget.csv", "manifest.json"];
        let text = summary(&findings(&scenario), Some((Path::new("output/example"), &files)));
        // Figures as worked by hand in the tests of the findings.
        let expected = "\
Three municipalities
1 000 draws, seed 1 · 3 municipalities · 3 points · points open when ready, whatever the policy pays

In words
- Under every policy: At the end of 2023 all points planned by then (3) are open in every future
  simulated.
- “today”, the baseline: Awards to municipalities come to EUR\u{a0}4,000 in 2022–2023 together (the same
  in 80\u{a0}% of the futures, to the digits shown), and in 2023 alone to EUR\u{a0}2,000 (the same in 80\u{a0}% of
  the futures, to the digits shown). More is due than the appropriation allows, for at least one
  programme in at least one year, in every future simulated. For it to suffice in 90 of 100 futures,
  EUR\u{a0}2,500 more must be appropriated in 2022–2023 together.
- “reform”: At the appropriation of “today”, 1 municipality clearly receives more than under “today”
  in 2022–2023 together, and 1 municipality clearly less. 1 municipality receives the same to the
  cent in every future simulated. It costs the state the same as “today” on average in 2022–2023
  together.

Year by year: today (median, 80 % range)
  year  planned  open   80 %  paid, EUR           80 %  of cost  within 10 km
  2022        2     2  2 – 2      2 000  2 000 – 2 000     65 %             –
  2023        3     3  3 – 3      2 000  2 000 – 2 000     50 %             –

Policies, 2022–2023 (more, less, open: municipalities at the pot of today)
  policy  paid, EUR           80 %  more  less  open  short  unmet 95 %
  today       4 000  4 000 – 4 000     –     –     –  100 %       2 500
  reform      4 000  4 000 – 4 000     1     1     0  100 %       2 200

Pots at risk in one year: today (that of the largest unmet claims)
  programme    year  appropriation        shortfall  unmet 90 %   95 %   99 %
  investment   2022            500  100 % [>99–100]         200    200    200
  maintenance  2023          1 500  100 % [>99–100]       1 500  1 500  1 500
  all          2023          2 000  100 % [>99–100]       1 700  1 700  1 700

Pots at risk in one year: reform (that of the largest unmet claims)
  programme    year  appropriation        shortfall  unmet 90 %   95 %   99 %
  investment   2022            500  100 % [>99–100]         200    200    200
  maintenance  2022          1 500  100 % [>99–100]         900    900    900
  all          2022          2 000  100 % [>99–100]       1 100  1 100  1 100

[ ] around a chance: what so many draws leave open (95 %)

Seen, and simulated
  what            when  seen  policy  simulated   90 %  draws below
  open_points  2023-06     1     all          2  2 – 2          0 %  OUTSIDE

Written to output/example
  budget.csv    each programme and year: chance of shortfall, reserves
  awards.csv    each municipality: due, granted, own share
";
        assert_eq!(text, expected);
    }

    #[test]
    fn warnings_are_broken_between_words_and_nothing_is_wider_than_a_terminal() {
        let mut scenario = example_with_rent(Common { nation: 1.0, municipality: 0.0 });
        scenario.run.draws = 64;
        for policy in &mut scenario.policies {
            policy.name = format!("{} with a name that goes on and on and never ends", policy.name);
        }
        let mut findings = findings(&scenario);
        for headline in &mut findings.headlines {
            let millions = Some(12_345_678.0);
            headline.award_total =
                Range { p10: millions, p50: millions, p90: millions, ..Range::default() };
            headline.reserve95 = millions;
            for year in &mut headline.award {
                year.range = headline.award_total;
            }
        }
        let long = "maintenance of what was built before";
        findings.about.programmes = vec![long.to_owned()];
        for row in &mut findings.budget {
            let millions = Some(12_345_678.0);
            row.programme = long.to_owned();
            [row.reserve90, row.reserve95, row.reserve99] = [millions; 3];
        }
        let text = summary(&findings, None);
        assert!(text.contains(" [94–100] "), "{text}");
        assert!(text.contains("\nwarning[D0720]: 64 draws are too few"));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(!text.contains("Written"));
    }
}
