//! `run --keep-draws`: how large `draws.parquet` is going to be, and how it is written.

use super::{failure, progress};
use crate::engine::{Options, Prepared};
use crate::model::Scenario;
use crate::problem::{Problem, codes};
use crate::report::draws::{self, DRAWS, Expected, MOST_ROWS, Unwritten};
use crate::report::{Aside, Destination, WriteError, grouped};
use std::convert::Infallible;

/// How the file is made; neither changes a byte.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// How many threads; 0: one per core.
    pub threads: usize,
    /// Whether nothing is said.
    pub quiet: bool,
}

/// Why there is no file.
#[derive(Debug)]
pub enum Unkept {
    /// A draw failed, or rows cannot be written down.
    Failed(Box<Problem>),
    /// The system refuses.
    Refused(WriteError),
}

/// The problem of a file with too many rows.
pub fn too_many(scenario: &Scenario) -> Option<Problem> {
    let expected = Expected::of(scenario, scenario.run.draws);
    if expected.rows <= MOST_ROWS {
        return None;
    }
    let of_a_draw = Expected::of(scenario, 1).rows.max(1);
    let message = format!(
        "{DRAWS} would have {}, and at most {} rows are written",
        size(expected),
        grouped(Some(MOST_ROWS as f64))
    );
    let note = format!(
        "each of {} draws has a row for each policy, programme, year and municipality: {}",
        grouped(Some(scenario.run.draws as f64)),
        grouped(Some(of_a_draw as f64))
    );
    let fewer = match MOST_ROWS / of_a_draw {
        0 => "keep no draws".to_owned(),
        draws => format!("keep at most {} draws (`--draws {draws}`)", grouped(Some(draws as f64))),
    };
    let policies =
        if scenario.policies.len() > 1 { ", or run fewer policies (`--policy NAME`)" } else { "" };
    Some(Problem::error(codes::TOO_MUCH, message).note(note).help(format!("{fewer}{policies}")))
}

/// What is told before the run begins.
pub fn announced(scenario: &Scenario) -> String {
    let expected = Expected::of(scenario, scenario.run.draws);
    let most = if scenario.run.precision.is_some() { "at most " } else { "" };
    format!("{DRAWS} will have {most}{}; the draws are simulated once more for it", size(expected))
}

/// `20 640 000 rows, about 248 MB`.
fn size(Expected { rows, bytes }: Expected) -> String {
    let megabytes = bytes.div_ceil(1_000_000);
    let size = if megabytes < 10_000 {
        format!("{} MB", grouped(Some(megabytes as f64)))
    } else {
        format!("{} GB", grouped(Some(bytes.div_ceil(1_000_000_000) as f64)))
    };
    format!("{} rows, about {size}", grouped(Some(rows as f64)))
}

/// Simulates the draws again and writes them beside the folder of the run.
///
/// # Errors
/// A draw fails, or the file cannot be written.
pub fn write(
    prepared: &Prepared<'_>,
    draws: u64,
    destination: &Destination,
    how: Kept,
) -> Result<Aside, Unkept> {
    let mut aside = destination.aside(DRAWS).map_err(Unkept::Refused)?;
    made(prepared, draws, how, &mut |bytes| aside.put(bytes)).map_err(|why| match why {
        Unwritten::Refused(error) => Unkept::Refused(error),
        other => Unkept::Failed(Box::new(problem(&other))),
    })?;
    Ok(aside)
}

/// The digest of the file that these draws make, which is not written.
///
/// # Errors
/// A draw fails.
pub fn digest(prepared: &Prepared<'_>, draws: u64, how: Kept) -> Result<String, Box<Problem>> {
    let mut hasher = blake3::Hasher::new();
    let taken = made::<Infallible>(prepared, draws, how, &mut |bytes| {
        hasher.update(bytes);
        Ok(())
    });
    taken.map_err(|why| Box::new(problem(&why)))?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Simulates the draws again and hands over the bytes of the file.
fn made<E: Send>(
    prepared: &Prepared<'_>,
    draws: u64,
    how: Kept,
    put: &mut (dyn FnMut(&[u8]) -> Result<(), E> + Send),
) -> Result<(), Unwritten<E>> {
    let bar = progress::bar(draws, how.quiet);
    let options = Options {
        threads: how.threads,
        progress: &|done| bar.set_position(done),
        ..Options::default()
    };
    let written = draws::write(prepared, draws, &options, put);
    bar.finish_and_clear();
    written
}

/// What to tell where draws fail or cannot be written down.
fn problem<E>(why: &Unwritten<E>) -> Problem {
    let cannot =
        |why: &str| Problem::error(codes::TOO_MUCH, format!("{DRAWS} cannot be written: {why}"));
    match why {
        Unwritten::Simulation(why) => failure::problem(why),
        Unwritten::Format(why) => cannot(why),
        Unwritten::Refused(_) => cannot("its bytes are not taken"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::example;

    #[test]
    fn too_many_rows_are_refused_with_the_number_of_draws_that_fit() {
        // 2 policies · 2 programmes · 2 years · 3 municipalities = 24 rows a draw; 250 million are
        // 10,416,666 draws and 16 rows.
        let mut scenario = example();
        scenario.run.draws = 10_416_666;
        assert_eq!(too_many(&scenario), None);
        scenario.run.draws += 1;
        let problem = too_many(&scenario).unwrap();
        let help = problem.help.unwrap_or_default();
        assert!(problem.message.contains("250 000 008 rows"), "{}", problem.message);
        assert!(help.contains("--draws 10416666") && help.contains("--policy"), "{help}");
        scenario.run.draws = u64::MAX;
        assert!(too_many(&scenario).is_some());
    }

    #[test]
    fn the_size_is_told_in_rows_and_bytes() {
        let mut scenario = example();
        scenario.run.draws = 100_000;
        // 2,400,000 rows of 12 bytes are 28.8 million.
        assert_eq!(
            announced(&scenario),
            "draws.parquet will have 2 400 000 rows, about 29 MB; the draws are simulated once more for it"
        );
    }
}
