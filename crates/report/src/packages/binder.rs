//! Counsel's production: every exhibit as numbered pages, with a load file a review platform can import.

use std::collections::BTreeMap;

use record::Bates;
use serde_json::{Value, json};
use values::{Digest, Moment};

use super::LeftOut;
use crate::document::{self, Stock, Unwritten};
use crate::dossier::Dossier;
use crate::loadfile::{Dat, OptDocument, write_opt};
use crate::recipient::{Options, Recipient};
use crate::view;
use crate::words;

const FIELDS: [&str; 14] = [
    "BEGBATES",
    "ENDBATES",
    "CUSTODIAN",
    "DATECAPTURED",
    "DATEWRITTEN",
    "SOURCEURL",
    "AUTHOR",
    "AUTHORID",
    "POSTTEXT",
    "SHA256",
    "NATIVEPATH",
    "TEXTPATH",
    "PAGECOUNT",
    "PRIVILEGE",
];

/// The numbers a production's pages were given.
pub(super) struct Numbered {
    /// Each exhibit's first and last, in the order of the exhibits.
    pub(super) exhibits: Vec<(String, String)>,
    /// First and last of the log of reports. `None` where nothing was reported.
    pub(super) log: Option<(String, String)>,
    /// The whole range. `None` where no page was numbered.
    pub(super) range: Option<Bates>,
}

/// Writes `data/loadfile/` and returns the numbers its pages were given: the exhibits, then the log of what was reported
/// and what came back, which is an exhibit too.
///
/// Numbers run without a gap from `options.bates_from`; a page is set once and keeps its number.
pub(super) fn all(
    dossier: &Dossier,
    recipient: Recipient,
    options: &Options,
    left_out: &[LeftOut],
    stock: &Stock,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<Numbered, Unwritten> {
    let mut run = Run {
        prefix: options.prefix(),
        next: options.bates_from,
        dat: Dat { header: FIELDS.map(str::to_owned).to_vec(), rows: Vec::new() },
        documents: Vec::new(),
    };
    let mut exhibits = Vec::new();
    for exhibit in &dossier.exhibits {
        let alone = Dossier { exhibits: vec![exhibit.clone()], ..frame(dossier) };
        let mut data = view::data(&alone, recipient, options, left_out, &[]);
        data["exhibit_number"] = json!(exhibit.number);
        let pages = run.set(document::EXHIBIT, data, stock, dossier.now)?;
        let native = files.get(&format!("data/exhibits/{}/post.json", exhibit.name())).cloned();
        let moment = |at: Option<Moment>| at.map_or_else(String::new, Moment::to_rfc3339);
        let post = &exhibit.post;
        let sighting = exhibit.sightings.first();
        let row = Row {
            custodian: exhibit.findings.first().map_or_else(String::new, |finding| finding.by.clone()),
            captured: moment(sighting.and_then(|sighting| sighting.observation.seen)),
            written: moment(post.written),
            url: post.url.as_ref().map_or_else(String::new, ToString::to_string),
            author: post.author.shown(),
            author_id: post.author.id.clone().unwrap_or_default(),
            text: post.text.clone(),
            digest: sighting.map_or_else(String::new, |sighting| sighting.capture.to_string()),
            native: ("json", native.unwrap_or_default()),
            privilege: exhibit.privileged.clone().unwrap_or_default(),
        };
        exhibits.push(run.put(pages, row, files));
    }
    let mut log = None;
    if !dossier.reports.is_empty() {
        let alone = Dossier { reports: dossier.reports.clone(), ..frame(dossier) };
        let mut data = view::data(&alone, recipient, options, left_out, &[]);
        data["exhibit_number"] = json!(words::say(options.language, "log_exhibit"));
        let pages = run.set(document::LOG, data, stock, dossier.now)?;
        let table = files.get("data/tables/reports.csv").cloned().unwrap_or_default();
        let row = Row {
            written: dossier.now.to_rfc3339(),
            text: String::from_utf8_lossy(&table).into_owned(),
            digest: Digest::of(&table).to_string(),
            native: ("csv", table),
            ..Row::default()
        };
        log = Some(run.put(pages, row, files));
    }
    files.insert("data/loadfile/redress.dat".into(), run.dat.write());
    let volume = format!("VOL{:03}", options.volume);
    files.insert("data/loadfile/redress.opt".into(), write_opt(&volume, &run.documents));
    let (prefix, first, last) = (run.prefix, options.bates_from, run.next);
    let range = (last > first).then(|| Bates { prefix, first, last: last - 1 });
    Ok(Numbered { exhibits, log, range })
}

/// A production under way.
struct Run {
    prefix: String,
    next: u32,
    dat: Dat,
    documents: Vec<OptDocument>,
}

/// What the load file tells about a document of the production, beside its pages.
#[derive(Default)]
struct Row {
    custodian: String,
    captured: String,
    written: String,
    url: String,
    author: String,
    author_id: String,
    text: String,
    digest: String,
    /// The ending of the native file, and its bytes.
    native: (&'static str, Vec<u8>),
    privilege: String,
}

impl Run {
    fn bates(&self, number: u32) -> String {
        format!("{}-{number:06}", self.prefix)
    }

    fn set(
        &self,
        template: document::Template,
        mut data: Value,
        stock: &Stock,
        now: Moment,
    ) -> Result<Vec<Vec<u8>>, Unwritten> {
        data["bates_prefix"] = json!(self.prefix);
        data["bates_from"] = json!(self.next);
        document::pages(template, &data, stock, &self.bates(self.next), now)
    }

    /// Files a document and returns the numbers of its first and last page.
    fn put(
        &mut self,
        pages: Vec<Vec<u8>>,
        row: Row,
        files: &mut BTreeMap<String, Vec<u8>>,
    ) -> (String, String) {
        let (first, last) = (self.bates(self.next), self.bates(self.next + pages.len() as u32 - 1));
        let mut opt = OptDocument { pages: Vec::new() };
        for page in pages {
            let key = self.bates(self.next);
            files.insert(format!("data/loadfile/IMAGES/001/{key}.pdf"), page);
            opt.pages.push((key.clone(), format!("IMAGES\\001\\{key}.pdf")));
            self.next += 1;
        }
        let (ending, native) = row.native;
        files.insert(format!("data/loadfile/NATIVES/{first}.{ending}"), native);
        files.insert(format!("data/loadfile/TEXT/{first}.txt"), row.text.clone().into_bytes());
        self.dat.rows.push(vec![
            first.clone(),
            last.clone(),
            row.custodian,
            row.captured,
            row.written,
            row.url,
            row.author,
            row.author_id,
            row.text,
            row.digest,
            format!("NATIVES\\{first}.{ending}"),
            format!("TEXT\\{first}.txt"),
            opt.pages.len().to_string(),
            row.privilege,
        ]);
        self.documents.push(opt);
        (first, last)
    }
}

/// Returns the dossier without its rows: what a single exhibit's page needs beside the exhibit.
fn frame(dossier: &Dossier) -> Dossier {
    let subject = dossier.subject.clone();
    Dossier {
        demo: dossier.demo,
        collected: dossier.collected.clone(),
        troubles: dossier.troubles.clone(),
        ..Dossier::bare(&dossier.case, subject, dossier.now, &dossier.redress)
    }
}
