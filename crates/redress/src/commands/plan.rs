//! `redress plan`: short, what comes first first; `--all` and `show ID` tell why, how, and where it was read.

mod short;
mod whole;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use actions::ActionError;
use actions::plan::{self, Marked, Outcome};
use case::Case;
use law::{Lang, Phase};

use crate::cli::{self, PlanWhat};
use crate::commands::{language, open, paper};
use crate::exit::Done;
use crate::screen::{Screen, harmless};

pub fn run(args: &cli::Plan, screen: &Screen) -> Result<Done, ActionError> {
    let mut case = open(&args.case)?;
    let language = language(args.language.as_deref(), &case)?;
    if args.what != PlanWhat::Show {
        return mark(&mut case, args, Lang::of(&language), screen);
    }
    let context = screen.context(args.by.as_deref());
    let mut outcome = plan::plan(&case, &language, &context)?;
    let lang = Lang::of(&language);
    if let Some(path) = &args.calendar {
        std::fs::write(path, &outcome.calendar).map_err(ActionError::file("written", path))?;
    }
    let mut written = Vec::new();
    if let Some(folder) = &args.sheets {
        written = write_sheets(folder, &plan::sheets(&case, &language, paper(&args.paper)?, &context)?)?;
    }
    if !args.steps.is_empty() {
        only(&mut outcome, &args.steps)?;
    }
    screen.outcome(&outcome, |outcome| {
        let mut text = match (args.steps.is_empty(), args.all) {
            (false, _) => whole::tell(outcome, lang, true),
            (true, true) => {
                short::opening(outcome, lang)
                    + &whole::tell(outcome, lang, false)
                    + &short::ending(outcome, lang, &args.case)
            }
            (true, false) => short::tell(outcome, lang, &args.case),
        };
        for path in &written {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{path}");
        }
        text
    })?;
    Ok(Done::Well)
}

fn mark(case: &mut Case, args: &cli::Plan, lang: Lang, screen: &Screen) -> Result<Done, ActionError> {
    if args.steps.is_empty() {
        return Err(ActionError::Request(
            "Which step? Copy the word in brackets from `redress plan CASE`.".to_owned(),
        ));
    }
    let done = args.what == PlanWhat::Done;
    let context = screen.context(args.by.as_deref());
    let marked = plan::mark(case, &args.steps, done, args.note.as_deref(), &context)?;
    screen.outcome(&marked, |marked| marked.iter().map(|mark| tell_mark(mark, lang)).collect())?;
    Ok(Done::Well)
}

fn tell_mark(marked: &Marked, lang: Lang) -> String {
    let word = match (lang, marked.done) {
        (Lang::En, true) => "Done",
        (Lang::En, false) => "Open again",
        (Lang::Es, true) => "Hecho",
        (Lang::Es, false) => "Abierto de nuevo",
    };
    format!("{word}: {} ({}, {})\n", marked.step, harmless(&marked.by), marked.at)
}

/// Writes the sheets into a folder, each to print and as plain text, over earlier ones of the same name. Returns the paths
/// of those to print.
fn write_sheets(folder: &Path, sheets: &[plan::Sheet]) -> Result<Vec<String>, ActionError> {
    std::fs::create_dir_all(folder).map_err(ActionError::file("written", folder))?;
    sheets
        .iter()
        .map(|sheet| {
            let text = folder.join(format!("{}.txt", sheet.name));
            std::fs::write(&text, &sheet.text).map_err(ActionError::file("written", &text))?;
            let pdf = folder.join(format!("{}.pdf", sheet.name));
            std::fs::write(&pdf, &sheet.pdf).map_err(ActionError::file("written", &pdf))?;
            Ok(pdf.display().to_string())
        })
        .collect()
}

/// The phases with their headings, in order.
fn phases(spanish: bool) -> [(Phase, &'static str); 4] {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    [
        (Phase::FirstHour, say("IN THE FIRST HOUR", "EN LA PRIMERA HORA")),
        (Phase::FirstDay, say("ON THE FIRST DAY", "EL PRIMER DÍA")),
        (Phase::FirstWeek, say("IN THE FIRST WEEK", "EN LA PRIMERA SEMANA")),
        (Phase::Months, say("IN THE MONTHS AFTER", "EN LOS MESES SIGUIENTES")),
    ]
}

/// Leaves only the rows with these ids: steps, recipients, dates, rules and cases.
///
/// Errors where one of them is no row of this plan.
fn only(outcome: &mut Outcome, ids: &[String]) -> Result<(), ActionError> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    known.extend(outcome.steps.iter().map(|row| row.id.as_str()));
    known.extend(outcome.channels.iter().map(|row| row.id.as_str()));
    known.extend(outcome.deadlines.iter().map(|row| row.id.as_str()));
    known.extend(outcome.rules.iter().map(|row| row.id.as_str()));
    known.extend(outcome.precedents.iter().map(|row| row.id.as_str()));
    if let Some(id) = ids.iter().find(|id| !known.contains(id.as_str())) {
        return Err(ActionError::Request(format!(
            "“{id}” is no row of this plan. Copy the word in brackets from `redress plan CASE`, or `--all` for every row."
        )));
    }
    let wanted = |id: &String| ids.contains(id);
    outcome.steps.retain(|row| wanted(&row.id));
    outcome.channels.retain(|row| wanted(&row.id));
    outcome.deadlines.retain(|row| wanted(&row.id));
    outcome.rules.retain(|row| wanted(&row.id));
    outcome.precedents.retain(|row| wanted(&row.id));
    outcome.later.clear();
    outcome.reports.clear();
    Ok(())
}
