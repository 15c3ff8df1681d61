//! `redress trace`.

use std::fmt::Write as _;
use std::path::Path;

use actions::ActionError;
use actions::trace::{self, Outcome};
use network::trace::Subject;
use record::PostKey;

use crate::commands::open;
use crate::exit::Done;
use crate::screen::{Screen, count, harmless};

/// Rows told for each part before the rest is only counted.
const TOLD: usize = 8;

pub fn run(path: &Path, corrections: &[String], screen: &Screen) -> Result<Done, ActionError> {
    let mut case = open(path)?;
    let corrections = corrections.iter().map(|key| PostKey::from_stored(key.clone())).collect();
    let outcome = trace::trace(&mut case, &trace::Request { corrections }, &screen.context(None))?;
    screen.outcome(&outcome, tell)?;
    Ok(Done::Well)
}

fn tell(outcome: &Outcome) -> String {
    let map = &outcome.map;
    let mut text = format!("Traced {}.\n", count(outcome.posts, "post", "posts"));
    let claims: Vec<_> =
        map.first_seen.iter().filter(|first| matches!(first.subject, Subject::Claim(_))).collect();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "\nEARLIEST IN THIS COLLECTION (earlier posts may exist that nobody captured)");
    for first in claims.iter().take(TOLD) {
        let Subject::Claim(claim) = &first.subject else { continue };
        let account = first.first.account.as_ref().map_or("unknown account", |account| account.as_str());
        let _ = writeln!(
            text,
            "  {claim}: {}  {}  ({} on it)",
            first.first.post,
            harmless(account),
            count(first.posts, "post", "posts")
        );
    }
    more(&mut text, claims.len());
    let _ = writeln!(text, "\nPASSED ON");
    for cascade in map.cascades.iter().take(TOLD) {
        let _ = writeln!(
            text,
            "  {}: {} by {}",
            cascade.root,
            count(cascade.branches.len() as u64, "repost, quote or reply", "reposts, quotes and replies"),
            count(cascade.accounts, "account", "accounts")
        );
    }
    more(&mut text, map.cascades.len());
    let _ = writeln!(text, "\nNEARLY THE SAME WORDS");
    for group in map.same_text.iter().take(TOLD) {
        let first = group.first().map_or("", |key| key.as_str());
        let _ = writeln!(text, "  {}, first {first}", count(group.len() as u64, "post", "posts"));
    }
    more(&mut text, map.same_text.len());
    let _ = writeln!(text, "\nWENT ON AFTER A CORRECTION THEY DEMONSTRABLY SAW");
    for row in map.notice.went_on.iter().take(TOLD) {
        let _ = writeln!(
            text,
            "  {} on {}: {} in their own words, {} passed on",
            harmless(row.account.as_str()),
            row.claim,
            count(row.kept_on.len() as u64, "post", "posts"),
            row.passed_on.len()
        );
    }
    more(&mut text, map.notice.went_on.len());
    let _ = writeln!(text, "\nTOGETHER MORE OFTEN THAN CHANCE (time alone shows no agreement)");
    for row in map.coordination.rows.iter().take(TOLD) {
        let _ = writeln!(
            text,
            "  {} and {}: {} within {} s, {:.2} expected, chance {:.4}",
            harmless(row.a.as_str()),
            harmless(row.b.as_str()),
            count(row.weight, "time", "times"),
            row.within_s,
            row.expected,
            row.chance
        );
    }
    more(&mut text, map.coordination.rows.len());
    let _ = writeln!(text, "\nVIEWS AS CAPTURED");
    for reach in map.reach.iter().take(TOLD) {
        let _ = writeln!(
            text,
            "  {}: between {} and {}; {} show no number",
            reach.claim,
            reach.total.0,
            reach.total.1,
            count(reach.unknown, "post", "posts")
        );
    }
    more(&mut text, map.reach.len());
    text
}

fn more(text: &mut String, total: usize) {
    if total == 0 {
        text.push_str("  none\n");
    } else if total > TOLD {
        text.push_str(&format!("  and {} more; --json lists them\n", total - TOLD));
    }
}
