//! Law: load files of any text are judged without a panic.
#![no_main]

use std::io::Cursor;

use container::{Rules, lint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    lint("a.dat", &mut Cursor::new(bytes), &Rules::shipped());
    lint("a.opt", &mut Cursor::new(bytes), &Rules::shipped());
});
