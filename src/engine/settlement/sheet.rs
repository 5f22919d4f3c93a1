//! What is the same in every block of how a policy settles a programme.

use crate::model::{Rule, Variable};
use std::collections::BTreeMap;

/// A rule, made ready.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// The lines that each class claims, the first class first.
    pub classes: Vec<Vec<usize>>,
    /// Whether each line is claimed: then it is money, and not negative.
    pub claimed: Vec<bool>,
    /// Whether a guarantee is paid before the rest.
    pub protects: bool,
    /// Whether a formula reads what was due last year.
    pub reads_entitlement: bool,
    /// Whether a formula reads what was granted last year.
    pub reads_award: bool,
}

impl Sheet {
    /// Reads a rule; without one nothing is claimed.
    pub fn new(rule: Option<&Rule>) -> Self {
        let Some(rule) = rule else { return Self::default() };
        let mut classes: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut claimed = vec![false; rule.lines.len()];
        for claim in &rule.claims {
            classes.entry(claim.class).or_default().push(claim.line);
            claimed[claim.line] = true;
        }
        let reads = |name: &Variable| {
            rule.formulas().any(|formula| formula.variables.iter().any(|read| read == name))
        };
        Self {
            classes: classes.into_values().collect(),
            claimed,
            protects: rule.guarantees.iter().any(|guarantee| guarantee.protected),
            reads_entitlement: reads(&Variable::EntitlementLastYear),
            reads_award: reads(&Variable::AwardLastYear),
        }
    }
}
