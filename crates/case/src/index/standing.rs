//! How findings stand that are asked for by name, by account, or at all.

use record::Kind;
use rusqlite::{OptionalExtension as _, params};

use super::pages::HOLDS;
use super::view::{View, damaged};
use crate::CaseError;

impl View<'_> {
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

    /// Returns how many exhibits there are.
    pub fn exhibit_count(&self) -> Result<u64, CaseError> {
        let count: i64 = self.index().db.query_row("SELECT count(*) FROM exhibits", [], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
