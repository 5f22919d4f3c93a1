//! What becomes of the network: points that are open, load, unmet need and staff.

use super::Rows;
use super::sheet::Sheet;
use crate::analysis::{Findings, NetworkRow};

/// `network.csv`: one group of columns per tier, in the order of the scenario.
pub fn network<'t, R: Rows<'t>>(findings: &'t Findings, rows: R) -> R {
    let mut names = ["policy", "municipality", "name", "year"].map(str::to_owned).to_vec();
    // The name of a tier may hold a comma.
    let tiers = findings.about.tiers.iter().map(|tier| format!("open_points_{tier}"));
    for figure in tiers.chain(["load", "unmet_need", "staff"].map(str::to_owned)) {
        names.extend(["mean", "p05", "p50", "p95"].map(|column| format!("{figure}_{column}")));
    }
    let mut sheet = Sheet::with(rows, names, false);
    for row in &findings.network {
        let NetworkRow { policy, municipality, name, year, open_points, load, unmet_need, staff } =
            row;
        for text in [policy, municipality, name] {
            sheet.text(text);
        }
        sheet.year(*year);
        let ranges = open_points.iter().map(|of_tier| &of_tier.range);
        for range in ranges.chain([load, unmet_need, staff]) {
            sheet.range(range);
        }
        sheet.end();
    }
    sheet.rows
}
