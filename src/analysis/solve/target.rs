//! What is to be met: one measure of one figure, and how it compares with a number.

use crate::engine::{Source, UNITS};
use crate::expression::Sign;

/// A measure, compared with a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// As it was written.
    pub text: String,
    /// What is measured.
    pub of: Measured,
    /// How it is compared …
    pub sign: Sign,
    /// … with what.
    pub level: f64,
}

/// A measure of one figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// What is measured.
    pub measure: Measure,
    /// Of which figure.
    pub subject: Subject,
    /// In which simulated year, from 0; none: over all years.
    pub year: Option<usize>,
}

/// What is measured over the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// The share of the draws in which more is due than available; over all years: in some year.
    Shortfall,
    /// The quantile of the gap, EUR; over all years: of the sum of the gaps.
    Reserve(f64),
    /// The mean of the gap, EUR; over all years: of the sum of the gaps.
    Gap,
    /// The mean; over all years: of the average of the years.
    Mean,
    /// A quantile; over all years: of the average of the years.
    Quantile(f64),
    /// The mean of Gini's coefficient among municipalities; over all years: of its average.
    Gini,
}

/// Which figure is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject {
    /// The pot of a programme; behind the last those of all together.
    Programme(usize),
    /// An outcome.
    Outcome(Source),
}

/// How a measure is called.
#[derive(Clone, Copy, Debug)]
pub struct MeasureDoc {
    /// Its name in a target.
    pub name: &'static str,
    /// What it is.
    pub measure: Measure,
    /// What stands first between the parentheses; a year may follow.
    pub of: Of,
    /// What it says, in a few words.
    pub meaning: &'static str,
}

/// What a measure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A programme, or `all`.
    Programme,
    /// An outcome.
    Outcome,
    /// This outcome: nothing but the year stands between the parentheses.
    Coverage,
}

const fn doc(name: &'static str, measure: Measure, of: Of, meaning: &'static str) -> MeasureDoc {
    MeasureDoc { name, measure, of, meaning }
}

/// Every measure, in the order in which they are listed.
pub const MEASURES: [MeasureDoc; 13] = [
    doc("p_shortfall", Measure::Shortfall, Of::Programme, "chance that more is due than available"),
    doc(
        "reserve90",
        Measure::Reserve(0.90),
        Of::Programme,
        "what must be added to suffice in 90 %",
    ),
    doc(
        "reserve95",
        Measure::Reserve(0.95),
        Of::Programme,
        "what must be added to suffice in 95 %",
    ),
    doc(
        "reserve99",
        Measure::Reserve(0.99),
        Of::Programme,
        "what must be added to suffice in 99 %",
    ),
    doc("gap", Measure::Gap, Of::Programme, "mean of what is due above what is available"),
    doc("mean", Measure::Mean, Of::Outcome, "mean of a national outcome"),
    doc("p05", Measure::Quantile(0.05), Of::Outcome, "quantile of a national outcome"),
    doc("p10", Measure::Quantile(0.10), Of::Outcome, "quantile of a national outcome"),
    doc("p50", Measure::Quantile(0.50), Of::Outcome, "median of a national outcome"),
    doc("p90", Measure::Quantile(0.90), Of::Outcome, "quantile of a national outcome"),
    doc("p95", Measure::Quantile(0.95), Of::Outcome, "quantile of a national outcome"),
    doc(
        "gini",
        Measure::Gini,
        Of::Outcome,
        "mean Gini coefficient of an outcome of municipalities",
    ),
    doc("coverage", Measure::Mean, Of::Coverage, "mean of award over eligible cost"),
];

impl Target {
    /// How far inside the target a value lies; below 0 outside. On the border a strict sign is not met.
    pub fn margin(&self, value: f64) -> f64 {
        let inside =
            if self.sign.is_from_above() { self.level - value } else { value - self.level };
        let strict = matches!(self.sign, Sign::Less | Sign::Greater);
        if inside.is_nan() {
            f64::NEG_INFINITY
        } else if strict && inside == 0.0 {
            -f64::MIN_POSITIVE
        } else {
            inside + 0.0
        }
    }

    /// Whether a value meets it.
    pub fn is_met_by(&self, value: f64) -> bool {
        self.margin(value) >= 0.0
    }
}

impl Measured {
    /// Quanta of a unit of the figure.
    pub(super) fn scale(&self) -> f64 {
        match self.measure {
            Measure::Shortfall => 1.0,
            Measure::Reserve(_) | Measure::Gap => crate::engine::MONEY,
            _ => UNITS,
        }
    }

    /// Whether it is a mean over the draws, and so has a value in each of them.
    pub fn is_of_each_draw(&self) -> bool {
        !matches!(self.measure, Measure::Reserve(_) | Measure::Quantile(_))
    }

    /// Which quantile it is over the draws; none: a mean.
    pub fn quantile(&self) -> Option<f64> {
        match self.measure {
            Measure::Reserve(share) | Measure::Quantile(share) => Some(share),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(sign: Sign) -> Target {
        Target {
            text: String::new(),
            of: Measured { measure: Measure::Mean, subject: Subject::Programme(0), year: None },
            sign,
            level: 5.0,
        }
    }

    #[test]
    fn a_strict_sign_is_not_met_on_the_border() {
        for (sign, below, on, above) in [
            (Sign::Less, true, false, false),
            (Sign::AtMost, true, true, false),
            (Sign::Greater, false, false, true),
            (Sign::AtLeast, false, true, true),
        ] {
            let met = [4.0, 5.0, 6.0].map(|value| target(sign).is_met_by(value));
            assert_eq!(met, [below, on, above], "{sign:?}");
            assert!(!target(sign).is_met_by(f64::NAN));
        }
    }
}
