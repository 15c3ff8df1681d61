//! Session secrets are stripped before a capture is hashed and kept.
//!
//! A HAR carries the cookies and tokens of whoever saved it: with them anybody could act as that person. They are
//! replaced in the text of the file, everything else stays byte for byte, also where the file is cut or damaged. A secret
//! that was found once is then replaced wherever else it stands, in bodies packed as base64 too.

mod scan;

use std::collections::BTreeSet;

use values::{Severity, Trouble};

use crate::base64;
use crate::format::Head;

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
pub fn may_hold_secrets(name: &str, head: &[u8]) -> bool {
    let head = Head::new(name, head);
    head.opens_with(&['{']) && head.has(&["\"log\":{"])
}

/// Returns a derivative of the capture without session secrets, `None` where the capture is of no kind that carries any.
///
/// To be called before the capture is hashed, kept or read.
pub fn strip(name: &str, bytes: &[u8]) -> Option<Stripped> {
    if !may_hold_secrets(name, bytes) {
        return None;
    }
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
    for secret in &found.secrets {
        let count = stripped.matches(secret.as_str()).count() as u64;
        if count > 0 {
            stripped = stripped.replace(secret.as_str(), MARK);
            secrets += count;
        }
    }
    let troubles = vec![Trouble::new(
        "har.secrets_stripped",
        Severity::Note,
        format!(
            "The file carried the login session of whoever saved it; {secrets} cookies, tokens and sent forms were replaced before it was kept."
        ),
        "Log out of the platform and in again, so that the session in the original file is worth nothing, and keep or delete the original with care.",
    )];
    Some(Stripped { bytes: stripped.into_bytes(), secrets, troubles })
}

/// Returns a base64 body without `secrets`, `None` where it holds none.
fn strip_packed(packed: &str, secrets: &BTreeSet<String>) -> Option<String> {
    let mut plain = String::from_utf8(base64::decode(packed)?).ok()?;
    let mut changed = false;
    for secret in secrets {
        if plain.contains(secret.as_str()) {
            plain = plain.replace(secret.as_str(), MARK);
            changed = true;
        }
    }
    changed.then(|| base64::encode(plain.as_bytes()))
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
    fn other_files_are_left_alone() {
        assert_eq!(strip("a.json", b"{\"logs\":1}"), None);
        assert_eq!(strip("a.har", b""), None);
    }
}
