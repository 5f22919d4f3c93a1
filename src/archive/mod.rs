//! Parts of runs on the disk: what some draws have come to, so that a run goes on after it was stopped, and
//! parts that were simulated apart become one run.
//!
//! ```text
//! dotacija part 1                      the format, a line
//! {"identity": …, "draws": …}          which run, which of its draws: JSON, a line
//! …                                    the scenario's files and the tally: postcard
//! 32 bytes                             BLAKE3 of all before
//! ```
//! A part is taken only beside its scenario, which says how many figures there are and how each is kept: it
//! takes twice its own length of memory while it is read, and what a run of the scenario takes. What was cut
//! off or altered is refused.

mod coverage;
mod digest;
mod file;
mod identity;

pub use coverage::{Gap, cover};
pub use digest::{digest, digest_of, digests, read_from_disk};
pub use file::{
    Files, Head, LARGEST_PART, PartError, head, new_file, own_file, read, try_out, write,
};
pub use identity::Identity;
