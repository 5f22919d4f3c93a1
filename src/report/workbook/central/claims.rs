//! From the lines of the worksheet to what is due: classes, cost, limit, guarantees, cents, units.

use super::division::Behind;
use super::grid::{Form, Group, Token, fill};
use super::read::{Builder, cost_quantity};
use super::translate::Bound;
use crate::engine::Role;
use crate::language::Message;
use crate::model::{Rule, Variable};
use crate::report::written::Written;
use std::collections::BTreeMap;

/// What is asked of the pot, in units of the rounding: columns of the sheet.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What is due, class by class.
    pub due: Vec<usize>,
    /// What of it is paid first, class by class; empty where nothing is protected.
    pub protected: Vec<usize>,
}

/// Half a cent as officers read it: an amount within 2⁻⁴⁰ below a half counts as the half.
const CENTS: &str = "ROUND(100*{x}+MIN(100*{x}*2^-40,1/64),0)";

fn cents(euro: f64) -> f64 {
    crate::units::euro_to_cents(euro) as f64
}

/// Writes what is due.
pub fn write(builder: &mut Builder<'_>, rule: &Rule, programme: usize) -> Asked {
    let currency = builder.currency();
    let mut classes: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for claim in &rule.claims {
        let line = builder.lines.get(claim.line).copied();
        classes.entry(claim.class).or_default().extend(line);
    }
    let numbered = classes.len() > 1;
    let language = builder.grid.language;
    let label = |what: Message, class: usize| {
        Behind::class(class, numbered).header(what).in_language(language)
    };
    let mut claims = Vec::new();
    for (class, lines) in (1..).zip(classes.values()) {
        let header = label(Message::new("workbook-step-claimed"), class);
        let tokens = sum(lines.iter().map(|line| Token::Cell(*line)));
        let values = row_by_row(builder, |row| {
            lines.iter().map(|line| builder.grid.value(*line, row)).sum()
        });
        let head = (header.as_str(), currency.as_str(), Form::Money);
        claims.push(builder.grid.formula(Group::Bound, head, tokens, values));
    }
    if !rule.may_exceed_cost {
        let cost = cost(builder, programme);
        claims = cut(builder, &claims, cost, &Message::new("workbook-step-within-cost"));
    }
    if let Some(limit) = &rule.limit {
        let head = (language.say("workbook-step-limit"), currency.clone(), Form::Money);
        let head = (head.0.as_str(), head.1.as_str(), head.2);
        let most = builder.formula(Role::Limit, limit, Group::Bound, head);
        claims = cut(builder, &claims, most, &Message::new("workbook-step-within-limit"));
    }
    let bounds = guarantees(builder, rule, &mut claims);
    due(builder, rule, &claims, bounds, &label)
}

/// The eligible cost that nothing due may exceed.
fn cost(builder: &mut Builder<'_>, programme: usize) -> usize {
    let quantity = cost_quantity(builder.scenario, programme);
    let variable = Variable::Quantity { quantity, tier: None, lag: 0 };
    if let Some(Bound::Column(column)) = builder.names.get(&variable) {
        return *column;
    }
    let stages = builder.books.iter().flat_map(|book| &book.recorded.stages);
    let values = stages.map(|stages| stages.cost.unwrap_or(0.0)).collect();
    let currency = builder.currency();
    let head = (quantity.doc().name, currency.as_str(), Form::Money);
    let column = builder.held(Group::Held, head, values);
    builder.names.insert(variable, Bound::Column(column));
    column
}

fn row_by_row(builder: &Builder<'_>, of: impl Fn(usize) -> f64) -> Vec<f64> {
    (0..builder.grid.len()).map(of).collect()
}

fn sum(cells: impl Iterator<Item = Token>) -> Vec<Token> {
    let mut tokens = Vec::new();
    for cell in cells {
        if !tokens.is_empty() {
            tokens.push(Token::Text("+".to_owned()));
        }
        tokens.push(cell);
    }
    tokens
}

/// Cuts the last classes so that all of a municipality come to at most a sum.
fn cut(builder: &mut Builder<'_>, claims: &[usize], most: usize, what: &Message) -> Vec<usize> {
    let currency = builder.currency();
    let mut cut: Vec<usize> = Vec::new();
    for (class, claim) in (1..).zip(claims) {
        // What the classes before have left.
        let mut left = vec![Token::Text("MIN(".to_owned()), Token::Cell(*claim)];
        left.extend([Token::Text(",MAX(0,".to_owned()), Token::Cell(most)]);
        for before in &cut {
            left.extend([Token::Text("-".to_owned()), Token::Cell(*before)]);
        }
        left.push(Token::Text("))".to_owned()));
        let values = row_by_row(builder, |row| {
            let left = cut.iter().fold(builder.grid.value(most, row), |left, before| {
                left - builder.grid.value(*before, row)
            });
            builder.grid.value(*claim, row).min(left.max(0.0))
        });
        let behind = Behind::class(class, claims.len() > 1);
        let header = behind.header(what.clone()).in_language(builder.grid.language);
        let head = (header.as_str(), currency.as_str(), Form::Money);
        cut.push(builder.grid.formula(Group::Bound, head, left, values));
    }
    cut
}

/// The least and the most of what is protected, EUR.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    is_any: bool,
    lower: Option<usize>,
    upper: Option<usize>,
}

/// Bounds what is claimed, and says what is protected: the lower before the upper, as they are settled.
fn guarantees(builder: &mut Builder<'_>, rule: &Rule, claims: &mut Vec<usize>) -> Bounds {
    let currency = builder.currency();
    let is_any = rule.guarantees.iter().any(|guarantee| guarantee.protected);
    let (mut lowers, mut uppers) = (Vec::new(), Vec::new());
    for is_lower in [true, false] {
        for (index, guarantee) in rule.guarantees.iter().enumerate() {
            let formula = if is_lower { &guarantee.lower } else { &guarantee.upper };
            let Some(formula) = formula else { continue };
            let (role, what) = if is_lower {
                (Role::Lower(index), Message::new("workbook-guarantee-lower"))
            } else {
                (Role::Upper(index), Message::new("workbook-guarantee-upper"))
            };
            let number = (index + 1).to_string();
            let what = what.name("guarantee", &guarantee.name).name("number", &number);
            let header = what.in_language(builder.grid.language);
            let head = (header.as_str(), currency.as_str(), Form::Money);
            let bound = builder.formula(role, formula, Group::Bound, head);
            match (guarantee.protected, is_lower) {
                (true, true) => lowers.push(bound),
                (true, false) => uppers.push(bound),
                (false, true) => raise(builder, claims, bound),
                (false, false) => {
                    *claims = cut(
                        builder,
                        claims,
                        bound,
                        &Message::new("workbook-step-within-guarantees"),
                    );
                }
            }
        }
    }
    Bounds { is_any, lower: one_of(builder, &lowers, true), upper: one_of(builder, &uppers, false) }
}

/// The largest of lower bounds, or the smallest of upper ones.
fn one_of(builder: &mut Builder<'_>, bounds: &[usize], is_lower: bool) -> Option<usize> {
    let (first, others) = bounds.split_first()?;
    if others.is_empty() {
        return Some(*first);
    }
    let mut tokens = vec![Token::Text(if is_lower { "MAX(" } else { "MIN(" }.to_owned())];
    for bound in bounds {
        if tokens.len() > 1 {
            tokens.push(Token::Text(",".to_owned()));
        }
        tokens.push(Token::Cell(*bound));
    }
    tokens.push(Token::Text(")".to_owned()));
    let pick = if is_lower { f64::max } else { f64::min };
    let values = row_by_row(builder, |row| {
        let each = bounds.iter().map(|bound| builder.grid.value(*bound, row));
        each.reduce(pick).unwrap_or(0.0)
    });
    let header = protected_bound(builder, is_lower);
    let head = (header, builder.currency(), Form::Money);
    Some(builder.grid.formula(Group::Bound, head, tokens, values))
}

/// Raises the first class so that all of a municipality come to at least a sum.
fn raise(builder: &mut Builder<'_>, claims: &mut [usize], least: usize) {
    let all = claims.to_vec();
    let Some(first) = claims.first_mut() else { return };
    let mut tokens = vec![Token::Cell(*first), Token::Text("+MAX(0,".to_owned())];
    tokens.push(Token::Cell(least));
    tokens.push(Token::Text("-(".to_owned()));
    tokens.extend(sum(all.iter().map(|claim| Token::Cell(*claim))));
    tokens.push(Token::Text("))".to_owned()));
    let values = row_by_row(builder, |row| {
        let value = |column: usize| builder.grid.value(column, row);
        let total: f64 = all.iter().map(|claim| value(*claim)).sum();
        let least = value(least);
        value(*first) + if least > total { least - total } else { 0.0 }
    });
    let raised = Message::new("workbook-step-raised-to-guarantee");
    let header = Behind::class(1, all.len() > 1).header(raised).in_language(builder.grid.language);
    let head = (header, builder.currency(), Form::Money);
    *first = builder.grid.formula(Group::Bound, head, tokens, values);
}

/// Cents, then units, within what is protected.
fn due(
    builder: &mut Builder<'_>,
    rule: &Rule,
    claims: &[usize],
    bounds: Bounds,
    label: &dyn Fn(Message, usize) -> String,
) -> Asked {
    let unit = rule.rounding.unit.max(1);
    let mut in_cents = Vec::new();
    for (class, claim) in (1..).zip(claims) {
        let values = row_by_row(builder, |row| cents(builder.grid.value(*claim, row)).max(0.0));
        let tokens = fill(&format!("MAX(0,{CENTS})"), &[("x", Token::Cell(*claim))]);
        let header = label(Message::new("workbook-step-claim"), class);
        let head = (header.as_str(), cent_name(builder), Form::Whole);
        in_cents.push(builder.grid.formula(Group::Step, head, tokens, values));
    }
    if bounds.is_any {
        return protected(builder, &in_cents, bounds, unit, label);
    }
    let mut asked = Asked::default();
    for (class, claim) in (1..).zip(in_cents) {
        asked.due.push(if unit == 1 {
            claim
        } else {
            in_units(builder, claim, unit, &label(Message::new("workbook-step-claim"), class))
        });
    }
    asked
}

/// The name of a cent.
fn cent_name(builder: &Builder<'_>) -> String {
    builder.grid.language.say("workbook-unit-cents")
}

/// What the bound of all that is protected is called.
fn protected_bound(builder: &Builder<'_>, is_lower: bool) -> String {
    let language = builder.grid.language;
    if is_lower {
        language.say("workbook-protected-lower")
    } else {
        language.say("workbook-protected-upper")
    }
}

/// The name of a unit of so many cents.
pub fn unit_name(builder: &Builder<'_>, unit: i64) -> String {
    match unit {
        1 => cent_name(builder),
        100 => builder.currency(),
        _ => format!(
            "{} {}",
            Written(builder.grid.language).figure(unit as f64 / 100.0),
            builder.currency()
        ),
    }
}

fn in_units(builder: &mut Builder<'_>, cents: usize, unit: i64, header: &str) -> usize {
    let half = unit / 2;
    let values =
        row_by_row(builder, |row| ((builder.grid.value(cents, row) as i64 + half) / unit) as f64);
    let tokens = fill(&format!("INT(({{x}}+{half})/{unit})"), &[("x", Token::Cell(cents))]);
    let name = unit_name(builder, unit);
    builder.grid.formula(Group::Step, (header, &name, Form::Whole), tokens, values)
}

/// Spreads the bounds of each municipality over its classes: the first class is protected first and the
/// last one is cut first; what a floor lacks is added to the first class.
fn protected(
    builder: &mut Builder<'_>,
    claims: &[usize],
    bounds: Bounds,
    unit: i64,
    label: &dyn Fn(Message, usize) -> String,
) -> Asked {
    let bound_in_cents = |builder: &mut Builder<'_>, bound: Option<usize>, is_lower: bool| {
        let bound = bound?;
        let header = protected_bound(builder, is_lower);
        let values = row_by_row(builder, |row| cents(builder.grid.value(bound, row)));
        let tokens = fill(CENTS, &[("x", Token::Cell(bound))]);
        Some(builder.grid.formula(
            Group::Step,
            (header, cent_name(builder), Form::Whole),
            tokens,
            values,
        ))
    };
    let upper = bound_in_cents(builder, bounds.upper, false);
    let lower = bound_in_cents(builder, bounds.lower, true);
    let mut asked = Asked::default();
    let (mut capped, mut kept): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (class, claim) in (1..).zip(claims) {
        let value = |builder: &Builder<'_>, column: Option<usize>, row: usize, none: f64| {
            column.map_or(none, |column| builder.grid.value(column, row))
        };
        // What the cap and the floor are in all, and what classes before have taken of them.
        let most = |builder: &Builder<'_>, row: usize| {
            capped.iter().fold(value(builder, upper, row, 1e15), |left, c| {
                left - builder.grid.value(*c, row)
            })
        };
        let least_of_all = |builder: &Builder<'_>, row: usize| {
            value(builder, lower, row, 0.0).min(value(builder, upper, row, 1e15))
        };
        let floor = floor_of(lower, upper);
        let names = [
            ("lower", Token::Cell(lower.unwrap_or(0))),
            ("upper", Token::Cell(upper.unwrap_or(0))),
            ("claim", Token::Cell(*claim)),
        ];
        let raised = if class == 1 {
            let mut tokens = fill(&format!("{{claim}}+MAX(0,{floor}-("), &names);
            tokens.extend(sum(claims.iter().map(|claim| Token::Cell(*claim))));
            tokens.push(Token::Text("))".to_owned()));
            let values = row_by_row(builder, |row| {
                let all: f64 = claims.iter().map(|claim| builder.grid.value(*claim, row)).sum();
                builder.grid.value(*claim, row) + (least_of_all(builder, row) - all).max(0.0)
            });
            let header = label(Message::new("workbook-step-raised"), class);
            builder.grid.formula(
                Group::Step,
                (&header, cent_name(builder), Form::Whole),
                tokens,
                values,
            )
        } else {
            *claim
        };
        let cap = if upper.is_some() {
            let mut tokens = vec![Token::Text("MIN(".into()), Token::Cell(raised)];
            tokens.extend(fill(",{upper}", &names));
            for before in &capped {
                tokens.extend([Token::Text("-".to_owned()), Token::Cell(*before)]);
            }
            tokens.push(Token::Text(")".to_owned()));
            let values =
                row_by_row(builder, |row| builder.grid.value(raised, row).min(most(builder, row)));
            let header = label(Message::new("workbook-step-capped"), class);
            builder.grid.formula(
                Group::Step,
                (&header, cent_name(builder), Form::Whole),
                tokens,
                values,
            )
        } else {
            raised
        };
        let keep = {
            let mut tokens = vec![Token::Text("MIN(".into()), Token::Cell(cap)];
            tokens.extend(fill(&format!(",{floor}"), &names));
            for before in &kept {
                tokens.extend([Token::Text("-".to_owned()), Token::Cell(*before)]);
            }
            tokens.push(Token::Text(")".to_owned()));
            let values = row_by_row(builder, |row| {
                let left = kept.iter().fold(least_of_all(builder, row), |left, kept| {
                    left - builder.grid.value(*kept, row)
                });
                builder.grid.value(cap, row).min(left)
            });
            let header = label(Message::new("workbook-step-floor"), class);
            builder.grid.formula(
                Group::Step,
                (&header, cent_name(builder), Form::Whole),
                tokens,
                values,
            )
        };
        capped.push(cap);
        kept.push(keep);
        let (due, first) = within(builder, [cap, raised, keep], unit, &|what| label(what, class));
        asked.due.push(due);
        asked.protected.push(first);
    }
    asked
}

/// The least that is protected, in the words of a formula.
fn floor_of(lower: Option<usize>, upper: Option<usize>) -> &'static str {
    match (lower, upper) {
        (Some(_), Some(_)) => "MIN({lower},{upper})",
        (Some(_), None) => "{lower}",
        (None, _) => "0",
    }
}

/// What is due of a claim that was raised, capped and partly kept, and what of it is paid first, in units:
/// lower bounds are rounded up and upper ones down, so that rounding breaks none.
fn within(
    builder: &mut Builder<'_>,
    [cap, raised, keep]: [usize; 3],
    unit: i64,
    label: &dyn Fn(Message) -> String,
) -> (usize, usize) {
    let name = unit_name(builder, unit);
    let (half, up) = (unit / 2, unit - 1);
    let names = [("c", Token::Cell(cap)), ("r", Token::Cell(raised)), ("k", Token::Cell(keep))];
    let whole = |value: f64, more: i64| ((value as i64 + more).div_euclid(unit)) as f64;
    let pattern = format!(
        "MIN(MAX(INT(({{c}}+{half})/{unit}),INT(({{k}}+{up})/{unit})),IF({{c}}<{{r}},INT({{c}}/{unit}),1E+15))"
    );
    let values = row_by_row(builder, |row| {
        let [c, r, k] = [cap, raised, keep].map(|column| builder.grid.value(column, row));
        let most = if c < r { whole(c, 0) } else { 1e15 };
        whole(c, half).max(whole(k, up)).min(most)
    });
    let header = label(Message::new("workbook-step-due"));
    let head = (header.as_str(), name.as_str(), Form::Whole);
    let due = builder.grid.formula(Group::Step, head, fill(&pattern, &names), values);
    let names = [("k", Token::Cell(keep)), ("d", Token::Cell(due))];
    let values = row_by_row(builder, |row| {
        builder.grid.value(due, row).min(whole(builder.grid.value(keep, row), up))
    });
    let tokens = fill(&format!("MIN({{d}},INT(({{k}}+{up})/{unit}))"), &names);
    let header = label(Message::new("workbook-step-paid-first"));
    let head = (header.as_str(), name.as_str(), Form::Whole);
    let first = builder.grid.formula(Group::Step, head, tokens, values);
    (due, first)
}
