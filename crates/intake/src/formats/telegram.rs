//! A chat, or all of them, exported from Telegram Desktop as JSON.
//!
//! `date` is the exporting computer's local time: the time is `date_unixtime`. `text` is a text or a list of pieces.
//! `from` is null where the account was deleted; `from_id` stays. Control characters are written `\x0A`, which is no
//! JSON. Forwarded words are not those of the account that forwarded them.

use record::{Account, Community, Fidelity, Item, Media, MediaKind, Post, PostKey, PostKind, Sink, State};
use serde_json::Value;
use values::{At, Handle, Link, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::json::{self, Dig};
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "telegram-desktop",
    version: 2,
    description: "A chat exported from Telegram Desktop as JSON (result.json)",
    fidelity: Fidelity::Collected,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let messages = head.has(&["\"messages\":[", "\"type\":\""]);
    let filled = head.has(&["\"from_id\":"]) || head.has(&["\"date_unixtime\":"]);
    // A chat without messages says what it is by its own type alone.
    let typed = KINDS.iter().any(|kind| head.has(&[&format!("\"type\":\"{kind}\"")]));
    let all = head.has(&["\"chats\":{", "\"list\":["]);
    head.opens_with(&['{']) && (messages && (filled || typed) || all)
}

/// The kinds of chats, as Telegram Desktop names them (export_output_json.cpp).
const KINDS: [&str; 10] = [
    "saved_messages",
    "replies",
    "verification_codes",
    "personal_chat",
    "bot_chat",
    "private_group",
    "private_supergroup",
    "public_supergroup",
    "private_channel",
    "public_channel",
];

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = mend_escapes(&input.text(out)?);
    let text = input.json_of(text, out)?;
    let value: Value = serde_json::from_str(&text).map_err(|error| json::broken(&error))?;
    // Chats that were left stand in a list of their own.
    let lists = ["chats", "left_chats"].map(|name| (name, value.list(&format!("{name}.list"))));
    for (name, chats) in lists {
        for (index, inner) in chats.iter().enumerate() {
            chat(inner, &format!("/{name}/list/{index}"), input, out);
        }
    }
    if lists.iter().all(|(_, chats)| chats.is_empty()) {
        chat(&value, "", input, out);
    }
    Ok(())
}

/// Writes `\x0A` as `\u000A`; a backslash that is itself escaped is left alone.
fn mend_escapes(text: &str) -> String {
    if !text.contains("\\x") {
        return text.to_owned();
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        mended.push_str(&rest[..at]);
        let hex = rest.get(at + 2..at + 4).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match (rest[at + 1..].chars().next(), hex) {
            (Some('x'), Some(hex)) => {
                mended.push_str("\\u00");
                mended.push_str(hex);
                rest = &rest[at + 4..];
            }
            (Some(next), _) => {
                mended.push('\\');
                mended.push(next);
                rest = &rest[at + 1 + next.len_utf8()..];
            }
            (None, _) => {
                mended.push('\\');
                rest = "";
            }
        }
    }
    mended.push_str(rest);
    mended
}

fn chat(chat: &Value, pointer: &str, input: &Input<'_>, out: &mut Out<'_>) {
    let chat_id = chat.id("id").unwrap_or_else(|| "chat".to_owned());
    let is_group = chat.text("type").is_some_and(|kind| kind.contains("group") || kind.contains("channel"));
    let name = chat.text("name").map(str::to_owned);
    let community = is_group.then(|| Community { id: Some(chat_id.clone()), name, members: None });
    let key = |id: String| PostKey::new(Platform::Telegram, &format!("{chat_id}/{id}"));
    for (index, message) in chat.list("messages").iter().enumerate() {
        let place = Place::new(At::Pointer(format!("{pointer}/messages/{index}")));
        let Some(id) = message.id("id").filter(|_| message.text("type") != Some("service")) else {
            let what = format!(
                "an entry about the chat itself ({})",
                message.text("action").unwrap_or("no message")
            );
            out.take(Item::Leftover { place, what });
            continue;
        };
        let mut author = Account::unknown(Platform::Telegram);
        author.id = message.id("from_id");
        author.name = message.text("from").map(str::to_owned);
        if author.name.is_none() {
            out.trouble(
                Trouble::new(
                    "telegram.account_deleted",
                    Severity::Note,
                    "Telegram shows no name for this account, as for one that was deleted; its number stays.",
                    "Ask Telegram to preserve the account under that number.",
                )
                .at(place.clone()),
            );
        }
        let mut post = Post::bare(key(id), PostKind::Message, author);
        words(message, &mut post);
        told(message, &mut post.text);
        post.written = message.epoch("date_unixtime", SaidBy::Platform);
        if post.written.is_none() {
            let local = message
                .text("date")
                .and_then(|given| values::Moment::parse_local(given, SaidBy::Collector).ok());
            post.written = local.map(|local| time::in_zone(local, input.options.zone_minutes));
            out.trouble(super::csv_table::no_zone().at(place.clone()));
        }
        post.edited = message.epoch("edited_unixtime", SaidBy::Platform);
        post.reply_to = message.id("reply_to_message_id").map(key);
        post.community = community.clone();
        files(message, &mut post, &place, input, out);
        if let Some(from) = message.text("forwarded_from") {
            out.trouble(
                Trouble::new(
                    "telegram.forwarded",
                    Severity::Note,
                    format!("These words were forwarded from “{from}”: they are not those of the account that passed them on, unless words were added."),
                    "Look for the original, and hold the account to nothing but the forwarding.",
                )
                .at(place.clone()),
            );
        }
        let mut observation = input.sighting(place);
        if post.edited.is_some() {
            observation.state = State::Edited;
        }
        let reactions = message.list("reactions");
        if !reactions.is_empty() {
            observation.counts.likes =
                Some(reactions.iter().filter_map(|reaction| reaction.count("count")).sum());
        }
        out.take(post_item(post, observation));
    }
}

fn words(message: &Value, post: &mut Post) {
    let pieces = message.list("text_entities");
    let pieces = if pieces.is_empty() { message.list("text") } else { pieces };
    if pieces.is_empty() {
        post.text = message.text("text").unwrap_or_default().to_owned();
    }
    for piece in pieces {
        let words = piece.as_str().or_else(|| piece.text("text")).unwrap_or_default();
        post.text.push_str(words);
        match piece.text("type") {
            Some("link") => post.links.extend(Link::new(words)),
            Some("text_link") => post.links.extend(piece.link("href")),
            Some("mention") => post.mentions.extend(Handle::new(words)),
            Some("hashtag") => post.hashtags.push(words.trim_start_matches('#').to_owned()),
            _ => {}
        }
    }
}

/// Adds what a message says without words of its own: a poll with its answers, a place, a contact.
fn told(message: &Value, text: &mut String) {
    let mut add = |line: &str| {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    };
    if let Some(question) = message.text("poll.question") {
        add(question);
        message
            .list("poll.answers")
            .iter()
            .filter_map(|answer| answer.text("text"))
            .for_each(|answer| add(&format!("- {answer}")));
    }
    if let Some(place) = message.dig("location_information") {
        let number = |name: &str| place.dig(name).map(Value::to_string);
        if let (Some(latitude), Some(longitude)) = (number("latitude"), number("longitude")) {
            add(&format!("{latitude}, {longitude}"));
        }
    }
    for field in ["place_name", "address"] {
        if let Some(words) = message.text(field) {
            add(words);
        }
    }
    if let Some(contact) = message.dig("contact_information") {
        let parts =
            ["first_name", "last_name", "phone_number"].map(|name| contact.text(name).unwrap_or_default());
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        add(&parts.join(" "));
    }
}

fn files(message: &Value, post: &mut Post, place: &Place, input: &Input<'_>, out: &mut Out<'_>) {
    for field in ["photo", "file"] {
        let Some(path) = message.text(field) else { continue };
        let kind = match (field, message.text("mime_type").unwrap_or_default().split('/').next()) {
            ("photo", _) | (_, Some("image")) => MediaKind::Image,
            (_, Some("video")) => MediaKind::Video,
            (_, Some("audio")) => MediaKind::Audio,
            _ => MediaKind::File,
        };
        let missing = path.starts_with('(');
        if missing {
            out.trouble(
                Trouble::new(
                    "telegram.file_missing",
                    Severity::Warn,
                    "A picture, film or file of this message was not exported.",
                    "Export the chat again with photos, videos and files ticked.",
                )
                .at(place.clone()),
            );
        }
        let link = if missing { None } else { Link::new(path) };
        post.media.push(Media { kind, link, id: None, alt: None, digest: input.digest_beside(path) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_that_are_no_json_are_mended() {
        assert_eq!(mend_escapes(r#"{"a":"b\x0Ac \\x0A \n \"}"#), r#"{"a":"b\u000Ac \\x0A \n \"}"#);
        assert_eq!(mend_escapes("\\x"), "\\x");
        assert_eq!(mend_escapes("\\x\\"), "\\x\\");
        assert_eq!(mend_escapes("é\\é"), "é\\é");
    }
}
