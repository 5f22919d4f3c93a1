//! The indices by name.

use super::lorenz::{self, Lorenz};
use super::{Sample, atkinson, concentration, entropy, gini, variation};

/// One index of inequality.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// Its key in results.
    pub key: &'static str,
    /// What it is, in a few words.
    pub meaning: &'static str,
    /// Works it out; `None` where it has no meaning.
    pub of: fn(&Sample) -> Option<f64>,
}

/// Every index, in the order in which they are shown.
pub static INDICES: [Index; 18] = [
    index("gini", "Gini coefficient, 0 where all have the same", gini::of),
    index("gini_corr", "Gini coefficient of a sample, times n/(n - 1)", |sample| {
        let count = sample.rows().len() as f64;
        let is_sample = !sample.is_weighted() && count > 1.0;
        gini::of(sample).filter(|_| is_sample).map(|gini| gini * count / (count - 1.0))
    }),
    index("hoover", "share that would have to change hands", lorenz::hoover),
    index("theil_T", "Theil's T", entropy::theil_t),
    index("theil_L", "Theil's L, mean logarithmic deviation", entropy::theil_l),
    index("ge_-1", "generalised entropy, alpha -1", |sample| {
        entropy::generalised_entropy(sample, -1.0)
    }),
    index("ge_0.5", "generalised entropy, alpha 0.5", |sample| {
        entropy::generalised_entropy(sample, 0.5)
    }),
    index("ge_2", "generalised entropy, alpha 2", |sample| {
        entropy::generalised_entropy(sample, 2.0)
    }),
    index("atkinson_0.5", "Atkinson, aversion 0.5", |sample| atkinson(sample, 0.5)),
    index("atkinson_1", "Atkinson, aversion 1", |sample| atkinson(sample, 1.0)),
    index("atkinson_2", "Atkinson, aversion 2", |sample| atkinson(sample, 2.0)),
    index("cv_population", "coefficient of variation, divisor n", |sample| {
        variation::of(sample, 0.0)
    }),
    index("cv_sample", "coefficient of variation, divisor n - 1", |sample| {
        let is_sample = !sample.is_weighted() && sample.rows().len() > 1;
        variation::of(sample, 1.0).filter(|_| is_sample)
    }),
    index("palma", "highest tenth over lowest four tenths", |sample| Lorenz::of(sample)?.palma()),
    index("s80_s20", "highest fifth over lowest fifth", |sample| Lorenz::of(sample)?.s80_s20()),
    index("lasym", "asymmetry of the Lorenz curve", lorenz::asymmetry),
    index("herfindahl", "sum of squared shares", concentration::herfindahl),
    index("rosenbluth", "concentration by ranks", concentration::rosenbluth),
];

const fn index(key: &'static str, meaning: &'static str, of: fn(&Sample) -> Option<f64>) -> Index {
    Index { key, meaning, of }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_are_unique_and_every_index_has_a_value_for_plain_amounts_only() {
        let keys: BTreeSet<&str> = INDICES.iter().map(|index| index.key).collect();
        assert_eq!(keys.len(), INDICES.len());
        let plain = Sample::new(&[1.0, 2.0, 5.0]).unwrap();
        let nothing = Sample::new(&[0.0, 0.0]).unwrap();
        for index in &INDICES {
            assert!((index.of)(&plain).is_some_and(f64::is_finite), "{}", index.key);
            assert_eq!((index.of)(&nothing), None, "{}", index.key);
        }
    }

    #[test]
    fn one_who_has_all_and_one_alone_are_measured_without_harm() {
        let alone = Sample::new(&[5.0]).unwrap();
        let all = Sample::new(&[0.0, 0.0, 9.0]).unwrap();
        for index in &INDICES {
            for sample in [&alone, &all] {
                assert!((index.of)(sample).is_none_or(f64::is_finite), "{}", index.key);
            }
        }
        assert_eq!(gini::of(&alone), Some(0.0));
    }
}
