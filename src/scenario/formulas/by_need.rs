//! Formulas that pay by need or by what a municipality cannot raise itself.

use super::ParameterKind::{Indicators, Number, Share};
use super::{Parameter, Ready, Template};

/// A weighted index of shares.
pub(super) const NEED_INDEX: Ready = Ready {
    name: "NeedIndex",
    summary: "The pot divided by a weighted index of need: each indicator is a share of the nation's.",
    text: "Each indicator becomes a line, the municipality's share of the nation's total; the index is their weighted sum. With weights \
           that add up to 1 the index adds up to 1 and the pot is spent in every future: shortage never shows, and the \
           question is how far the sums reach. With other weights it adds up to theirs.",
    example: "entitle: NeedIndex(indicators: [(line: \"people\", is: \"population\", weight: 0.7), (line: \"area\", is: \"population / density\", weight: 0.3)]),",
    parameters: &[
        Parameter {
            name: "indicators",
            meaning: "a list of `(line: \"name\", is: number, weight: share)`",
            kind: Indicators,
            default: None,
        },
        Parameter {
            name: "pot",
            meaning: "EUR that are divided",
            kind: Number,
            default: Some("available"),
        },
    ],
    lines: &[
        Template { line: "need_index", is: "{indicators}", note: "weighted sum of the shares" },
        Template { line: "due", is: "{pot} * need_index", note: "part of the pot" },
    ],
    claims: &[],
};

/// Need less capacity.
pub(super) const FISCAL_GAP: Ready = Ready {
    name: "FiscalGap",
    summary: "The part of a municipality's need that its own capacity does not cover, or a share of it.",
    text: "Need is what a standard service costs there, capacity what a standard tax effort raises: neither is what the \
           municipality spends or raises, so that thrift and effort stay its own. Who has more than it needs receives nothing and \
           pays nothing (Boadway and Shah, Fiscal Federalism, 2009, ch. 9, <https://doi.org/10.1017/CBO9780511626883>).",
    example: "entitle: FiscalGap(needs: \"18 * population\", capacity: \"0.015 * population * income\", share: 0.8),",
    parameters: &[
        Parameter {
            name: "needs",
            meaning: "EUR that a standard service costs",
            kind: Number,
            default: None,
        },
        Parameter {
            name: "capacity",
            meaning: "EUR that the municipality can raise",
            kind: Number,
            default: None,
        },
        Parameter {
            name: "share",
            meaning: "which part of the gap is filled",
            kind: Share,
            default: Some("1"),
        },
    ],
    lines: &[
        Template { line: "gap", is: "max(0, {needs} - {capacity})", note: "need less capacity" },
        Template { line: "due", is: "{share} * gap", note: "" },
    ],
    claims: &[],
};

/// Capacity a head brought nearer to the mean.
pub(super) const CAPACITY_EQUALISATION: Ready = Ready {
    name: "CapacityEqualisation",
    summary: "Brings those whose capacity a head lies below the nation's towards it.",
    text: "The nation's capacity a head is a quotient of sums: that of all capacity over all people. Below `target` of it a municipality \
           receives `share` of what it lacks. With a share of 1 nothing is gained by raising one's own capacity until the target \
           is reached.",
    example: "entitle: CapacityEqualisation(capacity: \"tax_base\", people: \"population\", share: 0.6, target: 0.95),",
    parameters: &[
        Parameter {
            name: "capacity",
            meaning: "EUR that the municipality can raise",
            kind: Number,
            default: None,
        },
        Parameter { name: "people", meaning: "how many it is for", kind: Number, default: None },
        Parameter {
            name: "share",
            meaning: "which part of the difference is filled",
            kind: Share,
            default: Some("1"),
        },
        Parameter {
            name: "target",
            meaning: "level aimed at, of the nation's capacity a head",
            kind: Number,
            default: Some("1"),
        },
    ],
    lines: &[
        Template {
            line: "of_the_nation",
            is: "sum({capacity}) / sum({people})",
            note: "capacity a head of the nation",
        },
        Template {
            line: "lacking",
            is: "max(0, {target} * of_the_nation * {people} - {capacity})",
            note: "EUR below the target",
        },
        Template { line: "due", is: "{share} * lacking", note: "" },
    ],
    claims: &[],
};

/// The poorest to a common minimum.
pub(super) const LEVEL_UP: Ready = Ready {
    name: "LevelUp",
    summary: "The pot lifts those with the least per unit of weight to one common minimum.",
    text: "As water fills the lowest basins: nobody is cut, the poorest are equal afterwards, and who stands above the level receives \
           nothing. The level is what the pot makes it. Brazil's FUNDEB divides its federal part so (Lei 14.113/2020, art. 12). \
           It is constrained equal awards turned round: what is made equal is not what is received but what there is \
           afterwards (Thomson, 2003, <https://doi.org/10.1016/S0165-4896(02)00070-7>).",
    example: "entitle: LevelUp(have: \"own_revenue\", weight: \"population\"),",
    parameters: &[
        Parameter {
            name: "have",
            meaning: "EUR that each has already",
            kind: Number,
            default: None,
        },
        Parameter {
            name: "weight",
            meaning: "what it is spread over: people, pupils, points",
            kind: Number,
            default: None,
        },
        Parameter {
            name: "pot",
            meaning: "EUR that are divided, the same for all",
            kind: Number,
            default: Some("available"),
        },
    ],
    lines: &[Template {
        line: "due",
        is: "level_up({have}, {weight}, {pot})",
        note: "up to the common level",
    }],
    claims: &[],
};
