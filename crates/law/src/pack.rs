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

/// How many days ahead of this computer's calendar a pack may be dated: somewhere it is tomorrow already.
const AHEAD_DAYS: i64 = 1;

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
    #[error("a row of this pack does not read: {0}. Nothing was taken from it; tell whoever made it")]
    Rows(#[from] LibraryError),
    /// The rows read, and something that must hold for all rows does not.
    #[error(
        "the rows of this pack are not as they must be: {}. Nothing was taken from it; tell whoever made it",
        .0.join(" ")
    )]
    Problems(Vec<String>),
    /// It is not newer than what is there.
    #[error("this pack is of {made} and {than} of {there}: it is older. Nothing was taken from it")]
    Older {
        /// Its day.
        made: Day,
        /// What is newer: “the rows in use are”.
        than: &'static str,
        /// The day of those.
        there: Day,
    },
    /// It is dated after today.
    #[error(
        "this pack is dated {made} and this computer's calendar shows {today}. Nothing was taken from it; set the clock, or ask whoever made it"
    )]
    Ahead {
        /// Its day.
        made: Day,
        /// Today.
        today: Day,
    },
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

/// Joins files of rows (name, English, Spanish) into the one text of a pack, with both languages in each row.
///
/// Errors at the first row that is not as documented, read as they will be read out of the pack.
pub fn rows_of(files: &[(&str, &str, &str)]) -> Result<String, LibraryError> {
    Library::read(files)?;
    let mut all = toml::Table::new();
    for (file, rows, spanish) in files {
        for (name, rows) in crate::library::joined(file, rows, spanish)? {
            match (all.get_mut(&name), rows) {
                (Some(toml::Value::Array(known)), toml::Value::Array(more)) => known.extend(more),
                (_, rows) => {
                    all.insert(name, rows);
                }
            }
        }
    }
    // Tables of what was read as TOML are TOML.
    Ok(all.to_string())
}

/// Tells whether a pack made on `made` may be taken on `today` over a library whose rows were last read on `shipped`,
/// and over a pack of the same origin of the day `before`.
pub fn is_newer(made: Day, shipped: Option<Day>, before: Option<Day>, today: Day) -> Result<(), PackError> {
    if made > crate::day::days_after(today, AHEAD_DAYS) {
        return Err(PackError::Ahead { made, today });
    }
    let older = |there: &Day| made < *there;
    if let Some(there) = before.filter(older) {
        return Err(PackError::Older { made, than: "the pack in use is", there });
    }
    if let Some(there) = shipped.filter(older) {
        return Err(PackError::Older {
            made,
            than: "the rows that came with this version of redress are",
            there,
        });
    }
    Ok(())
}

impl Library {
    /// Returns this library with the rows of a pack laid over it: a row with a known id replaces it, another is added.
    ///
    /// Errors at the first row that is not as documented, and where the whole would break what must hold for all rows
    /// (see [`crate::check::problems`]); the library is as before then.
    pub fn with_pack(&self, pack: &Pack) -> Result<Self, PackError> {
        let mut library = self.clone();
        library.lay(&format!("pack {} of {}", pack.origin, pack.made), &pack.rows, "")?;
        let problems = crate::check::problems(&library);
        if problems.is_empty() { Ok(library) } else { Err(PackError::Problems(problems)) }
    }

    /// Returns the last day on which a source of any row was read: how new the rows are. `None` where none was read.
    pub fn read_until(&self) -> Option<Day> {
        let mut last = None;
        self.each_row(&mut |row| last = last.max(row.origin.verified_on));
        last
    }
}

impl Pack {
    /// Returns how many rows it brings, by the name of their table.
    pub fn counts(&self) -> Vec<(String, usize)> {
        let tables = self.rows.parse::<toml::Table>().unwrap_or_default();
        tables.into_iter().map(|(name, rows)| (name, rows.as_array().map_or(0, Vec::len))).collect()
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
    fn a_row_that_breaks_what_must_hold_is_refused() {
        let check = |from: &str, to: &str, expected: &str| {
            let rows = ROWS.replace(from, to);
            let day = "2026-12-01".parse().unwrap();
            let text =
                format!("{}\n— example.org/law AAAA\n\n{rows}", Pack::to_sign("example.org/law", day, &rows));
            let error = Library::shipped().with_pack(&open(&text).unwrap()).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        };
        check("Go.", "He is guilty.", "concludes too much");
        check("first-hour", "some-day", "does not read");
        check("https://example.org/", "example", "no well-formed address");
        check("order = 10\n", "", "missing field `order`");
    }

    #[test]
    fn older_packs_and_packs_from_tomorrow_are_refused() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let check = |made: &str, before: Option<&str>| {
            is_newer(day(made), Some(day("2026-11-23")), before.map(day), day("2026-12-10"))
        };
        assert_eq!(check("2026-12-01", None), Ok(()));
        assert_eq!(check("2026-12-01", Some("2026-12-01")), Ok(()));
        assert!(matches!(check("2026-12-01", Some("2026-12-02")), Err(PackError::Older { .. })));
        assert!(matches!(check("2026-11-01", None), Err(PackError::Older { .. })));
        assert_eq!(check("2026-12-11", None), Ok(()));
        assert!(matches!(check("2026-12-12", None), Err(PackError::Ahead { .. })));
        assert!(Library::shipped().read_until() >= Some(day("2026-11-23")));
    }

    #[test]
    fn files_in_two_languages_become_one_pack_that_reads_the_same() {
        let english = ROWS
            .replace(r#"{ en = "Go.", es = "Vaya." }"#, r#""Go.""#)
            .replace(r#"{ en = "Because.", es = "Porque sí." }"#, r#""Because.""#)
            .replace(r#"{ en = "On foot.", es = "A pie." }"#, r#""On foot.""#);
        let spanish = "[safe-now]\nstep = \"Vaya.\"\nwhy = \"Porque sí.\"\nhow = \"A pie.\"\n";
        let joined = rows_of(&[("steps.toml", &english, spanish)]).unwrap();
        let before = Library::read(&[("steps.toml", ROWS, "")]).unwrap();
        assert_eq!(Library::read(&[("pack", &joined, "")]).unwrap(), before);
        assert!(rows_of(&[("steps.toml", &english, "[other]\nstep = \"x\"\n")]).is_err());
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
