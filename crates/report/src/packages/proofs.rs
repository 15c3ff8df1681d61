//! `data/proofs/`: the checkpoint as signed, taken apart for `openssl`, the key, and the timestamps.

use std::collections::BTreeMap;

use record::StampKind;

use crate::dossier::{Checkpoint, Dossier};

/// A checkpoint taken apart: what was signed, the signature, and the public key in the form `openssl` reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) body: String,
    pub(super) signature: Vec<u8>,
    pub(super) pem: String,
}

/// Takes a C2SP signed note with an Ed25519 signature apart; `None` where it is not one or is signed by another key.
///
/// A note is a text that ends in a line end, an empty line, and lines `— name base64(hash(4) ‖ signature(64))`; a
/// verifier key is `name+hash(hex)+base64(1 ‖ public key(32))` (C2SP signed-note, 2024).
pub(super) fn parts(proof: &Checkpoint) -> Option<Parts> {
    let (body, signatures) = proof.note.rsplit_once("\n\n")?;
    let mut key = proof.vkey.splitn(3, '+');
    let (name, _, key) = (key.next()?, key.next()?, base64(key.next()?)?);
    let key: &[u8; 32] = key.strip_prefix(&[1])?.try_into().ok()?;
    let signature = signatures.lines().find_map(|line| {
        let (signer, text) = line.strip_prefix("— ")?.rsplit_once(' ')?;
        let bytes = base64(text)?;
        (signer == name && bytes.len() == 68).then(|| bytes[4..].to_vec())
    })?;
    // SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, section 4): a fixed head and the key.
    let mut der = vec![0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    der.extend_from_slice(key);
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", to_base64(&der));
    Some(Parts { body: format!("{body}\n"), signature, pem })
}

/// Writes `data/proofs/…`.
pub(super) fn all(dossier: &Dossier, files: &mut BTreeMap<String, Vec<u8>>) {
    let Some(proof) = &dossier.proof else { return };
    let mut put = |name: &str, bytes: &[u8]| files.insert(format!("data/proofs/{name}"), bytes.to_vec());
    put("checkpoint.txt", proof.note.as_bytes());
    put("vkey.txt", format!("{}\n", proof.vkey).as_bytes());
    if let Some(parts) = parts(proof) {
        put("checkpoint-body.txt", parts.body.as_bytes());
        put("checkpoint.sig", &parts.signature);
        put("key.pem", parts.pem.as_bytes());
    }
    for (index, stamp) in proof.stamps.iter().enumerate() {
        let n = index + 1;
        put(&format!("stamp-{n}.{}", stamp.kind.ending()), &stamp.token);
        put(&format!("stamp-{n}-of.txt"), &stamp.stamped);
        if stamp.kind == StampKind::Rfc3161 {
            put(&format!("stamp-{n}-roots.pem"), stamp.roots.as_bytes());
            put(&format!("stamp-{n}-others.pem"), stamp.others.as_bytes());
        }
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Returns the bytes of base64 with padding (RFC 4648, section 4), `None` where it is not.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().trim_end_matches('=');
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == byte)? as u32;
        bits = bits << 6 | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

/// Returns base64 with padding.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for index in 0..4 {
            if index <= chunk.len() {
                out.push(char::from(ALPHABET[(bits >> (18 - 6 * index)) as usize & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_the_published_one() {
        for (plain, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(to_base64(plain.as_bytes()), text);
            assert_eq!(base64(text).unwrap(), plain.as_bytes());
        }
        assert_eq!(base64("Zm9v!"), None);
    }

    #[test]
    fn what_is_not_a_signed_note_is_left_alone() {
        let none = |note: &str, vkey: &str| {
            parts(&Checkpoint { note: note.into(), vkey: vkey.into(), stamps: vec![] })
        };
        assert_eq!(none("", ""), None);
        assert_eq!(none("a\n\n— b Zm9v\n", "b+00000000+Zm9v"), None);
    }
}
