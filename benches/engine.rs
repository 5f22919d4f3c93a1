//! The national scenario from its files to the last merged figure, without analysis, charts and report.
//!
//! Prints, for points that open when ready and when funded, the time of the start-up (reading, checking,
//! preparing) and of the engine, per draw and thread; and the most memory that the process has held.
//! `cargo bench --bench engine -- DRAWS THREADS REPEATS` changes what is measured.

use dotacija::engine::{Options, Prepared, Sink, YearOfBlock, replay, simulate};
use std::path::Path;
use std::time::Instant;

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let number = |place: usize, default: usize| numbers.get(place).copied().unwrap_or(default);
    let (draws, threads, repeats) = (number(0, 10_000), number(1, 2), number(2, 5));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/latvia/network-592.ron");
    println!("{draws} draws, {threads} threads, median of {repeats}, vectors: {}", level());
    for mode in ["WhenReady", "WhenFunded"] {
        let mut rows: Vec<[f64; 4]> =
            (0..repeats).map(|_| run(&path, mode, draws, threads)).collect();
        rows.sort_by(|a, b| a[2].total_cmp(&b[2]));
        let [start, engine, whole, unrecorded] = rows[repeats / 2];
        let each = engine * 1e6 * threads as f64 / draws as f64;
        println!(
            "{mode:<11} start-up {start:.3} s, engine {engine:.3} s, together {whole:.3} s; {each:.1} µs a draw \
             and thread, {unrecorded:.1} without recording"
        );
    }
    println!("most memory held: {} MB", peak_memory_mb());
}

/// Seconds of the start-up, of the engine, and of both; and microseconds a draw of one thread that
/// records nothing.
fn run(path: &Path, mode: &str, draws: usize, threads: usize) -> [f64; 4] {
    let begin = Instant::now();
    let settings = [format!("run.draws={draws}"), format!("network.mode={mode}")];
    let opened = dotacija::scenario::open(path, &settings);
    let Some(scenario) = opened.scenario else { return [f64::NAN; 4] };
    let prepared = Prepared::new(&scenario);
    let start = begin.elapsed().as_secs_f64();
    let options = Options { threads, ..Options::default() };
    assert!(simulate(&prepared, &options).is_ok(), "the national scenario runs");
    let whole = begin.elapsed().as_secs_f64();
    let some = (draws / 10).max(64);
    let begin = Instant::now();
    assert!(replay(&prepared, 0..some as u64, &mut Nothing).is_ok());
    [start, whole - start, whole, begin.elapsed().as_secs_f64() * 1e6 / some as f64]
}

/// Keeps nothing.
struct Nothing;

impl Sink for Nothing {
    fn year(&mut self, _: &YearOfBlock<'_>) {}
    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}

fn level() -> &'static str {
    dotacija::numeric::simd::level().name()
}

/// The most memory that this process has held, by the kernel's account (0 where it gives none).
fn peak_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0)
        / 1024
}
