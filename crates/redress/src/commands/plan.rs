//! `redress plan`.

use std::fmt::Write as _;

use actions::plan::{self, Outcome};
use actions::{ActionError, Context};
use law::{ForWhom, Lang, Phase};

use crate::cli;
use crate::commands::open;
use crate::exit::Done;
use crate::screen::Screen;

pub fn run(args: &cli::Plan, screen: &Screen) -> Result<Done, ActionError> {
    let case = open(&args.case)?;
    let language = args.language.clone().unwrap_or_else(|| case.settings().language.clone());
    if !["en", "es"].contains(&language.as_str()) {
        return Err(ActionError::Request(format!(
            "“{language}” is no language redress writes. Use en or es."
        )));
    }
    let context: Context<'_> = screen.context(None);
    let outcome = plan::plan(&case, &language, &context)?;
    if let Some(path) = &args.calendar {
        std::fs::write(path, &outcome.calendar).map_err(ActionError::file("written", path))?;
    }
    screen.outcome(&outcome, |outcome| tell(outcome, Lang::of(&language)))?;
    Ok(Done::Well)
}

fn tell(outcome: &Outcome, lang: Lang) -> String {
    let spanish = lang == Lang::Es;
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "{}\n",
        say("In danger right now? Call 911 first.", "¿Está en peligro ahora? Llame primero al 911.")
    );
    if outcome.from_proposals {
        let _ = writeln!(
            text,
            "{}\n",
            say(
                "Some findings were not reviewed yet; this plan takes them into account.",
                "Algunos hallazgos aún no se han revisado; este plan los tiene en cuenta.",
            )
        );
    }
    if !outcome.deadlines.is_empty() {
        let _ = writeln!(
            text,
            "{}",
            say("DATES THAT MAY RUN OUT (shortest first)", "FECHAS QUE PUEDEN VENCER (primero la más corta)")
        );
        for deadline in &outcome.deadlines {
            let over = if deadline.passed { say(" · ALREADY PASSED", " · YA PASÓ") } else { "" };
            let _ = writeln!(
                text,
                "  {}{over}  {}\n              {}. {} {}",
                deadline.last_day, deadline.what, deadline.citation, deadline.basis, deadline.counsel
            );
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", say("WHOM TO TELL", "A QUIÉN AVISAR"));
    for channel in &outcome.channels {
        let now = if channel.now { say("NOW  ", "YA  ") } else { "" };
        let _ = writeln!(
            text,
            "  {now}{}: {}\n      {} {}",
            channel.name, channel.contact, channel.takes, channel.status
        );
    }
    text.push('\n');
    for (phase, heading) in [
        (Phase::FirstHour, say("IN THE FIRST HOUR", "EN LA PRIMERA HORA")),
        (Phase::FirstDay, say("ON THE FIRST DAY", "EL PRIMER DÍA")),
        (Phase::FirstWeek, say("IN THE FIRST WEEK", "EN LA PRIMERA SEMANA")),
        (Phase::Months, say("IN THE MONTHS AFTER", "EN LOS MESES SIGUIENTES")),
    ] {
        let steps: Vec<_> = outcome
            .steps
            .iter()
            .filter(|step| step.phase == phase && !matches!(step.for_whom, ForWhom::Employer))
            .collect();
        if steps.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{heading}");
        for step in steps {
            let _ = writeln!(text, "  [ ] {} ({} {})", step.step, say("by", "antes del"), step.due);
            let _ = writeln!(text, "      {} {}\n      {}", step.why, step.how, step.source);
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", outcome.disclaimer);
    text
}
