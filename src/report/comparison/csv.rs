//! `compare.csv`: national figures, then who receives more or less; the columns are a contract.

use crate::analysis::ChanceInterval;
use crate::analysis::comparison::{Compared, FigureRow, ReceiverRow};
use crate::report::{csv_cell, money, number};

const HEADER: &str = "before_scenario,before_policy,after_scenario,after_policy,view,group,code,name,figure,unit,\
    programme,year,before,after,difference_mean,difference_mcse,p05,p10,p25,p50,p75,p90,p95,p_more,p_less,\
    p_more_lower,p_more_upper,p_less_lower,p_less_upper,verdict,before_p05,before_p95,after_p05,after_p95";

/// Every pair in one table. Figures of the nation have quantiles, who receives
/// what has three of them over all years and programmes; `p_more` of these
/// counts any difference, that of groups one above the threshold.
pub fn comparison_csv(pairs: &[Compared]) -> String {
    let mut text = format!("{HEADER}\n");
    for pair in pairs {
        let Compared { before, after, .. } = pair;
        let names = [&before.scenario, &before.policy, &after.scenario, &after.policy];
        let names = names.map(|name| csv_cell(name)).join(",");
        for row in pair.figures.iter().chain(&pair.outcomes) {
            push(&mut text, &names, &figure(row));
        }
        for row in &pair.receivers {
            push(&mut text, &names, &receiver(row));
        }
    }
    text
}

fn push(text: &mut String, names: &str, cells: &[String]) {
    text.push_str(names);
    for cell in cells {
        text.push(',');
        text.push_str(cell);
    }
    text.push('\n');
}

fn figure(row: &FigureRow) -> Vec<String> {
    let form = if row.unit == "EUR" { money } else { number };
    let mut cells = vec!["own".to_owned(), "nation".to_owned(), "nation".to_owned()];
    cells.extend(["nation", &row.figure, row.unit, &row.programme].map(csv_cell));
    cells.push(year(row.year));
    cells.extend([row.before, row.after].map(form));
    let summary = row.difference;
    cells.extend([summary.mean, summary.mcse].map(form));
    let quantiles =
        [summary.p05, summary.p10, summary.p25, summary.p50, summary.p75, summary.p90, summary.p95];
    cells.extend(quantiles.map(form));
    cells.extend([row.p_more, row.p_less].map(number));
    cells.extend(ends(row.p_more_interval).into_iter().chain(ends(row.p_less_interval)));
    cells.push(String::new());
    cells.extend([row.before_p05, row.before_p95, row.after_p05, row.after_p95].map(form));
    cells
}

fn receiver(row: &ReceiverRow) -> Vec<String> {
    let figure = if row.view == "legal" { "entitlement" } else { "award" };
    let mut cells: Vec<String> = [row.view, &row.group, &row.code, &row.name, figure, "EUR"]
        .into_iter()
        .chain([row.programme.as_str()])
        .map(csv_cell)
        .collect();
    cells.push(year(row.year));
    let after = row.before.zip(row.difference_mean).map(|(before, more)| before + more);
    cells.extend([row.before, after, row.difference_mean, row.difference_mcse].map(money));
    let spread = row.spread;
    let [none, p05, p50, p95] = [None, spread.p05, spread.p50, spread.p95].map(money);
    cells.extend([p05, none.clone(), none.clone(), p50, none.clone(), none, p95]);
    cells.extend([row.p_more, row.p_less].map(number));
    cells.extend(ends(row.p_more_interval).into_iter().chain(ends(row.p_less_interval)));
    cells.push(row.verdict.text().to_owned());
    cells.extend(std::iter::repeat_n(String::new(), 4));
    cells
}

fn year(year: Option<i32>) -> String {
    year.map_or_else(|| "all".to_owned(), |year| year.to_string())
}

fn ends(interval: ChanceInterval) -> [String; 2] {
    [interval.map(|ends| ends.lower), interval.map(|ends| ends.upper)].map(number)
}
