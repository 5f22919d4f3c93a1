//! `new`: a folder to start from, an example or a synthetic scenario of a given size.

use super::examples::EXAMPLES;
use super::synthetic;
use super::{Ending, show};
use clap::Args;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What to make, and where.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The folder to make; it must not exist or be empty
    dir: PathBuf,
    /// The example to copy; `dotacija list examples` names them
    #[arg(long, default_value = "starter", conflicts_with = "synthetic")]
    from: String,
    /// Generate a scenario of this size instead
    #[arg(long, num_args = 2, value_names = ["MUNICIPALITIES", "POINTS"])]
    synthetic: Option<Vec<u32>>,
}

/// Names and bytes.
type Files = Vec<(String, Vec<u8>)>;

/// The largest synthetic scenario: what the tables of the format hold.
const MOST_POINTS: u32 = 1_000_000;

/// Makes the folder.
pub fn new(arguments: &NewArguments) -> Ending {
    // Without a `/` at the end, which would put the folder's neighbour into it.
    let dir: PathBuf = arguments.dir.components().collect();
    if let Err(message) = is_free(&dir) {
        show::message(&format!("error: {message}"));
        return Ending::Wrong;
    }
    let files = match arguments.synthetic.as_deref() {
        Some(&[municipalities, points]) => synthetic(municipalities, points),
        _ => example(&arguments.from),
    };
    match files {
        Ok(files) => write(&dir, &files),
        Err(message) => {
            show::message(&format!("error: {message}"));
            Ending::Wrong
        }
    }
}

/// The files of a scenario of a given size.
fn synthetic(municipalities: u32, points: u32) -> Result<Files, String> {
    if municipalities > 0 && points >= municipalities && points <= MOST_POINTS {
        return Ok(synthetic::files(municipalities, points));
    }
    Err(format!(
        "--synthetic needs at least 1 municipality, at least as many points as municipalities, and \
         at most {MOST_POINTS} points"
    ))
}

/// The files of an example.
fn example(name: &str) -> Result<Files, String> {
    let Some(example) = EXAMPLES.iter().find(|example| example.name == name) else {
        let names: Vec<&str> = EXAMPLES.iter().map(|example| example.name).collect();
        return Err(format!("there is no example `{name}`; there are: {}", names.join(", ")));
    };
    Ok(example.files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect())
}

/// Whether a folder can be made there.
fn is_free(dir: &Path) -> Result<(), String> {
    let name = dir.display();
    // `.`, `..`, `a/..` and `/` are there already, and nothing can be renamed to them.
    if dir.file_name().is_none() {
        return Err(format!(
            "`{name}` is not a name for a new folder; write one, such as `my-scenario`"
        ));
    }
    let Ok(found) = std::fs::symlink_metadata(dir) else { return Ok(()) };
    if found.is_symlink() {
        let whither = if dir.exists() { "" } else { " that leads nowhere" };
        return Err(format!("{name} is a symbolic link{whither}; name a new folder"));
    }
    let is_empty = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none());
    if !is_empty {
        return Err(format!("{name} exists already and is not an empty folder; name a new one"));
    }
    Ok(())
}

fn write(dir: &Path, files: &Files) -> Ending {
    // Written beside it and renamed at the end: nothing half is left under its name.
    let mut hidden = OsString::from(".");
    hidden.push(dir.file_name().unwrap_or_default());
    hidden.push(format!(".partial-{}", std::process::id()));
    let partial = dir.with_file_name(hidden);
    let made = write_all(&partial, files).and_then(|()| {
        if dir.exists() {
            std::fs::remove_dir(dir)?;
        }
        std::fs::rename(&partial, dir)
    });
    if let Err(error) = made {
        // What was begun is taken away; where even that fails, the message is the same.
        let _ = std::fs::remove_dir_all(&partial);
        show::message(&format!("error: {} cannot be written: {error}", dir.display()));
        return Ending::WorldFailed;
    }
    // The scenario stands first.
    let scenario = dir.join(files.first().map_or("", |(name, _)| name));
    show::result(&format!(
        "{} files written to {}\nnext: dotacija check {}\n      dotacija run {}\n",
        files.len(),
        dir.display(),
        scenario.display(),
        scenario.display()
    ))
}

fn write_all(folder: &Path, files: &Files) -> std::io::Result<()> {
    folder.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    // Never one that stands there already: it may be a link that somebody has laid.
    std::fs::create_dir(folder)?;
    for (name, bytes) in files {
        let path = folder.join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(&path, bytes)?;
    }
    Ok(())
}
