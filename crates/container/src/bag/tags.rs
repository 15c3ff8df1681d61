//! The small texts of a bag: `bagit.txt`, and the labelled lines of `bag-info.txt`.

use std::borrow::Cow;

use values::{Severity, Trouble};

use super::{WRITER, at, invalid};
use crate::judgement::Troubles;

/// What `bagit.txt` declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Major and minor number.
    pub version: (u32, u32),
    /// Whether RFC 8493 applies in full; before 1.0 the drafts are more lenient.
    pub final_version: bool,
    /// The encoding of all other tag files, as stated.
    pub encoding: String,
}

impl Declaration {
    /// Returns the name of the file that describes the bag.
    pub const fn info_file(&self) -> &'static str {
        if self.version.0 == 0 && self.version.1 < 96 { "package-info.txt" } else { "bag-info.txt" }
    }

    /// Returns a tag file's text in the declared encoding; `None` where the bytes are not of it.
    pub fn decode<'t>(&self, bytes: &'t [u8]) -> Option<Cow<'t, str>> {
        match self.encoding.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "us-ascii" | "ascii" => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            "iso-8859-1" | "latin1" => {
                Some(bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into())
            }
            "utf-16" => match bytes {
                [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
                [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
                rest => utf16(rest, u16::from_be_bytes),
            },
            "utf-16le" => utf16(bytes, u16::from_le_bytes),
            "utf-16be" => utf16(bytes, u16::from_be_bytes),
            _ => None,
        }
    }

    fn known_encoding(&self) -> bool {
        self.decode(b"").is_some()
    }
}

fn utf16<'t>(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'t, str>> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok().map(Cow::Owned)
}

/// Returns the lines of a text; LF, CR and CRLF end one.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\r', '\n'])).unwrap_or(after);
        Some(line)
    })
}

/// Reads `bagit.txt` (RFC 8493, section 2.1.1). `None` where it declares nothing that can be gone by.
pub fn declaration(bytes: &[u8], troubles: &mut Troubles) -> Option<Declaration> {
    let mut wrong = |what: &str| troubles.push(at(invalid("bag.bagit_txt", what, WRITER), "bagit.txt"));
    let Ok(text) = std::str::from_utf8(bytes) else {
        wrong("bagit.txt is not UTF-8.");
        return None;
    };
    if text.starts_with('\u{feff}') {
        wrong("bagit.txt begins with a byte order mark, which it must not.");
        return None;
    }
    let mut lines = lines(text);
    let version = lines.next().and_then(|line| value(line, "BagIt-Version"));
    let encoding = lines.next().and_then(|line| value(line, "Tag-File-Character-Encoding"));
    let (Some((version, loose_version)), Some((encoding, loose_encoding))) = (version, encoding) else {
        wrong("bagit.txt does not state version and encoding, one line each.");
        return None;
    };
    let digits = |text: &str| {
        let plain = !text.is_empty() && text.len() < 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let numbers = version.split_once('.').and_then(|(major, minor)| Some((digits(major)?, digits(minor)?)));
    let Some(numbers) = numbers else {
        wrong("The version in bagit.txt is not two numbers with a dot between them.");
        return None;
    };
    let declaration =
        Declaration { version: numbers, final_version: numbers.0 >= 1, encoding: encoding.to_owned() };
    if declaration.final_version {
        if loose_version || loose_encoding {
            wrong("bagit.txt has blanks where RFC 8493 allows none.");
        }
        if lines.any(|line| !line.is_empty()) {
            wrong("bagit.txt has more than its two lines.");
        }
    }
    if !matches!(numbers, (0, 93..=97) | (1, 0)) {
        let what = format!("There is no BagIt version {}.{} that is known here.", numbers.0, numbers.1);
        troubles.push(at(invalid("bag.version", what, WRITER), "bagit.txt"));
        return None;
    }
    if !declaration.known_encoding() {
        let shown: String = declaration.encoding.chars().take(40).collect();
        let what = format!("The encoding “{shown}” is not read here, so no manifest could be checked.");
        troubles.push(at(invalid("bag.encoding", what, WRITER), "bagit.txt"));
        return None;
    }
    Some(declaration)
}

/// Returns the value of a labelled line, and whether it has blanks other than the one after the colon.
fn value<'t>(line: &'t str, label: &str) -> Option<(&'t str, bool)> {
    let (name, value) = line.split_once(':')?;
    let trimmed = value.trim();
    let loose = name != label || value.strip_prefix(' ') != Some(trimmed);
    (name.trim() == label && !trimmed.is_empty()).then_some((trimmed, loose))
}

/// Reads labelled lines, joining those that go on with a blank.
pub fn elements(
    text: &str,
    declaration: &Declaration,
    name: &str,
    troubles: &mut Troubles,
) -> Vec<(String, String)> {
    let mut elements: Vec<(String, String)> = Vec::new();
    for line in lines(text.trim_start_matches('\u{feff}')) {
        if line.trim().is_empty() {
            continue;
        }
        if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), elements.last_mut()) {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((label, value)) = line.split_once(':') {
            elements.push((label.trim().to_owned(), value.trim().to_owned()));
        } else {
            let severity = if declaration.final_version { Severity::Invalid } else { Severity::Warn };
            let what = "A line is no label with a value.";
            troubles.push(at(Trouble::new("bag.tag_line", severity, what, WRITER), name));
        }
    }
    elements
}
