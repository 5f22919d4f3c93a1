//! The central case with live formulas: a sheet for each programme of each policy.
//!
//! ```text
//! books ─► read       names become columns ─┐
//!          translate  formulas are written ─┴► lines ─► claims ─► division ─► awards ─► pots
//! ```
//! What the run gave stands in every cell as its result. Where the steps that are written down do not come
//! to what the run granted, or cannot be written down, the sheet shows the run's awards and says so.

mod claims;
mod division;
mod grid;
pub mod pots;
mod print;
mod read;
mod translate;

use self::claims::Asked;
use self::division::{Behind, Division, Steps};
use self::grid::{Closing, Form, Grid, Group, Token, fill};
use self::read::{Builder, NUMBER};
use super::places::Places;
use super::settings::Settings;
use crate::engine::{Book, Role};
use crate::language::{Language, Message, option};
use crate::model::{Mode, Ration, Rule, Scenario};

pub use self::grid::{Token as Cell, letters};
pub use self::pots::PotRow;
pub use self::print::{list, print, print_pots};
pub use self::translate::{Bound, Sheet, number, translate};

/// Row of the first municipality, from 0.
const FIRST_ROW: u32 = 6;
/// The most municipalities that are put in order by a formula: work grows with their square.
const MOST_IN_ORDER: usize = 600;

/// A sheet that is ready to be written.
#[derive(Clone, Debug)]
pub struct Central {
    /// Name of the sheet.
    pub name: String,
    /// Index of the policy.
    pub policy: usize,
    /// Index of the programme.
    pub programme: usize,
    /// Its columns.
    pub grid: Grid,
    /// Why the division does not move; none where it does.
    pub held: Option<Message>,
    /// What else does not move.
    pub notes: Vec<Message>,
    /// Its rows in the sheet of pots.
    pub pots: Vec<PotRow>,
}

/// The sheets of all books, in order of policy and programme, in a language and with the sheet of pots as
/// formulas call it; `names` gives a sheet its name.
pub fn sheets(
    scenario: &Scenario,
    books: &[Book],
    (places, settings): (&Places, &Settings),
    said: (Language, &str),
    mut names: impl FnMut(&str) -> String,
) -> Vec<Central> {
    let mut sheets = Vec::new();
    let mut first_pot = pots::FIRST_ROW;
    let same = |a: &Book, b: &Book| (a.policy, a.programme) == (b.policy, b.programme);
    for books in books.chunk_by(same) {
        if let Some(sheet) =
            sheet(scenario, books, (places, settings), (first_pot, said), &mut names)
        {
            sheets.push(sheet);
            first_pot += books.len() as u32;
        }
    }
    sheets
}

fn sheet(
    scenario: &Scenario,
    books: &[Book],
    (places, settings): (&Places, &Settings),
    (first_pot, said): (u32, (Language, &str)),
    names: &mut impl FnMut(&str) -> String,
) -> Option<Central> {
    let book = books.first()?;
    let (policy, programme) = (book.policy, book.programme);
    let rule = scenario.policies.get(book.simulated)?.rules.get(programme)?.as_ref()?;
    if scenario.municipalities.table.codes.is_empty() {
        return None;
    }
    let mut builder =
        Builder::new(scenario, books, (places, settings), (FIRST_ROW, first_pot), said);
    for (index, line) in rule.lines.iter().enumerate() {
        let claimed = rule.claims.iter().any(|claim| claim.line == index);
        let (unit, form) =
            if claimed { (builder.currency(), Form::Money) } else { (String::new(), Form::Plain) };
        let head = (line.name.as_str(), unit.as_str(), form);
        let column = builder.formula(Role::Line(index), &line.formula, Group::Line, head);
        builder.lines.push(column);
    }
    let asked = claims::write(&mut builder, rule, programme);
    let is_open = books.iter().all(|book| book.recorded.pot.open_ended);
    let mut held = obstacle(scenario, rule, is_open);
    let mut awards = None;
    if held.is_none() {
        let written = division(&mut builder, rule, &asked, is_open);
        if repeats(&builder, &written, rule.rounding.unit, |book| &book.award) {
            awards = Some(written);
        } else {
            held = Some(Message::new("workbook-not-live-cents"));
        }
    }
    let closing = results(&mut builder, rule, &asked, awards);
    let Builder { mut grid, mut notes, .. } = builder;
    grid.arrange();
    if scenario.network.as_ref().is_some_and(|network| network.mode == Mode::WhenFunded) {
        notes.push(Message::new("workbook-note-network"));
    }
    let project = scenario.programmes.get(programme).map_or("", |programme| &programme.name);
    let name = names(&format!("P{} {project}", policy + 1));
    let quoted = super::names::quoted(&name);
    let pots = pots::rows(scenario, books, settings, (&grid, &quoted), closing);
    Some(Central { name, policy, programme, grid, held, notes, pots })
}

/// Why a division cannot be written down; none where it can.
fn obstacle(scenario: &Scenario, rule: &Rule, is_open: bool) -> Option<Message> {
    let by = match &rule.ration {
        Ration::Competition(_) => {
            return Some(Message::new("workbook-not-live-competition"));
        }
        Ration::Rule(by) => by,
    };
    if is_open && rule.pools.is_none() {
        return None;
    }
    if rule.pools.is_some() {
        return Some(Message::new("workbook-not-live-pools"));
    }
    if by.weight.is_some() {
        return Some(Message::new("workbook-not-live-weighted"));
    }
    if Steps::of(by.rule.name()).is_none() {
        return Some(Message::new("workbook-not-live-steps").words("rule", option(by.rule.name())));
    }
    if rule.rounding.method.name() != "LargestRemainder" {
        return Some(
            Message::new("workbook-not-live-steps")
                .words("rule", option(rule.rounding.method.name())),
        );
    }
    if rule.rounding.least > 0 {
        return Some(Message::new("workbook-not-live-least"));
    }
    let municipalities = scenario.municipalities.table.len();
    (municipalities > MOST_IN_ORDER)
        .then(|| Message::new("workbook-not-live-many").count("most", MOST_IN_ORDER as f64))
}

/// Writes the division; returns the columns that add up to the awards, in units.
fn division(builder: &mut Builder<'_>, rule: &Rule, asked: &Asked, is_open: bool) -> Vec<usize> {
    if is_open {
        return asked.due.clone();
    }
    let unit = rule.rounding.unit.max(1);
    let name = claims::unit_name(builder, unit);
    let steps = match &rule.ration {
        Ration::Rule(by) => Steps::of(by.rule.name()).unwrap_or(Steps::Proportional),
        Ration::Competition(_) => Steps::Proportional,
    };
    let numbered = asked.due.len() > 1;
    let available: Vec<f64> = builder
        .books
        .iter()
        .flat_map(|book| {
            vec![(book.recorded.pot.available / unit) as f64; builder.grid.rows_of_year]
        })
        .collect();
    let tokens =
        fill(&format!("INT(ROUND(100*{{pot}},0)/{unit})"), &[("pot", Token::Pot(pots::AVAILABLE))]);
    let language = builder.grid.language;
    let head = (language.say("workbook-step-pot"), name.as_str(), Form::Whole);
    let mut pot = builder.grid.formula(Group::Step, head, tokens, available);
    let mut awards = Vec::new();
    let mut claims = asked.due.clone();
    if let [first, others @ ..] = &asked.protected[..] {
        let mut paid = asked.protected.clone();
        if others.is_empty() {
            let division = Division {
                steps: Steps::Proportional,
                claims: *first,
                pot,
                behind: Behind::PaidFirst,
                unit: &name,
                number: NUMBER,
            };
            paid = vec![division::write(&mut builder.grid, &division)];
        }
        let sums = |tokens: &mut Vec<Token>| {
            for column in &asked.protected {
                tokens.push(Token::Text("-SUM(".to_owned()));
                tokens.push(Token::Block(*column));
                tokens.push(Token::Text(")".to_owned()));
            }
        };
        // With several classes a guarantee that breaks cannot be shown: then there is no figure.
        let mut tokens = vec![Token::Text("MAX(0,".to_owned()), Token::Cell(pot)];
        sums(&mut tokens);
        tokens.push(Token::Text(")".to_owned()));
        if !others.is_empty() {
            let mut broken = vec![Token::Text("IF(".to_owned()), Token::Cell(pot)];
            sums(&mut broken);
            broken.push(Token::Text("<0,NA(),".to_owned()));
            broken.extend(tokens);
            broken.push(Token::Text(")".to_owned()));
            tokens = broken;
        }
        let values = left(builder, pot, &asked.protected);
        let head = (language.say("workbook-step-pot-after-first"), name.as_str(), Form::Whole);
        pot = builder.grid.formula(Group::Step, head, tokens, values);
        for (claim, paid) in claims.iter_mut().zip(&paid) {
            let tokens = vec![Token::Cell(*claim), Token::Text("-".to_owned()), Token::Cell(*paid)];
            let values = (0..builder.grid.len())
                .map(|row| builder.grid.value(*claim, row) - builder.grid.value(*paid, row))
                .collect();
            let head = (language.say("workbook-step-still-claimed"), name.as_str(), Form::Whole);
            *claim = builder.grid.formula(Group::Step, head, tokens, values);
        }
        awards.extend(paid);
    }
    for (class, claims) in (1..).zip(claims) {
        let behind = Behind::class(class, numbered);
        let division = Division { steps, claims, pot, behind, unit: &name, number: NUMBER };
        let award = division::write(&mut builder.grid, &division);
        awards.push(award);
        if class < asked.due.len() {
            let mut tokens = vec![Token::Cell(pot), Token::Text("-SUM(".to_owned())];
            tokens.extend([Token::Block(award), Token::Text(")".to_owned())]);
            let values = left(builder, pot, &[award]);
            let header = Message::new("workbook-step-pot-after").name("class", &class.to_string());
            let head = (header.in_language(language), name.as_str(), Form::Whole);
            pot = builder.grid.formula(Group::Step, head, tokens, values);
        }
    }
    awards
}

/// What columns leave of a pot, not below nothing.
fn left(builder: &Builder<'_>, pot: usize, columns: &[usize]) -> Vec<f64> {
    let grid = &builder.grid;
    let rows = grid.rows_of_year.max(1);
    let of = |row: usize| {
        let year = row / rows * rows..row / rows * rows + rows;
        let taken = |column: &usize| year.clone().map(|row| grid.value(*column, row)).sum::<f64>();
        (grid.value(pot, row) - columns.iter().map(taken).sum::<f64>()).max(0.0)
    };
    (0..grid.len()).map(of).collect()
}

/// Whether columns of units add up to what the run says, to the cent.
fn repeats(
    builder: &Builder<'_>,
    columns: &[usize],
    unit: i64,
    of: impl Fn(&Book) -> &Vec<i64>,
) -> bool {
    let rows = builder.grid.rows_of_year.max(1);
    (0..builder.grid.len()).all(|row| {
        let units: f64 = columns.iter().map(|column| builder.grid.value(*column, row)).sum();
        let award = builder.books.get(row / rows).and_then(|book| of(book).get(row % rows));
        award.is_some_and(|award| units * unit as f64 == *award as f64)
    })
}

/// What is due and granted, and how the grant differs from the run's: the columns of the first two.
fn results(
    builder: &mut Builder<'_>,
    rule: &Rule,
    asked: &Asked,
    awards: Option<Vec<usize>>,
) -> [usize; 2] {
    let currency = builder.currency();
    let unit = rule.rounding.unit.max(1);
    let euro = |cents: &dyn Fn(&Book) -> Vec<i64>| -> Vec<f64> {
        let books = builder.books.iter().flat_map(cents);
        books.map(|cents| cents as f64 / 100.0).collect()
    };
    let due = euro(&|book| book.entitlement.clone());
    let award = euro(&|book| book.award.clone());
    let sum = |columns: &[usize]| {
        let mut tokens = vec![Token::Text("(".to_owned())];
        for column in columns {
            if tokens.len() > 1 {
                tokens.push(Token::Text("+".to_owned()));
            }
            tokens.push(Token::Cell(*column));
        }
        tokens.push(Token::Text(if unit == 100 { ")".into() } else { format!(")*{unit}/100") }));
        tokens
    };
    let tokens = sum(&asked.due);
    let language = builder.grid.language;
    let (header, currency) = (language.say("workbook-step-due"), currency.as_str());
    let head = (header.as_str(), currency, Form::Money);
    let due = if repeats(builder, &asked.due, unit, |book| &book.entitlement) {
        builder.grid.formula(Group::Result, head, tokens, due)
    } else {
        builder.notes.push(Message::new("workbook-note-due"));
        builder.held(Group::Result, head, due)
    };
    let header = language.say("workbook-step-award");
    let head = (header.as_str(), currency, Form::Money);
    let award_column = match awards {
        Some(awards) => {
            let tokens = sum(&awards);
            builder.grid.formula(Group::Result, head, tokens, award.clone())
        }
        None => builder.held(Group::Result, head, award.clone()),
    };
    let zeros = vec![0.0; builder.grid.len()];
    let header = language.say("workbook-step-award-in-run");
    let run = builder.held(Group::Result, (&header, currency, Form::Money), award);
    let names = [("a", Token::Cell(award_column)), ("r", Token::Cell(run))];
    let tokens = fill("ROUND({a}-{r},2)", &names);
    let head = (language.say("workbook-step-difference"), currency, Form::Money);
    builder.grid.formula(Group::Result, head, tokens, zeros);
    builder.grid.closing[Closing::Due as usize] = Some(due);
    builder.grid.closing[Closing::Award as usize] = Some(award_column);
    [due, award_column]
}
