//! All that a replay shows, to be held against what another shows.

use dotacija::engine::{Prepared, Sink, YearOfBlock, replay};
use dotacija::model::{Quantity, Scenario};
use dotacija::numeric::LANES;
use std::collections::BTreeMap;
use std::ops::Range;

/// Figures by what they are of, as the bits of each draw.
pub type Figures = BTreeMap<String, Vec<u64>>;

/// All that a replay shows: values of inputs, then load and claims, then what money decides.
#[derive(Default, PartialEq)]
pub struct Seen {
    pub drawn: Figures,
    pub world: Figures,
    pub money: Figures,
}

impl Seen {
    /// What a scenario shows in these draws.
    pub fn of(scenario: &Scenario, draws: Range<u64>) -> Self {
        let mut seen = Self::default();
        replay(&Prepared::new(scenario), draws, &mut seen).expect("no formula fails");
        seen
    }
}

impl Sink for Seen {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        let (prepared, scenario, year) = (at.prepared, at.prepared.scenario, at.year);
        let municipalities = &scenario.municipalities.table.codes;
        let nation = ["nation".to_owned()];
        for (index, input) in scenario.inputs.iter().enumerate() {
            let values = at.draws.input(index, prepared.past + year);
            let codes = match values.len() / LANES {
                1 => &nation[..],
                rows if rows == municipalities.len() => municipalities,
                _ => &scenario.points.table.codes,
            };
            assert_eq!(codes.len() * LANES, values.len());
            for (code, row) in codes.iter().zip(values.chunks(LANES)) {
                let bits = row[..at.active].iter().map(|value| value.to_bits());
                let key = format!("{} {code} {year}", input.name);
                self.drawn.entry(key).or_default().extend(bits);
            }
        }
        for (index, policy) in scenario.policies.iter().enumerate() {
            let path = &at.paths[prepared.paths_of(index).0];
            for (row, code) in municipalities.iter().enumerate() {
                let name = &policy.name;
                for quantity in [Quantity::Load, Quantity::OpenPoints, Quantity::TotalCost] {
                    let values = &path.quantities.of(quantity, row)[..at.active];
                    let key = format!("{name} {quantity:?} {code} {year}");
                    let bits = values.iter().map(|value| value.to_bits());
                    self.world.entry(key).or_default().extend(bits);
                }
                for (programme, state) in path.programmes.iter().enumerate() {
                    let key = format!("{name} {programme} {code} {year}");
                    let cents = |money: &[i64; LANES]| money.map(|cents| cents as u64);
                    let claim = cents(&state.entitlement[row]);
                    let award = cents(&state.award[row]);
                    self.world.entry(key.clone()).or_default().extend(&claim[..at.active]);
                    self.money.entry(key).or_default().extend(&award[..at.active]);
                }
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

/// Every figure of before stands among those of now, bit by bit.
pub fn assert_kept(what: &str, before: &Figures, now: &Figures) {
    assert!(before.values().any(|draws| draws.windows(2).any(|pair| pair[0] != pair[1])));
    for (name, draws) in before {
        assert!(now.get(name) == Some(draws), "{what}: `{name}` moved");
    }
}

pub fn assert_all_kept(what: &str, before: &Seen, now: &Seen) {
    assert_kept(what, &before.drawn, &now.drawn);
    assert_kept(what, &before.world, &now.world);
    assert_kept(what, &before.money, &now.money);
}
