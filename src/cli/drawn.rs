//! In which form and language a command draws its pictures.

use crate::language::Language;
use clap::Args;

/// How pictures are written beside the tables of a folder.
#[derive(Clone, Copy, Debug, Args)]
pub struct Drawn {
    /// Write each picture as PNG as well
    #[arg(long, requires = "output")]
    pub png: bool,
    /// The language of the pictures: en or lv. Tables, messages and keys stay English
    #[arg(long = "lang", value_name = "LANG", default_value_t = Language::English, requires = "output")]
    pub language: Language,
}
