//! The tables of a run: columns and typed cells, which CSV and the workbook write down.

use crate::analysis::{
    ALL, AwardRow, BudgetRow, ChanceInterval, CommitmentRow, Effect, Findings, GuaranteeRow,
    NetworkRow, OutcomeRow, QuantileInterval, Range, ReconciliationRow, Summary, VerdictRow,
};
use crate::engine::LineValue;
use crate::model::Scenario;
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

/// How a figure is kept.
type Form = fn(Option<f64>) -> Cell<'static>;

/// Whoever takes the rows of a table, one after the other: there may be too many to be kept.
pub trait Rows<'t> {
    /// The names of the columns, before any row.
    fn columns(&mut self, names: Vec<String>);
    /// A row, with a cell a column.
    fn row(&mut self, cells: &mut Vec<Cell<'t>>);
}

impl<'t> Rows<'t> for Table<'t> {
    fn columns(&mut self, names: Vec<String>) {
        self.columns = names;
    }

    fn row(&mut self, cells: &mut Vec<Cell<'t>>) {
        let room = self.columns.len();
        self.rows.push(std::mem::replace(cells, Vec::with_capacity(room)));
    }
}

/// A table that grows by cells.
struct Sheet<'t, R> {
    rows: R,
    row: Vec<Cell<'t>>,
}

impl<'t, R: Rows<'t>> Sheet<'t, R> {
    fn new(rows: R, header: &[&str]) -> Self {
        let names = header.iter().flat_map(|names| names.split(','));
        Self::with(rows, names.map(str::to_owned).collect())
    }

    fn with(mut rows: R, names: Vec<String>) -> Self {
        let row = Vec::with_capacity(names.len());
        rows.columns(names);
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
    let mut sheet = Sheet::new(
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
    let mut sheet = Sheet::new(
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
    let mut sheet = Sheet::with(rows, names);
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
