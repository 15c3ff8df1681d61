//! What lies outside the program: the clock, the terminal's keyboard, the browser, the folder of this computer's user, and
//! the one use of the internet.
//!
//! No other file of redress opens a connection; `redress stamp --tsa` alone calls [`ask_authority`].

use std::io::{BufRead as _, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use actions::ActionError;
use actions::library::Rows;
use values::{Moment, Precision, SaidBy};

/// Returns the present moment by this computer's clock.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Milliseconds since 1970 fit an i64 for 292 million years.
    let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    Moment::from_millis(millis, Precision::Millisecond, SaidBy::Redress)
}

/// Returns the time since this was first asked, by a clock that nobody puts right.
pub fn clock() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// Returns the folder that holds packs of rows and the keys of their signers: `REDRESS_LAW` where it is set, else the
/// place for programs' data of this user. `None` where the system names no such place.
pub fn law_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = named("REDRESS_LAW") {
        return Some(folder);
    }
    let data = if cfg!(windows) {
        named("APPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME").or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    data.map(|data| data.join("redress").join("law"))
}

/// Returns the rows of law in use: read at the first call, then kept. What is wrong with a pack is told once, on standard
/// error.
pub fn rows() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| {
        let Some((folder, today)) = law_folder().zip(law::earliest_day(now())) else {
            return Rows::shipped().clone();
        };
        let rows = Rows::load(&folder, today);
        for trouble in &rows.troubles {
            eprintln!("redress: {trouble}");
        }
        rows
    })
}

/// Sends a request to a time-stamping authority (RFC 3161, section 3.4) and returns what it answers, at most 1 MiB.
///
/// Nothing but the request leaves: no cookie, no name of this computer, no redirection to another address.
pub fn ask_authority(address: &str, request: &[u8]) -> Result<Vec<u8>, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .max_redirects(0)
        .user_agent("redress")
        .build()
        .into();
    let mut answer = agent
        .post(address)
        .header("Content-Type", "application/timestamp-query")
        .header("Accept", "application/timestamp-reply")
        .send(request)
        .map_err(|error| error.to_string())?;
    if !answer.status().is_success() {
        return Err(format!("it answered with status {}", answer.status().as_u16()));
    }
    let mut bytes = Vec::new();
    let most = actions::stamp::LARGEST as u64;
    answer
        .body_mut()
        .as_reader()
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > most {
        Err("its answer is too large for a time stamp".to_owned())
    } else {
        Ok(bytes)
    }
}

/// Gets a passphrase: from a file, from `REDRESS_PASSPHRASE`, from the terminal without showing it, or else the first
/// line of standard input. Where it is `new`, a person at a terminal types it twice.
pub fn passphrase(file: Option<&Path>, new: bool) -> Result<String, ActionError> {
    if let Some(path) = file {
        let text = std::fs::read_to_string(path).map_err(ActionError::file("read", path))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if let Ok(text) = std::env::var("REDRESS_PASSPHRASE") {
        return Ok(text);
    }
    let unheard = |error: std::io::Error| {
        ActionError::Request(format!(
            "The passphrase could not be read: {error}. Type it at a terminal, or use --passphrase-file."
        ))
    };
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(unheard)?;
        return Ok(line);
    }
    let typed = rpassword::prompt_password("Passphrase: ").map_err(unheard)?;
    if new && rpassword::prompt_password("The same again: ").map_err(unheard)? != typed {
        return Err(ActionError::Request(
            "The two passphrases differ. Nothing was changed; try again.".to_owned(),
        ));
    }
    Ok(typed)
}

/// Asks this computer to show a link of the local app in its browser. Where it has none, the printed link does.
pub fn open_browser(link: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let _printed_too = std::process::Command::new(program)
        .arg(link)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}
