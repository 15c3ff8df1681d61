//! Finds where the secrets of a HAR stand, by walking its JSON without a parser, so that a cut file is walked as far as
//! it goes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{MARK, finder, strip_packed};

/// What is to be replaced.
pub(super) struct Found {
    /// Byte ranges of the text and what takes their place, in order.
    pub edits: Vec<(Range<usize>, String)>,
    /// Secrets long enough to be looked for everywhere else.
    pub secrets: BTreeSet<String>,
}

/// Headers whose value is a secret.
const HEADERS: [&str; 14] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-csrf-token",
    "x-guest-token",
    "x-auth-token",
    "x-access-token",
    "x-api-key",
    "x-client-transaction-id",
    "x-fb-lsd",
    "x-ig-www-claim",
    "x-xp-forwarded-for",
    "x-twitter-auth-type-token",
];

/// Words in the name of a parameter or field whose value is a secret.
const NAMES: [&str; 15] = [
    "auth_token",
    "ct0",
    "access_token",
    "refresh_token",
    "id_token",
    "oauth",
    "csrf",
    "session",
    "sid",
    "password",
    "passwd",
    "secret",
    "guest_token",
    "fb_dtsg",
    "jwt",
];

fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "token" | "code" | "lsd" | "auth" | "apikey" | "api_key" | "key" | "sig" | "signature"
    ) || NAMES
        .iter()
        .any(|word| if *word == "sid" || *word == "ct0" { lower == *word } else { lower.contains(word) })
}

/// An open bracket of the file.
struct Open {
    /// The key under which it stands, as written.
    key: String,
    is_object: bool,
    /// The key whose value comes next.
    next: String,
    /// For objects with a name and a value: both.
    name: Option<String>,
    value: Option<Range<usize>>,
    packed: Option<Range<usize>>,
    is_base64: bool,
}

pub(super) fn scan(text: &str) -> Found {
    let mut walk =
        Walk { text, open: Vec::new(), edits: Vec::new(), secrets: BTreeSet::new(), bodies: Vec::new() };
    walk.run();
    let Walk { mut edits, secrets, bodies, .. } = walk;
    let finder = finder(&secrets);
    for body in bodies {
        if let Some(stripped) = strip_packed(&text[body.clone()], finder.as_ref()) {
            edits.push((body, stripped));
        }
    }
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    Found { edits, secrets }
}

struct Walk<'a> {
    text: &'a str,
    open: Vec<Open>,
    edits: Vec<(Range<usize>, String)>,
    secrets: BTreeSet<String>,
    /// Where bodies packed as base64 stand.
    bodies: Vec<Range<usize>>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                byte @ (b'{' | b'[') => {
                    let key = self.open.last().map_or(String::new(), |open| {
                        if open.is_object { open.next.clone() } else { open.key.clone() }
                    });
                    // Cookies and headers cannot lie this deep; a file made to exhaust memory can.
                    if self.open.len() < 4_096 {
                        self.open.push(Open {
                            key,
                            is_object: byte == b'{',
                            next: String::new(),
                            name: None,
                            value: None,
                            packed: None,
                            is_base64: false,
                        });
                    }
                }
                b'}' | b']' => self.close(),
                b'"' => {
                    let end = end_of_string(bytes, at);
                    let inner = at + 1..end;
                    let rest = bytes.get(end + 1..).unwrap_or_default();
                    let is_key = rest.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':');
                    if is_key && let Some(open) = self.open.last_mut().filter(|open| open.is_object) {
                        open.next = self.text[inner].to_owned();
                    } else {
                        self.string(inner);
                    }
                    at = end;
                }
                _ => {}
            }
            at += 1;
        }
        // A cut file: what was open counts as closed.
        while !self.open.is_empty() {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if let Some(value) = open.value {
            let secret = match (open.key.as_str(), &open.name) {
                ("cookies" | "params", _) => true,
                ("headers", Some(name)) => {
                    HEADERS.contains(&name.to_ascii_lowercase().as_str()) || is_secret_name(name)
                }
                ("queryString", Some(name)) => is_secret_name(name),
                // A cut file may have lost the name: what cannot be known is stripped.
                ("headers" | "queryString", None) => true,
                _ => false,
            };
            if secret {
                self.replace(value);
            } else {
                self.address(value);
            }
        }
        if let Some(packed) = open.packed {
            if open.is_base64 {
                self.bodies.push(packed);
            } else {
                self.body(packed);
            }
        }
    }

    fn string(&mut self, range: Range<usize>) {
        let Some(open) = self.open.last_mut() else { return };
        let text = &self.text[range.clone()];
        match (open.key.as_str(), open.next.as_str()) {
            ("cookies" | "headers" | "queryString" | "params", "name") => open.name = Some(text.to_owned()),
            ("cookies" | "headers" | "queryString" | "params", "value") => open.value = Some(range),
            ("postData", "text") => self.replace(range),
            ("content", "text") => open.packed = Some(range),
            ("content", "encoding") => open.is_base64 = text == "base64",
            ("_webSocketMessages", "data") => self.replace(range),
            (_, "url" | "redirectURL" | "title" | "_initiator") => self.address(range),
            (_, name) if is_secret_name(name) && open.is_object => self.replace(range),
            _ => {}
        }
    }

    /// Replaces a whole value and remembers what it held.
    fn replace(&mut self, range: Range<usize>) {
        let value = &self.text[range.clone()];
        if value.is_empty() || value == MARK {
            return;
        }
        self.remember(value);
        for part in value.split([';', '&', ',', ' ']) {
            let (_, secret) = part.split_once('=').unwrap_or(("", part));
            self.remember(secret);
        }
        self.edits.push((range, MARK.to_owned()));
    }

    /// A secret is looked for elsewhere when it is long enough to be one and no word.
    fn remember(&mut self, value: &str) {
        let value = value.trim().trim_matches(['\\', '"']);
        let plain =
            !value.contains(|c: char| c.is_ascii_digit()) && value.chars().all(|c| c.is_ascii_lowercase());
        if value.len() >= 16 && !plain && !value.contains("://") && !value.starts_with("application/") {
            self.secrets.insert(value.to_owned());
        }
    }

    /// Replaces the secret parameters of an address.
    fn address(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let Some(start) = text.find(['?', '#']) else { return };
        let mut at = start + 1;
        for pair in text[start + 1..].split(['&', '#', '?']) {
            if let Some((name, value)) = pair.split_once('=')
                && is_secret_name(name)
                && !value.is_empty()
                && value != MARK
            {
                self.remember(value);
                let from = range.start + at + name.len() + 1;
                self.edits.push((from..from + value.len(), MARK.to_owned()));
            }
            at += pair.len() + 1;
        }
    }

    /// Replaces the secret fields of a JSON body that stands as text in the file: `\"access_token\":\"…\"`.
    fn body(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let mut from = 0;
        while let Some(found) = text[from..].find("\\\":") {
            let end_of_name = from + found;
            from = end_of_name + 3;
            let name = text[..end_of_name].rsplit('"').next().unwrap_or_default();
            let value = text[from..].trim_start();
            let Some(value) = value.strip_prefix("\\\"") else { continue };
            let is_token = matches!(
                name,
                "access_token"
                    | "refresh_token"
                    | "id_token"
                    | "guest_token"
                    | "auth_token"
                    | "ct0"
                    | "jwt"
                    | "csrf_token"
                    | "password"
            );
            let Some(end) = value.find("\\\"").filter(|end| *end > 0 && is_token) else { continue };
            self.remember(&value[..end]);
            let start = range.start + (text.len() - value.len());
            self.edits.push((start..start + end, MARK.to_owned()));
        }
    }
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if bytes[at] == b'"' {
            return at;
        }
        at += 2;
    }
    bytes.len()
}
