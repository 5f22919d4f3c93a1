//! What drives figures, as a page of text and as a table.

use super::csv_cell;
use super::decimal::{exact, number as plain};
use super::table::{Table, amount};
use super::wording::number;
use crate::analysis::sensitivity::{Explained, Influence, Sensitivity};
use crate::stats::sensitivity::Estimate;

/// The columns of [`csv`].
const COLUMNS: &str =
    "policy,outcome,programme,year,unit,mean,sd,input,measure,estimate,lower,upper,told_from_zero";

/// A row for each measure of each input and figure; of a figure as a whole the input is empty.
#[must_use]
pub fn csv(found: &Sensitivity) -> String {
    let mut text = format!("{COLUMNS}\n");
    for figure in &found.figures {
        let names =
            [&figure.policy, &figure.outcome, &figure.programme, &figure.year, &figure.unit];
        let mut start: Vec<String> = names.map(|name| csv_cell(name)).into();
        start.extend([plain(figure.mean), plain(figure.sd)]);
        let start = start.join(",");
        let mut row =
            |input: &str, measure: &str, [value, lower, upper]: [Option<f64>; 3], told: &str| {
                if let Some(value) = value {
                    let ends = [lower, upper].map(|end| end.map_or_else(String::new, exact));
                    let input = csv_cell(input);
                    text.push_str(&format!(
                        "{start},{input},{measure},{},{},{told}\n",
                        exact(value),
                        ends.join(",")
                    ));
                }
            };
        for (measure, value) in [
            ("r_squared", figure.r_squared),
            ("rank_r_squared", figure.rank_r_squared),
            ("first_order_sum", figure.first_order_sum),
        ] {
            row("", measure, [value, None, None], "");
        }
        for influence in &figure.inputs {
            let told = if influence.told_from_zero { "yes" } else { "no" };
            for (measure, estimate) in measures(influence) {
                row(&influence.input, measure, estimate, told);
            }
        }
    }
    text
}

/// Every measure of an input by name: estimate and ends of its interval.
fn measures(of: &Influence) -> [(&'static str, [Option<f64>; 3]); 9] {
    let ends = |estimate: Option<Estimate>| {
        [estimate.map(|of| of.value), estimate.map(|of| of.lower), estimate.map(|of| of.upper)]
    };
    let alone = |value: Option<f64>| [value, None, None];
    [
        ("first_order", ends(of.first_order)),
        ("total", ends(of.total)),
        ("rank_correlation", ends(of.rank_correlation)),
        ("partial_rank_correlation", ends(of.partial_rank_correlation)),
        ("regression", ends(of.regression)),
        ("inflation", alone(of.inflation)),
        ("effect_size", ends(of.effect_size)),
        ("effect_mean", alone(of.effect_mean)),
        ("effect_deviation", alone(of.effect_deviation)),
    ]
}

/// The figures of first interest, each with at most `top` inputs.
#[must_use]
pub fn text(found: &Sensitivity, top: usize) -> String {
    let mut text = format!("{}\n{}\n", found.title, basis(found));
    for figure in found.figures.iter().filter(|figure| figure.is_headline) {
        text.push('\n');
        text.push_str(&of_figure(figure, top));
    }
    let others = found.figures.iter().filter(|figure| !figure.is_headline).count();
    if others > 0 {
        text.push_str(&format!(
            "\n{others} more figures by year and programme: --format csv has all, --outcome, --policy, --programme and --year choose\n"
        ));
    }
    for line in remarks(found) {
        text.push_str(&format!("\n{line}\n"));
    }
    text
}

fn basis(found: &Sensitivity) -> String {
    let (draws, seed) = (number(found.draws as f64, 0), found.seed);
    let evaluations = number(found.evaluations as f64, 0);
    match found.method {
        "sobol" => {
            format!("Sobol' design: {draws} base rows, {evaluations} evaluations, seed {seed}")
        }
        "morris" => {
            format!("Morris design: {draws} trajectories, {evaluations} evaluations, seed {seed}")
        }
        _ => format!("{draws} own draws, seed {seed}"),
    }
}

/// What a figure is, in words.
#[must_use]
pub fn title_of(figure: &Explained) -> String {
    let mut title = figure.outcome.clone();
    match figure.programme.as_str() {
        "" => {}
        "all" => title.push_str(", all programmes"),
        programme => title.push_str(&format!(", {programme}")),
    }
    title.push_str(&match figure.year.as_str() {
        "all" => ", all years".to_owned(),
        year => format!(", {year}"),
    });
    if !figure.policy.is_empty() {
        title.push_str(&format!(", {}", figure.policy));
    }
    title
}

fn of_figure(figure: &Explained, top: usize) -> String {
    let mut text = title_of(figure);
    let unit = if figure.unit.is_empty() { String::new() } else { format!(" {}", figure.unit) };
    match (figure.mean, figure.sd) {
        _ if figure.missing > 0 => {
            return format!(
                "{text}\n  has no value in {} draws, so nothing is said of it\n",
                figure.missing
            );
        }
        (Some(mean), Some(sd)) => {
            text.push_str(&format!(
                "\n  mean {}{unit}, standard deviation {}{unit}\n",
                size(mean),
                size(sd)
            ));
        }
        _ => text.push('\n'),
    }
    let measured = figure.inputs.iter().any(|input| input.lead().is_some());
    if !measured {
        text.push_str(if figure.sd.is_some_and(|sd| sd > 0.0) {
            "  no input that is one number in each draw can be measured on so many draws: draw more, or use \
             --design sobol\n"
        } else {
            "  it does not vary\n"
        });
        return text;
    }
    let (told, untold): (Vec<&Influence>, Vec<&Influence>) =
        figure.inputs.iter().partition(|input| input.told_from_zero);
    text.push_str(&table(told.iter().take(top).copied()));
    if told.len() > top {
        text.push_str(&format!("  and {} more (--top N shows more)\n", told.len() - top));
    }
    if told.is_empty() {
        text.push_str("  no input is told from zero\n");
    }
    if !untold.is_empty() {
        let names: Vec<&str> = untold.iter().map(|input| input.input.as_str()).collect();
        text.push_str(&format!("  cannot be told from zero: {}\n", names.join(", ")));
    }
    let mut sums = Vec::new();
    if let Some(sum) = figure.first_order_sum {
        sums.push(format!("first-order indices add up to {}", percent(sum)));
    }
    if let Some(lines) = figure.r_squared {
        sums.push(format!("straight lines explain {}", percent(lines)));
    }
    if let Some(ranks) = figure.rank_r_squared {
        sums.push(format!("of ranks {}", percent(ranks)));
    }
    if !sums.is_empty() {
        text.push_str(&format!("  {}\n", sums.join(", ")));
    }
    text
}

/// A number of any size with three or more significant digits.
fn size(value: f64) -> String {
    if value == 0.0 || value.abs() >= 100.0 {
        return amount(Some(value)).replace('-', "−");
    }
    let mut decimals = 2;
    let mut least = 1.0;
    while value.abs() < least && decimals < 12 {
        decimals += 1;
        least /= 10.0;
    }
    number(value, decimals)
}

fn percent(share: f64) -> String {
    format!("{} %", number(100.0 * share, 1))
}

fn table<'a>(inputs: impl Iterator<Item = &'a Influence> + Clone) -> String {
    type Column = (&'static str, fn(&Influence) -> Option<String>);
    let columns: [Column; 10] = [
        ("total", |of| of.total.map(|found| percent(found.value))),
        ("95 %", |of| of.total.map(|found| range(&found, percent))),
        ("first-order", |of| of.first_order.map(|found| percent(found.value))),
        ("95 %", |of| of.first_order.map(|found| range(&found, percent))),
        ("rank", |of| of.rank_correlation.map(|found| signed(found.value))),
        ("partial rank", |of| of.partial_rank_correlation.map(|found| signed(found.value))),
        ("regression", |of| of.regression.map(|found| signed(found.value))),
        ("size μ*", |of| of.effect_size.map(|found| size(found.value))),
        ("95 %", |of| of.effect_size.map(|found| range(&found, size))),
        ("mean μ, deviation σ", |of| {
            of.effect_size?;
            let part = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), size);
            Some(format!("{}, {}", part(of.effect_mean), part(of.effect_deviation)))
        }),
    ];
    let used: Vec<&Column> =
        columns.iter().filter(|(_, of)| inputs.clone().any(|input| of(input).is_some())).collect();
    let header: Vec<&str> =
        std::iter::once("input").chain(used.iter().map(|(name, _)| *name)).collect();
    let mut table = Table::new(&header);
    for input in inputs {
        let cells = used.iter().map(|(_, of)| of(input).unwrap_or_else(|| "–".to_owned()));
        table.row(std::iter::once(input.input.clone()).chain(cells));
    }
    if table.is_empty() { String::new() } else { table.text() }
}

fn range(estimate: &Estimate, say: fn(f64) -> String) -> String {
    let [low, high] = [estimate.lower, estimate.upper].map(say);
    let low = low.strip_suffix(" %").unwrap_or(&low);
    let dash = if estimate.lower < 0.0 { " – " } else { "–" };
    format!("{low}{dash}{high}")
}

fn signed(value: f64) -> String {
    let text = number(value.abs(), 2);
    if value < 0.0 { format!("−{text}") } else { format!("+{text}") }
}

fn remarks(found: &Sensitivity) -> Vec<String> {
    let mut lines = Vec::new();
    if !found.not_measured.is_empty() {
        let names: Vec<String> =
            found.not_measured.iter().map(|of| format!("{} ({})", of.input, of.drawn)).collect();
        lines.push(format!(
            "not measured, as they are more than one number in each draw; --design sobol measures each as a group:\n  {}",
            names.join(", ")
        ));
    }
    if !found.collinear.is_empty() {
        lines.push(format!(
            "no coefficient, as their values follow from those of other inputs: {}",
            found.collinear.join(", ")
        ));
    }
    let mut entangled: Vec<&str> = (found.figures.iter().take(1))
        .flat_map(|figure| &figure.inputs)
        .filter(|input| input.inflation.is_some_and(|inflation| inflation > ENTANGLED))
        .map(|input| input.input.as_str())
        .collect();
    entangled.sort_unstable();
    if !entangled.is_empty() {
        lines.push(format!(
            "much of these is shared with other inputs, so that coefficients and partial correlations are unsure: {}",
            entangled.join(", ")
        ));
    }
    if found.method == "morris" {
        lines.push(
            "μ* is the mean size of a step, for the whole range of an input's probability; of a group its direction is not known"
                .to_owned(),
        );
    }
    lines
}

/// From this variance inflation on coefficients are said to be unsure.
const ENTANGLED: f64 = 10.0;
