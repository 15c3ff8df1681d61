//! The whole plan on the screen, each row with its rule, source and standing: `redress plan CASE --all`, or `show ID`.

use actions::plan::{Outcome, Step};
use law::{ForWhom, Lang, wrapped};

use super::phases;
use crate::screen::harmless;

/// Comparable cases told on the screen; `--json` has all.
const PRECEDENTS: usize = 3;
/// Later days told on the screen; `--json` has all.
const LATER: usize = 5;

/// Writes every row that is in `outcome`, the steps of the first hour and day before anything else.
pub fn tell(outcome: &Outcome, lang: Lang, employer: bool) -> String {
    let spanish = lang == Lang::Es;
    let mut text = String::new();
    let mut put = |line: &str, indent: &str| text.push_str(&wrapped(line, indent));
    let of_phase = |put: &mut Put<'_>, first: bool| {
        for (phase, heading) in phases(spanish).into_iter().filter(|(phase, _)| (phase.days() <= 1) == first)
        {
            let here = |step: &&Step| step.phase == phase && (employer || step.for_whom != ForWhom::Employer);
            let steps: Vec<&Step> = outcome.steps.iter().filter(here).collect();
            if !steps.is_empty() {
                put(heading, "");
                steps.iter().for_each(|step| tell_step(step, spanish, put));
                put("", "");
            }
        }
    };
    of_phase(&mut put, true);
    recipients(outcome, spanish, &mut put);
    deadlines(outcome, spanish, &mut put);
    of_phase(&mut put, false);
    rules(outcome, spanish, &mut put);
    precedents(outcome, spanish, &mut put);
    reports(outcome, spanish, &mut put);
    text
}

pub(super) type Put<'a> = dyn FnMut(&str, &str) + 'a;

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
        put(&format!("  {}{over}  {} [{}]", deadline.last_day, deadline.what, deadline.id), "              ");
        let standing = format!("{} {}", deadline.source, deadline.standing);
        let mut lines = vec![deadline.rule_cited.as_str(), standing.trim_start()];
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
    if outcome.channels.is_empty() {
        return;
    }
    put(say("WHOM TO TELL", "A QUIÉN AVISAR"), "");
    for channel in &outcome.channels {
        let now = if channel.now { say("NOW  ", "YA  ") } else { "" };
        put(&format!("  {now}[{}] {}: {}", channel.id, channel.name, channel.contact), "      ");
        put(&format!("      {}", channel.takes), "      ");
        put(&format!("      {} {}", say("When:", "Cuándo:"), channel.when), "      ");
        if !channel.needs.is_empty() {
            put(
                &format!("      {} {}", say("Have ready:", "Tenga listo:"), channel.needs.join("; ")),
                "      ",
            );
        }
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
        put(&format!("  {} [{}]", row.cited, row.id), "      ");
        put(&format!("      {}", row.outcome), "      ");
        put(&format!("      {} {}", say("Evidence:", "Pruebas:"), row.evidence.join("; ")), "      ");
        row.lessons.iter().for_each(|lesson| put(&format!("      · {lesson}"), "        "));
        put(&format!("      {} {}", row.source, row.standing), "      ");
    }
    put("", "");
}

pub(super) fn reports(outcome: &Outcome, spanish: bool, put: &mut Put<'_>) {
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
