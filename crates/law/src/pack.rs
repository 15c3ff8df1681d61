//! A signed pack: new or corrected rows, as one text file that comes on a stick or by mail, never by itself.
//!
//! ```text
//! redress-law-pack/1
//! example.org/redress-law
//! 2026-12-01
//! sha256:8d2f…
//!
//! — example.org/redress-law Az3grlgt…
//!
//! [[channel]]
//! id = "local-911"
//! …
//! ```
//!
//! Above is a C2SP signed note: four lines of text, an empty line, one signature line or more. After the next empty line
//! stands the TOML with the rows, whose SHA-256 the note names. In a pack a text with two languages is written
//! `{ en = "…", es = "…" }`.
//!
//! This file reads the shape, holds the digest against the rows and lays them over the library. Whether the signature is
//! good is asked of the caller: signed notes are `seal`'s, one floor of which this crate does not import. A pack whose
//! signature nobody checked cannot be laid, since [`Pack::open`] asks first.

use values::Digest;

use crate::day::Day;
use crate::library::{Library, LibraryError};

/// The first line of a pack.
const HEAD: &str = "redress-law-pack/1";
/// No pack is read beyond this; the whole shipped library is under half a megabyte.
const LIMIT: usize = 16 * 1024 * 1024;

/// Why a pack was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// It is not the text file a pack is.
    #[error("this is not a pack of rows: {why}. Ask whoever gave it to you for the file again")]
    NotAPack {
        /// What is missing.
        why: &'static str,
    },
    /// The rows are not those that were signed.
    #[error(
        "the rows of this pack were changed after it was signed. Nothing was taken from it; get it again from its origin"
    )]
    Changed,
    /// The signature is not good, or not by a key that is trusted.
    #[error("the signature of this pack is not by a trusted key: {why}. Nothing was taken from it")]
    Untrusted {
        /// What the check said.
        why: String,
    },
    /// A row is not as the documentation says.
    #[error("{0}")]
    Rows(#[from] LibraryError),
}

/// A pack whose signature was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Who made it, as the signature names them.
    pub origin: String,
    /// The day it was made.
    pub made: Day,
    /// The digest of its rows.
    pub digest: Digest,
    rows: String,
}

impl Pack {
    /// Opens a pack. `trusted` is given the whole signed note (text, empty line, signature lines) and says who signed it
    /// or why it is not trusted.
    ///
    /// Errors before looking at any row when the shape, the signature or the digest is wrong.
    pub fn open(bytes: &[u8], trusted: &dyn Fn(&str) -> Result<(), String>) -> Result<Self, PackError> {
        if bytes.len() > LIMIT {
            return Err(PackError::NotAPack { why: "it is larger than 16 MiB" });
        }
        let text =
            std::str::from_utf8(bytes).map_err(|_| PackError::NotAPack { why: "it is not UTF-8 text" })?;
        let (head, rest) =
            text.split_once("\n\n").ok_or(PackError::NotAPack { why: "it has no signature" })?;
        let (signatures, rows) =
            rest.split_once("\n\n").ok_or(PackError::NotAPack { why: "it has no rows" })?;
        if signatures.is_empty() || !signatures.lines().all(|line| line.starts_with("— ")) {
            return Err(PackError::NotAPack { why: "it has no signature" });
        }
        let lines: Vec<&str> = head.lines().collect();
        let &[first, origin, made, digest] = lines.as_slice() else {
            return Err(PackError::NotAPack { why: "its head has not four lines" });
        };
        if first != HEAD {
            return Err(PackError::NotAPack { why: "its first line is not “redress-law-pack/1”" });
        }
        let made = made.parse().map_err(|_| PackError::NotAPack { why: "its third line is no day" })?;
        let given = digest.strip_prefix("sha256:").unwrap_or_default();
        let note = &text[..head.len() + 2 + signatures.len() + 1];
        trusted(note).map_err(|why| PackError::Untrusted { why })?;
        let digest = Digest::of(rows.as_bytes());
        if digest.to_string() != given {
            return Err(PackError::Changed);
        }
        Ok(Self { origin: origin.to_owned(), made, digest, rows: rows.to_owned() })
    }

    /// Returns the text that has to be signed for `rows`: the four lines of the note with their line breaks.
    pub fn to_sign(origin: &str, made: Day, rows: &str) -> String {
        format!("{HEAD}\n{origin}\n{made}\nsha256:{}\n", Digest::of(rows.as_bytes()))
    }
}

impl Library {
    /// Returns this library with the rows of a pack laid over it: a row with a known id replaces it, another is added.
    ///
    /// Errors at the first row that is not as documented; the library is as before then.
    pub fn with_pack(&self, pack: &Pack) -> Result<Self, PackError> {
        let mut library = self.clone();
        library.lay(&format!("pack {} of {}", pack.origin, pack.made), &pack.rows, "")?;
        Ok(library)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Row;

    const ROWS: &str = r#"[[step]]
id = "safe-now"
order = 10
phase = "first-hour"
for_whom = "person"
roles = []
kinds = []
exposures = []
step = { en = "Go.", es = "Vaya." }
why = { en = "Because.", es = "Porque sí." }
how = { en = "On foot.", es = "A pie." }
support = "own-advice"
source = "https://example.org/"
seen = true
verified_on = "2026-12-01"
note = ""
replace_before_shipping = []
"#;

    fn pack(rows: &str) -> String {
        let day = "2026-12-01".parse().unwrap();
        format!("{}\n— example.org/law AAAA\n\n{rows}", Pack::to_sign("example.org/law", day, ROWS))
    }

    fn open(text: &str) -> Result<Pack, PackError> {
        Pack::open(text.as_bytes(), &|note| {
            assert!(note.ends_with("AAAA\n") && note.starts_with(HEAD), "{note}");
            Ok(())
        })
    }

    #[test]
    fn a_row_with_a_known_id_replaces_it() {
        let before = Library::shipped();
        let after = before.with_pack(&open(&pack(ROWS)).unwrap()).unwrap();
        assert_eq!(after.steps.len(), before.steps.len());
        let step = after.steps.iter().find(|step| step.id() == "safe-now").unwrap();
        assert_eq!(step.step.es, "Vaya.");
    }

    #[test]
    fn what_is_not_a_good_pack_is_refused() {
        let check = |text: &str, expected: &str| {
            let error = open(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        };
        check("", "it has no signature");
        check("[[law]]\nid = 1\n\nrows\n\nmore", "has no signature");
        check(&pack(&ROWS.replace("Go.", "Run.")), "changed after it was signed");
        check(&pack(ROWS).replace("pack/1", "pack/2"), "first line");
        check(&pack(ROWS).replace("2026-12-01", "soon"), "no day");
        assert!(matches!(
            Pack::open(pack(ROWS).as_bytes(), &|_| Err("unknown key".to_owned())),
            Err(PackError::Untrusted { .. })
        ));
        assert!(Pack::open(b"\xff\xfe", &|_| Ok(())).is_err());
    }

    /// Any prefix, and any one changed byte of the rows: an error, never a panic, never rows that were not signed.
    #[test]
    fn no_cut_and_no_changed_byte_of_the_rows_is_taken() {
        let whole = pack(ROWS);
        let yes = |_: &str| Ok(());
        for end in 0..whole.len() {
            assert!(Pack::open(&whole.as_bytes()[..end], &yes).is_err(), "cut at {end}");
        }
        for place in whole.len() - ROWS.len()..whole.len() {
            let mut changed = whole.clone().into_bytes();
            changed[place] ^= 1;
            assert!(Pack::open(&changed, &yes).is_err(), "changed at {place}");
        }
    }
}
