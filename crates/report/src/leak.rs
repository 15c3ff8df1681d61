//! The leak check: judges a finished package before it leaves, and refuses it naming the place.
//!
//! It does not trust that the map was applied. It looks for what the recipient must not see in every file's name and
//! text, in every text set in a PDF (through the data the document was made from, since a PDF's own streams are packed),
//! in the PDF's metadata, and for metadata in pictures. It never repeats what it found.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::recipient::Recipient;
use crate::redaction::{Category, RedactionMap};

/// What the check looked at. A package that has one passed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeakCheck {
    /// Files searched.
    pub files: u64,
    /// Texts set in documents searched.
    pub texts: u64,
}

/// A leak: where, and what sort of text. Never the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{place} would show a private {what}. The package was not written; add it to the redaction map or leave the exhibit out."
)]
pub struct Leak {
    /// The file, and the place in it.
    pub place: String,
    /// What sort of text.
    pub what: &'static str,
}

/// Files whose bytes are packed or signed: their text is checked elsewhere, their metadata here.
const PACKED: [&str; 7] = [".pdf", ".png", ".jpg", ".zip", ".sig", ".tsr", ".der"];

/// Checks `files` and the data each document was made from. Errors at the first leak, in the order of the names.
pub(crate) fn check(
    map: &RedactionMap,
    recipient: Recipient,
    files: &BTreeMap<String, Vec<u8>>,
    documents: &[(String, Value)],
) -> Result<LeakCheck, Leak> {
    let mut done = LeakCheck::default();
    for (name, bytes) in files {
        done.files += 1;
        if let Some((_, category)) = map.find(recipient, name, true).first() {
            return Err(leak("the name of a file", *category));
        }
        if PACKED.iter().any(|end| name.ends_with(end)) {
            picture_metadata(recipient, name, bytes)?;
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        if let Some((range, category)) = map.find(recipient, &text, false).first() {
            let line = text[..range.start].matches('\n').count() + 1;
            return Err(leak(&format!("{name}, line {line},"), *category));
        }
    }
    for (name, data) in documents {
        walk(map, recipient, data, &mut format!("{name}, at "), &mut done)?;
    }
    Ok(done)
}

fn walk(
    map: &RedactionMap,
    recipient: Recipient,
    value: &Value,
    place: &mut String,
    done: &mut LeakCheck,
) -> Result<(), Leak> {
    let length = place.len();
    match value {
        Value::String(text) => {
            done.texts += 1;
            if let Some((_, category)) = map.find(recipient, text, is_quoted(place)).first() {
                return Err(leak(place, *category));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                place.push_str(&format!("/{index}"));
                walk(map, recipient, item, place, done)?;
                place.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                place.push_str(&format!("/{name}"));
                walk(map, recipient, item, place, done)?;
                place.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

/// Tells whether a place of a document's data holds the words of others, in which a plain word may be a name. Our own
/// sentences are full of plain words.
fn is_quoted(place: &str) -> bool {
    let of_exhibit = place.contains("/exhibits/");
    place.ends_with("/quote") || of_exhibit && (place.ends_with("/text") || place.ends_with("/account"))
}

fn leak(place: &str, category: Category) -> Leak {
    let what = match category {
        Category::Name => "name",
        Category::Address => "address",
        Category::Phone => "phone number",
        Category::Email => "e-mail address",
        Category::Plate => "licence plate",
        Category::Family => "family member",
        Category::School => "school",
        Category::Workplace => "workplace",
        Category::Handle => "account",
        Category::Other => "text",
    };
    Leak { place: place.to_owned(), what }
}

/// Refuses a picture with room for words: a camera's position, a thumbnail from before the boxes were covered.
fn picture_metadata(recipient: Recipient, name: &str, bytes: &[u8]) -> Result<(), Leak> {
    let clean = if name.ends_with(".png") {
        png_is_bare(bytes)
    } else if name.ends_with(".jpg") {
        jpeg_is_bare(bytes)
    } else {
        true
    };
    if clean || recipient.sees_private() {
        Ok(())
    } else {
        Err(Leak { place: name.to_owned(), what: "picture with metadata" })
    }
}

/// Tells whether a PNG holds only what draws it (W3C PNG, third edition, section 11).
pub(crate) fn png_is_bare(bytes: &[u8]) -> bool {
    const DRAWS: [&[u8]; 9] =
        [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"];
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return false };
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(next) = length.checked_add(4).and_then(|skip| after.get(skip..)) else { return false };
        if !DRAWS.contains(&&head[4..]) {
            return false;
        }
        if &head[4..] == b"IEND" {
            return next.is_empty();
        }
        rest = next;
    }
    false
}

/// Tells whether a JPEG holds no application data but JFIF and Adobe's colour mark, and no comment (ITU T.81, B.1.1).
pub(crate) fn jpeg_is_bare(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(&[0xff, 0xd8]) else { return false };
    while let [0xff, marker, high, low, ..] = rest {
        match marker {
            0xda => return rest.ends_with(&[0xff, 0xd9]),
            0xe1..=0xed | 0xef | 0xfe => return false,
            _ => {}
        }
        let length = usize::from(*high) << 8 | usize::from(*low);
        let Some(next) = rest.get(2 + length..) else { return false };
        rest = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> RedactionMap {
        let mut map = RedactionMap::default();
        map.add(Category::Plate, "RDR-0000");
        map
    }

    #[track_caller]
    fn check_file(name: &str, bytes: &[u8], expected: &str) {
        let files = BTreeMap::from([(name.to_owned(), bytes.to_vec())]);
        let said = match check(&map(), Recipient::Public, &files, &[]) {
            Ok(_) => String::new(),
            Err(leak) => leak.to_string(),
        };
        assert!(said.starts_with(expected) && said.is_empty() == expected.is_empty(), "{said}");
        assert!(!said.contains("RDR"), "a refusal must not leak either: {said}");
    }

    #[test]
    fn leaks_are_named_by_place() {
        check_file(
            "data/a.csv",
            b"a,b\nc,r d r 0000\n",
            "data/a.csv, line 2, would show a private licence plate.",
        );
        check_file("data/rdr0000.txt", b"", "the name of a file would show a private licence plate.");
        check_file("data/a.csv", b"a,b\n", "");
    }

    #[test]
    fn pictures_with_metadata_are_refused() {
        check_file(
            "data/p.jpg",
            b"\xff\xd8\xff\xe1\0\x04ab\xff\xda\0\x02\xff\xd9",
            "data/p.jpg would show a private picture",
        );
        check_file("data/p.jpg", b"\xff\xd8\xff\xe0\0\x04ab\xff\xda\0\x02\xff\xd9", "");
        check_file(
            "data/p.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\0tEXt\0\0\0\0",
            "data/p.png would show a private picture",
        );
    }

    #[test]
    fn a_plain_word_is_a_name_only_in_the_words_of_others() {
        let mut map = RedactionMap::default();
        map.add(Category::Name, "Ana Muestra");
        let check = |data: Value| {
            check(&map, Recipient::Public, &BTreeMap::new(), &[("report.pdf".into(), data)]).is_ok()
        };
        assert!(check(serde_json::json!({"cannot_show": ["Esto no muestra acuerdo."]})));
        assert!(!check(serde_json::json!({"exhibits": [{"text": "this Muestra again"}]})));
        assert!(!check(serde_json::json!({"findings": [{"quote": "Muestra"}]})));
        assert!(!check(serde_json::json!({"cannot_show": ["Ana Muestra"]})), "a whole name is never ours");
    }

    #[test]
    fn texts_of_documents_are_searched() {
        let data = serde_json::json!({"exhibits": [{"text": "it is RDR.0000"}]});
        let leak =
            check(&map(), Recipient::Public, &BTreeMap::new(), &[("report.pdf".into(), data)]).unwrap_err();
        assert_eq!(leak.place, "report.pdf, at /exhibits/0/text");
    }
}
