//! A mailbox in one file (mbox, RFC 4155), as Thunderbird, Apple Mail and Google Takeout write it: mails one after another,
//! each behind a line that begins with `From `.
//!
//! Such a line inside a mail is written `>From ` by whoever made the file, and read back here. The file is read mail by
//! mail, so that a mailbox of many gigabytes needs no more memory than its largest mail.

use std::io::{BufRead, BufReader, Read};

use record::{Fidelity, Item, Sink};
use values::{At, Place, Severity, Trouble};

use super::email;
use crate::Refused;
use crate::format::{Format, Head, Input, Out};

pub(super) const FORMAT: Format = Format {
    name: "mbox",
    version: 3,
    description: "A mailbox in one file, mail after mail (.mbox, as from Thunderbird, Apple Mail or Google Takeout)",
    fidelity: Fidelity::Server,
    looks: |head: &Head<'_>| is_mbox(head.bytes),
    read,
};

fn is_mbox(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', bytes).filter(|_| bytes.starts_with(b"From ")) else {
        return false;
    };
    email::is_mail(&bytes[end + 1..])
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    let most = input.options.limits.max_member_bytes;
    let mut reader = BufReader::with_capacity(256 << 10, reader);
    let (mut mail, mut line) = (Vec::new(), Vec::new());
    let (mut start, mut at) = (0_u64, 0_u64);
    let mut too_long = false;
    let mut blank = true;
    loop {
        line.clear();
        let read = reader.by_ref().take(most).read_until(b'\n', &mut line);
        let ended = match read {
            Ok(read) => read == 0,
            Err(error) => {
                out.trouble(Trouble::new(
                    "file.unreadable",
                    Severity::Invalid,
                    format!("The file could not be read to its end: {error}; what came before was read."),
                    "Check the disk or stick it lies on, and import it again.",
                ));
                true
            }
        };
        if ended || blank && line.starts_with(b"From ") {
            one(&mail, start, at, too_long, input, out);
            mail.clear();
            start = at;
            too_long = false;
        } else if (mail.len() + line.len()) as u64 > most {
            too_long = true;
        } else {
            let quotes = line.iter().take_while(|b| **b == b'>').count();
            let quoted = quotes > 0 && line[quotes..].starts_with(b"From ");
            mail.extend_from_slice(&line[usize::from(quoted)..]);
        }
        if ended {
            return Ok(());
        }
        at += line.len() as u64;
        blank = matches!(line[..], [b'\n'] | [b'\r', b'\n']);
    }
}

/// Reads the mail whose lines, that of the mailbox included, are the bytes `start..end` of the file.
fn one(mail: &[u8], start: u64, end: u64, too_long: bool, input: &Input<'_>, out: &mut Out<'_>) {
    if end == start {
        return;
    }
    let place = Place::new(At::Bytes(start, end));
    if too_long {
        out.trouble(
            Trouble::new(
                "mbox.mail_too_long",
                Severity::Invalid,
                format!(
                    "This mail is larger than the {} bytes redress reads at once; only its beginning was read.",
                    input.options.limits.max_member_bytes
                ),
                "Save the mail by itself, and its attachments as files.",
            )
            .at(place.clone()),
        );
    }
    if email::is_mail(mail) {
        email::one(mail, place, input, out);
    } else {
        out.take(Item::Leftover { place, what: "a part of a mailbox that is no mail".to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use record::Item;

    use crate::{Limits, Options, Slice, read};

    #[test]
    fn mails_are_read_one_by_one() {
        let mail = |n: u8, body: &str| {
            format!(
                "From 17@xxx Tue Nov 04 15:0{n}:11 +0000 2025\nMessage-ID: <m{n}@mail.example>\nFrom: \"A\" <a{n}@mail.example>\nDate: Tue, 04 Nov 2025 15:0{n}:11 +0000\nSubject: s{n}\n\n{body}\n\n"
            )
        };
        for end in ["\n", "\r\n"] {
            let text = (mail(1, ">From here on\n>>From deeper\n> From quoted\nFrom the middle of words")
                + &mail(2, "two"))
                .replace('\n', end);
            let mut items: Vec<Item> = Vec::new();
            let summary = read(
                &Slice::new("All mail.mbox", text.as_bytes()),
                &Options::plain(Limits::ordinary()),
                &mut items,
            )
            .unwrap();
            assert_eq!((summary.format, summary.posts), ("mbox", 2));
            let posts: Vec<(&str, &str, String)> = items
                .iter()
                .filter_map(|item| match item {
                    Item::Post { post, observation } => {
                        Some((post.key.as_str(), post.text.as_str(), observation.place.to_string()))
                    }
                    _ => None,
                })
                .collect();
            assert_eq!(
                posts[0].1,
                "s1\n\nFrom here on\n>From deeper\n> From quoted\nFrom the middle of words"
            );
            assert_eq!((posts[1].0, posts[1].1), ("email:m2@mail.example", "s2\n\ntwo"));
            let second = text.rfind("From 17@xxx").unwrap();
            assert_eq!(posts[1].2, format!("bytes:{second}-{}", text.len()));
        }
    }

    #[test]
    fn a_letter_that_begins_with_from_is_no_mailbox() {
        assert!(crate::recognise("a.txt", b"From my window I saw him.\nDate: unknown\n").is_none());
        assert_eq!(
            crate::recognise(
                "a",
                b"From a@mail.example Tue Nov 4\nReceived: x\nFrom: a@mail.example\nDate: x\n\nw"
            )
            .unwrap()
            .name,
            "mbox"
        );
    }
}
