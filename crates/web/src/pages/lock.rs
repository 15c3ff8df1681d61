//! The case under its passphrase: locking it, and the page that asks for the passphrase of a locked one.

use std::time::Duration;

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Answer, Asked, Problem, Who, lang, off, show, to};
use crate::App;
use crate::frame::{Here, form_token};
use crate::lock::{self, Tried};
use crate::session::Session;
use crate::words::{self as w, Lang};

/// A passphrase shorter than this is remarked on, and not refused.
const SHORT: usize = 12;

/// Asks for the passphrase of a locked case.
pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    if app.desk.waiting().is_none() {
        return Ok(to("/"));
    }
    if app.lock.under_way().running {
        return Ok(to("/unlocking"));
    }
    let t = lang(&who);
    show(&app, &who, Here::Elsewhere, t.say(w::UNLOCK_TITLE), &asks(&app, &who, None, t))
}

/// How far unlocking is; and once it is done, what came of it.
pub async fn unlocking(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    if app.lock.under_way().running {
        return show(
            &app,
            &who,
            Here::Elsewhere,
            t.say(w::UNLOCKING),
            &html! {
                h1 { (t.say(w::UNLOCKING)) }
                p { (t.say(w::UNLOCKING_WORDS)) }
                div #working data-working="/unlocking.json" {
                    progress #bar max="100" aria-label=(t.say(w::UNLOCKING)) {}
                }
                noscript { p { a href="/unlocking" { (t.say(w::WORKING_AGAIN)) } } }
            },
        );
    }
    match app.lock.outcome() {
        Some(tried) => answer(&app, &who, tried?),
        None => Ok(to("/")),
    }
}

/// How far unlocking is, for the page's script.
pub async fn unlocking_json(State(app): Asked) -> Answer {
    Ok(super::save::told_progress(&app.lock.under_way()))
}

fn asks(app: &App, who: &Session, said: Option<String>, t: Lang) -> Markup {
    let name = app.desk.waiting().and_then(|root| Some(root.file_name()?.to_string_lossy().into_owned()));
    html! {
        h1 { (t.say(w::UNLOCK_TITLE)) }
        @if let Some(name) = name { p { code { (name) } } }
        p { (t.say(w::UNLOCK_WORDS)) }
        @if let Some(said) = said { p.note role="alert" { (said) } }
        form.tall method="post" action="/unlock" autocomplete="off" {
            (form_token(who, "/unlock"))
            label for="passphrase" { (t.say(w::PASSPHRASE)) }
            input #passphrase type="password" name="passphrase" required maxlength="1000" autocomplete="current-password" data-focus="";
            label.choice { input type="checkbox" name="again" value="yes" checked; span { (t.fill(w::UNLOCK_AGAIN, &[("n", &minutes(app))])) } }
            p.quiet { (t.say(w::UNLOCK_AGAIN_ABOUT)) }
            p.go { button.main { (t.say(w::UNLOCK_DO)) } }
        }
        p.quiet { (t.say(w::UNLOCK_LONG)) }
        p { a href="/safe" { (t.say(w::NAV_SAFE)) } }
    }
}

fn minutes(app: &App) -> String {
    app.sessions.idle().as_secs().div_ceil(60).max(1).to_string()
}

#[derive(Deserialize)]
pub struct Typed {
    passphrase: String,
    #[serde(default)]
    again: String,
}

pub async fn unlock(State(app): Asked, axum::Extension(who): Who, Form(typed): Form<Typed>) -> Answer {
    let tried = off(&app, move |app| lock::unlock(app, &typed.passphrase, typed.again == "yes")).await?;
    answer(&app, &who, tried)
}

fn answer(app: &App, who: &Session, tried: Tried) -> Answer {
    let t = lang(who);
    let seconds = |wait: Duration| wait.as_millis().div_ceil(1000).to_string();
    let (status, said) = match tried {
        Tried::Open(broken) => {
            who.say(match broken.len() {
                0 => t.say(w::UNLOCKED).to_owned(),
                n => t.fill(w::UNLOCKED_BROKEN, &[("n", &n.to_string())]),
            });
            return Ok(to("/"));
        }
        Tried::UnderWay => return Ok(to("/unlocking")),
        Tried::Wrong(wait) => {
            (StatusCode::UNPROCESSABLE_ENTITY, t.fill(w::UNLOCK_WRONG, &[("n", &seconds(wait))]))
        }
        Tried::TooSoon(wait) => {
            (StatusCode::TOO_MANY_REQUESTS, t.fill(w::UNLOCK_SOON, &[("n", &seconds(wait))]))
        }
    };
    let page = show(app, who, Here::Elsewhere, t.say(w::UNLOCK_TITLE), &asks(app, who, Some(said), t))?;
    Ok((status, page).into_response())
}

/// Asks for a passphrase to lock the case with.
pub async fn locks(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    off(&app, |app| app.desk.read(|_| Ok(()))).await?;
    let again = app.lock.is_again();
    show(
        &app,
        &who,
        Here::Settings,
        t.say(w::LOCK_TITLE),
        &html! {
            h1 { (t.say(w::LOCK_TITLE)) }
            p { (t.say(w::LOCK_WORDS)) }
            p.note { (t.say(w::LOCK_NO_WAY_BACK)) }
            @if again { p { (t.fill(w::LOCK_AGAIN_IS_ON, &[("n", &minutes(&app))])) } }
            form.tall method="post" action="/lock" autocomplete="off" {
                (form_token(&who, "/lock"))
                label for="passphrase" { (t.say(w::PASSPHRASE)) span.quiet { " " (t.say(w::LOCK_LIKE)) } }
                input #passphrase type="password" name="passphrase" required maxlength="1000" autocomplete="new-password";
                label for="repeated" { (t.say(w::LOCK_REPEATED)) }
                input #repeated type="password" name="repeated" required maxlength="1000" autocomplete="new-password";
                p.go { button.main { (t.say(w::LOCK_DO)) } }
            }
            p.quiet { (t.say(w::LOCK_DISK)) }
        },
    )
}

#[derive(Deserialize)]
pub struct Chosen {
    passphrase: String,
    repeated: String,
}

pub async fn lock(State(app): Asked, axum::Extension(who): Who, Form(chosen): Form<Chosen>) -> Answer {
    let t = lang(&who);
    if chosen.passphrase != chosen.repeated {
        return Err(Problem::say(w::LOCK_DIFFER));
    }
    let short = chosen.passphrase.chars().count() < SHORT;
    off(&app, move |app| {
        let passphrase = actions::lock::passphrase(&chosen.passphrase, app.setup.work)?;
        lock::lock(app, passphrase)
    })
    .await?;
    who.say(t.say(if short { w::LOCKED_SHORT } else { w::LOCKED_NOW }));
    Ok(to("/unlock"))
}
