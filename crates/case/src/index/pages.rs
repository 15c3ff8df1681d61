//! What a page on a screen asks of the index: findings in the order they are looked at, posts by time and by account,
//! words searched.
//!
//! Importing does not pay for any of this. The orders and the table of words are made when a screen first needs them
//! ([`Index::prepare_pages`]), are brought up to the posts in small steps, and are no part of what the index says: a
//! rebuilt index equals the old one with or without them.

use record::{Account, Choice, FindingId, Kind, MediaKind, PostKey};
use rusqlite::{OptionalExtension as _, Row, params, params_from_iter, types::Value};
use values::{Digest, Platform};

use super::Index;
use super::view::{FindingRow, View, damaged, finding_row, parse};
use crate::CaseError;

const PREPARE: &str = "
CREATE INDEX IF NOT EXISTS posts_by_time ON posts (written, id);
CREATE INDEX IF NOT EXISTS posts_by_account ON posts (account, written);
CREATE INDEX IF NOT EXISTS posts_in_time ON posts (written IS NULL, written, id);
DROP INDEX IF EXISTS posts_by_words;
CREATE INDEX IF NOT EXISTS posts_by_ends ON posts (substr(text, -32), substr(text, 1, 32));
CREATE INDEX IF NOT EXISTS ties_by_target ON ties (target);
CREATE INDEX IF NOT EXISTS findings_in_order ON findings (kind, counts, score DESC, id, post);
CREATE INDEX IF NOT EXISTS findings_of_post ON findings (post, counts, kind);
CREATE VIRTUAL TABLE IF NOT EXISTS said USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = \"unicode61 remove_diacritics 2\");
CREATE TABLE IF NOT EXISTS said_to (post INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS said_again (post INTEGER PRIMARY KEY);
INSERT INTO said_to SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM said_to);
CREATE TRIGGER IF NOT EXISTS posts_say_else AFTER UPDATE OF text ON posts WHEN old.text IS NOT new.text
    BEGIN INSERT OR IGNORE INTO said_again VALUES (new.id); END;
CREATE TRIGGER IF NOT EXISTS posts_say_nothing AFTER DELETE ON posts
    BEGIN INSERT OR IGNORE INTO said_again VALUES (old.id); END;
CREATE TABLE IF NOT EXISTS pictured (digest TEXT NOT NULL, post INTEGER NOT NULL, PRIMARY KEY (digest, post)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pictured_by_post ON pictured (post);
CREATE TRIGGER IF NOT EXISTS posts_show_else AFTER INSERT ON sightings
    WHEN instr(new.item, x'22646967657374223a22') > 0
    BEGIN INSERT OR IGNORE INTO said_again VALUES (new.post); END;
CREATE TRIGGER IF NOT EXISTS posts_show_less AFTER DELETE ON sightings
    WHEN instr(old.item, x'22646967657374223a22') > 0
    BEGIN INSERT OR IGNORE INTO said_again VALUES (old.post); END;
";

/// `"digest":"` as it stands in a sighting whose post holds a file of the case.
const HOLDS_A_FILE: &str = "instr(item, x'22646967657374223a22') > 0";

/// Takes away what [`Index::prepare_pages`] made; the tables of a new version begin without it.
pub(super) const FORGET: &str = "
DROP TABLE IF EXISTS said; DROP TABLE IF EXISTS said_to; DROP TABLE IF EXISTS said_again; DROP TABLE IF EXISTS pictured;";

/// The triggers write into tables that [`FORGET`] takes away: they go first.
pub(super) const UNTIE: &str = "
DROP TRIGGER IF EXISTS posts_say_else; DROP TRIGGER IF EXISTS posts_say_nothing;
DROP TRIGGER IF EXISTS posts_show_else; DROP TRIGGER IF EXISTS posts_show_less;";

/// Which decisions a finding may have to be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// None that holds: nothing yet, or only a note.
    Open,
    /// This one.
    As(Choice),
    /// Any or none.
    Either,
}

/// Which findings are asked for.
#[derive(Debug, Clone, Copy)]
pub struct FindingsAsked {
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only with such a decision.
    pub decided: Decided,
    /// Also those that do not count.
    pub all: bool,
    /// Only those behind this finding, in the order they are looked at. One that is not in the case is behind none.
    pub after: Option<FindingId>,
    /// The most to return.
    pub most: u32,
}

/// How many findings of a kind there are and what became of them. Only those that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The kind.
    pub kind: Kind,
    /// How many were proposed.
    pub found: u64,
    /// How many of them a person confirmed.
    pub confirmed: u64,
    /// How many of them a person rejected.
    pub rejected: u64,
}

/// Which posts are asked for. Everything that is `None` lets every post through.
#[derive(Debug, Clone, Default)]
pub struct PostsAsked {
    /// The post with this key.
    pub key: Option<PostKey>,
    /// Words that must stand in the post, in any order; the last may be the beginning of a word.
    pub words: Option<String>,
    /// A part of the account's handle, name or id.
    pub account: Option<String>,
    /// The account with exactly this key.
    pub by: Option<String>,
    /// Written at or after this moment (milliseconds since 1970).
    pub from: Option<i64>,
    /// Written before this moment.
    pub to: Option<i64>,
    /// With a finding of this kind that counts.
    pub kind: Option<Kind>,
    /// On this platform.
    pub platform: Option<Platform>,
    /// Holding one of these pictures; `Some` of none lets no post through.
    pub pictures: Option<Vec<Digest>>,
    /// Only those behind this post, in the order they are listed. One that is not in the case is behind none.
    pub after: Option<PostKey>,
    /// The most to return.
    pub most: u32,
}

/// A post as one line of a list. Its words are not in it.
#[derive(Debug, Clone, PartialEq)]
pub struct PostLine {
    /// Its key.
    pub key: PostKey,
    /// The platform's word.
    pub platform: String,
    /// What sort of post, as the index writes it.
    pub kind: String,
    /// Who said it.
    pub account: Option<Account>,
    /// When it was written (milliseconds since 1970).
    pub written: Option<i64>,
    /// Kinds of the findings on it that count and were not rejected.
    pub findings: Vec<Kind>,
    /// Its number, where it is an exhibit.
    pub exhibit: Option<u32>,
}

/// How many posts were written in a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// When it begins (milliseconds since 1970).
    pub start: i64,
    /// Posts in it.
    pub posts: u64,
    /// Posts in it with a finding that counts.
    pub found: u64,
}

/// An account with what it said, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountLine {
    /// Its key.
    pub key: String,
    /// The account as last seen.
    pub account: Account,
    /// Its posts.
    pub posts: u64,
    /// Findings on them that count.
    pub findings: u64,
    /// Its first post (milliseconds since 1970).
    pub first: Option<i64>,
    /// Its last post.
    pub last: Option<i64>,
}

/// What the findings of a case have in common, one row for each combination that occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    /// The kind.
    pub kind: Kind,
    /// What is exposed.
    pub what: Option<record::Exposure>,
    /// Whose it is.
    pub whose: Option<record::Whose>,
    /// How openly a threat is said.
    pub level: Option<record::Level>,
    /// Where it stood.
    pub platform: String,
    /// How many findings.
    pub count: u64,
    /// The earliest post among them that carries a time.
    pub first: Option<PostKey>,
    /// When that was written (milliseconds since 1970).
    pub written: Option<i64>,
    /// Whether a person confirmed them.
    pub confirmed: bool,
}

pub(super) const HOLDS: &str = "(SELECT choice FROM decisions WHERE decisions.finding = findings.id ORDER BY event DESC, rowid DESC LIMIT 1)";

impl Index {
    /// Makes the orders and the table of words where they are not there, and takes up to `most` posts into the words.
    /// Returns how many still wait.
    pub(crate) fn prepare_pages(&self, most: u32) -> Result<u64, CaseError> {
        let pictures: i64 =
            self.db.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'pictured'", [], |row| {
                row.get(0)
            })?;
        if pictures == 0 {
            // Words taken up by a version that did not note pictures are taken up again with them.
            self.db.execute_batch(&format!("{UNTIE}{FORGET}"))?;
        }
        self.db.execute_batch(PREPARE)?;
        self.begin()?;
        let outcome = self.take_up(most);
        match outcome {
            Ok(()) => self.commit()?,
            Err(error) => {
                let _mended_at_the_next_step = self.db.execute_batch("ROLLBACK");
                return Err(error);
            }
        }
        self.waiting()
    }

    fn take_up(&self, most: u32) -> Result<(), CaseError> {
        let again: Vec<i64> = self
            .db
            .prepare_cached("SELECT post FROM said_again LIMIT ?1")?
            .query_map([most], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for post in &again {
            self.db.prepare_cached("DELETE FROM said WHERE rowid = ?1")?.execute([post])?;
            self.db
                .prepare_cached(
                    "INSERT INTO said (rowid, text) SELECT id, text FROM posts
                     WHERE id = ?1 AND id <= (SELECT post FROM said_to)",
                )?
                .execute([post])?;
            self.db.prepare_cached("DELETE FROM pictured WHERE post = ?1")?.execute([post])?;
            self.take_up_pictures(*post, *post)?;
            self.db.prepare_cached("DELETE FROM said_again WHERE post = ?1")?.execute([post])?;
        }
        let last: Option<i64> = self.db.query_row(
            "SELECT max(id) FROM (SELECT id FROM posts WHERE id > (SELECT post FROM said_to) ORDER BY id LIMIT ?1)",
            [most],
            |row| row.get(0),
        )?;
        if let Some(last) = last {
            // An id given out a second time is among those said again: its old words went above.
            self.db.execute(
                "INSERT OR REPLACE INTO said (rowid, text) SELECT id, text FROM posts
                 WHERE id > (SELECT post FROM said_to) AND id <= ?1",
                [last],
            )?;
            let before: i64 = self.db.query_row("SELECT post FROM said_to", [], |row| row.get(0))?;
            self.take_up_pictures(before + 1, last)?;
            self.db.execute("UPDATE said_to SET post = ?1", [last])?;
        }
        Ok(())
    }

    /// Notes which pictures the posts from `first` to `last` hold.
    fn take_up_pictures(&self, first: i64, last: i64) -> Result<(), CaseError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT sightings.post, item FROM posts CROSS JOIN sightings ON sightings.post = posts.id
             WHERE posts.id BETWEEN ?1 AND ?2 AND {HOLDS_A_FILE}"
        ))?;
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let (post, item): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let (seen, _) = super::write::parse_post_line(&item)?;
            let held = seen.media.iter().filter(|media| media.kind == MediaKind::Image);
            for digest in held.filter_map(|media| media.digest) {
                self.db
                    .prepare_cached("INSERT OR IGNORE INTO pictured VALUES (?1, ?2)")?
                    .execute(params![digest.to_string(), post])?;
            }
        }
        Ok(())
    }

    fn waiting(&self) -> Result<u64, CaseError> {
        let waiting: i64 = self.db.query_row(
            "SELECT (SELECT count(*) FROM said_again)
                  + (SELECT count(*) FROM posts WHERE id > (SELECT post FROM said_to))",
            [],
            |row| row.get(0),
        )?;
        Ok(u64::try_from(waiting).unwrap_or(0))
    }
}

impl View<'_> {
    /// Returns findings in the order they are looked at: strongest first within a kind.
    pub fn findings_asked(&self, asked: &FindingsAsked) -> Result<Vec<FindingRow>, CaseError> {
        let decided = match asked.decided {
            Decided::Open => format!("coalesce({HOLDS}, 'note') = 'note'"),
            Decided::As(choice) => format!("{HOLDS} = '{}'", choice.word()),
            Decided::Either => "1".to_owned(),
        };
        // Decided findings are few and known by name: they are looked up, not looked for.
        let from = match asked.decided {
            Decided::As(_) => {
                "(SELECT DISTINCT finding FROM decisions) AS named JOIN findings ON findings.id = named.finding"
            }
            Decided::Open | Decided::Either => "findings",
        };
        // Of one kind, and only those that count, the rows lie in the index in the order asked for: none is sorted.
        let wanted = match (asked.kind, asked.all) {
            (Some(_), false) => "findings.kind = ?1 AND findings.counts = 1 AND ?2 IS NOT NULL",
            _ => "(?1 IS NULL OR findings.kind = ?1) AND findings.counts >= ?2",
        };
        let order = match (asked.kind, asked.all) {
            (Some(_), false) => "findings.score DESC, findings.id",
            _ => "findings.kind, findings.counts DESC, findings.score DESC, findings.id",
        };
        let mut found = Vec::new();
        // From where the page before ended, each stretch begins at its place in the index: a late page costs what the
        // first one costs, and what was decided meanwhile moves nothing.
        let (stretches, values): (&[&str], Vec<Value>) = match &asked.after {
            None => (&["1"], Vec::new()),
            Some(after) => match self.place_of(after)? {
                None => (&[], Vec::new()),
                Some(place) if asked.kind.is_some() && !asked.all => {
                    (&["score = ?6 AND findings.id > ?7", "score < ?6"], place)
                }
                Some(place) => (
                    &[
                        "findings.kind = ?4 AND counts = ?5 AND score = ?6 AND findings.id > ?7",
                        "findings.kind = ?4 AND counts = ?5 AND score < ?6",
                        "findings.kind = ?4 AND counts < ?5",
                        "findings.kind > ?4",
                    ],
                    place,
                ),
            },
        };
        for stretch in stretches {
            let left = asked.most.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
            if left == 0 {
                break;
            }
            let mut statement = self.index().db.prepare_cached(&format!(
                "SELECT findings.id, posts.key, findings.finding,
                        (SELECT decision FROM decisions WHERE decisions.finding = findings.id
                         ORDER BY event DESC, rowid DESC LIMIT 1),
                        (SELECT demo FROM decisions WHERE decisions.finding = findings.id
                         ORDER BY event DESC, rowid DESC LIMIT 1)
                 FROM {from} JOIN posts ON posts.id = findings.post
                 WHERE {wanted} AND {stretch} AND {decided}
                 ORDER BY {order} LIMIT ?3"
            ))?;
            let kind = asked.kind.map_or(Value::Null, |kind| Value::Text(kind.word().to_owned()));
            let mut given =
                vec![kind, Value::Integer(i64::from(!asked.all)), Value::Integer(i64::from(left))];
            // Only as many as the question names: SQLite refuses others.
            given.extend(values.iter().cloned());
            given.truncate(statement.parameter_count());
            let mut rows = statement.query(params_from_iter(given))?;
            while let Some(row) = rows.next()? {
                found.push(finding_row(row)?);
            }
        }
        Ok(found)
    }

    /// Returns where a finding stands in the order they are looked at: kind, whether it counts, score, id.
    fn place_of(&self, finding: &FindingId) -> Result<Option<Vec<Value>>, CaseError> {
        let mut statement =
            self.index().db.prepare_cached("SELECT kind, counts, score, id FROM findings WHERE id = ?1")?;
        let place = statement
            .query_row([finding.to_string()], |row| (0..4).map(|column| row.get(column)).collect())
            .optional()?;
        Ok(place)
    }

    /// Returns the open findings of the same kind and exposure on other posts with the very same words, at most `most`.
    pub fn same_words(&self, row: &FindingRow, most: u32) -> Result<Vec<FindingRow>, CaseError> {
        // The signs make SQLite go from each post to its findings and not through all findings of the kind.
        let mut statement = self.index().db.prepare_cached(&format!(
            "SELECT findings.id, other.key, findings.finding, NULL, NULL
             FROM posts JOIN posts AS other ON substr(other.text, -32) = substr(posts.text, -32)
                  AND substr(other.text, 1, 32) = substr(posts.text, 1, 32)
                  AND other.text = posts.text AND other.id <> posts.id
             JOIN findings ON findings.post = other.id
             WHERE posts.key = ?1 AND posts.text <> '' AND +findings.kind = ?2 AND +findings.counts = ?3
               AND coalesce({HOLDS}, 'note') = 'note' ORDER BY other.id LIMIT ?4"
        ))?;
        let finding = &row.finding;
        let mut rows =
            statement.query(params![row.post.as_str(), finding.kind.word(), finding.counts, most])?;
        let mut found = Vec::new();
        while let Some(next) = rows.next()? {
            let other = finding_row(next)?;
            if other.finding.what == finding.what && other.finding.span == finding.span {
                found.push(other);
            }
        }
        Ok(found)
    }

    /// Returns how many findings of each kind there are and what became of them, the gravest kind first.
    pub fn tally(&self) -> Result<Vec<Tally>, CaseError> {
        self.tally_of(&self.findings_by_kind()?)
    }

    /// Like [`View::tally`], where [`View::findings_by_kind`] is known already: what was decided is quick to count.
    pub fn tally_of(&self, found: &[(Kind, u64, u64)]) -> Result<Vec<Tally>, CaseError> {
        let mut tally: Vec<Tally> = found
            .iter()
            .filter(|(_, found, _)| *found > 0)
            .map(|(kind, found, _)| Tally { kind: *kind, found: *found, confirmed: 0, rejected: 0 })
            .collect();
        let mut statement = self.index().db.prepare_cached(&format!(
            "SELECT findings.kind, {HOLDS} AS holds, count(*) FROM (SELECT DISTINCT finding FROM decisions) AS named
             JOIN findings ON findings.id = named.finding WHERE findings.counts = 1 GROUP BY 1, 2"
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, holds, count): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let count = u64::try_from(count).unwrap_or(0);
            for line in tally.iter_mut().filter(|line| line.kind.word() == kind) {
                match holds.as_str() {
                    "confirm" => line.confirmed = count,
                    "reject" => line.rejected = count,
                    _ => {}
                }
            }
        }
        tally.sort_by_key(|line| line.kind);
        Ok(tally)
    }

    /// Returns posts, latest first where words are searched, else earliest first; those without a time stand last.
    pub fn posts_asked(&self, asked: &PostsAsked) -> Result<Vec<PostLine>, CaseError> {
        let (condition, values) = conditions(asked);
        let order = if asked.words.is_some() {
            "said.rowid DESC"
        } else if asked.from.is_some() || asked.to.is_some() {
            "posts.written, posts.id"
        } else {
            "posts.written IS NULL, posts.written, posts.id"
        };
        let (stretches, place): (&[&str], Vec<Value>) = match &asked.after {
            None => (&["1"], Vec::new()),
            Some(after) => match self.place_in_time(after)? {
                None => (&[], Vec::new()),
                Some((_, id)) if asked.words.is_some() => (&["said.rowid < ?"], vec![Value::Integer(id)]),
                // Behind the last post with a time stand those without one; by day, no such post is asked for.
                Some((None, id)) => (&["posts.written IS NULL AND posts.id > ?"], vec![Value::Integer(id)]),
                Some((Some(written), id)) => (
                    &[
                        "posts.written IS NULL = 0 AND posts.written = ? AND posts.id > ?",
                        "posts.written IS NULL = 0 AND posts.written > ?",
                        "posts.written IS NULL",
                    ],
                    vec![Value::Integer(written), Value::Integer(id)],
                ),
            },
        };
        let mut lines = Vec::new();
        // A day was asked for: a post without a time is on none.
        let dated = asked.from.is_some() || asked.to.is_some();
        for stretch in stretches.iter().filter(|stretch| {
            !(dated && stretch.starts_with("posts.written IS NULL") && !stretch.contains("= 0"))
        }) {
            let left = i64::from(asked.most) - i64::try_from(lines.len()).unwrap_or(i64::MAX);
            if left <= 0 {
                break;
            }
            let mut given = values.clone();
            given.extend(place.iter().take(stretch.matches('?').count()).cloned());
            given.push(Value::Integer(left));
            let mut statement = self.index().db.prepare_cached(&format!(
                "SELECT posts.key, posts.platform, posts.kind, accounts.account, posts.written, posts.id,
                        (SELECT number FROM exhibits WHERE exhibits.post = posts.key)
                 FROM {from} LEFT JOIN accounts ON accounts.id = posts.account
                 WHERE {condition} AND {stretch} ORDER BY {order} LIMIT ?",
                from = from(asked),
            ))?;
            let mut rows = statement.query(params_from_iter(given))?;
            while let Some(row) = rows.next()? {
                lines.push(self.post_line(row)?);
            }
        }
        Ok(lines)
    }

    /// Returns when a post was written and its number in the index.
    fn place_in_time(&self, key: &PostKey) -> Result<Option<(Option<i64>, i64)>, CaseError> {
        let mut statement = self.index().db.prepare_cached("SELECT written, id FROM posts WHERE key = ?1")?;
        Ok(statement.query_row([key.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    fn post_line(&self, row: &Row<'_>) -> Result<PostLine, CaseError> {
        let account: Option<String> = row.get(3)?;
        let mut statement = self.index().db.prepare_cached(&format!(
            "SELECT DISTINCT kind FROM findings WHERE post = ?1 AND counts = 1 AND coalesce({HOLDS}, '') <> 'reject'
             ORDER BY kind"
        ))?;
        let kinds: Vec<String> =
            statement.query_map([row.get::<_, i64>(5)?], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(PostLine {
            key: PostKey::from_stored(row.get::<_, String>(0)?),
            platform: row.get(1)?,
            kind: row.get(2)?,
            account: account.as_deref().map(parse).transpose()?,
            written: row.get(4)?,
            findings: kinds.iter().filter_map(|kind| kind.parse().ok()).collect(),
            exhibit: row.get(6)?,
        })
    }

    /// Returns how many posts are asked for, counting no further than `most`.
    pub fn count_asked(&self, asked: &PostsAsked, most: u32) -> Result<u64, CaseError> {
        let (condition, mut values) = conditions(asked);
        values.push(Value::Integer(i64::from(most)));
        // Words and kinds are known without looking at any post.
        let from = if asked.words.is_some() && !condition.contains("posts.") { "said" } else { from(asked) };
        let count: i64 = self.index().db.query_row(
            &format!("SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {condition} LIMIT ?)"),
            params_from_iter(values),
            |row| row.get(0),
        )?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Returns the first and the last moment at which a post was written.
    pub fn time_span(&self) -> Result<Option<(i64, i64)>, CaseError> {
        let ends: (Option<i64>, Option<i64>) = (
            self.index().db.query_row(
                "SELECT min(written) FROM posts WHERE written IS NOT NULL",
                [],
                |row| row.get(0),
            )?,
            self.index().db.query_row(
                "SELECT max(written) FROM posts WHERE written IS NOT NULL",
                [],
                |row| row.get(0),
            )?,
        );
        Ok(ends.0.zip(ends.1))
    }

    /// Returns how many posts were written in each stretch of `each` milliseconds from `from` to before `to`; stretches
    /// without any are left out.
    pub fn stretches(&self, from: i64, to: i64, each: i64) -> Result<Vec<Stretch>, CaseError> {
        let each = each.max(1);
        let mut statement = self.index().db.prepare_cached(
            "SELECT (written - ?1) / ?3, count(*),
                    sum(EXISTS (SELECT 1 FROM findings WHERE findings.post = posts.id AND counts = 1))
             FROM posts WHERE written >= ?1 AND written < ?2 GROUP BY 1 ORDER BY 1",
        )?;
        let rows = statement
            .query_map([from, to, each], |row| {
                Ok(Stretch {
                    start: from + row.get::<_, i64>(0)? * each,
                    posts: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
                    found: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Returns the accounts with findings that count, most findings first, at most `most`.
    pub fn accounts_with_findings(&self, most: u32) -> Result<Vec<AccountLine>, CaseError> {
        let mut statement = self.index().db.prepare_cached(
            "SELECT accounts.key, accounts.account, held.findings,
                    (SELECT count(*) FROM posts WHERE posts.account = accounts.id),
                    (SELECT min(written) FROM posts WHERE posts.account = accounts.id AND written IS NOT NULL),
                    (SELECT max(written) FROM posts WHERE posts.account = accounts.id AND written IS NOT NULL)
             FROM (SELECT posts.account AS id, count(*) AS findings FROM findings JOIN posts ON posts.id = findings.post
                   WHERE findings.counts = 1 AND posts.account IS NOT NULL
                   GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?1) AS held
             JOIN accounts ON accounts.id = held.id ORDER BY held.findings DESC, accounts.key",
        )?;
        let mut rows = statement.query([most])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let number = |column: usize| row.get::<_, i64>(column).map(|n| u64::try_from(n).unwrap_or(0));
            lines.push(AccountLine {
                key: row.get(0)?,
                account: parse(&row.get::<_, String>(1)?)?,
                findings: number(2)?,
                posts: number(3)?,
                first: row.get(4)?,
                last: row.get(5)?,
            });
        }
        Ok(lines)
    }

    /// Returns what the findings have in common that count or were confirmed, and were not rejected.
    pub fn common(&self) -> Result<Vec<Common>, CaseError> {
        let mut statement = self.index().db.prepare_cached(&format!(
            "SELECT findings.kind, json_extract(finding, '$.what'), json_extract(finding, '$.whose'),
                    json_extract(finding, '$.level'), posts.platform, count(*), posts.key, min(posts.written),
                    coalesce({HOLDS}, '') AS holds
             FROM findings JOIN posts ON posts.id = findings.post
             WHERE (findings.counts = 1 AND holds = '') OR holds = 'confirm' GROUP BY 1, 2, 3, 4, 5, 9"
        ))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let word = |column: usize| row.get::<_, Option<String>>(column);
            let written: Option<i64> = row.get(7)?;
            found.push(Common {
                kind: row.get::<_, String>(0)?.parse().map_err(|_| damaged("a finding's kind"))?,
                what: word(1)?.and_then(|word| word.parse().ok()),
                whose: word(2)?.and_then(|word| word.parse().ok()),
                level: word(3)?.and_then(|word| word.parse().ok()),
                platform: row.get(4)?,
                count: u64::try_from(row.get::<_, i64>(5)?).unwrap_or(0),
                first: written.map(|_| row.get::<_, String>(6)).transpose()?.map(PostKey::from_stored),
                written,
                confirmed: row.get::<_, String>(8)? == "confirm",
            });
        }
        Ok(found)
    }

    /// Returns the claims that findings match: id, posts that assert it and count, posts that deny, ask or report it, and
    /// how many of the first a person confirmed. Findings that a person rejected are left out.
    pub fn claims_matched(&self) -> Result<Vec<(String, u64, u64, u64)>, CaseError> {
        let mut statement = self.index().db.prepare_cached(&format!(
            "SELECT json_extract(finding, '$.claim') AS claim,
                    counts = 1 AND coalesce(json_extract(finding, '$.stance'), 'asserted') = 'asserted' AS asserted,
                    coalesce({HOLDS}, '') AS holds, count(*)
             FROM findings WHERE kind = 'false-claim' AND claim IS NOT NULL AND holds <> 'reject'
               AND (counts = 1 OR coalesce(json_extract(finding, '$.stance'), 'asserted') <> 'asserted')
             GROUP BY 1, 2, 3"
        ))?;
        let mut rows = statement.query([])?;
        let mut found: Vec<(String, u64, u64, u64)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (claim, asserted, holds): (String, bool, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let count = u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0);
            if found.last().is_none_or(|last| last.0 != claim) {
                found.push((claim, 0, 0, 0));
            }
            if let Some(last) = found.last_mut() {
                *(if asserted { &mut last.1 } else { &mut last.2 }) += count;
                last.3 += if asserted && holds == "confirm" { count } else { 0 };
            }
        }
        Ok(found)
    }

    /// Returns an account by its key.
    pub fn account(&self, key: &str) -> Result<Option<Account>, CaseError> {
        let text: Option<String> = self
            .index()
            .db
            .query_row("SELECT account FROM accounts WHERE key = ?1", [key], |row| row.get(0))
            .optional()?;
        text.as_deref().map(parse).transpose()
    }

    /// Returns the posts that answer, quote or pass on `key`, earliest first, at most `most`.
    pub fn answers_to(&self, key: &PostKey, most: u32) -> Result<Vec<PostKey>, CaseError> {
        let mut statement = self.index().db.prepare_cached(
            "SELECT DISTINCT posts.key FROM ties JOIN posts ON posts.id = ties.post
             WHERE ties.target = ?1 AND ties.kind <> 'repost' ORDER BY posts.written, posts.id LIMIT ?2",
        )?;
        let keys: Vec<String> =
            statement.query_map(params![key.as_str(), most], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(keys.into_iter().map(PostKey::from_stored).collect())
    }
}

/// Searched words lead: what follows is looked up for each hit, newest first, and no further than the page goes.
fn from(asked: &PostsAsked) -> &'static str {
    if asked.words.is_some() { "said CROSS JOIN posts ON posts.id = said.rowid" } else { "posts" }
}

fn conditions(asked: &PostsAsked) -> (String, Vec<Value>) {
    let mut parts: Vec<&str> = Vec::new();
    let mut values = Vec::new();
    let matching = asked.words.as_deref().map(match_words);
    if let Some(words) = &matching {
        parts.push("said MATCH ?");
        // Without a word nothing is searched: `""` matches no post.
        values.push(Value::Text(if words.is_empty() { "\"\"".to_owned() } else { words.clone() }));
    }
    if let Some(key) = &asked.key {
        parts.push("posts.key = ?");
        values.push(Value::Text(key.as_str().to_owned()));
    }
    if let Some(account) = &asked.account {
        parts.push(
            "posts.account IN (SELECT id FROM accounts WHERE key LIKE ? ESCAPE '\\' OR handle LIKE ? ESCAPE '\\')",
        );
        let plain = account.trim_start_matches('@').to_lowercase();
        let plain = plain.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        values.push(Value::Text(format!("%{plain}%")));
        values.push(Value::Text(format!("%{plain}%")));
    }
    if let Some(key) = &asked.by {
        parts.push("posts.account = (SELECT id FROM accounts WHERE key = ?)");
        values.push(Value::Text(key.clone()));
    }
    if let Some(from) = asked.from {
        parts.push("posts.written >= ?");
        values.push(Value::Integer(from));
    }
    if let Some(to) = asked.to {
        parts.push("posts.written < ?");
        values.push(Value::Integer(to));
    }
    if let Some(kind) = asked.kind {
        // Words come latest first and end early; without them the findings lead to the posts.
        parts.push(match asked.words {
            Some(_) => {
                "EXISTS (SELECT 1 FROM findings WHERE findings.post = said.rowid AND +findings.kind = ? AND counts = 1)"
            }
            None => "posts.id IN (SELECT post FROM findings WHERE kind = ? AND counts = 1)",
        });
        values.push(Value::Text(kind.word().to_owned()));
    }
    if let Some(platform) = asked.platform {
        parts.push("posts.platform = ?");
        values.push(Value::Text(platform.word().to_owned()));
    }
    let pictures = asked.pictures.as_ref().map(|digests| {
        values.extend(digests.iter().map(|digest| Value::Text(digest.to_string())));
        let places = vec!["?"; digests.len()].join(", ");
        format!("posts.id IN (SELECT post FROM pictured WHERE digest IN ({places}))")
    });
    parts.extend(pictures.as_deref());
    (if parts.is_empty() { "1".to_owned() } else { parts.join(" AND ") }, values)
}

/// Writes words as the search takes them: each quoted, so that nothing in them commands it, the last one open-ended.
fn match_words(given: &str) -> String {
    let words: Vec<String> = given
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(16)
        .map(|word| format!("\"{word}\""))
        .collect();
    if words.is_empty() { String::new() } else { format!("{}*", words.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::match_words;

    #[test]
    fn nothing_in_the_words_commands_the_search() {
        assert_eq!(match_words("plate RDR-0000"), "\"plate\" \"RDR\" \"0000\"*");
        assert_eq!(match_words("\" OR text:* NEAR("), "\"OR\" \"text\" \"NEAR\"*");
        assert_eq!(match_words(" -- "), "");
    }
}
