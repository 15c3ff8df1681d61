//! What every page has around it: the way out, the way around, the language; and the page without a session.

use axum::http::HeaderMap;
use axum::http::header;
use maud::{DOCTYPE, Markup, html};

use crate::pages;
use crate::session::{Role, Session};
use crate::words::{self as w, Lang};

/// The pages that stand in the way around, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// Start safe.
    Safe,
    /// Save what you have.
    Save,
    /// The case at a glance.
    Case,
    /// Review.
    Review,
    /// Timeline.
    Timeline,
    /// Map.
    Map,
    /// Statements.
    Statements,
    /// Search.
    Search,
    /// Plan.
    Plan,
    /// Letters.
    Letters,
    /// Packages.
    Packages,
    /// Write down a call or visit.
    Log,
    /// What was done.
    Custody,
    /// Settings.
    Settings,
    /// A page that stands for itself.
    Elsewhere,
}

const AROUND: &[(Here, &str, w::Say)] = &[
    (Here::Safe, "/safe", w::NAV_SAFE),
    (Here::Save, "/save", w::NAV_SAVE),
    (Here::Case, "/case", w::NAV_CASE),
    (Here::Review, "/review", w::NAV_REVIEW),
    (Here::Log, "/log", w::NAV_LOG),
    (Here::Timeline, "/timeline", w::NAV_TIMELINE),
    (Here::Map, "/map", w::NAV_MAP),
    (Here::Statements, "/statements", w::NAV_STATEMENTS),
    (Here::Search, "/search", w::NAV_SEARCH),
    (Here::Plan, "/plan", w::NAV_PLAN),
    (Here::Letters, "/letters", w::NAV_LETTERS),
    (Here::Packages, "/packages", w::NAV_PACKAGES),
    (Here::Custody, "/custody", w::NAV_CUSTODY),
    (Here::Settings, "/settings", w::NAV_SETTINGS),
];

/// What a page is framed with.
pub struct Frame<'a> {
    /// Who sees it.
    pub session: &'a Session,
    /// The language.
    pub lang: Lang,
    /// Whether a case is open.
    pub open: bool,
    /// Whether a door for helpers is open.
    pub helpers: bool,
    /// Seconds after which the screen is locked.
    pub idle: u64,
    /// Which page it is.
    pub here: Here,
    /// Its title.
    pub title: &'a str,
    /// Scripts beside the common one.
    pub scripts: &'a [&'static str],
}

/// Returns the page.
pub fn page(frame: &Frame<'_>, body: &Markup) -> Markup {
    let (grey, keys, said) = {
        let mut state = frame.session.state();
        (state.grey, state.keys, state.said.take())
    };
    let t = frame.lang;
    html! {
        (DOCTYPE)
        html lang=(t.code()) class=[grey.then_some("grey")] {
            (head(frame.title, frame.scripts))
            body data-idle=(frame.idle) data-keys=[keys.then_some("on")] {
                a.skip href="#main" { (t.say(w::SKIP)) }
                header.top {
                    a.brand href="/" { span.mark aria-hidden="true" {} "Redress" }
                    a.out href="/out" data-out="" { (t.say(w::LEAVE)) span.hint { (t.say(w::LEAVE_HINT)) } }
                }
                div.house {
                    @if frame.open && !matches!(frame.session.role, Role::Reviewer { .. }) {
                        nav.around aria-label=(t.say(w::AROUND)) { (around(frame)) }
                        details.menu {
                            summary { (t.say(w::MENU)) }
                            nav aria-label=(t.say(w::AROUND)) { (around(frame)) }
                        }
                    }
                    main #main tabindex="-1" {
                        @if let Some(said) = said { p.said role="status" { (said) } }
                        (body)
                    }
                }
                (foot(frame))
            }
        }
    }
}

fn head(title: &str, scripts: &[&str]) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="robots" content="noindex";
            title { (title) " · Redress" }
            link rel="stylesheet" href="/a/redress.css";
            link rel="icon" href="/favicon.ico" type="image/svg+xml";
            script src="/a/redress.js" defer {}
            @for script in scripts { script src=(script) defer {} }
        }
    }
}

fn around(frame: &Frame<'_>) -> Markup {
    html! {
        ul {
            @for (here, path, words) in AROUND.iter().filter(|(_, path, _)| pages::may(&frame.session.role, false, path)) {
                li { a href=(path) aria-current=[(*here == frame.here).then_some("page")] { (frame.lang.say(*words)) } }
            }
        }
    }
}

fn foot(frame: &Frame<'_>) -> Markup {
    let t = frame.lang;
    let other = if t == Lang::En { Lang::Es } else { Lang::En };
    let words = match (frame.session.network, frame.helpers) {
        (true, _) => w::FOOT_HELPER,
        (false, true) => w::FOOT_HELPERS,
        (false, false) => w::FOOT,
    };
    html! {
        footer {
            p { (t.say(words)) @if frame.open && frame.session.is_owner() { " " a href="/lock" { (t.say(w::LOCK_TITLE)) } } }
            form method="post" action="/language" {
                (form_token(frame.session, "/language"))
                input type="hidden" name="language" value=(other.code());
                button.plain lang=(other.code()) { (if other == Lang::Es { "Español" } else { "English" }) }
            }
        }
    }
}

/// Returns the hidden field that lets a form pass the guard.
pub fn form_token(session: &Session, path: &str) -> Markup {
    html! { input type="hidden" name="form" value=(session.form(path)); }
}

/// Returns the page for whoever has no session.
pub fn locked(t: Lang) -> Markup {
    bare(
        t,
        t.say(w::LOCKED_TITLE),
        &html! {
            h1 { (t.say(w::LOCKED_TITLE)) }
            p { (t.say(w::LOCKED_WORDS)) }
            p { (t.say(w::LOCKED_HOW)) }
            p { (t.say(w::DANGER_CALL)) }
        },
    )
}

/// Returns a page without anything around it.
pub fn bare(t: Lang, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(t.code()) {
            (head(title, &[]))
            body {
                header.top { span.brand { span.mark aria-hidden="true" {} "Redress" } }
                div.house { main #main { (body) } }
            }
        }
    }
}

/// An empty page that says nothing of where somebody was.
pub fn blank() -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "New Tab" } link rel="icon" href="data:,"; }
            body { main {} }
        }
    }
}

/// Returns the language a browser asks for.
pub fn accepted(headers: &HeaderMap) -> Lang {
    let asked =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = asked.split(',').map(str::trim).find(|tag| tag.starts_with("en") || tag.starts_with("es"));
    if first.is_some_and(|tag| tag.starts_with("es")) { Lang::Es } else { Lang::En }
}
