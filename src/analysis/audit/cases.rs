//! What a municipality gains by reporting one case as two, or every case.

use super::median::{Change, Paid, largest, paid_in_lanes};
use crate::engine::{Failure, Prepared, Reported};
use crate::model::Scenario;
use crate::numeric::LANES;
use rayon::prelude::*;

/// More municipalities than these are not tried.
pub const MOST_TRIED: usize = 512;

/// Cases reported as two under one policy.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseAsTwo {
    /// Index of the policy.
    pub policy: usize,
    /// How many municipalities were tried.
    pub tried: usize,
    /// The most cases that one of them has in a year on the median path, before they are doubled.
    pub most_cases: f64,
    /// One case of each year is reported as two.
    pub one: Gained,
    /// Every case is.
    pub every: Gained,
}

/// What reporting gains whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gained {
    /// Of how many municipalities some award moves, up or down.
    pub moved: usize,
    /// How many of them are awarded more over all years.
    pub gaining: usize,
    /// Who gains most in one year, of those; none where nobody gains.
    pub most: Option<(usize, Change)>,
}

/// Whether every case was reported as two, by whom, and what was paid: the truth, then each in its turn;
/// with the most cases of the truth.
type Block<'a> = (bool, &'a [usize], (Vec<Paid>, f64));

/// For each policy, what municipalities gain on the median path by reporting cases as two. Work and
/// cost arise from the cases that were served, so they stay.
///
/// Each municipality has a lane of its own, so that a block tries 63 of them beside the truth.
///
/// # Errors
/// A formula that fails on a median path.
pub fn one_case_as_two(
    scenario: &Scenario,
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<CaseAsTwo>, Failure> {
    let count = scenario.municipalities.table.len();
    let step = count.div_ceil(MOST_TRIED).max(1);
    let tried: Vec<usize> = (0..count).step_by(step).collect();
    let prepared = Prepared::new(scenario);
    let jobs: Vec<(bool, &[usize])> = [false, true]
        .into_iter()
        .flat_map(|every| tried.chunks(LANES - 1).map(move |chunk| (every, chunk)))
        .collect();
    let seen: Result<Vec<Block<'_>>, Failure> = jobs
        .into_par_iter()
        .map(|(every, chunk)| {
            let (times, more) = if every { (2.0, 0.0) } else { (1.0, 1.0) };
            let report = |(place, &municipality): (usize, &usize)| Reported {
                lane: place + 1,
                municipality,
                times,
                more,
            };
            let reported = chunk.iter().enumerate().map(report).collect();
            let paid = paid_in_lanes(&prepared.clone().reporting(reported), chunk.len() + 1)?;
            tick();
            Ok((every, chunk, paid))
        })
        .collect();
    let seen = seen?;
    Ok((0..scenario.policies.len())
        .map(|policy| {
            let mut found = CaseAsTwo {
                policy,
                tried: tried.len(),
                most_cases: 0.0,
                one: Gained::default(),
                every: Gained::default(),
            };
            for (every, chunk, (paid, cases)) in &seen {
                found.most_cases = found.most_cases.max(*cases);
                let Some((truth, reported)) = paid.split_first() else { continue };
                let gained = if *every { &mut found.every } else { &mut found.one };
                for (&who, paid) in chunk.iter().zip(reported) {
                    gained.count(who, largest(truth, paid, who, Some(policy)));
                }
            }
            found
        })
        .collect())
}

impl Gained {
    /// One municipality more.
    pub(super) fn count(&mut self, municipality: usize, change: Option<Change>) {
        let Some(change) = change else { return };
        self.moved += 1;
        if change.in_all > 0 {
            self.gaining += 1;
            if change.by.paid > 0
                && self.most.is_none_or(|(_, known)| known.by.paid < change.by.paid)
            {
                self.most = Some((municipality, change));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Memory, open_in};

    /// Two municipalities with a point each: 3 EUR a case from a pot that pays all, and a policy that
    /// pays by the head.
    const BY_CASE: &str = r#"Scenario(
        format: 1, title: "Cases", years: (first: 2024, last: 2024),
        money: (currency: "EUR"),
        municipalities: Table(file: "m.csv", code: "code", name: "name", columns: ["people"]),
        points: Table(file: "p.csv", code: "point", name: "name", municipality: "municipality", tier: "tier",
            opens: "opens", people: "people", columns: ["people"]),
        network: (mode: WhenReady, delay_months: 0, tiers: { "local": (institutions: 0, institution_days: 0, basket_share: 1, video: true) }),
        load: (need: "people * 0.5"),
        programmes: { "upkeep": (purpose: Maintenance, appropriation: OpenEnded) },
        policies: {
            "by case": (source: "test", rules: { "upkeep": (
                entitle: Worksheet([(line: "due", is: "3 * load_local")]), may_exceed_cost: true,
            ) }),
            "by head": (source: "test", rules: { "upkeep": (
                entitle: Worksheet([(line: "due", is: "people")]), may_exceed_cost: true,
            ) }),
        },
        baseline: "by head",
        run: (draws: 1),
    )"#;

    #[test]
    fn a_case_is_worth_its_rate_and_nothing_where_heads_are_paid() {
        let municipalities = "code,name,people\n01,Alda,1000\n02,Birze,400\n";
        let points = "point,name,municipality,tier,opens,people\n1,One,01,local,2020-01-01,1000\n2,Two,02,local,2020-01-01,400\n";
        let files = [("s.ron", BY_CASE), ("m.csv", municipalities), ("p.csv", points)];
        let opened = open_in(Memory::new(&files), "s.ron", &[]);
        let scenario = opened.scenario.unwrap_or_else(|| panic!("{:#?}", opened.problems));
        let found = one_case_as_two(&scenario, &|| {}).unwrap();
        let case = scenario.policies.iter().position(|policy| policy.name == "by case").unwrap();
        let by_case = &found[case];
        // One case more is 3 EUR more to either.
        let (_, change) = by_case.one.most.unwrap();
        assert_eq!((change.by.paid, change.by.due, by_case.one.gaining), (300, 300, 2));
        // Twice as many: Alda has 500 cases, so 1,500 EUR more, and Birze less.
        let (who, change) = by_case.every.most.unwrap();
        assert_eq!((who, change.by.paid), (0, 150_000));
        let by_head = &found[1 - case];
        assert!((by_head.most_cases - 500.0).abs() < 1e-9);
        assert_eq!((by_head.one.moved, by_head.every.moved, by_head.tried), (0, 0, 2));
    }
}
