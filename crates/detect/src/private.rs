//! The person's own data: exposures of exactly this phone, plate, address, e-mail or name.
//!
//! Compared on letters and digits alone, so that `RDR-0000`, `rdr 0000` and `ＲＤＲ００００` are one plate; with word
//! boundaries on both sides, so that a plate inside a longer number is none.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use record::{Exposure, Finding, Kind, PrivateSet, Reason, Whose};
use values::{Folded, Score};

/// The private set, ready to search for.
pub(crate) struct Private {
    search: Option<AhoCorasick>,
    what: Vec<Exposure>,
}

impl Private {
    /// Prepares `set`. Entries of fewer than four letters and digits are left out: they would match everywhere.
    pub fn new(set: &PrivateSet) -> Self {
        let mut entries: Vec<(String, Exposure)> = Vec::new();
        let mut add = |given: &str, what: Exposure| {
            let key = squeezed(Folded::of(given).as_str()).0;
            if key.len() >= 4 && !entries.iter().any(|(known, _)| *known == key) {
                entries.push((key, what));
            }
        };
        set.phones.iter().for_each(|phone| add(&phone.compare(), Exposure::Phone));
        set.emails.iter().for_each(|email| add(email.as_str(), Exposure::Email));
        set.plates.iter().for_each(|plate| add(plate.as_str(), Exposure::Plate));
        for address in &set.addresses {
            add(address, Exposure::Address);
            // House number and street alone, without town.
            if let Some(street) = address.split(',').next() {
                add(street, Exposure::Address);
            }
        }
        set.schools.iter().for_each(|school| add(school, Exposure::School));
        set.workplaces.iter().for_each(|place| add(place, Exposure::Workplace));
        set.family.iter().for_each(|name| add(name, Exposure::Family));
        let (keys, what): (Vec<String>, Vec<Exposure>) = entries.into_iter().unzip();
        let search = (!keys.is_empty()).then(|| AhoCorasick::new(&keys).ok()).flatten();
        Self { search, what }
    }

    /// Returns a finding for every place where an entry stands in `folded`.
    pub fn find(&self, folded: &Folded) -> Vec<Finding> {
        let Some(search) = &self.search else { return Vec::new() };
        let text = folded.as_str();
        let (key, places) = squeezed(text);
        let bytes = text.as_bytes();
        let mut out: Vec<Finding> = Vec::new();
        for found in search.find_overlapping_iter(&key) {
            let what = self.what[found.pattern().as_usize()];
            let range = places[found.start()]..places[found.end() - 1] + 1;
            let open = |at: Option<usize>| {
                at.and_then(|at| bytes.get(at)).is_none_or(|b| !b.is_ascii_alphanumeric())
            };
            let lead = what == Exposure::Phone && range.start > 0 && bytes[range.start - 1] == b'1';
            if (open(range.start.checked_sub(1)) || lead) && open(Some(range.end)) {
                out.push(finding(folded, &range, what));
            }
        }
        out
    }
}

fn finding(folded: &Folded, range: &Range<usize>, what: Exposure) -> Finding {
    let span = folded.origin(range.clone());
    Finding {
        kind: Kind::Dox,
        what: Some(what),
        whose: Some(Whose::Private),
        level: None,
        stance: None,
        claim: None,
        detector: "private/1".into(),
        span,
        score: Score::new(1.0),
        reasons: vec![Reason { code: "private.exact".into(), span: Some(span) }],
        counts: true,
    }
}

/// Puts exact exposures in the place of what detectors found at the same words; keeps the wider span and all reasons.
pub(crate) fn merge(findings: &mut Vec<Finding>, exact: Vec<Finding>) {
    for mut exposure in exact {
        findings.retain(|other| {
            let same =
                other.kind == Kind::Dox && other.what == exposure.what && other.span.overlaps(exposure.span);
            if same {
                exposure.span = exposure.span.join(other.span);
                for reason in &other.reasons {
                    if !exposure.reasons.contains(reason) {
                        exposure.reasons.push(reason.clone());
                    }
                }
            }
            !same
        });
        findings.push(exposure);
    }
}

/// Returns the letters and digits of `text`, with O and I read as 0 and 1, and where each stands.
fn squeezed(text: &str) -> (String, Vec<usize>) {
    let mut key = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphanumeric()) {
        key.push(match byte {
            b'o' => '0',
            b'i' | b'l' => '1',
            other => char::from(other),
        });
        places.push(at);
    }
    (key, places)
}

#[cfg(test)]
mod tests {
    use values::{Phone, Plate};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(Exposure, &str)]) {
        let set = PrivateSet {
            addresses: vec!["1420 Larkspur Ct, Fallbrook Heights".into()],
            phones: Phone::new("(202) 555-0143").into_iter().collect(),
            plates: Plate::new("RDR-0000").into_iter().collect(),
            ..PrivateSet::default()
        };
        let mut found = Vec::new();
        merge(&mut found, Private::new(&set).find(&Folded::of(text)));
        let found: Vec<_> = found.iter().map(|f| (f.what.unwrap(), f.span.of(text).unwrap())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn this_persons_data_is_found_however_it_is_written() {
        check("its ＲＤＲ 0000 there", &[(Exposure::Plate, "ＲＤＲ 0000")]);
        check("rdr-OOOO", &[(Exposure::Plate, "rdr-OOOO")]);
        check("rdr-00001", &[]);
        check("+1 202.555.0143", &[(Exposure::Phone, "202.555.0143")]);
        check("at 1420 larkspur ct!", &[(Exposure::Address, "1420 larkspur ct")]);
        check("nothing", &[]);
    }
}
