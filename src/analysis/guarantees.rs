//! What each guarantee costs, and who pays for it.

use super::ChanceInterval;
use super::intervals::of_chance;
use crate::engine::{BOUNDED, Figure, GuaranteeAt, GuaranteeItem, MONEY, Tally, UNITS};
use crate::model::{Appropriation, Scenario};
use crate::stats::Accumulator;
use crate::stats::interval::{Interval, Z_95};
use serde::Serialize;

/// What a guarantee changes, over the draws; `None` where no draw has a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Effect {
    /// The mean.
    pub mean: Option<f64>,
    /// The Monte Carlo standard error of the mean.
    pub mcse: Option<f64>,
    /// Quantile at 5 %.
    pub p05: Option<f64>,
    /// The median.
    pub p50: Option<f64>,
    /// Quantile at 95 %.
    pub p95: Option<f64>,
}

/// What a guarantee gives a municipality, or takes from it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Its code.
    pub municipality: String,
    /// Its name.
    pub name: String,
    /// Award with the guarantee less award without it, EUR; below 0 where it pays.
    pub gain: Effect,
}

/// A guarantee in a year, or over all years: awards with it less awards without it, draw by draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuaranteeRow {
    /// The policy, at its own pots.
    pub policy: String,
    /// The programme.
    pub programme: String,
    /// Its name and its place in the rule: `Floor_1`.
    pub guarantee: String,
    /// Whether it is paid before the rest.
    pub protected: bool,
    /// Whether there is a pot; else the state pays whatever is due.
    pub has_pot: bool,
    /// The year; none for all years together.
    pub year: Option<i32>,
    /// What those receive more who receive more, EUR.
    pub gained: Effect,
    /// What those receive less who receive less, EUR.
    pub given_up: Effect,
    /// How much more is granted to all, EUR: gained less given up.
    pub cost: Effect,
    /// How many municipalities receive more.
    pub gainers: Effect,
    /// How many receive less.
    pub payers: Effect,
    /// Share of the draws in which the pot does not suffice for all that the rule protects; none for
    /// what is not protected, and for all years.
    pub p_broken: Option<f64>,
    /// What the number of draws leaves open of it.
    pub p_broken_interval: ChanceInterval,
    /// Every municipality, in order of code.
    pub shares: Vec<Share>,
}

impl Effect {
    fn of(cell: Figure<'_>, scale: f64) -> Self {
        let in_units = |value: Option<f64>| value.map(|value| value / scale);
        let [p05, p50, p95] = cell.quantiles.quantiles(BOUNDED).map(in_units);
        let [mean, mcse] = [cell.moments.mean(), cell.moments.mcse()].map(in_units);
        Self { mean, mcse, p05, p50, p95 }
    }

    /// The figures in the order of the columns `mean,mcse,p05,p50,p95`.
    pub fn columns(&self) -> [Option<f64>; 5] {
        [self.mean, self.mcse, self.p05, self.p50, self.p95]
    }

    /// What the number of draws leaves open of the mean, at 95 %.
    pub fn mean_interval(&self) -> Option<Interval> {
        let (mean, reach) = (self.mean?, Z_95 * self.mcse?);
        Some(Interval { lower: mean - reach, upper: mean + reach })
    }
}

impl GuaranteeRow {
    /// Those who gain most, at most so many, the greatest gain first; equal ones in order of code.
    pub fn gain_most(&self, most: usize) -> Vec<&Share> {
        self.ranked(most, 1.0)
    }

    /// Those who pay most.
    pub fn pay_most(&self, most: usize) -> Vec<&Share> {
        self.ranked(most, -1.0)
    }

    fn ranked(&self, most: usize, sign: f64) -> Vec<&Share> {
        let size = |share: &Share| share.gain.mean.map_or(0.0, |mean| mean * sign);
        let mut shares: Vec<&Share> =
            self.shares.iter().filter(|share| size(share) > 0.0).collect();
        shares.sort_by(|one, other| size(other).total_cmp(&size(one)));
        shares.truncate(most);
        shares
    }
}

/// Rows by policy, programme and guarantee: every year, then all together.
pub fn rows(scenario: &Scenario, tally: &Tally) -> Vec<GuaranteeRow> {
    let years = || scenario.years.iter().map(Some).chain([None]).enumerate();
    let of = |(index, at)| years().filter_map(move |year| row(scenario, tally, index, at, year));
    tally.guarantees.all().iter().copied().enumerate().flat_map(of).collect()
}

fn row(
    scenario: &Scenario,
    tally: &Tally,
    index: usize,
    at: GuaranteeAt,
    (year, calendar): (usize, Option<i32>),
) -> Option<GuaranteeRow> {
    let GuaranteeAt { policy, programme, number } = at;
    let chosen = scenario.policies.get(policy)?;
    let guarantee = chosen.rules.get(programme)?.as_ref()?.guarantees.get(number)?;
    let item = |item: GuaranteeItem, scale: f64| {
        Effect::of(tally.guarantees.totals.get(&[index, year, item as usize]), scale)
    };
    let broken = calendar
        .filter(|_| guarantee.protected)
        .map(|_| tally.settling.get(&[policy, programme, year, 0]).moments);
    let table = &scenario.municipalities.table;
    let shares = table.codes.iter().zip(&table.names).enumerate();
    let share = |(municipality, (code, name)): (usize, (&String, &String))| Share {
        municipality: code.clone(),
        name: name.clone(),
        gain: Effect::of(tally.guarantees.gains.get(&[index, year, municipality]), MONEY),
    };
    let pot = &chosen.pots.get(programme)?.appropriation;
    Some(GuaranteeRow {
        policy: chosen.name.clone(),
        programme: scenario.programmes.get(programme)?.name.clone(),
        guarantee: format!("{}_{}", guarantee.name, number + 1),
        protected: guarantee.protected,
        has_pot: !matches!(pot, Appropriation::OpenEnded),
        year: calendar,
        gained: item(GuaranteeItem::Gained, MONEY),
        given_up: item(GuaranteeItem::GivenUp, MONEY),
        cost: item(GuaranteeItem::Cost, MONEY),
        gainers: item(GuaranteeItem::Gainers, 1.0),
        payers: item(GuaranteeItem::Payers, 1.0),
        p_broken: broken.and_then(Accumulator::mean).map(|quanta| quanta / UNITS),
        // Each draw is 0 or 1, in millionths.
        p_broken_interval: broken.and_then(|broken| {
            let hits = broken.sum() / (UNITS as i128);
            of_chance(hits as u64, broken.count(), broken.grouping())
        }),
        shares: shares.map(share).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{constant_formula, example, findings};
    use crate::model::Guarantee;

    fn share(name: &str, mean: f64) -> Share {
        let gain = Effect { mean: Some(mean), ..Effect::default() };
        Share { municipality: name.to_owned(), name: name.to_owned(), gain }
    }

    fn guarded(text: &str, protected: bool) -> Vec<GuaranteeRow> {
        let mut scenario = example();
        let lower = Some(constant_formula(&scenario, text));
        let guarantee = Guarantee { name: "Floor".to_owned(), lower, upper: None, protected };
        let rule = scenario.policies[0].rules[1].as_mut().unwrap();
        rule.guarantees.push(guarantee);
        findings(&scenario).guarantees
    }

    #[test]
    fn without_guarantees_there_are_no_rows() {
        assert!(findings(&example()).guarantees.is_empty());
    }

    #[test]
    fn a_protected_floor_is_paid_by_the_others_where_the_pot_binds() {
        // 2022: 900 and 1 200 due of 1 500, in proportion 642.86 and 857.14, to Cēsis nothing. 400
        // protected for each of three: 1 200, the rest of 300 in proportion to 500 and 800:
        // 400 + 115.38, 400 + 184.62 and 400. So Cēsis gains 400; −127.48 and −272.52 for the others.
        let rows = guarded("400", true);
        let found = rows.iter().find(|row| row.year == Some(2022)).unwrap();
        let gains: Vec<_> = found.shares.iter().map(|share| share.gain.mean.unwrap()).collect();
        assert_eq!(gains, [-127.48, -272.52, 400.0]);
        let all = [found.gained, found.given_up, found.cost, found.gainers, found.payers];
        assert_eq!(all.map(|effect| effect.mean.unwrap()), [400.0, 400.0, 0.0, 1.0, 2.0]);
        assert_eq!((found.p_broken, found.has_pot, found.protected), (Some(0.0), true, true));
        assert_eq!((&*found.guarantee, &*found.programme), ("Floor_1", "maintenance"));
        // Two years and both together, of one guarantee of one policy.
        assert_eq!(rows.len(), 3);
        assert!(rows[2].year.is_none() && rows[2].p_broken.is_none());
        let sums = rows[0].gained.mean.unwrap() + rows[1].gained.mean.unwrap();
        assert!((rows[2].gained.mean.unwrap() - sums).abs() < 1e-9);
    }

    #[test]
    fn those_who_gain_and_pay_most_come_first_and_who_is_untouched_not_at_all() {
        let mut row = guarded("400", false).remove(0);
        row.shares = [("a", 1.0), ("b", -2.0), ("c", 5.0), ("d", 0.0), ("e", -9.0), ("f", 5.0)]
            .map(|(name, mean)| share(name, mean))
            .into();
        let names = |shares: Vec<&Share>| -> String {
            shares.into_iter().map(|share| share.name.as_str()).collect()
        };
        assert_eq!(names(row.gain_most(2)), "cf");
        assert_eq!(names(row.gain_most(5)), "cfa");
        assert_eq!(names(row.pay_most(5)), "eb");
    }

    #[test]
    fn the_interval_of_a_mean_reaches_two_errors_to_either_side() {
        let effect = Effect { mean: Some(10.0), mcse: Some(1.0), ..Effect::default() };
        let interval = effect.mean_interval().unwrap();
        assert!((interval.lower - 8.04).abs() < 1e-4 && (interval.upper - 11.96).abs() < 1e-4);
        assert_eq!(Effect::default().mean_interval(), None);
    }
}
