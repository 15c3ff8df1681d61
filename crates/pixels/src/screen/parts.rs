//! Where the author, time, text and numbers of a post stand in each app.
//!
//! X and Truth Social put the name, then `@handle`, then text, then time and views, then numbers with their words.
//! Facebook puts the name, then the time, text, numbers. Telegram puts the channel above, and views and time in the
//! lower corner of a bubble. Messages puts the number above, then day and time, then the bubble. Nothing here is sure:
//! what the layout does not bear out stays empty.

use values::{Handle, Platform, Span};

use super::{Counted, Proposed, Shown, clock, field, number};
use crate::ocr::{Line, Page};

/// Fills in what the layout of the app gives.
pub(super) fn read(page: &Page, proposed: &mut Proposed) {
    let lines = Lines::of(page);
    match proposed.app.value {
        Platform::Facebook => facebook(&lines, proposed),
        Platform::Telegram => telegram(&lines, proposed),
        Platform::Sms | Platform::WhatsApp => messages(&lines, proposed),
        _ => micro(&lines, proposed),
    }
}

/// The lines of a page with their words.
struct Lines<'a> {
    page: &'a Page,
    all: Vec<(&'a Line, &'a str)>,
}

impl<'a> Lines<'a> {
    fn of(page: &'a Page) -> Self {
        let all = page.lines.iter().filter_map(|line| Some((line, line.span.of(&page.text)?))).collect();
        Self { page, all }
    }

    fn text(&self, index: usize) -> &'a str {
        self.all.get(index).map_or("", |(_, text)| text)
    }

    fn span(&self, index: usize) -> Span {
        self.all.get(index).map_or(Span::new(0, 0), |(line, _)| line.span)
    }

    /// Tells whether the line is the phone's own: clock, battery, signal, at the top of the screen.
    fn is_status(&self, index: usize) -> bool {
        let Some((line, text)) = self.all.get(index) else { return false };
        index == 0
            && line.area.bottom() < self.page.height / 12
            && clock::read(text).is_some()
            && text.len() < 40
    }

    fn find(&self, from: usize, fits: impl Fn(&str) -> bool) -> Option<usize> {
        (from..self.all.len()).find(|&index| fits(self.text(index)))
    }

    /// Sets the text of the post to the lines of a range, without those at its ends that are not words.
    fn body(&self, from: usize, to: usize, proposed: &mut Proposed) {
        let wordy = |index: &usize| self.text(*index).chars().filter(|c| c.is_alphanumeric()).count() >= 2;
        let first = (from..to).find(wordy);
        let last = (from..to).rev().find(wordy);
        if let (Some(first), Some(last)) = (first, last) {
            let span = self.span(first).join(self.span(last));
            let text = span.of(&self.page.text).unwrap_or_default().replace('\n', " ");
            proposed.text = Some(field(self.page, span, text, 0.8));
        }
    }

    fn name(&self, span: Span, layout: f32, proposed: &mut Proposed) {
        let Some(given) = span.of(&self.page.text) else { return };
        let name = given.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '(' | ')' | '+')));
        if name.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
            let start = span.start() + given.find(name).unwrap_or(0);
            let span = Span::new(start, start + name.len());
            proposed.name = Some(field(self.page, span, name.to_owned(), layout));
        }
    }

    /// Reads a line, or a part of it up to the number of views, as a time.
    fn time(&self, index: usize, layout: f32, proposed: &mut Proposed) -> bool {
        let text = self.text(index);
        let Some(mut shown) = clock::read(text) else { return false };
        shown.at = shown.at.or_else(|| clock::beside(&shown, proposed.taken));
        let span = self.span(index);
        proposed.time =
            Some(field(self.page, span, Shown { words: text.trim().to_owned(), at: shown.at }, layout));
        true
    }

    /// Reads every number of a line that stands before one of the words of `LABELS`.
    fn counts(&self, index: usize, proposed: &mut Proposed) {
        let Some((line, _)) = self.all.get(index) else { return };
        let words = self.page.words_of(line);
        for (at, word) in words.iter().enumerate() {
            let Some(counted) = counted(&word.text) else { continue };
            // `12.3K Views` and `12 345 vistas`: one word before, or two that are groups of digits.
            let two = at.checked_sub(2).and_then(|two| Some((words.get(two)?, words.get(at - 1)?)));
            let read = two
                .and_then(|(one, two)| {
                    Some((number::read(&format!("{} {}", one.text, two.text))?, one.span.join(two.span)))
                })
                .filter(|_| {
                    two.is_some_and(|(one, two)| {
                        is_group(&one.text) && two.text.len() == 3 && is_group(&two.text)
                    })
                })
                .or_else(|| {
                    let before = words.get(at.checked_sub(1)?)?;
                    Some((number::read(&before.text)?, before.span))
                });
            if let Some((value, span)) = read {
                count(self.page, proposed, counted, value, span, 0.9);
            }
        }
    }
}

fn is_group(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn count(page: &Page, proposed: &mut Proposed, counted: Counted, value: u64, span: Span, layout: f32) {
    if proposed.counts.iter().all(|(known, _)| *known != counted) {
        proposed.counts.push((counted, field(page, span, value, layout)));
    }
}

/// Words below a number, in English and Spanish, and one as small type is misread.
fn counted(word: &str) -> Option<Counted> {
    let word = word.to_lowercase();
    Some(match word.trim_matches(|c: char| !c.is_alphabetic()) {
        "views" | "view" | "visualizaciones" | "vistas" | "impressions" => Counted::Views,
        "likes" | "like" | "reactions" => Counted::Likes,
        "reposts" | "repost" | "retweets" | "retruths" | "retruth" | "relruths" | "shares" | "share"
        | "compartido" => Counted::Reposts,
        "quotes" | "quote" | "citas" => Counted::Quotes,
        "replies" | "reply" | "comments" | "comment" | "comentarios" | "respuestas" => Counted::Replies,
        "bookmarks" | "bookmark" | "guardados" => Counted::Bookmarks,
        _ => return None,
    })
}

/// Returns the first handle of a line, with its bytes in the page.
fn handle(lines: &Lines<'_>, index: usize) -> Option<(Handle, Span)> {
    let (line, _) = lines.all.get(index)?;
    lines.page.words_of(line).iter().find_map(|word| {
        let at = word.text.find('@').filter(|at| *at <= 1)?;
        let name: String =
            word.text[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let start = word.span.start() + at;
        let span = Span::new(start, start + 1 + name.len());
        (name.len() >= 2).then(|| Handle::new(&name)).flatten().map(|handle| (handle, span))
    })
}

/// X and Truth Social.
fn micro(lines: &Lines<'_>, proposed: &mut Proposed) {
    let page = lines.page;
    let Some((at, (name, span))) =
        (0..lines.all.len()).find_map(|index| Some((index, handle(lines, index)?)))
    else {
        return;
    };
    proposed.handle = Some(field(page, span, name, 0.9));
    let line = lines.span(at);
    let before = Span::new(line.start(), span.start());
    // The name stands before the handle or on the line above it.
    lines.name(before, 0.9, proposed);
    if proposed.name.is_none() && at > 0 && !lines.is_status(at - 1) {
        lines.name(lines.span(at - 1), 0.8, proposed);
    }
    // In a timeline an age stands behind the handle: `@handle · 3h`.
    if let Some(shown) = Span::new(span.end(), line.end()).of(&page.text).and_then(clock::read) {
        let at = shown.at.or_else(|| clock::beside(&shown, proposed.taken));
        let words = shown.words.trim_matches(['·', ' ', '.', '-']).to_owned();
        proposed.time = Some(field(page, Span::new(span.end(), line.end()), Shown { words, at }, 0.7));
    }
    let mut end = None;
    if proposed.time.is_none() {
        end = (at + 1..lines.all.len()).find(|&index| is_time_line(lines.text(index)));
        if let Some(index) = end {
            lines.time(index, 0.9, proposed);
        }
    }
    for index in end.unwrap_or(at + 1)..lines.all.len() {
        let had = proposed.counts.len();
        lines.counts(index, proposed);
        if proposed.counts.len() > had {
            end = end.or(Some(index));
        }
    }
    lines.body(at + 1, end.unwrap_or(lines.all.len()), proposed);
}

/// Tells whether a line is a time and nothing else: a post that speaks of a time is longer.
fn is_time_line(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    words <= 9 && text.contains(':') && clock::read(text).is_some_and(|shown| shown.at.is_some())
}

/// Facebook.
fn facebook(lines: &Lines<'_>, proposed: &mut Proposed) {
    let start = usize::from(lines.is_status(0));
    let time = (start + 1..lines.all.len().min(start + 8)).find(|&index| {
        let text = lines.text(index);
        text.split_whitespace().count() <= 9 && clock::read(text).is_some()
    });
    let Some(time) = time else { return };
    lines.time(time, 0.8, proposed);
    lines.name(lines.span(time - 1), 0.8, proposed);
    let actions = |text: &str| {
        let text = text.to_lowercase();
        text.contains("like") && text.contains("comment")
            || text.contains("me gusta") && text.contains("comentar")
    };
    let end = lines.find(time + 1, actions).unwrap_or(lines.all.len());
    let mut body = end;
    for index in time + 1..end {
        let had = proposed.counts.len();
        lines.counts(index, proposed);
        if proposed.counts.len() > had {
            body = body.min(index);
            // The number of reactions stands before the others, without a word.
            if let Some(word) = lines.all.get(index).and_then(|(line, _)| lines.page.words_of(line).first())
                && let Some(value) = number::read(&word.text)
                && proposed.counts.iter().all(|(_, field)| field.span != Some(word.span))
            {
                count(lines.page, proposed, Counted::Likes, value, word.span, 0.7);
            }
        }
    }
    lines.body(time + 1, body, proposed);
}

/// Telegram.
fn telegram(lines: &Lines<'_>, proposed: &mut Proposed) {
    let below_name = |text: &str| {
        let text = text.to_lowercase();
        ["subscriber", "suscriptor", "members", "miembros", "last seen", "online"]
            .iter()
            .any(|word| text.contains(word))
    };
    let head = lines.find(0, below_name);
    if let Some(head) = head.filter(|head| *head > 0 && !lines.is_status(head - 1)) {
        lines.name(lines.span(head - 1), 0.8, proposed);
    }
    let from = head.map_or(usize::from(lines.is_status(0)), |head| head + 1);
    // Views and time close a bubble: `1.2K 10:11 AM`, with an eye before that is read as anything.
    let closes = |index: &usize| {
        let text = lines.text(*index);
        text.split_whitespace().count() <= 5 && text.contains(':') && clock::read(text).is_some()
    };
    let end = (from..lines.all.len()).find(closes);
    if let Some(end) = end {
        lines.time(end, 0.7, proposed);
        if let Some((line, _)) = lines.all.get(end) {
            let views = lines.page.words_of(line).iter().filter(|word| !word.text.contains(':'));
            if let Some((value, span)) =
                views.filter_map(|word| Some((number::read(&word.text)?, word.span))).next()
            {
                count(lines.page, proposed, Counted::Views, value, span, 0.7);
            }
        }
    }
    lines.body(from, end.unwrap_or(lines.all.len()), proposed);
}

/// Messages: one conversation, of which the last bubble of the other side is proposed with all that stands on the screen.
fn messages(lines: &Lines<'_>, proposed: &mut Proposed) {
    let start = usize::from(lines.is_status(0));
    let time = (start..lines.all.len()).find(|&index| is_message_time(lines.text(index)));
    if start < time.unwrap_or(lines.all.len()) {
        lines.name(lines.span(start), 0.7, proposed);
    }
    if let Some(time) = time {
        lines.time(time, 0.8, proposed);
    }
    let is_field = |text: &str| {
        let text = text.to_lowercase();
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        ["text message", "imessage", "rcs message", "mensaje de texto", "message"].contains(&text)
    };
    let from = time.map_or(start + 1, |time| time + 1);
    let end = lines.find(from, is_field).unwrap_or(lines.all.len());
    lines.body(from, end, proposed);
}

fn is_message_time(text: &str) -> bool {
    text.split_whitespace().count() <= 7 && text.contains(':') && clock::read(text).is_some()
}
