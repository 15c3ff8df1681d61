//! The laws that every reader of evidence holds for any bytes: one function a reader, which panics where its law is
//! broken.
//!
//! The fuzz targets call them with bytes that libFuzzer makes (`scripts/fuzz`), and a test of the workspace
//! (`crates/intake/tests/laws.rs`) with the seeds and some thousand fixed changes of them, on every run of the tests.

use std::io::Cursor;

use container::bag::{self, MemoryTree};
use container::warc::{Bodies, read};
use container::{Limits, Rules, Verdict, lint};
use seal::age::{Identity, Under, With, decrypt, encrypt};
use seal::checkpoint::Checkpoint;
use seal::der::normalize;
use seal::merkle;
use seal::note::{Note, SigningKey};
use seal::ots;
use seal::proof::Proof;
use seal::timestamp::{Covered, verify};

/// A law: it is given any bytes and panics where they break it.
pub type Law = fn(&[u8]);

/// Every law under the name of its target and of its seeds.
pub const LAWS: [(&str, Law); 10] = [
    ("zip", zip),
    ("warc", warc),
    ("wacz", wacz),
    ("bag", bag),
    ("loadfile", loadfile),
    ("timestamp", timestamp),
    ("ots", ots),
    ("proof", proof),
    ("age", age),
    ("intake", intake),
];

/// Without the shipped roots, which would be read anew for each input.
fn rules() -> Rules {
    Rules { limits: Limits::shipped(), roots: Vec::new(), captures: true }
}

/// An archive is judged the same way twice, and nothing of a refused one can be read.
pub fn zip(bytes: &[u8]) {
    let first = lint("a.zip", &mut Cursor::new(bytes), &rules());
    assert_eq!(first, lint("a.zip", &mut Cursor::new(bytes), &rules()));
    let (archive, troubles) = container::zip::Archive::open(&mut Cursor::new(bytes), &Limits::shipped());
    assert!(!troubles.refused() || archive.entries.is_empty());
}

/// As many records are shown as are counted, and a whole file cut by a byte is no longer valid.
pub fn warc(bytes: &[u8]) {
    let mut shown = 0;
    let bodies = Bodies { decode: true, keep: 1000 };
    let outcome = read(&mut &bytes[..], &Limits::shipped(), bodies, &mut |_| shown += 1);
    assert_eq!(outcome.records, shown);
    let whole = lint("a.warc", &mut Cursor::new(bytes), &rules());
    if whole.verdict == Verdict::Valid && bytes.len() > 1 {
        let cut = lint("a.warc", &mut Cursor::new(&bytes[..bytes.len() - 1]), &rules());
        assert!(cut.verdict > Verdict::Valid, "a byte is missing and nothing was said");
    }
}

/// A collection is judged the same way twice.
pub fn wacz(bytes: &[u8]) {
    let first = lint("a.wacz", &mut Cursor::new(bytes), &rules());
    assert_eq!(first, lint("a.wacz", &mut Cursor::new(bytes), &rules()));
}

/// A bag whose payload file has other bytes than its manifest says is never valid. The input is four texts with a zero
/// byte between them: bagit.txt, the manifest, bag-info.txt, fetch.txt.
pub fn bag(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut tree = MemoryTree::default();
    let names = ["bagit.txt", "manifest-sha256.txt", "bag-info.txt", "fetch.txt"];
    for (path, text) in names.into_iter().zip(text.split('\0')).filter(|(_, text)| !text.is_empty()) {
        tree.0.insert(path.into(), text.into());
    }
    // 32 zero bytes: no manifest that is found by chance has the digest of these.
    tree.0.insert("data/a".into(), vec![0; 32]);
    assert!(bag::lint(&mut tree, &Limits::shipped()).verdict >= Verdict::Invalid);
}

/// Load files of any text are judged, the same way twice.
pub fn loadfile(bytes: &[u8]) {
    for name in ["a.dat", "a.opt"] {
        let first = lint(name, &mut Cursor::new(bytes), &rules());
        assert_eq!(first, lint(name, &mut Cursor::new(bytes), &rules()));
    }
}

/// Without a trusted root no timestamp holds; normalising twice changes nothing.
pub fn timestamp(bytes: &[u8]) {
    assert!(!verify(bytes, Covered::Data(b"data"), None, &[], &[]).holds());
    if let Ok((once, _)) = normalize(bytes) {
        assert_eq!(normalize(&once), Ok((once.clone(), once.len())));
    }
}

/// A proof that is read has an attestation, and stops being one when a byte follows it.
pub fn ots(bytes: &[u8]) {
    if let Ok(proof) = ots::Proof::read(bytes) {
        assert!(!proof.attested.is_empty());
        assert!(ots::Proof::read(&[bytes, &[0]].concat()).is_err());
    }
}

/// A proof that reads is written as it was read, and only the bytes that a key signed verify.
pub fn proof(bytes: &[u8]) {
    let key = SigningKey::new("redress.example/case", [9; 32]).expect("32 bytes are a key");
    let entries: Vec<Vec<u8>> = (0..11u8).map(|n| vec![n; 5]).collect();
    let leaves: Vec<_> = entries.iter().map(|entry| merkle::leaf(entry)).collect();
    let sound =
        Proof::of(&leaves, 6, &Checkpoint::of(key.name(), &leaves).sign(&key)).expect("6 is below 11");
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(note) = text.parse::<Note>() {
        assert_eq!(note.to_string().parse(), Ok(note.clone()));
    }
    if let Ok(proof) = text.parse::<Proof>() {
        assert_eq!(proof.to_string().parse(), Ok(proof.clone()));
        if proof.verify(&entries[6], &key.verifier()).is_ok() {
            // Signature lines of strangers may stand beside ours, and extra data is not covered; nothing else may differ.
            assert_eq!((proof.index, &proof.path), (sound.index, &sound.path));
            assert_eq!(proof.checkpoint.text(), sound.checkpoint.text());
        }
    }
}

/// Only a file that is whole opens, and writing then reading is equal.
pub fn age(bytes: &[u8]) {
    let identity = Identity::new([7; 32]);
    // No key but the holder's can make a file that opens; nobody guesses one.
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
    encrypt(&mut &bytes[..], &mut sealed, Under::Recipient(&identity.recipient()), &mut random)
        .expect("memory takes all bytes");
    decrypt(&mut &sealed[..], &mut opened, With::Identity(&identity)).expect("what was just sealed opens");
    assert_eq!(opened, bytes);
}

/// A capture of any format gives the same items twice, as many posts as it counts, and places that read back as
/// written; or it is refused with two sentences.
pub fn intake(bytes: &[u8]) {
    let options = ::intake::Options::plain(::intake::Limits {
        max_total_bytes: 64 << 20,
        ..::intake::Limits::ordinary()
    });
    let read = || {
        let mut items: Vec<record::Item> = Vec::new();
        let summary = ::intake::read(&::intake::Slice::new("capture", bytes), &options, &mut items);
        (summary, items)
    };
    let (summary, items) = read();
    match &summary {
        Ok(summary) => {
            let posts = items.iter().filter(|item| matches!(item, record::Item::Post { .. })).count() as u64;
            assert_eq!(summary.posts + summary.missing, posts);
            for item in &items {
                let text = serde_json::to_string(item).expect("every item can be written");
                assert_eq!(serde_json::from_str::<record::Item>(&text).expect("and read back"), *item);
            }
        }
        Err(refused) => assert!(!refused.what.is_empty() && !refused.next.is_empty()),
    }
    let again = read();
    assert_eq!(items, again.1);
    assert_eq!(summary.is_ok(), again.0.is_ok());
    // A capture that holds somebody's session loses it and nothing panics on the way.
    let _ = ::intake::strip("capture.har", bytes);
}
