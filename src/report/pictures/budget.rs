//! What is due against the pots, and what becomes of them.

use super::texts::{heading, pot, quantiles};
use super::{DataTable, PictureFile, Run};
use crate::analysis::shown::{Divide, entitlement_bins, fixed_pot, pot_uses};
use crate::analysis::{ALL, BudgetRow};
use crate::chart::fan::FanYear;
use crate::chart::format::of_hundred;
use crate::chart::{Fan, Histogram, Language, Waterfall};
use crate::report::wording::{capitalised, chance, median_and_range, money, number, range_of, sum};
use std::fmt::Write;

/// What the sum of several programmes hides.
const NOT_MOVED: &str =
    "Money does not move between programmes: one may be short while the total would suffice.";

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
const AVAILABLE: &str = "available";

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
        if self.is_all() { "All programmes".to_owned() } else { capitalised(self.called) }
    }

    fn stem(&self, kind: &str) -> Option<String> {
        let names = &self.run.names;
        Some(format!(
            "{kind}-{}-{}",
            names.programmes.get(self.programme)?,
            names.policies.get(self.policy)?
        ))
    }

    /// `what is due exceeds the pot in 87 of 100 draws`.
    fn exceeds(&self, share: f64) -> String {
        let subject =
            if self.is_all() { "some pot is short" } else { "more is due than the pot holds" };
        format!("{subject} in {}", of_hundred(share, Language::English))
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
        if differs { AVAILABLE.to_owned() } else { String::new() }
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
                format!(
                    "Available in {year} after top slice and carry-over: {} (mean).",
                    money(available, currency)
                )
            },
        )
    }

    fn notes(&self, rows: &[&BudgetRow]) -> String {
        let available = self.available(rows);
        let parts = [if self.is_all() { NOT_MOVED } else { "" }, &available];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn fan(&self) -> Option<PictureFile> {
        let currency = &self.run.findings.about.currency;
        // The line is what can be divided, where it is the same in every draw of every year.
        let fixed: Vec<Option<f64>> = (0..self.rows.len()).map(|year| self.fixed(year)).collect();
        let is_fixed = fixed.iter().all(Option::is_some);
        let worst = self.rows.iter().filter_map(|row| Some((row.p_shortfall?, row.year)));
        let worst = worst.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let finding = match worst {
            None => "no pot limits what is due".to_owned(),
            Some((0.0, _)) => "the pot holds what is due in all draws".to_owned(),
            Some(_)
                if self.rows.iter().all(|row| row.p_shortfall == Some(1.0)) && !self.is_all() =>
            {
                "more is due than the pot holds in all draws of every year".to_owned()
            }
            Some((share, year)) => format!("in {year} {}", self.exceeds(share)),
        };
        let title = format!("{}: {finding}", self.title());
        let subtitle = "What is due to all municipalities by year, in money of the year";
        let pot = pot(self.rows, currency);
        let chart = Fan {
            heading: heading(self.run, &title, subtitle, self.name, &pot, &self.notes(self.rows)),
            currency: currency.clone(),
            pot_name: if is_fixed { self.pot_name(&fixed) } else { String::new() },
            years: self
                .rows
                .iter()
                .zip(&fixed)
                .filter_map(|(row, fixed)| {
                    let claims = quantiles(&row.entitlement)?;
                    let pot = if is_fixed { *fixed } else { row.appropriation };
                    Some(FanYear { year: row.year, claims, pot })
                })
                .collect(),
        };
        let mut alt = format!("{title}. Policy {}.", self.name);
        let mut data = Vec::new();
        for row in self.rows {
            let (median, range) = median_and_range(&range_of(&row.entitlement), sum);
            let range = if range.is_empty() { range } else { format!(" (80 % of draws: {range})") };
            let against = row.appropriation.map_or_else(
                || "no pot".to_owned(),
                |law| {
                    format!(
                        "appropriation {}, short in {}",
                        sum(Some(law)),
                        chance(row.p_shortfall)
                    )
                },
            );
            let _ = write!(alt, " {}: {currency} {median}{range} due, {against}.", row.year);
            let due = &row.entitlement;
            let mut cells = vec![row.year.to_string(), sum(row.appropriation)];
            cells.extend([due.p05, due.p10, due.p25, due.p50, due.p75, due.p90, due.p95].map(sum));
            cells.push(chance(row.p_shortfall));
            data.push(cells);
        }
        let columns = [
            "Year",
            "Appropriation",
            "5th percentile",
            "10th",
            "25th",
            "Median",
            "75th",
            "90th",
            "95th",
            "Short",
        ];
        let data = DataTable::new(&columns, data);
        Some(PictureFile::new(&chart, &self.stem("fan")?, Some(self.policy), (&title, alt), data))
    }

    fn histogram(&self) -> Option<PictureFile> {
        let currency = &self.run.findings.about.currency;
        let (index, year) = self.run.last_year()?;
        let row = *self.rows.iter().find(|row| row.year == year)?;
        let finding = match row.p_shortfall {
            None => "what is due".to_owned(),
            Some(0.0) => "the pot holds what is due in all draws".to_owned(),
            Some(share) => self.exceeds(share),
        };
        let title = format!("{} {year}: {finding}", self.title());
        let subtitle = format!("Draws by the sum that is due to all municipalities in {year}");
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
                &pot(&[row], currency),
                &self.notes(&[row]),
            ),
            currency: currency.clone(),
            edges: bins.edges.clone(),
            counts: bins.counts.clone(),
            constant: bins.constant,
            pot: marked,
            pot_name: if Self::differs(row, marked) { AVAILABLE.to_owned() } else { String::new() },
            share_beyond: marked.map(|pot| counted.unwrap_or_else(|| above(pot))),
        };
        let (median, range) = median_and_range(&range_of(&row.entitlement), sum);
        let range = if range.is_empty() { range } else { format!(", 80 % of draws {range}") };
        let alt = format!(
            "{title}. Policy {}. Due in {year}: median {currency} {median}{range}. Pot: {}.",
            self.name,
            pot(&[row], currency)
        );
        // Narrow bins need the cents to be told apart.
        let width = bins.edges.windows(2).next().map_or(1.0, |pair| pair[1] - pair[0]);
        let decimals = if width < 1.0 { 2 } else { 0 };
        let bars = bins.edges.windows(2).zip(&bins.counts);
        let data = bars.map(|(edge, count)| {
            vec![number(edge[0], decimals), number(edge[1], decimals), number(*count as f64, 0)]
        });
        let data = DataTable::new(&["Above", "Up to", "Draws"], data.collect());
        let stem = format!("{}-{year}", self.stem("histogram")?);
        Some(PictureFile::new(&chart, &stem, Some(self.policy), (&title, alt), data))
    }
}

fn waterfall(run: &Run<'_>, policy: usize, name: &str) -> Option<PictureFile> {
    let scenario = run.prepared.scenario;
    let uses = pot_uses(scenario, run.tally, policy).filter(|uses| uses.appropriation > 0.0)?;
    let currency = &run.findings.about.currency;
    let (first, last) = run.findings.about.years;
    let years = if first == last { format!("{first}") } else { format!("{first}–{last}") };
    let mut parts = uses.awards.clone();
    if uses.top_slice > 0.0 {
        parts.insert(0, ("top slice".to_owned(), uses.top_slice));
    }
    let share = 100.0 * uses.unspent / uses.appropriation;
    let title =
        format!("Of what is appropriated for {years}, {} % stays unspent", number(share, 0));
    let subtitle = "All programmes and years together, means over the draws, in money of each year";
    let chart = Waterfall {
        heading: heading(run, &title, subtitle, name, "", ""),
        currency: currency.clone(),
        appropriation: uses.appropriation,
        uses: parts.clone(),
    };
    let mut rows = vec![("appropriation".to_owned(), uses.appropriation)];
    rows.extend(parts);
    rows.push(("unspent".to_owned(), uses.unspent));
    let texts: Vec<String> =
        rows.iter().map(|(part, euro)| format!("{part} {}", money(*euro, currency))).collect();
    let alt = format!("{title}. Policy {name}. Means over the draws: {}.", texts.join(", "));
    let data = rows.into_iter().map(|(part, euro)| vec![part, sum(Some(euro))]).collect();
    let data = DataTable::new(&["Part", &format!("{currency}, mean")], data);
    let stem = format!("waterfall-{}", run.names.policies.get(policy)?);
    Some(PictureFile::new(&chart, &stem, Some(policy), (&title, alt), data))
}
