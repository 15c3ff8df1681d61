//! Helpers on the same network: who may help and with what, for the owner; and the page at which a helper signs in.

use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Redirect};
use maud::{Markup, html};
use record::Kind;
use serde::Deserialize;

use super::{Answer, Asked, Problem, Through, Who, hand, html as answer, kind_say, lang, off, show, to};
use crate::desk::DeskError;
use crate::frame::{self, Here, form_token};
use crate::helpers::{Door, MOST, NOTE, Person, Signed, compared};
use crate::session::Why;
use crate::words::{self as w, Lang};
use crate::{App, guard, handed};

/// Returns the people who may help.
fn people(app: &App) -> Result<Vec<Person>, DeskError> {
    app.desk.read(|reader| Ok(reader.desk_note(NOTE)?.unwrap_or_default()))
}

/// The owner's page.
pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let people = off(&app, |app| {
        let people = people(app)?;
        people
            .into_iter()
            .map(|person| Ok((handed::far(app, &person.items)?, person)))
            .collect::<Result<Vec<_>, DeskError>>()
    })
    .await?;
    let body = html! {
        p.where { a href="/settings" { (t.say(w::NAV_SETTINGS)) } " › " (t.say(w::NET_TITLE)) }
        h1 { (t.say(w::NET_TITLE)) }
        p { (t.say(w::NET_WORDS)) }
        @match &app.helpers {
            None => p.note { (t.say(w::NET_CLOSED)) " " code { "redress serve CASE --helpers 192.0.2.10:8443" } },
            Some(helpers) => {
                p { (t.say(w::NET_ADDRESS)) }
                p.big.link { code { "https://" (helpers.address) } }
                p { (t.say(w::NET_FINGERPRINT)) }
                p.link { code.print { (helpers.fingerprint) } }
            }
        }
        section {
            h2 { (t.say(w::NET_PEOPLE)) }
            @if people.is_empty() { p { (t.say(w::NET_NOBODY)) } }
            ul.rows { @for (far, person) in &people { li {
                p { strong { (person.name) } " · " (may(person, t)) }
                @if !person.counsel { (hand::next(&who, person, *far, t)) }
                form method="post" action="/helpers/end" {
                    (form_token(&who, "/helpers/end"))
                    input type="hidden" name="name" value=(person.name);
                    button { (t.say(w::NET_END)) span.unseen { ": " (person.name) } }
                }
            } } }
        }
        section {
            h2 { (t.say(w::NET_ADD)) }
            form.tall method="post" action="/helpers" {
                (form_token(&who, "/helpers"))
                label for="name" { (t.say(w::HELPER_NAME)) }
                input #name name="name" required maxlength="80" autocomplete="off";
                fieldset.roles {
                    legend { (t.say(w::NET_ROLE)) }
                    label.choice { input type="radio" name="role" value="reviewer" required; span { (t.say(w::NET_REVIEWER)) } }
                    label.choice { input type="radio" name="role" value="counsel"; span { (t.say(w::NET_COUNSEL)) } }
                }
                fieldset.roles {
                    legend { (t.say(w::NET_KINDS)) }
                    label.choice { input type="checkbox" name="items" value="yes"; span { (t.say(w::NET_ITEMS)) } }
                    @for kind in Kind::ALL { label.choice { input type="checkbox" name=(kind.word()) value="yes"; span { (t.say(kind_say(*kind))) } } }
                }
                p.go { button.main { (t.say(w::NET_MAKE)) } }
            }
        }
    };
    show(&app, &who, Here::Settings, t.say(w::NET_TITLE), &body)
}

fn may(person: &Person, t: Lang) -> String {
    if person.counsel {
        return t.say(w::NET_IS_COUNSEL).to_owned();
    }
    if person.kinds.is_empty() {
        return t.say(w::NET_IS_ITEMS).to_owned();
    }
    let kinds: Vec<&str> = person.kinds.iter().map(|kind| t.say(kind_say(*kind))).collect();
    t.fill(w::NET_IS_REVIEWER, &[("kinds", &kinds.join(", "))])
}

/// Makes a helper, and shows their passphrase this once.
pub async fn add(
    State(app): Asked,
    axum::Extension(who): Who,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let t = lang(&who);
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim());
    let plain =
        |name: &&str| !name.is_empty() && name.chars().count() <= 80 && !name.chars().any(char::is_control);
    let name = field("name").filter(plain);
    let name = name.ok_or_else(|| Problem::say(w::HELPER_NO_NAME))?.to_owned();
    let counsel = match field("role") {
        Some("counsel") => true,
        Some("reviewer") => false,
        _ => return Err(Problem::say(w::NET_NO_ROLE)),
    };
    let kinds: Vec<Kind> = match counsel {
        true => Vec::new(),
        false => fields.iter().filter_map(|(field, _)| field.parse().ok()).collect(),
    };
    if !counsel && kinds.is_empty() && field("items") != Some("yes") {
        return Err(Problem::say(w::HELPER_NO_KINDS));
    }
    let (person, passphrase) = Person::new(name.clone(), counsel, kinds).map_err(Problem::told)?;
    let owner = app.setup.by.clone();
    let added = off(&app, move |app| {
        app.desk.write(|case| {
            let mut people: Vec<Person> = case.desk_note(NOTE)?.unwrap_or_default();
            let taken = people.iter().any(|known| compared(&known.name) == compared(&person.name));
            // The ledger tells people apart by their names.
            if taken || compared(&owner) == compared(&person.name) || people.len() >= MOST {
                return Ok(false);
            }
            people.push(person);
            case.set_desk_note(NOTE, &people)?;
            Ok(true)
        })
    })
    .await?;
    if !added {
        return Err(Problem::say(w::NET_TAKEN));
    }
    let body = html! {
        h1 { (t.fill(w::NET_FOR, &[("name", &name)])) }
        p { (t.say(w::NET_PASSPHRASE)) }
        p.big.link { code { (passphrase) } }
        p { (t.say(w::NET_TELL)) }
        p { a.button href="/helpers" { (t.say(w::NET_TITLE)) } }
    };
    show(&app, &who, Here::Settings, t.say(w::NET_TITLE), &body)
}

#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// Ends somebody's help: their passphrase and their sessions are gone at once.
pub async fn end(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Named>) -> Answer {
    let name = asked.name.clone();
    off(&app, move |app| {
        app.desk.write(|case| {
            let mut people: Vec<Person> = case.desk_note(NOTE)?.unwrap_or_default();
            people.retain(|known| known.name != name);
            Ok(case.set_desk_note(NOTE, &people)?)
        })
    })
    .await?;
    // After the list: who signs in meanwhile is not on it any more.
    app.sessions.revoke(&asked.name);
    off(&app, |app| {
        app.write_waiting();
        Ok(())
    })
    .await?;
    who.say(lang(&who).fill(w::NET_ENDED, &[("name", &asked.name)]));
    Ok(to("/helpers"))
}

/// The page at which a helper signs in.
pub async fn sign(headers: axum::http::HeaderMap) -> Answer {
    let t = frame::accepted(&headers);
    Ok(answer(frame::bare(t, t.say(w::SIGN_TITLE), &asks(t, None))))
}

fn asks(t: Lang, said: Option<String>) -> Markup {
    html! {
        h1 { (t.say(w::SIGN_TITLE)) }
        p { (t.say(w::SIGN_WORDS)) }
        @if let Some(said) = said { p.note role="alert" { (said) } }
        form.tall method="post" action="/sign" autocomplete="off" {
            label for="name" { (t.say(w::SIGN_NAME)) }
            input #name name="name" required maxlength="80" autocomplete="username" data-focus="";
            label for="passphrase" { (t.say(w::PASSPHRASE)) }
            input #passphrase type="password" name="passphrase" required maxlength="200" autocomplete="current-password";
            p.go { button.main { (t.say(w::SIGN_DO)) } }
        }
        p.quiet { (t.say(w::SIGN_CHECK)) }
    }
}

#[derive(Deserialize)]
pub struct Given {
    name: String,
    passphrase: String,
}

/// Lets a helper in, or says how long to wait.
pub async fn sign_in(
    State(app): Asked,
    Through(door): Through,
    headers: axum::http::HeaderMap,
    Form(given): Form<Given>,
) -> Answer {
    let t = frame::accepted(&headers);
    let Door::Network(from) = door else { return Err(Problem::not_found()) };
    let signed = off(&app, move |app| {
        let helpers = app.helpers.as_ref().ok_or(DeskError::NoCase)?;
        let people = || match people(app) {
            // While the case is locked nobody is let in, and nothing tells who may be.
            Err(DeskError::Locked | DeskError::NoCase) => Ok(Vec::new()),
            other => other,
        };
        helpers.sign_in(people, &given.name, &given.passphrase, from)
    })
    .await?;
    let seconds = |wait: std::time::Duration| wait.as_millis().div_ceil(1000).to_string();
    let (status, said) = match signed {
        Signed::In(role) => {
            let name = role.name().unwrap_or_default().to_owned();
            if let Some(old) = guard::cookie(&app, door, &headers) {
                app.sessions.close(&old, Why::Replaced);
            }
            let comes = role.clone();
            off(&app, move |app| {
                app.write_waiting();
                app.comes(&comes, Some(from))
            })
            .await?;
            let cookie = app.sessions.sign_in(role, from).ok_or_else(|| Problem::say(w::OUR_FAULT))?;
            // Taken off the list between the question and the answer: the session that was just made ends as well.
            if !off(&app, |app| people(app)).await?.iter().any(|person| person.name == name) {
                app.sessions.revoke(&name);
            }
            return Ok(([(header::SET_COOKIE, guard::set_cookie(&app, door, &cookie))], Redirect::to("/"))
                .into_response());
        }
        Signed::Wrong(wait, person) => {
            off(&app, move |app| {
                app.refused(person.as_ref(), from);
                Ok(())
            })
            .await?;
            (StatusCode::UNAUTHORIZED, t.fill(w::SIGN_WRONG, &[("n", &seconds(wait))]))
        }
        Signed::TooSoon(wait) => {
            (StatusCode::TOO_MANY_REQUESTS, t.fill(w::SIGN_SOON, &[("n", &seconds(wait))]))
        }
    };
    Ok((status, answer(frame::bare(t, t.say(w::SIGN_TITLE), &asks(t, Some(said))))).into_response())
}
