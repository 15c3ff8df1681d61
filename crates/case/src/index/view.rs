//! What the other rooms may ask of a case.

use record::{Account, Capture, Choice, Decision, Finding, FindingId, Kind, Observation, Post, PostKey};
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use values::{Digest, Moment, Platform, Precision, SaidBy, Trouble};

use super::{Index, write};
use crate::{CaseError, Objects, merge};

pub use super::around::Hanging;
pub use super::pages::{AccountLine, Common, Decided, FindingsAsked, PostLine, PostsAsked, Stretch, Tally};
pub use super::standing::{PostFacts, Weighed};
pub use super::write::Proposal;

/// A window on the index.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub(super) index: &'a Index,
    objects: &'a Objects,
}

/// A kept capture and what reading it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaptureRow {
    /// Its digest.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// The file's name as given.
    pub name: String,
    /// When it was kept.
    pub kept: Moment,
    /// The digest of the bytes as received, where secrets were stripped.
    pub stripped_from: Option<Digest>,
    /// The reader and its version; `None` where it was kept and not read.
    pub reader: Option<String>,
    /// How many posts it showed.
    pub posts: u64,
    /// How many troubles were met.
    pub troubles: u64,
}

/// One sighting of a post, with the capture it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The capture.
    pub capture: CaptureRow,
    /// What it shows of the post.
    pub post: Post,
    /// What was counted, when and where.
    pub observation: Observation,
}

/// A post with every sighting of it, oldest kept capture first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The post, merged from all sightings.
    pub post: Post,
    /// The sightings.
    pub sightings: Vec<Sighting>,
}

/// A finding with the decision that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingRow {
    /// What identifies it.
    pub id: FindingId,
    /// The post it is about.
    pub post: PostKey,
    /// The proposal.
    pub finding: Finding,
    /// The latest decision, where there is one.
    pub decision: Option<Decision>,
    /// Whether that decision is the scripted demo's.
    pub demo: bool,
}

impl FindingRow {
    /// Tells whether a person confirmed it.
    pub fn confirmed(&self) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.choice == Choice::Confirm)
    }
}

/// A numbered exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitRow {
    /// Its number.
    pub number: u32,
    /// The post.
    pub post: PostKey,
    /// The place in the ledger of the event that gave the number.
    pub event: u64,
    /// The list of its sealed fields.
    pub sealed: Digest,
    /// The object that opens them.
    pub opened_by: Digest,
}

/// A trouble and the capture it was met in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TroubleRow {
    /// The capture's digest.
    pub capture: Digest,
    /// The capture's name.
    pub name: String,
    /// The trouble.
    pub trouble: Trouble,
}

/// How much an account wrote, and from when to when (milliseconds).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The account as last seen.
    pub account: Account,
    /// Posts of it.
    pub posts: u64,
    /// When the earliest was written. `None` where none states a time.
    pub first: Option<i64>,
    /// When the latest was written.
    pub last: Option<i64>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Kept captures.
    pub captures: u64,
    /// Posts, each counted once however often it was seen.
    pub posts: u64,
    /// Sightings of posts.
    pub sightings: u64,
    /// Accounts.
    pub accounts: u64,
    /// Troubles met while reading.
    pub troubles: u64,
    /// Findings that count.
    pub findings: u64,
    /// Findings that a person confirmed.
    pub confirmed: u64,
    /// Findings that a person rejected.
    pub rejected: u64,
    /// Exhibits.
    pub exhibits: u64,
}

const CAPTURE_COLUMNS: &str =
    "captures.digest, captures.size, captures.name, captures.kept, captures.stripped_from, captures.reader,
     captures.posts, captures.troubles";

/// The latest decision of each finding.
const LATEST: &str = "SELECT finding, choice, demo, decision, max(event) FROM decisions GROUP BY finding";

impl<'a> View<'a> {
    pub(crate) fn new(index: &'a Index, objects: &'a Objects) -> Self {
        Self { index, objects }
    }

    pub(super) fn index(&self) -> &'a Index {
        self.index
    }

    /// Returns how many events the index reflects: it says the same as long as this number stays.
    pub fn reflects(&self) -> Result<u64, CaseError> {
        Ok(self.index.reflects()?.0)
    }

    /// Returns the objects that the index is about.
    pub fn objects(&self) -> &'a Objects {
        self.objects
    }

    /// Returns the place in the ledger of the latest trace; `None` where nothing was traced.
    pub fn latest_trace(&self) -> Result<Option<u64>, CaseError> {
        let event: Option<i64> =
            self.index.db.query_row("SELECT max(event) FROM traces", [], |row| row.get(0))?;
        Ok(event.and_then(|event| u64::try_from(event).ok()))
    }

    /// Returns how much there is.
    pub fn counts(&self) -> Result<Counts, CaseError> {
        let one = |query: &str| -> Result<u64, CaseError> {
            let count: i64 = self.index.db.query_row(query, [], |row| row.get(0))?;
            Ok(u64::try_from(count).unwrap_or(0))
        };
        let choice = |word: &str| one(&format!("SELECT count(*) FROM ({LATEST}) WHERE choice = '{word}'"));
        Ok(Counts {
            captures: one("SELECT count(*) FROM captures")?,
            posts: one("SELECT count(*) FROM posts")?,
            sightings: one("SELECT count(*) FROM sightings")?,
            accounts: one("SELECT count(*) FROM accounts")?,
            troubles: one("SELECT count(*) FROM troubles")?,
            findings: one("SELECT count(*) FROM findings WHERE counts = 1")?,
            confirmed: choice("confirm")?,
            rejected: choice("reject")?,
            exhibits: one("SELECT count(*) FROM exhibits")?,
        })
    }

    /// Returns all captures, oldest first.
    pub fn captures(&self) -> Result<Vec<CaptureRow>, CaseError> {
        let mut statement = self
            .index
            .db
            .prepare(&format!("SELECT {CAPTURE_COLUMNS} FROM captures ORDER BY kept, digest"))?;
        let rows = statement.query_map([], |row| capture_row(row, 0))?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Returns the kept capture called `digest`.
    pub fn capture(&self, digest: &Digest) -> Result<Option<CaptureRow>, CaseError> {
        let query = format!("SELECT {CAPTURE_COLUMNS} FROM captures WHERE digest = ?1");
        let row =
            self.index.db.query_row(&query, [digest.to_string()], |row| capture_row(row, 0)).optional()?;
        Ok(row)
    }

    /// Tells whether any kept capture has exactly `size` bytes.
    pub fn has_capture_of_size(&self, size: u64) -> Result<bool, CaseError> {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        let query = "SELECT EXISTS (SELECT 1 FROM captures WHERE size = ?1)";
        Ok(self.index.db.query_row(query, [size], |row| row.get(0))?)
    }

    /// Tells whether the bytes called `digest` were kept and read by `reader` already.
    pub fn is_read_by(&self, digest: &Digest, reader: &str) -> Result<bool, CaseError> {
        Ok(self.capture(digest)?.is_some_and(|row| row.reader.as_deref() == Some(reader)))
    }

    /// Returns a post with every sighting of it.
    pub fn seen(&self, key: &PostKey) -> Result<Option<Seen>, CaseError> {
        let mut statement = self.index.db.prepare_cached(&format!(
            "SELECT {CAPTURE_COLUMNS}, item FROM sightings JOIN posts ON posts.id = post
             JOIN captures ON captures.id = capture WHERE posts.key = ?1 ORDER BY kept, digest, item"
        ))?;
        let rows: Vec<(CaptureRow, Vec<u8>)> = statement
            .query_map([key.as_str()], |row| Ok((capture_row(row, 0)?, row.get(8)?)))?
            .collect::<Result<_, _>>()?;
        let mut sightings = Vec::with_capacity(rows.len());
        for (capture, line) in rows {
            let (post, observation) = write::parse_post_line(&line)?;
            sightings.push(Sighting { capture, post, observation });
        }
        let shown = sightings.iter().map(|s| (s.observation.fidelity, s.post.clone())).collect();
        Ok(merge::merge(shown).map(|post| Seen { post, sightings }))
    }

    /// Hands every post with its sightings to `each`, in the order of keys.
    pub fn each_seen(&self, mut each: impl FnMut(Seen)) -> Result<(), CaseError> {
        // CROSS JOIN keeps the posts outermost, in the order of their keys: only the sightings of one post are sorted at
        // a time. Sorted as a whole, a large case would be held in memory.
        let mut statement = self.index.db.prepare(&format!(
            "SELECT {CAPTURE_COLUMNS}, item, posts.id FROM posts CROSS JOIN sightings ON sightings.post = posts.id
             CROSS JOIN captures ON captures.id = sightings.capture ORDER BY posts.key, kept, digest, item"
        ))?;
        let mut rows = statement.query([])?;
        let mut current: Option<i64> = None;
        let mut sightings: Vec<Sighting> = Vec::new();
        let mut flush = |sightings: &mut Vec<Sighting>| {
            let shown = sightings.iter().map(|s| (s.observation.fidelity, s.post.clone())).collect();
            if let Some(post) = merge::merge(shown) {
                each(Seen { post, sightings: std::mem::take(sightings) });
            }
        };
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(9)?;
            if current != Some(id) {
                flush(&mut sightings);
                current = Some(id);
            }
            let capture = capture_row(row, 0)?;
            let (post, observation) = write::parse_post_line(row.get_ref(8)?.as_blob().unwrap_or_default())?;
            sightings.push(Sighting { capture, post, observation });
        }
        flush(&mut sightings);
        Ok(())
    }

    /// Returns at most `most` posts behind `after`, in the order of their keys, that the detectors named by `fingerprint` have
    /// not looked at, with their texts. Posts without words are left out.
    pub fn unscanned(
        &self,
        fingerprint: &str,
        after: Option<&PostKey>,
        most: usize,
    ) -> Result<Vec<(PostKey, String)>, CaseError> {
        let mut statement = self.index.db.prepare_cached(
            "SELECT key, text FROM posts WHERE scanned IS NOT ?1 AND text <> '' AND key > ?2 ORDER BY key LIMIT ?3",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut rows =
            statement.query(rusqlite::params![fingerprint, after.map_or("", PostKey::as_str), most])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((PostKey::from_stored(row.get::<_, String>(0)?), row.get(1)?));
        }
        Ok(found)
    }

    /// Returns the text of a post.
    pub fn text(&self, key: &PostKey) -> Result<Option<String>, CaseError> {
        let mut statement = self.index.db.prepare_cached("SELECT text FROM posts WHERE key = ?1")?;
        Ok(statement.query_row([key.as_str()], |row| row.get(0)).optional()?)
    }

    /// Returns findings with the decisions that hold, strongest first within each kind; `kind` keeps one kind only.
    pub fn findings(&self, kind: Option<Kind>) -> Result<Vec<FindingRow>, CaseError> {
        self.findings_where("?1 IS NULL OR findings.kind = ?1", kind.map(Kind::word))
    }

    /// Returns the findings that count, as [`View::findings`] does.
    pub fn counting(&self, kind: Option<Kind>) -> Result<Vec<FindingRow>, CaseError> {
        self.findings_where(
            "findings.counts = 1 AND (?1 IS NULL OR findings.kind = ?1)",
            kind.map(Kind::word),
        )
    }

    /// Hands every finding with the decision that holds to `each`, in no order: memory stays bounded.
    pub fn each_finding(&self, each: impl FnMut(FindingRow)) -> Result<(), CaseError> {
        self.each_finding_where("?1 IS NULL", None, "", each)
    }

    /// Returns the findings that `wanted` takes, ordered as [`View::findings`] orders them. The others are not held in
    /// memory: a large case has millions that do not count.
    pub fn findings_that(&self, wanted: impl Fn(&FindingRow) -> bool) -> Result<Vec<FindingRow>, CaseError> {
        let mut found = Vec::new();
        self.each_finding(|row| {
            if wanted(&row) {
                found.push(row);
            }
        })?;
        found.sort_by(|a, b| {
            let (x, y) = (&a.finding, &b.finding);
            (y.counts, x.kind.word())
                .cmp(&(x.counts, y.kind.word()))
                .then(y.score.get().total_cmp(&x.score.get()))
                .then(a.id.cmp(&b.id))
        });
        Ok(found)
    }

    /// Returns how many findings count or were decided about.
    pub fn proposed(&self) -> Result<u64, CaseError> {
        let query = "SELECT count(*) FROM findings WHERE counts = 1 OR id IN (SELECT finding FROM decisions)";
        let count: i64 = self.index.db.query_row(query, [], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Returns how many findings there are by kind: those that count, and those that were seen and do not.
    pub fn findings_by_kind(&self) -> Result<Vec<(Kind, u64, u64)>, CaseError> {
        let mut statement = self.index.db.prepare(
            "SELECT kind, sum(counts = 1), sum(counts = 0) FROM findings GROUP BY kind ORDER BY kind",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let number = |column: usize| row.get::<_, i64>(column).map(|n| u64::try_from(n).unwrap_or(0));
            let kind = row.get::<_, String>(0)?.parse().map_err(|_| damaged("a finding's kind"))?;
            found.push((kind, number(1)?, number(2)?));
        }
        Ok(found)
    }

    /// Returns the findings on one post.
    pub fn findings_on(&self, post: &PostKey) -> Result<Vec<FindingRow>, CaseError> {
        self.findings_where("posts.key = ?1", Some(post.as_str()))
    }

    /// Returns the findings whose id begins with `prefix` (hex digits).
    pub fn findings_by_id(&self, prefix: &str) -> Result<Vec<FindingRow>, CaseError> {
        // Hex digits sort before “g”: a range of the primary key, not a look at every finding.
        self.findings_where("findings.id >= ?1 AND findings.id < ?1 || 'g'", Some(prefix))
    }

    fn findings_where(&self, condition: &str, value: Option<&str>) -> Result<Vec<FindingRow>, CaseError> {
        let order = "ORDER BY findings.counts DESC, findings.kind, findings.score DESC, findings.id";
        let mut found = Vec::new();
        self.each_finding_where(condition, value, order, |row| found.push(row))?;
        Ok(found)
    }

    fn each_finding_where(
        &self,
        condition: &str,
        value: Option<&str>,
        order: &str,
        mut each: impl FnMut(FindingRow),
    ) -> Result<(), CaseError> {
        let mut statement = self.index.db.prepare_cached(&format!(
            "SELECT findings.id, posts.key, findings.finding,
                    (SELECT decision FROM decisions WHERE decisions.finding = findings.id
                     ORDER BY event DESC, rowid DESC LIMIT 1),
                    (SELECT demo FROM decisions WHERE decisions.finding = findings.id
                     ORDER BY event DESC, rowid DESC LIMIT 1)
             FROM findings JOIN posts ON posts.id = findings.post WHERE {condition} {order}"
        ))?;
        let mut rows = statement.query(params![value])?;
        while let Some(row) = rows.next()? {
            each(finding_row(row)?);
        }
        Ok(())
    }

    /// Returns every decision ever made about a finding, oldest first.
    pub fn history(&self, finding: &FindingId) -> Result<Vec<Decision>, CaseError> {
        let mut statement = self
            .index
            .db
            .prepare("SELECT decision FROM decisions WHERE finding = ?1 ORDER BY event, rowid")?;
        let rows: Vec<String> =
            statement.query_map([finding.to_string()], |row| row.get(0))?.collect::<Result<_, _>>()?;
        rows.iter().map(|text| parse(text)).collect()
    }

    /// Returns all exhibits by number.
    pub fn exhibits(&self) -> Result<Vec<ExhibitRow>, CaseError> {
        let mut statement = self
            .index
            .db
            .prepare("SELECT number, post, event, object, opened_by FROM exhibits ORDER BY number")?;
        let mut rows = statement.query([])?;
        let mut exhibits = Vec::new();
        while let Some(row) = rows.next()? {
            let digest = |column: usize| -> Result<Digest, CaseError> {
                row.get::<_, String>(column)?.parse().map_err(|_| damaged("an exhibit's object"))
            };
            exhibits.push(ExhibitRow {
                number: row.get(0)?,
                post: PostKey::from_stored(row.get::<_, String>(1)?),
                event: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
                sealed: digest(3)?,
                opened_by: digest(4)?,
            });
        }
        Ok(exhibits)
    }

    /// Returns the number of a post, where it is an exhibit.
    pub fn exhibit_of(&self, post: &PostKey) -> Result<Option<u32>, CaseError> {
        let mut statement = self.index.db.prepare_cached("SELECT number FROM exhibits WHERE post = ?1")?;
        Ok(statement.query_row([post.as_str()], |row| row.get(0)).optional()?)
    }

    /// Returns the posts that have a confirmed finding and no number, earliest written first.
    pub(crate) fn confirmed_without_number(&self) -> Result<Vec<PostKey>, CaseError> {
        let mut statement = self.index.db.prepare(&format!(
            "SELECT DISTINCT posts.key FROM findings JOIN posts ON posts.id = findings.post
             JOIN ({LATEST}) AS latest ON latest.finding = findings.id
             WHERE latest.choice = 'confirm' AND posts.key NOT IN (SELECT post FROM exhibits)
             ORDER BY posts.written IS NULL, posts.written, posts.key"
        ))?;
        let keys: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(keys.into_iter().map(PostKey::from_stored).collect())
    }

    /// Returns the names of captures with a trouble whose code ends so, sorted, each once.
    pub fn captures_with_trouble(&self, ending: &str) -> Result<Vec<String>, CaseError> {
        let mut statement = self.index.db.prepare(
            "SELECT DISTINCT name FROM troubles JOIN captures ON captures.id = capture
             WHERE substr(code, -length(?1)) = ?1 ORDER BY name",
        )?;
        let names = statement.query_map([ending], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Returns the captures with a trouble whose code is in `codes`, in the order they were kept, each with the codes it has.
    pub fn captures_with_codes(&self, codes: &[&str]) -> Result<Vec<(CaptureRow, Vec<String>)>, CaseError> {
        let asked = serde_json::to_string(codes).unwrap_or_default();
        let mut statement = self.index.db.prepare(&format!(
            "SELECT {CAPTURE_COLUMNS}, code FROM captures JOIN
                 (SELECT DISTINCT capture, code FROM troubles WHERE code IN (SELECT value FROM json_each(?1))) AS met
                 ON met.capture = captures.id ORDER BY kept, digest, code"
        ))?;
        let mut rows = statement.query([asked])?;
        let mut found: Vec<(CaptureRow, Vec<String>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (capture, code) = (capture_row(row, 0)?, row.get(8)?);
            match found.last_mut().filter(|(last, _)| last.digest == capture.digest) {
                Some((_, codes)) => codes.push(code),
                None => found.push((capture, vec![code])),
            }
        }
        Ok(found)
    }

    /// Returns the troubles of one capture, worst first, at most `most`.
    pub fn troubles_of(&self, capture: &Digest, most: u32) -> Result<Vec<Trouble>, CaseError> {
        let mut statement = self.index.db.prepare(
            "SELECT code, severity, place, what, next FROM troubles
             JOIN captures ON captures.id = capture WHERE digest = ?1
             ORDER BY instr('rejectinvalidwarnnote', trim(severity, '\"')), troubles.rowid LIMIT ?2",
        )?;
        let mut rows = statement.query(params![capture.to_string(), most])?;
        let mut troubles = Vec::new();
        while let Some(row) = rows.next()? {
            let place: Option<String> = row.get(2)?;
            troubles.push(Trouble {
                code: row.get::<_, String>(0)?.into(),
                severity: parse(&row.get::<_, String>(1)?)?,
                place: place.and_then(|place| place.parse().ok()),
                what: row.get(3)?,
                next: row.get(4)?,
            });
        }
        Ok(troubles)
    }

    /// Returns all troubles, worst first.
    pub fn troubles(&self) -> Result<Vec<TroubleRow>, CaseError> {
        let mut statement = self.index.db.prepare(
            "SELECT digest, name, code, severity, place, what, next FROM troubles
             JOIN captures ON captures.id = capture",
        )?;
        let mut rows = statement.query([])?;
        let mut troubles = Vec::new();
        while let Some(row) = rows.next()? {
            let place: Option<String> = row.get(4)?;
            troubles.push(TroubleRow {
                capture: row.get::<_, String>(0)?.parse().map_err(|_| damaged("a capture's digest"))?,
                name: row.get(1)?,
                trouble: Trouble {
                    code: row.get::<_, String>(2)?.into(),
                    severity: parse(&row.get::<_, String>(3)?)?,
                    place: place.and_then(|place| place.parse().ok()),
                    what: row.get(5)?,
                    next: row.get(6)?,
                },
            });
        }
        troubles.sort_by(|a, b| {
            (b.trouble.severity, &a.name, &a.trouble).cmp(&(a.trouble.severity, &b.name, &b.trouble))
        });
        Ok(troubles)
    }

    /// Returns the latest traced map.
    pub fn latest_map<T: DeserializeOwned>(&self) -> Result<Option<T>, CaseError> {
        let digest: Option<String> = self
            .index
            .db
            .query_row("SELECT map FROM traces ORDER BY event DESC LIMIT 1", [], |row| row.get(0))
            .optional()?;
        let Some(digest) = digest else { return Ok(None) };
        let digest = digest.parse().map_err(|_| damaged("a trace"))?;
        self.objects.get_json(&digest, "a traced map").map(Some)
    }

    /// Returns how much each account wrote and from when to when, without reading any post; in the order of accounts' keys.
    pub fn activity(&self) -> Result<Vec<Activity>, CaseError> {
        let mut statement = self.index.db.prepare(
            "SELECT accounts.account, count(*), min(written), max(written) FROM posts
             JOIN accounts ON accounts.id = posts.account GROUP BY accounts.id ORDER BY accounts.key",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Activity {
                account: parse(&row.get::<_, String>(0)?)?,
                posts: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
                first: row.get(2)?,
                last: row.get(3)?,
            });
        }
        Ok(found)
    }

    /// Returns the times of the earliest and the latest post, in milliseconds; `None` where no post states one.
    pub fn span(&self) -> Result<Option<(i64, i64)>, CaseError> {
        let row: (Option<i64>, Option<i64>) =
            self.index.db.query_row("SELECT min(written), max(written) FROM posts", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok(row.0.zip(row.1))
    }

    /// Returns key, words and time of the posts whose account has this handle (in lower case), at most `most`, by key.
    /// What was only read in pictures is left out.
    pub fn posts_of_handle(
        &self,
        platform: Platform,
        handle: &str,
        most: usize,
    ) -> Result<Vec<(PostKey, String, Option<Moment>)>, CaseError> {
        let mut statement = self.index.db.prepare_cached(
            "SELECT posts.key FROM posts JOIN accounts ON accounts.id = posts.account
             WHERE accounts.platform = ?1 AND accounts.handle = ?2 AND posts.key NOT LIKE 'unknown:%'
             ORDER BY posts.key LIMIT ?3",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let keys = statement
            .query_map(params![platform.word(), handle, most], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        let mut posts = Vec::new();
        for key in keys {
            let key = PostKey::from_stored(key);
            if let Some(seen) = self.seen(&key)? {
                posts.push((key, seen.post.text, seen.post.written));
            }
        }
        Ok(posts)
    }

    /// Returns the account handles seen together with ids, so that an account known by handle in one capture and by id
    /// in another is one account: platform word and handle in lower case, id.
    pub fn known_handles(&self) -> Result<Vec<(String, String, String)>, CaseError> {
        let mut statement = self.index.db.prepare(
            "SELECT platform, handle, native FROM accounts WHERE handle IS NOT NULL AND native IS NOT NULL
             ORDER BY platform, handle, native",
        )?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl From<&CaptureRow> for Capture {
    fn from(row: &CaptureRow) -> Self {
        Self {
            digest: row.digest,
            size: row.size,
            name: row.name.clone(),
            kept: row.kept,
            modified: None,
            stripped_from: row.stripped_from,
        }
    }
}

/// Takes a row of a finding's id, its post's key, the finding, its decision and whether that is the demo's.
pub(super) fn finding_row(row: &Row<'_>) -> Result<FindingRow, CaseError> {
    let id: String = row.get(0)?;
    let decision: Option<String> = row.get(3)?;
    Ok(FindingRow {
        id: FindingId::from_stored(id.parse().map_err(|_| damaged("a finding's id"))?),
        post: PostKey::from_stored(row.get::<_, String>(1)?),
        finding: parse(&row.get::<_, String>(2)?)?,
        decision: decision.as_deref().map(parse).transpose()?,
        demo: row.get::<_, Option<bool>>(4)?.unwrap_or(false),
    })
}

fn capture_row(row: &Row<'_>, first: usize) -> rusqlite::Result<CaptureRow> {
    let digest = |column: usize, text: String| {
        text.parse::<Digest>().map_err(|error| {
            let kind = rusqlite::types::Type::Text;
            rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
        })
    };
    let number = |value: Option<i64>| value.and_then(|value| u64::try_from(value).ok()).unwrap_or(0);
    let stripped: Option<String> = row.get(first + 4)?;
    Ok(CaptureRow {
        digest: digest(first, row.get(first)?)?,
        size: number(row.get(first + 1)?),
        name: row.get(first + 2)?,
        kept: Moment::from_millis(row.get(first + 3)?, Precision::Millisecond, SaidBy::Redress),
        stripped_from: stripped.map(|text| digest(first + 4, text)).transpose()?,
        reader: row.get(first + 5)?,
        posts: number(row.get(first + 6)?),
        troubles: number(row.get(first + 7)?),
    })
}

pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, CaseError> {
    serde_json::from_str(text).map_err(|error| CaseError::ObjectForm {
        digest: Digest::of(text.as_bytes()),
        expected: "a row of the index",
        what: error.to_string(),
    })
}

pub(super) fn damaged(what: &str) -> CaseError {
    CaseError::NoSuch(format!(
        "The index of this case holds {what} that does not read. Run `redress rebuild`."
    ))
}
