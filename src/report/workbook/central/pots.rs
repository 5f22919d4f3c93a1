//! The sheet of pots: every pot and year with what was there, due, granted and left.

use super::grid::{Grid, Token};
use crate::engine::{Book, Role};
use crate::language::Language;
use crate::model::{Scenario, Unspent};
use crate::report::workbook::settings::Settings;

/// Its first row of figures, from 0.
pub const FIRST_ROW: u32 = 4;
/// The column of the appropriation.
pub const APPROPRIATION: u16 = 3;
/// The column of what is available.
pub const AVAILABLE: u16 = 6;

/// The headers: what, and behind the third with its unit.
pub fn headers(language: Language) -> [String; 12] {
    [
        language.say("workbook-column-policy"),
        language.say("workbook-column-programme"),
        language.say("workbook-column-year"),
        language.say("workbook-appropriation"),
        language.say("workbook-pots-top-slice"),
        language.say("workbook-pots-carried"),
        language.say("workbook-pots-available"),
        language.say("workbook-step-due"),
        language.say("workbook-step-awarded"),
        language.say("workbook-pots-unspent"),
        language.say("workbook-pots-awarded-in-run"),
        language.say("workbook-step-difference"),
    ]
}

/// A cell of money: a formula and what it came to, or a number alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The formula; none of a number that does not move.
    pub formula: Option<String>,
    /// What it came to; none where there is no pot.
    pub value: Option<f64>,
}

/// One pot in one year.
#[derive(Clone, Debug)]
pub struct PotRow {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Calendar year.
    pub year: i32,
    /// From the appropriation to the difference.
    pub figures: Vec<Figure>,
}

impl Figure {
    fn of(formula: String, cents: i64) -> Self {
        Self { formula: Some(formula), value: Some(cents as f64 / 100.0) }
    }

    fn none() -> Self {
        Self { formula: None, value: None }
    }
}

/// Cents as a formula rounds them: half up on the decimal reading.
fn rounded(cell: &str) -> String {
    format!("ROUND({cell}+MIN({cell}*2^-40,1/6400),2)")
}

/// The rows of a programme of a policy, whose sheet has the columns of what is due and granted.
pub fn rows(
    scenario: &Scenario,
    books: &[Book],
    settings: &Settings,
    (grid, sheet): (&Grid, &str),
    [due, award]: [usize; 2],
) -> Vec<PotRow> {
    let mut rows = Vec::new();
    for (year, book) in books.iter().enumerate() {
        let line = grid.first_pot as usize + year + 1;
        let pot = &book.recorded.pot;
        let is_open = scenario
            .policies
            .get(book.policy)
            .is_some_and(|policy| policy.is_open_ended(book.programme));
        let sum = |column: usize| {
            let row = year * grid.rows_of_year;
            let cells = grid.text(&[Token::Block(column)], row);
            format!("ROUND(SUM({sheet}!{cells}),2)")
        };
        let total = |cents: &[i64]| cents.iter().sum::<i64>();
        let carries = scenario
            .policies
            .get(book.policy)
            .and_then(|policy| policy.pots.get(book.programme))
            .is_some_and(|pot| pot.unspent == Unspent::Carries);
        let mut figures = Vec::new();
        if is_open || pot.open_ended {
            figures.extend([Figure::none(), Figure::none(), Figure::none(), Figure::none()]);
        } else {
            let value = appropriation(book).unwrap_or(pot.appropriation as f64 / 100.0);
            let formula = settings.appropriation(book.policy, book.programme, book.year);
            figures.push(Figure { formula, value: Some(value) });
            let taken = pot.top_slice.min(pot.appropriation);
            let slices = settings.top_slices(book.policy, book.programme, book.year);
            figures.push(if slices.is_empty() {
                Figure { formula: None, value: Some(0.0) }
            } else {
                let sum = format!("({})", slices.join("+"));
                Figure::of(
                    format!("MIN({},{})", rounded(&sum), rounded(&format!("D{line}"))),
                    taken,
                )
            });
            figures.push(if carries && year > 0 {
                Figure::of(format!("J{}", line - 1), pot.carried)
            } else {
                Figure { formula: None, value: Some(pot.carried as f64 / 100.0) }
            });
            let left = format!("ROUND(MAX(0,{}-E{line})+F{line},2)", rounded(&format!("D{line}")));
            figures.push(Figure::of(left, pot.available));
        }
        figures.push(Figure::of(sum(due), total(&book.entitlement)));
        figures.push(Figure::of(sum(award), total(&book.award)));
        figures.push(if is_open || pot.open_ended {
            Figure::none()
        } else {
            Figure::of(format!("ROUND(G{line}-I{line},2)"), book.unspent)
        });
        let run = total(&book.award) as f64 / 100.0;
        figures.push(Figure { formula: None, value: Some(run) });
        figures.push(Figure::of(format!("ROUND(I{line}-K{line},2)"), 0));
        let (policy, programme) = (book.policy, book.programme);
        rows.push(PotRow { policy, programme, year: book.year, figures });
    }
    rows
}

/// What the appropriation came to before it was rounded, EUR.
pub fn appropriation(book: &Book) -> Option<f64> {
    let formulas = &book.recorded.pot.formulas;
    let found = formulas.iter().find(|formula| formula.role == Role::Appropriation)?;
    found.rows.first().map(|row| row.value)
}
