//! Actions in columns: which account did something to which thing, with which post, when.
//!
//! A row costs 24 bytes; names are kept once each. Contents (posts) are kept as a 64-bit fingerprint only: they are
//! compared within one account and one thing, and the row's number leads back to the post. Rows keep the order in which
//! they came, so that row `n` here is row `n` of the input.

use crate::names::{self, Names};

/// A row on which nothing can be counted: no thing, no account or no time.
pub(crate) const NOTHING: u32 = u32::MAX;

/// A table of actions.
#[derive(Debug, Clone, Default)]
pub struct Actions {
    pub(crate) accounts: Names,
    pub(crate) objects: Names,
    /// Numbered in the order of names, so that the kernel never looks a name up.
    pub(crate) account: Vec<u32>,
    pub(crate) object: Vec<u32>,
    pub(crate) content: Vec<u64>,
    /// Milliseconds since the Unix epoch.
    pub(crate) time: Vec<i64>,
    empty: u64,
}

impl Actions {
    /// Returns how many rows there are, rows on which nothing can be counted included.
    pub fn rows(&self) -> usize {
        self.account.len()
    }

    /// Returns how many distinct accounts there are.
    pub fn accounts(&self) -> usize {
        self.accounts.len()
    }

    /// Returns how many distinct things there are.
    pub fn objects(&self) -> usize {
        self.objects.len()
    }

    /// Returns how many rows name no thing or no account. An empty link is not a link.
    pub fn empty_rows(&self) -> u64 {
        self.empty
    }

    /// Returns the name of an account of an [`super::Edge`].
    pub fn account_name(&self, account: u32) -> &str {
        self.accounts.text_of(account)
    }

    /// Returns the name of an account as bytes, which are UTF-8.
    pub(super) fn account_bytes(&self, account: u32) -> &[u8] {
        self.accounts.bytes_of(account)
    }

    /// Returns where the name of an account begins among all names.
    pub(super) fn account_place(&self, account: u32) -> usize {
        self.accounts.place_of(account)
    }

    /// Returns a byte of the names, to have it at hand; 0 beyond the last.
    pub(super) fn account_byte(&self, place: usize) -> u8 {
        self.accounts.byte(place)
    }

    /// Returns the name of a thing.
    pub fn object_name(&self, object: u32) -> &str {
        self.objects.text_of(object)
    }

    /// Returns the name of the thing of a row; `None` where nothing is counted on it.
    pub fn object_of(&self, row: usize) -> Option<&str> {
        self.object.get(row).filter(|object| **object != NOTHING).map(|object| self.object_name(*object))
    }

    /// Returns a row as numbers; `None` where nothing is counted on it.
    pub fn numbers(&self, row: usize) -> Option<Numbers> {
        let account = *self.account.get(row).filter(|account| **account != NOTHING)?;
        let object = *self.object.get(row).filter(|object| **object != NOTHING)?;
        Some(Numbers { account, object, content: self.content[row], millis: self.time[row] })
    }

    /// Returns the time of a row in milliseconds since the Unix epoch; 0 where nothing is counted on it.
    pub fn millis_of(&self, row: usize) -> i64 {
        self.time.get(row).copied().unwrap_or(0)
    }

    /// Makes things whose words are nearly the same one thing, named by the first of them. `words` returns the words of a
    /// thing, folded for comparing; `None` for a thing that is not words. `least` is the share of shingles: see
    /// [`crate::alike::groups`].
    pub fn join_alike(&mut self, least: f64, words: impl Fn(&str) -> Option<Vec<u8>>) {
        let folded: Vec<(u32, Vec<u8>)> = (0..self.objects() as u32)
            .filter_map(|object| Some((object, words(self.object_name(object))?)))
            .collect();
        let texts: Vec<&[u8]> = folded.iter().map(|(_, words)| words.as_slice()).collect();
        let mut joined: Vec<u32> = (0..self.objects() as u32).collect();
        for group in crate::alike::groups(&texts, least) {
            for member in &group {
                joined[folded[*member].0 as usize] = folded[group[0]].0;
            }
        }
        for object in self.object.iter_mut().filter(|object| **object != NOTHING) {
            *object = joined[*object as usize];
        }
    }

    /// Returns the rows on the things named, with the same row numbers; other rows count nothing. For running a capped
    /// thing alone.
    pub fn only(&self, objects: &[&str]) -> Self {
        let wanted: Vec<u32> = objects.iter().filter_map(|name| self.objects.find(name)).collect();
        let mut only = self.clone();
        for row in 0..only.object.len() {
            if !wanted.contains(&only.object[row]) {
                only.object[row] = NOTHING;
                only.account[row] = NOTHING;
            }
        }
        only
    }

    /// Lets go of the rows and of what finds a name's number; the names stay.
    pub(super) fn forget_rows(&mut self) {
        (self.account, self.object, self.content, self.time) = Default::default();
        self.accounts.forget_numbers();
        self.objects.forget_numbers();
    }

    /// Returns the bytes of memory the table holds.
    pub fn memory(&self) -> u64 {
        let rows = self.account.capacity() * 4
            + self.object.capacity() * 4
            + self.content.capacity() * 8
            + self.time.capacity() * 8;
        rows as u64 + self.accounts.memory() + self.objects.memory()
    }
}

/// A row as numbers, for engines that count elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// The account; numbers follow the byte order of names.
    pub account: u32,
    /// The thing.
    pub object: u32,
    /// A fingerprint of the post: compared within one account and one thing.
    pub content: u64,
    /// Milliseconds since the Unix epoch.
    pub millis: i64,
}

/// Builds [`Actions`] row by row.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    actions: Actions,
}

/// More distinct names than numbers for them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "There are more than 4,294,967,293 distinct accounts, things or rows. Split the actions by thing and run each part."
)]
pub struct TooManyNames;

impl Builder {
    /// Returns an empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row; `millis` is the time since the Unix epoch.
    ///
    /// An empty `object` or `account` is kept as a row on which nothing is counted. An empty `content` stands for a post
    /// without an id: such rows are told apart by their time.
    pub fn push(
        &mut self,
        account: &str,
        object: &str,
        content: &str,
        millis: i64,
    ) -> Result<(), TooManyNames> {
        if account.is_empty() || object.is_empty() {
            self.actions.empty += 1;
            return self.nothing();
        }
        self.room()?;
        let actions = &mut self.actions;
        actions.account.push(actions.accounts.add(account).ok_or(TooManyNames)?);
        actions.object.push(actions.objects.add(object).ok_or(TooManyNames)?);
        actions.content.push(match content {
            "" => names::hash(&millis.to_le_bytes()) ^ 1,
            given => names::hash(given.as_bytes()),
        });
        actions.time.push(millis);
        Ok(())
    }

    /// Makes ready for rows that are about to be added; changes nothing.
    pub(crate) fn warm<'a>(&self, accounts: impl Iterator<Item = &'a [u8]>) {
        self.actions.accounts.warm(accounts);
    }

    /// Adds a row on which nothing can be counted, so that later rows keep their numbers.
    pub fn nothing(&mut self) -> Result<(), TooManyNames> {
        self.room()?;
        self.actions.account.push(NOTHING);
        self.actions.object.push(NOTHING);
        self.actions.content.push(0);
        self.actions.time.push(0);
        Ok(())
    }

    /// Returns the table, its accounts numbered in the order of their names.
    pub fn finish(mut self) -> Actions {
        let ranks = self.actions.accounts.sort();
        for account in self.actions.account.iter_mut().filter(|account| **account != NOTHING) {
            *account = ranks[*account as usize];
        }
        self.actions
    }

    fn room(&self) -> Result<(), TooManyNames> {
        if self.actions.account.len() < NOTHING as usize - 1 { Ok(()) } else { Err(TooManyNames) }
    }
}
