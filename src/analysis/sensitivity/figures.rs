//! What is explained: totals of programmes and outcomes of the nation.

use crate::engine::{OutcomePlan, Prepared, Source};
use crate::model::Scenario;

/// A figure that has one value in each draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// The policy; none where it is the same under all, or there is none.
    pub policy: Option<usize>,
    /// The programme; none: all, or it belongs to none.
    pub pot: Option<usize>,
    /// The simulated year, from 0; none: all of them.
    pub year: Option<usize>,
    /// The unit, where it is known.
    pub unit: String,
    /// Whether it stands on the terminal where nobody asked for others.
    pub is_headline: bool,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What is due.
    Entitlement,
    /// What is granted.
    Award,
    /// What is due above what is available, each programme and year by itself.
    Gap,
    /// 1 where more is due than available (in some programme, in some year), else 0.
    Shortfall,
    /// An outcome of the nation, by its place among all recorded ones.
    Outcome(usize),
}

/// The totals of programmes with their names and places among a keeper's.
pub const TOTALS: [(Kind, &str); 4] = [
    (Kind::Entitlement, "entitlement"),
    (Kind::Award, "award"),
    (Kind::Gap, "gap"),
    (Kind::Shortfall, "shortfall"),
];

impl Kind {
    /// Whether it is a total of programmes.
    #[must_use]
    pub fn is_of_pots(self) -> bool {
        !matches!(self, Self::Outcome(_))
    }
}

/// Which figures are asked for; an empty list asks for the usual ones.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Names of figures.
    pub outcomes: Vec<String>,
    /// Names of policies.
    pub policies: Vec<String>,
    /// Names of programmes, or `all`.
    pub programmes: Vec<String>,
    /// Years, or `all`.
    pub years: Vec<String>,
}

/// The names that figures may be asked for by: totals, then outcomes.
#[must_use]
pub fn known_names(prepared: &Prepared<'_>) -> Vec<String> {
    let plan = OutcomePlan::new(prepared);
    let totals = TOTALS.iter().filter(|_| !prepared.scenario.policies.is_empty());
    let totals = totals.map(|(_, name)| (*name).to_owned());
    totals.chain(outcomes(&plan).map(|(place, _)| plan.recorded[place].name.clone())).collect()
}

/// The figures that are asked for: totals by policy, programme and year, then outcomes by policy and year.
/// Where none is named, the totals and what the scenario declares.
#[must_use]
pub fn figures(prepared: &Prepared<'_>, wanted: &Wanted) -> Vec<Figure> {
    let scenario = prepared.scenario;
    let plan = OutcomePlan::new(prepared);
    let mut found = Vec::new();
    for policy in 0..scenario.policies.len() {
        if asked(&wanted.policies, &scenario.policies[policy].name) {
            totals(scenario, wanted, policy, &mut found);
        }
    }
    for (place, of_policy) in outcomes(&plan) {
        let recorded = &plan.recorded[place];
        let declared = matches!(recorded.source, Source::Declared(_));
        let is_wanted = if wanted.outcomes.is_empty() {
            // An outcome belongs to no programme.
            declared && wanted.programmes.is_empty()
        } else {
            wanted.outcomes.contains(&recorded.name)
        };
        // A world that all policies share needs to be told once.
        let shared = scenario.policies.is_empty() || prepared.network_is_shared() && !of_policy;
        let policies: Vec<Option<usize>> =
            if shared { vec![None] } else { (0..scenario.policies.len()).map(Some).collect() };
        let by_policy = policies.iter().filter(|policy| {
            policy.is_none_or(|policy| asked(&wanted.policies, &scenario.policies[policy].name))
        });
        for &policy in by_policy.filter(|_| is_wanted) {
            let last = scenario.years.count() - 1;
            for (year, calendar) in scenario.years.iter().enumerate() {
                if asked(&wanted.years, &calendar.to_string()) {
                    found.push(Figure {
                        kind: Kind::Outcome(place),
                        name: recorded.name.clone(),
                        policy,
                        pot: None,
                        year: Some(year),
                        unit: recorded.unit.to_owned(),
                        is_headline: year == last || !wanted.years.is_empty(),
                    });
                }
            }
        }
    }
    found
}

/// The nation's outcomes that are not totals of programmes by the same name.
fn outcomes(plan: &OutcomePlan) -> impl Iterator<Item = (usize, bool)> {
    plan.national().filter(|(place, _)| {
        !matches!(plan.recorded[*place].source, Source::Entitlement | Source::Award)
    })
}

fn totals(scenario: &Scenario, wanted: &Wanted, policy: usize, found: &mut Vec<Figure>) {
    let pots = scenario.programmes.len();
    let calendar: Vec<i32> = scenario.years.iter().collect();
    for (kind, name) in TOTALS {
        if !asked(&wanted.outcomes, name) {
            continue;
        }
        // All of them first; what is alone is all.
        for pot in std::iter::once(None).chain((0..pots).map(Some).filter(|_| pots > 1)) {
            let programme = pot.map_or("all", |pot| scenario.programmes[pot].name.as_str());
            let alone = pots == 1 && asked(&wanted.programmes, &scenario.programmes[0].name);
            if !asked(&wanted.programmes, programme) && !alone {
                continue;
            }
            let several = calendar.len() > 1;
            let all = std::iter::once(None).filter(|_| several);
            for year in all.chain((0..calendar.len()).map(Some)) {
                let named =
                    year.map_or_else(|| "all".to_owned(), |year| calendar[year].to_string());
                if !asked(&wanted.years, &named) {
                    continue;
                }
                let usual =
                    matches!(kind, Kind::Entitlement | Kind::Gap) || !wanted.outcomes.is_empty();
                let whole = year.is_none() || !several || !wanted.years.is_empty();
                let pot_asked = pot.is_none() || !wanted.programmes.is_empty();
                found.push(Figure {
                    kind,
                    name: name.to_owned(),
                    policy: Some(policy),
                    pot,
                    year,
                    unit: if kind == Kind::Shortfall { "share" } else { &scenario.currency }
                        .to_owned(),
                    is_headline: usual && whole && pot_asked,
                });
            }
        }
    }
}

/// Whether a name is asked for: an empty list asks for all.
fn asked(names: &[String], name: &str) -> bool {
    names.is_empty() || names.iter().any(|asked| asked == name)
}
