//! Formulas that pay by something counted: heads, cases, months open.

use super::ParameterKind::{Monthly, Name, Number, Years};
use super::{Parameter, Ready, Template};

/// EUR a head.
pub(super) const PER_HEAD: Ready = Ready {
    name: "PerHead",
    summary: "A sum for each inhabitant, or for each of whomever `people` counts.",
    text: "Capitation: what is due follows the people that might come, not those that do, so that nothing is gained by \
           counting more cases. It pays for size where cost comes with the number of points. For a sum by bracket of size write \
           `amount: \"bracket(population, [(0, 2), (20_000, 1.5)])\"`: each municipality has one rate for all its people, \
           and at the threshold the sum jumps.",
    example: "entitle: PerHead(amount: 1.20, people: \"population\"),",
    parameters: &[
        Parameter { name: "amount", meaning: "EUR a head and year", kind: Number, default: None },
        Parameter { name: "people", meaning: "how many count", kind: Number, default: None },
    ],
    lines: &[Template { line: "due", is: "{amount} * {people}", note: "EUR a head" }],
    claims: &[],
};

/// EUR a case.
pub(super) const PER_CASE: Ready = Ready {
    name: "PerCase",
    summary: "A sum for each case of the year before, up to so many.",
    text: "Payment by activity. Cases of the year before are known when money is divided; this year's are not. Whoever is paid by \
           the case gains by counting more: `most` is the number above which nothing more is paid.",
    example: "entitle: PerCase(amount: 1.5, most: \"2_000 * open_points\"),",
    parameters: &[
        Parameter { name: "amount", meaning: "EUR a case", kind: Number, default: None },
        Parameter {
            name: "cases",
            meaning: "the cases that are paid for",
            kind: Number,
            default: Some("lag(load, 1)"),
        },
        Parameter {
            name: "most",
            meaning: "of them at most so many a municipality",
            kind: Number,
            default: Some("1e12"),
        },
    ],
    lines: &[
        Template {
            line: "paid_cases",
            is: "min({cases}, {most})",
            note: "cases that are paid for",
        },
        Template { line: "due", is: "{amount} * paid_cases", note: "EUR a case" },
    ],
    claims: &[],
};

/// Being there, then being busy.
pub(super) const BASE_PLUS_ACTIVITY: Ready = Ready {
    name: "BasePlusActivity",
    summary: "A monthly sum for being open, paid first, and a sum for each case, paid from the rest.",
    text: "A two-part tariff: being open is the cost, so it comes first; a smaller part rewards use. In a short pot activity is cut \
           before anything of the base is. `claims` of your own may change the classes.",
    example: "entitle: BasePlusActivity(monthly: {\"local\": 500, \"county\": 1_000}, per_case: 1.5),",
    parameters: &[
        Parameter {
            name: "monthly",
            meaning: "EUR for each month that a point of the tier is open",
            kind: Monthly,
            default: None,
        },
        Parameter { name: "per_case", meaning: "EUR a case", kind: Number, default: None },
        Parameter {
            name: "cases",
            meaning: "the cases that are paid for",
            kind: Number,
            default: Some("lag(load, 1)"),
        },
    ],
    lines: &[
        Template { line: "availability", is: "{monthly}", note: "for being open" },
        Template { line: "activity", is: "{per_case} * {cases}", note: "for being busy" },
    ],
    claims: &[(1, "availability"), (2, "activity")],
};

/// A measure averaged over years.
pub(super) const SMOOTHED: Ready = Ready {
    name: "Smoothed",
    summary: "A sum for each unit of something, averaged over the years before.",
    text: "What is due moves by one part in `years` of what the measure moves in a year, and lags behind it: a municipality that \
           grows is paid for what it was. Hill-Burton's grants rest on such a mean of three years of income (Federal Register, \
           31 August 1946, p. 9641).",
    example: "entitle: Smoothed(amount: 1.5, of: \"load\", years: 3),",
    parameters: &[
        Parameter { name: "amount", meaning: "EUR a unit", kind: Number, default: None },
        Parameter { name: "of", meaning: "the name that is averaged", kind: Name, default: None },
        Parameter {
            name: "years",
            meaning: "over how many years before",
            kind: Years,
            default: Some("3"),
        },
    ],
    lines: &[
        Template {
            line: "mean_of_years",
            is: "lag_mean({of}, 1, {years})",
            note: "mean of the years before",
        },
        Template { line: "due", is: "{amount} * mean_of_years", note: "" },
    ],
    claims: &[],
};

/// Sums in whole steps.
pub(super) const STEPWISE: Ready = Ready {
    name: "Stepwise",
    summary: "A sum rounded to the nearest whole step, a half upwards.",
    text: "What is due is a multiple of `step`. Rounding here is of each sum by itself: the sums need not add up to what they did \
           before. To round awards so that the pot is kept, write `round:`.",
    example: "entitle: Stepwise(amount: \"1.2 * population\", step: 500),",
    parameters: &[
        Parameter { name: "amount", meaning: "EUR before rounding", kind: Number, default: None },
        Parameter { name: "step", meaning: "EUR, above 0", kind: Number, default: None },
    ],
    lines: &[
        Template { line: "exact", is: "{amount}", note: "before rounding" },
        Template {
            line: "due",
            is: "floor(exact / {step} + 0.5) * {step}",
            note: "to the nearest step",
        },
    ],
    claims: &[],
};
