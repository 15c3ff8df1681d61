//! What must hold for the data, as sentences about what does not; and the list a reviewer works through.
//!
//! The same checks run as a test of this crate and as `cargo xtask law check`, so that a person who adds a row sees what
//! is missing in words.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::day::Day;
use crate::honest::overclaims;
use crate::library::{Library, RowView};
use crate::rows::{Row, Standing};
use crate::situation::{STATES, is_state};
use crate::text::Text;

/// Returns what is wrong with the data, one sentence each, in the order of the tables. Empty where all holds.
pub fn problems(library: &Library) -> Vec<String> {
    let mut found = Vec::new();
    library.each_row(&mut |row| each(&row, &mut found));
    states(library, &mut found);
    shapes(library, &mut found);
    found
}

fn each(row: &RowView<'_>, found: &mut Vec<String>) {
    let origin = row.origin;
    let mut say = |what: String| found.push(format!("{} “{}”: {what}", row.table, origin.id));
    if origin.seen && (origin.sources.is_empty() || origin.verified_on.is_none()) {
        say("seen = true needs a source and a day in verified_on.".to_owned());
    }
    // The seen of a state is that of its limitation period; other columns of it may have been read.
    if !origin.seen && origin.verified_on.is_some() && row.table != "state" {
        say("seen = false, but verified_on has a day; leave it empty.".to_owned());
    }
    for link in origin.sources.iter().chain(&origin.also).chain(&origin.weak) {
        if !well_formed(link) {
            say(format!("“{link}” is no well-formed address."));
        }
    }
    for weak in &origin.weak {
        if !origin.sources.contains(weak) && !origin.also.contains(weak) {
            say(format!("replace_before_shipping names {weak}, which is none of its sources."));
        }
    }
    for (field, text) in &row.shown {
        if text.lacks_spanish() {
            say(format!("“{field}” has no Spanish."));
        } else if stays_english(text) {
            say(format!("the Spanish of “{field}” is English: {}", text.es));
        }
        // A claim is what others say; it is always shown as theirs.
        if *field != "claim" {
            for over in overclaims(&text.en).into_iter().chain(overclaims(&text.es)) {
                say(format!("“{field}” concludes too much (“{}”): {}", over.word, over.sentence));
            }
        }
        for words in [&text.en, &text.es] {
            let hidden = |c: char| {
                c.is_control()
                    || ('\u{202a}'..='\u{202e}').contains(&c)
                    || ('\u{2066}'..='\u{2069}').contains(&c)
            };
            if words.chars().any(hidden) {
                say(format!("“{field}” holds a control character, which no reader sees."));
            }
            if words.contains("  ") || words.contains(".toml") || words.trim() != words {
                say(format!("“{field}” holds double blanks or the name of a file: {words}"));
            }
        }
    }
}

/// Tells whether what stands as Spanish is English: the same words again, or English small words outside quotation marks
/// and parentheses, where official names and words of forms stand.
fn stays_english(text: &Text) -> bool {
    let (own, other) = (own_words(&text.es), own_words(&text.en));
    let plain =
        |word: &&String| word.chars().count() > 2 && word.chars().next().is_some_and(char::is_lowercase);
    let same = own == other && own.iter().any(|word| plain(&word));
    same || own
        .iter()
        .any(|word| ["the", "and", "of", "with", "for", "your", "is", "from"].contains(&word.as_str()))
}

/// Returns the words of a text but for those in parentheses and quotation marks, addresses, and what follows a `>`, which
/// names a button.
fn own_words(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in text.split(" > ").next().unwrap_or_default().chars() {
        match c {
            '(' | '“' | '«' => depth += 1,
            ')' | '”' | '»' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept.split_whitespace()
        .filter(|word| !word.contains(['/', '@']) && !word.contains(".org") && !word.contains(".gov"))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect()
}

fn states(library: &Library, found: &mut Vec<String>) {
    for state in STATES {
        let rows = library.defamation.iter().filter(|row| row.jurisdiction == state).count();
        if rows != 1 {
            found.push(format!("state: {rows} rows for {state}, there must be one."));
        }
        if !library.limits.iter().any(|row| row.jurisdiction == state) {
            found.push(format!("limit: no row for {state}."));
        }
    }
    let known = |place: &str| place == "US" || is_state(place);
    let places = library.provisions.iter().map(|row| (row.id(), row.jurisdiction.as_str()));
    let places = places.chain(library.limits.iter().map(|row| (row.id(), row.jurisdiction.as_str())));
    let places = places.chain(library.claims.iter().map(|row| (row.id(), row.state.as_str())));
    for (id, place) in places.filter(|(_, place)| !known(place)) {
        found.push(format!("“{id}”: {place} is no state and not US."));
    }
    for channel in &library.channels {
        for state in channel.states.iter().filter(|state| !is_state(state)) {
            found.push(format!("channel “{}”: {state} is no state.", channel.id()));
        }
    }
}

fn shapes(library: &Library, found: &mut Vec<String>) {
    for row in &library.provisions {
        if row.kinds.is_empty() || row.elements.is_empty() {
            found.push(format!("law “{}”: needs findings (kinds) and elements.", row.id()));
        }
        if row.narrow == row.only_if.is_empty() {
            found.push(format!("law “{}”: narrow = true and only_if go together.", row.id()));
        }
        for element in &row.elements {
            if let Some(kind) = element.kinds.iter().find(|kind| !row.kinds.contains(kind)) {
                found.push(format!(
                    "law “{}”: a question asks for {kind}, which is not among its kinds.",
                    row.id()
                ));
            }
            if element.speaks.is_empty() || !element.ask.en.ends_with(['?', '.', ')']) {
                found.push(format!(
                    "law “{}”: each element is a question and says what speaks to it.",
                    row.id()
                ));
            }
        }
    }
    for row in &library.rules {
        let backwards =
            matches!((row.in_force_from, row.in_force_until), (Some(from), Some(to)) if to < from);
        if row.platforms.is_empty() || row.kinds.is_empty() || backwards {
            found.push(format!(
                "rule “{}”: needs platforms, findings, and an end after its beginning.",
                row.id()
            ));
        }
    }
    for row in &library.limits {
        if row.months.is_none() && row.days.is_none() {
            found.push(format!("limit “{}”: needs months or days.", row.id()));
        }
    }
    for row in &library.precedents {
        if row.kinds.is_empty() || row.lessons.is_empty() {
            found.push(format!("precedent “{}”: needs findings and lessons.", row.id()));
        }
    }
    let mut orders = BTreeSet::new();
    for row in &library.steps {
        if !orders.insert(row.order) {
            found.push(format!("step “{}”: another step has the order {}.", row.id(), row.order));
        }
    }
    for row in &library.claims {
        if (row.verdict_as_of.is_empty() && row.origin.seen) || row.paraphrases.is_empty() {
            found.push(format!("claim “{}”: needs paraphrases, and the day its verdict is of.", row.id()));
        }
    }
}

/// Tells whether a text looks like an address of the web: `https://host.tld/…`, no blanks.
fn well_formed(link: &str) -> bool {
    let Some(rest) = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.') && !host.starts_with('.') && !link.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Returns `docs/law-review.md`: what a reviewer has to read first, as Markdown.
pub fn review(library: &Library, today: Day) -> String {
    let mut tables: Vec<(&'static str, Vec<RowView<'_>>)> = Vec::new();
    let mut counts: Vec<(&'static str, usize, usize, usize)> = Vec::new();
    let mut listed = String::new();
    let mut weak = String::new();
    collect(library, &mut tables);
    for (table, rows) in &tables {
        let standing = |wanted| rows.iter().filter(|row| row.origin.standing(today) == wanted).count();
        counts.push((table, rows.len(), standing(Standing::Unverified), standing(Standing::Stale)));
        for row in rows {
            let origin = row.origin;
            let read = origin.verified_on.map_or("never read".to_owned(), |on| {
                format!("read on {on}, {} days ago", origin.age_days(today).unwrap_or_default())
            });
            match origin.standing(today) {
                Standing::Read => {}
                Standing::Stale => writes(&mut listed, format!("- {table} `{}`: stale, {read}.", origin.id)),
                Standing::Unverified => {
                    let note = if origin.note.is_empty() {
                        String::new()
                    } else {
                        format!(" Note: {}", origin.note)
                    };
                    writes(&mut listed, format!("- {table} `{}`: unverified, {read}.{note}", origin.id));
                }
            }
            for link in &origin.weak {
                writes(&mut weak, format!("- {table} `{}`: <{link}>", origin.id));
            }
        }
    }
    let mut columns = String::new();
    for row in &library.defamation {
        let parts = [
            ("limit", row.limitation_seen),
            ("retraction", row.retraction_seen),
            ("anti-SLAPP", row.anti_slapp_seen),
            ("single publication", row.single_publication_seen),
        ];
        let unread: Vec<&str> = parts.iter().filter(|(_, seen)| !seen).map(|(name, _)| *name).collect();
        if !unread.is_empty() {
            writes(&mut columns, format!("- {}: {}", row.jurisdiction, unread.join(", ")));
        }
    }
    let mut out = String::from(
        "# What a lawyer should read first\n\nWritten by `cargo xtask law check`; do not edit. Every row below is shown as \
         unverified or stale wherever it appears. A row that was read is not thereby checked by a lawyer.\n\n",
    );
    writes(
        &mut out,
        format!(
            "Ages are as of {today}.\n\n| table | rows | unverified | stale |\n| --- | --- | --- | --- |"
        ),
    );
    for (table, rows, unverified, stale) in counts {
        writes(&mut out, format!("| {table} | {rows} | {unverified} | {stale} |"));
    }
    let or_none = |text: String| if text.is_empty() { "None.\n".to_owned() } else { text };
    writes(&mut out, format!("\n## Rows to verify\n\n{}", or_none(listed)));
    writes(&mut out, format!("## Columns of the state table nobody read\n\n{}", or_none(columns)));
    writes(
        &mut out,
        format!(
            "## Sources to replace by the original\n\nCopies, mirrors, syndications or weak pages.\n\n{}",
            or_none(weak)
        ),
    );
    out.trim_end().to_owned() + "\n"
}

fn collect<'a>(library: &'a Library, tables: &mut Vec<(&'static str, Vec<RowView<'a>>)>) {
    library.each_row(&mut |row| match tables.last_mut() {
        Some((table, rows)) if *table == row.table => rows.push(row),
        _ => tables.push((row.table, vec![row])),
    });
}

fn writes(out: &mut String, line: String) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_data_is_as_documented() {
        let found = problems(Library::shipped());
        assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
    }

    #[test]
    fn a_broken_row_is_named() {
        let mut library = Library::shipped().clone();
        library.steps[0].how.es.clear();
        library.steps[1].how.en = "This is illegal.".to_owned();
        library.steps[2].origin.sources = vec!["no address".to_owned()];
        library.defamation.remove(0);
        let found = problems(&library).join("\n");
        for expected in ["has no Spanish", "concludes too much", "no well-formed address", "0 rows for AL"] {
            assert!(found.contains(expected), "{expected}: {found}");
        }
    }

    #[test]
    fn addresses() {
        for (link, good) in [
            ("https://example.org/a?b#c", true),
            ("http://example.org", true),
            ("ftp://example.org", false),
            ("https://example", false),
            ("https://exa mple.org/", false),
            ("", false),
        ] {
            assert_eq!(well_formed(link), good, "{link}");
        }
    }

    #[test]
    fn the_review_lists_every_unverified_row() {
        let library = Library::shipped();
        let text = review(library, "2026-11-24".parse().unwrap());
        library.each_row(&mut |row| {
            if row.origin.unverified() {
                assert!(text.contains(&format!("`{}`: unverified", row.origin.id)), "{}", row.origin.id);
            }
        });
        let later = review(library, "2027-11-24".parse().unwrap());
        assert!(later.contains("stale, read on 2026-11-23, 366 days ago"));
    }
}
