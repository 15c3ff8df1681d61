//! The index: an SQLite file made from ledger and objects, which may be deleted and is made again to equal content.
//!
//! - `schema`: the tables.
//! - `write`: one function per kind of event; importing and rebuilding go through the same ones.
//! - [`view`]: what the other rooms may ask; `pages` is the part of it that screens ask, with orders of its own; `around`
//!   tells what a post with findings hangs on.

mod around;
pub(crate) mod pages;
mod pictures;
mod schema;
mod standing;
pub mod view;
mod write;

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};
use values::{Digest, Hasher};

use crate::CaseError;
use view::View;

/// The index of an open case.
#[derive(Debug)]
pub struct Index {
    db: Connection,
    accounts: write::AccountCache,
    unsettled: write::Unsettled,
}

impl Index {
    /// Opens the index file, or makes an empty one.
    ///
    /// An index of another version or one that SQLite finds damaged is deleted first: it is made from the ledger.
    pub(crate) fn open(path: &Path) -> Result<Self, CaseError> {
        match Self::try_open(path) {
            Ok(index) => Ok(index),
            Err(CaseError::Index(error)) if is_damage(&error) => {
                for suffix in ["", "-wal", "-shm", "-journal"] {
                    let mut name = path.as_os_str().to_owned();
                    name.push(suffix);
                    // Most of them are not there.
                    let _absent = std::fs::remove_file(name);
                }
                Self::try_open(path)
            }
            Err(error) => Err(error),
        }
    }

    fn try_open(path: &Path) -> Result<Self, CaseError> {
        let db = Connection::open(path)?;
        db.busy_timeout(Duration::from_secs(10))?;
        schema::prepare(&db)?;
        Ok(Self { db, accounts: write::AccountCache::default(), unsettled: write::Unsettled::default() })
    }

    /// Opens the index file for reading beside the connection that writes. `cache` is how much of it may be kept in
    /// memory, in KiB.
    pub(crate) fn open_beside(path: &Path, cache: u32) -> Result<Self, CaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)?;
        db.busy_timeout(Duration::from_secs(10))?;
        db.execute_batch(&format!("PRAGMA cache_size = -{cache}; PRAGMA temp_store = MEMORY;"))?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db, accounts: write::AccountCache::default(), unsettled: write::Unsettled::default() })
    }

    /// Keeps at most `cache` KiB in memory from now on.
    pub(crate) fn remember_at_most(&self, cache: u32) -> Result<(), CaseError> {
        Ok(self.db.execute_batch(&format!("PRAGMA cache_size = -{cache}; PRAGMA shrink_memory;"))?)
    }

    /// Makes an index in memory, for a disk that is full.
    pub(crate) fn in_memory() -> Result<Self, CaseError> {
        let db = Connection::open_in_memory()?;
        schema::prepare(&db)?;
        Ok(Self { db, accounts: write::AccountCache::default(), unsettled: write::Unsettled::default() })
    }

    /// Makes an index to compare another with: SQLite keeps it in memory while it is small, else in a nameless file that
    /// is gone with it.
    pub(crate) fn temporary() -> Result<Self, CaseError> {
        let db = Connection::open("")?;
        schema::prepare(&db)?;
        Ok(Self { db, accounts: write::AccountCache::default(), unsettled: write::Unsettled::default() })
    }

    /// Returns how many events the index reflects, and the ledger's root over them.
    pub(crate) fn reflects(&self) -> Result<(u64, Option<Digest>), CaseError> {
        let row: Option<(i64, String)> = self
            .db
            .query_row("SELECT size, root FROM reflects", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(row.map_or((0, None), |(size, root)| (u64::try_from(size).unwrap_or(0), root.parse().ok())))
    }

    /// Notes how far the index has come. Called inside the transaction that brought it there.
    pub(crate) fn set_reflects(&self, size: u64, root: &Digest) -> Result<(), CaseError> {
        self.db.execute("DELETE FROM reflects", [])?;
        self.db.execute(
            "INSERT INTO reflects (size, root) VALUES (?1, ?2)",
            params![i64::try_from(size).unwrap_or(i64::MAX), root.to_string()],
        )?;
        Ok(())
    }

    /// Empties every table.
    pub(crate) fn clear(&mut self) -> Result<(), CaseError> {
        self.accounts.clear();
        schema::clear(&self.db)
    }

    /// Begins a transaction.
    pub(crate) fn begin(&self) -> Result<(), CaseError> {
        Ok(self.db.execute_batch("BEGIN IMMEDIATE")?)
    }

    /// Makes the transaction's changes stay.
    pub(crate) fn commit(&self) -> Result<(), CaseError> {
        Ok(self.db.execute_batch("COMMIT")?)
    }

    /// Gives emptied pages back to the disk.
    pub(crate) fn compact(&self) -> Result<(), CaseError> {
        Ok(self.db.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?)
    }

    /// Undoes the transaction's changes.
    pub(crate) fn roll_back(&mut self) {
        // What the transaction added to the cache is undone with it.
        self.accounts.clear();
        // Nothing to do about a failure here: the next opening finds the index behind the ledger and mends it.
        let _mended_at_next_opening = self.db.execute_batch("ROLLBACK");
    }

    /// Returns a digest of everything the index says, the same for equal content whatever order it came in.
    pub fn content(&self) -> Result<Digest, CaseError> {
        let mut hasher = Hasher::new();
        for query in schema::CONTENT {
            let mut statement = self.db.prepare(query)?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            hasher.update(query.as_bytes());
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    hash_value(&mut hasher, row.get_ref(column)?);
                }
            }
        }
        Ok(hasher.finish())
    }
}

fn hash_value(hasher: &mut Hasher, value: rusqlite::types::ValueRef<'_>) {
    use rusqlite::types::ValueRef;
    let (kind, bytes): (u8, std::borrow::Cow<'_, [u8]>) = match value {
        ValueRef::Null => (0, Vec::new().into()),
        ValueRef::Integer(n) => (1, n.to_be_bytes().to_vec().into()),
        ValueRef::Real(n) => (2, n.to_bits().to_be_bytes().to_vec().into()),
        ValueRef::Text(text) => (3, text.into()),
        ValueRef::Blob(blob) => (4, blob.into()),
    };
    hasher.update(&[kind]);
    hasher.update(&(bytes.len() as u64).to_be_bytes());
    hasher.update(&bytes);
}

fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode;
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
