//! Reports a host's abuse desk can read by machine: XARF 4 (<https://xarf.org>, schema read on 2026-11-26), one a post.
//!
//! XARF 4 has no type for threats: exposed data is its nearest published one, and posts that expose none are reported as
//! `content` with the type `other`, which a strict desk may sort by hand. The contact is left open: a host may hand it on.

use std::collections::BTreeMap;

use record::Kind;
use serde_json::json;
use values::Digest;

use crate::dossier::{Dossier, Exhibit};
use crate::packages::proofs::to_base64;

/// Writes `data/xarf/EX-0001.json` for every exhibit with an address.
pub(super) fn all(dossier: &Dossier, files: &mut BTreeMap<String, Vec<u8>>) {
    for exhibit in &dossier.exhibits {
        if let Some(text) = report(dossier, exhibit) {
            files.insert(format!("data/xarf/{}.json", exhibit.name()), text.into_bytes());
        }
    }
}

fn report(dossier: &Dossier, exhibit: &Exhibit) -> Option<String> {
    let post = &exhibit.post;
    let url = post.url.as_ref()?.as_str();
    let domain = url.split("://").nth(1)?.split(['/', '?', '#', ':']).next()?;
    let exposed = exhibit.findings.iter().any(|finding| finding.kind == Kind::Dox);
    let kinds: Vec<&str> = exhibit.findings.iter().map(|finding| finding.kind.word()).collect();
    let about = format!("Targets a private person; a person confirmed: {}.", kinds.join(", "));
    // Whoever sends it fills this in: a host may forward the complaint with everything in it.
    let open = json!({"org": "FILL IN: an organisation or lawyer", "contact": "fill-in@example.org", "domain": "example.org"});
    let words = &post.text;
    let mut value = json!({
        "xarf_version": "4.0.0",
        "report_id": uuid(&format!("{} {} {}", dossier.case, exhibit.name(), dossier.now)),
        "timestamp": post.written.unwrap_or(dossier.now).to_rfc3339(),
        "reporter": open,
        "sender": open,
        "source_identifier": domain,
        "category": "content",
        "type": if exposed { "exposed_data" } else { "other" },
        "url": url,
        "domain": domain,
        "evidence_source": "user_report",
        "verification_method": "manual",
        "description": about,
        "evidence": [{
            "content_type": "text/plain",
            "description": "The exact words as captured, private data covered",
            "payload": to_base64(words.as_bytes()),
            "hash": format!("sha256:{}", Digest::of(words.as_bytes())),
            "size": words.len(),
        }],
    });
    if exposed {
        value["data_types"] = json!(["personal_information"]);
        value["exposure_method"] = json!("forum_post");
    }
    Some(format!("{value:#}\n"))
}

/// Returns an identifier in the form of a UUID version 8 (RFC 9562, section 5.8), made from `of`: the same package gives
/// the same one.
fn uuid(of: &str) -> String {
    let hex = Digest::of(format!("redress-xarf/1 {of}").as_bytes()).to_string();
    format!("{}-{}-8{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_the_form_of_uuids_and_stay_the_same() {
        let id = uuid("a");
        assert_eq!(id, uuid("a"));
        assert_ne!(id, uuid("b"));
        let parts: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!((id.as_bytes()[14], id.as_bytes()[19]), (b'8', b'a'));
    }
}
