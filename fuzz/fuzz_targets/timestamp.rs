//! Law: without a trusted root no timestamp holds; normalising twice changes nothing; nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::der::normalize;
use seal::timestamp::{Covered, verify};

fuzz_target!(|bytes: &[u8]| {
    assert!(!verify(bytes, Covered::Data(b"data"), None, &[], &[]).holds());
    if let Ok((once, _)) = normalize(bytes) {
        assert_eq!(normalize(&once), Ok((once.clone(), once.len())));
    }
});
