//! The page of a comparison or a bridge: the big numbers, what matched, the pictures and the tables.

use super::grid::{Cell, Grid};
use super::{Figure, Fonts, PageError, figure, left_out, written};
use crate::analysis::comparison::{Bridge, Compared, FigureRow, Matched, ReceiverRow, VIEWS};
use crate::analysis::{ALL, Verdict};
use crate::report::comparison::{
    AT_THE_END, BIG, CALLED, called, half_width, only_in, other_years, overall, plain, span, title,
    with_sign,
};
use crate::report::pictures::PictureFile;
use crate::report::wording::{NONE, chance, count, number, percent, span as range, sum};
use serde::Serialize;

/// At most so many names of what only one has.
const MOST_NAMES: usize = 40;

/// What the page of a comparison is made of.
#[derive(Clone, Copy, Debug)]
pub struct ComparisonPage<'a> {
    /// What was compared.
    pub pairs: &'a [Compared],
    /// Of each pair the lines that say in what the two differ.
    pub differs: &'a [Vec<String>],
    /// A change taken apart.
    pub bridge: Option<&'a Bridge>,
    /// What was drawn.
    pub pictures: &'a [PictureFile],
    /// Code of the currency.
    pub currency: &'a str,
    /// Seed of the draws.
    pub seed: u64,
    /// Version of the program.
    pub version: &'a str,
}

#[derive(Serialize)]
struct View<'a> {
    title: String,
    facts: Vec<(&'static str, String)>,
    notes: Vec<String>,
    bridge: Option<BridgeView<'a>>,
    side_by_side: Vec<Figure<'a>>,
    pairs: Vec<PairView<'a>>,
    tables: &'static str,
    origin: Vec<(&'static str, String)>,
    fonts: Fonts,
}

#[derive(Serialize)]
struct BridgeView<'a> {
    says: &'static str,
    figures: Vec<Figure<'a>>,
    grids: Vec<Grid>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct PairView<'a> {
    title: String,
    notes: Vec<String>,
    big: Grid,
    figures: Vec<Figure<'a>>,
    asides: Vec<Figure<'a>>,
    verdicts: Grid,
    threshold: String,
    groups: Option<Grid>,
    municipalities: Option<Grid>,
    years: Option<Grid>,
    outcomes: Option<Grid>,
    matched: Grid,
    alone: Option<Grid>,
    differs: Vec<&'a str>,
}

/// Writes the page of a comparison.
///
/// # Errors
/// [`PageError`], if the template does not fit.
pub fn comparison(page: &ComparisonPage<'_>) -> Result<Vec<u8>, PageError> {
    written("compare.html", &view(page))
}

fn view<'a>(page: &ComparisonPage<'a>) -> View<'a> {
    let ComparisonPage { pairs, bridge, pictures, .. } = *page;
    let left = left_out(pictures, |picture| picture.policy.is_none());
    let of = |pair: Option<usize>, aside: bool| -> Vec<Figure<'a>> {
        let these = pictures.iter().filter(|found| (found.policy, found.is_aside) == (pair, aside));
        these.map(|found| figure(found, left.contains(&*found.path))).collect()
    };
    let name = |line: String| line.trim_end().to_owned();
    let title = match (bridge, pairs) {
        (Some(bridge), _) => name(title(&bridge.before, &bridge.after)),
        (_, [one]) => name(title(&one.before, &one.after)),
        _ => "Policies compared on the same futures".to_owned(),
    };
    let (years, draws) = match (bridge, pairs) {
        (Some(bridge), _) => (span(&bridge.years), bridge.draws),
        (_, [one, ..]) => (span(&one.years), one.draws),
        _ => (String::new(), 0),
    };
    let drawn = number(draws as f64, 0);
    View {
        title,
        facts: vec![
            ("Years", years),
            ("Futures simulated (draws)", drawn.clone()),
            ("Currency", page.currency.to_owned()),
        ],
        notes: pairs.iter().filter_map(other_years).collect(),
        bridge: bridge.map(|bridge| BridgeView {
            says: "Each step replaces a part of the first by that of the second and settles the same draws \
                   again. Start and steps make the end, to the cent. A step depends on what was replaced \
                   before it: where the two orders differ, the parts work together, and neither order is the \
                   right one.",
            figures: of(None, false),
            grids: steps_by_programme(bridge, page.currency),
            notes: [&same(bridge)[..], &bridge.notes, &bridge.together].concat(),
        }),
        side_by_side: if bridge.is_some() { Vec::new() } else { of(None, false) },
        pairs: pairs
            .iter()
            .enumerate()
            .map(|(index, pair)| {
                let differs = page.differs.get(index).map_or(&[][..], Vec::as_slice);
                of_pair(pair, page.currency, (of(Some(index), false), of(Some(index), true)), differs)
            })
            .collect(),
        tables: if bridge.is_some() { "bridge.csv" } else { "compare.csv" },
        origin: vec![
            ("Draws", drawn),
            ("Seed", page.seed.to_string()),
            ("Program", format!("dotacija {}", page.version)),
        ],
        fonts: Fonts::bundled(),
    }
}

fn same(bridge: &Bridge) -> Vec<String> {
    let same =
        (!bridge.same.is_empty()).then(|| format!("The same in both: {}.", bridge.same.join(", ")));
    same.into_iter().collect()
}

fn of_pair<'a>(
    pair: &'a Compared,
    currency: &str,
    (figures, asides): (Vec<Figure<'a>>, Vec<Figure<'a>>),
    differs: &'a [String],
) -> PairView<'a> {
    let mut notes = Vec::new();
    if pair.changes_nothing {
        notes.push(
            "It changes nothing: every figure is the same to the cent in every draw, and nobody receives \
             more or less."
                .to_owned(),
        );
    }
    if let Some(why) = &pair.no_same_pots {
        notes.push(format!("There is no view at the pots of the first: {why}."));
    }
    let view = if pair.no_same_pots.is_none() { 1 } else { 2 };
    PairView {
        title: title(&pair.before, &pair.after).trim_end().to_owned(),
        notes,
        big: big(pair, currency),
        figures,
        asides,
        verdicts: verdicts(pair),
        threshold: format!(
            "Counts from {currency} {} or {} % of what is received under the first, whichever is greater. \
             “More” and “less”: in every draw; “rather”: in at least 80 % of them with 95 % statistical \
             certainty; “only under one”: it has a point under one of the two only.",
            number(pair.threshold_eur, 0),
            pair.threshold_percent,
        ),
        groups: receivers(pair, view, false, currency),
        municipalities: receivers(pair, view, true, currency),
        years: by_year(pair, currency),
        outcomes: outcomes(pair),
        matched: matched(&pair.matched),
        alone: alone(pair, currency),
        differs: differs.iter().map(|line| line.trim()).collect(),
    }
}

/// The heads of a table of figures on both sides.
fn heads(pair: &Compared, caption: String) -> Grid {
    let (before, after) = called(&pair.before, &pair.after);
    let mut grid = Grid::new(caption, &[""]);
    for head in [before, after] {
        grid.figures(head);
    }
    for head in ["Difference", "Second above"] {
        grid.figures(head);
    }
    grid
}

fn both(row: &FigureRow, name: Cell) -> Vec<Cell> {
    let is_share = row.unit == "share";
    let is_figure = row.unit == "EUR";
    let form = |value: Option<f64>| -> String {
        if is_share {
            percent(value)
        } else if is_figure {
            sum(value)
        } else {
            value.map_or_else(|| NONE.to_owned(), precise)
        }
    };
    let spread = |low: Option<f64>, high: Option<f64>| {
        let (one, other) = (form(low), form(high));
        if low.is_none() || one == other { String::new() } else { range(&one, &other) }
    };
    let size = |size: f64| {
        if is_share { format!("{} points", number(size * 100.0, 1)) } else { form(Some(size)) }
    };
    let error = half_width(row.difference.mcse).filter(|half| *half > 0.0);
    let error = error.map_or_else(String::new, |half| format!("± {}", size(half)));
    let share = |share: Option<f64>| share.map_or_else(String::new, |share| chance(Some(share)));
    let below = row.p_less.map_or_else(String::new, |less| format!("below {}", chance(Some(less))));
    vec![
        name,
        Cell::with(form(row.before), spread(row.before_p05, row.before_p95)),
        Cell::with(form(row.after), spread(row.after_p05, row.after_p95)),
        Cell::with(with_sign(row.difference.mean, size), error),
        Cell::with(share(row.p_more), below),
    ]
}

/// A figure of any size.
fn precise(value: f64) -> String {
    if value.abs() >= 10.0 { count(Some(value)) } else { plain(Some(value)) }
}

fn big(pair: &Compared, currency: &str) -> Grid {
    let years = span(&pair.years);
    let mut grid = heads(
        pair,
        format!("{years}; means, sums in {currency}; small: the range of the futures 5–95 %, ±"),
    );
    for (name, words) in BIG {
        let found = pair
            .figures
            .iter()
            .find(|row| row.figure == name && row.programme == ALL && row.year.is_none());
        grid.rows.extend(found.map(|row| super::grid::GridRow::new(both(row, Cell::new(words)))));
    }
    for (name, words) in AT_THE_END {
        let Some(last) = pair.years.last() else { continue };
        let found = pair.figures.iter().find(|row| row.figure == name && row.year == Some(*last));
        if let Some(row) = found {
            grid.push(both(row, Cell::new(format!("{words}, {last}"))));
        }
    }
    grid
}

fn by_year(pair: &Compared, currency: &str) -> Option<Grid> {
    let mut grid =
        heads(pair, format!("Means in {currency}; small: the range of the futures 5–95 %, ±"));
    for row in pair.figures.iter().filter(|row| row.figure == "award") {
        let year = row.year.map_or_else(|| "all years".to_owned(), |year| year.to_string());
        let programme = if row.programme == ALL { "all programmes" } else { &*row.programme };
        if row.programme == ALL && row.year.is_none() {
            continue;
        }
        grid.push(both(row, Cell::with(programme, year)));
    }
    (!grid.rows.is_empty()).then(|| grid.shortened("compare.csv"))
}

fn outcomes(pair: &Compared) -> Option<Grid> {
    let mut grid = heads(pair, "Means; small: the range of the futures 5–95 %, ±".to_owned());
    for row in &pair.outcomes {
        let year = row.year.map_or_else(String::new, |year| year.to_string());
        let unit = if row.unit.is_empty() { String::new() } else { format!(", {}", row.unit) };
        let name = format!("{}{unit}", row.figure.replace('_', " "));
        grid.push(both(row, Cell::with(name, year)));
    }
    (!grid.rows.is_empty()).then(|| grid.shortened("compare.csv"))
}

fn verdicts(pair: &Compared) -> Grid {
    let mut grid = Grid::new("Municipalities, all years and programmes", &["View"]);
    for verdict in Verdict::ALL {
        grid.figures(verdict.text());
    }
    for (view, words) in VIEWS.iter().zip(CALLED) {
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

fn receivers(pair: &Compared, view: usize, single: bool, currency: &str) -> Option<Grid> {
    let (name, words) = (VIEWS.get(view)?, CALLED.get(view)?);
    let mut rows: Vec<&ReceiverRow> =
        overall(pair, name).filter(|row| (row.group == "municipality") == single).collect();
    if single {
        let mean = |row: &ReceiverRow| row.difference_mean.unwrap_or(0.0);
        rows.sort_by(|a, b| mean(b).total_cmp(&mean(a)).then(a.code.cmp(&b.code)));
    }
    let (before, _) = called(&pair.before, &pair.after);
    let caption = format!("{currency}, {words}, all years and programmes");
    let mut grid = Grid::new(caption, &[if single { "Municipality" } else { "Group" }]);
    for head in [&*before, "Difference", "Range of the futures 5–95 %", "More", "Less"] {
        grid.figures(head);
    }
    grid.heads.push(super::grid::Head { text: "In short".to_owned(), figures: false });
    for row in rows {
        let name = if single {
            Cell::with(&*row.name, &*row.code)
        } else if row.group == "nation" {
            Cell::new("nation")
        } else {
            Cell::with(&*row.code, format!("{}, {} municipalities", row.group, row.municipalities))
        };
        let size = |size: f64| sum(Some(size));
        let error = half_width(row.difference_mcse).filter(|half| *half > 0.0);
        let error = error.map_or_else(String::new, |half| format!("± {}", size(half)));
        let ends = [row.spread.p05, row.spread.p95].map(|end| with_sign(end, size));
        grid.push(vec![
            name,
            Cell::new(sum(row.before)),
            Cell::with(with_sign(row.difference_mean, size), error),
            Cell::new(format!("{} to {}", ends[0], ends[1])),
            Cell::new(chance(row.p_more)),
            Cell::new(chance(row.p_less)),
            Cell::new(row.verdict.text()),
        ]);
    }
    (!grid.rows.is_empty()).then(|| grid.shortened("compare.csv"))
}

fn matched(all: &[Matched]) -> Grid {
    let heads = ["", "#In both", "#First only", "#Second only", "Names"];
    let mut grid = Grid::new("", &heads);
    for of in all {
        let only = of.only_first.iter().chain(&of.only_second);
        let mut names: Vec<&str> = only.map(String::as_str).take(MOST_NAMES).collect();
        let more = (of.only_first.len() + of.only_second.len()).saturating_sub(names.len());
        let rest = format!("and {more} more");
        if more > 0 {
            names.push(&rest);
        }
        let otherwise = match of.of_another_kind.as_slice() {
            [] => String::new(),
            kinds => format!("drawn otherwise: {}", kinds.join(", ")),
        };
        grid.push(vec![
            Cell::new(of.what),
            Cell::new(of.in_both.to_string()),
            Cell::new(of.only_first.len().to_string()),
            Cell::new(of.only_second.len().to_string()),
            Cell::with(names.join(", "), otherwise),
        ]);
    }
    grid
}

/// Municipalities that only one has, each with what it is awarded there.
fn alone(pair: &Compared, currency: &str) -> Option<Grid> {
    let caption =
        format!("Municipalities that only one has: awarded, {}, {currency}", span(&pair.years));
    let mut grid = Grid::new(caption, &["Municipality", "In", "#Awarded"]);
    for (side, words) in [(0, "the first only"), (1, "the second only")] {
        let all = only_in(pair, side);
        let total: f64 = all.iter().filter_map(|(.., awarded)| *awarded).sum();
        for (code, name, awarded) in &all {
            grid.push(vec![Cell::with(*name, *code), Cell::new(words), Cell::new(sum(*awarded))]);
        }
        if all.len() > 1 {
            let name = format!("all {}", all.len());
            grid.push(vec![Cell::new(name), Cell::new(words), Cell::new(sum(Some(total)))]);
        }
    }
    (!grid.rows.is_empty()).then(|| grid.shortened("compare.csv"))
}

/// The steps of each programme, and of each year.
fn steps_by_programme(bridge: &Bridge, currency: &str) -> Vec<Grid> {
    let measures = [("award", "Awarded"), ("entitlement", "Due by the rates")];
    let grid = |(measure, words): (&str, &str)| {
        let mut grid = Grid::new(format!("{words}, {currency}, in this order"), &["", "#Start"]);
        for step in &bridge.steps {
            grid.figures(step.join(" + "));
        }
        grid.figures("End");
        let rows: Vec<_> = bridge
            .rows
            .iter()
            .filter(|row| row.measure == measure && row.municipality.is_none())
            .collect();
        for rows in rows.chunk_by(|a, b| (&a.programme, a.year) == (&b.programme, b.year)) {
            let Some(first) = rows.first() else { continue };
            let programme =
                if first.programme == ALL { "all programmes" } else { &*first.programme };
            let year = first.year.map_or_else(|| "all years".to_owned(), |year| year.to_string());
            let amounts = rows.iter().map(|row| Cell::new(number(row.amount, 2)));
            grid.push(std::iter::once(Cell::with(programme, year)).chain(amounts).collect());
        }
        grid.shortened("bridge.csv")
    };
    measures.into_iter().map(grid).filter(|grid| !grid.rows.is_empty()).collect()
}
