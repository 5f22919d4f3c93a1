//! Properties put to the test: does a rule violate one in a given problem?
//!
//! The definitions are those of Thomson (2019), <https://doi.org/10.1017/9781108161107>.

use super::properties::Property;
use super::{RationingRule, portions};

/// A problem, and what else a property needs: another pot, two claimants, an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The pot, in units; between 0 and the sum of the claims.
    pub pot: i64,
    /// The claims, in units, none negative.
    pub claims: Vec<i64>,
    /// Another pot of the same claims.
    pub other_pot: i64,
    /// The claimant to whom something happens.
    pub one: usize,
    /// Another claimant.
    pub other: usize,
    /// By how much something changes, in units; not negative.
    pub amount: i64,
}

/// A property that a rule does not keep in a trial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Violation {
    /// Whose award is not what it should be (index of the claim).
    pub claimant: usize,
    /// What the claimant receives, in units.
    pub award: f64,
    /// What the award should be, or the bound that it crosses.
    pub bound: f64,
}

/// Sums of amounts are cut into so many parts, so that awards may be claims in turn.
const PARTS: i64 = 1 << 50;

impl Trial {
    /// Whether a rule violates a property here, and how; the largest violation.
    ///
    /// A trial that lacks what the property needs (a second claimant, say) violates nothing. What is
    /// within rounding is no violation: 10^-9 of the claims.
    #[must_use]
    pub fn violation(&self, property: Property, rule: &dyn RationingRule) -> Option<Violation> {
        let total: i64 = self.claims.iter().sum();
        let scale = PARTS / total.max(1);
        let is_sound = scale > 0 && self.claims.iter().all(|claim| *claim >= 0);
        let pots = [self.pot, self.other_pot];
        if !is_sound || pots.iter().any(|pot| !(0..=total).contains(pot)) || self.amount < 0 {
            return None;
        }
        let test = Test { rule, trial: self, scale };
        let found = test.compare(property)?;
        let slack = total as f64 * 1e-9;
        found
            .into_iter()
            .filter(|violation| (violation.award - violation.bound).abs() > slack)
            .max_by(|one, other| {
                let size = |violation: &Violation| (violation.award - violation.bound).abs();
                size(one).total_cmp(&size(other))
            })
    }
}

/// A trial in small parts of units.
struct Test<'a> {
    rule: &'a dyn RationingRule,
    trial: &'a Trial,
    scale: i64,
}

/// Awards that should be equal, or one no less than the other.
#[derive(Clone, Copy)]
enum Relation {
    Equal,
    AtLeast,
    AtMost,
}

type Found = Option<Vec<Violation>>;

impl Test<'_> {
    fn awards(&self, pot: i64, claims: &[i64]) -> Vec<i64> {
        let given = portions(self.rule, pot, claims, &[]);
        let up = |rest: i64| i64::from(2 * i128::from(rest) >= i128::from(given.of));
        given.whole.iter().zip(&given.rest).map(|(&whole, &rest)| whole + up(rest)).collect()
    }

    fn claims(&self) -> Vec<i64> {
        self.trial.claims.iter().map(|claim| claim * self.scale).collect()
    }

    /// What is wrong between awards and what they should be, in units.
    fn differ(
        &self,
        pairs: impl IntoIterator<Item = (usize, i64, i64)>,
        relation: Relation,
    ) -> Vec<Violation> {
        let units = |parts: i64| parts as f64 / self.scale as f64;
        let is_wrong = |award: i64, bound: i64| match relation {
            Relation::Equal => award != bound,
            Relation::AtLeast => award < bound,
            Relation::AtMost => award > bound,
        };
        let wrong = pairs.into_iter().filter(|&(_, award, bound)| is_wrong(award, bound));
        wrong
            .map(|(claimant, award, bound)| Violation {
                claimant,
                award: units(award),
                bound: units(bound),
            })
            .collect()
    }

    /// As [`Self::differ`], award by award.
    fn each(&self, awards: &[i64], bounds: &[i64], relation: Relation) -> Vec<Violation> {
        let pairs = awards.iter().zip(bounds).enumerate();
        self.differ(pairs.map(|(claimant, (&award, &bound))| (claimant, award, bound)), relation)
    }

    fn compare(&self, property: Property) -> Found {
        match property {
            Property::EqualTreatment
            | Property::OrderPreservation
            | Property::Progressivity
            | Property::Regressivity => Some(self.in_order(property)),
            Property::EndowmentMonotonicity
            | Property::CompositionDown
            | Property::CompositionUp => Some(self.with_pots(property)),
            Property::Balance
            | Property::Bounds
            | Property::TruncationInvariance
            | Property::MinimalRightsFirst
            | Property::SelfDuality
            | Property::Midpoint
            | Property::LowerBound
            | Property::FullCompensation
            | Property::NullCompensation => Some(self.as_it_stands(property)),
            Property::ClaimMonotonicity
            | Property::LinkedMonotonicity
            | Property::NoTransferParadox => self.with_other_claims(property),
            Property::PopulationMonotonicity
            | Property::Consistency
            | Property::NullClaims
            | Property::NoAdvantageousMerging
            | Property::NoAdvantageousSplitting => self.with_others(property),
        }
    }

    /// Neighbours in the order of claims.
    fn in_order(&self, property: Property) -> Vec<Violation> {
        let claims = self.claims();
        let awards = self.awards(self.trial.pot * self.scale, &claims);
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by_key(|&claimant| claims[claimant]);
        let mut found = Vec::new();
        for pair in order.windows(2) {
            let (small, large) = (pair[0], pair[1]);
            let part = |from: usize, to: usize| {
                // The award of `to` if it had the same part of its claim as `from`.
                (i128::from(awards[from]) * i128::from(claims[to])
                    / i128::from(claims[from].max(1))) as i64
            };
            let compared = match property {
                Property::EqualTreatment if claims[small] == claims[large] => {
                    self.differ([(large, awards[large], awards[small])], Relation::Equal)
                }
                Property::OrderPreservation => {
                    let most = awards[small] + (claims[large] - claims[small]);
                    let below =
                        self.differ([(large, awards[large], awards[small])], Relation::AtLeast);
                    let above = self.differ([(large, awards[large], most)], Relation::AtMost);
                    [below, above].concat()
                }
                Property::Progressivity if claims[small] > 0 => {
                    self.differ([(large, awards[large], part(small, large))], Relation::AtLeast)
                }
                Property::Regressivity if claims[small] > 0 => {
                    self.differ([(large, awards[large], part(small, large))], Relation::AtMost)
                }
                _ => Vec::new(),
            };
            found.extend(compared);
        }
        found
    }

    /// A smaller and a larger pot.
    fn with_pots(&self, property: Property) -> Vec<Violation> {
        let claims = self.claims();
        let (one, other) = (self.trial.pot * self.scale, self.trial.other_pot * self.scale);
        let (small, large) = (one.min(other), one.max(other));
        let (before, after) = (self.awards(small, &claims), self.awards(large, &claims));
        match property {
            Property::CompositionDown => {
                let promised = self.awards(small, &after);
                self.each(&promised, &before, Relation::Equal)
            }
            Property::CompositionUp => {
                let due: Vec<i64> = less(&claims, &before);
                let more = self.awards(large - small, &due);
                self.each(&sum(&before, &more), &after, Relation::Equal)
            }
            _ => self.each(&after, &before, Relation::AtLeast),
        }
    }

    /// The problem alone.
    fn as_it_stands(&self, property: Property) -> Vec<Violation> {
        let (claims, pot) = (self.claims(), self.trial.pot * self.scale);
        let missing = claims.iter().sum::<i64>() - pot;
        let awards = self.awards(pot, &claims);
        match property {
            Property::Balance => {
                self.differ([(0, awards.iter().sum::<i64>(), pot)], Relation::Equal)
            }
            Property::Bounds => {
                let below = self.each(&awards, &vec![0; claims.len()], Relation::AtLeast);
                let above = self.each(&awards, &claims, Relation::AtMost);
                [below, above].concat()
            }
            Property::TruncationInvariance => {
                let cut: Vec<i64> = claims.iter().map(|&claim| claim.min(pot)).collect();
                self.each(&awards, &self.awards(pot, &cut), Relation::Equal)
            }
            Property::MinimalRightsFirst => {
                let rights: Vec<i64> =
                    claims.iter().map(|claim| (claim - missing).max(0)).collect();
                let rest = pot - rights.iter().sum::<i64>();
                let more = self.awards(rest, &less(&claims, &rights));
                self.each(&awards, &sum(&rights, &more), Relation::Equal)
            }
            Property::SelfDuality => {
                let losses = self.awards(missing, &claims);
                self.each(&awards, &less(&claims, &losses), Relation::Equal)
            }
            Property::Midpoint => {
                let half: Vec<i64> = claims.iter().map(|claim| claim / 2).collect();
                self.each(&self.awards(half.iter().sum(), &claims), &half, Relation::Equal)
            }
            Property::LowerBound => {
                let count = claims.len() as i64;
                let least: Vec<i64> = claims.iter().map(|&claim| claim.min(pot) / count).collect();
                self.each(&awards, &least, Relation::AtLeast)
            }
            Property::FullCompensation => {
                let is_due =
                    |claim: i64| claims.iter().map(|other| claim.min(*other)).sum::<i64>() <= pot;
                let pairs = claims.iter().zip(&awards).enumerate();
                let due = pairs.filter(|(_, (claim, _))| is_due(**claim));
                self.differ(due.map(|(who, (&claim, &award))| (who, award, claim)), Relation::Equal)
            }
            _ => {
                let is_out = |claim: i64| {
                    claims.iter().map(|other| (other - claim).max(0)).sum::<i64>() >= pot
                };
                let pairs = claims.iter().zip(&awards).enumerate();
                let out = pairs.filter(|(_, (claim, _))| is_out(**claim));
                self.differ(out.map(|(who, (_, &award))| (who, award, 0)), Relation::Equal)
            }
        }
    }

    /// Claims that change.
    fn with_other_claims(&self, property: Property) -> Found {
        let Trial { one, other, .. } = *self.trial;
        let (claims, pot) = (self.claims(), self.trial.pot * self.scale);
        let amount = self.trial.amount * self.scale;
        let awards = self.awards(pot, &claims);
        let mut changed = claims.clone();
        *changed.get_mut(one)? += amount;
        match property {
            Property::ClaimMonotonicity => {
                let after = self.awards(pot, &changed);
                Some(self.differ([(one, after[one], awards[one])], Relation::AtLeast))
            }
            Property::LinkedMonotonicity => {
                let after = self.awards(pot + amount, &changed);
                Some(self.differ([(one, after[one], awards[one] + amount)], Relation::AtMost))
            }
            _ => {
                *changed.get_mut(other).filter(|left| one != other && **left >= amount)? -= amount;
                let after = self.awards(pot, &changed);
                let gains = self.differ([(one, after[one], awards[one])], Relation::AtLeast);
                let loses = self.differ([(other, after[other], awards[other])], Relation::AtMost);
                Some([gains, loses].concat())
            }
        }
    }

    /// Claimants who come, go, or appear as one.
    fn with_others(&self, property: Property) -> Found {
        let Trial { one, other, .. } = *self.trial;
        let (claims, pot) = (self.claims(), self.trial.pot * self.scale);
        let awards = self.awards(pot, &claims);
        let without = |amounts: &[i64]| {
            let mut left = amounts.to_vec();
            if one < left.len() {
                left.remove(one);
            }
            left
        };
        let back = |index: usize| index + usize::from(index >= one);
        match property {
            Property::NullClaims => {
                let after = self.awards(pot, &[claims.as_slice(), &[0]].concat());
                Some(self.each(&after, &awards, Relation::Equal))
            }
            Property::PopulationMonotonicity | Property::Consistency => {
                let leaves = *awards.get(one)?;
                let (rest, before) = (without(&claims), without(&awards));
                let (pot, relation) = if property == Property::Consistency {
                    (pot - leaves, Relation::Equal)
                } else {
                    (pot, Relation::AtLeast)
                };
                if pot > rest.iter().sum() {
                    return None;
                }
                let after = self.awards(pot, &rest);
                let pairs = after.iter().zip(&before).enumerate();
                let pairs = pairs.map(|(at, (&after, &before))| (back(at), after, before));
                Some(self.differ(pairs, relation))
            }
            _ => {
                let (first, second) = (*awards.get(one)?, *awards.get(other)?);
                if one == other {
                    return None;
                }
                let mut merged = claims.clone();
                merged[other] += claims[one];
                let together =
                    *self.awards(pot, &without(&merged)).get(other - usize::from(other > one))?;
                let relation = if property == Property::NoAdvantageousMerging {
                    Relation::AtMost
                } else {
                    Relation::AtLeast
                };
                Some(self.differ([(other, together, first + second)], relation))
            }
        }
    }
}

fn less(one: &[i64], other: &[i64]) -> Vec<i64> {
    one.iter().zip(other).map(|(one, other)| (one - other).max(0)).collect()
}

fn sum(one: &[i64], other: &[i64]) -> Vec<i64> {
    one.iter().zip(other).map(|(one, other)| one + other).collect()
}

/// Trials for any rule: problems of two to four claims up to 12, in a fixed order, simple ones first.
pub fn reference_trials() -> impl Iterator<Item = Trial> {
    let mut random = 1_u64;
    (0..6_000).map(move |number| {
        let mut next = |below: i64| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((random >> 33) as i64) % below.max(1)
        };
        let count = 2 + next(3.min(1 + number / 500)) as usize;
        let largest = if number % 3 == 0 { 5 } else { 13 };
        let claims: Vec<i64> = (0..count).map(|_| next(largest)).collect();
        let total: i64 = claims.iter().sum();
        Trial {
            pot: next(total + 1),
            other_pot: next(total + 1),
            one: next(count as i64) as usize,
            other: next(count as i64) as usize,
            amount: next(6),
            claims,
        }
    })
}

/// The first of the [`reference_trials`] in which a rule violates a property.
#[must_use]
pub fn first_violation(property: Property, rule: &dyn RationingRule) -> Option<(Trial, Violation)> {
    reference_trials().find_map(|trial| trial.violation(property, rule).map(|found| (trial, found)))
}

#[cfg(test)]
mod tests {
    use super::super::properties::{CORRECTED, Statement};
    use super::super::rationing::{self, RULES};
    use super::*;

    #[test]
    fn every_property_that_is_said_to_hold_does_and_every_other_but_four_is_violated() {
        let mut wrong = Vec::new();
        for rule in RULES {
            for property in Property::all() {
                let found = first_violation(property, *rule);
                let is_corrected = CORRECTED.contains(&(rule.name(), property));
                match (property.stated_of(rule.name()), found) {
                    (Statement::Holds, Some((trial, found))) => {
                        wrong.push(format!(
                            "{}: {}: {trial:?} {found:?}",
                            rule.name(),
                            property.name()
                        ));
                    }
                    (Statement::Fails, found) if found.is_none() != is_corrected => {
                        wrong.push(format!("{}: {}: {found:?}", rule.name(), property.name()));
                    }
                    _ => {}
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn rules_without_statements_have_the_properties_that_they_were_made_for() {
        let has = |rule: &str, property: Property| {
            first_violation(property, rationing::by_name(rule).unwrap()).is_none()
        };
        // Equal losses, then equal awards, of half-claims: its own dual, and one function of the claim
        // and a level in either half. The claims count in full.
        for property in [Property::SelfDuality, Property::Midpoint, Property::Consistency] {
            assert!(has("ReverseTalmud", property), "{}", property.name());
        }
        assert!(!has("ReverseTalmud", Property::TruncationInvariance));
        // It begins with the lower bound, which sees only what a claim is within the pot, and n.
        for property in [Property::LowerBound, Property::TruncationInvariance] {
            assert!(has("DominguezThomson", property), "{}", property.name());
        }
        for property in [Property::NullClaims, Property::Consistency, Property::SelfDuality] {
            assert!(!has("DominguezThomson", property), "{}", property.name());
        }
        for rule in ["ReverseTalmud", "DominguezThomson"] {
            for property in [
                Property::EqualTreatment,
                Property::OrderPreservation,
                Property::EndowmentMonotonicity,
                Property::ClaimMonotonicity,
            ] {
                assert!(has(rule, property), "{rule}: {}", property.name());
            }
        }
    }

    fn trial(pot: i64, claims: &[i64]) -> Trial {
        Trial { pot, claims: claims.to_vec(), other_pot: 0, one: 0, other: 1, amount: 0 }
    }

    #[test]
    fn splitting_a_claim_gains_under_equal_awards_by_hand() {
        // 200 and 200 of 200: 100 each. Appearing as 100 and 100, the first receives 66 2/3 twice.
        let split = trial(200, &[100, 100, 200]);
        let awards = rationing::by_name("ConstrainedEqualAwards").unwrap();
        let found = split.violation(Property::NoAdvantageousSplitting, awards).unwrap();
        assert_eq!((found.claimant, found.award.round(), found.bound.round()), (1, 100.0, 133.0));
        assert_eq!(split.violation(Property::NoAdvantageousMerging, awards), None);
    }

    #[test]
    fn a_claim_above_the_pot_counts_in_full_under_the_proportional_rule() {
        // 100 and 300 of 100: 25 and 75; cut to 100 and 100: 50 each.
        let rule = rationing::by_name("Proportional").unwrap();
        let found =
            trial(100, &[100, 300]).violation(Property::TruncationInvariance, rule).unwrap();
        assert!((found.award - found.bound).abs() > 24.9);
    }

    #[test]
    fn trials_that_make_no_sense_violate_nothing() {
        let sound = trial(100, &[100, 300]);
        for trial in [
            Trial { pot: 500, ..sound.clone() },
            Trial { pot: -1, ..sound.clone() },
            Trial { claims: Vec::new(), pot: 0, ..sound.clone() },
            Trial { claims: vec![i64::MAX / 2, 7], ..sound.clone() },
            Trial { claims: vec![-5, 700], ..sound.clone() },
            Trial { one: 9, other: 9, ..sound.clone() },
        ] {
            for rule in RULES {
                for property in [
                    Property::Consistency,
                    Property::NoTransferParadox,
                    Property::NoAdvantageousMerging,
                ] {
                    assert_eq!(trial.violation(property, *rule), None, "{trial:?}");
                }
            }
        }
    }
}
