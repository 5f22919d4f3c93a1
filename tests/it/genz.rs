//! How fast the error of a mean falls: Genz's test integrals under each plan.

mod families;

use dotacija::random::Plan;
use families::{CONTINUOUS, DISCONTINUOUS, MOST_DIMENSIONS, OSCILLATORY, SMOOTH, errors, slope};

#[test]
fn under_sobol_the_error_of_smooth_integrals_falls_by_the_power_of_three_quarters_or_more() {
    for family in &SMOOTH {
        for dimensions in 1..=MOST_DIMENSIONS {
            let slope = slope(&errors(family, Plan::Sobol, dimensions, 3));
            assert!(slope <= -0.75, "{} in {dimensions}: {slope:.3}", family.name);
        }
    }
}

#[test]
fn every_plan_finds_the_integrals() {
    // 2¹⁶ draws; the closed forms were derived without the sampler. The largest relative deviation of
    // these integrands is 2 in 3 dimensions, so independent draws err by 2/256, three times that at most.
    for plan in [Plan::Random, Plan::Antithetic, Plan::LatinHypercube, Plan::Sobol] {
        for family in SMOOTH.iter().chain(&[CONTINUOUS, DISCONTINUOUS]) {
            let error = errors(family, plan, 3, 1).pop().unwrap();
            assert!(error < 6.0 / 256.0, "{} under {}: {error}", family.name, plan.name());
        }
    }
}

#[test]
fn a_step_takes_most_of_the_gain_and_leaves_none_to_independent_draws() {
    // The control: a step in two dimensions is no smooth function, and the measure must say so; and
    // independent draws have the slope −1/2, within four of its own standard deviations (about 0.06 from
    // eight seeds).
    let step = slope(&errors(&DISCONTINUOUS, Plan::Sobol, 4, 4));
    let smooth = slope(&errors(&OSCILLATORY, Plan::Sobol, 4, 4));
    assert!(step > smooth + 0.2, "{step} against {smooth}");
    let random = slope(&errors(&OSCILLATORY, Plan::Random, 4, 8));
    assert!((random + 0.5).abs() < 0.25, "{random}");
}
