//! Any bytes as a part of a run, beside its scenario: taken as figures that are possible, or refused.
//!
//! Bytes from a file hardly ever fit their digest, so an input is a list of alterations of a part that is
//! sound, and the digest is made to fit.

use dotacija::analysis::Findings;
use dotacija::archive::{self, Head, Identity};
use dotacija::engine::{Options, Prepared, Tally, simulate_part};
use dotacija::model::Scenario;
use dotacija::problem::{Source, Sources};
use dotacija::scenario::{Memory, open_in};
use std::fs;
use std::path::{Path, PathBuf};

const SCENARIO: &str = include_str!("../../scenarios/tiny/tiny.ron");
const MUNICIPALITIES: &str = include_str!("../../scenarios/tiny/municipalities.csv");
const POINTS: &str = include_str!("../../scenarios/tiny/points.csv");
/// The run has so many draws, and the part that is altered the second half of them.
const DRAWS: u64 = 128;
/// Bytes of the digest at the end of a part.
const DIGEST: usize = 32;
/// No input makes a part longer than this.
const LONGEST: usize = 1 << 20;

/// The run, its two halves, and where parts are written.
pub struct Bench {
    prepared: Prepared<'static>,
    sources: Sources,
    identity: Identity,
    first: Tally,
    /// The second half as a file, without its digest.
    body: Vec<u8>,
    folder: tempfile::TempDir,
}

thread_local! {
    static BENCH: Bench = Bench::new();
}

/// Takes alterations of a part.
pub fn part(bytes: &[u8]) {
    BENCH.with(|bench| bench.judge(bytes));
}

impl Bench {
    fn new() -> Self {
        let files = [
            ("tiny.ron", SCENARIO),
            ("municipalities.csv", MUNICIPALITIES),
            ("points.csv", POINTS),
        ];
        let opened = open_in(Memory::new(&files), "tiny.ron", &[format!("--draws={DRAWS}")]);
        // As long as the process: what is prepared borrows it.
        let scenario: &'static Scenario = Box::leak(Box::new(opened.scenario.expect("a scenario")));
        let prepared = Prepared::new(scenario);
        let identity = Identity {
            version: "1".to_owned(),
            file: "tiny.ron".to_owned(),
            inputs: archive::digests(&opened.sources),
            set: Vec::new(),
            policies: scenario.policies.iter().map(|policy| policy.name.clone()).collect(),
            draws: DRAWS,
        };
        let half = |range| {
            let simulated = simulate_part(&prepared, range, &Options::default());
            simulated.expect("the scenario runs")
        };
        let (first, second) = (half(0..DRAWS / 2), half(DRAWS / 2..DRAWS));
        let folder = tempfile::tempdir().expect("a folder");
        let mut bench =
            Self { prepared, sources: opened.sources, identity, first, body: Vec::new(), folder };
        let sound = bench.path("sound");
        let head =
            Head { identity: bench.identity.clone(), draws: (DRAWS / 2, DRAWS), looks: Vec::new() };
        archive::write(&sound, &head, &bench.sources, &second).expect("a part");
        bench.body = fs::read(sound).expect("a part");
        bench.body.truncate(bench.body.len() - DIGEST);
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn judge(&self, bytes: &[u8]) {
        let mut body = self.body.clone();
        Alterations(bytes).apply(&mut body);
        let digest = blake3::hash(&body);
        body.extend_from_slice(digest.as_bytes());
        let file = self.path("altered");
        fs::write(&file, &body).expect("a disk");
        let head = archive::head(&file);
        let read = archive::read(&file, &self.identity, &self.prepared);
        for told in [head.as_ref().err(), read.as_ref().err()].into_iter().flatten() {
            assert!(told.to_string().len() < 1_000 + body.len(), "{told}");
        }
        if let (Ok((head, files)), Ok((again, tally))) = (head, read) {
            assert_eq!(head, again);
            self.comes_again(&head, files, &tally);
            self.adds_up(tally);
        }
    }

    /// Written anew it is read as the same.
    fn comes_again(&self, head: &Head, files: archive::Files, tally: &Tally) {
        let sources = files.into_iter().map(|(name, bytes)| Source {
            name: name.as_str().into(),
            text: "".into(),
            bytes: bytes.into(),
        });
        let sources = Sources::of(sources.collect());
        let (one, two) = (self.path("one"), self.path("two"));
        let written = |path: &Path, tally: &Tally| {
            archive::write(path, head, &sources, tally).expect("a disk");
            fs::read(path).expect("a part")
        };
        let first = written(&one, tally);
        let (_, again) = archive::read(&one, &self.identity, &self.prepared).expect("the same");
        assert!(first == written(&two, &again), "another part of the same figures");
    }

    /// With the other half it is a run, whose findings can be told.
    fn adds_up(&self, tally: Tally) {
        let mut merged = self.first.clone();
        merged.merge(&tally);
        for mut tally in [tally, merged] {
            tally.finish();
            let _ = Findings::new(&self.prepared, &tally);
        }
    }
}

/// Bytes that say what of a part is other than it was.
struct Alterations<'a>(&'a [u8]);

impl Alterations<'_> {
    fn next(&mut self) -> Option<usize> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(usize::from(*first))
    }

    fn take(&mut self, count: usize) -> &[u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// A place counted from the end, where the figures are, or from the beginning.
    fn place(&mut self, body: &[u8], from_start: bool) -> Option<usize> {
        let far = self.next()? << 8 | self.next()?;
        let place = far.min(body.len());
        Some(if from_start { place } else { body.len() - place })
    }

    fn apply(mut self, body: &mut Vec<u8>) {
        while let Some(kind) = self.next() {
            let from_start = kind & 0x80 != 0;
            let Some(at) = self.place(body, from_start) else { return };
            let Some(count) = self.next() else { return };
            let end = (at + count).min(body.len());
            match kind & 0x7f {
                // Other bytes in their place …
                0..=31 => {
                    for (place, byte) in (at..end).zip(self.take(count).to_vec()) {
                        body[place] = byte;
                    }
                }
                // … or between them, …
                32..=63 => {
                    let more = self.take(count).to_vec();
                    body.splice(at..at, more);
                }
                // … some left out, …
                64..=79 => drop(body.drain(at..end)),
                // … again and again, …
                80..=95 => {
                    let Some(times) = self.next() else { return };
                    let more = body[at..end].repeat(times);
                    body.splice(at..at, more);
                }
                // … a number as large as postcard has them, …
                96..=111 => {
                    let large = [0xff_u8; 18];
                    body.splice(at..end, large[..count % 19].iter().copied().chain([1]));
                }
                // … or nothing more.
                _ => body.truncate(at),
            }
            if body.len() > LONGEST {
                return;
            }
        }
    }
}
