//! A run in parts: `shard` simulates some of its draws, `merge` makes a run of all of them.

mod merge;
mod range;
mod shard;

pub use merge::{MergeArguments, merge};
pub use shard::{ShardArguments, shard};

use super::{Ending, show};
use crate::archive::PartError;

/// Tells why a part is not written or not taken.
fn refused(error: &PartError) -> Ending {
    show::message(&format!("error: {error}"));
    match error {
        PartError::Refused { doing: "write", .. } => Ending::WorldFailed,
        _ => Ending::Wrong,
    }
}
