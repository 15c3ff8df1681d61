//! Shell completions and manual pages, made from the same words as `--help`.

use std::path::Path;

use actions::ActionError;
use clap::CommandFactory as _;

use crate::cli::Cli;
use crate::exit::Done;
use crate::screen::Screen;

pub fn completions(shell: clap_complete::Shell) -> Result<Done, ActionError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "redress", &mut script);
    Screen::new(false).print(&String::from_utf8_lossy(&script))?;
    Ok(Done::Well)
}

pub fn man(dir: &Path, screen: &Screen) -> Result<Done, ActionError> {
    std::fs::create_dir_all(dir).map_err(ActionError::file("written", dir))?;
    clap_mangen::generate_to(Cli::command(), dir).map_err(ActionError::file("written", dir))?;
    screen.remark(&format!("Manual pages are in {}. Read one with: man {0}/redress.1", dir.display()));
    Ok(Done::Well)
}
