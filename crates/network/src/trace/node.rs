//! A post as the trace sees it: who, when, tied to what. Words come as one folded key, findings as plain marks.

use compact_str::CompactString;
use record::{AccountKey, PostKey, PostKind, State};
use serde::{Deserialize, Serialize};
use values::Digest;

/// A post with everything the trace needs, and nothing it must not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostNode {
    /// The post.
    pub key: PostKey,
    /// Its account; `None` where no capture names it.
    pub account: Option<AccountKey>,
    /// When it was written, in milliseconds since the Unix epoch.
    pub written: Option<i64>,
    /// How far the true time may lie from `written` to either side, in milliseconds.
    pub doubt_ms: i64,
    /// What sort of thing it is.
    pub kind: PostKind,
    /// The post it answers.
    pub reply_to: Option<PostKey>,
    /// The post it passes on without a word.
    pub repost_of: Option<PostKey>,
    /// The post it passes on with words added.
    pub quote_of: Option<PostKey>,
    /// Accounts it names.
    pub mentions: Vec<AccountKey>,
    /// Links, in the form for comparing.
    pub links: Vec<String>,
    /// Hashtags, in the form for comparing.
    pub hashtags: Vec<CompactString>,
    /// Attached media, as names that are equal for equal or twin pictures.
    pub media: Vec<CompactString>,
    /// The words, folded for comparing; empty for none.
    pub text_key: Vec<u8>,
    /// Every sighting.
    pub sightings: Vec<Sighting>,
    /// Ids of claims it asserts.
    pub asserts: Vec<String>,
    /// Ids of claims it corrects.
    pub corrects: Vec<String>,
    /// Ids of claims a note of the platform, shown on this post, corrects.
    pub noted: Vec<String>,
    /// Whether it threatens or harasses, for the surge.
    pub harmful: bool,
}

/// One sighting of a post in a capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// When it was captured, in milliseconds since the Unix epoch.
    pub seen: Option<i64>,
    /// The views shown then.
    pub views: Option<u64>,
    /// What had become of it.
    pub state: State,
    /// Whether this capture showed the note of the platform.
    pub note_shown: bool,
    /// The capture.
    pub capture: Digest,
}

/// A retraction demand or correction that was served outside the platforms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// The account whose holder was served.
    pub account: AccountKey,
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
    /// The claims it corrects.
    pub claims: Vec<String>,
    /// The capture that proves it.
    pub proof: Digest,
}

impl PostNode {
    /// Returns a post of `account` with nothing in it.
    pub fn bare(key: PostKey, account: Option<AccountKey>, kind: PostKind) -> Self {
        Self {
            key,
            account,
            written: None,
            doubt_ms: 0,
            kind,
            reply_to: None,
            repost_of: None,
            quote_of: None,
            mentions: Vec::new(),
            links: Vec::new(),
            hashtags: Vec::new(),
            media: Vec::new(),
            text_key: Vec::new(),
            sightings: Vec::new(),
            asserts: Vec::new(),
            corrects: Vec::new(),
            noted: Vec::new(),
            harmful: false,
        }
    }
}

/// The posts of one trace: sorted by time (undated last), then key, each key once, with their claims worked out.
pub(crate) struct Posts<'a> {
    pub list: Vec<&'a PostNode>,
    by_key: std::collections::BTreeMap<&'a PostKey, usize>,
    /// Claims each post asserts; a plain repost asserts what its original asserts.
    pub asserts: Vec<Vec<&'a str>>,
}

impl<'a> Posts<'a> {
    pub fn new(given: &'a [PostNode]) -> Self {
        let mut list: Vec<&PostNode> = given.iter().collect();
        list.sort_by_key(|post| (post.written.is_none(), post.written, &post.key));
        let mut by_key = std::collections::BTreeMap::new();
        list.retain(|post| {
            let next = by_key.len();
            let new = !by_key.contains_key(&post.key);
            by_key.entry(&post.key).or_insert(next);
            new
        });
        let mut posts = Self { list, by_key, asserts: Vec::new() };
        posts.asserts = (0..posts.list.len()).map(|at| posts.claims_of(at)).collect();
        posts
    }

    pub fn find(&self, key: &PostKey) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Returns whether the post passes another on without adding a word.
    pub fn plain_repost(&self, at: usize) -> bool {
        self.list[at].repost_of.is_some() && self.list[at].quote_of.is_none()
    }

    fn claims_of(&self, at: usize) -> Vec<&'a str> {
        let post = self.list[at];
        let original = post.repost_of.as_ref().and_then(|key| self.find(key)).map(|at| self.list[at]);
        let mut claims: Vec<&str> = post.asserts.iter().map(String::as_str).collect();
        if let Some(original) = original.filter(|_| self.plain_repost(at)) {
            claims.extend(original.asserts.iter().map(String::as_str));
        }
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// Returns every claim asserted, sorted.
    pub fn claims(&self) -> Vec<&'a str> {
        let mut claims: Vec<&str> = self.asserts.iter().flatten().copied().collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}
