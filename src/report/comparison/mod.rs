//! Comparisons and bridges as text and CSV.

mod bridge;
mod csv;
mod text;

pub use bridge::{bridge_csv, bridge_text};
pub use csv::comparison_csv;
pub use text::{
    AT_THE_END, BIG, CALLED, comparison_text, half_width, only_in, other_years, overall, plain,
    span, with_sign,
};

use crate::analysis::comparison::Named;

/// How two policies are called where both are named: what they share once.
pub fn called(before: &Named, after: &Named) -> (String, String) {
    if before.scenario == after.scenario {
        (before.policy.clone(), after.policy.clone())
    } else if before.policy == after.policy {
        (before.scenario.clone(), after.scenario.clone())
    } else {
        let both = |named: &Named| format!("{}: {}", named.scenario, named.policy);
        (both(before), both(after))
    }
}

/// The line that says what is compared with what.
pub fn title(before: &Named, after: &Named) -> String {
    let (one, other) = called(before, after);
    let shared = if before.scenario == after.scenario {
        format!(" ({})", before.scenario)
    } else if before.policy == after.policy {
        format!(" (policy {})", before.policy)
    } else {
        String::new()
    };
    format!("{one} → {other}{shared}\n")
}
