//! Writing down a call, a voicemail, a letter or a visit.

use actions::log::Entry;
use axum::extract::{Form, State};
use maud::html;
use record::IncidentKind;
use serde::Deserialize;

use super::{Answer, Asked, Problem, Who, by, lang, moment_given, off, show, to};
use crate::desk;
use crate::frame::{Here, form_token};
use crate::words as w;

fn kind_say(kind: IncidentKind) -> w::Say {
    match kind {
        IncidentKind::Call => w::LOG_CALL,
        IncidentKind::Voicemail => w::LOG_VOICEMAIL,
        IncidentKind::Letter => w::LOG_LETTER,
        IncidentKind::Visit => w::LOG_VISIT,
        IncidentKind::InPerson => w::LOG_IN_PERSON,
    }
}

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    show(
        &app,
        &who,
        Here::Log,
        t.say(w::NAV_LOG),
        &html! {
            h1 { (t.say(w::LOG_TITLE)) }
            p { (t.say(w::LOG_WORDS)) }
            form.tall method="post" action="/log" autocomplete="off" {
                (form_token(&who, "/log"))
                fieldset.roles {
                    legend { (t.say(w::LOG_KIND)) }
                    @for kind in IncidentKind::ALL {
                        label.choice { input type="radio" name="kind" value=(kind.word()) required; span { (t.say(kind_say(kind))) } }
                    }
                }
                label for="when" { (t.say(w::LOG_WHEN)) }
                input #when name="when" type="datetime-local" required;
                label.choice { input type="checkbox" name="about" value="yes"; span { (t.say(w::LOG_ABOUT)) } }
                label for="words" { (t.say(w::LOG_SAID)) }
                textarea #words name="words" rows="4" maxlength="20000" {}
                label for="who" { (t.say(w::LOG_WHO)) }
                input #who name="who" maxlength="300";
                label for="from" { (t.say(w::LOG_FROM)) }
                input #from name="from" maxlength="300";
                label for="place" { (t.say(w::LOG_PLACE)) }
                input #place name="place" maxlength="300";
                label for="witness" { (t.say(w::LOG_WITNESS)) }
                textarea #witness name="witness" rows="2" maxlength="2000" {}
                label for="original_with" { (t.say(w::LOG_ORIGINAL)) }
                input #original_with name="original_with" maxlength="300";
                label for="reported_to" { (t.say(w::LOG_REPORTED)) }
                textarea #reported_to name="reported_to" rows="2" maxlength="2000" {}
                p.go { button.main { (t.say(w::LOG_KEEP)) } }
            }
        },
    )
}

#[derive(Deserialize)]
pub struct Written {
    kind: String,
    when: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    witness: String,
    #[serde(default)]
    original_with: String,
    #[serde(default)]
    reported_to: String,
}

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter_map(given).collect()
}

pub async fn write(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Written>) -> Answer {
    let t = lang(&who);
    if !IncidentKind::ALL.into_iter().any(|kind| kind.word() == asked.kind) {
        return Err(Problem::say(w::LOG_NO_KIND));
    }
    let when = asked.when.replace('T', " ");
    moment_given(&asked.when)?;
    let entry = Entry {
        kind: asked.kind,
        when,
        about: asked.about == "yes",
        words: asked.words.trim().to_owned(),
        who: given(&asked.who),
        from: given(&asked.from),
        place: given(&asked.place),
        witnesses: lines(&asked.witness),
        original_with: given(&asked.original_with),
        reported_to: lines(&asked.reported_to),
        ..Entry::default()
    };
    let name = by(&app, &who);
    off(&app, move |app| app.desk.write(|case| actions::log::log(case, &[entry], &app.context(&name))))
        .await?;
    desk::look_through(&app, by(&app, &who));
    who.say(t.say(w::LOG_KEPT));
    Ok(to("/timeline"))
}
