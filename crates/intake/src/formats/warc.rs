//! Web archives (WARC), plain or gzipped, alone or inside a WACZ: the server's own answers, with the digests the
//! collecting program made of them.
//!
//! Records are read and checked by `container`; here their bodies become posts. A record that is not intact is read all
//! the same, and its fault is told beside it. In a WACZ whose signature holds, what is intact is of a signed archive.

use container::warc::{Bodies, Seen};
use record::{Fidelity, Item, Sink};
use values::{At, Moment, Place, SaidBy, Severity, Trouble};

use super::{answer, saved_page};
use crate::format::{Format, Head, Input, Out};
use crate::{Refused, text, time};

pub(super) const FORMAT: Format = Format {
    name: "warc",
    version: 2,
    description: "A web archive (.warc, .warc.gz), or the collection it lies in (.wacz)",
    fidelity: Fidelity::Server,
    looks: |head: &Head<'_>| is_warc(head.bytes),
    read,
};

/// How many bytes of one body are read for posts.
const BODY: u64 = 32 << 20;

/// Tells whether bytes open a web archive, packed or not.
pub(crate) fn is_warc(head: &[u8]) -> bool {
    if head.starts_with(&[0x1F, 0x8B, 8]) {
        let mut start = [0; 5];
        let mut unpacked = flate2::read::MultiGzDecoder::new(head);
        return std::io::Read::read_exact(&mut unpacked, &mut start).is_ok() && &start == b"WARC/";
    }
    head.starts_with(b"WARC/")
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let mut reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    // In a collection, the list of pages says which of the many documents a person looked at.
    let pages = input.beside.and_then(|beside| beside.bytes("pages/pages.jsonl"));
    let pages = pages.map(|bytes| text::decode(&bytes).into_owned());
    let mut read_any = false;
    let mut others = 0_u64;
    let bodies = Bodies { decode: true, keep: BODY };
    let outcome =
        container::warc::read(&mut reader, &container::Limits::shipped(), bodies, &mut |seen| match one(
            &seen,
            pages.as_deref(),
            input,
            out,
        ) {
            Some(found) => read_any |= found,
            None => others += 1,
        });
    for trouble in outcome.troubles.into_vec() {
        out.trouble(trouble);
    }
    if others > 0 || !read_any {
        let what = format!(
            "{others} of {}, in which redress found no post it knows",
            values::counted(outcome.records, "record", "records")
        );
        out.take(Item::Leftover { place: Place::whole(), what });
    }
    Ok(())
}

/// Reads one record. `None` where nothing is made of it.
fn one(seen: &Seen<'_>, pages: Option<&str>, input: &Input<'_>, out: &mut Out<'_>) -> Option<bool> {
    if seen.record.kind() == "request"
        && let Some(http) = seen.http
        && ["cookie", "authorization"].iter().any(|name| http.first(name).is_some())
    {
        // Taking them out would break the digests and the signature: they are told instead.
        out.trouble(
            Trouble::new(
                "warc.holds_session",
                Severity::Warn,
                "This request carries the login session of whoever made the archive; it cannot be taken out without breaking the archive's digests.",
                "Log out of the platform and in again, so that the session is worth nothing, and give the archive itself to nobody who need not have it.",
            )
            .at(Place::new(At::Record(seen.record.number))),
        );
    }
    let http = seen.http.filter(|_| matches!(seen.record.kind(), "response" | "resource"))?;
    let url = seen.record.target().unwrap_or_default();
    let kind = http.media_type().unwrap_or_default();
    let place = Place::new(At::Record(seen.record.number));
    let served = http.first("date").and_then(|date| time::mail_date(date, SaidBy::Platform));
    let collected =
        seen.record.first("warc-date").and_then(|date| Moment::parse(date, SaidBy::Collector).ok());
    if !seen.intact {
        out.trouble(
            Trouble::new(
                "warc.posts_of_broken_record",
                Severity::Warn,
                "A check on this record failed; posts were read from it all the same.",
                "See the other trouble of this record, and ask for the archive as it was made.",
            )
            .at(place.clone()),
        );
    }
    let body = text::decode(seen.body);
    if kind.contains("json") {
        let at = |_: &str| place.clone();
        return Some(answer::read(&at, url, &body, served.or(collected), input, out)).filter(|found| *found);
    }
    if kind == "text/html" && http.status() == Some(200) {
        let listed = pages.is_none_or(|pages| pages.contains(&format!("\"{url}\"")));
        return saved_page::push_answer(&body, url, served.or(collected), &place, listed, input, out)
            .then_some(true);
    }
    None
}
