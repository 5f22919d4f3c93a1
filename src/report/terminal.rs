//! What `run` says when it is done: the big numbers on a page of plain text, at most 100 columns wide.

use super::page::quantity;
use super::sentences;
use super::table::{Table, short};
use super::written::{NONE, Written};
use crate::analysis::{ALL, BudgetRow, Findings, Headline, ObservedRow, Range, YearRange};
use crate::language::{Language, Message};
use crate::problem::codes;
use std::fmt::Write as _;
use std::path::Path;

/// At most so many columns.
const WIDTH: usize = 100;

/// What to look at next, file by file.
fn files() -> [(&'static str, Message); 11] {
    [
        ("report.html", Message::new("terminal-file-report")),
        ("workbook.xlsx", Message::new("terminal-file-workbook")),
        ("budget.csv", Message::new("terminal-file-budget")),
        ("reconciliation.csv", Message::new("terminal-file-reconciliation")),
        ("commitments.csv", Message::new("terminal-file-commitments")),
        ("verdicts.csv", Message::new("terminal-file-verdicts")),
        ("guarantees.csv", Message::new("terminal-file-guarantees")),
        ("awards.csv", Message::new("terminal-file-awards")),
        ("outcomes.csv", Message::new("terminal-file-outcomes")),
        ("network.csv", Message::new("terminal-file-network")),
        ("draws.parquet", Message::new("terminal-file-draws")),
    ]
}

/// The big numbers of findings in a language; `folder` and its files, where the run was written.
pub fn summary(
    findings: &Findings,
    folder: Option<(&Path, &[&str])>,
    language: Language,
) -> String {
    let written = Written(language);
    let about = &findings.about;
    let years = written.years(about.years);
    let mut text = format!("{}\n", about.title);
    wrap(&mut text, &caption(findings, written));
    words(&mut text, findings, written);
    let of_policy =
        |message: Message, policy: &str| written.words(&message.name("policy", &short(policy)));
    let baseline = findings.headlines.iter().find(|headline| headline.is_baseline);
    if let Some(headline) = baseline {
        let title = of_policy(Message::new("terminal-years"), &headline.policy);
        section(&mut text, &title, &by_year(headline, &about.currency, written));
    }
    let title = match &about.baseline {
        Some(baseline) if about.policies.len() > 1 => {
            Message::new("terminal-policies-against").name("baseline", &short(baseline))
        }
        _ => Message::new("terminal-policies"),
    };
    section(&mut text, &written.words(&title.name("years", &years)), &policies(findings, written));
    for headline in &findings.headlines {
        let title = of_policy(Message::new("terminal-pots"), &headline.policy);
        section(&mut text, &title, &pots(findings, &headline.policy, written));
    }
    for headline in &findings.headlines {
        let title = Message::new("terminal-guarantees").name("years", &years);
        let title = of_policy(title, &headline.policy);
        section(&mut text, &title, &guarantees(findings, &headline.policy, written));
    }
    if findings.headlines.iter().any(|headline| headline.p_shortfall.is_some()) {
        let _ = write!(text, "\n{}\n", written.say("terminal-brackets"));
    }
    if about.network_mode == Some("WhenFunded") {
        text.push('\n');
        wrap(&mut text, &written.say("terminal-unmet"));
    }
    if about.is_counted() {
        text.push('\n');
        wrap(&mut text, &written.say("quantiles-counted"));
    }
    section(&mut text, &written.say("terminal-observed"), &observed(findings, written));
    // What was doubtful before the run was told before it.
    let of_run = findings.warnings.iter().filter(|note| codes::is_of_run(note.code));
    for warning in of_run.filter(|note| !note.is_waived()) {
        text.push('\n');
        let said = format!("{}; {}", warning.message, warning.help);
        let words = Message::new("terminal-warning").name("code", warning.code).name("text", &said);
        // Names come from a scenario: what steers a terminal must not reach it.
        wrap(&mut text, &written.words(&words).replace(char::is_control, " "));
    }
    let waived = findings.warnings.iter().filter(|note| note.is_waived()).count();
    if let Some(line) = waived_line(waived, language) {
        let _ = write!(text, "\n{line}\n");
    }
    if let Some((folder, names)) = folder {
        let place = folder.display().to_string();
        let line = written.words(&Message::new("terminal-written").name("folder", &place));
        let _ = write!(text, "\n{line}\n");
        let mut table = Table::default();
        let shown: Vec<_> = files().into_iter().filter(|(name, _)| names.contains(name)).collect();
        let width = shown.iter().map(|(name, _)| name.len() + 2).fold(14, usize::max);
        for (name, what) in shown {
            table.row([format!("{name:<width$}{}", written.words(&what))]);
        }
        text.push_str(&table.text());
    }
    text
}

/// What is found, in a few sentences.
fn words(text: &mut String, findings: &Findings, written: Written) {
    let paragraphs = sentences::brief(findings);
    if !paragraphs.is_empty() {
        let _ = write!(text, "\n{}\n", written.words(&sentences::heading()));
    }
    for paragraph in paragraphs {
        let lines = paragraph.lines(written.0).join(" ");
        let words = match paragraph.subject(written.0) {
            None => lines,
            Some(subject) => written.words(
                &Message::new("terminal-paragraph").name("subject", &subject).name("text", &lines),
            ),
        };
        // Names come from a scenario: what steers a terminal must not reach it.
        wrap(text, &format!("- {words}").replace(char::is_control, " "));
    }
}

/// How many warnings the scenario waives; nothing where it waives none.
pub fn waived_line(count: usize, language: Language) -> Option<String> {
    let line = Message::new("terminal-waived").count("count", count as f64);
    (count > 0).then(|| line.in_language(language))
}

fn caption(findings: &Findings, written: Written) -> String {
    let about = &findings.about;
    let draws = Message::new("terminal-draws")
        .count("count", about.draws as f64)
        .name("seed", &about.seed.to_string());
    let mut parts = vec![draws];
    if about.municipalities > 0 {
        parts.push(Message::new("municipalities").count("count", about.municipalities as f64));
    }
    if about.points > 0 {
        parts.push(Message::new("terminal-points").count("count", about.points as f64));
    }
    parts.extend(match about.network_mode {
        Some("WhenFunded") => Some(Message::new("terminal-when-funded")),
        Some(_) => Some(Message::new("terminal-when-ready")),
        None => None,
    });
    parts.iter().map(|part| written.words(part)).collect::<Vec<_>>().join(" · ")
}

fn section(text: &mut String, title: &str, table: &Table) {
    if !table.is_empty() {
        let _ = write!(text, "\n{title}\n{}", table.text());
    }
}

/// A table with a header.
fn table(header: impl IntoIterator<Item = String>) -> Table {
    let header: Vec<String> = header.into_iter().collect();
    Table::new(&header.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The median, and `least – most`.
fn range(range: &Range, text: impl Fn(Option<f64>) -> String) -> [String; 2] {
    [text(range.p50), format!("{} – {}", text(range.p10), text(range.p90))]
}

fn by_year(headline: &Headline, currency: &str, written: Written) -> Table {
    let paid = Message::new("terminal-column-paid").name("currency", &written.currency(currency));
    let mut table = table([
        written.say("terminal-column-year"),
        written.say("terminal-column-planned"),
        written.say("terminal-column-open"),
        written.say("terminal-column-80"),
        written.words(&paid),
        written.say("terminal-column-80"),
        written.say("terminal-column-of-cost"),
        written.say("terminal-column-within"),
    ]);
    let of = |rows: &[YearRange], year: i32| {
        rows.iter().find(|row| row.year == year).map_or_else(Range::default, |row| row.range)
    };
    let sum = |value| written.sum(value);
    for paid in &headline.award {
        let points = headline.points_open.iter().find(|row| row.year == paid.year);
        let planned = points.map(|row| row.planned as f64);
        let open = points.map_or_else(Range::default, |row| row.simulated);
        let [open, open_range] = range(&open, sum);
        let [award, award_range] = range(&paid.range, sum);
        let coverage = of(&headline.coverage, paid.year).p50;
        let access = of(&headline.access_within_10_km, paid.year).p50;
        table.row([
            paid.year.to_string(),
            sum(planned),
            open,
            open_range,
            award,
            award_range,
            whole(coverage, written),
            whole(access, written),
        ]);
    }
    table
}

/// A share in whole per cent.
fn whole(share: Option<f64>, written: Written) -> String {
    written.chance(share)
}

fn policies(findings: &Findings, written: Written) -> Table {
    let currency = written.currency(&findings.about.currency);
    let mut table = table([
        written.say("terminal-column-policy"),
        written.words(&Message::new("terminal-column-paid").name("currency", &currency)),
        written.say("terminal-column-80"),
        written.say("terminal-column-more"),
        written.say("terminal-column-less"),
        written.say("terminal-column-undecided"),
        written.say("terminal-column-short"),
        written.say("terminal-column-unmet-95"),
    ]);
    let sum = |value| written.sum(value);
    for headline in findings.headlines.iter().filter(|headline| !headline.award.is_empty()) {
        let [paid, paid_range] = range(&headline.award_total, sum);
        let count =
            |count: Option<usize>| count.map_or_else(|| NONE.to_owned(), |count| count.to_string());
        table.row([
            short(&headline.policy),
            paid,
            paid_range,
            count(headline.same_pot.map(|counts| counts.clearly_more())),
            count(headline.same_pot.map(|counts| counts.clearly_less())),
            count(headline.same_pot.map(|counts| counts.undecided)),
            whole(headline.p_shortfall, written),
            sum(headline.reserve95),
        ]);
    }
    table
}

fn pots(findings: &Findings, policy: &str, written: Written) -> Table {
    let mut table = table([
        written.say("terminal-column-programme"),
        written.say("terminal-column-year"),
        written.say("terminal-column-appropriation"),
        written.say("terminal-column-shortfall"),
        written.say("terminal-column-unmet-90"),
        written.say("terminal-column-95"),
        written.say("terminal-column-99"),
    ]);
    let sum = |value| written.sum(value);
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
            let name = if name == ALL { written.say("terminal-all") } else { short(name) };
            let open = written.open_chance(p_shortfall_interval);
            let chance = format!("{} {open}", written.chance(*p_shortfall));
            let reserves = [*reserve90, *reserve95, *reserve99].map(sum);
            let cells = [name, year.to_string(), sum(*appropriation), chance.trim_end().to_owned()];
            table.row(cells.into_iter().chain(reserves));
        }
    }
    table
}

/// One row per guarantee of a policy, over all years.
fn guarantees(findings: &Findings, policy: &str, written: Written) -> Table {
    let currency = written.currency(&findings.about.currency);
    let mut table = table([
        written.say("terminal-column-programme"),
        written.say("terminal-column-guarantee"),
        written.words(&Message::new("terminal-column-gained").name("currency", &currency)),
        written.say("terminal-column-given-up"),
        written.say("terminal-column-more-paid"),
        written.say("terminal-column-gain"),
        written.say("terminal-column-give-up"),
    ]);
    let rows = findings.guarantees.iter().filter(|row| row.policy == policy && row.year.is_none());
    for row in rows {
        let sums = [row.gained, row.given_up, row.cost].map(|effect| written.sum(effect.mean));
        let counts = [row.gainers, row.payers].map(|effect| written.count(effect.mean));
        let names = [short(&row.programme), short(&row.guarantee)];
        table.row(names.into_iter().chain(sums).chain(counts));
    }
    table
}

/// One row per observed value, and per policy where policies differ.
fn observed(findings: &Findings, written: Written) -> Table {
    let mut table = table([
        written.say("terminal-column-what"),
        written.say("terminal-column-when"),
        written.say("terminal-column-seen"),
        written.say("terminal-column-policy"),
        written.say("terminal-column-simulated"),
        written.say("terminal-column-90"),
        written.say("terminal-column-below"),
        String::new(),
    ]);
    let count = |value| written.count(value);
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
        // Where all policies agree one row says it for all; else each has its own.
        if alone && before.is_some_and(same) {
            continue;
        }
        let verdict = match row.inside {
            Some(true) => written.say("terminal-inside"),
            Some(false) => written.say("terminal-outside"),
            None => written.say("terminal-not-simulated"),
        };
        table.row([
            quantity(row.what, written),
            written.date(&row.when),
            count(Some(row.value)),
            if alone { written.say("terminal-every-policy") } else { short(&row.policy) },
            count(row.simulated.p50),
            format!("{} – {}", count(row.simulated.p05), count(row.simulated.p95)),
            whole(row.share_below, written),
            verdict,
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
    use crate::analysis::Summary;
    use crate::analysis::example::{example, example_with_rent, findings};
    use crate::model::{Common, Month, Observed, ObservedAt, Quantity, Scenario};

    /// The example, of which something was seen in the world.
    fn seen() -> Scenario {
        let observed = Observed {
            what: Quantity::OpenPoints,
            at: ObservedAt::FirstOf(Month::new(2023, 6)),
            value: 1.0,
            source: "newspaper".to_owned(),
        };
        Scenario { observed: vec![observed], ..example() }
    }

    #[test]
    fn a_run_is_told_in_short_tables() {
        let mut scenario = seen();
        scenario.run.draws = 1_000;
        let files = ["awards.csv", "budget.csv", "manifest.json"];
        let text = summary(
            &findings(&scenario),
            Some((Path::new("output/example"), &files)),
            Language::English,
        );
        // Figures as worked by hand in the tests of the findings.
        let expected = "\
Three municipalities
1,000 draws, seed 1 · 3 municipalities · 3 points · points open when ready, whatever the policy pays

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
  2022        2     2  2 – 2      2,000  2,000 – 2,000     65\u{202f}%             –
  2023        3     3  3 – 3      2,000  2,000 – 2,000     50\u{202f}%             –

Policies, 2022–2023 (more, less, open: municipalities at the pot of today)
  policy  paid, EUR           80 %  more  less  open  short  unmet 95 %
  today       4,000  4,000 – 4,000     –     –     –  100\u{202f}%       2,500
  reform      4,000  4,000 – 4,000     1     1     0  100\u{202f}%       2,200

Pots at risk in one year: today (that of the largest unmet claims)
  programme    year  appropriation        shortfall  unmet 90 %   95 %   99 %
  investment   2022            500  100\u{202f}% [>99–100]         200    200    200
  maintenance  2023          1,500  100\u{202f}% [>99–100]       1,500  1,500  1,500
  all          2023          2,000  100\u{202f}% [>99–100]       1,700  1,700  1,700

Pots at risk in one year: reform (that of the largest unmet claims)
  programme    year  appropriation        shortfall  unmet 90 %   95 %   99 %
  investment   2022            500  100\u{202f}% [>99–100]         200    200    200
  maintenance  2022          1,500  100\u{202f}% [>99–100]         900    900    900
  all          2022          2,000  100\u{202f}% [>99–100]       1,100  1,100  1,100

[ ] around a chance: what so many draws leave open (95 %)

Seen, and simulated
  what               when  seen  policy  simulated   90 %  draws below
  open points  2023-06-01     1     all          2  2 – 2          0\u{202f}%  OUTSIDE

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
        let text = summary(&findings, None, Language::English);
        assert!(text.contains(" [94–100] "), "{text}");
        assert!(text.contains("\nwarning[D0720]: 64 draws are too few"));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(!text.contains("Written"));
    }

    #[test]
    fn of_policies_that_differ_from_others_each_has_its_row_among_what_was_seen() {
        let mut findings = findings(&seen());
        let [row, ..] = &findings.observed[..] else { panic!("nothing was observed") };
        let as_under = |policy: &str, median| {
            let simulated = Summary { p50: Some(median), ..row.simulated };
            ObservedRow { policy: policy.to_owned(), simulated, ..row.clone() }
        };
        findings.observed =
            vec![as_under("R0", 2.0), as_under("R0 again", 2.0), as_under("M1", 3.0)];
        let shown = |findings: &Findings| observed(findings, Written(Language::English)).text();
        let text = shown(&findings);
        for policy in ["R0  ", "R0 again  ", "M1  "] {
            assert_eq!(text.matches(policy).count(), 1, "{text}");
        }
        findings.observed.pop();
        assert_eq!(shown(&findings).lines().count(), 2, "one row says it for all");
    }

    #[test]
    fn no_word_of_a_summary_stands_in_its_source() {
        use crate::report::bracketed::{texts_of, unbracketed};
        let mut scenario = example();
        scenario.run.draws = 64;
        let findings = findings(&scenario);
        let names: Vec<&str> = files().into_iter().map(|(name, _)| name).collect();
        let folder = Some((Path::new("example"), &*names));
        let text = summary(&findings, folder, Language::Bracketed);
        let mut data = texts_of(&scenario);
        data.extend(names.iter().map(|name| (*name).to_owned()));
        // Lines are broken inside brackets too; brackets around chances are ours.
        assert_eq!(unbracketed(&text, &data), Vec::<String>::new());
    }

    #[test]
    fn a_summary_in_latvian_keeps_to_the_width_of_a_terminal() {
        let text = summary(&findings(&example()), None, Language::Latvian);
        assert!(text.contains("Pa gadiem: today") && text.contains("3 pašvaldības"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    }
}
