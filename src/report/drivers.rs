//! Pictures of what drives figures.

use super::sensitivity::title_of;
use crate::analysis::sensitivity::{Explained, Influence, Sensitivity};
use crate::chart::{Caption, Chart, Driver, Drivers, Heading, Interval, Unit};
use crate::language::{Language, Message};
use crate::stats::sensitivity::Estimate;

/// More pictures than these are not drawn.
const MOST: usize = 40;

/// A picture of each figure of first interest that has something to show, with its `top` inputs at most:
/// name of the file, and SVG. Those whose bar is told from zero come first.
#[must_use]
pub fn pictures(found: &Sensitivity, top: usize, language: Language) -> Vec<(String, String)> {
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
            pictures.push((name, chart((found, figure), top, language).draw(language).svg));
        }
    }
    pictures
}

fn chart((found, figure): (&Sensitivity, &Explained), top: usize, language: Language) -> Drivers {
    let say = |message: Message| message.in_language(language);
    let (unit, subtitle, scale) = match found.method {
        "sobol" => (Unit::Percent, Message::new("picture-drivers-total"), 100.0),
        "morris" => {
            (Unit::Other(figure.unit.clone()), Message::new("picture-drivers-elementary"), 1.0)
        }
        _ => (Unit::Percent, Message::new("picture-drivers-alone"), 100.0),
    };
    let design = match found.method {
        "sobol" => Some(Message::new("picture-drivers-sobol")),
        "morris" => Some(Message::new("picture-drivers-morris")),
        _ => None,
    };
    let scaled = |of: &Influence, lead: Estimate| Driver {
        whole: Interval {
            name: of.input.clone(),
            value: scale * lead.value,
            low: scale * lead.lower,
            high: scale * lead.upper,
        },
        alone: of.total.and(of.first_order).map(|first| scale * first.value),
        // Of what is drawn: an input may act by its rank and explain nothing by itself.
        is_told: lead.value > 0.0 && !lead.may_be_zero(),
    };
    let inputs = figure.inputs.iter();
    let mut measured: Vec<Driver> = inputs.filter_map(|of| Some(scaled(of, of.lead()?))).collect();
    measured
        .sort_by(|a, b| b.is_told.cmp(&a.is_told).then(b.whole.value.total_cmp(&a.whole.value)));
    let left_out = measured.len().saturating_sub(top);
    let notes = [
        design.map(|design| design.count("count", found.draws as f64)),
        (left_out > 0)
            .then(|| Message::new("picture-drivers-left-out").count("count", left_out as f64)),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().map(say).collect();
    // Totals overlap, and sizes of effects are no shares: only what inputs explain by themselves adds up.
    let is_share = !matches!(found.method, "sobol" | "morris");
    let rest =
        figure.first_order_sum.filter(|_| is_share).map(|sum| scale * (1.0 - sum).clamp(0.0, 1.0));
    Drivers {
        heading: Heading {
            title: say(
                Message::new("picture-drivers-title").name("figure", &subject(figure, language))
            ),
            subtitle: say(subtitle),
            caption: Caption {
                policy: figure.policy.clone(),
                draws: is_share.then_some(found.draws),
                source: say(Message::new("picture-source").name("scenario", &found.scenario)),
                note: notes.join(" "),
                ..Caption::default()
            },
        },
        unit,
        rows: measured.into_iter().take(top).collect(),
        rest,
    }
}

/// Which figure it is about; its name is that of the tables.
fn subject(figure: &Explained, language: Language) -> String {
    let say = |message: Message| message.in_language(language);
    let mut parts = vec![figure.outcome.clone()];
    match figure.programme.as_str() {
        "" => {}
        "all" => parts.push(say(Message::new("picture-drivers-programmes"))),
        programme => parts.push(programme.to_owned()),
    }
    parts.push(match figure.year.as_str() {
        "all" => say(Message::new("picture-drivers-years")),
        year => say(Message::new("picture-drivers-year").name("year", year)),
    });
    parts.join(", ")
}

/// Letters and digits of ASCII in small letters, joined by hyphens, at most 80.
fn slug(title: &str) -> String {
    let plain = title.to_lowercase();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    let joined = words.filter(|word| !word.is_empty()).collect::<Vec<&str>>().join("-");
    joined.chars().take(80).collect()
}
