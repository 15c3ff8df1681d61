//! The tables of the index.

use rusqlite::Connection;

use crate::CaseError;

/// Changed whenever a table changes: an index of another version is emptied and made again.
const VERSION: i32 = 2;

const TABLES: &str = "
CREATE TABLE reflects (size INTEGER NOT NULL, root TEXT NOT NULL);
CREATE TABLE captures (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, name TEXT NOT NULL,
    kept INTEGER NOT NULL, stripped_from TEXT, reader TEXT, reading TEXT, posts INTEGER, troubles INTEGER);
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, platform TEXT NOT NULL, native TEXT, handle TEXT,
    seen INTEGER NOT NULL, account TEXT NOT NULL);
CREATE INDEX accounts_by_handle ON accounts (platform, handle);
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, platform TEXT NOT NULL, kind TEXT NOT NULL,
    account INTEGER REFERENCES accounts (id), written INTEGER, text TEXT NOT NULL, scanned TEXT);
CREATE TABLE sightings (
    post INTEGER NOT NULL REFERENCES posts (id), capture INTEGER NOT NULL REFERENCES captures (id),
    fidelity TEXT NOT NULL, seen INTEGER, item BLOB NOT NULL);
CREATE INDEX sightings_by_post ON sightings (post);
CREATE TABLE ties (post INTEGER NOT NULL REFERENCES posts (id), kind TEXT NOT NULL, target TEXT NOT NULL);
CREATE INDEX ties_by_post ON ties (post);
CREATE TABLE troubles (
    capture INTEGER NOT NULL REFERENCES captures (id), code TEXT NOT NULL, severity TEXT NOT NULL, place TEXT,
    what TEXT NOT NULL, next TEXT NOT NULL);
CREATE TABLE leftovers (
    capture INTEGER NOT NULL REFERENCES captures (id), place TEXT NOT NULL, what TEXT NOT NULL);
CREATE TABLE pictures (
    digest TEXT PRIMARY KEY, reader TEXT NOT NULL, item BLOB, said TEXT, troubles TEXT NOT NULL, detail TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE findings (
    id TEXT PRIMARY KEY, post INTEGER NOT NULL REFERENCES posts (id), kind TEXT NOT NULL, counts INTEGER NOT NULL,
    score REAL NOT NULL, finding TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX findings_by_post ON findings (post);
CREATE TABLE decisions (
    event INTEGER NOT NULL, finding TEXT NOT NULL, choice TEXT NOT NULL, demo INTEGER NOT NULL,
    decision TEXT NOT NULL);
CREATE INDEX decisions_by_finding ON decisions (finding, event);
CREATE TABLE exhibits (
    number INTEGER PRIMARY KEY, post TEXT NOT NULL UNIQUE, event INTEGER NOT NULL, object TEXT NOT NULL,
    opened_by TEXT NOT NULL);
CREATE TABLE traces (event INTEGER PRIMARY KEY, map TEXT NOT NULL, parameters TEXT NOT NULL);
";

const NAMES: [&str; 13] = [
    "reflects",
    "sightings",
    "ties",
    "troubles",
    "leftovers",
    "pictures",
    "findings",
    "decisions",
    "exhibits",
    "traces",
    "posts",
    "accounts",
    "captures",
];

/// Queries that together say everything the index says, without row numbers, in an order that content decides.
/// CROSS JOIN keeps the posts outermost, so that no large table is sorted as a whole in memory.
pub(super) const CONTENT: [&str; 11] = [
    "SELECT digest, size, name, kept, stripped_from, reader, reading, posts, troubles FROM captures ORDER BY digest",
    "SELECT key, platform, native, handle, seen, account FROM accounts ORDER BY key",
    "SELECT posts.key, posts.platform, kind, accounts.key, written, text, scanned FROM posts
     LEFT JOIN accounts ON accounts.id = posts.account ORDER BY posts.key",
    "SELECT posts.key, digest, fidelity, seen, item FROM posts CROSS JOIN sightings ON sightings.post = posts.id
     CROSS JOIN captures ON captures.id = capture ORDER BY posts.key, digest, item",
    "SELECT posts.key, ties.kind, target FROM posts CROSS JOIN ties ON ties.post = posts.id
     ORDER BY posts.key, ties.kind, target",
    "SELECT digest, code, severity, place, what, next FROM troubles JOIN captures ON captures.id = capture
     ORDER BY 1, 2, 3, 4, 5, 6",
    "SELECT digest, place, what FROM leftovers JOIN captures ON captures.id = capture ORDER BY 1, 2, 3",
    "SELECT digest, reader, item, said, troubles, detail FROM pictures ORDER BY digest",
    "SELECT findings.id, posts.key, finding FROM findings JOIN posts ON posts.id = post ORDER BY 1",
    "SELECT event, finding, decision, demo FROM decisions ORDER BY 1, 2, 3",
    "SELECT number, post, object, opened_by FROM exhibits ORDER BY 1",
];

/// Makes the tables where they are not there, and empties those of another version.
pub(super) fn prepare(db: &Connection) -> Result<(), CaseError> {
    // The index is made from the ledger, so losing its last transactions in a power cut loses nothing; the write-ahead
    // log lets the app read while an import writes.
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -262144; PRAGMA mmap_size = 0; PRAGMA foreign_keys = OFF;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    let version: i32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != VERSION {
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let mut script = String::from("BEGIN IMMEDIATE;");
        if tables > 0 {
            script.push_str(super::pages::UNTIE);
            script.push_str(super::pages::FORGET);
            for name in NAMES {
                script.push_str(&format!("DROP TABLE IF EXISTS {name};"));
            }
        }
        script.push_str(TABLES);
        script.push_str(&format!("PRAGMA user_version = {VERSION}; COMMIT;"));
        db.execute_batch(&script)?;
    }
    Ok(())
}

/// Empties every table.
pub(super) fn clear(db: &Connection) -> Result<(), CaseError> {
    let rows: String = NAMES.iter().map(|name| format!("DELETE FROM {name};")).collect();
    let script = format!("{} {} {rows}", super::pages::UNTIE, super::pages::FORGET);
    Ok(db.execute_batch(&script)?)
}
