//! X as Zeeschuimer collects it: what the web page received, one record a line, with known defects.
//!
//! `item_id` and `data.id` are numbers that have lost their last digits on replies: the id is `data.rest_id`. Words
//! beyond 280 characters stand in `note_tweet`. Lines from before 2023 have the “adaptive” shape. The record is the
//! extension's, not the server's bytes. Community timelines are not collected by it at all.

use record::{Fidelity, Item};
use values::{At, Place, Severity, Trouble};

use super::zeeschuimer;
use crate::Refused;
use crate::format::{Format, Head, Input, Out};
use crate::lines::{self, Line};
use crate::x::post::{Setting, push_tweet};
use crate::x::tweet::Tweet;

pub(super) const FORMAT: Format = Format {
    name: "x-zeeschuimer",
    version: 2,
    description: "X, collected in Firefox with Zeeschuimer (.ndjson)",
    fidelity: Fidelity::Collected,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    zeeschuimer::is_from(head, &["twitter.com", "x.com"])
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    out.trouble(Trouble::new(
        "x.collector_record",
        Severity::Note,
        "These records were written by a browser extension, which added fields to what X sent; the file's digest fixes the export, not X's own bytes.",
        "For the few posts that matter most, keep a signed web archive or a HAR of the page as well.",
    ));
    out.trouble(Trouble::new(
        "x.collector_gaps",
        Severity::Note,
        "The extension does not take timelines of communities, the media pages of accounts, notifications or messages: that a post is not in this file does not show that it was not there.",
        "For those, save the page itself or a HAR of it.",
    ));
    lines::each(input, out, one_line)
}

fn one_line(line: &Line<'_>, items: &mut Vec<Item>) {
    let text = line.text(items);
    let Some(envelope) = zeeschuimer::parse::<Tweet<'_>>(line, &text, items) else { return };
    let number = line.number;
    let at = |pointer: &str| Place::new(At::LinePointer(number, pointer.to_owned()));
    let Some(tweet) = envelope.data.get().filter(|tweet| tweet.is_shown()) else {
        let what = match envelope.data.get().map(Tweet::inner).and_then(|tweet| tweet.tombstone.get()) {
            Some(_) => "the mark X shows for a post that is gone",
            None => "no record of a post of X",
        };
        zeeschuimer::strange(line, what, items);
        return;
    };
    let id = tweet.inner().true_id().unwrap_or_default();
    let given = [envelope.item_id.id(), tweet.id.id()];
    if let Some(wrong) = given.into_iter().flatten().find(|given| *given != id) {
        items.push(Item::Trouble(
            Trouble::new(
                "x.rounded_id",
                Severity::Note,
                format!("The extension wrote the id {wrong}, rounded by JavaScript; the post's own id {id} stands beside it and was used."),
                "Never build an address or a warrant from the rounded id.",
            )
            .at(line.place()),
        ));
    }
    if tweet.promoted.0 == Some(true) {
        items.push(Item::Trouble(
            Trouble::new(
                "x.promoted",
                Severity::Note,
                "X showed this post as an advertisement to whoever collected it.",
                "Its place in the page says nothing about how widely it was seen.",
            )
            .at(line.place()),
        ));
    }
    let set = Setting { seen: envelope.collected(), fidelity: FORMAT.fidelity, depth: 3 };
    push_tweet(tweet, "/data", &at, &set, items);
}
