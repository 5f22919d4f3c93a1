//! `new`: a folder to start from, an example or a synthetic scenario of a given size.

use super::examples::EXAMPLES;
use super::synthetic;
use super::{Ending, show};
use clap::Args;
use std::path::{Path, PathBuf};

/// What to make, and where.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The folder to make; it must not exist or be empty
    dir: PathBuf,
    /// The example to copy; `dotacija list examples` names them
    #[arg(long, default_value = "tiny", conflicts_with = "synthetic")]
    from: String,
    /// Generate a scenario of this size instead
    #[arg(long, num_args = 2, value_names = ["MUNICIPALITIES", "POINTS"])]
    synthetic: Option<Vec<u32>>,
}

/// The largest synthetic scenario: what the tables of the format hold.
const MOST_POINTS: u32 = 1_000_000;

/// Makes the folder.
pub fn new(arguments: &NewArguments) -> Ending {
    let files = match &arguments.synthetic {
        Some(size) => match size.as_slice() {
            [municipalities, points]
                if *municipalities > 0 && points >= municipalities && *points <= MOST_POINTS =>
            {
                synthetic::files(*municipalities, *points)
            }
            _ => {
                show::message(&format!(
                    "error: --synthetic needs at least 1 municipality, at least as many points as \
                     municipalities, and at most {MOST_POINTS} points"
                ));
                return Ending::Wrong;
            }
        },
        None => {
            let Some(example) = EXAMPLES.iter().find(|example| example.name == arguments.from)
            else {
                let names: Vec<&str> = EXAMPLES.iter().map(|example| example.name).collect();
                show::message(&format!(
                    "error: there is no example `{}`; there are: {}",
                    arguments.from,
                    names.join(", ")
                ));
                return Ending::Wrong;
            };
            example.files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
        }
    };
    write(&arguments.dir, &files)
}

fn write(dir: &Path, files: &[(String, Vec<u8>)]) -> Ending {
    let is_free =
        std::fs::read_dir(dir).map_or(!dir.exists(), |mut entries| entries.next().is_none());
    if !is_free {
        show::message(&format!(
            "error: {} exists already and is not an empty folder; name a new one",
            dir.display()
        ));
        return Ending::Wrong;
    }
    for (name, bytes) in files {
        let path = dir.join(name);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        if let Err(error) = made.and_then(|()| std::fs::write(&path, bytes)) {
            show::message(&format!("error: {} cannot be written: {error}", path.display()));
            return Ending::WorldFailed;
        }
    }
    let scenario = files.iter().map(|(name, _)| name).find(|name| name.ends_with(".ron"));
    let scenario = dir.join(scenario.map_or("", String::as_str));
    show::result(&format!(
        "{} files written to {}\nnext: dotacija check {}\n      dotacija run {}\n",
        files.len(),
        dir.display(),
        scenario.display(),
        scenario.display()
    ))
}
