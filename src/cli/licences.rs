//! `licences`: what the program is made of, and under which licences.

use super::{Ending, show};
use clap::Args;

/// What the program is made of, the licences of its parts and their texts, as `src/assets/licences.py` has
/// written them.
pub const LICENCES: &str = include_str!("../assets/licences.txt");
/// What stands before the texts.
const TEXTS: &str = "\n# Texts\n";

/// How much of it.
#[derive(Debug, Args)]
#[command(after_help = "\
To look one up:  dotacija licences --list | grep serde
To keep them:    dotacija licences > LICENCES.txt, for whom the program is passed on to")]
pub struct LicencesArguments {
    /// List parts, versions and licences only, without the texts
    #[arg(long)]
    list: bool,
}

/// Prints them.
pub fn licences(arguments: &LicencesArguments) -> Ending {
    let list = LICENCES.split_once(TEXTS).map(|(list, _)| list);
    show::result(list.filter(|_| arguments.list).unwrap_or(LICENCES))
}
