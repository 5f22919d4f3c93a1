//! Properties of rules: what they mean, and which rule is said to have them.
//!
//! The statements are the facts of the table that the R package `ClaimsProblems` 1.0.0 prints (`axioms`),
//! after Thomson (2019), <https://doi.org/10.1017/9781108161107>, and Mirás Calvo, Quinteiro Sandomingo
//! and Sánchez Rodríguez (2022), <https://doi.org/10.1007/s00355-022-01414-6>. It has neither the
//! reverse Talmud nor the Dominguez–Thomson rule: of those no statement was found. The tests search for
//! violations: none of a property that is said to hold, at least one of every other but [`CORRECTED`].

use super::rationing::RULES;

/// A property that a rule may have.
///
/// A problem is a pot and claims; the deficit is what is missing. In every case the rule is applied to
/// problems only, so that the pot never exceeds the claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// Awards add up to the pot.
    Balance,
    /// Nobody receives less than nothing or more than the claim.
    Bounds,
    /// Equal claims receive equal awards.
    EqualTreatment,
    /// A larger claim receives no less, and loses no less.
    OrderPreservation,
    /// A larger pot gives nobody less.
    EndowmentMonotonicity,
    /// Whose claim grows receives no less.
    ClaimMonotonicity,
    /// If a claim and the pot grow by the same amount, the award grows by that at most.
    LinkedMonotonicity,
    /// If a claimant withdraws and the pot stays, nobody receives less.
    PopulationMonotonicity,
    /// What a claim exceeds the pot by makes no difference.
    TruncationInvariance,
    /// Paying first what the others leave at least, and then dividing the rest, makes no difference.
    MinimalRightsFirst,
    /// If the pot turns out smaller, dividing it by the awards promised is dividing it by the claims.
    CompositionDown,
    /// If the pot turns out larger, dividing the rest by what is still due is dividing all anew.
    CompositionUp,
    /// What is missing is divided as what is there.
    SelfDuality,
    /// A pot of half the claims pays half of each.
    Midpoint,
    /// If some leave with their awards, the others' awards stay as they are.
    Consistency,
    /// A claimant who claims nothing makes no difference.
    NullClaims,
    /// Two claimants who appear as one gain nothing.
    NoAdvantageousMerging,
    /// One claimant who appears as two gains nothing.
    NoAdvantageousSplitting,
    /// Who takes over a part of another's claim receives no less, and the other no more.
    NoTransferParadox,
    /// A larger claim receives no smaller part of itself.
    Progressivity,
    /// A larger claim receives no larger part of itself.
    Regressivity,
    /// Everyone receives at least an n-th of the claim, cut to the pot.
    LowerBound,
    /// A claim is paid in full if the pot could pay everyone as much or the whole claim.
    FullCompensation,
    /// A claim is paid nothing if what others claim beyond it takes the whole pot.
    NullCompensation,
}

/// What is said of a rule and a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statement {
    /// The rule has the property.
    Holds,
    /// The rule does not have it.
    Fails,
    /// No statement was found.
    NotFound,
}

/// Where the statements come from.
pub const SOURCE: &str =
    "ClaimsProblems 1.0.0 (R), `axioms`; Thomson (2019), doi:10.1017/9781108161107";

/// Each property with what is said of each rule, in the order of [`RULES`].
const STATED: [(Property, &str); 24] = [
    // What a rule is, by the package's definition.
    (Property::Balance, "11111?11111?1"),
    (Property::Bounds, "11111?11111?1"),
    (Property::EqualTreatment, "11111?11111?1"),
    (Property::OrderPreservation, "11111?11111?1"),
    (Property::EndowmentMonotonicity, "11111?11111?1"),
    (Property::ClaimMonotonicity, "11111?11111?1"),
    (Property::LinkedMonotonicity, "11111?11111?1"),
    (Property::PopulationMonotonicity, "10111?11111?1"),
    (Property::TruncationInvariance, "01101?00110?1"),
    (Property::MinimalRightsFirst, "01011?00110?1"),
    (Property::CompositionDown, "10110?00000?0"),
    (Property::CompositionUp, "10110?00000?0"),
    (Property::SelfDuality, "11001?00011?1"),
    (Property::Midpoint, "11001?11011?1"),
    (Property::Consistency, "10111?11000?0"),
    (Property::NullClaims, "11111?11111?1"),
    (Property::NoAdvantageousMerging, "10100?00000?0"),
    (Property::NoAdvantageousSplitting, "10010?00000?0"),
    (Property::NoTransferParadox, "11111?11111?1"),
    (Property::Progressivity, "10010?00000?0"),
    (Property::Regressivity, "10100?00000?0"),
    (Property::LowerBound, "01101?11110?1"),
    (Property::FullCompensation, "00100?00000?0"),
    (Property::NullCompensation, "00010?00000?0"),
];

/// Cells of the source that say a rule lacks a property, although it has it.
///
/// Both rules give, at one λ, a part of the claim that falls with the claim (regressivity), and no more
/// to a + b than to a and b together (no advantageous merging: if two merge, λ can only rise, so that
/// the others receive no less, and the pot is the same). Constrained egalitarian: `min(c/2, λ)` and
/// `max(c/2, min(c, λ))`; Piniles: `min(c/2, λ)` and `c/2 + min(c/2, λ)`; the sum of claims, which says
/// which of the two holds, is the same before and after.
pub const CORRECTED: [(&str, Property); 4] = [
    ("ConstrainedEgalitarian", Property::NoAdvantageousMerging),
    ("ConstrainedEgalitarian", Property::Regressivity),
    ("Piniles", Property::NoAdvantageousMerging),
    ("Piniles", Property::Regressivity),
];

/// Rules of which no statement was found, and what the search over the reference problems finds of each
/// property in the order of [`STATED`]: 1 where there is no violation, which is no proof.
const SEARCHED: [(&str, &str); 2] = [
    ("ReverseTalmud", "111111110000111100100000"),
    ("DominguezThomson", "111111101000000000101100"),
];

const THOMSON: &str = "Thomson (2019), <https://doi.org/10.1017/9781108161107>";

impl Property {
    /// Every property.
    pub fn all() -> impl Iterator<Item = Self> {
        STATED.iter().map(|(property, _)| *property)
    }

    /// What it is called in the literature.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Bounds => "bounds",
            Self::EqualTreatment => "equal treatment of equals",
            Self::OrderPreservation => "order preservation",
            Self::EndowmentMonotonicity => "endowment monotonicity",
            Self::ClaimMonotonicity => "claim monotonicity",
            Self::LinkedMonotonicity => "linked claim-endowment monotonicity",
            Self::PopulationMonotonicity => "population monotonicity",
            Self::TruncationInvariance => "claims truncation invariance",
            Self::MinimalRightsFirst => "minimal rights first",
            Self::CompositionDown => "composition down",
            Self::CompositionUp => "composition up",
            Self::SelfDuality => "self-duality",
            Self::Midpoint => "midpoint property",
            Self::Consistency => "consistency",
            Self::NullClaims => "null claims consistency",
            Self::NoAdvantageousMerging => "no advantageous merging",
            Self::NoAdvantageousSplitting => "no advantageous splitting",
            Self::NoTransferParadox => "no transfer paradox",
            Self::Progressivity => "progressivity",
            Self::Regressivity => "regressivity",
            Self::LowerBound => "1/n-truncated-claims lower bounds on awards",
            Self::FullCompensation => "conditional full compensation",
            Self::NullCompensation => "conditional null compensation",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Balance => "Awards add up to the pot.",
            Self::Bounds => "Nobody receives less than nothing or more than the claim.",
            Self::EqualTreatment => "Equal claims receive equal awards.",
            Self::OrderPreservation => "A larger claim receives no less, and loses no less.",
            Self::EndowmentMonotonicity => "A larger pot gives nobody less.",
            Self::ClaimMonotonicity => "Whose claim grows receives no less.",
            Self::LinkedMonotonicity => {
                "If a claim and the pot grow by the same amount, the award grows by that at most."
            }
            Self::PopulationMonotonicity => {
                "If a claimant withdraws and the pot stays, nobody receives less."
            }
            Self::TruncationInvariance => "What a claim exceeds the pot by makes no difference.",
            Self::MinimalRightsFirst => {
                "Paying first what the others leave at least, and then dividing the rest, makes no difference."
            }
            Self::CompositionDown => {
                "If the pot turns out smaller, dividing it by the awards promised is dividing it by the claims."
            }
            Self::CompositionUp => {
                "If the pot turns out larger, dividing the rest by what is still due is dividing all anew."
            }
            Self::SelfDuality => "What is missing is divided as what is there.",
            Self::Midpoint => "A pot of half the claims pays half of each.",
            Self::Consistency => {
                "If some leave with their awards, the others' awards stay as they are."
            }
            Self::NullClaims => "A claimant who claims nothing makes no difference.",
            Self::NoAdvantageousMerging => "Two claimants who appear as one gain nothing.",
            Self::NoAdvantageousSplitting => "One claimant who appears as two gains nothing.",
            Self::NoTransferParadox => {
                "Who takes over a part of another's claim receives no less, and the other no more."
            }
            Self::Progressivity => "A larger claim receives no smaller part of itself.",
            Self::Regressivity => "A larger claim receives no larger part of itself.",
            Self::LowerBound => "Everyone receives at least an n-th of the claim, cut to the pot.",
            Self::FullCompensation => {
                "A claim is paid in full if the pot could pay everyone as much or the whole claim."
            }
            Self::NullCompensation => {
                "A claim is paid nothing if what others claim beyond it takes the whole pot."
            }
        }
    }

    /// Where it comes from: author, year and DOI.
    #[must_use]
    pub fn source(self) -> String {
        let first = match self {
            Self::TruncationInvariance | Self::MinimalRightsFirst => {
                "Curiel, Maschler and Tijs (1987), <https://doi.org/10.1007/BF02109593>"
            }
            Self::CompositionDown => "Moulin (2000), <https://doi.org/10.1111/1468-0262.00126>",
            Self::CompositionUp => "Young (1988), <https://doi.org/10.1016/0022-0531(88)90007-5>",
            Self::SelfDuality | Self::Consistency => {
                "Aumann and Maschler (1985), <https://doi.org/10.1016/0022-0531(85)90102-4>"
            }
            Self::NoAdvantageousMerging | Self::NoAdvantageousSplitting => {
                "O'Neill (1982), <https://doi.org/10.1016/0165-4896(82)90029-4>"
            }
            Self::FullCompensation | Self::NullCompensation => {
                "Herrero and Villar (2001), <https://doi.org/10.1016/S0165-4896(01)00075-0>"
            }
            _ => return format!("{THOMSON}."),
        };
        format!("{first}; {THOMSON}.")
    }

    /// Whether a rule keeps it: as it is said and corrected, or, where nothing is said, as the search
    /// finds. Nothing of a rule that is not known.
    #[must_use]
    pub fn is_kept_by(self, rule: &str) -> Option<bool> {
        match self.stated_of(rule) {
            Statement::Holds => Some(true),
            Statement::Fails => Some(CORRECTED.contains(&(rule, self))),
            Statement::NotFound => {
                let (_, cells) = SEARCHED.iter().find(|(name, _)| *name == rule)?;
                let row = STATED.iter().position(|(property, _)| *property == self)?;
                cells.as_bytes().get(row).map(|cell| *cell == b'1')
            }
        }
    }

    /// What is said of it and the rule with a name.
    #[must_use]
    pub fn stated_of(self, rule: &str) -> Statement {
        let column = RULES.iter().position(|known| known.name() == rule);
        let row = STATED.iter().find(|(property, _)| *property == self);
        let cell =
            row.zip(column).and_then(|((_, cells), column)| cells.as_bytes().get(column).copied());
        match cell {
            Some(b'1') => Statement::Holds,
            Some(b'0') => Statement::Fails,
            _ => Statement::NotFound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_cell_of_every_property() {
        for (property, cells) in STATED {
            assert_eq!(cells.len(), RULES.len(), "{}", property.name());
            assert!(cells.bytes().all(|cell| b"01?".contains(&cell)));
        }
        assert!(STATED.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn every_property_names_a_publication_with_its_doi() {
        for (property, _) in STATED {
            let source = property.source();
            assert!(source.contains("Thomson") && source.ends_with('.'), "{source}");
            assert!(source.contains("<https://doi.org/10."), "{source}");
        }
        assert!(Property::CompositionUp.source().starts_with("Young (1988)"));
    }

    #[test]
    fn known_facts_stand_in_the_right_column() {
        let stated = |property: Property, rule: &str| property.stated_of(rule);
        // Aumann and Maschler (1985); O'Neill (1982): the proportional rule alone is immune to both.
        assert_eq!(stated(Property::SelfDuality, "Talmud"), Statement::Holds);
        assert_eq!(stated(Property::SelfDuality, "ConstrainedEqualAwards"), Statement::Fails);
        assert_eq!(stated(Property::NoAdvantageousMerging, "Proportional"), Statement::Holds);
        assert_eq!(stated(Property::NoAdvantageousSplitting, "Proportional"), Statement::Holds);
        assert_eq!(stated(Property::Consistency, "RandomArrival"), Statement::Fails);
        assert_eq!(stated(Property::Consistency, "DominguezThomson"), Statement::NotFound);
        assert_eq!(stated(Property::Consistency, "nobody"), Statement::NotFound);
    }
}
