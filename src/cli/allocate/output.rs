//! Awards as text.

use crate::analysis::list::{Claims, Division, Plan};
use crate::cli::list::Format;
use crate::cli::show;
use crate::report::{csv_cell, grouped};
use serde_json::{Map, Value, json};

/// The awards in a format.
pub fn text(format: Format, claims: &Claims, plan: &Plan, divisions: &[Division]) -> String {
    match format {
        Format::Csv => csv(claims, plan, divisions),
        Format::Json => json_text(claims, plan, divisions),
        Format::Table => table(claims, plan, divisions),
    }
}

/// What the awards are called: `award`, or the rules where there are several.
fn titles(divisions: &[Division]) -> Vec<&'static str> {
    match divisions {
        [_] => vec!["award"],
        all => all.iter().map(|division| division.way.name).collect(),
    }
}

/// An award as it is written: with the decimals of the unit, or all that it has.
fn award(plan: &Plan, division: &Division, row: usize) -> String {
    let Some(award) = division.awards.get(row) else { return String::new() };
    match plan.decimals {
        Some(decimals) => plan.grain.fixed(award.whole, decimals),
        None => plan.grain.number(*award).to_string(),
    }
}

fn csv(claims: &Claims, plan: &Plan, divisions: &[Division]) -> String {
    let mut text = String::with_capacity(claims.names.len() * 40);
    text.push_str(&format!("name,claim,{}\n", titles(divisions).join(",")));
    for (row, (name, claim)) in claims.names.iter().zip(&claims.amounts).enumerate() {
        text.push_str(&csv_cell(name));
        text.push_str(&format!(",{claim}"));
        for division in divisions {
            text.push(',');
            text.push_str(&award(plan, division, row));
        }
        text.push('\n');
    }
    text
}

fn json_text(claims: &Claims, plan: &Plan, divisions: &[Division]) -> String {
    let number = |division: &Division, row: usize| {
        division.awards.get(row).map_or(Value::Null, |award| json!(plan.grain.number(*award)))
    };
    let titles = titles(divisions);
    let rows = claims.names.iter().zip(&claims.amounts).enumerate().map(|(row, (name, claim))| {
        let mut entry = Map::new();
        entry.insert("name".to_owned(), json!(name));
        entry.insert("claim".to_owned(), json!(claim));
        for (title, division) in titles.iter().zip(divisions) {
            entry.insert((*title).to_owned(), number(division, row));
        }
        Value::Object(entry)
    });
    let rules: Vec<Value> = divisions
        .iter()
        .map(|division| {
            json!({
                "rule": division.way.name,
                "awarded": awarded(plan, division),
                "unspent": unspent(plan, division),
                "error": division.error / plan.grain.one(),
            })
        })
        .collect();
    let method = plan.rounding.map(|(_, method)| method.name());
    let document = json!({
        "appropriation": plan.appropriation.number(),
        "claimed": claimed(plan),
        "round": plan.rounding.map(|(unit, _)| plan.grain.exact(unit)),
        "method": method,
        "at_least": plan.grain.exact(plan.least),
        "rules": rules,
        "awards": rows.collect::<Vec<Value>>(),
    });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn table(claims: &Claims, plan: &Plan, divisions: &[Division]) -> String {
    let titles = titles(divisions);
    let header = ["name", "claim"].into_iter().chain(titles).map(str::to_owned).collect();
    let mut rows: Vec<Vec<String>> = vec![header];
    for (row, (name, claim)) in claims.names.iter().zip(&claims.amounts).enumerate() {
        let name = name.split(['\n', '\r']).collect::<Vec<_>>().join(" ");
        let amounts = divisions.iter().map(|division| award(plan, division, row));
        rows.push([name, claim.to_string()].into_iter().chain(amounts).collect());
    }
    let sums = |first: &str, claimed: String, of: &dyn Fn(&Division) -> f64| -> Vec<String> {
        let amounts = divisions.iter().map(|division| of(division).to_string());
        [first.to_owned(), claimed].into_iter().chain(amounts).collect()
    };
    rows.push(sums("sum", claimed(plan).to_string(), &|division| awarded(plan, division)));
    rows.push(sums("unspent", String::new(), &|division| unspent(plan, division)));
    show::aligned(&points_below_each_other(rows))
}

/// Numbers below each other by their decimal points; the first column and the first row are words.
fn points_below_each_other(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let columns = rows.first().map_or(0, Vec::len);
    for column in 1..columns {
        let cell = |row: &Vec<String>| row.get(column).cloned().unwrap_or_default();
        let part = |text: &str| text.split_once('.').map_or(0, |(_, part)| part.len() + 1);
        let after = rows.iter().skip(1).map(|row| part(&cell(row))).max().unwrap_or(0);
        let padded = |text: &str| format!("{text}{}", " ".repeat(after - part(text).min(after)));
        let width = (rows.iter().skip(1).map(|row| padded(&cell(row)).len()))
            .chain(rows.first().map(|row| cell(row).len()))
            .max()
            .unwrap_or(0);
        for (index, row) in rows.iter_mut().enumerate() {
            if let Some(text) = row.get_mut(column) {
                let body = if index == 0 { text.clone() } else { padded(text) };
                *text = format!("{body:>width$}");
            }
        }
    }
    rows
}

fn claimed(plan: &Plan) -> f64 {
    plan.grain.exact(plan.list.amounts.iter().sum())
}

/// What is awarded in all.
fn awarded(plan: &Plan, division: &Division) -> f64 {
    if plan.rounding.is_some() || division.awards.iter().all(|award| award.part == 0.0) {
        return plan.grain.exact(division.awards.iter().map(|award| award.whole).sum());
    }
    // Parts of grains: a rule gives out all it can.
    plan.grain.exact(plan.pot.min(plan.list.amounts.iter().sum()))
}

/// What is left of the pot.
fn unspent(plan: &Plan, division: &Division) -> f64 {
    let awards = &division.awards;
    if plan.rounding.is_some() || awards.iter().all(|award| award.part == 0.0) {
        let spent: i64 = awards.iter().map(|award| award.whole).sum();
        return plan.grain.exact(plan.pot.saturating_sub(spent));
    }
    plan.grain.exact((plan.pot - plan.list.amounts.iter().sum::<i64>()).max(0))
}

/// What a reader of the awards must know beside them.
pub fn remarks(claims: &Claims, plan: &Plan, divisions: &[Division]) -> Vec<String> {
    let mut remarks = Vec::new();
    let assumed = show::assumptions(&claims.assumed());
    if !assumed.is_empty() {
        remarks.push(assumed);
    }
    let total: i64 = plan.list.amounts.iter().sum();
    if plan.pot >= total {
        remarks.push(format!(
            "note: the pot of {} covers all claims, {}: nobody goes short",
            plan.appropriation,
            plan.grain.exact(total)
        ));
    }
    for division in divisions {
        let name = division.way.name;
        let left = unspent(plan, division);
        if plan.pot < total && left > 0.0 {
            remarks.push(format!("note: {name} leaves {left} of the pot unspent"));
        }
        if division.error > 0.0 {
            let error = division.error / plan.grain.one();
            remarks.push(format!(
                "note: {name} is estimated for so many claims; an award is off by up to {error}"
            ));
        }
        let unit = plan.rounding.map_or(1, |(unit, _)| unit);
        let awards = plan.list.rows.iter().filter_map(|&row| division.awards.get(row));
        let below = (plan.list.amounts.iter().zip(awards))
            .filter(|&(&claim, award)| award.whole < plan.least.min(claim / unit * unit))
            .count();
        if below > 0 {
            let below = grouped(Some(below as f64));
            remarks.push(format!(
                "note: by {name} {below} claims of later classes have less than the least award"
            ));
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_with_their_points_below_each_other() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let rows = vec![row(["name", "claim"]), row(["a", "10.25"]), row(["b", "7"])];
        let lined: Vec<String> =
            points_below_each_other(rows).into_iter().map(|mut row| row.remove(1)).collect();
        assert_eq!(lined, ["claim", "10.25", " 7   "]);
    }
}
