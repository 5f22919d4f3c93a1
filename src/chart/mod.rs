//! Pictures: one chart a file, each a plain structure of data that becomes an SVG text.
//!
//! plotters draws, hidden behind the canvas; text stays text (`font-family="Inter, sans-serif"`), so a
//! page must embed the bundled font ([`font::REGULAR_WOFF2`], [`font::SEMIBOLD_WOFF2`]) to show it as measured.
//! To add a chart: one file with its structure and [`Chart`], one line in [`CHARTS`].

mod axis;
mod bands;
pub mod bridge;
pub mod build_up;
mod canvas;
pub mod chances;
mod columns;
pub mod compare;
pub mod conditions;
pub mod cost;
pub mod coverage;
pub mod drivers;
pub mod fan;
pub mod font;
pub mod format;
pub mod frontier;
pub mod heading;
pub mod heat_map;
pub mod histogram;
mod labels;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod laws;
pub mod lorenz;
pub mod map;
mod map_classes;
mod map_label;
mod marks;
pub mod paths;
pub mod picture;
pub mod queue;
pub mod ranked_bars;
pub mod regret;
pub mod response;
pub mod rollout;
mod rows;
#[cfg(test)]
mod samples;
pub mod style;
pub mod tornado;
pub mod waterfall;
mod words;
mod wrap;

pub use axis::Ticks;
pub use bands::Quantiles;
pub use bridge::{Bridge, BridgeStep};
pub use build_up::{BuildUp, BuildUpStep};
pub use chances::{Chance, Chances};
pub use compare::Compare;
pub use conditions::{Condition, Conditions};
pub use cost::{Cost, CostYear};
pub use coverage::Coverage;
pub use drivers::{Driver, Drivers};
pub use fan::Fan;
pub use format::{Language, Unit};
pub use frontier::Frontier;
pub use heading::{Caption, Heading};
pub use heat_map::HeatMap;
pub use histogram::Histogram;
pub use lorenz::{Curve, Lorenz};
pub use map::Map;
pub use paths::{Paths, RulePaths};
pub use picture::{Picture, TextBox, png};
pub use queue::Queue;
pub use ranked_bars::RankedBars;
pub use regret::{Regret, Regretted};
pub use response::{Response, ResponsePoint, Solved};
pub use rollout::Rollout;
pub use rows::{Centre, Interval};
pub use tornado::{Tornado, TornadoGroup, TornadoRow};
pub use waterfall::Waterfall;

/// A picture that can be drawn: the same data give the same bytes.
pub trait Chart: std::fmt::Debug {
    /// Its name in [`CHARTS`].
    fn name(&self) -> &'static str;
    /// Draws it. Values that are not finite numbers are left out; without any value the picture says so.
    fn draw(&self, language: Language) -> Picture;
}

/// What a chart is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Its name in commands and files.
    pub name: &'static str,
    /// What it shows.
    pub shows: &'static str,
    /// How it could mislead.
    pub misleads: &'static str,
    /// How to read it.
    pub reads: &'static str,
    /// Which commands write it.
    pub written_by: &'static str,
}

/// All charts, in the order in which a report shows them.
pub static CHARTS: [About; 22] = [
    fan::ABOUT,
    histogram::ABOUT,
    ranked_bars::ABOUT,
    coverage::ABOUT,
    map::ABOUT,
    rollout::ABOUT,
    queue::ABOUT,
    cost::ABOUT,
    compare::ABOUT,
    chances::ABOUT,
    waterfall::ABOUT,
    bridge::ABOUT,
    paths::ABOUT,
    drivers::ABOUT,
    response::ABOUT,
    build_up::ABOUT,
    tornado::ABOUT,
    frontier::ABOUT,
    regret::ABOUT,
    conditions::ABOUT,
    heat_map::ABOUT,
    lorenz::ABOUT,
];

/// The lowest and the highest of the finite values; none if there is no finite value.
fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|v| v.is_finite()).fold(None, |found, v| {
        let (low, high) = found.unwrap_or((v, v));
        Some((low.min(v), high.max(v)))
    })
}
