//! What a whole settlement promises: classes, guarantees, weights, rationing, rounding and competition
//! together, put to the test by [`settle`](super::settle()) itself.
//!
//! ```text
//! Ask (one pot, in one draw) ─► ask.rs     settled, many at once, by the function of the engine
//! Probe (an ask and a change) ─► probe.rs  what a promise compares, and the breach
//!                             ─► cause.rs  the part of the settlement without which there is none
//! ```
//! The promises are those of [`Property`] that make sense of the whole; where a claim has
//! several classes they speak of all classes of a claimant together.

mod ask;
mod cause;
mod probe;

pub use ask::{Ask, Given, settle_all};
pub use cause::{Cause, cause};
pub use probe::{Breach, Probe, breaches};

use super::properties::Property;

/// A property of a whole settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Promise {
    /// The pot is paid out, or all that is due.
    Balance,
    /// Nobody receives more than is due, or less than is protected.
    Bounds,
    /// Whose claims are equal in every class receives as much.
    EqualTreatment,
    /// Who is due as much receives as much, whatever the class of the claims.
    EqualAcrossClasses,
    /// Who is due no less in every class receives no less, and loses no less.
    OrderPreservation,
    /// A larger pot gives nobody less.
    ResourceMonotonicity,
    /// Whose claim grows receives no less.
    ClaimMonotonicity,
    /// If one leaves with its award, the awards of the others stay as they are.
    Consistency,
    /// Two claimants who appear as one gain nothing.
    NoAdvantageousMerging,
    /// One claimant who appears as two gains nothing.
    NoAdvantageousSplitting,
}

impl Promise {
    /// Every promise.
    pub const ALL: [Self; 10] = [
        Self::Balance,
        Self::Bounds,
        Self::EqualTreatment,
        Self::EqualAcrossClasses,
        Self::OrderPreservation,
        Self::ResourceMonotonicity,
        Self::ClaimMonotonicity,
        Self::Consistency,
        Self::NoAdvantageousMerging,
        Self::NoAdvantageousSplitting,
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.property().map_or("equal treatment across classes", Property::name)
    }

    /// The property of a rule that it carries over to a settlement; none where a rule knows no classes.
    #[must_use]
    pub fn property(self) -> Option<Property> {
        match self {
            Self::Balance => Some(Property::Balance),
            Self::Bounds => Some(Property::Bounds),
            Self::EqualTreatment => Some(Property::EqualTreatment),
            Self::EqualAcrossClasses => None,
            Self::OrderPreservation => Some(Property::OrderPreservation),
            Self::ResourceMonotonicity => Some(Property::EndowmentMonotonicity),
            Self::ClaimMonotonicity => Some(Property::ClaimMonotonicity),
            Self::Consistency => Some(Property::Consistency),
            Self::NoAdvantageousMerging => Some(Property::NoAdvantageousMerging),
            Self::NoAdvantageousSplitting => Some(Property::NoAdvantageousSplitting),
        }
    }

    /// What it means of a whole settlement, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Balance => "The pot is paid out, or all that is due.",
            Self::Bounds => "Nobody receives more than is due, or less than is protected.",
            Self::EqualTreatment => "Whose claims are equal in every class receives as much.",
            Self::EqualAcrossClasses => {
                "Who is due as much receives as much, whatever the class of the claims."
            }
            Self::OrderPreservation => {
                "Who is due no less in every class receives no less, and loses no less."
            }
            Self::ResourceMonotonicity => "A larger pot gives nobody less.",
            Self::ClaimMonotonicity => "Whose claim grows receives no less.",
            Self::Consistency => {
                "If one leaves with its award, the awards of the others stay as they are."
            }
            Self::NoAdvantageousMerging => "Two claimants who appear as one gain nothing.",
            Self::NoAdvantageousSplitting => "One claimant who appears as two gains nothing.",
        }
    }

    /// How many units of rounding a breach may come to that rounding alone explains: one for each award
    /// that is compared.
    #[must_use]
    pub fn units_of_rounding(self) -> i64 {
        match self {
            Self::NoAdvantageousMerging | Self::NoAdvantageousSplitting => 2,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests;
