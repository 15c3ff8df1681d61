//! Seals: what makes a log evident to tampering, and one entry of it provable without the others.
//!
//! - [`merkle`]: the tree of RFC 6962 over SHA-256, its root and inclusion proofs.
//! - [`note`]: C2SP signed notes with Ed25519 (`c2sp.org/signed-note`), their keys and verifier keys.
//! - [`checkpoint`]: a signed tree head (`c2sp.org/tlog-checkpoint`).
//! - [`proof`]: a self-contained proof of one entry (`c2sp.org/tlog-proof@v1`).
//!
//! - [`timestamp`], [`x509`], [`roots`]: RFC 3161 timestamps and the certificates behind them; [`ots`]: OpenTimestamps.
//! - [`age`]: files under a key or a passphrase, in the format of that name.
//! - [`keys`] and [`der`]: public keys and signatures of others, as certificates and web archives carry them.
//!
//! This crate knows nothing of what it seals. It has no clock and no randomness: a new key's 32 secret bytes are given.
//!
//! ```
//! use seal::{checkpoint::Checkpoint, merkle, note::SigningKey, proof::Proof};
//!
//! let key = SigningKey::new("redress.example/case", [7; 32]).unwrap();
//! let leaves: Vec<_> = [&b"one"[..], b"two", b"three"].map(merkle::leaf).into();
//! let checkpoint = Checkpoint::of(key.name(), &leaves).sign(&key);
//! let proof = Proof::of(&leaves, 1, &checkpoint).unwrap();
//! assert_eq!(proof.verify(b"two", &key.verifier()).unwrap().size, 3);
//! assert!(proof.verify(b"twO", &key.verifier()).is_err());
//! ```

pub mod merkle;

pub mod note;

pub mod checkpoint;

pub mod proof;

pub mod ots;
pub mod roots;
pub mod timestamp;
pub mod x509;

pub mod der;
pub mod keys;

pub mod age;
