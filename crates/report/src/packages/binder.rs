//! Counsel's production: every exhibit as numbered pages, with a load file a review platform can import.

use std::collections::BTreeMap;

use record::Bates;
use serde_json::json;
use values::Moment;

use super::LeftOut;
use crate::document::{self, Stock, Unwritten};
use crate::dossier::Dossier;
use crate::loadfile::{Dat, OptDocument, write_opt};
use crate::recipient::{Options, Recipient};
use crate::view;

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
    /// The whole range. `None` where no page was numbered.
    pub(super) range: Option<Bates>,
}

/// Writes `data/loadfile/` and returns the numbers its pages were given.
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
    let prefix = options.prefix();
    let volume = format!("VOL{:03}", options.volume);
    let bates = |number: u32| format!("{prefix}-{number:06}");
    let mut next = options.bates_from;
    let mut dat = Dat { header: FIELDS.map(str::to_owned).to_vec(), rows: Vec::new() };
    let mut documents = Vec::new();
    let mut numbers = Vec::new();
    for exhibit in &dossier.exhibits {
        let alone = Dossier { exhibits: vec![exhibit.clone()], ..frame(dossier) };
        let mut data = view::data(&alone, recipient, options, left_out, &[]);
        data["bates_prefix"] = json!(prefix);
        data["bates_from"] = json!(next);
        data["exhibit_number"] = json!(exhibit.number);
        let pages = document::pages(document::EXHIBIT, &data, stock, &bates(next), dossier.now)?;
        let (first, last) = (bates(next), bates(next + pages.len() as u32 - 1));
        let mut opt = OptDocument { pages: Vec::new() };
        for page in pages {
            let key = bates(next);
            files.insert(format!("data/loadfile/IMAGES/001/{key}.pdf"), page);
            opt.pages.push((key.clone(), format!("IMAGES\\001\\{key}.pdf")));
            next += 1;
        }
        let native = format!("data/exhibits/{}/post.json", exhibit.name());
        let native = files.get(&native).cloned().unwrap_or_default();
        files.insert(format!("data/loadfile/NATIVES/{first}.json"), native);
        files.insert(format!("data/loadfile/TEXT/{first}.txt"), exhibit.post.text.clone().into_bytes());
        let moment = |at: Option<Moment>| at.map_or_else(String::new, Moment::to_rfc3339);
        let post = &exhibit.post;
        let sighting = exhibit.sightings.first();
        dat.rows.push(vec![
            first.clone(),
            last.clone(),
            exhibit.findings.first().map_or_else(String::new, |finding| finding.by.clone()),
            moment(sighting.and_then(|sighting| sighting.observation.seen)),
            moment(post.written),
            post.url.as_ref().map_or_else(String::new, ToString::to_string),
            post.author.shown(),
            post.author.id.clone().unwrap_or_default(),
            post.text.clone(),
            sighting.map_or_else(String::new, |sighting| sighting.capture.to_string()),
            format!("NATIVES\\{first}.json"),
            format!("TEXT\\{first}.txt"),
            opt.pages.len().to_string(),
            exhibit.privileged.clone().unwrap_or_default(),
        ]);
        documents.push(opt);
        numbers.push((first, last));
    }
    files.insert("data/loadfile/redress.dat".into(), dat.write());
    files.insert("data/loadfile/redress.opt".into(), write_opt(&volume, &documents));
    let range =
        (next > options.bates_from).then(|| Bates { prefix, first: options.bates_from, last: next - 1 });
    Ok(Numbered { exhibits: numbers, range })
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
