//! How findings stand that are asked for by name, by account, or at all; and the posts with findings, as far as dates and
//! rules go, without reading their words.

use record::{Account, Choice, Decision, Finding, Kind, PostKey};
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;
use values::{Moment, Platform};

use super::pages::HOLDS;
use super::view::{View, damaged, parse};
use crate::CaseError;

/// A finding that counts and that nobody decided about, or that a person confirmed.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// The post's row, for [`View::post_facts`].
    pub post: i64,
    /// The proposal.
    pub finding: Finding,
    /// When it was confirmed.
    pub confirmed: Option<Moment>,
}

/// What dates and rules ask of a post.
#[derive(Debug, Clone, PartialEq)]
pub struct PostFacts {
    /// Its key.
    pub key: PostKey,
    /// Where it stood.
    pub platform: Platform,
    /// When it was written.
    pub written: Option<Moment>,
    /// Who wrote it.
    pub author: Account,
}

/// A stored post as far as [`PostFacts`] go: its words are passed over.
#[derive(Deserialize)]
struct Stored {
    post: StoredPost,
}

#[derive(Deserialize)]
struct StoredPost {
    platform: Platform,
    author: Account,
    #[serde(default)]
    written: Option<Moment>,
}

impl View<'_> {
    /// Hands every finding that a person confirmed to `each`, and where `proposed` every one that counts and that nobody
    /// decided about; in no order, one at a time.
    pub fn each_weighed(&self, proposed: bool, mut each: impl FnMut(Weighed)) -> Result<(), CaseError> {
        let mut confirmed = self.index().db.prepare_cached(
            "SELECT findings.post, findings.finding,
                    (SELECT decision FROM decisions WHERE decisions.finding = findings.id
                     ORDER BY event DESC, rowid DESC LIMIT 1)
             FROM (SELECT DISTINCT finding FROM decisions) AS named JOIN findings ON findings.id = named.finding",
        )?;
        let mut rows = confirmed.query([])?;
        while let Some(row) = rows.next()? {
            let decision: Decision = parse(&row.get::<_, String>(2)?)?;
            if decision.choice == Choice::Confirm {
                let finding = parse(row.get_ref(1)?.as_str().unwrap_or_default())?;
                each(Weighed { post: row.get(0)?, finding, confirmed: Some(decision.at) });
            }
        }
        if !proposed {
            return Ok(());
        }
        let mut open = self.index().db.prepare_cached(
            "SELECT findings.post, findings.finding FROM findings WHERE findings.counts = 1
             AND NOT EXISTS (SELECT 1 FROM decisions WHERE decisions.finding = findings.id)",
        )?;
        let mut rows = open.query([])?;
        while let Some(row) = rows.next()? {
            let finding = parse(row.get_ref(1)?.as_str().unwrap_or_default())?;
            each(Weighed { post: row.get(0)?, finding, confirmed: None });
        }
        Ok(())
    }

    /// Returns what dates and rules ask of the post in this row; `None` where no capture shows it any more.
    pub fn post_facts(&self, post: i64) -> Result<Option<PostFacts>, CaseError> {
        let mut statement = self.index().db.prepare_cached(
            "SELECT posts.key, sightings.item FROM posts JOIN sightings ON sightings.post = posts.id
             WHERE posts.id = ?1 LIMIT 2",
        )?;
        let mut rows = statement.query([post])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let key = PostKey::from_stored(row.get::<_, String>(0)?);
        let line = row.get_ref(1)?.as_blob().unwrap_or_default();
        let stored: Stored = serde_json::from_slice(line).map_err(|_| damaged("a post"))?;
        if rows.next()?.is_none() {
            let StoredPost { platform, author, written } = stored.post;
            return Ok(Some(PostFacts { key, platform, written, author }));
        }
        // Seen more than once: which sighting says it best is told by all of them.
        Ok(self.seen(&key)?.map(|seen| PostFacts {
            key,
            platform: seen.post.platform,
            written: seen.post.written,
            author: seen.post.author,
        }))
    }

    /// Returns kind and whether nobody decided, for each of these findings that is in the case, in order.
    pub fn standing(&self, ids: &[String]) -> Result<Vec<(String, Kind, bool)>, CaseError> {
        let mut statement = self.index().db.prepare_cached(&format!(
            "SELECT findings.kind, coalesce({HOLDS}, 'note') = 'note' FROM findings WHERE findings.id = ?1"
        ))?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let row: Option<(String, bool)> =
                statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            if let Some((kind, open)) = row {
                found.push((id.clone(), kind.parse().map_err(|_| damaged("a finding's kind"))?, open));
            }
        }
        Ok(found)
    }

    /// Returns the ids of open findings that count on posts of an account, earliest post first, at most `most`.
    pub fn open_by(&self, account: &str, most: u32) -> Result<Vec<String>, CaseError> {
        let mut statement = self.index().db.prepare_cached(&format!(
            "SELECT findings.id FROM posts CROSS JOIN findings ON findings.post = posts.id
             WHERE posts.account = (SELECT id FROM accounts WHERE key = ?1) AND +findings.counts = 1
               AND coalesce({HOLDS}, 'note') = 'note' ORDER BY posts.written, findings.id LIMIT ?2"
        ))?;
        let rows = statement.query_map(params![account, most], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Tells whether a finding counts that nobody decided about.
    pub fn has_undecided(&self) -> Result<bool, CaseError> {
        let query = "SELECT EXISTS (SELECT 1 FROM findings WHERE counts = 1
                     AND NOT EXISTS (SELECT 1 FROM decisions WHERE decisions.finding = findings.id))";
        Ok(self.index().db.query_row(query, [], |row| row.get(0))?)
    }

    /// Returns how many captures were kept.
    pub fn capture_count(&self) -> Result<u64, CaseError> {
        let count: i64 = self.index().db.query_row("SELECT count(*) FROM captures", [], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Returns how many exhibits there are.
    pub fn exhibit_count(&self) -> Result<u64, CaseError> {
        let count: i64 = self.index().db.query_row("SELECT count(*) FROM exhibits", [], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
