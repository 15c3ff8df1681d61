//! The doors: one loopback address, and one for helpers where it was asked for; limits against what trickles and what floods.
//!
//! A request's head must be there within seconds, a body must keep coming, and only so many connections are held at
//! once. Nobody but programs on this computer can knock, but a page in another tab is such a program.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tower_service::Service as _;

use crate::helpers::Door;
use crate::{App, lock, pages};

/// The time in which a request's head must be there; a connection kept open without a request ends after it too.
const HEAD: Duration = Duration::from_secs(8);
/// The longest a connection lives. Pages open new ones.
const LIFE: Duration = Duration::from_secs(30 * 60);
/// The most bytes of a head.
const HEAD_BYTES: usize = 32 << 10;
/// Connections at once; more wait at the door. Each slow one is gone after [`HEAD`].
const AT_ONCE: usize = 512;

/// Connections at once through the door for helpers.
const HELPERS_AT_ONCE: usize = 128;

/// Takes connections on this computer for ever.
pub async fn accept(listener: TcpListener, app: Arc<App>) {
    let router = pages::router(app);
    let room = Arc::new(Semaphore::new(AT_ONCE));
    while let Some((stream, _, place)) = next(&listener, &room).await {
        let router = router.clone();
        tokio::spawn(async move {
            serve(stream, router, Door::Here).await;
            drop(place);
        });
    }
}

/// Takes connections of helpers for ever. Who does not speak TLS in time is gone without a word of the case.
pub async fn accept_helpers(listener: TcpListener, app: Arc<App>, acceptor: TlsAcceptor) {
    let router = pages::router(app);
    let room = Arc::new(Semaphore::new(HELPERS_AT_ONCE));
    while let Some((stream, peer, place)) = next(&listener, &room).await {
        let (router, acceptor) = (router.clone(), acceptor.clone());
        tokio::spawn(async move {
            if let Ok(Ok(stream)) = tokio::time::timeout(HEAD, acceptor.accept(stream)).await {
                serve(stream, router, Door::Network(peer.ip())).await;
            }
            drop(place);
        });
    }
}

/// Waits for room and then for a connection. `None` never comes: the room is not closed.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(room).acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let _quicker_small_answers = stream.set_nodelay(true);
                return Some((stream, peer, place));
            }
            // Out of file handles, most likely: some connection ends soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn serve(
    stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    router: Router,
    door: Door,
) {
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(door);
            let response: Result<Response, Infallible> = router.call(request).await;
            response
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks off concerns nobody: what was acknowledged is in the ledger.
    let _ended = tokio::time::timeout(LIFE, connection).await;
}

/// Locks screens at which nobody is, and the case where that was asked for.
pub async fn watch(app: Arc<App>) {
    let each = (app.sessions.idle() / 4).clamp(Duration::from_millis(50), Duration::from_secs(10));
    loop {
        tokio::time::sleep(each).await;
        if app.sessions.close_idle() > 0 && !app.sessions.owner_may_come() {
            app.tell_link();
        }
        let told = Arc::clone(&app);
        let _what_waits_is_written_at_the_next_look =
            tokio::task::spawn_blocking(move || told.write_waiting()).await;
        if app.lock.is_again() && app.sessions.is_nobody_here() {
            let app = Arc::clone(&app);
            // One at a time: the next look comes after it.
            let _tried_again_at_the_next_look =
                tokio::task::spawn_blocking(move || lock::lock_again(&app)).await;
        }
    }
}
