//! `redress trace`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use actions::ActionError;
use actions::trace::{self, Outcome};
use network::trace::{Basis, Subject, Sure, TogetherRow};
use record::{AccountKey, PostKey};
use values::{Moment, Precision, SaidBy};

use crate::commands::open;
use crate::exit::Done;
use crate::screen::{Screen, count, grouped, harmless};

/// Rows told for each part before the rest is only counted.
const TOLD: usize = 8;

pub fn run(
    path: &Path,
    corrections: &[String],
    served: &[String],
    out: Option<&Path>,
    screen: &Screen,
) -> Result<Done, ActionError> {
    let mut case = open(path)?;
    let corrections = corrections.iter().map(|key| PostKey::from_stored(key.clone())).collect();
    let request = trace::Request { corrections, served: served.to_vec() };
    let outcome = trace::trace(&mut case, &request, &screen.context(None))?;
    if let Some(out) = out {
        std::fs::create_dir_all(out).map_err(ActionError::file("written", out))?;
        for (name, bytes) in trace::files(&outcome)? {
            let file = out.join(name);
            std::fs::write(&file, bytes).map_err(ActionError::file("written", &file))?;
        }
    }
    screen.outcome(&outcome, tell)?;
    Ok(Done::Well)
}

fn tell(outcome: &Outcome) -> String {
    let mut text = format!("Traced {}.\n", count(outcome.posts, "post", "posts"));
    let titles = titles();
    first_seen(&mut text, outcome, &titles);
    passed_on(&mut text, outcome);
    same_words(&mut text, outcome);
    went_on(&mut text, outcome, &titles);
    together(&mut text, outcome);
    views(&mut text, outcome, &titles);
    text
}

/// The titles of the claims that ship, by id.
fn titles() -> BTreeMap<String, String> {
    law::claims().into_iter().map(|claim| (claim.id, claim.title.unwrap_or(claim.claim))).collect()
}

/// A claim's title with its id, or the id where it has none.
fn titled(claim: &str, titles: &BTreeMap<String, String>) -> String {
    titles.get(claim).map_or_else(|| claim.to_owned(), |title| format!("{title} ({claim})"))
}

/// What an account was last called, or its key.
fn called(account: Option<&AccountKey>, outcome: &Outcome) -> String {
    let Some(key) = account else { return "unknown account".to_owned() };
    harmless(outcome.called.get(key).map_or(key.as_str(), String::as_str))
}

/// Milliseconds since the Unix epoch, as a person reads them.
fn when(millis: i64) -> String {
    Moment::from_millis(millis, Precision::Second, SaidBy::Platform).shown()
}

// Writing to a String cannot fail, hence the `let _` below.

fn first_seen(text: &mut String, outcome: &Outcome, titles: &BTreeMap<String, String>) {
    let _ = writeln!(
        text,
        "\nEARLIEST IN THIS COLLECTION ON EACH CLAIM (earlier posts may exist that nobody captured)"
    );
    let claims: Vec<_> = outcome
        .map
        .first_seen
        .iter()
        .filter_map(|first| match &first.subject {
            Subject::Claim(claim) => Some((claim, first)),
            _ => None,
        })
        .collect();
    for (claim, first) in claims.iter().take(TOLD) {
        let sure = match first.sure {
            Sure::Clear => "",
            Sure::Close => "; the next is too near to tell which was first",
            Sure::PointsOutside => "; it passes on or answers a post that is not in this collection",
            Sure::Alone => "; no other post says it",
        };
        let _ = writeln!(text, "  {}", titled(claim, titles));
        let _ = writeln!(
            text,
            "    {}  {}  {}  ({} on it{sure})",
            called(first.first.account.as_ref(), outcome),
            when(first.first.written),
            first.first.post,
            count(first.posts, "post", "posts")
        );
    }
    more(text, claims.len());
}

fn passed_on(text: &mut String, outcome: &Outcome) {
    let _ = writeln!(text, "\nPASSED ON OR ANSWERED");
    let cascades = &outcome.map.cascades;
    for cascade in cascades.iter().take(TOLD) {
        let _ = writeln!(
            text,
            "  {}: {}, {}{}",
            cascade.root,
            count(cascade.branches.len() as u64, "repost, quote or reply", "reposts, quotes and replies"),
            count(cascade.accounts, "account", "accounts"),
            if cascade.root_captured {
                " with its author"
            } else {
                "; the post itself is not in this collection"
            }
        );
    }
    more(text, cascades.len());
}

fn same_words(text: &mut String, outcome: &Outcome) {
    let _ = writeln!(text, "\nNEARLY THE SAME WORDS");
    let mut groups: Vec<_> = outcome.map.same_text.iter().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    for group in groups.iter().take(TOLD) {
        let first = group.first().map_or("", |key| key.as_str());
        let _ = writeln!(text, "  {}, first {first}", count(group.len() as u64, "post", "posts"));
    }
    more(text, groups.len());
}

fn went_on(text: &mut String, outcome: &Outcome, titles: &BTreeMap<String, String>) {
    let _ = writeln!(text, "\nWENT ON AFTER A CORRECTION (each row says how it came to the account)");
    let rows = &outcome.map.notice.went_on;
    for row in rows.iter().take(TOLD) {
        let _ = writeln!(
            text,
            "  {} on {}: {} in their own words, {} passed on; {}, {}",
            called(Some(&row.account), outcome),
            titled(&row.claim, titles),
            count(row.kept_on.len() as u64, "post", "posts"),
            row.passed_on.len(),
            had(row.basis),
            when(row.at)
        );
    }
    more(text, rows.len());
}

/// How an account had a correction before it.
const fn had(basis: Basis) -> &'static str {
    match basis {
        Basis::Served => "its holder was served",
        Basis::Answered => "it answered the correction",
        Basis::Quoted => "it quoted the correction",
        Basis::PassedOn => "it passed the correction on",
        Basis::NoteShown => "a note of the platform stood on its own post",
        Basis::Addressed => "the correction answered or quoted its post",
        Basis::Mentioned => "the correction named it",
    }
}

/// Two accounts stand here once, in the narrowest window in which chance does not explain them.
fn together(text: &mut String, outcome: &Outcome) {
    let _ = writeln!(
        text,
        "\nTOGETHER MORE OFTEN THAN CHANCE (acting at the same time does not show that anybody agreed on it)"
    );
    let mut told: Vec<&TogetherRow> = Vec::new();
    for row in &outcome.map.coordination.rows {
        match told.iter_mut().find(|known| (&known.a, &known.b, known.by) == (&row.a, &row.b, row.by)) {
            Some(known) if row.within_s < known.within_s => *known = row,
            Some(_) => {}
            None => told.push(row),
        }
    }
    for row in told.iter().take(TOLD) {
        let chance =
            if row.chance < 0.0001 { "under .0001".to_owned() } else { format!("{:.4}", row.chance) };
        let _ = writeln!(
            text,
            "  {} and {}: {} within {}, {:.2} expected, chance {chance}",
            called(Some(&row.a), outcome),
            called(Some(&row.b), outcome),
            count(row.weight, "time", "times"),
            window(row.within_s),
            row.expected,
        );
    }
    more(text, told.len());
}

/// A window in the largest unit that fits it.
fn window(seconds: i64) -> String {
    match seconds {
        3600 => "an hour".to_owned(),
        60 => "a minute".to_owned(),
        s if s % 60 == 0 => format!("{} minutes", s / 60),
        s => format!("{s} seconds"),
    }
}

fn views(text: &mut String, outcome: &Outcome, titles: &BTreeMap<String, String>) {
    let _ = writeln!(text, "\nVIEWS AS CAPTURED (no estimate for what was not captured)");
    for reach in outcome.map.reach.iter().take(TOLD) {
        let (fewest, most) = reach.total;
        let range = if fewest == most {
            grouped(fewest)
        } else {
            format!("{} to {}", grouped(fewest), grouped(most))
        };
        let unknown = match reach.unknown {
            0 => String::new(),
            n => format!("; {} no number", count(n, "post shows", "posts show")),
        };
        let _ = writeln!(text, "  {}: {range}{unknown}", titled(&reach.claim, titles));
    }
    more(text, outcome.map.reach.len());
}

fn more(text: &mut String, total: usize) {
    if total == 0 {
        text.push_str("  none\n");
    } else if total > TOLD {
        text.push_str(&format!("  and {} more; --json lists them\n", total - TOLD));
    }
}
