//! Truth Social: collected with Zeeschuimer, or one status a line as truthbrush writes it.
//!
//! Zeeschuimer has taken the HTML out of `content`, and the addresses of links with it.

use record::{Fidelity, Item};
use serde_json::Value;
use values::{At, Place, Platform, Severity, Trouble};

use super::{mastodon_status, zeeschuimer};
use crate::Refused;
use crate::format::{Format, Head, Input, Out};
use crate::json::Dig;
use crate::lines::{self, Line};

pub(super) const FORMAT: Format = Format {
    name: "truthsocial",
    version: 1,
    description: "Truth Social, collected with Zeeschuimer or truthbrush (.ndjson, .jsonl)",
    fidelity: Fidelity::Collected,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let bare = head.first_line().starts_with('{')
        && head.has(&["\"uri\":\"https://truthsocial.com/", "\"reblogs_count\":"])
        && !head.has(&["\"source_platform\":"]);
    bare || zeeschuimer::is_from(head, &["truthsocial.com"])
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    lines::each(input, out, one_line)
}

fn one_line(line: &Line<'_>, items: &mut Vec<Item>) {
    let text = line.text(items);
    let number = line.number;
    let bare = !text.contains("\"timestamp_collected\"");
    if bare {
        match serde_json::from_str::<Value>(&text) {
            Ok(value) => {
                let place = Place::new(At::LinePointer(number, String::new()));
                mastodon_status::push(
                    &value,
                    place,
                    Platform::TruthSocial,
                    None,
                    &[],
                    FORMAT.fidelity,
                    2,
                    items,
                );
            }
            Err(error) => line.broken(&error, items),
        }
        return;
    }
    let Some(envelope) = zeeschuimer::parse::<Value>(line, &text, items) else { return };
    let Some(data) = envelope.data.get().filter(|data| data.id("id").is_some()) else {
        zeeschuimer::strange(line, "no record of a post of Truth Social", items);
        return;
    };
    items.push(Item::Trouble(
        Trouble::new(
            "truthsocial.links_lost",
            Severity::Note,
            "The extension kept the words and dropped the addresses of links in them.",
            "Where a link matters, open the post by its address and capture it again.",
        )
        .at(line.place()),
    ));
    let place = Place::new(At::LinePointer(number, "/data".to_owned()));
    mastodon_status::push(
        data,
        place,
        Platform::TruthSocial,
        envelope.collected(),
        &[],
        FORMAT.fidelity,
        2,
        items,
    );
}
