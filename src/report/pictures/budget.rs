//! What is due against the pots, and what becomes of them.

use super::figures::{
    column_heads, in_futures, median_and_range, quantile_heads, quantile_values, years,
};
use super::texts::{heading, in_title, pot, quantiles};
use super::{DataTable, PictureFile, Run};
use crate::analysis::shown::{Divide, entitlement_bins, fixed_pot, pot_uses};
use crate::analysis::{ALL, BudgetRow};
use crate::chart::fan::FanYear;
use crate::chart::{Fan, Histogram, Waterfall};
use crate::language::Message;
use crate::report::wording::{capitalised, range_of};
use crate::units::round_half_up;
use std::fmt::Write;

/// Fans and histograms of each programme with claims and of all, and the uses of the pots.
pub fn pictures(run: &Run<'_>, policy: usize) -> Vec<PictureFile> {
    let scenario = run.prepared.scenario;
    let Some(name) = scenario.policies.get(policy).map(|policy| &policy.name) else {
        return Vec::new();
    };
    let mut pictures = Vec::new();
    let with_all = usize::from(scenario.programmes.len() > 1);
    for programme in 0..scenario.programmes.len() + with_all {
        let called = scenario.programmes.get(programme).map_or(ALL, |programme| &programme.name);
        let rows: Vec<&BudgetRow> = run
            .findings
            .budget
            .iter()
            .filter(|row| row.policy == *name && row.programme == called)
            .collect();
        let due = |row: &&BudgetRow| row.entitlement.mean.is_some_and(|mean| mean != 0.0);
        if rows.iter().any(due) {
            let of = Of { run, policy, name, programme, called, rows: &rows };
            let aside = |aside: bool| move |picture| PictureFile { is_aside: aside, ..picture };
            pictures.extend(of.fan().map(aside(of.is_all())));
            pictures.extend(of.histogram().map(aside(true)));
        }
    }
    pictures.extend(waterfall(run, policy, name));
    pictures
}

/// What the pot is called where it is less or more than the appropriation.
pub fn available_pot(run: &Run<'_>) -> String {
    run.say(Message::new("picture-available-pot"))
}

/// A programme (or all) under a policy.
struct Of<'a> {
    run: &'a Run<'a>,
    policy: usize,
    name: &'a str,
    programme: usize,
    called: &'a str,
    rows: &'a [&'a BudgetRow],
}

impl Of<'_> {
    fn is_all(&self) -> bool {
        self.programme == self.run.prepared.scenario.programmes.len()
    }

    fn title(&self) -> String {
        if self.is_all() {
            self.run.say(Message::new("picture-all-programmes"))
        } else {
            in_title(&capitalised(self.called))
        }
    }

    fn stem(&self, kind: &str) -> Option<String> {
        let names = &self.run.names;
        Some(format!(
            "{kind}-{}-{}",
            names.programmes.get(self.programme)?,
            names.policies.get(self.policy)?
        ))
    }

    /// What can be divided in a year, where it is the same in every draw; for all programmes the sum of
    /// all pots.
    fn fixed(&self, year: usize) -> Option<f64> {
        let Run { prepared, tally, .. } = self.run;
        let fixed = |programme| fixed_pot(prepared.scenario, tally, self.policy, programme, year);
        if self.is_all() { (0..self.programme).map(fixed).sum() } else { fixed(self.programme) }
    }

    fn differs(row: &BudgetRow, fixed: Option<f64>) -> bool {
        let pair = row.appropriation.zip(fixed);
        pair.is_some_and(|(law, fixed)| (law - fixed).abs() >= 0.01)
    }

    fn pot_name(&self, fixed: &[Option<f64>]) -> String {
        let differs = self.rows.iter().zip(fixed).any(|(row, fixed)| Self::differs(row, *fixed));
        if differs { available_pot(self.run) } else { String::new() }
    }

    /// Where the sum that can be divided is not the appropriation: a sentence.
    fn available(&self, rows: &[&BudgetRow]) -> String {
        let differs = |row: &&&BudgetRow| match (row.appropriation, row.available_mean) {
            (Some(law), Some(available)) => (law - available).abs() >= 0.01,
            _ => false,
        };
        let currency = &self.run.findings.about.currency;
        rows.iter().rfind(differs).and_then(|row| row.available_mean).map_or_else(
            String::new,
            |available| {
                let year = rows.last().map_or(0, |row| row.year);
                let message = Message::new("picture-available").year("year", year);
                self.run.say(message.money("sum", available, currency))
            },
        )
    }

    fn notes(&self, rows: &[&BudgetRow]) -> String {
        let available = self.available(rows);
        let not_moved = self.is_all().then(|| self.run.say(Message::new("picture-not-moved")));
        let parts = [not_moved.unwrap_or_default(), available];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn fan(&self) -> Option<PictureFile> {
        let currency = &self.run.findings.about.currency;
        // The line is what can be divided, where it is the same in every draw of every year.
        let fixed: Vec<Option<f64>> = (0..self.rows.len()).map(|year| self.fixed(year)).collect();
        let is_fixed = fixed.iter().all(Option::is_some);
        // What is carried over differs from draw to draw: then the line is its mean.
        let mean = |row: &BudgetRow| row.appropriation.and(row.available_mean);
        let carried = !is_fixed && self.rows.iter().any(|row| Self::differs(row, mean(row)));
        let worst = self.rows.iter().filter_map(|row| Some((row.p_shortfall?, row.year)));
        let worst = worst.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let all_short = || self.rows.iter().all(|row| row.p_shortfall == Some(1.0));
        let title = match worst {
            None => Message::new("picture-fan-no-pot"),
            Some((0.0, _)) => Message::new("picture-fan-holds"),
            Some(_) if !self.is_all() && all_short() => Message::new("picture-fan-all-short"),
            Some((share, year)) => {
                let message = if self.is_all() {
                    Message::new("picture-fan-some-short")
                } else {
                    Message::new("picture-fan-short")
                };
                message.year("year", year).words("chance", in_futures(share))
            }
        };
        let title = self.run.say(title.name("programme", &self.title()));
        let subtitle = self.run.say(Message::new("picture-fan-subtitle"));
        let pot = pot(self.run, self.rows);
        let chart = Fan {
            heading: heading(self.run, &title, &subtitle, self.name, &pot, &self.notes(self.rows)),
            currency: currency.clone(),
            pot_name: if carried {
                self.run.say(Message::new("picture-available-mean"))
            } else if is_fixed {
                self.pot_name(&fixed)
            } else {
                String::new()
            },
            years: self
                .rows
                .iter()
                .zip(&fixed)
                .filter_map(|(row, fixed)| {
                    let claims = quantiles(&row.entitlement)?;
                    let pot = match (is_fixed, carried) {
                        (true, _) => *fixed,
                        (_, true) => mean(row),
                        _ => row.appropriation,
                    };
                    Some(FanYear { year: row.year, claims, pot })
                })
                .collect(),
        };
        let (say, figures) = (|message: Message| self.run.say(message), self.run.figures);
        let alt = Message::new("picture-alt").name("title", &title).name("policy", self.name);
        let mut alt = say(alt);
        let mut data = Vec::new();
        for row in self.rows {
            let money =
                |value: Option<f64>| value.map_or_else(String::new, |v| figures.money(v, currency));
            let (median, range) = median_and_range(figures, &range_of(&row.entitlement), money);
            let against = row.appropriation.map_or_else(
                || Message::new("picture-no-pot"),
                |law| {
                    Message::new("picture-against")
                        .money("sum", law, currency)
                        .name("chance", &figures.chance(row.p_shortfall))
                },
            );
            let message = Message::new("picture-fan-year")
                .year("year", row.year)
                .name("median", &median)
                .name("range", &range)
                .words("against", against);
            let _ = write!(alt, " {}", say(message));
            let mut cells = vec![row.year.to_string(), figures.sum(row.appropriation)];
            cells.extend(quantile_values(&row.entitlement).map(|value| figures.sum(value)));
            cells.push(figures.chance(row.p_shortfall));
            data.push(cells);
        }
        let mut columns = column_heads(
            figures,
            &[Message::new("picture-column-year"), Message::new("picture-column-appropriation")],
        );
        columns.extend(column_heads(figures, &quantile_heads()));
        columns.push(say(Message::new("picture-column-short")));
        let data = DataTable::new(columns, data);
        Some(self.run.picture(&chart, &self.stem("fan")?, Some(self.policy), (&title, alt), data))
    }

    fn histogram(&self) -> Option<PictureFile> {
        let currency = &self.run.findings.about.currency;
        let (index, year) = self.run.last_year()?;
        let row = *self.rows.iter().find(|row| row.year == year)?;
        let title = match row.p_shortfall {
            None => Message::new("picture-histogram-no-pot"),
            Some(0.0) => Message::new("picture-histogram-holds"),
            Some(share) => {
                let message = if self.is_all() {
                    Message::new("picture-histogram-some-short")
                } else {
                    Message::new("picture-histogram-short")
                };
                message.words("chance", in_futures(share))
            }
        };
        let title = self.run.say(title.name("programme", &self.title()).year("year", year));
        let subtitle = self.run.say(Message::new("picture-histogram-subtitle").year("year", year));
        // A pot is marked only where every draw has the same: what the share is counted against.
        let marked = self.fixed(index);
        let counted = row.p_shortfall.filter(|_| !self.is_all());
        let divide = marked.map(|pot| Divide { pot, beyond: counted });
        let bins = entitlement_bins(self.run.tally, self.policy, self.programme, index, divide)?;
        // Of all programmes the share beyond the sum of the pots, which is not that of a short pot.
        let above = |pot: f64| {
            let bars = bins.edges.iter().zip(&bins.counts);
            let beyond: u64 = bars.filter(|(from, _)| **from >= pot).map(|(_, count)| count).sum();
            beyond as f64 / bins.counts.iter().sum::<u64>().max(1) as f64
        };
        let chart = Histogram {
            heading: heading(
                self.run,
                &title,
                &subtitle,
                self.name,
                &pot(self.run, &[row]),
                &self.notes(&[row]),
            ),
            currency: currency.clone(),
            edges: bins.edges.clone(),
            counts: bins.counts.clone(),
            constant: bins.constant,
            pot: marked,
            pot_name: if Self::differs(row, marked) {
                available_pot(self.run)
            } else {
                String::new()
            },
            share_beyond: marked.map(|pot| counted.unwrap_or_else(|| above(pot))),
        };
        let figures = self.run.figures;
        let money =
            |value: Option<f64>| value.map_or_else(String::new, |v| figures.money(v, currency));
        let (median, range) = median_and_range(figures, &range_of(&row.entitlement), money);
        let alt = Message::new("picture-histogram-alt")
            .name("title", &title)
            .name("policy", self.name)
            .year("year", year)
            .name("median", &median)
            .name("range", &range)
            .name("pot", &pot(self.run, &[row]));
        let alt = self.run.say(alt);
        // Narrow bins need the cents to be told apart.
        let width = bins.edges.windows(2).next().map_or(1.0, |pair| pair[1] - pair[0]);
        let decimals = if width < 1.0 { 2 } else { 0 };
        let bars = bins.edges.windows(2).zip(&bins.counts);
        let data = bars.map(|(edge, count)| {
            let ends = [edge[0], edge[1]].map(|end| figures.number(end, decimals));
            ends.into_iter().chain([figures.number(*count as f64, 0)]).collect()
        });
        let data = DataTable::new(
            column_heads(
                figures,
                &[
                    Message::new("picture-column-above"),
                    Message::new("picture-column-up-to"),
                    Message::new("picture-column-draws"),
                ],
            ),
            data.collect(),
        );
        let stem = format!("{}-{year}", self.stem("histogram")?);
        Some(self.run.picture(&chart, &stem, Some(self.policy), (&title, alt), data))
    }
}

fn waterfall(run: &Run<'_>, policy: usize, name: &str) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let uses = pot_uses(scenario, run.tally, policy).filter(|uses| uses.appropriation > 0.0)?;
    let currency = &run.findings.about.currency;
    let figures = run.figures;
    let mut parts = uses.awards.clone();
    if uses.top_slice > 0.0 {
        parts.insert(0, (run.say(Message::new("picture-top-slice")), uses.top_slice));
    }
    let title = Message::new("picture-waterfall-title")
        .words("years", years(run.findings.about.years))
        .name("share", &figures.percent(Some(round_half_up(uses.unspent / uses.appropriation, 2))));
    let title = run.say(title);
    let subtitle = run.say(Message::new("picture-waterfall-subtitle"));
    let chart = Waterfall {
        heading: heading(run, &title, &subtitle, name, "", ""),
        currency: currency.clone(),
        appropriation: uses.appropriation,
        uses: parts.clone(),
    };
    let mut rows = vec![(run.say(Message::new("chart-appropriation")), uses.appropriation)];
    rows.extend(parts);
    rows.push((run.say(Message::new("chart-unspent")), uses.unspent));
    let texts: Vec<String> = rows
        .iter()
        .map(|(part, euro)| format!("{part} {}", figures.money(*euro, currency)))
        .collect();
    let alt = Message::new("picture-waterfall-alt")
        .name("title", &title)
        .name("policy", name)
        .name("parts", &texts.join(", "));
    let alt = run.say(alt);
    let data = rows.into_iter().map(|(part, euro)| vec![part, figures.sum(Some(euro))]).collect();
    let columns = [
        Message::new("picture-column-part"),
        Message::new("picture-column-mean-of").name("unit", &figures.currency(currency)),
    ];
    let data = DataTable::new(column_heads(figures, &columns), data);
    let stem = format!("waterfall-{}", run.names.policies.get(policy)?);
    Some(run.picture(&chart, &stem, Some(policy), (&title, alt), data))
}
