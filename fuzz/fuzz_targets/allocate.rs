//! A command line of `allocate` and its table.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dotacija_fuzz::allocate(bytes));
