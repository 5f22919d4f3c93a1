//! Linear regression on standardised inputs: coefficients, partial correlations, R², collinearity.

use super::Estimate;
use super::ranks::{correlation_estimate, product, standardised};
use crate::stats::student_quantile;
use nalgebra::{Cholesky, DMatrix, Dyn};

/// Of an input's variance less than this is left beside the others: it follows from them.
const NOTHING: f64 = 1e-9;
/// A partial correlation of parts smaller than this is one of rounding errors.
const ROUNDING: f64 = 1e-6;

/// Inputs made ready to explain figures: those that vary and do not follow from others before them.
#[derive(Clone, Debug)]
pub struct Regressors {
    /// The inputs, each less its mean and at length 1.
    columns: Vec<Vec<f64>>,
    /// Place of each column among the inputs as given.
    places: Vec<usize>,
    /// Inputs that follow from those before them.
    dependent: Vec<usize>,
    /// The inverse of the correlation matrix.
    inverse: DMatrix<f64>,
    factor: Option<Cholesky<f64, Dyn>>,
    inputs: usize,
    draws: usize,
}

/// What a regression says of one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// The share of the variance that the straight lines explain together.
    pub r_squared: f64,
    /// By input the standardised coefficient; none for what does not vary or follows from others.
    pub coefficients: Vec<Option<Estimate>>,
    /// By input the partial correlation: with what the others explain taken from both.
    pub partial: Vec<Option<Estimate>>,
}

impl Regressors {
    /// Looks at inputs by draw. For ranks, give ranks.
    ///
    /// nalgebra's Cholesky decomposition runs in plain loops, so that all machines give the same bits.
    #[must_use]
    pub fn new(inputs: &[Vec<f64>]) -> Self {
        let mut known: Vec<(usize, Vec<f64>)> = Vec::new();
        let mut dependent = Vec::new();
        for (place, column) in inputs.iter().enumerate() {
            let Some(column) = standardised(column) else { continue };
            known.push((place, column));
            let left = decomposed(&known).map_or(0.0, |factor| {
                let last = known.len() - 1;
                let root = factor.l_dirty()[(last, last)];
                root * root
            });
            if left < NOTHING {
                known.pop();
                dependent.push(place);
            }
        }
        let factor = decomposed(&known);
        let inverse = factor.as_ref().map_or_else(|| DMatrix::zeros(0, 0), Cholesky::inverse);
        let draws = inputs.first().map_or(0, Vec::len);
        let (places, columns) = known.into_iter().unzip();
        Self { columns, places, dependent, inverse, factor, inputs: inputs.len(), draws }
    }

    /// The inputs that follow from others before them, and so have no coefficient.
    #[must_use]
    pub fn dependent(&self) -> &[usize] {
        &self.dependent
    }

    /// By input how many times the variance of its coefficient is what it would be if it had nothing in
    /// common with the others (variance inflation, Marquardt 1970, doi:10.1080/00401706.1970.10488699).
    #[must_use]
    pub fn inflation(&self) -> Vec<Option<f64>> {
        let mut inflation = vec![None; self.inputs];
        for (column, &place) in self.places.iter().enumerate() {
            inflation[place] = Some(self.inverse[(column, column)]);
        }
        inflation
    }

    /// Explains a figure by draw. `independent` is how many independent draws the run is worth. None
    /// where the figure does not vary, or with hardly more draws than inputs.
    ///
    /// With C the correlations of the inputs and r those with the figure: `β = C⁻¹r`, `R² = rᵀβ`, the error of
    /// β the root of `(C⁻¹)_jj (1 − R²)/ν` with `ν = n − k − 1`, and the partial correlation
    /// `β_j / √(β_j² + (C⁻¹)_jj (1 − R²))` with a Fisher interval of variance `1/(n − k − 2)`. On ranks these are the
    /// SRRC and PRCC of Iman and Conover (1979, doi:10.1080/00401706.1979.10489820).
    #[must_use]
    pub fn explain(&self, figure: &[f64], independent: f64) -> Option<Regression> {
        let count = self.columns.len();
        let degrees = independent - count as f64 - 1.0;
        if figure.len() != self.draws || degrees < 2.0 || count == 0 {
            return None;
        }
        let figure = standardised(figure)?;
        let with: Vec<f64> = self.columns.iter().map(|column| product(column, &figure)).collect();
        let with = DMatrix::from_vec(count, 1, with);
        let beta = self.factor.as_ref()?.solve(&with);
        let r_squared = product(beta.as_slice(), with.as_slice()).clamp(0.0, 1.0);
        let left = 1.0 - r_squared;
        let deviate = student_quantile(degrees as u64, 0.025);
        let mut coefficients = vec![None; self.inputs];
        let mut partial = vec![None; self.inputs];
        for (column, (&place, &value)) in self.places.iter().zip(beta.iter()).enumerate() {
            let own = self.inverse[(column, column)] * left;
            let reach = deviate * (own / degrees).sqrt();
            coefficients[place] =
                Some(Estimate { value, lower: value - reach, upper: value + reach });
            // Where all is explained, what is left of either is rounding.
            let length = (value * value + own).sqrt();
            if length > ROUNDING {
                partial[place] = correlation_estimate(value / length, 1.0 / (degrees - 1.0));
            }
        }
        Some(Regression { r_squared, coefficients, partial })
    }
}

fn decomposed(columns: &[(usize, Vec<f64>)]) -> Option<Cholesky<f64, Dyn>> {
    let size = columns.len();
    let matrix = DMatrix::from_fn(size, size, |row, at| {
        if row == at { 1.0 } else { product(&columns[row].1, &columns[at].1) }
    });
    if size == 0 { None } else { Cholesky::new(matrix) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::ln;
    use crate::random::uniform;

    fn column(stream: u64) -> Vec<f64> {
        (0..400).map(|draw| uniform(3, stream, draw)).collect()
    }

    #[test]
    fn a_plane_is_explained_whole_with_the_coefficients_it_has() {
        // y = 3a − 4b: with deviations s of a and t of b the standardised ones are 3s/u and −4t/u, u that of y.
        let (a, b) = (column(1), column(2));
        let y: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 3.0 * a - 4.0 * b).collect();
        let found = Regressors::new(&[a.clone(), b.clone()]).explain(&y, 400.0).unwrap();
        let spread = |values: &[f64]| {
            let mean = values.iter().sum::<f64>() / 400.0;
            values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>().sqrt()
        };
        assert!((found.r_squared - 1.0).abs() < 1e-12);
        let expected = [3.0 * spread(&a) / spread(&y), -4.0 * spread(&b) / spread(&y)];
        for (found, expected) in found.coefficients.iter().zip(expected) {
            assert!((found.unwrap().value - expected).abs() < 1e-12);
        }
        assert!(found.partial[1].unwrap().value < -0.999);
    }

    #[test]
    fn what_follows_from_others_is_named_and_changes_nothing() {
        let (a, b) = (column(1), column(2));
        let both: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
        let y: Vec<f64> = column(3).iter().zip(&a).map(|(noise, a)| noise + a).collect();
        let two = Regressors::new(&[a.clone(), b.clone()]);
        let three = Regressors::new(&[a, vec![5.0; 400], b, both]);
        assert_eq!((two.dependent(), three.dependent()), (&[][..], &[3][..]));
        let (two, three) = (two.explain(&y, 400.0).unwrap(), three.explain(&y, 400.0).unwrap());
        assert_eq!(two.r_squared, three.r_squared);
        assert_eq!(three.coefficients, [two.coefficients[0], None, two.coefficients[1], None]);
    }

    #[test]
    fn beside_what_explains_all_an_input_has_no_partial_correlation() {
        let (a, b) = (column(1), column(2));
        let found = Regressors::new(&[a.clone(), b]).explain(&a, 400.0).unwrap();
        assert!(found.partial[0].is_some_and(|found| found.value > 1.0 - 1e-9));
        assert_eq!(found.partial[1], None);
    }

    #[test]
    fn a_partial_correlation_is_as_sure_as_fisher_has_it() {
        // Of 20 draws with one other input held: Fisher's transform has the variance 1/(20 − 1 − 3)
        // (R. A. Fisher, The distribution of the partial correlation coefficient, Metron 3, 1924).
        let short = |stream| column(stream)[..20].to_vec();
        let (a, b) = (short(1), short(2));
        let y: Vec<f64> = a.iter().zip(short(3)).map(|(a, noise)| a + noise).collect();
        let found = Regressors::new(&[a, b]).explain(&y, 20.0).unwrap();
        let fisher = |r: f64| 0.5 * ln((1.0 + r) / (1.0 - r));
        for found in found.partial.into_iter().flatten() {
            let reach = (fisher(found.upper) - fisher(found.lower)) / 2.0;
            assert!((reach - 1.959_964 / 4.0).abs() < 1e-6, "{reach}");
        }
    }

    #[test]
    fn inflation_is_one_over_what_the_others_leave() {
        // Correlation r of two: (C⁻¹)_jj = 1/(1 − r²).
        let a = column(1);
        let b: Vec<f64> = a.iter().zip(column(2)).map(|(a, noise)| a + 0.2 * noise).collect();
        let r = product(&standardised(&a).unwrap(), &standardised(&b).unwrap());
        let found = Regressors::new(&[a, b]).inflation()[0].unwrap();
        assert!((found - 1.0 / (1.0 - r * r)).abs() < 1e-9 * found, "{found}");
    }

    #[test]
    fn too_few_draws_and_constant_figures_are_not_explained() {
        let a = column(1);
        let regressors = Regressors::new(std::slice::from_ref(&a));
        assert_eq!(regressors.explain(&[2.0; 400], 400.0), None);
        assert_eq!(regressors.explain(&a, 3.0), None);
        assert_eq!(Regressors::new(&[]).explain(&[], 0.0), None);
    }
}
