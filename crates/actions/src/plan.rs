//! `redress plan`: what to do now, by when, whom to tell, which dates may run out.

use case::Case;
use law::{ForWhom, Lang, Library, Phase};
use serde::Serialize;

use crate::situation::Facts;
use crate::{ActionError, Context};

/// One thing to do.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// The row's id.
    pub id: String,
    /// `first_hour`, `first_day`, `first_week`, `months`.
    pub phase: Phase,
    /// Who does it.
    pub for_whom: ForWhom,
    /// By when (ISO date).
    pub due: String,
    /// What to do.
    pub step: String,
    /// Why.
    pub why: String,
    /// How.
    pub how: String,
    /// Where that was read.
    pub source: String,
    /// How far the row can be relied on, in a sentence.
    pub standing: String,
}

/// Somebody who can be told.
#[derive(Debug, Clone, Serialize)]
pub struct Channel {
    /// The row's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How to reach it.
    pub contact: String,
    /// What it takes.
    pub takes: String,
    /// What it does not do.
    pub not_for: String,
    /// Its last known status, with the day.
    pub status: String,
    /// Whether it comes before everything else now.
    pub now: bool,
}

/// A date that may run out.
#[derive(Debug, Clone, Serialize)]
pub struct Deadline {
    /// For what.
    pub what: String,
    /// The possible last day (ISO date).
    pub last_day: String,
    /// From which day it was counted (ISO date).
    pub counted_from: String,
    /// The provision.
    pub citation: String,
    /// Where that was read.
    pub source: String,
    /// What the count rests on.
    pub basis: String,
    /// Whether that day is over.
    pub passed: bool,
    /// That a lawyer must confirm it.
    pub counsel: String,
}

/// The plan.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// Whether an explicit threat, or a threat together with an exposed home, is in the case.
    pub urgent: bool,
    /// Whether findings that nobody has reviewed yet were taken into account.
    pub from_proposals: bool,
    /// Whom to tell, first things first.
    pub channels: Vec<Channel>,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// Dates, the shortest plausible first. Empty where nothing dated was found.
    pub deadlines: Vec<Deadline>,
    /// That this is no legal advice.
    pub disclaimer: String,
    /// The dates as a calendar file (RFC 5545).
    #[serde(skip)]
    pub calendar: String,
}

/// Makes the plan of a case, from what was confirmed and from what still waits for review.
pub fn plan(case: &Case, language: &str, context: &Context<'_>) -> Result<Outcome, ActionError> {
    let lang = Lang::of(language);
    let library = Library::shipped();
    let facts = Facts::gather(case, true)?;
    let situation = facts.situation();
    let now = context.now();
    let today = today(now)?;
    let plan = law::plan(library, &situation, today);
    let deadlines = match facts.first {
        Some(first) => law::deadlines(library, &situation, first, today),
        None => Vec::new(),
    };
    let calendar = law::calendar::icalendar(&deadlines, &plan, lang, now);
    let steps = plan
        .steps
        .iter()
        .map(|due| Step {
            id: due.step.origin.id.clone(),
            phase: due.step.phase,
            for_whom: due.step.for_whom,
            due: due.due.to_string(),
            step: due.step.step.in_lang(lang).to_owned(),
            why: due.step.why.in_lang(lang).to_owned(),
            how: due.step.how.in_lang(lang).to_owned(),
            source: due.step.origin.sources.first().cloned().unwrap_or_default(),
            standing: due.step.origin.standing_shown(today).in_lang(lang).to_owned(),
        })
        .collect();
    let channels = law::recipients(library, &situation)
        .iter()
        .map(|found| Channel {
            id: found.channel.origin.id.clone(),
            name: found.channel.name.in_lang(lang).to_owned(),
            contact: found.channel.contact.in_lang(lang).to_owned(),
            takes: found.channel.takes.in_lang(lang).to_owned(),
            not_for: found.channel.not_for.in_lang(lang).to_owned(),
            status: found.status_shown(today).in_lang(lang).to_owned(),
            now: found.now,
        })
        .collect();
    let deadlines = deadlines
        .iter()
        .map(|deadline| Deadline {
            what: deadline.what.in_lang(lang).to_owned(),
            last_day: deadline.last_day.to_string(),
            counted_from: deadline.counted_from.to_string(),
            citation: deadline.citation.clone(),
            source: deadline.source.clone(),
            basis: deadline.basis.in_lang(lang).to_owned(),
            passed: deadline.passed,
            counsel: deadline.counsel.in_lang(lang).to_owned(),
        })
        .collect();
    let from_proposals =
        case.view().findings(None)?.iter().any(|row| row.finding.counts && row.decision.is_none());
    Ok(Outcome {
        urgent: facts.urgent,
        from_proposals,
        channels,
        steps,
        deadlines,
        disclaimer: law::disclaimer().in_lang(lang).to_owned(),
        calendar,
    })
}

/// Returns the day that `now` is, by the calendar furthest west: no date is shown as over while it is not.
pub(crate) fn today(now: values::Moment) -> Result<law::Day, ActionError> {
    law::earliest_day(now).ok_or_else(|| {
        ActionError::Request("This computer's clock shows no date. Set the clock and try again.".to_owned())
    })
}
