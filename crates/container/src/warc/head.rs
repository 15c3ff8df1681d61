//! The head of a record: its version line and named fields, and what is wrong with them.

use std::collections::HashSet;

use values::{Severity, Trouble};

use crate::Limits;
use crate::stream::{Fault, Input};

/// A named field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// In lower case; names are compared without case.
    pub name: String,
    /// As written, without the blanks around it. Bytes that are not UTF-8 are replaced.
    pub value: String,
}

/// The head of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Counted from 1, bad ones too.
    pub number: u64,
    /// Where in the file the record begins; in a gzipped one, the first byte after the head of its member.
    pub offset: u64,
    /// `1.0`, `1.1` or another.
    pub version: String,
    /// All fields in the order of the file.
    pub fields: Vec<Field>,
    /// Bytes in the block; `None` where the head does not say it in one lawful way.
    pub length: Option<u64>,
}

impl Record {
    /// Returns the value of the first field of that name (lower case).
    pub fn first(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.value.as_str())
    }

    /// Returns the type of the record, empty where it has none.
    pub fn kind(&self) -> &str {
        self.first("warc-type").unwrap_or_default()
    }

    /// Returns the address captured, without the angle brackets that old tools put around it.
    pub fn target(&self) -> Option<&str> {
        let uri = self.first("warc-target-uri")?;
        Some(uri.strip_prefix('<').and_then(|uri| uri.strip_suffix('>')).unwrap_or(uri))
    }
}

/// Why there is no head.
pub enum Bad {
    /// The bytes are not the beginning of a record; whether the file or member ends with them.
    NotARecord {
        /// Nothing that looks like a record follows in what was looked at.
        end: bool,
    },
    /// Longer than the limit.
    TooLong,
    /// The input ends inside it.
    Cut,
    /// The stream is broken.
    Fault(Fault),
}

/// Reads a head. Errors when there is none; troubles are about a head that could be read.
pub fn read(stream: &mut Input<'_>, limits: &Limits) -> Result<(Record, Vec<Trouble>), Bad> {
    let mut left = limits.head;
    let mut troubles = Vec::new();
    let mut line = Vec::new();
    let version = version(stream, &mut line, &mut left)?;
    let mut bare = !line.ends_with(b"\r\n");
    let mut record = Record { version, ..Record::default() };
    let (mut lossy, mut no_fields) = (false, 0u64);
    loop {
        read_line(stream, &mut line, &mut left)?;
        bare |= !line.ends_with(b"\r\n");
        let text = String::from_utf8_lossy(&line);
        lossy |= matches!(text, std::borrow::Cow::Owned(_));
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            break;
        }
        // A carriage return alone, or a zero byte, ends a line for some readers: what follows it is a field only they see.
        no_fields += u64::from(text.contains(['\r', '\0']));
        if let (true, Some(field)) = (text.starts_with([' ', '\t']), record.fields.last_mut()) {
            field.value.push(' ');
            field.value.push_str(text.trim());
        } else if let Some((name, value)) = text.split_once(':') {
            // “Content-Length : 5” is that field for some readers and no field for others.
            no_fields += u64::from(name.is_empty() || name.contains([' ', '\t']));
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_owned());
            record.fields.push(Field { name, value });
        } else {
            no_fields += 1;
        }
    }
    // Said once, whatever their number: a head of half a million such lines must not become as many sentences.
    if no_fields > 0 {
        let what = match no_fields {
            1 => "A line in the head of the record is no named field as the standard writes one.".to_owned(),
            count => format!(
                "{count} lines in the head of the record are no named fields as the standard writes them."
            ),
        };
        let next = "Compare with the file at its source; readers disagree on what such a line says.";
        troubles.push(Trouble::new("warc.header_line", Severity::Invalid, what, next));
    }
    if bare {
        let what = "Lines in the head of the record end without a carriage return: the file was edited or converted.";
        let next = "Ask for the file as it was made.";
        troubles.push(Trouble::new("warc.line_ends", Severity::Warn, what, next));
    }
    if lossy {
        let what = "The head of the record holds bytes that are not UTF-8; they are shown replaced.";
        let next = "The original bytes stay in the file.";
        troubles.push(Trouble::new("warc.not_utf8", Severity::Note, what, next));
    }
    check(&mut record, &mut troubles);
    Ok((record, troubles))
}

/// Reads the version line, which alone tells a record from anything else.
fn version(stream: &mut Input<'_>, line: &mut Vec<u8>, left: &mut usize) -> Result<String, Bad> {
    line.clear();
    // Byte by byte until it is known to be a record: the first bytes of some other file may have no line end at all.
    while line.len() < 5 {
        if stream.fill().map_err(Bad::Fault)? == 0 {
            return Err(if b"WARC/".starts_with(line) { Bad::Cut } else { Bad::NotARecord { end: true } });
        }
        line.push(stream.buffer()[0]);
        stream.consume(1);
        if !b"WARC/".starts_with(line) {
            return Err(Bad::NotARecord { end: no_record_follows(stream)? });
        }
    }
    let start = std::mem::take(line);
    read_line(stream, line, left)?;
    let version = String::from_utf8_lossy(line).trim().to_owned();
    line.splice(0..0, start);
    Ok(version)
}

/// Reads the rest of the member or file. Returns whether it holds nothing that looks like a record.
fn no_record_follows(stream: &mut Input<'_>) -> Result<bool, Bad> {
    let mut tail: Vec<u8> = Vec::new();
    loop {
        let there = stream.fill().map_err(Bad::Fault)?;
        if there == 0 {
            return Ok(true);
        }
        tail.extend_from_slice(stream.buffer());
        stream.consume(there);
        if tail.windows(7).any(|bytes| bytes == b"WARC/1.") {
            return Ok(false);
        }
        tail.drain(..tail.len().saturating_sub(6));
    }
}

fn read_line(stream: &mut Input<'_>, line: &mut Vec<u8>, left: &mut usize) -> Result<(), Bad> {
    line.clear();
    loop {
        if stream.fill().map_err(Bad::Fault)? == 0 {
            return Err(Bad::Cut);
        }
        let there = stream.buffer();
        let (count, ended) = match there.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (there.len(), false),
        };
        if count > *left {
            return Err(Bad::TooLong);
        }
        *left -= count;
        line.extend_from_slice(&there[..count]);
        stream.consume(count);
        if ended {
            return Ok(());
        }
    }
}

const KINDS: [&str; 8] =
    ["warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"];

fn check(record: &mut Record, troubles: &mut Vec<Trouble>) {
    let mut push = |code: &'static str, severity, what: String| {
        let next = match code {
            "warc.cut_short" => "Capture the page again while it stands; what is here is as it was written.",
            "warc.draft_version" | "warc.unknown_type" => "Nothing to do; the record stays as it is.",
            _ => "Ask for the file as it was made; a tool that writes by the standard does not do this.",
        };
        troubles.push(Trouble::new(code, severity, what, next));
    };
    match record.version.as_str() {
        "1.0" | "1.1" => {}
        "0.17" | "0.18" => {
            push(
                "warc.draft_version",
                Severity::Note,
                format!("The record is of the draft {}.", record.version),
            );
        }
        other => {
            let shown: String = other.chars().take(20).collect();
            push("warc.version", Severity::Invalid, format!("There is no WARC version “{shown}”."));
        }
    }
    record.length = length(record, &mut push);
    // A set, because heads of a hundred thousand fields exist, made to be compared each with each.
    let mut seen = HashSet::new();
    let repeated = record
        .fields
        .iter()
        .find(|field| !seen.insert(field.name.as_str()) && field.name != "warc-concurrent-to");
    if let Some(field) = repeated {
        let what =
            format!("The field “{}” stands twice in one head; readers disagree which counts.", field.name);
        push("warc.header_repeated", Severity::Invalid, what);
    }
    for name in ["warc-type", "warc-record-id", "warc-date"] {
        if record.first(name).is_none() {
            push(
                "warc.header_missing",
                Severity::Invalid,
                format!("The mandatory field “{name}” is missing."),
            );
        }
    }
    if let Some(id) = record.first("warc-record-id") {
        let inner = id.strip_prefix('<').and_then(|id| id.strip_suffix('>'));
        if !inner.is_some_and(|uri| uri.contains(':') && !uri.contains([' ', '<', '>'])) {
            push(
                "warc.record_id",
                Severity::Invalid,
                "The record id is no address in angle brackets.".into(),
            );
        }
    }
    if let Some(date) = record.first("warc-date")
        && !lawful_date(date, record.version == "1.0")
    {
        let shown: String = date.chars().take(40).collect();
        push("warc.date", Severity::Invalid, format!("The date of the record, “{shown}”, is no date."));
    }
    let kind = record.kind();
    let needs_target =
        matches!(kind, "response" | "resource" | "request" | "revisit" | "conversion" | "continuation");
    if needs_target && record.first("warc-target-uri").is_none() {
        push(
            "warc.header_missing",
            Severity::Invalid,
            "The mandatory field “warc-target-uri” is missing.".into(),
        );
    }
    if kind == "revisit" && record.first("warc-profile").is_none() {
        push(
            "warc.header_missing",
            Severity::Invalid,
            "A revisit without its mandatory “warc-profile”.".into(),
        );
    }
    if kind == "revisit"
        && let Some(id) = record.first("warc-refers-to")
        && record.first("warc-record-id") == Some(id)
    {
        push("warc.revisit_self", Severity::Invalid, "The record refers to itself for its content.".into());
    }
    if !kind.is_empty() && !KINDS.contains(&kind) {
        let shown: String = kind.chars().take(40).collect();
        push("warc.unknown_type", Severity::Note, format!("Records of the type “{shown}” are passed over."));
    }
    if let Some(why) = record.first("warc-truncated") {
        let shown: String = why.chars().take(40).collect();
        push(
            "warc.cut_short",
            Severity::Warn,
            format!("The capturing tool cut this record short: “{shown}”."),
        );
    }
}

/// Returns the stated length where it is stated once, or more than once but always the same.
fn length(record: &Record, push: &mut dyn FnMut(&'static str, Severity, String)) -> Option<u64> {
    let mut stated = record.fields.iter().filter(|field| field.name == "content-length");
    let Some(first) = stated.next() else {
        push(
            "warc.content_length",
            Severity::Invalid,
            "The record does not say how long its block is.".into(),
        );
        return None;
    };
    // A field given twice with other values is said as such: see `warc.header_repeated`.
    if stated.any(|other| other.value != first.value) {
        return None;
    }
    let digits = !first.value.is_empty() && first.value.bytes().all(|byte| byte.is_ascii_digit());
    let length = if digits { first.value.parse().ok() } else { None };
    if length.is_none() {
        let shown: String = first.value.chars().take(40).collect();
        push("warc.content_length", Severity::Invalid, format!("“{shown}” is no length of a block."));
    }
    length
}

/// Whether a date is written as the standard says: UTC to the second in 1.0; from the year to nine digits of a second
/// in 1.1 (its section on WARC-Date).
fn lawful_date(date: &str, old: bool) -> bool {
    let number =
        |text: &str| (text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u32>().ok()).flatten();
    let (day, time) = match date.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (date, None),
    };
    let parts: Vec<&str> = day.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !matches!(lengths[..], [4] | [4, 2] | [4, 2, 2]) {
        return false;
    }
    let Some(values) = parts.iter().map(|part| number(part)).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    if let Some(month) = values.get(1)
        && !(1..=12).contains(month)
    {
        return false;
    }
    if let [year, month, day] = values[..] {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !(1..=days).contains(&day) {
            return false;
        }
    }
    let Some(time) = time else { return !old };
    let Some(time) = time.strip_suffix('Z') else { return false };
    let (whole, fraction) = match time.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (time, None),
    };
    if let Some(fraction) = fraction
        && (old || !(1..=9).contains(&fraction.len()) || number(fraction).is_none())
    {
        return false;
    }
    let parts: Vec<&str> = whole.split(':').collect();
    if values.len() != 3 || parts.iter().any(|part| part.len() != 2) {
        return false;
    }
    match parts.iter().map(|part| number(part)).collect::<Option<Vec<u32>>>().as_deref() {
        Some([hour, minute, second]) => *hour < 24 && *minute < 60 && *second <= 60,
        Some([hour, minute]) => !old && fraction.is_none() && *hour < 24 && *minute < 60,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(date: &str, in_1_0: bool, in_1_1: bool) {
        assert_eq!((lawful_date(date, true), lawful_date(date, false)), (in_1_0, in_1_1), "{date}");
    }

    #[test]
    fn dates_are_those_of_the_standard() {
        check("2024-06-11T12:00:00Z", true, true);
        check("2024-02-29T23:59:60Z", true, true);
        check("2024-06-11T12:00:00.123456789Z", false, true);
        check("2024-06-11T12:00Z", false, true);
        check("2024-06", false, true);
        check("2024", false, true);
        for never in [
            "",
            "2024-13-45T99:00:00Z",
            "2023-02-29T00:00:00Z",
            "2024-06-11 12:00:00",
            "2024-06-11T12:00:00",
            "2024-06-11T12:00:00+02:00",
            "2024-06-11T12:00:00.Z",
            "2024-06-11T12:00:00.1234567890Z",
            "20240611120000",
            "2024-06-11T+1:00:00Z",
            "２０２４",
        ] {
            check(never, false, false);
        }
    }
}
