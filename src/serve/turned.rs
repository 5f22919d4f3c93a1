//! What can be turned on the page, and the settings that say the same on the command line.

use crate::analysis::solve::{Dial, appropriated};
use crate::model::{Appropriation, Pot, Rule, Scenario, Variable};
use crate::scenario::{Disk, Kind, Library, Node, compose};
use crate::units::round_half_up;
use std::path::Path;

/// So many steps a slider has, at least.
const STEPS: f64 = 100.0;
/// The most sliders of a page.
const MOST: usize = 40;
/// Twice the appropriation, in per cent: the high end.
const TWICE: f64 = 200.0;

/// Something that can be turned.
#[derive(Clone, Debug, PartialEq)]
pub struct Slider {
    /// Its name in an address: `lever.rate`, `pot.maintenance`.
    pub name: String,
    /// The lever or the programme.
    pub of: String,
    /// What it stands at.
    pub present: f64,
    /// Its ends.
    pub range: (f64, f64),
    /// From one place of the slider to the next.
    pub step: f64,
    /// Its unit as written.
    pub unit: String,
    /// What it sets.
    pub turns: Turns,
    /// Whether a text of the inputs, such as a parameter of a distribution, may name it.
    pub is_drawn_with: bool,
}

/// What a slider sets.
#[derive(Clone, Debug, PartialEq)]
pub enum Turns {
    /// A declared lever.
    Lever,
    /// Appropriations, in per cent of what they are: of each path the sum of each year.
    Pots(Vec<(String, Vec<(i32, f64)>)>),
}

impl Slider {
    /// What is set so that it stands at a value; nothing where it stands there already.
    pub fn settings(&self, value: f64) -> Vec<String> {
        if value == self.present {
            return Vec::new();
        }
        match &self.turns {
            Turns::Lever => vec![format!("levers.{}.value={value}", self.of)],
            Turns::Pots(pots) => pots
                .iter()
                .map(|(path, years)| format!("{path}={}", part_of(years, value)))
                .collect(),
        }
    }

    /// Whether no figure under some policies can move with it: a lever that neither the inputs nor any
    /// formula of the world, of what is measured or of these policies and the baseline names.
    pub fn is_idle(&self, scenario: &Scenario, policies: &[&str]) -> bool {
        let lever = scenario.levers.iter().position(|lever| lever.name == self.of);
        let (Turns::Lever, Some(lever), false) = (&self.turns, lever, self.is_drawn_with) else {
            return false;
        };
        let mut formulas = scenario.formulas_of_world();
        formulas.extend(scenario.outcomes.iter().map(|outcome| &outcome.formula));
        for (index, policy) in scenario.policies.iter().enumerate() {
            if index == scenario.baseline || policies.contains(&&*policy.name) {
                formulas.extend(policy.pots.iter().flat_map(Pot::formulas));
                formulas.extend(policy.rules.iter().flatten().flat_map(Rule::formulas));
            }
        }
        !formulas.iter().any(|formula| formula.variables.contains(&Variable::Lever(lever)))
    }

    /// A value of it, as an address writes it: within its ends.
    pub fn read(&self, text: &str) -> Option<f64> {
        let value = text.trim().replace(',', ".").parse::<f64>().ok()?;
        // A negative zero is zero.
        (self.range.0..=self.range.1).contains(&value).then_some(value + 0.0)
    }
}

/// So many per cent of each year's sum, to the cent.
fn part_of(years: &[(i32, f64)], percent: f64) -> String {
    let each = years
        .iter()
        .map(|(year, sum)| format!("{year}: {:.2}", round_half_up(sum * percent / 100.0, 2)));
    format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
}

/// What can be turned in a scenario: its appropriations, then its levers.
pub fn sliders(scenario: &Scenario, file: &Path, settings: &[String]) -> Vec<Slider> {
    let root = Disk::open(file)
        .ok()
        .and_then(|(disk, name)| compose(&mut Library::new(disk), &name, settings).ok());
    let inputs = root.as_ref().and_then(|root| root.field("inputs"));
    let levers = scenario.levers.iter().filter_map(|lever| {
        let (low, high) = lever.range;
        let dial = Dial::new(low, high, Some((high - low) / STEPS))?;
        Some(Slider {
            name: format!("lever.{}", lever.name),
            of: lever.name.clone(),
            present: lever.value,
            range: lever.range,
            step: dial.step(),
            unit: lever.unit.clone(),
            turns: Turns::Lever,
            is_drawn_with: inputs.is_some_and(|inputs| names(inputs, &lever.name)),
        })
    });
    let mut found: Vec<Slider> = Vec::new();
    if let Some(root) = &root {
        let programmes = 0..scenario.programmes.len();
        found.extend(programmes.filter_map(|programme| pot(scenario, root, programme)));
    }
    found.extend(levers);
    found.truncate(MOST);
    found
}

/// The appropriations of a programme: its own, and those of policies that have another.
fn pot(scenario: &Scenario, root: &Node, programme: usize) -> Option<Slider> {
    let name = &scenario.programmes.get(programme)?.name;
    let is_written = |node: Option<&Node>| {
        let found =
            node.and_then(|node| entry(node, name)).and_then(|of| of.field("appropriation"));
        found.is_some_and(|found| found.kind != Kind::Nothing)
    };
    let (own, others): (Vec<usize>, Vec<usize>) =
        (0..scenario.policies.len()).partition(|policy| {
            let of =
                root.field("policies").and_then(|all| entry(all, &scenario.policies[*policy].name));
            !is_written(of.and_then(|of| of.field("programmes")))
        });
    let mut pots = Vec::new();
    let quoted_name = quoted(name)?;
    if let Some(first) = own.first()
        && is_written(root.field("programmes"))
        && let Some(years) = sums(scenario, *first, programme)
    {
        pots.push((format!("programmes.{quoted_name}.appropriation"), years));
    }
    for other in others {
        if let Some(years) = sums(scenario, other, programme) {
            let policy = quoted(&scenario.policies[other].name)?;
            pots.push((format!("policies.{policy}.programmes.{quoted_name}.appropriation"), years));
        }
    }
    (!pots.is_empty()).then(|| Slider {
        name: format!("pot.{name}"),
        of: name.clone(),
        present: 100.0,
        range: (0.0, TWICE),
        step: 1.0,
        unit: "%".to_owned(),
        turns: Turns::Pots(pots),
        is_drawn_with: false,
    })
}

/// What a policy has for a programme in each year, where that is known before any draw.
fn sums(scenario: &Scenario, policy: usize, programme: usize) -> Option<Vec<(i32, f64)>> {
    appropriated(scenario, policy, programme).ok()?;
    let pot = scenario.policies.get(policy)?.pots.get(programme)?;
    let Appropriation::Yearly(years) = &pot.appropriation else { return None };
    let each = scenario.years.iter().zip(years);
    each.map(|(year, formula)| Some((year, scenario.fixed(formula, year)?))).collect()
}

/// Whether a text below a node names something, sources apart.
fn names(node: &Node, what: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    match &node.kind {
        Kind::Text(text) => text.value.split(|letter| !is_word(letter)).any(|word| word == what),
        Kind::Struct(_, fields) => {
            fields.iter().any(|field| &*field.name.value != "source" && names(&field.value, what))
        }
        Kind::Tuple(_, items) | Kind::List(items) => items.iter().any(|item| names(item, what)),
        Kind::Map(entries) => entries.iter().any(|(_, value)| names(value, what)),
        _ => false,
    }
}

/// The value of a key of a map.
fn entry<'a>(map: &'a Node, key: &str) -> Option<&'a Node> {
    let Kind::Map(entries) = &map.kind else { return None };
    let is_it = |node: &Node| node.as_text().is_some_and(|text| &*text.value == key);
    entries.iter().find(|(node, _)| is_it(node)).map(|(_, value)| value)
}

/// A key as a path has it; nothing where it cannot be written.
fn quoted(name: &str) -> Option<String> {
    (!name.contains(['"', '\\', '\n'])).then(|| format!("\"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idle(settings: &[&str], policies: &[&str]) -> Vec<String> {
        let settings: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/starter/starter.ron");
        let scenario = crate::scenario::open(&file, &settings).scenario.expect("a scenario");
        let found = sliders(&scenario, &file, &settings);
        assert_eq!(found.len(), 5, "two appropriations and three levers");
        let idle = found.into_iter().filter(|slider| slider.is_idle(&scenario, policies));
        idle.map(|slider| slider.of).collect()
    }

    #[test]
    fn a_lever_that_nothing_shown_names_is_idle() {
        let all = ["rate_local", "rate_county", "rate_case"];
        // The three stand in the formulas of the reform alone.
        assert_eq!(idle(&[], &["new"]), [""; 0]);
        assert_eq!(idle(&[], &["old"]), all);
        // A parameter of a distribution names one of them.
        let pay = r#"inputs.pay.value=Triangular(min: "rate_county", mode: 1_100, max: 1_300)"#;
        assert_eq!(idle(&[pay], &["old"]), ["rate_local", "rate_case"]);
    }
}
