//! The map's rows as CSV, a line each, with the posts that prove it (joined by blanks) and the code of what it cannot show.

use std::fmt::Display;
use std::io::Write;

use record::PostKey;
use values::{Moment, Precision, SaidBy};

use crate::trace::{Map, Proof, Subject};

/// Writes who acted together.
pub fn coordination_csv(map: &Map, to: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record([
        "by",
        "account_a",
        "account_b",
        "within_s",
        "weight",
        "objects",
        "mean_delta_s",
        "a_first",
        "b_first",
        "rarity",
        "expected",
        "chance",
        "rate",
        "posts_a",
        "posts_b",
        "cannot_show",
    ])?;
    for row in &map.coordination.rows {
        out.write_record([
            row.by.word().to_owned(),
            row.a.to_string(),
            row.b.to_string(),
            row.within_s.to_string(),
            row.weight.to_string(),
            row.objects.to_string(),
            row.mean_delta_s.to_string(),
            row.a_first.to_string(),
            row.b_first.to_string(),
            row.rarity.to_string(),
            row.expected.to_string(),
            row.chance.to_string(),
            row.rate.to_string(),
            joined(row.posts.iter().map(|(a, _)| a)),
            joined(row.posts.iter().map(|(_, b)| b)),
            row.cannot_show.code().to_owned(),
        ])?;
    }
    Ok(out.flush()?)
}

/// Writes who went on after notice.
pub fn notice_csv(map: &Map, to: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record([
        "account",
        "claim",
        "notice_utc",
        "basis",
        "proof",
        "kept_on",
        "passed_on",
        "undated",
        "cannot_show",
    ])?;
    for row in &map.notice.went_on {
        let proof = match &row.proof {
            Proof::Post { post, correction } => format!("{post} {correction}"),
            Proof::Capture { capture } => format!("sha256:{capture}"),
        };
        out.write_record([
            row.account.to_string(),
            row.claim.clone(),
            utc(Some(row.at)),
            row.basis.word().to_owned(),
            proof,
            joined(&row.kept_on),
            joined(&row.passed_on),
            joined(&row.undated),
            row.cannot_show.code().to_owned(),
        ])?;
    }
    Ok(out.flush()?)
}

/// Writes every number of views any capture shows, a line each, and a line for a post of which none does.
pub fn reach_csv(map: &Map, to: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record([
        "claim",
        "post",
        "account",
        "written_utc",
        "views",
        "captured_utc",
        "capture_sha256",
        "added",
        "cannot_show",
    ])?;
    for reach in &map.reach {
        for row in &reach.rows {
            let line = |views: String, captured: String, capture: String| {
                [
                    reach.claim.clone(),
                    row.post.to_string(),
                    row.account.as_ref().map(ToString::to_string).unwrap_or_default(),
                    utc(row.written),
                    views,
                    captured,
                    capture,
                    row.added.to_string(),
                    reach.cannot_show.code().to_owned(),
                ]
            };
            if row.shown.is_empty() {
                out.write_record(line(String::new(), String::new(), String::new()))?;
            }
            for shown in &row.shown {
                out.write_record(line(shown.views.to_string(), utc(shown.seen), shown.capture.to_string()))?;
            }
        }
    }
    Ok(out.flush()?)
}

/// Writes who was first, with the next.
pub fn first_seen_csv(map: &Map, to: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record([
        "of",
        "what",
        "post",
        "account",
        "written_utc",
        "sure",
        "next",
        "posts",
        "undated",
        "cannot_show",
    ])?;
    for row in &map.first_seen {
        let (of, what) = match &row.subject {
            Subject::Claim(id) => ("claim", id.clone()),
            Subject::Link(link) => ("link", link.clone()),
            Subject::Media(media) => ("media", media.clone()),
            Subject::Text(post) => ("text", post.to_string()),
        };
        out.write_record([
            of.to_owned(),
            what,
            row.first.post.to_string(),
            row.first.account.as_ref().map(ToString::to_string).unwrap_or_default(),
            utc(Some(row.first.written)),
            row.sure.word().to_owned(),
            joined(row.next.iter().map(|next| &next.post)),
            row.posts.to_string(),
            row.undated.to_string(),
            row.cannot_show.code().to_owned(),
        ])?;
    }
    Ok(out.flush()?)
}

fn joined<'a>(posts: impl IntoIterator<Item = &'a PostKey>) -> String {
    posts
        .into_iter()
        .map(|post: &PostKey| post as &dyn Display)
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

pub(super) fn utc(millis: Option<i64>) -> String {
    millis.map_or_else(String::new, |millis| {
        Moment::from_millis(millis, Precision::Second, SaidBy::Platform).to_rfc3339()
    })
}
