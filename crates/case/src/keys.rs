//! The key that signs a case's checkpoints, and the verifier keys of all that ever did.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use seal::note::{SigningKey, VerifierKey};

use crate::{CaseError, disk};

/// The folder `ledger/keys`.
#[derive(Debug)]
pub struct Keys {
    folder: PathBuf,
}

impl Keys {
    /// Names the folder under `ledger`.
    pub(crate) fn under(ledger: &Path) -> Self {
        Self { folder: ledger.join("keys") }
    }

    /// Makes a new key called `origin`, keeps it as the signing key and returns it.
    pub(crate) fn make(&self, origin: &str) -> Result<SigningKey, CaseError> {
        disk::make_folder(&self.folder)?;
        let key = self.make_next(origin)?;
        self.promote_next(&key.verifier())?;
        Ok(key)
    }

    /// Makes a new key and keeps it beside the present one, until [`Keys::promote_next`].
    pub(crate) fn make_next(&self, origin: &str) -> Result<SigningKey, CaseError> {
        let key = SigningKey::new(origin, random()?).map_err(|error| CaseError::Key(error.to_string()))?;
        let secret = format!("{origin}\n{}\n", STANDARD.encode(key.secret()));
        disk::replace(&self.folder.join(NEXT), secret.as_bytes())?;
        Ok(key)
    }

    /// Puts the next key in the place of the present one, and its verifier key below those there were.
    pub(crate) fn promote_next(&self, verifier: &VerifierKey) -> Result<(), CaseError> {
        let path = self.folder.join(VERIFIERS);
        let mut known = if path.exists() {
            String::from_utf8_lossy(&disk::read(&path)?).into_owned()
        } else {
            String::new()
        };
        let line = verifier.to_string();
        if !known.lines().any(|known| known == line) {
            known.push_str(&line);
            known.push('\n');
            disk::replace(&path, known.as_bytes())?;
        }
        let (from, to) = (self.folder.join(NEXT), self.folder.join(SIGNING));
        std::fs::rename(&from, &to).map_err(disk::failed("Writing", &to))?;
        disk::sync_folder(&self.folder)
    }

    /// Reads the signing key that `verifier` checks, which the log says is in force.
    pub(crate) fn load(&self, verifier: &VerifierKey) -> Result<SigningKey, CaseError> {
        let present = self.read(SIGNING);
        if present.as_ref().is_ok_and(|key| key.verifier() == *verifier) {
            return present;
        }
        // The log was told of the next key and the program ended before the file took its place.
        if let Ok(next) = self.read(NEXT)
            && next.verifier() == *verifier
        {
            self.promote_next(verifier)?;
            return Ok(next);
        }
        present?;
        Err(CaseError::Key("it is another key than the one the ledger names".to_owned()))
    }

    fn read(&self, name: &str) -> Result<SigningKey, CaseError> {
        let path = self.folder.join(name);
        let wrong = || CaseError::Key(format!("“{}” does not read", path.display()));
        let text = String::from_utf8(disk::read(&path)?).map_err(|_| wrong())?;
        let (origin, secret) = text.trim_end().split_once('\n').ok_or_else(wrong)?;
        let secret: [u8; 32] =
            STANDARD.decode(secret).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(wrong)?;
        SigningKey::new(origin, secret).map_err(|_| wrong())
    }
}

/// The signing key, a secret.
pub(crate) const SIGNING: &str = "signing.key";
/// A key that was made and is not in force yet, a secret.
pub(crate) const NEXT: &str = "signing.key.next";
/// The verifier keys of all there ever were, one a line, the present one last.
const VERIFIERS: &str = "verifier.txt";

/// Reads a verifier key that an event holds.
pub(crate) fn verifier(text: &str) -> Result<VerifierKey, CaseError> {
    text.parse().map_err(|error: seal::note::NoteError| CaseError::Key(error.to_string()))
}

/// Returns a number nobody can guess, for a request whose answer must repeat it.
pub fn number() -> Result<u64, CaseError> {
    let [a, b, c, d, e, f, g, h, ..] = random()?;
    Ok(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

/// Returns 32 bytes from the system's source of randomness.
pub(crate) fn random() -> Result<[u8; 32], CaseError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| CaseError::Randomness(error.to_string()))?;
    Ok(bytes)
}
