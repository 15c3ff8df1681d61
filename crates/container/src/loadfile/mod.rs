//! Load files of legal review: Concordance DAT (fields) and Opticon OPT (page images).
//!
//! No standard exists; these are the rules that the common review platforms agree on. A post's text is written by
//! strangers, and three characters of it can break a DAT apart: what a reader here finds is exactly what a writer must
//! keep out.

pub mod dat;
pub mod opt;

use std::io::Read;

use values::{Severity, Trouble};

use crate::Limits;
use crate::judgement::{Format, Judgement, Troubles};

/// How the text of a load file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, least byte first.
    Utf16Le,
    /// UTF-16, greatest byte first.
    Utf16Be,
    /// Windows code page 1252.
    Windows1252,
}

const NEXT: &str = "Ask whoever made the production for the load file again.";

/// Judges a DAT or OPT that is read whole; `None` as encoding means by its byte order mark.
pub fn lint(source: &mut dyn Read, format: Format, encoding: Option<Encoding>, limits: &Limits) -> Judgement {
    let mut troubles = Troubles::new(limits.troubles);
    let Some(text) = text(source, encoding, limits, &mut troubles) else {
        return troubles.judge(format, None);
    };
    let rows = if format == Format::Opt {
        opt::read(&text, &mut troubles).len()
    } else {
        dat::read(&text, &mut troubles).rows.len()
    };
    troubles.judge(format, Some(rows as u64))
}

/// Reads and decodes; `None` where it is too large or cannot be read, which is said.
pub fn text(
    source: &mut dyn Read,
    encoding: Option<Encoding>,
    limits: &Limits,
    troubles: &mut Troubles,
) -> Option<String> {
    let mut bytes = Vec::new();
    if let Err(error) = source.take(limits.text + 1).read_to_end(&mut bytes) {
        troubles.push(crate::zip::unreadable(&error));
        return None;
    }
    if bytes.len() as u64 > limits.text {
        let what = format!("The load file is larger than {} bytes.", limits.text);
        let next = "Split it, or raise the limit if you trust where it comes from.";
        troubles.push(Trouble::new("loadfile.size", Severity::Reject, what, next));
        return None;
    }
    if bytes.is_empty() {
        let what = "The load file is empty.";
        troubles.push(Trouble::new("loadfile.empty", Severity::Reject, what, NEXT));
        return None;
    }
    let (by_mark, body) = match &bytes[..] {
        [0xef, 0xbb, 0xbf, rest @ ..] => (Some(Encoding::Utf8), rest),
        [0xff, 0xfe, rest @ ..] => (Some(Encoding::Utf16Le), rest),
        [0xfe, 0xff, rest @ ..] => (Some(Encoding::Utf16Be), rest),
        rest => (None, rest),
    };
    let encoding = encoding.or(by_mark).unwrap_or_else(|| guessed(body, troubles));
    let decoded = decode(body, encoding);
    if decoded.is_none() {
        let what = "The load file is not in the encoding that it says or was said to be in.";
        troubles.push(Trouble::new("loadfile.encoding", Severity::Invalid, what, NEXT));
    }
    decoded
}

fn guessed(bytes: &[u8], troubles: &mut Troubles) -> Encoding {
    if bytes.is_ascii() {
        return Encoding::Utf8;
    }
    let utf8 = std::str::from_utf8(bytes).is_ok();
    let (encoding, name) =
        if utf8 { (Encoding::Utf8, "UTF-8") } else { (Encoding::Windows1252, "Windows-1252") };
    let what = format!("The load file does not say its encoding; it was read as {name}.");
    let next = "Compare names with accents and signs; give the encoding by hand if they are wrong.";
    troubles.push(Trouble::new("loadfile.encoding_guessed", Severity::Note, what, next));
    encoding
}

fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        bytes.len().is_multiple_of(2).then(|| String::from_utf16(&units).ok()).flatten()
    };
    match encoding {
        Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
        Encoding::Utf16Le => wide(u16::from_le_bytes),
        Encoding::Utf16Be => wide(u16::from_be_bytes),
        Encoding::Windows1252 => Some(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

/// The 32 places where Windows-1252 differs from Latin-1 (WHATWG Encoding Standard, index windows-1252).
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// The letters and the number of a Bates number, where it ends in digits.
fn bates(number: &str) -> Option<(&str, u64)> {
    let digits = number.len() - number.bytes().rev().take_while(u8::is_ascii_digit).count();
    Some((&number[..digits], number[digits..].parse().ok()?))
}
