//! Every post, every capture and the whole log, for the package that keeps a case readable without redress.

use std::collections::BTreeMap;

use case::Case;
use case::view::FindingRow;
use record::{Choice, PostKey};
use report::Dossier;
use report::dossier::{CaptureRow, PostRow};

use crate::ActionError;

/// Puts them into the dossier, with `findings` that count or were decided about. It is for nobody but the person, so findings that wait for a decision are named as such.
pub(super) fn fill(case: &Case, dossier: &mut Dossier, findings: &[FindingRow]) -> Result<(), ActionError> {
    let mut found: BTreeMap<&PostKey, Vec<String>> = BTreeMap::new();
    for row in findings {
        let stands = match row.decision.as_ref().map(|decision| decision.choice) {
            Some(Choice::Confirm) => "confirmed by a person",
            Some(Choice::Reject) => "rejected by a person",
            Some(Choice::Note) => "noted by a person",
            None => "proposed by a program, not decided",
        };
        found.entry(&row.post).or_default().push(format!("{}: {stands}", row.finding.kind));
    }
    let mut posts = Vec::new();
    case.view().each_seen(|seen| {
        let post = &seen.post;
        let mut captures: Vec<_> = seen.sightings.iter().map(|sighting| sighting.capture.digest).collect();
        captures.sort_unstable();
        captures.dedup();
        posts.push(PostRow {
            post: post.key.to_string(),
            platform: post.platform.to_string(),
            kind: format!("{:?}", post.kind).to_lowercase(),
            account: post.author.shown(),
            written: post.written,
            address: post.url.as_ref().map_or_else(String::new, ToString::to_string),
            text: post.text.clone(),
            captures,
            findings: found.get(&post.key).cloned().unwrap_or_default(),
        });
    })?;
    posts.sort_by(|a, b| (a.written, &a.post).cmp(&(b.written, &b.post)));
    dossier.posts = posts;
    let rows = case.view().captures()?;
    dossier.captures = rows
        .into_iter()
        .map(|row| CaptureRow { digest: row.digest, size: row.size, file: row.name, kept: row.kept })
        .collect();
    for line in 0..case.ledger().size() {
        dossier.ledger.push_str(case.ledger().line(line).unwrap_or_default());
        dossier.ledger.push('\n');
    }
    Ok(())
}
