//! `redress plan`.

use std::fmt::Write as _;
use std::path::Path;

use actions::ActionError;
use actions::plan::{self, Marked, Outcome, Step};
use case::Case;
use law::{ForWhom, Lang, Phase, wrapped};

use crate::cli::{self, PlanWhat};
use crate::commands::{language, open, paper};
use crate::exit::Done;
use crate::screen::{Screen, harmless};

/// Comparable cases told on the screen; `--json` has all.
const PRECEDENTS: usize = 3;
/// Later days told on the screen; `--json` has all.
const LATER: usize = 5;

pub fn run(args: &cli::Plan, screen: &Screen) -> Result<Done, ActionError> {
    let mut case = open(&args.case)?;
    let language = language(args.language.as_deref(), &case)?;
    if args.what != PlanWhat::Show {
        return mark(&mut case, args, Lang::of(&language), screen);
    }
    if !args.steps.is_empty() {
        return Err(ActionError::Request(
            "To mark a step, say what it is: redress plan CASE done STEP, or undo STEP.".to_owned(),
        ));
    }
    let context = screen.context(args.by.as_deref());
    let outcome = plan::plan(&case, &language, &context)?;
    if let Some(path) = &args.calendar {
        std::fs::write(path, &outcome.calendar).map_err(ActionError::file("written", path))?;
    }
    let mut written = Vec::new();
    if let Some(folder) = &args.sheets {
        written = write_sheets(folder, &plan::sheets(&case, &language, paper(&args.paper)?, &context)?)?;
    }
    screen.outcome(&outcome, |outcome| {
        let mut text = tell(outcome, Lang::of(&language), &args.case);
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

fn tell(outcome: &Outcome, lang: Lang, case: &Path) -> String {
    let spanish = lang == Lang::Es;
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let mut text = String::new();
    let mut put = |line: &str, indent: &str| text.push_str(&wrapped(line, indent));
    put(say("In danger right now? Call 911 first.", "¿Está en peligro ahora? Llame primero al 911."), "");
    put("", "");
    if outcome.from_proposals {
        put(
            say(
                "Some findings were not reviewed yet; this plan takes them into account.",
                "Algunos hallazgos aún no se han revisado; este plan los tiene en cuenta.",
            ),
            "",
        );
        put("", "");
    }
    deadlines(outcome, spanish, &mut put);
    recipients(outcome, spanish, &mut put);
    for (phase, heading) in [
        (Phase::FirstHour, say("IN THE FIRST HOUR", "EN LA PRIMERA HORA")),
        (Phase::FirstDay, say("ON THE FIRST DAY", "EL PRIMER DÍA")),
        (Phase::FirstWeek, say("IN THE FIRST WEEK", "EN LA PRIMERA SEMANA")),
        (Phase::Months, say("IN THE MONTHS AFTER", "EN LOS MESES SIGUIENTES")),
    ] {
        let steps: Vec<&Step> = outcome
            .steps
            .iter()
            .filter(|step| step.phase == phase && !matches!(step.for_whom, ForWhom::Employer))
            .collect();
        if !steps.is_empty() {
            put(heading, "");
            steps.iter().for_each(|step| tell_step(step, spanish, &mut put));
            put("", "");
        }
    }
    rules(outcome, spanish, &mut put);
    precedents(outcome, spanish, &mut put);
    reports(outcome, spanish, &mut put);
    let (done, all) = outcome.progress;
    put(
        &say("{done} of {all} steps are done.", "{done} de {all} pasos están hechos.")
            .replace("{done}", &done.to_string())
            .replace("{all}", &all.to_string()),
        "",
    );
    put(&outcome.disclaimer, "");
    put("", "");
    let case = case.display();
    text.push_str(&format!(
        "{}\n  redress plan {case} done {}\n  redress plan {case} --sheets {} --calendar dates.ics\n  redress elements {case}\n  redress report {case} add --to x --when {}\n",
        say("Next:", "A continuación:"),
        say("STEP", "PASO"),
        say("sheets", "hojas"),
        outcome.today,
    ));
    text
}

type Put<'a> = dyn FnMut(&str, &str) + 'a;

fn deadlines(outcome: &Outcome, spanish: bool, put: &mut Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    if outcome.deadlines.is_empty() {
        return;
    }
    put(
        say("DATES THAT MAY RUN OUT (shortest first)", "FECHAS QUE PUEDEN VENCER (primero la más corta)"),
        "",
    );
    // What is the same for many dates is said once, or nobody reads it: why a day, and what to do about it.
    let (mut basis, mut counsel) = ("", "");
    for deadline in &outcome.deadlines {
        let over = if deadline.passed { say(" · ALREADY PASSED", " · YA PASÓ") } else { "" };
        put(&format!("  {}{over}  {}", deadline.last_day, deadline.what), "              ");
        let rule = format!("{}. {}", deadline.citation.trim_end_matches('.'), deadline.rule);
        let mut lines = vec![rule.as_str(), deadline.standing.as_str()];
        if deadline.basis != basis {
            basis = &deadline.basis;
            lines.push(basis);
        }
        if deadline.counsel != counsel {
            counsel = &deadline.counsel;
            lines.push(counsel);
        }
        lines.iter().for_each(|line| put(&format!("              {line}"), "              "));
    }
    if !outcome.later.is_empty() {
        put(
            say(
                "  Later posts in this collection. A lawyer has to say whether each is a publication of its own:",
                "  Publicaciones posteriores de esta colección. Un abogado debe decir si cada una es una publicación propia:",
            ),
            "  ",
        );
        let skipped = outcome.later.len().saturating_sub(LATER);
        for later in outcome.later.iter().skip(skipped) {
            let over = if later.passed {
                say("passed", "pasado")
            } else {
                say("possible last day", "posible último día")
            };
            put(
                &format!(
                    "    {}: {} {}, {} {} · {over} {}",
                    later.day,
                    later.posts,
                    say("posts", "publicaciones"),
                    later.accounts,
                    say("accounts", "cuentas"),
                    later.last_day
                ),
                "      ",
            );
        }
    }
    put("", "");
}

fn recipients(outcome: &Outcome, spanish: bool, put: &mut Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    put(say("WHOM TO TELL", "A QUIÉN AVISAR"), "");
    for channel in &outcome.channels {
        let now = if channel.now { say("NOW  ", "YA  ") } else { "" };
        put(&format!("  {now}[{}] {}: {}", channel.id, channel.name, channel.contact), "      ");
        put(&format!("      {}", channel.takes), "      ");
        if !channel.not_for.is_empty() {
            put(&format!("      {} {}", say("Does not do:", "No hace:"), channel.not_for), "      ");
        }
        if !channel.caution.is_empty() {
            put(&format!("      {}", channel.caution), "      ");
        }
        put(&format!("      {}", channel.status), "      ");
    }
    put("", "");
}

fn tell_step(step: &Step, spanish: bool, put: &mut Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let mark = if step.done { "x" } else { " " };
    let late = if step.overdue { say(", OVERDUE", ", FUERA DE PLAZO") } else { "" };
    let whom = if step.for_whom == ForWhom::Family { say("Family: ", "Familia: ") } else { "" };
    put(
        &format!(
            "  [{mark}] {whom}{} ({} {}{late}) [{}]",
            step.step,
            say("by", "hasta el"),
            step.due,
            step.id
        ),
        "      ",
    );
    if let Some(marked) = &step.marked {
        let note = marked.note.as_deref().map_or_else(String::new, |note| format!(": {}", harmless(note)));
        put(
            &format!("      {} {}, {}{note}", say("done by", "hecho por"), harmless(&marked.by), marked.at),
            "      ",
        );
    }
    if !step.done {
        put(&format!("      {} {}", step.why, step.how), "      ");
        put(&format!("      {} {}", step.source, step.standing), "      ");
    }
}

fn rules(outcome: &Outcome, spanish: bool, put: &mut Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    if outcome.rules.is_empty() {
        return;
    }
    put(
        say(
            "RULES OF THE PLATFORMS (as they stood on the day of the post)",
            "REGLAS DE LAS PLATAFORMAS (como regían el día de la publicación)",
        ),
        "",
    );
    for rule in &outcome.rules {
        let posts = format!("{} {}", rule.posts, say("posts", "publicaciones"));
        put(&format!("  [{}] {}: {} ({posts})", rule.id, rule.platform, rule.clause), "      ");
        for line in [&rule.words, &rule.version] {
            put(&format!("      {line}"), "      ");
        }
        put(&format!("      {} {}", say("Report:", "Denunciar:"), rule.route), "      ");
        if !rule.leads_nowhere.is_empty() {
            put(
                &format!("      {} {}", say("Know before you do:", "Sépalo antes:"), rule.leads_nowhere),
                "      ",
            );
        }
        put(&format!("      {} {}", rule.source, rule.standing), "      ");
    }
    put("", "");
}

fn precedents(outcome: &Outcome, spanish: bool, put: &mut Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    if outcome.precedents.is_empty() {
        return;
    }
    put(
        say(
            "COMPARABLE CASES (what carried them, what failed)",
            "CASOS COMPARABLES (qué los sostuvo, qué falló)",
        ),
        "",
    );
    for row in outcome.precedents.iter().take(PRECEDENTS) {
        put(&format!("  {} ({}, {})", row.case, row.court, row.decided), "      ");
        put(&format!("      {}", row.outcome), "      ");
        put(&format!("      {} {}", say("Evidence:", "Pruebas:"), row.evidence.join("; ")), "      ");
        row.lessons.iter().for_each(|lesson| put(&format!("      · {lesson}"), "        "));
        put(&format!("      {} {}", row.source, row.standing), "      ");
    }
    put("", "");
}

fn reports(outcome: &Outcome, spanish: bool, put: &mut Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    if outcome.reports.is_empty() {
        return;
    }
    put(say("WHAT YOU REPORTED", "LO QUE DENUNCIÓ"), "");
    for row in &outcome.reports {
        put(&format!("  {} {}: {}", row.id, harmless(&row.to_name), row.standing), "      ");
    }
    put("", "");
}
