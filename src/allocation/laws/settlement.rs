//! Whole settlements balance, whatever the terms.

use proptest::prelude::*;

use super::super::rationing::{Proportional, RULES, Talmud};
use super::super::{Bounds, Demand, Rationing, Settlement, Terms, Unit, Workspace, settle};
use super::problems::{DRAW, among_others, of_draw, problems, rows};
use super::rules::rules;
use crate::numeric::{LANES, Lanes};

proptest! {
    #[test]
    fn a_settlement_balances_whatever_the_terms(
        (claims, pot) in problems(),
        rule in 0..=RULES.len(),
        unit in prop_oneof![Just(1_i64), Just(7), Just(100), Just(100_000)],
        classes in 1..4_usize,
        (reoffer, open_ended) in (any::<bool>(), prop::bool::weighted(0.1)),
        bounds in prop::collection::vec((-5..60_i64, prop_oneof![Just(i64::MAX), 0..100_000_i64]), 0..60),
        points in prop::collection::vec(0..5_u32, 0..60),
        scores in prop::collection::vec(0..4_u8, 0..60),
    ) {
        let terms = Terms {
            rationing: match RULES.get(rule) {
                // Some take too long for many claims.
                Some(rule) if rules(claims.len()).any(|quick| quick.name() == rule.name()) => {
                    Rationing::Rule(*rule)
                }
                Some(_) => Rationing::Rule(&Talmud),
                None => Rationing::RankedCompetition,
            },
            unit: Unit::new(unit).unwrap(),
            reoffer,
            ..Terms::of_rule(&Proportional)
        };
        let limits: Vec<Bounds> = bounds
            .iter()
            .map(|&(lower, upper)| Bounds { lower: [lower; LANES], upper: [upper; LANES] })
            .collect();
        let scores: Vec<Lanes> = scores.into_iter().map(|score| [f64::from(score); LANES]).collect();
        let counts: Vec<Lanes> = points.iter().map(|&count| [f64::from(count); LANES]).collect();
        let claimants = claims.len() / classes;
        let demand = Demand {
            claimants,
            claims: &rows(&claims),
            bounds: &limits,
            weights: &[],
            points: &counts,
            scores: &scores,
        };
        let mut settlement = Settlement::default();
        let available = (!open_ended).then_some(among_others(pot, 1));
        settle(&terms, available.as_ref(), &demand, &mut Workspace::new(), &mut settlement);

        let (dues, awards) = (of_draw(&settlement.entitlements), of_draw(&settlement.awards));
        let (granted, due): (i64, i64) = (awards.iter().sum(), dues.iter().sum());
        let unspent = settlement.unspent[DRAW];
        prop_assert_eq!(awards.len(), claims.len());
        for (award, due) in awards.iter().zip(&dues) {
            prop_assert!(0 <= *award && award <= due && award % unit == 0);
        }
        for (due, &(lower, upper)) in dues.iter().zip(&bounds) {
            prop_assert!(*due <= upper);
            prop_assert!(*due >= lower || upper < lower + unit);
        }
        if open_ended {
            prop_assert_eq!((granted, unspent), (due, 0));
        } else {
            prop_assert_eq!(granted + unspent, pot.max(0));
            prop_assert!(unspent >= 0);
            if matches!(terms.rationing, Rationing::Rule(_)) {
                prop_assert_eq!(granted, due.min(pot.max(0) / unit * unit));
            }
        }
        let competes = matches!(terms.rationing, Rationing::RankedCompetition);
        let broken = settlement.guarantee_broken[DRAW] == 1.0;
        prop_assert!(!competes || !broken);
        for (claimant, funded) in settlement.funded.iter().enumerate() {
            let asked = points.get(claimant).map_or(1, |&points| points.max(1));
            let all = (0..awards.len()).skip(claimant).step_by(claimants.max(1));
            let paid = all.clone().any(|entry| dues[entry] > 0 && awards[entry] == dues[entry]);
            prop_assert!(funded[DRAW] <= f64::from(asked));
            prop_assert!(!paid || funded[DRAW] > 0.0);
        }
        let waits = awards != dues;
        prop_assert!(settlement.partial[DRAW] == 0 || (competes && waits));
        if !competes && !broken && !open_ended {
            for ((award, due), &(lower, _)) in awards.iter().zip(&dues).zip(&bounds) {
                prop_assert!(*award >= lower.min(*due));
            }
        }
    }
}
