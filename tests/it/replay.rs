//! A draw is the same future whoever asks for it: alone, within its block, in a part of a run or in all of it.

use crate::support::in_repository;
use dotacija::engine::{
    Options, Prepared, Sink, Tally, YearOfBlock, replay, simulate, simulate_part,
};
use dotacija::model::Scenario;

/// Everything that a year yields, of every draw: awards and dues in cents, open points as bits.
#[derive(Default)]
struct Seen {
    /// `[draw][value]`
    draws: Vec<Vec<u64>>,
    first: usize,
}

impl Sink for Seen {
    fn year(&mut self, at: &YearOfBlock<'_>) {
        self.draws.resize(self.draws.len().max(self.first + at.active), Vec::new());
        for lane in 0..at.active {
            let draw = &mut self.draws[self.first + lane];
            for path in at.paths {
                for state in path.programmes {
                    for row in state.entitlement.iter().chain(&state.award) {
                        draw.push(row[lane] as u64);
                    }
                }
                let open = path.quantities.grid(dotacija::model::Quantity::OpenPoints, None);
                draw.extend(open.unwrap_or(&[]).iter().map(|row| row[lane].to_bits()));
            }
        }
    }

    fn block_ends(&mut self, _: &Prepared<'_>, active: usize) {
        self.first += active;
    }
}

fn national(settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let path = in_repository("scenarios/latvia/network-592.ron");
    dotacija::scenario::open(&path, &settings).scenario.expect("the national scenario is sound")
}

fn seen(prepared: &Prepared<'_>, draws: std::ops::Range<u64>) -> Vec<Vec<u64>> {
    let mut seen = Seen::default();
    replay(prepared, draws, &mut seen).expect("no formula fails");
    seen.draws
}

#[test]
fn a_draw_alone_is_what_the_run_has_seen_under_every_plan() {
    for plan in ["Random", "Antithetic", "LatinHypercube", "Sobol"] {
        let scenario = national(&["run.draws=150", &format!("run.plan={plan}")]);
        let prepared = Prepared::new(&scenario);
        let all = seen(&prepared, 0..150);
        assert_eq!(all.len(), 150);
        assert_ne!(all[3], all[4], "{plan}");
        for draw in [0, 63, 64, 101, 149] {
            let alone = seen(&prepared, draw..draw + 1);
            assert!(alone[0] == all[draw as usize], "{plan}: draw {draw} alone is another");
        }
    }
}

/// The figures of a run that tables print, as text.
fn figures(prepared: &Prepared<'_>, tally: &Tally) -> String {
    format!("{:?}", dotacija::analysis::Findings::new(prepared, tally))
}

#[test]
fn three_uneven_parts_add_up_to_the_run() {
    for mode in ["WhenReady", "WhenFunded"] {
        let scenario = national(&["run.draws=700", &format!("network.mode={mode}")]);
        let prepared = Prepared::new(&scenario);
        let options = Options { threads: 2, ..Options::default() };
        let whole = simulate(&prepared, &options).expect("no formula fails");
        let part = |draws| simulate_part(&prepared, draws, &options).expect("no formula fails");
        // The last first: the order does not matter.
        let mut merged = part(448..700);
        merged.merge(&part(64..448));
        merged.merge(&part(0..64));
        merged.finish();
        assert!(figures(&prepared, &merged) == figures(&prepared, &whole), "{mode}");
    }
}
