//! The envelope Zeeschuimer (a Firefox extension) puts around what it collects: one JSON object a line, the platform's
//! own record under `data`. Each platform is a format of its own; this file holds what they share.
//!
//! Field names: zeeschuimer `js/zs-background.js`.

use record::Item;
use serde::Deserialize;
use values::{Moment, Precision, SaidBy, Severity, Trouble};

use crate::format::Head;
use crate::lines::Line;
use crate::loose::{Num, Obj, Text};

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "T: Deserialize<'de> + Default, 'de: 'a"))]
pub(crate) struct Envelope<'a, T> {
    pub item_id: Text<'a>,
    pub timestamp_collected: Num,
    pub source_platform: Text<'a>,
    pub data: Obj<T>,
}

impl<T> Envelope<'_, T> {
    /// Returns when the extension took the record, by the clock of the computer it ran on.
    pub(crate) fn collected(&self) -> Option<Moment> {
        let millis = i64::try_from(self.timestamp_collected.0?).ok()?;
        Some(Moment::from_millis(millis, Precision::Millisecond, SaidBy::Collector))
    }
}

/// Tells whether the first line is an envelope of one of `platforms`.
pub(crate) fn is_from(head: &Head<'_>, platforms: &[&str]) -> bool {
    let start: String = head.first_line().chars().filter(|c| !c.is_whitespace()).take(4_000).collect();
    start.starts_with('{')
        && start.contains("\"timestamp_collected\":")
        && platforms.iter().any(|platform| start.contains(&format!("\"source_platform\":\"{platform}\"")))
}

/// Reads a line as an envelope; a line that is none is told.
pub(crate) fn parse<'t, T: Deserialize<'t> + Default>(
    line: &Line<'_>,
    text: &'t str,
    items: &mut Vec<Item>,
) -> Option<Envelope<'t, T>> {
    match serde_json::from_str::<Envelope<'t, T>>(text) {
        Ok(envelope) => Some(envelope),
        Err(error) => {
            line.broken(&error, items);
            None
        }
    }
}

/// Tells that a line holds no record of its platform.
pub(crate) fn strange(line: &Line<'_>, what: &str, items: &mut Vec<Item>) {
    items.push(Item::Trouble(
        Trouble::new(
            "zeeschuimer.strange_record",
            Severity::Invalid,
            format!("This line is {what} and was not read; the lines around it were."),
            "Look at the line in the original file; the platform may have changed the shape of its records.",
        )
        .at(line.place()),
    ));
    items.push(Item::Leftover { place: line.place(), what: what.to_owned() });
}
