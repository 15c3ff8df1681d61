//! Packages: what leaves the house for one recipient.
//!
//! [`package`] redacts the dossier with the case's one map, writes the recipient's documents, tables and exhibits from
//! what is left, and lets nothing out that the leak check has not passed.

mod archive;
mod binder;
mod exhibits;
mod forms;
mod host;
pub mod letters;
mod proofs;
mod site;
mod tables;
mod uco;
mod verify_html;
mod verify_txt;
mod volumes;

use std::collections::BTreeMap;

use record::Bates;
use serde_json::Value;
use values::Digest;

use crate::document::{self, Template, Unwritten};
use crate::dossier::Dossier;
use crate::leak::{self, Leak, LeakCheck};
use crate::recipient::{Options, Recipient};
use crate::redaction::{Redaction, RedactionMap};
use crate::view::{self, exhibit_name, fill};
use crate::words;

pub use tables::{field, table};

/// What leaves: files by path, what was covered and left out, and what the leak check looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Payload under `data/`, and `VERIFY.txt` beside it. Give it to [`crate::bag::bag`].
    pub files: BTreeMap<String, Vec<u8>>,
    /// Captures that go along as they were kept, by path, with their size: the caller copies them from the case, so that
    /// a film of some gigabytes is never held in memory.
    pub copies: BTreeMap<String, Original>,
    /// The Bates numbers its pages were given. `None` where no page was numbered.
    pub bates: Option<Bates>,
    /// The numbers of the exhibits in it.
    pub exhibits: Vec<u32>,
    /// What was covered, and where. Never the text.
    pub redactions: Vec<Redaction>,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// What the leak check looked at.
    pub leak_check: LeakCheck,
}

impl Package {
    /// Returns how many texts were covered.
    pub fn redacted(&self) -> u64 {
        self.redactions.iter().map(|redaction| redaction.count).sum()
    }
}

/// A capture that goes along as it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Original {
    /// Its name in the case.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
}

/// Something left out of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// Why a package was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// It would have shown something private.
    #[error(transparent)]
    Leak(#[from] Leak),
    /// A document could not be set.
    #[error(transparent)]
    Unwritten(#[from] Unwritten),
    /// The dossier did not survive redaction: a fault of ours.
    #[error("the redacted dossier could not be read back: {0}")]
    Redaction(#[source] serde_json::Error),
    /// There is nothing a person confirmed.
    #[error(
        "there is no confirmed exhibit to hand over. Confirm at least one finding with “redress review”."
    )]
    NothingConfirmed,
}

/// Makes the package of `dossier` for `recipient`. `originals` gives the bytes of a capture, `None` where the case lost
/// them.
///
/// The same arguments give the same bytes. Errors rather than let out what the map withholds from this recipient.
pub fn package(
    dossier: &Dossier,
    recipient: Recipient,
    options: &Options,
    map: &RedactionMap,
    originals: &mut dyn FnMut(&Digest) -> Option<Vec<u8>>,
) -> Result<Package, Refused> {
    let mut left_out = Vec::new();
    let dossier = of_platform(dossier, options);
    let dossier = without_privileged(dossier, recipient, options, &mut left_out);
    let mut dossier = only_covered_pictures(dossier, recipient, options, &mut left_out);
    if !recipient.gets_exhibits() {
        let numbers: Vec<u32> = dossier.exhibits.drain(..).map(|exhibit| exhibit.number).collect();
        // What is known of danger is what a household must hear; the exhibits that show it stay out.
        let mut dangers = std::mem::take(&mut dossier.dangers);
        dangers.iter_mut().for_each(|fact| fact.exhibits.clear());
        dossier = without_rows(dossier, &numbers);
        dossier.dangers = dangers;
        left_out.push(LeftOut::said(options, "exhibits", &[("count", &numbers.len().to_string())]));
    } else if dossier.exhibits.is_empty() && recipient != Recipient::Archive {
        return Err(Refused::NothingConfirmed);
    }
    dossier.forms.retain(|form| match recipient {
        Recipient::Police => form.recipient == options.desk.word(),
        Recipient::Platform => options.platform.is_some_and(|platform| form.recipient == platform.word()),
        Recipient::Counsel | Recipient::Archive => true,
        _ => false,
    });
    let mut files = BTreeMap::new();
    let mut copies = BTreeMap::new();
    exhibits::fields(&dossier, recipient, map, &mut files);
    let (dossier, redactions) =
        map.dossier(recipient, options.language, &dossier).map_err(Refused::Redaction)?;

    let mut taken = exhibits::Taken { files: &mut files, copies: &mut copies, left_out: &mut left_out };
    exhibits::captures(&dossier, recipient, options, map, originals, &mut taken);
    if dossier.collected.proposed > dossier.collected.confirmed + dossier.collected.rejected {
        let open = dossier.collected.proposed - dossier.collected.confirmed - dossier.collected.rejected;
        left_out.push(LeftOut::said(options, "proposals", &[("count", &open.to_string())]));
    }
    exhibits::folders(&dossier, &mut files);
    if recipient.gets_exhibits() {
        tables::all(&dossier, recipient, options, &mut files);
        uco::custody(&dossier, options.language, &mut files);
    }
    tables::left_out(&left_out, &mut files);
    proofs::all(&dossier, &mut files);

    let stock = exhibits::stock(&dossier, options);
    let mut documents = Vec::new();
    let mut data = view::data(&dossier, recipient, options, &left_out, &redactions);
    let mut bates = None;
    if recipient == Recipient::Counsel {
        // Set first: the list of exhibits in the report names the numbers their pages were given.
        let numbered = binder::all(&dossier, recipient, options, &left_out, &stock, &mut files)?;
        data["bates"] = serde_json::to_value(numbered.exhibits).map_err(Refused::Redaction)?;
        data["bates_log"] = serde_json::to_value(numbered.log).map_err(Refused::Redaction)?;
        bates = numbered.range;
    }
    match recipient {
        Recipient::Public => site::all(&dossier, &data, options, &stock, &mut files),
        Recipient::Archive => archive::all(&dossier, &data, options, &mut files),
        Recipient::Host => host::all(&dossier, &mut files),
        _ => {}
    }
    if recipient.sees_privileged() && !dossier.calendar.en.is_empty() {
        files.insert(
            "data/calendar.ics".to_owned(),
            dossier.calendar.say(options.language).as_bytes().to_vec(),
        );
    }
    let identity = format!("{} {} {}", dossier.case, recipient, dossier.now);
    let mut write = |name: &str, template: Template, data: Value, files: &mut BTreeMap<String, Vec<u8>>| {
        let identity = format!("{identity} {name}");
        let pdf = document::pdf(template, &data, &stock, &identity, dossier.now)?;
        files.insert(format!("data/{name}"), pdf);
        documents.push((name.to_owned(), data));
        Ok::<(), Unwritten>(())
    };
    let numbers: Vec<u32> = dossier.exhibits.iter().map(|exhibit| exhibit.number).collect();
    let template = opening(recipient);
    let volumes = if template.shows_exhibits() {
        volumes::cut(&mut data, &numbers, options.exhibits_in_one)
    } else {
        Vec::new()
    };
    write("report.pdf", template, data, &mut files)?;
    for volume in volumes {
        write(&volume.file, document::VOLUME, volume.data, &mut files)?;
    }
    for letter in letters::of(&dossier, recipient) {
        let data = letters::data(&letter, &dossier, recipient, options);
        write(&letter.file(), document::LETTER, data, &mut files)?;
    }
    forms::all(&dossier, recipient, options, &mut files);
    files.insert("data/verify.html".to_owned(), verify_html::page().into_bytes());
    files.insert("VERIFY.txt".to_owned(), verify_txt::text(&dossier, recipient, &left_out).into_bytes());

    let leak_check = leak::check(map, recipient, &files, &documents)?;
    let exhibits = dossier.exhibits.iter().map(|exhibit| exhibit.number).collect();
    Ok(Package { files, copies, bates, exhibits, redactions, left_out, leak_check })
}

/// Returns the document that opens the package of a kind.
const fn opening(recipient: Recipient) -> Template {
    match recipient {
        Recipient::Police => document::POLICE,
        Recipient::Prosecutor => document::PROSECUTOR,
        Recipient::Platform => document::PLATFORM,
        Recipient::Host => document::HOST,
        Recipient::Employer => document::EMPLOYER,
        Recipient::Counsel | Recipient::Archive => document::COUNSEL,
        Recipient::Public => document::PUBLIC,
        Recipient::Household => document::HOUSEHOLD,
    }
}

impl LeftOut {
    /// Returns what `out.KEY` and `out.KEY_why` (or `out.captures` and `out.captures_…`) say.
    fn said(options: &Options, key: &str, values: &[(&str, &str)]) -> Self {
        let (what, why) = match key.split_once('_') {
            Some((what, _)) => (format!("out.{what}"), format!("out.{key}")),
            None => (format!("out.{key}"), format!("out.{key}_why")),
        };
        let say = |key: &str| words::say(options.language, key);
        Self { what: say(&what).to_owned(), why: fill(say(&why), values) }
    }
}

/// Returns the dossier with the exhibits of the platform asked for: one platform need not learn of another's posts.
fn of_platform(dossier: &Dossier, options: &Options) -> Dossier {
    let mut dossier = dossier.clone();
    if let Some(platform) = options.platform {
        let others: Vec<u32> =
            dossier.exhibits.iter().filter(|e| e.post.platform != platform).map(|e| e.number).collect();
        dossier.exhibits.retain(|exhibit| exhibit.post.platform == platform);
        dossier = without_rows(dossier, &others);
    }
    dossier
}

/// Returns the dossier without exhibits that a person marked as privileged, but for the person and their counsel.
fn without_privileged(
    mut dossier: Dossier,
    recipient: Recipient,
    options: &Options,
    left_out: &mut Vec<LeftOut>,
) -> Dossier {
    if recipient.sees_privileged() {
        return dossier;
    }
    let withheld: Vec<u32> =
        dossier.exhibits.iter().filter(|e| e.privileged.is_some()).map(|e| e.number).collect();
    if !withheld.is_empty() {
        dossier.exhibits.retain(|exhibit| exhibit.privileged.is_none());
        dossier = without_rows(dossier, &withheld);
        let names: Vec<String> = withheld.iter().map(|number| exhibit_name(*number)).collect();
        let values = [("count", &*withheld.len().to_string()), ("names", &*names.join(", "))];
        left_out.push(LeftOut::said(options, "privileged", &values));
    }
    dossier
}

/// Returns the dossier with withheld exhibits out of every row that names them; rows that stood on nothing else are gone.
fn without_rows(mut dossier: Dossier, withheld: &[u32]) -> Dossier {
    let keep = |numbers: &mut Vec<u32>| {
        let before = numbers.len();
        numbers.retain(|number| !withheld.contains(number));
        before == numbers.len() || !numbers.is_empty()
    };
    dossier.dangers.retain_mut(|row| keep(&mut row.exhibits));
    dossier.accounts.retain_mut(|row| {
        keep(&mut row.after_notice);
        keep(&mut row.exhibits)
    });
    dossier.trace.rows.retain_mut(|row| keep(&mut row.exhibits));
    dossier.trace.ties.retain(|tie| !withheld.contains(&tie.from) && !withheld.contains(&tie.to));
    dossier.claims.retain_mut(|row| keep(&mut row.exhibits));
    dossier.troubles.retain_mut(|row| keep(&mut row.exhibits));
    dossier.reports.retain_mut(|row| keep(&mut row.exhibits));
    dossier.unfavourable.retain_mut(|row| keep(&mut row.exhibits));
    for row in &mut dossier.law {
        row.elements.iter_mut().for_each(|fact| {
            keep(&mut fact.exhibits);
        });
    }
    dossier
}

/// Returns the dossier with only those pictures that may leave: looked at by a person, and covered.
fn only_covered_pictures(
    mut dossier: Dossier,
    recipient: Recipient,
    options: &Options,
    left_out: &mut Vec<LeftOut>,
) -> Dossier {
    let mut waiting = 0_usize;
    for picture in dossier.exhibits.iter_mut().flat_map(|exhibit| &mut exhibit.pictures) {
        let shown = picture.covered.as_deref().is_some_and(is_picture);
        if !shown || !picture.looked_at && !recipient.sees_private() {
            picture.covered = None;
            waiting += 1;
        }
    }
    if waiting > 0 {
        left_out.push(LeftOut::said(options, "pictures", &[("count", &waiting.to_string())]));
    }
    dossier
}

fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(&[0xff, 0xd8, 0xff])
}

/// Returns the names of exhibits in one field.
fn exhibits_names(numbers: &[u32]) -> String {
    numbers.iter().map(|number| exhibit_name(*number)).collect::<Vec<_>>().join(" ")
}
