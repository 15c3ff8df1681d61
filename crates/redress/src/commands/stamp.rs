//! `redress stamp`.

use actions::stamp::{self, Outcome, Source};
use actions::{ActionError, verify};

use crate::cli;
use crate::commands::open;
use crate::exit::Done;
use crate::outside;
use crate::screen::{Screen, count, harmless};

pub fn run(args: &cli::Stamp, screen: &Screen) -> Result<Done, ActionError> {
    let trusted = verify::roots(&args.trust)?;
    let mut case = open(&args.case)?;
    if let Some(out) = &args.query {
        let written = stamp::query(&case, out)?;
        screen.outcome(&written, |written| {
            format!(
                "Wrote a request for a time stamp: {}\nSend it to an authority, then: redress stamp {} --tsr ANSWER\n",
                written.display(),
                args.case.display()
            )
        })?;
        return Ok(Done::Well);
    }
    let send = |address: &str, request: &[u8]| outside::ask_authority(address, request);
    let source = match (&args.tsa, &args.tsr, &args.ots) {
        (Some(address), ..) => Source::Authority { address, send: &send },
        (_, Some(path), _) => Source::Response(path),
        (_, _, Some(path)) => Source::OpenTimestamps(path),
        _ => {
            return Err(ActionError::Request(
                "Say whom to ask with --tsa URL, or give an answer with --tsr FILE or --ots FILE.".to_owned(),
            ));
        }
    };
    let outcome = stamp::stamp(&mut case, &source, &trusted, &screen.context(None))?;
    screen.outcome(&outcome, tell)?;
    Ok(Done::Well)
}

fn tell(outcome: &Outcome) -> String {
    let events = count(outcome.events, "event", "events");
    let who = match (&outcome.at, &outcome.authority) {
        (Some(at), Some(authority)) => format!(
            "Stamped: {} saw the ledger of {events} at {}.\n  chain to: {}\n",
            harmless(authority),
            at.to_rfc3339(),
            harmless(outcome.root.as_deref().unwrap_or("a trusted root"))
        ),
        _ => format!("Took in an OpenTimestamps proof over the ledger of {events}.\n"),
    };
    format!("{who}  kept as ledger/stamps/{}.{}\n{}\n", outcome.proof, outcome.kind.ending(), outcome.said)
}
