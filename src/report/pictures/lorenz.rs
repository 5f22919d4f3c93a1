//! How evenly points are funded.

use super::figures::column_heads;
use super::texts::heading;
use super::{DataTable, PictureFile, Run};
use crate::analysis::shown::{RARELY, mean_open_points};
use crate::chart::{Curve, Lorenz};
use crate::engine::{MONEY, Measure};
use crate::language::Message;
use crate::model::Policy;

/// How evenly open points are funded in the last year under each policy: mean awards over mean points.
pub fn picture(run: &Run<'_>) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let (index, year) = run.last_year()?;
    let all = scenario.programmes.len();
    let curve = |(policy, of): (usize, &Policy)| {
        let open = mean_open_points(scenario, run.tally, policy, index).into_iter().enumerate();
        let share = |(municipality, points): (usize, f64)| {
            let at = [policy, all, index, municipality, Measure::Award as usize];
            let award = run.tally.awards.get(&at).moments.mean()? / MONEY;
            (points >= RARELY).then_some((points, award))
        };
        Curve { name: of.name.clone(), shares: open.filter_map(share).collect() }
    };
    let curves: Vec<Curve> = scenario.policies.iter().enumerate().map(curve).collect();
    if curves.iter().all(|curve| curve.shares.len() < 2 || curve.gini().is_none()) {
        return None;
    }
    let title = run.say(Message::new("picture-lorenz-title").year("year", year));
    let subtitle = run.say(Message::new("picture-lorenz-subtitle"));
    let note = run.say(Message::new("picture-compare-note"));
    let told: Vec<(String, String)> = curves
        .iter()
        .filter_map(|curve| Some((curve.name.clone(), run.figures.number(curve.gini()?, 2))))
        .collect();
    let chart = Lorenz {
        heading: heading(run, &title, &subtitle, "", "", &note),
        across: run.say(Message::new("picture-lorenz-across")),
        up: run.say(Message::new("picture-lorenz-up")),
        curves,
    };
    let alt: Vec<String> = told.iter().map(|(name, gini)| format!("{name} {gini}")).collect();
    let alt =
        Message::new("picture-lorenz-alt").name("title", &title).name("told", &alt.join("; "));
    let columns = [Message::new("picture-column-policy"), Message::new("picture-column-gini")];
    let rows = told.into_iter().map(|(name, gini)| vec![name, gini]).collect();
    let data = DataTable::new(column_heads(run.figures, &columns), rows);
    Some(run.picture(&chart, "lorenz", None, (&title, run.say(alt)), data))
}
