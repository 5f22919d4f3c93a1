//! The words around the pictures.

use super::Run;
use crate::analysis::BudgetRow;
use crate::analysis::Summary;
use crate::chart::{Caption, Heading, Quantiles};
use crate::language::Message;
use crate::model::Mode;

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
    let mode = run.prepared.scenario.network.as_ref().map(|network| match network.mode {
        Mode::WhenReady => run.say(Message::new("picture-when-ready")),
        Mode::WhenFunded => run.say(Message::new("picture-when-funded")),
    });
    let notes: Vec<&str> = [Some(note), mode.as_deref()]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    Heading {
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        caption: Caption {
            policy: policy.to_owned(),
            pot: pot.to_owned(),
            draws: Some(about.draws),
            data_as_of: about.information_date.clone().unwrap_or_default(),
            source: run.say(source(&about.scenario)),
            note: notes.join(" "),
        },
    }
}

/// A name of which a title has room: a longer one loses its end, not the title its verb.
pub fn in_title(name: &str) -> String {
    const MOST: usize = 60;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let kept: String = name.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Where the figures of a scenario come from.
pub fn source(scenario: &str) -> Message {
    Message::new("picture-source").name("scenario", scenario)
}

/// The pot of a picture that shows a policy at its own.
pub fn own_pot(run: &Run<'_>) -> String {
    run.say(Message::new("picture-pot-own"))
}

/// The pots of some years in words: `EUR 615,394 a year`.
pub fn pot(run: &Run<'_>, rows: &[&BudgetRow]) -> String {
    let (figures, currency) = (run.figures, &run.findings.about.currency);
    let sums: Option<Vec<f64>> = rows.iter().map(|row| row.appropriation).collect();
    match sums.as_deref() {
        None | Some([]) => run.say(Message::new("picture-pot-open")),
        Some([only]) => figures.money(*only, currency),
        Some(sums) => {
            let least = sums.iter().copied().fold(f64::INFINITY, f64::min);
            let greatest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let message = if figures.number(least, 0) == figures.number(greatest, 0) {
                Message::new("picture-pot-year")
            } else {
                Message::new("picture-pots-year").money("least", least, currency)
            };
            run.say(message.money("sum", greatest, currency))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_leaves_room_for_the_verb() {
        let long = "a policy with a name of two hundred letters ".repeat(5);
        let kept = in_title(&long);
        assert!(kept.chars().count() <= 60 && kept.ends_with('…'), "{kept}");
        assert_eq!(in_title("Dienvidkurzemes novads"), "Dienvidkurzemes novads");
    }
}
