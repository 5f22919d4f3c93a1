//! What was found of a run, in words, as CSV or as JSON.

use super::{Sampled, Simulated, Verified, VerifyArguments};
use crate::cli::list::Format;
use crate::cli::{Ending, show};
use crate::problem::tamed;
use crate::report::draws::{DRAWS, Difference};
use crate::report::{Manifest, csv_cell, grouped};

/// What no verification tells; printed with each.
const NOT_ESTABLISHED: &str = "\
This says that the files are those of one run, and that its figures follow from its inputs
by this version of the program. It does not say that the inputs are right, that the
assumptions hold, or that the model is what the law will do: docs/validation.md says what
was held against the world.";

/// What files alone do not tell.
const NOT_OF_FILES: &str = "\
This says that the files are those of one run. It does not say that its figures follow from
its inputs, that the inputs are right, that the assumptions hold, or that the model is what
the law will do: docs/validation.md says what was held against the world.";

/// What a sample does not tell.
const NOT_OF_SAMPLE: &str = "\
This says that the files are those of one run, and that the draws of these blocks follow
from its inputs by this version of the program. It does not say so of any other draw, nor
of tables, pictures, page and workbook, which are made of all draws: without --blocks all
of them are made again. Which blocks are looked at follows from their number alone, so that
whoever knows it could alter the others. Nor does it say that the inputs are right, that the
assumptions hold, or that the model is what the law will do: docs/validation.md says what
was held against the world.";

/// The columns of the findings as CSV.
const HEADER: &str =
    "finding,file,value,draw,policy,programme,year,municipality,column,kept,simulated\n";

/// What these findings do not tell.
pub fn not_established(found: &Verified) -> String {
    limits(found).replace('\n', " ")
}

/// The same in lines for a terminal.
fn limits(found: &Verified) -> &'static str {
    match (&found.sample, &found.simulated) {
        (Some(_), _) => NOT_OF_SAMPLE,
        (None, Some(_)) => NOT_ESTABLISHED,
        (None, None) => NOT_OF_FILES,
    }
}

/// Prints what was found; the status is that of the run.
pub fn tell(found: &Verified, arguments: &VerifyArguments, manifest: &Manifest) -> Ending {
    let is_sound = found.is_sound();
    if is_sound && arguments.quiet {
        return Ending::Done;
    }
    let told = match arguments.format {
        Format::Json => match serde_json::to_string_pretty(found) {
            Ok(text) => text + "\n",
            Err(error) => {
                show::message(&format!("error: the findings cannot be written as JSON: {error}"));
                return Ending::WorldFailed;
            }
        },
        Format::Csv => csv(found),
        Format::Table => text(found, arguments, manifest),
    };
    match show::result(&told) {
        Ending::Done if !is_sound => Ending::Wrong,
        ending => ending,
    }
}

fn csv(found: &Verified) -> String {
    let lists = [
        ("missing", &found.missing),
        ("changed", &found.changed),
        ("strange", &found.strange),
        ("different", &found.different),
        ("not made again", &found.left_out),
    ];
    let mut text = HEADER.to_owned();
    let mut row = |finding: &str, cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        let commas = ",".repeat(10 - cells.len());
        text.push_str(&format!("{finding},{}{commas}\n", cells.join(",")));
    };
    for (finding, names) in lists {
        for name in names {
            row(finding, &[name]);
        }
    }
    if let Some(Sampled { blocks, of_blocks, of_draws, compared, .. }) = &found.sample {
        let counts = [
            ("blocks simulated", *blocks),
            ("blocks of the run", *of_blocks),
            ("draws compared", compared.draws),
            ("draws of the run", *of_draws),
            ("values compared", compared.values),
            ("values that differ", compared.differing),
        ];
        for (finding, count) in counts {
            row(finding, &[DRAWS, &count.to_string()]);
        }
        for of in &compared.first {
            let cells = [
                DRAWS,
                "",
                &of.draw.to_string(),
                &of.policy,
                &of.programme,
                &of.year.to_string(),
                &of.municipality,
                of.column,
                of.kept.as_deref().unwrap_or(""),
                of.simulated.as_deref().unwrap_or(""),
            ];
            row("differs", &cells);
        }
        if let Some(why) = &compared.unreadable {
            row("cannot be read", &[DRAWS, why]);
        }
    }
    row("not established", &["", &found.not_established]);
    text
}

fn text(found: &Verified, arguments: &VerifyArguments, manifest: &Manifest) -> String {
    let mut text = of_files(found, arguments);
    match (&found.sample, &found.simulated) {
        (Some(sample), Some(simulated)) => {
            text.push_str(&of_sample(sample, simulated.seed, found.left_out.len()));
        }
        (_, Some(simulated)) => text.push_str(&of_whole(found, simulated)),
        _ if arguments.files_only => {
            text.push_str("nothing was simulated: without --files-only the run is\n");
        }
        _ => text.push_str("nothing was simulated: its inputs are not those that were run\n"),
    }
    let version = env!("CARGO_PKG_VERSION");
    let differs = found.sample.as_ref().is_some_and(|of| of.compared.differing > 0);
    if (differs || !found.different.is_empty()) && manifest.version != version {
        text.push_str(&format!(
            "  the run was written by version {}, and this is version {version}: verify it with that one\n",
            manifest.version
        ));
    }
    text.push_str(&format!("\n{}\n", limits(found)));
    text
}

fn of_files(found: &Verified, arguments: &VerifyArguments) -> String {
    let mut text = String::new();
    let folder = arguments.folder.display();
    let unsound = found.missing.len() + found.changed.len();
    let listed = whole(found.listed as u64);
    if unsound == 0 {
        text.push_str(&format!("{folder}: all {listed} files are as they were written\n"));
    } else {
        let unsound = whole(unsound as u64);
        text.push_str(&format!(
            "{folder}: {unsound} of {listed} files are not as they were written\n"
        ));
    }
    let mut list = |what: &str, names: &[String]| {
        for name in names {
            text.push_str(&format!("  {what}: {name}\n"));
        }
    };
    list("missing", &found.missing);
    list("changed", &found.changed);
    list("not of this run", &found.strange);
    text
}

fn of_whole(found: &Verified, Simulated { draws, seed }: &Simulated) -> String {
    let (same, all) = (found.same, found.same + found.different.len());
    let mut text = format!(
        "simulated again, {} draws with seed {seed}: {} of {} files come out the same, byte for byte\n",
        whole(*draws),
        whole(same as u64),
        whole(all as u64)
    );
    for name in &found.different {
        text.push_str(&format!("  otherwise: {name}\n"));
    }
    text
}

fn of_sample(sample: &Sampled, seed: u64, others: usize) -> String {
    let Sampled { blocks, of_blocks, of_draws, compared, .. } = sample;
    let mut text = String::new();
    if let Some(why) = &compared.unreadable {
        text.push_str(&format!(
            "{DRAWS} cannot be read on: {}\n  it was cut off or altered after the run: take it from a copy, or \
             run again with --keep-draws\n",
            tamed(why)
        ));
    }
    let [draws, values] = [compared.draws, compared.values].map(whole);
    let came_out = match (compared.values, compared.differing) {
        (0, _) => "nothing was compared".to_owned(),
        (_, 0) => format!("{values} values of {DRAWS} were compared, and all are the same"),
        (_, differing) => {
            format!("{} of {values} values of {DRAWS} are otherwise", whole(differing))
        }
    };
    text.push_str(&format!(
        "simulated again, {} of {} blocks with seed {seed}, {draws} of {} draws: {came_out}\n",
        whole(*blocks),
        whole(*of_blocks),
        whole(*of_draws)
    ));
    for difference in &compared.first {
        text.push_str(&format!("  otherwise: {}\n", line(difference)));
    }
    let untold = compared.differing - compared.first.len() as u64;
    if untold > 0 {
        text.push_str(&format!("  and {} more\n", whole(untold)));
    }
    text.push_str(&format!(
        "not looked at: {} other draws; {} other files were read for their digest, and not made again\n",
        whole(of_draws.saturating_sub(compared.draws)),
        whole(others as u64)
    ));
    text
}

/// `draw 70, Equal, maintenance, 2027, A, award_cents: 12, and 13 was simulated`.
fn line(of: &Difference) -> String {
    let value = |value: &Option<String>| {
        value.as_deref().map_or_else(|| "nothing".to_owned(), |value| tamed(value).into_owned())
    };
    format!(
        "draw {}, {}, {}, {}, {}, {}: {}, and {} was simulated",
        of.draw,
        of.policy,
        of.programme,
        of.year,
        of.municipality,
        of.column,
        value(&of.kept),
        value(&of.simulated)
    )
}

fn whole(count: u64) -> String {
    grouped(Some(count as f64))
}
