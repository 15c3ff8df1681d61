//! Documents: a template, the data it shows, and the PDF made of both.
//!
//! One file per document lies in `templates/`; it reads `data.json` (what this package says, already redacted) and
//! `words.json` (our own fixed words in the package's language). Words of others reach Typst only as strings of data and
//! never as markup, so that `#read("…")`, `$`, `<b>` or a heading in a post is shown as the characters it is.

mod ends;
mod fonts;
mod shown;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::layout::PageRanges;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use values::Moment;

pub use shown::shown;

/// A document redress can write: its word and its template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Template {
    /// The file's name without its ending.
    pub(crate) name: &'static str,
    source: &'static str,
}

impl Template {
    /// Returns whether the document shows each exhibit whole, so that many of them are better set as volumes.
    pub(crate) fn shows_exhibits(self) -> bool {
        self.source.contains("#exhibits_or_volumes()")
    }
}

macro_rules! templates {
    ($($constant:ident = $name:literal,)*) => {
        $(pub(crate) const $constant: Template =
            Template { name: $name, source: include_str!(concat!("../../templates/", $name, ".typ")) };)*
    };
}

templates! {
    POLICE = "police",
    COUNSEL = "counsel",
    PUBLIC = "public",
    PROSECUTOR = "prosecutor",
    PLATFORM = "platform",
    EMPLOYER = "employer",
    LETTER = "letter",
    EXHIBIT = "exhibit",
    VOLUME = "volume",
    LOG = "log",
    HOST = "host",
    HOUSEHOLD = "household",
    SHEET = "sheet",
}

/// What the templates share: page, exhibit, tables.
const SHARED: &str = include_str!("../../templates/shared.typ");

/// Why a document could not be written: a fault of ours, never of the evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the document “{document}” could not be set: {why}")]
pub struct Unwritten {
    /// Which document.
    pub document: String,
    /// What Typst said.
    pub why: String,
}

/// What the documents of a package share: our words, and pictures by the name templates ask for.
#[derive(Debug, Clone)]
pub(crate) struct Stock(BTreeMap<String, Bytes>);

impl Stock {
    /// Makes one without pictures.
    pub(crate) fn new(words: &Value) -> Self {
        Self(BTreeMap::from([("words.json".to_owned(), Bytes::from_string(words.to_string()))]))
    }

    /// Returns the bytes of a picture.
    pub(crate) fn picture(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Bytes::as_slice)
    }

    /// Adds a picture. Its bytes are not copied, also not by the documents.
    pub(crate) fn add_picture(&mut self, name: String, bytes: Arc<[u8]>) {
        self.0.insert(name, Bytes::new(bytes));
    }
}

/// Sets `template` with `data` and what is in `stock` and returns the PDF: PDF/A-2a and PDF/UA-1, dated `now`.
///
/// `identity` tells two documents of one sort apart; it goes into the PDF's identifier as a hash.
pub(crate) fn pdf(
    template: Template,
    data: &Value,
    stock: &Stock,
    identity: &str,
    now: Moment,
) -> Result<Vec<u8>, Unwritten> {
    let house = House::new(template, data, stock);
    let set = set(template, &house)?;
    // Typst remembers what it laid out; a binder of 1,000 exhibits is set once, and its pages are all there.
    comemo::evict(0);
    let pdf = written(template, &set, &[PdfStandard::A_2a, PdfStandard::Ua_1], None, identity, now)?;
    comemo::evict(0);
    Ok(pdf)
}

/// Sets `template` like [`pdf`] and returns each page as a PDF of its own: PDF/A-2b, since a page out of its document
/// has no structure to tag.
pub(crate) fn pages(
    template: Template,
    data: &Value,
    stock: &Stock,
    identity: &str,
    now: Moment,
) -> Result<Vec<Vec<u8>>, Unwritten> {
    let house = House::new(template, data, stock);
    let set = set(template, &house)?;
    let mut pages = Vec::new();
    for number in 1..=set.pages().len() {
        let identity = format!("{identity} {number}");
        let only = NonZeroUsize::new(number).map(|page| PageRanges::new(vec![Some(page)..=Some(page)]));
        pages.push(written(template, &set, &[PdfStandard::A_2b], only, &identity, now)?);
    }
    // The next exhibit uses what all share; what the last ones did not use is let go, or a long export grows.
    comemo::evict(2);
    Ok(pages)
}

fn set(template: Template, house: &House) -> Result<PagedDocument, Unwritten> {
    let output = typst::compile::<PagedDocument>(house).output;
    output.map_err(|errors| Unwritten { document: template.name.to_owned(), why: said(&errors) })
}

fn written(
    template: Template,
    document: &PagedDocument,
    standards: &[PdfStandard],
    page_ranges: Option<PageRanges>,
    identity: &str,
    now: Moment,
) -> Result<Vec<u8>, Unwritten> {
    let unwritten = |why: String| Unwritten { document: template.name.to_owned(), why };
    let options = PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
        creator: Smart::Custom(Some("redress".to_owned())),
        timestamp: datetime(now).map(Timestamp::new_utc),
        tagged: page_ranges.is_none(),
        page_ranges,
        standards: PdfStandards::new(standards).map_err(|error| unwritten(error.message().to_string()))?,
        pretty: false,
    };
    typst_pdf::pdf(document, &options).map(ends::tidied).map_err(|errors| unwritten(said(&errors)))
}

fn said(errors: &[typst::diag::SourceDiagnostic]) -> String {
    let lines: Vec<String> = errors
        .iter()
        .map(|error| {
            let hints: Vec<&str> = error.hints.iter().map(|hint| hint.v.as_str()).collect();
            format!("{} {}", error.message, hints.join(" "))
        })
        .collect();
    lines.join("; ")
}

/// Returns the date in a PDF's metadata: UTC, to the second.
fn datetime(moment: Moment) -> Option<Datetime> {
    let text = Moment::from_seconds(moment.seconds(), moment.said_by()).to_rfc3339();
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u8>().ok();
    let year = text.get(..4)?.parse().ok()?;
    Datetime::from_ymd_hms(
        year,
        number(5..7)?,
        number(8..10)?,
        number(11..13)?,
        number(14..16)?,
        number(17..19)?,
    )
}

/// The world a document is set in: its files, our fonts, no clock, no disk, no packages.
struct House {
    main: FileId,
    source: Source,
    shared: Source,
    files: BTreeMap<String, Bytes>,
}

impl House {
    fn new(template: Template, data: &Value, stock: &Stock) -> Self {
        let mut files = stock.0.clone();
        files.insert("data.json".to_owned(), Bytes::from_string(data.to_string()));
        let main = id("main.typ");
        Self {
            main,
            source: Source::new(main, template.source.to_owned()),
            shared: Source::new(id("shared.typ"), SHARED.to_owned()),
            files,
        }
    }
}

/// Returns the id of one of the four files a document has. Pictures are asked for by Typst under ids of its own.
fn id(name: &str) -> FileId {
    // The names are ours and plain, so each is a path; the root is what an impossible one would become.
    let path = VirtualPath::new(name).unwrap_or_else(|_| unreachable_root());
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn unreachable_root() -> VirtualPath {
    VirtualPath::new("/").expect("the root is a path in every virtual file system")
}

impl World for House {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| LazyHash::new(Library::default()))
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts::all().book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main {
            Ok(self.source.clone())
        } else if id == self.shared.id() {
            Ok(self.shared.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        match path.root() {
            VirtualRoot::Project => {
                self.files.get(path.vpath().get_without_slash()).cloned().ok_or(FileError::AccessDenied)
            }
            VirtualRoot::Package(_) => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::all().fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
