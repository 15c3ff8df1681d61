//! `redress report`.

use std::fmt::Write as _;

use actions::ActionError;
use actions::reports::{self, Add, Log, Row};
use law::Lang;
use law::silence::Outcome;

use crate::cli::{self, ReportWhat};
use crate::commands::{exhibits, language, moment, open};
use crate::exit::Done;
use crate::screen::{Screen, harmless};

pub fn run(args: &cli::Report, screen: &Screen) -> Result<Done, ActionError> {
    let context = screen.context(args.by.as_deref());
    let mut case = open(&args.case)?;
    let language = language(args.language.as_deref(), &case)?;
    let spanish = language == "es";
    let when = || match args.when.as_deref() {
        Some(when) => moment(when),
        None => Err(ActionError::Request("When was it? Add --when, like --when 2026-11-04.".to_owned())),
    };
    match args.what {
        ReportWhat::List => {
            let log = reports::list(&case, &language, &context)?;
            screen.outcome(&log, |log| tell(log, spanish))?;
        }
        ReportWhat::Add => {
            let to = args.to.as_deref().ok_or_else(|| {
                ActionError::Request(
                    "To whom was it reported? Add --to: a platform, like x, or the word in brackets from `redress plan`."
                        .to_owned(),
                )
            })?;
            let numbers = exhibits(&args.exhibit)?;
            let add = Add {
                to,
                when: when()?,
                exhibits: &numbers,
                rule: args.rule.as_deref(),
                ticket: args.ticket.as_deref(),
                words: &args.words,
            };
            let row = reports::add(&mut case, &add, &language, &context)?;
            screen.outcome(&row, |row| line(row, spanish))?;
        }
        ReportWhat::Answer => {
            let id = args.id.as_deref().ok_or_else(|| {
                ActionError::Request(
                    "Which report was answered? Write its id, as `redress report CASE list` shows it."
                        .to_owned(),
                )
            })?;
            let word = args.outcome.as_deref().unwrap_or_default();
            let outcome =
                Outcome::ALL.into_iter().find(|outcome| outcome.word() == word).ok_or_else(|| {
                    let known = Outcome::ALL.map(Outcome::word).join(", ");
                    ActionError::Request(format!("What came back? Add --outcome with one of {known}."))
                })?;
            let at = match (&args.when, outcome) {
                (None, Outcome::Mistaken) => context.now(),
                _ => when()?,
            };
            let row = reports::answer(&mut case, id, at, outcome, &args.words, &language, &context)?;
            screen.outcome(&row, |row| line(row, spanish))?;
        }
    }
    Ok(Done::Well)
}

fn tell(log: &Log, spanish: bool) -> String {
    if log.rows.is_empty() {
        return match spanish {
            true => "Todavía no se ha anotado ninguna denuncia. Anote una con: redress report CASO add --to x --when 2026-11-04\n",
            false => "No report was written down yet. Write one down with: redress report CASE add --to x --when 2026-11-04\n",
        }
        .to_owned();
    }
    let mut text: String = log.rows.iter().map(|row| line(row, spanish)).collect();
    // Writing to a String cannot fail.
    let _ = match spanish {
        true => writeln!(
            text,
            "{} de {} sin respuesta sobre el fondo, al {}.",
            log.silent,
            log.rows.len(),
            log.today
        ),
        false => writeln!(
            text,
            "{} of {} without an answer on the substance, as of {}.",
            log.silent,
            log.rows.len(),
            log.today
        ),
    };
    text
}

fn line(row: &Row, spanish: bool) -> String {
    let [under, ticket] = if spanish { ["según", "número"] } else { ["under", "number"] };
    let mut text = format!("{}  {}", row.id, harmless(&row.to_name));
    // Writing to a String cannot fail.
    if !row.exhibits.is_empty() {
        let _ = write!(text, "  {}", row.exhibits.join(" "));
    }
    if let Some(rule) = &row.rule_name {
        let _ = write!(text, "  {under} {rule}");
    }
    if let Some(number) = &row.ticket {
        let _ = write!(text, "  {ticket} {}", harmless(number));
    }
    let _ = writeln!(text, "\n          {}", row.standing);
    for (at, outcome, words) in &row.answers {
        let words = if words.is_empty() { String::new() } else { format!(" “{}”", harmless(words)) };
        let known = Outcome::ALL.into_iter().find(|known| known.word() == *outcome);
        let lang = if spanish { Lang::Es } else { Lang::En };
        let outcome = known.map_or((*outcome).to_owned(), |known| known.shown().in_lang(lang).to_owned());
        let _ = writeln!(text, "          {at}: {outcome}{words}");
    }
    text
}
