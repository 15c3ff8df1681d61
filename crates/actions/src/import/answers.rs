//! What a person said about a capture that it does not say itself: kept in the ledger with the reading, and taken again
//! when the capture is read again.

use intake::Options;

/// What stands behind a reader whose time was up before the end of the file: the same bytes are read again when they are
/// imported again.
pub(super) const STOPPED: &str = " stopped";

/// What stands behind a reader that missed a file beside it: with its folder the same bytes are read again.
pub(super) const ALONE: &str = " alone";

/// Returns the reader as the ledger names it: `whatsapp/2`, with the answers it read by behind it.
pub(super) fn named(reader: &str, options: &Options) -> String {
    let mut named = reader.to_owned();
    if let Some(day_first) = options.day_first {
        named.push_str(if day_first { " first=day" } else { " first=month" });
    }
    if let Some(minutes) = options.zone_minutes {
        named.push_str(&format!(" zone={minutes}"));
    }
    named
}

/// Returns the reader without the answers.
pub(super) fn bare(named: &str) -> &str {
    named.split(' ').next().unwrap_or(named)
}

/// Returns options in which the answers of an earlier reading stand where nothing was said this time.
pub(super) fn taken_from(named: &str, options: &Options) -> Options {
    let mut options = options.clone();
    for answer in named.split(' ').skip(1) {
        match answer.split_once('=') {
            Some(("first", first)) => options.day_first = options.day_first.or(Some(first == "day")),
            Some(("zone", minutes)) => options.zone_minutes = options.zone_minutes.or(minutes.parse().ok()),
            _ => {}
        }
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use intake::Limits;

    #[test]
    fn answers_are_kept_and_taken_again() {
        let plain = Options::plain(Limits::ordinary());
        assert_eq!(named("whatsapp/2", &plain), "whatsapp/2");
        let said = Options { day_first: Some(false), zone_minutes: Some(-300), ..plain.clone() };
        let kept = named("whatsapp/2", &said);
        assert_eq!((kept.as_str(), bare(&kept)), ("whatsapp/2 first=month zone=-300", "whatsapp/2"));
        assert_eq!(taken_from(&kept, &plain), said);
        // What is said now counts.
        let other = Options { day_first: Some(true), ..plain };
        let both = taken_from(&kept, &other);
        assert_eq!((both.day_first, both.zone_minutes), (Some(true), Some(-300)));
    }
}
