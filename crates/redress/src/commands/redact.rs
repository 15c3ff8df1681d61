//! `redress redact`.

use std::fmt::Write as _;

use actions::ActionError;
use actions::redact::{self, Change, Outcome};
use report::{Category, Cover, Recipient};

use crate::cli::{self, RedactWhat};
use crate::commands::open;
use crate::exit::Done;
use crate::screen::{Screen, count};

pub fn run(args: &cli::Redact, screen: &Screen) -> Result<Done, ActionError> {
    let mut case = open(&args.case)?;
    let context = screen.context(args.by.as_deref());
    let asked = |what: String| ActionError::Request(format!("{what}."));
    let category: Category = args.category.parse().map_err(asked)?;
    let recipient: Recipient = args.recipient.parse().map_err(asked)?;
    let subject = || {
        args.subject.clone().ok_or_else(|| {
            ActionError::Request(
                "Say which: the beginning of a picture's digest, an exhibit such as EX-0003, or a text. See `redress redact --help`."
                    .to_owned(),
            )
        })
    };
    let change = match args.what {
        RedactWhat::List => {
            screen.outcome(&redact::list(&case)?, tell)?;
            return Ok(Done::Well);
        }
        RedactWhat::Search => {
            let outcome = redact::search(&mut case, &context)?;
            let troubled = !outcome.troubles.is_empty();
            screen.outcome(&outcome, tell)?;
            return Ok(if troubled { Done::WithTroubles } else { Done::Well });
        }
        RedactWhat::Show => {
            let out = args.out.as_ref().ok_or_else(|| {
                ActionError::Request("Say where to write the picture: --out look.png.".to_owned())
            })?;
            let bytes = redact::show(&case, &subject()?, recipient)?;
            std::fs::write(out, bytes).map_err(ActionError::file("written", out))?;
            screen.outcome(&redact::list(&case)?, |_| {
                format!("Wrote the picture, as it would leave for {recipient}, into {}\n", out.display())
            })?;
            return Ok(Done::Well);
        }
        RedactWhat::Cover => {
            let [left, top, width, height] = numbers(args.area.as_deref())?;
            Change::Cover { picture: subject()?, cover: Cover { left, top, width, height, category } }
        }
        RedactWhat::Uncover => {
            let [left, top] = numbers(args.area.as_deref())?;
            Change::Uncover { picture: subject()?, left, top }
        }
        RedactWhat::Looked => Change::Looked { picture: subject()? },
        RedactWhat::Text => Change::Text { category, text: subject()? },
        RedactWhat::Reveal => Change::Show { recipient, category, shown: true },
        RedactWhat::Withhold => Change::Show { recipient, category, shown: false },
        RedactWhat::Privilege | RedactWhat::Unprivilege => {
            let subject = subject()?;
            let number = subject.trim_start_matches("EX-").trim_start_matches("ex-").parse();
            let exhibit = number.map_err(|_| {
                ActionError::Request(format!("“{subject}” is no exhibit. Write it as EX-0003."))
            })?;
            let why = match (args.what, &args.why) {
                (RedactWhat::Unprivilege, _) => None,
                (_, Some(why)) if !why.trim().is_empty() => Some(why.clone()),
                _ => {
                    return Err(ActionError::Request(
                        "A mark of privilege needs its reason for the log: --why \"letter to counsel\"."
                            .to_owned(),
                    ));
                }
            };
            Change::Privilege { exhibit, why }
        }
    };
    screen.outcome(&redact::change(&mut case, &[change], &context)?, tell)?;
    Ok(Done::Well)
}

/// Reads numbers parted by commas.
fn numbers<const N: usize>(given: Option<&str>) -> Result<[u32; N], ActionError> {
    let parts: Vec<u32> =
        given.unwrap_or_default().split(',').map_while(|part| part.trim().parse().ok()).collect();
    parts.try_into().map_err(|_| {
        ActionError::Request(format!(
            "“{}” is no box. Write {N} numbers of pixels parted by commas, such as --box 40,300,210,36.",
            given.unwrap_or_default()
        ))
    })
}

fn tell(outcome: &Outcome) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    if outcome.added > 0 {
        let _ = writeln!(text, "Covered {} more.", count(outcome.added, "box", "boxes"));
    }
    if outcome.pictures.is_empty() {
        text.push_str("The exhibits have no pictures.\n");
    }
    for picture in &outcome.pictures {
        let names: Vec<String> = picture.exhibits.iter().map(|number| format!("EX-{number:04}")).collect();
        let looked = match &picture.looked_by {
            Some(by) => format!("looked at by {by}"),
            None => "NOBODY HAS LOOKED: stays out of packages for others".to_owned(),
        };
        let searched = if picture.searched { "text searched" } else { "text not searched yet" };
        let _ = writeln!(
            text,
            "{}  {}  {} by {} pixels, {}, {searched}, {looked}",
            picture.picture.short(),
            names.join(", "),
            picture.width,
            picture.height,
            count(picture.boxes.len() as u64, "box", "boxes"),
        );
        for one in &picture.boxes {
            let c = one.cover;
            let from = format!("{:?}", one.from).to_lowercase();
            let _ = writeln!(
                text,
                "    {},{},{},{}  {} (from {from})",
                c.left,
                c.top,
                c.width,
                c.height,
                c.category.word()
            );
        }
    }
    let _ = writeln!(text, "{} beside private.toml covered.", count(outcome.texts, "text", "texts"));
    for (recipient, category) in &outcome.revealed {
        let _ = writeln!(text, "shown to {recipient}: {}", category.word());
    }
    for (recipient, category) in &outcome.withheld {
        let _ = writeln!(text, "withheld from {recipient}: {}", category.word());
    }
    for (number, why) in &outcome.privileged {
        let _ = writeln!(text, "privileged: EX-{number:04} ({why})");
    }
    for trouble in &outcome.troubles {
        let _ = writeln!(text, "{trouble}");
    }
    text
}
