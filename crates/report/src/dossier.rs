//! What a package may be made of: everything confirmed, gathered from the case by whoever calls.
//!
//! A [`Dossier`] holds no proposal and no open question: only what a person confirmed, what the case can show, and the
//! sentences that say what it cannot. It is plain data. The redaction map is applied to the whole of it before any
//! document sees it (see [`crate::redaction`]), so a document cannot leak what its template forgot.

use std::sync::Arc;

use record::{Fidelity, Incident, Kind, Observation, Post, StampKind, Strength, Subject, Verdict};
use serde::{Deserialize, Serialize};
use values::{Digest, Moment, Severity};

use crate::questions::{CaseRow, ProvisionRow};
use crate::recipient::Language;

/// A sentence in every language a package can be written in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

impl Sentence {
    /// Returns a sentence in both languages.
    pub fn new(en: impl Into<String>, es: impl Into<String>) -> Self {
        Self { en: en.into(), es: es.into() }
    }

    /// Returns a text that is the same in every language: a name, a citation, a quotation.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { en: text.clone(), es: text }
    }

    /// Returns the sentence in `language`; where that is missing, in English rather than not at all.
    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::Spanish if !self.es.is_empty() => &self.es,
            _ => &self.en,
        }
    }
}

/// Everything that the packages of one case may say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// The name of the case, as its owner gave it.
    pub case: String,
    /// What may be said about the person.
    pub subject: Subject,
    /// When the package is made: printed on it, and the time inside the PDF.
    pub now: Moment,
    /// The version of redress: `0.1.0`.
    pub redress: String,
    /// Whether the case is the invented one of `redress demo`. Every page then says so.
    pub demo: bool,
    /// How much was collected, in counts.
    pub collected: Collected,
    /// Known danger (a time, a place, means, an approach), each with the exhibits that show it. For the police.
    pub dangers: Vec<Fact>,
    /// What the recipient is asked for.
    pub requests: Vec<Request>,
    /// The confirmed items, by number.
    pub exhibits: Vec<Exhibit>,
    /// The accounts that wrote them.
    pub accounts: Vec<AccountRow>,
    /// What tracing shows.
    pub trace: Trace,
    /// Provisions whose elements the findings may touch.
    pub law: Vec<LawRow>,
    /// What each law asks, with answers, proposals and what is missing. For the person and their counsel; empty for others.
    pub questions: Vec<ProvisionRow>,
    /// Comparable cases. For the person and their counsel; empty for others.
    pub cases: Vec<CaseRow>,
    /// Where one can turn.
    pub channels: Vec<Channel>,
    /// Dates that may run out, the nearest first.
    pub deadlines: Vec<Deadline>,
    /// Claims that the exhibits match, with what others found.
    pub claims: Vec<ClaimRow>,
    /// What could not be read, or weakens an exhibit.
    pub troubles: Vec<TroubleRow>,
    /// What was done with the evidence, in the order of the ledger.
    pub custody: Vec<CustodyRow>,
    /// How each sort of finding was made, with its measured error rates.
    pub method: Vec<MethodRow>,
    /// The ledger's checkpoint. `None` where the case has none yet.
    pub proof: Option<Checkpoint>,
    /// The questions of recipients' forms, answered as far as the case can.
    pub forms: Vec<Form>,
    /// What was reported to whom, and what came of it: the non-enforcement log, oldest first.
    pub reports: Vec<ReportRow>,
    /// What the law of the person's state says of a demand for retraction. `None` where no row is held.
    pub retraction: Option<Retraction>,
    /// Findings that a person rejected, and what in the exhibits speaks for the other side. For counsel.
    pub unfavourable: Vec<Unfavourable>,
    /// Everything that came in and where it went, so that counts in equal counts out.
    pub balance: Vec<BalanceRow>,
    /// The deadlines as a calendar file (RFC 5545). Empty where there are none.
    pub calendar: Sentence,
    /// Every post of the collection, for safe keeping. Empty for anyone else.
    pub posts: Vec<PostRow>,
    /// Every capture of the case beside those of exhibits, for safe keeping: digest, size, name. Empty for anyone else.
    pub captures: Vec<CaptureRow>,
    /// The whole log, line by line, for safe keeping. Empty for anyone else.
    pub ledger: String,
}

impl Dossier {
    /// Returns a dossier with nothing in it: a caller fills in what the case has.
    pub fn bare(case: &str, subject: Subject, now: Moment, redress: &str) -> Self {
        Self {
            case: case.to_owned(),
            subject,
            now,
            redress: redress.to_owned(),
            demo: false,
            collected: Collected::default(),
            dangers: Vec::new(),
            requests: Vec::new(),
            exhibits: Vec::new(),
            accounts: Vec::new(),
            trace: Trace::default(),
            law: Vec::new(),
            questions: Vec::new(),
            cases: Vec::new(),
            channels: Vec::new(),
            deadlines: Vec::new(),
            claims: Vec::new(),
            troubles: Vec::new(),
            custody: Vec::new(),
            method: Vec::new(),
            proof: None,
            forms: Vec::new(),
            reports: Vec::new(),
            retraction: None,
            unfavourable: Vec::new(),
            balance: Vec::new(),
            calendar: Sentence::default(),
            posts: Vec::new(),
            captures: Vec::new(),
            ledger: String::new(),
        }
    }
}

/// A recipient's form, answered from the case as far as it can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Whose: a desk's word (`fbi`), or a platform's.
    pub recipient: String,
    /// The recipient's name.
    pub name: Sentence,
    /// How to reach it.
    pub contact: Sentence,
    /// What it takes.
    pub takes: Sentence,
    /// Its status on the day it was checked.
    pub status: Sentence,
    /// How many characters its text form takes at most, where that is known.
    pub limit: Option<u64>,
    /// Its questions, in its own order.
    pub fields: Vec<FormField>,
}

/// A question of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// The question.
    pub ask: Sentence,
    /// Answers from the case, the most important first. Empty where only the person can answer.
    pub answers: Vec<Sentence>,
}

/// A report somebody made, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// The exhibits reported.
    pub exhibits: Vec<u32>,
    /// The platform's word, where it was one.
    pub platform: Option<String>,
    /// To whom, as a name.
    pub to: Sentence,
    /// When.
    pub reported: Moment,
    /// Under which rule.
    pub rule: Sentence,
    /// The ticket.
    pub ticket: String,
    /// What came back: when, what, and its exact words.
    pub answers: Vec<AnswerRow>,
    /// How it stands, in a sentence.
    pub standing: Sentence,
}

/// An answer to a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// When.
    pub at: Moment,
    /// What it was, in words.
    pub outcome: Sentence,
    /// Its exact words.
    pub words: String,
}

/// What a state's law says of a demand for retraction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retraction {
    /// The state's name.
    pub state_name: String,
    /// The statute, or `none`.
    pub citation: String,
    /// Whom it covers; empty where it covers anyone.
    pub whom: String,
    /// What it says, in a sentence.
    pub rule: Sentence,
    /// Days it gives, where it counts any.
    pub days: Option<u32>,
    /// Whether a demand matters before a suit there.
    pub wanted: bool,
    /// Where that was read.
    pub source: String,
    /// Whether nobody has read the source.
    pub unverified: bool,
}

/// Something that weighs against the person's view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfavourable {
    /// The post.
    pub post: String,
    /// Its exhibit, where it is one.
    pub exhibits: Vec<u32>,
    /// The account.
    pub account: String,
    /// When it was written.
    pub written: Option<Moment>,
    /// The words concerned.
    pub words: String,
    /// Why it stands here, in a sentence.
    pub why: Sentence,
    /// What the person who decided wrote.
    pub note: String,
}

/// A line of the balance of counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceRow {
    /// What came in.
    pub what: Sentence,
    /// How many.
    pub count: u64,
    /// Where they went, and how many each; these add up to `count`.
    pub parts: Vec<(Sentence, u64)>,
}

/// A post of the collection as a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostRow {
    /// Its key.
    pub post: String,
    /// Its platform.
    pub platform: String,
    /// Its kind.
    pub kind: String,
    /// The account as shown.
    pub account: String,
    /// When it was written.
    pub written: Option<Moment>,
    /// Its address.
    pub address: String,
    /// Its words.
    pub text: String,
    /// The captures that show it.
    pub captures: Vec<Digest>,
    /// Its findings with the decisions on them, in words: `threat: confirmed`.
    pub findings: Vec<String>,
}

/// A capture of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureRow {
    /// Its digest.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// The file's name as given.
    pub file: String,
    /// When it was kept.
    pub kept: Moment,
}

/// How much was collected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// Captures kept.
    pub captures: u64,
    /// Posts read from them.
    pub posts: u64,
    /// Accounts that wrote those.
    pub accounts: u64,
    /// Findings proposed.
    pub proposed: u64,
    /// Findings that a person confirmed.
    pub confirmed: u64,
    /// Findings that a person rejected.
    pub rejected: u64,
    /// The earliest post of the collection.
    pub first: Option<Moment>,
    /// The latest.
    pub last: Option<Moment>,
}

/// A sentence with the exhibits that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The sentence.
    pub what: Sentence,
    /// Numbers of exhibits.
    pub exhibits: Vec<u32>,
}

/// Something asked for, of one sort of recipient or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The recipient's word, or `None` for all.
    pub recipient: Option<String>,
    /// What is asked.
    pub what: Sentence,
}

/// A confirmed item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exhibit {
    /// Its number in the case.
    pub number: u32,
    /// What was said.
    pub post: Post,
    /// Every sighting of it.
    pub sightings: Vec<Sighting>,
    /// What a person confirmed about it; never empty.
    pub findings: Vec<Confirmed>,
    /// Pictures that belong to it, already covered and re-encoded where the map asks for it.
    pub pictures: Vec<Picture>,
    /// The inclusion proof of its ledger line, as the text a C2SP tlog proof is written in.
    pub proof: Option<String>,
    /// The ledger line (canonical JSON) whose inclusion `proof` shows.
    pub ledger_line: Option<String>,
    /// The secret from which the salts of its fields come (see [`crate::disclose`]). Never written to a package.
    pub salt: Option<Digest>,
    /// Marked as privileged by a person, with the reason: withheld, and listed as withheld.
    pub privileged: Option<String>,
    /// What a person wrote down of a call, letter or visit, where the exhibit is one and the recipient may know it
    /// (see [`Recipient::gets_incidents`](crate::Recipient::gets_incidents)).
    #[serde(default)]
    pub incident: Option<Incident>,
}

impl Exhibit {
    /// Returns what its strongest capture is worth; `None` where it has none.
    pub fn strength(&self) -> Option<Strength> {
        self.sightings.iter().map(|sighting| sighting.observation.fidelity).max().map(Fidelity::strength)
    }

    /// Returns the name it goes by: `EX-0001`.
    pub fn name(&self) -> String {
        format!("EX-{:04}", self.number)
    }

    /// Returns the strength of its strongest confirmed finding by kind: smaller is graver. Threats come first.
    pub fn gravity(&self) -> usize {
        let place = |finding: &Confirmed| {
            2 * finding.kind.gravity() + usize::from(finding.level == Some(record::Level::Veiled))
        };
        self.findings.iter().map(place).min().unwrap_or(2 * Kind::ALL.len())
    }

    /// Returns the score of its strongest finding of the gravest kind, from 0 to 1.
    pub fn gravest_score(&self) -> f64 {
        let gravest = self.findings.iter().map(|finding| finding.kind.gravity()).min();
        let of_it = self.findings.iter().filter(|finding| Some(finding.kind.gravity()) == gravest);
        of_it.map(|finding| finding.score).fold(0.0, f64::max)
    }

    /// Returns the words of its gravest finding; of several, those that come first.
    pub fn gravest_words(&self) -> Option<&str> {
        let gravest = self.findings.iter().map(|finding| finding.kind.gravity()).min();
        let of_it = self.findings.iter().filter(|finding| Some(finding.kind.gravity()) == gravest);
        of_it
            .map(|finding| finding.quote.as_str())
            .min_by_key(|quote| self.post.text.find(quote).unwrap_or(usize::MAX))
    }

    /// Tells whether its words were only ever seen in a picture.
    pub fn is_read_from_picture(&self) -> bool {
        !self.post.text.is_empty()
            && !self.sightings.is_empty()
            && self.sightings.iter().all(|sighting| sighting.observation.fidelity == Fidelity::Screenshot)
    }
}

/// One sighting of a post, with what is known of the capture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sighting {
    /// What was seen.
    pub observation: Observation,
    /// The capture's digest.
    pub capture: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// The file's name as given.
    pub file: String,
    /// When redress kept it.
    pub kept: Moment,
    /// Whether the capture also holds posts of others, which are not this recipient's to have.
    pub holds_others: bool,
    /// Whether secrets (cookies, tokens) were stripped at the door, so that the kept bytes are a derivative.
    pub stripped: bool,
}

/// A confirmed finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    /// What it is about.
    pub kind: Kind,
    /// What a dox finding exposes.
    pub what: Option<record::Exposure>,
    /// How openly a threat is said.
    pub level: Option<record::Level>,
    /// How the writer stands to the words.
    pub stance: Option<record::Stance>,
    /// The matched claim's id.
    pub claim: Option<String>,
    /// The words it rests on.
    pub quote: String,
    /// Why, strongest first.
    pub reasons: Vec<Sentence>,
    /// The detector with its version, or `person` where a person marked it.
    pub detector: String,
    /// Strength from 0 to 1.
    pub score: f64,
    /// Who confirmed it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why, in their words.
    pub why: Option<String>,
    /// Whether the confirmation is that of the scripted demo.
    pub demo: bool,
    /// Where the words stand in the picture they were read in; empty where they are no words of a picture.
    #[serde(default)]
    pub boxes: Vec<PictureBox>,
}

/// Pixels of a picture as it was captured, counted from its left upper corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureBox {
    /// SHA-256 of the picture.
    pub picture: Digest,
    /// Pixels from the left.
    pub left: u32,
    /// Pixels from the top.
    pub top: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A picture of an exhibit, as it may leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Digest of the picture as captured.
    pub digest: Digest,
    /// Whether a person looked at it and placed the boxes that must be covered. Others do not leave.
    pub looked_at: bool,
    /// The picture as it may leave (PNG or JPEG, boxes covered solid, no metadata). A dossier is copied for each
    /// recipient; its pictures are not.
    #[serde(skip)]
    pub covered: Option<Arc<[u8]>>,
    /// What it shows, in words, for those who cannot see it.
    pub alt: Sentence,
    /// How many boxes were covered.
    pub boxes: u32,
}

/// An account in the packages' tables. Never a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// The account as captured.
    pub account: record::Account,
    /// Exhibits it wrote.
    pub exhibits: Vec<u32>,
    /// Its earliest post in this collection.
    pub first_seen: Option<Moment>,
    /// Its latest.
    pub last_seen: Option<Moment>,
    /// Posts of it in this collection.
    pub posts: u64,
    /// Views of its exhibits, as captured. `None` where no capture shows any.
    pub views: Option<u64>,
    /// When a correction came to it: it answered, quoted or passed it on, was answered, quoted or named by it, was shown a note
    /// of the platform, or was served.
    pub notice: Option<Moment>,
    /// The exhibits it wrote after that.
    pub after_notice: Vec<u32>,
}

/// What tracing shows, as rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Rows in the order they should be read.
    pub rows: Vec<TraceRow>,
    /// What tracing cannot show.
    pub cannot_show: Vec<Sentence>,
    /// Reposts, quotes and replies between exhibits, for the figure.
    pub ties: Vec<TraceTie>,
}

/// One row of what tracing shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceRow {
    /// The role as an evidence class.
    pub role: TraceRole,
    /// The account, as shown on a page.
    pub account: String,
    /// When.
    pub at: Option<Moment>,
    /// What is known, in a sentence.
    pub what: Sentence,
    /// The exhibits that show it.
    pub exhibits: Vec<u32>,
    /// How often this would be seen by chance, in a sentence.
    pub chance: Option<Sentence>,
}

/// Evidence classes of tracing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TraceRole {
    /// Earliest in this collection.
    FirstSeen,
    /// A post of it was passed on, answered or copied.
    Amplifier,
    /// Went on after a correction came to it.
    KeptOnAfterNotice,
    /// Acted together with others more often than chance.
    Together,
    /// Reach, as captured.
    Reach,
}

/// A tie between two exhibits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceTie {
    /// The exhibit that acts.
    pub from: u32,
    /// The exhibit acted on.
    pub to: u32,
    /// How.
    pub kind: record::TieKind,
}

/// A provision whose elements may be touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawRow {
    /// `18 U.S.C. § 875(c)`.
    pub citation: String,
    /// Its short name.
    pub name: Sentence,
    /// `criminal`, `civil`, `platform rule` …
    pub sort: Sentence,
    /// What it is about, in a sentence.
    pub about: Sentence,
    /// Its elements, each with the exhibits a person ticked for it.
    pub elements: Vec<Fact>,
    /// Where its words were read.
    pub source: String,
    /// The day its words were read (ISO date).
    pub verified_on: String,
    /// Whether nobody has read the source: written from memory.
    pub unverified: bool,
    /// Which platform's rule it is. `None` for a law.
    pub platform: Option<String>,
}

/// Where one can turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name.
    pub name: Sentence,
    /// Number or address.
    pub contact: Sentence,
    /// What it takes.
    pub takes: Sentence,
    /// Its status on the day it was checked.
    pub status: Sentence,
    /// That day (ISO date).
    pub checked: String,
}

/// A date that may run out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// For what.
    pub what: Sentence,
    /// The shortest plausible date (ISO date).
    pub date: String,
    /// From what it was counted.
    pub counted_from: Sentence,
    /// The provision.
    pub source: String,
    /// Whether that day is over.
    pub passed: bool,
}

/// A claim that exhibits match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRow {
    /// Its id.
    pub id: String,
    /// The claim in one sentence.
    pub claim: Sentence,
    /// What the sources found.
    pub verdict: Option<Verdict>,
    /// On which day (ISO date).
    pub as_of: Option<String>,
    /// Whether a matter was still open that day.
    pub open_matter: bool,
    /// What is known, in a sentence or two.
    pub known: Option<Sentence>,
    /// The sources.
    pub sources: Vec<String>,
    /// The exhibits that match it.
    pub exhibits: Vec<u32>,
}

/// Something that could not be read or weakens an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TroubleRow {
    /// Its code.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What happened.
    pub what: String,
    /// What to do.
    pub next: String,
    /// The exhibits concerned; empty where it concerns the collection.
    pub exhibits: Vec<u32>,
}

/// One thing done with the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyRow {
    /// When, by this computer's clock.
    pub at: Moment,
    /// What, in a sentence.
    pub what: Sentence,
    /// Who.
    pub by: String,
    /// The digest it is about.
    pub digest: Option<Digest>,
    /// Its place in the ledger, counted from 0.
    pub line: u64,
    /// The exhibit it numbered, where it did.
    pub exhibit: Option<u32>,
}

/// How a sort of finding is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodRow {
    /// The detector with its version: `threat/1`.
    pub detector: String,
    /// What it looks for and how, in words a court can follow.
    pub how: Sentence,
    /// Its measured error rates and on what they were measured; `None` where they were not measured.
    pub measured: Option<Sentence>,
}

/// The ledger's signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The signed note (C2SP tlog-checkpoint), text and signatures.
    pub note: String,
    /// The verifier key: `name+hash+base64`.
    pub vkey: String,
    /// Time-stamp tokens over the checkpoint.
    #[serde(skip)]
    pub stamps: Vec<Stamp>,
}

/// An RFC 3161 time-stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// What sort of proof of time it is.
    pub kind: StampKind,
    /// The token or response (DER), or the OpenTimestamps proof.
    pub token: Vec<u8>,
    /// Whether it is a token without the response around it, which `openssl ts` must be told.
    pub bare: bool,
    /// The exact bytes it was made over.
    pub stamped: Vec<u8>,
    /// The root its chain ends in (PEM), for `openssl ts -verify -CAfile`; empty where it has none.
    pub roots: String,
    /// The certificates below that root (PEM), for `-untrusted`.
    pub others: String,
    /// The time in it, where it shows one by itself.
    pub at: Option<Moment>,
}
