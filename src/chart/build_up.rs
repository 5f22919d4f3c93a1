//! How a sum comes about: from part to part, a row each, down to the total.

use super::axis::{self, Ticks};
use super::canvas::{Align, Area, Canvas};
use super::format::{Language, Magnitude, Unit, number};
use super::heading::Heading;
use super::picture::Picture;
use super::style::{ACCENT, AXIS, BANDS, BAR, GREY, LABEL, STRONG, THIN, TICK};
use super::{About, Chart, extent, wrap};

/// What it is for.
pub const ABOUT: About = About {
    name: "build-up",
    shows: "how one award comes about: what is claimed, what limits, guarantees, rounding and the pot make of it, to the cent",
    misleads: "one municipality in one year of one future; another order of the steps would give each another size",
    reads: "From the top: each row adds to or takes from the one above it; the dark bars are totals.",
    written_by: "explain -o",
};

/// A sum and its steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BuildUp {
    /// Texts around the picture.
    pub heading: Heading,
    /// Currency (ISO code); the sums are in units of it, with cents.
    pub currency: String,
    /// The steps in their order.
    pub steps: Vec<BuildUpStep>,
}

/// A step of a sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BuildUpStep {
    /// What it is.
    pub name: String,
    /// What it adds, or of a total the sum itself.
    pub amount: f64,
    /// Whether it is what the steps before have come to.
    pub is_total: bool,
}

/// The most steps that are shown.
const MOST: usize = 40;
const HEAD: f64 = 26.0;
const FOOT: f64 = 30.0;
const ROW_HEIGHT: f64 = 28.0;

/// A step with the levels between which it lies.
struct Bar<'s> {
    step: &'s BuildUpStep,
    from: f64,
    to: f64,
}

impl BuildUp {
    fn bars(&self) -> Vec<Bar<'_>> {
        let mut level = 0.0;
        let steps = self.steps.iter().filter(|step| step.amount.is_finite()).take(MOST);
        steps
            .map(|step| {
                let from = if step.is_total { 0.0 } else { level };
                level = if step.is_total { step.amount } else { level + step.amount };
                Bar { step, from, to: level }
            })
            .collect()
    }
}

impl Chart for BuildUp {
    fn name(&self) -> &'static str {
        ABOUT.name
    }

    fn draw(&self, language: Language) -> Picture {
        let bars = self.bars();
        let ends = extent(bars.iter().flat_map(|bar| [bar.from, bar.to]));
        let Some((low, high)) = ends else {
            return Canvas::new(&self.heading, 120.0, "", language).no_data();
        };
        let rows = bars.len() as f64 * ROW_HEIGHT;
        let mut canvas = Canvas::new(&self.heading, HEAD + rows + FOOT, "", language);
        let texts: Vec<String> = bars.iter().map(|bar| amount(bar.step, language)).collect();
        let unit = Unit::Money(self.currency.clone());
        let currency = Magnitude::whole(&unit, language).heading();
        let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
        let names = widest(&mut bars.iter().map(|bar| STRONG.width(&bar.step.name)));
        let amounts = widest(&mut texts.iter().map(|text| STRONG.width(text)));
        let top = canvas.body.top + HEAD;
        let plot = Area {
            left: canvas.body.left + names.clamp(60.0, 290.0) + 14.0,
            top,
            right: canvas.body.right - amounts.max(TICK.width(&currency).min(80.0)) - 18.0,
            bottom: top + rows,
        };
        let head = canvas.body.top + 8.0;
        let currency = wrap::fit(&currency, TICK, amounts.max(80.0));
        canvas.text_at_height((canvas.body.right, head), Align::Right, TICK, &currency);
        let magnitude = Magnitude::new(&unit, high.abs().max(low.abs()), language);
        let counted = wrap::fit(&magnitude.heading(), TICK, plot.width() - 20.0);
        canvas.text_at_height((plot.left, head), Align::Left, TICK, &counted);
        let ticks = Ticks::new(low.min(0.0), high.max(0.0), 6);
        let scale = axis::horizontal(&mut canvas, plot, &ticks, &magnitude);
        for (at, (bar, text)) in bars.iter().zip(&texts).enumerate() {
            let y = plot.top + (at as f64 + 0.5) * ROW_HEIGHT;
            let half = ROW_HEIGHT * 0.32;
            let (from, to) = (scale.at(bar.from), scale.at(bar.to));
            // A step of nothing is still a line.
            let (left, right) = (from.min(to), from.max(to).max(from.min(to) + 1.0));
            let right = right.min(plot.right.max(left));
            let area = Area { left, right, top: y - half, bottom: y + half };
            let colour = match (bar.step.is_total, bar.step.amount < 0.0) {
                (true, _) => ACCENT,
                (false, true) => BANDS[0],
                (false, false) => BAR,
            };
            canvas.framed(area, colour, if bar.step.is_total { ACCENT } else { AXIS });
            if at + 1 < bars.len() {
                canvas.line(&[(to, area.bottom), (to, y + ROW_HEIGHT - half)], THIN, AXIS);
            }
            let kind = if bar.step.is_total { STRONG } else { LABEL };
            let name = wrap::fit(&bar.step.name, kind, plot.left - 10.0 - canvas.body.left);
            canvas.text_at_height((plot.left - 10.0, y), Align::Right, kind, &name);
            let kind = if bar.step.is_total { STRONG } else { LABEL.in_colour(GREY) };
            canvas.text_at_height((canvas.body.right, y), Align::Right, kind, text);
        }
        canvas.finish()
    }
}

/// The amount to the cent, with its sign where it is a part.
fn amount(step: &BuildUpStep, language: Language) -> String {
    let text = number(step.amount, 2, language);
    if !step.is_total && step.amount >= 0.005 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_amount_stands_to_the_cent_and_a_total_starts_at_nothing() {
        let chart = super::super::samples::build_up();
        let texts = chart.draw(Language::English).texts;
        for text in ["+162,000.00", "+24,300.00", "186,300.00", "−157,378.83", "28,921.17"] {
            assert!(texts.iter().any(|found| found.text == text), "{text}: {texts:#?}");
        }
        // 162,000 + 24,300 = 186,300; less 157,378.83 are 28,921.17.
        let levels: Vec<(f64, f64)> = chart.bars().iter().map(|bar| (bar.from, bar.to)).collect();
        assert_eq!(levels[1..3], [(162_000.0, 186_300.0), (0.0, 186_300.0)]);
        assert!((levels[3].1 - 28_921.17).abs() < 1e-6);
    }

    #[test]
    fn steps_stand_below_one_another_in_their_order() {
        let texts = super::super::samples::build_up().draw(Language::Latvian).texts;
        let height = |name: &str| texts.iter().find(|text| text.text == name).map(|text| text.y);
        assert!(height("pay_sum") < height("upkeep") && height("upkeep") < height("award"));
    }
}
