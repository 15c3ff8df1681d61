//! `redress review`.

use std::fmt::Write as _;

use actions::ActionError;
use actions::review::{self, Filter, List};
use detect::reasons::Language;
use record::Choice;

use crate::cli::{self, ReviewWhat};
use crate::commands::open;
use crate::commands::pictures::pixels;
use crate::exit::Done;
use crate::screen::{Screen, harmless};

pub fn run(args: &cli::Review, screen: &Screen) -> Result<Done, ActionError> {
    let kind = args
        .kind
        .as_deref()
        .map(|kind| kind.parse().map_err(|what: String| ActionError::Request(format!("{what}."))))
        .transpose()?;
    let choice = match args.what {
        ReviewWhat::List => None,
        ReviewWhat::Confirm => Some(Choice::Confirm),
        ReviewWhat::Reject => Some(Choice::Reject),
        ReviewWhat::Note => Some(Choice::Note),
    };
    if choice.is_some() && args.ids.is_empty() && !args.all_open {
        return Err(ActionError::Request(
            "No finding was named. Name ids from `redress review CASE list`, or say --all-open for every open one."
                .to_owned(),
        ));
    }
    if choice == Some(Choice::Note) && args.why.is_none() {
        return Err(ActionError::Request("A note needs words. Add them with --why.".to_owned()));
    }
    let context = screen.context(args.by.as_deref());
    let mut case = open(&args.case)?;
    let filter = Filter { kind, open_only: !args.decided, all: args.all };
    let Some(choice) = choice else {
        let language = if case.settings().language == "es" { Language::Es } else { Language::En };
        let list = review::list(&mut case, &filter, &args.ids, args.show, language, &context)?;
        screen.outcome(&list, |list| tell(list, args))?;
        return Ok(Done::Well);
    };
    let why = args.why.as_deref();
    let outcome = if args.all_open {
        review::decide_filtered(&mut case, &filter, choice, why, &context)?
    } else {
        review::decide(&mut case, &args.ids, choice, why, &context)?
    };
    screen.outcome(&outcome, |outcome| {
        let word = match choice {
            Choice::Confirm => "Confirmed",
            Choice::Reject => "Rejected",
            Choice::Note => "Noted",
        };
        format!(
            "{word} {}. The case has {}.\n",
            outcome.decided,
            values::counted(outcome.exhibits, "exhibit", "exhibits")
        )
    })?;
    Ok(Done::Well)
}

fn tell(list: &List, args: &cli::Review) -> String {
    let mut text = String::new();
    if list.counts.is_empty() {
        return "There is nothing to review. Import and scan first, or all of it is decided.\n".to_owned();
    }
    // Writing to a String cannot fail.
    let _ = writeln!(text, "  found  decided");
    for (kind, (found, decided)) in &list.counts {
        let _ = writeln!(text, "  {found:>5}  {decided:>7}  {kind}");
    }
    text.push('\n');
    for line in &list.lines {
        let detail = line
            .what
            .map(|what| what.word().to_owned())
            .or_else(|| line.level.map(|level| level.word().to_owned()))
            .or_else(|| line.claim.clone())
            .unwrap_or_default();
        let decision = line.decision.map_or("", Choice::word);
        let _ = writeln!(
            text,
            "{}  {:<15} {:<18} {:.2}  {:<8} {}  {}",
            line.id,
            line.kind.word(),
            detail,
            line.score,
            decision,
            line.written,
            harmless(&line.account),
        );
        if let Some(first) = line.boxes.first() {
            let more = line.boxes.len() - 1;
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let _ = writeln!(
                text,
                "            read in picture {} at {}{more}; look at the picture before you decide",
                &first.picture.to_string()[..10],
                pixels(first),
            );
        }
        if !line.same_words.is_empty() {
            let _ = writeln!(text, "            the same words again: {}", line.same_words.join(" "));
        }
        if let Some(words) = &line.text {
            let _ = writeln!(text, "            “{}”", harmless(words));
        }
        if let Some(quote) = &line.quote {
            let _ = writeln!(text, "            found: “{}”", harmless(quote));
        }
        for sign in &line.around {
            let _ = writeln!(text, "            · {sign}");
        }
        for reason in &line.reasons {
            let _ = writeln!(text, "            · {}", harmless(reason));
        }
    }
    let case = args.case.display();
    if !args.show && !list.lines.is_empty() {
        let _ = writeln!(text, "\nWords are hidden. Show them with: redress review {case} list --show");
    }
    let _ = writeln!(text, "Decide with: redress review {case} confirm ID… --why \"…\"   (or reject, note)");
    text
}
