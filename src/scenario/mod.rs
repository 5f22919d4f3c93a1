//! The door.
mod read;
mod scan;
mod syntax;
mod tree;
pub use read::*;
pub use tree::*;
