//! Statements: per account the table a lawyer needs, and per claim what stands against it.

use std::collections::BTreeMap;

use case::view::{FindingRow, View};
use network::trace::Map;
use record::{Choice, Claim, Kind, PostKey, Stance};
use values::Moment;

use super::gentle;
use crate::ActionError;

/// One statement of an account. Its words are not in it.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The post.
    pub post: PostKey,
    /// The strongest finding's id.
    pub finding: String,
    /// When it was written.
    pub written: Option<Moment>,
    /// What sort of post: its own words, or another's passed on.
    pub own_words: bool,
    /// The finding's kind.
    pub kind: Kind,
    /// The claim it matches.
    pub claim: Option<String>,
    /// How the writer stands to the words.
    pub stance: Option<Stance>,
    /// The decision that holds.
    pub decision: Option<Choice>,
    /// Its number, where it is an exhibit.
    pub exhibit: Option<u32>,
    /// The most views any capture shows.
    pub views: Option<u64>,
    /// Whether it came after a correction came to the account.
    pub after_notice: bool,
    /// Its address.
    pub url: Option<String>,
}

/// Whether something was found by nobody yet, or what the person decided, in one account's table.
#[derive(Debug, Clone)]
pub struct OfAccount {
    /// What to call the account; `None` where the name is to stay out of sight.
    pub shown: Option<String>,
    /// Its key.
    pub key: String,
    /// Followers when last captured.
    pub followers: Option<u64>,
    /// Its statements, earliest first.
    pub statements: Vec<Statement>,
    /// When a correction came to it, by claim.
    pub notice: Vec<(String, i64)>,
}

/// A claim of the case with what is known about it.
#[derive(Debug, Clone)]
pub struct ClaimHere {
    /// The claim.
    pub claim: Claim,
    /// Posts that assert it.
    pub asserted: u64,
    /// Posts that deny, ask or report it.
    pub otherwise: u64,
    /// Of those that assert it, how many a person confirmed.
    pub confirmed: u64,
}

/// Returns the table of one account; at most `most` statements.
pub fn of_account(view: View<'_>, key: &str, map: Option<&Map>, most: u32) -> Result<OfAccount, ActionError> {
    let account = view.account(key)?.ok_or_else(|| {
        ActionError::Request(
            "There is no such account in this case. Go back to the list and choose again.".to_owned(),
        )
    })?;
    let notice: Vec<_> =
        map.iter().flat_map(|map| &map.notice.went_on).filter(|row| row.account.as_str() == key).collect();
    let after: Vec<&PostKey> =
        notice.iter().flat_map(|row| row.kept_on.iter().chain(&row.passed_on)).collect();
    let exhibits: BTreeMap<PostKey, u32> =
        view.exhibits()?.into_iter().map(|exhibit| (exhibit.post, exhibit.number)).collect();
    let asked = case::view::PostsAsked { by: Some(key.to_owned()), most, ..Default::default() };
    let mut statements = Vec::new();
    for line in view.posts_asked(&asked)? {
        let found = view.findings_on(&line.key)?;
        let Some(row) =
            found.into_iter().filter(|row| row.finding.counts || row.confirmed()).min_by_key(rank)
        else {
            continue;
        };
        let Some(seen) = view.seen(&line.key)? else { continue };
        statements.push(Statement {
            finding: row.id.to_string(),
            written: seen.post.written,
            own_words: seen.post.kind != record::PostKind::Repost,
            kind: row.finding.kind,
            claim: row.finding.claim.clone(),
            stance: row.finding.stance,
            decision: row.decision.as_ref().map(|decision| decision.choice),
            exhibit: exhibits.get(&line.key).copied(),
            views: seen.sightings.iter().filter_map(|sighting| sighting.observation.counts.views).max(),
            after_notice: after.contains(&&line.key),
            url: seen.post.url.as_ref().map(|url| url.as_str().to_owned()),
            post: line.key,
        });
    }
    Ok(OfAccount {
        shown: gentle::account(&account),
        key: key.to_owned(),
        followers: account.followers,
        statements,
        notice: notice.iter().map(|row| (row.claim.clone(), row.at)).collect(),
    })
}

/// Confirmed before open before rejected; then the graver kind.
fn rank(row: &FindingRow) -> (u8, Kind) {
    let choice = match row.decision.as_ref().map(|decision| decision.choice) {
        Some(Choice::Confirm) => 0,
        None | Some(Choice::Note) => 1,
        Some(Choice::Reject) => 2,
    };
    (choice, row.finding.kind)
}

/// Returns the claims that posts of this case match, most asserted first; `own` are the case's own.
pub fn claims(view: View<'_>, own: &[Claim], language: &str) -> Result<Vec<ClaimHere>, ActionError> {
    let library = crate::scan::with_own(law::claims_in(law::Lang::of(language)), own);
    let mut found = Vec::new();
    for (id, asserted, otherwise, confirmed) in view.claims_matched()? {
        if let Some(claim) = library.iter().find(|claim| claim.id == id) {
            found.push(ClaimHere { claim: claim.clone(), asserted, otherwise, confirmed });
        }
    }
    found.sort_by_key(|here| std::cmp::Reverse((here.asserted, here.otherwise)));
    Ok(found)
}
