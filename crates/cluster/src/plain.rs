//! The answers in a few lines, without SQL and without cleverness: what the engines are held against in tests.
//!
//! Everything lies in memory and every pair of a thing's actions is looked at, so it is for small tables. For `together` the
//! judge is the kernel itself, `network::together`; this is a second one that shares no line with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Question, Row};

/// Kind of a row: an account acted on a thing.
pub const ACTED: i64 = 0;
/// Kind of a row: an account demonstrably saw a correction of it.
pub const NOTICED: i64 = 1;

/// Returns the rows of the answer, sorted as the SQL sorts them.
pub fn answer(question: Question, rows: &[Row]) -> Vec<Vec<i64>> {
    match question {
        Question::Together { within, least } => {
            together(rows, within.as_millis() as i64, least.max(1) as i64)
        }
        Question::Strength { within } => strength(rows, within.as_millis() as i64),
        Question::FirstSeen => first_seen(rows),
        Question::Notice => notice(rows),
        Question::Reach => reach(rows),
    }
}

/// The distinct actions of each thing: time, account, content.
fn by_object(rows: &[Row]) -> BTreeMap<i64, BTreeSet<(i64, i64, i64)>> {
    let mut things: BTreeMap<i64, BTreeSet<(i64, i64, i64)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.kind == ACTED) {
        things.entry(row.object).or_default().insert((row.time_ms, row.account, row.content));
    }
    things
}

/// Every pair of actions on one thing by two accounts within the window, the lower account first.
fn pairs(rows: &[Row], within_ms: i64, mut take: impl FnMut(i64, (i64, i64, i64), (i64, i64, i64))) {
    for (object, acts) in by_object(rows) {
        for one in &acts {
            for other in &acts {
                if one.1 < other.1 && (one.0 - other.0).abs() <= within_ms {
                    take(object, *one, *other);
                }
            }
        }
    }
}

fn together(rows: &[Row], within_ms: i64, least: i64) -> Vec<Vec<i64>> {
    type Posts = BTreeMap<(i64, i64, i64), i64>;
    let mut edges: BTreeMap<(i64, i64), Posts> = BTreeMap::new();
    pairs(rows, within_ms, |object, one, other| {
        let delta = (one.0 - other.0).abs();
        let nearest =
            edges.entry((one.1, other.1)).or_default().entry((object, one.2, other.2)).or_insert(delta);
        *nearest = (*nearest).min(delta);
    });
    edges
        .into_iter()
        .filter(|(_, posts)| posts.len() as i64 >= least)
        .map(|((a, b), posts)| {
            let objects: BTreeSet<i64> = posts.keys().map(|(object, ..)| *object).collect();
            vec![a, b, posts.len() as i64, objects.len() as i64, posts.values().sum()]
        })
        .collect()
}

fn strength(rows: &[Row], within_ms: i64) -> Vec<Vec<i64>> {
    let mut ends: BTreeMap<i64, i64> = BTreeMap::new();
    pairs(rows, within_ms, |_, one, other| {
        *ends.entry(one.1).or_default() += 1;
        *ends.entry(other.1).or_default() += 1;
    });
    ends.into_iter().map(|(account, pairs)| vec![account, pairs]).collect()
}

fn first_seen(rows: &[Row]) -> Vec<Vec<i64>> {
    by_object(rows)
        .into_iter()
        .filter_map(|(object, acts)| {
            // Sorted by time, then account.
            let (first, account, _) = *acts.first()?;
            let then: BTreeSet<i64> = acts.iter().filter(|act| act.0 == first).map(|act| act.1).collect();
            let accounts: BTreeSet<i64> = acts.iter().map(|act| act.1).collect();
            Some(vec![object, account, first, then.len() as i64, accounts.len() as i64, acts.len() as i64])
        })
        .collect()
}

fn notice(rows: &[Row]) -> Vec<Vec<i64>> {
    let mut noticed: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.kind == NOTICED) {
        let first = noticed.entry((row.object, row.account)).or_insert(row.time_ms);
        *first = (*first).min(row.time_ms);
    }
    let things = by_object(rows);
    noticed
        .into_iter()
        .filter_map(|((object, account), at)| {
            let acts = things.get(&object)?;
            let after: Vec<_> = acts.iter().filter(|act| act.1 == account && act.0 > at).collect();
            let posts: BTreeSet<i64> = after.iter().map(|act| act.2).collect();
            Some(vec![object, account, at, posts.len() as i64, after.first()?.0])
        })
        .collect()
}

fn reach(rows: &[Row]) -> Vec<Vec<i64>> {
    let mut posts: BTreeMap<i64, BTreeMap<i64, Option<(i64, i64)>>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.kind == ACTED) {
        let range = posts.entry(row.object).or_default().entry(row.content).or_default();
        if row.views >= 0 {
            let (fewest, most) = range.unwrap_or((row.views, row.views));
            *range = Some((fewest.min(row.views), most.max(row.views)));
        }
    }
    posts
        .into_iter()
        .map(|(object, posts)| {
            let shown: Vec<(i64, i64)> = posts.values().copied().flatten().collect();
            let unknown = posts.len() - shown.len();
            vec![
                object,
                shown.iter().map(|(fewest, _)| fewest).sum(),
                shown.iter().map(|(_, most)| most).sum(),
                shown.len() as i64,
                unknown as i64,
            ]
        })
        .collect()
}
