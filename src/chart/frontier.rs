//! Alternatives by two measures, a third as the size of the dots, and the edge beyond which none lies.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas, Spot};
use super::format::{Language, Magnitude, Unit};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, AXIS, BANDS, GREY, GROUND, LABEL, MEDIUM, TICK, Type};
use super::{About, Chart, extent, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "frontier",
    shows: "alternatives by two measures and a third as size, those that none beats joined",
    misleads: "what is not among the alternatives may be better than all of them; between two dots the line is a guide for the eye",
    reads: "A dot is a policy at values of its levers; the line joins those that none beats in the two measures shown.",
    written_by: "frontier -o",
};

/// Alternatives by measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frontier {
    /// Texts around the picture.
    pub heading: Heading,
    /// Along the bottom.
    pub across: Measured,
    /// Up the side.
    pub up: Measured,
    /// As the size of the dots; its name is empty where there is none.
    pub size: Measured,
    /// The alternatives.
    pub dots: Vec<Alternative>,
}

/// A measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// What it is counted in.
    pub unit: Option<Unit>,
    /// Whether more of it is better.
    pub more: bool,
}

/// One alternative.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alternative {
    /// What it is called.
    pub label: String,
    /// What it is called where there is little room.
    pub short: String,
    /// Along the bottom.
    pub x: f64,
    /// Up the side.
    pub y: f64,
    /// As size.
    pub size: f64,
    /// How it stands.
    pub standing: Standing,
}

/// How an alternative stands in all measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// None beats it.
    #[default]
    Undominated,
    /// The draws do not decide it.
    Undecided,
    /// One beats it.
    Dominated,
}

const LEAST_RADIUS: f64 = 4.0;
const MOST_RADIUS: f64 = 10.0;

impl Chart for Frontier {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let sized = !self.size.name.is_empty();
        let added = if sized {
            Message::new("chart-frontier-marks-sized")
                .name("measure", &self.size.name)
                .in_language(language)
        } else {
            Message::new("chart-frontier-marks").in_language(language)
        };
        let mut canvas = Canvas::new(&self.heading, 460.0, &added, language);
        let mut dots: Vec<&Alternative> =
            self.dots.iter().filter(|dot| dot.x.is_finite() && dot.y.is_finite()).collect();
        let (Some((left, right)), Some((low, high))) =
            (extent(dots.iter().map(|dot| dot.x)), extent(dots.iter().map(|dot| dot.y)))
        else {
            return canvas.no_data();
        };
        let up = around(low, high, 7);
        let across = around(left, right, 8);
        let magnitude = |of: &Measured, largest: f64| {
            let unit = of.unit.clone().unwrap_or(Unit::Other(String::new()));
            Magnitude::new(&unit, largest, language)
        };
        let of_up = magnitude(&self.up, high.abs().max(low.abs()));
        let of_across = magnitude(&self.across, right.abs().max(left.abs()));
        let plot = Area {
            left: canvas.body.left + axis::tick_room(&up, &of_up),
            top: canvas.body.top + 30.0,
            right: canvas.body.right - 24.0,
            bottom: canvas.body.bottom - 44.0,
        };
        let titled = |of: &Measured, unit: &Magnitude| {
            let better = if of.more {
                Message::new("chart-more-is-better")
            } else {
                Message::new("chart-less-is-better")
            };
            let counted = unit.heading();
            let comma = if counted.is_empty() { "" } else { ", " };
            format!("{}{comma}{counted} ({})", of.name, better.in_language(language))
        };
        let width = canvas.body.width();
        let title = wrap::fit(&titled(&self.up, &of_up), TICK, width);
        let corner = (canvas.body.left, canvas.body.top + 6.0);
        canvas.text(corner, Align::Left, TICK, &title);
        let title = wrap::fit(&titled(&self.across, &of_across), TICK, plot.width());
        let below = (f64::midpoint(plot.left, plot.right), plot.bottom + 36.0);
        canvas.text(below, Align::Centre, TICK, &title);
        let vertical = axis::vertical(&mut canvas, plot, &up, &of_up);
        let horizontal = axis::horizontal(&mut canvas, plot, &across, &of_across);

        let sizes = extent(dots.iter().map(|dot| dot.size)).filter(|_| sized);
        let radius = |dot: &Alternative| match sizes {
            Some((least, most)) if most > least && dot.size.is_finite() => {
                let share = (dot.size / 2.0 - least / 2.0) / (most / 2.0 - least / 2.0);
                LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * share.clamp(0.0, 1.0)
            }
            _ => LEAST_RADIUS + 1.0,
        };
        let spot = |dot: &Alternative| (horizontal.at(dot.x), vertical.at(dot.y));
        let edge: Vec<Spot> = self.edge(&dots).into_iter().map(spot).collect();
        canvas.line(&edge, MEDIUM, BANDS[2]);
        // Large dots first, so that small ones are not hidden; the best last.
        dots.sort_by(|a, b| {
            let rank = |dot: &Alternative| dot.standing != Standing::Dominated;
            rank(a).cmp(&rank(b)).then(radius(b).total_cmp(&radius(a)))
        });
        for dot in &dots {
            let (at, size) = (spot(dot), radius(dot));
            match dot.standing {
                Standing::Undominated => canvas.rimmed_dot(at, size, ACCENT),
                Standing::Undecided => {
                    canvas.rimmed_dot(at, size, ACCENT);
                    canvas.dot(at, size - 1.75, GROUND);
                }
                Standing::Dominated => canvas.rimmed_dot(at, size, AXIS),
            }
        }
        let taken: Vec<(Spot, f64)> = dots.iter().map(|dot| (spot(dot), radius(dot))).collect();
        let room = Area { left: plot.left + 2.0, right: canvas.body.right, ..plot };
        for standing in [Standing::Undominated, Standing::Undecided, Standing::Dominated] {
            let kind = match standing {
                Standing::Undominated => LABEL,
                _ => TICK.in_colour(GREY),
            };
            for dot in dots.iter().filter(|dot| dot.standing == standing) {
                let texts = [wrap::fit(&dot.label, kind, 220.0), dot.short.clone()];
                let texts = if standing == Standing::Dominated { &texts[1..] } else { &texts[..] };
                let place = texts.iter().find_map(|text| {
                    let places = beside(spot(dot), radius(dot), kind);
                    let mut places = places.into_iter().filter(|(at, align)| {
                        canvas.has_room(*at, *align, kind, text, room)
                            && !touches(*at, *align, kind, text, &taken)
                    });
                    places.next().map(|place| (place, text))
                });
                if let Some(((at, align), text)) = place {
                    canvas.text_at_height(at, align, kind, text);
                }
            }
        }
        canvas.finish()
    }
}

/// Ticks with room for a dot at both ends; values of one sign stay on theirs.
fn around(low: f64, high: f64, most: usize) -> Ticks {
    let room = 0.08 * (high / 2.0 - low / 2.0);
    let side = |end: f64, value: f64| if (end < 0.0) == (value < 0.0) { end } else { 0.0 };
    Ticks::new(side(low - room, low), side(high + room, high), most)
}

impl Frontier {
    /// Of those that none beats, the ones that none beats in the two measures shown, from left to right.
    fn edge<'d>(&self, dots: &[&'d Alternative]) -> Vec<&'d Alternative> {
        let sign = |more: bool| if more { 1.0 } else { -1.0 };
        let (right, above) = (sign(self.across.more), sign(self.up.more));
        let mut lasting: Vec<&Alternative> =
            dots.iter().copied().filter(|dot| dot.standing == Standing::Undominated).collect();
        // From the best across to the worst: each must be better up than all before.
        lasting.sort_by(|a, b| {
            (right * b.x).total_cmp(&(right * a.x)).then((above * b.y).total_cmp(&(above * a.y)))
        });
        let mut best = f64::NEG_INFINITY;
        lasting.retain(|dot| {
            let is_better = above * dot.y > best;
            best = best.max(above * dot.y);
            is_better
        });
        lasting
    }
}

/// Where a label may stand beside a dot.
fn beside((x, y): Spot, radius: f64, kind: Type) -> [(Spot, Align); 6] {
    let (gap, height) = (radius + 5.0, radius + kind.size * 0.75);
    [
        ((x + gap, y), Align::Left),
        ((x - gap, y), Align::Right),
        ((x, y - height), Align::Centre),
        ((x, y + height), Align::Centre),
        ((x + radius, y - height), Align::Left),
        ((x + radius, y + height), Align::Left),
    ]
}

/// Whether a text would lie over a dot.
fn touches(at: Spot, align: Align, kind: Type, text: &str, dots: &[(Spot, f64)]) -> bool {
    let width = kind.width(text);
    let left = match align {
        Align::Left => at.0,
        Align::Centre => at.0 - width / 2.0,
        Align::Right => at.0 - width,
    };
    let half = kind.size * 0.5;
    dots.iter().any(|((x, y), radius)| {
        let reach = radius + 1.5;
        x + reach > left && x - reach < left + width && (y - at.1).abs() < reach + half
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::frontier;
    use super::*;

    #[test]
    fn only_what_none_beats_in_both_measures_is_joined() {
        // More across and more up are better: of (1, 3), (2, 2), (3, 1), (1, 1) the last lies inside.
        let dot = |x: f64, y: f64| Alternative { x, y, ..Alternative::default() };
        let dots = [dot(1.0, 3.0), dot(2.0, 2.0), dot(3.0, 1.0), dot(1.0, 1.0)];
        let more = Measured { more: true, ..Measured::default() };
        let chart = Frontier { across: more.clone(), up: more, ..Frontier::default() };
        let all: Vec<&Alternative> = dots.iter().collect();
        let edge: Vec<f64> = chart.edge(&all).iter().map(|dot| dot.x).collect();
        assert_eq!(edge, [3.0, 2.0, 1.0]);
        // Less across is better: (1, 3) alone beats all.
        let chart = Frontier { across: Measured::default(), ..chart };
        assert_eq!(chart.edge(&all).len(), 1);
    }

    #[test]
    fn alternatives_that_none_beats_are_named() {
        let chart = frontier();
        let texts = chart.draw(Language::English).texts;
        let named = chart.dots.iter().filter(|dot| dot.standing == Standing::Undominated);
        for dot in named {
            let is_there = |text: &str| texts.iter().any(|found| found.text == text);
            assert!(is_there(&dot.label) || is_there(&dot.short), "{}", dot.label);
        }
    }
}
