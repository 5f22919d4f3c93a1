//! Whether figures can follow a change, and the unit in which its numbers are.

use super::path::Path;

/// Whether figures can follow a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// They can.
    Figures,
    /// It is for people: titles, sources, notes, names.
    Words,
    /// It is checked or compared with results, never fed in.
    Checked,
    /// It says from when on a difference counts; no amount follows it.
    Verdicts,
    /// It is only drawn.
    Drawn,
    /// It is written out now, or no longer, and holds anyway.
    Default,
    /// It stands in a column that the scenario does not name.
    Unseen,
    /// It is another file with the same rows.
    SameRows,
}

/// What holds where a field is left out. Only fields whose value does not depend on others.
pub const DEFAULTS: &[(&str, &str)] = &[
    ("money.currency", "\"EUR\""),
    ("money.vat_rate", "0.21"),
    ("inputs.*.extent", "Nation"),
    ("inputs.*.time", "Once"),
    ("inputs.*.time.persistence", "0"),
    ("boundaries.changes.*.of", "Both"),
    ("correlations", "[]"),
    ("network.building_months", "0"),
    ("network.award_month", "4"),
    ("network.patience_years", "2"),
    ("load.distance.floor", "0.1"),
    ("load.distance.detour", "1.3"),
    ("load.second_level_share", "0"),
    ("load.video_share", "0"),
    ("staffing.utilisation", "1"),
    ("costs.*.vat", "Exempt"),
    ("programmes.*.later", "Same"),
    ("programmes.*.unspent", "Lapses"),
    ("programmes.*.top_slice", "{}"),
    ("policies.*.rules.*.may_exceed_cost", "false"),
    ("policies.*.rules.*.guarantee", "[]"),
    ("policies.*.rules.*.guarantee.*.per", "Point"),
    ("policies.*.rules.*.guarantee.*.against", "Entitlement"),
    ("policies.*.rules.*.guarantee.*.protected", "false"),
    ("policies.*.rules.*.ration", "Proportional"),
    ("policies.*.rules.*.ration.estimate", "false"),
    ("policies.*.rules.*.round.method", "LargestRemainder"),
    ("policies.*.rules.*.round.at_least", "0"),
    ("verdict.euro", "500"),
    ("verdict.percent", "5"),
    ("run.draws", "10000"),
    ("run.seed", "1"),
    ("run.plan", "Random"),
    ("run.precision.confidence", "0.95"),
];

/// Fields with a unit of their own; `EUR` stands for the scenario's currency.
const UNITS: &[(&str, &str)] = &[
    ("amount", "EUR"),
    ("appropriation", "EUR"),
    ("top_slice", "EUR"),
    ("cap", "EUR"),
    ("at_least", "EUR"),
    ("pot", "EUR"),
    ("euro", "EUR"),
    ("monthly", "EUR/month"),
    ("percent", "%"),
    ("delay_months", "months"),
    ("building_months", "months"),
    ("half_km", "km"),
    ("minutes_per_case", "minutes"),
    ("minutes_per_video", "minutes"),
    ("minutes", "minutes"),
    ("productive_hours", "hours"),
    ("opening_hours", "hours"),
    ("life_years", "years"),
    ("patience_years", "years"),
    ("institution_days", "days a week"),
    ("at_most", "draws"),
];

impl Effect {
    /// What follows a change at this place.
    pub fn at(path: &Path) -> Self {
        match (path.section(), path.end()) {
            ("title", _)
            | ("boundaries", Some("title" | "on"))
            | (_, Some("source" | "note"))
            | ("inputs" | "levers", Some("unit"))
            | ("municipalities" | "points", Some("name")) => Self::Words,
            ("expect" | "observed", _)
            | ("boundaries", Some("municipalities"))
            | ("levers", Some("min" | "max")) => Self::Checked,
            ("verdict", _) => Self::Verdicts,
            ("municipalities", _) if path.0.get(1).is_some_and(|step| step.name() == "map") => {
                Self::Drawn
            }
            _ => Self::Figures,
        }
    }

    /// Why no figure follows it; `None` where one can.
    #[must_use]
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Figures => None,
            Self::Words => Some("words for people: no figure follows"),
            Self::Checked => Some("checked or compared, never fed in"),
            Self::Verdicts => Some("what counts as more or less; no amount follows"),
            Self::Drawn => Some("drawn only"),
            Self::Default => Some("holds anyway"),
            Self::Unseen => Some("the scenario does not name this column"),
            Self::SameRows => Some("another file with the same rows"),
        }
    }

    /// One word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Words => "words",
            Self::Checked => "checked",
            Self::Verdicts => "verdicts",
            Self::Drawn => "drawn",
            Self::Default => "default",
            Self::Unseen => "unseen",
            Self::SameRows => "same_rows",
        }
    }
}

/// Whether a value is what holds where it is left out. `text` is RON without underscores in
/// numbers.
pub fn is_default(path: &Path, text: &str) -> bool {
    DEFAULTS.iter().any(|(pattern, default)| text == *default && path.fits(pattern))
}

/// The unit of the numbers at a place; `given` is what the input or lever says of itself.
pub fn unit(path: &Path, given: Option<&str>, currency: &str) -> String {
    let end = path.end().unwrap_or("");
    if matches!(path.section(), "inputs" | "levers") {
        let of_value = matches!(end, "value" | "min" | "max" | "mode" | "mean" | "sd" | "median")
            || end.strip_prefix('p').is_some_and(|rest| rest.parse::<u8>().is_ok());
        return given.filter(|_| of_value).unwrap_or("").to_owned();
    }
    let unit = UNITS.iter().find(|(field, _)| *field == path.last_field());
    unit.map_or_else(String::new, |(_, unit)| unit.replace("EUR", currency))
}
