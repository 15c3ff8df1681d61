//! `redress log`: a call, voicemail, letter or visit, written down.

use case::Case;
use record::{Incident, PostKey};
use serde::Serialize;
use values::{Digest, Place, Platform};

use crate::{ActionError, Context};

/// What was written down.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The entry in the timeline: it stands beside the posts under this key.
    pub key: PostKey,
    /// SHA-256 of the entry.
    pub incident: Digest,
}

/// Adds an incident. It is scanned, reviewed and packaged like a post.
pub fn log(case: &mut Case, incident: &Incident, context: &Context<'_>) -> Result<Outcome, ActionError> {
    if incident.words.trim().is_empty() && incident.recording.is_none() && incident.place.is_none() {
        return Err(ActionError::Request(
            "Nothing was said of what happened. Add the words with --words, or where it was with --place."
                .to_owned(),
        ));
    }
    let digest = case.log(incident, context.now())?;
    let platform = match incident.kind {
        record::IncidentKind::Call | record::IncidentKind::Voicemail => Platform::Phone,
        record::IncidentKind::Letter => Platform::Letter,
        record::IncidentKind::Visit | record::IncidentKind::InPerson => Platform::InPerson,
    };
    Ok(Outcome { key: PostKey::of_place(platform, &digest, &Place::whole()), incident: digest })
}
