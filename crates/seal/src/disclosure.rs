//! Fields that are committed to one by one, so that some can be shown later and proved without showing the rest.
//!
//! ```text
//! commitment of a field = SHA-256( salt (16 bytes) || name || 0x00 || value )
//! ```
//!
//! The commitments of an exhibit are public; salt and value of a field are handed to whoever may see that field. The
//! random salt keeps a short value (a plate, a date) from being found by trying all of them. The idea is that of SD-JWT
//! (RFC 9901) in plain JSON; `docs/formats/exhibit.md` shows it.

use std::collections::BTreeMap;

use values::{Digest, Hasher};

/// A field opened: what was committed to, and the salt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// 16 random bytes.
    pub salt: [u8; 16],
    /// The value.
    pub value: String,
}

impl Opening {
    /// Returns the commitment of the field called `name`.
    pub fn commitment(&self, name: &str) -> Digest {
        let mut hasher = Hasher::new();
        hasher.update(&self.salt);
        hasher.update(name.as_bytes());
        hasher.update(&[0]);
        hasher.update(self.value.as_bytes());
        hasher.finish()
    }
}

/// Returns the commitments of all fields, by name.
pub fn commitments(openings: &BTreeMap<String, Opening>) -> BTreeMap<String, Digest> {
    openings.iter().map(|(name, opening)| (name.clone(), opening.commitment(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_salt_and_value_are_all_bound() {
        let opening = Opening { salt: [7; 16], value: "RDR-0000".into() };
        let commitment = opening.commitment("plate");
        assert_ne!(opening.commitment("text"), commitment);
        assert_ne!(Opening { salt: [8; 16], ..opening.clone() }.commitment("plate"), commitment);
        assert_ne!(Opening { value: "RDR-0001".into(), ..opening.clone() }.commitment("plate"), commitment);
        // The zero byte keeps name and value from running into each other.
        let shifted = Opening { value: "e\0RDR-0000".into(), ..opening };
        assert_ne!(shifted.commitment("plat"), commitment);
    }
}
