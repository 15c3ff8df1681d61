//! What was done with the evidence, line by line, as the ledger holds it; read from where the last look ended.

use case::Case;
use record::{Signing, What};
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
    /// Who came, was refused or left at the door for helpers.
    pub person: Option<String>,
    /// Tries to sign in that failed and have no line of their own.
    pub more: u64,
    /// For whom, where a package left.
    pub recipient: Option<String>,
    /// Exhibits in that package.
    pub exhibits: usize,
    /// How much was covered in it.
    pub covered: u64,
    /// The bytes it names, where there are such.
    pub digest: Option<Digest>,
}

/// What lines of the ledger change of what screens show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// Nothing: somebody looked, checked, came or went.
    Nothing,
    /// What a person noted down of the plan, of reports and of questions of law.
    Noted,
    /// What was decided about findings.
    Decided,
    /// How posts are tied.
    Traced,
    /// Anything else: posts, findings.
    Found,
}

/// Returns the most that the lines from number `from` on change.
pub fn changed(case: &Case, from: u64) -> Changed {
    let mut most = Changed::Nothing;
    for event in case.ledger().events(from) {
        most = most.max(match event.map(|(_, event)| event.what) {
            Ok(
                What::Viewed { .. }
                | What::Signed { .. }
                | What::Verified { .. }
                | What::Stamped { .. }
                | What::Called { .. }
                | What::Failed { .. },
            ) => Changed::Nothing,
            Ok(
                What::StepMarked { .. }
                | What::Reported { .. }
                | What::ReportAnswered { .. }
                | What::ElementAnswered { .. },
            ) => Changed::Noted,
            Ok(What::Decided { .. } | What::Exhibited { .. } | What::Exported { .. }) => Changed::Decided,
            Ok(What::Traced { .. }) => Changed::Traced,
            _ => Changed::Found,
        });
        if most == Changed::Found {
            break;
        }
    }
    most
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
            What::Viewed { detail } | What::Signed { detail, .. } => (None, Some(*detail)),
            What::Verified { failed, .. } => (Some(*failed), None),
            _ => (None, None),
        };
        let (recipient, exhibits, covered) = match &event.what {
            What::Exported { recipient, exhibits, redactions, .. } => {
                (Some(recipient.clone()), exhibits.len(), *redactions)
            }
            _ => (None, 0, 0),
        };
        let signing = match &event.what {
            // What somebody had erased is not told any more.
            What::Signed { detail, .. } => {
                case.objects().get_json::<Signing>(detail, "who came to the door").ok()
            }
            _ => None,
        };
        let more = signing.as_ref().map_or(0, |signing| signing.more);
        lines.push(Line {
            person: signing.and_then(|signing| signing.person),
            more,
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
