//! `dotacija._native`: what the Python package `dotacija` (in `package/`) calls. It converts, and computes
//! nothing: scenarios are opened, simulated and turned into rows by the functions that the program uses.

// Python's arguments come as values, which PyO3 has made.
#![allow(clippy::needless_pass_by_value)]

mod allocate;
mod problems;
mod run;
mod table;
mod watch;

/// The compiled part of `dotacija`.
#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use super::allocate::{allocate, methods, rules};
    #[pymodule_export]
    use super::problems::check;
    #[pymodule_export]
    use super::run::{Found, run};
    #[pymodule_export]
    use super::table::Table;

    /// What the program is made of, and the licences of its parts …
    #[pymodule_export]
    const LICENCES: &str = dotacija::cli::LICENCES;
    /// … and the same of what is here beside it.
    #[pymodule_export]
    const LICENCES_OF_MODULE: &str = include_str!("../licences.txt");

    /// The version of the program that this is.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
