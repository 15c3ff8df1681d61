//! What is kept: each file with its digest, and what was met while it was read.

use std::sync::Arc;

use axum::extract::{Query, State};
use maud::html;
use serde::Deserialize;
use values::Digest;

use super::{Answer, Asked, Problem, Who, lang, number, off, show};
use crate::frame::Here;
use crate::known::Rests;
use crate::words::{self as w, Lang};

/// Captures on one page.
const PAGE: usize = 100;
/// Troubles told of one file.
const TOLD: u32 = 100;

#[derive(Deserialize)]
pub struct At {
    #[serde(default)]
    from: usize,
}

pub async fn page(State(app): Asked, axum::Extension(who): Who, Query(at): Query<At>) -> Answer {
    let t = lang(&who);
    let captures = off(&app, |app| {
        app.known("captures", Rests::Found, |reader| Ok(Arc::new(reader.view().captures()?)))
    })
    .await?;
    let total = captures.len();
    let shown: Vec<_> = captures.iter().skip(at.from).take(PAGE).collect();
    show(
        &app,
        &who,
        Here::Save,
        t.say(w::KEPT_TITLE),
        &html! {
            h1 { (t.say(w::KEPT_TITLE)) }
            p { (t.say(w::KEPT_WORDS)) }
            div.wide tabindex="0" role="region" aria-label=(t.say(w::KEPT_TITLE)) {
                table {
                    thead { tr {
                        th { (t.say(w::KEPT_NAME)) } th { (t.say(w::KEPT_WHEN)) } th.n { (t.say(w::POSTS)) }
                        th.n { (t.say(w::KEPT_TROUBLES)) } th { "SHA-256" }
                    } }
                    tbody {
                        @for capture in &shown {
                            tr {
                                td { (name(&capture.name, t)) }
                                td.when { (super::moment(capture.kept, t)) }
                                td.n { (number(capture.posts)) }
                                td.n {
                                    @if capture.troubles == 0 { "0" }
                                    @else { a href={ "/kept/file?capture=" (capture.digest) } aria-label=(format!("{}: {}", t.say(w::KEPT_TROUBLES), number(capture.troubles))) { (number(capture.troubles)) } }
                                }
                                td { code { (capture.digest.short()) } }
                            }
                        }
                    }
                }
            }
            @if at.from + PAGE < total {
                p { a.button href={ "/kept?from=" (at.from + PAGE) } { (t.say(w::MORE)) } }
            }
        },
    )
}

#[derive(Deserialize)]
pub struct One {
    capture: String,
}

/// What was met while one file was read.
pub async fn file(State(app): Asked, axum::Extension(who): Who, Query(one): Query<One>) -> Answer {
    let t = lang(&who);
    let digest: Digest = one.capture.parse().map_err(|_| Problem::not_found())?;
    let (capture, troubles) = off(&app, move |app| {
        app.desk
            .read(|reader| Ok((reader.view().capture(&digest)?, reader.view().troubles_of(&digest, TOLD)?)))
    })
    .await?;
    let capture = capture.ok_or_else(Problem::not_found)?;
    let left = capture.troubles.saturating_sub(troubles.len() as u64);
    show(
        &app,
        &who,
        Here::Save,
        t.say(w::KEPT_TITLE),
        &html! {
            p.where { a href="/kept" { (t.say(w::KEPT_TITLE)) } }
            h1 { (name(&capture.name, t)) }
            p { (t.fill(w::SAVE_IS_READ, &[("n", &number(capture.posts))])) " " (super::moment(capture.kept, t)) }
            p { "SHA-256 " code { (capture.digest) } }
            section {
                h2 { (t.say(w::KEPT_TROUBLES)) }
                p.quiet { (t.say(w::KEPT_TROUBLES_ABOUT)) }
                ul {
                    @for trouble in &troubles {
                        @let words = w::trouble(trouble, t);
                        li {
                            @if actions::screens::gentle::is_harsh(&words) { (t.say(w::KEPT_TROUBLE_HIDDEN)) } @else { (words) }
                            span.quiet { " · " code { (trouble.code) } @if let Some(place) = &trouble.place { " · " (place) } }
                        }
                    }
                }
                @if left > 0 { p.quiet { (t.fill(w::AND_MORE, &[("n", &number(left))])) } }
            }
        },
    )
}

/// Returns a file's name; one with harsh words is hidden.
pub fn name(name: &str, t: Lang) -> String {
    if actions::screens::gentle::is_harsh(name) { t.say(w::NAME_HIDDEN).to_owned() } else { name.to_owned() }
}
