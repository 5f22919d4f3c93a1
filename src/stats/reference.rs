//! Published and independently computed numbers (sources: `tests/reference/*/README.md`).

use serde_json::Value;

use super::inequality::{INDICES, Lorenz, Sample, gini, progressivity, theil_by_groups, theil_t};
use super::{Accumulator, QuantileMethod, Quantiles, erlang};
use crate::numeric::{exp, ln, normal_quantile};

fn cases(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).expect("a file of cases is valid JSON");
    let cases = file["cases"].as_array().expect("a list of cases").clone();
    assert_eq!(file["n"].as_u64(), Some(cases.len() as u64));
    cases
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap_or_else(|| panic!("{value} is not a list")).iter().map(number).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn assert_within(id: &str, what: &str, found: f64, expected: f64, allowed: f64) {
    assert!((found - expected).abs() <= allowed, "{id}, {what}: {found} is not {expected}");
}

fn assert_relative(id: &str, what: &str, found: f64, expected: f64, allowed: f64) {
    assert_within(id, what, found, expected, allowed * expected.abs());
}

mod queueing {
    use super::*;

    fn run(case: &Value) -> bool {
        let (id, input, expected) = (text(&case["id"]), &case["input"], &case["expected"]);
        let allowed = case["tolerance"]["rel"].as_f64().unwrap_or(f64::NAN);
        let servers = input["servers"].as_u64().unwrap_or(0) as u32;
        match text(&case["kind"]) {
            "erlang" => {
                let load = number(&input["offered_load"]);
                let check = |what, found| {
                    assert_relative(id, what, found, number(&expected[what]), allowed);
                };
                check("erlang_b", erlang::erlang_b(servers, load));
                check("erlang_c", erlang::erlang_c(servers, load));
            }
            "mmc" => {
                let (arrivals, services) =
                    (number(&input["arrival_rate"]), number(&input["service_rate"]));
                let (load, count) = (arrivals / services, f64::from(servers));
                let check = |what, found| {
                    assert_relative(id, what, found, number(&expected[what]), allowed);
                };
                let waiting = erlang::erlang_c(servers, load);
                let queue_time = erlang::mean_wait(servers, load) / services;
                check("p_wait", waiting);
                check("Wq", queue_time);
                check("W", queue_time + 1.0 / services);
                // Little's law: numbers are arrivals times times.
                check("Lq", arrivals * queue_time);
                check("L", arrivals * queue_time + load);
                check("utilisation", load / count);
                // C = p₀ · aᶜ/c! · c/(c − a), solved for p₀.
                let power = (1..=servers).fold(1.0, |power, k| power * load / f64::from(k));
                check("p0", waiting * (count - load) / count / power);
            }
            "staffing" => {
                let handling = number(&input["aht_min"]);
                let load =
                    number(&input["transactions"]) * handling / number(&input["interval_min"]);
                let wait = number(&input["asa_min"]) / handling;
                let agents = number(&input["agents"]) as u32;
                let allowed = number(&case["tolerance"]["abs"]);
                let check =
                    |what, found| assert_within(id, what, found, number(&expected[what]), allowed);
                let level = number(&expected["service_level"]);
                check("service_level", erlang::service_level(agents, load, wait));
                check("waiting_probability", erlang::erlang_c(agents, load));
                check("occupancy", load / f64::from(agents));
                let staff = f64::from(agents) / (1.0 - number(&input["shrinkage"]));
                check("positions_with_shrinkage", staff.ceil());
                // So many agents are the least that reach a level just below the published one.
                let target =
                    erlang::ServiceTarget::new(level - 1e-9, wait).expect("a valid target");
                assert_eq!(erlang::least_servers(load, target, 100), Some(agents), "{id}");
            }
            "sqrt_staffing" => {
                let waiting = erlang::erlang_c(servers, number(&input["offered_load"]));
                let (exact, near) =
                    (number(&expected["exact_pwait"]), number(&expected["halfin_whitt_pwait"]));
                assert_relative(
                    id,
                    "exact_pwait",
                    waiting,
                    exact,
                    number(&case["tolerance"]["rel_exact"]),
                );
                let allowed = number(&case["tolerance"]["rel_approx_vs_exact"]);
                assert_relative(id, "halfin_whitt_pwait", near, waiting, allowed);
            }
            _ => return false,
        }
        true
    }

    #[test]
    fn every_case_of_queueing_is_met() {
        let cases = cases(include_str!("../../tests/reference/queueing/queueing_cases.json"));
        let mut erlang_cases = 0;
        for case in &cases {
            // All kinds apply; one that is not known must be given a test or a reason.
            assert!(run(case), "{} is of an unknown kind", case["id"]);
            erlang_cases += usize::from(text(&case["kind"]) == "erlang");
        }
        assert_eq!((erlang_cases, cases.len()), (36, 51));
    }
}

mod inequality {
    use super::*;

    /// A column of a data set in which a row has no quoted commas.
    fn column(table: &str, name: &str, keep: impl Fn(&[&str]) -> bool) -> Vec<f64> {
        let mut rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let header = rows.next().expect("a header");
        let at = header.iter().position(|&title| title == name).expect("the column");
        rows.filter(|row| keep(row)).map(|row| row[at].parse().expect("a number")).collect()
    }

    fn data(reference: &Value) -> Vec<f64> {
        let ilocos = include_str!("../../tests/reference/inequality/ilocos.csv");
        let mexico = include_str!("../../tests/reference/inequality/mexico.csv");
        let Some(name) = reference.as_str() else { return numbers(reference) };
        match name {
            "dataset:ilocos_all" => column(ilocos, "income", |_| true),
            "dataset:ilocos_family_size" => column(ilocos, "family.size", |_| true),
            "dataset:pangasinan" => column(ilocos, "income", |row| row[2] == "Pangasinan"),
            _ => column(mexico, name.trim_start_matches("dataset:mexico."), |_| true),
        }
    }

    /// The figures that a case asks for: those found beside those expected, by name.
    fn figures(case: &Value) -> Vec<(String, Option<f64>, f64)> {
        let (input, expected) = (&case["input"], &case["expected"]);
        let weights = |weights: &Value| (!weights.is_null()).then(|| data(weights));
        let by_name = |found: &[(&str, Option<f64>)]| {
            let expected = expected.as_object().expect("figures by name");
            assert_eq!(expected.len(), found.len(), "{}", case["id"]);
            let pair = |(name, found): &(&str, Option<f64>)| {
                ((*name).to_owned(), *found, number(&expected[*name]))
            };
            found.iter().map(pair).collect()
        };
        match text(&case["kind"]) {
            "progressivity" => {
                let weights = weights(&input["weights"]).unwrap_or_default();
                let found = progressivity(&data(&input["income"]), &data(&input["tax"]), &weights);
                by_name(&[
                    ("gini_income", found.map(|found| found.gini_income)),
                    ("concentration_tax", found.map(|found| found.concentration_tax)),
                    ("kakwani", found.map(|found| found.kakwani)),
                    ("suits", found.map(|found| found.suits)),
                ])
            }
            "inequality_decomposition" => {
                let values = data(&input["values"]);
                // Groups are the numbers of regions.
                let groups: Vec<u64> =
                    data(&input["groups"]).iter().map(|group| *group as u64).collect();
                let split = theil_by_groups(&values, &[], &groups);
                let sample = Sample::new(&values);
                by_name(&[
                    ("theil_T", sample.as_ref().and_then(theil_t)),
                    ("between", split.map(|split| split.between)),
                    ("within", split.map(|split| split.within)),
                    ("gini", gini(&values)),
                ])
            }
            "inequality" | "inequality_weighted" => {
                let values = data(&input["values"]);
                let sample = match weights(&input["weights"]) {
                    Some(weights) => Sample::weighted(&values, &weights),
                    None => Sample::new(&values),
                };
                let sample = sample.expect("values that can be measured");
                let key = text(&input["index"]);
                let found = if key == "lorenz_ordinate" {
                    Lorenz::of(&sample).map(|curve| curve.ordinate(number(&input["p"])))
                } else {
                    let index = INDICES.iter().find(|index| index.key == key);
                    index.and_then(|index| (index.of)(&sample))
                };
                vec![(key.to_owned(), found, number(expected))]
            }
            kind => panic!("{}: {kind} has neither a test nor a reason", case["id"]),
        }
    }

    #[test]
    fn every_case_of_inequality_is_met() {
        let cases = cases(include_str!("../../tests/reference/inequality/inequality_cases.json"));
        let mut met = 0;
        for case in &cases {
            let id = text(&case["id"]);
            for (name, found, expected) in figures(case) {
                let found = found.unwrap_or_else(|| panic!("{id}: {name} has no value"));
                match (&case["tolerance"]["abs"], &case["tolerance"]["rel"]) {
                    (Value::Number(allowed), Value::Null) => {
                        assert_within(id, &name, found, expected, allowed.as_f64().unwrap());
                    }
                    (Value::Null, Value::Number(allowed)) => {
                        assert_relative(id, &name, found, expected, allowed.as_f64().unwrap());
                    }
                    other => panic!("{id} has tolerances {other:?}"),
                }
                met += 1;
            }
        }
        // All of them: 127 of one figure, 4 of four.
        assert_eq!((met, cases.len()), (127 + 4 * 4, 131));
    }
}

mod numerics {
    use super::*;

    /// Cases of sampling plans, and the test that runs them.
    const ELSEWHERE: [&str; 3] = ["genz_d2", "genz_d3", "genz_d4"];
    const OF_PLANS: (&str, &str) =
        ("tests/it/genz.rs", "the_reference_integrals_come_out_in_closed_form_and_under_sobol");

    /// Cases of functions that the program has no use for, with the reason.
    const NOT_APPLICABLE: [(&str, &str); 3] = [
        ("halton_first16_d4", "no plan uses the sequence of Halton"),
        ("discrepancy_space1", "no discrepancy is computed: plans are judged by their errors"),
        ("discrepancy_space2", "no discrepancy is computed: plans are judged by their errors"),
    ];

    /// Figures of cases that run which the program does not compute, with the reason.
    const FIELDS_NOT_APPLICABLE: [(&str, &str); 1] =
        [("lag1_autocorrelation", "draws have no order, so nothing is gathered about neighbours")];

    /// The NIST sets with their quanta per unit: all are decimals of a few digits.
    const NIST: [(&str, &str, f64); 4] = [
        ("nist_Lew", include_str!("../../tests/reference/numerics/Lew.csv"), 1.0),
        ("nist_Mavro", include_str!("../../tests/reference/numerics/Mavro.csv"), 1e5),
        ("nist_NumAcc3", include_str!("../../tests/reference/numerics/NumAcc3.csv"), 10.0),
        ("nist_PiDigits", include_str!("../../tests/reference/numerics/PiDigits.csv"), 1.0),
    ];

    fn accumulate(values: &[f64], quanta_per_unit: f64) -> Accumulator {
        let quanta: Vec<i64> =
            values.iter().map(|x| (x * quanta_per_unit).round() as i64).collect();
        let mut accumulator = Accumulator::new();
        accumulator.add_lanes(&quanta);
        accumulator
    }

    /// One figure of a NIST set; in quanta the sums are exact, and so are both to the last digit but
    /// one, whatever the digits asked for.
    fn check(id: &str, sample: &Accumulator, scale: f64, field: &str, expected: &Value) {
        let exact = |expected: &Value| text(expected).parse().expect("a number");
        let mean = sample.mean().expect("a mean") / scale;
        let sd = sample.sd().expect("a standard deviation") / scale;
        match field {
            "mean" => assert_relative(id, field, mean, number(expected), 1e-15),
            "mean_exact" => assert_relative(id, field, mean, exact(expected), 1e-15),
            // Certified to fifteen digits, of which the last of one set is off.
            "sd_sample" => assert_relative(id, field, sd, number(expected), 1e-12),
            "sd_exact" => assert_relative(id, field, sd, exact(expected), 1e-15),
            _ => {
                let listed = FIELDS_NOT_APPLICABLE.iter().any(|&(name, _)| name == field);
                assert!(listed, "{id}: {field} has neither a test nor a reason");
            }
        }
    }

    fn run(case: &Value) {
        let (id, expected) = (text(&case["id"]), &case["expected"]);
        if let Some(&(_, table, scale)) = NIST.iter().find(|set| set.0 == id) {
            let values: Vec<f64> =
                table.lines().map(|line| line.parse().expect("a number")).collect();
            let sample = accumulate(&values, scale);
            assert_eq!(case["input"]["n"].as_u64(), Some(sample.count()));
            for (field, expected) in expected.as_object().expect("figures by name") {
                check(id, &sample, scale, field, expected);
            }
            return;
        }
        // In quanta of 1 and of a tenth the sums are exact.
        let scale = match id {
            "kahan_sum" => 1.0,
            "tenth_ten_times" => 10.0,
            _ => panic!("{id} has neither a test nor a reason"),
        };
        let sum = accumulate(&numbers(&case["input"]["values"]), scale).sum();
        assert_eq!(sum as f64 / scale, number(expected));
    }

    #[test]
    fn every_case_of_numerics_is_met_or_is_listed_with_a_reason() {
        let cases = cases(include_str!("../../tests/reference/numerics/numerics_cases.json"));
        let listed: Vec<&str> =
            ELSEWHERE.into_iter().chain(NOT_APPLICABLE.map(|(listed, _)| listed)).collect();
        let (file, test) = OF_PLANS;
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let source = std::fs::read_to_string(path).expect("the tests of the plans");
        assert!(source.contains(&format!("#[test]\nfn {test}()")), "no {test} in {file}");
        let mut ids: Vec<&str> = cases.iter().map(|case| text(&case["id"])).collect();
        let mut all = listed.clone();
        for case in cases.iter().filter(|case| !listed.contains(&text(&case["id"]))) {
            run(case);
            all.push(text(&case["id"]));
        }
        // Run and listed are the whole file, each once.
        all.sort_unstable();
        ids.sort_unstable();
        assert_eq!(all, ids);
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!((ids.len() - listed.len(), ids.len()), (6, 12));
    }
}

#[test]
fn means_of_tails_are_the_published_ones_by_either_method() {
    let mut met = 0;
    for case in cases(include_str!("../../tests/reference/distributions/distribution_cases.json")) {
        if text(&case["kind"]) != "var_cvar" {
            continue;
        }
        let (id, input) = (text(&case["id"]), &case["input"]);
        let level = number(&input["level"]);
        let expected = number(&case["expected"]["cvar"]);
        // A sample as it is; of a distribution the middles of 200,000 equal shares, in millionths: the
        // share at the end of a tail and the bin that it splits leave less than 2 in 10,000.
        let (values, scale, allowed) = if let Some(sample) = input["sample"].as_array() {
            (sample.iter().map(number).collect(), 1.0, 1e-12)
        } else {
            let shares = (0..200_000).map(|index| (f64::from(index) + 0.5) / 200_000.0);
            let values: Vec<f64> = shares.map(|share| quantile(input, share)).collect();
            (values, 1e6, 2e-4)
        };
        for method in [QuantileMethod::Exact, QuantileMethod::Histogram] {
            let mut sample = Quantiles::with_tails(method);
            let quanta: Vec<i64> = values.iter().map(|x| (x * scale).round() as i64).collect();
            sample.add_lanes(&quanta);
            sample.sort();
            let found = sample.tail_mean(level).expect("a tail") / scale;
            assert_relative(id, "mean of the tail", found, expected, allowed);
        }
        met += 1;
    }
    assert_eq!(met, 11);
}

/// A quantile of a distribution of the cases, from its closed form.
fn quantile(input: &Value, share: f64) -> f64 {
    let number = |name: &str| number(&input[name]);
    match text(&input["family"]) {
        "normal" => number("mean") + number("sd") * normal_quantile(share),
        "lognormal" => exp(number("mu") + number("sigma") * normal_quantile(share)),
        "exponential" => -number("mean") * ln(1.0 - share),
        family => panic!("{family} has no closed form here"),
    }
}
