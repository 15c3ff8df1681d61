//! Laws for broken input: no reader panics, and none calls a capture good whose captured bytes were changed.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use container::bag::{self, MemoryTree};
use container::warc::{self, Bodies};
use container::{Limits, Rules, Verdict, lint};
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Without the roots, which would be read anew for each case.
fn rules() -> Rules {
    Rules { limits: Limits::shipped(), roots: Vec::new(), captures: true }
}

/// The small fixtures; the bombs would only make mutation slow.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for set in ["bad", "signed", "loadfile"] {
        for entry in std::fs::read_dir(folder().join(set)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_file() && !name.contains("bomb") && std::fs::metadata(&path).unwrap().len() < 20_000 {
                found.push((name, std::fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_panics_on_changed_containers(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        cutting in 0..4u8,
        more in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let samples = samples();
        let (name, mut bytes) = samples[which.index(samples.len())].clone();
        for (at, byte) in changes {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        if cutting == 0 {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        bytes.extend(more);
        for name in [name.as_str(), "a.warc", "a.wacz", "a.dat", "a.opt"] {
            lint(name, &mut Cursor::new(&bytes), &rules());
        }
    }

    #[test]
    fn nothing_panics_on_any_bytes(mut bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0..6usize) {
        let heads: [&[u8]; 6] =
            [b"", b"WARC/1.1\r\n", b"PK\x03\x04", b"\x1f\x8b\x08\0\0\0\0\0\0\0", b"PK\x05\x06", b"\xff\xfe"];
        bytes.splice(0..0, heads[start].iter().copied());
        for name in ["a", "a.warc", "a.wacz", "a.dat", "a.opt"] {
            lint(name, &mut Cursor::new(&bytes), &rules());
        }
    }

    #[test]
    fn nothing_panics_on_changed_bags(
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        text in "(\\PC|[\r\n\t ]){0,12}",
    ) {
        let mut tree = bag_tree("bad/bag_ok");
        let path = tree.0.keys().nth(file.index(tree.0.len())).unwrap().clone();
        let bytes = tree.0.get_mut(&path).unwrap();
        let at = at.index(bytes.len() + 1);
        bytes.splice(at..at, text.bytes());
        let verdict = bag::lint(&mut tree, &Limits::shipped()).verdict;
        if path.starts_with("data/") && !text.is_empty() {
            prop_assert!(verdict >= Verdict::Invalid);
        }
    }
}

fn bag_tree(name: &str) -> MemoryTree {
    let mut tree = MemoryTree(BTreeMap::new());
    let top = folder().join(name);
    for inner in ["", "data"] {
        for entry in std::fs::read_dir(top.join(inner)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let inner = path.strip_prefix(&top).unwrap().to_string_lossy().into_owned();
                tree.0.insert(inner, std::fs::read(&path).unwrap());
            }
        }
    }
    tree
}

/// Every single byte of the bodies of a plain archive is under a block digest.
#[test]
fn a_changed_byte_of_a_block_is_always_found() {
    let good = std::fs::read(folder().join("bad/ok.warc")).unwrap();
    let mut at = 0;
    while let Some(found) = good[at..].windows(4).position(|four| four == b"\r\n\r\n") {
        let start = at + found + 4;
        let end = good[start..]
            .windows(6)
            .position(|six| six == b"\r\n\r\nWA")
            .map_or(good.len() - 4, |n| start + n);
        for byte in start..end {
            let mut changed = good.clone();
            changed[byte] ^= 1;
            let judgement = lint("ok.warc", &mut Cursor::new(changed), &rules());
            assert_eq!(judgement.verdict, Verdict::Invalid, "byte {byte}");
        }
        at = end + 4;
    }
}

/// Every byte of a gzipped archive is under a checksum or a digest, but for the parts of the gzip head that mean
/// nothing (time, level, system).
#[test]
fn a_changed_byte_of_a_gzipped_archive_is_always_found() {
    let good = std::fs::read(folder().join("bad/ok.warc.gz")).unwrap();
    for at in 0..good.len() {
        let mut changed = good.clone();
        changed[at] ^= 0x55;
        let judgement = lint("ok.warc.gz", &mut Cursor::new(changed), &rules());
        let head = good[..=at].windows(3).rposition(|three| three == [0x1f, 0x8b, 8]).unwrap_or(0);
        if (4..10).contains(&(at - head)) {
            continue;
        }
        assert!(judgement.verdict >= Verdict::Invalid, "byte {at}: {:?}", judgement.troubles);
    }
}

/// Cut anywhere, an archive never counts more records than were whole, and never stays valid in the middle of one.
#[test]
fn a_cut_archive_counts_only_whole_records() {
    for name in ["ok.warc", "ok.warc.gz"] {
        let good = std::fs::read(folder().join("bad").join(name)).unwrap();
        let mut seen = 0;
        for length in 0..=good.len() {
            let bytes = &good[..length];
            let judgement = lint(name, &mut Cursor::new(bytes), &rules());
            let mut shown = 0;
            let bodies = Bodies { decode: true, keep: 100 };
            warc::read(&mut &bytes[..], &Limits::shipped(), bodies, &mut |_| shown += 1);
            assert_eq!(Some(shown), judgement.records);
            assert!(shown >= seen && shown <= 4, "{name} {length}");
            seen = shown;
        }
        assert_eq!(seen, 4);
    }
}
