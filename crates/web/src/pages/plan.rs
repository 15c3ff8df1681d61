//! The plan: what to do now, by when, whom to tell, which dates may run out.

use actions::{plan as plans, reports};
use axum::extract::{Form, State};
use law::silence::Outcome;
use maud::{Markup, html};
use serde::Deserialize;
use values::Platform;

use super::{Answer, Asked, Problem, Who, by, file, lang, moment_given, off, to};
use crate::frame::{Here, form_token};
use crate::results;
use crate::session::Session;
use crate::words::{self as w, Lang};

/// The phases as the law room words them, with what they are called here.
const PHASES: [(&str, w::Say); 4] =
    [("hour", w::PHASE_HOUR), ("day", w::PHASE_DAY), ("week", w::PHASE_WEEK), ("months", w::PHASE_MONTHS)];

fn phase(step: &actions::plan::Step) -> w::Say {
    let word = format!("{:?}", step.phase).to_lowercase();
    PHASES.into_iter().find(|(part, _)| word.contains(part)).map_or(w::PHASE_MONTHS, |(_, say)| say)
}

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let plan = off(&app, move |app| results::plan(app, t)).await?;
    let mut last = None;
    super::show(
        &app,
        &who,
        Here::Plan,
        t.say(w::NAV_PLAN),
        &html! {
            h1 { (t.say(w::PLAN_TITLE)) }
            @if plan.urgent { p.call { (t.say(w::PLAN_URGENT)) } }
            @if plan.from_proposals { p.note { (t.say(w::PLAN_PROPOSALS)) } }
            @if !plan.dates_open.is_empty() {
                p.note { (t.fill(w::DATES_OPEN_N, &[("n", &plan.dates_open.len().to_string())])) " " a href="/dates" { (t.say(w::DATES_TITLE)) } }
            }
            p.quiet { (plan.disclaimer) }
            div.buttons {
                a.button href="/plan/calendar.ics" { (t.say(w::PLAN_CALENDAR)) }
                button.js data-print="" { (t.say(w::PRINT)) }
            }
            section {
                h2 { (t.say(w::PLAN_STEPS)) }
                p { (t.fill(w::PLAN_DONE_N, &[("n", &plan.progress.0.to_string()), ("m", &plan.progress.1.to_string())])) }
                ol.plan {
                    @for step in &plan.steps {
                        @let name = phase(step);
                        @if last != Some(name) { @let _ = last.replace(name); li.phase { h3 { (t.say(name)) } } }
                        li.done[step.done] {
                            p.step { (step.step) @if step.done { " " span.tag { (t.say(w::PLAN_DONE)) } } }
                            p.quiet {
                                (t.fill(w::PLAN_DUE, &[("day", &step.due)]))
                                @if step.overdue { " · " strong { (t.say(w::PLAN_OVERDUE)) } }
                                @if let Some(mark) = &step.marked { " · " (mark.at) " · " (mark.by) @if let Some(note) = &mark.note { " · " (note) } }
                            }
                            form.buttons method="post" action="/plan/mark" {
                                (form_token(&who, "/plan/mark"))
                                input type="hidden" name="step" value=(step.id);
                                @if step.done { input type="hidden" name="done" value="no"; button { (t.say(w::PLAN_OPEN_AGAIN)) } }
                                @else { input type="hidden" name="done" value="yes"; button { (t.say(w::PLAN_MARK)) } }
                            }
                            details {
                                summary { (t.say(w::PLAN_WHY)) }
                                p { (step.why) } p { (step.how) }
                                @if !step.source.is_empty() { p.quiet { (t.say(w::SOURCES)) ": " (step.source) } }
                                @if !step.standing.is_empty() { p.quiet { (step.standing) } }
                                form.buttons method="post" action="/plan/mark" {
                                    (form_token(&who, "/plan/mark"))
                                    input type="hidden" name="step" value=(step.id);
                                    input type="hidden" name="done" value="yes";
                                    input name="note" required maxlength="500" aria-label=(t.say(w::PLAN_NOTE)) placeholder=(t.say(w::PLAN_NOTE));
                                    button { (t.say(w::PLAN_MARK)) }
                                }
                            }
                        }
                    }
                }
            }
            section {
                h2 { (t.say(w::PLAN_TELL)) }
                ul.channels {
                    @for channel in &plan.channels {
                        li {
                            strong { (channel.name) } @if channel.now { " " span.tag { (t.say(w::PLAN_FIRST)) } }
                            br; (channel.contact)
                            @if !channel.takes.is_empty() { br; (channel.takes) }
                            @if !channel.not_for.is_empty() { br; span.quiet { (t.fill(w::PLAN_NOT_FOR, &[("what", &channel.not_for)])) } }
                            br; span.quiet { (channel.status) }
                        }
                    }
                }
            }
            (told(&who, &plan.reports, t))
            section {
                h2 { (t.say(w::PLAN_DATES)) }
                @if plan.deadlines.is_empty() { p { (t.say(w::CASE_NO_DATES)) } }
                @else { div.wide tabindex="0" role="region" aria-label=(t.say(w::PLAN_DATES)) { table {
                    thead { tr { th { (t.say(w::PLAN_LAST_DAY)) } th { (t.say(w::PLAN_FOR)) } th { (t.say(w::PLAN_COUNTED)) } th { (t.say(w::SOURCES)) } } }
                    tbody { @for deadline in &plan.deadlines { tr {
                        td { (deadline.last_day) @if deadline.passed { br; span.tag { (t.say(w::PLAN_PASSED)) } } }
                        td { (deadline.what) br; span.quiet { (deadline.citation) } }
                        td { (deadline.counted_from) br; span.quiet { (deadline.basis) } }
                        td.quiet { (deadline.source) br; (deadline.counsel) }
                    } } }
                } } }
            }
        },
    )
}

/// What was reported to whom, what came back, and forms for both.
fn told(who: &Session, rows: &[reports::Row], t: Lang) -> Markup {
    html! {
        section #reports {
            h2 { (t.say(w::REPORTS)) }
            p.quiet { (t.say(w::REPORTS_ABOUT)) }
            @if rows.is_empty() { p { (t.say(w::REPORTS_NONE)) } }
            ul.channels { @for row in rows { li {
                strong { (row.to_name) } " · " (row.when) @if let Some(ticket) = &row.ticket { " · " (ticket) }
                br; (row.standing)
                @if !row.words.is_empty() {
                    // A letter may quote what was written about the person: it is shown when asked for.
                    form method="post" action="/letters/kept" {
                        (form_token(who, "/letters/kept"))
                        input type="hidden" name="id" value=(row.id);
                        button.plain { (t.say(w::LETTERS_SENT_WORDS)) }
                    }
                }
                ul { @for (at, what, words) in &row.answers { li { (at) " · " (what) " · " (words) } } }
                details {
                    summary { (t.say(w::REPORTS_ANSWER)) }
                    form.tall method="post" action="/plan/answer" {
                        (form_token(who, "/plan/answer"))
                        input type="hidden" name="id" value=(row.id);
                        label for={ "what-" (row.id) } { (t.say(w::REPORTS_WHAT)) }
                        select id={ "what-" (row.id) } name="outcome" {
                            @for (n, outcome) in Outcome::ALL.into_iter().enumerate() { option value=(n) { (outcome.shown().in_lang(law::Lang::of(t.code()))) } }
                        }
                        label for={ "words-" (row.id) } { (t.say(w::REPORTS_WORDS)) }
                        textarea id={ "words-" (row.id) } name="words" rows="2" maxlength="4000" {}
                        label for={ "when-" (row.id) } { (t.say(w::LOG_WHEN)) }
                        input id={ "when-" (row.id) } name="when" type="datetime-local" required;
                        p.go { button { (t.say(w::KEEP)) } }
                    }
                }
            } } }
            details {
                summary { (t.say(w::REPORTS_ADD)) }
                form.tall method="post" action="/plan/report" {
                    (form_token(who, "/plan/report"))
                    label for="to" { (t.say(w::REPORTS_TO)) }
                    input #to name="to" required maxlength="100" list="recipients" autocomplete="off";
                    datalist #recipients { @for platform in Platform::ALL { option value=(platform.word()) { (super::case::platform_say(*platform, t)) } } }
                    label for="when" { (t.say(w::LOG_WHEN)) }
                    input #when name="when" type="datetime-local" required;
                    label for="ticket" { (t.say(w::REPORTS_TICKET)) }
                    input #ticket name="ticket" maxlength="200";
                    label for="exhibits" { (t.say(w::REPORTS_EXHIBITS)) }
                    input #exhibits name="exhibits" maxlength="400" placeholder="1 2 5";
                    p.go { button { (t.say(w::KEEP)) } }
                }
            }
        }
    }
}

#[derive(Deserialize)]
pub struct Mark {
    step: String,
    done: String,
    #[serde(default)]
    note: String,
}

/// Marks a step as done, or as open again.
pub async fn mark(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Mark>) -> Answer {
    let by = by(&app, &who);
    off(&app, move |app| {
        let note = Some(asked.note.trim()).filter(|note| !note.is_empty());
        let done = asked.done == "yes";
        app.desk
            .write(|case| plans::mark(case, std::slice::from_ref(&asked.step), done, note, &app.context(&by)))
    })
    .await?;
    who.say(lang(&who).say(w::KEPT));
    Ok(to("/plan"))
}

#[derive(Deserialize)]
pub struct Reported {
    to: String,
    when: String,
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    exhibits: String,
}

/// Writes down what somebody reported.
pub async fn report(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Reported>) -> Answer {
    let (t, by, when) = (lang(&who), by(&app, &who), moment_given(&asked.when)?);
    let mut exhibits = Vec::new();
    for word in
        asked.exhibits.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
    {
        let number = word.trim_start_matches("EX-").parse();
        exhibits.push(number.map_err(|_| Problem::say(w::REPORTS_BAD_EXHIBIT))?);
    }
    off(&app, move |app| {
        let ticket = Some(asked.ticket.trim()).filter(|ticket| !ticket.is_empty());
        let add =
            reports::Add { to: asked.to.trim(), when, exhibits: &exhibits, rule: None, ticket, words: "" };
        app.desk.write(|case| reports::add(case, &add, t.code(), &app.context(&by)))
    })
    .await?;
    who.say(t.say(w::KEPT));
    Ok(to("/plan"))
}

#[derive(Deserialize)]
pub struct Answered {
    id: String,
    outcome: usize,
    when: String,
    #[serde(default)]
    words: String,
}

/// Writes down what came back.
pub async fn answer(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Answered>) -> Answer {
    let (t, by, when) = (lang(&who), by(&app, &who), moment_given(&asked.when)?);
    let outcome = Outcome::ALL.get(asked.outcome).copied().ok_or_else(Problem::not_found)?;
    off(&app, move |app| {
        app.desk.write(|case| {
            reports::answer(case, &asked.id, when, outcome, asked.words.trim(), t.code(), &app.context(&by))
        })
    })
    .await?;
    who.say(t.say(w::KEPT));
    Ok(to("/plan"))
}

pub async fn calendar(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let plan = off(&app, move |app| results::plan(app, t)).await?;
    Ok(file("redress.ics", "text/calendar; charset=utf-8", plan.calendar.clone().into_bytes()))
}
