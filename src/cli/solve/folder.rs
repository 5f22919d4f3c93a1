//! The folder of an answer: a table and a picture, which never take the place of what is not ours.

use std::fs;
use std::path::Path;

/// The table and the picture.
const FILES: [&str; 2] = ["solve.csv", "solve.svg"];
/// How a table of ours begins.
const BEGINS: &[u8] = b"what,value,draws,estimate,lower,upper,met\n";

/// Whether the folder may be written to.
///
/// # Errors
/// What stands in the way, in words.
pub fn check(folder: &Path) -> Result<(), String> {
    if fs::symlink_metadata(folder).is_ok() && !folder.is_dir() {
        return Err(format!("`{}` is not a folder: choose another with -o", folder.display()));
    }
    let [table, picture] = FILES.map(|name| folder.join(name));
    let stands = |path: &Path| fs::symlink_metadata(path).is_ok();
    let is_ours = fs::read(&table).is_ok_and(|bytes| bytes.starts_with(BEGINS));
    match [&table, &picture].into_iter().find(|path| stands(path)) {
        Some(strange) if !is_ours => Err(format!(
            "`{}` would be overwritten and is no answer of ours: choose another folder with -o",
            strange.display()
        )),
        _ => Ok(()),
    }
}

/// Writes both files.
///
/// # Errors
/// What the system refuses, in words.
pub fn write(folder: &Path, table: &str, picture: &str) -> Result<(), String> {
    let failed = |path: &Path, error: &std::io::Error| {
        format!("`{}` cannot be written: {error}", path.display())
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for (name, text) in FILES.into_iter().zip([table, picture]) {
        let path = folder.join(name);
        // Under another name first, so that no half of a file is ever seen.
        let partial = folder.join(format!(".{name}.partial-{}", std::process::id()));
        let written = fs::write(&partial, text).and_then(|()| fs::rename(&partial, &path));
        if let Err(error) = written {
            let _ = fs::remove_file(&partial);
            return Err(failed(&path, &error));
        }
    }
    Ok(())
}
