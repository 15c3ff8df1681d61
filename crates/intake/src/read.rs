//! The one way in: look at the content, choose the format, read it within limits.

use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use record::{Item, Sink};
use values::{Digest, Place, Severity, Trouble};

use crate::archive::{self, Beside, Budget, Inside, Kind, Neighbours};
use crate::format::{Format, HEAD_BYTES, Head, Input, Out};
use crate::watch::{self, Timed, Watch};
use crate::{Limits, Options, Refused, Slice, Source, formats, json, strip, text};

/// What was read, in numbers. The items themselves went to the sink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The name of the format, `unknown` where no format knew the content.
    pub format: &'static str,
    /// The version of its reader.
    pub version: u32,
    /// For an archive, the formats of its members that were read, each once, in the order met.
    pub inside: Vec<&'static str>,
    /// Posts that the capture shows.
    pub posts: u64,
    /// Posts that the capture names and does not show; they went to the sink as [`record::State::Unavailable`].
    pub missing: u64,
    /// Calls, letters and visits.
    pub incidents: u64,
    /// Troubles met, also those told only as a number.
    pub troubles: u64,
    /// Parts of which nothing was made.
    pub leftovers: u64,
    /// Whether a file was missed that says what this one does not: who owns the export it is a part of.
    pub alone: bool,
    /// Whether a limit of time stopped the reading of a file before its end.
    pub stopped: bool,
}

/// Returns the format that knows a capture by its first bytes. The name only decides between formats whose content says
/// nothing. Archives are no format of this list: `None`.
pub fn recognise(name: &str, head: &[u8]) -> Option<&'static Format> {
    let head = Head::new(name, head);
    formats::formats().iter().find(|format| (format.looks)(&head))
}

/// Reads a capture and hands each item to `sink`, in the order in which it stands in the capture.
///
/// An unknown capture is no error: its format is `unknown`, and one leftover is told. Errors where nothing was read:
/// empty, not what `--as` says, made to exhaust this computer, or broken from the start. Nothing went to the sink then
/// but, at most, troubles that say why. The limits of time are not asked: see [`read_by`].
pub fn read(source: &dyn Source, options: &Options, sink: &mut dyn Sink) -> Result<Summary, Refused> {
    read_by(&watch::no_clock, None, source, options, sink)
}

/// Reads a capture as [`read`] does, by a clock that shows the time since some moment and only goes forward.
///
/// A file that takes longer than its limit is stopped: what was read until then stands, one trouble says so, and the
/// other files of an archive are read. The clock is asked where bytes are read and between items, so one item that stands
/// in memory is finished first. `beside` are the other files of the folder it was found in: an export that was unpacked is
/// read like the archive it came in.
pub fn read_by(
    clock: &(dyn Fn() -> Duration + Sync),
    beside: Option<&dyn Beside>,
    source: &dyn Source,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<Summary, Refused> {
    let watch = Watch::new(clock, &options.limits, source.size());
    let mut out = Out::new(sink, options.limits.max_troubles_of_a_code, &watch);
    let mut budget = Budget::new(&options.limits);
    let mut run = Run {
        options,
        capture: source,
        budget: &mut budget,
        inside: Vec::new(),
        signed: false,
        watch: &watch,
        stopped: false,
    };
    let (format, version) = run.one(source, None, 0, beside, &mut out)?;
    let (inside, stopped) = (run.inside, run.stopped);
    let found = out.tally.posts + out.tally.missing + out.tally.incidents;
    if found == 0 && format != "unknown" && !stopped {
        out.trouble(if out.described { describes(format) } else { holds_nothing(format) });
    }
    out.finish();
    let tally = out.tally;
    Ok(Summary {
        format,
        version,
        inside,
        posts: tally.posts,
        missing: tally.missing,
        incidents: tally.incidents,
        troubles: tally.troubles,
        leftovers: tally.leftovers,
        alone: out.alone,
        stopped,
    })
}

struct Run<'a> {
    options: &'a Options,
    /// The whole capture. Its digest is asked for only where it is needed: it may still be arriving.
    capture: &'a dyn Source,
    budget: &'a mut Budget,
    inside: Vec<&'static str>,
    /// Whether what is read now lies in a collection whose signature holds.
    signed: bool,
    watch: &'a Watch<'a>,
    /// Whether a file was stopped since its time was up.
    stopped: bool,
}

impl Run<'_> {
    fn one(
        &mut self,
        source: &dyn Source,
        member: Option<String>,
        depth: u32,
        beside: Option<&dyn Beside>,
        out: &mut Out<'_>,
    ) -> Result<(&'static str, u32), Refused> {
        if source.size() == 0 {
            return Err(Refused::new(
                "file.empty",
                "The file is empty: it holds no bytes at all.",
                "Look whether the download or copy was finished, and import it again.",
            ));
        }
        let head = head_of(source)?;
        if !head.is_empty() && head.iter().all(|b| *b == 0) && source.size() <= HEAD_BYTES as u64 {
            return Err(Refused::new(
                "file.blank",
                "The file holds nothing but zero bytes, as happens when a copy or download breaks off.",
                "Copy or download it again.",
            ));
        }
        if matches!(head[..], [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
            && let Some(bytes) = wide(source, self.options)?
        {
            out.trouble(Trouble::new(
                "text.utf16",
                Severity::Note,
                "The file is written in UTF-16, as Windows PowerShell and some spreadsheets write; it was read as the same text in UTF-8, and places count its lines.",
                "Nothing needs doing; the kept bytes are as they were.",
            ));
            let inner = Slice::with_digest(source.name(), self.capture.digest(), &bytes);
            return self.one(&inner, member, depth, beside, out);
        }
        let kind = archive::kind(&head).filter(|_| !formats::warc::is_warc(&head));
        if let Some(kind) = kind {
            return self.archive(kind, source, member, depth, out);
        }
        let format = self.choose(source.name(), &head, member.is_some())?;
        let Some(format) = format else {
            unknown(source, &head, self.options, out)?;
            return Ok(("unknown", 1));
        };
        let timed = Timed { source, watch: self.watch };
        let input = Input {
            source: &timed,
            options: self.options,
            format,
            member,
            capture: self.capture,
            beside,
            signed: self.signed,
            watch: self.watch,
        };
        self.watch.begin(source.size());
        let read = (format.read)(&input, out);
        if self.watch.end() {
            // Whatever else the reader says, it says about bytes that ended too early.
            self.stopped = true;
            out.trouble(watch::stopped(self.options.limits.max_file_seconds, source.size()));
            out.take(Item::Leftover {
                place: Place::whole(),
                what: "what was not read when its time was up".to_owned(),
            });
        } else {
            read?;
        }
        Ok((format.name, format.version))
    }

    fn choose(&self, name: &str, head: &[u8], is_member: bool) -> Result<Option<&'static Format>, Refused> {
        let Some(forced) = &self.options.force else {
            if self.options.mapping.is_some() && !is_member {
                return Ok(formats::formats().iter().find(|format| format.name == "csv"));
            }
            return Ok(recognise(name, head));
        };
        let Some(format) = formats::formats().iter().find(|format| format.name == forced) else {
            let known: Vec<&str> = formats::formats().iter().map(|format| format.name).collect();
            return Err(Refused::new(
                "format.no_such",
                format!("There is no format “{forced}”."),
                format!("Use one of {}.", known.join(", ")),
            ));
        };
        let looks =
            (format.looks)(&Head::new(name, head)) || format.name == "csv" && self.options.mapping.is_some();
        if !looks && is_member {
            return Ok(recognise(name, head));
        }
        if !looks {
            let instead = match recognise(name, head) {
                Some(other) => {
                    format!("It looks like {}; leave --as out, or use --as {}.", other.name, other.name)
                }
                None => "Leave --as out: the file is then kept, and listed as unknown.".to_owned(),
            };
            return Err(Refused::new(
                "format.not_as_said",
                format!("The file was said to be {forced}, and its content is not."),
                instead,
            ));
        }
        Ok(Some(format))
    }

    fn archive(
        &mut self,
        kind: Kind,
        source: &dyn Source,
        member: Option<String>,
        depth: u32,
        out: &mut Out<'_>,
    ) -> Result<(&'static str, u32), Refused> {
        if depth >= self.options.limits.max_depth {
            return Err(Refused::new(
                "archive.too_deep",
                format!("Archives lie in archives more than {} deep.", self.options.limits.max_depth),
                "Unpack the outer ones and import what is inside.",
            ));
        }
        let limits = &self.options.limits;
        let held;
        let bytes;
        let source = if kind == Kind::Zip && !source.goes_back() {
            // Its list stands at its end, and its files are taken from anywhere: unpacked for each of them, it would
            // never end.
            bytes = hold(source, limits.max_member_bytes)?;
            held = Slice::with_digest(source.name(), Digest::of(b""), &bytes);
            &held
        } else {
            source
        };
        let mut opened = archive::open(kind, source, limits)?;
        self.budget.take_entries(opened.members().len() as u64)?;
        let names: Vec<String> = opened.members().iter().map(|m| m.name.clone()).collect();
        let only_pictures = names.iter().all(|name| archive::is_picture(name));
        for trouble in opened.troubles() {
            out.trouble(trouble);
        }
        let is_collection = kind == Kind::Zip && names.iter().any(|name| name == "datapackage.json");
        let signed_before = self.signed;
        if is_collection {
            self.signed = judge_collection(source, out)?;
        }
        let mut single = None;
        for (index, name) in names.iter().enumerate() {
            if self.watch.whole_is_over() {
                self.stopped = true;
                let left = names.len() - index;
                out.trouble(watch::archive_stopped(left));
                out.take(Item::Leftover {
                    place: Place::whole(),
                    what: "files that were not read".to_owned(),
                });
                break;
            }
            let path = match (&member, kind) {
                (Some(outer), _) => format!("{outer}!{name}"),
                (None, _) => name.clone(),
            };
            let before = out.enter(Some(path.clone()));
            let of_collection = is_collection && !name.contains(".warc") && !name.ends_with(".wacz");
            let passed = archive::passed_over(name)
                .or(of_collection.then_some("a list the collection keeps of itself"));
            if let Some(what) = passed {
                out.take(Item::Leftover { place: Place::whole(), what: what.to_owned() });
                out.enter(before);
                continue;
            }
            let beside = Neighbours { opened: &opened, capture: self.capture, of: name, limits };
            let read = opened
                .inside(index, self.capture, self.budget)
                .and_then(|inner| self.member(&inner, path, only_pictures, depth, &beside, out));
            match read {
                Ok(None) => {}
                Ok(Some(format)) => {
                    if !self.inside.contains(&format.0) {
                        self.inside.push(format.0);
                    }
                    single = Some(format);
                }
                Err(refused) if refuses_all(&refused) => return Err(refused),
                Err(refused) => tell_refused(&refused, out),
            }
            out.enter(before);
        }
        self.signed = signed_before;
        match (kind, single) {
            (Kind::Zip, _) if is_collection => Ok(("wacz", 1)),
            (Kind::Gzip, Some(format)) => Ok(format),
            _ => Ok((kind.name(), 1)),
        }
    }

    /// Reads one member of an archive. `None` for a picture that belongs to another member.
    fn member(
        &mut self,
        inner: &Inside<'_>,
        path: String,
        only_pictures: bool,
        depth: u32,
        beside: &dyn Beside,
        out: &mut Out<'_>,
    ) -> Result<Option<(&'static str, u32)>, Refused> {
        let limits = &self.options.limits;
        if let Some(refused) = session_in(inner, limits)? {
            return Err(refused);
        }
        if archive::is_picture(inner.name()) {
            match inner.slice() {
                Some(bytes) => out.member(Place::whole(), inner.name(), bytes),
                None => out.member(Place::whole(), inner.name(), &inner.hold(limits.max_member_bytes)?),
            }
            if !only_pictures {
                return Ok(None);
            }
        }
        self.one(inner, Some(path), depth + 1, Some(beside), out).map(Some)
    }
}

/// Returns the refusal of an archive in which a member carries a login session. A large one is held only where it may.
fn session_in(inner: &Inside<'_>, limits: &Limits) -> Result<Option<Refused>, Refused> {
    if let Some(bytes) = inner.slice() {
        return Ok(strip::session_in(inner.name(), bytes));
    }
    if !strip::may_hold_secrets(inner.name(), &head_of(inner)?) {
        return Ok(None);
    }
    Ok(strip::session_in(inner.name(), &inner.hold(limits.max_document_bytes)?))
}

/// Judges a web archive collection, tells what is wrong with it, and returns whether its signature holds and everything
/// it covers is unchanged.
fn judge_collection(source: &dyn Source, out: &mut Out<'_>) -> Result<bool, Refused> {
    let mut reader = source.open().map_err(|error| Refused::unreadable(&error))?;
    let judgement = container::wacz::lint(&mut reader, &container::Rules::shipped());
    let holds = judgement.verdict <= container::Verdict::Warn;
    let signed = judgement.troubles.iter().any(|trouble| trouble.code == "wacz.signed");
    for trouble in judgement.troubles {
        out.trouble(trouble);
    }
    Ok(holds && signed)
}

/// Tells whether what is wrong with one member is wrong with the whole archive.
fn refuses_all(refused: &Refused) -> bool {
    refused.code.starts_with("archive.bomb") || refused.code == "archive.holds_session"
}

/// An export without a post is known for what it is, and said to be empty: that can be a mistake, or a finding.
fn holds_nothing(format: &str) -> Trouble {
    Trouble::new(
        "format.holds_nothing",
        Severity::Warn,
        format!("The file is of the kind “{format}”, and redress found no post, message or call in it."),
        "Look whether the export was finished and holds what you meant to save. It is kept as it is: that nothing was there may matter too.",
    )
}

/// A part of an export that is not meant to hold posts is said to be that.
fn describes(format: &str) -> Trouble {
    Trouble::new(
        "format.no_posts_here",
        Severity::Note,
        format!(
            "The file is a part of an export of the kind “{format}” that says something about an account and holds no posts or messages."
        ),
        "Keep it with the rest of the export; nothing else needs doing.",
    )
}

/// A member that was refused is a trouble of the archive: the others are read.
fn tell_refused(refused: &Refused, out: &mut Out<'_>) {
    out.trouble(Trouble {
        code: refused.code.into(),
        severity: Severity::Invalid,
        place: Some(Place::whole()),
        what: refused.what.clone(),
        next: refused.next.clone(),
    });
    out.take(Item::Leftover { place: Place::whole(), what: "a member that was not read".to_owned() });
}

/// Returns all bytes of an archive in an archive. Refuses more than `limit`.
fn hold(source: &dyn Source, limit: u64) -> Result<Vec<u8>, Refused> {
    if source.size() > limit {
        return Err(archive::too_large(source.size(), limit));
    }
    let mut bytes = Vec::new();
    let mut reader = source.open().map_err(|error| Refused::unreadable(&error))?;
    reader.read_to_end(&mut bytes).map_err(|error| Refused::unreadable(&error))?;
    Ok(bytes)
}

/// Returns text in UTF-16 as UTF-8, or `None` where it is too large to be held or is no such text.
fn wide(source: &dyn Source, options: &Options) -> Result<Option<Vec<u8>>, Refused> {
    if source.size() > options.limits.max_document_bytes {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let reader = source.open().map_err(|error| Refused::unreadable(&error))?;
    let most = options.limits.max_document_bytes;
    reader.take(most).read_to_end(&mut bytes).map_err(|error| Refused::unreadable(&error))?;
    let text = text::decode(&bytes);
    // A picture or program may begin with the same two bytes: half of it is then no character.
    let is_text = text.chars().take(4096).filter(|c| *c == '\u{FFFD}' || (*c as u32) < 9).count() == 0;
    Ok((is_text && !text.starts_with('\u{FEFF}')).then(|| text.into_owned().into_bytes()))
}

fn head_of(source: &dyn Source) -> Result<Vec<u8>, Refused> {
    if let Some(bytes) = source.slice() {
        return Ok(bytes[..bytes.len().min(HEAD_BYTES)].to_vec());
    }
    let mut reader = source.open().map_err(|error| Refused::unreadable(&error))?;
    reader.seek(SeekFrom::Start(0)).map_err(|error| Refused::unreadable(&error))?;
    let mut head = Vec::new();
    reader.take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(|error| Refused::unreadable(&error))?;
    Ok(head)
}

fn unknown(source: &dyn Source, head: &[u8], options: &Options, out: &mut Out<'_>) -> Result<(), Refused> {
    let limit = options.limits.max_json_depth;
    if head.trim_ascii_start().starts_with(b"{") || head.trim_ascii_start().starts_with(b"[") {
        let deep = json::depth(source.slice().unwrap_or(head));
        if deep > limit {
            return Err(json::too_deep(limit));
        }
    }
    out.trouble(
        Trouble::new(
            "format.unknown",
            Severity::Warn,
            format!("Redress does not know what “{}” is. It is kept as it is, under its digest, and nothing was read from it.", source.name()),
            "If you know what it is, name it with --as; a table can be read with --map; a page can be photographed.",
        )
        .at(Place::whole()),
    );
    out.take(Item::Leftover {
        place: Place::whole(),
        what: "a file of a kind redress does not know".to_owned(),
    });
    Ok(())
}
