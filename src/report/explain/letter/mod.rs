//! A letter to a municipality: one page, as Markdown and as HTML.
//!
//! [`document`] says what stands in it; the two writers know how a heading, a paragraph and a table are
//! written, and nothing else.

mod document;
mod html;
mod markdown;
mod name;
mod neighbours;

pub use document::{Block, document};
pub use html::html;
pub use markdown::markdown;
pub use name::file_names;

/// What stands in every letter of ours, so that a later one may take its place.
pub const MARK: &str = "written by dotacija explain --letter";
