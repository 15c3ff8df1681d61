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
        let key = SigningKey::new(origin, random()?).map_err(|error| CaseError::Key(error.to_string()))?;
        disk::make_folder(&self.folder)?;
        let public = format!("{}\n", key.verifier());
        disk::replace(&self.folder.join("verifier.txt"), public.as_bytes())?;
        let secret = format!("{origin}\n{}\n", STANDARD.encode(key.secret()));
        disk::replace(&self.folder.join("signing.key"), secret.as_bytes())?;
        Ok(key)
    }

    /// Reads the signing key.
    pub(crate) fn load(&self) -> Result<SigningKey, CaseError> {
        let path = self.folder.join("signing.key");
        let wrong = || CaseError::Key(format!("“{}” does not read", path.display()));
        let text = String::from_utf8(disk::read(&path)?).map_err(|_| wrong())?;
        let (origin, secret) = text.trim_end().split_once('\n').ok_or_else(wrong)?;
        let secret: [u8; 32] =
            STANDARD.decode(secret).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(wrong)?;
        SigningKey::new(origin, secret).map_err(|_| wrong())
    }
}

/// Reads a verifier key that an event holds.
pub(crate) fn verifier(text: &str) -> Result<VerifierKey, CaseError> {
    text.parse().map_err(|error: seal::note::NoteError| CaseError::Key(error.to_string()))
}

/// Returns 32 bytes from the system's source of randomness.
pub(crate) fn random() -> Result<[u8; 32], CaseError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| CaseError::Randomness(error.to_string()))?;
    Ok(bytes)
}
