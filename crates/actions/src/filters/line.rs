//! Findings as the contract writes them: one JSON object each, its fields in a fixed order.
//!
//! A flood is mostly written back with a few words marked in it. The lines are put together by hand, since going through
//! a value for each reason cost more than finding it; what is written is what `serde_json` would write, and a test holds
//! the two together.

use detect::reasons::{self, Language};
use record::Finding;

/// Writes what was found in one post: `{"id":…,"findings":[…]}` and a line end. `id` is the post's, as JSON; `room` is kept
/// from line to line.
pub(super) fn write(id: &str, text: &str, findings: &[Finding], room: &mut String, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"id\":");
    out.extend_from_slice(id.as_bytes());
    out.extend_from_slice(b",\"findings\":[");
    for (number, finding) in findings.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        one(finding, text, room, out);
    }
    out.extend_from_slice(b"]}\n");
}

fn one(finding: &Finding, text: &str, room: &mut String, out: &mut Vec<u8>) {
    word("{\"kind\":", Some(finding.kind.word()), out);
    word(",\"what\":", finding.what.map(|what| what.word()), out);
    word(",\"whose\":", finding.whose.map(|whose| whose.word()), out);
    word(",\"level\":", finding.level.map(|level| level.word()), out);
    if let Some(stance) = finding.stance {
        word(",\"stance\":", Some(stance.word()), out);
    }
    if let Some(claim) = &finding.claim {
        out.extend_from_slice(b",\"claim\":");
        string(claim, out);
    }
    out.extend_from_slice(b",\"detector\":");
    string(&finding.detector, out);
    for (name, at) in [(",\"start\":", finding.span.start()), (",\"end\":", finding.span.end())] {
        out.extend_from_slice(name.as_bytes());
        number(at, out);
    }
    out.extend_from_slice(b",\"quote\":");
    string(finding.span.of(text).unwrap_or_default(), out);
    out.extend_from_slice(b",\"score\":");
    // A score is a finite number and a vector takes all of it.
    let _ = serde_json::to_writer(&mut *out, &finding.score.get());
    out.extend_from_slice(b",\"reasons\":[");
    for (at, reason) in finding.reasons.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        room.clear();
        reasons::write(reason, text, Language::En, room);
        string(room, out);
    }
    out.extend_from_slice(if finding.counts { b"],\"counts\":true}" } else { b"],\"counts\":false}" });
}

/// Writes a field whose value is a word of the contract, or none.
fn word(name: &str, value: Option<&str>, out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    match value {
        Some(value) => {
            out.push(b'"');
            out.extend_from_slice(value.as_bytes());
            out.push(b'"');
        }
        None => out.extend_from_slice(b"null"),
    }
}

fn number(value: usize, out: &mut Vec<u8>) {
    let (mut digits, mut at, mut rest) = ([0; 20], 20, value);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Tells whether none of eight bytes is to be escaped.
fn plain(eight: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // The highest bit of a byte is set where it is below a limit, or nothing.
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(ONES * u64::from(limit)) & !bytes;
    let is = |sign: u8| below(eight ^ (ONES * u64::from(sign)), 1);
    (below(eight, b' ') | is(b'"') | is(b'\\')) & (ONES << 7) == 0
}

/// Writes a string with what JSON wants escaped.
fn string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.push(b'"');
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        if bytes[at..].first_chunk().is_some_and(|eight| plain(u64::from_le_bytes(*eight))) {
            at += 8;
            continue;
        }
        at += 1;
        if *byte >= b' ' && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[start..at - 1]);
        start = at;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0C => out.extend_from_slice(b"\\f"),
            other => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(other >> 4)]);
                out.push(HEX[usize::from(other & 15)]);
            }
        }
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use detect::{Detectors, Options};
    use record::PrivateSet;
    use serde::Serialize;

    use super::*;

    /// A finding as `serde_json` writes it.
    #[derive(Serialize)]
    struct Line<'a> {
        kind: record::Kind,
        what: Option<record::Exposure>,
        whose: Option<record::Whose>,
        level: Option<record::Level>,
        #[serde(skip_serializing_if = "Option::is_none")]
        stance: Option<record::Stance>,
        #[serde(skip_serializing_if = "Option::is_none")]
        claim: Option<&'a str>,
        detector: &'a str,
        start: usize,
        end: usize,
        quote: &'a str,
        score: f32,
        reasons: Vec<String>,
        counts: bool,
    }

    #[test]
    fn a_line_is_what_a_json_writer_writes() {
        let claims = law::claims();
        let detectors = Detectors::new(&Options { private: &PrivateSet::default(), claims: &claims });
        let mut seen = 0;
        for text in [
            "We will \"kill\" him\\her\ttonight\r\n at \u{8}\u{c}1420 Larkspur Ct, \u{1}(202) 555-0143 “há” 🔪 them",
            "the machines flipped votes?\u{7f} Dominion machines switched votes from Trump to Biden",
            "RDR-0000 nothing",
        ] {
            let findings = detectors.detect(text);
            let lines: Vec<Line<'_>> = findings
                .iter()
                .map(|finding| Line {
                    kind: finding.kind,
                    what: finding.what,
                    whose: finding.whose,
                    level: finding.level,
                    stance: finding.stance,
                    claim: finding.claim.as_deref(),
                    detector: &finding.detector,
                    start: finding.span.start(),
                    end: finding.span.end(),
                    quote: finding.span.of(text).unwrap(),
                    score: finding.score.get(),
                    reasons: finding
                        .reasons
                        .iter()
                        .map(|reason| reasons::sentence(reason, text, Language::En))
                        .collect(),
                    counts: finding.counts,
                })
                .collect();
            let wanted = format!("{{\"id\":7,\"findings\":{}}}\n", serde_json::to_string(&lines).unwrap());
            let mut out = Vec::new();
            write("7", text, &findings, &mut String::new(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), wanted);
            seen += findings.len();
        }
        assert!(seen > 5, "{seen}");
        let mut out = Vec::new();
        for value in [0, 9, 10, 907, usize::MAX] {
            number(value, &mut out);
            out.push(b' ');
        }
        assert_eq!(out, format!("0 9 10 907 {} ", usize::MAX).into_bytes());
        for byte in 0..=u8::MAX {
            let escaped = byte < b' ' || byte == b'"' || byte == b'\\';
            for at in 0..8 {
                let mut eight = *b"a b~c\x7F d";
                eight[at] = byte;
                assert_eq!(plain(u64::from_le_bytes(eight)), !escaped, "{eight:?}");
            }
        }
    }
}
