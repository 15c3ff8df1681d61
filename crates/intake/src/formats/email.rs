//! An e-mail as it was received (RFC 5322): the whole chain of `Received` lines stays in the kept bytes.
//!
//! `Date` and `From` are claims of the sender; the topmost `Received` line was written by the recipient's own server, and
//! is when the mail was seen. Forwarding a mail destroys its headers; attaching it keeps them, as whoever attached it has
//! them: such a mail is read as one of its own, within limits.

use record::{Account, Fidelity, Media, MediaKind, Post, PostKey, PostKind, Sink};
use values::{Digest, Doubt, Moment, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::mime::{self, Part};
use crate::{Refused, html, time};

pub(super) const FORMAT: Format = Format {
    name: "email",
    version: 3,
    description: "An e-mail saved with all its headers (.eml)",
    fidelity: Fidelity::Server,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    is_mail(head.bytes)
}

/// Tells whether bytes open with the headers of a mail: the first line is a header, the sender and a time are named.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first);
    let name = first.split(|b| *b == b':').next().unwrap_or_default();
    let first_is_header =
        name.len() < first.len() && !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    let part = Part::parse(bytes);
    let has = |name: &str| part.header(name).is_some();
    // Without a time, other headers have to show that it is a mail; some are saved without one.
    let known =
        ["to", "subject", "message-id", "mime-version", "return-path", "delivered-to", "content-type"];
    let others = known.iter().filter(|name| has(name)).count();
    let timed = has("date") || has("received");
    let is_mail = has("from") && (timed || others >= 2) || has("return-path") && timed && others >= 3;
    first_is_header && is_mail && !has("snapshot-content-location")
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let bytes = input.whole()?;
    one(&bytes, Place::whole(), input, out);
    Ok(())
}

/// Reads one mail, which stands at `place`, and the mails attached to it.
pub(super) fn one(bytes: &[u8], place: Place, input: &Input<'_>, out: &mut Out<'_>) {
    nested(bytes, place, 0, input, out);
}

fn nested(bytes: &[u8], place: Place, depth: u32, input: &Input<'_>, out: &mut Out<'_>) {
    let mail = Part::parse(bytes);
    let key = match mail.header("message-id").map(bracketed) {
        Some(id) if !id.is_empty() => PostKey::new(Platform::Email, id),
        _ => input.key_at(Platform::Email, &place),
    };
    let mut post = Post::bare(key, PostKind::Email, sender(mail.header("from").unwrap_or_default()));
    let received = received(&mail);
    let stated = mail.header("date").and_then(|date| time::mail_date(date, SaidBy::Author));
    post.written = stated.or(received);
    if let (Some(stated), Some(received)) = (stated, received)
        && (stated.millis() - received.millis()).abs() > 3_600_000
    {
        post.written = Some(stated.with_doubt(Doubt::Disagrees));
        out.trouble(
            Trouble::new(
                "email.date",
                Severity::Warn,
                format!(
                    "The sender says that the mail was written at {}, the recipient's server took it at {}.",
                    stated.to_rfc3339(),
                    received.to_rfc3339()
                ),
                "Rely on the server's time; the sender can write any.",
            )
            .at(place.clone()),
        );
    }
    if post.written.is_none() {
        out.trouble(
            Trouble::new(
                "email.no_date",
                Severity::Warn,
                "The mail says nowhere when it was written or received.",
                "Save the original from the mailbox it arrived in (“Show original”, “Download message”).",
            )
            .at(place.clone()),
        );
    }
    if received.is_none() {
        out.trouble(
            Trouble::new(
                "email.no_received",
                Severity::Warn,
                "The mail has no line of the server that received it, as after forwarding or copying: its way and its time cannot be checked.",
                "Save the original from the mailbox it arrived in (“Show original”, “Download message”).",
            )
            .at(place.clone()),
        );
    }
    authenticity(&mail, &place, out);
    post.reply_to = mail
        .header("in-reply-to")
        .map(bracketed)
        .filter(|id| !id.is_empty())
        .map(|id| PostKey::new(Platform::Email, id));
    let (mut plain, mut rich) = (String::new(), String::new());
    let mut attached_mails = Vec::new();
    for part in mail.leaves() {
        let name = part
            .parameter("content-disposition", "filename")
            .or_else(|| part.parameter("content-type", "name"));
        let kind = part.kind();
        let attached = part
            .header("content-disposition")
            .is_some_and(|how| how.to_ascii_lowercase().starts_with("attachment"));
        if let Some(set) = part.unknown_charset() {
            out.trouble(
                Trouble::new(
                    "email.charset",
                    Severity::Warn,
                    format!("A part of the mail is written in the character set “{set}”, which redress does not know, or does not hold to the one it names; some letters are wrong."),
                    "Look at the mail in the program it arrived in, and photograph it there.",
                )
                .at(place.clone()),
            );
        }
        match kind.as_str() {
            "text/plain" if !attached && name.is_none() => join(&mut plain, &part.text()),
            "text/html" if !attached && name.is_none() => join(&mut rich, &html::words(&part.text())),
            _ => {
                let inner = attach(&part, &kind, name, &place, &mut post, out);
                attached_mails.extend(inner);
            }
        }
    }
    let body = if plain.trim().is_empty() { rich } else { plain };
    let subject = mime::words(mail.header("subject").unwrap_or_default());
    let body = body.trim_end().replace("\r\n", "\n");
    post.text = match (subject.is_empty(), body.is_empty()) {
        (true, _) => body,
        (false, true) => subject,
        (false, false) => format!("{subject}\n\n{body}"),
    };
    let mut observation = input.sighting(place.clone());
    observation.seen = received;
    if depth > 0 {
        // Only the mail around it came through a server of this recipient.
        observation.fidelity = observation.fidelity.min(Fidelity::Collected);
    }
    out.take(post_item(post, observation));
    for (number, (name, bytes)) in attached_mails.iter().enumerate() {
        let place = within(&place, &format!("{}-{name}", number + 1));
        if depth + 1 >= input.options.limits.max_depth {
            out.trouble(
                Trouble::new(
                    "email.too_deep",
                    Severity::Warn,
                    format!(
                        "Mails are attached to mails more than {} deep; this one is kept and was not read.",
                        input.options.limits.max_depth
                    ),
                    "Save the attached mail as a file of its own, and import it.",
                )
                .at(place),
            );
            continue;
        }
        out.trouble(
            Trouble::new(
                "email.attached",
                Severity::Note,
                "This mail was attached to another one: its headers are as whoever attached it had them, and no server of this mailbox saw them.",
                "Ask the one who attached it for the original from the mailbox it arrived in.",
            )
            .at(place.clone()),
        );
        nested(bytes, place, depth + 1, input, out);
    }
}

/// Returns the place of a mail attached to the one at `place`.
fn within(place: &Place, name: &str) -> Place {
    let outer = place.to_string();
    Place::whole().inside(&format!("{}{name}", outer.strip_suffix("whole").unwrap_or(&format!("{outer}!"))))
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(more);
}

/// Keeps an attachment. Returns its name and bytes where it is a mail.
fn attach(
    part: &Part<'_>,
    kind: &str,
    name: Option<String>,
    place: &Place,
    post: &mut Post,
    out: &mut Out<'_>,
) -> Option<(String, Vec<u8>)> {
    let bytes = part.bytes();
    let is_named_mail =
        name.as_ref().is_some_and(|name| name.to_ascii_lowercase().ends_with(".eml")) && is_mail(&bytes);
    let is_mail = matches!(kind, "message/rfc822" | "message/global") || is_named_mail;
    let name = name.unwrap_or_else(|| if is_mail { "mail.eml" } else { "attachment" }.to_owned());
    out.member(place.clone(), &name, &bytes);
    let sort = match kind.split('/').next() {
        Some("image") => MediaKind::Image,
        Some("video") => MediaKind::Video,
        Some("audio") => MediaKind::Audio,
        _ => MediaKind::File,
    };
    post.media.push(Media {
        kind: sort,
        link: None,
        id: Some(name.clone()),
        alt: None,
        digest: Some(Digest::of(&bytes)),
    });
    is_mail.then_some((name, bytes))
}

fn bracketed(value: &str) -> &str {
    let value = value.split_ascii_whitespace().next().unwrap_or_default();
    value.trim_matches(['<', '>'])
}

fn sender(from: &str) -> Account {
    let mut account = Account::unknown(Platform::Email);
    let from = mime::words(from);
    match from.rsplit_once('<') {
        Some((name, address)) => {
            account.id = Some(address.trim_end_matches('>').trim().to_lowercase());
            account.name =
                Some(name.trim().trim_matches('"').trim().to_owned()).filter(|name| !name.is_empty());
        }
        None => account.id = Some(from.trim().to_lowercase()).filter(|address| !address.is_empty()),
    }
    account
}

/// Returns the time of the topmost `Received` line: that of the last server, the recipient's.
fn received(mail: &Part<'_>) -> Option<Moment> {
    let line = mail.header("received")?;
    time::mail_date(line.rsplit_once(';')?.1, SaidBy::Platform)
}

fn authenticity(mail: &Part<'_>, place: &Place, out: &mut Out<'_>) {
    let trouble = match mail.header("authentication-results") {
        None => Trouble::new(
            "email.not_authenticated",
            Severity::Note,
            "The recipient's server wrote down no check of the sender (SPF, DKIM, DMARC).",
            "The sender's address may be forged; the mail's server log would show where it came from.",
        ),
        Some(results) if results.contains("dkim=pass") => return,
        Some(results) => {
            let said: Vec<&str> =
                results.split(';').map(str::trim).filter(|part| part.contains('=')).collect();
            Trouble::new(
                "email.sender_unproven",
                Severity::Note,
                format!(
                    "The recipient's server checked the sender and found: {}. Without a valid DKIM signature the mail may have been changed or sent by another.",
                    said.join("; ")
                ),
                "Keep the original mailbox; its provider can say more about where the mail came from.",
            )
        }
    };
    out.trouble(trouble.at(place.clone()));
}
