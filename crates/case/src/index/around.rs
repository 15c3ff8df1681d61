//! The posts of a case that hold findings, and what each hangs on: what a screen or a report needs to say what stands
//! around a finding.

use std::collections::BTreeSet;

use record::{AccountKey, Kind, PostKey};

use super::pages::HOLDS;
use super::view::{View, damaged};
use crate::CaseError;

/// A post with findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hanging {
    /// The post.
    pub post: PostKey,
    /// Who wrote it, where that is known.
    pub account: Option<AccountKey>,
    /// The kinds of its findings.
    pub kinds: BTreeSet<Kind>,
    /// What it answers or quotes.
    pub answers: Vec<PostKey>,
}

impl View<'_> {
    /// Returns the posts that hold findings, each once, in no order. Findings that count and were not rejected are taken;
    /// with `confirmed` only those that a person confirmed.
    pub fn hanging(&self, confirmed: bool) -> Result<Vec<Hanging>, CaseError> {
        let mut statement = self.index().db.prepare_cached(&format!(
            "SELECT posts.id, posts.key, accounts.key, findings.kind, coalesce({HOLDS}, '') AS holds
             FROM findings JOIN posts ON posts.id = findings.post LEFT JOIN accounts ON accounts.id = posts.account
             WHERE holds = 'confirm' OR (?1 = 0 AND findings.counts = 1 AND holds <> 'reject')
             ORDER BY posts.id"
        ))?;
        let mut ties = self
            .index()
            .db
            .prepare_cached("SELECT target FROM ties WHERE post = ?1 AND kind IN ('reply', 'quote')")?;
        let mut rows = statement.query([confirmed])?;
        let mut found: Vec<Hanging> = Vec::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let kind = row.get::<_, String>(3)?.parse().map_err(|_| damaged("a finding's kind"))?;
            if last.replace(id) != Some(id) {
                let answers = ties.query_map([id], |row| row.get::<_, String>(0))?;
                found.push(Hanging {
                    post: PostKey::from_stored(row.get::<_, String>(1)?),
                    account: row.get::<_, Option<String>>(2)?.map(AccountKey::from_stored),
                    kinds: BTreeSet::new(),
                    answers: answers.map(|key| key.map(PostKey::from_stored)).collect::<Result<_, _>>()?,
                });
            }
            if let Some(here) = found.last_mut() {
                here.kinds.insert(kind);
            }
        }
        Ok(found)
    }
}
