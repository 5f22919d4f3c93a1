//! How one programme's money is divided under one policy.

use super::entitle::{entitle, formulas, name_of_line};
use super::formula::{Locals, Want};
use super::guarantees::guarantee;
use super::pools::pools;
use super::vocabulary::Vocabulary;
use crate::allocation::rationing::{self, RULES};
use crate::allocation::rounding::{self, METHODS};
use crate::allocation::{RationingRule, Unit};
use crate::model::{
    Claim, Competition, Division, Formula, GREATEST, Guarantee, Purpose, Ration, Rounding, Rule,
};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{
    Decoder, did_you_mean, list, number, placed, quoted, spoken, text, whole_within,
};
use crate::scenario::tree::{Kind, Name, Node};

/// Who reads which part of which rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleOf<'r> {
    /// The names that formulas see.
    pub words: &'r Vocabulary,
    /// What the programme pays for.
    pub purpose: Purpose,
    /// The rule's path in the scenario.
    pub path: &'r str,
    /// The lines of the worksheet, for what is read after them.
    pub lines: &'r [String],
    /// The lines that are claimed, likewise.
    pub claimed: &'r [String],
}

/// Reads a rule.
pub fn rule(
    door: &mut Decoder,
    node: &Node,
    words: &Vocabulary,
    purpose: Purpose,
    path: &str,
) -> Option<Rule> {
    let of = RuleOf { words, purpose, path, lines: &[], claimed: &[] };
    let mut fields = door.fields(node, "a rule")?;
    let (lines, usual) = fields.required("entitle", |door, node| entitle(door, node, of)).unzip();
    let names: Vec<String> = match &lines {
        Some(lines) => lines.iter().map(|line| line.name.clone()).collect(),
        None => node.field("entitle").map_or_else(Vec::new, names_of_lines),
    };
    let of = RuleOf { lines: &names, ..of };
    let entitlement = node.field("entitle").and_then(Node::name);
    let at = fields.place("claims");
    let claims =
        fields.optional("claims", |door, node| claims(door, node, &names, entitlement, &at));
    let usual = usual.filter(|claims: &Vec<Claim>| !claims.is_empty());
    let claimed: Vec<String> = match claims.as_ref().and_then(Option::as_ref).or(usual.as_ref()) {
        Some(claims) => claims.iter().filter_map(|claim| names.get(claim.line).cloned()).collect(),
        None => names.last().cloned().into_iter().collect(),
    };
    let of = RuleOf { claimed: &claimed, ..of };
    let limit = fields.optional("limit", |door, node| limit(door, node, of));
    let may_exceed_cost = fields.flag("may_exceed_cost");
    let guarantees = fields.or(
        "guarantee",
        |door, node| {
            let Kind::List(items) = &node.kind else {
                return door.wrong(node, "a list of guarantees, written `[…]`");
            };
            let read: Vec<Option<(Guarantee, Place)>> = items
                .iter()
                .enumerate()
                .map(|(index, item)| Some((guarantee(door, item, of, index)?, item.head())))
                .collect();
            read.into_iter().collect::<Option<Vec<_>>>()
        },
        Vec::new(),
    );
    let pools = fields.optional("pools", |door, node| pools(door, node, of));
    let ration = fields.optional("ration", |door, node| ration(door, node, of));
    let cents = Rounding { unit: 1, method: METHODS.first().copied()?, least: 0 };
    let rounding = fields.or("round", round, cents);
    fields.finish();
    let (ration, guarantees) = (ration?, guarantees?);
    tell_crossed(door, &guarantees);
    if matches!(ration, Some(Ration::Competition(_)))
        && let Some(index) = guarantees.iter().position(|(guarantee, _)| guarantee.protected)
    {
        let place = protected_at(node, index).unwrap_or_else(|| node.head());
        let message =
            "a ranked competition funds whole points: no guarantee can be protected in it";
        door.tell(
            Problem::error(codes::CONFLICT, message).at(&place, "").help("leave `protected` out"),
        );
    }
    if matches!(ration, Some(Ration::Competition(_)))
        && rounding.is_some_and(|rounding| rounding.least > 0)
        && let Some(least) = node.field("round").and_then(|round| round.field("at_least"))
    {
        let message = "a ranked competition funds whole points: it has no least award";
        let problem = Problem::error(codes::CONFLICT, message).at(&least.place, "");
        door.tell(problem.help("leave `at_least` out"));
    }
    let lines = lines?;
    let last = Claim { class: 1, line: lines.len().checked_sub(1)? };
    Some(Rule {
        claims: claims?.or(usual).unwrap_or_else(|| vec![last]),
        lines,
        limit: limit?,
        may_exceed_cost: may_exceed_cost?,
        guarantees: guarantees.into_iter().map(|(guarantee, _)| guarantee).collect(),
        pools: pools?,
        ration: ration.unwrap_or_else(|| Ration::Rule(Division::by(&rationing::Proportional))),
        rounding: rounding?,
    })
}

/// Where a guarantee says that it is protected.
fn protected_at(rule: &Node, index: usize) -> Option<Place> {
    let Kind::List(items) = &rule.field("guarantee")?.kind else { return None };
    let item = items.get(index)?;
    let Kind::Struct(_, fields) = &item.kind else { return Some(item.head()) };
    let field = fields.iter().find(|field| &*field.name.value == "protected");
    Some(field.map_or_else(|| item.head(), |field| field.name.place.clone()))
}

/// Tells a floor of a plain sum that lies above a cap which counts by the same.
fn tell_crossed(door: &mut Decoder, guarantees: &[(Guarantee, Place)]) {
    let bound = |formula: &Option<Formula>| {
        let text = formula.as_ref()?.text.clone();
        let (amount, per_point) = match text.strip_suffix(" * open_points") {
            Some(amount) => (amount, true),
            None => (&*text, false),
        };
        Some((amount.parse::<f64>().ok()?, per_point))
    };
    let of = |name: &'static str| guarantees.iter().filter(move |(found, _)| found.name == name);
    for (floor, place) in of("Floor") {
        for (cap, cap_place) in of("Cap") {
            let (Some((least, by)), Some((most, same))) = (bound(&floor.lower), bound(&cap.upper))
            else {
                continue;
            };
            if by == same && least > most {
                let (least, most) = (spoken(least), spoken(most));
                let message = format!("the floor of {least} EUR lies above the cap of {most} EUR");
                let problem = Problem::error(codes::CONFLICT, message)
                    .at(place, "at least this much")
                    .also(cap_place, "at most this much");
                door.tell(problem.help("raise the cap, lower the floor, or leave one out"));
            }
        }
    }
}

/// The names of a worksheet's lines as written, whatever is wrong with them.
fn names_of_lines(entitle: &Node) -> Vec<String> {
    let Kind::Tuple(_, items) = &entitle.kind else { return Vec::new() };
    let Some(Node { kind: Kind::List(lines), .. }) = items.first() else { return Vec::new() };
    lines.iter().map(name_of_line).collect()
}

/// Which lines are claimed; unknown lines are told unless the lines themselves are wrong.
fn claims(
    door: &mut Decoder,
    node: &Node,
    names: &[String],
    entitlement: Option<&Name>,
    at: &Place,
) -> Option<Vec<Claim>> {
    let is_worksheet = entitlement.is_some_and(|name| &*name.value == "Worksheet");
    let read = list(|door: &mut Decoder, node: &Node| {
        let mut fields = door.fields(node, "a claim")?;
        let class = fields.required("class", whole_within(1, 100));
        let line = fields.required("line", placed(text));
        fields.finish();
        Some((class? as u32, line?))
    })(door, node)?;
    if read.is_empty() {
        let message = "at least one line is claimed";
        let problem = Problem::error(codes::WRONG_COUNT, message).at(&node.head(), "");
        return door.refuse(problem.help("without `claims` the last line is claimed, in class 1"));
    }
    if !is_worksheet {
        let kind = entitlement.map(|name| name.value.clone()).unwrap_or_default();
        // Anything else has been told.
        if formulas().contains(&&*kind) {
            let message =
                format!("`claims` needs a worksheet, and this rule has {}", quoted(&kind));
            let problem = Problem::error(codes::CONFLICT, message).at(at, "");
            door.tell(problem.help("leave `claims` out: only a `Worksheet` has lines of your own"));
        }
        return None;
    }
    // Lines that are wrong have been told; names cannot be compared with lines that have none.
    if names.is_empty() || names.iter().any(String::is_empty) {
        return None;
    }
    let mut claims: Vec<Claim> = Vec::new();
    let mut sound = true;
    for (class, (name, place)) in read {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match names.iter().position(|line| *line == name) {
            Some(line) if claims.iter().any(|claim| claim.line == line) => {
                let message = format!("the line {} is claimed twice", quoted(&name));
                let problem = Problem::error(codes::DUPLICATE_NAME, message).at(&place, "");
                door.tell(problem.help("a line is paid once: leave one of the two out"));
                sound = false;
            }
            Some(line) => claims.push(Claim { class, line }),
            None => {
                let message = format!("{} is not a line of this worksheet", quoted(&name));
                let problem = Problem::error(codes::UNKNOWN_NAME, message).at(&place, "");
                door.tell(did_you_mean(problem, &name, &names));
                sound = false;
            }
        }
    }
    claims.sort_by_key(|claim| claim.class);
    sound.then_some(claims)
}

fn limit(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<Formula> {
    let want = Want::rule(of.purpose);
    let path = format!("{}.limit", of.path);
    if node.name().is_none_or(|name| &*name.value != "CostShare") {
        return of.words.number_after(door, node, &path, want.amount(), of.lines);
    }
    let mut locals = Locals::default();
    let mut fields = door.fields_of(node, "CostShare")?;
    let share = fields.required("share", |door, node| {
        of.words.part(door, node, &format!("{path}.share"), want.share(), of.lines, &mut locals)
    });
    fields.finish();
    let text = format!("{} * eligible_cost", share?);
    of.words.generated(door, &text, &node.place, want, of.lines, &locals)
}

fn ration(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<Ration> {
    const COMPETITION: &str = "RankedCompetition";
    let Some(name) = node.name() else {
        return door.wrong(node, "the name of a rationing rule, such as `Proportional`");
    };
    if &*name.value == COMPETITION {
        let mut fields = door.fields_of(node, COMPETITION)?;
        let score = fields.required("score", |door, node| {
            let path = format!("{}.ration.score", of.path);
            of.words.number_after(door, node, &path, Want::rule(of.purpose), of.lines)
        });
        let points = fields.optional("points", |door, node| {
            let path = format!("{}.ration.points", of.path);
            of.words.number_after(door, node, &path, Want::rule(of.purpose).amount(), of.lines)
        });
        fields.finish();
        return Some(Ration::Competition(Box::new(Competition { score: score?, points: points? })));
    }
    let Some(rule) = rationing::by_name(&name.value) else {
        let message = format!("{} is not a rationing rule", quoted(&name.value));
        let problem = Problem::error(codes::UNKNOWN_VARIANT, message).at(&name.place, "");
        let names = RULES.iter().map(|rule| rule.name()).chain([COMPETITION]);
        let known: Vec<&str> = names.collect();
        return door.refuse(did_you_mean(problem, &name.value, &known));
    };
    let is_struct = match &node.kind {
        Kind::Unit(_) | Kind::Struct(..) => true,
        Kind::Tuple(_, items) => items.is_empty(),
        _ => false,
    };
    if !is_struct {
        return door.wrong(node, &format!("the name {} alone", quoted(&name.value)));
    }
    let mut fields = door.fields_of(node, rule.name())?;
    let weight_at = fields.place("weight");
    let weight = fields.optional("weight", |door, node| {
        let path = format!("{}.ration.weight", of.path);
        of.words.number_after(door, node, &path, Want::rule(of.purpose).positive(), of.lines)
    });
    let estimate_at = fields.place("estimate");
    let estimate = fields.flag("estimate");
    fields.finish();
    let (weight, estimate) = (weight?, estimate?);
    if weight.is_some() && rule.weighting().is_none() {
        let weighted = RULES.iter().filter(|rule| rule.weighting().is_some());
        let names: Vec<String> = weighted.map(|rule| quoted(rule.name())).collect();
        let message = format!("{} has no weighted form", quoted(rule.name()));
        let problem = Problem::error(codes::NO_WEIGHTS, message).at(&weight_at, "");
        door.tell(problem.help(format!("leave `weight` out, or ration by {}", one_of(&names))));
    }
    tell_exactness(door, rule, estimate, (&name.place, &estimate_at), of.words);
    Some(Ration::Rule(Division { rule, weight: weight.map(Box::new), estimate }))
}

/// `a`, `b` or `c`.
fn one_of(names: &[String]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => names.concat(),
    }
}

/// Tells a rule that would have to be estimated without having been asked to, and one that was asked
/// to be estimated although it is exact.
fn tell_exactness(
    door: &mut Decoder,
    rule: &dyn RationingRule,
    estimate: bool,
    (rule_at, estimate_at): (&Place, &Place),
    words: &Vocabulary,
) {
    let claimants = words.municipalities.table.len();
    let name = quoted(rule.name());
    if let Some(most) = rule.estimated_up_to().filter(|&most| claimants > most) {
        let message = format!(
            "{name} can be estimated for up to {most} claimants, and there are {claimants}"
        );
        let problem = Problem::error(codes::NOT_EXACT, message).at(rule_at, "");
        let note = "the time that it takes grows with the square of the claimants";
        door.tell(problem.note(note).help("choose another rule"));
        return;
    }
    match rule.exact_up_to() {
        Some(most) if claimants > most && !estimate => {
            let message =
                format!("{name} is exact for up to {most} claimants, and there are {claimants}");
            let problem = Problem::error(codes::NOT_EXACT, message).at(rule_at, "");
            let problem = problem.note("for more it can only be estimated, with an error");
            door.tell(problem.help(format!(
                "ask for the estimate, `{}(estimate: true)`, or choose another rule",
                rule.name()
            )));
        }
        Some(most) if claimants > most || !estimate => {}
        Some(most) => {
            let message =
                format!("{name} is exact for up to {most} claimants: nothing is estimated");
            let problem = Problem::warning(codes::NO_EFFECT, message).at(estimate_at, "");
            door.tell(problem.help("leave `estimate` out"));
        }
        None if estimate => {
            let message = format!("{name} is always exact: nothing is estimated");
            let problem = Problem::warning(codes::NO_EFFECT, message).at(estimate_at, "");
            door.tell(problem.help("leave `estimate` out"));
        }
        None => {}
    }
}

fn round(door: &mut Decoder, node: &Node) -> Option<Rounding> {
    let mut fields = door.fields(node, "the rounding")?;
    let unit = fields.required("unit", cents);
    let method = fields.optional("method", |door, node| {
        let Some(name) = node.name() else {
            return door.wrong(node, "the name of a method, such as `LargestRemainder`");
        };
        let found = rounding::by_name(&name.value);
        if found.is_none() {
            let message = format!("{} is not a method of rounding", quoted(&name.value));
            let problem = Problem::error(codes::UNKNOWN_VARIANT, message).at(&name.place, "");
            let known: Vec<&str> = METHODS.iter().map(|method| method.name()).collect();
            door.tell(did_you_mean(problem, &name.value, &known));
        }
        found
    });
    let least = fields.or("at_least", placed(number), (0.0, node.head()));
    fields.finish();
    let (unit, method) = (unit?, method?.or_else(|| METHODS.first().copied())?);
    let (least, place) = least?;
    let Some(least) = least_award(least, unit) else {
        let (least, unit) = (spoken(least), spoken(unit as f64 / 100.0));
        let message = format!("{least} EUR is no least award of a unit of {unit} EUR");
        let label = "should be 0 or more, a multiple of the unit";
        let problem = Problem::error(codes::OUT_OF_RANGE, message).at(&place, label);
        let help = "`at_least: 100` awards 100 EUR to every claim, or the claim where that is less";
        return door.refuse(problem.help(help));
    };
    Some(Rounding { unit, method, least })
}

/// A least award in EUR as cents, if it is a multiple of the unit that a budget can hold.
fn least_award(euro: f64, unit: i64) -> Option<i64> {
    let cents = (euro * 100.0).round();
    let fits = (0.0..=GREATEST).contains(&euro) && (euro * 100.0 - cents).abs() < 1e-6;
    let least = cents as i64;
    (fits && least % unit == 0).then_some(least)
}

/// A unit in EUR as whole cents.
fn cents(door: &mut Decoder, node: &Node) -> Option<i64> {
    let euro = number(door, node)?;
    let cents = euro * 100.0;
    let whole = cents.round();
    if (cents - whole).abs() < 1e-6
        && let Some(unit) = Unit::new(whole as i64)
    {
        return Some(unit.cents());
    }
    let message = format!("{} EUR is no unit to round to", spoken(euro));
    let largest = spoken((Unit::LARGEST / 100) as f64);
    let label = format!("should be whole cents from 0.01 to {largest}");
    let problem = Problem::error(codes::OUT_OF_RANGE, message).at(&node.place, label);
    door.refuse(problem.help("`unit: 1` rounds to whole EUR, `unit: 0.01` to cents"))
}
