//! What is kept of a read picture beside its post: words with their pixels, the proposed post, fingerprints.

use std::collections::BTreeMap;

use case::Case;
use case::pictures::PictureRow;
use pixels::area::Area;
use pixels::ocr::{Page, Reader};
use pixels::screen::{Counted, Proposed, propose};
use pixels::stitch::stitch;
use pixels::twins::{Alike, Hashes};
use record::{Account, Fidelity, Item, Media, MediaKind, Observation, Post, PostKey, PostKind, State, What};
use serde::{Deserialize, Serialize};
use values::{Digest, Moment, Place, Platform, Span, Trouble};

use super::roll::Job;
use super::same::Found;
use super::twins::Twins;
use crate::{ActionError, Context};

/// What was read in a picture, as the case keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Detail {
    /// Words, lines and their pixels; of a scrolled page, in the stitched picture.
    pub page: Page,
    /// The post proposed from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposed>,
    /// Fingerprints of the picture and its parts.
    pub hashes: Hashes,
    /// Of a scrolled page: which rows of which picture stand where. Empty for a picture that stands alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
    /// The picture under which the scrolled page is kept that this one belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Digest>,
    /// Fingerprints of the other pictures of a scrolled page, while they are on their way to their own entries.
    #[serde(skip)]
    parts: Vec<Hashes>,
}

/// Rows of one picture in a stitched one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Piece {
    /// The picture.
    pub picture: Digest,
    /// Its rows.
    pub from: Area,
    /// The row of the stitched picture at which they begin.
    pub top: u32,
}

/// Pixels of one picture of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Boxed {
    /// SHA-256 of the picture.
    pub picture: Digest,
    /// The pixels.
    #[serde(flatten)]
    pub area: Area,
}

impl Detail {
    /// Stitches, reads, proposes, and takes fingerprints.
    pub(super) fn read(job: &Job, reader: &Reader) -> Result<Self, Box<Trouble>> {
        let opened = job.opened.as_ref().map_err(|trouble| Box::new(trouble.clone()))?;
        let mut hashes: Vec<Hashes> = opened.iter().map(Hashes::of).collect();
        let mut pieces = Vec::new();
        let refs: Vec<&pixels::picture::Picture> = opened.iter().collect();
        let stitched = if refs.len() > 1 { stitch(&refs) } else { Vec::new() };
        let picture = match (&stitched[..], &refs[..]) {
            ([one], _) => {
                pieces.extend(one.pieces.iter().filter_map(|piece| {
                    let picture = job.pictures.get(piece.source)?.picture;
                    Some(Piece { picture, from: piece.from, top: piece.top })
                }));
                &one.picture
            }
            (_, [first, ..]) => *first,
            (_, []) => return Ok(Self::unread()),
        };
        let page = reader.read(picture).map_err(Box::new)?;
        let name = job.pictures.first().map_or("", |entry| entry.name.as_str());
        let proposed = propose(&page, picture, name).filter(|proposed| proposed.text.is_some());
        let parts = hashes.split_off(1.min(hashes.len()));
        let own = hashes.pop().unwrap_or_else(no_hashes);
        Ok(Self { page, proposed, hashes: own, pieces, part_of: None, parts })
    }

    /// Returns the detail of a picture that could not be read.
    pub(super) fn unread() -> Self {
        let hashes = no_hashes();
        Self {
            page: Page::empty(0, 0),
            proposed: None,
            hashes,
            pieces: Vec::new(),
            part_of: None,
            parts: Vec::new(),
        }
    }

    /// Returns what is kept of the `at`th picture of a scrolled page, which is kept under `whole`.
    pub(super) fn of_a_part(&self, at: usize, whole: Option<Digest>) -> Self {
        let hashes = self.parts.get(at - 1).cloned().unwrap_or_else(no_hashes);
        Self { hashes, part_of: whole, ..Self::unread() }
    }

    /// Returns the pixels of areas of the page, in the pictures they come from.
    fn placed(&self, picture: Digest, areas: &[Area]) -> Vec<Boxed> {
        let mut boxed = Vec::new();
        for area in areas {
            if self.pieces.is_empty() {
                boxed.push(Boxed { picture, area: *area });
            }
            for piece in &self.pieces {
                let (top, bottom) =
                    (area.top.max(piece.top), area.bottom().min(piece.top + piece.from.height));
                if top < bottom {
                    let own =
                        Area::new(area.left, piece.from.top + top - piece.top, area.width, bottom - top);
                    boxed.push(Boxed { picture: piece.picture, area: own });
                }
            }
        }
        boxed
    }
}

fn no_hashes() -> Hashes {
    Hashes { parts: Vec::new(), shape: None }
}

/// Returns the page as a post and this sighting of it, or `None` where there are no words.
pub(super) fn item(detail: &Detail, job: &Job) -> Option<Item> {
    let first = job.pictures.first()?;
    if detail.page.text.trim().is_empty() {
        return None;
    }
    let platform = detail.proposed.as_ref().map_or_else(
        || pixels::names::app(&first.name).unwrap_or(Platform::Unknown),
        |proposed| proposed.app.value,
    );
    let mut post = page_post(first.picture, platform);
    post.text.clone_from(&detail.page.text);
    post.media = job.pictures.iter().map(|entry| image(entry.picture)).collect();
    let seen = detail.proposed.as_ref().and_then(|proposed| proposed.taken).or(first.taken);
    Some(Item::Post { post: Box::new(post), observation: sighting(seen) })
}

/// Returns the bare page that a picture shows; its key is that of the picture wherever it came from.
pub(super) fn page_post(picture: Digest, platform: Platform) -> Post {
    let key = PostKey::of_place(Platform::Unknown, &picture, &Place::whole());
    Post::bare(key, PostKind::Page, Account::unknown(platform))
}

pub(super) fn image(picture: Digest) -> Media {
    Media { kind: MediaKind::Image, link: None, id: None, alt: None, digest: Some(picture) }
}

pub(super) fn sighting(seen: Option<Moment>) -> Observation {
    let counts = record::Counts::default();
    Observation { place: Place::whole(), seen, counts, state: State::Visible, fidelity: Fidelity::Screenshot }
}

/// Reads the detail of a picture back; `None` where it was not read.
pub(crate) fn of_row(row: &PictureRow) -> Result<Option<Detail>, ActionError> {
    if row.detail.is_empty() {
        return Ok(None);
    }
    let wrong = |error| {
        ActionError::OurFault(format!(
            "What was read in “{}” cannot be read back: {error}. Run `redress rebuild CASE`.",
            row.name
        ))
    };
    serde_json::from_str(&row.detail).map(Some).map_err(wrong)
}

/// Tells whether a post is what was read in a picture.
pub fn is_page(post: &Post) -> bool {
    let picture = post.media.first().and_then(|media| media.digest);
    picture.is_some_and(|picture| post.key == page_post(picture, Platform::Unknown).key)
}

/// Returns the pixels in which `span` of a page's post stands, or none where the post is no read picture.
///
/// Where a person corrected the words, the same words are looked for in what was read; where they are not there, all of
/// the post's text is boxed.
pub fn boxes(case: &Case, post: &Post, span: Span) -> Result<Vec<Boxed>, ActionError> {
    let Some(picture) = post.media.first().and_then(|media| media.digest).filter(|_| is_page(post)) else {
        return Ok(Vec::new());
    };
    let Some(row) = case.view().picture(&picture)? else { return Ok(Vec::new()) };
    let Some(detail) = of_row(&row)? else { return Ok(Vec::new()) };
    let areas = if post.text == detail.page.text {
        detail.page.boxes(span)
    } else {
        let quote = span.of(&post.text).unwrap_or_default();
        match detail.page.text.find(quote).filter(|_| !quote.is_empty()) {
            Some(at) => detail.page.boxes(Span::new(at, at + quote.len())),
            None => {
                let text = detail.proposed.as_ref().and_then(|proposed| proposed.text.as_ref());
                text.map(|text| text.areas.clone()).unwrap_or_default()
            }
        }
    };
    Ok(detail.placed(picture, &areas))
}

/// A proposed value with its pixels.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Which: app, name, handle, time, text, views, likes, reposts, quotes, replies, bookmarks.
    pub field: &'static str,
    /// What was read; hidden where words are not to be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// How sure the reading is, 0 to 1.
    pub confidence: f32,
    /// Its pixels.
    pub boxes: Vec<Boxed>,
}

/// Another picture that is probably the same.
#[derive(Debug, Clone, Serialize)]
pub struct Twin {
    /// SHA-256 of the other.
    pub picture: Digest,
    /// How it was found.
    #[serde(flatten)]
    pub alike: Alike,
}

/// One picture as it is shown to a person.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// SHA-256 of the picture.
    pub picture: Digest,
    /// The file's name.
    pub name: String,
    /// The post it is in the timeline.
    pub post: PostKey,
    /// Words found.
    pub words: usize,
    /// Further pictures of the same scrolled page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Digest>,
    /// Pictures that are probably the same one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<Twin>,
    /// What is proposed, field by field.
    pub fields: Vec<Field>,
    /// The captured post this is, by a person's word for what it shows; before that, the one it may be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub perhaps: Vec<PostKey>,
    /// What a person said: `confirmed`, `corrected`, `refused`; nothing where nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<&'static str>,
    /// All words as read, where they are to be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The read pictures.
#[derive(Debug, Clone, Serialize)]
pub struct List {
    /// Pictures read, also those without words.
    pub read: usize,
    /// Pictures that wait to be read.
    pub waiting: usize,
    /// Those in which a post is proposed, that have a twin, or about which a person said something.
    pub pictures: Vec<Shown>,
}

/// Lists what was read in pictures; `show` also shows the words, which is written to the ledger.
pub fn list(case: &mut Case, all: bool, show: bool, context: &Context<'_>) -> Result<List, ActionError> {
    let rows = case.view().pictures()?;
    let waiting = super::Roll::of(case, None)?.len();
    let mut twins: BTreeMap<Digest, Vec<Twin>> = BTreeMap::new();
    for pair in Twins::of(case)?.pairs {
        for (one, two) in [(pair.one, pair.two), (pair.two, pair.one)] {
            twins.entry(one).or_default().push(Twin { picture: two, alike: pair.alike });
        }
    }
    let mut pictures = Vec::new();
    for row in &rows {
        let Some(detail) = of_row(row)? else { continue };
        let own = twins.remove(&row.picture).unwrap_or_default();
        let tells = detail.proposed.is_some() || row.said.is_some() || !own.is_empty();
        if tells || all && !detail.page.text.is_empty() {
            let mut shown = shown(row, &detail, own, show);
            shown.perhaps = perhaps(case, row, &detail)?;
            pictures.push(shown);
        }
    }
    if show && !pictures.is_empty() {
        let ids: Vec<String> = pictures.iter().map(|shown| shown.picture.to_string()).collect();
        let detail = case.objects().put_json(&(&context.actor, "pictures", ids))?;
        case.append(context.now(), vec![What::Viewed { detail }])?;
    }
    Ok(List { read: rows.len(), waiting, pictures })
}

/// Returns the captured posts that a proposed one may be the same as, while nobody said what the picture shows.
fn perhaps(case: &Case, row: &PictureRow, detail: &Detail) -> Result<Vec<PostKey>, ActionError> {
    let Some(proposed) = detail.proposed.as_ref().filter(|_| row.said.is_none()) else {
        return Ok(Vec::new());
    };
    let mut post = page_post(row.picture, proposed.app.value);
    post.author.handle = proposed.handle.as_ref().map(|handle| handle.value.clone());
    post.text = proposed.text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    post.written = proposed.time.as_ref().and_then(|time| time.value.at);
    Ok(match super::same::find(case, &post)? {
        Found::One(same) => vec![same.post],
        Found::Several(keys) => keys,
        Found::None => Vec::new(),
    })
}

fn shown(row: &PictureRow, detail: &Detail, twins: Vec<Twin>, show: bool) -> Shown {
    let mut fields = Vec::new();
    if let Some(proposed) = &detail.proposed {
        let mut push = |field, value: String, confidence: values::Score, areas: &[Area]| {
            let boxes = detail.placed(row.picture, areas);
            fields.push(Field { field, value: show.then_some(value), confidence: confidence.get(), boxes });
        };
        let app = &proposed.app;
        push("app", app.value.word().to_owned(), app.confidence, &app.areas);
        if let Some(name) = &proposed.name {
            push("name", name.value.clone(), name.confidence, &name.areas);
        }
        if let Some(handle) = &proposed.handle {
            push("handle", handle.value.as_str().to_owned(), handle.confidence, &handle.areas);
        }
        if let Some(time) = &proposed.time {
            let value = time.value.at.map_or_else(|| time.value.words.clone(), Moment::shown);
            push("time", value, time.confidence, &time.areas);
        }
        if let Some(text) = &proposed.text {
            push("text", text.value.clone(), text.confidence, &text.areas);
        }
        for (counted, count) in &proposed.counts {
            push(word(*counted), count.value.to_string(), count.confidence, &count.areas);
        }
    }
    let said = row.said.as_ref().map(|said| match (&said.shows, said.corrected.is_empty()) {
        (None, _) => "refused",
        (Some(_), true) => "confirmed",
        (Some(_), false) => "corrected",
    });
    let mut with: Vec<Digest> = detail.pieces.iter().map(|piece| piece.picture).collect();
    with.retain(|picture| *picture != row.picture);
    with.dedup();
    Shown {
        picture: row.picture,
        name: row.name.clone(),
        post: row
            .said
            .as_ref()
            .and_then(|said| said.same_as.as_ref())
            .map_or_else(|| page_post(row.picture, Platform::Unknown).key, |same| same.post.clone()),
        words: detail.page.words.len(),
        with,
        twins,
        fields,
        perhaps: Vec::new(),
        said,
        text: show.then(|| detail.page.text.clone()),
    }
}

/// Returns the word a count goes by on the command line.
pub(super) const fn word(counted: Counted) -> &'static str {
    match counted {
        Counted::Views => "views",
        Counted::Likes => "likes",
        Counted::Reposts => "reposts",
        Counted::Quotes => "quotes",
        Counted::Replies => "replies",
        Counted::Bookmarks => "bookmarks",
    }
}
