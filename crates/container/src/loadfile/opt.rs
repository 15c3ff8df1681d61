//! Opticon OPT: a line for each page, seven fields divided by commas; `Y` marks the first page of a document, and that
//! line states how many pages it has.

use std::collections::BTreeSet;

use values::{Place, Severity, Trouble};

use super::{NEXT, bates};
use crate::judgement::Troubles;

/// A document: the key of its first page, and how many pages follow it, itself counted.
pub type Document = (String, u64);

/// Reads an OPT. Returns its documents in the order of the file.
pub fn read(text: &str, troubles: &mut Troubles) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut stated: Option<u64> = None;
    let mut keys = BTreeSet::new();
    let mut last: Option<String> = None;
    let mut push = |code, severity, line: u64, what: String| {
        troubles.push(Trouble::new(code, severity, what, NEXT).at(Place::line(line)));
    };
    let mut number = 0;
    for line in text.lines() {
        number += 1;
        if line.trim().is_empty() {
            continue;
        }
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        let [key, _, path, first, _, _, pages] = fields[..] else {
            push(
                "opt.fields",
                Severity::Invalid,
                number,
                format!("The line has {} fields instead of 7.", fields.len()),
            );
            continue;
        };
        if key.is_empty() || path.is_empty() {
            push("opt.fields", Severity::Invalid, number, "The line names no page or no file.".into());
        }
        if !keys.insert(key.to_owned()) {
            push("opt.duplicate_key", Severity::Invalid, number, "This page's key was given before.".into());
        }
        if let Some(what) = last.as_deref().and_then(|last| gap(last, key)) {
            push("opt.gap", Severity::Warn, number, what);
        }
        let previous = last.replace(key.to_owned());
        match first {
            "Y" | "y" => {
                check_count(&documents, stated, previous.as_deref(), number - 1, &mut push);
                stated = pages.parse().ok();
                if stated.is_none() && !pages.is_empty() {
                    push("opt.page_count", Severity::Invalid, number, "The page count is no number.".into());
                }
                documents.push((key.to_owned(), 1));
            }
            "" | "N" | "n" => match documents.last_mut() {
                Some((_, pages)) => *pages += 1,
                None => {
                    let what = "The first line does not begin a document.";
                    push("opt.first_page", Severity::Invalid, number, what.into());
                    documents.push((key.to_owned(), 1));
                    stated = None;
                }
            },
            _ => push(
                "opt.flag",
                Severity::Invalid,
                number,
                "The mark of a first page is neither Y nor empty.".into(),
            ),
        }
    }
    check_count(&documents, stated, last.as_deref(), number, &mut push);
    if documents.is_empty() {
        push("opt.no_pages", Severity::Warn, 1, "The load file names no pages.".into());
    }
    documents
}

fn check_count(
    documents: &[Document],
    stated: Option<u64>,
    last: Option<&str>,
    line: u64,
    push: &mut dyn FnMut(&'static str, Severity, u64, String),
) {
    // A page that is missing between first and last is said as a gap; the count is right where it counts that page.
    let span = |first: &str| {
        let ((before, from), (after, to)) = (bates(first)?, bates(last?)?);
        (before == after).then(|| to.checked_sub(from)?.checked_add(1)).flatten()
    };
    if let (Some((key, pages)), Some(stated)) = (documents.last(), stated)
        && *pages != stated
        && span(key) != Some(stated)
    {
        let what = format!("Document {key} is said to have {stated} pages and has {pages}.");
        push("opt.page_count", Severity::Invalid, line, what);
    }
}

/// Returns what is missing or out of order between two neighbouring keys.
fn gap(last: &str, key: &str) -> Option<String> {
    let ((before, from), (after, to)) = (bates(last)?, bates(key)?);
    (before == after && to != from.saturating_add(1) && to != from)
        .then(|| format!("Between {last} and {key} Bates numbers are missing or out of order."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], documents: &[(&str, u64)], code: &str) {
        let mut troubles = Troubles::new(10);
        let found = read(&lines.join("\r\n"), &mut troubles);
        let found: Vec<(&str, u64)> = found.iter().map(|(key, pages)| (key.as_str(), *pages)).collect();
        assert_eq!(found, documents, "{lines:?}");
        assert_eq!(troubles.judge(crate::Format::Opt, None).code(), code, "{lines:?}");
    }

    #[test]
    fn lines_and_their_faults() {
        check(
            &["R-1,V,a.tif,Y,,,2", "R-2,V,b.tif,,,,", "R-3,V,c.tif,Y,,,1"],
            &[("R-1", 2), ("R-3", 1)],
            "ok",
        );
        check(&["R-1,V,a.tif,,,,1"], &[("R-1", 1)], "opt.first_page");
        check(&["R-1,V,a.tif,Y,,,2"], &[("R-1", 1)], "opt.page_count");
        check(&["R-1,V,a.tif,Y,,,1", "R-3,V,b.tif,Y,,,1"], &[("R-1", 1), ("R-3", 1)], "opt.gap");
        check(&["R-1,V,a.tif,Y,,,3", "R-3,V,b.tif,,,,"], &[("R-1", 2)], "opt.gap");
        check(&["R-1,V,a.tif,Y,,,1", "R-1,V,b.tif,Y,,,1"], &[("R-1", 1), ("R-1", 1)], "opt.duplicate_key");
        check(&["R-1,V,a.tif,Y,1"], &[], "opt.fields");
        check(&["R-1,V,a.tif,X,,,1"], &[], "opt.flag");
    }
}
