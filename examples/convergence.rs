//! Draws `docs/pictures/sobol-convergence.png` and prints the table of `docs/sampling.md`:
//! `cargo run --release --example convergence`.

#[path = "../tests/it/genz/families.rs"]
mod families;

use dotacija::chart::png;
use dotacija::chart::style::{AXIS, Colour, GREY, GRID, INK, POLICIES};
use dotacija::random::Plan;
use dotacija::random::plan::PLANS;
use families::{MOST_DIMENSIONS, POWERS, ROUGH, SMOOTH, errors, slope};

/// Seeds behind every point.
const SEEDS: u64 = 32;
const PANEL: (f64, f64) = (222.0, 190.0);
const SIZE: (f64, f64) = (840.0, 610.0);

fn main() -> std::io::Result<()> {
    println!(
        "| integrand | {} |",
        PLANS.map(|entry| format!("{} error", entry.plan.name())).join(" | ")
    );
    println!("|---|{}", "---|".repeat(PLANS.len()));
    let families: Vec<_> =
        SMOOTH.iter().chain(&ROUGH).map(|family| (family, MOST_DIMENSIONS)).collect();
    let by_plan = PLANS.map(|entry| errors(entry.plan, &families, SEEDS));
    let mut body = String::new();
    for (at, (family, _)) in families.iter().enumerate() {
        let curves = by_plan.each_ref().map(|errors| errors[at].clone());
        let cells = curves.each_ref().map(|errors| {
            let last = errors.last().copied().unwrap_or(f64::NAN);
            format!("{last:.1e} ({:.2})", slope(errors))
        });
        println!("| {} | {} |", family.name, cells.join(" | "));
        let left = 72.0 + (at % 3) as f64 * (PANEL.0 + 36.0);
        let top = 138.0 + (at / 3) as f64 * (PANEL.1 + 64.0);
        body.push_str(&panel(family.name, (left, top), &curves, at % 3 == 0));
    }
    for family in &SMOOTH {
        let cases: Vec<_> = (1..=MOST_DIMENSIONS).map(|dimensions| (family, dimensions)).collect();
        let slopes = errors(Plan::Sobol, &cases, SEEDS);
        let slopes: Vec<_> = slopes.iter().map(|errors| format!("{:.2}", slope(errors))).collect();
        println!("| {} | {} |", family.name, slopes.join(" | "));
    }
    let (width, height) = SIZE;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="Inter, sans-serif"><rect width="100%" height="100%" fill="white"/>"#
    );
    svg.push_str(&text(
        (24.0, 40.0),
        20.0,
        INK,
        "start",
        "Under Sobol the error of smooth results falls almost with the number of draws",
    ));
    svg.push_str(&text((24.0, 64.0), 13.0, GREY, "start", &format!("Relative error of the mean against draws; six inputs, Genz's test integrals, geometric mean of {SEEDS} seeds")));
    let mut left = 24.0;
    for (entry, colour) in PLANS.iter().zip(POLICIES) {
        svg.push_str(&line(&[(left, 86.0), (left + 22.0, 86.0)], 2.5, colour));
        svg.push_str(&text((left + 28.0, 90.0), 13.0, INK, "start", entry.plan.name()));
        left += 150.0;
    }
    svg.push_str(&body);
    svg.push_str("</svg>");
    let picture = png(&svg).map_err(std::io::Error::other)?;
    std::fs::write("docs/pictures/sobol-convergence.png", picture)
}

/// One integrand: both axes logarithmic, the errors from 10⁻⁶ to 10⁻¹.
fn panel(name: &str, (left, top): (f64, f64), curves: &[Vec<f64>; 4], labelled: bool) -> String {
    let (low, high) = (-6.0, -1.0);
    let (first, last) = (f64::from(*POWERS.start()), f64::from(*POWERS.end()));
    let x = |power: f64| left + (power - first) / (last - first) * PANEL.0;
    let y = |error: f64| top + (high - error.log10().clamp(low, high)) / (high - low) * PANEL.1;
    let mut svg = text((left, top - 8.0), 14.0, INK, "start", name);
    for decade in low as i32..=high as i32 {
        let height = y(10_f64.powi(decade));
        svg.push_str(&line(&[(left, height), (left + PANEL.0, height)], 0.75, GRID));
        if labelled {
            let percent = 10_f64.powi(decade + 2);
            let label = format!("{percent:.*} %", usize::try_from(-2 - decade).unwrap_or(0));
            svg.push_str(&text((left - 6.0, height + 4.0), 10.0, GREY, "end", &label));
        }
    }
    for power in POWERS.step_by(4) {
        let label = (1_u32 << power).to_string();
        let at = (x(f64::from(power)), top + PANEL.1);
        svg.push_str(&line(&[at, (at.0, at.1 + 4.0)], 0.75, AXIS));
        svg.push_str(&text((at.0, at.1 + 17.0), 11.0, GREY, "middle", &label));
    }
    svg.push_str(&line(&[(left, top + PANEL.1), (left + PANEL.0, top + PANEL.1)], 1.0, AXIS));
    for (errors, colour) in curves.iter().zip(POLICIES) {
        let spots: Vec<(f64, f64)> =
            POWERS.zip(errors).map(|(power, error)| (x(f64::from(power)), y(*error))).collect();
        svg.push_str(&line(&spots, 2.5, colour));
    }
    svg
}

fn line(spots: &[(f64, f64)], weight: f64, Colour(r, g, b): Colour) -> String {
    let spots: Vec<String> = spots.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    format!(
        r#"<polyline points="{}" fill="none" stroke="rgb({r},{g},{b})" stroke-width="{weight}" stroke-linejoin="round"/>"#,
        spots.join(" ")
    )
}

fn text(
    (x, y): (f64, f64),
    size: f64,
    Colour(r, g, b): Colour,
    anchor: &str,
    words: &str,
) -> String {
    let weight = if size > 15.0 { 600 } else { 400 };
    format!(
        r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" font-weight="{weight}" fill="rgb({r},{g},{b})" text-anchor="{anchor}">{words}</text>"#
    )
}
