//! E-mail: an e-mail address, also with the signs written out.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr_iter, memchr3};
use record::{Exposure, Finding};
use regex::bytes::Regex;

use super::{Detector, contact};
use crate::post::Post;

pub(super) const ABOUT: Detector = Detector {
    name: "email",
    version: 2,
    what: "an e-mail address of a private person, also with the signs written out",
};

static PLAIN: LazyLock<Regex> =
    LazyLock::new(|| crate::rules::pattern(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}"));

static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    crate::rules::pattern(
        r"[a-z0-9](?:[a-z0-9._%+-]|\s?[(\[{]\s?(?:dot|punto)\s?[)\]}]\s?)*\s{0,2}(?:[(\[{<]\s{0,2}(?:at|arroba|@)\s{0,2}[)\]}>]|\s(?:at|arroba)\s|\s@\s|@)\s{0,2}[a-z0-9-]+(?:\s{0,2}(?:[(\[{<]\s{0,2}(?:dot|punto|\.)\s{0,2}[)\]}>]|\s(?:dot|punto)\s|\.|\s\.\s)\s{0,2}[a-z0-9-]+)*\s{0,2}(?:[(\[{<]\s{0,2}(?:dot|punto|\.)\s{0,2}[)\]}>]|\s(?:dot|punto)\s|\.|\s\.\s)\s{0,2}(?:com|net|org|edu|gov|mil|us|info|io|co|me|biz|tv|mail|email|example|test|invalid|mx|uk|ca|de|fr|es|pro|app|dev|xyz|live)\b",
    )
});

/// Letter by letter: `m a r i a @ e x a m p l e . o r g`.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    crate::rules::pattern(
        r"\b(?:[a-z0-9._-]\x20){3,}@\x20(?:[a-z0-9-]\x20){2,}\.\x20[a-z](?:\x20[a-z]){1,5}\b",
    )
});

/// Signs that an address is written with where its own are written out.
static SPELLED: LazyLock<[Finder; 3]> = LazyLock::new(|| [" dot ", " punto ", "arroba"].map(Finder::new));

/// Tells whether an @ stands where an address has one: most stand in front of a mention.
fn may_be_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
    let place = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    let fits = |at: usize| at > 0 && name(&bytes[at - 1]) && bytes.get(at + 1).is_some_and(place);
    memchr_iter(b'@', bytes).any(fits)
}

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    let text = post.folded.as_str();
    let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
    let plain = may_be_plain(text).then(|| PLAIN.find_iter(text.as_bytes()));
    for found in plain.into_iter().flatten() {
        let range = found.range();
        let word = &text[range.clone()];
        // A mention glued to a word is no address, and neither is a link with an @ in its path.
        if text[..range.start].ends_with('/') || word.contains("://") {
            continue;
        }
        taken.push(range.clone());
        out.push(contact(post, &ABOUT, Exposure::Email, &range, 0.7, "email.address"));
    }
    if memchr_iter(b'@', text.as_bytes())
        .any(|at| text[..at].ends_with(' ') && text[at + 1..].starts_with(' '))
    {
        for found in APART.find_iter(text.as_bytes()) {
            taken.push(found.range());
            out.push(contact(post, &ABOUT, Exposure::Email, &found.range(), 0.8, "email.disguised"));
        }
    }
    let spelled = |words: &str| {
        memchr3(b'(', b'[', b'{', words.as_bytes()).is_some()
            || SPELLED.iter().any(|sign| sign.find(words.as_bytes()).is_some())
    };
    if !spelled(text) {
        return;
    }
    for found in WRITTEN.find_iter(text.as_bytes()) {
        let range = found.range();
        if spelled(&text[range.clone()])
            && !taken.iter().any(|other| other.start < range.end && range.start < other.end)
        {
            out.push(contact(post, &ABOUT, Exposure::Email, &range, 0.8, "email.disguised"));
        }
    }
}

#[cfg(test)]
mod tests {
    use record::Exposure;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.what == Some(Exposure::Email);
        for post in [
            "email her: [priya_solis@example.org]",
            "her mail is [tess.k (at) example (dot) com] - flood it",
            "[june.k71 at example dot org] Tucker",
            "[hector at mail dot example dot net]",
            "meet us at example.com for more",
            "@someone at the polls",
            "Press inquiries: press@county.example.gov",
        ] {
            marked(post, kind);
        }
        let found = crate::detectors::check::detect("dana [at] example [dot] com");
        assert_eq!(found[0].span.of("dana [at] example [dot] com"), Some("dana [at] example [dot] com"));
    }
}
