//! What was done with the evidence, line by line, as the ledger holds it; read from where the last look ended.

use case::Case;
use record::What;
use values::{Digest, Moment};

use crate::ActionError;

/// One line of the ledger, told in numbers. No words of a post, no name of a file.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its number.
    pub number: u64,
    /// When it was written.
    pub at: Moment,
    /// What happened: the ledger's word for it.
    pub word: &'static str,
    /// How many things it concerns: bytes kept, posts read or looked at, findings decided.
    pub count: Option<u64>,
    /// For whom, where a package left.
    pub recipient: Option<String>,
    /// Exhibits in that package.
    pub exhibits: usize,
    /// How much was covered in it.
    pub covered: u64,
    /// The bytes it names, where there are such.
    pub digest: Option<Digest>,
}

/// Returns the lines from number `from` on.
pub fn lines(case: &Case, from: u64) -> Result<Vec<Line>, ActionError> {
    let mut lines = Vec::new();
    for event in case.ledger().events(from) {
        let (number, event) = event?;
        let (count, digest) = match &event.what {
            What::Kept { capture, size, .. } => (Some(*size), Some(*capture)),
            What::Read { capture, posts, .. } => (Some(*posts), Some(*capture)),
            What::Logged { incident } => (None, Some(*incident)),
            What::Proposed { posts, findings, .. } => (Some(*posts), Some(*findings)),
            What::Traced { map, .. } => (None, Some(*map)),
            What::Decided { count, decisions, .. } => (Some(*count), Some(*decisions)),
            What::Exhibited { number, exhibit, .. } => (Some(u64::from(*number)), Some(*exhibit)),
            What::Exported { manifest, exhibits, .. } => (Some(exhibits.len() as u64), Some(*manifest)),
            What::Viewed { detail } => (None, Some(*detail)),
            What::Verified { failed, .. } => (Some(*failed), None),
            _ => (None, None),
        };
        let (recipient, exhibits, covered) = match &event.what {
            What::Exported { recipient, exhibits, redactions, .. } => {
                (Some(recipient.clone()), exhibits.len(), *redactions)
            }
            _ => (None, 0, 0),
        };
        lines.push(Line {
            number,
            at: event.at,
            word: event.what.word(),
            count,
            recipient,
            exhibits,
            covered,
            digest,
        });
    }
    Ok(lines)
}
