//! Search by picture: a picture from this computer, or one of the case, and the posts that hold the same one.
//!
//! What is compared are fingerprints of pictures, never faces. A picture that is sent to search by is not kept.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actions::screens::twins::{Alike, Fingerprints, Found, Wanted};
use axum::Json;
use axum::extract::{Request, State};
use axum::response::IntoResponse as _;
use http_body_util::{BodyExt as _, Limited};
use maud::{Markup, html};
use serde::Serialize;
use values::Digest;

use super::{Answer, Asked, Problem, Who, lang, number, off};
use crate::App;
use crate::desk::DeskError;
use crate::known::Rests;
use crate::session::Session;
use crate::words::{self as w, Lang};

/// The most bytes of a picture to search by.
const BYTES: usize = 64 << 20;
/// How long it may take to arrive.
const ARRIVES: Duration = Duration::from_secs(60);
/// The most pictures whose posts are looked for; the nearest are kept.
const MOST: usize = 1000;
/// Pictures told one by one.
const TOLD: usize = 20;

/// What a search by picture came to.
pub struct Likeness {
    /// The pictures that are probably the same, nearest first.
    pub found: Vec<Found>,
    /// How many were compared.
    all: usize,
    /// The picture of the case that was looked for; `None` where it was given from outside.
    own: Option<Digest>,
}

fn fingerprints(app: &Arc<App>) -> Result<Arc<Fingerprints>, DeskError> {
    app.known("fingerprints", Rests::Found, |reader| Ok(Arc::new(Fingerprints::gather(reader.view())?)))
}

/// Looks for the picture that `like` names: one given before, or one of the case by its SHA-256.
pub async fn find(app: &Arc<App>, who: &Session, like: &str) -> Result<Option<Likeness>, Problem> {
    if like.is_empty() {
        return Ok(None);
    }
    let given = who.state().given.iter().find(|(name, _)| name == like).map(|(_, wanted)| wanted.clone());
    let own: Option<Digest> = like.parse().ok();
    if given.is_none() && own.is_none() {
        return Err(Problem::say(w::SEARCH_PICTURE_GONE));
    }
    off(app, move |app| {
        let known = fingerprints(app)?;
        let wanted = match (given, own) {
            (Some(wanted), _) => Some(wanted),
            (None, Some(own)) => match known.of(&own) {
                Some(wanted) => Some(wanted),
                // Not read yet, or no picture: then only the very same bytes are looked for.
                None => app.desk.read(|reader| {
                    Ok(reader.view().objects().get(&own).ok().and_then(|bytes| Wanted::of(&bytes).ok()))
                })?,
            },
            (None, None) => None,
        };
        let mut found = wanted.map(|wanted| known.like(&wanted)).unwrap_or_default();
        if let Some(own) = own {
            found.retain(|found| found.picture != own);
            found.insert(0, Found { picture: own, alike: Alike::Hash { distance: 0 } });
        }
        found.truncate(MOST);
        Ok(Some(Likeness { found, all: known.len(), own }))
    })
    .await
}

impl Likeness {
    /// Says what was compared and how near the nearest came.
    pub fn told(&self, t: Lang) -> Markup {
        let how = |found: &Found| match found.alike {
            _ if self.own == Some(found.picture) => t.say(w::SEARCH_PICTURE_SAME).to_owned(),
            Alike::Hash { distance } => t.fill(w::SEARCH_PICTURE_HASH, &[("n", &distance.to_string())]),
            Alike::Crop { agreement } => {
                t.fill(w::SEARCH_PICTURE_CROP, &[("n", &format!("{:.0}", agreement * 100.0))])
            }
        };
        html! {
            p { (t.fill(w::SEARCH_PICTURE_FOUND, &[("all", &number(self.all as u64)), ("n", &number(self.found.len() as u64))])) }
            @if !self.found.is_empty() {
                ul { @for found in self.found.iter().take(TOLD) { li { code { (found.picture.short()) } " · " (how(found)) } } }
                @if self.found.len() > TOLD { p.quiet { (t.fill(w::AND_MORE, &[("n", &number((self.found.len() - TOLD) as u64))])) } }
            }
        }
    }
}

/// What a kept search by picture is called.
pub fn name(like: &str, t: Lang) -> String {
    if like.is_empty() {
        return String::new();
    }
    if like.starts_with("given-") {
        return t.say(w::SEARCH_PICTURE_GIVEN).to_owned();
    }
    t.fill(w::SEARCH_PICTURE_OF, &[("name", like.get(..12).unwrap_or(like))])
}

/// The field in which a picture is chosen.
pub fn field(who: &Session, t: Lang) -> Markup {
    html! {
        section {
            h2 { (t.say(w::SEARCH_PICTURE)) }
            p #picture-about { (t.say(w::SEARCH_PICTURE_ABOUT)) }
            p.pick {
                label.button for="picture" { (t.say(w::SEARCH_PICTURE_CHOOSE)) }
                input.unseen #picture type="file" accept="image/png,image/jpeg,image/webp,image/gif" aria-describedby="picture-about"
                    data-picture="" data-form=(who.form(super::PICTURE)) data-looking=(t.say(w::SEARCH_PICTURE_LOOKING)) data-failed=(t.say(w::SAVE_FAILED));
            }
            p #picture-told role="status" {}
            noscript { p { (t.say(w::SEARCH_PICTURE_SCRIPT)) } }
        }
    }
}

#[derive(Serialize)]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    words: String,
}

/// One picture is decoded at a time: a large one takes much memory for a moment.
static ONE: Mutex<()> = Mutex::new(());

/// Takes a picture to search by, and keeps its fingerprints for this person until they leave.
pub async fn take(State(app): Asked, axum::Extension(who): Who, request: Request) -> Answer {
    let t = lang(&who);
    let body = Limited::new(request.into_body(), BYTES);
    let told = match tokio::time::timeout(ARRIVES, body.collect()).await {
        Ok(Ok(body)) => {
            let bytes = body.to_bytes();
            off(&app, move |_| {
                let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(Wanted::of(&bytes))
            })
            .await?
            .map_err(|refused| refused.to_string())
        }
        Ok(Err(_)) | Err(_) => Err(t.say(w::SAVE_FAILED).to_owned()),
    };
    let told = match told {
        Ok(wanted) => Told { at: Some(format!("/search?like={}", who.give(wanted))), words: String::new() },
        Err(words) => Told { at: None, words },
    };
    Ok(Json(told).into_response())
}
