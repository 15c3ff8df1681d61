//! `redress law`.

use std::fmt::Write as _;

use actions::ActionError;
use actions::library::{self, Listed, Request, Updated};

use crate::cli::LawWhat;
use crate::exit::Done;
use crate::outside;
use crate::screen::{Screen, count};

pub fn run(what: &LawWhat, screen: &Screen) -> Result<Done, ActionError> {
    let folder = outside::law_folder().ok_or_else(|| {
        ActionError::Request(
            "This system names no folder for programs' data. Name one in the variable REDRESS_LAW."
                .to_owned(),
        )
    })?;
    let context = screen.context(None);
    match what {
        LawWhat::List => {
            let listed = library::list(&folder, &context)?;
            screen.outcome(&listed, tell_list)?;
            Ok(if listed.troubles.is_empty() { Done::Well } else { Done::WithTroubles })
        }
        LawWhat::Update { pack, key } => {
            let request = Request { folder: &folder, pack, key: key.as_deref() };
            let updated = library::update(&request, &context)?;
            screen.outcome(&updated, tell_update)?;
            Ok(Done::Well)
        }
        LawWhat::Forget { origin } => {
            let gone = library::forget(&folder, origin)?;
            screen.outcome(&gone, |gone| {
                format!(
                    "{} of {origin} taken out of use, and its key is trusted no more. The rows that came with redress stand in their place.\n",
                    count(*gone, "pack", "packs")
                )
            })?;
            Ok(Done::Well)
        }
    }
}

fn tell_list(listed: &Listed) -> String {
    let mut text = format!(
        "The program's own rows were last read at their sources on {}. No lawyer has checked them.\n\n",
        listed.shipped
    );
    // Writing to a String cannot fail.
    let _ = writeln!(text, "  rows  unverified  stale");
    for (table, (rows, unverified, stale)) in &listed.tables {
        let _ = writeln!(text, "  {rows:>4}  {unverified:>10}  {stale:>5}  {table}");
    }
    let _ = writeln!(text, "\nPacks and keys lie in {}", listed.folder.display());
    if listed.packs.is_empty() {
        let _ =
            writeln!(text, "No pack is in use. One comes from a file or a stick: redress law update PACK");
    }
    for pack in &listed.packs {
        let rows: Vec<String> = pack.rows.iter().map(|(table, rows)| format!("{rows} {table}")).collect();
        let _ = writeln!(text, "Pack of {} by {}: {}", pack.made, pack.origin, rows.join(", "));
    }
    for (key, since) in &listed.keys {
        let _ = writeln!(text, "Trusted since {since}: {key}");
    }
    for trouble in &listed.troubles {
        let _ = writeln!(text, "{trouble}");
    }
    text
}

fn tell_update(updated: &Updated) -> String {
    let pack = &updated.pack;
    if updated.already {
        return format!(
            "The pack of {} by {} is in use already; nothing was changed.\n",
            pack.made, pack.origin
        );
    }
    let mut text = format!("Took the pack of {} by {}.\n", pack.made, pack.origin);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "Signed by {}", updated.key);
    if updated.newly_trusted {
        let _ =
            writeln!(text, "You trusted this key just now; later packs of {} need no --key.", pack.origin);
    }
    if let Some(before) = &updated.before {
        let _ = writeln!(text, "It takes the place of the pack of {before}.");
    }
    for (heading, ids) in [("New rows", &updated.added), ("Changed rows", &updated.replaced)] {
        if !ids.is_empty() {
            let _ = writeln!(text, "{heading}: {}", ids.join(", "));
        }
    }
    text
}
