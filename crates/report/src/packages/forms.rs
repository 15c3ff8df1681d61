//! Texts for forms that take at most 2,000 characters, beside the PDF: to copy and paste.

use std::collections::BTreeMap;

use crate::document::shown;
use crate::dossier::{Dossier, Exhibit};
use crate::recipient::Recipient;
use crate::view::brief;

/// The most characters a form takes.
const MOST: usize = 2_000;

/// Writes `data/forms/*.txt`: one a post for a platform, one for all for the police.
pub(super) fn all(dossier: &Dossier, recipient: Recipient, files: &mut BTreeMap<String, Vec<u8>>) {
    match recipient {
        Recipient::Platform => {
            for exhibit in &dossier.exhibits {
                let text = cut(&post(exhibit));
                files.insert(format!("data/forms/{}.txt", exhibit.name()), text.into_bytes());
            }
        }
        Recipient::Police | Recipient::Prosecutor => {
            let mut exhibits: Vec<&Exhibit> = dossier.exhibits.iter().collect();
            exhibits.sort_by_key(|exhibit| (exhibit.gravity(), exhibit.number));
            let mut text = format!(
                "A person ({}, {}) is the target of {} posts, confirmed by a person and kept with digests. Gravest first.\n",
                dossier.subject.role,
                dossier.subject.state,
                exhibits.len()
            );
            for exhibit in exhibits {
                let next = format!("\n{}", post(exhibit));
                // A post that does not fit whole is left to the PDF: half a threat misleads.
                if text.chars().count() + next.chars().count() <= MOST - 60 {
                    text.push_str(&next);
                }
            }
            text.push_str("\nThe full report with proofs is held by the person.\n");
            files.insert("data/forms/tip.txt".into(), cut(&text).into_bytes());
        }
        Recipient::Employer | Recipient::Counsel | Recipient::Public | Recipient::Archive => {}
    }
}

fn post(exhibit: &Exhibit) -> String {
    let kinds: Vec<&str> = exhibit.findings.iter().map(|finding| finding.kind.word()).collect();
    let post = &exhibit.post;
    format!(
        "{} ({}) on {}, account {} {}\nWritten: {}\n{}\nExact words: “{}”\n",
        exhibit.name(),
        kinds.join(", "),
        post.platform,
        shown(&post.author.shown()),
        post.author.id.as_deref().map_or_else(String::new, |id| format!("(id {})", shown(id))),
        post.written.map_or_else(|| "not stated".to_owned(), brief),
        post.url.as_ref().map_or_else(String::new, |link| shown(link.as_str())),
        shown(&post.text),
    )
}

/// Returns `text` in at most [`MOST`] characters, saying so where it is cut.
fn cut(text: &str) -> String {
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let end = " … (cut; see the PDF)";
    let kept: String = text.chars().take(MOST - end.chars().count()).collect();
    kept + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_never_too_long() {
        for length in [0, 1_999, 2_000, 2_001, 9_000] {
            let text = cut(&"ñ".repeat(length));
            assert!(text.chars().count() <= MOST);
            assert_eq!(text.ends_with("PDF)"), length > MOST);
        }
    }
}
