//! Whether the post a screenshot shows is one that was captured as well: then it is one post with two sightings, and not two
//! exhibits.
//!
//! The account's handle has to be the same, and the words, but for what reading pixels gets wrong. Nothing is tied by
//! looks, by time alone, or by a few words that many post.

use case::Case;
use record::{Post, PostKey, SameAs};
use values::{Folded, Moment};

use crate::ActionError;

/// Fewer words than these are no sign of one post: an account says “yes” more than once.
const WORDS: usize = 4;
/// Of so many signs one may differ: what a good reading of a screenshot gets wrong, four times over.
const SIGNS_A_SLIP: usize = 25;
/// The most signs compared one by one.
const SIGNS: usize = 4_000;
/// The most posts of one account looked at.
const POSTS: usize = 5_000;
/// Two times further apart than this are of two posts, in whatever zone the screenshot was taken.
const APART: i64 = 26 * 3_600_000;

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// One captured post is the same.
    One(SameAs),
    /// There are some that could be, and no way to tell which: an account said the same words twice.
    Several(Vec<PostKey>),
    None,
}

/// Looks for the captured post that `post`, read from a picture, is.
pub(super) fn find(case: &Case, post: &Post) -> Result<Found, ActionError> {
    let Some(handle) = &post.author.handle else { return Ok(Found::None) };
    let wanted = plain(&post.text);
    if wanted.split(' ').count() < WORDS {
        return Ok(Found::None);
    }
    let mut same: Vec<(PostKey, bool)> = Vec::new();
    for (key, text, written) in case.view().posts_of_handle(post.platform, &handle.compare(), POSTS)? {
        let found = plain(&text);
        let exact = found == wanted;
        if (exact || near(&found, &wanted)) && !apart(post.written, written) {
            same.push((key, exact));
        }
    }
    // Words that are the same to the letter count above those that are nearly so.
    if same.iter().any(|(_, exact)| *exact) {
        same.retain(|(_, exact)| *exact);
    }
    Ok(match &same[..] {
        [] => Found::None,
        [(key, exact)] => Found::One(SameAs {
            post: key.clone(),
            why: if *exact {
                "the same handle and the same words".to_owned()
            } else {
                "the same handle and the same words, but for signs that are easily misread".to_owned()
            },
        }),
        _ => Found::Several(same.into_iter().map(|(key, _)| key).collect()),
    })
}

/// Returns words as they are compared: folded, with single spaces, and without what a screenshot shows otherwise (links).
fn plain(text: &str) -> String {
    let folded = Folded::of(text);
    let words = folded.as_str().split_whitespace();
    words.filter(|word| !word.contains("://") && !word.contains("t.co/")).collect::<Vec<_>>().join(" ")
}

fn apart(a: Option<Moment>, b: Option<Moment>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let can = |a: Moment| std::iter::once(a).chain(a.other_reading());
    can(a).all(|a| can(b).all(|b| (a.millis() - b.millis()).abs() > APART))
}

/// Tells whether two texts differ by no more than misread signs.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let most = a.len().max(b.len()) / SIGNS_A_SLIP;
    if a.len().max(b.len()) > SIGNS || a.len().abs_diff(b.len()) > most {
        return false;
    }
    distance(&a, &b, most) <= most
}

/// Levenshtein's distance, given up above `most`.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, one) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (place, other) in b.iter().enumerate() {
            let changed = corner + usize::from(one != other);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return most + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use values::{Doubt, SaidBy};

    #[test]
    fn misread_signs_are_near_and_other_words_are_not() {
        let words = "who is the man with the gray hatchback at the drop box on example street";
        assert!(near(words, words) && near(words, &words.replace("gray", "qray")));
        assert!(!near(words, &words.replace("gray hatchback", "blue truck")));
        assert!(!near("he is a mule", "he is a rule"), "so short a text may not differ");
        assert_eq!(plain("Who  is\nHE? https://t.co/abc"), plain("who is he?"));
    }

    #[test]
    fn times_a_day_apart_are_of_two_posts() {
        let at = |given: &str| Some(Moment::parse_local(given, SaidBy::File).unwrap());
        assert!(!apart(at("2025-11-04 10:02"), at("2025-11-05 09:00")) && !apart(None, at("2025-11-04")));
        assert!(apart(at("2025-11-04 10:02"), at("2025-11-06 10:02")));
        let open = at("2025-04-11 10:02").map(|moment| moment.with_doubt(Doubt::DayMonthOrder));
        assert!(!apart(open, at("2025-11-04 10:02")));
    }
}
