//! The largest violation of a property in a sentence.

use super::{amount, municipality};
use crate::allocation::properties::Property;
use crate::analysis::audit::Counterexample;
use crate::model::Scenario;

/// The violation in words.
pub fn sentence(scenario: &Scenario, property: Property, found: &Counterexample) -> String {
    let told = Told::new(scenario, found);
    format!("{}, draw {}: {}", found.year, found.draw, told.what(property))
}

/// What the sentences are made of.
struct Told<'f> {
    scenario: &'f Scenario,
    found: &'f Counterexample,
    /// Whose award violates the property, and by how much.
    subject: String,
    by: String,
    /// Whether it receives more than it may.
    gains: bool,
    than: &'static str,
    /// The claimants that the trial is about.
    one: String,
    other: String,
    /// The pots of the trial, and what it moves.
    pot: String,
    other_pot: String,
    moved: String,
}

impl<'f> Told<'f> {
    fn new(scenario: &'f Scenario, found: &'f Counterexample) -> Self {
        let Counterexample { attempt, violation, .. } = found;
        let trial = &attempt.trial;
        let who = |claimant: usize| {
            let index = attempt.municipalities.get(claimant);
            index.map_or_else(|| "nobody".to_owned(), |&index| municipality(scenario, index))
        };
        let money = |cents: f64| amount(scenario, cents);
        let gains = violation.award > violation.bound;
        Self {
            scenario,
            found,
            subject: who(violation.claimant),
            by: money(found.size()),
            gains,
            than: if gains { "more" } else { "less" },
            one: who(trial.one),
            other: who(trial.other),
            pot: money(trial.pot as f64),
            other_pot: money(trial.other_pot as f64),
            moved: money(trial.amount as f64),
        }
    }

    fn what(&self, property: Property) -> String {
        let Self { subject, by, than, one, other, pot, other_pot, moved, .. } = self;
        match property {
            Property::Balance => format!("the awards add up to {by} {than} than the pot of {pot}"),
            Property::Bounds => self.bounds(),
            Property::EqualTreatment => {
                format!("{subject} receives {by} {than} than another with the same claim")
            }
            Property::OrderPreservation => self.order(),
            Property::EndowmentMonotonicity => {
                format!(
                    "{subject} receives {by} less from the larger of the pots {pot} and {other_pot}"
                )
            }
            Property::ClaimMonotonicity => {
                format!("{subject} receives {by} less by claiming {moved} more")
            }
            Property::LinkedMonotonicity => {
                format!(
                    "{subject} gains {by} more than the {moved} by which its claim and the pot grow"
                )
            }
            Property::PopulationMonotonicity => {
                format!("{subject} receives {by} less once {one} withdraws and the pot stays")
            }
            Property::TruncationInvariance => {
                format!(
                    "{subject} receives {by} {than} than if no claim counted beyond the pot of {pot}"
                )
            }
            Property::MinimalRightsFirst => format!(
                "{subject} receives {by} {than} than if each were first paid what the others leave at least"
            ),
            Property::CompositionDown | Property::CompositionUp => self.composition(property),
            Property::SelfDuality => format!(
                "{subject} receives {by} {than} than if the rule divided what is missing instead of what is there"
            ),
            Property::Midpoint => {
                format!(
                    "of a pot of half the claims {subject} receives {by} {than} than half its claim"
                )
            }
            Property::Consistency => {
                format!(
                    "once {one} has left with its award, dividing the rest anew gives {subject} {by} {than}"
                )
            }
            Property::NullClaims => {
                format!(
                    "{subject} receives {by} {than} once somebody who claims nothing stands beside"
                )
            }
            Property::NoAdvantageousMerging => {
                format!("{one} and {other} receive {by} more by claiming as one")
            }
            Property::NoAdvantageousSplitting => self.splitting(),
            Property::NoTransferParadox => self.transfer(),
            Property::Progressivity | Property::Regressivity => format!(
                "{subject} receives {by} {than} than at the share of its claim that the next smaller claim is paid"
            ),
            Property::LowerBound => format!(
                "{subject} receives {by} less than 1/{} of its claim (cut to the pot)",
                self.found.attempt.trial.claims.len()
            ),
            Property::FullCompensation => format!(
                "{subject} receives {by} less than its claim, though the pot could pay everyone as much or the whole claim"
            ),
            Property::NullCompensation => format!(
                "{subject} receives {by}, though what others claim beyond its claim takes the whole pot"
            ),
        }
    }

    fn bounds(&self) -> String {
        let Self { subject, by, .. } = self;
        if self.gains {
            format!("{subject} receives {by} more than its claim")
        } else {
            format!("{subject} receives {by} less than nothing")
        }
    }

    fn order(&self) -> String {
        let Self { subject, by, .. } = self;
        let verb = if self.gains { "loses" } else { "receives" };
        format!("{subject}, whose claim is larger, {verb} {by} less than the next smaller claim")
    }

    fn composition(&self, property: Property) -> String {
        let Self { subject, by, than, pot, other_pot, .. } = self;
        let trial = &self.found.attempt.trial;
        let is_up = property == Property::CompositionUp;
        let [first, last] = if (trial.pot < trial.other_pot) == is_up {
            [pot, other_pot]
        } else {
            [other_pot, pot]
        };
        let way = if is_up {
            "the rest is divided by what is still due"
        } else {
            "it is divided by the awards promised"
        };
        format!(
            "the pot turns out at {last} and not at {first}: {subject} receives {by} {than} if {way} than if all is divided anew"
        )
    }

    fn splitting(&self) -> String {
        let Self { subject, by, one, other, .. } = self;
        let attempt = &self.found.attempt;
        let trial = &attempt.trial;
        if attempt.municipalities.get(trial.one) != attempt.municipalities.get(trial.other) {
            return format!(
                "{one} and {other} receive {by} more than one claimant with both claims"
            );
        }
        let claim = |claimant: usize| trial.claims.get(claimant).copied().unwrap_or(0) as f64;
        let both = amount(self.scenario, claim(trial.one) + claim(trial.other));
        format!("{subject} receives {by} more by claiming as two, half of its {both} each")
    }

    fn transfer(&self) -> String {
        let Self { by, one, other, moved, .. } = self;
        if self.found.violation.claimant == self.found.attempt.trial.one {
            format!("{one} receives {by} less after taking over {moved} of the claim of {other}")
        } else {
            format!("{other} receives {by} more after leaving {moved} of its claim to {one}")
        }
    }
}
