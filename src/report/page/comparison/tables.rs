//! The tables on the page of a comparison or a bridge.

use super::super::grid::{Cell, Grid, Head};
use super::super::municipalities::verdict;
use super::span;
use crate::analysis::comparison::{Bridge, Compared, FigureRow, Matched, ReceiverRow, VIEWS};
use crate::analysis::{ALL, Verdict};
use crate::language::Message;
use crate::report::comparison::{called, half_width, only_in, overall, with_sign};
use crate::report::pictures::{bridge_part, group_name};
use crate::report::written::{NONE, Written, between};

/// At most so many names of what only one has.
const MOST_NAMES: usize = 40;

/// The heads of a table of figures on both sides.
fn heads(pair: &Compared, caption: String, written: Written) -> Grid {
    let (before, after) = called(&pair.before, &pair.after);
    let mut grid = Grid::new(caption, [Head::words("")]);
    grid.figures(before);
    grid.figures(after);
    grid.figures(written.say("compare-column-difference"));
    grid.figures(written.say("compare-column-above"));
    grid
}

fn both(row: &FigureRow, name: Cell, written: Written) -> Vec<Cell> {
    let is_share = row.unit == "share";
    let is_figure = row.unit == "EUR";
    let form = |value: Option<f64>| -> String {
        if is_share {
            written.percent(value)
        } else if is_figure {
            written.sum(value)
        } else {
            value.map_or_else(|| NONE.to_owned(), |value| written.figure(value))
        }
    };
    let spread = |low: Option<f64>, high: Option<f64>| {
        let (one, other) = (form(low), form(high));
        if low.is_none() || one == other { String::new() } else { between(&one, &other) }
    };
    let size = |size: f64| {
        if is_share {
            let points = written.number(size * 100.0, 1);
            written.words(&Message::new("compare-percentage-points").name("number", &points))
        } else {
            form(Some(size))
        }
    };
    let error = half_width(row.difference.mcse).filter(|half| *half > 0.0);
    let error = error.map_or_else(String::new, |half| format!("± {}", size(half)));
    let share = row.p_more.map_or_else(String::new, |share| written.chance(Some(share)));
    let below = row.p_less.map_or_else(String::new, |less| {
        let less = written.chance(Some(less));
        written.words(&Message::new("compare-below").name("share", &less))
    });
    vec![
        name,
        Cell::with(form(row.before), spread(row.before_p05, row.before_p95)),
        Cell::with(form(row.after), spread(row.after_p05, row.after_p95)),
        Cell::with(with_sign(row.difference.mean, size), error),
        Cell::with(share, below),
    ]
}

/// The figures that are shown first, over all years where they add up, and those of the last year.
fn big_figures(last: i32, waits_for_money: bool) -> [(&'static str, Message, bool); 14] {
    let reserve = if waits_for_money {
        Message::new("figure-unmet95")
    } else {
        Message::new("figure-reserve95")
    };
    [
        ("entitlement", Message::new("figure-entitlement"), false),
        ("award", Message::new("figure-award"), false),
        ("available", Message::new("figure-available"), false),
        ("shortfall", Message::new("figure-shortfall"), false),
        ("p_shortfall", Message::new("figure-p-shortfall"), false),
        ("reserve95", reserve, false),
        ("unspent", Message::new("figure-unspent"), false),
        ("eligible_cost", Message::new("figure-eligible-cost"), false),
        ("own_share", Message::new("figure-own-share"), false),
        ("coverage", Message::new("figure-coverage"), false),
        ("load", Message::new("figure-load"), false),
        ("unmet_need", Message::new("figure-unmet-need"), false),
        ("open_points_at_year_end", Message::new("figure-open-points").year("year", last), true),
        ("staff", Message::new("figure-staff").year("year", last), true),
    ]
}

pub(super) fn big(pair: &Compared, currency: &str, written: Written) -> Grid {
    let caption = Message::new("compare-big-caption")
        .name("years", &span(&pair.years, written))
        .name("currency", &written.currency(currency));
    let mut grid = heads(pair, written.words(&caption), written);
    let last = pair.years.last().copied();
    for (name, words, of_last) in big_figures(last.unwrap_or_default(), pair.waits_for_money) {
        let found = pair.figures.iter().find(|row| {
            let is_it =
                if of_last { row.year == last } else { row.programme == ALL && row.year.is_none() };
            row.figure == name && is_it
        });
        if let Some(row) = found {
            let unmet = pair.waits_for_money && name == "reserve95";
            let note = if unmet { written.say("figure-unmet95-note") } else { String::new() };
            grid.push(both(row, Cell::with(written.words(&words), note), written));
        }
    }
    grid
}

/// A programme and a year, all of them where it is of all.
fn programme_and_year(programme: &str, year: Option<i32>, written: Written) -> Cell {
    let year = year.map_or_else(|| written.say("compare-all-years"), |year| year.to_string());
    let every = || written.say("compare-all-programmes");
    Cell::with(if programme == ALL { every() } else { programme.to_owned() }, year)
}

pub(super) fn by_year(pair: &Compared, currency: &str, written: Written) -> Option<Grid> {
    let caption =
        Message::new("compare-years-caption").name("currency", &written.currency(currency));
    let mut grid = heads(pair, written.words(&caption), written);
    for row in pair.figures.iter().filter(|row| row.figure == "award") {
        if row.programme == ALL && row.year.is_none() {
            continue;
        }
        grid.push(both(row, programme_and_year(&row.programme, row.year, written), written));
    }
    grid.some().map(|grid| grid.shortened(written, "compare.csv"))
}

pub(super) fn outcomes(pair: &Compared, written: Written) -> Option<Grid> {
    let mut grid = heads(pair, written.say("compare-outcomes-caption"), written);
    for row in &pair.outcomes {
        let year = row.year.map_or_else(String::new, |year| year.to_string());
        let name = outcome(row, written);
        grid.push(both(row, Cell::with(name, year), written));
    }
    grid.some().map(|grid| grid.shortened(written, "compare.csv"))
}

/// An outcome with its unit: what every run has in words, what a scenario declares by its name.
fn outcome(row: &FigureRow, written: Written) -> String {
    written.words(&match row.figure.as_str() {
        "coverage" => Message::new("compare-outcome-coverage"),
        "cost_per_case" => Message::new("compare-outcome-cost-per-case"),
        "access_within_10_km" => Message::new("compare-outcome-access"),
        declared => {
            let unit = if row.unit.is_empty() { String::new() } else { format!(", {}", row.unit) };
            return format!("{}{unit}", declared.replace('_', " "));
        }
    })
}

/// How the three views are called.
fn views(written: Written) -> [String; 3] {
    [
        written.say("compare-view-legal"),
        written.say("compare-view-same"),
        written.say("compare-view-own"),
    ]
}

pub(super) fn verdicts(pair: &Compared, written: Written) -> Grid {
    let view = Head::words(written.say("compare-column-view"));
    let mut grid = Grid::new(written.say("compare-verdicts-caption"), [view]);
    for found in Verdict::ALL {
        grid.figures(verdict(found, written));
    }
    for (view, words) in VIEWS.iter().zip(views(written)) {
        let of: Vec<Verdict> = overall(pair, view)
            .filter(|row| row.group == "municipality")
            .map(|row| row.verdict)
            .collect();
        if of.is_empty() {
            continue;
        }
        let counts = Verdict::ALL.map(|verdict| {
            Cell::new(of.iter().filter(|found| **found == verdict).count().to_string())
        });
        grid.push(std::iter::once(Cell::new(words)).chain(counts).collect());
    }
    grid
}

pub(super) fn receivers(
    pair: &Compared,
    view: usize,
    single: bool,
    (currency, written): (&str, Written),
) -> Option<Grid> {
    let (name, words) = (VIEWS.get(view)?, views(written).get(view)?.clone());
    let mut rows: Vec<&ReceiverRow> =
        overall(pair, name).filter(|row| (row.group == "municipality") == single).collect();
    if single {
        let mean = |row: &ReceiverRow| row.difference_mean.unwrap_or(0.0);
        rows.sort_by(|a, b| mean(b).total_cmp(&mean(a)).then(a.code.cmp(&b.code)));
    }
    let (before, _) = called(&pair.before, &pair.after);
    let caption = Message::new("compare-receivers-caption")
        .name("currency", &written.currency(currency))
        .name("view", &words);
    let first = if single {
        written.say("compare-column-municipality")
    } else {
        written.say("compare-column-group")
    };
    let heads = [
        Head::words(first),
        Head::figures(before),
        Head::figures(written.say("compare-column-difference")),
        Head::figures(written.say("compare-column-range")),
        Head::figures(written.say("compare-column-more")),
        Head::figures(written.say("compare-column-less")),
        Head::words(written.say("compare-column-in-short")),
    ];
    let mut grid = Grid::new(written.words(&caption), heads);
    for row in rows {
        let name = if single {
            Cell::with(&*row.name, &*row.code)
        } else if row.group == "nation" {
            Cell::new(written.say("compare-nation"))
        } else {
            let group = Message::new("compare-of-group").count("count", row.municipalities as f64);
            Cell::with(group_name(row, written), written.words(&group))
        };
        grid.push(receiver(row, name, written));
    }
    grid.some().map(|grid| grid.shortened(written, "compare.csv"))
}

fn receiver(row: &ReceiverRow, name: Cell, written: Written) -> Vec<Cell> {
    let size = |size: f64| written.sum(Some(size));
    let error = half_width(row.difference_mcse).filter(|half| *half > 0.0);
    let error = error.map_or_else(String::new, |half| format!("± {}", size(half)));
    let [low, high] = [row.spread.p05, row.spread.p95].map(|end| with_sign(end, size));
    let range = Message::new("compare-range").name("low", &low).name("high", &high);
    vec![
        name,
        Cell::new(written.sum(row.before)),
        Cell::with(with_sign(row.difference_mean, size), error),
        Cell::new(written.words(&range)),
        Cell::new(written.chance(row.p_more)),
        Cell::new(written.chance(row.p_less)),
        Cell::new(verdict(row.verdict, written)),
    ]
}

pub(super) fn matched(all: &[Matched], written: Written) -> Grid {
    let heads = [
        Head::words(""),
        Head::figures(written.say("compare-column-in-both")),
        Head::figures(written.say("compare-column-first-only")),
        Head::figures(written.say("compare-column-second-only")),
        Head::words(written.say("compare-column-names")),
    ];
    let mut grid = Grid::new("", heads);
    for of in all {
        let only = of.only_first.iter().chain(&of.only_second);
        let mut names: Vec<&str> = only.map(String::as_str).take(MOST_NAMES).collect();
        let more = (of.only_first.len() + of.only_second.len()).saturating_sub(names.len());
        let rest = written.words(&Message::new("compare-and-more").count("count", more as f64));
        if more > 0 {
            names.push(&rest);
        }
        let otherwise = match of.of_another_kind.as_slice() {
            [] => String::new(),
            kinds => {
                let names = kinds.join(", ");
                written.words(&Message::new("compare-drawn-otherwise").name("names", &names))
            }
        };
        grid.push(vec![
            Cell::new(kind(of.what, written)),
            Cell::new(of.in_both.to_string()),
            Cell::new(of.only_first.len().to_string()),
            Cell::new(of.only_second.len().to_string()),
            Cell::with(names.join(", "), otherwise),
        ]);
    }
    grid
}

/// What is held against each other by name.
fn kind(what: &str, written: Written) -> String {
    written.words(&match what {
        "inputs" => Message::new("matched-inputs"),
        "municipalities" => Message::new("matched-municipalities"),
        "points" => Message::new("matched-points"),
        "years" => Message::new("matched-years"),
        "programmes" => Message::new("matched-programmes"),
        "outcomes" => Message::new("matched-outcomes"),
        "policies" => Message::new("matched-policies"),
        other => return other.to_owned(),
    })
}

/// Municipalities that only one has, each with what it is awarded there.
pub(super) fn alone(pair: &Compared, currency: &str, written: Written) -> Option<Grid> {
    let caption = Message::new("compare-alone-caption")
        .name("years", &span(&pair.years, written))
        .name("currency", &written.currency(currency));
    let heads = [
        Head::words(written.say("compare-column-municipality")),
        Head::words(written.say("compare-column-in")),
        Head::figures(written.say("compare-column-awarded")),
    ];
    let mut grid = Grid::new(written.words(&caption), heads);
    let sides = [written.say("compare-first-only"), written.say("compare-second-only")];
    for (side, words) in sides.iter().enumerate() {
        let all = only_in(pair, side);
        let total: f64 = all.iter().filter_map(|(.., awarded)| *awarded).sum();
        for (code, name, awarded) in &all {
            let awarded = Cell::new(written.sum(*awarded));
            grid.push(vec![Cell::with(*name, *code), Cell::new(words), awarded]);
        }
        if all.len() > 1 {
            let name = Message::new("compare-all").count("count", all.len() as f64);
            let total = Cell::new(written.sum(Some(total)));
            grid.push(vec![Cell::new(written.words(&name)), Cell::new(words), total]);
        }
    }
    grid.some().map(|grid| grid.shortened(written, "compare.csv"))
}

/// The steps of each programme, and of each year.
pub(super) fn steps_by_programme(bridge: &Bridge, currency: &str, written: Written) -> Vec<Grid> {
    let measures = [
        ("award", Message::new("compare-steps-awarded")),
        ("entitlement", Message::new("compare-steps-due")),
    ];
    let grid = |(measure, caption): (&str, Message)| {
        let caption = caption.name("currency", &written.currency(currency));
        let start = Head::figures(written.say("compare-start"));
        let mut grid = Grid::new(written.words(&caption), [Head::words(""), start]);
        for step in &bridge.steps {
            let parts: Vec<String> = step.iter().map(|name| bridge_part(name, written)).collect();
            grid.figures(parts.join(" + "));
        }
        grid.figures(written.say("compare-end"));
        let rows: Vec<_> = bridge
            .rows
            .iter()
            .filter(|row| row.measure == measure && row.municipality.is_none())
            .collect();
        for rows in rows.chunk_by(|a, b| (&a.programme, a.year) == (&b.programme, b.year)) {
            let Some(first) = rows.first() else { continue };
            let name = programme_and_year(&first.programme, first.year, written);
            let amounts = rows.iter().map(|row| Cell::new(written.number(row.amount, 2)));
            grid.push(std::iter::once(name).chain(amounts).collect());
        }
        grid.shortened(written, "bridge.csv")
    };
    measures.into_iter().map(grid).filter(|grid| !grid.rows.is_empty()).collect()
}
