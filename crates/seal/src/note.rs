//! Signed notes (`c2sp.org/signed-note`) with Ed25519 (RFC 8032).
//!
//! ```text
//! any text that ends with a line feed
//!
//! — name base64(key id || signature)
//! ```

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, Verifier as _};
use values::Hasher;

const ED25519: u8 = 1;
const DASH: &str = "\u{2014} ";

/// Why a note or a key is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteError {
    /// The name is empty or holds white space or `+`.
    #[error("“{0}” cannot name a key; use letters, digits, dots and slashes")]
    Name(String),
    /// The verifier key does not have the form `name+id+key`, or its id does not fit.
    #[error("this is not a verifier key of the form name+id+key")]
    Key,
    /// The text is not a signed note.
    #[error("this is not a signed note: {0}")]
    Form(&'static str),
    /// No signature line is by the given key.
    #[error("the note is not signed by {0}")]
    NotSigned(String),
    /// A signature by the given key does not fit the text.
    #[error("the signature by {0} does not fit the text: the note was changed or is not theirs")]
    Signature(String),
}

/// A key that signs notes. Holds a secret: it prints nothing of it.
#[derive(Clone)]
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// Makes the key called `name` from 32 secret bytes. Errors with [`NoteError::Name`].
    pub fn new(name: &str, secret: [u8; 32]) -> Result<Self, NoteError> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), key: ed25519_dalek::SigningKey::from_bytes(&secret) })
    }

    /// Returns the key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the 32 secret bytes.
    pub fn secret(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Returns the key that checks what this one signs.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// Signs `text`, which is given a final line feed where it has none.
    pub fn sign(&self, text: &str) -> Note {
        let mut text = text.to_owned();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let mut bytes = self.verifier().id().to_vec();
        bytes.extend(self.key.sign(text.as_bytes()).to_bytes());
        Note { text, signatures: vec![(self.name.clone(), bytes)] }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.name)
    }
}

/// A key that checks notes, written `name+id+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// Returns the key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the 32 bytes of the public key.
    pub fn public(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Returns the first four bytes of `SHA-256(name || LF || 0x01 || key)`.
    pub fn id(&self) -> [u8; 4] {
        let mut hasher = Hasher::new();
        hasher.update(self.name.as_bytes());
        hasher.update(&[b'\n', ED25519]);
        hasher.update(self.key.as_bytes());
        let digest = hasher.finish();
        let [a, b, c, d, ..] = *digest.as_bytes();
        [a, b, c, d]
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.id();
        let mut bytes = vec![ED25519];
        bytes.extend(self.key.as_bytes());
        write!(f, "{}+{a:02x}{b:02x}{c:02x}{d:02x}+{}", self.name, STANDARD.encode(bytes))
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(given: &str) -> Result<Self, NoteError> {
        let mut parts = given.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key);
        };
        check_name(name)?;
        let bytes = STANDARD.decode(key).map_err(|_| NoteError::Key)?;
        let Some((&ED25519, key)) = bytes.split_first() else { return Err(NoteError::Key) };
        let key: [u8; 32] = key.try_into().map_err(|_| NoteError::Key)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&key).map_err(|_| NoteError::Key)?;
        let verifier = Self { name: name.to_owned(), key };
        let [a, b, c, d] = verifier.id();
        if format!("{a:02x}{b:02x}{c:02x}{d:02x}") == id { Ok(verifier) } else { Err(NoteError::Key) }
    }
}

/// A text with signatures below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<(String, Vec<u8>)>,
}

impl Note {
    /// Returns the text, with its final line feed, without checking who signed it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text where `key` signed it. Errors with [`NoteError::NotSigned`] or [`NoteError::Signature`].
    pub fn verify(&self, key: &VerifierKey) -> Result<&str, NoteError> {
        let mut signed = false;
        for (name, bytes) in &self.signatures {
            let Some((id, signature)) = bytes.split_at_checked(4) else { continue };
            if *name != key.name || id != key.id() {
                continue;
            }
            let signature =
                Signature::from_slice(signature).map_err(|_| NoteError::Signature(key.name.clone()))?;
            key.key
                .verify(self.text.as_bytes(), &signature)
                .map_err(|_| NoteError::Signature(key.name.clone()))?;
            signed = true;
        }
        if signed { Ok(&self.text) } else { Err(NoteError::NotSigned(key.name.clone())) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for (name, bytes) in &self.signatures {
            writeln!(f, "{DASH}{name} {}", STANDARD.encode(bytes))?;
        }
        Ok(())
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(given: &str) -> Result<Self, NoteError> {
        if given.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoteError::Form("it holds control characters"));
        }
        let split = given.rfind("\n\n").ok_or(NoteError::Form("there is no blank line"))?;
        let (text, lines) = (&given[..=split], &given[split + 2..]);
        if lines.is_empty() || !lines.ends_with('\n') {
            return Err(NoteError::Form("there is no signature line"));
        }
        let mut signatures = Vec::new();
        for line in lines.lines() {
            let line = line.strip_prefix(DASH).ok_or(NoteError::Form("a signature line lacks its dash"))?;
            let (name, bytes) = line.split_once(' ').ok_or(NoteError::Form("a signature line is cut"))?;
            let bytes = STANDARD.decode(bytes).map_err(|_| NoteError::Form("a signature is not base64"))?;
            if bytes.len() < 5 {
                return Err(NoteError::Form("a signature is too short"));
            }
            signatures.push((name.to_owned(), bytes));
        }
        Ok(Self { text: text.to_owned(), signatures })
    }
}

fn check_name(name: &str) -> Result<(), NoteError> {
    if name.is_empty() || name.chars().any(|c| c.is_whitespace() || c == '+') {
        return Err(NoteError::Name(name.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    const NOTE: &str = "This is an example message.\n\n\u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    const VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    #[test]
    fn the_specifications_example_verifies_and_writes_back() {
        let key: VerifierKey = VKEY.parse().unwrap();
        let note: Note = NOTE.parse().unwrap();
        assert_eq!(note.verify(&key), Ok("This is an example message.\n"));
        assert_eq!(note.to_string(), NOTE);
        assert_eq!(key.to_string(), VKEY);
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let key: VerifierKey = VKEY.parse().unwrap();
        for index in 0..NOTE.len() {
            let mut bytes = NOTE.as_bytes().to_vec();
            bytes[index] ^= 1;
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let accepted = text.parse::<Note>().is_ok_and(|note| note.verify(&key).is_ok());
            assert!(!accepted, "byte {index} changed and nobody noticed");
        }
    }

    #[test]
    fn a_key_of_another_name_does_not_pass() {
        let key = SigningKey::new("a.example", [1; 32]).unwrap();
        let other = SigningKey::new("b.example", [1; 32]).unwrap();
        let note = key.sign("text");
        assert_eq!(note.verify(&other.verifier()), Err(NoteError::NotSigned("b.example".into())));
        assert!(SigningKey::new("a b", [1; 32]).is_err());
        assert!(VKEY.replace("530d903a", "530d903b").parse::<VerifierKey>().is_err());
    }
}
