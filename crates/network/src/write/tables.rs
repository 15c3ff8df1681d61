//! The map's rows as tables, with the posts that prove each (joined by blanks) and the code of what it cannot show.
//!
//! The columns are described in `docs/formats/map.md`.

use std::fmt::Display;

use record::PostKey;
use values::{Moment, Precision, SaidBy};

use super::Table;
use crate::disarm;
use crate::trace::{Map, Proof, ReachRow, Shown, Subject};

/// Returns every table of the map: who was first, who acted together, who went on, reach, and the surge.
pub fn tables(map: &Map) -> Vec<Table> {
    vec![
        first_seen(map),
        coordination(map),
        notice(map),
        reach(map),
        super::surge::hours(map),
        super::surge::around(map),
        super::surge::model(map),
        super::surge::attributed(map),
    ]
}

/// Who acted together.
fn coordination(map: &Map) -> Table {
    let rows = || map.coordination.rows.iter();
    Table::new("coordination")
        .text("by", rows().map(|row| row.by.word()))
        .text("account_a", rows().map(|row| row.a.as_str()))
        .text("account_b", rows().map(|row| row.b.as_str()))
        .whole("within_s", rows().map(|row| row.within_s))
        .count("weight", rows().map(|row| Some(row.weight)))
        .count("objects", rows().map(|row| Some(u64::from(row.objects))))
        .number("mean_delta_s", rows().map(|row| Some(row.mean_delta_s)))
        .count("a_first", rows().map(|row| Some(row.a_first)))
        .count("b_first", rows().map(|row| Some(row.b_first)))
        .number("rarity", rows().map(|row| Some(row.rarity)))
        .number("expected", rows().map(|row| Some(row.expected)))
        .number("chance", rows().map(|row| Some(row.chance)))
        .number("rate", rows().map(|row| Some(row.rate)))
        .text("posts_a", rows().map(|row| joined(row.posts.iter().map(|(a, _)| a))))
        .text("posts_b", rows().map(|row| joined(row.posts.iter().map(|(_, b)| b))))
        .text("cannot_show", rows().map(|row| row.cannot_show.code()))
        .text("disarm", rows().map(|row| disarm::of_together(row.by).map_or("", |technique| technique.id)))
}

/// Who went on after notice.
fn notice(map: &Map) -> Table {
    let rows = || map.notice.went_on.iter();
    Table::new("notice")
        .text("account", rows().map(|row| row.account.as_str()))
        .text("claim", rows().map(|row| row.claim.as_str()))
        .text("notice_utc", rows().map(|row| utc(Some(row.at))))
        .text("basis", rows().map(|row| row.basis.word()))
        .text(
            "proof",
            rows().map(|row| match &row.proof {
                Proof::Post { post, correction } => format!("{post} {correction}"),
                Proof::Capture { capture } => format!("sha256:{capture}"),
            }),
        )
        .text("kept_on", rows().map(|row| joined(&row.kept_on)))
        .text("passed_on", rows().map(|row| joined(&row.passed_on)))
        .text("undated", rows().map(|row| joined(&row.undated)))
        .text("cannot_show", rows().map(|row| row.cannot_show.code()))
        .text("disarm", rows().map(|_| disarm::GOING_ON.id))
}

/// Every number of views any capture shows, a row each, and a row for a post of which none does.
fn reach(map: &Map) -> Table {
    let mut rows: Vec<(&crate::trace::Reach, &ReachRow, Option<&Shown>)> = Vec::new();
    for reach in &map.reach {
        for row in &reach.rows {
            if row.shown.is_empty() {
                rows.push((reach, row, None));
            }
            rows.extend(row.shown.iter().map(|shown| (reach, row, Some(shown))));
        }
    }
    let rows = || rows.iter();
    Table::new("reach")
        .text("claim", rows().map(|(reach, ..)| reach.claim.as_str()))
        .text("post", rows().map(|(_, row, _)| row.post.as_str()))
        .text(
            "account",
            rows().map(|(_, row, _)| row.account.as_ref().map_or("", |account| account.as_str())),
        )
        .text("written_utc", rows().map(|(_, row, _)| utc(row.written)))
        .count("views", rows().map(|(.., shown)| shown.map(|shown| shown.views)))
        .text("captured_utc", rows().map(|(.., shown)| utc(shown.and_then(|shown| shown.seen))))
        .text(
            "capture_sha256",
            rows().map(|(.., shown)| shown.map(|shown| shown.capture.to_string()).unwrap_or_default()),
        )
        .yes("added", rows().map(|(_, row, _)| row.added))
        .text("cannot_show", rows().map(|(reach, ..)| reach.cannot_show.code()))
}

/// Who was first, with the next.
fn first_seen(map: &Map) -> Table {
    let rows = || map.first_seen.iter();
    let subject = |subject: &Subject| match subject {
        Subject::Claim(id) => ("claim", id.clone()),
        Subject::Link(link) => ("link", link.clone()),
        Subject::Media(media) => ("media", media.clone()),
        Subject::Text(post) => ("text", post.to_string()),
    };
    Table::new("first-seen")
        .text("of", rows().map(|row| subject(&row.subject).0))
        .text("what", rows().map(|row| subject(&row.subject).1))
        .text("post", rows().map(|row| row.first.post.as_str()))
        .text("account", rows().map(|row| row.first.account.as_ref().map_or("", |account| account.as_str())))
        .text("written_utc", rows().map(|row| utc(Some(row.first.written))))
        .text("sure", rows().map(|row| row.sure.word()))
        .text("next", rows().map(|row| joined(row.next.iter().map(|next| &next.post))))
        .count("posts", rows().map(|row| Some(row.posts)))
        .count("undated", rows().map(|row| Some(row.undated)))
        .text("cannot_show", rows().map(|row| row.cannot_show.code()))
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
