//! How fast the error of a mean falls: Genz's test integrals under each plan.

mod families;

use crate::support::in_repository;
use dotacija::random::Plan;
use families::{
    CONTINUOUS, CORNER_PEAK, DISCONTINUOUS, GAUSSIAN, MOST_DIMENSIONS, OSCILLATORY, PRODUCT_PEAK,
    ROUGH, SMOOTH, errors, points, slope,
};

#[test]
fn under_sobol_the_error_of_smooth_integrals_falls_by_the_power_of_three_quarters_or_more() {
    let cases: Vec<_> = SMOOTH
        .iter()
        .flat_map(|family| (1..=MOST_DIMENSIONS).map(move |dimensions| (family, dimensions)))
        .collect();
    for ((family, dimensions), errors) in cases.iter().zip(errors(Plan::Sobol, &cases, 24)) {
        let slope = slope(&errors);
        assert!(slope <= -0.75, "{} in {dimensions}: {slope:.3}", family.name);
    }
}

#[test]
fn every_plan_finds_the_integrals() {
    // 2¹⁶ draws; the closed forms were derived without the sampler. The largest relative deviation of
    // these integrands is 2 in 3 dimensions, so independent draws err by 2/256, three times that at most.
    let cases: Vec<_> = SMOOTH.iter().chain(&ROUGH).map(|family| (family, 3)).collect();
    for plan in [Plan::Random, Plan::Antithetic, Plan::LatinHypercube, Plan::Sobol] {
        for ((family, _), errors) in cases.iter().zip(errors(plan, &cases, 1)) {
            let error = errors.last().copied().unwrap();
            assert!(error < 6.0 / 256.0, "{} under {}: {error}", family.name, plan.name());
        }
    }
}

#[test]
fn a_step_takes_part_of_the_gain_and_independent_draws_have_none() {
    // The control: a step is no smooth function, and the measure must say so; and independent draws have
    // the slope −1/2. The logarithm of a normal error has a deviation of 1.6 (base 2), so nine numbers of
    // draws and eight seeds give the slope within 1.6/√(60·8) = 0.07; four of them.
    let step_and_smooth = errors(Plan::Sobol, &[(&DISCONTINUOUS, 3), (&GAUSSIAN, 3)], 8);
    let [step, smooth] = [0, 1].map(|at| slope(&step_and_smooth[at]));
    assert!(step > smooth + 0.2, "{step} against {smooth}");
    let random = slope(&errors(Plan::Random, &[(&OSCILLATORY, 3)], 8)[0]);
    assert!((random + 0.5).abs() < 0.29, "{random}");
}

#[test]
fn the_reference_integrals_come_out_in_closed_form_and_under_sobol() {
    let path = in_repository("tests/reference/numerics/numerics_cases.json");
    let text = std::fs::read_to_string(path).unwrap();
    let reference: serde_json::Value = serde_json::from_str(&text).unwrap();
    let numbers = |list: &serde_json::Value| -> Vec<f64> {
        list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
    };
    let x = points(Plan::Sobol, 1, 14);
    let mut compared = 0;
    for case in reference["cases"].as_array().unwrap() {
        if case["kind"] != "integral" {
            continue;
        }
        let (a, u) = (numbers(&case["input"]["a"]), numbers(&case["input"]["u"]));
        for (name, family) in [
            ("oscillatory", OSCILLATORY),
            ("product_peak", PRODUCT_PEAK),
            ("corner_peak", CORNER_PEAK),
            ("gaussian", GAUSSIAN),
            ("c0_continuous", CONTINUOUS),
            ("discontinuous", DISCONTINUOUS),
        ] {
            let expected = case["expected"][name].as_f64().unwrap();
            let closed = (family.integral)(&a, &u);
            assert!((closed / expected - 1.0).abs() < 1e-12, "{name}: {closed}");
            // The 16 scrambles take turns; their means tell the error. Beyond seven of it a t of 15 degrees
            // lies once in 200,000.
            let of_scramble: Vec<f64> = (0..16)
                .map(|scramble| {
                    let own = x.iter().skip(scramble).step_by(16);
                    own.map(|x| (family.at)(&x[..a.len()], &a, &u)).sum::<f64>() / 1024.0
                })
                .collect();
            let mean = of_scramble.iter().sum::<f64>() / 16.0;
            let squares: f64 = of_scramble.iter().map(|one| (one - mean) * (one - mean)).sum();
            let error = (squares / 15.0).sqrt() / 4.0;
            assert!((mean - expected).abs() < 7.0 * error, "{name}: {mean}, {}", case["id"]);
            assert!(error < 0.03 * expected.abs(), "{name}: {error}, {}", case["id"]);
            compared += 1;
        }
    }
    assert_eq!(compared, 18);
}
