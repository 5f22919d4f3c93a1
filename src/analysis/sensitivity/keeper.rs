//! What each block of draws yields: every figure, and the inputs that are single numbers.

use super::figures::{Figure, Kind, TOTALS};
use crate::engine::{BudgetItem, Observer, OutcomePlan, Prepared, Sink, YearOfBlock, budget_items};
use crate::numeric::{LANES, Lanes};

/// The totals of one pot, in the order of [`TOTALS`].
type Totals = [Lanes; 4];

/// What a block yields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// By figure.
    pub figures: Vec<Lanes>,
    /// By input that was asked for.
    pub inputs: Vec<Lanes>,
}

/// Keeps them while a block runs.
#[derive(Debug)]
pub(super) struct Keeper<'a> {
    figures: &'a [Figure],
    inputs: &'a [usize],
    plan: OutcomePlan,
    /// Which outcomes are asked for.
    outcomes: Vec<usize>,
    /// `[policy][programme, then all]`, over the years so far.
    period: Vec<Vec<Totals>>,
    seen: Seen,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(prepared: &Prepared<'_>, figures: &'a [Figure], inputs: &'a [usize]) -> Self {
        let mut outcomes: Vec<usize> = figures
            .iter()
            .filter_map(|figure| match figure.kind {
                Kind::Outcome(place) => Some(place),
                _ => None,
            })
            .collect();
        outcomes.dedup();
        let pots = prepared.scenario.programmes.len() + 1;
        let nothing = vec![vec![[[0.0; LANES]; 4]; pots]; prepared.scenario.policies.len()];
        let plan = OutcomePlan::new(prepared);
        let seen = Seen::of(figures.len(), inputs.len());
        Self { figures, inputs, plan, outcomes, period: nothing, seen }
    }

    fn write(&mut self, wanted: impl Fn(&Figure) -> bool, values: &Lanes) {
        for (figure, kept) in self.figures.iter().zip(&mut self.seen.figures) {
            if wanted(figure) {
                *kept = *values;
            }
        }
    }

    fn write_totals(&mut self, policy: usize, year: Option<usize>, pots: &[Totals]) {
        for (pot, totals) in pots.iter().enumerate() {
            let pot = (pot + 1 < pots.len()).then_some(pot);
            for ((kind, _), values) in TOTALS.iter().zip(totals) {
                self.write(
                    |figure| {
                        figure.kind == *kind
                            && (figure.policy, figure.pot, figure.year) == (Some(policy), pot, year)
                    },
                    values,
                );
            }
        }
    }
}

impl Seen {
    fn of(figures: usize, inputs: usize) -> Self {
        Self { figures: vec![[0.0; LANES]; figures], inputs: vec![[0.0; LANES]; inputs] }
    }
}

/// The totals of each programme of a policy in a year, then of all.
fn totals_of(at: &YearOfBlock<'_>, policy: usize) -> Vec<Totals> {
    let (path, _) = at.prepared.paths_of(policy);
    let programmes = at.paths.get(path).map_or(&[][..], |path| path.programmes);
    let mut all = [[0.0; LANES]; 4];
    let mut pots: Vec<Totals> = Vec::with_capacity(programmes.len() + 1);
    for state in programmes {
        let items = budget_items(state);
        let euro = |item: BudgetItem| items[item as usize].map(|cents| cents as f64 / 100.0);
        let short = items[BudgetItem::Gap as usize].map(|gap| f64::from(u8::from(gap > 0)));
        let own: Totals =
            [euro(BudgetItem::Entitlement), euro(BudgetItem::Award), euro(BudgetItem::Gap), short];
        gather(&mut all, &own);
        pots.push(own);
    }
    pots.push(all);
    pots
}

/// Adds amounts; a shortfall anywhere is one.
fn gather(all: &mut Totals, own: &Totals) {
    for (kind, (all, own)) in all.iter_mut().zip(own).enumerate() {
        for (all, own) in all.iter_mut().zip(own) {
            *all = if kind == 3 { all.max(*own) } else { *all + own };
        }
    }
}

impl Sink for Keeper<'_> {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        if at.year == 0 {
            for (input, kept) in self.inputs.iter().zip(&mut self.seen.inputs) {
                let values = at.draws.input(*input, at.prepared.past);
                kept.copy_from_slice(values.get(..LANES).unwrap_or(&[0.0; LANES]));
            }
        }
        let policies = at.prepared.scenario.policies.len();
        for policy in 0..policies {
            if !self.figures.iter().any(|figure| figure.policy == Some(policy)) {
                continue;
            }
            let pots = totals_of(at, policy);
            for (period, own) in self.period[policy].iter_mut().zip(&pots) {
                gather(period, own);
            }
            self.write_totals(policy, Some(at.year), &pots);
        }
        if self.outcomes.is_empty() {
            return;
        }
        for policy in 0..policies.max(1) {
            // The first policy stands for what is the same under all.
            let is_of = |figure: &Figure| match figure.policy {
                Some(of) => of == policy,
                None => policy == 0,
            };
            let wanted: Vec<usize> = (self.figures.iter())
                .filter(|figure| is_of(figure) && figure.year == Some(at.year))
                .filter_map(|figure| match figure.kind {
                    Kind::Outcome(place) => Some(place),
                    _ => None,
                })
                .collect();
            if wanted.is_empty() {
                continue;
            }
            let Self { figures, plan, seen, .. } = self;
            plan.show_national(at, policy, &wanted, &mut |place, values| {
                for (figure, kept) in figures.iter().zip(&mut seen.figures) {
                    if figure.kind == Kind::Outcome(place)
                        && figure.year == Some(at.year)
                        && is_of(figure)
                    {
                        *kept = *values;
                    }
                }
            });
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {
        let period = std::mem::take(&mut self.period);
        for (policy, pots) in period.iter().enumerate() {
            self.write_totals(policy, None, pots);
        }
        self.period = period;
        self.period.iter_mut().flatten().for_each(|totals| *totals = [[0.0; LANES]; 4]);
    }
}

impl Observer for Keeper<'_> {
    type Seen = Seen;

    fn take(&mut self) -> Seen {
        let empty = Seen::of(self.figures.len(), self.inputs.len());
        std::mem::replace(&mut self.seen, empty)
    }
}
