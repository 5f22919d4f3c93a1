//! What a reader should know before using the figures: what was told when the scenario was read,
//! and what only a run can show.

use super::BudgetRow;
use crate::allocation::{RationingRule, portions};
use crate::engine::{self, LineValue, PotKind, Prepared, Tally};
use crate::model::{Difference, Note, Policy, Ration, Rule, Scenario};
use crate::problem::{Problem, codes};
use crate::stats::Grouping;
use crate::stats::interval::{Z_95, quantile_ranks};
use crate::units::euro_to_cents;
use std::collections::BTreeMap;

/// Quantiles that tables print, the lowest, and the highest of the tables and of the reserves.
pub const PRINTED_QUANTILES: [f64; 3] = [0.05, 0.95, 0.99];

/// Numbers of draws that are proposed.
const ROUND_NUMBERS: [u64; 10] = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];

/// Everything that a reader should know of a run: what the run shows, then what was doubtful
/// before it; what the scenario waives bears its reason.
pub fn warnings(scenario: &Scenario, tally: &Tally, budget: &[BudgetRow]) -> Vec<Note> {
    let grouping = scenario.run.plan.grouping();
    // Where nothing is drawn, one draw says all.
    let few = if scenario.draws_nothing() { None } else { too_few_draws(tally.draws, grouping) };
    let found = few
        .into_iter()
        .chain(broken_guarantees(budget))
        .chain(same_in_all_draws(scenario, tally))
        .chain(estimated(scenario));
    let of_run = found.map(|problem| Note::new(&problem, &scenario.waivers));
    of_run.chain(scenario.noted.iter().cloned()).collect()
}

/// The least round number of draws at which a quantile has an interval at 95 % (both of its order
/// statistics exist); none beyond the greatest that is proposed.
pub fn draws_needed(probability: f64, grouping: Grouping) -> Option<u64> {
    ROUND_NUMBERS.into_iter().find(|&draws| has_interval(draws, probability, grouping))
}

fn has_interval(draws: u64, probability: f64, grouping: Grouping) -> bool {
    let ranks = quantile_ranks(draws, probability, Z_95, grouping);
    ranks.lower.is_some() && ranks.upper.is_some()
}

fn too_few_draws(draws: u64, grouping: Grouping) -> Option<Problem> {
    let poor: Vec<f64> = PRINTED_QUANTILES
        .into_iter()
        .filter(|&quantile| !has_interval(draws, quantile, grouping))
        .collect();
    let needed = poor.iter().filter_map(|&quantile| draws_needed(quantile, grouping)).max()?;
    let names: Vec<String> =
        poor.iter().map(|quantile| format!("{:.0} %", quantile * 100.0)).collect();
    let message = format!(
        "{draws} draws are too few for the quantiles at {}: no draw lies far enough out to say how \
         uncertain they are",
        names.join(", ")
    );
    let problem = Problem::warning(codes::FEW_DRAWS, message);
    Some(problem.help(format!("use at least {needed} draws (--draws {needed})")))
}

/// One warning per policy and programme, with the year in which a guarantee is broken most often.
fn broken_guarantees(budget: &[BudgetRow]) -> Vec<Problem> {
    let mut worst: Vec<(&BudgetRow, f64)> = Vec::new();
    for row in budget {
        let Some(chance) = row.p_guarantee_broken.filter(|chance| *chance > 0.0) else { continue };
        let same = |(other, _): &&mut (&BudgetRow, f64)| {
            (&other.policy, &other.programme) == (&row.policy, &row.programme)
        };
        match worst.iter_mut().find(same) {
            Some(known) if known.1 >= chance => {}
            Some(known) => *known = (row, chance),
            None => worst.push((row, chance)),
        }
    }
    let warning = |(row, chance): (&BudgetRow, f64)| {
        let message = format!(
            "guarantee broken: under `{}` the pot of `{}` does not suffice for what is protected, in {} % of \
             the draws of {}",
            row.policy,
            row.programme,
            // Rounded up, so that a chance is never printed as none.
            (chance * 100.0).ceil(),
            row.year
        );
        Problem::warning(codes::BROKEN_GUARANTEE, message)
            .note("then even what is protected is cut: the guarantee promises more than there is")
            .help("lower the guarantee, or add the reserve of `budget.csv`")
    };
    worst.into_iter().map(warning).collect()
}

/// Policies that pay on the median path, to the cent, what the baseline pays, though they differ
/// from it in something that might matter.
pub fn same_on_the_median_path(scenario: &Scenario, lines: &[LineValue]) -> Vec<Problem> {
    let mut paid: Vec<Paid> = vec![Paid::new(); scenario.policies.len()];
    for line in lines {
        let Some(paid) = paid.get_mut(line.policy) else { continue };
        let (award, due) = paid.entry((line.programme, line.municipality, line.year)).or_default();
        match &*line.line {
            "award" => *award = line.value,
            "entitlement" => *due = line.value,
            _ => {}
        }
    }
    let Some(baseline) = paid.get(scenario.baseline) else { return Vec::new() };
    let same = |policy: usize| {
        paid.get(policy).is_some_and(|paid| {
            let awards = |paid: &Paid| paid.values().map(|(award, _)| *award).collect::<Vec<_>>();
            paid.keys().eq(baseline.keys()) && awards(paid) == awards(baseline)
        })
    };
    // What is short is paid less than is due, by a cent at least.
    let is_short = |programme: usize, policy: usize| {
        paid.get(policy)
            .into_iter()
            .flatten()
            .any(|((of, ..), (award, due))| *of == programme && due - award > 0.005)
    };
    let where_ = "on the median path";
    told_alike(scenario, where_, &|policy| same(policy), &|programme, policy| {
        !is_short(programme, policy) && !is_short(programme, scenario.baseline)
    })
}

/// Rules that are estimated, with their largest error on the median path; nothing where that path
/// fails, which is told elsewhere.
fn estimated(scenario: &Scenario) -> Vec<Problem> {
    let mut rules = scenario.policies.iter().flat_map(|policy| policy.rules.iter().flatten());
    if !rules.any(|rule| estimate_of(rule).is_some()) {
        return Vec::new();
    }
    let lines = engine::central(&Prepared::new(scenario));
    lines.map_or_else(|_| Vec::new(), |lines| estimated_on_the_median_path(scenario, &lines))
}

/// The rule that is estimated.
fn estimate_of(rule: &Rule) -> Option<&'static dyn RationingRule> {
    match &rule.ration {
        Ration::Rule(by) if by.estimate => Some(by.rule),
        _ => None,
    }
}

/// The awards of a programme and year together, and what each municipality is due, in cents.
type Divided = (i64, BTreeMap<usize, i64>);

/// Rules that are estimated, with their largest error on the median path.
///
/// The awards of a year are divided anew among its entitlements, as if there were one class and no
/// guarantee: with them the parts that are divided are smaller, and so is the error.
pub fn estimated_on_the_median_path(scenario: &Scenario, lines: &[LineValue]) -> Vec<Problem> {
    let mut sums: BTreeMap<(usize, usize, i32), Divided> = BTreeMap::new();
    for line in lines {
        let (pot, claims) = sums.entry((line.policy, line.programme, line.year)).or_default();
        match &*line.line {
            "award" => *pot += euro_to_cents(line.value),
            "entitlement" => {
                *claims.entry(line.municipality).or_default() += euro_to_cents(line.value);
            }
            _ => {}
        }
    }
    let mut problems = Vec::new();
    for (index, policy) in scenario.policies.iter().enumerate() {
        for (programme, rule) in policy.rules.iter().enumerate() {
            let Some(rule) = rule.as_ref().and_then(estimate_of) else { continue };
            if rule.exact_up_to().is_none_or(|most| scenario.municipalities.table.len() <= most) {
                continue;
            }
            let years =
                sums.iter().filter(|((of, which, _), _)| (*of, *which) == (index, programme));
            let errors = years.map(|((.., year), (pot, claims))| {
                let claims: Vec<i64> = claims.values().copied().collect();
                (portions(rule, *pot, &claims, &[]).error / 100.0, *year)
            });
            let (error, year) =
                errors.fold((0.0, 0), |one, other| if other.0 > one.0 { other } else { one });
            let name = scenario.programmes.get(programme).map_or("", |programme| &programme.name);
            let currency = &scenario.currency;
            let found = if error >= 0.005 {
                format!("a share is off by about {error:.2} {currency} at most, in {year}")
            } else if error > 0.0 {
                format!("a share is off by less than 0.01 {currency}")
            } else {
                "no pot is short, so that nothing is estimated".to_owned()
            };
            let message = format!(
                "`{}` is estimated for `{name}` under `{}`: on the median path {found}",
                rule.name(),
                policy.name
            );
            let problem = Problem::warning(codes::ESTIMATED, message);
            let problem = match &policy.place {
                Some(place) => problem.at(place, ""),
                None => problem,
            };
            let problem =
                problem.note("there are more claimants than the rule can be computed for");
            problems.push(problem.help("say in a waiver why that will do, or choose another rule"));
        }
    }
    problems
}

/// Award and entitlement by programme, municipality and year.
type Paid = BTreeMap<(usize, usize, i32), (f64, f64)>;

/// Policies that pay in every draw, to the cent, what the baseline pays.
fn same_in_all_draws(scenario: &Scenario, tally: &Tally) -> Vec<Problem> {
    let municipalities = scenario.municipalities.table.len();
    let same = |policy: usize| {
        let each = (0..scenario.programmes.len()).flat_map(|programme| {
            (0..scenario.years.count()).flat_map(move |year| {
                (0..municipalities).map(move |municipality| (programme, year, municipality))
            })
        });
        each.map(|(programme, year, municipality)| {
            tally.differences.get([policy, PotKind::Own as usize, programme, year, municipality])
        })
        .all(|difference| difference.changed == 0)
    };
    told_alike(scenario, "in every draw", &same, &|_, _| false)
}

fn told_alike(
    scenario: &Scenario,
    where_: &str,
    same: &dyn Fn(usize) -> bool,
    is_ample: &dyn Fn(usize, usize) -> bool,
) -> Vec<Problem> {
    let Some(baseline) = scenario.policies.get(scenario.baseline) else { return Vec::new() };
    let others = scenario.policies.iter().enumerate();
    let others = others.filter(|(policy, _)| *policy != scenario.baseline);
    let alike = others.filter_map(|(policy, chosen)| {
        // What cannot matter has been told when the scenario was read.
        let differences: Vec<Difference> = scenario
            .differences(chosen, baseline)
            .into_iter()
            .filter(|difference| difference.idle.is_none())
            .collect();
        if differences.is_empty() || !same(policy) {
            return None;
        }
        let ample = |at: &Difference| is_ample(at.programme, policy);
        Some(told(scenario, (chosen, baseline), where_, &differences, &ample))
    });
    alike.collect()
}

fn told(
    scenario: &Scenario,
    (policy, baseline): (&Policy, &Policy),
    where_: &str,
    differences: &[Difference],
    is_ample: &dyn Fn(&Difference) -> bool,
) -> Problem {
    let name = |at: &Difference| {
        let programme = scenario.programmes.get(at.programme);
        let programme = programme.map_or("", |programme| programme.name.as_str());
        format!("`{}` of `{programme}`", at.field)
    };
    let fields: Vec<String> = differences.iter().map(name).collect();
    let ample = if differences.iter().all(is_ample) { "; no pot is short there" } else { "" };
    let message = format!(
        "the policy `{}` pays {where_} what the baseline `{}` pays, to the cent, though it differs in {}{ample}",
        policy.name,
        baseline.name,
        fields.join(", ")
    );
    let mut problem = Problem::warning(codes::SAME_AWARDS, message);
    problem.at = policy.place.clone().map(|place| (place, String::new()));
    if let Some(place) = &baseline.place {
        problem = problem.also(place, "the baseline");
    }
    problem.note("a comparison of the two shows no difference").help(
        "see whether the change does what it should, try a pot that is short, or write in a waiver why \
         both pay the same",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{constant_formula, example, example_with_rent, findings};
    use crate::engine::{Prepared, central};
    use crate::model::{Appropriation, Common, Division, Ration, Waiver};

    #[test]
    fn a_quantile_needs_draws_on_both_sides_of_it() {
        // 99 %: ⌈0.99 n + 1.96 √(0.0099 n)⌉ + 1 ≤ n. n = 500: ⌈495 + 4.36⌉ + 1 = 501, too many;
        // n = 1000: ⌈990 + 6.17⌉ + 1 = 998. 95 %: n = 100: ⌈95 + 4.27⌉ + 1 = 101; n = 200:
        // ⌈190 + 6.04⌉ + 1 = 198.
        let needed = |probability| draws_needed(probability, Grouping::Independent);
        assert_eq!(needed(0.99), Some(1_000));
        assert_eq!(needed(0.95), Some(200));
        assert_eq!(needed(0.5), Some(50));
        assert_eq!(needed(0.999_999), None);
        // 97 %, n = 200: ⌈194 + 4.73⌉ + 1 = 200; of pairs ⌈194 + 6.69⌉ + 1 = 202, too many.
        assert_eq!(needed(0.97), Some(200));
        assert_eq!(draws_needed(0.97, Grouping::Pairs), Some(500));
    }

    #[test]
    fn few_draws_are_told_with_the_number_that_suffices() {
        assert_eq!(too_few_draws(1_000, Grouping::Independent), None);
        let few = too_few_draws(500, Grouping::Independent).unwrap();
        assert!(few.message.starts_with("500 draws are too few for the quantiles at 99 %:"));
        assert!(few.help.is_some_and(|help| help.contains("--draws 1000")));
        assert!(
            too_few_draws(64, Grouping::Independent)
                .unwrap()
                .message
                .contains("at 5 %, 95 %, 99 %")
        );
    }

    #[test]
    fn few_draws_suffice_where_nothing_is_drawn() {
        assert_eq!(findings(&example()).warnings, []);
        let drawn = example_with_rent(Common { nation: 1.0, municipality: 0.0 });
        let told: Vec<&str> = findings(&drawn).warnings.iter().map(|note| note.code).collect();
        assert_eq!(told, [codes::FEW_DRAWS]);
    }

    #[test]
    fn a_broken_guarantee_is_told_once_with_its_worst_year() {
        let mut rows = findings(&example()).budget;
        for (row, chance) in rows.iter_mut().zip([0.031, 0.24]) {
            row.p_guarantee_broken = Some(chance);
        }
        let [broken] = &*broken_guarantees(&rows) else { panic!("one warning") };
        assert_eq!(
            broken.message,
            "guarantee broken: under `today` the pot of `investment` does not suffice for what is \
             protected, in 24 % of the draws of 2023"
        );
    }

    #[test]
    fn what_the_run_shows_and_what_was_told_before_stand_together_with_their_reasons() {
        let mut scenario = example_with_rent(Common { nation: 1.0, municipality: 0.0 });
        let before = Problem::warning(codes::CLIFF, "the threshold 15 of `density`");
        scenario.noted = vec![Note::new(&before, &[])];
        scenario.waivers = vec![Waiver {
            code: codes::FEW_DRAWS,
            about: Vec::new(),
            reason: "a first look".to_owned(),
            place: None,
        }];
        let [few, cliff] = &*findings(&scenario).warnings else { panic!("two warnings") };
        assert_eq!((few.code, few.reason.as_deref()), (codes::FEW_DRAWS, Some("a first look")));
        assert_eq!((cliff.code, cliff.is_waived()), (codes::CLIFF, false));
    }

    #[test]
    fn a_policy_that_differs_and_pays_the_same_is_told_with_what_differs() {
        // `reform` with the line of `today`, divided by another rule: the pot of 1 500 is short in
        // both years (2022: 2 200 due by 10 + 12 months at 100), so the rules divide differently.
        let mut scenario = example();
        let line =
            |scenario: &Scenario| scenario.policies[0].rules[1].as_ref().unwrap().lines.clone();
        let lines = line(&scenario);
        let awards = crate::allocation::rationing::by_name("ConstrainedEqualAwards").unwrap();
        let rule = scenario.policies[1].rules[1].as_mut().unwrap();
        (rule.lines, rule.ration) = (lines, Ration::Rule(Division::by(awards)));
        let of_median = |scenario: &Scenario| {
            same_on_the_median_path(scenario, &central(&Prepared::new(scenario)).unwrap())
        };
        let of_run = |scenario: &Scenario| {
            let notes = findings(scenario).warnings;
            notes.iter().filter(|note| note.code == codes::SAME_AWARDS).count()
        };
        assert_eq!((of_median(&scenario), of_run(&scenario)), (Vec::new(), 0));
        // 12 months at two points and 10 or 7 at the third are at most 36 · 100 = 3 600.
        let ample = constant_formula(&scenario, "3_600");
        for policy in &mut scenario.policies {
            policy.pots[1].appropriation =
                Appropriation::Yearly(vec![ample.clone(), ample.clone()]);
        }
        let [same] = &*of_median(&scenario) else { panic!("one warning") };
        assert_eq!(
            same.message,
            "the policy `reform` pays on the median path what the baseline `today` pays, to the cent, \
             though it differs in `ration` of `maintenance`; no pot is short there"
        );
        assert_eq!(of_run(&scenario), 1);
        // Whoever is told by the scenario itself is not told again.
        for policy in &mut scenario.policies {
            policy.pots[1].appropriation = Appropriation::OpenEnded;
        }
        assert_eq!((of_median(&scenario), of_run(&scenario)), (Vec::new(), 0));
    }
}
