//! Bytes become words: UTF-8, UTF-16 with its mark, and what to say of bytes that are neither.

use std::borrow::Cow;

use values::{Place, Severity, Trouble};

/// Returns `bytes` as text: UTF-8 with or without its mark, UTF-16 with its mark. What is neither becomes `U+FFFD`.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(wide(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(wide(rest, u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// Tells whether `bytes` hold something that [`decode`] has to replace.
pub(crate) fn is_broken(bytes: &[u8]) -> bool {
    !matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) && std::str::from_utf8(bytes).is_err()
}

/// What the bytes of a text are that is not UTF-8.
#[derive(Debug, Default)]
pub(crate) struct Old {
    /// Characters beyond ASCII that are well-formed UTF-8.
    utf8: u64,
    /// Bytes that Windows-1252 has no letter for.
    none: u64,
    /// The end of a piece, where it may be the beginning of a character.
    rest: Vec<u8>,
}

impl Old {
    /// Looks at the next piece of the text.
    pub(crate) fn look(&mut self, piece: &[u8]) {
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(piece);
        let mut at = bytes.as_slice();
        loop {
            let (good, bad) = match std::str::from_utf8(at) {
                Ok(all) => (all, None),
                Err(error) => {
                    let (good, bad) = at.split_at(error.valid_up_to());
                    // What stands before the error is UTF-8.
                    (std::str::from_utf8(good).unwrap_or_default(), Some((bad, error.error_len())))
                }
            };
            self.utf8 += good.bytes().filter(|b| *b >= 0xC0).count() as u64;
            self.none += good.bytes().filter(|b| *b == 0).count() as u64;
            match bad {
                None => return,
                Some((bad, None)) => {
                    self.rest = bad.to_vec();
                    return;
                }
                Some((bad, Some(length))) => {
                    let odd = |b: &&u8| matches!(**b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
                    self.none += bad[..length].iter().filter(odd).count() as u64;
                    at = &bad[length..];
                }
            }
        }
    }

    /// Tells whether the text is in Windows-1252, as Excel for Windows writes tables in America and Western Europe: every
    /// byte of it has a letter there, and none beyond ASCII makes sense as UTF-8.
    pub(crate) fn is_windows_1252(&self) -> bool {
        self.utf8 == 0 && self.none == 0
    }
}

/// Returns bytes in Windows-1252 as text.
pub(crate) fn windows_1252(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// Returns the trouble for a table in Windows-1252.
pub(crate) fn is_windows_1252() -> Trouble {
    Trouble::new(
        "text.windows_1252",
        Severity::Warn,
        "The file does not say how its letters are written and is not UTF-8; it was read as Windows-1252, as Excel writes it. Accents and quotation marks may be others than meant.",
        "Compare a word with an accent with the original, or save the table again as “CSV UTF-8”. The kept bytes are as they were.",
    )
}

/// Returns the trouble for bytes that are no text.
pub(crate) fn not_utf8(place: Place) -> Trouble {
    Trouble::new(
        "text.not_utf8",
        Severity::Invalid,
        "Some bytes here are not UTF-8 text; they are shown as “\u{FFFD}”, and the words around them may be wrong.",
        "Look at the original bytes, and ask for an export in UTF-8.",
    )
    .at(place)
}

/// Returns the trouble for half of a character.
pub(crate) fn half_character(place: Place) -> Trouble {
    Trouble::new(
        "text.half_character",
        Severity::Warn,
        "A text was cut in the middle of a character, which is shown as “\u{FFFD}”.",
        "Look for a capture that holds the whole text.",
    )
    .at(place)
}

/// Undoes the three escapes X puts into texts (`&amp;`, `&lt;`, `&gt;`), which belong to its transport as JSON's do.
pub(crate) fn unescape_x(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Undoes UTF-8 bytes that were taken for Latin-1 (`Â«` for `«`). Returns `None` where the text is not of that sort.
pub(crate) fn undo_mojibake(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_understood_and_dropped() {
        assert_eq!(decode(b"\xEF\xBB\xBFa"), "a");
        assert_eq!(decode(b"\xFF\xFEa\0\xE9\0"), "aé");
        assert_eq!(decode(b"\xFE\xFF\0a"), "a");
        assert_eq!(decode(b"a\xFFb"), "a\u{FFFD}b");
        assert!(is_broken(b"a\xFFb") && !is_broken(b"\xFF\xFEa\0"));
    }

    #[test]
    fn an_old_table_is_known_by_all_of_its_bytes() {
        let is_old = |pieces: &[&[u8]]| {
            let mut old = Old::default();
            pieces.iter().for_each(|piece| old.look(piece));
            old.is_windows_1252()
        };
        assert!(is_old(&[b"se\xF1or \x93a\x94", b" caf\xE9"]));
        assert!(!is_old(&[b"se\xF1or \xC3", b"\xB1"]), "a character that two pieces share is UTF-8");
        assert!(!is_old(&[b"se\xF1or \x81"]) && !is_old(&[b"se\xF1or\0"]));
        assert_eq!(windows_1252(b"\x93se\xF1or\x94"), "“señor”");
    }

    #[test]
    fn mojibake_is_undone_only_where_it_is_one() {
        assert_eq!(undo_mojibake("\u{c2}\u{ab}mulo\u{c2}\u{bb}").as_deref(), Some("«mulo»"));
        assert_eq!(undo_mojibake("señor"), None);
        assert_eq!(undo_mojibake("plain"), None);
        assert_eq!(undo_mojibake("🤔"), None);
    }

    #[test]
    fn the_escapes_of_x_are_undone_once() {
        assert_eq!(unescape_x("a &amp;lt; b &gt; c"), "a &lt; b > c");
    }
}
