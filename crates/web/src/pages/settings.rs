//! Settings of this screen, and handing the reading to somebody else.

use axum::extract::{Form, State};
use axum::http::HeaderMap;
use maud::html;
use record::Kind;
use serde::Deserialize;

use super::{Answer, Asked, Problem, Who, kind_say, lang, to};
use crate::frame::{Here, form_token};
use crate::session::Role;
use crate::words::{self as w, Lang};

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let (grey, keys) = {
        let state = who.state();
        (state.grey, state.keys)
    };
    super::show(
        &app,
        &who,
        Here::Settings,
        t.say(w::NAV_SETTINGS),
        &html! {
            h1 { (t.say(w::NAV_SETTINGS)) }
            form.tall method="post" action="/settings" {
                (form_token(&who, "/settings"))
                label.choice { input type="checkbox" name="grey" value="yes" checked[grey]; span { (t.say(w::SET_GREY)) } }
                label.choice { input type="checkbox" name="keys" value="yes" checked[keys]; span { (t.say(w::SET_KEYS)) } }
                p.go { button.main { (t.say(w::KEEP)) } }
            }
            p.quiet { (t.say(w::SET_SOUND)) }
            @if who.is_owner() {
                @if app.desk.is_open() { section { h2 { (t.say(w::PRIVATE_TITLE)) } p { a.button href="/private" { (t.say(w::SAVE_PRIVATE)) } } }
                    section { h2 { (t.say(w::LOCK_TITLE)) } p { (t.say(w::LOCK_SHORTLY)) } p { a.button href="/lock" { (t.say(w::LOCK_TITLE)) } } }
                }
                @if app.desk.is_open() { section { h2 { (t.say(w::NET_TITLE)) } p { (t.say(w::NET_SHORTLY)) } p { a.button href="/helpers" { (t.say(w::NET_TITLE)) } } } }
                section #helper {
                    h2 { (t.say(w::HELPER_TITLE)) }
                    p { (t.say(w::HELPER_WORDS)) }
                    form.tall method="post" action="/helper" {
                        (form_token(&who, "/helper"))
                        label for="name" { (t.say(w::HELPER_NAME)) }
                        input #name name="name" required maxlength="80" autocomplete="off";
                        fieldset.roles {
                            legend { (t.say(w::HELPER_KINDS)) }
                            @for kind in Kind::ALL { label.choice { input type="checkbox" name=(kind.word()) value="yes"; span { (t.say(kind_say(*kind))) } } }
                        }
                        p.go { button.main { (t.say(w::HELPER_MAKE)) } }
                    }
                }
            }
        },
    )
}

#[derive(Deserialize)]
pub struct Kept {
    #[serde(default)]
    grey: String,
    #[serde(default)]
    keys: String,
}

pub async fn keep(State(_): Asked, axum::Extension(who): Who, Form(kept): Form<Kept>) -> Answer {
    let t = lang(&who);
    {
        let mut state = who.state();
        state.grey = kept.grey == "yes";
        state.keys = kept.keys == "yes";
    }
    who.say(t.say(w::KEPT));
    Ok(to("/settings"))
}

#[derive(Deserialize)]
pub struct Chosen {
    language: String,
}

/// Changes the language and goes back to where somebody was.
pub async fn language(
    State(_): Asked,
    axum::Extension(who): Who,
    _: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Answer {
    who.state().language = Some(if chosen.language == "es" { Lang::Es } else { Lang::En });
    Ok(to("/"))
}

/// Makes a link for somebody else at this computer: they review findings of the kinds chosen, and see nothing else.
pub async fn helper(
    State(app): Asked,
    axum::Extension(who): Who,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let t = lang(&who);
    let name = fields.iter().find(|(field, _)| field == "name").map(|(_, value)| value.trim().to_owned());
    let name = name.filter(|name| !name.is_empty()).ok_or_else(|| Problem::say(w::HELPER_NO_NAME))?;
    let kinds: Vec<Kind> = fields.iter().filter_map(|(field, _)| field.parse().ok()).collect();
    if kinds.is_empty() {
        return Err(Problem::say(w::HELPER_NO_KINDS));
    }
    let token = app.sessions.token(Role::Reviewer { name: name.clone(), kinds });
    let link = format!("http://{}/open?token={token}", app.address);
    super::show(
        &app,
        &who,
        Here::Settings,
        t.say(w::HELPER_TITLE),
        &html! {
            h1 { (t.fill(w::HELPER_FOR, &[("name", &name)])) }
            p { (t.say(w::HELPER_LINK)) }
            p.big.link { code { (link) } }
            p.quiet { (t.say(w::HELPER_ONCE)) }
        },
    )
}
