//! Maps: awards per open point on the page; per inhabitant, and where more is received, beside it.

use super::figures::column_heads;
use super::outline::Outlines;
use super::texts::{heading, in_title, own_pot};
use super::{DataTable, PictureFile, Run};
use crate::analysis::explain::inhabitants;
use crate::analysis::shown::award_per_point;
use crate::analysis::{ALL, VerdictRow};
use crate::chart::map::Region;
use crate::chart::{Map, Unit};
use crate::engine::{MONEY, Measure};
use crate::language::Message;
use crate::model::Shape;
use std::collections::BTreeMap;

/// What a map shows of each municipality.
struct Mapped {
    /// The beginning of its file's name.
    stem: &'static str,
    title: Message,
    subtitle: Message,
    note: Message,
    /// Which pot, in words.
    pot: String,
    unit: Unit,
    /// In the order of the municipalities; none where there is no figure.
    found: Vec<Option<f64>>,
    /// What those without a figure are called.
    hatched: String,
    /// The head of the column of figures.
    head: Message,
}

/// What an open point is granted in the last year; none without boundaries or points.
pub fn per_point(run: &Run<'_>, policy: usize) -> Option<PictureFile> {
    let (index, year) = run.last_year()?;
    let currency = &run.findings.about.currency;
    let mapped = Mapped {
        stem: "map-award-per-point",
        title: Message::new("picture-map-title").year("year", year),
        subtitle: Message::new("picture-map-subtitle")
            .name("unit", &run.figures.currency(currency)),
        note: Message::new("picture-map-note"),
        pot: own_pot(run),
        unit: Unit::Money(currency.clone()),
        found: award_per_point(run.prepared.scenario, run.tally, policy, index),
        hatched: run.say(Message::new("picture-map-hatched")),
        head: Message::new("picture-column-per-point")
            .name("unit", &run.figures.currency(currency)),
    };
    mapped.picture(run, policy)
}

/// What is granted per inhabitant in the last year; none without boundaries or inhabitants.
pub fn per_head(run: &Run<'_>, policy: usize) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let (index, year) = run.last_year()?;
    let all = scenario.programmes.len();
    let award = |municipality: usize| {
        let people = inhabitants(scenario, municipality, year).filter(|people| *people > 0.0)?;
        let at = [policy, all, index, municipality, Measure::Award as usize];
        Some(run.tally.awards.get(&at).moments.mean()? / MONEY / people)
    };
    let currency = &run.findings.about.currency;
    let mapped = Mapped {
        stem: "map-award-per-head",
        title: Message::new("picture-map-head-title").year("year", year),
        subtitle: Message::new("picture-map-head-subtitle")
            .name("unit", &run.figures.currency(currency)),
        note: Message::new("picture-map-head-note"),
        pot: own_pot(run),
        unit: Unit::Money(currency.clone()),
        found: (0..scenario.municipalities.table.codes.len()).map(award).collect(),
        hatched: String::new(),
        head: Message::new("picture-column-per-head").name("unit", &run.figures.currency(currency)),
    };
    mapped.picture(run, policy)
}

/// In how many of a hundred draws each receives more than under the baseline, at its pots, all years
/// together; none for the baseline.
pub fn more(run: &Run<'_>, policy: usize, name: &str) -> Option<PictureFile> {
    let codes = &run.prepared.scenario.municipalities.table.codes;
    let is_it = |row: &&VerdictRow| {
        let of_all = row.programme == ALL && row.year.is_none() && row.pot == "same";
        row.policy == name && of_all
    };
    let verdicts: Vec<&VerdictRow> = run.findings.verdicts.iter().filter(is_it).collect();
    let baseline = &verdicts.first()?.baseline;
    let share = |code: &String| {
        // They stand in order of code.
        let place = verdicts.binary_search_by(|row| row.municipality.as_str().cmp(code)).ok()?;
        let row = verdicts[place];
        Some(100.0 * row.p_more?)
    };
    let mapped = Mapped {
        stem: "map-more",
        title: Message::new("picture-map-more-title"),
        subtitle: Message::new("picture-map-more-subtitle")
            .name("after", &in_title(name))
            .name("before", &in_title(baseline))
            .words("years", super::figures::years(run.findings.about.years)),
        note: Message::new("picture-map-more-note"),
        pot: run.say(Message::new("picture-pot-of").name("policy", baseline)),
        unit: Unit::Percent,
        found: codes.iter().map(share).collect(),
        hatched: String::new(),
        head: Message::new("picture-column-more"),
    };
    mapped.picture(run, policy)
}

impl Mapped {
    /// The map, with its figures the highest first; none without boundaries or figures.
    fn picture(self, run: &Run<'_>, policy: usize) -> Option<PictureFile> {
        let scenario = run.prepared.scenario;
        let name = &scenario.policies.get(policy)?.name;
        let table = &scenario.municipalities.table;
        let shapes = scenario.municipalities.shapes.as_ref()?;
        let values: BTreeMap<String, f64> = table
            .codes
            .iter()
            .zip(&self.found)
            .filter_map(|(code, value)| Some((code.clone(), (*value)?)))
            .collect();
        if values.is_empty() {
            return None;
        }
        let (say, figures) = (|message: Message| run.say(message), run.figures);
        let (title, subtitle, note) = (say(self.title), say(self.subtitle), say(self.note));
        let outlines = Outlines::new(shapes)?;
        let region = |shape: &Shape| {
            let name = table.names.get(table.row(&shape.code)?)?;
            Some(Region {
                code: shape.code.clone(),
                name: name.clone(),
                short: short(name),
                polygons: shape.polygons.iter().map(|rings| outlines.polygon(rings)).collect(),
            })
        };
        let chart = Map {
            heading: heading(run, &title, &subtitle, name, &self.pot, &note),
            unit: self.unit.clone(),
            regions: shapes.iter().filter_map(region).collect(),
            values,
            hatched: self.hatched.clone(),
        };
        let told = |value: f64| match &self.unit {
            Unit::Money(currency) if value.abs() < 100.0 => figures.cents(value, currency),
            Unit::Money(currency) => figures.money(value, currency),
            _ => figures.chance(Some(value / 100.0)),
        };
        let mut rows: Vec<(&String, Option<f64>)> = table.names.iter().zip(self.found).collect();
        let key = |value: Option<f64>| value.unwrap_or(f64::NEG_INFINITY);
        rows.sort_by(|a, b| key(b.1).total_cmp(&key(a.1)).then_with(|| a.0.cmp(b.0)));
        let with: Vec<_> =
            rows.iter().filter_map(|(name, value)| Some((name, (*value)?))).collect();
        let ends = match with.as_slice() {
            [(most, high), .., (least, low)] => Message::new("picture-map-ends")
                .name("high", &told(*high))
                .name("most", most)
                .name("low", &told(*low))
                .name("least", least),
            [(only, value)] => {
                Message::new("picture-map-only").name("high", &told(*value)).name("most", only)
            }
            [] => return None,
        };
        let without = rows.len() - with.len();
        let alt = if self.hatched.is_empty() {
            Message::new("picture-map-alt-all")
        } else {
            Message::new("picture-map-alt").count("without", without as f64)
        };
        let alt = alt
            .count("areas", rows.len() as f64)
            .name("title", &title)
            .name("policy", name)
            .words("ends", ends);
        // Small sums are told apart by their cents.
        let decimals = match with.first() {
            Some((_, most)) if matches!(self.unit, Unit::Money(_)) && *most < 100.0 => 2,
            _ => 0,
        };
        let cell = |value: Option<f64>| match &self.unit {
            Unit::Money(_) => {
                value.map_or_else(|| figures.sum(None), |value| figures.number(value, decimals))
            }
            _ => figures.chance(value.map(|value| value / 100.0)),
        };
        let data = rows.iter().map(|(name, value)| vec![(*name).clone(), cell(*value)]).collect();
        let columns = [Message::new("picture-column-municipality"), self.head.clone()];
        let data = DataTable::new(column_heads(figures, &columns), data);
        let stem = format!("{}-{}", self.stem, run.names.policies.get(policy)?);
        Some(run.picture(&chart, &stem, Some(policy), (&title, say(alt)), data))
    }
}

/// The first word of a name of several.
fn short(name: &str) -> String {
    name.split_once(' ').map_or_else(String::new, |(first, _)| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_name_is_the_first_word() {
        assert_eq!((short("Cēsu novads"), short("Rīga")), ("Cēsu".to_owned(), String::new()));
    }
}
