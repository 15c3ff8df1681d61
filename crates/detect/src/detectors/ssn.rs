//! SSN: a social security number, whole or in part.
//!
//! Nine digits in groups of 3-2-4 with dashes, or any nine after a word for it, or a part of one after such a word.

use std::sync::LazyLock;

use record::{Exposure, Finding};
use regex::bytes::Regex;

use super::{Detector, contact, in_link};
use crate::post::Post;
use crate::rules::pattern;

pub(super) const ABOUT: Detector =
    Detector { name: "ssn", version: 1, what: "a social security number, whole or in part" };

static CUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:ssns?|s\.s\.n\.?|socials?|social security(?: number| no| num)?|soc sec|last (?:four|4)|seguro social|numero de seguro)\b[^.!?\n]{0,28}$",
    )
});

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    let text = post.folded.as_str();
    for row in post.rows(3) {
        let mut count = row.digits.len();
        let whole = row
            .groups()
            .iter()
            .scan(0, |sum, len| {
                *sum += len;
                Some(*sum)
            })
            .any(|sum| sum == 9);
        if whole {
            count = 9;
        }
        let range = row.range(0, count);
        let before = &text[range.start.saturating_sub(48)..range.start];
        let cue = CUE.is_match(before.as_bytes());
        let groups = row.groups();
        let dashed = groups == [3, 2, 4] && text[range.clone()].matches('-').count() == 2;
        if in_link(text, range.start) || !(dashed || cue) {
            continue;
        }
        let part = cue
            && (3..9).contains(&count)
            && (before.contains("last")
                || before.contains("start")
                || before.contains("end")
                || groups.starts_with(&[3, 2]));
        if count == 9 {
            out.push(contact(
                post,
                &ABOUT,
                Exposure::Ssn,
                &range,
                if cue { 0.95 } else { 0.7 },
                "ssn.number",
            ));
        } else if part {
            out.push(contact(post, &ABOUT, Exposure::Ssn, &range, 0.7, "ssn.part"));
        }
    }
}

#[cfg(test)]
mod tests {
    use record::Exposure;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.what == Some(Exposure::Ssn);
        for post in [
            "SSN [666-12-0984] DOB 4/11/71",
            "ssn# [000 84 6550] @you",
            "SSN [666329905]",
            "Preview: SSN starts [987-65-432] and ends in 1",
            "his social is [nine eight seven six five four three two one]",
            "[666-12-0984]",
            "votes 219-09 on HB 9821",
        ] {
            marked(post, kind);
        }
    }
}
