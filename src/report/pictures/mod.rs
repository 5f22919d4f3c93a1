//! Which pictures a run draws, of which figures.
//!
//! ```text
//! Findings ─┬─ rollout     points open, planned and simulated       rollout….svg
//!           ├─ compare     policies side by side                    compare-policies.svg
//!           ├─ budget      claims against pots, uses of the pots    fan-…, histogram-…, waterfall-….svg
//!           ├─ commitments what years bind later ones to             commitments-….svg
//!           ├─ awards      municipalities                           ranked-awards-…, coverage-…, map-….svg
//!           └─ further     what stands beside the page              queue-…, cost-…, more-or-less-…, map-…, ….svg
//! Compared ─── comparison  policies side by side, who receives more or less
//! Bridge ───── bridge      a change taken apart
//! ```
//! Each comes with an account of itself in words and with its figures as a table.

mod awards;
mod bridge;
mod budget;
mod commitments;
mod compare;
mod comparison;
mod figures;
mod further;
mod lorenz;
mod map;
mod names;
mod outline;
mod rollout;
#[cfg(test)]
mod tests;
mod texts;

use crate::analysis::{Findings, Headline};
use crate::chart::{Chart, Language};
use crate::engine::{Prepared, Tally};
use crate::language::Message;
use crate::report::written::Written;
pub(super) use bridge::{notes as bridge_notes, part as bridge_part};
use names::Names;
pub(super) use names::slugs;
pub(super) use texts::in_title;

pub use bridge::of_bridge;
pub(super) use comparison::group_name;
pub use comparison::of_comparison;

/// A picture with all that a page needs to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureFile {
    /// Where it belongs in the folder of the run: `charts/fan-maintenance-today.svg`.
    pub path: String,
    /// The picture.
    pub svg: String,
    /// Name of its kind of chart, as in [`crate::chart::CHARTS`].
    pub chart: &'static str,
    /// Index of the policy it shows, of a comparison that of the pair; none where it shows all.
    pub policy: Option<usize>,
    /// Whether a page may put it aside: it shows more of what another picture shows.
    pub is_aside: bool,
    /// What it is about, in a line.
    pub title: String,
    /// What it shows, in words and figures.
    pub alt: String,
    /// Its figures.
    pub data: DataTable,
}

/// Written as text, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataTable {
    /// Heads of the columns; the first names the rows.
    pub columns: Vec<String>,
    /// One text for each column.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    fn new(columns: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        Self { columns, rows }
    }
}

/// What all pictures draw from.
struct Run<'a> {
    prepared: &'a Prepared<'a>,
    tally: &'a Tally,
    findings: &'a Findings,
    names: Names,
    figures: Written,
}

impl PictureFile {
    /// Draws a chart in a language; `stem` is the name of its file, `(title, alt)` its account in words.
    fn new(
        (chart, language): (&dyn Chart, Language),
        stem: &str,
        policy: Option<usize>,
        (title, alt): (&str, String),
        data: DataTable,
    ) -> PictureFile {
        Self {
            path: format!("charts/{stem}.svg"),
            svg: chart.draw(language).svg,
            chart: chart.name(),
            policy,
            is_aside: false,
            title: title.to_owned(),
            alt,
            data,
        }
    }
}

impl<'a> Run<'a> {
    fn new(
        prepared: &'a Prepared<'a>,
        tally: &'a Tally,
        findings: &'a Findings,
        language: Language,
    ) -> Self {
        let names = Names::new(prepared.scenario);
        Self { prepared, tally, findings, names, figures: Written(language) }
    }

    /// The words of a message.
    #[allow(clippy::needless_pass_by_value)] // a message is made where it is said
    fn say(&self, message: Message) -> String {
        self.figures.words(&message)
    }

    /// Draws a chart: see [`PictureFile::new`].
    fn picture(
        &self,
        chart: &dyn Chart,
        stem: &str,
        policy: Option<usize>,
        account: (&str, String),
        data: DataTable,
    ) -> PictureFile {
        PictureFile::new((chart, self.figures.0), stem, policy, account, data)
    }

    /// The last simulated year and its place among them.
    fn last_year(&self) -> Option<(usize, i32)> {
        let years = self.prepared.scenario.years;
        Some((years.count().checked_sub(1)?, years.last))
    }
}

/// The pictures of a few policies of a run: those that show all of them at once, among them these big
/// numbers side by side, then what each shows first.
pub fn of_view(
    prepared: &Prepared<'_>,
    tally: &Tally,
    findings: &Findings,
    (headlines, policies): (&[Headline], &[usize]),
    language: Language,
) -> Vec<PictureFile> {
    if tally.draws == 0 {
        return Vec::new();
    }
    let run = Run::new(prepared, tally, findings, language);
    let mut pictures: Vec<PictureFile> = compare::picture(&run, headlines).into_iter().collect();
    pictures.extend(rollout::pictures(&run));
    for &policy in policies {
        pictures.extend(budget::pictures(&run, policy));
    }
    let is_shown = |policy: Option<usize>| policy.is_none_or(|policy| policies.contains(&policy));
    pictures.retain(|picture| !picture.is_aside && is_shown(picture.policy));
    pictures
}

/// Every picture that makes sense for a run, in a language: those of all policies, then those of each.
pub fn draw(
    prepared: &Prepared<'_>,
    tally: &Tally,
    findings: &Findings,
    language: Language,
) -> Vec<PictureFile> {
    if tally.draws == 0 {
        return Vec::new();
    }
    let run = Run::new(prepared, tally, findings, language);
    let mut pictures = rollout::pictures(&run);
    pictures.extend(compare::picture(&run, &findings.headlines));
    for policy in 0..prepared.scenario.policies.len() {
        pictures.extend(budget::pictures(&run, policy));
        pictures.extend(commitments::pictures(&run, policy));
        pictures.extend(awards::pictures(&run, policy));
    }
    pictures
}

/// Pictures of the same run that the page has no room for: they stand in its folder.
pub fn further(
    prepared: &Prepared<'_>,
    tally: &Tally,
    findings: &Findings,
    language: Language,
) -> Vec<PictureFile> {
    if tally.draws == 0 {
        return Vec::new();
    }
    further::pictures(&Run::new(prepared, tally, findings, language))
}
