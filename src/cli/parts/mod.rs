//! A run in parts: `shard` simulates some of its draws, `merge` makes a run of all of them.

mod merge;
mod range;
mod shard;

pub use merge::{MergeArguments, merge};
pub use shard::{ShardArguments, shard};

use super::{Ending, show};
use crate::archive::PartError;

/// Tells why a part is not written or not taken, and what to do about it.
fn refused(error: &PartError) -> Ending {
    let remedy = match error {
        PartError::Damaged { .. } => "; delete it, and simulate its draws again",
        PartError::NoPart { .. } => "; name another file",
        // They say it themselves, or `merge` says it of all of them.
        PartError::Refused { .. }
        | PartError::OfAnother { .. }
        | PartError::OfOtherDraws { .. } => "",
    };
    show::message(&format!("error: {error}{remedy}"));
    match error {
        PartError::Refused { doing: "write", .. } => Ending::WorldFailed,
        _ => Ending::Wrong,
    }
}
