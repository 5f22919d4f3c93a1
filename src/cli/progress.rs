//! Progress of a long run on standard error: draws per second and time left; quiet when not a terminal.

use std::cell::Cell;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over `draws` draws; hidden where standard error is not a terminal or nothing should be said.
pub fn bar(draws: u64, quiet: bool) -> ProgressBar {
    let target =
        if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
    let bar = ProgressBar::with_draw_target(Some(draws), target);
    let style = ProgressStyle::with_template(
        "{bar:40} {human_pos} of {human_len} draws, {per_sec}, {eta} left",
    );
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// A count of what was done, where nobody knows beforehand how much there is.
pub fn steps(what: &str, quiet: bool) -> ProgressBar {
    let target =
        if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
    let bar = ProgressBar::with_draw_target(None, target);
    if let Ok(style) = ProgressStyle::with_template("{human_pos} {msg}") {
        bar.set_style(style);
    }
    bar.with_message(what.to_owned())
}

/// What takes less is not worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar over so many steps that appears once a second has passed.
pub struct Late {
    bar: ProgressBar,
    begun: Instant,
    is_shown: Cell<bool>,
}

impl Late {
    /// A bar that is still hidden.
    pub fn new(steps: u64, what: &str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden());
        let style =
            ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} {msg}, {eta} left");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        let bar = bar.with_message(what.to_owned());
        Self { bar, begun: Instant::now(), is_shown: Cell::new(false) }
    }

    /// One step more is done.
    pub fn step(&self) {
        if !self.is_shown.get() && self.begun.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            self.is_shown.set(true);
        }
        self.bar.inc(1);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
