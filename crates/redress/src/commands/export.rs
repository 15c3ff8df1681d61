//! `redress export`.

use std::fmt::Write as _;
use std::path::Path;

use actions::ActionError;
use actions::export::{self, LeftOut, Outcome, Preview, Wanted};
use report::Language;

use crate::cli;
use crate::commands::{language, open, paper};
use crate::exit::Done;
use crate::screen::{Screen, count};

pub fn run(args: &cli::Export, screen: &Screen) -> Result<Done, ActionError> {
    let asked = |what: String| ActionError::Request(format!("{what}."));
    let recipient = args.recipient.parse().map_err(asked)?;
    let paper = paper(&args.paper)?;
    let desk = args.desk.parse().map_err(asked)?;
    let platform = args.platform.as_ref().map(|name| {
        name.to_lowercase().parse().map_err(|_| {
            ActionError::Request(format!(
                "“{name}” is no platform redress knows. Write it as the exhibits do: x, facebook, telegram …"
            ))
        })
    });
    let platform = platform.transpose()?;
    let mut case = open(&args.case)?;
    let language = language(args.language.as_deref(), &case)?;
    let wanted = Wanted {
        desk,
        platform,
        bates_prefix: args.bates.clone(),
        ..Wanted::plain(recipient, Language::of_code(&language), paper)
    };
    let context = screen.context(None);
    match (&args.out, args.preview) {
        (Some(out), false) => {
            let outcome = export::export(&mut case, &export::Request { wanted, out }, &context)?;
            screen.outcome(&outcome, tell)?;
        }
        _ => screen.outcome(&export::preview(&case, &wanted, &context)?, tell_preview)?,
    }
    Ok(Done::Well)
}

pub fn tell(outcome: &Outcome) -> String {
    let mut text = format!(
        "Wrote the package for {} into {}\n  {}, {} covered, {}\n",
        outcome.recipient,
        outcome.package.display(),
        count(outcome.exhibits.len() as u64, "exhibit", "exhibits"),
        count(outcome.redactions, "text", "texts"),
        count(outcome.files, "file", "files"),
    );
    // Writing to a String cannot fail.
    if let Some(bates) = &outcome.bates {
        let _ = writeln!(text, "  pages {}-{:06} to {:06}", bates.prefix, bates.first, bates.last);
    }
    tell_left_out(&mut text, &outcome.left_out);
    for check in &outcome.leak_checks {
        let _ = match &check.verdict {
            case::verify::Verdict::Passed => writeln!(text, "  leak check passed: {}", check.what),
            case::verify::Verdict::Failed(why) => {
                writeln!(text, "  leak check FAILED: {}: {why}", check.what)
            }
            case::verify::Verdict::NotChecked(why) => {
                writeln!(text, "  leak check NOT MADE: {}: {why}", check.what)
            }
        };
    }
    let first = if Path::new(&outcome.package).join("data/index.html").exists() {
        "data/index.html or data/report.pdf"
    } else {
        "data/report.pdf"
    };
    let _ = writeln!(
        text,
        "  manifest: {}\nRead {first} first. Anybody can check the package: see VERIFY.txt in it, or\n  redress verify {}",
        outcome.manifest,
        outcome.package.display()
    );
    text
}

fn tell_left_out(text: &mut String, left_out: &[LeftOut]) {
    for left in left_out {
        let _ = writeln!(text, "  left out: {}: {}", left.what, left.why);
    }
}

fn tell_preview(preview: &Preview) -> String {
    if let Some(why) = &preview.refused {
        return format!("It would be refused. {why}\n");
    }
    let bytes: u64 = preview.files.iter().map(|(_, size)| size).sum();
    let mut text = format!(
        "The package for {} would hold {} and {} ({} bytes). Nothing was written.\n",
        preview.recipient,
        count(preview.exhibits.len() as u64, "exhibit", "exhibits"),
        count(preview.files.len() as u64, "file", "files"),
        bytes
    );
    for covered in &preview.covered {
        let _ = writeln!(text, "  covered: {} × {}", covered.count, covered.label);
    }
    for picture in &preview.pictures {
        let looked = match &picture.looked_by {
            Some(by) => format!("looked at by {by}"),
            None => "nobody has looked at it".to_owned(),
        };
        let boxes = count(picture.boxes.len() as u64, "box", "boxes");
        let _ = writeln!(text, "  picture {}: {boxes}, {looked}", picture.picture.short());
    }
    tell_left_out(&mut text, &preview.left_out);
    if let Some(bates) = &preview.bates {
        let _ = writeln!(text, "  pages {}-{:06} to {:06}", bates.prefix, bates.first, bates.last);
    }
    text
}
