//! `redress pictures`.

use std::fmt::Write as _;
use std::path::Path;

use actions::ActionError;
use actions::pictures::{self, Boxed, Correction, Decided, List};

use crate::cli::{self, PicturesWhat};
use crate::commands::{open, read_json};
use crate::exit::Done;
use crate::screen::{Screen, count, harmless};

pub fn run(args: &cli::Pictures, screen: &Screen) -> Result<Done, ActionError> {
    let correction = correction(args)?;
    let context = screen.context(args.by.as_deref());
    let mut case = open(&args.case)?;
    if let PicturesWhat::List = args.what {
        let list = pictures::list(&mut case, args.all, args.show, &context)?;
        screen.outcome(&list, |list| tell(list, &args.case))?;
        return Ok(Done::Well);
    }
    if args.ids.is_empty() {
        return Err(ActionError::Request(
            "No picture was named. Copy the first digits of one from `redress pictures CASE`.".to_owned(),
        ));
    }
    if args.ids.len() > 1 && correction != Correction::default() {
        return Err(ActionError::Request(
            "Corrections are for one picture at a time. Name one picture, or leave the corrections out."
                .to_owned(),
        ));
    }
    // All names are looked up before anything is kept: a typing error changes nothing.
    let named = args.ids.iter().map(|id| pictures::named(&case, id)).collect::<Result<Vec<_>, _>>()?;
    let mut decided = Vec::new();
    for picture in &named {
        decided.push(match args.what {
            PicturesWhat::Refuse => pictures::refuse(&mut case, picture, args.why.as_deref(), &context)?,
            _ => pictures::accept(&mut case, picture, &correction, args.why.as_deref(), &context)?,
        });
    }
    screen.outcome(&decided, |decided| {
        let mut text = String::new();
        for one in decided {
            let Decided { picture, post, corrected, shows, same_as, perhaps } = one;
            let short = &picture.to_string()[..10];
            let _ = match (shows, corrected.is_empty()) {
                (false, _) => writeln!(text, "{short}: shows no post."),
                (true, true) => writeln!(text, "{short}: confirmed as it was read ({post})"),
                (true, false) => {
                    writeln!(text, "{short}: confirmed, with your {} ({post})", corrected.join(", "))
                }
            };
            if let Some(same) = same_as {
                let _ =
                    writeln!(text, "            one post with what was captured, seen twice: {}", same.why);
            }
            for other in perhaps {
                let _ = writeln!(text, "            perhaps the same as {other}; they stay two");
            }
        }
        let _ = writeln!(text, "\nNext: redress scan {}", args.case.display());
        text
    })?;
    Ok(Done::Well)
}

fn correction(args: &cli::Pictures) -> Result<Correction, ActionError> {
    let mut correction: Correction = match &args.corrections {
        Some(path) => read_json(path)?,
        None => Correction::default(),
    };
    let typed = [
        (&args.app, &mut correction.app),
        (&args.handle, &mut correction.handle),
        (&args.name, &mut correction.name),
        (&args.time, &mut correction.time),
        (&args.text, &mut correction.text),
        (&args.url, &mut correction.url),
    ];
    for (given, field) in typed {
        if given.is_some() {
            field.clone_from(given);
        }
    }
    Ok(correction)
}

fn tell(list: &List, case: &Path) -> String {
    let mut text = format!("{} read", count(list.read as u64, "picture", "pictures"));
    if list.waiting > 0 {
        let _ = write!(text, ", {} waiting for `redress scan`", list.waiting);
    }
    text.push_str(".\n");
    for shown in &list.pictures {
        // Where no post was recognised there are only the words.
        let state = shown.said.unwrap_or(if shown.fields.is_empty() { "words only" } else { "proposed" });
        let short = &shown.picture.to_string()[..10];
        let name = harmless(&shown.name);
        let words = count(shown.words as u64, "word", "words");
        let _ = writeln!(text, "\n  {short}  {state:<10}  {name}  ({words})");
        if !shown.with.is_empty() {
            let with: Vec<String> =
                shown.with.iter().map(|picture| picture.to_string()[..10].to_owned()).collect();
            let _ = writeln!(text, "              one page with {}", with.join(", "));
        }
        for other in &shown.perhaps {
            let _ = writeln!(
                text,
                "              perhaps the same as {other}, which was captured; confirm it to tie them"
            );
        }
        for twin in &shown.twins {
            let other = &twin.picture.to_string()[..10];
            let _ = writeln!(
                text,
                "              probably the same picture as {other}, saved again, cropped or shown in another"
            );
        }
        if shown.fields.is_empty()
            && let Some(words) = &shown.text
        {
            for line in words.lines() {
                let _ = writeln!(text, "              {}", harmless(line));
            }
        }
        for field in &shown.fields {
            let sure = (field.confidence * 100.0).round();
            let value = field.value.as_deref().map_or_else(|| "(hidden)".to_owned(), harmless);
            let boxes: Vec<String> = field.boxes.iter().take(1).map(pixels).collect();
            let more = field.boxes.len().saturating_sub(1);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let _ = writeln!(
                text,
                "              {:<9} {sure:>3} %  {value}  {}{more}",
                field.field,
                boxes.join("")
            );
        }
    }
    if list.pictures.iter().any(|shown| shown.said.is_none()) {
        let _ = writeln!(
            text,
            "\nNext: redress pictures {} --show, then confirm ID or refuse ID",
            case.display()
        );
    }
    text
}

/// Writes a box of pixels: left and upper edge, width and height.
pub(super) fn pixels(boxed: &Boxed) -> String {
    let area = boxed.area;
    format!("[{},{} {}×{}]", area.left, area.top, area.width, area.height)
}
