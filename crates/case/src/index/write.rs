//! Bringing the index up to the ledger: one function per kind of event.
//!
//! Importing and rebuilding go through the same functions, which is why a rebuilt index equals the one it replaces.

use std::collections::HashMap;

use record::{
    Account, AccountKey, Capture, Choice, Decision, Fidelity, Finding, Incident, IncidentKind, Item, Media,
    MediaKind, Observation, Post, PostKey, PostKind, State, Tie,
};
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use values::{Digest, Place, Platform, Trouble};

use super::Index;
use crate::{CaseError, merge};

/// Accounts met lately: key to row and the JSON already stored, so that a busy account is not written a thousand times.
#[derive(Debug, Default)]
pub(super) struct AccountCache(HashMap<AccountKey, (i64, u64)>);

/// More than this and the cache starts afresh: memory stays bounded in a case of many accounts.
const CACHED_ACCOUNTS: usize = 200_000;

impl AccountCache {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Posts whose only sightings were in a reading that is being replaced. Their rows stay until the new reading is in: it may
/// see them again, and findings, decisions and exhibits hang on the row.
#[derive(Debug, Default)]
pub(super) struct Unsettled {
    posts: Vec<i64>,
    /// Sightings of those about which a person decided: post, fidelity, seen, item.
    sightings: Vec<(i64, String, Option<i64>, Vec<u8>)>,
}

/// One proposed finding as the findings object holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The post it is about.
    pub post: PostKey,
    /// What is proposed.
    pub finding: Finding,
}

impl Index {
    /// Adds a kept capture. Returns its row.
    pub(crate) fn kept(&self, capture: &Capture) -> Result<i64, CaseError> {
        let digest = capture.digest.to_string();
        let mut statement = self.db.prepare_cached(
            "INSERT INTO captures (digest, size, name, kept, stripped_from) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (digest) DO NOTHING",
        )?;
        statement.execute(params![
            digest,
            i64::try_from(capture.size).unwrap_or(i64::MAX),
            capture.name,
            capture.kept.millis(),
            capture.stripped_from.map(|digest| digest.to_string()),
        ])?;
        Ok(self.db.query_row("SELECT id FROM captures WHERE digest = ?1", [digest], |row| row.get(0))?)
    }

    /// Adds a capture whose bytes are still coming and which has no digest yet. Returns its row.
    pub(crate) fn kept_unnamed(&self, capture: &Capture) -> Result<i64, CaseError> {
        self.db.execute(
            "INSERT INTO captures (digest, size, name, kept) VALUES ('', 0, ?1, ?2)",
            params![capture.name, capture.kept.millis()],
        )?;
        Ok(self.db.last_insert_rowid())
    }

    /// Gives the capture in row `row` its digest and size.
    pub(crate) fn named(&self, row: i64, capture: &Capture) -> Result<(), CaseError> {
        self.db.execute(
            "UPDATE captures SET digest = ?2, size = ?3 WHERE id = ?1",
            params![row, capture.digest.to_string(), i64::try_from(capture.size).unwrap_or(i64::MAX)],
        )?;
        Ok(())
    }

    /// Returns the row of a kept capture.
    pub(crate) fn capture_row(&self, digest: &Digest) -> Result<Option<i64>, CaseError> {
        let mut statement = self.db.prepare_cached("SELECT id FROM captures WHERE digest = ?1")?;
        Ok(statement.query_row([digest.to_string()], |row| row.get(0)).optional()?)
    }

    /// Takes one item read from the capture in row `capture`; `line` is the item's JSON.
    pub(crate) fn item(
        &mut self,
        capture: i64,
        digest: &Digest,
        item: &Item,
        line: &[u8],
    ) -> Result<(), CaseError> {
        match item {
            Item::Post { post, observation } => self.sighting(capture, post, observation, line),
            Item::Incident { incident, place } => {
                let (post, observation) = incident_as_post(
                    incident,
                    PostKey::of_place(platform_of(incident.kind), digest, place),
                    place,
                );
                self.sighting(capture, &post, &observation, &post_line(&post, &observation)?)
            }
            Item::Trouble(trouble) => self.trouble(capture, trouble),
            Item::Leftover { place, what } => {
                let mut statement = self
                    .db
                    .prepare_cached("INSERT INTO leftovers (capture, place, what) VALUES (?1, ?2, ?3)")?;
                statement.execute(params![capture, place.to_string(), what])?;
                Ok(())
            }
        }
    }

    /// Notes what reading a capture came to.
    pub(crate) fn read(
        &mut self,
        capture: i64,
        reader: &str,
        reading: &Digest,
        posts: u64,
        troubles: u64,
    ) -> Result<(), CaseError> {
        self.db.execute(
            "UPDATE captures SET reader = ?2, reading = ?3, posts = ?4, troubles = ?5 WHERE id = ?1",
            params![
                capture,
                reader,
                reading.to_string(),
                i64::try_from(posts).unwrap_or(i64::MAX),
                i64::try_from(troubles).unwrap_or(i64::MAX)
            ],
        )?;
        self.settle(capture)
    }

    /// Posts that the new reading of the capture does not show go, with what was only proposed about them; where a person
    /// decided about one, what the earlier reading said of it stays.
    fn settle(&mut self, capture: i64) -> Result<(), CaseError> {
        let unsettled = std::mem::take(&mut self.unsettled);
        for post in unsettled.posts {
            let seen: bool = self.db.query_row(
                "SELECT EXISTS (SELECT 1 FROM sightings WHERE post = ?1)",
                [post],
                |row| row.get(0),
            )?;
            if seen {
                continue;
            }
            for (_, fidelity, at, item) in unsettled.sightings.iter().filter(|row| row.0 == post) {
                self.db.execute(
                    "INSERT INTO sightings (post, capture, fidelity, seen, item) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![post, capture, fidelity, at, item],
                )?;
            }
            self.merge_again(post)?;
        }
        Ok(())
    }

    /// Forgets what an earlier reading of this capture said, before a newer one takes its place.
    pub(crate) fn forget_reading(&mut self, capture: i64) -> Result<(), CaseError> {
        let mut statement = self.db.prepare(
            "SELECT post, fidelity, seen, item FROM sightings WHERE capture = ?1 AND post IN
                 (SELECT post FROM findings WHERE id IN (SELECT finding FROM decisions))",
        )?;
        let decided = statement
            .query_map([capture], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<Result<_, _>>()?;
        drop(statement);
        self.unsettled = Unsettled { posts: Vec::new(), sightings: decided };
        let mut statement = self.db.prepare("SELECT DISTINCT post FROM sightings WHERE capture = ?1")?;
        let touched: Vec<i64> =
            statement.query_map([capture], |row| row.get(0))?.collect::<Result<_, _>>()?;
        drop(statement);
        for table in ["sightings", "troubles", "leftovers"] {
            self.db.execute(&format!("DELETE FROM {table} WHERE capture = ?1"), [capture])?;
        }
        for post in touched {
            if self.sightings_of(post)?.is_empty() {
                self.unsettled.posts.push(post);
            } else {
                self.merge_again(post)?;
            }
        }
        self.see_picture_again(capture)
    }

    /// Adds an incident that a person wrote down, kept as the object `digest`.
    pub(crate) fn logged(&mut self, digest: &Digest, incident: &Incident, at: i64) -> Result<(), CaseError> {
        let size = serde_json::to_vec(incident).map_or(0, |bytes| bytes.len() as i64);
        let mut statement = self.db.prepare_cached(
            "INSERT INTO captures (digest, size, name, kept, reader, reading, posts, troubles)
             VALUES (?1, ?2, ?3, ?4, 'incident/1', ?1, 1, 0) ON CONFLICT (digest) DO NOTHING",
        )?;
        statement.execute(params![
            digest.to_string(),
            size,
            format!("{} (written down)", incident.kind.word()),
            at
        ])?;
        drop(statement);
        let capture =
            self.db.query_row("SELECT id FROM captures WHERE digest = ?1", [digest.to_string()], |row| {
                row.get(0)
            })?;
        let place = Place::whole();
        let key = PostKey::of_place(platform_of(incident.kind), digest, &place);
        let (post, observation) = incident_as_post(incident, key, &place);
        self.sighting(capture, &post, &observation, &post_line(&post, &observation)?)
    }

    /// Marks the posts behind `after`, up to `through`, that were not yet looked at with these detectors as looked at, and
    /// drops undecided findings on them.
    pub(crate) fn begin_proposals(
        &self,
        fingerprint: &str,
        after: Option<&PostKey>,
        through: Option<&PostKey>,
    ) -> Result<(), CaseError> {
        let after = after.map_or("", PostKey::as_str);
        // Behind every key.
        let through = through.map_or("\u{10FFFF}", PostKey::as_str);
        self.db.execute(
            "DELETE FROM findings WHERE post IN
                 (SELECT id FROM posts WHERE scanned IS NOT ?1 AND key > ?2 AND key <= ?3)
             AND id NOT IN (SELECT finding FROM decisions)",
            [fingerprint, after, through],
        )?;
        self.db.execute(
            "UPDATE posts SET scanned = ?1 WHERE scanned IS NOT ?1 AND key > ?2 AND key <= ?3",
            [fingerprint, after, through],
        )?;
        Ok(())
    }

    /// Adds one proposed finding.
    pub(crate) fn proposed(&self, proposal: &Proposal) -> Result<(), CaseError> {
        let finding = &proposal.finding;
        let mut statement = self.db.prepare_cached(
            "INSERT INTO findings (id, post, kind, counts, score, finding)
             SELECT ?1, id, ?3, ?4, ?5, ?6 FROM posts WHERE key = ?2
             ON CONFLICT (id) DO UPDATE SET counts = ?4, score = ?5, finding = ?6",
        )?;
        statement.execute(params![
            finding.id(&proposal.post).to_string(),
            proposal.post.as_str(),
            finding.kind.word(),
            finding.counts,
            f64::from(finding.score.get()),
            json(finding)?,
        ])?;
        Ok(())
    }

    /// Adds a person's decision, made in event `event`.
    pub(crate) fn decided(&self, event: u64, decision: &Decision, demo: bool) -> Result<(), CaseError> {
        let mut statement = self.db.prepare_cached(
            "INSERT INTO decisions (event, finding, choice, demo, decision) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        statement.execute(params![
            i64::try_from(event).unwrap_or(i64::MAX),
            decision.finding.to_string(),
            Choice::word(decision.choice),
            demo,
            json(decision)?,
        ])?;
        Ok(())
    }

    /// Adds an exhibit's number.
    pub(crate) fn exhibited(
        &self,
        event: u64,
        number: u32,
        post: &PostKey,
        object: &Digest,
        opened_by: &Digest,
    ) -> Result<(), CaseError> {
        self.db.execute(
            "INSERT OR REPLACE INTO exhibits (number, post, event, object, opened_by) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                number,
                post.as_str(),
                i64::try_from(event).unwrap_or(i64::MAX),
                object.to_string(),
                opened_by.to_string()
            ],
        )?;
        Ok(())
    }

    /// Adds a trace.
    pub(crate) fn traced(&self, event: u64, map: &Digest, parameters: &Digest) -> Result<(), CaseError> {
        self.db.execute(
            "INSERT OR REPLACE INTO traces (event, map, parameters) VALUES (?1, ?2, ?3)",
            params![i64::try_from(event).unwrap_or(i64::MAX), map.to_string(), parameters.to_string()],
        )?;
        Ok(())
    }

    pub(super) fn trouble(&self, capture: i64, trouble: &Trouble) -> Result<(), CaseError> {
        let mut statement = self.db.prepare_cached(
            "INSERT INTO troubles (capture, code, severity, place, what, next) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            capture,
            trouble.code,
            json(&trouble.severity)?,
            trouble.place.as_ref().map(Place::to_string),
            trouble.what,
            trouble.next,
        ])?;
        Ok(())
    }

    pub(super) fn sighting(
        &mut self,
        capture: i64,
        post: &Post,
        observation: &Observation,
        line: &[u8],
    ) -> Result<(), CaseError> {
        let account = self.account(&post.author, observation)?;
        let mut insert = self.db.prepare_cached(
            "INSERT INTO posts (key, platform, kind, account, written, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (key) DO NOTHING",
        )?;
        let new = insert.execute(params![
            post.key.as_str(),
            post.platform.word(),
            kind_word(post.kind),
            account,
            post.written.map(values::Moment::millis),
            post.text,
        ])? == 1;
        drop(insert);
        let id: i64 = if new {
            self.db.last_insert_rowid()
        } else {
            let mut find = self.db.prepare_cached("SELECT id FROM posts WHERE key = ?1")?;
            find.query_row([post.key.as_str()], |row| row.get(0))?
        };
        let mut insert = self.db.prepare_cached(
            "INSERT INTO sightings (post, capture, fidelity, seen, item) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let seen = observation.seen.map(values::Moment::millis);
        insert.execute(params![id, capture, fidelity_word(observation.fidelity), seen, line])?;
        drop(insert);
        if new { self.add_ties(id, post) } else { self.merge_again(id) }
    }

    fn add_ties(&self, id: i64, post: &Post) -> Result<(), CaseError> {
        for Tie { to, kind, .. } in post.ties() {
            let mut statement =
                self.db.prepare_cached("INSERT INTO ties (post, kind, target) VALUES (?1, ?2, ?3)")?;
            statement.execute(params![id, tie_word(kind), to.as_str()])?;
        }
        Ok(())
    }

    /// Makes the post's row again from all its sightings; a post without any goes, and what hangs on its row with it: the
    /// row's number is given to another post.
    pub(super) fn merge_again(&mut self, id: i64) -> Result<(), CaseError> {
        let Some(merged) =
            merge::merge(self.sightings_of(id)?.into_iter().map(|(p, o)| (o.fidelity, p)).collect())
        else {
            for table in ["ties", "findings"] {
                self.db.execute(&format!("DELETE FROM {table} WHERE post = ?1"), [id])?;
            }
            self.db.execute("DELETE FROM posts WHERE id = ?1", [id])?;
            return Ok(());
        };
        let account = match merged.author.key() {
            Some(key) => self
                .db
                .prepare_cached("SELECT id FROM accounts WHERE key = ?1")?
                .query_row([key.as_str()], |row| row.get::<_, i64>(0))
                .optional()?,
            None => None,
        };
        let mut update = self.db.prepare_cached(
            "UPDATE posts SET kind = ?2, account = coalesce(?3, account), written = ?4,
             scanned = CASE WHEN text = ?5 THEN scanned ELSE NULL END, text = ?5 WHERE id = ?1",
        )?;
        update.execute(params![
            id,
            kind_word(merged.kind),
            account,
            merged.written.map(values::Moment::millis),
            merged.text,
        ])?;
        drop(update);
        self.db.prepare_cached("DELETE FROM ties WHERE post = ?1")?.execute([id])?;
        self.add_ties(id, &merged)
    }

    /// Returns every sighting of the post in row `id`.
    pub(super) fn sightings_of(&self, id: i64) -> Result<Vec<(Post, Observation)>, CaseError> {
        let mut statement = self.db.prepare_cached("SELECT item FROM sightings WHERE post = ?1")?;
        let lines: Vec<Vec<u8>> = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        lines.iter().map(|line| parse_post_line(line)).collect()
    }

    fn account(&mut self, account: &Account, observation: &Observation) -> Result<Option<i64>, CaseError> {
        let Some(key) = account.key() else { return Ok(None) };
        let text = json(account)?;
        let seen = observation.seen.map_or(i64::MIN, values::Moment::millis);
        let print = {
            use std::hash::{DefaultHasher, Hash as _, Hasher as _};
            // Only compared within this process; never stored.
            let mut hasher = DefaultHasher::new();
            (&text, seen / 3_600_000).hash(&mut hasher);
            hasher.finish()
        };
        if let Some((id, known)) = self.accounts.0.get(&key)
            && *known == print
        {
            return Ok(Some(*id));
        }
        let mut statement = self.db.prepare_cached(
            "INSERT INTO accounts (key, platform, native, handle, seen, account) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (key) DO UPDATE SET handle = ?4, seen = ?5, account = ?6
             WHERE (?5, ?6) > (accounts.seen, accounts.account)",
        )?;
        let hour = seen.div_euclid(3_600_000);
        statement.execute(params![
            key.as_str(),
            account.platform.word(),
            account.id,
            account.handle.as_ref().map(values::Handle::compare),
            hour,
            text,
        ])?;
        drop(statement);
        let id: i64 = self
            .db
            .prepare_cached("SELECT id FROM accounts WHERE key = ?1")?
            .query_row([key.as_str()], |row| row.get(0))?;
        if self.accounts.0.len() >= CACHED_ACCOUNTS {
            self.accounts.clear();
        }
        self.accounts.0.insert(key, (id, print));
        Ok(Some(id))
    }
}

/// A stored post line, when it is known to be one.
#[derive(Deserialize)]
struct Line {
    post: Post,
    observation: Observation,
}

/// Reads a stored post line back.
pub(super) fn parse_post_line(line: &[u8]) -> Result<(Post, Observation), CaseError> {
    // What an item is stands in a field of it, and for that serde reads everything twice: a post is tried first.
    if let Ok(Line { post, observation }) = serde_json::from_slice(line) {
        return Ok((post, observation));
    }
    match serde_json::from_slice(line) {
        Ok(Item::Post { post, observation }) => Ok((*post, observation)),
        Ok(_) => Err(stored_wrong(line, "another kind of item")),
        Err(error) => Err(stored_wrong(line, &error.to_string())),
    }
}

fn stored_wrong(line: &[u8], what: &str) -> CaseError {
    CaseError::ObjectForm { digest: Digest::of(line), expected: "a post", what: what.to_owned() }
}

fn post_line(post: &Post, observation: &Observation) -> Result<Vec<u8>, CaseError> {
    let item = Item::Post { post: Box::new(post.clone()), observation: observation.clone() };
    serde_json::to_vec(&item).map_err(|error| stored_wrong(b"", &error.to_string()))
}

fn incident_as_post(incident: &Incident, key: PostKey, place: &Place) -> (Post, Observation) {
    let platform = platform_of(incident.kind);
    let mut author = Account::unknown(platform);
    author.name.clone_from(&incident.who);
    author.id.clone_from(&incident.from);
    let mut post = Post::bare(key, PostKind::Incident, author);
    post.text.clone_from(&incident.words);
    post.written = Some(incident.when);
    post.media.extend(incident.recording.map(|digest| Media {
        kind: if incident.kind == IncidentKind::Letter { MediaKind::Image } else { MediaKind::Audio },
        link: None,
        id: None,
        alt: None,
        digest: Some(digest),
    }));
    let observation = Observation {
        place: place.clone(),
        seen: Some(incident.when),
        counts: record::Counts::default(),
        state: State::Visible,
        fidelity: Fidelity::Told,
    };
    (post, observation)
}

fn platform_of(kind: IncidentKind) -> Platform {
    match kind {
        IncidentKind::Call | IncidentKind::Voicemail => Platform::Phone,
        IncidentKind::Letter => Platform::Letter,
        IncidentKind::Visit | IncidentKind::InPerson => Platform::InPerson,
    }
}

pub(super) fn json(value: &impl Serialize) -> Result<String, CaseError> {
    serde_json::to_string(value).map_err(|error| stored_wrong(b"", &error.to_string()))
}

/// The words of small enums as columns, the same as in their JSON.
fn kind_word(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Original => "original",
        PostKind::Reply => "reply",
        PostKind::Repost => "repost",
        PostKind::Quote => "quote",
        PostKind::Comment => "comment",
        PostKind::Message => "message",
        PostKind::Email => "email",
        PostKind::Incident => "incident",
        PostKind::Page => "page",
    }
}

fn fidelity_word(fidelity: Fidelity) -> &'static str {
    match fidelity {
        Fidelity::Told => "told",
        Fidelity::Screenshot => "screenshot",
        Fidelity::SavedPage => "saved-page",
        Fidelity::Derived => "derived",
        Fidelity::Collected => "collected",
        Fidelity::Server => "server",
        Fidelity::SignedArchive => "signed-archive",
        Fidelity::Authored => "authored",
    }
}

fn tie_word(kind: record::TieKind) -> &'static str {
    match kind {
        record::TieKind::Repost => "repost",
        record::TieKind::Quote => "quote",
        record::TieKind::Reply => "reply",
        record::TieKind::SameText => "same-text",
        record::TieKind::SameLink => "same-link",
        record::TieKind::SameImage => "same-image",
    }
}
