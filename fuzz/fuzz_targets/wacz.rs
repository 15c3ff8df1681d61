//! Law: a collection is judged the same way twice; nothing panics.
#![no_main]

use std::io::Cursor;

use container::{Rules, lint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let first = lint("a.wacz", &mut Cursor::new(bytes), &Rules::shipped());
    assert_eq!(first, lint("a.wacz", &mut Cursor::new(bytes), &Rules::shipped()));
});
