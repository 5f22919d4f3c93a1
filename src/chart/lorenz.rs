//! How evenly something is spread: Lorenz curves.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas, Spot};
use super::format::{Language, Magnitude, Unit, number};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{AXIS, LABEL, POLICIES, STRONG, THICK, THIN, TICK, Type};
use super::{About, Chart, wrap};
use crate::language::Message;

/// What it is for.
pub const ABOUT: About = About {
    name: "lorenz",
    shows: "which share of the awards goes to those that receive least of them for each point, for each policy",
    misleads: "even is not the same as fair: who needs more should receive more; curves that cross cannot be ranked by one number",
    reads: "Along the bottom points, those with least money for each first; up the side the money they get together. The further a curve hangs below the dashed diagonal, the less even.",
    written_by: "run (charts/ only)",
};

/// The spread of something under several policies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lorenz {
    /// Texts around the picture.
    pub heading: Heading,
    /// What lies along the bottom, in words.
    pub across: String,
    /// What lies up the side, in words.
    pub up: String,
    /// A curve for each policy; more than six are left out.
    pub curves: Vec<Curve>,
}

/// What each has, and how much weight it has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Name of the policy.
    pub name: String,
    /// Weight (points) and amount (award) of each, in any order; neither below zero.
    pub shares: Vec<(f64, f64)>,
}

impl Curve {
    /// The corners of the curve from (0, 0) to (1, 1), those with least for their weight first; none where
    /// there is nothing to spread. Lorenz (1905), doi:10.2307/2276207.
    pub(super) fn corners(&self) -> Vec<Spot> {
        let counts = |(weight, amount): &&(f64, f64)| {
            *weight > 0.0 && *amount >= 0.0 && *weight < 1e15 && *amount < 1e15
        };
        let mut shares: Vec<(f64, f64)> = self.shares.iter().filter(counts).copied().collect();
        shares.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)).then(a.0.total_cmp(&b.0)));
        let weight: f64 = shares.iter().map(|share| share.0).sum();
        let amount: f64 = shares.iter().map(|share| share.1).sum();
        if amount <= 0.0 || weight <= 0.0 {
            return Vec::new();
        }
        let mut at = (0.0, 0.0);
        let corner = |share: &(f64, f64)| {
            at = (at.0 + share.0, at.1 + share.1);
            (at.0 / weight, at.1 / amount)
        };
        std::iter::once((0.0, 0.0)).chain(shares.iter().map(corner)).collect()
    }

    /// Twice the area between the diagonal and the curve, Gini's coefficient; none where there is nothing to
    /// spread.
    #[must_use]
    pub fn gini(&self) -> Option<f64> {
        let corners = self.corners();
        (!corners.is_empty()).then(|| gini(&corners))
    }
}

/// Twice the area between the diagonal and a curve: Gini's coefficient, by trapezia.
fn gini(corners: &[Spot]) -> f64 {
    let below = corners.windows(2).map(|pair| {
        let ((left, low), (right, high)) = (pair[0], pair[1]);
        (right - left) * (low + high)
    });
    (1.0 - below.sum::<f64>()).clamp(0.0, 1.0)
}

impl Chart for Lorenz {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let curves: Vec<(&Curve, Vec<Spot>)> = self
            .curves
            .iter()
            .map(|curve| (curve, curve.corners()))
            .filter(|(_, corners)| !corners.is_empty())
            .take(POLICIES.len())
            .collect();
        if curves.is_empty() {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        }
        let added = Message::new("chart-lorenz-marks").in_language(language);
        let mut canvas = Canvas::new(&self.heading, 500.0, &added, language);
        let ticks = Ticks::new(0.0, 100.0, 5);
        let percent = Magnitude::new(&Unit::Percent, 100.0, language);
        let head = wrap::fit(&self.up, TICK, canvas.body.width());
        let corner = (canvas.body.left, canvas.body.top + 6.0);
        canvas.text(corner, Align::Left, TICK, &head);
        let left = canvas.body.left + axis::tick_room(&ticks, &percent);
        let (top, bottom) = (canvas.body.top + 24.0, canvas.body.bottom - 40.0);
        // A square, with the names beside it.
        let plot = Area { left, top, right: left + (bottom - top), bottom };
        let up = axis::vertical(&mut canvas, plot, &ticks, &percent);
        let across = axis::horizontal(&mut canvas, plot, &ticks, &percent);
        let foot = wrap::fit(&self.across, TICK, plot.width() + 40.0);
        let below = (f64::midpoint(plot.left, plot.right), plot.bottom + 32.0);
        canvas.text_at_height(below, Align::Centre, TICK, &foot);
        let spot = |(x, y): Spot| (across.at(100.0 * x), up.at(100.0 * y));
        canvas.dashes(&[spot((0.0, 0.0)), spot((1.0, 1.0))], THIN, AXIS);
        let room = canvas.body.right - plot.right - 24.0;
        let mut labels: Vec<(f64, Type, Vec<String>)> = Vec::new();
        for (at, (curve, corners)) in curves.iter().enumerate() {
            let colour = POLICIES[at % POLICIES.len()];
            let line: Vec<Spot> = corners.iter().map(|corner| spot(*corner)).collect();
            canvas.line(&line, THICK, colour);
            let gini = number(gini(corners), 2, language);
            let text =
                Message::new("chart-lorenz-curve").name("name", &curve.name).name("gini", &gini);
            // Named in the order of the curves at the middle, joined to the curve there.
            let middle = height_at(corners, 0.8);
            let kind = if at == 0 { STRONG } else { LABEL };
            let lines = wrap::at_most(&text.in_language(language), kind, room - 30.0, 2);
            labels.push((up.at(100.0 * middle), kind, lines));
        }
        let x = across.at(80.0);
        let wanted: Vec<f64> = labels.iter().map(|(height, ..)| *height).collect();
        let most = labels.iter().map(|(.., lines)| lines.len()).max().unwrap_or(1);
        let distance = 18.0 + 15.0 * most.saturating_sub(1) as f64;
        let places = super::labels::apart(&wanted, distance, plot.top + 10.0, plot.bottom - 10.0);
        for (at, ((height, kind, lines), y)) in labels.iter().zip(places).enumerate() {
            let colour = POLICIES[at % POLICIES.len()];
            let from = plot.right + 8.0;
            canvas.line(&[(x, *height), (from, y)], THIN, colour);
            canvas.line(&[(from, y), (from + 16.0, y)], THICK, colour);
            canvas.rimmed_dot((x, *height), 3.0, colour);
            let first = y - 7.5 * lines.len().saturating_sub(1) as f64;
            for (line, text) in lines.iter().enumerate() {
                let place = (from + 22.0, first + 15.0 * line as f64);
                canvas.text_at_height(place, Align::Left, *kind, text);
            }
        }
        canvas.finish()
    }
}

/// The height of a curve at a place along the bottom.
fn height_at(corners: &[Spot], x: f64) -> f64 {
    let pair = corners.windows(2).find(|pair| pair[1].0 >= x);
    pair.map_or(1.0, |pair| {
        let ((left, low), (right, high)) = (pair[0], pair[1]);
        let share = if right > left { (x - left) / (right - left) } else { 1.0 };
        low + (high - low) * share.clamp(0.0, 1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gini_is_none_where_all_have_alike_and_a_half_where_one_of_two_has_all() {
        let curve = |shares: &[(f64, f64)]| Curve { name: String::new(), shares: shares.to_vec() };
        // The same for each point: the diagonal.
        assert!(gini(&curve(&[(1.0, 10.0), (3.0, 30.0)]).corners()).abs() < 1e-12);
        // Nothing for the first half: below the curve lies half of a half, 1 - 2 · 0.25 = 0.5.
        let corners = curve(&[(1.0, 8.0), (1.0, 0.0)]).corners();
        assert_eq!(corners, [(0.0, 0.0), (0.5, 0.0), (1.0, 1.0)]);
        assert!((gini(&corners) - 0.5).abs() < 1e-12);
        // 1, 2, 3 and 4 of ten for one each: Gini 0.25 (Σ(2i − 5)·i / (4·10) = 10/40).
        let corners = curve(&[(1.0, 4.0), (1.0, 2.0), (1.0, 1.0), (1.0, 3.0)]).corners();
        assert!((gini(&corners) - 0.25).abs() < 1e-12);
        assert_eq!(height_at(&corners, 0.5), 0.3);
        assert!(curve(&[(1.0, 0.0)]).corners().is_empty());
    }
}
