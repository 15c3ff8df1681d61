//! “Export chat” of WhatsApp: a text, one message after another, laid out as the phone's language wants it.
//!
//! Times are local and have no zone. Whether `4/11/25` is in April or in November depends on the phone: it is settled by
//! a date in the same file that can only be read one way, or by the person who exported it, and never guessed.

mod stamp;

use record::{Account, Fidelity, Item, Media, MediaKind, Post, PostKind, Sink, State};
use values::{Doubt, Link, Place, Platform, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::{Refused, time};
use stamp::{Order, Stamp};

pub(super) const FORMAT: Format = Format {
    name: "whatsapp",
    version: 1,
    description: "A chat exported from WhatsApp (.txt, or the .zip it lies in)",
    fidelity: Fidelity::Collected,
    looks: |head: &Head<'_>| {
        head.text.lines().take(20).filter_map(stamp::split).take(2).count() >= 1 && !head.text.contains('\0')
    },
    read,
};

/// What the phone writes in the place of a picture it did not export.
const OMITTED: [&str; 9] = [
    "<media omitted>",
    "<multimedia omitido>",
    "image omitted",
    "video omitted",
    "audio omitted",
    "sticker omitted",
    "document omitted",
    "imagen omitida",
    "gif omitted",
];

/// What the phone writes in the place of a message that was taken back.
const DELETED: [&str; 5] = [
    "this message was deleted",
    "you deleted this message",
    "se eliminó este mensaje",
    "eliminaste este mensaje",
    "este mensaje fue eliminado",
];

struct Message {
    line: u64,
    stamp: Stamp,
    rest: String,
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = input.text(out)?;
    let mut messages: Vec<Message> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line_number = index as u64 + 1;
        match stamp::split(line) {
            Some((stamp, rest)) => messages.push(Message { line: line_number, stamp, rest: rest.to_owned() }),
            None => match messages.last_mut() {
                Some(message) => {
                    message.rest.push('\n');
                    message.rest.push_str(line);
                }
                None if line.trim().is_empty() => {}
                None => out.take(Item::Leftover {
                    place: Place::line(line_number),
                    what: "words before the first message".to_owned(),
                }),
            },
        }
    }
    let settled = messages.iter().find_map(|message| message.stamp.settles());
    let order =
        settled.or(input.options.day_first.map(|first| if first { Order::Day } else { Order::Month }));
    if order.is_none() {
        out.trouble(Trouble::new(
            "whatsapp.day_or_month",
            Severity::Warn,
            "Whether the first number of a date is the day or the month depends on the phone, and no date in this file settles it.",
            "Look at the phone, or ask whose it was, and import it again with --first day or --first month.",
        ));
    }
    if input.options.zone_minutes.is_none() {
        out.trouble(super::csv_table::no_zone());
    }
    for message in messages {
        one(message, order, input, out);
    }
    Ok(())
}

fn one(message: Message, order: Option<Order>, input: &Input<'_>, out: &mut Out<'_>) {
    let place = Place::line(message.line);
    let rest = message.rest.trim_start_matches(['\u{200E}', '\u{200F}', ' ']);
    let Some((name, words)) =
        rest.split_once(": ").or_else(|| rest.split_once(":\n")).filter(|(name, _)| !name.contains('\n'))
    else {
        out.take(Item::Leftover { place, what: "a line WhatsApp itself wrote".to_owned() });
        return;
    };
    let marked = words.starts_with('\u{200E}');
    let words = words.trim_start_matches('\u{200E}').trim_end();
    let lower = words.to_lowercase();
    let attached = words
        .strip_prefix("<attached: ")
        .or_else(|| words.strip_prefix("<adjunto: "))
        .and_then(|rest| rest.split_once('>'));
    let with_file = ["(file attached)", "(archivo adjunto)"]
        .iter()
        .find_map(|mark| Some((words.split_once(mark)?.0.trim(), words.split_once(mark)?.1)));
    let omitted = OMITTED.contains(&lower.as_str());
    let deleted = DELETED.iter().any(|known| lower.trim_end_matches('.') == *known);
    if marked && attached.is_none() && !omitted && !deleted {
        out.take(Item::Leftover { place, what: "a line WhatsApp itself wrote".to_owned() });
        return;
    }
    let mut author = Account::unknown(Platform::WhatsApp);
    author.name = Some(name.trim_start_matches(['~', ' ', '\u{202F}', '\u{A0}']).trim().to_owned())
        .filter(|name| !name.is_empty());
    let mut post = Post::bare(input.key_at(Platform::WhatsApp, &place), PostKind::Message, author);
    post.written = message.stamp.moment(order).map(|moment| match moment.doubt() {
        Some(Doubt::DayMonthOrder) => moment,
        _ => time::in_zone(moment, input.options.zone_minutes),
    });
    let mut observation = input.sighting(place.clone());
    if let Some((file, caption)) = attached.or(with_file) {
        post.text = caption.trim().to_owned();
        post.media.push(Media {
            kind: kind_of(file),
            link: Link::new(file),
            id: None,
            alt: None,
            digest: input.digest_beside(file),
        });
    } else if omitted {
        post.media.push(Media { kind: MediaKind::File, link: None, id: None, alt: None, digest: None });
        out.trouble(
            Trouble::new(
                "whatsapp.media_omitted",
                Severity::Warn,
                "A picture, film or sound of this message was not exported.",
                "Export the chat again with media attached.",
            )
            .at(place),
        );
    } else {
        post.text = words.to_owned();
    }
    if deleted {
        post.text.clear();
        observation.state = State::Deleted;
    }
    for mark in ["<This message was edited>", "<Se editó este mensaje.>", "<Este mensaje fue editado>"] {
        if let Some(before) = post.text.strip_suffix(mark) {
            post.text = before.trim_end_matches(['\u{200E}', ' ']).to_owned();
            observation.state = State::Edited;
        }
    }
    out.take(post_item(post, observation));
}

fn kind_of(file: &str) -> MediaKind {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "jpg" | "jpeg" | "png" | "webp" | "gif" | "heic" => MediaKind::Image,
        "mp4" | "mov" | "3gp" => MediaKind::Video,
        "opus" | "m4a" | "mp3" | "ogg" | "aac" => MediaKind::Audio,
        _ => MediaKind::File,
    }
}
