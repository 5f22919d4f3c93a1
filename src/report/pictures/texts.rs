//! The words around the pictures.

use super::Run;
use crate::analysis::BudgetRow;
use crate::analysis::Summary;
use crate::chart::{Caption, Heading, Quantiles};
use crate::model::Mode;
use crate::report::wording::{money, span};

/// The quantiles that a chart draws; none where no draw has a value.
pub fn quantiles(summary: &Summary) -> Option<Quantiles> {
    Some(Quantiles {
        p05: summary.p05?,
        p10: summary.p10?,
        p25: summary.p25?,
        p50: summary.p50?,
        p75: summary.p75?,
        p90: summary.p90?,
        p95: summary.p95?,
    })
}

/// What stands above and below a picture. `policy` and `pot` may be empty.
pub fn heading(
    run: &Run<'_>,
    title: &str,
    subtitle: &str,
    policy: &str,
    pot: &str,
    note: &str,
) -> Heading {
    let about = &run.findings.about;
    let mode = run.prepared.scenario.network.as_ref().map(|network| network_note(network.mode));
    let notes: Vec<&str> =
        [note, mode.unwrap_or("")].into_iter().filter(|text| !text.is_empty()).collect();
    Heading {
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        caption: Caption {
            policy: policy.to_owned(),
            pot: pot.to_owned(),
            draws: Some(about.draws),
            data_as_of: about.information_date.clone().unwrap_or_default(),
            source: format!(
                "simulation of the scenario “{}” under its assumptions",
                about.scenario
            ),
            note: notes.join(" "),
        },
    }
}

/// What points wait for, in a sentence.
fn network_note(mode: Mode) -> &'static str {
    match mode {
        Mode::WhenReady => "Points open when they are ready, whatever is granted (WhenReady).",
        Mode::WhenFunded => "Points open when their investment is granted and built (WhenFunded).",
    }
}

/// The pots of some years in words: `EUR 615,394 a year`.
pub fn pot(rows: &[&BudgetRow], currency: &str) -> String {
    let sums: Option<Vec<f64>> = rows.iter().map(|row| row.appropriation).collect();
    match sums.as_deref() {
        None | Some([]) => "open-ended, whatever is due is paid".to_owned(),
        Some([only]) => money(*only, currency),
        Some(sums) => {
            let least = sums.iter().copied().fold(f64::INFINITY, f64::min);
            let greatest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let (least, greatest) = (money(least, currency), money(greatest, ""));
            let sums =
                if least.ends_with(&greatest) { least } else { span(&least, greatest.trim()) };
            format!("{sums} a year")
        }
    }
}
