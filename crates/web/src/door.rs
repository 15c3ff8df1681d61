//! The door: one loopback address; limits against what trickles and what floods.
//!
//! A request's head must be there within seconds, a body must keep coming, and only so many connections are held at
//! once. Nobody but programs on this computer can knock, but a page in another tab is such a program.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_service::Service as _;

use crate::{App, lock, pages};

/// The time in which a request's head must be there; a connection kept open without a request ends after it too.
const HEAD: Duration = Duration::from_secs(8);
/// The longest a connection lives. Pages open new ones.
const LIFE: Duration = Duration::from_secs(30 * 60);
/// The most bytes of a head.
const HEAD_BYTES: usize = 32 << 10;
/// Connections at once; more wait at the door. Each slow one is gone after [`HEAD`].
const AT_ONCE: usize = 512;

/// Takes connections for ever.
pub async fn accept(listener: TcpListener, app: Arc<App>) {
    let router = pages::router(Arc::clone(&app));
    let room = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, most likely: some connection ends soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _quicker_small_answers = stream.set_nodelay(true);
        let router = router.clone();
        tokio::spawn(async move {
            let service = hyper::service::service_fn(move |request: Request<Incoming>| {
                let mut router = router.clone();
                async move {
                    let response: Result<Response, Infallible> = router.call(request.map(Body::new)).await;
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
            drop(place);
        });
    }
}

/// Locks screens at which nobody is, and the case where that was asked for.
pub async fn watch(app: Arc<App>) {
    let each = (app.sessions.idle() / 4).clamp(Duration::from_millis(50), Duration::from_secs(10));
    loop {
        tokio::time::sleep(each).await;
        if app.sessions.close_idle() > 0 && !app.sessions.owner_may_come() {
            app.tell_link();
        }
        if app.lock.is_again() && app.sessions.is_nobody_here() {
            let app = Arc::clone(&app);
            // One at a time: the next look comes after it.
            let _tried_again_at_the_next_look =
                tokio::task::spawn_blocking(move || lock::lock_again(&app)).await;
        }
    }
}
