//! What a case is like, as far as matching needs to know: role, state, findings, exposures, places, urgency.

use record::{Exposure, Kind, Role};
use values::{Moment, Platform};

/// The fifty states and the District of Columbia.
pub const STATES: [&str; 51] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC",
    "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
];

/// Tells whether `given` is one of [`STATES`].
pub fn is_state(given: &str) -> bool {
    STATES.contains(&given)
}

/// What a case is like. It holds nothing that identifies anybody.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What the person does.
    pub role: Role,
    /// Where they live: two capital letters.
    pub state: &'a str,
    /// States the speakers are known to write from, where known. Often empty.
    pub speaker_states: &'a [&'a str],
    /// Kinds of the confirmed findings.
    pub kinds: &'a [Kind],
    /// What the confirmed dox findings expose.
    pub exposures: &'a [Exposure],
    /// Where it was said: platforms, and ways such as a letter.
    pub platforms: &'a [Platform],
    /// Whether harm could happen now.
    pub urgent: bool,
    /// The earliest publication in the case.
    pub first_publication: Option<Moment>,
    /// When the person learned of it, where they said so. Otherwise the first publication stands in.
    pub learned: Option<Moment>,
}

impl Situation<'_> {
    /// Tells whether a row for `roles` (empty: anyone) is for this person.
    pub(crate) fn is_role(&self, roles: &[Role]) -> bool {
        roles.is_empty() || roles.contains(&self.role)
    }

    /// Returns those of `kinds` that this case has.
    pub(crate) fn shared_kinds(&self, kinds: &[Kind]) -> Vec<Kind> {
        kinds.iter().copied().filter(|kind| self.kinds.contains(kind)).collect()
    }

    /// Tells whether a row for these findings or exposures (both empty: any) fits this case.
    pub(crate) fn touches(&self, kinds: &[Kind], exposures: &[Exposure]) -> bool {
        (kinds.is_empty() && exposures.is_empty())
            || kinds.iter().any(|kind| self.kinds.contains(kind))
            || exposures.iter().any(|exposure| self.exposures.contains(exposure))
    }
}
