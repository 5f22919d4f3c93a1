//! Numbers and texts as formulas take them.

use crate::language::Message;

/// The most signs of a text within a formula.
const LONGEST_TEXT: usize = 255;

/// A number as a formula takes it.
pub fn number(value: f64) -> String {
    let plain = value.to_string();
    let text = if plain.len() > 20 { format!("{value:E}") } else { plain };
    if value < 0.0 { format!("({text})") } else { text }
}

/// A text as a formula takes it: within quotes, so that nothing in it is computed.
pub(super) fn quoted(text: &str) -> Result<String, Message> {
    if text.encode_utf16().count() > LONGEST_TEXT {
        return Err(Message::new("workbook-why-letters").count("most", LONGEST_TEXT as f64));
    }
    Ok(format!("\"{}\"", text.replace('"', "\"\"")))
}
