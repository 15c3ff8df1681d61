//! What every request passes before a page sees it, and the headers every answer carries.
//!
//! | attack | what stops it |
//! | --- | --- |
//! | a page elsewhere whose name points at 127.0.0.1 (DNS rebinding) | the host must be this address |
//! | a form or script elsewhere that posts here (CSRF) | origin, a cookie that is sent from here only, a token for each form |
//! | another program on this computer that guesses | a one-time token of 256 bits, and a cookie made from nothing else |
//! | words of a post that are markup (XSS) | escaping by type; no script, style or picture but the program's own |
//! | a page that frames this one | framing is forbidden |
//! | somebody on the same network | no door there unless asked for; TLS, a passphrase of 100 bits for each person, waits after wrong ones |
//! | a helper who asks for more than was handed to them | a list of what each role may ask for; the rest is refused |
//! | a body without end | limits; an upload must keep coming |

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use http_body_util::BodyExt as _;

use crate::helpers::Door;
use crate::session::Session;
use crate::{App, assets, frame, pages};

/// The most bytes of a form.
const FORM_BYTES: usize = 256 << 10;

/// The cookie's name; with the port, so that two cases can be open in one browser.
fn cookie_name(app: &App, door: Door) -> String {
    match (door, &app.helpers) {
        // A browser takes a name that begins so only over TLS, for this host alone.
        (Door::Network(_), Some(helpers)) => format!("__Host-redress_{}", helpers.address.port()),
        _ => format!("redress_{}", app.address.port()),
    }
}

/// Returns the cookie's value.
pub fn cookie(app: &App, door: Door, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(app, door);
    headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).find_map(|line| {
        line.split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, v)| v.to_owned())
    })
}

/// Returns the line that sets the cookie; an empty value takes it away.
pub fn set_cookie(app: &App, door: Door, value: &str) -> String {
    let age = if value.is_empty() { "; Max-Age=0" } else { "" };
    let secure = if door == Door::Here { "" } else { "; Secure" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}", cookie_name(app, door))
}

/// Lets a request through to its page, or answers it.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = match admit(&app, request).await {
        Ok(request) => {
            let session = request.extensions().get::<Arc<Session>>().cloned();
            let response = next.run(request).await;
            pages::with_sorry(&app, session.as_deref(), response)
        }
        Err(response) => *response,
    };
    seal(response.headers_mut());
    response
}

fn refuse(status: StatusCode, words: &'static str) -> Box<Response> {
    Box::new((status, words).into_response())
}

async fn admit(app: &Arc<App>, request: Request) -> Result<Request, Box<Response>> {
    let door = request.extensions().get::<Door>().copied().unwrap_or(Door::Here);
    let headers = request.headers();
    let port = app.address.port();
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let (scheme, hosts) = match (door, &app.helpers) {
        (Door::Here, _) => ("http", vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")]),
        (Door::Network(_), Some(helpers)) => ("https", hosts(helpers.address)),
        (Door::Network(_), None) => ("https", Vec::new()),
    };
    let host = text(header::HOST).unwrap_or_default();
    if headers.get_all(header::HOST).iter().count() != 1 || !hosts.iter().any(|known| known == host) {
        return Err(refuse(StatusCode::MISDIRECTED_REQUEST, "This address is not served here.\n"));
    }
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if !matches!(site, None | Some("same-origin" | "none")) {
        return Err(refuse(StatusCode::FORBIDDEN, "Another page may not use this one.\n"));
    }
    let changes = match *request.method() {
        Method::GET | Method::HEAD => false,
        Method::POST => true,
        _ => return Err(refuse(StatusCode::METHOD_NOT_ALLOWED, "This is not done here.\n")),
    };
    if changes && text(header::ORIGIN) != Some(format!("{scheme}://{host}").as_str()) {
        return Err(refuse(StatusCode::FORBIDDEN, "Another page may not use this one.\n"));
    }
    let path = request.uri().path().to_owned();
    // A link opens the door it was made for; helpers sign in at theirs.
    let way_in = if door == Door::Here { "/open" } else { "/sign" };
    if assets::find(&path).is_some() || path == way_in {
        return if changes { limited(request).await } else { Ok(request) };
    }
    let session = cookie(app, door, headers).and_then(|value| app.sessions.find(&value));
    // A session holds for the door it was opened at: a cookie carried to the other one opens nothing.
    let session = session.filter(|session| session.network == (door != Door::Here));
    let Some(session) = session else {
        if path == "/out" {
            return Ok(request);
        }
        if door != Door::Here && !changes {
            return Err(Box::new(Redirect::to("/sign").into_response()));
        }
        let page = frame::locked(frame::accepted(headers));
        return Err(Box::new((StatusCode::UNAUTHORIZED, pages::html(page)).into_response()));
    };
    if !pages::may(&session.role, changes, &path) {
        return Err(refuse(StatusCode::FORBIDDEN, "This page is the owner's. Go back.\n"));
    }
    session.state().language.get_or_insert_with(|| frame::accepted(headers));
    let mut request = if changes { with_form(request, &session, &path).await? } else { request };
    request.extensions_mut().insert(session);
    Ok(request)
}

/// The names under which the door for helpers is asked for.
fn hosts(address: SocketAddr) -> Vec<String> {
    let mut hosts = vec![address.to_string()];
    if address.port() == 443 {
        let host = address.to_string();
        hosts.extend(host.strip_suffix(":443").map(str::to_owned));
    }
    hosts
}

/// Reads the body of a form within its limits.
async fn limited(request: Request) -> Result<Request, Box<Response>> {
    let (parts, body) = request.into_parts();
    let limited = http_body_util::Limited::new(body, FORM_BYTES);
    let read = tokio::time::timeout(std::time::Duration::from_secs(15), limited.collect()).await;
    let Ok(Ok(body)) = read else {
        return Err(refuse(StatusCode::PAYLOAD_TOO_LARGE, "This form is too large, or did not arrive.\n"));
    };
    Ok(Request::from_parts(parts, Body::from(body.to_bytes())))
}

/// Checks the form's token: in the header of an upload, in the body of any other form.
async fn with_form(request: Request, session: &Session, path: &str) -> Result<Request, Box<Response>> {
    let stale = || {
        refuse(StatusCode::FORBIDDEN, "This form has gone stale. Go back, load the page again, and repeat.\n")
    };
    if path == pages::UPLOAD || path == pages::PICTURE {
        let token = request.headers().get("x-form").and_then(|value| value.to_str().ok()).unwrap_or_default();
        return if session.is_form(path, token) { Ok(request) } else { Err(stale()) };
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.map(|kind| kind.split(';').next().unwrap_or_default().trim())
        != Some("application/x-www-form-urlencoded")
    {
        return Err(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "A form is sent as a form.\n"));
    }
    let (parts, body) = limited(request).await?.into_parts();
    let Ok(read) = body.collect().await else { return Err(stale()) };
    let bytes = read.to_bytes();
    let token = bytes.split(|byte| *byte == b'&').find_map(|pair| pair.strip_prefix(b"form="));
    let token = token.and_then(|token| std::str::from_utf8(token).ok()).unwrap_or_default();
    if !session.is_form(path, token) {
        return Err(stale());
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Nothing but this program's own script, style and pictures; no frame, no cache, no address given away.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'none'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'; \
    object-src 'none'; manifest-src 'none'; worker-src 'none'; require-trusted-types-for 'script'";

fn seal(headers: &mut HeaderMap) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), usb=(), autoplay=()"),
        ("cache-control", "no-store"),
        ("x-dns-prefetch-control", "off"),
    ] {
        if !headers.contains_key(name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}
