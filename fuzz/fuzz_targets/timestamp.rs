//! The law of `fuzz::timestamp`, on bytes that libFuzzer makes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzz::timestamp(bytes));
