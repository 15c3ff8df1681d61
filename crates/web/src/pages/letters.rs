//! Letters: preservation, retraction, a flag at an address, notes to school and work. Filled in as far as the exhibits
//! go; a person changes the words, prints them, sends them by their own hand, and writes down that they did.

use actions::reports;
use actions::screens::letters::{self, Draft};
use axum::extract::{Form, State};
use maud::html;
use serde::Deserialize;

use super::{Answer, Asked, Problem, Who, by, lang, moment_given, number, off, to};
use crate::frame::{Here, form_token};
use crate::results;
use crate::words as w;

/// The most characters a letter may have.
const LONGEST: usize = 60_000;

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let rows = off(&app, move |app| results::letters(app, t)).await?;
    super::show(
        &app,
        &who,
        Here::Letters,
        t.say(w::NAV_LETTERS),
        &html! {
            h1 { (t.say(w::NAV_LETTERS)) }
            p { (t.say(w::LETTERS_ABOUT)) }
            p.note { (t.say(w::LETTERS_LAWYER)) }
            ul.cards { @for row in rows.iter() { li {
                h2 { (row.title) }
                @if row.exhibits > 0 { p.quiet { (t.fill(w::LETTERS_LISTS, &[("n", &number(row.exhibits as u64))])) } }
                form method="post" action="/letters/open" {
                    (form_token(&who, "/letters/open"))
                    input type="hidden" name="id" value=(row.id);
                    button { (t.say(w::LETTERS_OPEN)) span.unseen { ": " (row.title) } }
                }
            } } }
            p { a href="/plan#reports" { (t.say(w::REPORTS)) } }
        },
    )
}

#[derive(Deserialize)]
pub struct Which {
    id: String,
}

/// Shows a letter with the words of the exhibits in it; the ledger says so.
pub async fn open(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Which>) -> Answer {
    let (t, by) = (lang(&who), by(&app, &who));
    let draft: Draft = off(&app, move |app| {
        app.desk.write(|case| letters::open(case, &asked.id, t.code(), &app.context(&by)))
    })
    .await?
    .ok_or_else(Problem::not_found)?;
    let rows = draft.text.lines().count() + 6;
    super::show(
        &app,
        &who,
        Here::Letters,
        &draft.title,
        &html! {
            p.where { a href="/letters" { (t.say(w::NAV_LETTERS)) } " › " (draft.title) }
            h1 { (draft.title) }
            p { (t.say(w::LETTERS_CHANGE)) }
            form.tall method="post" action="/letters/sent" {
                (form_token(&who, "/letters/sent"))
                input type="hidden" name="exhibits" value=(draft.exhibits.iter().map(u32::to_string).collect::<Vec<_>>().join(" "));
                label for="words" { (t.say(w::LETTERS_WORDS)) }
                textarea.letter #words name="words" rows=(rows) maxlength=(LONGEST) required data-paper="#paper" { "\n" (draft.text) }
                p.js { button.main type="button" data-print="" { (t.say(w::LETTERS_PRINT)) } }
                fieldset {
                    legend { (t.say(w::LETTERS_SENT)) }
                    p.quiet { (t.say(w::LETTERS_SENT_ABOUT)) }
                    label for="to" { (t.say(w::LETTERS_TO)) }
                    input #to name="to" required maxlength="200" autocomplete="off" value=[draft.to.map(|platform| platform.word())];
                    label for="when" { (t.say(w::LOG_WHEN)) }
                    input #when name="when" type="datetime-local" required;
                    label for="ticket" { (t.say(w::LETTERS_TICKET)) }
                    input #ticket name="ticket" maxlength="200" autocomplete="off";
                    p.go { button { (t.say(w::KEEP)) } }
                }
            }
            pre #paper aria-hidden="true" {}
        },
    )
}

/// Shows the words of a letter that was sent; the ledger says so.
pub async fn kept(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Which>) -> Answer {
    let (t, by) = (lang(&who), by(&app, &who));
    let row = off(&app, move |app| {
        app.desk.write(|case| letters::sent(case, &asked.id, t.code(), &app.context(&by)))
    })
    .await?
    .ok_or_else(Problem::not_found)?;
    super::show(
        &app,
        &who,
        Here::Letters,
        t.say(w::LETTERS_SENT_WORDS),
        &html! {
            p.where { a href="/plan#reports" { (t.say(w::REPORTS)) } " › " (t.say(w::LETTERS_SENT_WORDS)) }
            h1 { (row.to_name) }
            p.quiet { (row.when) @if let Some(ticket) = &row.ticket { " · " (ticket) } " · " (row.by) }
            pre.letter { (row.words) }
        },
    )
}

#[derive(Deserialize)]
pub struct Sent {
    words: String,
    to: String,
    when: String,
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    exhibits: String,
}

/// Writes down that a letter was sent, with its exact words.
pub async fn sent(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Sent>) -> Answer {
    let (t, by, when) = (lang(&who), by(&app, &who), moment_given(&asked.when)?);
    if asked.words.trim().is_empty() || asked.words.chars().count() > LONGEST {
        return Err(Problem::say(w::LETTERS_NO_WORDS));
    }
    let exhibits: Option<Vec<u32>> =
        asked.exhibits.split_whitespace().map(|word| word.parse().ok()).collect();
    let exhibits = exhibits.ok_or_else(|| Problem::say(w::REPORTS_BAD_EXHIBIT))?;
    off(&app, move |app| {
        let words = asked.words.replace("\r\n", "\n");
        let add = reports::Add {
            to: asked.to.trim(),
            when,
            exhibits: &exhibits,
            rule: None,
            ticket: Some(asked.ticket.trim()).filter(|ticket| !ticket.is_empty()),
            words: words.trim(),
        };
        app.desk.write(|case| reports::add(case, &add, t.code(), &app.context(&by)))
    })
    .await?;
    who.say(t.say(w::KEPT));
    Ok(to("/plan#reports"))
}
