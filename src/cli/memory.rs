//! Whether a run fits in memory: told before memory is used up, not after.

use crate::engine::Size;
use crate::model::Scenario;
use crate::problem::{Problem, codes};
use crate::report::grouped;
use std::fs;

/// What is taken to be free where the system does not say.
const USUAL: u64 = 16 << 30;

/// From so many bytes on it is told what a run takes.
const WORTH_TELLING: u64 = 1 << 30;

/// The problem of a run that needs more memory than is free, however few threads it may choose.
pub fn too_much(scenario: &Scenario, threads: usize, exact_quantiles: bool) -> Option<Problem> {
    let free = free();
    let size = fitting(scenario, threads, exact_quantiles, free);
    judged(&size, free, scenario.policies.len())
}

/// How many threads a run takes: those asked for, or where none are (0) as many as fit into memory. It
/// changes no figure.
pub fn threads(scenario: &Scenario, asked: usize, exact_quantiles: bool) -> usize {
    match asked {
        0 => size(scenario, 0, exact_quantiles).threads as usize,
        asked => asked,
    }
}

/// The size of a run on the threads asked for, or (0) on as many as fit.
pub fn size(scenario: &Scenario, asked: usize, exact_quantiles: bool) -> Size {
    fitting(scenario, asked, exact_quantiles, free())
}

/// What a run of a size takes of memory, where that is worth to be told.
pub fn announced(size: &Size) -> Option<String> {
    let free = free();
    (size.bytes >= WORTH_TELLING).then(|| {
        let threads = if size.threads == 1 { "thread" } else { "threads" };
        format!(
            "{} figures, up to {} GB of memory (about {} GB are free) on {} {threads}",
            grouped(Some(size.figures as f64)),
            gigabytes(size.bytes),
            free >> 30,
            size.threads
        )
    })
}

/// The size of a run on the threads asked for; where none are, on as many as fit, or on one.
fn fitting(scenario: &Scenario, asked: usize, exact_quantiles: bool, free: u64) -> Size {
    let of = |threads: usize| {
        let size = Size::of(scenario, scenario.run.draws, threads);
        if exact_quantiles { size.with_second_pass() } else { size }
    };
    let mut size = of(asked);
    while asked == 0 && size.threads > 1 && size.bytes > free {
        size = of(size.threads as usize - 1);
    }
    size
}

/// Whole gigabytes, rounded up.
fn gigabytes(bytes: u64) -> String {
    grouped(Some((bytes as f64 / f64::from(1 << 30)).ceil()))
}

fn judged(size: &Size, free: u64, policies: usize) -> Option<Problem> {
    if size.bytes <= free {
        return None;
    }
    let message = format!(
        "this run would keep {} figures and need {} GB of memory, and less than {} GB are free",
        grouped(Some(size.figures as f64)),
        gigabytes(size.bytes),
        gigabytes(free)
    );
    let mut remedies = Vec::new();
    if policies > 1 {
        remedies.push("fewer policies (`--policy NAME`)");
    }
    if size.threads > 1 {
        remedies.push("fewer threads (`--threads 1`)");
    }
    remedies.push("fewer years or rows of tables");
    let help = format!("simulate with {}", remedies.join(", "));
    let note = "each policy, programme, year and municipality has figures of its own";
    Some(Problem::error(codes::TOO_MUCH, message).note(note).help(help))
}

/// Bytes of memory that are free: what Linux says, and no more than the limit of a container.
fn free() -> u64 {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let machine = read("/proc/meminfo").lines().find_map(|line| {
        let kilobytes = line.strip_prefix("MemAvailable:")?.trim().strip_suffix("kB")?;
        kilobytes.trim().parse::<u64>().ok()?.checked_mul(1024)
    });
    let number = |path: &str| read(path).trim().parse::<u64>().ok();
    let container = number("/sys/fs/cgroup/memory.max")
        .map(|most| most.saturating_sub(number("/sys/fs/cgroup/memory.current").unwrap_or(0)));
    [machine, container].into_iter().flatten().min().unwrap_or(USUAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_not_spoken_of_and_what_does_not_is_told_in_numbers() {
        let size = Size { figures: 31_000_000, bytes: 62 << 30, threads: 4 };
        assert_eq!(judged(&size, 62 << 30, 2), None);
        let told = judged(&size, 8 << 30, 2).map(|problem| (problem.message, problem.help));
        let (message, help) = told.unwrap_or_default();
        assert_eq!(
            message,
            "this run would keep 31 000 000 figures and need 62 GB of memory, and less than 8 GB are free"
        );
        assert!(help.is_some_and(|help| help.contains("--policy") && help.contains("--threads 1")));
        let alone = Size { threads: 1, ..size };
        let help = judged(&alone, 0, 1).and_then(|problem| problem.help);
        assert_eq!(help.as_deref(), Some("simulate with fewer years or rows of tables"));
    }

    #[test]
    fn some_memory_is_free() {
        assert!(free() > 1 << 20);
    }
}
