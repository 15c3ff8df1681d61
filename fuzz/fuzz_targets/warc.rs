//! Law: as many records are shown as are counted; nothing panics.
#![no_main]

use container::Limits;
use container::warc::{Bodies, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut shown = 0;
    let bodies = Bodies { decode: true, keep: 1000 };
    let outcome = read(&mut &bytes[..], &Limits::shipped(), bodies, &mut |_| shown += 1);
    assert_eq!(outcome.records, shown);
});
