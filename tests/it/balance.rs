//! Nothing is lost between the claims and the pot: in every draw, to the cent.

use crate::random_scenario::{any_scenario, runner};
use dotacija::engine::{Prepared, Sink, YearOfBlock, replay};
use dotacija::model::Appropriation;
use proptest::prelude::*;
use std::cell::Cell;

/// Checks the books of every draw, and counts how the pots came out.
#[derive(Default)]
struct Books {
    binding: u64,
    empty: u64,
    ample: u64,
    settled: u64,
}

impl Sink for Books {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        for (path, view) in at.paths.iter().enumerate() {
            let policy = at.prepared.paths.all[path].policy;
            for (programme, state) in view.programmes.iter().enumerate() {
                for lane in 0..at.active {
                    let due: i64 = state.entitlement.iter().map(|row| row[lane]).sum();
                    let paid: i64 = state.award.iter().map(|row| row[lane]).sum();
                    for (entitlement, award) in state.entitlement.iter().zip(&state.award) {
                        assert!(award[lane] >= 0, "an award is negative");
                        assert!(award[lane] <= entitlement[lane], "an award exceeds what is due");
                    }
                    assert!(state.unspent[lane] >= 0, "more is paid than there is");
                    assert!(paid <= state.available[lane], "more is paid than there is");
                    assert_eq!(
                        paid + state.unspent[lane],
                        state.available[lane],
                        "awards and unspent money make the pot"
                    );
                    let rule = &at.prepared.scenario.policies[policy].rules[programme];
                    if rule.is_some() && due > 0 {
                        self.settled += 1;
                        self.binding += u64::from(due > state.available[lane]);
                        self.empty += u64::from(state.available[lane] == 0);
                        self.ample += u64::from(due < state.available[lane]);
                    }
                }
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

#[test]
fn in_every_draw_of_any_scenario_the_books_balance() {
    let (binding, empty, ample, settled) = (Cell::new(0), Cell::new(0), Cell::new(0), Cell::new(0));
    runner(64)
        .run(&any_scenario(), |files| {
            let scenario = files.scenario();
            for programme in &scenario.programmes {
                prop_assert!(matches!(programme.pot.appropriation, Appropriation::Yearly(_)));
            }
            let prepared = Prepared::new(&scenario);
            let mut books = Books::default();
            let ended = replay(&prepared, 0..scenario.run.draws, &mut books);
            prop_assert!(ended.is_ok(), "{ended:?}");
            binding.set(binding.get() + books.binding);
            empty.set(empty.get() + books.empty);
            ample.set(ample.get() + books.ample);
            settled.set(settled.get() + books.settled);
            Ok(())
        })
        .unwrap();
    assert!(
        binding.get() * 3 >= settled.get(),
        "a third of the pots bind: {binding:?} of {settled:?}"
    );
    assert!(empty.get() > 0, "some pots are empty");
    assert!(ample.get() > 0, "some pots exceed the claims");
}
