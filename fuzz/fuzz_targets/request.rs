//! What a connection sends to the page for what-if questions.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dotacija_fuzz::request(bytes));
