//! `redress serve`, and `redress` alone: the local app.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use actions::ActionError;
use web::{ServeError, Server, Setup};

use crate::cli;
use crate::exit::Done;
use crate::outside;
use crate::screen::Screen;

/// Opens the app on a case and stays until the program is ended.
pub fn run(args: &cli::Serve, screen: &Screen) -> Result<Done, ActionError> {
    start(args.case.as_deref(), args.port, args.open, args.idle, args.helpers, screen)
}

/// Opens the app without a case: it offers to make or open one.
pub fn alone(screen: &Screen) -> Result<Done, ActionError> {
    start(None, 0, false, 15, None, screen)
}

fn start(
    case: Option<&Path>,
    port: u16,
    open: bool,
    idle: u64,
    helpers: Option<SocketAddr>,
    screen: &Screen,
) -> Result<Done, ActionError> {
    let home = std::env::current_dir().map_err(ActionError::file("read", Path::new(".")))?;
    let by = std::env::var("REDRESS_BY").unwrap_or_default();
    let json = screen.is_json();
    let setup = Setup {
        case: case.map(Path::to_owned),
        home,
        port,
        now: outside::now,
        clock: outside::clock,
        rows: outside::rows,
        by,
        redress: env!("CARGO_PKG_VERSION"),
        idle: Duration::from_secs(idle.clamp(1, 240) * 60),
        work: None,
        helpers,
        tell: Box::new(move |link| tell(link, open, json)),
    };
    let server = Server::start(setup).map_err(|error| match error {
        ServeError::Case(error) => error,
        ServeError::Address { .. } | ServeError::Helpers { .. } => ActionError::Request(error.to_string()),
        other => ActionError::OurFault(other.to_string()),
    })?;
    if let Some((address, fingerprint)) = server.helpers() {
        screen.remark(&format!(
            "Helpers on this network open https://{address} and compare the certificate's SHA-256 fingerprint:\n  {fingerprint}\nWho they are, and what each may do, you say in the app: Settings, Helpers on this network."
        ));
    }
    screen.remark("Leave this window open. Press Ctrl-C in it to end redress; what was saved stays saved.");
    server.wait();
    Ok(Done::Well)
}

/// Says the link. It holds a token that opens the app once: it goes to whoever reads this window and nobody else.
fn tell(link: &str, open: bool, json: bool) {
    use std::io::Write as _;
    let mut stdout = std::io::stdout().lock();
    // Nothing can be told to a terminal that is gone.
    let _gone = if json {
        writeln!(stdout, "{}", serde_json::json!({ "link": link }))
    } else {
        writeln!(stdout, "\nOpen this link in your browser (it works once):\nAbra este enlace en su navegador (sirve una vez):\n\n  {link}\n")
    }
    .and_then(|()| stdout.flush());
    if open && std::io::stdout().is_terminal() {
        outside::open_browser(link);
    }
}
