//! Data to try the charts on: such as a national scenario gives, and such as nobody should.

mod choices;
mod latvian;
mod parts;
mod places;
mod questions;
mod years;

use super::compare::{Dot, Measure};
use super::fan::FanYear;
use super::frontier::{Alternative, Measured, Standing};
use super::map::Region;
use super::rollout::Observed;
use super::*;
pub use latvian::{said, spoken};
pub use {choices::*, parts::*, places::*, questions::*, years::*};

/// The 43 municipalities of Latvia since 1 July 2021 (Law on Administrative Territories and Populated Areas, 2020).
pub const NAMES: [&str; 43] = [
    "Rīga",
    "Daugavpils",
    "Jelgava",
    "Jūrmala",
    "Liepāja",
    "Rēzekne",
    "Ventspils",
    "Aizkraukles novads",
    "Alūksnes novads",
    "Augšdaugavas novads",
    "Ādažu novads",
    "Balvu novads",
    "Bauskas novads",
    "Cēsu novads",
    "Dienvidkurzemes novads",
    "Dobeles novads",
    "Gulbenes novads",
    "Jelgavas novads",
    "Jēkabpils novads",
    "Krāslavas novads",
    "Kuldīgas novads",
    "Ķekavas novads",
    "Limbažu novads",
    "Līvānu novads",
    "Ludzas novads",
    "Madonas novads",
    "Mārupes novads",
    "Ogres novads",
    "Olaines novads",
    "Preiļu novads",
    "Rēzeknes novads",
    "Ropažu novads",
    "Salaspils novads",
    "Saldus novads",
    "Saulkrastu novads",
    "Siguldas novads",
    "Smiltenes novads",
    "Talsu novads",
    "Tukuma novads",
    "Valkas novads",
    "Valmieras novads",
    "Varakļānu novads",
    "Ventspils novads",
];

const LONG: &str =
    "Dienvidkurzemes novads (\"bijušais\" Grobiņas & Aizputes <script>alert('x')</script> novads)";

pub fn heading(title: &str, subtitle: &str) -> Heading {
    Heading {
        title: said(title),
        subtitle: said(subtitle),
        caption: Caption {
            policy: said("rates of 2018, by tier"),
            pot: said("EUR 615,394 a year"),
            draws: Some(10_000),
            data_as_of: "2022-02-01".to_owned(),
            source: said("made-up figures in the shape of a national scenario"),
            note: String::new(),
        },
    }
}

/// Numbers between 0 and 1 that look scattered: fractions of the multiples of the golden ratio.
pub fn scattered(i: usize) -> f64 {
    let x = i as f64 * 0.618_033_988_749_895;
    x - x.floor()
}

/// Quantiles about a median.
fn quantiles(median: f64, spread: f64) -> Quantiles {
    let at = |share: f64| median * (1.0 + spread * share);
    Quantiles {
        p05: at(-0.8),
        p10: at(-0.65),
        p25: at(-0.35),
        p50: median,
        p75: at(0.45),
        p90: at(0.95),
        p95: at(1.3),
    }
}

/// Quantiles that are all the same.
fn flat(value: f64) -> Quantiles {
    Quantiles { p05: value, p10: value, p25: value, p50: value, p75: value, p90: value, p95: value }
}

/// Every municipality, and one with a name that is too long, with the same value.
fn long_rows(value: f64) -> Vec<Interval> {
    let row = |name: &str| Interval { name: name.to_owned(), value, low: value, high: value };
    NAMES.iter().map(|name| row(name)).chain([row(LONG)]).collect()
}

/// So many municipalities: the names of today, then such as the parishes before the reform had.
pub fn names(count: usize) -> Vec<String> {
    let name = |i: usize| match i {
        0..43 => NAMES[i].to_owned(),
        _ => format!("Dienvidkurzemes novada {}. pagasts", i - 42),
    };
    (0..count).map(name).collect()
}

/// Numbers that no scenario has.
fn odd(i: usize) -> f64 {
    [1e-12, -5e5, 3e11, 0.0, f64::NAN, -1.0, f64::INFINITY, 1e300, 42.0][i % 9]
}

fn odd_row(i: usize) -> Interval {
    Interval {
        name: format!("{} {i}", NAMES[i % 43]),
        value: odd(i),
        low: odd(i + 1),
        high: odd(i + 2),
    }
}

fn odd_quantiles(i: usize) -> Quantiles {
    Quantiles { p05: odd(i), p95: odd(i + 1), ..Quantiles::default() }
}

/// Charts of every family.
fn all(families: [Vec<Box<dyn Chart>>; 5]) -> Vec<Box<dyn Chart>> {
    families.into_iter().flatten().collect()
}

/// Every chart on plausible data.
pub fn plausible() -> Vec<Box<dyn Chart>> {
    all([
        years::plausible(),
        places::plausible(),
        parts::plausible(),
        questions::plausible(),
        choices::plausible(),
    ])
}

/// The same with the words of a language.
pub fn plausible_in(language: Language) -> Vec<Box<dyn Chart>> {
    spoken(language, plausible)
}

/// Every chart without any data.
pub fn empty() -> Vec<Box<dyn Chart>> {
    all([years::empty(), places::empty(), parts::empty(), questions::empty(), choices::empty()])
}

/// Every chart with the same number everywhere, and texts that are too long and full of marks.
pub fn all_equal(value: f64) -> Vec<Box<dyn Chart>> {
    all([
        years::all_equal(value),
        places::all_equal(value),
        parts::all_equal(value),
        questions::all_equal(value),
        choices::all_equal(value),
    ])
}

/// Every chart of one item only.
pub fn single() -> Vec<Box<dyn Chart>> {
    all([
        years::single(),
        places::single(),
        parts::single(),
        questions::single(),
        choices::single(),
    ])
}

/// Every chart on numbers that no scenario has.
pub fn extreme() -> Vec<Box<dyn Chart>> {
    all([
        years::extreme(),
        places::extreme(),
        parts::extreme(),
        questions::extreme(),
        choices::extreme(),
    ])
}

/// Charts of municipalities with the 119 that there were before 2021.
pub fn many() -> Vec<Box<dyn Chart>> {
    places::many()
}
