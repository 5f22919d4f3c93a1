//! A scenario opened after another takes over what that has worked out, and nothing that differs.

use dotacija::engine::{Options, Prepared, Tally, simulate};
use dotacija::model::{InputValue, Scenario};
use dotacija::scenario::{Opened, open};
use std::path::Path;
use std::sync::Arc;

fn opened(settings: &[&str]) -> Opened {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/starter/starter.ron");
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    open(&file, &settings)
}

fn scenario(opened: Opened) -> Scenario {
    assert!(opened.scenario.is_some(), "{:?}", opened.problems);
    opened.scenario.unwrap()
}

fn tally(scenario: &Scenario) -> Tally {
    simulate(&Prepared::new(scenario), &Options::default()).unwrap()
}

/// Whether two scenarios read one and the same distribution of an input.
fn is_shared(a: &Scenario, b: &Scenario, input: &str) -> bool {
    let of = |scenario: &Scenario| {
        let input = scenario.inputs.iter().find(|one| one.name == input).unwrap();
        match &input.value {
            InputValue::Drawn(distribution) => Arc::clone(distribution),
            InputValue::Computed(_) => panic!("{} is computed", input.name),
        }
    };
    Arc::ptr_eq(&of(a), &of(b))
}

#[test]
fn what_is_the_same_is_shared_and_no_figure_changes() {
    let draws = "--draws=640";
    let first = scenario(opened(&[draws]));
    tally(&first);
    let drawn = first.inputs.iter().filter(|input| matches!(input.value, InputValue::Drawn(_)));
    let names: Vec<&str> = drawn.map(|input| input.name.as_str()).collect();
    assert!(!names.is_empty());
    let changed = format!("inputs.{}.value=Normal(mean: 0.2, sd: 0.02)", names[0]);
    for settings in [vec![draws], vec![draws, &changed]] {
        let alone = scenario(opened(&settings));
        let after = scenario(opened(&settings).after(Some(&first)));
        for (index, name) in names.iter().enumerate() {
            let is_changed = index == 0 && settings.len() == 2;
            assert_eq!(is_shared(&first, &after, name), !is_changed, "{name}");
            assert!(!is_shared(&first, &alone, name));
        }
        let (alone, after) = (tally(&alone), tally(&after));
        let [policies, pots, years, municipalities, measures] = *alone.awards.shape() else {
            panic!("{:?}", alone.awards.shape())
        };
        for place in 0..policies * pots * years * municipalities * measures {
            let mut rest = place;
            let mut indices = [measures, municipalities, years, pots, policies].map(|size| {
                let index = rest % size;
                rest /= size;
                index
            });
            indices.reverse();
            assert_eq!(alone.awards.get(&indices).moments, after.awards.get(&indices).moments);
        }
    }
}
