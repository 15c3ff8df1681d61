//! A person's word for what a picture shows: confirmed as it was read, corrected, or refused.

use case::Case;
use pixels::screen::{Counted, Proposed};
use record::{Account, Counts, PostKey, PostKind, SameAs, Transcription};
use serde::{Deserialize, Serialize};
use values::{Digest, Handle, Link, Moment, Platform};

use super::detail::{image, of_row, page_post, sighting, word};
use super::same::{self, Found};
use crate::{ActionError, Context};

/// What a person types in place of what was read. A field left out stays as it was read; an empty one is taken away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correction {
    /// The app: `x`, `facebook`, `truthsocial`, `telegram`, `sms` …
    pub app: Option<String>,
    /// The author's handle.
    pub handle: Option<String>,
    /// The name shown.
    pub name: Option<String>,
    /// The time shown: RFC 3339, or a day and time without a zone.
    pub time: Option<String>,
    /// The words.
    pub text: Option<String>,
    /// The post's own address, where the person knows it.
    pub url: Option<String>,
    /// Views.
    pub views: Option<u64>,
    /// Likes.
    pub likes: Option<u64>,
    /// Reposts.
    pub reposts: Option<u64>,
    /// Quotes.
    pub quotes: Option<u64>,
    /// Replies.
    pub replies: Option<u64>,
    /// Bookmarks.
    pub bookmarks: Option<u64>,
}

/// What was kept of a person's word.
#[derive(Debug, Clone, Serialize)]
pub struct Decided {
    /// SHA-256 of the picture.
    pub picture: Digest,
    /// The post it is in the timeline.
    pub post: PostKey,
    /// The fields the person changed or filled in.
    pub corrected: Vec<String>,
    /// Whether the picture stands for a post now.
    pub shows: bool,
    /// The captured post it is a second sighting of, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<SameAs>,
    /// Captured posts it may be the same as, where nothing tells which, or where findings on it were decided already.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub perhaps: Vec<PostKey>,
}

/// Takes the proposed post as what the picture shows, with a person's corrections. Errors, with nothing kept, where a
/// field cannot be what it should.
pub fn accept(
    case: &mut Case,
    picture: &Digest,
    correction: &Correction,
    why: Option<&str>,
    context: &Context<'_>,
) -> Result<Decided, ActionError> {
    let row = case.view().picture(picture)?.ok_or_else(|| not_read(picture))?;
    let detail = of_row(&row)?.ok_or_else(|| not_read(picture))?;
    if let Some(whole) = detail.part_of {
        return Err(ActionError::Request(format!(
            "This picture is a part of a scrolled page. Confirm or correct the page: {whole}"
        )));
    }
    let proposed = detail.proposed.as_ref();
    let platform = match &correction.app {
        Some(given) => given.parse::<Platform>().map_err(|error| {
            ActionError::Request(format!(
                "{error}. Use x, facebook, truthsocial, telegram, whatsapp, instagram, tiktok, sms … as `redress pictures` shows them."
            ))
        })?,
        None => proposed.map_or(Platform::Unknown, |proposed| proposed.app.value),
    };
    let mut post = page_post(*picture, platform);
    post.kind = if platform == Platform::Sms { PostKind::Message } else { PostKind::Original };
    let kept = |given: &Option<String>, read: Option<String>| match given {
        Some(given) => Some(given.trim().to_owned()).filter(|given| !given.is_empty()),
        None => read,
    };
    let mut author = Account::unknown(platform);
    let read = |field: fn(&Proposed) -> Option<String>| proposed.and_then(field);
    author.name = kept(&correction.name, read(|p| Some(p.name.as_ref()?.value.clone())));
    let handle = kept(&correction.handle, read(|p| Some(p.handle.as_ref()?.value.as_str().to_owned())));
    author.handle = handle
        .map(|handle| {
            let bad = || {
                ActionError::Request(format!(
                    "“{handle}” is no handle. Write it as the app shows it, such as @example."
                ))
            };
            Handle::new(&handle).ok_or_else(bad)
        })
        .transpose()?;
    post.author = author;
    post.text = match &correction.text {
        Some(text) => text.trim().to_owned(),
        None => read(|p| Some(p.text.as_ref()?.value.clone())).unwrap_or_else(|| detail.page.text.clone()),
    };
    post.written = match &correction.time {
        Some(given) if given.trim().is_empty() => None,
        Some(given) => Some(time(given)?),
        None => proposed.and_then(|p| p.time.as_ref()?.value.at),
    };
    post.url = correction
        .url
        .as_ref()
        .filter(|url| !url.trim().is_empty())
        .map(|url| {
            let bad = || {
                ActionError::Request(format!(
                    "“{url}” is no address. Copy it whole, with https:// before it."
                ))
            };
            Link::new(url.trim()).ok_or_else(bad)
        })
        .transpose()?;
    post.media = std::iter::once(*picture)
        .chain(detail.pieces.iter().map(|piece| piece.picture).filter(|part| part != picture))
        .map(image)
        .collect();
    post.media.dedup();
    let mut observation = sighting(proposed.and_then(|p| p.taken).or_else(|| seen_before(row.item.as_ref())));
    observation.counts = counts(proposed, correction);
    let (mut same_as, mut perhaps) = match same::find(case, &post)? {
        Found::One(same) => (Some(same), Vec::new()),
        Found::Several(keys) => (None, keys),
        Found::None => (None, Vec::new()),
    };
    // What a person decided about the page stays where it was decided: its number and its findings do not move.
    if let Some(same) = same_as.take() {
        if is_decided(case, &post.key)? {
            perhaps.push(same.post);
        } else {
            post.key = same.post.clone();
            same_as = Some(same);
        }
    }
    let said = Transcription {
        picture: *picture,
        by: context.actor.clone(),
        at: context.now(),
        why: why.map(str::to_owned),
        corrected: changed(correction),
        shows: Some(Box::new((post, observation))),
        same_as,
    };
    Ok(Decided { perhaps, ..keep(case, &said, context)? })
}

/// Tells whether a person decided about a post: then its findings and its number stay with its key.
fn is_decided(case: &Case, post: &PostKey) -> Result<bool, ActionError> {
    let view = case.view();
    Ok(view.exhibit_of(post)?.is_some() || view.findings_on(post)?.iter().any(|row| row.decision.is_some()))
}

/// Says that the picture shows no post: what was read in it leaves the timeline and stays in the ledger.
pub fn refuse(
    case: &mut Case,
    picture: &Digest,
    why: Option<&str>,
    context: &Context<'_>,
) -> Result<Decided, ActionError> {
    case.view().picture(picture)?.ok_or_else(|| not_read(picture))?;
    let said = Transcription {
        picture: *picture,
        by: context.actor.clone(),
        at: context.now(),
        why: why.map(str::to_owned),
        corrected: Vec::new(),
        shows: None,
        same_as: None,
    };
    keep(case, &said, context)
}

fn keep(case: &mut Case, said: &Transcription, context: &Context<'_>) -> Result<Decided, ActionError> {
    case.transcribe(said, context.now())?;
    Ok(Decided {
        picture: said.picture,
        post: said
            .shows
            .as_ref()
            .map_or_else(|| page_post(said.picture, Platform::Unknown).key, |shows| shows.0.key.clone()),
        corrected: said.corrected.clone(),
        shows: said.shows.is_some(),
        same_as: said.same_as.clone(),
        perhaps: Vec::new(),
    })
}

fn seen_before(item: Option<&record::Item>) -> Option<Moment> {
    match item {
        Some(record::Item::Post { observation, .. }) => observation.seen,
        _ => None,
    }
}

fn counts(proposed: Option<&Proposed>, correction: &Correction) -> Counts {
    let read = |counted: Counted| {
        let found = proposed?.counts.iter().find(|(known, _)| *known == counted)?;
        Some(found.1.value)
    };
    Counts {
        views: correction.views.or_else(|| read(Counted::Views)),
        likes: correction.likes.or_else(|| read(Counted::Likes)),
        reposts: correction.reposts.or_else(|| read(Counted::Reposts)),
        quotes: correction.quotes.or_else(|| read(Counted::Quotes)),
        replies: correction.replies.or_else(|| read(Counted::Replies)),
        bookmarks: correction.bookmarks.or_else(|| read(Counted::Bookmarks)),
    }
}

fn changed(correction: &Correction) -> Vec<String> {
    let given = [
        ("app", correction.app.is_some()),
        ("handle", correction.handle.is_some()),
        ("name", correction.name.is_some()),
        ("time", correction.time.is_some()),
        ("text", correction.text.is_some()),
        ("url", correction.url.is_some()),
        (word(Counted::Views), correction.views.is_some()),
        (word(Counted::Likes), correction.likes.is_some()),
        (word(Counted::Reposts), correction.reposts.is_some()),
        (word(Counted::Quotes), correction.quotes.is_some()),
        (word(Counted::Replies), correction.replies.is_some()),
        (word(Counted::Bookmarks), correction.bookmarks.is_some()),
    ];
    given.into_iter().filter(|(_, given)| *given).map(|(field, _)| field.to_owned()).collect()
}

fn time(given: &str) -> Result<Moment, ActionError> {
    let given = given.trim();
    Moment::parse(given, values::SaidBy::Person)
        .or_else(|_| Moment::parse_local(given, values::SaidBy::Person))
        .map_err(|error| {
            ActionError::Request(format!(
                "{error} Write the time as 2025-11-04T15:02:00Z, or as 2025-11-04 15:02 where the zone is not known."
            ))
        })
}

fn not_read(picture: &Digest) -> ActionError {
    ActionError::Request(format!(
        "Nothing was read in this picture yet. Run `redress scan CASE` first. The picture: {picture}"
    ))
}
