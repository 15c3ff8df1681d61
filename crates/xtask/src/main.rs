//! Chores of the project: `cargo xtask bench`, `cargo xtask evaluate` and so on.
//!
//! One file per chore; a chore takes its arguments and prints what it measured. Figures that the docs quote are always
//! printed by one of these.

mod bench;
mod evaluate;
mod evidence;
mod law;
mod ocr;
mod posts;
mod rank;
mod train;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// A chore: word on the command line, what it does, its function.
type Chore = (&'static str, &'static str, fn(&[String]) -> Result<()>);

const CHORES: &[Chore] = &[
    ("bench", "measure speed and memory, beside peers where they can be run", bench::run),
    ("evaluate", "measure the detectors on labelled posts, and write docs/evaluation.md", evaluate::run),
    ("evaluate-ocr", "measure how well text in pictures is read, beside plain tesseract", ocr::run),
    ("evidence", "judge the samples of evidence: expected and found, file by file", evidence::run),
    ("law", "check the rows of law, write docs/law-review.md, make a signed pack", law::run),
    ("train", "make the weights of the learned part", train::run),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match chosen(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chosen(arguments: &[String]) -> Result<()> {
    let word = arguments.first().map_or("", String::as_str);
    for (name, _, run) in CHORES {
        if *name == word {
            return run(&arguments[1..]);
        }
    }
    let list: Vec<String> = CHORES.iter().map(|(name, what, _)| format!("  {name:<12} {what}")).collect();
    bail!("no chore “{word}”; there are\n{}", list.join("\n"))
}
