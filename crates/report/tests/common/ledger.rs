//! A small real ledger for the invented case: lines, a Merkle tree over them, a checkpoint signed by `openssl`.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::judge;

/// A ledger with its proofs.
pub struct Ledger {
    pub note: String,
    pub vkey: String,
    /// The C2SP proof of each line.
    pub proofs: Vec<String>,
}

fn leaf(line: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([0]).chain_update(line).finalize().into()
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// RFC 9162, section 2.1.1.
fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [one] => *one,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node(&root(left), &root(right))
        }
    }
}

/// RFC 9162, section 2.1.3.1.
fn path(index: usize, leaves: &[[u8; 32]]) -> Vec<[u8; 32]> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    if index < left.len() {
        let mut rest = path(index, left);
        rest.push(root(right));
        rest
    } else {
        let mut rest = path(index - left.len(), right);
        rest.push(root(left));
        rest
    }
}

pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for n in 0..4 {
            out.push(if n <= chunk.len() {
                ALPHABET[(bits >> (18 - 6 * n)) as usize & 63] as char
            } else {
                '='
            });
        }
    }
    out
}

/// Returns the ledger of `lines`, signed with a key made for this run.
pub fn ledger(lines: &[String]) -> Ledger {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ledger-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let openssl = |arguments: &[&str]| {
        let output = judge(&folder, "openssl", arguments);
        assert!(output.status.success(), "openssl: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    openssl(&["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
    let public = openssl(&["pkey", "-in", "key.pem", "-pubout", "-outform", "DER"]);
    let name = "redress.example/springfield";
    let key = [&[1][..], &public[public.len() - 32..]].concat();
    let id = &Sha256::new().chain_update(name).chain_update("\n").chain_update(&key).finalize()[..4];
    let leaves: Vec<[u8; 32]> = lines.iter().map(|line| leaf(line.as_bytes())).collect();
    let body = format!("{name}\n{}\n{}\n", leaves.len(), base64(&root(&leaves)));
    std::fs::write(folder.join("body"), &body).unwrap();
    let signature = openssl(&["pkeyutl", "-sign", "-inkey", "key.pem", "-rawin", "-in", "body"]);
    let note = format!("{body}\n— {name} {}\n", base64(&[id, &signature].concat()));
    let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let proofs = (0..leaves.len()).map(|index| {
        let path: String = path(index, &leaves).iter().map(|hash| format!("{}\n", base64(hash))).collect();
        format!("c2sp.org/tlog-proof@v1\nindex {index}\n{path}\n{note}")
    });
    Ledger { proofs: proofs.collect(), vkey: format!("{name}+{id}+{}", base64(&key)), note }
}
