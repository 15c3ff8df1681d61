//! Law: a proof that is read has an attestation, and stops being one when a byte follows it; nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::ots::Proof;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(proof) = Proof::read(bytes) {
        assert!(!proof.attested.is_empty());
        assert!(Proof::read(&[bytes, &[0]].concat()).is_err());
    }
});
