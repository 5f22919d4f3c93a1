//! The courses to simulate: each policy at its own pots and at the baseline's, each course once.

use crate::model::{Appropriation, Formula, Guarantee, Policy, Pot, Ration, Rule, Scenario};

/// One course of the world: a policy and the pots it is settled with.
#[derive(Clone, Debug)]
pub struct PathPlan {
    /// Index of the policy.
    pub policy: usize,
    /// The pot per programme.
    pub pots: Vec<Pot>,
}

/// Every course, and which of them each policy takes.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// The courses.
    pub all: Vec<PathPlan>,
    /// Per policy: at its own pots, and at the baseline's.
    of_policy: Vec<(usize, usize)>,
}

impl Paths {
    /// Policies at their own pots, then at the baseline's; who has the rules and the pots of a course
    /// that is there already takes that one.
    pub fn new(scenario: &Scenario) -> Self {
        let mut paths = Self::default();
        let policies = &scenario.policies;
        let own: Vec<usize> = (0..policies.len())
            .map(|policy| paths.course(policies, policy, &policies[policy].pots))
            .collect();
        let baseline = policies.get(scenario.baseline);
        paths.of_policy = own
            .into_iter()
            .enumerate()
            .map(|(policy, own)| {
                let same = baseline.map_or(own, |base| paths.course(policies, policy, &base.pots));
                (own, same)
            })
            .collect();
        paths
    }

    /// Each policy at its own pots alone.
    pub fn at_own_pots(scenario: &Scenario) -> Self {
        let mut paths = Self::default();
        let policies = &scenario.policies;
        let own = |policy: usize| {
            let own = paths.course(policies, policy, &policies[policy].pots);
            (own, own)
        };
        paths.of_policy = (0..policies.len()).map(own).collect();
        paths
    }

    /// The course of a policy at its own pots, and at the baseline's.
    pub fn of(&self, policy: usize) -> (usize, usize) {
        self.of_policy.get(policy).copied().unwrap_or((0, 0))
    }

    /// Whether a course is that of some policy at its own pots.
    pub fn is_own(&self, course: usize) -> bool {
        self.of_policy.iter().any(|(own, _)| *own == course)
    }

    fn course(&mut self, policies: &[Policy], policy: usize, pots: &[Pot]) -> usize {
        let known = self.all.iter().position(|path| {
            same_rules(&policies[path.policy], &policies[policy]) && same_pots(&path.pots, pots)
        });
        known.unwrap_or_else(|| {
            self.all.push(PathPlan { policy, pots: pots.to_vec() });
            self.all.len() - 1
        })
    }
}

fn same_pots(a: &[Pot], b: &[Pot]) -> bool {
    let same = |a: &Pot, b: &Pot| {
        let open = |pot: &Pot| matches!(pot.appropriation, Appropriation::OpenEnded);
        open(a) == open(b)
            && a.top_slice.len() == b.top_slice.len()
            && a.unspent == b.unspent
            && a.formulas().map(said).eq(b.formulas().map(said))
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn same_rules(a: &Policy, b: &Policy) -> bool {
    let same = |a: &Option<Rule>, b: &Option<Rule>| match (a, b) {
        (Some(a), Some(b)) => same_rule(a, b),
        (None, None) => true,
        _ => false,
    };
    a.rules.len() == b.rules.len() && a.rules.iter().zip(&b.rules).all(|(a, b)| same(a, b))
}

fn same_rule(a: &Rule, b: &Rule) -> bool {
    let shape = |guarantee: &Guarantee| {
        (guarantee.protected, guarantee.lower.is_some(), guarantee.upper.is_some())
    };
    let names = |rule: &Rule| rule.lines.iter().map(|line| line.name.clone()).collect::<Vec<_>>();
    let pools = |rule: &Rule| rule.pools.as_ref().map(|pools| pools.by.clone());
    let ration = |rule: &Rule| match &rule.ration {
        Ration::Rule(by) => (by.rule.name(), by.weight.is_some()),
        Ration::Competition(by) => ("competition", by.points.is_some()),
    };
    let rounding =
        |rule: &Rule| (rule.rounding.method.name(), rule.rounding.unit, rule.rounding.least);
    names(a) == names(b)
        && a.claims == b.claims
        && a.limit.is_some() == b.limit.is_some()
        && a.may_exceed_cost == b.may_exceed_cost
        && a.guarantees.iter().map(shape).eq(b.guarantees.iter().map(shape))
        && pools(a) == pools(b)
        && ration(a) == ration(b)
        && rounding(a) == rounding(b)
        && a.formulas().map(said).eq(b.formulas().map(said))
}

/// A text says what is meant only together with what its names mean: a distribution written in place is
/// an input of its own wherever it stands.
fn said(formula: &Formula) -> (&str, &[crate::model::Variable]) {
    (&formula.text, &formula.variables)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;
    use crate::model::Unspent;

    #[test]
    fn a_copy_of_a_policy_takes_the_course_of_the_first() {
        let mut scenario = example();
        let copy = scenario.policies[scenario.baseline].clone();
        let before = Paths::new(&scenario);
        scenario.policies.push(copy);
        let after = Paths::new(&scenario);
        assert_eq!(after.all.len(), before.all.len());
        assert_eq!(after.of(scenario.policies.len() - 1), before.of(scenario.baseline));
    }

    #[test]
    fn a_least_award_makes_another_course() {
        let mut scenario = example();
        let mut copy = scenario.policies[scenario.baseline].clone();
        copy.rules[1].as_mut().unwrap().rounding.least = 10_000;
        let before = Paths::new(&scenario);
        scenario.policies.push(copy);
        assert_eq!(Paths::new(&scenario).all.len(), before.all.len() + 1);
    }

    #[test]
    fn other_money_is_another_course_only_at_ones_own_pots() {
        let mut scenario = example();
        let mut richer = scenario.policies[scenario.baseline].clone();
        for pot in &mut richer.pots {
            pot.unspent =
                if pot.unspent == Unspent::Lapses { Unspent::Carries } else { Unspent::Lapses };
        }
        let before = Paths::new(&scenario);
        scenario.policies.push(richer);
        let after = Paths::new(&scenario);
        assert_eq!(after.all.len(), before.all.len() + 1);
        let (own, same) = after.of(scenario.policies.len() - 1);
        assert_eq!(same, after.of(scenario.baseline).0);
        assert_ne!(own, same);
        assert!(after.is_own(own) && after.is_own(same));
    }
}
