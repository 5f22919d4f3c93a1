//! A scenario simulated, and what it comes to as tables.

use crate::problems::{notes, refused};
use crate::table::Table;
use crate::watch::{Watch, attended};
use arrow_schema::ArrowError;
use dotacija::analysis::{Attained, Findings, simulate_as_asked};
use dotacija::cli::{missed_precision, threads_that_fit, too_much};
use dotacija::engine::{self, Failure, Options, Pauses, Prepared, Tally};
use dotacija::model::{Note, Scenario};
use dotacija::report::{failure, tables};
use dotacija::scenario;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::json;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

/// What a run has found.
#[pyclass(frozen)]
pub struct Found {
    tables: Vec<(&'static str, Table)>,
    /// What was run, as JSON.
    #[pyo3(get)]
    about: String,
    /// Warnings, as a list in JSON.
    #[pyo3(get)]
    warnings: String,
}

#[pymethods]
impl Found {
    /// Every table under its name.
    #[getter]
    fn tables(&self) -> Vec<(&'static str, Table)> {
        self.tables.clone()
    }
}

/// How a run is carried out.
#[derive(Clone, Copy)]
struct How {
    threads: usize,
    central: bool,
    exact_quantiles: bool,
}

/// Why there is nothing to show.
enum Unfound {
    Failed(Failure),
    Unwritten(ArrowError),
}

/// Opens a scenario with settings and simulates it.
#[pyfunction]
#[allow(clippy::too_many_arguments)] // they are those of the Python function, which names them
pub fn run(
    py: Python<'_>,
    path: PathBuf,
    settings: Vec<String>,
    policies: Vec<String>,
    threads: usize,
    central: bool,
    exact_quantiles: bool,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Found> {
    let how = How { threads, central, exact_quantiles };
    let opened = py.detach(|| {
        let mut opened = scenario::open(&path, &settings);
        opened.keep_policies(&policies);
        opened.refuse_if(|scenario| too_much(scenario, threads, exact_quantiles));
        opened
    });
    let Some(scenario) = &opened.scenario else {
        return Err(refused(py, &opened.problems, &opened.sources));
    };
    let total = scenario.run.draws;
    let tell = |done: u64| match &progress {
        Some(progress) => progress.call1((done, total)).map(|_| ()),
        None => Ok(()),
    };
    let found = attended(py, &tell, |watch| work(scenario, &opened.assumed, how, watch))?;
    match found {
        Ok(found) => Ok(found),
        Err(Unfound::Failed(why)) => Err(refused(py, &[failure::problem(&why)], &opened.sources)),
        Err(Unfound::Unwritten(error)) => Err(PyValueError::new_err(error.to_string())),
    }
}

fn work(
    scenario: &Scenario,
    assumed: &[String],
    how: How,
    watch: &Watch,
) -> Result<Found, Unfound> {
    let prepared = Prepared::new(scenario);
    let lines = how.central.then(|| engine::central(&prepared)).transpose();
    let lines = lines.map_err(Unfound::Failed)?;
    let (tally, attained) = simulated(&prepared, how, watch).map_err(Unfound::Failed)?;
    let findings = Findings::new(&prepared, &tally);
    let worksheet = lines
        .as_ref()
        .map(|lines| ("worksheet", tables::worksheet(scenario, lines, tables::Table::default())));
    let tables = tables::of_run(&findings, tables::Table::default).into_iter().chain(worksheet);
    let tables: Result<_, ArrowError> =
        tables.map(|(name, table)| Ok((name, Table::of(&table)?))).collect();
    let mut about = json!(findings.about);
    about["assumed"] = json!(assumed);
    about["precision"] = json!(attained);
    let mut warnings = findings.warnings;
    let missed = attained.and_then(|attained| missed_precision(scenario, &attained));
    warnings.extend(missed.map(|problem| Note::new(&problem, &scenario.waivers)));
    Ok(Found {
        tables: tables.map_err(Unfound::Unwritten)?,
        about: about.to_string(),
        warnings: notes(&warnings).to_string(),
    })
}

fn simulated(
    prepared: &Prepared<'_>,
    how: How,
    watch: &Watch,
) -> Result<(Tally, Option<Attained>), Failure> {
    let report = |done| watch.done.store(done, Ordering::Relaxed);
    let threads = threads_that_fit(prepared.scenario, how.threads, how.exact_quantiles);
    let options = Options { threads, progress: &report, stop: Some(&watch.stop) };
    let unkept = (Pauses::default(), Vec::new());
    let (tally, attained) = simulate_as_asked(prepared, &options, unkept, |_| {})?;
    let tally =
        if how.exact_quantiles { engine::find_exactly(prepared, tally, &options)? } else { tally };
    Ok((tally, attained))
}
