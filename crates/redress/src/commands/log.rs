//! `redress log`.

use actions::{ActionError, log};
use record::{Incident, IncidentKind};
use values::Doubt;

use crate::cli;
use crate::commands::{moment, open};
use crate::exit::Done;
use crate::screen::Screen;

pub fn run(args: &cli::Log, screen: &Screen) -> Result<Done, ActionError> {
    let kind = IncidentKind::ALL.into_iter().find(|kind| kind.word() == args.what).ok_or_else(|| {
        let known = IncidentKind::ALL.map(IncidentKind::word).join(", ");
        ActionError::Request(format!("“{}” is not one of {known}.", args.what))
    })?;
    let when = moment(&args.when)?;
    let incident = Incident {
        kind,
        when: if args.about { when.with_doubt(Doubt::About) } else { when },
        who: args.who.clone(),
        from: args.from.clone(),
        place: args.place.clone(),
        words: args.words.clone(),
        seconds: args.seconds,
        witnesses: args.witness.clone(),
        original_with: args.original_with.clone(),
        reported_to: args.reported_to.clone(),
        recording: None,
    };
    let mut case = open(&args.case)?;
    let outcome = log::log(&mut case, &incident, &screen.context(None))?;
    screen.outcome(&outcome, |outcome| {
        format!("Written down as {}.\nNext: redress scan {}\n", outcome.key, args.case.display())
    })?;
    Ok(Done::Well)
}
