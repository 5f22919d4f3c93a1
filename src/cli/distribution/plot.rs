//! A picture of a distribution for the terminal: density, or probabilities of separate values, as bars.

mod bars;

use super::figure::figure;
use crate::chart::Ticks;
use crate::random::distribution::Distribution;
use bars::Bars;

/// Columns of the picture; with the numbers at the left it stays below 80.
pub const WIDTH: usize = 64;
/// Columns of a screen.
const SCREEN: usize = 80;
/// Lines of the picture.
const HEIGHT: usize = 10;
/// Parts of a line, from nothing to all of it.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Up to so many separate values each has its number at the axis.
const FEW: usize = 8;

/// Draws a distribution, with numbers at both axes; says so where it is too wide to draw.
pub fn plot(distribution: &dyn Distribution) -> String {
    let Some(bars) = Bars::of(distribution) else {
        return "  too wide to be drawn\n".to_owned();
    };
    let highest = bars.heights.iter().copied().fold(0.0, f64::max);
    let top = three_digits(highest);
    let gutter = top.chars().count().max(1);
    let mut text = format!("  {}\n", bars.what);
    for line in (0..HEIGHT).rev() {
        let label = if line + 1 == HEIGHT { &*top } else { "" };
        let mark = if line + 1 == HEIGHT { '┤' } else { '│' };
        let blocks: String =
            bars.heights.iter().map(|height| block(height / highest, line)).collect();
        text.push_str(format!("  {label:>gutter$} {mark}{blocks}").trim_end());
        text.push('\n');
    }
    let (axis, numbers) = axis(&bars, gutter + 4);
    text.push_str(&format!("  {:>gutter$} ┼{axis}\n{numbers}\n", "0"));
    text.push_str(&beyond(bars.beyond));
    text
}

/// The part of a line that a bar of a height (a share of the highest) fills; anything is seen.
fn block(height: f64, line: usize) -> char {
    let eighths = (height * (8 * HEIGHT) as f64).round() as usize;
    let eighths = if height > 0.0 { eighths.max(1) } else { 0 };
    BLOCKS[eighths.saturating_sub(8 * line).min(8)]
}

/// The line of the axis with its ticks, and the numbers below, which begin at the left of the screen.
fn axis(bars: &Bars, offset: usize) -> (String, String) {
    let ticks = if !bars.values.is_empty() && bars.values.len() <= FEW {
        bars.values.clone()
    } else {
        Ticks::new(bars.low, bars.high, FEW).values
    };
    let mut axis = vec!['─'; WIDTH];
    let mut numbers = String::new();
    let mut end = 0;
    for value in ticks.into_iter().filter(|&value| value >= bars.low && value <= bars.high) {
        let column = bars.column(value);
        let text = figure(value);
        let length = text.chars().count();
        axis[column] = '┬';
        let start = (offset + column).saturating_sub(length / 2);
        let start = start.min(SCREEN.saturating_sub(length));
        // A number that would touch the one before is left out.
        if numbers.is_empty() || start > end {
            numbers.push_str(&" ".repeat(start.saturating_sub(end)));
            numbers.push_str(&text);
            end = start + length;
        }
    }
    (axis.into_iter().collect(), numbers)
}

/// What lies left and right of the picture.
fn beyond((below, above): (f64, f64)) -> String {
    let percent = |share: f64| format!("{} %", figure(share * 100.0));
    match (below > 0.0, above > 0.0) {
        (false, false) => String::new(),
        (true, false) => format!("  beyond the picture: {} below\n", percent(below)),
        (false, true) => format!("  beyond the picture: {} above\n", percent(above)),
        (true, true) => {
            let (below, above) = (percent(below), percent(above));
            format!("  beyond the picture: {below} below, {above} above\n")
        }
    }
}

/// A positive number with three digits.
fn three_digits(value: f64) -> String {
    format!("{value:.2e}").parse().map_or_else(|_| String::new(), figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::distribution::{Bernoulli, Fixed, LogNormal, Triangular};

    #[test]
    fn a_block_is_full_below_the_top_and_empty_above() {
        // Half of ten lines is five lines; a sixteenth of a line more is half an eighth, rounded up.
        assert_eq!((block(0.5, 4), block(0.5, 5)), ('█', ' '));
        assert_eq!((block(0.507, 5), block(1.0, 9)), ('▁', '█'));
        assert_eq!((block(1e-9, 0), block(0.0, 0)), ('▁', ' '));
    }

    #[test]
    fn a_triangle_is_drawn_as_one() {
        let text = plot(&Triangular::new(0.0, 4.0, 4.0).unwrap());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 1 + HEIGHT + 2);
        // The density at the middle of the last column: 2/4 · 63.5/64 = 0.496.
        assert!(lines[1].starts_with("  0.496 ┤") && lines[1].ends_with('█'), "{text}");
        // (c + ½)/63.5 of 80 eighths in column c: 0.6, 1.9, 3.1, 4.4, 5.7, 6.9, 8.2.
        assert!(lines[10].starts_with("        │▁▂▃▄▆▇█"), "{text}");
        assert!(lines.iter().all(|line| line.chars().count() <= 80), "{text}");
        assert!(lines[11].starts_with("      0 ┼┬") && lines[11].ends_with('┬'), "{text}");
        assert!(lines[12].starts_with("         0 ") && lines[12].ends_with(" 4"), "{text}");
    }

    #[test]
    fn separate_values_have_bars_of_their_own_with_their_numbers() {
        let text = plot(&Bernoulli::new(0.25).unwrap());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "  probability");
        assert!(lines[1].starts_with("  0.75 ┤"), "{text}");
        // 0.25 is a third of the height: 80/3 = 26.7 eighths, three lines and three eighths.
        assert_eq!(lines[7].matches('▃').count(), 9, "{text}");
        assert_eq!(lines[10].matches('█').count(), 18, "{text}");
        assert_eq!(lines[12].split_whitespace().collect::<Vec<_>>(), ["0", "1"]);
    }

    #[test]
    fn what_is_certain_is_one_bar_and_what_has_no_end_in_numbers_is_not_drawn() {
        let text = plot(&Fixed::new(1100.0));
        assert!(text.contains("  1 ┤") && text.trim_end().ends_with(" 1100"), "{text}");
        let wide = LogNormal::new(1e305, 20.0).unwrap();
        assert_eq!(plot(&wide), "  too wide to be drawn\n");
    }
}
