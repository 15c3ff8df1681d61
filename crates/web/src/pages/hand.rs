//! Handing chosen items to a reviewer: one finding with its like, an account's posts, or the next ones that are open.

use std::collections::HashSet;

use actions::screens::look;
use axum::extract::{Form, State};
use maud::{Markup, html};
use record::Kind;
use serde::Deserialize;

use super::{Answer, Asked, Problem, Who, escape, kind_say, lang, number, off, to};
use crate::App;
use crate::desk::DeskError;
use crate::frame::form_token;
use crate::handed::{self, Far, MOST};
use crate::helpers::{NOTE, Person};
use crate::session::Session;
use crate::words::{self as w, Lang};

/// How many are offered to be handed over at once.
const NEXT: [u32; 4] = [10, 20, 50, 200];

/// What is handed over, by a form.
pub enum What<'a> {
    /// A finding, with this many others on the very same words.
    Finding(&'a str, usize),
    /// Everything open on an account's posts.
    Account(&'a str),
}

/// Returns the reviewers of the case, by name; none for whoever is not the owner.
pub fn reviewers(app: &App, who: &Session) -> Result<Vec<String>, DeskError> {
    if !who.is_owner() {
        return Ok(Vec::new());
    }
    let people: Vec<Person> = app.desk.read(|reader| Ok(reader.desk_note(NOTE)?.unwrap_or_default()))?;
    Ok(people.into_iter().filter(|person| !person.counsel).map(|person| person.name).collect())
}

/// The form that hands something over; nothing where there is nobody to hand it to.
pub fn form(who: &Session, reviewers: &[String], what: &What<'_>, t: Lang) -> Markup {
    html! {
        @if !reviewers.is_empty() {
            details {
                summary { (t.say(w::HAND)) }
                form.tall method="post" action="/hand" {
                    (form_token(who, "/hand"))
                    @match what {
                        What::Finding(id, same) => {
                            input type="hidden" name="id" value=(id);
                            @if *same > 0 {
                                label.choice { input type="checkbox" name="same" value="yes" checked; span { (t.fill(w::HAND_SAME, &[("n", &number(*same as u64))])) } }
                            }
                        }
                        What::Account(key) => {
                            input type="hidden" name="account" value=(key);
                            p { (t.say(w::HAND_ACCOUNT)) }
                        }
                    }
                    label for="hand-to" { (t.say(w::HAND_TO)) }
                    select #hand-to name="name" { @for name in reviewers { option value=(name) { (name) } } }
                    p.go { button { (t.say(w::HAND_DO)) } }
                }
            }
        }
    }
}

/// What was handed to one reviewer, how far they are, and a form for the next ones.
pub fn next(who: &Session, person: &Person, far: Far, t: Lang) -> Markup {
    html! {
        @if far != Far::default() {
            p { (t.fill(w::HAND_FAR, &[("done", &number(far.done)), ("left", &number(far.left))])) }
        }
        form.inline method="post" action="/hand" {
            (form_token(who, "/hand"))
            input type="hidden" name="name" value=(person.name);
            @let (count, kind) = (format!("next-{}", escape(&person.name)), format!("kind-{}", escape(&person.name)));
            label for=(count) { (t.say(w::HAND_NEXT)) }
            select id=(count) name="next" { @for n in NEXT { option value=(n) selected[n == 50] { (n) } } }
            label for=(kind) { (t.say(w::KIND)) }
            select id=(kind) name="kind" {
                option value="" { (t.say(w::ANY)) }
                @for kind in Kind::ALL { option value=(kind.word()) { (t.say(kind_say(*kind))) } }
            }
            button { (t.say(w::HAND_DO)) span.unseen { ": " (person.name) } }
        }
        @if far.left > 0 {
            form method="post" action="/hand/back" {
                (form_token(who, "/hand/back"))
                input type="hidden" name="name" value=(person.name);
                button { (t.say(w::HAND_BACK)) span.unseen { ": " (person.name) } }
            }
        }
    }
}

#[derive(Deserialize)]
pub struct Given {
    name: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    same: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    next: u32,
    #[serde(default)]
    kind: String,
}

/// Hands items over.
pub async fn give(State(app): Asked, axum::Extension(who): Who, Form(given): Form<Given>) -> Answer {
    let t = lang(&who);
    let name = given.name.clone();
    let back = match (given.id.as_str(), given.account.as_str()) {
        ("", "") => "/helpers".to_owned(),
        ("", key) => format!("/statements/account?key={}", escape(key)),
        (id, _) => format!("/review/item?id={}", escape(id)),
    };
    let count = off(&app, move |app| {
        let items = items(app, &given)?;
        handed::hand(app, &given.name, &items)
    })
    .await?;
    let count = count.ok_or_else(|| Problem::say(w::HAND_NOBODY))?;
    who.say(t.fill(w::HAND_DONE, &[("n", &number(count as u64)), ("name", &name)]));
    Ok(to(&back))
}

fn items(app: &App, given: &Given) -> Result<Vec<String>, DeskError> {
    if !given.id.is_empty() {
        return app.desk.read(|reader| {
            let card = look::one(reader.view(), &given.id)?;
            let same = |card: &look::Card| if given.same == "yes" { card.same.clone() } else { Vec::new() };
            Ok(card.into_iter().flat_map(|card| [vec![card.id.clone()], same(&card)].concat()).collect())
        });
    }
    if !given.account.is_empty() {
        return app.desk.read(|reader| look::open_by(reader.view(), &given.account, MOST as u32));
    }
    // What lies with somebody already is not handed to a second person.
    let people: Vec<Person> = app.desk.read(|reader| Ok(reader.desk_note(NOTE)?.unwrap_or_default()))?;
    let taken: HashSet<String> = people.into_iter().flat_map(|person| person.items).collect();
    let kind: Option<Kind> = given.kind.parse().ok();
    let most = given.next.min(MOST as u32);
    app.desk.read(|reader| look::next_open(reader.view(), kind, &taken, most))
}

#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// Takes back what is not decided yet.
pub async fn back(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Named>) -> Answer {
    let name = asked.name.clone();
    let count = off(&app, move |app| handed::take_back(app, &name)).await?;
    let count = number(count as u64);
    who.say(lang(&who).fill(w::HAND_TAKEN, &[("n", &count), ("name", &asked.name)]));
    Ok(to("/helpers"))
}
