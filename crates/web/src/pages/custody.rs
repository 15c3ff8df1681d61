//! What was done with the evidence: the ledger, latest first; and a check of all of it.

use axum::extract::{Query, State};
use maud::html;
use serde::Deserialize;

use super::{Answer, Asked, Who, by, lang, number, off};
use crate::frame::{Here, form_token};
use crate::words as w;

/// Lines on one page.
const PAGE: usize = 100;

fn word_say(word: &str) -> w::Say {
    match word {
        "opened" => w::DID_OPENED,
        "kept" => w::DID_KEPT,
        "read" => w::DID_READ,
        "logged" => w::DID_LOGGED,
        "proposed" => w::DID_PROPOSED,
        "traced" => w::DID_TRACED,
        "decided" => w::DID_DECIDED,
        "exhibited" => w::DID_EXHIBITED,
        "exported" => w::DID_EXPORTED,
        "viewed" => w::DID_VIEWED,
        "signed-in" => w::DID_SIGNED_IN,
        "sign-in-refused" => w::DID_REFUSED,
        "signed-out" => w::DID_SIGNED_OUT,
        "verified" => w::DID_VERIFIED,
        "reported" | "report-answered" => w::DID_REPORTED,
        "step-marked" => w::DID_MARKED,
        _ => w::DID_OTHER,
    }
}

#[derive(Deserialize)]
pub struct At {
    #[serde(default)]
    skip: usize,
}

pub async fn page(State(app): Asked, axum::Extension(who): Who, Query(at): Query<At>) -> Answer {
    let t = lang(&who);
    let lines = off(&app, |app| app.desk.custody()).await?;
    super::show(
        &app,
        &who,
        Here::Custody,
        t.say(w::NAV_CUSTODY),
        &html! {
            h1 { (t.say(w::CUSTODY_TITLE)) }
            p { (t.say(w::CUSTODY_WORDS)) }
            @if who.is_owner() { form method="post" action="/custody" { (form_token(&who, "/custody")) button { (t.say(w::CUSTODY_CHECK)) } } }
            div.wide tabindex="0" role="region" aria-label=(t.say(w::CUSTODY_TITLE)) { table {
                thead { tr { th.n { "#" } th { (t.say(w::WHEN)) } th { (t.say(w::WHAT)) } th.n { (t.say(w::HOW_MANY)) } th { "SHA-256" } } }
                tbody { @for line in lines.iter().rev().skip(at.skip).take(PAGE) { tr {
                    td.n { (line.number) } td { (super::moment(line.at, t)) }
                    td { (t.say(word_say(line.word)))
                        @if let Some(person) = &line.person { " · " (person) }
                        @if line.more > 0 { " · " (t.fill(w::DID_REFUSED_MORE, &[("n", &number(line.more))])) }
                        @if let Some(recipient) = &line.recipient { " · " (super::packages::recipient_say(recipient, t)) } }
                    td.n { @if let Some(count) = line.count { (number(count)) } }
                    td { @if let Some(digest) = line.digest { code { (digest.short()) } } }
                } } }
            } }
            @if at.skip + PAGE < lines.len() { p { a.button href={ "/custody?skip=" (at.skip + PAGE) } { (t.say(w::MORE)) } } }
        },
    )
}

/// Checks the whole case.
pub async fn verify(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let by = by(&app, &who);
    let outcome =
        off(&app, move |app| app.desk.write(|case| actions::verify::case(case, &[], &app.context(&by))))
            .await?;
    super::show(
        &app,
        &who,
        Here::Custody,
        t.say(w::NAV_CUSTODY),
        &html! {
            h1 { (t.say(if outcome.failed == 0 { w::CHECK_GOOD } else { w::CHECK_BAD })) }
            p.big { (t.fill(w::CHECK_COUNTS, &[
                ("passed", &number(outcome.passed)), ("failed", &number(outcome.failed)), ("not", &number(outcome.not_checked)),
            ])) }
            p { a.button href="/custody" { (t.say(w::NAV_CUSTODY)) } }
        },
    )
}
