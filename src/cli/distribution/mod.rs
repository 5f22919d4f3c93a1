//! `distribution`: moments, quantiles and a picture of a distribution, from closed forms or numerics.

pub mod figure;
mod plot;

use super::{Ending, show};
use crate::random::distribution::Distribution;
use crate::scenario::lone_distribution;
use clap::{Args, ValueEnum};
use figure::{aligned_at_point, figure};
use serde::{Serialize, Serializer};

/// What to show.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Nothing is sampled: moments and quantiles are closed forms or numerical integrals, exact to the \
digits shown. In JSON a number that is infinite is the text \"Infinity\" or \"-Infinity\", and a \
figure that the distribution has not is null: nothing that varies, no skew; several values equally \
likely, no mode.")]
pub struct DistributionArguments {
    /// As in a scenario, in quotes: 'Pert(min: 3, mode: 5, max: 10)'; `list distributions` names all
    distribution: String,
    /// Shares from 0 to 1 whose quantiles are shown; 0 and 1 are the ends of the range
    #[arg(
        long,
        value_name = "P,…",
        value_delimiter = ',',
        value_parser = share,
        allow_hyphen_values = true,
        default_value = "0.01,0.05,0.1,0.25,0.5,0.75,0.9,0.95,0.99"
    )]
    probs: Vec<f64>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// For whom figures are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a table and a picture
    Text,
    /// For programs
    Json,
}

/// What is said of a distribution.
#[derive(Debug, Serialize)]
struct Figures<'a> {
    distribution: &'a str,
    mean: Number,
    sd: Number,
    skew: Number,
    excess_kurtosis: Number,
    min: Number,
    mode: Number,
    median: Number,
    max: Number,
    probs: &'a [f64],
    quantiles: Vec<Number>,
}

/// A number, if there is one.
#[derive(Clone, Copy, Debug)]
struct Number(Option<f64>);

/// Shows a distribution.
pub fn distribution(arguments: &DistributionArguments) -> Ending {
    match lone_distribution(&arguments.distribution) {
        Ok((found, spelled)) => {
            let figures = Figures::of(&*found, &spelled, &arguments.probs);
            show::result(&match arguments.format {
                Format::Text => format!("{}\n{}", figures.text(), plot::plot(&*found)),
                Format::Json => figures.json(),
            })
        }
        Err(unreadable) => {
            show::problems(&unreadable.problems, &unreadable.sources);
            Ending::Wrong
        }
    }
}

/// A share from 0 to 1, as it stands on the command line.
pub fn share(text: &str) -> Result<f64, String> {
    let help = "write shares from 0 to 1 with a decimal point, such as 0.05,0.5,0.95";
    match text.trim().parse::<f64>() {
        // A negative zero is zero.
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value + 0.0),
        Ok(value) if value.is_finite() => Err(format!("{value} is not from 0 to 1; {help}")),
        _ => Err(format!("this is no number; {help}")),
    }
}

impl<'a> Figures<'a> {
    fn of(distribution: &dyn Distribution, spelled: &'a str, probs: &'a [f64]) -> Self {
        let some = |value| Number(Some(value));
        Self {
            distribution: spelled,
            mean: some(distribution.mean()),
            sd: some(distribution.sd()),
            skew: Number(distribution.skew()),
            excess_kurtosis: Number(distribution.excess_kurtosis()),
            min: some(distribution.quantile(0.0)),
            mode: Number(distribution.mode()),
            median: some(distribution.median()),
            max: some(distribution.quantile(1.0)),
            probs,
            quantiles: probs.iter().map(|&p| some(distribution.quantile(p))).collect(),
        }
    }

    fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Two tables side by side: figures with their names, quantiles with their shares.
    fn text(&self) -> String {
        let named = [
            ("mean", self.mean),
            ("sd", self.sd),
            ("skew", self.skew),
            ("excess kurtosis", self.excess_kurtosis),
            ("min", self.min),
            ("mode", self.mode),
            ("median", self.median),
            ("max", self.max),
        ];
        let figures = aligned_at_point(named.iter().map(|(_, number)| number.text()));
        let shares = aligned_at_point(self.probs.iter().map(|&p| p.to_string()));
        let quantiles = aligned_at_point(self.quantiles.iter().map(|number| number.text()));
        let widest = figures.iter().map(|text| text.chars().count()).max().unwrap_or(0);
        let mut text = format!("{}\n\n", self.distribution);
        for row in 0..figures.len().max(shares.len()) {
            let left = named.get(row).zip(figures.get(row));
            let left =
                left.map_or_else(String::new, |((name, _), text)| format!("{name:<15}  {text}"));
            let right = shares.get(row).zip(quantiles.get(row));
            let right = right.map_or_else(String::new, |(share, text)| format!("{share}  {text}"));
            let between = if row == 0 { "quantiles" } else { "" };
            let line = format!("  {left:<width$}   {between:<9}  {right}", width = 17 + widest);
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

impl Number {
    fn text(self) -> String {
        self.0.map_or_else(|| "–".to_owned(), figure)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(value) if value == f64::INFINITY => serializer.serialize_str("Infinity"),
            Some(value) if value == f64::NEG_INFINITY => serializer.serialize_str("-Infinity"),
            Some(value) if value.is_finite() => serializer.serialize_f64(value),
            _ => serializer.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_number_from_0_to_1() {
        assert_eq!(share(" 0.05 "), Ok(0.05));
        assert_eq!((share("0"), share("1")), (Ok(0.0), Ok(1.0)));
        assert!(share("1.01").unwrap_err().starts_with("1.01 is not from 0 to 1"));
        assert!(share("-0.1").unwrap_err().starts_with("-0.1 is not from 0 to 1"));
        for wrong in ["", "5%", "half", "NaN", "inf"] {
            assert!(share(wrong).unwrap_err().starts_with("this is no number"), "{wrong}");
        }
    }

    #[test]
    fn what_is_infinite_and_what_there_is_not_are_told_apart_in_json() {
        let written = |number| serde_json::to_string(&Number(number)).unwrap();
        assert_eq!(written(Some(0.1)), "0.1");
        assert_eq!(written(Some(f64::INFINITY)), "\"Infinity\"");
        assert_eq!(written(Some(f64::NEG_INFINITY)), "\"-Infinity\"");
        assert_eq!(written(None), "null");
    }
}
