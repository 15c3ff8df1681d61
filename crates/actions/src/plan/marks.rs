//! Marking steps of the plan as done: who, when, with what remark. Kept in the ledger; the last mark holds.

use std::collections::BTreeMap;

use case::Case;
use law::Day;
use record::{StepMark, What};
use serde::Serialize;

use crate::{ActionError, Context};

/// That a step was marked as done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// The step's id.
    pub step: String,
    /// Whether it is done now.
    pub done: bool,
    /// Who says so.
    pub by: String,
    /// When, as a reader sees it.
    pub at: String,
    /// The remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Marked {
    pub(super) fn of(mark: &StepMark) -> Self {
        Self {
            step: mark.step.clone(),
            done: mark.done,
            by: mark.by.to_string(),
            at: mark.at.shown(),
            note: mark.note.clone(),
        }
    }
}

/// Returns the mark that holds for each step that has one.
pub(super) fn of(case: &Case) -> Result<BTreeMap<String, StepMark>, ActionError> {
    let mut marks = BTreeMap::new();
    for event in case.ledger().events(0) {
        if let What::StepMarked { mark } = event?.1.what {
            let mark: StepMark = case.objects().get_json(&mark, "a mark on a step")?;
            marks.insert(mark.step.clone(), mark);
        }
    }
    Ok(marks)
}

/// Returns the days on which steps were done.
pub(super) fn done(marks: &BTreeMap<String, StepMark>) -> BTreeMap<String, Day> {
    marks
        .values()
        .filter(|mark| mark.done)
        .filter_map(|mark| Some((mark.step.clone(), law::earliest_day(mark.at)?)))
        .collect()
}

/// Marks steps as done, or as open again.
///
/// Errors, with nothing marked, where an id is no step's.
pub fn mark(
    case: &mut Case,
    steps: &[String],
    done: bool,
    note: Option<&str>,
    context: &Context<'_>,
) -> Result<Vec<Marked>, ActionError> {
    for step in steps {
        if !context.library().steps.iter().any(|row| row.origin.id == *step) {
            if context.library().channels.iter().any(|row| row.origin.id == *step) {
                return Err(ActionError::Request(format!(
                    "“{step}” is somebody to tell and no step. Write down what you reported with `redress report CASE add --to {step} --when …`; the steps stand above, by hour, day and week. Nothing was marked."
                )));
            }
            return Err(ActionError::Request(format!(
                "“{step}” is no step of the plan. Copy the word in brackets from `redress plan CASE`; nothing was marked."
            )));
        }
    }
    let mut marked = Vec::new();
    for step in steps {
        let at = context.now();
        let mark = StepMark {
            step: step.clone(),
            done,
            by: context.actor.clone(),
            at,
            note: note.map(str::to_owned),
        };
        case.note(&mark, |mark| What::StepMarked { mark }, at)?;
        marked.push(Marked::of(&mark));
    }
    Ok(marked)
}
