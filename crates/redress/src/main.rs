//! The command line of redress: words in, one action called, its outcome told.
//!
//! - `cli`: what can be typed, with the help that teaches it.
//! - `commands`: one file per command; each calls one action and tells what it came to.
//! - `exit`: the one place that prints errors and chooses exit codes.
//! - `screen`: what is printed, as text or JSON, and progress.
//! - `outside`: the clock; the one file that may ever use the internet.

mod cli;
mod commands;
mod exit;
mod outside;
mod screen;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    // A damaged Parquet file can make its decoder panic; that is caught and told as a sentence, so nothing is told here.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(network::together::PARQUET_THREAD) {
            usual(panic);
        }
    }));
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&error),
    };
    let screen = screen::Screen::new(cli.json);
    match commands::run(&cli, &screen) {
        Ok(done) => exit::done(done),
        Err(error) => exit::failed(&error, cli.json),
    }
}
