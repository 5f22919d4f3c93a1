//! The appropriation of a programme as a lever: the sum of all years, each of which keeps its share.

use crate::expression::{Names, Resolved, compile};
use crate::model::{Appropriation, Formula, Scenario};
use crate::units::round_half_up;

/// What a policy has for a programme in all years together, EUR.
///
/// # Errors
/// Why that is no sum known before any draw, in words without a full stop.
pub fn appropriated(scenario: &Scenario, policy: usize, programme: usize) -> Result<f64, String> {
    let pot = scenario.policies.get(policy).and_then(|policy| policy.pots.get(programme));
    let Some(Appropriation::Yearly(years)) = pot.map(|pot| &pot.appropriation) else {
        return Err("it has no pot, whatever is due is paid".to_owned());
    };
    let mut sum = 0.0;
    for (year, formula) in scenario.years.iter().zip(years) {
        sum += scenario
            .fixed(formula, year)
            .ok_or_else(|| format!("its sum of {year} is uncertain"))?;
    }
    if sum > 0.0 { Ok(sum) } else { Err("its sums add up to nothing".to_owned()) }
}

/// Sets what a policy has for a programme in all years together, EUR; nothing where it is no lever.
pub fn appropriate(scenario: &mut Scenario, policy: usize, programme: usize, euro: f64) {
    let Ok(sum) = appropriated(scenario, policy, programme) else { return };
    let of_year = |(year, formula): (i32, &Formula)| {
        let present = scenario.fixed(formula, year)?;
        constant(formula, round_half_up(present * euro / sum, 2))
    };
    let Some(pot) = scenario.policies.get(policy).and_then(|policy| policy.pots.get(programme))
    else {
        return;
    };
    let Appropriation::Yearly(years) = &pot.appropriation else { return };
    let changed: Option<Vec<Formula>> = scenario.years.iter().zip(years).map(of_year).collect();
    let pot = scenario.policies.get_mut(policy).and_then(|policy| policy.pots.get_mut(programme));
    if let (Some(pot), Some(changed)) = (pot, changed) {
        pot.appropriation = Appropriation::Yearly(changed);
    }
}

/// A formula that is a number, where another stands.
fn constant(instead: &Formula, value: f64) -> Option<Formula> {
    let text = format!("{value:.2}");
    let program = compile(&text, &Nothing).ok()?;
    let (variables, pieces, outline) = (Vec::new(), Vec::new(), None);
    Some(Formula { text, program, variables, pieces, outline, ..instead.clone() })
}

/// No name at all.
struct Nothing;

impl Names for Nothing {
    fn resolve(&self, _: &str) -> Option<Resolved> {
        None
    }

    fn resolve_lag(&self, name: &str, _: u32) -> Result<Resolved, String> {
        Err(format!("`{name}` has no past here"))
    }

    fn text_code(&self, _: u32, _: &str) -> Result<f64, Vec<String>> {
        Err(Vec::new())
    }

    fn known(&self) -> Vec<String> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{constant_formula, example};

    #[test]
    fn every_year_keeps_its_share_of_the_sum() {
        // 1 000 and 3 000 of 4 000; of 2 000.01 that is 500.0025 and 1 500.0075.
        let mut scenario = example();
        let years = ["1_000", "3_000"].map(|text| constant_formula(&scenario, text)).to_vec();
        scenario.policies[0].pots[1].appropriation = Appropriation::Yearly(years);
        assert_eq!(appropriated(&scenario, 0, 1), Ok(4_000.0));
        appropriate(&mut scenario, 0, 1, 2_000.01);
        let Appropriation::Yearly(years) = &scenario.policies[0].pots[1].appropriation else {
            panic!("it has a pot");
        };
        let found: Vec<Option<f64>> =
            years.iter().map(|formula| scenario.fixed(formula, 2022)).collect();
        assert_eq!(found, [Some(500.0), Some(1_500.01)]);
    }

    #[test]
    fn a_programme_without_a_pot_is_no_lever() {
        let mut scenario = example();
        scenario.policies[0].pots[1].appropriation = Appropriation::OpenEnded;
        assert!(appropriated(&scenario, 0, 1).unwrap_err().starts_with("it has no pot"));
        assert!(appropriated(&scenario, 9, 9).is_err());
    }
}
