//! Law: a bag whose payload file has other bytes than its manifest says is never valid; nothing panics.
#![no_main]

use container::bag::{MemoryTree, lint};
use container::{Limits, Verdict};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, &str, &str)| {
    let (declaration, manifest, info, fetch) = input;
    let mut tree = MemoryTree::default();
    let files = [
        ("bagit.txt", declaration),
        ("manifest-sha256.txt", manifest),
        ("bag-info.txt", info),
        ("fetch.txt", fetch),
    ];
    for (path, text) in files.into_iter().filter(|(_, text)| !text.is_empty()) {
        tree.0.insert(path.into(), text.into());
    }
    // 32 zero bytes: no manifest the fuzzer finds has the digest of these.
    tree.0.insert("data/a".into(), vec![0; 32]);
    assert!(lint(&mut tree, &Limits::shipped()).verdict >= Verdict::Invalid);
});
