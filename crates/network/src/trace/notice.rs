//! Who had a correction in hand, and what they posted after.
//!
//! For each account and claim: the first moment at which the account demonstrably had a correction of the claim before it,
//! and everything it posted on the claim after that moment. Who shared only before is never listed. What an account did
//! against the claim (corrected it, deleted its post) is credited beside.

use std::collections::BTreeMap;

use record::{AccountKey, PostKey, State};
use serde::{Deserialize, Serialize};
use values::Digest;

use super::limits::CannotShow;
use super::node::{Posts, Served};

/// How an account had the correction before it, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A retraction demand or correction was served on its holder.
    Served,
    /// It answered the correction.
    Answered,
    /// It quoted the correction.
    Quoted,
    /// It passed the correction on.
    PassedOn,
    /// A note of the platform with the correction was shown on its own post.
    NoteShown,
    /// The correction answered or quoted its post.
    Addressed,
    /// The correction named it.
    Mentioned,
}

impl Basis {
    /// Returns the word used in JSON and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::Answered => "answered",
            Self::Quoted => "quoted",
            Self::PassedOn => "passed-on",
            Self::NoteShown => "note-shown",
            Self::Addressed => "addressed",
            Self::Mentioned => "mentioned",
        }
    }
}

/// What proves the notice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Proof {
    /// The account's own post, and the correction it acts on.
    Post {
        /// The account's post; for a mention the correction itself.
        post: PostKey,
        /// The correction.
        correction: PostKey,
    },
    /// A capture.
    Capture {
        /// The capture.
        capture: Digest,
    },
}

/// An account that went on with a claim after notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    /// The account.
    pub account: AccountKey,
    /// The claim.
    pub claim: String,
    /// The moment of notice, in milliseconds since the Unix epoch.
    pub at: i64,
    /// How it had notice.
    pub basis: Basis,
    /// What proves it.
    pub proof: Proof,
    /// Posts in its own words that assert the claim after that moment, by time.
    pub kept_on: Vec<PostKey>,
    /// Others' posts asserting the claim that it passed on without a word after that moment, by time.
    pub passed_on: Vec<PostKey>,
    /// Its posts on the claim that carry no time, or one too doubtful to say whether they came after.
    pub undated: Vec<PostKey>,
    /// What this cannot show.
    pub cannot_show: CannotShow,
}

/// What an account did against a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Credit {
    /// It corrected the claim in its own words.
    Corrected,
    /// It passed a correction on.
    PassedCorrectionOn,
    /// A capture says that its post on the claim was deleted; by whom is not known.
    Deleted,
    /// It had posted the claim, had notice, and posted nothing on it after, in this collection.
    Stopped,
}

/// A credit row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Credited {
    /// The account.
    pub account: AccountKey,
    /// The claim.
    pub claim: String,
    /// What it did.
    pub credit: Credit,
    /// The posts that show it.
    pub posts: Vec<PostKey>,
}

/// Both sides of the ledger, each sorted by account, then claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLedger {
    /// Who went on after notice.
    pub went_on: Vec<NoticeRow>,
    /// Who did something against a claim, or stopped.
    pub credited: Vec<Credited>,
}

type Notices<'a> = BTreeMap<(&'a AccountKey, &'a str), (i64, Basis, Proof, i64)>;

/// Returns the ledger.
pub(crate) fn ledger(posts: &Posts, served: &[Served]) -> NoticeLedger {
    let notices = notices(posts, served);
    let mut said: BTreeMap<(&AccountKey, &str), Vec<usize>> = BTreeMap::new();
    for (at, post) in posts.list.iter().enumerate() {
        if let Some(account) = &post.account {
            for claim in &posts.asserts[at] {
                said.entry((account, claim)).or_default().push(at);
            }
        }
    }
    let mut ledger = NoticeLedger { went_on: Vec::new(), credited: credits(posts, &said) };
    for ((account, claim), (moment, basis, proof, doubt)) in notices {
        let Some(list) = said.get(&(account, claim)) else { continue };
        let (mut kept_on, mut passed_on, mut undated) = (Vec::new(), Vec::new(), Vec::new());
        for at in list {
            let post = posts.list[*at];
            // The post that gives notice (a quotation that repeats the claim) is itself made with the correction in hand.
            let own_proof = matches!(&proof, Proof::Post { post: key, .. } if *key == post.key);
            let doubt = doubt.saturating_add(post.doubt_ms);
            match post.written {
                Some(written) if own_proof || written > moment.saturating_add(doubt) => {
                    if posts.plain_repost(*at) { &mut passed_on } else { &mut kept_on }
                        .push(post.key.clone());
                }
                Some(written) if written < moment.saturating_sub(doubt) || doubt == 0 => {}
                _ => undated.push(post.key.clone()),
            }
        }
        if !kept_on.is_empty() || !passed_on.is_empty() {
            let cannot_show = match basis {
                Basis::Addressed | Basis::Mentioned => CannotShow::NoticeNotRead,
                Basis::NoteShown => CannotShow::NoteTime,
                _ => CannotShow::NoticeNotBelief,
            };
            ledger.went_on.push(NoticeRow {
                account: account.clone(),
                claim: claim.to_owned(),
                at: moment,
                basis,
                proof,
                kept_on,
                passed_on,
                undated,
                cannot_show,
            });
        } else if undated.is_empty() {
            ledger.credited.push(Credited {
                account: account.clone(),
                claim: claim.to_owned(),
                credit: Credit::Stopped,
                posts: list.iter().map(|at| posts.list[*at].key.clone()).collect(),
            });
        }
    }
    ledger.credited.sort();
    ledger
}

/// Returns the first notice of each account and claim; of two at the same moment, the stronger.
fn notices<'a>(posts: &Posts<'a>, served: &'a [Served]) -> Notices<'a> {
    let mut notices: Notices = BTreeMap::new();
    let mut add = |account: &'a AccountKey, claim: &'a str, at: i64, basis, proof: Proof, doubt: i64| {
        let found = (at, basis, proof, doubt);
        let known = notices.entry((account, claim)).or_insert_with(|| found.clone());
        if found < *known {
            *known = found;
        }
    };
    for demand in served {
        for claim in &demand.claims {
            let proof = Proof::Capture { capture: demand.proof };
            add(&demand.account, claim, demand.at, Basis::Served, proof, 0);
        }
    }
    for post in &posts.list {
        acts_on_correction(posts, post, &mut add);
        addressed(posts, post, &mut add);
        if let Some(account) = &post.account {
            let shown = post.sightings.iter().filter(|sighting| sighting.note_shown);
            let earliest = shown.filter_map(|sighting| Some((sighting.seen?, sighting.capture))).min();
            if let Some((seen, capture)) = earliest {
                for claim in &post.noted {
                    add(account, claim, seen, Basis::NoteShown, Proof::Capture { capture }, 0);
                }
            }
        }
    }
    notices
}

/// The account of `post` answered, quoted or passed on a correction.
fn acts_on_correction<'a>(
    posts: &Posts<'a>,
    post: &'a super::PostNode,
    add: &mut impl FnMut(&'a AccountKey, &'a str, i64, Basis, Proof, i64),
) {
    let (Some(account), Some(written)) = (&post.account, post.written) else { return };
    let ties = [
        (&post.reply_to, Basis::Answered),
        (&post.quote_of, Basis::Quoted),
        (&post.repost_of, Basis::PassedOn),
    ];
    for (parent, basis) in ties {
        let Some(correction) = parent.as_ref().and_then(|key| posts.find(key)).map(|at| posts.list[at])
        else {
            continue;
        };
        // Who answers their own correction is the corrector, not someone put on notice.
        if correction.account.as_ref() == Some(account) {
            continue;
        }
        for claim in &correction.corrects {
            let proof = Proof::Post { post: post.key.clone(), correction: correction.key.clone() };
            add(account, claim, written, basis, proof, post.doubt_ms);
        }
    }
}

/// `post` is a correction that names accounts or answers them.
fn addressed<'a>(
    posts: &Posts<'a>,
    post: &'a super::PostNode,
    add: &mut impl FnMut(&'a AccountKey, &'a str, i64, Basis, Proof, i64),
) {
    let Some(written) = post.written else { return };
    for claim in &post.corrects {
        let proof = || Proof::Post { post: post.key.clone(), correction: post.key.clone() };
        let parents = [&post.reply_to, &post.quote_of].into_iter().flatten();
        let answered = parents.filter_map(|key| posts.list[posts.find(key)?].account.as_ref());
        for account in answered.filter(|account| post.account.as_ref() != Some(*account)) {
            add(account, claim, written, Basis::Addressed, proof(), post.doubt_ms);
        }
        for account in post.mentions.iter().filter(|account| post.account.as_ref() != Some(*account)) {
            add(account, claim, written, Basis::Mentioned, proof(), post.doubt_ms);
        }
    }
}

fn credits(posts: &Posts, said: &BTreeMap<(&AccountKey, &str), Vec<usize>>) -> Vec<Credited> {
    let mut found: BTreeMap<(AccountKey, String, Credit), Vec<PostKey>> = BTreeMap::new();
    for (at, post) in posts.list.iter().enumerate() {
        let Some(account) = &post.account else { continue };
        let mut credit = |claim: &str, credit| {
            found.entry((account.clone(), claim.to_owned(), credit)).or_default().push(post.key.clone());
        };
        if posts.plain_repost(at) {
            let original = post.repost_of.as_ref().and_then(|key| posts.find(key));
            for claim in original.into_iter().flat_map(|at| &posts.list[at].corrects) {
                credit(claim, Credit::PassedCorrectionOn);
            }
        } else {
            for claim in &post.corrects {
                credit(claim, Credit::Corrected);
            }
        }
    }
    for ((account, claim), list) in said {
        for at in list {
            let post = posts.list[*at];
            if post.sightings.iter().any(|sighting| sighting.state == State::Deleted) {
                let key = ((*account).clone(), (*claim).to_owned(), Credit::Deleted);
                found.entry(key).or_default().push(post.key.clone());
            }
        }
    }
    found
        .into_iter()
        .map(|((account, claim, credit), posts)| Credited { account, claim, credit, posts })
        .collect()
}
