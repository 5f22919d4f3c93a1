//! The files of `sensitivity -o`.

use crate::analysis::sensitivity::Sensitivity;
use crate::cli::output_folder::Files;
use crate::cli::show;
use crate::language::Language;
use crate::report::{drivers, sensitivity as report};
use std::path::Path;

/// What is written.
pub const FILES: Files = Files {
    table: "sensitivity.csv",
    begins: "policy,outcome,programme,year,unit,mean,sd,input,measure",
    others: &[],
    numbered: "sensitivity-",
};

/// Writes the table and the pictures; those of an earlier answer are replaced.
pub fn write(folder: &Path, found: &Sensitivity, quiet: bool) -> Result<(), String> {
    let table = ("sensitivity.csv".to_owned(), report::csv(found));
    let files: Vec<(String, String)> =
        std::iter::once(table).chain(drivers::pictures(found, Language::English)).collect();
    let files: Vec<(&str, String)> =
        files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    FILES.write(folder, &files).map_err(|message| format!("error: {message}"))?;
    if !quiet {
        show::message(&format!("written to {}", folder.display()));
    }
    Ok(())
}
