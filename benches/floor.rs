//! The engine beside its floor, on the national scenario: a loop that only draws the same variates and
//! only records as many cells as the engine keeps. One line of JSON, which `benches/peers/run.sh` reads.
//!
//! `floor engine DRAWS THREADS` times the simulation and the reading of every quantile, without what is
//! made ready once; `floor floor DRAWS` times the two loops; without arguments both run, briefly.

use dotacija::engine::{Cube, Noting, Options, Prepared, Tally, simulate, simulate_part};
use dotacija::expression::Extent;
use dotacija::model::{Input, InputValue, Scenario};
use dotacija::numeric::{LANES, Lanes};
use dotacija::random::distribution::Distribution;
use dotacija::random::{scores, stream};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

/// The quantiles that the tables show.
const PROBABILITIES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];
/// What `cargo bench` runs without arguments.
const BRIEF: u64 = 512;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |at: usize, otherwise: u64| -> u64 {
        arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let draws = number(1, BRIEF);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/latvia/network-592.ron");
    let settings = ["network.mode=WhenReady".to_owned(), format!("run.draws={draws}")];
    let opened = dotacija::scenario::open(&path, &settings);
    let Some(scenario) = opened.scenario else {
        eprintln!("the national scenario cannot be read");
        std::process::exit(1);
    };
    let prepared = Prepared::new(&scenario);
    match arguments.first().map(String::as_str) {
        Some("engine") => println!("{{{}}}", engine(&prepared, draws, number(2, 1) as usize)),
        Some("floor") => println!("{{{}}}", floor(&scenario, &prepared, draws)),
        _ => {
            println!("{{{}, {}}}", engine(&prepared, draws, 1), floor(&scenario, &prepared, draws));
        }
    }
}

/// The whole run with its quantiles.
fn engine(prepared: &Prepared<'_>, draws: u64, threads: usize) -> String {
    let started = Clock::start();
    let Ok(tally) = simulate(prepared, &Options { threads, ..Options::default() }) else {
        eprintln!("a formula fails");
        std::process::exit(1);
    };
    cubes(&tally).into_iter().for_each(read);
    let (seconds, busy) = started.took();
    let each = 1e6 / draws as f64;
    format!(
        "\"draws\": {draws}, \"threads\": {threads}, \"us_per_draw\": {:.3}, \"cpu_us_per_draw\": {:.3}",
        each * seconds,
        each * busy
    )
}

fn cubes(tally: &Tally) -> [&Cube; 7] {
    [
        &tally.awards,
        &tally.budget,
        &tally.settling,
        &tally.period,
        &tally.outcomes,
        &tally.network,
        &tally.observed,
    ]
}

/// Every figure that is kept; others are the same.
fn read(cube: &Cube) {
    for (_, cell) in cube.kept_figures() {
        black_box((cell.moments.mean(), cell.quantiles.quantiles(PROBABILITIES)));
    }
}

/// Only variates, then only cells.
fn floor(scenario: &Scenario, prepared: &Prepared<'_>, draws: u64) -> String {
    let blocks = draws.div_ceil(LANES as u64);
    let inputs: Vec<Variates> = scenario
        .inputs
        .iter()
        .filter_map(|input| Variates::new(scenario, prepared, input))
        .collect();
    // Tables of slow distributions are made ready once.
    for input in &inputs {
        input.draw(scenario.run.seed, 0);
    }
    let variates: usize = inputs.iter().map(|input| input.streams.len()).sum();
    let started = Clock::start();
    for block in 0..blocks {
        for input in &inputs {
            input.draw(scenario.run.seed, block * LANES as u64);
        }
    }
    let (_, drawing) = started.took();
    let cells = kept_cells(prepared, draws);
    let tally = Tally::new(prepared, draws);
    let values = plausible();
    let mut cube = Cube::new(vec![cells], tally.method());
    let started = Clock::start();
    let all: Vec<usize> = (0..blocks as usize).collect();
    cube.note(&all, |sheet, block| {
        for index in 0..cells {
            sheet.at(&[index]).add_money(&values[(block * 31 + index) % values.len()], LANES);
        }
    });
    cube.finish();
    read(&cube);
    let (_, recording) = started.took();
    let drawn = (blocks * LANES as u64) as f64;
    format!(
        "\"draws\": {draws}, \"variates_per_draw\": {variates}, \"ns_per_variate\": {:.3}, \
         \"cells_per_draw\": {cells}, \"ns_per_cell\": {:.3}, \"floor_us_per_draw\": {:.3}",
        1e9 * drawing / drawn / variates as f64,
        1e9 * recording / drawn / cells as f64,
        1e6 * (drawing + recording) / drawn
    )
}

/// How many cells the engine keeps: a figure once, whatever the number of its policies. Within a few blocks
/// the policies differ wherever they ever do, but for what is rare.
fn kept_cells(prepared: &Prepared<'_>, draws: u64) -> usize {
    let options = Options { threads: 1, ..Options::default() };
    let Ok(tally) = simulate_part(prepared, 0..draws.min(BRIEF), &options) else {
        eprintln!("a formula fails");
        std::process::exit(1);
    };
    tally.kept()
}

/// The streams of an input, and its distribution.
struct Variates<'a> {
    distribution: &'a dyn Distribution,
    streams: Vec<u64>,
}

impl<'a> Variates<'a> {
    /// As many streams as the engine has of an input: own ones, and those that its rows share.
    fn new(scenario: &Scenario, prepared: &Prepared<'_>, input: &'a Input) -> Option<Self> {
        let InputValue::Drawn(distribution) = &input.value else { return None };
        let municipalities = scenario.municipalities.table.len();
        let own = match input.extent {
            Extent::Nation => 1,
            Extent::Municipality => municipalities,
            Extent::Point => scenario.points.table.len(),
        };
        let shared = usize::from(input.common.nation > 0.0)
            + if input.common.municipality > 0.0 { municipalities } else { 0 };
        let years = if input.is_yearly() { prepared.years.len() } else { 1 };
        let streams =
            (0..years * (own + shared)).map(|row| stream(&input.name, &row.to_string(), None));
        Some(Self { distribution: distribution.as_ref(), streams: streams.collect() })
    }

    fn draw(&self, seed: u64, first: u64) {
        let (mut score, mut value) = ([0.0; LANES], [0.0; LANES]);
        for &stream in &self.streams {
            scores(seed, stream, first, &mut score);
            self.distribution.at_scores(&score, &mut value);
            black_box(&value);
        }
    }
}

/// Blocks of cents, spread as awards are.
fn plausible() -> Vec<[i64; LANES]> {
    (0..997)
        .map(|row| {
            let mut score: Lanes = [0.0; LANES];
            scores(1, row, 0, &mut score);
            score.map(|score| (100_000.0 * (3.0 + score.abs())) as i64)
        })
        .collect()
}

/// Elapsed and processor time from a moment on.
struct Clock {
    started: Instant,
    busy: Option<f64>,
}

impl Clock {
    fn start() -> Self {
        Self { started: Instant::now(), busy: Self::busy() }
    }

    /// Seconds elapsed, and seconds of all processors; the former twice where the latter are not told.
    fn took(&self) -> (f64, f64) {
        let elapsed = self.started.elapsed().as_secs_f64();
        let busy = Self::busy().zip(self.busy).map(|(now, then)| now - then);
        (elapsed, busy.unwrap_or(elapsed))
    }

    /// Processor seconds of this process so far, to a hundredth: Linux tells them in hundredths.
    fn busy() -> Option<f64> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let (_, after) = stat.rsplit_once(')')?;
        let mut fields = after.split_whitespace().skip(11);
        let user: f64 = fields.next()?.parse().ok()?;
        let system: f64 = fields.next()?.parse().ok()?;
        Some((user + system) / 100.0)
    }
}
