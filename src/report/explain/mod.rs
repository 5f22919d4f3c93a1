//! An explanation as text, CSV or JSON.

mod claims;
mod division;
mod figures;
pub mod letter;
mod picture;
mod so_far;
mod text;
mod worksheet;

pub use claims::claims_csv;
pub use picture::{build_up_csv, build_up_svg};
pub use so_far::text_so_far;
pub use text::text;

use crate::analysis::explain::Explanation;

/// An explanation for programs: every number in full.
///
/// # Errors
/// A number that JSON cannot hold.
pub fn json(explanation: &Explanation) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(explanation)?;
    text.push('\n');
    Ok(text)
}
