//! Text messages and calls as the Android app “SMS Backup & Restore” writes them (XML).
//!
//! `date` is the phone's clock in milliseconds; `readable_date` is a local time in the phone's language and is not used.
//! A hidden number is an empty one. Signs beyond the first 65,536 are written as two halves, which is no XML.

use record::{Account, Fidelity, Incident, IncidentKind, Item, Media, MediaKind, Post, PostKind, Sink};
use values::{At, Digest, Moment, Place, Platform, Precision, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::html::attribute;
use crate::{Refused, base64};

pub(super) const FORMAT: Format = Format {
    name: "sms-backup",
    version: 2,
    description: "Text messages or calls saved by “SMS Backup & Restore” on Android (.xml)",
    fidelity: Fidelity::Collected,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let root = root_element(&head.text);
    root.is_some_and(|name| name == "smses" || name == "calls")
}

/// Returns the name of the first element, behind the declaration, style sheets and comments.
fn root_element(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!") => ">",
            _ => {
                let rest = rest.strip_prefix('<')?;
                return rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
            }
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = input.text(out)?;
    let mut line = 1;
    let mut counted_to = 0;
    let mut found = 0_u64;
    let mut at = 0;
    let mut mms: Option<(Post, Place)> = None;
    let mut last_entry = 0;
    while let Some(open) = text[at..].find('<').map(|found| at + found) {
        let Some(end) = end_of_tag(&text, open) else {
            out.trouble(
                Trouble::new(
                    "xml.cut_off",
                    Severity::Invalid,
                    "The file breaks off inside an entry; those before it were read.",
                    "Make the backup again.",
                )
                .at(Place::line(line)),
            );
            break;
        };
        line += text.as_bytes()[counted_to..open].iter().filter(|b| **b == b'\n').count() as u64;
        counted_to = open;
        let tag = &text[open + 1..end];
        let name = tag.split([' ', '\n', '\t', '/', '>']).next().unwrap_or_default();
        let is_entry = matches!(name, "sms" | "mms" | "call");
        // Where a file has lost its line ends, an entry is told from its neighbours by its bytes.
        let place = if is_entry && line == last_entry {
            Place::new(At::Bytes(open as u64, end as u64 + 1))
        } else {
            Place::line(line)
        };
        last_entry = if is_entry { line } else { last_entry };
        match name {
            "sms" => {
                found += 1;
                let post = message(tag, &place, input);
                if post.written.is_none() {
                    out.trouble(no_time(&place));
                }
                out.take(post_item(post, input.sighting(place)));
            }
            "mms" => {
                found += 1;
                let post = message(tag, &place, input);
                if post.written.is_none() {
                    out.trouble(no_time(&place));
                }
                mms = Some((post, place));
            }
            "addr" => {
                if let Some((post, _)) = &mut mms {
                    sender(tag, post);
                }
            }
            "part" => {
                if let Some((post, place)) = &mut mms {
                    part(tag, post, place, out);
                }
            }
            _ if tag.starts_with("/mms") => {
                if let Some((post, place)) = mms.take() {
                    out.take(post_item(post, input.sighting(place)));
                }
            }
            "call" => {
                found += 1;
                call(tag, place, out);
            }
            _ => {}
        }
        at = end + 1;
    }
    if let Some((post, place)) = mms {
        out.take(post_item(post, input.sighting(place)));
    }
    if let Some(claimed) = attribute_of_root(&text).filter(|claimed| *claimed != found) {
        out.trouble(Trouble::new(
            "sms.count",
            Severity::Warn,
            format!(
                "The backup says that it holds {} and holds {found}.",
                values::counted(claimed, "entry", "entries")
            ),
            "Entries were lost or taken out; make the backup again.",
        ));
    }
    Ok(())
}

fn attribute_of_root(text: &str) -> Option<u64> {
    let at = text.find("<smses ").or_else(|| text.find("<calls "))?;
    attribute(text[at..].split('>').next()?, "count")?.parse().ok()
}

/// Returns the offset of the `>` that ends the tag at `open`; one inside quotes does not.
fn end_of_tag(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = open;
    loop {
        let found = at + memchr::memchr3(b'>', b'"', b'\'', bytes.get(at..)?)?;
        if bytes[found] == b'>' {
            return Some(found);
        }
        at = found + 1 + memchr::memchr(bytes[found], bytes.get(found + 1..)?)? + 1;
    }
}

fn known(tag: &str, name: &str) -> Option<String> {
    attribute(tag, name).filter(|value| !matches!(value.trim(), "" | "null" | "(Unknown)"))
}

fn written(tag: &str) -> Option<Moment> {
    // An entry without a time says 0, which is no time in 1970.
    let millis = known(tag, "date")?.parse().ok().filter(|millis: &i64| *millis > 0)?;
    Some(Moment::from_millis(millis, Precision::Millisecond, SaidBy::Collector))
}

fn message(tag: &str, place: &Place, input: &Input<'_>) -> Post {
    let number = known(tag, "address");
    let sent = known(tag, "type").or_else(|| known(tag, "msg_box")).as_deref() == Some("2");
    let mut author = Account::unknown(Platform::Sms);
    if sent {
        author.name = Some("the phone's owner".to_owned());
    } else {
        author.name = known(tag, "contact_name").or_else(|| number.clone());
        author.id = number.clone();
    }
    let mut post = Post::bare(input.key_at(Platform::Sms, place), PostKind::Message, author);
    post.text = known(tag, "body").unwrap_or_default();
    post.written = written(tag);
    post.conversation =
        number.map(|number| record::PostKey::new(Platform::Sms, &format!("conversation-{number}")));
    post
}

/// Reads who took part in a picture message. The message itself names all of a group in one; 137 is who sent it.
fn sender(tag: &str, post: &mut Post) {
    let number = known(tag, "address").filter(|number| number != "insert-address-token");
    if let Some(number) = number
        && known(tag, "type").as_deref() == Some("137")
        && post.author.id.as_ref().is_some_and(|all| all.contains('~') && all.contains(&number))
    {
        let all = post.author.id.take().unwrap_or_default();
        let at = all.split('~').position(|one| one == number);
        let names = post.author.name.take().unwrap_or_default();
        let names: Vec<&str> = names.split(", ").collect();
        let name = at.filter(|_| names.len() == all.split('~').count()).and_then(|at| names.get(at).copied());
        post.author.name = name
            .filter(|name| *name != "(Unknown)")
            .map_or(Some(number.clone()), |name| Some(name.to_owned()));
        post.author.id = Some(number);
    }
}

/// Tells that an entry has no time.
fn no_time(place: &Place) -> Trouble {
    Trouble::new(
        "sms.no_time",
        Severity::Warn,
        "The backup gives no time for this message.",
        "Photograph it in the phone, where the time is shown.",
    )
    .at(place.clone())
}

/// Reads a part of a picture message: words, or a file packed as base64.
fn part(tag: &str, post: &mut Post, place: &Place, out: &mut Out<'_>) {
    let kind = known(tag, "ct").unwrap_or_default();
    if kind == "text/plain" {
        let words = known(tag, "text").unwrap_or_default();
        if !post.text.is_empty() && !words.is_empty() {
            post.text.push('\n');
        }
        post.text.push_str(&words);
        return;
    }
    let Some(bytes) = known(tag, "data").and_then(|data| base64::decode(&data)) else { return };
    let name = known(tag, "cl").or_else(|| known(tag, "name")).unwrap_or_else(|| "part".to_owned());
    out.member(place.clone(), &name, &bytes);
    let kind = match kind.split('/').next() {
        Some("image") => MediaKind::Image,
        Some("video") => MediaKind::Video,
        Some("audio") => MediaKind::Audio,
        _ => MediaKind::File,
    };
    post.media.push(Media { kind, link: None, id: Some(name), alt: None, digest: Some(Digest::of(&bytes)) });
}

fn call(tag: &str, place: Place, out: &mut Out<'_>) {
    let Some(when) = written(tag) else {
        out.take(Item::Leftover { place, what: "a call without a time".to_owned() });
        return;
    };
    // Hidden, unknown and payphone: the number is empty or a small negative one, or its showing is not allowed.
    let shown = known(tag, "presentation").is_none_or(|how| how == "1");
    let number = known(tag, "number").filter(|number| shown || number.trim_start_matches('+').len() > 3);
    let number = number.filter(|number| !matches!(number.as_str(), "-1" | "-2" | "-3"));
    if number.is_none() {
        out.trouble(
            Trouble::new(
                "phone.number_hidden",
                Severity::Note,
                "The caller hid their number.",
                "The phone company can name it to the police: note the exact time, and ask soon, since it is kept for a limited time.",
            )
            .at(place.clone()),
        );
    }
    let sort = match known(tag, "type").as_deref() {
        Some("2") => "outgoing call",
        Some("3") => "missed call",
        Some("4") => "voicemail",
        Some("5") => "rejected call",
        Some("6") => "refused call from a blocked number",
        _ => "incoming call",
    };
    let who = match known(tag, "contact_name") {
        Some(name) => format!("{name} ({sort})"),
        None => format!("not known ({sort})"),
    };
    let incident = Incident {
        kind: if sort == "voicemail" { IncidentKind::Voicemail } else { IncidentKind::Call },
        when,
        who: Some(who),
        from: number.or_else(|| Some("number hidden".to_owned())),
        place: None,
        words: String::new(),
        seconds: known(tag, "duration").and_then(|seconds| seconds.parse().ok()),
        witnesses: Vec::new(),
        original_with: None,
        reported_to: Vec::new(),
        recording: None,
    };
    out.take(Item::Incident { incident: Box::new(incident), place });
}
