//! Measures as text.

use super::Measures;
use crate::cli::distribution::figure::{aligned_at_point, figure};
use crate::cli::show;
use serde_json::{Map, Value, json};

/// A figure beside the indices.
struct Line {
    key: &'static str,
    meaning: &'static str,
    value: Option<f64>,
}

/// What is asked for beside the indices.
fn further(measures: &Measures) -> Vec<Line> {
    let line = |key, meaning, value| Line { key, meaning, value: Some(value) };
    let mut lines = Vec::new();
    if let Some(split) = measures.split {
        lines.push(line("between", "of Theil's T, between groups", split.between));
        lines.push(line("within", "of Theil's T, within groups", split.within));
    }
    if let Some(found) = measures.progressivity {
        lines.push(line("gini_income", "Gini coefficient of the incomes", found.gini_income));
        let meaning = "concentration of the amounts by income";
        lines.push(line("concentration_tax", meaning, found.concentration_tax));
        lines.push(line("kakwani", "concentration less the Gini coefficient", found.kakwani));
        lines.push(line("suits", "the same over shares of income", found.suits));
    }
    lines
}

fn lines(measures: &Measures) -> impl Iterator<Item = Line> {
    let indices =
        measures.indices.iter().map(|&(key, meaning, value)| Line { key, meaning, value });
    indices.chain(further(measures))
}

/// Rows `index,p,value`; `p` is that of a Lorenz ordinate.
pub fn csv(measures: &Measures) -> String {
    let text = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let mut out = String::from("index,p,value\n");
    for line in lines(measures) {
        out.push_str(&format!("{},,{}\n", line.key, text(line.value)));
    }
    for (p, share) in &measures.lorenz {
        out.push_str(&format!("lorenz_ordinate,{p},{share}\n"));
    }
    out
}

/// An object with a key for each index; `lorenz_ordinate` has one for each share of people.
pub fn json(measures: &Measures) -> String {
    let mut object = Map::new();
    object.insert("column".to_owned(), json!(measures.column));
    object.insert("weight".to_owned(), json!(measures.weight));
    object.insert("rows".to_owned(), json!(measures.rows));
    object.insert("total".to_owned(), json!(measures.total));
    object.insert("mean".to_owned(), json!(measures.mean));
    for line in lines(measures) {
        object.insert(line.key.to_owned(), json!(line.value));
    }
    let lorenz = measures.lorenz.iter().map(|(p, share)| (p.to_string(), json!(share)));
    object.insert("lorenz_ordinate".to_owned(), Value::Object(lorenz.collect()));
    let mut text = serde_json::to_string_pretty(&Value::Object(object)).unwrap_or_default();
    text.push('\n');
    text
}

/// Keys, figures and what they are.
pub fn table(measures: &Measures) -> String {
    let figures: Vec<Line> = lines(measures).collect();
    let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), figure);
    let ordinates = measures.lorenz.iter().map(|(_, share)| figure(*share));
    let numbers = figures.iter().map(|line| shown(line.value)).chain(ordinates);
    let mut numbers = aligned_at_point(numbers).into_iter();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in &figures {
        let number = numbers.next().unwrap_or_default();
        rows.push(vec![format!("  {}", line.key), number, line.meaning.to_owned()]);
    }
    for (p, _) in &measures.lorenz {
        let number = numbers.next().unwrap_or_default();
        let meaning = format!("what the lowest {} % have of the total", figure(p * 100.0));
        rows.push(vec![format!("  lorenz_ordinate {p}"), number, meaning]);
    }
    let weighted = measures
        .weight
        .as_ref()
        .map_or_else(String::new, |weight| format!(" weighted by {weight}"));
    let head = format!(
        "{}{weighted}: {} rows, total {}, mean {}\n\n",
        measures.column,
        measures.rows,
        figure(measures.total),
        figure(measures.mean)
    );
    head + &show::aligned(&rows)
}
