//! Pictures of a post in the review: covered until asked for, each uncovering in the ledger.

use actions::screens::look;
use axum::extract::{Form, Query, State};
use axum::http::header;
use axum::response::IntoResponse as _;
use maud::{Markup, html};
use serde::Deserialize;

use super::review::show_words;
use super::{Answer, Asked, Problem, Who, by, number, off, to};
use crate::frame::form_token;
use crate::session::Session;
use crate::words::{self as w, Lang};

/// A picture of the post: covered until asked for, then with what was found in it framed, and the same said in words.
pub fn pictured(who: &Session, id: &str, picture: &look::Picture, t: Lang) -> Markup {
    let name = picture.digest.to_string();
    let shown = who.state().uncovered.contains(&name);
    let what = t.say(if picture.is_read { w::PICTURE_READ } else { w::PICTURE });
    let alt = match (&picture.alt, picture.framed.is_empty()) {
        (Some(alt), _) => alt.clone(),
        (None, true) => what.to_owned(),
        (None, false) => format!("{what}. {}: {}", t.say(w::FRAMED), quoted(picture)),
    };
    let form = |path: &'static str, words: w::Say| {
        html! {
            form method="post" action=(path) {
                (form_token(who, path))
                input type="hidden" name="id" value=(id);
                input type="hidden" name="picture" value=(name);
                button { (t.say(words)) }
            }
        }
    };
    html! {
        figure.covered #{ "picture-" (&name[..12]) } tabindex="-1" {
            @match (picture.size, shown) {
                (None, _) => p { (t.say(w::PICTURE_GONE)) },
                (Some(_), false) => {
                    p.quiet { (t.say(if picture.framed.is_empty() { w::COVERED } else { w::COVERED_FRAMED })) }
                    (form("/review/uncover", w::UNCOVER))
                }
                (Some((width, height)), true) => {
                    div.boxed {
                        img src={ "/picture?digest=" (name) } alt=(alt) width=(width) height=(height);
                        svg viewBox={ "0 0 " (width) " " (height) } preserveAspectRatio="none" aria-hidden="true" {
                            @for area in picture.framed.iter().flat_map(|(_, areas)| areas) {
                                @let frame = area.grown(width / 200);
                                @for class in ["halo", "frame"] {
                                    rect class=(class) x=(frame.left) y=(frame.top) width=(frame.width) height=(frame.height) {}
                                }
                            }
                        }
                    }
                    @if !picture.framed.is_empty() {
                        figcaption {
                            (t.say(w::FRAMED)) ":"
                            ul { @for (words, areas) in &picture.framed { li {
                                q { (words) }
                                @for area in areas { span.quiet { " · " (t.fill(w::FRAMED_AT, &[
                                    ("left", &number(area.left.into())), ("top", &number(area.top.into())),
                                    ("width", &number(area.width.into())), ("height", &number(area.height.into())),
                                    ("of", &format!("{width} × {height}")),
                                ])) } }
                            } } }
                        }
                    }
                    (form("/review/cover", w::COVER))
                }
            }
            @if let (Some(alt), true) = (&picture.alt, shown || picture.size.is_none()) { figcaption { (alt) } }
            @if who.is_owner() && picture.size.is_some() { p { a href={ "/search?like=" (name) } { (t.say(w::LIKE_THIS)) } } }
        }
    }
}

/// The words framed in a picture, for whoever does not see the frames.
fn quoted(picture: &look::Picture) -> String {
    let words: Vec<String> = picture.framed.iter().map(|(words, _)| format!("“{words}”")).collect();
    words.join(", ")
}

#[derive(Deserialize)]
pub struct Uncovered {
    id: String,
    picture: String,
}

pub async fn uncover(State(app): Asked, axum::Extension(who): Who, Form(one): Form<Uncovered>) -> Answer {
    show_words(&app, &who, &one.id).await?;
    let (id, by) = (one.id.clone(), by(&app, &who));
    let digest = off(&app, move |app| {
        app.desk.write(|case| look::uncover(case, &one.id, &one.picture, &app.context(&by)))
    })
    .await?;
    who.state().uncovered.insert(digest.to_string());
    Ok(to(&format!("/review/item?id={id}#picture-{}", &digest.to_string()[..12])))
}

/// Covers a picture again: it is not served any more until it is asked for anew.
pub async fn cover(State(_): Asked, axum::Extension(who): Who, Form(one): Form<Uncovered>) -> Answer {
    who.state().uncovered.remove(&one.picture);
    Ok(to(&format!("/review/item?id={}", super::escape(&one.id))))
}

#[derive(Deserialize)]
pub struct Pictured {
    digest: String,
}

/// Serves a picture that was uncovered: only what is a picture of points, under a type of our own choosing.
pub async fn picture(State(app): Asked, axum::Extension(who): Who, Query(one): Query<Pictured>) -> Answer {
    if !who.state().uncovered.contains(&one.digest) {
        return Err(Problem::not_found());
    }
    let digest: values::Digest = one.digest.parse().map_err(|_| Problem::not_found())?;
    let bytes =
        off(&app, move |app| app.desk.read(|reader| Ok(reader.view().objects().get(&digest)?))).await?;
    let kind = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => return Err(Problem::say(w::NO_PICTURE)),
    };
    Ok((
        [(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")],
        bytes,
    )
        .into_response())
}
