//! The local app: pages on this computer in which everything the commands do can be done.
//!
//! - [`Server`] opens the door: one loopback address, a link with a one-time token, nothing else.
//! - `door`: connections, limits against what trickles and what floods.
//! - `guard`: every request passes it: host, origin, session, a token for each form, headers that forbid the rest.
//! - `desk`: the open case: one writer, a few readers, work in the background.
//! - `known`: what was worked out already, so that no page waits for it twice; `results`: what is kept so.
//! - `handed`: what lies with which reviewer.
//! - `helpers`: people on the same network, their roles and passphrases, and the second door, which speaks TLS alone.
//! - `comings`: who comes, is refused and leaves, as lines of the ledger.
//! - `lock`: the case under its passphrase, and what slows down guessing.
//! - `words`: everything a person reads, in English and Spanish.
//! - `frame`: what every page has around it. `pages`: one file per page.
//!
//! It calls [`actions`] and shows their outcomes; it knows nothing of the case's folder, the detectors or the documents.
//! It fetches nothing and lets the browser fetch nothing: every asset is part of the program.

mod assets;
mod comings;
mod desk;
mod door;
mod frame;
mod guard;
mod handed;
mod helpers;
mod known;
mod lock;
mod pages;
mod results;
mod session;
mod words;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actions::library::Rows;
use values::Moment;

use crate::desk::Desk;
use crate::session::Sessions;

/// How the app is started.
pub struct Setup {
    /// The case to open; `None` offers to make or open one.
    pub case: Option<PathBuf>,
    /// The folder in which new cases are offered to be made.
    pub home: PathBuf,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// The clock.
    pub now: fn() -> Moment,
    /// The time since some moment, by a clock that only goes forward.
    pub clock: fn() -> Duration,
    /// The rows of law in use on this computer.
    pub rows: fn() -> &'static Rows,
    /// Who acts, as the ledger writes it.
    pub by: String,
    /// The version of redress, as the ledger writes it.
    pub redress: &'static str,
    /// After how long without a sign of anybody the screen is locked.
    pub idle: Duration,
    /// The address of the door for helpers on the same network; `None` opens no such door.
    pub helpers: Option<SocketAddr>,
    /// How hard guessing a passphrase is made, as a power of two; `None` for about a second.
    pub work: Option<u8>,
    /// Whom to tell a new link: once at the beginning, and whenever the screen was locked.
    pub tell: Box<dyn Fn(&str) + Send + Sync>,
}

/// Why the app did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The address cannot be had.
    #[error(
        "The address 127.0.0.1:{port} cannot be used: {source}. Another program may hold it; choose another with --port."
    )]
    Address {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// The address of the door for helpers cannot be had.
    #[error(
        "The address {address} cannot be used for helpers: {what}. Name the address of this computer on that network, with a port: --helpers 192.0.2.10:8443"
    )]
    Helpers {
        /// The address asked for.
        address: SocketAddr,
        /// What is wrong.
        what: String,
    },
    /// The case cannot be opened.
    #[error(transparent)]
    Case(#[from] actions::ActionError),
    /// The system gave no threads or no randomness.
    #[error("The app could not be started: {0}.")]
    System(String),
}

/// What every page is handed.
pub(crate) struct App {
    setup: Setup,
    desk: Desk,
    sessions: Sessions,
    lock: lock::Lock,
    comings: comings::Comings,
    helpers: Option<helpers::Helpers>,
    address: SocketAddr,
}

impl App {
    /// Makes a new link with a one-time token for the owner and tells it.
    fn tell_link(&self) {
        (self.setup.tell)(&self.link());
    }

    fn link(&self) -> String {
        format!("http://{}/open?token={}", self.address, self.sessions.owner_token())
    }
}

/// The running app. Dropping it ends it.
pub struct Server {
    app: Arc<App>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Server {
    /// Opens the case and the door. Tells the link once both are open.
    pub fn start(setup: Setup) -> Result<Self, ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(32)
            .thread_name("redress-app")
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| ServeError::System(error.to_string()))?;
        let port = setup.port;
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)))
            .map_err(|source| ServeError::Address { port, source })?;
        let address = listener.local_addr().map_err(|source| ServeError::Address { port, source })?;
        let door = setup.helpers.map(|address| helpers_door(&runtime, address)).transpose()?;
        let desk = Desk::default();
        if let Some(case) = &setup.case {
            desk.open(case, setup.redress)?;
        }
        let sessions = Sessions::new(setup.idle).map_err(ServeError::System)?;
        let (second, helpers) = door.unzip();
        let app = Arc::new(App {
            setup,
            desk,
            sessions,
            lock: lock::Lock::default(),
            comings: comings::Comings::default(),
            helpers,
            address,
        });
        if let (Some(listener), Some(helpers)) = (second, &app.helpers) {
            runtime.spawn(door::accept_helpers(listener, Arc::clone(&app), helpers.acceptor()));
        }
        runtime.spawn(door::accept(listener, Arc::clone(&app)));
        runtime.spawn(door::watch(Arc::clone(&app)));
        desk::prepare(&app);
        app.tell_link();
        Ok(Self { app, runtime: Some(runtime) })
    }

    /// Returns the address, `127.0.0.1` and the port.
    pub fn address(&self) -> SocketAddr {
        self.app.address
    }

    /// Returns the address of the door for helpers and the fingerprint of its certificate, where there is one.
    pub fn helpers(&self) -> Option<(SocketAddr, &str)> {
        self.app.helpers.as_ref().map(|helpers| (helpers.address, helpers.fingerprint.as_str()))
    }

    /// Makes a further link with a one-time token.
    pub fn link(&self) -> String {
        self.app.link()
    }

    /// Waits for ever: the app ends with the program.
    pub fn wait(self) {
        loop {
            std::thread::park();
        }
    }
}

/// Opens the door for helpers on one address of this computer.
fn helpers_door(
    runtime: &tokio::runtime::Runtime,
    address: SocketAddr,
) -> Result<(tokio::net::TcpListener, helpers::Helpers), ServeError> {
    let wrong = |what: String| ServeError::Helpers { address, what };
    if address.ip().is_unspecified() {
        // One network was meant, not every network this computer is in.
        return Err(wrong("it stands for every network at once".to_owned()));
    }
    let listener =
        runtime.block_on(tokio::net::TcpListener::bind(address)).map_err(|error| wrong(error.to_string()))?;
    let made = helpers::Helpers::new(&listener).map_err(wrong)?;
    Ok((listener, made))
}

impl Drop for Server {
    fn drop(&mut self) {
        self.app.sessions.close_all();
        self.app.write_waiting();
        if let Some(runtime) = self.runtime.take() {
            // What was acknowledged is in the ledger already; a job that runs on loses nothing when it is cut off.
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }
}
