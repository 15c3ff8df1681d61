//! The redaction map: what of a case is private, and to whom it may be shown. One map per case, applied per recipient.
//!
//! The map is made from the person's private set and from what a person adds by hand. It is applied to every text of the
//! dossier at once ([`RedactionMap::dossier`]) and judges every finished file once more (the leak check), with the
//! same matching, so what one covers the other looks for. Boxes in pictures are kept here and painted by `pixels`.

mod ours;
mod saved;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use record::PrivateSet;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use values::Digest;

use crate::dossier::Dossier;
use crate::matching::{COVER, Haystack, Pattern};
use crate::recipient::{Language, Recipient};

pub use saved::{BoxFrom, Looked, Saved, SavedBox, SavedPicture, SavedText};

/// What sort of private text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// A name of the person.
    Name,
    /// A home or other private address.
    Address,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A licence plate.
    Plate,
    /// A family member.
    Family,
    /// A school.
    School,
    /// A place of work that is not public.
    Workplace,
    /// An account of the person.
    Handle,
    /// Anything else.
    Other,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Address,
        Self::Phone,
        Self::Email,
        Self::Plate,
        Self::Family,
        Self::School,
        Self::Workplace,
        Self::Handle,
        Self::Other,
    ];

    /// Returns the word used on the command line and on disk: `name`, `plate` …
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Plate => "plate",
            Self::Family => "family",
            Self::School => "school",
            Self::Workplace => "workplace",
            Self::Handle => "handle",
            Self::Other => "other",
        }
    }

    /// Returns what stands in the place of a covered text.
    pub const fn label(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, Self::Name) => "[name withheld]",
            (Language::English, Self::Address) => "[address withheld]",
            (Language::English, Self::Phone) => "[phone number withheld]",
            (Language::English, Self::Email) => "[e-mail withheld]",
            (Language::English, Self::Plate) => "[licence plate withheld]",
            (Language::English, Self::Family) => "[family withheld]",
            (Language::English, Self::School) => "[school withheld]",
            (Language::English, Self::Workplace) => "[workplace withheld]",
            (Language::English, Self::Handle) => "[account withheld]",
            (Language::English, Self::Other) => "[withheld]",
            (Language::Spanish, Self::Name) => "[nombre omitido]",
            (Language::Spanish, Self::Address) => "[dirección omitida]",
            (Language::Spanish, Self::Phone) => "[teléfono omitido]",
            (Language::Spanish, Self::Email) => "[correo omitido]",
            (Language::Spanish, Self::Plate) => "[matrícula omitida]",
            (Language::Spanish, Self::Family) => "[familia omitida]",
            (Language::Spanish, Self::School) => "[escuela omitida]",
            (Language::Spanish, Self::Workplace) => "[trabajo omitido]",
            (Language::Spanish, Self::Handle) => "[cuenta omitida]",
            (Language::Spanish, Self::Other) => "[omitido]",
        }
    }
}

impl FromStr for Category {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|category| category.word() == given);
        known.ok_or_else(|| format!("“{given}” is not one of {}", Self::ALL.map(Self::word).join(", ")))
    }
}

/// A box of pixels to cover in a picture: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cover {
    /// Pixels from the left.
    pub left: u32,
    /// Pixels from the top.
    pub top: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What it covers.
    pub category: Category,
}

/// Something covered: where in the dossier, and what sort of text it was. Never the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Redaction {
    /// A JSON pointer into the dossier, or the name of a file.
    pub place: String,
    /// What sort.
    pub category: Category,
    /// How often there.
    pub count: u64,
}

/// What of a case is private, and to whom it may be shown.
#[derive(Clone, Default)]
pub struct RedactionMap {
    patterns: Vec<(Category, Pattern)>,
    revealed: BTreeSet<(Recipient, Category)>,
    withheld: BTreeSet<(Recipient, Category)>,
    covers: BTreeMap<Digest, Vec<Cover>>,
}

impl RedactionMap {
    /// Returns the map of a private set.
    pub fn of(private: &PrivateSet) -> Self {
        let mut map = Self::default();
        let mut take = |category, texts: Vec<&str>| texts.iter().for_each(|text| map.add(category, text));
        take(Category::Phone, private.phones.iter().map(|phone| phone.as_str()).collect());
        take(Category::Email, private.emails.iter().map(|email| email.as_str()).collect());
        take(Category::Plate, private.plates.iter().map(|plate| plate.as_str()).collect());
        take(Category::Address, private.addresses.iter().map(String::as_str).collect());
        take(Category::Handle, private.handles.iter().map(|handle| handle.as_str()).collect());
        take(Category::Name, private.names.iter().map(String::as_str).collect());
        take(Category::Family, private.family.iter().map(String::as_str).collect());
        take(Category::School, private.schools.iter().map(String::as_str).collect());
        take(Category::Workplace, private.workplaces.iter().map(String::as_str).collect());
        take(Category::Other, private.other.iter().map(String::as_str).collect());
        map
    }

    /// Adds a private text, with the other ways it is commonly written.
    pub fn add(&mut self, category: Category, text: &str) {
        for form in forms(category, text) {
            if let Some(pattern) = Pattern::new(&form, category == Category::Phone) {
                let entry = (category, pattern);
                if !self.patterns.contains(&entry) {
                    self.patterns.push(entry);
                }
            }
        }
    }

    /// Adds boxes to cover in the picture with this digest.
    pub fn cover(&mut self, picture: Digest, covers: impl IntoIterator<Item = Cover>) {
        self.covers.entry(picture).or_default().extend(covers);
    }

    /// Returns the boxes to cover in a picture for `recipient`.
    pub fn covers(&self, recipient: Recipient, picture: &Digest) -> Vec<Cover> {
        let all = self.covers.get(picture).map_or(&[][..], Vec::as_slice);
        all.iter().copied().filter(|cover| self.withholds(recipient, cover.category)).collect()
    }

    /// Lets `recipient` see a category that its kind does not see by itself.
    pub fn reveal(&mut self, recipient: Recipient, category: Category) {
        self.withheld.remove(&(recipient, category));
        self.revealed.insert((recipient, category));
    }

    /// Withholds a category from a `recipient` whose kind would see it.
    pub fn withhold(&mut self, recipient: Recipient, category: Category) {
        self.revealed.remove(&(recipient, category));
        self.withheld.insert((recipient, category));
    }

    /// Tells whether `recipient` must not see texts of `category`.
    pub fn withholds(&self, recipient: Recipient, category: Category) -> bool {
        let entry = (recipient, category);
        self.withheld.contains(&entry) || !recipient.sees_private() && !self.revealed.contains(&entry)
    }

    /// Tells whether there is nothing that `recipient` must not see.
    pub fn withholds_nothing(&self, recipient: Recipient) -> bool {
        !self.patterns.iter().any(|(category, _)| self.withholds(recipient, *category))
    }

    /// Returns where texts stand that `recipient` must not see: bytes of `text`, sorted, not overlapping.
    ///
    /// `plain_words` tells whether single plain words (a name such as “May”) are looked for too: they are in what people
    /// wrote, and are not in our own fixed sentences, where they are ordinary words.
    pub fn find(&self, recipient: Recipient, text: &str, plain_words: bool) -> Vec<(Range<usize>, Category)> {
        let mut found = Vec::new();
        let mut haystack = None;
        for (category, pattern) in &self.patterns {
            if !self.withholds(recipient, *category) || pattern.is_plain_word() && !plain_words {
                continue;
            }
            let haystack = haystack.get_or_insert_with(|| Haystack::new(&masked(text)));
            found.extend(haystack.find(pattern).into_iter().map(|range| (range, *category)));
        }
        found.sort_by_key(|(range, category)| (range.start, std::cmp::Reverse(range.end), *category));
        let mut merged: Vec<(Range<usize>, Category)> = Vec::with_capacity(found.len());
        for (range, category) in found {
            match merged.last_mut() {
                Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
                _ => merged.push((range, category)),
            }
        }
        merged
    }

    /// Returns `text` with everything covered that `recipient` must not see, and what was covered.
    pub fn text(&self, recipient: Recipient, language: Language, text: &str) -> (String, Vec<Category>) {
        self.covered(recipient, language, text, true)
    }

    /// As [`Self::text`]; `plain_words` as in [`Self::find`].
    fn covered(
        &self,
        recipient: Recipient,
        language: Language,
        text: &str,
        plain_words: bool,
    ) -> (String, Vec<Category>) {
        let mut text = text.to_owned();
        let mut covered = Vec::new();
        // Covering one text may free another (a number that stood inside a longer one), hence the repetition. Each round
        // covers at least one more character, so it ends; the bound is a second belt.
        for _ in 0..16 {
            let found = self.find(recipient, &text, plain_words);
            if found.is_empty() {
                break;
            }
            for (range, category) in found.into_iter().rev() {
                text.replace_range(range, &mask(category));
                covered.push(category);
            }
        }
        // Longest first: a shorter stand-in is the end of a longer one.
        for category in Category::ALL.into_iter().rev() {
            text = text.replace(&mask(category), category.label(language));
        }
        (text, covered)
    }

    /// Returns the dossier as `recipient` may see it, and what was covered in it.
    ///
    /// Every text is covered but those that only this program writes and that a word of a person cannot enter: digests,
    /// times, the words of closed lists, ledger lines and proofs. The leak check looks at those as well. In rows of the
    /// library (laws, recipients, deadlines …) a single plain word stays: a surname such as “Muestra” or “May” is an
    /// ordinary word there, and nobody's words can enter them.
    pub fn dossier(
        &self,
        recipient: Recipient,
        language: Language,
        dossier: &Dossier,
    ) -> Result<(Dossier, Vec<Redaction>), serde_json::Error> {
        if self.withholds_nothing(recipient) {
            return Ok((dossier.clone(), Vec::new()));
        }
        let mut value = serde_json::to_value(dossier)?;
        let mut redactions = Vec::new();
        self.walk(recipient, language, &mut value, &mut String::new(), &mut redactions);
        let mut redacted: Dossier = serde_json::from_value(value)?;
        // Bytes are not in the JSON: they are carried over as they are.
        for (to, from) in redacted.exhibits.iter_mut().zip(&dossier.exhibits) {
            for (to, from) in to.pictures.iter_mut().zip(&from.pictures) {
                to.covered.clone_from(&from.covered);
            }
        }
        if let (Some(to), Some(from)) = (&mut redacted.proof, &dossier.proof) {
            to.stamps.clone_from(&from.stamps);
        }
        Ok((redacted, redactions))
    }

    fn walk(
        &self,
        recipient: Recipient,
        language: Language,
        value: &mut Value,
        place: &mut String,
        redactions: &mut Vec<Redaction>,
    ) {
        let length = place.len();
        match value {
            Value::String(text) => {
                if text.parse::<Digest>().is_ok() {
                    return;
                }
                // What begins with our words keeps them; what follows is quoted.
                let (ours, theirs) = text.split_at(ours::length(place, text));
                let (mut covered, mut categories) = self.covered(recipient, language, ours, false);
                let (rest, more) = self.covered(recipient, language, theirs, true);
                covered.push_str(&rest);
                categories.extend(more);
                *text = covered;
                let mut counts: BTreeMap<Category, u64> = BTreeMap::new();
                for category in categories {
                    *counts.entry(category).or_default() += 1;
                }
                for (category, count) in counts {
                    redactions.push(Redaction { place: place.clone(), category, count });
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    place.push_str(&format!("/{index}"));
                    self.walk(recipient, language, item, place, redactions);
                    place.truncate(length);
                }
            }
            Value::Object(fields) => {
                for (name, item) in fields.iter_mut() {
                    if OUR_WORDS.contains(&name.as_str()) {
                        continue;
                    }
                    place.push('/');
                    place.push_str(name);
                    self.walk(recipient, language, item, place, redactions);
                    place.truncate(length);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// Fields that hold words of closed lists, keys made by redress, or signed bytes.
const OUR_WORDS: [&str; 25] = [
    "kind",
    "platform",
    "state",
    "fidelity",
    "said_by",
    "precision",
    "doubt",
    "level",
    "stance",
    "role",
    "verdict",
    "severity",
    "code",
    "detector",
    "proof",
    "ledger_line",
    "ledger",
    "salt",
    "redress",
    "as_of",
    "verified_on",
    "checked",
    "date",
    "language",
    "recipient",
];

/// Returns the stand-in for a covered text while others are still being looked for: it matches nothing.
fn mask(category: Category) -> String {
    let number = Category::ALL.iter().position(|other| *other == category).unwrap_or(0);
    std::iter::repeat_n(COVER, number + 2).chain(['\u{1}']).collect()
}

/// Hides the labels of covered texts from the search, so that “[name withheld]” is not found for someone called Name.
fn masked(text: &str) -> String {
    let mut text = text.to_owned();
    for language in [Language::English, Language::Spanish] {
        for category in Category::ALL {
            let label = category.label(language);
            if text.contains(label) {
                // Same length, so offsets stay true: COVER is three bytes, the rest are separators of one byte.
                let mut same = String::from(COVER);
                same.extend(std::iter::repeat_n('-', label.len() - 2 * COVER.len_utf8()));
                same.push(COVER);
                text = text.replace(label, &same);
            }
        }
    }
    text
}

/// Returns the ways a private text is commonly written.
fn forms(category: Category, text: &str) -> Vec<String> {
    let text = text.trim();
    let mut forms = vec![text.to_owned()];
    match category {
        Category::Name | Category::Family => {
            let small = ["the", "mrs", "miss", "von", "van", "der", "del", "los", "las", "and", "jun", "sen"];
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
            let words = words
                .filter(|word| word.chars().count() >= 3 && !small.contains(&word.to_lowercase().as_str()));
            forms.extend(words.map(str::to_owned));
        }
        Category::Phone => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
            forms.push(format!("1{national}"));
            forms.push(national.to_owned());
            if national.len() == 10 {
                forms.push(national[3..].to_owned());
            }
        }
        Category::Email => {
            forms.push(text.replace('@', " at ").replace('.', " dot "));
            forms.push(text.replace('@', " at "));
            forms.push(text.replace('.', " dot "));
        }
        Category::Address => forms.extend(address_forms(text)),
        Category::Plate | Category::School | Category::Workplace | Category::Handle | Category::Other => {}
    }
    forms
}

/// Returns an address without town, with its street's sort written long, short or not at all, and the street alone.
fn address_forms(text: &str) -> Vec<String> {
    const SORTS: [(&str, &str); 12] = [
        ("street", "st"),
        ("road", "rd"),
        ("avenue", "ave"),
        ("lane", "ln"),
        ("drive", "dr"),
        ("court", "ct"),
        ("boulevard", "blvd"),
        ("place", "pl"),
        ("circle", "cir"),
        ("terrace", "ter"),
        ("highway", "hwy"),
        ("parkway", "pkwy"),
    ];
    let line = text.split([',', '\n']).next().unwrap_or(text).trim();
    let words: Vec<String> =
        line.split_whitespace().map(|word| word.trim_end_matches('.').to_lowercase()).collect();
    let mut forms = vec![line.to_owned()];
    let sort = words.iter().rposition(|word| SORTS.iter().any(|(long, short)| word == long || word == short));
    let Some(at) = sort.filter(|at| *at > 0) else { return forms };
    let numbered = words[0].starts_with(|c: char| c.is_ascii_digit());
    for (long, short) in SORTS {
        if words[at] == long || words[at] == short {
            for written in [long, short] {
                let street = format!("{} {written}", words[..at].join(" "));
                forms.push(street.clone());
                if numbered && at > 1 {
                    forms.push(format!("{} {written}", words[1..at].join(" ")));
                }
            }
        }
    }
    if numbered && at > 1 {
        forms.push(words[..at].join(" "));
    }
    forms
}

impl fmt::Debug for RedactionMap {
    /// Writes how much there is and none of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedactionMap({} patterns, {} pictures)", self.patterns.len(), self.covers.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> RedactionMap {
        RedactionMap::of(&PrivateSet {
            names: vec!["Jordan Example".into()],
            addresses: vec!["12 Elmgrove Street, Springfield".into()],
            phones: values::Phone::new("(202) 555-0143").into_iter().collect(),
            emails: values::Email::new("jordan@example.org").into_iter().collect(),
            plates: values::Plate::new("RDR-0000").into_iter().collect(),
            ..PrivateSet::default()
        })
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (covered, _) = map().text(Recipient::Public, Language::English, text);
        assert_eq!(covered, expected);
        assert!(map().find(Recipient::Public, &covered, true).is_empty(), "{covered}");
    }

    #[test]
    fn private_texts_are_covered() {
        check("It's JORDAN, plate RDR 0000.", "It's [name withheld], plate [licence plate withheld].");
        check("12 elmgrove st and Elmgrove Street", "[address withheld] and [address withheld]");
        check("12 Elmgrove, ring 555-0143", "[address withheld], ring [phone number withheld]");
        check("jordan [at] example [dot] org", "[e-mail withheld]");
        check("+1 202.555.0143", "+[phone number withheld]");
        check("call her cell 202.555.0143", "call her cell [phone number withheld]");
        check("call her l 202.555.0143 now", "call her [phone number withheld] now");
        check("nothing here", "nothing here");
        check("", "");
    }

    #[test]
    fn labels_are_not_covered_again() {
        let mut map = map();
        map.add(Category::Other, "withheld");
        let (covered, _) = map.text(Recipient::Public, Language::English, "withheld RDR0000");
        assert_eq!(covered, "[withheld] [licence plate withheld]");
        assert!(map.find(Recipient::Public, &covered, true).is_empty());
    }

    #[test]
    fn who_sees_what() {
        let mut map = map();
        let seen = |map: &RedactionMap, recipient| map.text(recipient, Language::English, "RDR-0000").0;
        assert_eq!(seen(&map, Recipient::Counsel), "RDR-0000");
        assert_eq!(seen(&map, Recipient::Police), "[licence plate withheld]");
        map.reveal(Recipient::Police, Category::Plate);
        map.withhold(Recipient::Counsel, Category::Plate);
        assert_eq!(seen(&map, Recipient::Police), "RDR-0000");
        assert_eq!(seen(&map, Recipient::Counsel), "[licence plate withheld]");
    }

    #[test]
    fn a_debug_print_shows_nothing_private() {
        assert!(!format!("{:?}", map()).contains("Jordan"));
    }
}
