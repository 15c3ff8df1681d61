//! The folder of each exhibit: `post.json`, the words as plain text and as a page, pictures, proof; and the captures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;
use values::Digest;

use super::{LeftOut, Original};
use crate::disclose;
use crate::document::{Stock, shown};
use crate::dossier::{Dossier, Exhibit};
use crate::recipient::{Options, Recipient};
use crate::redaction::RedactionMap;
use crate::view::picture_name;
use crate::words;

/// Writes `data/exhibits/EX-0001/…` for every exhibit.
pub(super) fn folders(dossier: &Dossier, files: &mut BTreeMap<String, Vec<u8>>) {
    for exhibit in &dossier.exhibits {
        let folder = format!("data/exhibits/{}", exhibit.name());
        let mut put = |name: &str, bytes: Vec<u8>| files.insert(format!("{folder}/{name}"), bytes);
        put("post.json", post_json(exhibit).into_bytes());
        put("post.txt", exhibit.post.text.clone().into_bytes());
        put("page.html", page(dossier, exhibit).into_bytes());
        if let Some(line) = &exhibit.ledger_line {
            put("ledger-line.json", line.clone().into_bytes());
        }
        if let Some(proof) = &exhibit.proof {
            put("inclusion.tlog-proof", proof.clone().into_bytes());
        }
        for (index, picture) in exhibit.pictures.iter().enumerate() {
            if let Some(bytes) = &picture.covered {
                put(&picture_name(exhibit.number, index, bytes), bytes.to_vec());
            }
        }
    }
}

/// Writes the sealed fields of each exhibit, and those of them that `recipient` may see with their salts. Takes the
/// dossier before it was redacted: the salts of the words themselves are what proves the words that are left.
pub(super) fn fields(
    dossier: &Dossier,
    recipient: Recipient,
    map: &RedactionMap,
    files: &mut BTreeMap<String, Vec<u8>>,
) {
    for exhibit in &dossier.exhibits {
        let Some(secret) = &exhibit.salt else { continue };
        let folder = format!("data/exhibits/{}", exhibit.name());
        let list = disclose::seal(&disclose::fields(&exhibit.post), secret);
        let shown = disclose::disclose(&exhibit.post, secret, map, recipient);
        files.insert(format!("{folder}/fields.txt"), list.into_bytes());
        files.insert(format!("{folder}/disclosed.txt"), shown.into_bytes());
    }
}

/// Returns what the package's documents share: our words, and the pictures by the name templates ask for.
pub(super) fn stock(dossier: &Dossier, options: &Options) -> Stock {
    let mut stock = Stock::new(&words::all(options.language, &dossier.redress));
    for exhibit in &dossier.exhibits {
        for (index, picture) in exhibit.pictures.iter().enumerate() {
            if let Some(bytes) = &picture.covered {
                stock.add_picture(picture_name(exhibit.number, index, bytes), Arc::clone(bytes));
            }
        }
    }
    stock
}

fn post_json(exhibit: &Exhibit) -> String {
    let mut value = json!({
        "exhibit": exhibit.name(),
        "post": exhibit.post,
        "sightings": exhibit.sightings,
        "strength": exhibit.strength().map(|strength| json!({
            "rung": strength.rung,
            "of": record::strength::RUNGS,
            "raise": strength.raise.0,
            "not_proved": strength.not_proved.0,
        })),
        "findings": exhibit.findings,
    });
    if let Some(incident) = &exhibit.incident {
        value["incident"] = json!(incident);
    }
    format!("{value:#}\n")
}

/// Returns the post as a page that any browser shows and that loads and runs nothing.
fn page(dossier: &Dossier, exhibit: &Exhibit) -> String {
    let post = &exhibit.post;
    let text = |given: &str| {
        shown(given).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let line = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("<dt>{name}</dt><dd>{}</dd>\n", text(value)),
    };
    let captures: BTreeSet<String> = exhibit.sightings.iter().map(|s| s.capture.to_string()).collect();
    let captures: String = captures.iter().map(|digest| line("Capture (SHA-256)", digest)).collect();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{name}</title>\n<style>body{{font:1rem/1.5 serif;max-width:42rem;margin:2rem auto;padding:0 1rem}}\
         blockquote{{border-left:3px solid #777;margin:1rem 0;padding:.2rem 1rem;white-space:pre-wrap}}\
         dt{{font-weight:bold}}dd{{margin:0 0 .5rem;overflow-wrap:anywhere}}</style>\n</head>\n<body>\n<main>\n\
         <h1>{name}</h1>\n<blockquote>{words}</blockquote>\n<dl>\n{account}{id}{written}{url}{incident}{captures}{strength}</dl>\n\
         </main>\n</body>\n</html>\n",
        lang = dossier.subject.language.chars().filter(char::is_ascii_alphabetic).take(2).collect::<String>(),
        name = exhibit.name(),
        words = text(&post.text),
        strength = exhibit.strength().map_or_else(String::new, |strength| {
            let pick = |(en, es): (&'static str, &'static str)| {
                if dossier.subject.language == "es" { es } else { en }
            };
            line(
                &format!("{}/{}", strength.rung, record::strength::RUNGS),
                &format!("{} {}", pick(strength.not_proved), pick(strength.raise)),
            )
        }),
        incident = exhibit.incident.as_ref().map_or_else(String::new, |incident| {
            let language = crate::recipient::Language::of_code(&dossier.subject.language);
            let lines = crate::view::incident::lines(incident);
            lines.iter().map(|(key, value)| line(crate::words::say(language, key), value)).collect()
        }),
        account = line("Account", &post.author.shown()),
        id = line("Post", post.key.as_str()),
        written = line("Written", &post.written.map_or_else(String::new, crate::view::brief)),
        url = line("Address", post.url.as_ref().map_or("", |link| link.as_str())),
    )
}

/// Where captures go, and where it is noted that one does not.
pub(super) struct Taken<'a> {
    pub(super) files: &'a mut BTreeMap<String, Vec<u8>>,
    pub(super) copies: &'a mut BTreeMap<String, Original>,
    pub(super) left_out: &'a mut Vec<LeftOut>,
}

/// Takes the captures that `recipient` may have, once each, under their digests; notes the others as left out.
///
/// Who sees everything gets them as copies, made by the caller; for others each is read and searched first.
pub(super) fn captures(
    dossier: &Dossier,
    recipient: Recipient,
    options: &Options,
    map: &RedactionMap,
    originals: &mut dyn FnMut(&Digest) -> Option<Vec<u8>>,
    taken: &mut Taken<'_>,
) {
    if !recipient.gets_captures() {
        if recipient.gets_exhibits() {
            taken.left_out.push(LeftOut::said(options, "captures_kind", &[]));
        }
        return;
    }
    let all = recipient.gets_whole_captures() && map.withholds_nothing(recipient);
    let mut seen = BTreeSet::new();
    let (mut others, mut private, mut missing) = (0_u64, 0_u64, 0_u64);
    let exhibited = dossier.exhibits.iter().flat_map(|exhibit| &exhibit.sightings);
    let exhibited = exhibited.map(|s| (s.capture, s.size, s.file.as_str(), s.holds_others));
    let collected = dossier.captures.iter().map(|c| (c.digest, c.size, c.file.as_str(), true));
    for (capture, size, file, holds_others) in exhibited.chain(collected) {
        if !seen.insert(capture) {
            continue;
        }
        let name = format!("data/captures/{capture}.{}", ending(file));
        if all {
            taken.copies.insert(name, Original { digest: capture, size });
            continue;
        }
        if holds_others && !recipient.gets_whole_captures() {
            others += 1;
            continue;
        }
        let Some(bytes) = originals(&capture).filter(|bytes| Digest::of(bytes) == capture) else {
            missing += 1;
            continue;
        };
        let readable = std::str::from_utf8(&bytes);
        let shows = !map.withholds_nothing(recipient)
            // What cannot be read as text cannot be searched: a picture, an archive.
            && readable.map_or(true, |text| !map.find(recipient, text, true).is_empty());
        if shows {
            private += 1;
            continue;
        }
        taken.files.insert(name, bytes);
    }
    for (key, count) in
        [("captures_others", others), ("captures_private", private), ("captures_missing", missing)]
    {
        if count > 0 {
            taken.left_out.push(LeftOut::said(options, key, &[("count", &count.to_string())]));
        }
    }
}

/// Returns the ending of a file's name when it is a plain one, else `bin`: names come from strangers.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let plain = (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain { ending } else { "bin".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_of_strangers_are_tamed() {
        let check = |name: &str, expected: &str| assert_eq!(ending(name), expected);
        check("a.HAR", "har");
        check("a", "bin");
        check("a.../../etc", "bin");
        check("a.=cmd", "bin");
    }
}
