//! A short fuzz run on every run of the tests, without a fuzzer: each reader's law (`fuzz/src/lib.rs`, the same that
//! `scripts/fuzz` runs for as long as wanted) is held for the seeds and for fixed changes of them.

#[path = "../../../fuzz/src/lib.rs"]
mod laws;

use std::panic::catch_unwind;
use std::path::Path;

use laws::LAWS;

/// How many changed inputs each law is given.
const CHANGED: u64 = 2_000;

/// A sequence of numbers that is the same on every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most.max(1) as u64) as usize
    }
}

/// Pieces that readers stumble over.
const PIECES: [&[u8]; 16] = [
    b"\0",
    b"\xff\xff\xff\xff",
    b"\r\n",
    b"\n\n",
    b"{",
    b"]",
    b"\"",
    b"-1",
    b"18446744073709551616",
    b"null",
    b"../",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"WARC/1.1\r\n",
    b"\x30\x80",
    b"\x1f\x8b\x08",
];

/// Changes a seed in one to four places: a byte, a piece, a cut, a repetition, the end of another seed.
fn changed(seed: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        match numbers.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
            2 => bytes.truncate(at),
            3 => {
                let end = (at + numbers.below(64)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + numbers.below(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => {
                drop(bytes.splice(at..at, other[numbers.below(other.len() + 1)..].iter().copied().take(500)))
            }
            _ => drop(bytes.splice(at..at, PIECES[numbers.below(PIECES.len())].iter().copied())),
        }
    }
    bytes
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    if name == "intake" {
        return samples::all().iter().map(|(_, bytes)| bytes.to_vec()).collect();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|why| panic!("{}: {why}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{name} has no seed");
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn holds(name: &str) {
    let (_, law) = LAWS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no law {name}"));
    let seeds = seeds(name);
    for seed in &seeds {
        law(seed);
    }
    law(b"");
    let mut numbers = Numbers(name.bytes().fold(7, |sum, byte| sum * 31 + u64::from(byte)));
    for number in 0..CHANGED {
        let seed = &seeds[number as usize % seeds.len()];
        let other = &seeds[numbers.below(seeds.len())];
        let bytes = changed(seed, other, &mut numbers);
        if catch_unwind(|| law(&bytes)).is_err() {
            let path = std::env::temp_dir().join(format!("redress-law-{name}-{number}"));
            std::fs::write(&path, &bytes).unwrap();
            panic!("input {number} breaks the law of {name}; it lies in {}", path.display());
        }
    }
}

macro_rules! tests {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            holds(stringify!($name));
        })*

        #[test]
        fn every_law_is_tested_and_has_a_target() {
            let tested = [$(stringify!($name)),*];
            let known: Vec<&str> = LAWS.iter().map(|(name, _)| *name).collect();
            assert_eq!(tested.to_vec(), known);
            for name in known {
                let target = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../fuzz/fuzz_targets/{name}.rs"));
                let text = std::fs::read_to_string(&target).unwrap();
                assert!(text.contains(&format!("fuzz::{name}(bytes)")), "{name} has a law of its own");
            }
        }
    };
}

tests!(zip warc wacz bag loadfile timestamp ots proof age intake);
