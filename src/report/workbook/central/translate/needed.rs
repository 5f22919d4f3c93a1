//! Which parts of a formula are translated.

use crate::expression::{Outline, Term};

/// Which parts the whole is made of.
pub(super) fn needed(outline: &Outline) -> Vec<bool> {
    let mut needed = vec![false; outline.parts.len()];
    if let Some(whole) = needed.last_mut() {
        *whole = true;
    }
    // Children stand before their parents.
    for place in (0..outline.parts.len()).rev() {
        let is_needed = needed.get(place).copied().unwrap_or(false);
        let Some(part) = outline.parts.get(place).filter(|_| is_needed) else { continue };
        let children: Vec<usize> = match &part.term {
            Term::Number(_) | Term::Text(_) | Term::Name(_) => Vec::new(),
            Term::Negate(a) | Term::Not(a) => vec![*a],
            Term::Binary(_, a, b) => vec![*a, *b],
            // What is held is a column by itself: its arguments need none.
            Term::Call { function, .. } if is_held(function) => Vec::new(),
            Term::Call { arguments, .. } => arguments.clone(),
            Term::Pairs { x, pairs, .. } => {
                pairs.iter().map(|(_, value)| *value).chain([*x]).collect()
            }
        };
        for child in children {
            if let Some(child) = needed.get_mut(child) {
                *child = true;
            }
        }
    }
    needed
}

/// Whether a function has no form in a spreadsheet: what it came to is held.
fn is_held(function: &str) -> bool {
    function.starts_with("point_") || matches!(function, "peer_sum" | "level_up")
}
