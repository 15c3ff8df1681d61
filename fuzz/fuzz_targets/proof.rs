//! Law: a proof that reads is written as it was read, and only the bytes that a key signed verify; nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::checkpoint::Checkpoint;
use seal::merkle;
use seal::note::{Note, SigningKey};
use seal::proof::Proof;

fuzz_target!(|bytes: &[u8]| {
    let key = SigningKey::new("redress.example/case", [9; 32]).unwrap();
    let entries: Vec<Vec<u8>> = (0..11u8).map(|n| vec![n; 5]).collect();
    let leaves: Vec<_> = entries.iter().map(|entry| merkle::leaf(entry)).collect();
    let sound = Proof::of(&leaves, 6, &Checkpoint::of(key.name(), &leaves).sign(&key)).unwrap();
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
});
