//! Law: an archive that is called good reads to its end the same way twice; nothing panics.
#![no_main]

use std::io::Cursor;

use container::{Rules, lint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let first = lint("a.zip", &mut Cursor::new(bytes), &Rules::shipped());
    assert_eq!(first, lint("a.zip", &mut Cursor::new(bytes), &Rules::shipped()));
});
