//! The plan: what to do in the first hour, day, week and months, for this person.

use std::collections::BTreeSet;

use crate::day::{Day, days_after};
use crate::deadlines::{DeadlineKind, deadlines};
use crate::library::Library;
use crate::printed::wrap;
use crate::rows::{ForWhom, Phase, Row, Step};
use crate::situation::Situation;
use crate::text::Lang;

/// The plan for one case, made on one day.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The day it was made.
    pub made: Day,
    /// Its steps, in order.
    pub steps: Vec<PlanStep<'a>>,
}

/// A step with its date.
#[derive(Debug, Clone, Copy)]
pub struct PlanStep<'a> {
    /// The row.
    pub step: &'a Step,
    /// By when.
    pub due: Day,
    /// Whether somebody marked it as done.
    pub done: bool,
}

/// Returns the plan. Steps for the family and the employer are part of it: see [`Plan::sheet`].
pub fn plan<'a>(library: &'a Library, situation: &Situation<'_>, today: Day) -> Plan<'a> {
    let limit = situation.first_publication.and_then(|first| {
        let list = deadlines(library, situation, first, today);
        list.into_iter().find(|d| d.kind == DeadlineKind::Defamation && !d.passed).map(|d| d.last_day)
    });
    let steps = library
        .steps
        .iter()
        .filter(|step| situation.is_role(&step.roles) && situation.touches(&step.kinds, &step.exposures))
        .map(|step| {
            let mut due = days_after(today, step.phase.days());
            // A lawyer cannot be called after the time to sue is over.
            if let (true, Some(limit)) = (step.id() == "deadline", limit) {
                due = due.min(limit);
            }
            PlanStep { step, due, done: false }
        })
        .collect();
    Plan { made: today, steps }
}

impl<'a> Plan<'a> {
    /// Marks the steps with these ids as done. Unknown ids change nothing.
    #[must_use]
    pub fn with_done(mut self, done: &BTreeSet<String>) -> Self {
        for step in &mut self.steps {
            step.done = done.contains(step.step.id());
        }
        self
    }

    /// Returns the steps of one phase for one reader, in order.
    pub fn sheet(&self, whom: ForWhom, phase: Phase) -> Vec<PlanStep<'a>> {
        let here = |step: &&PlanStep<'a>| step.step.for_whom == whom && step.step.phase == phase;
        self.steps.iter().filter(here).copied().collect()
    }

    /// Returns how many steps are done and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.steps.iter().filter(|step| step.done).count(), self.steps.len())
    }

    /// Writes one reader's sheet as plain text, 80 columns at most where words allow, for a terminal or a printer.
    pub fn printed(&self, whom: ForWhom, lang: Lang) -> String {
        let mut out = format!("{}\n", whom.shown().in_lang(lang));
        let (why, how, source, by) = match lang {
            Lang::En => ("Why", "How", "Source", "by"),
            Lang::Es => ("Por qué", "Cómo", "Fuente", "hasta el"),
        };
        for phase in Phase::ALL {
            let steps = self.sheet(whom, phase);
            if steps.is_empty() {
                continue;
            }
            out.push_str(&format!("\n{}\n", phase.shown().in_lang(lang)));
            for step in steps {
                let mark = if step.done { "x" } else { " " };
                let text = format!("[{mark}] {} ({by} {})", step.step.step.in_lang(lang), step.due);
                wrap(&mut out, &text, "    ");
                wrap(&mut out, &format!("    {why}: {}", step.step.why.in_lang(lang)), "    ");
                wrap(&mut out, &format!("    {how}: {}", step.step.how.in_lang(lang)), "    ");
                let standing = step.step.origin.standing_shown(self.made);
                let from = step.step.origin.sources.first().map_or("-", String::as_str);
                out.push_str(&format!("    {source}: {from}\n"));
                wrap(&mut out, &format!("    {}", standing.in_lang(lang)), "    ");
            }
        }
        out
    }
}
