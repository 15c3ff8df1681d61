//! Phone: a telephone number in a post, however written.
//!
//! North American numbers: ten digits with an area code, eleven with a leading 1, seven with a word in front of them. Order
//! numbers, prices, dates, book numbers and ids are not: the groups and the signs between them decide.

use std::ops::Range;
use std::sync::LazyLock;

use record::{Exposure, Finding};
use regex::bytes::Regex;

use super::{Detector, contact, in_link};
use crate::digits::Row;
use crate::post::Post;
use crate::rules::pattern;

pub(super) const ABOUT: Detector =
    Detector { name: "phone", version: 1, what: "a telephone number of a private person, however written" };

static CUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?:phone|cell|call|calling|text|number|num|tel|telephone|mobile|dial|ring|reach|contact|whatsapp|signal|fax|area code|telefono|celular|cel|numero|llama\w*|line|at|picks up)\b|#)[^.!?\n]{0,30}$",
    )
});

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    let text = post.folded.as_str();
    for row in post.rows(7) {
        for (from, to, sure) in numbers(text, row) {
            let mut range = row.range(from, to);
            if in_link(text, range.start) {
                continue;
            }
            if range.start > 0 && text.as_bytes()[range.start - 1] == b'(' {
                range.start -= 1;
            }
            if range.start > 0 && text.as_bytes()[range.start - 1] == b'+' {
                range.start -= 1;
            }
            let before = &text[range.start.saturating_sub(60)..range.start];
            let cue = CUE.is_match(before.as_bytes());
            let money = before.trim_end().ends_with('$');
            if money || (!sure && !cue) {
                continue;
            }
            let code = if row.disguised > 0 || spelled(row) { "phone.disguised" } else { "phone.number" };
            out.push(contact(post, &ABOUT, Exposure::Phone, &range, if cue { 0.8 } else { 0.65 }, code));
        }
    }
}

/// Tells whether digits stand one by one.
fn spelled(row: &Row) -> bool {
    row.groups().iter().filter(|length| **length == 1).count() >= 7
}

/// Returns the stretches of `row` that are telephone numbers, and whether each needs no word in front of it.
fn numbers(text: &str, row: &Row) -> Vec<(usize, usize, bool)> {
    let digits = &row.digits;
    let valid = |at: usize| digits[at] >= 2 && digits[at + 3] >= 2;
    let count = digits.len();
    let groups = row.groups();
    let one_by_one = spelled(row) || row.disguised >= 3;
    // Plain groups: a number is whole groups, and its groups are those that numbers are written in.
    if !one_by_one {
        let mut out = Vec::new();
        let starts: Vec<usize> = groups
            .iter()
            .scan(0, |at, len| {
                let here = *at;
                *at += len;
                Some(here)
            })
            .collect();
        let mut index = 0;
        while index < groups.len() {
            let rest = &groups[index..];
            let found = [
                (&[1, 3, 3, 4][..], 1, true),
                (&[3, 3, 4], 0, true),
                (&[1, 10], 1, true),
                (&[3, 7], 0, true),
                (&[6, 4], 0, false),
                (&[11], 1, true),
                (&[10], 0, true),
                (&[3, 4], 7, false),
                (&[7], 7, false),
            ]
            .into_iter()
            .find(|(shape, _, _)| rest.starts_with(shape));
            let Some((shape, lead, sure)) = found else {
                index += 1;
                continue;
            };
            let start = starts[index];
            let end = start + shape.iter().sum::<usize>();
            let alone = (index == 0 || gap(text, row, start)) && (end == count || gap(text, row, end));
            let fits = match lead {
                7 => digits[start] >= 2 && end - start == 7,
                1 => digits[start] == 1 && valid(start + 1),
                _ => valid(start),
            };
            if alone && fits {
                out.push((start, end, sure));
                index += shape.len();
            } else {
                index += 1;
            }
        }
        return out;
    }
    match count {
        7 => vec![(0, 7, false)],
        10 if valid(0) => vec![(0, 10, true)],
        11 if digits[0] == 1 && valid(1) => vec![(0, 11, true)],
        11.. => (0..=count - 10)
            .find(|at| valid(*at) && row.range(*at, at + 10).len() >= 10 && (*at == 0 || gap(text, row, *at)))
            .map(|at| (at, at + 10, false))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// Tells whether something other than a dash, dot or slash parts digit `at` from the one before it.
fn gap(text: &str, row: &Row, at: usize) -> bool {
    let between: Range<usize> = row.places[at - 1].end..row.places[at].start;
    let signs = &text[between];
    signs.contains([' ', '(', ',']) && !signs.contains(['-', '.', '/'])
}

#[cfg(test)]
mod tests {
    use record::Exposure;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.what == Some(Exposure::Phone);
        for post in [
            "her cell is [(720) 555-0165]",
            "call [216-555-0193] now",
            "Sheila [1-404-555-0182]",
            "phone: [+1216555O185].",
            "his number, [2️⃣0️⃣2️⃣-5️⃣5️⃣5️⃣-0️⃣1️⃣5️⃣0️⃣], tell him",
            "[three one three five five five zero one three zero]",
            "blow up [602 five five five 0125]",
            "number: [5 5 5 - 0 1 7 9], area code 3 0 3. she picks up after 9pm",
            "Owen at [３１３.５５５.０１３２]",
            "Order #7203-5550-1662 still not here",
            "ISBN 978-0-7482-85-1 and $555,01463 and votes 219-09 on HB 9821",
            "case 2:24-cv-07125 on 2020-11-03",
            "text me at 720-555-0166, selling my car",
        ] {
            marked(post, kind);
        }
    }
}
