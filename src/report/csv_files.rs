//! The tables as CSV: UTF-8, comma, `\n`; the columns are a contract.

use super::decimal::{exact, money, number};
use super::tables::{self, Cell, Rows};
use crate::analysis::Findings;
use crate::engine::LineValue;
use crate::model::Scenario;

/// `awards.csv`.
pub fn awards(findings: &Findings) -> Vec<u8> {
    tables::awards(findings, Csv::default()).into_bytes()
}

/// `budget.csv`.
pub fn budget(findings: &Findings) -> Vec<u8> {
    tables::budget(findings, Csv::default()).into_bytes()
}

/// `reconciliation.csv`: the books of every pot, in lines that add up to the cent.
pub fn reconciliation(findings: &Findings) -> Vec<u8> {
    tables::reconciliation(findings, Csv::default()).into_bytes()
}

/// `commitments.csv`: what is paid in each year, and what it binds later ones to.
pub fn commitments(findings: &Findings) -> Vec<u8> {
    tables::commitments(findings, Csv::default()).into_bytes()
}

/// `guarantees.csv`: of each guarantee and year what it does in all, then to each municipality.
pub fn guarantees(findings: &Findings) -> Vec<u8> {
    tables::guarantees(findings, Csv::default()).into_bytes()
}

/// `verdicts.csv`.
pub fn verdicts(findings: &Findings) -> Vec<u8> {
    tables::verdicts(findings, Csv::default()).into_bytes()
}

/// `outcomes.csv`.
pub fn outcomes(findings: &Findings) -> Vec<u8> {
    tables::outcomes(findings, Csv::default()).into_bytes()
}

/// `network.csv`: one group of columns per tier, in the order of the scenario.
pub fn network(findings: &Findings) -> Vec<u8> {
    tables::network(findings, Csv::default()).into_bytes()
}

/// `worksheet.csv`: every line of the central path, in full precision.
pub fn worksheet(scenario: &Scenario, lines: &[LineValue]) -> Vec<u8> {
    tables::worksheet(scenario, lines, Csv::default()).into_bytes()
}

/// A table while it is written down.
#[derive(Clone, Debug, Default)]
pub struct Csv {
    text: String,
    rows: u64,
}

impl Csv {
    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// What is written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

impl<'t> Rows<'t> for Csv {
    fn columns(&mut self, names: Vec<String>, _has_all_years: bool) {
        line(&mut self.text, names.iter().map(|name| csv_cell(name)));
    }

    fn row(&mut self, cells: &mut Vec<Cell<'t>>) {
        line(&mut self.text, cells.iter().map(written));
        self.rows += 1;
    }
}

/// A table as CSV.
#[cfg(test)]
pub fn csv(table: &super::tables::Table<'_>) -> Vec<u8> {
    let mut file = Csv::default();
    file.columns(table.columns.clone(), table.has_all_years);
    table.rows.iter().for_each(|row| file.row(&mut row.clone()));
    file.into_bytes()
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&cell);
    }
    text.push('\n');
}

fn written(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => csv_cell(text),
        Cell::Year(year) => year.to_string(),
        Cell::Money(value) => money(*value),
        Cell::Cents(value) => value.map_or_else(String::new, cents),
        Cell::Number(value) => number(*value),
        Cell::Exact(value) => exact(*value),
    }
}

/// Whole cents as money, every digit of them.
fn cents(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let size = cents.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

/// A cell of text as CSV has it: in quotes where it must be. What a spreadsheet would take for a formula
/// begins with an apostrophe.
pub fn csv_cell(text: &str) -> String {
    let guard = if is_formula(text) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

/// A text as it was before [`csv_cell`] guarded it.
pub fn unguarded(cell: &str) -> String {
    let bare = cell.strip_prefix('\'').filter(|bare| is_formula(bare));
    bare.unwrap_or(cell).to_owned()
}

/// Whether a spreadsheet would compute a text instead of showing it; numbers with a sign are no danger.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings, guarded};
    use crate::engine::{Prepared, central};

    fn records(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect()
    }

    /// The row of a table whose first cells are these.
    fn row(bytes: &[u8], first: &[&str]) -> String {
        let rows = records(bytes);
        let row = rows.iter().find(|row| row.iter().zip(first).all(|(cell, first)| cell == first));
        row.map(|row| row[first.len()..].join(",")).unwrap_or_default()
    }

    #[test]
    fn headers_are_the_contract() {
        let findings = findings(&example());
        let header =
            |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned();
        assert_eq!(
            header(awards(&findings)),
            "policy,programme,municipality,name,year,measure,mean,sd,mcse,p05,p10,p25,p50,p75,p90,p95"
        );
        assert_eq!(
            header(budget(&findings)),
            "policy,programme,year,appropriation,available_mean,entitlement_mean,award_mean,p_shortfall,\
             shortfall_mean,reserve90,reserve95,reserve99,unspent_mean,p_shortfall_lower,\
             p_shortfall_upper,reserve90_lower,reserve90_upper,reserve95_lower,reserve95_upper,\
             reserve99_lower,reserve99_upper,expected_shortfall90,expected_shortfall95,\
             expected_shortfall99,p_every_short,p_every_short_lower,p_every_short_upper"
        );
        assert_eq!(
            header(verdicts(&findings)),
            "policy,baseline,pot,programme,municipality,name,year,difference_mean,difference_mcse,p_more,\
             p_less,threshold_eur,threshold_percent,verdict,p_more_lower,p_more_upper,p_less_lower,\
             p_less_upper"
        );
        assert_eq!(
            header(outcomes(&findings)),
            "policy,outcome,scope,year,mean,sd,mcse,p05,p10,p25,p50,p75,p90,p95,p05_lower,p05_upper,\
             p50_lower,p50_upper,p95_lower,p95_upper"
        );
        assert_eq!(
            header(network(&findings)),
            "policy,municipality,name,year,open_points_local_mean,open_points_local_p05,\
             open_points_local_p50,open_points_local_p95,open_points_county_mean,open_points_county_p05,\
             open_points_county_p50,open_points_county_p95,load_mean,load_p05,load_p50,load_p95,\
             unmet_need_mean,unmet_need_p05,unmet_need_p50,unmet_need_p95,staff_mean,staff_p05,staff_p50,\
             staff_p95"
        );
    }

    #[test]
    fn rows_hold_the_figures_worked_by_hand() {
        let findings = findings(&example());
        let award =
            row(&awards(&findings), &["today", "maintenance", "0010", "Aknīste", "2022", "award"]);
        assert_eq!(award, "642.86,0.00,0.00,642.86,642.86,642.86,642.86,642.86,642.86,642.86");
        // 2 100 due of 1 500 in each of 127 draws: the chance is at least 127 / (127 + 3.8415). Of 127
        // draws the greatest is rank 127 from 1, and the 99 % quantile may lie at 128.
        assert_eq!(
            row(&budget(&findings), &["today", "maintenance", "2022"]),
            "1500.00,1500.00,2100.00,1500.00,1,600.00,600.00,600.00,600.00,0.00,0.97064,1,600.00,\
             600.00,600.00,600.00,600.00,,600.00,600.00,600.00,,,"
        );
        assert_eq!(cents(-5), "-0.05");
        assert!(row(&budget(&findings), &["today", "all", "2022"]).ends_with(",1,0.97064,1"));
        let first = ["reform", "today", "same", "maintenance", "0020", "Bauska", "all"];
        assert_eq!(
            row(&verdicts(&findings), &first),
            "-257.14,0.00,0,1,100.00,5,less,0,0.02936,0.97064,1"
        );
        let points = row(&outcomes(&findings), &["today", "open_points", "nation", "2022"]);
        assert_eq!(
            points,
            "1.75,0,0,1.75,1.75,1.75,1.75,1.75,1.75,1.75,1.75,1.75,1.75,1.75,1.75,1.75"
        );
        let cost = row(&outcomes(&findings), &["today", "total_cost", "nation", "2022"]);
        assert!(cost.starts_with("3100.00,0.00"));
        let bauska = row(&network(&findings), &["today", "0020", "Bauska", "2023"]);
        assert_eq!(bauska, "0.5,0.5,0.5,0.5,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0");
    }

    #[test]
    fn a_guarantee_has_rows_for_all_and_for_each_municipality() {
        let bytes = guarantees(&findings(&guarded()));
        let first = ["today", "maintenance", "Floor_1", "true", "2022"];
        let of = |more: [&str; 3]| row(&bytes, &[first.as_slice(), &more].concat());
        // As worked by hand in the tests of the findings.
        assert_eq!(of(["all", "", "gained"]), "400.00,0.00,400.00,400.00,400.00");
        assert_eq!(of(["all", "", "payers"]), "2,0,2,2,2");
        assert_eq!(of(["all", "", "p_broken"]), "0,,,,");
        assert_eq!(of(["0020", "Bauska", "gain"]), "-272.52,0.00,-272.52,-272.52,-272.52");
        // A header; five of all and three municipalities in two years and both, two chances.
        assert_eq!(records(&bytes).len(), 1 + 3 * 8 + 2);
    }

    #[test]
    fn the_worksheet_keeps_every_digit_of_every_line() {
        let scenario = example();
        let lines = central(&Prepared::new(&scenario)).unwrap();
        let bytes = worksheet(&scenario, &lines);
        assert_eq!(row(&bytes, &["today", "maintenance", "0010", "2022", "due"]), "900");
        assert_eq!(row(&bytes, &["today", "maintenance", "0010", "2022", "award"]), "642.86");
        // 2 policies · 2 programmes · 3 municipalities · 2 years · (1 line, entitlement, award).
        assert_eq!(records(&bytes).len(), 1 + 2 * 2 * 3 * 2 * 3);
    }

    #[test]
    fn texts_are_quoted_and_formulas_disarmed_but_numbers_stay() {
        let texts = ["rates \"of 2018\", by tier", "=1+1", "-5", "-5+A1", "@sum"];
        let columns = ["a", "b", "c", "d", "e"].map(str::to_owned).into();
        let row = texts.map(|text| Cell::Text(text.into())).into();
        let table = tables::Table { columns, rows: vec![row], has_all_years: false };
        let bytes = csv(&table);
        assert_eq!(
            records(&bytes)[1],
            ["rates \"of 2018\", by tier", "'=1+1", "-5", "'-5+A1", "'@sum"]
        );
        assert!(bytes.ends_with(b"\n") && !bytes.contains(&b'\r'));
    }

    #[test]
    fn the_same_findings_give_the_same_bytes() {
        let findings = findings(&example());
        for table in [awards, budget, verdicts, outcomes, network] {
            assert_eq!(table(&findings), table(&findings.clone()));
        }
    }
}
