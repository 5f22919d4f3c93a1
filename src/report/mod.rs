//! Findings → bytes. No statistic is computed here.

pub mod pictures;
mod wording;
