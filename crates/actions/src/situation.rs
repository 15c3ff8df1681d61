//! What a case is like, gathered for the law room: kinds, exposures, platforms, the earliest publication, urgency.

use case::Case;
use case::view::FindingRow;
use record::{Choice, Exposure, Kind, Level, Role, Whose};
use values::{Moment, Platform};

use crate::ActionError;

/// What [`law::Situation`] borrows from.
#[derive(Debug, Clone)]
pub struct Facts {
    role: Role,
    state: String,
    /// Kinds of the findings taken into account.
    pub kinds: Vec<Kind>,
    /// What dox findings among them expose.
    pub exposures: Vec<Exposure>,
    /// Where the posts stood.
    pub platforms: Vec<Platform>,
    /// The earliest of these posts.
    pub first: Option<Moment>,
    /// Whether an explicit threat, or a threat together with an exposed home, is among them.
    pub urgent: bool,
}

impl Facts {
    /// Gathers from confirmed findings; where `proposed`, also from those that nobody has decided about yet.
    pub fn gather(case: &Case, proposed: bool) -> Result<Self, ActionError> {
        let view = case.view();
        let rows: Vec<FindingRow> = view
            .findings(None)?
            .into_iter()
            .filter(|row| match &row.decision {
                Some(decision) => decision.choice == Choice::Confirm,
                None => proposed && row.finding.counts,
            })
            .collect();
        let settings = case.settings();
        let mut facts = Self {
            role: settings.role,
            state: settings.state.clone(),
            kinds: rows.iter().map(|row| row.finding.kind).collect(),
            exposures: rows.iter().filter_map(|row| row.finding.what).collect(),
            platforms: Vec::new(),
            first: None,
            urgent: false,
        };
        let mut posts: Vec<_> = rows.iter().map(|row| row.post.clone()).collect();
        posts.sort();
        posts.dedup();
        for key in &posts {
            let Some(seen) = view.seen(key)? else { continue };
            facts.platforms.push(seen.post.platform);
            // The earliest instant, whatever was said of its doubt: a deadline counts from the shortest plausible day.
            facts.first = match (facts.first, seen.post.written) {
                (Some(first), Some(written)) => Some(first.min(written)),
                (first, written) => first.or(written),
            };
        }
        let explicit = rows.iter().any(|row| row.finding.level == Some(Level::Explicit));
        let threatened = rows.iter().any(|row| matches!(row.finding.kind, Kind::Threat | Kind::Swatting));
        let home = rows.iter().any(|row| {
            let exposed = matches!(row.finding.what, Some(Exposure::Address | Exposure::Location));
            exposed && matches!(row.finding.whose, Some(Whose::Private | Whose::Unknown) | None)
        });
        facts.urgent = explicit || threatened && home;
        facts.kinds.sort();
        facts.kinds.dedup();
        facts.exposures.sort();
        facts.exposures.dedup();
        facts.platforms.sort();
        facts.platforms.dedup();
        Ok(facts)
    }

    /// Returns the situation as the law room takes it.
    pub fn situation(&self) -> law::Situation<'_> {
        law::Situation {
            role: self.role,
            state: &self.state,
            speaker_states: &[],
            kinds: &self.kinds,
            exposures: &self.exposures,
            platforms: &self.platforms,
            urgent: self.urgent,
            first_publication: self.first,
            learned: None,
        }
    }
}
