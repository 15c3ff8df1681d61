//! The plan in short: what to do first, then the next days, one or two lines each. The rest is asked for by id.

use std::path::Path;

use actions::plan::{Deadline, Outcome, Step};
use law::{ForWhom, Lang, wrapped};

use super::{phases, whole};
use crate::screen::harmless;

/// Recipients told; the others are counted.
const RECIPIENTS: usize = 8;
/// A date this near, in days, stands on top of everything.
const SOON: i64 = 3;

/// Writes the plan, nearest things first: a date that runs out within three days, the first hour, the first day, whom to
/// tell, other dates, the week, the months.
pub fn tell(outcome: &Outcome, lang: Lang, case: &Path) -> String {
    let spanish = lang == Lang::Es;
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let mut text = opening(outcome, lang);
    let mut put = |line: &str, indent: &str| text.push_str(&wrapped(line, indent));
    let (soon, later): (Vec<&Deadline>, Vec<&Deadline>) =
        outcome.deadlines.iter().filter(|date| !date.passed).partition(|date| date.days_left <= SOON);
    if !soon.is_empty() {
        put(say("RUNS OUT WITHIN THREE DAYS", "VENCE EN TRES DÍAS"), "");
        soon.iter().for_each(|date| tell_date(date, spanish, &mut put));
        put("", "");
    }
    let of_phase = |first: bool, put: &mut whole::Put<'_>| {
        for (phase, heading) in phases(spanish).into_iter().filter(|(phase, _)| (phase.days() <= 1) == first)
        {
            let here = |step: &&Step| step.phase == phase && step.for_whom != ForWhom::Employer;
            let steps: Vec<&Step> = outcome.steps.iter().filter(here).collect();
            let done = steps.iter().filter(|step| step.done).count();
            if steps.is_empty() {
                continue;
            }
            put(heading, "");
            steps.iter().filter(|step| !step.done).for_each(|step| tell_step(step, spanish, put));
            if done > 0 {
                put(&format!("  {done} {}", say("done", "hechos")), "");
            }
            put("", "");
        }
    };
    of_phase(true, &mut put);
    recipients(outcome, spanish, &mut put);
    dates(outcome, &later, spanish, &mut put);
    of_phase(false, &mut put);
    whole::reports(outcome, spanish, &mut put);
    text + &ending(outcome, lang, case)
}

/// Writes what stands above every plan: 911, and whether unreviewed findings are part of it.
pub fn opening(outcome: &Outcome, lang: Lang) -> String {
    let say = |en: &'static str, es: &'static str| if lang == Lang::Es { es } else { en };
    let mut text = wrapped(
        say("In danger right now? Call 911 first.", "¿Está en peligro ahora? Llame primero al 911."),
        "",
    );
    text.push('\n');
    if outcome.from_proposals {
        text.push_str(&wrapped(
            say(
                "Some findings were not reviewed yet; this plan takes them into account.",
                "Algunos hallazgos aún no se han revisado; este plan los tiene en cuenta.",
            ),
            "",
        ));
        text.push('\n');
    }
    text
}

fn tell_step(step: &Step, spanish: bool, put: &mut whole::Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let late = if step.overdue { say(", OVERDUE", ", FUERA DE PLAZO") } else { "" };
    let whom = if step.for_whom == ForWhom::Family { say("Family: ", "Familia: ") } else { "" };
    let doubt = doubt(step.unverified, spanish);
    put(
        &format!(
            "  [ ] {whom}{} ({} {}{late}{doubt}) [{}]",
            step.step,
            say("by", "hasta el"),
            step.due,
            step.id
        ),
        "      ",
    );
}

fn tell_date(date: &Deadline, spanish: bool, put: &mut whole::Put<'_>) {
    let doubt = doubt(date.unverified, spanish);
    put(&format!("  {}  {}{doubt} [{}]", date.last_day, date.what, date.id), "              ");
}

const fn doubt(unverified: bool, spanish: bool) -> &'static str {
    match (unverified, spanish) {
        (false, _) => "",
        (true, false) => ", unverified",
        (true, true) => ", sin verificar",
    }
}

fn recipients(outcome: &Outcome, spanish: bool, put: &mut whole::Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    put(say("WHOM TO TELL", "A QUIÉN AVISAR"), "");
    let shown = RECIPIENTS.max(outcome.channels.iter().filter(|channel| channel.now).count());
    for channel in outcome.channels.iter().take(shown) {
        let now = if channel.now { say("NOW  ", "YA  ") } else { "" };
        let doubt = doubt(channel.unverified, spanish);
        put(&format!("  {now}{}: {}{doubt} [{}]", channel.name, channel.contact, channel.id), "      ");
    }
    match outcome.channels.len().saturating_sub(shown) {
        0 => {}
        more => put(
            &format!(
                "  {}",
                say("and {n} more: --all", "y {n} más: --all").replace("{n}", &more.to_string())
            ),
            "",
        ),
    }
    put("", "");
}

fn dates(outcome: &Outcome, later: &[&Deadline], spanish: bool, put: &mut whole::Put<'_>) {
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    if outcome.deadlines.is_empty() {
        return;
    }
    put(
        say("DATES THAT MAY RUN OUT (shortest first)", "FECHAS QUE PUEDEN VENCER (primero la más corta)"),
        "",
    );
    later.iter().for_each(|date| tell_date(date, spanish, put));
    let passed: Vec<&Deadline> = outcome.deadlines.iter().filter(|date| date.passed).collect();
    if !passed.is_empty() {
        put(
            say(
                "  Already passed. Ask a lawyer all the same: new posts or another state's law may leave time.",
                "  Ya pasaron. Pregunte igual a un abogado: publicaciones nuevas o la ley de otro estado pueden dejar tiempo.",
            ),
            "  ",
        );
        passed.iter().for_each(|date| tell_date(date, spanish, put));
    }
    put(
        say(
            "  Each is a possible last day, counted from the earliest post here. Only a lawyer can confirm it.",
            "  Cada una es un posible último día, contado desde la publicación más antigua de aquí. Solo un abogado puede confirmarlo.",
        ),
        "  ",
    );
    if let Some(note) = &outcome.dates_unsettled {
        put(&format!("  {note}"), "  ");
    }
    put("", "");
}

/// Names the files whose dates can be read in two ways, and how to say which.
fn open_dates(outcome: &Outcome, spanish: bool, case: &Path) -> String {
    if outcome.dates_open.is_empty() {
        return String::new();
    }
    let names: Vec<String> = outcome.dates_open.iter().map(|name| harmless(name)).collect();
    let words = if spanish {
        "Fechas sin decidir en: {files}. Nadie ha dicho si va primero el día o el mes; se muestran ambas lecturas. Mire el teléfono y diga: redress import {case} ARCHIVO --first day (o --first month)."
    } else {
        "Dates not settled in: {files}. Nobody has said whether the day or the month comes first; both readings are shown. Look at the phone and say: redress import {case} FILE --first day (or --first month)."
    };
    wrapped(&words.replace("{files}", &names.join(", ")).replace("{case}", &case.display().to_string()), "")
        + "\n"
}

/// Writes what stands below every plan: how far it is, that it is no advice, and what to type next.
pub fn ending(outcome: &Outcome, lang: Lang, case: &Path) -> String {
    let spanish = lang == Lang::Es;
    let say = |en: &'static str, es: &'static str| if spanish { es } else { en };
    let (done, all) = outcome.progress;
    let mut text = open_dates(outcome, spanish, case);
    text += &wrapped(
        &say("{done} of {all} steps are done.", "{done} de {all} pasos están hechos.")
            .replace("{done}", &done.to_string())
            .replace("{all}", &all.to_string()),
        "",
    );
    text.push_str(&wrapped(&outcome.ages, ""));
    text.push_str(&wrapped(&outcome.disclaimer, ""));
    let case = case.display();
    let first = outcome.steps.iter().find(|step| !step.done).map_or("safe-now", |step| step.id.as_str());
    text.push_str(&format!(
        "\n{}\n  redress plan {case} show {first}\n  redress plan {case} --all\n  redress plan {case} done {}\n  redress plan {case} --sheets {} --calendar dates.ics\n  redress elements {case}\n  redress report {case} add --to x --when {}\n",
        say("Next:", "A continuación:"),
        say("STEP", "PASO"),
        say("sheets", "hojas"),
        outcome.today,
    ));
    text
}
