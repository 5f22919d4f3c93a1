//! Whether those with more pay, or receive, more than their part.

use super::sample::finite_ratio;
use super::{Sample, weighted_gini};

/// How a tax (or an award) is spread over those who have an income (or a need).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progressivity {
    /// The Gini coefficient of the incomes.
    pub gini_income: f64,
    /// The concentration of the tax when people stand in order of income: −1 to 1, 0 where it is the
    /// same for all.
    pub concentration_tax: f64,
    /// The concentration less the Gini coefficient: 0 where all pay the same share of their income,
    /// above 0 where the share grows with it.
    pub kakwani: f64,
    /// The same over shares of income in place of shares of people.
    pub suits: f64,
}

/// Concentration (Kakwani 1977, <https://doi.org/10.2307/2231833>) and Suits's index (Suits 1977,
/// <https://www.jstor.org/stable/1813408>), by trapezoids. Those with equal incomes count as one.
/// An empty `weights` weighs all alike. `None` also where incomes or taxes are negative or nothing.
#[must_use]
pub fn progressivity(incomes: &[f64], taxes: &[f64], weights: &[f64]) -> Option<Progressivity> {
    let ones = vec![1.0; incomes.len()];
    let weights = if weights.is_empty() { &ones } else { weights };
    if incomes.len() != taxes.len() {
        return None;
    }
    let gini_income = weighted_gini(incomes, weights)?;
    let tax = Sample::weighted(taxes, weights).filter(Sample::is_shared)?;
    let income = Sample::weighted(incomes, weights)?;
    let mut order: Vec<usize> = (0..incomes.len()).collect();
    let key = |index: usize| (incomes[index], taxes[index], weights[index]);
    order.sort_by(|&a, &b| {
        let (a, b) = (key(a), key(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    });
    // Below the curves: of taxes over people, and of taxes over income.
    let (mut over_people, mut over_income, mut paid) = (0.0, 0.0, 0.0);
    for equals in order.chunk_by(|&a, &b| incomes[a] == incomes[b]) {
        let sum = |of: &dyn Fn(usize) -> f64| equals.iter().map(|&index| of(index)).sum::<f64>();
        let heads = sum(&|index| weights[index]);
        let earned = sum(&|index| weights[index] * incomes[index]);
        let more = sum(&|index| weights[index] * taxes[index]);
        over_people += heads * (2.0 * paid + more);
        over_income += earned * (2.0 * paid + more);
        paid += more;
    }
    let below = |area: f64, width: f64| finite_ratio(area, width * tax.total());
    let concentration_tax = 1.0 - below(over_people, income.weight())?;
    let suits = 1.0 - below(over_income, income.total())?;
    Some(Progressivity {
        gini_income,
        concentration_tax,
        kakwani: concentration_tax - gini_income,
        suits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tax_in_proportion_is_neutral_and_one_on_the_rich_is_not() {
        let incomes = [1.0, 2.0, 7.0];
        let neutral = progressivity(&incomes, &[0.2, 0.4, 1.4], &[]).unwrap();
        assert!(neutral.kakwani.abs() < 1e-15 && neutral.suits.abs() < 1e-15);
        // Only the third pays: C = 1 − 1/3 = 2/3. G = (1·(−2) + 2·0 + 7·2)/(3·10) = 0.4.
        // Over income: the line from 0 at 0.3 to 1 at 1, 1 − 2 · 0.35 = 0.3.
        let rich = progressivity(&incomes, &[0.0, 0.0, 5.0], &[]).unwrap();
        for (found, expected) in [
            (rich.concentration_tax, 2.0 / 3.0),
            (rich.gini_income, 0.4),
            (rich.kakwani, 2.0 / 3.0 - 0.4),
            (rich.suits, 0.3),
        ] {
            assert!((found - expected).abs() < 1e-15, "{found} for {expected}");
        }
    }

    #[test]
    fn a_tax_on_nobody_or_below_nothing_has_no_measure() {
        assert_eq!(progressivity(&[1.0, 2.0], &[0.0, 0.0], &[]), None);
        assert_eq!(progressivity(&[1.0, 2.0], &[-1.0, 3.0], &[]), None);
        assert_eq!(progressivity(&[1.0], &[1.0, 2.0], &[]), None);
    }
}
