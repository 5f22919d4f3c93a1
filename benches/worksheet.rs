//! Lines of worksheets for 43 municipalities in a block of draws. Times are of a line in a block; the
//! throughput counts values.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dotacija::expression::{
    Extent, Kind, Names, Program, Resolved, Rows, Scratch, Shape, Values, compile,
};
use dotacija::numeric::LANES;
use std::hint::black_box;

const MUNICIPALITIES: usize = 43;

/// What lines may name: levers, an input of the nation, a column, and quantities of this and last year.
const NAMES: [(&str, Shape); 9] = [
    ("rate_local", Shape::CONSTANT),
    ("rate_county", Shape::CONSTANT),
    ("pay", Shape { extent: Extent::Nation, random: true }),
    ("population", Shape { extent: Extent::Municipality, random: false }),
    ("months_open_local", QUANTITY),
    ("months_open_county", QUANTITY),
    ("load", QUANTITY),
    ("total_cost", QUANTITY),
    ("open_points", QUANTITY),
];
const QUANTITY: Shape = Shape { extent: Extent::Municipality, random: true };

/// What is worked out: a name for people, and the line.
const LINES: [(&str, &str); 8] = [
    ("a product", "rate_local * open_points"),
    ("two products", "rate_local * months_open_local + rate_county * months_open_county"),
    ("between bounds", "max(0, min(0.5 * total_cost, 100 * open_points + 1.5 * lag(load, 1)))"),
    ("a threshold", "if(population > 20_000, 0.5, 0.7) * total_cost"),
    ("a schedule", "interpolate(load, [(0, 0), (1_000, 0.5), (10_000, 1)]) * pay"),
    ("a share of all", "100_000 * share(load)"),
    ("a rank", "rank(load)"),
    ("a power", "pay * pow(load / population, 0.3)"),
];

/// The names, each with the values of a block.
struct World(Vec<Vec<f64>>);

impl World {
    /// Positive values of a plausible spread, other ones in every row and draw.
    fn new() -> Self {
        let values = |(id, (_, shape)): (usize, (&str, Shape))| {
            let rows = if shape.extent == Extent::Nation { 1 } else { MUNICIPALITIES };
            let count = rows * if shape.random { LANES } else { 1 };
            (0..count).map(|at| ((id + 1) * 131 + at * 7_919 % 20_011) as f64).collect()
        };
        Self(NAMES.into_iter().enumerate().map(values).collect())
    }
}

impl Names for World {
    fn resolve(&self, name: &str) -> Option<Resolved> {
        let id = NAMES.iter().position(|(known, _)| *known == name)?;
        Some(Resolved { id: id as u32, kind: Kind::Number, shape: NAMES[id].1 })
    }

    fn resolve_lag(&self, name: &str, _: u32) -> Result<Resolved, String> {
        self.resolve(name).ok_or_else(|| format!("there is no {name}"))
    }

    fn text_code(&self, _: u32, _: &str) -> Result<f64, Vec<String>> {
        Err(Vec::new())
    }

    fn known(&self) -> Vec<String> {
        NAMES.iter().map(|(name, _)| (*name).to_owned()).collect()
    }
}

impl Values for World {
    fn values(&self, id: u32) -> &[f64] {
        self.0.get(id as usize).map_or(&[], Vec::as_slice)
    }
}

fn lines(criterion: &mut Criterion) {
    let world = World::new();
    let rows = Rows { municipalities: MUNICIPALITIES, points: 0, municipality_of_point: &[] };
    let mut out = vec![0.0; MUNICIPALITIES * LANES];
    let mut group = criterion.benchmark_group("a line for 43 municipalities");
    group.throughput(Throughput::Elements(out.len() as u64));
    let mut programs: Vec<(&str, Program)> = Vec::new();
    for (name, line) in LINES {
        match compile(line, &world) {
            Ok(program) => programs.push((name, program)),
            Err(faults) => panic!("{line}: {faults:?}"),
        }
    }
    let mut scratch = Scratch::default();
    for (name, program) in &programs {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                let world = black_box(&world);
                program.evaluate_into(Extent::Municipality, &rows, world, &mut scratch, &mut out);
                black_box(out[0])
            });
        });
    }
    group.bench_function("all of them", |bencher| {
        bencher.iter(|| {
            for (_, program) in &programs {
                let world = black_box(&world);
                program.evaluate_into(Extent::Municipality, &rows, world, &mut scratch, &mut out);
                black_box(out[0]);
            }
        });
    });
    group.finish();
}

criterion_group!(benches, lines);
criterion_main!(benches);
