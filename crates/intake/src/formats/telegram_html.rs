//! A chat exported from Telegram Desktop as pages (`messages.html`), which is what it writes unless asked for JSON.
//!
//! Times stand in a title, day first, with the distance from UTC in newer versions. A message that follows one of the same
//! account does not name it again. Neither accounts nor the chat have a number here: JSON has.

use std::collections::BTreeMap;

use record::{Account, Community, Fidelity, Item, Media, MediaKind, Post, PostKey, PostKind, Sink};
use values::{At, Doubt, Link, Moment, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::{Refused, html, time};

pub(super) const FORMAT: Format = Format {
    name: "telegram-html",
    version: 1,
    description: "A chat exported from Telegram Desktop as pages (messages.html)",
    fidelity: Fidelity::Collected,
    looks: |head: &Head<'_>| {
        let start = head.squeezed.get(..64.min(head.squeezed.len())).unwrap_or_default().to_lowercase();
        (start.starts_with("<!doctypehtml") || start.starts_with("<html"))
            && head.text.contains("class=\"page_wrap")
            && head.text.contains("class=\"history\"")
    },
    read,
};

const OPENING: &str = "<div class=\"message ";

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = input.text(out)?;
    let name =
        between(&text, "<div class=\"text bold\">", "</div>").map(|name| html::words(name).trim().to_owned());
    let community = Community { id: None, name: name.filter(|name| !name.is_empty()), members: None };
    out.trouble(Trouble::new(
        "telegram.pages",
        Severity::Note,
        "The pages of an export name no account and no chat by number, and leave out edits.",
        "Export the chat again as “machine-readable JSON” and keep both.",
    ));
    let starts: Vec<usize> = text.match_indices(OPENING).map(|(at, _)| at).collect();
    let blocks = starts.iter().enumerate().map(|(index, start)| {
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        (&text[*start..end], Place::new(At::Bytes(*start as u64, end as u64)))
    });
    let blocks: Vec<(&str, Place)> = blocks.collect();
    let keys: BTreeMap<&str, PostKey> = blocks
        .iter()
        .filter_map(|(block, place)| Some((number(block)?, input.key_at(Platform::Telegram, place))))
        .collect();
    let mut author = Account::unknown(Platform::Telegram);
    let mut no_zone = false;
    for (block, place) in &blocks {
        let class = block[OPENING.len()..].split('"').next().unwrap_or_default();
        if class.starts_with("service") {
            let what = format!("an entry about the chat itself ({})", html::words(block).trim());
            out.take(Item::Leftover { place: place.clone(), what });
            continue;
        }
        // What was forwarded stands in a body of its own, with the name of whom it is from.
        let (own, forwarded) = match block.split_once("<div class=\"forwarded body\">") {
            Some((own, forwarded)) => (own, Some(forwarded)),
            None => (*block, None),
        };
        if let Some(name) = between(own, "<div class=\"from_name\">", "</div>") {
            author = Account::unknown(Platform::Telegram);
            author.name = Some(html::words(name).trim().to_owned()).filter(|name| !name.is_empty());
        }
        let mut post = Post::bare(input.key_at(Platform::Telegram, place), PostKind::Message, author.clone());
        let (written, zoned) = stamp(block);
        no_zone |= written.is_some() && !zoned;
        post.written = written.map(|at| time::in_zone(at, input.options.zone_minutes));
        post.community = Some(community.clone());
        post.reply_to = between(own, "GoToMessage(", ")").and_then(|id| keys.get(id).cloned());
        if let Some(words) = between(block, "<div class=\"text\">", "</div>") {
            post.text = html::words(words).trim().to_owned();
            post.links = hrefs(words).filter_map(|href| Link::new(&href)).collect();
        }
        attach(block, &mut post, place, input, out);
        if let Some(from) = forwarded.and_then(|body| between(body, "<div class=\"from_name\">", "<")) {
            out.trouble(
                Trouble::new(
                    "telegram.forwarded",
                    Severity::Note,
                    format!("These words were forwarded from “{}”: they are not those of the account that passed them on, unless words were added.", html::words(from).trim()),
                    "Look for the original, and hold the account to nothing but the forwarding.",
                )
                .at(place.clone()),
            );
        }
        out.take(post_item(post, input.sighting(place.clone())));
    }
    if no_zone && input.options.zone_minutes.is_none() {
        out.trouble(super::csv_table::no_zone());
    }
    Ok(())
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(inner, _)| inner)
}

/// Returns the number of a message in its chat: `message101` is 101.
fn number(block: &str) -> Option<&str> {
    between(block, "id=\"message", "\"")
}

fn hrefs(html: &str) -> impl Iterator<Item = String> {
    html.match_indices("<a ").filter_map(|(at, _)| html::attribute(html[at..].split('>').next()?, "href"))
}

/// Reads `04.11.2025 10:02:11 UTC-05:00`; the distance from UTC is missing in older versions. Returns whether it is there.
fn stamp(block: &str) -> (Option<Moment>, bool) {
    let read = || {
        let at = block.find("date details\"")?;
        let title = html::attribute(
            block[at - block[..at].rfind('<').map_or(0, |open| at - open)..].split('>').next()?,
            "title",
        )?;
        let mut parts = title.split(' ');
        let mut date = parts.next()?.split('.').map(|part| part.parse::<u32>().ok());
        let (day, month, year) = (date.next()??, date.next()??, date.next()??);
        let mut clock = parts.next()?.split(':').map(|part| part.parse::<u32>().ok());
        let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next().unwrap_or(Some(0))?);
        let local = time::local(i64::from(year), month, day, hour, minute, second, SaidBy::Collector)?;
        let zone = parts.next().and_then(|zone| offset(zone.strip_prefix("UTC")?));
        Some((local, zone))
    };
    match read() {
        Some((local, Some(minutes))) => (Some(time::in_zone(local, Some(minutes))), true),
        Some((local, None)) => (Some(local.with_doubt(Doubt::ZoneUnknown)), false),
        None => (None, false),
    }
}

/// Reads `-05:00` as minutes.
fn offset(text: &str) -> Option<i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?))
}

fn attach(block: &str, post: &mut Post, place: &Place, input: &Input<'_>, out: &mut Out<'_>) {
    let Some(wrap) = between(block, "<div class=\"media_wrap", "<div class=\"text\">")
        .or_else(|| block.split_once("<div class=\"media_wrap").map(|(_, rest)| rest))
    else {
        return;
    };
    let paths: Vec<String> =
        hrefs(wrap).filter(|path| !path.starts_with("http") && !path.starts_with('#')).collect();
    if paths.is_empty() {
        post.media.push(Media { kind: MediaKind::File, link: None, id: None, alt: None, digest: None });
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
    for path in paths {
        let kind = match path.split('/').next().unwrap_or_default() {
            "photos" | "stickers" => MediaKind::Image,
            "video_files" | "round_video_messages" => MediaKind::Video,
            "voice_messages" => MediaKind::Audio,
            _ => MediaKind::File,
        };
        post.media.push(Media {
            kind,
            link: Link::new(&path),
            id: None,
            alt: None,
            digest: input.digest_beside(&path),
        });
    }
}
