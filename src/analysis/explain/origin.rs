//! Where a number in a formula comes from.

use serde::Serialize;

/// A name or a call in a formula, its value, and where that comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// As it stands in the formula.
    pub name: String,
    /// Its value; none where there is one for each point, or for each municipality.
    pub value: Option<f64>,
    /// Where it comes from.
    #[serde(flatten)]
    pub origin: Origin,
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Origin {
    /// The calendar year.
    Year,
    /// An earlier line of the worksheet.
    Line,
    /// What a call came to that looks at all municipalities, at points or at earlier years.
    Call,
    /// A number that the grantor can turn.
    Lever {
        /// Its unit.
        unit: String,
        /// Where its value is written, or the setting.
        place: String,
    },
    /// An input drawn from a distribution.
    Input {
        /// The distribution as written.
        distribution: String,
        /// Its unit.
        unit: String,
        /// Where the figure comes from, as written.
        source: String,
        /// Where it is declared.
        place: String,
        /// How it moves through the years.
        time: String,
        /// For whom it is drawn: `nation`, `municipality` or `point`.
        extent: &'static str,
        /// Its values: one, or one for each point of the municipality.
        values: Vec<f64>,
        /// The share of the distribution below each of them.
        shares: Vec<f64>,
        /// The points that the values are of.
        points: Vec<String>,
    },
    /// An input computed from others.
    Computed {
        /// Its formula.
        formula: String,
        /// With its numbers put in, where it has one value.
        put_in: String,
        /// Its unit.
        unit: String,
        /// Where the figure comes from, as written.
        source: String,
        /// Where it is declared.
        place: String,
        /// What it is computed from.
        of: Vec<Source>,
    },
    /// A column of a table.
    Column {
        /// The file.
        file: String,
        /// The column's name in its header.
        column: String,
        /// The cells: one, or one for each point of the municipality; none where all rows count.
        cells: Vec<Cell>,
    },
    /// How pay or prices have grown since the price year.
    Index {
        /// The formula of the yearly growth.
        growth: String,
        /// Where it is written.
        place: String,
        /// The index by year.
        years: Vec<(i32, f64)>,
    },
    /// The programme's appropriation of the year, or what is left of it to divide.
    Pot,
    /// What the world yields.
    Simulated {
        /// What it is.
        meaning: &'static str,
        /// Its unit.
        unit: &'static str,
        /// Of which year.
        year: i32,
        /// What it adds up from, by tier; empty where it is of one tier.
        tiers: Vec<TierPart>,
        /// Where it counts what is open: the points that are, with their months.
        points: Vec<OpenPoint>,
    },
    /// What was due or granted in the year before.
    YearBefore {
        /// Which year.
        year: i32,
        /// Before the first year: the file and line it stands in; else it was simulated.
        place: Option<String>,
    },
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Code of the row.
    pub row: String,
    /// Line of the file (in a workbook, the number of the row).
    pub line: Option<u32>,
    /// The year that the row is of, in a table with years.
    pub year: Option<i32>,
    /// Its number; none where it is empty or a text.
    pub value: Option<f64>,
    /// Its text, in a column of texts.
    pub text: Option<String>,
}

/// A part of a quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TierPart {
    /// The tier.
    pub tier: String,
    /// What it comes to.
    pub value: f64,
}

/// A point in the network of the draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenPoint {
    /// Its code.
    pub point: String,
    /// Its tier.
    pub tier: String,
    /// The month from which it is open, `2022-07`.
    pub open_from: String,
    /// Months open in the year.
    pub months: f64,
}
