//! The tables of a run: columns and typed cells, which CSV, the workbook and the Python module write down.

use crate::analysis::{
    ALL, AwardRow, BudgetRow, ChanceInterval, CommitmentRow, Effect, Findings, GuaranteeRow,
    NetworkRow, OutcomeRow, QuantileInterval, Range, ReconciliationRow, Summary, VerdictRow,
};
use crate::engine::LineValue;
use crate::model::Scenario;
use crate::units::round_half_up;
use std::borrow::Cow;

const SUMMARY: &str = "mean,sd,mcse,p05,p10,p25,p50,p75,p90,p95";
const ENDS: &str = "p05_lower,p05_upper,p50_lower,p50_upper,p95_lower,p95_upper";

/// Columns and rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table<'t> {
    /// The names of the columns: a contract.
    pub columns: Vec<String>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Vec<Cell<'t>>>,
    /// Whether `year` is [`ALL`] in rows of all years together.
    pub has_all_years: bool,
}

/// What all cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts.
    Text,
    /// Calendar years.
    Year,
    /// Figures, of which some may be missing.
    Figure,
}

/// The columns that hold texts. It is said here so that a table without rows has its kinds too.
const TEXTS: [&str; 18] = [
    "policy",
    "programme",
    "municipality",
    "name",
    "measure",
    "baseline",
    "pot",
    "verdict",
    "outcome",
    "scope",
    "unit",
    "side",
    "line",
    "what",
    "due",
    "basis",
    "guarantee",
    "protected",
];

impl Table<'_> {
    /// What each column holds.
    pub fn kinds(&self) -> Vec<Kind> {
        let kind = |name: &String| match name.as_str() {
            "year" if self.has_all_years => Kind::Text,
            "year" => Kind::Year,
            name if TEXTS.contains(&name) => Kind::Text,
            _ => Kind::Figure,
        };
        self.columns.iter().map(kind).collect()
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'t> {
    /// A text.
    Text(Cow<'t, str>),
    /// A calendar year.
    Year(i32),
    /// EUR; none where it is missing.
    Money(Option<f64>),
    /// Whole cents as EUR; none where they are missing.
    Cents(Option<i64>),
    /// Anything else; none where it is missing.
    Number(Option<f64>),
    /// A number with every digit.
    Exact(f64),
}

impl Cell<'_> {
    /// The figure of a cell, rounded as tables show it; none where it is missing, and of texts and years.
    pub fn figure(&self) -> Option<f64> {
        let value = match self {
            Self::Text(_) | Self::Year(_) => None,
            Self::Money(value) => value.map(|value| round_half_up(value, 2)),
            Self::Cents(cents) => cents.map(|cents| cents as f64 / 100.0),
            Self::Number(value) => value.map(|value| round_half_up(value, 6)),
            Self::Exact(value) => Some(*value),
        };
        // A negative zero is zero.
        value.filter(|value| value.is_finite()).map(|value| value + 0.0)
    }
}

/// How a figure is kept.
type Form = fn(Option<f64>) -> Cell<'static>;

/// Whoever takes the rows of a table, one after the other: there may be too many to be kept.
pub trait Rows<'t> {
    /// The names of the columns, before any row, and whether `year` is [`ALL`] in some.
    fn columns(&mut self, names: Vec<String>, has_all_years: bool);
    /// A row, with a cell a column.
    fn row(&mut self, cells: &mut Vec<Cell<'t>>);
}

impl<'t> Rows<'t> for Table<'t> {
    fn columns(&mut self, names: Vec<String>, has_all_years: bool) {
        (self.columns, self.has_all_years) = (names, has_all_years);
    }

    fn row(&mut self, cells: &mut Vec<Cell<'t>>) {
        let room = self.columns.len();
        self.rows.push(std::mem::replace(cells, Vec::with_capacity(room)));
    }
}

/// The names of columns that stand side by side in texts.
fn named(header: &[&str]) -> Vec<String> {
    header.iter().flat_map(|names| names.split(',')).map(str::to_owned).collect()
}

/// A table that grows by cells.
struct Sheet<'t, R> {
    rows: R,
    row: Vec<Cell<'t>>,
}

impl<'t, R: Rows<'t>> Sheet<'t, R> {
    fn new(rows: R, header: &[&str]) -> Self {
        Self::with(rows, named(header), false)
    }

    /// The same, with rows of all years together.
    fn with_all_years(rows: R, header: &[&str]) -> Self {
        Self::with(rows, named(header), true)
    }

    fn with(mut rows: R, names: Vec<String>, has_all_years: bool) -> Self {
        let row = Vec::with_capacity(names.len());
        rows.columns(names, has_all_years);
        Self { rows, row }
    }

    fn cell(&mut self, cell: Cell<'t>) {
        self.row.push(cell);
    }

    fn text(&mut self, text: &'t str) {
        self.cell(Cell::Text(Cow::Borrowed(text)));
    }

    /// A text that is made here.
    fn word(&mut self, text: String) {
        self.cell(Cell::Text(Cow::Owned(text)));
    }

    fn year(&mut self, year: i32) {
        self.cell(Cell::Year(year));
    }

    fn year_or_all(&mut self, year: Option<i32>) {
        match year {
            Some(year) => self.year(year),
            None => self.text(ALL),
        }
    }

    fn money(&mut self, value: Option<f64>) {
        self.cell(Cell::Money(value));
    }

    fn number(&mut self, value: Option<f64>) {
        self.cell(Cell::Number(value));
    }

    fn summary(&mut self, summary: &Summary, form: Form) {
        for value in summary.columns() {
            self.cell(form(value));
        }
    }

    fn range(&mut self, range: &Range) {
        for value in [range.mean, range.p05, range.p50, range.p95] {
            self.number(value);
        }
    }

    /// The two ends of an interval.
    fn ends(&mut self, interval: &QuantileInterval, form: Form) {
        for value in [interval.lower, interval.upper] {
            self.cell(form(value));
        }
    }

    /// The two ends of the interval of a chance.
    fn chance(&mut self, interval: ChanceInterval) {
        for value in [interval.map(|ends| ends.lower), interval.map(|ends| ends.upper)] {
            self.number(value);
        }
    }

    /// Ends a row.
    fn end(&mut self) {
        self.rows.row(&mut self.row);
        self.row.clear();
    }
}

/// Every table of a run under its name, with rows or without, each handed to what `rows` makes.
pub fn of_run<'t, R: Rows<'t>>(
    findings: &'t Findings,
    rows: impl Fn() -> R,
) -> [(&'static str, R); 8] {
    [
        ("awards", awards(findings, rows())),
        ("budget", budget(findings, rows())),
        ("verdicts", verdicts(findings, rows())),
        ("outcomes", outcomes(findings, rows())),
        ("network", network(findings, rows())),
        ("reconciliation", reconciliation(findings, rows())),
        ("commitments", commitments(findings, rows())),
        ("guarantees", guarantees(findings, rows())),
    ]
}

/// `awards.csv`.
pub fn awards<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::new(rows, &["policy,programme,municipality,name,year,measure", SUMMARY]);
    for row in &findings.awards {
        let AwardRow { policy, programme, municipality, name, year, measure, summary } = row;
        for text in [policy, programme, municipality, name] {
            sheet.text(text);
        }
        sheet.year(*year);
        sheet.text(measure);
        sheet.summary(summary, Cell::Money);
        sheet.end();
    }
    sheet.rows
}

/// `budget.csv`.
pub fn budget<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::new(
        rows,
        &[
            "policy,programme,year,appropriation,available_mean,entitlement_mean,award_mean",
            "p_shortfall,shortfall_mean,reserve90,reserve95,reserve99,unspent_mean",
            "p_shortfall_lower,p_shortfall_upper,reserve90_lower,reserve90_upper",
            "reserve95_lower,reserve95_upper,reserve99_lower,reserve99_upper",
            "expected_shortfall90,expected_shortfall95,expected_shortfall99",
            "p_every_short,p_every_short_lower,p_every_short_upper",
        ],
    );
    for row in &findings.budget {
        let BudgetRow { policy, programme, year, entitlement, award, .. } = row;
        sheet.text(policy);
        sheet.text(programme);
        sheet.year(*year);
        for value in [row.appropriation, row.available_mean, entitlement.mean, award.mean] {
            sheet.money(value);
        }
        sheet.number(row.p_shortfall);
        let reserves = [row.reserve90, row.reserve95, row.reserve99];
        for value in [row.shortfall_mean].into_iter().chain(reserves).chain([row.unspent_mean]) {
            sheet.money(value);
        }
        sheet.chance(row.p_shortfall_interval);
        for interval in &row.reserve_intervals {
            sheet.ends(interval, Cell::Money);
        }
        for value in row.expected_shortfalls {
            sheet.money(value);
        }
        sheet.number(row.p_every_short);
        sheet.chance(row.p_every_short_interval);
        sheet.end();
    }
    sheet.rows
}

/// `reconciliation.csv`: the books of every pot, in lines that add up to the cent.
pub fn reconciliation<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::new(rows, &["policy,programme,year,side,line,name,mean,central"]);
    for row in &findings.reconciliation {
        let ReconciliationRow { policy, programme, year, side, line, name, mean, central } = row;
        sheet.text(policy);
        sheet.text(programme);
        sheet.year(*year);
        sheet.text(side.text());
        sheet.text(line);
        sheet.text(name);
        sheet.cell(Cell::Cents(Some(*mean)));
        sheet.cell(Cell::Cents(*central));
        sheet.end();
    }
    sheet.rows
}

/// `commitments.csv`: what is paid in each year, and what it binds later ones to.
pub fn commitments<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::new(rows, &["policy,programme,year,what,due,basis", SUMMARY]);
    for row in &findings.commitments {
        let CommitmentRow { policy, programme, year, bound, basis, summary } = row;
        sheet.text(policy);
        sheet.text(programme);
        sheet.year(*year);
        for text in bound.texts(*year) {
            sheet.word(text);
        }
        sheet.text(basis.text());
        sheet.summary(summary, Cell::Money);
        sheet.end();
    }
    sheet.rows
}

/// `guarantees.csv`: of each guarantee and year what it does in all, then to each municipality.
pub fn guarantees<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::with_all_years(
        rows,
        &[
            "policy,programme,guarantee,protected,year,municipality,name,measure,mean,mcse,p05,p50,p95",
        ],
    );
    for row in &findings.guarantees {
        let mut record = |place, measure, effect: &Effect, form| {
            effect_row(&mut sheet, row, place, measure, (effect, form));
        };
        let sums = [("gained", row.gained), ("given_up", row.given_up), ("cost", row.cost)];
        for (measure, effect) in sums {
            record([ALL, ""], measure, &effect, Cell::Money as Form);
        }
        for (measure, effect) in [("gainers", row.gainers), ("payers", row.payers)] {
            record([ALL, ""], measure, &effect, Cell::Number);
        }
        if let Some(broken) = row.p_broken {
            let chance = Effect { mean: Some(broken), ..Effect::default() };
            record([ALL, ""], "p_broken", &chance, Cell::Number);
        }
        for share in &row.shares {
            record([&share.municipality, &share.name], "gain", &share.gain, Cell::Money);
        }
    }
    sheet.rows
}

fn effect_row<'t, R: Rows<'t>>(
    sheet: &mut Sheet<'t, R>,
    row: &'t GuaranteeRow,
    place: [&'t str; 2],
    measure: &'static str,
    (effect, form): (&Effect, Form),
) {
    let GuaranteeRow { policy, programme, guarantee, .. } = row;
    for text in [policy, programme, guarantee] {
        sheet.text(text);
    }
    sheet.text(if row.protected { "true" } else { "false" });
    sheet.year_or_all(row.year);
    for text in place {
        sheet.text(text);
    }
    sheet.text(measure);
    for value in effect.columns() {
        sheet.cell(form(value));
    }
    sheet.end();
}

/// `verdicts.csv`.
pub fn verdicts<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut sheet = Sheet::with_all_years(
        rows,
        &[
            "policy,baseline,pot,programme,municipality,name,year,difference_mean,difference_mcse",
            "p_more,p_less,threshold_eur,threshold_percent,verdict",
            "p_more_lower,p_more_upper,p_less_lower,p_less_upper",
        ],
    );
    for row in &findings.verdicts {
        let VerdictRow { policy, baseline, programme, municipality, name, .. } = row;
        for text in [policy, baseline, row.pot, programme, municipality, name] {
            sheet.text(text);
        }
        sheet.year_or_all(row.year);
        sheet.money(row.difference_mean);
        sheet.money(row.difference_mcse);
        sheet.number(row.p_more);
        sheet.number(row.p_less);
        sheet.money(Some(row.threshold_eur));
        sheet.number(Some(row.threshold_percent));
        sheet.text(row.verdict.text());
        sheet.chance(row.p_more_interval);
        sheet.chance(row.p_less_interval);
        sheet.end();
    }
    sheet.rows
}

/// `outcomes.csv`.
pub fn outcomes<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    outcome_rows(findings, Sheet::new(rows, &["policy,outcome,scope,year", SUMMARY, ENDS]), false)
}

/// `outcomes.csv` with a column more: the unit of each outcome, where it is known.
pub fn outcomes_with_units<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let header = ["policy,outcome,scope,unit,year", SUMMARY, ENDS];
    outcome_rows(findings, Sheet::new(rows, &header), true)
}

fn outcome_rows<'t, R: Rows<'t>>(
    findings: &'t Findings,
    mut sheet: Sheet<'t, R>,
    with_units: bool,
) -> R {
    for row in &findings.outcomes {
        let OutcomeRow { policy, outcome, scope, year, unit, summary, intervals } = row;
        for text in [policy, outcome, scope] {
            sheet.text(text);
        }
        if with_units {
            sheet.text(unit);
        }
        sheet.year(*year);
        let form: Form = if *unit == "EUR" { Cell::Money } else { Cell::Number };
        sheet.summary(summary, form);
        for interval in intervals {
            sheet.ends(interval, form);
        }
        sheet.end();
    }
    sheet.rows
}

/// `network.csv`: one group of columns per tier, in the order of the scenario.
pub fn network<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut names = ["policy", "municipality", "name", "year"].map(str::to_owned).to_vec();
    // The name of a tier may hold a comma.
    let tiers = findings.about.tiers.iter().map(|tier| format!("open_points_{tier}"));
    for figure in tiers.chain(["load", "unmet_need", "staff"].map(str::to_owned)) {
        names.extend(["mean", "p05", "p50", "p95"].map(|column| format!("{figure}_{column}")));
    }
    let mut sheet = Sheet::with(rows, names, false);
    for row in &findings.network {
        let NetworkRow { policy, municipality, name, year, open_points, load, unmet_need, staff } =
            row;
        for text in [policy, municipality, name] {
            sheet.text(text);
        }
        sheet.year(*year);
        let ranges = open_points.iter().map(|of_tier| &of_tier.range);
        for range in ranges.chain([load, unmet_need, staff]) {
            sheet.range(range);
        }
        sheet.end();
    }
    sheet.rows
}

/// `worksheet.csv`: every line of the central path, in full precision.
pub fn worksheet<'t, R: Rows<'t>>(scenario: &'t Scenario, lines: &'t [LineValue], rows: R) -> R {
    let mut sheet = Sheet::new(rows, &["policy,programme,municipality,year,line,value"]);
    for line in lines {
        let policy = scenario.policies.get(line.policy).map_or("", |policy| &policy.name);
        let programme = scenario.programmes.get(line.programme).map_or("", |known| &known.name);
        let codes = &scenario.municipalities.table.codes;
        let code = codes.get(line.municipality).map_or("", String::as_str);
        for text in [policy, programme, code] {
            sheet.text(text);
        }
        sheet.year(line.year);
        sheet.text(&line.line);
        sheet.cell(Cell::Exact(line.value));
        sheet.end();
    }
    sheet.rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings, guarded};
    use crate::engine::{Prepared, central};
    use crate::report::csv_files;

    /// Holds a table against what `written` says of it.
    fn holds(table: &Table<'_>, written: &[u8]) {
        let mut reader = csv::Reader::from_reader(written);
        let kinds = table.kinds();
        assert!(!table.rows.is_empty());
        for (row, record) in table.rows.iter().zip(reader.records()) {
            let record = record.unwrap();
            for (at, (cell, text)) in row.iter().zip(record.iter()).enumerate() {
                let column = &table.columns[at];
                match (kinds[at], cell) {
                    (Kind::Text, Cell::Text(_)) | (Kind::Year, Cell::Year(_)) => {}
                    // Of all years together.
                    (Kind::Text, Cell::Year(_)) => assert!(table.has_all_years && column == "year"),
                    (Kind::Figure, Cell::Text(_) | Cell::Year(_)) => {
                        panic!("{column} holds {cell:?}")
                    }
                    (Kind::Figure, _) => assert_eq!(cell.figure(), text.parse().ok(), "{column}"),
                    _ => panic!("{column} is no {:?}: {cell:?}", kinds[at]),
                }
            }
        }
    }

    #[test]
    fn a_column_holds_what_its_kind_says_and_a_figure_is_what_is_written() {
        let findings = findings(&guarded());
        for (_, table) in of_run(&findings, Table::default) {
            holds(&table, &csv_files::csv(&table));
        }
        let scenario = example();
        let lines = central(&Prepared::new(&scenario)).unwrap();
        let table = worksheet(&scenario, &lines, Table::default());
        holds(&table, &csv_files::csv(&table));
    }

    #[test]
    fn a_figure_is_the_nearest_number_to_what_is_written() {
        for value in [0.0, -0.0, 1.005, -0.004, 12_345_678_901.235, 1e15 / 3.0, -7.0 / 3.0, 4e15] {
            let written = csv_files::csv(&Table {
                columns: vec!["a".to_owned()],
                rows: vec![vec![
                    Cell::Money(Some(value)),
                    Cell::Number(Some(value)),
                    Cell::Exact(value),
                ]],
                has_all_years: false,
            });
            let line = String::from_utf8(written).unwrap().lines().nth(1).unwrap().to_owned();
            let cells = [Cell::Money(Some(value)), Cell::Number(Some(value)), Cell::Exact(value)];
            for (cell, text) in cells.iter().zip(line.split(',')) {
                let (found, read) = (cell.figure().unwrap(), text.parse::<f64>().unwrap());
                assert_eq!(found.to_bits(), read.to_bits(), "{cell:?}: {text}");
            }
        }
        assert_eq!(Cell::Money(Some(f64::NAN)).figure(), None);
        assert_eq!(Cell::Cents(Some(-5)).figure(), Some(-0.05));
    }
}
