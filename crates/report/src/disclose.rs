//! Salted, separately hashed fields: a redacted exhibit that still proves itself.
//!
//! When an exhibit gets its number, each of its fields, and each word of its text, is hashed together with a salt of its
//! own. The list of these hashes ([`seal`]) is kept, and the ledger names its digest. A package then carries the list and,
//! for what the recipient may see, the salts and values ([`disclose`]). Anyone can hash those again and find them in the
//! list, whose digest stands in a ledger line, whose inclusion the checkpoint proves. What was withheld stays a hash that
//! nobody can guess their way into, since its salt is not given out. The idea is SD-JWT's (RFC 9901); the form is text:
//!
//! ```text
//! redress-fields/1                                  redress-disclosed/1
//! account 5b1e…64 hex digits                        account 77c0…64 hex digits "@example_watch"
//! text/0000 0c44…                                   text/0000 19af… "Who "
//! text/0001 9a7d…                                   (text/0001 is withheld)
//! ```
//!
//! hash = SHA-256(`redress-field/1` LF name LF salt-hex LF value), salt = SHA-256(`redress-salt/1` LF secret-hex LF name).

use std::collections::BTreeMap;

use record::Post;
use values::Digest;

use crate::recipient::Recipient;
use crate::redaction::RedactionMap;

const LIST: &str = "redress-fields/1";
const DISCLOSED: &str = "redress-disclosed/1";

/// Why disclosed fields do not stand in a list: the line, counted from 1, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Wrong {
    /// The line of the disclosed fields, or 0 for the list itself.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

/// Returns the fields of a post, in the order they are sealed. The words of the text come one by one, each with the
/// white space behind it, so that joined they are the text.
pub fn fields(post: &Post) -> Vec<(String, String)> {
    let mut fields = vec![
        ("post".to_owned(), post.key.to_string()),
        ("account".to_owned(), post.author.shown()),
        ("account-id".to_owned(), post.author.id.clone().unwrap_or_default()),
        ("written".to_owned(), post.written.map_or_else(String::new, |at| at.to_rfc3339())),
        ("address".to_owned(), post.url.as_ref().map_or_else(String::new, ToString::to_string)),
    ];
    fields.extend(
        pieces(&post.text)
            .into_iter()
            .enumerate()
            .map(|(n, piece)| (format!("text/{n:04}"), piece.to_owned())),
    );
    fields
}

/// Returns the list of hashes of `fields`, each salted from `secret`.
pub fn seal(fields: &[(String, String)], secret: &Digest) -> String {
    let mut out = format!("{LIST}\n");
    for (name, value) in fields {
        out.push_str(&format!("{name} {}\n", hash(name, &salt(secret, name), value)));
    }
    out
}

/// Returns those fields of `post` that `recipient` may see, with their salts.
pub fn disclose(post: &Post, secret: &Digest, map: &RedactionMap, recipient: Recipient) -> String {
    let shown = shown_pieces(&post.text, map, recipient);
    let mut out = format!("{DISCLOSED}\n");
    for (name, value) in fields(post) {
        let may = match name.strip_prefix("text/").and_then(|number| number.parse::<usize>().ok()) {
            Some(number) => shown.get(number).copied().unwrap_or(false),
            None => map.find(recipient, &value, true).is_empty(),
        };
        if may {
            let value = serde_json::Value::String(value);
            out.push_str(&format!("{name} {} {value}\n", salt(secret, &name)));
        }
    }
    out
}

/// Checks disclosed fields against a list. Returns the names and values shown; errors at the first line that does not
/// stand in the list.
pub fn check(list: &str, disclosed: &str) -> Result<Vec<(String, String)>, Wrong> {
    let wrong = |line: usize, why: &str| Wrong { line, why: why.to_owned() };
    let mut lines = list.lines();
    if lines.next() != Some(LIST) {
        return Err(wrong(0, "the list does not begin with redress-fields/1"));
    }
    let mut hashes = BTreeMap::new();
    for line in lines {
        let (name, hash) = line.split_once(' ').ok_or_else(|| wrong(0, "a line of the list has no hash"))?;
        if hashes.insert(name, hash).is_some() {
            return Err(wrong(0, "the list names a field twice"));
        }
    }
    let mut shown = Vec::new();
    for (index, line) in disclosed.lines().enumerate() {
        let number = index + 1;
        if index == 0 {
            if line != DISCLOSED {
                return Err(wrong(number, "the disclosed fields do not begin with redress-disclosed/1"));
            }
            continue;
        }
        let mut parts = line.splitn(3, ' ');
        let (Some(name), Some(salt), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong(number, "there are fewer than three parts"));
        };
        let salt: Digest = salt.parse().map_err(|_| wrong(number, "the salt is not 64 hex digits"))?;
        let value: String =
            serde_json::from_str(value).map_err(|_| wrong(number, "the value is not a JSON text"))?;
        match hashes.get(name) {
            Some(wanted) if *wanted == hash(name, &salt, &value).to_string() => {
                shown.push((name.to_owned(), value))
            }
            Some(_) => return Err(wrong(number, "the value is not the one that was sealed")),
            None => return Err(wrong(number, "no such field was sealed")),
        }
    }
    Ok(shown)
}

fn salt(secret: &Digest, name: &str) -> Digest {
    Digest::of(format!("redress-salt/1\n{secret}\n{name}").as_bytes())
}

fn hash(name: &str, salt: &Digest, value: &str) -> Digest {
    Digest::of(format!("redress-field/1\n{name}\n{salt}\n{value}").as_bytes())
}

/// Splits a text behind each run of white space.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut white = false;
    for (at, c) in text.char_indices() {
        if white && !c.is_whitespace() {
            pieces.push(&text[start..at]);
            start = at;
        }
        white = c.is_whitespace();
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

/// Tells for each piece whether it may be shown: no part of it is covered, and what is left shows nothing when joined.
fn shown_pieces(text: &str, map: &RedactionMap, recipient: Recipient) -> Vec<bool> {
    let pieces = pieces(text);
    let mut shown = vec![true; pieces.len()];
    // Each round withholds at least one more piece, or is the last.
    for _ in 0..=pieces.len() {
        let mut joined = String::new();
        let mut starts = Vec::with_capacity(pieces.len());
        for (piece, shown) in pieces.iter().zip(&shown) {
            starts.push(joined.len());
            if *shown {
                joined.push_str(piece);
            } else {
                joined.push(crate::matching::COVER);
            }
        }
        let found = map.find(recipient, &joined, true);
        if found.is_empty() {
            break;
        }
        for (range, _) in found {
            for (index, start) in starts.iter().enumerate() {
                let end = starts.get(index + 1).copied().unwrap_or(joined.len());
                if *start < range.end && range.start < end {
                    shown[index] = false;
                }
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use record::{Account, PostKey, PostKind};
    use values::Platform;

    use super::*;
    use crate::redaction::Category;

    fn post() -> Post {
        let account = Account::with_handle(Platform::X, "example_watch");
        let mut post = Post::bare(PostKey::new(Platform::X, "1"), PostKind::Original, account);
        post.text = "Plate R D R 0000,  parked\nthere".into();
        post
    }

    fn map() -> RedactionMap {
        let mut map = RedactionMap::default();
        map.add(Category::Plate, "RDR-0000");
        map
    }

    #[test]
    fn a_redacted_exhibit_proves_what_it_shows() {
        let secret = Digest::of(b"secret");
        let list = seal(&fields(&post()), &secret);
        let disclosed = disclose(&post(), &secret, &map(), Recipient::Public);
        let shown = check(&list, &disclosed).unwrap();
        let text: String =
            shown.iter().filter(|(name, _)| name.starts_with("text/")).map(|(_, v)| v.as_str()).collect();
        assert_eq!(text, "Plate parked\nthere");
        let all = disclose(&post(), &secret, &map(), Recipient::Counsel);
        assert_eq!(check(&list, &all).unwrap().len(), fields(&post()).len());
    }

    #[test]
    fn any_change_is_found() {
        let secret = Digest::of(b"secret");
        let list = seal(&fields(&post()), &secret);
        let disclosed = disclose(&post(), &secret, &map(), Recipient::Public);
        for (from, to) in
            [("there", "here"), ("text/0005", "text/0004"), ("redress-disclosed/1", "x"), (" \"", "")]
        {
            assert!(disclosed.contains(from), "{from}: {disclosed}");
            assert!(check(&list, &disclosed.replacen(from, to, 1)).is_err(), "{from}");
        }
        assert!(check("", &disclosed).is_err());
    }

    #[test]
    fn the_form_is_pinned() {
        let list = seal(&[("a".into(), "b".into())], &Digest::of(b"secret"));
        assert_eq!(Digest::of(list.as_bytes()).to_string(), PINNED);
    }

    const PINNED: &str = "1fb219d04fe77c3c9b5cbbc3b491083ce7e1f06b1cf78357fd068cbf5a8838e5";
}
