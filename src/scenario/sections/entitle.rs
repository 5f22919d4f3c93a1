//! What is due: a worksheet line by line, or a ready-made formula that becomes one.

use super::formula::{Locals, Want};
use super::ready::ready_made;
use super::rules::RuleOf;
use super::tiers::by_tier;
use crate::model::{Claim, Formula, Line, Purpose};
use crate::problem::{Place, Problem, codes};
use crate::scenario::decode::{
    Decoder, did_you_mean, filled, inside, listed, placed, quoted, spoken, text,
};
use crate::scenario::formulas::{self, READY};
use crate::scenario::tree::{Kind, Node};

/// What can stand in `entitle` besides the ready-made formulas that are written as lines.
const OWN: [&str; 4] = ["Worksheet", "CostShare", "FlatPerPoint", "Amount"];

/// The name of every formula.
pub fn formulas() -> Vec<&'static str> {
    OWN.into_iter().chain(READY.into_iter().map(|ready| ready.name)).collect()
}

/// Reads the field `entitle`: the lines, and which of them are claimed where that is not the last.
pub fn entitle(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<(Vec<Line>, Vec<Claim>)> {
    if let Some(ready) = node.name().and_then(|name| formulas::ready(&name.value)) {
        return ready_made(door, node, of, ready);
    }
    lines(door, node, of).map(|lines| (lines, Vec::new()))
}

fn lines(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<Vec<Line>> {
    const KINDS: &str = "a formula, such as `Worksheet([…])`, `CostShare(…)` or `FlatPerPoint(…)`";
    match node.name().map(|name| &*name.value) {
        Some("Worksheet") => {
            let lines = inside(door, node)?;
            worksheet(door, lines, of)
        }
        Some("CostShare") => cost_share(door, node, of),
        Some("FlatPerPoint") => flat_per_point(door, node, of),
        Some("Amount") => amount(door, node, of),
        Some(name) => {
            let message = format!("{} is not a way to compute what is due", quoted(name));
            let at = node.name().map_or_else(|| node.head(), |name| name.place.clone());
            let problem = Problem::error(codes::UNKNOWN_VARIANT, message).at(&at, "");
            let known = formulas();
            // A bare sum is one for each municipality, whatever it is called.
            door.refuse(match &node.kind {
                Kind::Tuple(_, items) if items.len() == 1 => match items.first().and_then(sum) {
                    Some(sum) => problem.help(format!(
                        "write `Amount({sum})`, EUR for each municipality a year; known here: {}",
                        listed(&known)
                    )),
                    None => did_you_mean(problem, name, &known),
                },
                _ => did_you_mean(problem, name, &known),
            })
        }
        None => match sum(node) {
            Some(sum) => {
                let message = format!("`entitle` should be {KINDS}, found {}", node.describe());
                let problem = Problem::error(codes::WRONG_TYPE, message).at(&node.head(), "");
                let help = "EUR for each municipality a year";
                door.refuse(problem.help(format!("write `entitle: Amount({sum})`, {help}")))
            }
            None => door.wrong(node, KINDS),
        },
    }
}

/// A bare number as a person would write it.
fn sum(node: &Node) -> Option<String> {
    let Kind::Number(number) = &node.kind else { return None };
    let Some(whole) = number.whole.filter(|whole| (0..1_000_000_000_000).contains(whole)) else {
        return Some(number.value).filter(|value| value.is_finite()).map(spoken);
    };
    let digits = whole.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    Some(groups.join("_"))
}

fn worksheet(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<Vec<Line>> {
    let Kind::List(items) = &node.kind else {
        return door.wrong(node, "a list of lines, written `[(line: \"name\", is: \"…\"), …]`");
    };
    let mut names: Vec<(String, Place)> = Vec::new();
    let mut lines = Vec::with_capacity(items.len());
    of.words.worksheet.replace(items.iter().map(name_of_line).collect());
    for item in items {
        lines.push(line(door, item, of, &mut names));
    }
    of.words.worksheet.take();
    if items.is_empty() {
        let message = "a worksheet has at least one line";
        let problem = Problem::error(codes::WRONG_COUNT, message).at(&node.head(), "");
        return door.refuse(problem.help("add `(line: \"due\", is: \"…\")`"));
    }
    lines.into_iter().collect()
}

/// The name of a line as written, whatever is wrong with the line; empty where it has none.
pub fn name_of_line(line: &Node) -> String {
    let name = line.field("line").and_then(Node::as_text);
    name.map_or_else(String::new, |name| name.value.to_string())
}

/// Reads one line and adds its name to those that later lines see.
fn line(
    door: &mut Decoder,
    node: &Node,
    of: RuleOf<'_>,
    names: &mut Vec<(String, Place)>,
) -> Option<Line> {
    let before: Vec<String> = names.iter().map(|(name, _)| name.clone()).collect();
    let mut fields = door.fields(node, "a line")?;
    let name = fields.required("line", placed(filled));
    let path = name.as_ref().map_or("", |(name, _)| name);
    let path = format!("{}.entitle.{path}", of.path);
    let formula = fields.required("is", |door, node| {
        of.words.number_after(door, node, &path, Want::rule(of.purpose), &before)
    });
    let note = fields.or("note", text, String::new());
    fields.finish();
    let Some((name, place)) = name else {
        names.push((String::new(), node.head()));
        return None;
    };
    let mut sound = of.words.new_name(door, &name, &place, "a line").is_some();
    if let Some((_, first)) = names.iter().find(|(other, _)| *other == name) {
        let message = format!("two lines are called {}", quoted(&name));
        let problem = Problem::error(codes::DUPLICATE_NAME, message)
            .at(&place, "again here")
            .also(first, "first here");
        door.tell(problem.help("rename one of them"));
        sound = false;
    }
    names.push((name.clone(), place));
    sound.then_some(())?;
    Some(Line { name, formula: formula?, note: note? })
}

/// `share` of the eligible cost; for investment at most `cap` EUR per new point of a tier.
fn cost_share(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<Vec<Line>> {
    let want = Want::rule(of.purpose);
    let path = format!("{}.entitle", of.path);
    let mut locals = Locals::default();
    let mut fields = door.fields_of(node, "CostShare")?;
    let share = fields.required("share", |door, node| {
        of.words.part(door, node, &format!("{path}.share"), want.share(), &[], &mut locals)
    });
    let cap_place = fields.place("cap");
    let caps = fields.optional("cap", |door, node| {
        by_tier(door, node, of.words, |door, node, tier| {
            let path = format!("{path}.cap.{tier}");
            of.words.part(door, node, &path, want.amount(), &[], &mut locals)
        })
    });
    fields.finish();
    let (share, caps) = (share?, caps?);
    let text = match caps {
        Some(_) if of.purpose == Purpose::Maintenance => {
            let message = "`cap` is EUR per new point, and maintenance pays for no new points";
            let problem = Problem::error(codes::CONFLICT, message).at(&cap_place, "");
            return door.refuse(problem.help("use `limit`, or a guarantee `Cap(amount: …)`"));
        }
        Some(caps) => {
            let of_tier = |(cap, tier): (&Option<String>, &String)| match cap {
                Some(cap) => {
                    format!("min({share} * new_point_cost_{tier}, {cap} * new_points_{tier})")
                }
                None => format!("{share} * new_point_cost_{tier}"),
            };
            let parts: Vec<String> = caps.iter().zip(&of.words.tiers).map(of_tier).collect();
            format!("{} + {share} * renewal_cost", parts.join(" + "))
        }
        None => format!("{share} * eligible_cost"),
    };
    let formula = of.words.generated(door, &text, &node.place, want, &[], &locals)?;
    Some(vec![ready(of, "cost_share", formula, "share of the eligible cost")])
}

/// A sum per month and point by tier, and a share on top for upkeep.
fn flat_per_point(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<Vec<Line>> {
    let want = Want::rule(of.purpose);
    let path = format!("{}.entitle", of.path);
    let mut locals = Locals::default();
    let mut fields = door.fields_of(node, "FlatPerPoint")?;
    let monthly = fields.required("monthly", |door, node| {
        by_tier(door, node, of.words, |door, node, tier| {
            let path = format!("{path}.monthly.{tier}");
            of.words.part(door, node, &path, want.amount(), &[], &mut locals)
        })
    });
    let upkeep = fields.optional("upkeep", |door, node| {
        of.words.part(door, node, &format!("{path}.upkeep"), want.amount(), &[], &mut locals)
    });
    fields.finish();
    let (monthly, upkeep) = (monthly?, upkeep?);
    let sums: Vec<String> = monthly
        .iter()
        .zip(&of.words.tiers)
        .filter_map(|(sum, tier)| Some(format!("{} * months_open_{tier}", sum.as_ref()?)))
        .collect();
    let text = if sums.is_empty() { "0".to_owned() } else { sums.join(" + ") };
    let mut lines: Vec<Line> = Vec::new();
    let mut add = |name: &str, text: &dyn Fn(&[String]) -> String, note: &str| {
        let before: Vec<String> = lines.iter().map(|line| line.name.clone()).collect();
        let formula =
            of.words.generated(door, &text(&before), &node.place, want, &before, &locals)?;
        lines.push(ready(of, name, formula, note));
        Some(())
    };
    add("monthly_sum", &|_| text.clone(), "a sum for every month that a point is open")?;
    if let Some(upkeep) = upkeep {
        add("upkeep", &|before| format!("{upkeep} * {}", before.join("")), "on top, for upkeep")?;
    }
    add("due", &|before| before.join(" + "), "")?;
    Some(lines)
}

fn amount(door: &mut Decoder, node: &Node, of: RuleOf<'_>) -> Option<Vec<Line>> {
    let item = inside(door, node)?;
    let path = format!("{}.entitle.amount", of.path);
    let formula = of.words.number(door, item, &path, Want::rule(of.purpose))?;
    Some(vec![ready(of, "amount", formula, "")])
}

/// A line of a ready-made formula, under a name that nothing else has.
fn ready(of: RuleOf<'_>, name: &str, formula: Formula, note: &str) -> Line {
    let mut name = name.to_owned();
    while of.words.meaning(&name).is_some() {
        name.push('_');
    }
    Line { name, formula, note: note.to_owned() }
}
