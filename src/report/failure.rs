//! A run that failed, as a problem with its place.

use crate::engine::{Failure, Fault};
use crate::problem::{Problem, codes};

/// What a failed run tells: the formula underlined, and in which future it failed first.
pub fn problem(failure: &Failure) -> Problem {
    match failure {
        Failure::Threads(reason) => {
            Problem::error(codes::THREADS, format!("the threads could not be started: {reason}"))
                .help("try again with --threads 1")
        }
        Failure::Formula { draw, fault } => {
            let when = draw.map_or_else(
                || "with every input at its middle value".to_owned(),
                |draw| format!("first in draw {draw}"),
            );
            formula(&when, fault)
        }
        Failure::Designed { fault } => formula("in a row of the design", fault),
        Failure::Streams(first, second) => streams(first, second),
        Failure::Stopped => {
            Problem::error(codes::STOPPED, "the simulation was stopped before its end")
                .help("ask again")
        }
    }
}

fn streams(first: &str, second: &str) -> Problem {
    let message = if first == second {
        format!("two entities or years of the input `{first}` would be drawn alike")
    } else {
        format!("the inputs `{first}` and `{second}` would be drawn alike")
    };
    Problem::error(codes::STREAMS, message)
        .note("the numbers of their draws are hashes of their names, and two of these are the same")
        .help(format!("rename the input `{second}`"))
}

fn formula(when: &str, fault: &Fault) -> Problem {
    let (least, most) = fault.range;
    let what = if fault.value.is_finite() && least == most {
        format!("gives {}, and {least} for others of the same pool", fault.value)
    } else if fault.value.is_finite() {
        let side = if fault.value < fault.range.0 { "less" } else { "more" };
        format!("gives {}, {side} than it may", fault.value)
    } else {
        "has no finite value".to_owned()
    };
    let whose = fault.policy.as_ref().map_or_else(String::new, |(policy, programme)| {
        format!(", policy \"{policy}\", programme \"{programme}\"")
    });
    let message = format!(
        "the formula `{}` {what}: {when}, {}, {}{whose}",
        fault.formula, fault.row, fault.year
    );
    let mut problem = Problem::error(codes::FORMULA_FAILS, message);
    if let Some(place) = &fault.place {
        problem = problem.at(place, "this formula");
    }
    let help = if fault.value.is_finite() {
        if least == most {
            "a pool has one pot: take a column that is the same in the whole pool, or a sum over it, such as \
             `sum(population, by: region)`"
                .to_owned()
        } else if most == f64::MAX {
            "let it give at least 0, for example by max(0, …)".to_owned()
        } else {
            format!(
                "let it stay between {least} and {most}, for example by clamp(…, {least}, {most})"
            )
        }
    } else {
        "look for a division by zero, the root or logarithm of a negative number, or a threshold not \
         reached; `if` chooses another value where that can happen"
            .to_owned()
    };
    problem
        .note("nothing was written: a result in which a formula fails in some future is not one")
        .help(help)
}
