//! Measures and values of levers, as people and charts read them.

use super::{exact, grouped, number};
use crate::analysis::solve::Reading;
use crate::chart::Unit;
use crate::language::{Language, Message, number as in_language};
use serde::Serialize;

/// A measure of which there should be more, or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Aim {
    /// As it was written.
    pub measure: String,
    /// Whether more of it is better.
    pub more: bool,
    /// Its unit; empty where it is not known.
    pub unit: String,
}

impl Aim {
    /// `more coverage(2025)`.
    pub fn words(&self) -> String {
        format!("{} {}", if self.more { "more" } else { "less" }, self.measure)
    }

    /// The unit of a chart, and how many of it one of the measure's is.
    pub fn chart_unit(&self, currency: &str) -> (Unit, f64) {
        match self.unit.as_str() {
            "share" => (Unit::Percent, 100.0),
            unit if unit == currency => (Unit::Money(currency.to_owned()), 1.0),
            unit => (Unit::Other(unit.to_owned()), 1.0),
        }
    }
}

/// A figure of a measure: whole with spaces where it is large, with four decimals where it is small.
pub fn figure(value: Option<f64>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    let decimals = match value.abs() {
        size if size >= 1_000.0 => return grouped(Some(value)),
        size if size >= 1.0 => 2,
        _ => 4,
    };
    number(Some(crate::units::round_half_up(value, decimals)))
}

/// An estimate and half of its interval: `0.4312 ±0.0021`.
pub fn with_error(reading: &Reading) -> String {
    let half = reading.upper.zip(reading.lower).map(|(upper, lower)| (upper - lower) / 2.0);
    match half {
        Some(half) if half > 0.0 => format!("{} ±{}", figure(reading.estimate), figure(Some(half))),
        _ => figure(reading.estimate),
    }
}

/// A value of a lever as it may be set.
pub fn turned(value: f64) -> String {
    let is_long = value.abs() >= 10_000.0 && value.fract() == 0.0;
    if is_long { grouped(Some(value)) } else { exact(value) }
}

/// What an alternative is called in a picture: its policy, and where the levers (names and values) stand.
pub fn called_in(
    language: Language,
    policy: &str,
    (levers, values): (&[String], &[f64]),
    is_today: bool,
) -> String {
    if levers.is_empty() {
        return policy.to_owned();
    }
    if is_today {
        return Message::new("picture-today").name("policy", policy).in_language(language);
    }
    let stand = levers.iter().zip(values).map(|(lever, value)| {
        let decimals = exact(*value).split_once('.').map_or(0, |(_, decimals)| decimals.len());
        format!("{} {}", plain(lever), in_language::number(*value, decimals, language))
    });
    format!("{policy} · {}", stand.collect::<Vec<String>>().join(", "))
}

/// What an alternative is called: its policy, and where the levers stand.
pub fn called(policy: &str, levers: &[String], values: &[f64], is_today: bool) -> String {
    if levers.is_empty() {
        return policy.to_owned();
    }
    if is_today {
        return format!("{policy} · today");
    }
    let values = levers.iter().zip(values);
    let stand = values.map(|(lever, value)| format!("{} {}", plain(lever), turned(*value)));
    format!("{policy} · {}", stand.collect::<Vec<String>>().join(", "))
}

/// A lever's name without what only the command line needs.
pub fn plain(lever: &str) -> &str {
    lever.strip_prefix("appropriation:").unwrap_or(lever)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alternative_is_called_by_its_policy_and_its_levers() {
        let levers = ["base".to_owned(), "appropriation:upkeep".to_owned()];
        assert_eq!(called("M1", &levers, &[2.5, 1e6], false), "M1 · base 2.5, upkeep 1 000 000");
        assert_eq!(called("M1", &levers, &[2.0, 1e6], true), "M1 · today");
        assert_eq!(called("M1", &[], &[], true), "M1");
        let latvian = |today| called_in(Language::Latvian, "M1", (&levers, &[2.5, 1e6]), today);
        assert_eq!(latvian(false), "M1 · base 2,5, upkeep 1\u{a0}000\u{a0}000");
        assert_eq!(latvian(true), "M1 · šodien");
    }
}
