//! What each input is assumed to be.

use crate::expression::Extent;
use crate::model::{Input, InputValue, Scenario, Time};
use crate::random::distribution::Distribution;
use serde::Serialize;

/// One input.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AssumedInput {
    /// Its name in formulas.
    pub name: String,
    /// Drawn for the nation, per municipality or per point.
    pub extent: &'static str,
    /// How it moves through the years.
    pub time: String,
    /// Shares of the variance that are common to the nation and to a municipality; none at the
    /// nation and for computed inputs.
    pub common: Option<(f64, f64)>,
    /// Name of the distribution; none for computed inputs.
    pub distribution: Option<String>,
    /// The values below which 5, 50 and 95 % of the distribution lie; none for computed inputs.
    pub quantiles: Option<[f64; 3]>,
    /// The formula of a computed input.
    pub formula: Option<String>,
    /// Its unit, as written.
    pub unit: String,
    /// Where the figure comes from, as written.
    pub source: String,
}

/// Every input, in order of declaration.
pub fn assumed_inputs(scenario: &Scenario) -> Vec<AssumedInput> {
    scenario.inputs.iter().map(assumed).collect()
}

fn assumed(input: &Input) -> AssumedInput {
    let (distribution, quantiles, formula) = match &input.value {
        InputValue::Drawn(distribution) => {
            let quantiles = [0.05, 0.5, 0.95].map(|share| distribution.quantile(share));
            (Some(name(distribution.as_ref())), Some(quantiles), None)
        }
        InputValue::Computed(formula) => (None, None, Some(formula.text.clone())),
    };
    AssumedInput {
        name: input.name.clone(),
        extent: match input.extent {
            Extent::Nation => "nation",
            Extent::Municipality => "municipality",
            Extent::Point => "point",
        },
        time: match input.time {
            Time::Once => "once".to_owned(),
            Time::Yearly { persistence: 0.0 } => "each year anew".to_owned(),
            Time::Yearly { persistence } => format!("each year, persistence {persistence}"),
            Time::RandomWalk { start } => format!("yearly steps from {start}"),
        },
        common: (quantiles.is_some() && input.extent != Extent::Nation)
            .then_some((input.common.nation, input.common.municipality)),
        distribution,
        quantiles,
        formula,
        unit: input.unit.clone(),
        source: input.source.clone(),
    }
}

/// The name of a distribution: that of its type, which is also its name in scenarios.
fn name(distribution: &dyn Distribution) -> String {
    let shown = format!("{distribution:?}");
    shown.chars().take_while(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{constant_formula, example};
    use crate::model::Common;
    use crate::random::distribution::{Pert, Poisson, Uniform, find};
    use std::sync::Arc;

    #[test]
    fn every_distribution_is_shown_by_its_registered_name() {
        let shown = [
            name(&Uniform::new(0.0, 1.0).unwrap()),
            name(&Pert::new(0.0, 1.0, 2.0, 4.0).unwrap()),
            name(&Poisson::new(3.0).unwrap()),
        ];
        for name in shown {
            assert!(find(&name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_drawn_input_shows_its_range_and_a_computed_one_its_formula() {
        let mut scenario = example();
        let uniform = Uniform::new(0.0, 10.0).unwrap();
        let input = Input {
            name: "delay".to_owned(),
            extent: Extent::Municipality,
            time: Time::Yearly { persistence: 0.5 },
            common: Common { nation: 0.4, municipality: 0.0 },
            value: InputValue::Drawn(Arc::new(uniform)),
            recipe: None,
            text: "Uniform(min: 0, max: 10)".to_owned(),
            unit: "months".to_owned(),
            source: "assumption".to_owned(),
            place: None,
        };
        let formula = InputValue::Computed(Box::new(constant_formula(&scenario, "2 * base_rate")));
        let computed = Input { name: "twice".to_owned(), value: formula, ..input.clone() };
        scenario.inputs = vec![input, computed];
        let found = assumed_inputs(&scenario);
        // A uniform between 0 and 10: 5 % at 0.5, the median at 5, 95 % at 9.5.
        let quantiles = found[0].quantiles.unwrap();
        for (found, expected) in quantiles.iter().zip([0.5, 5.0, 9.5]) {
            assert!((found - expected).abs() < 1e-9);
        }
        assert_eq!(
            (found[0].common, &*found[0].time),
            (Some((0.4, 0.0)), "each year, persistence 0.5")
        );
        assert_eq!(
            (found[0].distribution.as_deref(), &found[1].distribution),
            (Some("Uniform"), &None)
        );
        assert_eq!((found[1].quantiles, found[1].common), (None, None));
        assert_eq!(found[1].formula.as_deref(), Some("2 * base_rate"));
    }
}
