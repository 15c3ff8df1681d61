//! One file per command: it reads what was typed, calls one action, and tells what it came to.

mod demo;
mod export;
mod filters;
mod import;
mod lint;
mod log;
mod manual;
mod new;
mod plan;
mod rebuild;
mod review;
mod scan;
mod trace;
mod verify;

use std::path::Path;

use actions::ActionError;
use case::Case;

use crate::cli::{Cli, Command};
use crate::exit::Done;
use crate::screen::Screen;

/// Runs the command that was typed.
pub fn run(cli: &Cli, screen: &Screen) -> Result<Done, ActionError> {
    match &cli.command {
        Command::Demo { dir } => demo::run(dir, screen),
        Command::New(args) => new::run(args, screen),
        Command::Import(args) => import::run(args, screen),
        Command::Lint(args) => lint::run(args, screen),
        Command::Log(args) => log::run(args, screen),
        Command::Scan { case } => scan::run(case, screen),
        Command::Trace { case, correction } => trace::run(case, correction, screen),
        Command::Review(args) => review::run(args, screen),
        Command::Plan(args) => plan::run(args, screen),
        Command::Export(args) => export::run(args, screen),
        Command::Verify { path, trust } => verify::run(path, trust, screen),
        Command::Rebuild { case } => rebuild::run(case, screen),
        Command::Detect { claims } => filters::detect(claims.as_deref(), screen),
        Command::Match { claims, top } => filters::match_claims(claims, *top),
        Command::Together(args) => filters::together(args, screen),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { dir } => manual::man(dir, screen),
    }
}

/// Opens a case for a command.
fn open(path: &Path) -> Result<Case, ActionError> {
    Ok(Case::open(path, env!("CARGO_PKG_VERSION"))?)
}
