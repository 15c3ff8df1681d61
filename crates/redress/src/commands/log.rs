//! `redress log`.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use actions::log::{self, Entry, Said};
use actions::{ActionError, Context};

use crate::cli;
use crate::commands::open;
use crate::exit::Done;
use crate::screen::Screen;

/// The most bytes of a list of incidents.
const MOST: u64 = 64 << 20;

pub fn run(args: &cli::Log, screen: &Screen) -> Result<Done, ActionError> {
    let entries = match &args.json_in {
        Some(path) => read(path)?,
        None => vec![typed(args)?],
    };
    let mut case = open(&args.case)?;
    let context: Context<'_> = screen.context(None);
    let outcomes = log::log(&mut case, &entries, &context)?;
    let tell = |text: &mut String, outcome: &log::Outcome| {
        let _ = writeln!(text, "Written down as {}.", outcome.key);
        if let Some(recording) = &outcome.recording {
            let _ = writeln!(text, "The recording is kept. Its SHA-256:\n  {recording}");
        }
    };
    let told = |outcomes: &[log::Outcome]| {
        let mut text = String::new();
        outcomes.iter().for_each(|outcome| tell(&mut text, outcome));
        if let Some(consent) = outcomes.iter().find_map(|outcome| outcome.consent.as_ref()) {
            let language = law::Lang::of(&case.settings().language);
            let _ = writeln!(text, "\n{}", consent.words.in_lang(language));
        }
        let _ = writeln!(text, "Next: redress scan {}", args.case.display());
        text
    };
    match (&args.json_in, &outcomes[..]) {
        (None, [one]) => screen.outcome(one, |one| told(std::slice::from_ref(one)))?,
        _ => screen.outcome(&outcomes, |outcomes| told(outcomes))?,
    }
    Ok(Done::Well)
}

fn typed(args: &cli::Log) -> Result<Entry, ActionError> {
    let (Some(kind), Some(when)) = (&args.what, &args.when) else {
        return Err(ActionError::Request(
            "Say what happened and when: redress log CASE call --when \"2025-11-04 21:10\" --words \"…\". Or give a list with --json-in FILE."
                .to_owned(),
        ));
    };
    let (who, words, said) = spoken(&args.who, &args.words)?;
    Ok(Entry {
        kind: kind.clone(),
        when: when.clone(),
        about: args.about,
        words,
        said,
        who,
        from: args.from.clone(),
        place: args.place.clone(),
        seconds: args.seconds,
        witnesses: args.witness.clone(),
        original_with: args.original_with.clone(),
        reported_to: args.reported_to.clone(),
        recording: args.recording.clone(),
    })
}

/// Returns who spoke and what was said: of one person or of nobody known, or of several, each with their words.
fn spoken(who: &[String], words: &[String]) -> Result<(Option<String>, String, Vec<Said>), ActionError> {
    let all = (!who.is_empty()).then(|| who.join("; "));
    if who.len() <= 1 || words.len() <= 1 {
        return Ok((all, words.join("\n"), Vec::new()));
    }
    if who.len() != words.len() {
        return Err(ActionError::Request(format!(
            "{} people and {} were given. Where several people spoke, give a --who and a --words for each, in the same order.",
            who.len(),
            values::counted(words.len(), "statement", "statements")
        )));
    }
    let said = who.iter().zip(words).map(|(who, words)| Said { who: who.clone(), words: words.clone() });
    Ok((None, String::new(), said.collect()))
}

/// Reads one incident, a list of them, or one a line. A recording is looked for beside the file that names it.
fn read(path: &Path) -> Result<Vec<Entry>, ActionError> {
    let failed = |error: std::io::Error| {
        ActionError::Request(format!("“{}” cannot be read: {error}. Check the name.", path.display()))
    };
    let mut text = String::new();
    let from_stdin = path == Path::new("-");
    let source: Box<dyn std::io::Read> = if from_stdin {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(path).map_err(failed)?)
    };
    source.take(MOST + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > MOST {
        return Err(ActionError::Request("The list is larger than 64 MiB. Split it.".to_owned()));
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let wrong = |error: serde_json::Error| {
        ActionError::Request(format!(
            "The list of incidents is not the JSON that is asked for: {error}. See `redress log --help` for its form."
        ))
    };
    let mut entries: Vec<Entry> = if text.starts_with('[') {
        serde_json::from_str(text).map_err(wrong)?
    } else {
        serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().map_err(wrong)?
    };
    let beside = if from_stdin { None } else { path.parent() };
    for entry in &mut entries {
        if let (Some(recording), Some(folder)) = (&mut entry.recording, beside)
            && recording.is_relative()
        {
            *recording = folder.join(&*recording);
        }
    }
    Ok(entries)
}
