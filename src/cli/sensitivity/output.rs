//! The files of `sensitivity -o`.

use crate::analysis::sensitivity::Sensitivity;
use crate::cli::show;
use crate::report::{drivers, sensitivity as report};
use std::fs;
use std::path::Path;

/// Writes the table and the pictures; files of the same names are replaced.
pub fn write(folder: &Path, found: &Sensitivity, quiet: bool) -> Result<(), String> {
    let refused = |path: &Path, error: &std::io::Error| {
        format!("error: cannot write `{}`: {error}; choose another folder with -o", path.display())
    };
    fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    let table = ("sensitivity.csv".to_owned(), report::csv(found));
    for (name, text) in std::iter::once(table).chain(drivers::pictures(found)) {
        let path = folder.join(&name);
        fs::write(&path, text).map_err(|error| refused(&path, &error))?;
    }
    if !quiet {
        show::message(&format!("written to {}", folder.display()));
    }
    Ok(())
}
