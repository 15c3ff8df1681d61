//! The law of `fuzz::proof`, on bytes that libFuzzer makes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzz::proof(bytes));
