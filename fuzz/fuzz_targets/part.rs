//! Alterations of a part of a run.
#![no_main]

use dotacija_fuzz::memory::{Counting, highest};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A part is at most 1 MiB here, and the scenario has a few hundred figures.
const MOST: usize = 16 << 20;

libfuzzer_sys::fuzz_target!(
    init: dotacija_fuzz::part(b""),
    |bytes: &[u8]| {
        let taken = highest(|| dotacija_fuzz::part(bytes));
        assert!(taken <= MOST, "{taken} bytes of memory");
    }
);
