//! Law: only a file that is whole opens, and writing then reading is equal; nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::age::{Identity, Under, With, decrypt, encrypt};

fuzz_target!(|bytes: &[u8]| {
    let identity = Identity::new([7; 32]);
    // No key but the holder's can make a file that opens; a fuzzer does not guess one.
    let sound = include_bytes!("../corpus/age/words.age");
    let mut out = Vec::new();
    if decrypt(&mut &bytes[..], &mut out, With::Identity(&identity)).is_ok() {
        assert_eq!(bytes, sound);
    }
    let (mut sealed, mut opened) = (Vec::new(), Vec::new());
    let mut random = |into: &mut [u8]| {
        into.fill(3);
        Ok(())
    };
    encrypt(&mut &bytes[..], &mut sealed, Under::Recipient(&identity.recipient()), &mut random).unwrap();
    decrypt(&mut &sealed[..], &mut opened, With::Identity(&identity)).unwrap();
    assert_eq!(opened, bytes);
});
