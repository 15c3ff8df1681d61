//! What a format is, what a reader is given, and where it puts what it finds.
//!
//! A format recognises itself by content and reads itself; it lies in one file under `formats/`. Nothing here knows any
//! format by name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use record::{Fidelity, Item, Observation, Post, PostKey, Sink, State};
use values::{At, Digest, Place, Platform, Severity, Trouble};

use crate::archive::Beside;
use crate::watch::Watch;
use crate::{Options, Refused, Source, json, text};

/// A format redress can read.
#[derive(Clone, Copy)]
pub struct Format {
    /// A stable name: lower case with dashes.
    pub name: &'static str,
    /// Raised when the same bytes would give other items than before.
    pub version: u32,
    /// What it is and how a person gets it, in one sentence.
    pub description: &'static str,
    /// How near such a capture is to what the platform or author sent.
    pub fidelity: Fidelity,
    pub(crate) looks: fn(&Head<'_>) -> bool,
    pub(crate) read: fn(&Input<'_>, &mut Out<'_>) -> Result<(), Refused>,
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Format({}/{})", self.name, self.version)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// How many bytes from the front a format is recognised by.
pub(crate) const HEAD_BYTES: usize = 256 << 10;

/// The front of a capture, as a format looks at it.
pub(crate) struct Head<'a> {
    /// The name as given: only a last resort, for files whose content says nothing (a text, a sidecar).
    pub name: &'a str,
    /// The first bytes.
    pub bytes: &'a [u8],
    /// The first bytes as text, without white space: JSON keys are looked for in it however the file is laid out.
    pub squeezed: String,
    /// The first bytes as text.
    pub text: String,
}

impl<'a> Head<'a> {
    pub(crate) fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(HEAD_BYTES)];
        let text = text::decode(bytes).into_owned();
        let squeezed = text.chars().take(64 << 10).filter(|c| !c.is_whitespace()).collect();
        Self { name, bytes, squeezed, text }
    }

    /// Tells whether every one of `parts` stands in the front, white space aside.
    pub(crate) fn has(&self, parts: &[&str]) -> bool {
        parts.iter().all(|part| self.squeezed.contains(part))
    }

    /// Tells whether the first character that is no white space is one of `chars`.
    pub(crate) fn opens_with(&self, chars: &[char]) -> bool {
        self.squeezed.starts_with(chars)
    }

    /// Returns the first line, without its end.
    pub(crate) fn first_line(&self) -> &str {
        self.text.lines().next().unwrap_or("")
    }
}

/// What a reader is given.
pub(crate) struct Input<'a> {
    pub source: &'a dyn Source,
    pub options: &'a Options,
    pub format: &'static Format,
    /// The path of the archive member this is, joined with `!`, `None` for the capture itself.
    pub member: Option<String>,
    /// The capture the member lies in; the source itself where there is no archive. Its digest names what has no id.
    pub capture: &'a dyn Source,
    /// Finds other files of the same archive or folder.
    pub beside: Option<&'a dyn Beside>,
    /// Whether the archive this lies in is signed, and the signature holds.
    pub signed: bool,
    /// How long reading it may take.
    pub watch: &'a Watch<'a>,
}

impl Input<'_> {
    /// Returns all bytes. Refuses a file too large to be held.
    pub(crate) fn whole(&self) -> Result<Cow<'_, [u8]>, Refused> {
        if let Some(bytes) = self.source.slice() {
            return Ok(Cow::Borrowed(bytes));
        }
        let limit = self.options.limits.max_document_bytes;
        let mut bytes = Vec::new();
        let reader = self.source.open().map_err(|error| Refused::unreadable(&error))?;
        reader
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| Refused::unreadable(&error))?;
        if bytes.len() as u64 > limit {
            return Err(Refused::new(
                "file.too_large",
                format!(
                    "The file is larger than the {limit} bytes redress holds at once for {}.",
                    self.format.name
                ),
                "Split it, or export a smaller part.",
            ));
        }
        Ok(Cow::Owned(bytes))
    }

    /// Returns the digest of another member of the same archive, by the end of its path.
    pub(crate) fn digest_beside(&self, path: &str) -> Option<Digest> {
        self.beside?.digest(path)
    }

    /// Tells whether the file opens with a list and not with an object a line.
    pub(crate) fn opens_with_list(&self) -> Result<bool, Refused> {
        let mut start = Vec::new();
        let reader = self.source.open().map_err(|error| Refused::unreadable(&error))?;
        reader.take(4096).read_to_end(&mut start).map_err(|error| Refused::unreadable(&error))?;
        Ok(text::decode(&start).trim_start().starts_with('['))
    }

    /// Returns all bytes as text. Bytes that are no text become `U+FFFD`, with a trouble.
    pub(crate) fn text(&self, out: &mut Out<'_>) -> Result<String, Refused> {
        let bytes = self.whole()?;
        if text::is_broken(&bytes) {
            out.take(Item::Trouble(text::not_utf8(Place::whole())));
        }
        Ok(text::decode(&bytes).into_owned())
    }

    /// Returns all bytes as text that is JSON. What is cut off or broken is left out behind the last whole value, with a
    /// trouble; refuses what nests too deep or holds no whole value.
    pub(crate) fn json_text(&self, out: &mut Out<'_>) -> Result<String, Refused> {
        let text = self.text(out)?;
        self.json_of(text, out)
    }

    /// Does the same for text already at hand.
    pub(crate) fn json_of(&self, text: String, out: &mut Out<'_>) -> Result<String, Refused> {
        if json::depth(text.as_bytes()) > self.options.limits.max_json_depth {
            return Err(json::too_deep(self.options.limits.max_json_depth));
        }
        let text = match json::mend_surrogates(&text) {
            Some(mended) => {
                out.take(Item::Trouble(text::half_character(Place::whole())));
                mended
            }
            None => text,
        };
        let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&text) else { return Ok(text) };
        let Some(saved) = json::salvage(&text, &error) else { return Err(json::broken(&error)) };
        let (line, column) = (error.line(), error.column());
        out.take(Item::Trouble(
            Trouble::new(
                "json.cut_off",
                Severity::Invalid,
                format!(
                    "The file breaks off or is damaged at line {line}, column {column}; what stands before was read and what follows was not."
                ),
                "Make the export again, and keep this one beside it.",
            )
            .at(Place::new(At::Line(line as u64))),
        ));
        Ok(saved)
    }

    /// Returns the whole file as a JSON value.
    pub(crate) fn json(&self, out: &mut Out<'_>) -> Result<serde_json::Value, Refused> {
        let text = self.json_text(out)?;
        serde_json::from_str(&text).map_err(|error| json::broken(&error))
    }

    /// Returns the key of something without an id of its own at `place` of this input.
    pub(crate) fn key_at(&self, platform: Platform, place: &Place) -> PostKey {
        let place = match &self.member {
            Some(member) => place.clone().inside(member),
            None => place.clone(),
        };
        PostKey::of_place(platform, &self.capture.digest(), &place)
    }

    /// Returns an observation of something visible at `place`, of the format's own fidelity.
    pub(crate) fn sighting(&self, place: Place) -> Observation {
        sighting(place, self.fidelity())
    }

    /// Returns how near this capture is to what was sent: a server's answer in a signed archive is nearer.
    pub(crate) fn fidelity(&self) -> record::Fidelity {
        match self.format.fidelity {
            Fidelity::Server if self.signed => Fidelity::SignedArchive,
            fidelity => fidelity,
        }
    }
}

/// Returns an observation of something visible, with nothing counted.
pub(crate) fn sighting(place: Place, fidelity: Fidelity) -> Observation {
    Observation { place, seen: None, counts: record::Counts::default(), state: State::Visible, fidelity }
}

/// Returns the item of a post.
pub(crate) fn post_item(post: Post, observation: Observation) -> Item {
    Item::Post { post: Box::new(post), observation }
}

/// Returns a picture or film by its address.
pub(crate) fn media(kind: record::MediaKind, link: Option<values::Link>) -> record::Media {
    record::Media { kind, link, id: None, alt: None, digest: None }
}

/// What was found, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub posts: u64,
    pub missing: u64,
    pub incidents: u64,
    pub troubles: u64,
    pub leftovers: u64,
}

/// Takes what a reader finds, counts it, names the archive member, and holds floods of one trouble back.
pub(crate) struct Out<'a> {
    sink: &'a mut dyn Sink,
    member: Option<String>,
    max_of_a_code: u64,
    told: BTreeMap<String, (u64, Severity, String)>,
    watch: &'a Watch<'a>,
    taken: u32,
    /// Whether a file was missed that says what this one does not.
    pub alone: bool,
    /// Whether a file without posts was met that is not meant to hold any.
    pub described: bool,
    pub tally: Tally,
}

impl<'a> Out<'a> {
    pub(crate) fn new(sink: &'a mut dyn Sink, max_of_a_code: u64, watch: &'a Watch<'a>) -> Self {
        let told = BTreeMap::new();
        Self {
            sink,
            member: None,
            max_of_a_code,
            told,
            watch,
            taken: 0,
            alone: false,
            described: false,
            tally: Tally::default(),
        }
    }

    /// Says that what follows lies in `member`, and returns what was said before.
    pub(crate) fn enter(&mut self, member: Option<String>) -> Option<String> {
        std::mem::replace(&mut self.member, member)
    }

    /// Tells how often each trouble that was held back was met. Called once, at the end.
    pub(crate) fn finish(&mut self) {
        self.member = None;
        for (code, (count, severity, next)) in std::mem::take(&mut self.told) {
            let more = count.saturating_sub(self.max_of_a_code);
            if more > 0 {
                self.sink.take(Item::Trouble(Trouble {
                    code: Cow::Owned(code),
                    severity,
                    place: None,
                    what: match more {
                        1 => "The same was met in one more place of this capture.".to_owned(),
                        _ => format!("The same was met in {more} more places of this capture."),
                    },
                    next,
                }));
            }
        }
    }

    /// Tells whether the time of the file read now is up, so that what is still found is not taken. The clock is looked
    /// at for every 64th item: asking it costs as much as a small item.
    fn is_stopped(&mut self) -> bool {
        self.taken = self.taken.wrapping_add(1);
        if self.taken.is_multiple_of(64) { self.watch.stops() } else { self.watch.has_stopped() }
    }

    /// Tells that the file is a part of an export that is not meant to hold posts.
    pub(crate) fn describes(&mut self, what: impl Into<String>) {
        self.described = true;
        self.take(Item::Leftover { place: Place::whole(), what: what.into() });
    }

    /// Says a trouble.
    pub(crate) fn trouble(&mut self, trouble: Trouble) {
        self.take(Item::Trouble(trouble));
    }
}

fn moved(place: &mut Place, member: Option<&str>) {
    if let Some(member) = member {
        *place = std::mem::replace(place, Place::whole()).inside(member);
    }
}

impl Sink for Out<'_> {
    fn take(&mut self, mut item: Item) {
        if self.is_stopped() {
            return;
        }
        let member = self.member.as_deref();
        match &mut item {
            Item::Post { observation, .. } => {
                moved(&mut observation.place, member);
                match observation.state {
                    State::Unavailable => self.tally.missing += 1,
                    _ => self.tally.posts += 1,
                }
            }
            Item::Incident { place, .. } => {
                moved(place, member);
                self.tally.incidents += 1;
            }
            Item::Leftover { place, .. } => {
                moved(place, member);
                self.tally.leftovers += 1;
            }
            Item::Trouble(trouble) => {
                match &mut trouble.place {
                    Some(place) => moved(place, member),
                    none => *none = member.map(|member| Place::whole().inside(member)),
                }
                self.tally.troubles += 1;
                let told = self
                    .told
                    .entry(trouble.code.to_string())
                    .or_insert_with(|| (0, trouble.severity, trouble.next.clone()));
                told.0 += 1;
                if told.0 > self.max_of_a_code {
                    return;
                }
            }
        }
        self.sink.take(item);
    }

    fn member(&mut self, mut place: Place, name: &str, bytes: &[u8]) {
        if self.watch.has_stopped() {
            return;
        }
        moved(&mut place, self.member.as_deref());
        self.sink.member(place, name, bytes);
    }
}
