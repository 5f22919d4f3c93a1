//! Pictures that stand in the folder of a run and not on its page.

use super::figures::{column_heads, percentile, years};
use super::texts::{heading, in_title, own_pot};
use super::{DataTable, PictureFile, Run, lorenz, map};
use crate::analysis::shown::RARELY;
use crate::analysis::{ALL, OutcomeRow, VerdictRow};
use crate::chart::{
    Centre, Chance, Chances, Cost, CostYear, HeatMap, Interval, Queue, RankedBars, Unit,
};
use crate::language::Message;
use crate::model::Quantity;
use std::collections::BTreeMap;

/// Working days of a year, of which a point's load is told a day: 365 less weekends and 11 holidays.
const WORKING_DAYS: f64 = 250.0;

/// What has figures: the queue, who bears the cost, who receives more or less and where, awards per
/// inhabitant and by year, load, and how even it is under all policies.
pub fn pictures(run: &Run<'_>) -> Vec<PictureFile> {
    let mut pictures = Vec::new();
    for (policy, of) in run.prepared.scenario.policies.iter().enumerate() {
        let of = Of { run, policy, name: &of.name };
        let drawn = [
            of.queue(),
            of.cost(),
            of.more_or_less(),
            map::more(run, policy, of.name),
            map::per_head(run, policy),
            of.awards_by_year(),
            of.utilisation(),
        ];
        pictures.extend(drawn.into_iter().flatten());
    }
    pictures.extend(lorenz::picture(run));
    pictures
}

/// A policy.
struct Of<'a> {
    run: &'a Run<'a>,
    policy: usize,
    name: &'a str,
}

impl<'a> Of<'a> {
    /// Rows of an outcome of a scope, in the order of the years.
    fn outcome(&self, outcome: &str, scope: &str) -> Vec<&'a OutcomeRow> {
        let rows = self.run.findings.outcomes.iter();
        let is_it = |row: &&OutcomeRow| {
            row.policy == self.name && row.outcome == outcome && row.scope == scope
        };
        rows.filter(is_it).collect()
    }

    fn stem(&self, kind: &str) -> Option<String> {
        Some(format!("{kind}-{}", self.run.names.policies.get(self.policy)?))
    }

    /// The account of a picture: its title, its policy and its figures in words.
    fn alt(&self, title: &str, told: &[String]) -> String {
        let alt = Message::new("picture-alt").name("title", title).name("policy", self.name);
        format!("{} {}.", self.run.say(alt), told.join("; "))
    }

    /// Points waiting for their investment; none where none ever waits.
    fn queue(&self) -> Option<PictureFile> {
        let (run, figures) = (self.run, self.run.figures);
        let rows = self.outcome(Quantity::WaitingPoints.doc().name, "nation");
        let most = rows.iter().filter_map(|row| Some((row.summary.p50?, row.year)));
        let (most, year) = most.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        if rows.iter().all(|row| row.summary.p95.is_none_or(|end| end <= 0.0)) {
            return None;
        }
        let title = Message::new("picture-queue-title")
            .year("year", year)
            .name("count", &figures.count(Some(most)));
        let title = run.say(title);
        let subtitle = run.say(Message::new("picture-queue-subtitle"));
        let pot = own_pot(run);
        let chart = Queue {
            heading: heading(run, &title, &subtitle, self.name, &pot, ""),
            counted: run.say(Message::new("picture-unit-points")),
            years: rows.iter().filter_map(|row| interval(row.year.to_string(), row, 1.0)).collect(),
        };
        let count = |value: Option<f64>| figures.count(value);
        let told: Vec<String> =
            rows.iter().map(|row| format!("{}: {}", row.year, count(row.summary.p50))).collect();
        let cells = |row: &&OutcomeRow| {
            let values = [row.summary.p50, row.summary.p05, row.summary.p95];
            std::iter::once(row.year.to_string()).chain(values.map(count)).collect()
        };
        let heads = [Message::new("picture-column-year"), Message::new("picture-column-median")];
        let mut columns = column_heads(figures, &heads);
        columns.extend(column_heads(figures, &[percentile(5), percentile(95)]));
        let data = DataTable::new(columns, rows.iter().map(cells).collect());
        let account = (&*title, self.alt(&title, &told));
        Some(run.picture(&chart, &self.stem("queue")?, Some(self.policy), account, data))
    }

    /// What the state grants and what municipalities bear of the eligible cost.
    fn cost(&self) -> Option<PictureFile> {
        let (run, figures) = (self.run, self.run.figures);
        let currency = &run.findings.about.currency;
        let (awards, own) = (self.outcome("award", "nation"), self.outcome("own_share", "nation"));
        let year = |(award, own): (&&OutcomeRow, &&OutcomeRow)| {
            let state = award.summary.mean?;
            Some(CostYear {
                year: award.year,
                state,
                range: (award.summary.p05.unwrap_or(state), award.summary.p95.unwrap_or(state)),
                own: own.summary.mean?,
            })
        };
        let costs: Vec<CostYear> = awards.iter().zip(&own).filter_map(year).collect();
        let last = costs.last().filter(|last| last.state + last.own > 0.0)?;
        let title = Message::new("picture-cost-title")
            .year("year", last.year)
            .name("share", &figures.percent(Some(last.state / (last.state + last.own))));
        let title = run.say(title);
        let subtitle = run.say(Message::new("picture-cost-subtitle"));
        let note = run.say(Message::new("picture-cost-note"));
        let chart = Cost {
            heading: heading(run, &title, &subtitle, self.name, &own_pot(run), &note),
            currency: currency.clone(),
            years: costs.clone(),
        };
        let told = |year: &CostYear| {
            let message = Message::new("picture-cost-year").year("year", year.year);
            let message = message.money("state", year.state, currency);
            run.say(message.money("own", year.own, currency))
        };
        let told: Vec<String> = costs.iter().map(told).collect();
        let cells = |year: &CostYear| {
            let sums = [year.state, year.range.0, year.range.1, year.own];
            let sums = sums.map(|sum| figures.number(sum, 0));
            std::iter::once(year.year.to_string()).chain(sums).collect()
        };
        let columns = [
            Message::new("picture-column-year"),
            Message::new("picture-column-state").name("unit", &figures.currency(currency)),
            percentile(5),
            percentile(95),
            Message::new("picture-column-own").name("unit", &figures.currency(currency)),
        ];
        let data =
            DataTable::new(column_heads(figures, &columns), costs.iter().map(cells).collect());
        let account = (&*title, self.alt(&title, &told));
        Some(run.picture(&chart, &self.stem("cost")?, Some(self.policy), account, data))
    }

    /// In how many draws who receives more or less than under the baseline, at its pots, all years together.
    fn more_or_less(&self) -> Option<PictureFile> {
        let (run, figures) = (self.run, self.run.figures);
        let about = &run.findings.about;
        let is_it = |row: &&VerdictRow| {
            let of_all = row.programme == ALL && row.year.is_none() && row.pot == "same";
            row.policy == self.name && of_all
        };
        let verdicts: Vec<&VerdictRow> = run.findings.verdicts.iter().filter(is_it).collect();
        let baseline = &verdicts.first()?.baseline;
        let row = |row: &&VerdictRow| {
            Some(Chance {
                name: row.name.to_string(),
                more: row.p_more?,
                less: row.p_less?,
                difference: row.difference_mean?,
            })
        };
        let rows: Vec<Chance> = verdicts.iter().filter_map(row).collect();
        let first = verdicts.first()?;
        let title = run.say(Message::new("picture-receivers"));
        let subtitle = Message::new("picture-more-or-less-subtitle")
            .name("after", &in_title(self.name))
            .name("before", &in_title(baseline))
            .words("years", years(about.years));
        let subtitle = run.say(subtitle);
        let note = Message::new("picture-more-or-less-note")
            .money("sum", first.threshold_eur, &about.currency)
            .share("percent", first.threshold_percent / 100.0);
        let pot = run.say(Message::new("picture-pot-of").name("policy", baseline));
        let chart = Chances {
            heading: heading(run, &title, &subtitle, self.name, &pot, &run.say(note)),
            currency: about.currency.clone(),
            rows: rows.clone(),
        };
        let told = |row: &Chance| {
            let message = Message::new("picture-more-or-less-row").name("name", &row.name);
            let message = message.name("more", &figures.chance(Some(row.more)));
            run.say(message.name("less", &figures.chance(Some(row.less))))
        };
        let told: Vec<String> = rows.iter().map(told).collect();
        let cells = |row: &Chance| {
            let chances = [row.more, row.less].map(|share| figures.chance(Some(share)));
            let chances = chances.into_iter().chain([figures.number(row.difference, 0)]);
            std::iter::once(row.name.clone()).chain(chances).collect()
        };
        let columns = [
            Message::new("picture-column-municipality"),
            Message::new("picture-column-more"),
            Message::new("picture-column-less"),
            Message::new("picture-column-difference"),
        ];
        let data =
            DataTable::new(column_heads(figures, &columns), rows.iter().map(cells).collect());
        let account = (&*title, self.alt(&format!("{title}: {subtitle}"), &told));
        Some(run.picture(&chart, &self.stem("more-or-less")?, Some(self.policy), account, data))
    }

    /// Median awards of every municipality in every year.
    fn awards_by_year(&self) -> Option<PictureFile> {
        let (run, figures) = (self.run, self.run.figures);
        let scenario = run.prepared.scenario;
        let calendar: Vec<i32> = scenario.years.iter().collect();
        let mut rows: Vec<(String, Vec<f64>)> = Vec::new();
        // A municipality is told by its code: two may have the same name.
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &run.findings.awards {
            if row.policy != self.name || row.programme != ALL || row.measure != "award" {
                continue;
            }
            // Of a large run medians are known of few.
            let Some(value) = row.summary.p50 else { continue };
            let place = *places.entry(&row.municipality).or_insert_with(|| {
                rows.push((row.name.to_string(), vec![f64::NAN; calendar.len()]));
                rows.len() - 1
            });
            if let Some(year) = calendar.iter().position(|year| *year == row.year) {
                rows[place].1[year] = value;
            }
        }
        if rows.is_empty() || calendar.len() < 2 {
            return None;
        }
        let currency = &run.findings.about.currency;
        let title = run.say(Message::new("picture-heat-title"));
        let subtitle = run.say(Message::new("picture-heat-subtitle"));
        let chart = HeatMap {
            heading: heading(run, &title, &subtitle, self.name, &own_pot(run), ""),
            unit: Some(Unit::Money(currency.clone())),
            years: calendar.iter().map(ToString::to_string).collect(),
            rows: rows.clone(),
        };
        let sum = |value: f64| figures.sum(value.is_finite().then_some(value));
        let told: Vec<String> = rows
            .iter()
            .map(|(name, values)| {
                format!("{name} {}", sum(values.last().copied().unwrap_or(f64::NAN)))
            })
            .collect();
        let cells = |(name, values): &(String, Vec<f64>)| {
            std::iter::once(name.clone()).chain(values.iter().map(|value| sum(*value))).collect()
        };
        let mut columns = column_heads(figures, &[Message::new("picture-column-municipality")]);
        columns.extend(calendar.iter().map(ToString::to_string));
        let data = DataTable::new(columns, rows.iter().map(cells).collect());
        let account = (&*title, self.alt(&title, &told));
        Some(run.picture(&chart, &self.stem("awards-by-year")?, Some(self.policy), account, data))
    }

    /// Cases a working day and open point by tier in the last year.
    fn utilisation(&self) -> Option<PictureFile> {
        let (run, figures) = (self.run, self.run.figures);
        let (_, year) = run.last_year()?;
        let of_year = |outcome: &str, scope: &str| {
            self.outcome(outcome, scope).into_iter().find(|row| row.year == year)
        };
        let row = |tier: &str| {
            let scope = format!("tier:{tier}");
            let points = of_year(Quantity::OpenPoints.doc().name, &scope)?.summary.mean?;
            let load = of_year(Quantity::Load.doc().name, &scope)?;
            let is_some = points >= RARELY && load.summary.mean? > 0.0;
            interval(tier.to_owned(), load, 1.0 / (points * WORKING_DAYS)).filter(|_| is_some)
        };
        let tiers = run.prepared.scenario.tiers().iter();
        let rows: Vec<Interval> = tiers.filter_map(|tier| row(&tier.name)).collect();
        if rows.is_empty() {
            return None;
        }
        let title = run.say(Message::new("picture-load-title").year("year", year));
        let subtitle = run.say(Message::new("picture-load-subtitle").count("days", WORKING_DAYS));
        let note = run.say(Message::new("picture-load-note"));
        let chart = RankedBars {
            heading: heading(run, &title, &subtitle, self.name, &own_pot(run), &note),
            unit: Unit::Other(run.say(Message::new("picture-unit-cases-a-day"))),
            centre: Centre::Median,
            in_order: true,
            rows: rows.clone(),
        };
        let told: Vec<String> = rows
            .iter()
            .map(|row| format!("{} {}", row.name, figures.number(row.value, 2)))
            .collect();
        let cells = |row: &Interval| {
            let values = [row.value, row.low, row.high].map(|value| figures.number(value, 2));
            std::iter::once(row.name.clone()).chain(values).collect()
        };
        let columns = [
            Message::new("picture-column-tier"),
            Message::new("picture-column-median"),
            percentile(5),
            percentile(95),
        ];
        let data =
            DataTable::new(column_heads(figures, &columns), rows.iter().map(cells).collect());
        let account = (&*title, self.alt(&title, &told));
        Some(run.picture(&chart, &self.stem("load-by-tier")?, Some(self.policy), account, data))
    }
}

fn interval(name: String, row: &OutcomeRow, scale: f64) -> Option<Interval> {
    Some(Interval {
        name,
        value: row.summary.p50? * scale,
        low: row.summary.p05? * scale,
        high: row.summary.p95? * scale,
    })
}
