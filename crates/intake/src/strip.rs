//! Session secrets are stripped before a capture is hashed and kept.
//!
//! A HAR carries the cookies and tokens of whoever saved it: with them anybody could act as that person. They are
//! replaced in the text of the file, everything else stays byte for byte, also where the file is cut or damaged. A secret
//! that was found once is then replaced wherever else it stands, in bodies packed as base64 too.

mod scan;

use std::collections::BTreeSet;
use std::io::Read;

use aho_corasick::{AhoCorasick, MatchKind};
use flate2::read::MultiGzDecoder;
use values::{Digest, Place, Severity, Trouble};

use crate::archive::{self, Budget, Kind};
use crate::format::Head;
use crate::{Limits, Refused, Slice, base64};

/// What stands in the place of a secret.
pub(crate) const MARK: &str = "[stripped by redress]";

/// A capture without the secrets it carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stripped {
    /// The bytes to keep.
    pub bytes: Vec<u8>,
    /// How many secrets were replaced.
    pub secrets: u64,
    /// What is to be told about it.
    pub troubles: Vec<Trouble>,
}

/// Tells from the first bytes whether [`strip`] must see the whole capture before it is kept.
///
/// An archive that hides a HAR from its first bytes is noticed when it is read, and refused then.
pub fn may_hold_secrets(name: &str, head: &[u8]) -> bool {
    match archive::kind(head) {
        Some(Kind::Zip) => head.to_ascii_lowercase().windows(4).any(|four| four == b".har"),
        Some(Kind::Gzip) => {
            let mut start = Vec::new();
            // The head is cut, so the stream always ends in an error; what came before is enough.
            let _ends_early = MultiGzDecoder::new(head).take(64 << 10).read_to_end(&mut start);
            is_har(name, &start)
        }
        Some(Kind::Tar) => false,
        None => is_har(name, head),
    }
}

fn is_har(name: &str, head: &[u8]) -> bool {
    let head = Head::new(name, head);
    head.opens_with(&['{']) && head.has(&["\"log\":{"])
}

/// Returns a derivative of the capture without session secrets, `None` where the capture is of no kind that carries any.
///
/// To be called before the capture is hashed, kept or read. A gzip file becomes what is in it; a ZIP becomes a ZIP of the
/// same files, unpacked.
pub fn strip(name: &str, bytes: &[u8]) -> Option<Stripped> {
    if !may_hold_secrets(name, bytes) {
        return None;
    }
    match archive::kind(bytes) {
        None | Some(Kind::Tar) => Some(strip_har(bytes)),
        Some(Kind::Gzip) => {
            let mut inner = Vec::new();
            let _cut = MultiGzDecoder::new(bytes)
                .take(Limits::ordinary().max_document_bytes)
                .read_to_end(&mut inner);
            Some(strip_har(&inner))
        }
        Some(Kind::Zip) => strip_zip(name, bytes),
    }
}

fn strip_zip(name: &str, bytes: &[u8]) -> Option<Stripped> {
    let limits = Limits::ordinary();
    let source = Slice::with_digest(name, Digest::of(b""), bytes);
    // What cannot be opened here cannot be read later either, and is refused then.
    let opened = archive::open(Kind::Zip, &source, &limits).ok()?;
    let mut budget = Budget::new(&limits);
    let (mut secrets, mut troubles, mut members) = (0, Vec::new(), Vec::new());
    for (index, member) in opened.members().iter().enumerate() {
        let bytes = opened
            .inside(index, &source, &mut budget)
            .and_then(|inside| inside.hold(limits.max_member_bytes));
        match bytes {
            Ok(bytes) => {
                let stripped = strip(&member.name, &bytes);
                secrets += stripped.as_ref().map_or(0, |stripped| stripped.secrets);
                members.push((member.name.as_str(), stripped.map_or(bytes, |stripped| stripped.bytes)));
            }
            Err(refused) => troubles.push(
                Trouble::new(
                    "strip.member_left_out",
                    Severity::Invalid,
                    format!("This file of the archive could not be unpacked, so it could not be checked for a login session, and was left out: {}", refused.what),
                    refused.next,
                )
                .at(Place::whole().inside(&member.name)),
            ),
        }
    }
    if secrets == 0 {
        return None;
    }
    troubles.push(told(secrets));
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    Some(Stripped { bytes: archive::stored(&members), secrets, troubles })
}

/// Returns the refusal of an archive in which a HAR still carries a session, `None` where the member carries none.
pub(crate) fn session_in(name: &str, bytes: &[u8]) -> Option<Refused> {
    let secrets = strip(name, bytes)?.secrets;
    (secrets > 0).then(|| {
        Refused::new(
            "archive.holds_session",
            format!("The archive holds “{name}”, which carries the login session of whoever saved it ({secrets} cookies and tokens)."),
            "Unpack the archive and import its files by themselves: the session is then stripped before anything is kept.",
        )
    })
}

fn strip_har(bytes: &[u8]) -> Stripped {
    let text = crate::text::decode(bytes);
    let found = scan::scan(&text);
    let mut secrets = found.edits.len() as u64;
    let mut stripped = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in &found.edits {
        if range.start < at {
            continue;
        }
        stripped.push_str(&text[at..range.start]);
        stripped.push_str(replacement);
        at = range.end;
    }
    stripped.push_str(&text[at..]);
    if let Some((again, count)) = without(&stripped, finder(&found.secrets).as_ref()) {
        stripped = again;
        secrets += count;
    }
    Stripped { bytes: stripped.into_bytes(), secrets, troubles: vec![told(secrets)] }
}

fn told(secrets: u64) -> Trouble {
    Trouble::new(
        "har.secrets_stripped",
        Severity::Note,
        format!(
            "The file carried the login session of whoever saved it; {secrets} cookies, tokens and sent forms were replaced before it was kept."
        ),
        "Log out of the platform and in again, so that the session in the original file is worth nothing, and keep or delete the original with care.",
    )
}

/// Returns what finds all secrets in one pass: a long session has thousands of tokens.
fn finder(secrets: &BTreeSet<String>) -> Option<AhoCorasick> {
    if secrets.is_empty() {
        return None;
    }
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(secrets).ok()
}

/// Returns `text` without what `finder` finds and how often it was found, `None` where it holds none.
fn without(text: &str, finder: Option<&AhoCorasick>) -> Option<(String, u64)> {
    let mut count = 0;
    let mut stripped = String::new();
    finder?.replace_all_with(text, &mut stripped, |_, _, stripped| {
        count += 1;
        stripped.push_str(MARK);
        true
    });
    (count > 0).then_some((stripped, count))
}

/// The most bytes a packed body is unpacked to when secrets are looked for in it.
const BODY: u64 = 64 << 20;

/// Returns a base64 body without secrets, `None` where it holds none. One that was compressed as well is plain behind it.
fn strip_packed(packed: &str, finder: Option<&AhoCorasick>) -> Option<String> {
    finder?;
    let plain = match String::from_utf8(base64::decode(packed)?) {
        Ok(plain) => plain,
        Err(error) => String::from_utf8(unpacked(error.as_bytes())?).ok()?,
    };
    without(&plain, finder).map(|(stripped, _)| base64::encode(stripped.as_bytes()))
}

/// Unpacks a body by what it opens with; brotli has no opening of its own and is tried last.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let coding = match bytes {
        [0x1F, 0x8B, ..] => "gzip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
        [0x78, ..] => "deflate",
        _ => "br",
    };
    let fields = vec![("content-encoding".to_owned(), coding.to_owned())];
    let head = container::http::Head { start: String::new(), fields };
    let limits = container::Limits { decoded: BODY, ..container::Limits::shipped() };
    let decoded = container::http::decode(&head, &mut &*bytes, BODY, None, &limits).ok()?;
    decoded.troubles.is_empty().then_some(decoded.kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "SAMPLE-SECRET-MUST-BE-STRIPPED";

    fn check(har: &str) -> String {
        let stripped = strip("a.har", har.as_bytes()).unwrap();
        let text = String::from_utf8(stripped.bytes).unwrap();
        assert!(!text.contains(SECRET), "{text}");
        text
    }

    #[test]
    fn the_sample_keeps_all_but_its_secrets() {
        let har = samples::text("har/x_community_and_thread.har");
        assert!(har.contains(SECRET));
        let text = check(har);
        assert_eq!(strip("a.har", har.as_bytes()).unwrap().secrets, 8);
        assert!(text.contains("CommunityTweetsTimeline"));
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }

    #[test]
    fn secrets_hide_in_many_places() {
        let packed = base64::encode(format!("{{\"echo\":\"{SECRET}\"}}").as_bytes());
        let har = format!(
            r#"{{"log":{{"entries":[{{"request":{{"url":"https://x.com/a?auth_token={SECRET}&q=1",
            "headers":[{{"value":"{SECRET}","name":"X-Csrf-Token"}},{{"name":"accept","value":"*/*"}},{{"name":"referer","value":"https://x.com/?ct0={SECRET}"}}],
            "queryString":[{{"name":"access_token","value":"{SECRET}"}},{{"name":"q","value":"1"}}],
            "postData":{{"mimeType":"x","text":"password={SECRET}","params":[{{"name":"p","value":"{SECRET}"}}]}}}},
            "response":{{"headers":[{{"name":"set-cookie","value":"a={SECRET}; Path=/"}}],"redirectURL":"https://x.com/cb?code={SECRET}",
            "content":{{"text":"{packed}","encoding":"base64"}}}}}},
            {{"response":{{"content":{{"text":"{{\"access_token\":\"OTHER-{SECRET}\",\"id\":1}}"}}}}}}]}}}}"#
        );
        let text = check(&har);
        assert!(text.contains("q=1") && text.contains("*/*"));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let body = value.pointer("/log/entries/0/response/content/text").unwrap().as_str().unwrap();
        assert!(!String::from_utf8(base64::decode(body).unwrap()).unwrap().contains(SECRET));
    }

    #[test]
    fn a_secret_in_a_compressed_body_is_found() {
        use std::io::Write as _;
        let mut packing = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packing.write_all(format!("{{\"echo\":\"{SECRET}\",\"kept\":1}}").as_bytes()).unwrap();
        let packed = base64::encode(&packing.finish().unwrap());
        let har = format!(
            r#"{{"log":{{"entries":[{{"request":{{"headers":[{{"name":"cookie","value":"auth_token={SECRET}"}}]}},
            "response":{{"headers":[{{"name":"content-encoding","value":"gzip"}}],"content":{{"text":"{packed}","encoding":"base64"}}}}}}]}}}}"#
        );
        let value: serde_json::Value = serde_json::from_str(&check(&har)).unwrap();
        let body = value.pointer("/log/entries/0/response/content/text").unwrap().as_str().unwrap();
        let body = String::from_utf8(base64::decode(body).unwrap()).unwrap();
        assert!(body.contains("\"kept\":1") && !body.contains(SECRET), "{body}");
    }

    #[test]
    fn a_cut_file_is_stripped_too() {
        let har = samples::text("har/x_community_and_thread.har");
        for cut in (0..har.len()).step_by(97).filter(|cut| har.is_char_boundary(*cut)) {
            if let Some(stripped) = strip("a.har", &har.as_bytes()[..cut]) {
                let text = String::from_utf8(stripped.bytes).unwrap();
                assert!(!text.contains("SAMPLE-SECRET-MUST"), "cut at {cut}");
            }
        }
    }

    #[test]
    fn what_is_packed_is_stripped_too() {
        let har = samples::bytes("har/x_community_and_thread.har");
        let page = samples::bytes("singlefile-html/page.html");
        let zip = archive::stored(&[("a/x.har", har), ("page.html", page)]);
        let stripped = strip("a.zip", &zip).unwrap();
        assert_eq!(stripped.secrets, 8);
        let has = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|w| w == SECRET.as_bytes());
        assert!(has(&zip) && !has(&stripped.bytes));
        assert!(stripped.bytes.windows(page.len()).any(|w| w == page));
        // Once stripped there is nothing left to strip.
        assert_eq!(strip("a.zip", &stripped.bytes), None);
        let again = strip("a.har", &strip("a.har", har).unwrap().bytes).unwrap();
        assert_eq!(again.secrets, 0);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, har).unwrap();
        let packed = packed.finish().unwrap();
        assert!(may_hold_secrets("x.har.gz", &packed[..1_000]));
        assert!(!has(&strip("x.har.gz", &packed).unwrap().bytes));
        assert!(session_in("x.har", har).is_some() && session_in("page.html", page).is_none());
    }

    #[test]
    fn other_files_are_left_alone() {
        assert_eq!(strip("a.json", b"{\"logs\":1}"), None);
        assert_eq!(strip("a.har", b""), None);
    }
}
