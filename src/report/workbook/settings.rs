//! The sheet of settings: levers and appropriations as named cells, which the user may change.

use super::central::{Bound, Cell as Token, Sheet, number, pots, translate};
use super::names::Names;
use super::page::Page;
use super::styles;
use crate::engine::{Book, Role};
use crate::language::Message;
use crate::model::{Appropriation, Formula, Scenario, Variable};
use crate::report::written::Written;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, XlsxError};
use std::collections::BTreeMap;

/// Row of the headers of levers, from 0.
const HEADER: u32 = 4;

/// Where levers and sums stand, and under which names.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    levers: Vec<String>,
    amounts: Vec<Amount>,
    /// The sum of a policy's programme in a year.
    appropriations: BTreeMap<(usize, usize, i32), usize>,
    /// What is used centrally of it.
    slices: BTreeMap<(usize, usize, i32), Vec<usize>>,
}

/// A sum of money with a cell of its own.
#[derive(Clone, Debug)]
struct Amount {
    name: String,
    what: Message,
    programme: String,
    policies: Vec<usize>,
    /// None: in every year.
    year: Option<i32>,
    value: f64,
    kind: Kind,
    key: Key,
}

/// How a sum is known.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// It is a number, which may be changed.
    Number,
    /// It follows other cells.
    Formula(String),
    /// It is what the run's central path gave.
    Held,
}

/// What tells whether two policies have the same sum: programme, which sum, year, where and how it is
/// written.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    programme: usize,
    slice: Option<usize>,
    year: Option<i32>,
    place: Option<crate::problem::Place>,
    text: String,
}

impl Settings {
    /// Gives every lever and every sum of the books a cell and a name.
    pub fn new(scenario: &Scenario, books: &[Book], names: &mut Names) -> Self {
        let levers: Vec<String> =
            scenario.levers.iter().map(|lever| names.cell("lever", &lever.name)).collect();
        let mut settings = Self { levers, ..Self::default() };
        for book in books {
            let Some(policy) = scenario.policies.get(book.policy) else { continue };
            let Some(pot) = policy.pots.get(book.programme) else { continue };
            let at = (book.policy, book.programme, book.year);
            let index = usize::try_from(book.year - scenario.years.first).unwrap_or(0);
            if let Appropriation::Yearly(years) = &pot.appropriation
                && let Some(formula) = years.get(index)
            {
                let value = pots::appropriation(book).unwrap_or(0.0);
                let of = (None, "");
                let amount = settings.amount(scenario, at, of, (formula, value), names);
                settings.appropriations.insert(at, amount);
            }
            for (slice, known) in pot.top_slice.iter().enumerate() {
                let found = book.recorded.pot.formulas.iter();
                let found = found.rev().find(|formula| formula.role == Role::TopSlice(slice));
                let value = found.and_then(|formula| formula.rows.first());
                let value = value.map_or(0.0, |row| row.value);
                let of = (Some(slice), known.name.as_str());
                let amount = settings.amount(scenario, at, of, (&known.amount, value), names);
                settings.slices.entry(at).or_default().push(amount);
            }
        }
        settings
    }

    /// The cell of a sum: one that is there already where another policy, or a slice of an earlier year,
    /// has the very same.
    fn amount(
        &mut self,
        scenario: &Scenario,
        (policy, programme, year): (usize, usize, i32),
        (slice, called): (Option<usize>, &str),
        (formula, value): (&Formula, f64),
        names: &mut Names,
    ) -> usize {
        let is_number = formula.program.constant().is_some();
        let place = formula.place.clone();
        let of_year = (slice.is_none() || !is_number).then_some(year);
        let key = Key { programme, slice, year: of_year, place, text: formula.text.clone() };
        let same = |known: &Amount| known.key == key && known.value == value;
        if let Some(found) = self.amounts.iter().position(same) {
            if let Some(known) = self.amounts.get_mut(found)
                && !known.policies.contains(&policy)
            {
                known.policies.push(policy);
            }
            return found;
        }
        // What stands once for several years follows its first.
        let earlier = self.amounts.iter().find(|known| {
            let of_another_year = Key { year: of_year, ..known.key.clone() };
            is_number && slice.is_none() && key.place.is_some() && of_another_year == key
        });
        let kind = match (earlier, is_number) {
            (Some(earlier), _) => Kind::Formula(earlier.name.clone()),
            (None, true) => Kind::Number,
            (None, false) => match self.national(formula, year) {
                Ok(text) => Kind::Formula(text),
                Err(_) => Kind::Held,
            },
        };
        let named = scenario.programmes.get(programme).map_or("", |programme| &programme.name);
        let mut wanted = match slice {
            None => named.to_owned(),
            Some(_) => format!("{named}_{called}"),
        };
        if let Some(year) = of_year {
            wanted.push_str(&format!("_{year}"));
        }
        let what = match slice {
            None => Message::new("workbook-appropriation"),
            Some(_) => Message::new("workbook-top-slice").name("name", called),
        };
        let prefix = if slice.is_none() { "appropriation" } else { "top_slice" };
        self.amounts.push(Amount {
            name: names.cell(prefix, &wanted),
            what,
            programme: named.to_owned(),
            policies: vec![policy],
            year: of_year,
            value,
            kind,
            key,
        });
        self.amounts.len() - 1
    }

    /// A formula over levers and the year.
    fn national(&self, formula: &Formula, year: i32) -> Result<String, Message> {
        let outline = formula.outline.clone().ok_or_else(|| Message::new("workbook-why-text"))?;
        let tokens = translate(&outline, &mut National { settings: self, formula, year })?;
        let text = |token| match token {
            Token::Text(text) => Ok(text),
            _ => Err(Message::new("workbook-why-sheet")),
        };
        tokens.into_iter().map(text).collect()
    }

    /// The name of a lever's cell.
    pub fn lever(&self, lever: usize) -> Option<&str> {
        self.levers.get(lever).map(String::as_str)
    }

    /// The name of the cell with a programme's sum of a year.
    pub fn appropriation(&self, policy: usize, programme: usize, year: i32) -> Option<String> {
        let amount = self.appropriations.get(&(policy, programme, year))?;
        self.amounts.get(*amount).map(|amount| amount.name.clone())
    }

    /// The names of the cells with what is used centrally of it.
    pub fn top_slices(&self, policy: usize, programme: usize, year: i32) -> Vec<&str> {
        let slices = self.slices.get(&(policy, programme, year));
        let of = |amount: &usize| self.amounts.get(*amount).map(|amount| amount.name.as_str());
        slices.into_iter().flatten().filter_map(of).collect()
    }

    /// Writes the sheet; returns each name with its cell.
    ///
    /// # Errors
    /// What the file format cannot hold.
    pub fn write(
        &self,
        page: &mut Page,
        scenario: &Scenario,
        sheet: &str,
    ) -> Result<Vec<(String, String)>, XlsxError> {
        let language = page.language();
        page.title(&language.say("workbook-sheet-settings"))?;
        page.note(1, &language.say("workbook-settings-says"))?;
        page.note(2, &language.say("workbook-settings-range"))?;
        let mut cells = Vec::new();
        let mut row = self.levers(page, scenario, (sheet, &mut cells))?;
        row += 2;
        self.sums(page, scenario, row, (sheet, &mut cells))?;
        for (column, width) in [36, 16, 14, 14, 14, 58].into_iter().enumerate() {
            page.sheet().set_column_width(column as u16, width)?;
        }
        page.freeze(HEADER, 1)?;
        Ok(cells)
    }

    fn levers(
        &self,
        page: &mut Page,
        scenario: &Scenario,
        (sheet, cells): (&str, &mut Vec<(String, String)>),
    ) -> Result<u32, XlsxError> {
        let language = page.language();
        let heads = [
            language.say("workbook-column-lever"),
            language.say("workbook-column-value"),
            language.say("workbook-column-unit"),
            language.say("workbook-column-least"),
            language.say("workbook-column-most"),
            language.say("workbook-column-acts"),
        ];
        headers(page, HEADER, &heads)?;
        let mut row = HEADER + 1;
        for (index, (lever, name)) in scenario.levers.iter().zip(&self.levers).enumerate() {
            let plain = styles::live(styles::PLAIN);
            page.text(row, 0, &lever.name, &styles::live(styles::TEXT))?;
            page.number(row, 1, lever.value, &styles::input(styles::PLAIN))?;
            page.text(row, 2, &lever.unit, &styles::live(styles::TEXT))?;
            page.number(row, 3, lever.range.0, &plain)?;
            page.number(row, 4, lever.range.1, &plain)?;
            page.text(row, 5, &acts(scenario, index).in_language(language), &styles::aside())?;
            if lever.range.0.is_finite() && lever.range.1.is_finite() {
                let rule = DataValidationRule::Between(lever.range.0, lever.range.1);
                let validation = DataValidation::new()
                    .allow_decimal_number(rule)
                    .set_error_title(language.say("workbook-outside-range"))?
                    .set_error_message(language.say("workbook-outside-range-says"))?
                    .set_error_style(DataValidationErrorStyle::Warning);
                page.sheet().add_data_validation(row, 1, row, 1, &validation)?;
            }
            cells.push((name.clone(), format!("{sheet}!$B${}", row + 1)));
            row += 1;
        }
        if scenario.levers.is_empty() {
            page.note(row, &language.say("workbook-none"))?;
            row += 1;
        }
        Ok(row)
    }

    fn sums(
        &self,
        page: &mut Page,
        scenario: &Scenario,
        first: u32,
        (sheet, cells): (&str, &mut Vec<(String, String)>),
    ) -> Result<(), XlsxError> {
        let language = page.language();
        let currency = Written(language).currency(&scenario.currency);
        let unit = Message::new("workbook-unit-a-year").name("currency", &currency);
        let heads = [
            language.say("workbook-column-programme"),
            unit.in_language(language),
            language.say("workbook-column-year"),
            language.say("workbook-column-what"),
            String::new(),
            language.say("workbook-column-policies"),
        ];
        headers(page, first, &heads)?;
        let mut row = first + 1;
        let plain = styles::live("@");
        for amount in &self.amounts {
            page.text(row, 0, &amount.programme, &plain)?;
            match &amount.kind {
                Kind::Formula(text) => {
                    let format = styles::input(styles::MONEY);
                    page.formula(row, 1, (text, amount.value), &format)?;
                }
                Kind::Number | Kind::Held => {
                    page.number(row, 1, amount.value, &styles::input(styles::MONEY))?;
                }
            }
            match amount.year {
                Some(year) => {
                    let left = styles::live(styles::YEAR);
                    page.number(row, 2, f64::from(year), &left)?;
                }
                None => page.text(row, 2, &language.say("workbook-every-year"), &plain)?,
            }
            page.text(row, 3, &amount.what.in_language(language), &plain)?;
            let named = amount.policies.iter().filter_map(|policy| scenario.policies.get(*policy));
            let named: Vec<&str> = named.map(|policy| policy.name.as_str()).collect();
            let all = if amount.policies.len() == scenario.policies.len() && named.len() > 1 {
                language.say("workbook-all-policies")
            } else {
                named.join("; ")
            };
            let note = |message: Message| message.name("policies", &all).in_language(language);
            let note = match amount.kind {
                Kind::Held => note(Message::new("workbook-sum-held")),
                Kind::Formula(_) => note(Message::new("workbook-sum-formula")),
                Kind::Number => all,
            };
            page.text(row, 5, &note, &styles::aside())?;
            cells.push((amount.name.clone(), format!("{sheet}!$B${}", row + 1)));
            row += 1;
        }
        if self.amounts.is_empty() {
            page.note(row, &language.say("workbook-none-all-paid"))?;
        }
        Ok(())
    }
}

fn headers(page: &mut Page, row: u32, headers: &[String; 6]) -> Result<(), XlsxError> {
    for (column, header) in headers.iter().enumerate() {
        page.text(row, column as u16, header, &styles::header())?;
    }
    Ok(())
}

/// Where a lever is read: what it does there moves in this workbook, or not.
fn acts(scenario: &Scenario, lever: usize) -> Message {
    let reads = |formula: &&Formula| formula.variables.contains(&Variable::Lever(lever));
    let world = scenario.formulas_of_world().iter().any(reads);
    let rules = scenario.policies.iter().any(|policy| {
        let rules = policy.rules.iter().flatten();
        let rules = rules.flat_map(|rule| rule.formulas().collect::<Vec<_>>());
        let pots = policy.pots.iter().flat_map(|pot| pot.formulas().collect::<Vec<_>>());
        rules.chain(pots).any(|formula| reads(&formula))
    });
    match (rules, world) {
        (true, false) => Message::new("workbook-acts-rules"),
        (true, true) => Message::new("workbook-acts-both"),
        (false, true) => Message::new("workbook-acts-world"),
        (false, false) => Message::new("workbook-acts-nowhere"),
    }
}

/// The names of a formula of the nation.
struct National<'n> {
    settings: &'n Settings,
    formula: &'n Formula,
    year: i32,
}

impl Sheet for National<'_> {
    fn name(&mut self, id: u32, text: &str) -> Result<Bound, Message> {
        let token = match self.formula.variables.get(id as usize) {
            Some(Variable::Year) => number(f64::from(self.year)),
            Some(Variable::Lever(lever)) => self
                .settings
                .lever(*lever)
                .ok_or_else(|| Message::new("workbook-why-lever"))?
                .to_owned(),
            _ => return Err(Message::new("workbook-why-before-draw").name("name", text)),
        };
        Ok(Bound::National(Token::Text(token)))
    }

    fn helper(&mut self, _: usize, text: &str, _: Vec<Token>) -> Result<usize, Message> {
        Err(Message::new("workbook-why-own-cell").name("name", text))
    }

    fn array(&mut self, part: usize, text: &str, tokens: Vec<Token>) -> Result<usize, Message> {
        self.helper(part, text, tokens)
    }

    fn held(&mut self, part: usize, text: &str) -> Result<usize, Message> {
        self.helper(part, text, Vec::new())
    }
}
