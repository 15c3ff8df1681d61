//! One file per page. A page asks the desk, and shows what it says.

mod begin;
mod case;
mod covered;
mod custody;
mod dates;
mod hand;
mod helpers;
mod kept;
mod letters;
mod likeness;
mod lock;
mod log;
mod map;
mod packages;
mod plan;
mod review;
mod safe;
mod save;
mod search;
mod settings;
mod statements;
mod timeline;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use record::Kind;
use serde::Deserialize;

use crate::desk::DeskError;
use crate::frame::{self, Frame, Here};
use crate::helpers::Door;
use crate::session::{Role, Session, Why};
use crate::words::{self as w, Lang};
use crate::{App, assets, guard};

/// Where files are sent to.
pub const UPLOAD: &str = "/save/file";
/// Where a picture to search by is sent to.
pub const PICTURE: &str = "/search/picture";

/// What a handler is handed: the app and who asks.
pub type Asked = State<Arc<App>>;
/// Who asks.
pub type Who = axum::Extension<Arc<Session>>;
/// Which door a request came through; this computer's where nothing says so.
pub struct Through(pub Door);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Through {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Door>().copied().unwrap_or(Door::Here)))
    }
}

/// What a handler answers.
pub type Answer = Result<Response, Problem>;

/// Returns every page behind the guard.
pub fn router(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for path in assets::paths() {
        router = router.route(
            path,
            get(move || async move {
                assets::find(path).map_or_else(|| StatusCode::NOT_FOUND.into_response(), assets::answer)
            }),
        );
    }
    router
        .route("/", get(home))
        .route("/open", get(open))
        .route("/out", get(out))
        .route("/locked", get(locked))
        .route("/lock", get(lock::locks).post(lock::lock))
        .route("/unlocking", get(lock::unlocking))
        .route("/unlocking.json", get(lock::unlocking_json))
        .route("/unlock", get(lock::page).post(lock::unlock))
        .route("/here", get(|| async { StatusCode::NO_CONTENT }))
        .route("/language", post(settings::language))
        .route("/safe", get(safe::page))
        .route("/begin", get(begin::page).post(begin::make))
        .route("/begin/open", post(begin::open))
        .route("/private", get(begin::private).post(begin::keep_private))
        .route("/save", get(save::page))
        .route(UPLOAD, post(save::file))
        .route("/look", post(save::look))
        .route("/working", get(save::working))
        .route("/working.json", get(save::working_json))
        .route("/kept", get(kept::page))
        .route("/kept/file", get(kept::file))
        .route("/dates", get(dates::page))
        .route("/dates/order", post(dates::answer))
        .route("/dates/zone", post(dates::zone))
        .route("/case", get(case::page))
        .route("/review", get(review::page).post(review::start))
        .route("/review/next", get(review::next))
        .route("/review/item", get(review::item))
        .route("/review/show", post(review::show))
        .route("/review/uncover", post(covered::uncover))
        .route("/review/cover", post(covered::cover))
        .route("/review/decide", post(review::decide))
        .route("/review/correct", post(review::correct))
        .route("/review/pass", post(review::pass))
        .route("/review/undo", post(review::undo))
        .route("/review/rest", get(review::rest).post(review::go_on))
        .route("/review/list", get(review::list))
        .route("/picture", get(covered::picture))
        .route("/log", get(log::page).post(log::write))
        .route("/timeline", get(timeline::page).post(timeline::show))
        .route("/search", get(search::page).post(search::show))
        .route("/search/save", post(search::save))
        .route(PICTURE, post(likeness::take))
        .route("/map", get(map::page))
        .route("/map/data.json", get(map::data))
        .route("/map/tie", get(map::tie))
        .route("/map/file", get(map::file))
        .route("/statements", get(statements::page))
        .route("/statements/account", get(statements::account).post(statements::show))
        .route("/plan", get(plan::page))
        .route("/plan/mark", post(plan::mark))
        .route("/plan/report", post(plan::report))
        .route("/plan/answer", post(plan::answer))
        .route("/plan/calendar.ics", get(plan::calendar))
        .route("/letters", get(letters::page))
        .route("/letters/open", post(letters::open))
        .route("/letters/sent", post(letters::sent))
        .route("/letters/kept", post(letters::kept))
        .route("/packages", get(packages::page).post(packages::write))
        .route("/packages/file", get(packages::file))
        .route("/packages/report.pdf", get(packages::report))
        .route("/custody", get(custody::page).post(custody::verify))
        .route("/settings", get(settings::page).post(settings::keep))
        .route("/helper", post(settings::helper))
        .route("/hand", post(hand::give))
        .route("/hand/back", post(hand::back))
        .route("/helpers", get(helpers::page).post(helpers::add))
        .route("/helpers/end", post(helpers::end))
        .route("/sign", get(helpers::sign).post(helpers::sign_in))
        .fallback(|| async { Problem::not_found() })
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        // An upload is bounded where it is written to the disk; forms are bounded by the guard.
        .layer(DefaultBodyLimit::disable())
        .with_state(app)
}

/// Tells whether a role may ask for `path`, and `changes` whether it is sent a form. What is not on a helper's list is
/// refused, so a page that is new is the owner's alone.
pub fn may(role: &Role, changes: bool, path: &str) -> bool {
    let anybody = match changes {
        false => matches!(path, "/" | "/out" | "/locked" | "/here" | "/settings"),
        true => matches!(path, "/language" | "/settings"),
    };
    let looks = match changes {
        false => matches!(path, "/review/item" | "/review/list" | "/picture"),
        true => matches!(path, "/review/show" | "/review/uncover" | "/review/cover"),
    };
    match (role, changes) {
        (Role::Owner, _) => path != "/sign",
        (Role::Reviewer { .. }, false) => {
            anybody || looks || matches!(path, "/review" | "/review/next" | "/review/rest")
        }
        (Role::Reviewer { .. }, true) => {
            let decides =
                ["/review/decide", "/review/correct", "/review/pass", "/review/undo", "/review/rest"];
            anybody || looks || path == "/review" || decides.contains(&path)
        }
        (Role::Counsel { .. }, false) => {
            let reads = [
                "/case",
                "/timeline",
                "/map",
                "/map/data.json",
                "/map/tie",
                "/map/file",
                "/statements",
                "/statements/account",
                "/search",
                "/custody",
                "/packages",
                "/packages/report.pdf",
                "/packages/file",
            ];
            anybody || looks || reads.contains(&path)
        }
        (Role::Counsel { .. }, true) => {
            anybody || looks || matches!(path, "/timeline" | "/statements/account" | "/search")
        }
    }
}

/// Why there is no page: what to say and with what status.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    words: Sorry,
}

/// What to say on a page that is not the one asked for.
#[derive(Debug, Clone)]
enum Sorry {
    Ours(w::Say),
    Told(String),
    Begin,
    Locked,
    Working,
}

impl Problem {
    /// There is no such page.
    pub fn not_found() -> Self {
        Self { status: StatusCode::NOT_FOUND, words: Sorry::Ours(w::NO_PAGE) }
    }

    /// The request cannot be meant so.
    pub fn told(words: impl Into<String>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, words: Sorry::Told(words.into()) }
    }

    /// The request cannot be meant so, in our words.
    pub fn say(words: w::Say) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, words: Sorry::Ours(words) }
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        use actions::ActionError;
        match error {
            DeskError::NoCase => Self { status: StatusCode::SEE_OTHER, words: Sorry::Begin },
            DeskError::Locked => Self { status: StatusCode::SEE_OTHER, words: Sorry::Locked },
            DeskError::Working => Self { status: StatusCode::OK, words: Sorry::Working },
            DeskError::Busy => Self { status: StatusCode::SERVICE_UNAVAILABLE, words: Sorry::Ours(w::BUSY) },
            DeskError::Action(error) => {
                let status = match &error {
                    ActionError::Request(_) | ActionError::Refused(_) | ActionError::File { .. } => {
                        StatusCode::UNPROCESSABLE_ENTITY
                    }
                    // A folder that is in the way, in use, locked or of a later version is no fault of the app's.
                    ActionError::Case(error) if error.code().starts_with("case.") => {
                        StatusCode::UNPROCESSABLE_ENTITY
                    }
                    _ => StatusCode::INTERNAL_SERVER_ERROR,
                };
                Self { status, words: Sorry::Told(error.to_string()) }
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self.words);
        response
    }
}

/// Puts words into an answer that is a [`Problem`], in the language of whoever asked.
pub fn with_sorry(app: &App, session: Option<&Session>, response: Response) -> Response {
    let Some(sorry) = response.extensions().get::<Sorry>().cloned() else { return response };
    if matches!(sorry, Sorry::Begin) {
        return Redirect::to("/begin").into_response();
    }
    if matches!(sorry, Sorry::Locked) && session.is_some_and(Session::is_owner) {
        return Redirect::to("/unlock").into_response();
    }
    let t = session.map_or(Lang::En, lang);
    if let (Sorry::Working, Some(session)) = (&sorry, session) {
        return working(app, session, t);
    }
    let words = match sorry {
        Sorry::Ours(words) => t.say(words).to_owned(),
        Sorry::Told(words) => w::said(&words, t),
        Sorry::Working => t.say(w::BUSY).to_owned(),
        Sorry::Begin | Sorry::Locked => t.say(w::LOCKED_BY_OWNER).to_owned(),
    };
    let body = html! {
        h1 { (t.say(w::SORRY)) }
        p.said role="alert" { (words) }
        p { a.button href="/" { (t.say(w::BACK_HOME)) } }
    };
    let page = match session {
        Some(session) => framed(app, session, Here::Elsewhere, t.say(w::SORRY), &[], &body),
        None => frame::bare(t, t.say(w::SORRY), &body),
    };
    (response.status(), html(page)).into_response()
}

/// Says that a page is being worked out. The browser asks again by itself.
fn working(app: &App, session: &Session, t: Lang) -> Response {
    let body = html! {
        h1 { (t.say(w::SOON_TITLE)) }
        p role="status" data-soon="" { (t.say(w::SOON_WORDS)) }
    };
    let page = framed(app, session, Here::Elsewhere, t.say(w::SOON_TITLE), &[], &body);
    ([(header::REFRESH, "2")], html(page)).into_response()
}

/// Answers with a page.
pub fn html(page: Markup) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string()).into_response()
}

/// Answers with a file to keep.
pub fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"")),
    ];
    (headers, bytes).into_response()
}

/// Sends the browser on.
pub fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// Returns the language of whoever asks.
pub fn lang(session: &Session) -> Lang {
    session.state().language.unwrap_or(Lang::En)
}

/// Returns who acts, as the ledger writes it.
pub fn by(app: &App, session: &Session) -> String {
    match &session.role {
        Role::Owner => app.setup.by.clone(),
        Role::Reviewer { name, .. } | Role::Counsel { name } => name.clone(),
    }
}

/// Frames a page.
pub fn framed(
    app: &App,
    session: &Session,
    here: Here,
    title: &str,
    scripts: &[&'static str],
    body: &Markup,
) -> Markup {
    let frame = Frame {
        session,
        lang: lang(session),
        open: app.desk.is_open(),
        helpers: app.helpers.is_some(),
        idle: app.sessions.idle().as_secs(),
        here,
        title,
        scripts,
    };
    frame::page(&frame, body)
}

/// Answers with a framed page.
pub fn show(app: &App, session: &Session, here: Here, title: &str, body: &Markup) -> Answer {
    Ok(html(framed(app, session, here, title, &[], body)))
}

/// Does what may take a while beside the threads that answer.
pub async fn off<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&Arc<App>) -> Result<T, DeskError> + Send + 'static,
) -> Result<T, Problem> {
    let app = Arc::clone(app);
    match tokio::task::spawn_blocking(move || work(&app)).await {
        Ok(outcome) => Ok(outcome?),
        Err(_) => {
            Err(Problem { status: StatusCode::INTERNAL_SERVER_ERROR, words: Sorry::Ours(w::OUR_FAULT) })
        }
    }
}

/// The word of a kind of finding.
pub fn kind_say(kind: Kind) -> w::Say {
    match kind {
        Kind::Threat => w::KIND_THREAT,
        Kind::Incitement => w::KIND_INCITEMENT,
        Kind::Dox => w::KIND_DOX,
        Kind::CallToIdentify => w::KIND_CALL,
        Kind::Harassment => w::KIND_HARASSMENT,
        Kind::FalseClaim => w::KIND_CLAIM,
        Kind::Intimidation => w::KIND_INTIMIDATION,
        Kind::Impersonation => w::KIND_IMPERSONATION,
        Kind::Swatting => w::KIND_SWATTING,
    }
}

/// Returns a moment in milliseconds as people read it, in UTC.
pub fn when(millis: Option<i64>, t: Lang) -> String {
    use values::{Moment, Precision, SaidBy};
    millis.map_or_else(
        || t.say(w::NO_TIME).to_owned(),
        |millis| Moment::from_millis(millis, Precision::Minute, SaidBy::Platform).shown(),
    )
}

/// Returns a claim as others make it, between quotation marks; its id where the library in use lacks it.
pub fn claim_say(app: &App, id: &str, t: Lang) -> String {
    let library = app.context("").library();
    let row = library.claims.iter().find(|row| row.origin.id == id);
    row.map_or_else(|| id.to_owned(), |row| format!("“{}”", row.claim.in_lang(law::Lang::of(t.code()))))
}

/// Reads a time from a form. Without a zone it is this computer's.
pub fn moment_given(given: &str) -> Result<values::Moment, Problem> {
    values::Moment::parse_local(&given.replace('T', " "), values::SaidBy::Person)
        .map_err(|_| Problem::say(w::LOG_NO_TIME))
}

/// Returns a moment as a page shows it: to the second, with its doubt.
pub fn moment(at: values::Moment, t: Lang) -> String {
    use values::{Moment, Precision};
    if at.doubt().is_none() && at.precision() == Precision::Millisecond {
        return Moment::from_millis(at.millis(), Precision::Second, at.said_by()).shown();
    }
    match t {
        Lang::En => at.shown(),
        Lang::Es => at.shown_in_spanish(),
    }
}

/// Returns a number with its thousands apart.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// Writes text into the query of an address.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

async fn home(State(app): Asked, axum::Extension(who): Who) -> Answer {
    match who.role {
        Role::Owner => {}
        Role::Reviewer { .. } => return Ok(to("/review")),
        Role::Counsel { .. } => return Ok(to("/case")),
    }
    let captures = off(&app, |app| app.desk.read(|reader| Ok(reader.view().capture_count()?))).await?;
    Ok(to(if captures == 0 { "/safe" } else { "/case" }))
}

#[derive(Deserialize)]
struct Opened {
    #[serde(default)]
    token: String,
}

async fn open(
    State(app): Asked,
    Through(door): Through,
    headers: HeaderMap,
    Query(asked): Query<Opened>,
) -> Response {
    // A link opens the door on this computer, and no other.
    let opened = if door == Door::Here { app.sessions.open(&asked.token) } else { None };
    match opened {
        Some((cookie, role)) => {
            if let Some(old) = guard::cookie(&app, door, &headers) {
                app.sessions.close(&old, Why::Replaced);
            }
            let told = off(&app, move |app| {
                app.write_waiting();
                if role == Role::Owner { Ok(()) } else { app.comes(&role, None) }
            });
            if let Err(problem) = told.await {
                app.sessions.close(&cookie, Why::Closed);
                return problem.into_response();
            }
            ([(header::SET_COOKIE, guard::set_cookie(&app, door, &cookie))], Redirect::to("/"))
                .into_response()
        }
        None => (StatusCode::UNAUTHORIZED, html(frame::locked(frame::accepted(&headers)))).into_response(),
    }
}

/// Leaves at once: the session ends, the page that stays is empty, and going back shows nothing.
async fn out(State(app): Asked, Through(door): Through, headers: HeaderMap) -> Response {
    close(&app, door, &headers).await;
    let headers = [
        (header::SET_COOKIE, guard::set_cookie(&app, door, "")),
        (header::HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"".to_owned()),
    ];
    (headers, html(frame::blank())).into_response()
}

async fn locked(State(app): Asked, Through(door): Through, headers: HeaderMap) -> Response {
    close(&app, door, &headers).await;
    let cookie = [(header::SET_COOKIE, guard::set_cookie(&app, door, ""))];
    if door != Door::Here {
        return (cookie, Redirect::to("/sign")).into_response();
    }
    (cookie, html(frame::locked(frame::accepted(&headers)))).into_response()
}

async fn close(app: &Arc<App>, door: Door, headers: &HeaderMap) {
    if let Some(cookie) = guard::cookie(app, door, headers) {
        let owner = app.sessions.find(&cookie).is_some_and(|session| session.is_owner());
        app.sessions.close(&cookie, Why::Left);
        if owner && !app.sessions.owner_may_come() {
            app.tell_link();
        }
        if !owner {
            let told = Arc::clone(app);
            // Also where it cannot be written now: it waits.
            let _written = tokio::task::spawn_blocking(move || told.write_waiting()).await;
        }
    }
}
