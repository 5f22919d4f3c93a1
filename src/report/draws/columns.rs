//! What stands in the columns of `draws.parquet`: a contract.

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its unit; `code`, `name` or `year` where it has none.
    pub unit: &'static str,
    /// What it is, in a sentence, and when it is empty.
    pub meaning: &'static str,
    /// What of a draw it holds.
    pub(super) field: Field,
    /// Its type in the file.
    pub(super) kind: &'static str,
    /// Whether values repeat so often that a list of them and places in it are short.
    pub(super) few_values: bool,
}

/// What of a draw a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Draw,
    Policy,
    Programme,
    Year,
    Municipality,
    EligibleCost,
    Entitlement,
    Award,
    OwnShare,
    OpenPoints,
    Available,
}

/// Every column, in the order of the file. The first five together name a row.
pub const COLUMNS: [Column; 11] = [
    column(
        "draw",
        "number",
        "number of the future, from 0, as in `explain --draw`",
        INT,
        false,
        Field::Draw,
    ),
    column("policy", "name", "the policy, at its own pots", TEXT, true, Field::Policy),
    column("programme", "name", "the programme", TEXT, true, Field::Programme),
    column("year", "year", "the calendar year", YEAR, true, Field::Year),
    column("municipality", "code", "code of the municipality", TEXT, true, Field::Municipality),
    column(
        "eligible_cost_cents",
        "cents",
        "cost that the programme is for; empty where a scenario has no costs",
        MONEY,
        false,
        Field::EligibleCost,
    ),
    column(
        "entitlement_cents",
        "cents",
        "what is due by law, before the pot is divided",
        INT,
        false,
        Field::Entitlement,
    ),
    column("award_cents", "cents", "what is granted", INT, false, Field::Award),
    column(
        "own_share_cents",
        "cents",
        "eligible cost less award, never cut at 0; empty where a scenario has no costs",
        MONEY,
        false,
        Field::OwnShare,
    ),
    column(
        "open_points",
        "points",
        "service points open over the year, months open / 12; empty where a scenario has no points",
        NUMBER,
        true,
        Field::OpenPoints,
    ),
    column(
        "available_cents",
        "cents",
        "the whole pot of the programme after top slices and what is carried over, alike in all its rows \
         of a draw and year: not to be added up; empty where there is no pot",
        MONEY,
        true,
        Field::Available,
    ),
];

const INT: &str = "REQUIRED INT64";
const MONEY: &str = "OPTIONAL INT64";
const YEAR: &str = "REQUIRED INT32";
const NUMBER: &str = "OPTIONAL DOUBLE";
const TEXT: &str = "REQUIRED BYTE_ARRAY";

const fn column(
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
    kind: &'static str,
    few_values: bool,
    field: Field,
) -> Column {
    Column { name, unit, meaning, field, kind, few_values }
}

/// The schema in the words of the format.
pub(super) fn schema() -> String {
    let fields = COLUMNS.iter().map(|Column { name, kind, .. }| {
        let text = if *kind == TEXT { " (STRING)" } else { "" };
        format!("{kind} {name}{text};")
    });
    format!("message draws {{ {} }}", fields.collect::<Vec<_>>().join(" "))
}
