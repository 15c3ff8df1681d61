//! What a case is like, gathered for the law room: kinds, exposures, platforms, the earliest publication, urgency.

use std::collections::{BTreeMap, BTreeSet};

use case::view::View;
use case::{Case, Settings};
use law::{Day, Known};
use record::{Exposure, Finding, Kind, Level, Role, What, Whose};
use values::{Moment, Platform, SaidBy};

use crate::ActionError;

/// A post taken into account, as far as rules and dates go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostFacts {
    /// Where it stood.
    pub platform: Platform,
    /// When it was written.
    pub written: Option<Moment>,
    /// The account, in any stable form; empty where none is known.
    pub account: String,
    /// Kinds of its findings that are taken into account, sorted.
    pub kinds: Vec<Kind>,
}

/// What [`law::Situation`] borrows from.
#[derive(Debug, Clone)]
pub struct Facts {
    role: Role,
    state: String,
    speaker_states: Vec<String>,
    learned: Option<Moment>,
    /// The day things were known: what the plan's due dates are counted from.
    pub known: Known,
    /// The posts with these findings, by key.
    pub posts: Vec<PostFacts>,
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
        Self::of(case.view(), case.settings(), opened(case)?, proposed)
    }

    /// Gathers from what a reader beside the case sees. `opened` is the day the case was opened.
    pub fn of(
        view: View<'_>,
        settings: &Settings,
        opened: Option<Day>,
        proposed: bool,
    ) -> Result<Self, ActionError> {
        let mut facts = Self {
            role: settings.role,
            state: settings.state.clone(),
            speaker_states: speaker_states(&settings.speaker_states)?,
            learned: settings.learned.as_deref().map(learned).transpose()?,
            known: Known { opened, ..Known::default() },
            posts: Vec::new(),
            kinds: Vec::new(),
            exposures: Vec::new(),
            platforms: Vec::new(),
            first: None,
            urgent: false,
        };
        let mut posts: BTreeMap<i64, BTreeSet<Kind>> = BTreeMap::new();
        let (mut kinds, mut exposures) = (BTreeSet::new(), BTreeSet::new());
        let (mut explicit, mut threatened, mut home) = (false, false, false);
        // One after the other: a large case has more findings than memory should hold.
        view.each_weighed(proposed, |row| {
            let finding = &row.finding;
            explicit |= finding.level == Some(Level::Explicit);
            threatened |= matches!(finding.kind, Kind::Threat | Kind::Swatting);
            home |= matches!(finding.what, Some(Exposure::Address | Exposure::Location))
                && matches!(finding.whose, Some(Whose::Private | Whose::Unknown) | None);
            if let Some(day) = row.confirmed.and_then(law::earliest_day) {
                note_day(&mut facts.known, finding, day);
            }
            kinds.insert(finding.kind);
            exposures.extend(finding.what);
            posts.entry(row.post).or_default().insert(finding.kind);
        })?;
        let mut platforms = BTreeSet::new();
        let mut keyed = Vec::with_capacity(posts.len());
        for (post, kinds) in posts {
            let Some(seen) = view.post_facts(post)? else { continue };
            platforms.insert(seen.platform);
            keyed.push((
                seen.key,
                PostFacts {
                    platform: seen.platform,
                    written: seen.written,
                    account: seen.author.key().map_or_else(String::new, |key| key.to_string()),
                    kinds: kinds.into_iter().collect(),
                },
            ));
        }
        keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
        facts.posts = keyed.into_iter().map(|(_, post)| post).collect();
        for written in facts.posts.iter().map(|post| post.written) {
            // The one that can be the earliest: of a time whose day and month may be swapped, the earlier reading counts.
            let rank = |at: Moment| (law::earliest_day(at), at);
            facts.first = match (facts.first, written) {
                (Some(first), Some(written)) if rank(written) < rank(first) => Some(written),
                (first, written) => first.or(written),
            };
        }
        facts.urgent = explicit || threatened && home;
        facts.kinds = kinds.into_iter().collect();
        facts.exposures = exposures.into_iter().collect();
        facts.platforms = platforms.into_iter().collect();
        Ok(facts)
    }

    /// Returns the situation as the law room takes it.
    ///
    /// `speakers` is [`Facts::speaker_states`], which has to live as long.
    pub fn situation<'a>(&'a self, speakers: &'a [&'a str]) -> law::Situation<'a> {
        law::Situation {
            role: self.role,
            state: &self.state,
            speaker_states: speakers,
            kinds: &self.kinds,
            exposures: &self.exposures,
            platforms: &self.platforms,
            urgent: self.urgent,
            first_publication: self.first,
            learned: self.learned,
        }
    }

    /// Returns the states the speakers are known to write from, as a person wrote them into `case.toml`.
    pub fn speaker_states(&self) -> Vec<&str> {
        self.speaker_states.iter().map(String::as_str).collect()
    }
}

fn speaker_states(given: &[String]) -> Result<Vec<String>, ActionError> {
    given
        .iter()
        .map(|state| {
            let state = state.trim().to_ascii_uppercase();
            if law::is_state(&state) {
                return Ok(state);
            }
            Err(ActionError::Request(format!(
                "“{state}” in speaker_states of case.toml is no state. Write two letters each, like speaker_states = [\"RI\"]."
            )))
        })
        .collect()
}

fn learned(given: &str) -> Result<Moment, ActionError> {
    given.parse::<Day>().ok().and_then(|_| Moment::parse_local(given, SaidBy::Person).ok()).ok_or_else(|| {
        ActionError::Request(format!(
            "“{given}” in learned of case.toml is no day. Write it like learned = \"2026-10-30\"."
        ))
    })
}

/// Returns the day the case was opened.
pub(crate) fn opened(case: &Case) -> Result<Option<Day>, ActionError> {
    let Some(first) = case.ledger().events(0).next() else { return Ok(None) };
    let (_, event) = first?;
    let opens = matches!(event.what, What::Opened { .. });
    Ok(if opens { law::earliest_day(event.at) } else { None })
}

/// Notes since when each kind and exposure is confirmed.
fn note_day(known: &mut Known, finding: &Finding, day: Day) {
    let sooner = |slot: &mut Day| *slot = (*slot).min(day);
    known.kinds.entry(finding.kind).and_modify(sooner).or_insert(day);
    if let Some(what) = finding.what {
        known.exposures.entry(what).and_modify(sooner).or_insert(day);
    }
}
