//! The pot, who draws on it, what each receives, and rounding.

use super::figures::{euro, figure, percent};
use super::worksheet::Writer;
use crate::analysis::explain::{Claimant, Competing, Divided, Explanation};
use crate::report::table::{Table, short};
use std::collections::BTreeMap;

/// Up to so many claimants are listed; of more the largest.
const ALL_SHOWN: usize = 12;
const LARGEST_SHOWN: usize = 8;

/// The pot of the year.
pub fn pot(explanation: &Explanation, writer: &mut Writer) -> String {
    let pot = &explanation.pot;
    if pot.open_ended {
        return "The pot\n  there is none: whatever is due is paid\n".to_owned();
    }
    let mut rows = vec![("appropriation".to_owned(), euro(pot.appropriation))];
    rows.extend(
        pot.top_slice
            .iter()
            .map(|slice| (format!("used centrally, {}", slice.name), euro(-slice.amount.value))),
    );
    if pot.carried_over != 0.0 {
        rows.push((format!("carried over from {}", explanation.year - 1), euro(pot.carried_over)));
    }
    rows.push(("available".to_owned(), euro(pot.available)));
    let left = rows.iter().map(|row| row.0.chars().count()).max().unwrap_or(0);
    let right = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or(0);
    let mut text = format!("The pot, {}\n", explanation.currency);
    for (name, amount) in rows {
        text.push_str(&format!("  {name:<left$}  {amount:>right$}\n"));
    }
    if let Some(formula) = &pot.appropriation_formula {
        text.push_str(&writer.formula("appropriation", formula, ""));
    }
    for slice in &pot.top_slice {
        text.push_str(&writer.formula(&slice.name, &slice.amount, ""));
    }
    text
}

/// How it is divided, and what this municipality and the others receive.
pub fn division(explanation: &Explanation, writer: &mut Writer) -> String {
    let Some(division) = &explanation.division else { return String::new() };
    let pot = &explanation.pot;
    let mut text = "The division\n".to_owned();
    let mut say = |line: &str| text.push_str(&format!("  {line}\n"));
    if let Some(pools) = &division.pools {
        say(&format!(
            "the pot is in {} pools by {}, each divided by itself; this municipality's is {}",
            pools.all.len(),
            pools.by,
            pools.own
        ));
        let all: f64 = pools.all.iter().map(|pool| pool.pot).sum();
        if all > pot.available {
            say(&format!(
                "together the pools have {}, more than is available: each is cut in proportion",
                euro(all)
            ));
        }
        say(&format!(
            "{} are due in the pool and it has {}; {} are awarded in it",
            euro(pools.due),
            euro(pools.pot.value),
            euro(pools.awarded)
        ));
        say(&format!("what is short is divided by {}: {}", division.rule, division.summary));
    } else if pot.open_ended {
        say(&format!("nothing is divided: {} are due to all, and paid", euro(division.due)));
    } else if division.short {
        say(&format!(
            "{} are due to all and {} available, so {} decides: {}",
            euro(division.due),
            euro(pot.available),
            division.rule,
            division.summary
        ));
    } else {
        say(&format!(
            "{} are due to all and {} available: the pot covers them",
            euro(division.due),
            euro(pot.available)
        ));
    }
    if division.estimate && division.short {
        say("the rule is estimated: there are more claimants than it is exact for");
    }
    if division.short && explanation.classes.len() > 1 {
        say("class 1 is served first, each later class by what is left");
    }
    if division.protected > 0.0 {
        say(&format!("{} of that are protected and paid first", euro(division.protected)));
    }
    if division.guarantee_broken {
        say(
            "even they exceed the pot: they are cut in proportion, and nothing is left for the rest",
        );
    }
    if let Some(pools) = &division.pools {
        text.push_str(&writer.formula("pool", &pools.pot, ""));
    }
    if let Some(weight) = &division.weight {
        text.push_str(&writer.formula("weight", weight, ""));
    }
    if let Some(competing) = &division.competition {
        text.push_str(&competition(competing, writer));
    }
    text.push_str(&claimants(explanation, division));
    if !pot.open_ended {
        let becomes = match (pot.unspent, pot.unspent_money) {
            (0.0, _) => "",
            (_, "carries") => ", which are added to next year's pot",
            (_, "reoffered") => ", which were offered once more and lapse",
            _ => ", which lapse",
        };
        text.push_str(&format!(
            "  awarded to all {}; unspent {}{becomes}\n",
            euro(division.awarded),
            euro(pot.unspent)
        ));
    }
    text
}

fn competition(competing: &Competing, writer: &mut Writer) -> String {
    let mut text = writer.formula("score", &competing.score, "the highest is served first");
    if let Some(wanted) = &competing.wanted {
        text.push_str(&writer.formula("points", wanted, "at most so many points compete"));
    }
    text.push_str(&match (competing.points, competing.place) {
        (points, Some(place)) => format!(
            "  {} of {} points are funded; place {place} of {} that ask\n",
            figure(competing.funded),
            figure(points.max(1.0)),
            competing.competitors
        ),
        (0.0, None) => "  it asks for no point this year, so nothing of it competes\n".to_owned(),
        (_, None) => "  nothing is due to it, so nothing of it competes\n".to_owned(),
    });
    if let Some(place) = competing.waiting_place {
        text.push_str(&format!("  it waits, place {place} of those that do"));
        if place == 1 && competing.partial > 0.0 {
            text.push_str(&format!(
                "; {} are left, less than its next point costs",
                euro(competing.partial)
            ));
        }
        text.push('\n');
    }
    text
}

/// A municipality's claims of all classes.
#[derive(Clone, Default)]
struct Together<'c> {
    code: &'c str,
    name: &'c str,
    due: f64,
    protected: f64,
    award: f64,
}

fn claimants(explanation: &Explanation, division: &Divided) -> String {
    let mut all: BTreeMap<&str, Together<'_>> = BTreeMap::new();
    for Claimant { municipality, due, protected, award, .. } in &division.claimants {
        let together = all.entry(&municipality.code).or_default();
        together.code = &municipality.code;
        together.name = &municipality.name;
        together.due += due;
        together.protected += protected.min(*due);
        together.award += award;
    }
    let own = explanation.municipality.code.as_str();
    let mut asking: Vec<&Together<'_>> = all.values().filter(|row| row.due > 0.0).collect();
    let count = asking.len();
    let mut text = String::new();
    let result = &explanation.result;
    if explanation.classes.len() > 1 {
        for class in &explanation.classes {
            text.push_str(&format!(
                "  of this municipality class {}: {} due, {} awarded\n",
                class.class,
                euro(class.due),
                euro(class.award)
            ));
        }
    }
    if result.entitlement == 0.0 {
        text.push_str("  nothing is due to this municipality\n");
    } else {
        text.push_str(&format!(
            "  this municipality: {} of all that is due, {} of all that is awarded\n",
            percent(result.entitlement, division.due),
            percent(result.award, division.awarded)
        ));
    }
    asking.sort_by(|a, b| b.due.total_cmp(&a.due).then(a.code.cmp(b.code)));
    let shown = if count <= ALL_SHOWN { count } else { LARGEST_SHOWN };
    let mut table = Table::new(&["who draws on the pot", "due", "protected", "award", "of due"]);
    for (place, row) in asking.iter().enumerate() {
        if place < shown || row.code == own {
            let mark = if row.code == own { " ←" } else { "" };
            table.row([
                format!("{} {}{mark}", row.code, short(row.name)),
                euro(row.due),
                euro(row.protected),
                euro(row.award),
                percent(row.award, row.due),
            ]);
        }
    }
    if !table.is_empty() {
        text.push_str(&table.text());
    }
    if count > shown {
        text.push_str(&format!(
            "  the largest of {count} that claim; --format csv lists every claim\n"
        ));
    }
    text
}

/// The unit and the method.
pub fn rounding(explanation: &Explanation) -> String {
    let (Some(rounding), Some(_)) = (&explanation.rounding, &explanation.division) else {
        return String::new();
    };
    let own = explanation.municipality.code.as_str();
    let of = |pick: fn(&Claimant) -> f64| -> f64 {
        let division = explanation.division.iter().flat_map(|division| &division.claimants);
        division.filter(|row| row.municipality.code == own).map(pick).sum()
    };
    let mut text = format!(
        "Rounding\n  to {} {}, what is left over by {}; a claim half up, the pot down\n",
        figure(rounding.unit),
        explanation.currency,
        rounding.method
    );
    text.push_str(&format!(
        "  the claim: {} before, {} after\n",
        euro(of(|row| row.claim)),
        euro(of(|row| row.due))
    ));
    if rounding.at_least > 0.0 {
        text.push_str(&format!(
            "  each claim is awarded at least {}, or the claim where that is less\n",
            euro(rounding.at_least)
        ));
    }
    text
}
