//! Pictures of what drives figures.

use super::sensitivity::title_of;
use crate::analysis::sensitivity::{Explained, Influence, Sensitivity};
use crate::chart::{Caption, Chart, Driver, Drivers, Heading, Interval, Language, Unit};
use crate::stats::sensitivity::Estimate;

/// More pictures than these are not drawn.
const MOST: usize = 40;

/// A picture of each figure of first interest that has something to show: name of the file, and SVG.
#[must_use]
pub fn pictures(found: &Sensitivity) -> Vec<(String, String)> {
    let shown = found.figures.iter().filter(|figure| {
        figure.is_headline && figure.inputs.iter().any(|input| input.lead().is_some())
    });
    let mut pictures: Vec<(String, String)> = Vec::new();
    for figure in shown.take(MOST) {
        let base = slug(&title_of(figure));
        let taken = |name: &str| pictures.iter().any(|(known, _)| known == name);
        let names = (2..).map(|number| format!("sensitivity-{base}-{number}.svg"));
        let mut names = std::iter::once(format!("sensitivity-{base}.svg")).chain(names);
        if let Some(name) = names.find(|name| !taken(name)) {
            pictures.push((name, chart(found, figure).draw(Language::English).svg));
        }
    }
    pictures
}

fn chart(found: &Sensitivity, figure: &Explained) -> Drivers {
    let (unit, subtitle, scale) = match found.method {
        "sobol" => (
            Unit::Percent,
            "Share of the variance in which an input takes part (light) and that it explains by itself (dark)",
            100.0,
        ),
        "morris" => {
            let unit = figure.unit.clone();
            (
                Unit::Other(unit),
                "Mean size of the effect of moving an input through its whole range, μ*",
                1.0,
            )
        }
        _ => (Unit::Percent, "Share of the variance that an input explains by itself", 100.0),
    };
    let kind = match found.method {
        "sobol" => "base rows of a Sobol' design",
        "morris" => "trajectories of a Morris design",
        _ => "own draws",
    };
    let scaled = |of: &Influence, lead: Estimate| Driver {
        whole: Interval {
            name: of.input.clone(),
            value: scale * lead.value,
            low: scale * lead.lower,
            high: scale * lead.upper,
        },
        alone: of.total.and(of.first_order).map(|first| scale * first.value),
    };
    Drivers {
        heading: Heading {
            title: format!("What drives {}", title_of(figure)),
            subtitle: format!("{subtitle}; lines are intervals at 95 %"),
            caption: Caption {
                policy: figure.policy.clone(),
                draws: (found.method == "own draws").then_some(found.draws),
                source: format!(
                    "simulation of the scenario “{}” under its assumptions",
                    found.scenario
                ),
                note: if found.method == "own draws" {
                    String::new()
                } else {
                    format!("{} {kind}.", found.draws)
                },
                ..Caption::default()
            },
        },
        unit,
        rows: figure.inputs.iter().filter_map(|of| Some(scaled(of, of.lead()?))).collect(),
    }
}

/// Letters and digits of ASCII in small letters, joined by hyphens, at most 80.
fn slug(title: &str) -> String {
    let plain = title.to_lowercase();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    let joined = words.filter(|word| !word.is_empty()).collect::<Vec<&str>>().join("-");
    joined.chars().take(80).collect()
}
