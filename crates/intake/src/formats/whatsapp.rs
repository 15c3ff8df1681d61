//! “Export chat” of WhatsApp: a text, one message after another, laid out as the phone's language wants it.
//!
//! Times are local and have no zone. Whether `4/11/25` is in April or in November depends on the phone: it is settled by
//! a date in the same file that can only be read one way, or by the person who exported it, and never guessed. Until then
//! both readings stand: the moment carries the doubt, and is placed where the chat runs on in order.

mod stamp;

use record::{Account, Fidelity, Item, Media, MediaKind, Post, PostKind, Sink, State};
use values::{Doubt, Link, Moment, Place, Platform, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::{Refused, time};
use stamp::{Order, Stamp};

pub(super) const FORMAT: Format = Format {
    name: "whatsapp",
    version: 2,
    description: "A chat exported from WhatsApp (.txt, or the .zip it lies in)",
    fidelity: Fidelity::Collected,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let stamped: Vec<&str> =
        head.text.lines().take(20).filter(|line| stamp::split(line).is_some()).take(5).collect();
    // Programs that take chats out of Signal write the same lines in Markdown, where two spaces end a line.
    let of_signal = stamped.iter().all(|line| line.trim_end_matches('\r').ends_with("  "));
    !stamped.is_empty() && !of_signal && !head.text.contains('\0')
}

/// What the phone writes in the place of a picture it did not export; on Android also anything between `<` and `>`.
const OMITTED: [&str; 18] = [
    "null",
    "image omitted",
    "video omitted",
    "audio omitted",
    "sticker omitted",
    "document omitted",
    "gif omitted",
    "contact card omitted",
    "video note omitted",
    "imagen omitida",
    "video omitido",
    "audio omitido",
    "sticker omitido",
    "documento omitido",
    "gif omitido",
    "tarjeta de contacto omitida",
    "nota de video omitida",
    "bild weggelassen",
];

/// What an iPhone marks like its own lines although a person sent it or did it.
const OF_PEOPLE: [&str; 10] = [
    "location:",
    "ubicación:",
    "live location",
    "poll:",
    "encuesta:",
    "event:",
    "missed v",
    "voice call",
    "video call",
    "llamada",
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
    let dates = Dates::of(&messages, input.options.day_first);
    dates.trouble().into_iter().for_each(|trouble| out.trouble(trouble));
    if input.options.zone_minutes.is_none() {
        out.trouble(super::csv_table::no_zone());
    }
    let mut last: Option<Moment> = None;
    for message in messages {
        let written = dates.moment(&message.stamp);
        if let (Some(before), Some(now)) = (last, written)
            && now.doubt() != Some(Doubt::DayMonthOrder)
            && before.millis() - now.millis() > 86_400_000
        {
            out.trouble(runs_back().at(Place::line(message.line)));
        }
        last = written.or(last);
        one(message, written, input, out);
    }
    Ok(())
}

/// How the dates of a chat are read.
struct Dates {
    /// What the file itself proves, or a person said.
    settled: Option<Order>,
    /// Where moments are placed while nothing is settled.
    placed: Order,
    /// How often the chat would run backwards with the day first, and with the month first.
    back: [u64; 2],
    /// A date that can be read in two ways, where one is open.
    open: Option<Stamp>,
    /// Dates prove both.
    torn: bool,
    /// A person said otherwise than the file proves.
    refuted: bool,
}

impl Dates {
    fn of(messages: &[Message], said: Option<bool>) -> Self {
        let proves = |order: Order| messages.iter().any(|message| message.stamp.settles() == Some(order));
        let (day, month) = (proves(Order::Day), proves(Order::Month));
        let said = said.map(|day_first| if day_first { Order::Day } else { Order::Month });
        let proven = match (day, month) {
            (true, false) => Some(Order::Day),
            (false, true) => Some(Order::Month),
            _ => None,
        };
        let back = [Order::Day, Order::Month].map(|order| {
            let days: Vec<_> = messages.iter().filter_map(|message| message.stamp.day(order)).collect();
            days.windows(2).filter(|pair| pair[1] < pair[0]).count() as u64
        });
        let settled = proven.or(said);
        Self {
            settled,
            placed: if back[1] < back[0] { Order::Month } else { Order::Day },
            back,
            open: messages
                .iter()
                .map(|message| message.stamp)
                .find(Stamp::is_open)
                .filter(|_| settled.is_none()),
            torn: day && month,
            refuted: proven.is_some() && said.is_some() && said != proven,
        }
    }

    fn trouble(&self) -> Option<Trouble> {
        const ASK: &str =
            "Look at the phone, or ask whose it was, and import it again with --first day or --first month.";
        if self.torn {
            return Some(Trouble::new(
                "whatsapp.two_orders",
                Severity::Invalid,
                "Some dates of this file can only be read with the day first, others only with the month first: it was put together from two exports, or changed. Each date that can be read one way is read so.",
                "Ask for the export again, from one phone, and keep this one beside it.",
            ));
        }
        if self.refuted {
            return Some(Trouble::new(
                "whatsapp.order_proven",
                Severity::Warn,
                "This file holds a date that can only be read one way, and it is not the way that was said; the file was believed.",
                "Nothing needs doing, unless the file was changed.",
            ));
        }
        let [a, b, _] = self.open?.numbers();
        let order = match self.back {
            [0, 0] => "Read either way the chat runs on in order.".to_owned(),
            [0, back] => format!(
                "With the day first it runs on in order, with the month first it runs back {}.",
                times(back)
            ),
            [back, 0] => format!(
                "With the month first it runs on in order, with the day first it runs back {}.",
                times(back)
            ),
            _ => "Read either way the chat runs back at times.".to_owned(),
        };
        Some(Trouble::new(
            "whatsapp.day_or_month",
            Severity::Warn,
            format!(
                "Whether {a}/{b} is day {a} of month {b} or day {b} of month {a} depends on the phone, and no date in this file settles it: both readings are kept and shown. {order}"
            ),
            ASK,
        ))
    }

    fn moment(&self, stamp: &Stamp) -> Option<Moment> {
        match stamp.settles().or(self.settled) {
            Some(order) => stamp.moment(order),
            None => {
                // Where one of the two is no day at all, the other is what was meant.
                let read = |order: Order| stamp.moment(order);
                let other = if self.placed == Order::Day { Order::Month } else { Order::Day };
                let (placed, other) = (read(self.placed), read(other));
                match (placed, other) {
                    (Some(placed), Some(_)) if stamp.is_open() => {
                        Some(placed.with_doubt(Doubt::DayMonthOrder))
                    }
                    (placed, other) => placed.or(other),
                }
            }
        }
    }
}

/// An export runs on in order. A line that does not may be one a person pasted into a message: the export marks no
/// difference.
fn runs_back() -> Trouble {
    Trouble::new(
        "whatsapp.runs_back",
        Severity::Warn,
        "This message is dated more than a day before the one above it. It may be part of a chat that somebody pasted into a message, a clock that was changed, or a change to the file: an export does not show the difference.",
        "Look at this place in the phone, and photograph it there.",
    )
}

fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

fn one(message: Message, written: Option<Moment>, input: &Input<'_>, out: &mut Out<'_>) {
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
    let bracketed = lower.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
    let omitted = OMITTED.contains(&lower.as_str())
        || attached.is_none()
            && bracketed.is_some_and(|inner| inner.len() < 60 && !inner.contains(['<', '>', '@', '/', '\n']));
    let deleted = DELETED.iter().any(|known| {
        lower
            .strip_prefix(known)
            .is_some_and(|rest| rest.trim_end_matches('.').is_empty() || rest.starts_with(" by admin"))
    });
    let of_people = OF_PEOPLE.iter().any(|opening| lower.starts_with(opening));
    if marked && attached.is_none() && !omitted && !deleted && !of_people {
        out.take(Item::Leftover { place, what: "a line WhatsApp itself wrote".to_owned() });
        return;
    }
    let mut author = Account::unknown(Platform::WhatsApp);
    author.name = Some(name_of(name)).filter(|name| !name.is_empty());
    let mut post = Post::bare(input.key_at(Platform::WhatsApp, &place), PostKind::Message, author);
    post.written = written.map(|moment| match moment.doubt() {
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

/// Returns a name without the marks a phone puts around it: `~` for one that is not in its book, marks of direction
/// around a number.
fn name_of(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .collect();
    name.trim_start_matches(['~', ' ', '\u{202F}', '\u{A0}']).trim().to_owned()
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
