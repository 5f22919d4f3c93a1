//! A whole scenario with its files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dotacija_fuzz::door(bytes));
