//! Progress of a long run on standard error: draws per second and time left; quiet when not a terminal.

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
