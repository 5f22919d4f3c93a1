//! The door.
mod compose;
mod decode;
mod load;
mod path;
mod read;
mod scan;
mod set;
mod syntax;
mod table;
mod tree;
pub use compose::*;
pub use decode::*;
pub use load::*;
pub use path::*;
pub use set::*;
pub use read::*;
pub use table::*;
pub use tree::*;
