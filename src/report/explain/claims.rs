//! Every claim on the pot as CSV.

use crate::analysis::explain::Explanation;
use crate::report::{csv_cell, exact};

const HEADER: &str = "policy,programme,year,draw,class,municipality,name,pool,claim,due,protected,most,\
                      weight,score,points,award";

/// Every claim on the pot, class after class, in order of code: one row each, all digits.
#[must_use]
pub fn claims_csv(explanation: &Explanation) -> String {
    let mut text = format!("{HEADER}\n");
    let draw = explanation.future.draw.map_or_else(String::new, |draw| draw.to_string());
    let head = [&explanation.policy, &explanation.programme].map(|name| csv_cell(name)).join(",");
    let claimants = explanation.division.iter().flat_map(|division| &division.claimants);
    for claimant in claimants {
        let optional = |value: Option<f64>| value.map_or_else(String::new, exact);
        let cells = [
            head.clone(),
            explanation.year.to_string(),
            draw.clone(),
            claimant.class.to_string(),
            csv_cell(&claimant.municipality.code),
            csv_cell(&claimant.municipality.name),
            claimant.pool.as_deref().map_or_else(String::new, csv_cell),
            exact(claimant.claim),
            exact(claimant.due),
            exact(claimant.protected),
            optional(claimant.most),
            optional(claimant.weight),
            optional(claimant.score),
            optional(claimant.points),
            exact(claimant.award),
        ];
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}
