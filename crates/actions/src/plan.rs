//! `redress plan`: what to do now, by when, whom to tell, which dates may run out, and how far the person has come.
//!
//! - `rows`: the rows of the law room as they are shown: channels, deadlines, platform rules, comparable cases.
//! - `marks`: marking a step as done.
//! - `sheets`: the plan on paper, one sheet for the person, one for the family, one for the employer.

mod marks;
mod rows;
mod sheets;

use case::{Case, Reader};
use law::{Day, ForWhom, Lang, Phase};
use report::dossier::Sentence;
use serde::Serialize;

pub use marks::{Marked, mark};
pub use rows::{Channel, Deadline, Later, PlatformRule, Precedent};
pub use sheets::{Sheet, sheets};

use crate::situation::{self, Facts};
use crate::{ActionError, Context, reports};

/// One thing to do.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// The row's id.
    pub id: String,
    /// `first-hour`, `first-day`, `first-week`, `months`.
    pub phase: Phase,
    /// Who does it.
    pub for_whom: ForWhom,
    /// By when (ISO date).
    pub due: String,
    /// Whether that day has passed and it is not done.
    pub overdue: bool,
    /// Whether somebody marked it as done.
    pub done: bool,
    /// Who did, when and with what remark; kept also where a step that repeats is open again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marked: Option<Marked>,
    /// Days after which to do it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat_days: Option<u32>,
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
    /// Whether nobody read its source.
    pub unverified: bool,
    /// Whether the source says the same, gives the fact behind it, or the advice is redress's own.
    pub support: law::Support,
}

/// The plan.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The day it is shown (ISO date).
    pub today: String,
    /// Whether an explicit threat, or a threat together with an exposed home, is in the case.
    pub urgent: bool,
    /// Whether findings that nobody has reviewed yet were taken into account.
    pub from_proposals: bool,
    /// Steps that are done, and all of them.
    pub progress: (usize, usize),
    /// Whom to tell, first things first.
    pub channels: Vec<Channel>,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// Dates, the shortest plausible first. Empty where nothing dated was found.
    pub deadlines: Vec<Deadline>,
    /// Later posts, each with the possible last day to sue over it alone.
    pub later: Vec<Later>,
    /// Rules of the platforms as they stood on the days of the posts, with the route of today.
    pub rules: Vec<PlatformRule>,
    /// Comparable cases.
    pub precedents: Vec<Precedent>,
    /// What was reported, to whom, and what came back.
    pub reports: Vec<reports::Row>,
    /// Which rows of law were used, one line each.
    pub rows: Vec<String>,
    /// How old the rows are that were used, and what “unverified” means, in a sentence.
    pub ages: String,
    /// Where a date rests on a post whose day nobody settled: which day was counted from, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates_unsettled: Option<String>,
    /// Files in whose dates the day and the month may be the other way round, until a person says which is which.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dates_open: Vec<String>,
    /// That this is no legal advice.
    pub disclaimer: String,
    /// The dates as a calendar file (RFC 5545).
    #[serde(skip)]
    pub calendar: String,
}

/// What a plan is made from: of a large case it takes seconds to gather, so a screen keeps it as long as it holds.
#[derive(Debug, Clone)]
pub struct Gathered {
    facts: Facts,
    from_proposals: bool,
}

/// Gathers what a plan is made from, beside whoever changes the case. `opened` is what [`opened`] returns.
pub fn gather(reader: &Reader, opened: Option<Day>) -> Result<Gathered, ActionError> {
    let view = reader.view();
    let facts = Facts::of(view, reader.settings(), opened, true)?;
    Ok(Gathered { facts, from_proposals: view.has_undecided()? })
}

/// Returns the day the case was opened.
pub fn opened(case: &Case) -> Result<Option<Day>, ActionError> {
    situation::opened(case)
}

/// Makes the plan of a case, from what was confirmed and from what still waits for review.
pub fn plan(case: &Case, language: &str, context: &Context<'_>) -> Result<Outcome, ActionError> {
    let facts = Facts::gather(case, true)?;
    let gathered = Gathered { facts, from_proposals: case.view().has_undecided()? };
    plan_of(case, &gathered, language, context)
}

/// Makes the plan from what was gathered, with what a person noted down since.
pub fn plan_of(
    case: &Case,
    gathered: &Gathered,
    language: &str,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let lang = Lang::of(language);
    let library = context.library();
    let Gathered { facts, from_proposals } = gathered;
    let speakers = facts.speaker_states();
    let situation = facts.situation(&speakers);
    let now = context.now();
    let today = today(now)?;
    let marks = marks::of(case)?;
    let done = marks::done(&marks);
    let plan = law::plan_since(library, &situation, &facts.known, today).with_done(&done);
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
            overdue: due.overdue,
            done: due.done,
            marked: marks.get(&due.step.origin.id).filter(|mark| mark.done).map(Marked::of),
            repeat_days: due.step.repeat_days,
            step: due.step.step.in_lang(lang).to_owned(),
            why: due.step.why.in_lang(lang).to_owned(),
            how: due.step.how.in_lang(lang).to_owned(),
            source: due.step.origin.sources.first().cloned().unwrap_or_default(),
            standing: due.step.origin.standing_shown(today).in_lang(lang).to_owned(),
            unverified: due.step.origin.unverified(),
            support: due.step.support,
        })
        .collect();
    Ok(Outcome {
        today: today.to_string(),
        urgent: facts.urgent,
        from_proposals: *from_proposals,
        progress: plan.progress(),
        channels: law::recipients(library, &situation)
            .iter()
            .map(|found| Channel::of(found, lang, today))
            .collect(),
        steps,
        deadlines: deadlines.iter().map(|deadline| Deadline::of(deadline, lang, today)).collect(),
        later: rows::later(library, &situation, &facts.posts, today),
        rules: rows::platform_rules(library, &facts.posts, lang, today),
        precedents: law::precedents(library, &situation)
            .into_iter()
            .map(|row| Precedent::of(row, lang, today))
            .collect(),
        reports: reports::list(case, language, context)?.rows,
        rows: (context.rows)().named(),
        ages: law::ages_shown(library, today).in_lang(lang).to_owned(),
        dates_unsettled: facts.first.and_then(law::unsettled_shown).map(|note| note.in_lang(lang).to_owned()),
        dates_open: case.view().captures_with_trouble(".day_or_month")?,
        disclaimer: law::disclaimer().in_lang(lang).to_owned(),
        calendar,
    })
}

/// Returns the dates as a calendar file in both languages.
pub(crate) fn calendars(case: &Case, context: &Context<'_>) -> Result<Sentence, ActionError> {
    let library = context.library();
    let facts = Facts::gather(case, true)?;
    let speakers = facts.speaker_states();
    let situation = facts.situation(&speakers);
    let now = context.now();
    let today = today(now)?;
    let done = marks::done(&marks::of(case)?);
    let plan = law::plan_since(library, &situation, &facts.known, today).with_done(&done);
    let deadlines = match facts.first {
        Some(first) => law::deadlines(library, &situation, first, today),
        None => Vec::new(),
    };
    let calendar = |lang| law::calendar::icalendar(&deadlines, &plan, lang, now);
    Ok(Sentence::new(calendar(Lang::En), calendar(Lang::Es)))
}

/// Returns the day that `now` is, by the calendar furthest west: no date is shown as over while it is not.
pub(crate) fn today(now: values::Moment) -> Result<law::Day, ActionError> {
    law::earliest_day(now).ok_or_else(|| {
        ActionError::Request("This computer's clock shows no date. Set the clock and try again.".to_owned())
    })
}
