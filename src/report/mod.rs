//! Findings → bytes. No statistic is computed here.
//!
//! ```text
//! Findings ─┬─ csv_files   the tables
//!           ├─ sentences   what is found, in words of either language
//!           ├─ terminal    a page of text
//!           ├─ pictures    which charts of which figures
//!           ├─ page        one HTML file: big numbers, pictures, tables, assumptions
//!           └─ workbook    settings, tables, the central case with live formulas
//! Draws ─► draws    every draw and municipality, as Parquet, where it is asked for
//! RunFiles (path → bytes) ─► manifest ─► folder: written as a whole, or not at all
//! ```
//! The same findings give the same bytes in every file but the manifest.

mod aside;
pub mod audit;
#[cfg(test)]
pub mod bracketed;
mod civil;
pub mod comparison;
mod csv_files;
mod decimal;
pub mod discovery;
pub mod draws;
pub mod drivers;
pub mod explain;
pub mod failure;
mod files;
mod folded;
mod folder;
pub mod frontier;
pub mod levers;
mod manifest;
pub mod measured;
pub mod page;
pub mod pictures;
pub mod regret;
pub mod run_folder;
pub mod sensitivity;
pub mod sentences;
pub mod solve;
mod table;
pub mod tables;
mod terminal;
mod wording;
pub mod workbook;
mod written;

pub use aside::Aside;
pub use csv_files::{
    awards, budget, commitments, csv_cell, guarantees, network, outcomes, reconciliation,
    unguarded, verdicts, worksheet,
};
pub use decimal::{exact, money, number};
pub use files::{RunFiles, SCENARIO_FOLDER};
pub use folded::folded;
pub use folder::{CONTENTS, Destination, WriteError, Written, files_in};
pub use manifest::{
    Circumstances, MANIFEST, Machine, Manifest, PROGRAM, RunOf, ScenarioOf, Warned,
};
pub use table::{grouped, grouped_digits};
pub use terminal::{summary, waived_line};
pub use wording::verdict;
pub use written::open_chance;
