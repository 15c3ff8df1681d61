//! `redress new`.

use actions::{ActionError, new};

use crate::cli;
use crate::exit::Done;
use crate::screen::Screen;

pub fn run(args: &cli::New, screen: &Screen) -> Result<Done, ActionError> {
    let request = new::Request {
        root: &args.case,
        name: args.name.as_deref(),
        role: args.role.parse().map_err(|what: String| ActionError::Request(format!("{what}.")))?,
        state: &args.state,
        language: &args.language,
        private: None,
        keep_until: args.keep_until.as_deref(),
    };
    let (_, outcome) = new::new(&request, &screen.context(None))?;
    screen.outcome(&outcome, |made| {
        let case = made.case.display();
        format!(
            "Made the case “{}” in {case}.\n\n\
             Next:\n  \
             1. Write what must never leak into {} (every line may stay empty).\n  \
             2. redress import {case} FILES…\n",
            made.name,
            made.private.display(),
        )
    })?;
    Ok(Done::Well)
}
