//! The plan: what to do in the first hour, day, week and months, for this person.

use std::collections::BTreeMap;

use record::{Exposure, Kind};

use crate::day::{Day, days_after};
use crate::deadlines::{DeadlineKind, deadlines};
use crate::library::Library;
use crate::printed::wrap;
use crate::rows::{ForWhom, Phase, Row, Step};
use crate::situation::Situation;
use crate::text::Lang;

/// The plan for one case, as it stands on one day.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The day it is shown.
    pub made: Day,
    /// Its steps, in order.
    pub steps: Vec<PlanStep<'a>>,
}

/// A step with its date.
#[derive(Debug, Clone, Copy)]
pub struct PlanStep<'a> {
    /// The row.
    pub step: &'a Step,
    /// The day the reason for it was known: what `due` is counted from.
    pub counted_from: Day,
    /// By when.
    pub due: Day,
    /// Whether somebody marked it as done. A step that has to be repeated is open again when its time has come.
    pub done: bool,
    /// Whether `due` has passed and it is not done.
    pub overdue: bool,
}

/// Since when things are known. Due dates are counted from it, so that they do not move along with the calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The day the case was opened. `None`: today.
    pub opened: Option<Day>,
    /// The day a finding of a kind was first confirmed. A kind that is only proposed is not here: it counts from today.
    pub kinds: BTreeMap<Kind, Day>,
    /// The same for what dox findings expose.
    pub exposures: BTreeMap<Exposure, Day>,
}

impl Known {
    /// Returns the day the reason for `step` was known.
    fn since(&self, step: &Step, situation: &Situation<'_>, today: Day) -> Day {
        let opened = self.opened.unwrap_or(today);
        if step.kinds.is_empty() && step.exposures.is_empty() {
            return opened;
        }
        let kinds = step.kinds.iter().filter(|kind| situation.kinds.contains(kind));
        let exposures = step.exposures.iter().filter(|exposure| situation.exposures.contains(exposure));
        let known = kinds
            .map(|kind| self.kinds.get(kind))
            .chain(exposures.map(|exposure| self.exposures.get(exposure)))
            .flatten();
        known.min().copied().unwrap_or(today).max(opened)
    }
}

/// Returns the plan of somebody who begins today. Steps for the family and the employer are part of it: see
/// [`Plan::sheet`].
pub fn plan<'a>(library: &'a Library, situation: &Situation<'_>, today: Day) -> Plan<'a> {
    plan_since(library, situation, &Known::default(), today)
}

/// Returns the plan with due dates counted from the days things were known.
pub fn plan_since<'a>(
    library: &'a Library,
    situation: &Situation<'_>,
    known: &Known,
    today: Day,
) -> Plan<'a> {
    let limit = situation.first_publication.and_then(|first| {
        let list = deadlines(library, situation, first, today);
        list.into_iter().find(|d| d.kind == DeadlineKind::Defamation && !d.passed).map(|d| d.last_day)
    });
    let steps = library
        .steps
        .iter()
        .filter(|step| situation.is_role(&step.roles) && situation.touches(&step.kinds, &step.exposures))
        .map(|step| {
            let counted_from = known.since(step, situation, today);
            let mut due = days_after(counted_from, step.phase.days());
            // A lawyer cannot be called after the time to sue is over.
            if let (true, Some(limit)) = (step.id() == "deadline", limit) {
                due = due.min(limit);
            }
            PlanStep { step, counted_from, due, done: false, overdue: due < today }
        })
        .collect();
    Plan { made: today, steps }
}

impl<'a> Plan<'a> {
    /// Marks the steps with these ids as done, each on the day somebody did it. Unknown ids change nothing.
    ///
    /// A step that has to be repeated is due again so many days after it was done, and open again from that day on.
    #[must_use]
    pub fn with_done(mut self, done: &BTreeMap<String, Day>) -> Self {
        for step in &mut self.steps {
            let Some(on) = done.get(step.step.id()) else { continue };
            step.done = true;
            if let Some(days) = step.step.repeat_days {
                step.due = days_after(*on, i64::from(days));
                step.done = self.made < step.due;
            }
            step.overdue = !step.done && step.due < self.made;
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
        let (why, how, source, by, late) = match lang {
            Lang::En => ("Why", "How", "Source", "by", "; overdue"),
            Lang::Es => ("Por qué", "Cómo", "Fuente", "hasta el", "; fuera de plazo"),
        };
        for phase in Phase::ALL {
            let steps = self.sheet(whom, phase);
            if steps.is_empty() {
                continue;
            }
            out.push_str(&format!("\n{}\n", phase.shown().in_lang(lang)));
            for step in steps {
                let mark = if step.done { "x" } else { " " };
                let late = if step.overdue { late } else { "" };
                let text = format!("[{mark}] {} ({by} {}{late})", step.step.step.in_lang(lang), step.due);
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

#[cfg(test)]
mod tests {
    use super::*;
    use record::Role;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn situation<'a>(kinds: &'a [Kind], exposures: &'a [Exposure]) -> Situation<'a> {
        Situation {
            role: Role::Postal,
            state: "PA",
            speaker_states: &[],
            kinds,
            exposures,
            platforms: &[],
            urgent: false,
            first_publication: None,
            learned: None,
        }
    }

    #[test]
    fn due_dates_stay_where_they_are_when_the_calendar_moves() {
        let situation = situation(&[Kind::Dox], &[Exposure::Plate]);
        let known = Known {
            opened: Some(day("2026-11-01")),
            kinds: BTreeMap::from([(Kind::Dox, day("2026-11-10"))]),
            exposures: BTreeMap::from([(Exposure::Plate, day("2026-11-12"))]),
        };
        let on = |today: &str| plan_since(Library::shipped(), &situation, &known, day(today));
        let (first, later) = (on("2026-11-12"), on("2026-11-20"));
        for (a, b) in first.steps.iter().zip(&later.steps) {
            assert_eq!((a.step.id(), a.due), (b.step.id(), b.due));
        }
        let find = |id: &str| *later.steps.iter().find(|step| step.step.id() == id).unwrap();
        let safe = find("safe-now");
        assert_eq!((safe.counted_from, safe.due, safe.overdue), (day("2026-11-01"), day("2026-11-01"), true));
        let plate = find("plate-dmv");
        assert!(
            plate.counted_from >= day("2026-11-10"),
            "a plate posted later is not overdue from the start"
        );
    }

    #[test]
    fn what_is_only_proposed_counts_from_today() {
        let situation = situation(&[Kind::Dox], &[Exposure::Plate]);
        let known = Known { opened: Some(day("2026-11-01")), ..Known::default() };
        let plan = plan_since(Library::shipped(), &situation, &known, day("2026-11-20"));
        let plate = plan.steps.iter().find(|step| step.step.id() == "plate-dmv").unwrap();
        assert_eq!(plate.counted_from, day("2026-11-20"));
    }

    #[test]
    fn a_step_to_repeat_comes_back() {
        let situation = situation(&[Kind::Dox], &[Exposure::Address]);
        let library = Library::shipped();
        let repeating = library.steps.iter().find(|step| {
            step.repeat_days.is_some()
                && situation.is_role(&step.roles)
                && situation.touches(&step.kinds, &step.exposures)
        });
        let row = repeating.expect("a step is repeated");
        let days = i64::from(row.repeat_days.unwrap());
        let done = BTreeMap::from([(row.id().to_owned(), day("2026-11-01"))]);
        let on = |today: Day| {
            let plan = plan(library, &situation, today).with_done(&done);
            *plan.steps.iter().find(|step| step.step.id() == row.id()).unwrap()
        };
        let again = days_after(day("2026-11-01"), days);
        assert!(on(days_after(again, -1)).done);
        let open = on(days_after(again, 1));
        assert!(!open.done && open.overdue && open.due == again);
    }
}
