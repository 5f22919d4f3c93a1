//! Paths of awards: what each claimant receives as the pot grows.

use super::axis::{self, Scale, Ticks};
use super::bands::{self, EndLabel};
use super::canvas::{Align, Area, Canvas, Spot};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{
    ACCENT, AXIS, BANDS, Colour, GRID, HAIRLINE, LABEL, LIMIT, POLICIES, STRONG, THIN, TICK,
};
use super::{About, Chart, extent, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "paths",
    shows: "what each claimant is awarded as the pot grows from nothing to the sum of the claims",
    misleads: "it holds for these claims only; lines that lie over each other look like one",
    reads: "A line is a claimant: how much it is awarded when the pot is as large as the place along the bottom.",
    written_by: "allocate --paths",
};

/// Awards over pots, a panel a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paths {
    /// Texts around the picture.
    pub heading: Heading,
    /// Unit of pots, claims and awards.
    pub unit: Option<Unit>,
    /// Names as shown.
    pub names: Vec<String>,
    /// The pots, ascending.
    pub pots: Vec<f64>,
    /// The pot that there is.
    pub appropriation: Option<f64>,
    /// The rules, from the top.
    pub rules: Vec<RulePaths>,
}

/// The paths of one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RulePaths {
    /// The rule's name, shown where there are several.
    pub name: String,
    /// Awards: `[claimant][pot]`.
    pub awards: Vec<Vec<f64>>,
}

/// The most claimants with colours of their own.
const FEW: usize = POLICIES.len();
/// The least distance of two labels, in points.
const LINE: f64 = 14.0;
/// The widest label of a claimant, in points.
const WIDEST: f64 = 170.0;

impl Chart for Paths {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let several = self.rules.len() > 1;
        let height = if several { 320.0 } else { 440.0 };
        let body = height * self.rules.len().max(1) as f64;
        let mut canvas = Canvas::new(&self.heading, body, "", language);
        let awards = self.rules.iter().flat_map(|rule| rule.awards.iter().flatten().copied());
        let ends = (extent(self.pots.iter().copied()), extent(awards));
        let (Some((first, last)), Some((low, high))) = ends else { return canvas.no_data() };
        let unit = self.unit.clone().unwrap_or(Unit::Other(String::new()));
        let panel = Panel {
            across: Ticks::new(first.min(0.0), last.max(0.0), 8),
            up: Ticks::new(low.min(0.0), high.max(0.0), if several { 5 } else { 7 }),
            pots: Magnitude::new(&unit, last.abs().max(first.abs()), language),
            sums: Magnitude::new(&unit, high.abs().max(low.abs()), language),
        };
        for (index, rule) in self.rules.iter().enumerate() {
            let top = canvas.body.top + height * index as f64;
            let area = Area { top, bottom: top + height, ..canvas.body };
            self.panel(&mut canvas, area, rule, &panel);
        }
        canvas.finish()
    }
}

/// What all panels share.
struct Panel {
    across: Ticks,
    up: Ticks,
    pots: Magnitude,
    sums: Magnitude,
}

impl Paths {
    fn panel(&self, canvas: &mut Canvas, area: Area, rule: &RulePaths, panel: &Panel) {
        let mut top = area.top;
        if self.rules.len() > 1 {
            let name = wrap::fit(&rule.name, STRONG, area.width() / 2.0);
            canvas.text((area.left, top + 12.0), Align::Left, STRONG, &name);
            top += 22.0;
        }
        canvas.text((area.left, top + 6.0), Align::Left, TICK, &panel.sums.heading());
        let mut labels = self.labels(rule, &panel.sums);
        let plot = Area {
            left: area.left + axis::tick_room(&panel.up, &panel.sums),
            top: top + 24.0,
            right: area.right - bands::end_room(&labels),
            bottom: area.bottom - 48.0,
        };
        let up = axis::vertical(canvas, plot, &panel.up, &panel.sums);
        let across = across(canvas, plot, self.last_pot(), panel);
        let below = (f64::midpoint(plot.left, plot.right), plot.bottom + 32.0);
        let pot = Message::new("chart-pot").in_language(canvas.language);
        let pot = [pot, panel.pots.heading()].join(", ");
        canvas.text_at_height(below, Align::Centre, TICK, pot.trim_end_matches(", "));
        let count = rule.awards.len();
        let weight = match count {
            ..=12 => 1.75,
            13..=50 => 1.0,
            _ => 0.75,
        };
        for (index, awards) in Self::drawn(rule) {
            let line: Vec<Spot> = (self.pots.iter().zip(awards))
                .filter(|(pot, award)| pot.is_finite() && award.is_finite())
                .map(|(pot, award)| (across.at(*pot), up.at(*award)))
                .collect();
            canvas.line(&line, weight, colour(index, count));
        }
        self.limit(canvas, plot, across);
        for label in &mut labels {
            label.y = up.at(label.y);
        }
        // Below the lowest label stand the numbers of the axis, the last of them under its end.
        let beside = Area { bottom: plot.bottom - 4.0, ..plot };
        bands::end_labels(canvas, beside, &with_room(labels, beside));
    }

    fn last_pot(&self) -> f64 {
        self.pots.iter().copied().filter(|pot| pot.is_finite()).fold(0.0, f64::max)
    }

    /// The dashed line of the pot that there is.
    fn limit(&self, canvas: &mut Canvas, plot: Area, across: Scale) {
        let last = self.last_pot();
        let Some(pot) = self.appropriation.filter(|pot| (0.0..=last).contains(pot)) else { return };
        let x = across.at(pot);
        canvas.limit(&[(x, plot.top), (x, plot.bottom)]);
        let text = &Message::new("chart-appropriation").in_language(canvas.language);
        let area = Area { left: plot.left, right: plot.right, top: plot.top - 20.0, ..plot };
        let kind = STRONG.in_colour(LIMIT);
        let places = [Align::Centre, Align::Left, Align::Right];
        let at = (x, plot.top - 9.0);
        if let Some(align) =
            places.into_iter().find(|align| canvas.has_room(at, *align, kind, text, area))
        {
            canvas.text_at_height(at, align, kind, text);
        }
    }

    /// The claimants in the order of drawing: the largest last awards first, with their places in it.
    fn drawn(rule: &RulePaths) -> impl Iterator<Item = (usize, &[f64])> {
        let mut order: Vec<&[f64]> = rule.awards.iter().map(Vec::as_slice).collect();
        order.sort_by(|a, b| end(b).total_cmp(&end(a)));
        order.into_iter().enumerate()
    }

    /// The name of every claimant with the award at the end, the largest first.
    fn labels(&self, rule: &RulePaths, magnitude: &Magnitude) -> Vec<EndLabel> {
        let mut order: Vec<(&String, f64)> = (self.names.iter().zip(&rule.awards))
            .map(|(name, awards)| (name, end(awards)))
            .filter(|(_, end)| end.is_finite())
            .collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1));
        let text = |name: &str, end: f64| {
            let name = wrap::fit(name, LABEL, WIDEST);
            format!("{name}: {}", magnitude.value(end))
        };
        order
            .into_iter()
            .map(|(name, end)| EndLabel { y: end, kind: LABEL, text: text(name, end) })
            .collect()
    }
}

/// Draws the axis of the pots, which ends at the last and not at a round number: there the paths end.
fn across(canvas: &mut Canvas, plot: Area, last: f64, panel: &Panel) -> Scale {
    let Ticks { values, step } = &panel.across;
    let first = panel.across.low();
    let scale =
        Scale::new(first, if last > first { last } else { first + 1.0 }, plot.left, plot.right);
    let shown: Vec<f64> = values.iter().copied().filter(|value| *value <= last).collect();
    let texts: Vec<String> = shown.iter().map(|value| panel.pots.tick(*value, *step)).collect();
    let distance = scale.at(first + step) - scale.at(first);
    let every = axis::spread(&texts, distance);
    for (index, (value, text)) in shown.iter().zip(&texts).enumerate() {
        let x = scale.at(*value);
        let (weight, colour) = if *value == 0.0 { (THIN, AXIS) } else { (HAIRLINE, GRID) };
        canvas.line(&[(x, plot.top), (x, plot.bottom)], weight, colour);
        let at = (x, plot.bottom + 14.0);
        if index % every == 0 && canvas.has_room(at, Align::Centre, TICK, text, canvas.body) {
            canvas.text_at_height(at, Align::Centre, TICK, text);
        }
    }
    scale
}

/// What is awarded from the largest pot.
fn end(awards: &[f64]) -> f64 {
    awards.last().copied().unwrap_or(f64::NAN)
}

/// All labels if they fit; else those, from the top, that have room where their lines end.
fn with_room(labels: Vec<EndLabel>, plot: Area) -> Vec<EndLabel> {
    if (labels.len() as f64) * LINE <= plot.height() {
        return labels;
    }
    let mut last = f64::NEG_INFINITY;
    let mut keeps = |label: &EndLabel| {
        let keeps = label.y - last >= LINE + 1.0;
        last = if keeps { label.y } else { last };
        keeps
    };
    labels.into_iter().filter(|label| keeps(label)).collect()
}

/// The colour of a claimant by place: few have their own, many darken with their claim.
fn colour(place: usize, count: usize) -> Colour {
    match POLICIES.get(place) {
        Some(colour) if count <= FEW => *colour,
        _ => {
            let [.., lightest] = BANDS;
            ACCENT.toward(lightest, place as f64 / (count.max(2) - 1) as f64)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(claims: &[f64]) -> Paths {
        let total: f64 = claims.iter().sum();
        let pots: Vec<f64> = (0..=10).map(|tenth| total * f64::from(tenth) / 10.0).collect();
        let proportional = |claim: &f64| pots.iter().map(|pot| claim * pot / total).collect();
        Paths {
            names: (0..claims.len()).map(|index| format!("no. {index}")).collect(),
            rules: vec![RulePaths {
                name: "Proportional".to_owned(),
                awards: claims.iter().map(proportional).collect(),
            }],
            pots,
            unit: Some(Unit::Money("EUR".to_owned())),
            appropriation: Some(total / 2.0),
            ..Paths::default()
        }
    }

    fn named(picture: &Picture) -> Vec<&str> {
        let texts = picture.texts.iter().map(|text| text.text.as_str());
        texts.filter(|text| text.starts_with("no. ")).collect()
    }

    #[test]
    fn a_few_claimants_are_all_named_with_their_claims_the_largest_first() {
        let picture = paths(&[100.0, 300.0, 200.0]).draw(Language::English);
        assert_eq!(named(&picture), ["no. 1: 300", "no. 2: 200", "no. 0: 100"]);
        assert!(picture.texts.iter().any(|text| text.text == "appropriation"));
    }

    #[test]
    fn of_many_claimants_those_are_named_that_have_room() {
        let claims: Vec<f64> = (1..=300).map(f64::from).collect();
        let picture = paths(&claims).draw(Language::English);
        let named = named(&picture);
        assert!(named.len() > 10 && named.len() < 40, "{}", named.len());
        assert_eq!(named[0], "no. 299: 300");
    }

    #[test]
    fn several_rules_have_a_panel_each() {
        let mut two = paths(&[1.0, 2.0]);
        two.rules.push(RulePaths { name: "Talmud".to_owned(), ..two.rules[0].clone() });
        let picture = two.draw(Language::Latvian);
        for name in ["Proportional", "Talmud"] {
            assert!(picture.texts.iter().any(|text| text.text == name));
        }
    }
}
