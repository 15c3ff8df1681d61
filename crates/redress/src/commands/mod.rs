//! One file per command: it reads what was typed, calls one action, and tells what it came to.

mod demo;
mod elements;
mod engine;
mod erase;
mod export;
mod filters;
mod import;
mod law;
mod lint;
mod lock;
mod log;
mod manual;
mod new;
mod pictures;
mod plan;
mod rebuild;
mod redact;
mod rekey;
mod report;
mod review;
mod scan;
mod serve;
mod stamp;
mod together;
mod trace;
mod verify;

use std::io::Read as _;
use std::path::Path;

use ::report::Paper;
use actions::ActionError;
use case::Case;
use values::{Moment, SaidBy};

use crate::cli::{Cli, Command};
use crate::exit::Done;
use crate::screen::Screen;

/// Runs the command that was typed.
pub fn run(cli: &Cli, screen: &Screen) -> Result<Done, ActionError> {
    let Some(command) = &cli.command else { return alone(screen) };
    match command {
        Command::Demo { dir } => demo::run(dir, screen),
        Command::New(args) => new::run(args, screen),
        Command::Import(args) => import::run(args, screen),
        Command::Lint(args) => lint::run(args, screen),
        Command::Log(args) => log::run(args, screen),
        Command::Scan { case } => scan::run(case, screen),
        Command::Trace { case, correction, served, out } => {
            trace::run(case, correction, served, out.as_deref(), screen)
        }
        Command::Pictures(args) => pictures::run(args, screen),
        Command::Review(args) => review::run(args, screen),
        Command::Serve(args) => serve::run(args, screen),
        Command::Plan(args) => plan::run(args, screen),
        Command::Redact(args) => redact::run(args, screen),
        Command::Elements(args) => elements::run(args, screen),
        Command::Report(args) => report::run(args, screen),
        Command::Law { what } => law::run(what, screen),
        Command::Export(args) => export::run(args, screen),
        Command::Verify { path, trust } => verify::run(path, trust, screen),
        Command::Stamp(args) => stamp::run(args, screen),
        Command::Lock(args) => lock::lock(args, screen),
        Command::Unlock(args) => lock::unlock(args, screen),
        Command::Erase(args) => erase::run(args, screen),
        Command::Rekey { case } => rekey::run(case, screen),
        Command::Rebuild { case } => rebuild::run(case, screen),
        Command::Detect { claims } => filters::detect(claims.as_deref(), screen),
        Command::Match { claims, top } => filters::match_claims(claims, usize::from(*top)),
        Command::Together(args) => together::run(args, screen),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { dir } => manual::man(dir, screen),
    }
}

/// What `redress` alone does: at a terminal it opens the app; for a script it is wrong use.
fn alone(screen: &Screen) -> Result<Done, ActionError> {
    use std::io::IsTerminal as _;
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        return serve::alone(screen);
    }
    Err(ActionError::Request(
        "No command was given. See `redress --help`; at a terminal, `redress` alone opens the local app."
            .to_owned(),
    ))
}

/// Opens a case for a command.
fn open(path: &Path) -> Result<Case, ActionError> {
    Ok(Case::open_at(path, env!("CARGO_PKG_VERSION"), crate::outside::now())?)
}

/// Returns the language that was asked for, or the case's.
fn language(asked: Option<&str>, case: &Case) -> Result<String, ActionError> {
    let language = asked.unwrap_or(&case.settings().language).to_owned();
    if ["en", "es"].contains(&language.as_str()) {
        return Ok(language);
    }
    Err(ActionError::Request(format!("“{language}” is no language redress writes. Use en or es.")))
}

/// Returns the paper that was asked for.
fn paper(asked: &str) -> Result<Paper, ActionError> {
    match asked {
        "letter" => Ok(Paper::Letter),
        "a4" => Ok(Paper::A4),
        other => Err(ActionError::Request(format!("“{other}” is no paper redress knows. Use letter or a4."))),
    }
}

/// Reads a time as a person typed it: with its zone, or by the clock where they are.
fn moment(typed: &str) -> Result<Moment, ActionError> {
    Moment::parse(typed, SaidBy::Person)
        .or_else(|_| Moment::parse_local(typed, SaidBy::Person))
        .map_err(|error| ActionError::Request(format!("{error}.")))
}

/// Reads exhibits' names: `EX-0001`, `ex-1`, `1`.
fn exhibits(typed: &[String]) -> Result<Vec<u32>, ActionError> {
    typed
        .iter()
        .map(|name| {
            let digits = name.trim().trim_start_matches(['E', 'e', 'X', 'x', '-']);
            digits.parse().map_err(|_| {
                ActionError::Request(format!("“{name}” is no exhibit's name. Write it like EX-0001."))
            })
        })
        .collect()
}

/// Reads one JSON object a person wrote, from a file or, for `-`, from standard input.
fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, ActionError> {
    // Such a file is a few fields long; more is a mistake.
    const MOST: u64 = 4 << 20;
    let wrong = |error: std::io::Error| {
        ActionError::Request(format!("“{}” cannot be read: {error}. Check the name.", path.display()))
    };
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(MOST).read_to_string(&mut text).map_err(wrong)?;
    } else {
        std::fs::File::open(path).map_err(wrong)?.take(MOST).read_to_string(&mut text).map_err(wrong)?;
    }
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        ActionError::Request(format!(
            "“{}” is not the JSON that is asked for: {error}. See --help for the fields.",
            path.display()
        ))
    })
}
