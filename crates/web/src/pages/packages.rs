//! Packages: for whom, what will leave and what is covered; then it is written.

use std::sync::Arc;

use actions::screens::custody::Line;
use actions::screens::packages::{self, Preview};
use axum::extract::{Form, Query, State};
use axum::http::header;
use axum::response::IntoResponse as _;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Answer, Asked, Problem, Who, by, escape, lang, number, off};
use crate::App;
use crate::desk::DeskError;
use crate::frame::{Here, form_token};
use crate::known::Rests;
use crate::results;
use crate::session::Session;
use crate::words::{self as w, Lang};

/// For whom a package can be: the word, what it is called, what they get.
const RECIPIENTS: [(&str, w::Say, w::Say); 7] = [
    ("police", w::FOR_POLICE, w::FOR_POLICE_ABOUT),
    ("prosecutor", w::FOR_PROSECUTOR, w::FOR_PROSECUTOR_ABOUT),
    ("platform", w::FOR_PLATFORM, w::FOR_PLATFORM_ABOUT),
    ("employer", w::FOR_EMPLOYER, w::FOR_EMPLOYER_ABOUT),
    ("counsel", w::FOR_COUNSEL, w::FOR_COUNSEL_ABOUT),
    ("public", w::FOR_PUBLIC, w::FOR_PUBLIC_ABOUT),
    ("archive", w::FOR_ARCHIVE, w::FOR_ARCHIVE_ABOUT),
];

/// What a recipient is called.
pub fn recipient_say(word: &str, t: Lang) -> String {
    RECIPIENTS
        .iter()
        .find(|(known, ..)| *known == word)
        .map_or_else(|| word.to_owned(), |(_, say, _)| t.say(*say).to_owned())
}

/// The lines of the ledger that say what left.
pub fn sent(app: &App) -> Result<Vec<Line>, DeskError> {
    Ok(app.desk.custody()?.iter().filter(|line| line.recipient.is_some()).cloned().collect())
}

#[derive(Deserialize)]
pub struct For {
    #[serde(default, rename = "for")]
    recipient: String,
}

pub async fn page(State(app): Asked, axum::Extension(who): Who, Query(asked): Query<For>) -> Answer {
    let t = lang(&who);
    if !asked.recipient.is_empty() {
        return preview(&app, &who, asked.recipient).await;
    }
    let (exhibits, written, root, lying) = off(&app, |app| {
        let exhibits = results::exhibits(app)?;
        let root = app.desk.read(|reader| Ok(reader.root().to_owned()))?;
        let lying = packages::written(&root)?;
        Ok((exhibits, sent(app)?, root, lying))
    })
    .await?;
    super::show(
        &app,
        &who,
        Here::Packages,
        t.say(w::NAV_PACKAGES),
        &html! {
            h1 { (t.say(w::PACKAGES_TITLE)) }
            p { (t.say(w::PACKAGES_WORDS)) }
            @if exhibits == 0 { p.note { (t.say(w::PACKAGES_NOTHING)) @if who.is_owner() { " " a href="/review" { (t.say(w::NAV_REVIEW)) } } } }
            @else {
                p { (t.fill(w::PACKAGES_EXHIBITS, &[("n", &number(exhibits))])) }
                ul.cards {
                    @for (word, name, about) in RECIPIENTS {
                        li {
                            h2 { (t.say(name)) }
                            p { (t.say(about)) }
                            p { a.button href={ "/packages?for=" (word) } { (t.say(w::PACKAGES_SEE)) span.unseen { ": " (t.say(name)) } } }
                        }
                    }
                }
            }
            section {
                h2 { (t.say(w::CASE_SENT)) }
                @if written.is_empty() { p { (t.say(w::CASE_NOT_SENT)) } }
                @else {
                    ul { @for line in &written { li {
                        (super::moment(line.at, t)) " · " (recipient_say(line.recipient.as_deref().unwrap_or_default(), t)) " · "
                        (t.fill(w::CASE_SENT_WITH, &[("n", &number(line.exhibits as u64))])) " · "
                        (t.fill(w::PACKAGES_COVERED_N, &[("n", &number(line.covered))]))
                    } } }
                    @if who.is_owner() { p.quiet { (t.say(w::PACKAGES_WHERE)) " " code { (packages::folder(&root).display()) } } }
                }
                @let lying: Vec<_> = lying.iter().filter(|package| may_take(&who, &package.recipient)).collect();
                @if !lying.is_empty() {
                    h3 { (t.say(w::PACKAGES_LYING)) }
                    ul { @for package in lying { li {
                        a href={ "/packages/file?name=" (escape(&package.name)) } { (package.name) ".zip" } " · " (recipient_say(&package.recipient, t))
                    } } }
                }
            }
        },
    )
}

async fn preview(app: &std::sync::Arc<crate::App>, who: &Session, recipient: String) -> Answer {
    let t = lang(who);
    let word = recipient.clone();
    // Made as a whole, which takes long of many exhibits: kept for the next look, never beyond the next change.
    let preview = off(app, move |app| {
        app.worked_out(&format!("preview {word} {}", t.code()), Rests::Everything, move |app| {
            let made = |case: &mut _| packages::preview(case, &word, t.code(), &app.context(""));
            app.desk.write(|case| Ok(Arc::new(made(case)?)))
        })
    })
    .await?;
    super::show(
        app,
        who,
        Here::Packages,
        t.say(w::NAV_PACKAGES),
        &html! {
            p.where { a href="/packages" { (t.say(w::NAV_PACKAGES)) } " › " (recipient_say(&recipient, t)) }
            h1 { (recipient_say(&recipient, t)) }
            p { (t.say(w::PREVIEW_WORDS)) }
            (leaving(&preview, t))
            p { a.button href={ "/packages/report.pdf?for=" (recipient) } { (t.say(w::PREVIEW_PDF)) } " " span.quiet { (t.say(w::PREVIEW_PDF_ABOUT)) } }
            @if who.is_owner() { form method="post" action="/packages" {
                (form_token(who, "/packages"))
                input type="hidden" name="for" value=(recipient);
                button.main { (t.say(w::PACKAGES_WRITE)) }
            } }
        },
    )
}

fn leaving(preview: &Preview, t: Lang) -> Markup {
    html! {
        section {
            h2 { (t.say(w::PREVIEW_COVERED)) }
            @if preview.covered.is_empty() { p { (t.say(w::PREVIEW_NOTHING_COVERED)) } }
            @else { table {
                thead { tr { th { (t.say(w::PREVIEW_WHERE)) } th { (t.say(w::PREVIEW_WHAT)) } th.n { (t.say(w::TIMES)) } } }
                tbody { @for row in &preview.covered { tr { td { @match &row.exhibit { Some(exhibit) => (exhibit), None => (t.say(w::PREVIEW_REST)) } } td { (row.category) } td.n { (number(row.count)) } } } }
            } }
        }
        @if !preview.left_out.is_empty() {
            section {
                h2 { (t.say(w::PREVIEW_LEFT_OUT)) }
                ul { @for left in &preview.left_out { li { (left.what) " – " (left.why) } } }
            }
        }
        section {
            h2 { (t.fill(w::PREVIEW_FILES, &[("n", &number(preview.files.len() as u64))])) }
            details { summary { (t.say(w::PREVIEW_FILES_ALL)) } ul { @for (name, size) in &preview.files { li { code { (name) } " · " (number(*size)) " B" } } } }
        }
    }
}

/// The report as it would leave. Looking at it shows words, so the ledger says that somebody did.
pub async fn report(State(app): Asked, axum::Extension(who): Who, Query(asked): Query<For>) -> Answer {
    let t = lang(&who);
    let by = by(&app, &who);
    let pdf = off(&app, move |app| {
        app.desk.write(|case| packages::report(case, &asked.recipient, t.code(), &app.context(&by)))
    })
    .await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"preview.pdf\""),
    ];
    Ok((headers, pdf.ok_or_else(Problem::not_found)?).into_response())
}

#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// A lawyer takes what was written for counsel; the owner, everything.
fn may_take(who: &Session, recipient: &str) -> bool {
    who.is_owner() || recipient == "counsel"
}

/// A package that was written, as one file. The ledger says who took it.
pub async fn file(State(app): Asked, axum::Extension(who): Who, Query(asked): Query<Named>) -> Answer {
    let by = by(&app, &who);
    let name = asked.name.clone();
    let zip = off(&app, move |app| {
        let root = app.desk.read(|reader| Ok(reader.root().to_owned()))?;
        let found = packages::written(&root)?.into_iter().find(|package| package.name == name);
        if !found.is_some_and(|package| may_take(&who, &package.recipient)) {
            return Ok(None);
        }
        app.desk.write(|case| packages::taken(case, &name, &app.context(&by)))
    })
    .await?;
    Ok(super::file(&format!("{}.zip", asked.name), "application/zip", zip.ok_or_else(Problem::not_found)?))
}

pub async fn write(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<For>) -> Answer {
    let t = lang(&who);
    let by = by(&app, &who);
    let outcome = off(&app, move |app| {
        app.desk.write(|case| packages::write(case, &asked.recipient, t.code(), &app.context(&by)))
    })
    .await?;
    super::show(
        &app,
        &who,
        Here::Packages,
        t.say(w::NAV_PACKAGES),
        &html! {
            h1 { (t.say(w::WRITTEN_TITLE)) }
            p { (t.say(w::WRITTEN_WHERE)) }
            p.big { code { (outcome.package.display()) } }
            ul {
                li { (t.fill(w::CASE_SENT_WITH, &[("n", &number(outcome.exhibits.len() as u64))])) }
                li { (t.fill(w::PACKAGES_COVERED_N, &[("n", &number(outcome.redactions))])) }
                li { "SHA-256 (manifest) " code { (outcome.manifest) } }
            }
            p { (t.say(w::WRITTEN_HOW)) }
            p { a.button href="/packages" { (t.say(w::NAV_PACKAGES)) } }
        },
    )
}
