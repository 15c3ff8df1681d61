//! “Download your information” of Facebook and Instagram as pages (HTML), which is what Meta makes unless asked for JSON.
//!
//! Each message or post is a block whose classes are the program's own: who (`_a6-h`), what (`_a6-p`), when (`_a6-o`).
//! Times are those of the owner's settings, to the minute or second, with no zone; nothing has an id.

use record::{Account, Community, Fidelity, Item, Media, MediaKind, Post, PostKind, Sink};
use values::{At, Moment, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::{Refused, html, text, time};

pub(super) const FORMAT: Format = Format {
    name: "meta-pages",
    version: 1,
    description: "“Download your information” of Facebook or Instagram, as pages (.html, or the .zip they lie in)",
    fidelity: Fidelity::Server,
    looks: |head: &Head<'_>| head.opens_with(&['<']) && head.text.contains(OPENING),
    read,
};

const OPENING: &str = "<div class=\"pam _3-95 _2ph- _a6-g uiBoxWhite noborder\">";

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let page = input.text(out)?;
    let path = input.member.as_deref().unwrap_or(input.source.name()).to_lowercase();
    let of_instagram = path.contains("instagram") || page.contains("instagram.com/");
    let platform = if of_instagram { Platform::Instagram } else { Platform::Facebook };
    let is_chat = path.rsplit('/').next().is_some_and(|file| file.starts_with("message_"));
    let chat = is_chat.then(|| between(&page, "<title>", "</title>").map(written)).flatten();
    let community = Community { id: None, name: chat, members: None };
    out.trouble(Trouble::new(
        "meta.pages",
        Severity::Warn,
        "The pages of this download write times without a zone and name accounts by nothing but the name they show; whole seconds and threads are in its other form.",
        "Ask Meta for the download again with the format JSON, and keep both.",
    ));
    out.trouble(Trouble::new(
        "meta.own_only",
        Severity::Note,
        "This download holds what its owner wrote and the messages they got, and not what others posted about them.",
        "Capture posts of others from their pages.",
    ));
    let starts: Vec<usize> = page.match_indices(OPENING).map(|(at, _)| at).collect();
    let mut timed = false;
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(page.len());
        let block = &page[*start + OPENING.len()..end];
        let place = Place::new(At::Bytes(*start as u64, end as u64));
        let when =
            after(block, "_a6-o\">").map(|rest| written(rest.split("</div></div>").next().unwrap_or(rest)));
        let head = after(block, "_a6-h _a6-i\">").map(|rest| {
            written(
                rest.split(['\n'])
                    .next()
                    .unwrap_or(rest)
                    .split("</h2>")
                    .next()
                    .unwrap_or(rest)
                    .split("</div>")
                    .next()
                    .unwrap_or(rest),
            )
        });
        let body = after(block, "_a6-p\">").map(|rest| rest.split("_a6-o\">").next().unwrap_or(rest));
        let body = body.map(|body| {
            body.rfind("<div class=\"").map_or(body, |at| if when.is_some() { &body[..at] } else { body })
        });
        let (Some(when), Some(body)) = (when, body) else {
            out.take(Item::Leftover {
                place,
                what: "a block without a time, such as who takes part".to_owned(),
            });
            continue;
        };
        // Reactions are a list behind the words.
        let words = written(body.split("<ul class=\"_a6-q\"").next().unwrap_or(body));
        let mut author = Account::unknown(platform);
        let mut post = if is_chat {
            author.name = head.clone().filter(|name| !name.is_empty());
            Post::bare(input.key_at(platform, &place), PostKind::Message, author)
        } else {
            Post::bare(input.key_at(platform, &place), PostKind::Original, author)
        };
        post.text = match head.filter(|head| !is_chat && !head.is_empty()) {
            Some(head) if words.is_empty() => head,
            Some(head) => format!("{head}\n{words}"),
            None => words,
        };
        post.community = Some(community.clone()).filter(|community| community.name.is_some());
        match stamp(&when) {
            Some(local) => {
                timed = true;
                post.written = Some(time::in_zone(local, input.options.zone_minutes));
            }
            None => out.trouble(
                Trouble::new(
                    "meta.time",
                    Severity::Warn,
                    format!(
                        "The time of this entry, “{}”, is written in a way redress does not read.",
                        when.chars().take(60).collect::<String>()
                    ),
                    "Ask Meta for the download again with the format JSON, which counts the seconds.",
                )
                .at(place.clone()),
            ),
        }
        attach(body, &mut post, input);
        out.take(post_item(post, input.sighting(place)));
    }
    if timed && input.options.zone_minutes.is_none() {
        out.trouble(super::csv_table::no_zone());
    }
    Ok(())
}

/// Returns the words of a piece, one line for what stands on one, garbled accents mended.
fn written(piece: &str) -> String {
    let words = html::words(piece);
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let words = lines.join("\n");
    text::undo_mojibake(&words).unwrap_or(words)
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(inner, _)| inner)
}

fn after<'a>(text: &'a str, open: &str) -> Option<&'a str> {
    text.split_once(open).map(|(_, rest)| rest)
}

/// The first three letters of the months in English and in Spanish.
const MONTHS: [(&str, &str); 12] = [
    ("jan", "ene"),
    ("feb", "feb"),
    ("mar", "mar"),
    ("apr", "abr"),
    ("may", "may"),
    ("jun", "jun"),
    ("jul", "jul"),
    ("aug", "ago"),
    ("sep", "sep"),
    ("oct", "oct"),
    ("nov", "nov"),
    ("dec", "dic"),
];

/// Reads `Nov 04, 2025 10:02:11 am`, `Nov 4, 2025, 3:02 PM`, `4 nov 2025 15:02`: the month is a word, so the order of the
/// others is plain.
fn stamp(given: &str) -> Option<Moment> {
    let lower = given.to_lowercase().replace(['\u{202F}', '\u{A0}'], " ").replace(['.', ','], " ");
    let (mut month, mut numbers, mut clock, mut half) = (None, Vec::new(), None, None);
    for word in lower.split_whitespace() {
        if word.contains(':') {
            let parts: Option<Vec<u32>> = word.split(':').map(|part| part.parse().ok()).collect();
            clock = Some(parts.filter(|parts| matches!(parts.len(), 2 | 3))?);
        } else if let Ok(number) = word.parse::<u32>() {
            numbers.push(number);
        } else if matches!(word, "am" | "pm" | "a" | "p" | "m") {
            half = half.or(word.chars().next());
        } else if let Some(at) =
            MONTHS.iter().position(|(en, es)| word.starts_with(en) || word.starts_with(es))
        {
            month = month.or(u32::try_from(at + 1).ok());
        }
    }
    let &[day, year] = numbers.as_slice() else { return None };
    let clock = clock?;
    let hour = match (half, clock[0]) {
        (Some('p'), hour @ 1..=11) => hour + 12,
        (Some('a'), 12) => 0,
        (_, hour) => hour,
    };
    let second = clock.get(2).copied().unwrap_or(0);
    time::local(i64::from(year), month?, day, hour, clock[1], second, SaidBy::Platform)
}

/// Takes the pictures, films and sounds a block shows, by their paths in the download.
fn attach(body: &str, post: &mut Post, input: &Input<'_>) {
    let sources =
        body.match_indices(" src=\"").filter_map(|(at, open)| body[at + open.len()..].split('"').next());
    for source in sources
        .map(html::unescape)
        .filter(|source| !source.starts_with("http") && !source.starts_with("data:"))
    {
        let ending = source.rsplit('.').next().unwrap_or_default().to_lowercase();
        let kind = match ending.as_str() {
            "jpg" | "jpeg" | "png" | "gif" | "webp" => MediaKind::Image,
            "mp4" | "mov" => MediaKind::Video,
            "aac" | "m4a" | "mp3" | "wav" => MediaKind::Audio,
            _ => MediaKind::File,
        };
        let digest = input.digest_beside(&source);
        post.media.push(Media { kind, link: None, id: Some(source), alt: None, digest });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Options, Slice, read};

    fn block(inner: &str) -> String {
        format!("{OPENING}{inner}</div>")
    }

    fn posts(name: &str, blocks: &str) -> (&'static str, Vec<Post>, Vec<String>) {
        let page = format!(
            "<html><head><meta charset=\"UTF-8\" /><title>Example Threat</title></head><body class=\"_5vb_\">{blocks}</body></html>"
        );
        let mut items: Vec<Item> = Vec::new();
        let summary =
            read(&Slice::new(name, page.as_bytes()), &Options::plain(Limits::ordinary()), &mut items)
                .unwrap();
        let (mut posts, mut codes) = (Vec::new(), Vec::new());
        for item in items {
            match item {
                Item::Post { post, .. } => posts.push(*post),
                Item::Trouble(trouble) => codes.push(trouble.code.into_owned()),
                _ => {}
            }
        }
        (summary.format, posts, codes)
    }

    #[test]
    fn messages_have_who_what_and_when() {
        let message = |who: &str, words: &str, when: &str| {
            block(&format!("<h2 class=\"_3-95 _2pim _a6-h _a6-i\" id=\"u_0\">{who}</h2><div class=\"_3-95 _a6-p\"><div><div></div><div>{words}</div><div></div><div></div></div></div><div class=\"_3-94 _a6-o\"><div class=\"_a72d\">{when}</div></div>")).replace(" id=\"u_0\"", "")
        };
        let people = block("<div class=\"_3-95 _a6-p\">Participants: Example Threat and Me</div>");
        let blocks = people
            + &message(
                "Example Threat",
                "We know where you live<br />and when &amp; how",
                "Nov 04, 2025 10:02:11 am",
            )
            + &message(
                "Me",
                "<img src=\"your_facebook_activity/messages/photos/1.jpg\" class=\"_a6_o\" /><ul class=\"_a6-q\"><li>x Me</li></ul>",
                "Nov 4, 2025 12:02 AM",
            )
            + &message("Example Threat", "x", "yesterday");
        let (format, posts, codes) = posts("message_1.html", &blocks);
        assert_eq!(format, "meta-pages");
        let said: Vec<(&str, &str)> = posts
            .iter()
            .map(|post| (post.author.name.as_deref().unwrap_or_default(), post.text.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("Example Threat", "We know where you live\nand when & how"),
                ("Me", ""),
                ("Example Threat", "x")
            ]
        );
        assert!(posts.iter().all(|post| post.kind == PostKind::Message));
        assert_eq!(posts[0].community.as_ref().unwrap().name.as_deref(), Some("Example Threat"));
        assert_eq!(posts[1].media[0].id.as_deref(), Some("your_facebook_activity/messages/photos/1.jpg"));
        assert_eq!(codes, ["meta.pages", "meta.own_only", "meta.time", "time.no_zone"]);
    }

    #[test]
    fn posts_keep_what_the_page_says_above_them() {
        let blocks = block(
            "<div class=\"_3-95 _2pim _a6-h _a6-i\">Me updated his status.</div><div class=\"_3-95 _a6-p\"><div><div class=\"_2pin\"><div>I deliver the mail.</div></div></div></div><div class=\"_3-94 _a6-o\">nov 04, 2025 3:02 pm</div>",
        );
        let (_, posts, _) = posts("your_posts_1.html", &blocks);
        assert_eq!(
            (posts[0].kind, posts[0].text.as_str()),
            (PostKind::Original, "Me updated his status.\nI deliver the mail.")
        );
        assert_eq!(posts[0].written.unwrap().millis(), 1_762_268_520_000);
    }

    #[test]
    fn a_month_in_words_leaves_no_order_open() {
        let read = |given: &str| stamp(given).map(|moment| moment.millis() - 1_762_214_400_000);
        assert_eq!(read("Nov 04, 2025 10:02:11 am"), Some(36_131_000));
        assert_eq!(read("Nov 4, 2025 12:02 AM"), Some(120_000));
        assert_eq!(read("4 nov. 2025, 15:02"), Some(54_120_000));
        assert_eq!(read("nov 04, 2025 3:02:00 p. m."), Some(54_120_000));
        assert_eq!(
            (read("yesterday"), read("Nov 2025 10:02"), read("Foo 4, 2025 10:02")),
            (None, None, None)
        );
    }
}
