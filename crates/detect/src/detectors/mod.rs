//! The detectors, one file each, under one roster.

mod address;
mod call_to_identify;
mod email;
mod false_claim;
mod family;
mod harassment;
mod impersonation;
mod incitement;
mod intimidation;
mod location;
mod phone;
mod plate;
mod routine;
mod school;
mod ssn;
mod swatting;
mod threat;
mod urgency;
mod workplace;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use record::{Exposure, Finding, Kind, Reason, Whose};
use values::Score;

use crate::THRESHOLD;
use crate::claims::Library;
use crate::learned::{self, Feature, Head, Weighed};
use crate::post::Post;
use crate::prefilter::Flags;
use crate::rules::{Book, Hit, Search};

/// What a detector is called and does, for the ledger and for help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detector {
    /// The name, as in `threat/1`.
    pub name: &'static str,
    /// The version; it rises when what is found changes.
    pub version: u32,
    /// One line: what it looks for.
    pub what: &'static str,
}

/// Every detector, in the order they are run.
pub(crate) const ROSTER: &[Detector] = &[
    threat::ABOUT,
    incitement::ABOUT,
    swatting::ABOUT,
    intimidation::ABOUT,
    impersonation::ABOUT,
    call_to_identify::ABOUT,
    harassment::ABOUT,
    phone::ABOUT,
    email::ABOUT,
    ssn::ABOUT,
    plate::ABOUT,
    address::ABOUT,
    workplace::ABOUT,
    school::ABOUT,
    family::ABOUT,
    routine::ABOUT,
    location::ABOUT,
    false_claim::ABOUT,
    Detector { name: "private", version: 1, what: "exposures of exactly the person's own data" },
];

/// Asks every detector. Rules are gated by their own words; the flags say where the learned part and what reads digit by
/// digit are worth asking.
pub(crate) fn run(post: &Post, claims: &Library) -> Vec<Finding> {
    let mut out = Vec::new();
    let flags = post.flags;
    let said = Said::of(post, flags.any(Flags::HARM.with(Flags::VEILED).with(Flags::ABUSE)));
    threat::find(post, &said, &mut out);
    out.extend(said.calls.as_ref().map(|(found, _)| found.clone()));
    harassment::find(post, &said, &mut out);
    swatting::find(post, &mut out);
    intimidation::find(post, &mut out);
    impersonation::find(post, &mut out);
    call_to_identify::find(post, &mut out);
    if flags.any(Flags::DIGIT.with(Flags::CONTACT)) {
        phone::find(post, &mut out);
        ssn::find(post, &mut out);
        plate::find(post, &mut out);
        address::find(post, &mut out);
    }
    if flags.any(Flags::AT.with(Flags::CONTACT)) {
        email::find(post, &mut out);
    }
    workplace::find(post, &mut out);
    school::find(post, &mut out);
    family::find(post, &mut out);
    routine::find(post, &mut out);
    location::find(post, &mut out);
    if flags.any(Flags::CLAIM) {
        false_claim::find(post, claims, &mut out);
    }
    urgency::add(post, &mut out);
    out
}

/// What rules and the learned part say of harm and abuse, asked once for all detectors that want it.
struct Said {
    threat: Option<(Finding, Vec<Hit>)>,
    calls: Option<(Finding, Vec<Hit>)>,
    abuse: Option<(Finding, Vec<Hit>)>,
    /// What the learned part weighs; none where a glance already told that it has nothing to say.
    weighed: Option<Weighed>,
}

/// The learned part proposes on its own from here on.
const ALONE: f32 = 0.02;

impl Said {
    /// `learned` tells whether the learned part is to be asked where no rule says anything.
    fn of(post: &Post, learned: bool) -> Self {
        let mut said = Self::by_rules(post);
        let codes = said.codes(post);
        if !codes.is_empty() || (learned && !nothing_learned(post)) {
            said.weighed = learned::weigh(post.text(), &codes);
        }
        said
    }

    fn by_rules(post: &Post) -> Self {
        Self {
            threat: by_rules(post, &threat::ABOUT, Kind::Threat, &threat::BOOK),
            calls: by_rules(post, &incitement::ABOUT, Kind::Incitement, &incitement::BOOK),
            abuse: by_rules(post, &harassment::ABOUT, Kind::Harassment, &harassment::BOOK),
            weighed: None,
        }
    }

    /// Returns what rules and marks said, as the learned part is told it: codes with their strength.
    fn codes<'a>(&self, post: &'a Post) -> Vec<(&'a str, f32)> {
        let mut said: Vec<(&str, f32)> = Vec::new();
        for (name, part) in [("threat", &self.threat), ("incitement", &self.calls), ("abuse", &self.abuse)] {
            let Some((found, hits)) = part else { continue };
            said.push((name, found.score.get() * 2.0));
            if found.counts {
                said.push((name, 0.5));
            }
            for hit in hits {
                if !said.iter().any(|(code, _)| *code == hit.code) {
                    said.push((hit.code, 0.5));
                }
            }
        }
        if !said.is_empty() {
            said.extend(post.marks().codes().into_iter().map(|code| (code, 0.5)));
        }
        said
    }
}

/// Tells whether the learned part is sure to say nothing of a post of which no rule said anything.
fn nothing_learned(post: &Post) -> bool {
    // A little below the limit, since a glance is rounded otherwise than the answer.
    learned::glance(post.text()).iter().all(|likely| *likely < ALONE - 0.0005)
}

/// What the learned part sees of a post.
pub(crate) fn features(post: &Post) -> Vec<Feature> {
    learned::features(post.text(), &Said::by_rules(post).codes(post))
}

/// Blends what rules and the learned part say. Rules alone reach the threshold from about 0.73 on, the learned part alone
/// hardly ever; each helps the other.
fn blend(
    post: &Post,
    about: &Detector,
    kind: Kind,
    head: Head,
    rules: Option<Finding>,
    said: &Said,
) -> Option<Finding> {
    let likely = said.weighed.as_ref().map_or(0.0, |weighed| weighed.likely(head));
    let score = |rules: f32| 0.69 * rules + 0.45 * likely;
    if let Some(mut found) = rules {
        let held = found.score.get() >= THRESHOLD && !found.counts;
        let blended = score(found.score.get());
        found.score = Score::new(blended);
        found.counts = blended >= THRESHOLD && !held;
        if likely >= 0.5 {
            let weighed = said.weighed.as_ref();
            let words = weighed.and_then(|weighed| learned::words(head, post.text(), weighed, 2));
            for word in words.iter().flat_map(|words| &words.shown) {
                found.reasons.push(reason(post, "learned.words", word));
            }
        }
        return Some(found);
    }
    if likely < ALONE {
        return None;
    }
    let words = learned::words(head, post.text(), said.weighed.as_ref()?, 3)?;
    let mut found = finding(post, about, kind, words.shown.first()?, score(0.0));
    for word in &words.shown {
        found.reasons.push(reason(post, "learned.words", word));
    }
    let against = post.marks().against(&words.strongest);
    if let Some(shown) = against.iter().find(|a| speaks(kind, a.code)) {
        found.score = Score::new(found.score.get() * (0.5 + shown.keeps * 0.5));
        found.counts = false;
        found.stance = shown.stance;
        found.reasons.push(reason(post, shown.code, &shown.range));
    }
    Some(found)
}

/// Returns every detector's rules.
pub(crate) fn books() -> [&'static Book; 13] {
    [
        &threat::BOOK,
        &incitement::BOOK,
        &swatting::BOOK,
        &intimidation::BOOK,
        &impersonation::BOOK,
        &call_to_identify::BOOK,
        &harassment::BOOK,
        &workplace::BOOK,
        &school::BOOK,
        &family::BOOK,
        &routine::BOOK,
        &location::BOOK,
        &urgency::BOOK,
    ]
}

/// Returns the patterns that detectors search whole texts for, beside rules; the gate is built from these too.
pub(crate) fn searches() -> [&'static Search; 11] {
    [
        &plate::AFTER,
        &plate::BEFORE,
        &plate::SHAPE,
        &plate::VEHICLE,
        &plate::FRAME,
        &address::STREET,
        &address::ROUTE,
        &address::BOX,
        &address::HOUSE,
        &address::NATIVE,
        &address::SPOKEN,
    ]
}

/// Builds the gate now, so that the first post does not pay for it.
pub(crate) fn warm() {
    crate::rules::look("");
    crate::whose::warm();
}

/// Writes the name a finding carries.
fn name(about: &Detector) -> Cow<'static, str> {
    Cow::Owned(format!("{}/{}", about.name, about.version))
}

/// Returns a finding of `kind` at `range` of the reading, with nothing else said yet.
fn finding(post: &Post, about: &Detector, kind: Kind, range: &Range<usize>, score: f32) -> Finding {
    Finding {
        kind,
        what: None,
        whose: None,
        level: None,
        stance: None,
        claim: None,
        detector: name(about),
        span: post.span(range),
        score: Score::new(score),
        reasons: Vec::new(),
        counts: score >= THRESHOLD,
    }
}

fn reason(post: &Post, code: &'static str, range: &Range<usize>) -> Reason {
    Reason { code: Cow::Borrowed(code), span: Some(post.span(range)) }
}

/// What rules say about a post: one finding, at the words of the strongest rule that nothing speaks against, else of the
/// strongest. Rules of one book support each other: the score is that of all together, each a separate chance.
fn by_rules(post: &Post, about: &Detector, kind: Kind, book: &Book) -> Option<(Finding, Vec<Hit>)> {
    weigh(post, about, kind, book, &|_| 1.0)
}

/// As [`by_rules`], with the weight of every match times what `adjust` says. Rules whose code begins with `support.` only
/// help others: alone they say nothing.
fn weigh(
    post: &Post,
    about: &Detector,
    kind: Kind,
    book: &Book,
    adjust: &dyn Fn(&Hit) -> f32,
) -> Option<(Finding, Vec<Hit>)> {
    let mut hits: Vec<Hit> = book.hits(&post.rules);
    if hits.iter().all(|hit| helps(hit.code)) {
        return None;
    }
    for hit in &mut hits {
        hit.weight = (hit.weight * adjust(hit)).min(0.95);
    }
    let mut weighed: Vec<(f32, &Hit, Vec<crate::stance::Against>)> = hits
        .iter()
        .map(|hit| {
            let mut against = post.marks().against(&hit.range);
            against.retain(|a| speaks(kind, a.code));
            let keeps = against.iter().map(|a| a.keeps).fold(1.0, f32::min);
            (hit.weight * keeps, hit, against)
        })
        .collect();
    weighed.sort_by(|a, b| {
        helps(a.1.code)
            .cmp(&helps(b.1.code))
            .then(b.0.total_cmp(&a.0))
            .then(a.1.range.start.cmp(&b.1.range.start))
            .then(a.1.rule.cmp(&b.1.rule))
    });
    let (_, best, against) = weighed.first()?;
    let mut seen: Vec<&str> = Vec::new();
    let mut left = 1.0;
    for (weight, hit, _) in &weighed {
        if !seen.contains(&hit.code) {
            seen.push(hit.code);
            left *= 1.0 - weight;
        }
    }
    let score = 1.0 - left;
    let mut found = finding(post, about, kind, &best.range, score);
    for (_, hit, _) in &weighed {
        let new = reason(post, hit.code, &hit.range);
        if !found.reasons.contains(&new) {
            found.reasons.push(new);
        }
    }
    for shown in against {
        found.reasons.push(reason(post, shown.code, &shown.range));
        found.stance = found.stance.or(shown.stance);
    }
    found.counts = score >= THRESHOLD && against.iter().all(|a| a.keeps > 0.35);
    Some((found, hits))
}

/// Tells whether a mark speaks against findings of a kind: a search for a lost dog's owner is harmless, a threat to them is
/// not; and an insult stays one in news of sport.
fn speaks(kind: Kind, code: &str) -> bool {
    match kind {
        Kind::CallToIdentify => matches!(
            code,
            "shown.harmless" | "shown.quotation" | "shown.negation" | "shown.counter" | "shown.satire"
        ),
        Kind::Harassment => matches!(
            code,
            "shown.quotation" | "shown.negation" | "shown.self" | "shown.fiction" | "shown.satire"
        ),
        Kind::Dox => matches!(
            code,
            "shown.quotation"
                | "shown.counter"
                | "shown.news"
                | "shown.fiction"
                | "shown.sport"
                | "shown.satire"
        ),
        _ => true,
    }
}

/// Tells whether rules with this code only help others.
fn helps(code: &str) -> bool {
    code.starts_with("support.")
}

/// People of public life, whose work, family and whereabouts are news: named, or by office.
static PUBLIC: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
    crate::rules::pattern(
        r"\b(?:trump|biden|harris|kamala|vance|walz|musk|elon|obama|hillary|clinton|pelosi|mcconnell|schumer|newsom|desantis|abbott|rfk|kennedy|fauci|putin|zelensky\w*|netanyahu|melania|ivanka|barron|hunter|emhoff|usha|swift|taylor|lebron|beyonce|oprah|rogan|tucker|senators?|sen\.|governors?|gov\.|presidents?|vice president|vp|potus|flotus|congress\w*|representative|mayor|white house|fox|cnn|msnbc|newsmax|podcast|tv|television|on stage|on air|interview|dnc|rnc|cpac|convention|doug|show|movie|film|series|attorney general|justice|candidates?|nominee|ambassador|secretary of (?:state|defense|the)|prime minister|king|queen|prince\w*|pope|actor|actress|singer|rapper|band|quarterback|pitcher|striker|goalie|team|coach of|ceo|billionaire|celebrit\w+|influencer|senador[a]?|gobernador[a]?|presidente|alcalde)\b",
    )
});

/// What a rule book says about an exposure of something other than contact data.
///
/// A capital where a name must stand speaks for one, a small letter against it, unless the whole post is written in one
/// case. People of public life and the writer’s own life are not exposures.
fn exposed(post: &Post, about: &Detector, what: Exposure, book: &Book, out: &mut Vec<Finding>) {
    let text = post.text();
    let mixed = std::cell::LazyCell::new(|| {
        post.original.chars().any(char::is_uppercase) && post.original.chars().any(char::is_lowercase)
    });
    let capital = |at: usize| post.reading.capital(post.original, at);
    let adjust = |hit: &Hit| {
        let words = &text[hit.range.clone()];
        let last = hit.range.start + words.rfind(' ').map_or(0, |at| at + 1);
        let named = match hit.code {
            "family.named" | "work.at" | "work.label" | "work.front" | "work.hired" | "work.role"
            | "work.job" | "work.does" | "family.list" | "school.at" | "school.grade" | "school.place" => {
                capital(last) || text.as_bytes()[last].is_ascii_digit()
            }
            "work.named" => {
                let second = words.find(' ').map_or(0, |at| at + 1);
                capital(hit.range.start) && capital(hit.range.start + second) && second > 0
            }
            _ => return 1.0,
        };
        match (*mixed, named) {
            (false, _) => 0.9,
            (true, true) => 1.35,
            (true, false) => 0.55,
        }
    };
    let Some((mut found, hits)) = weigh(post, about, Kind::Dox, book, &adjust) else { return };
    found.what = Some(what);
    found.whose = Some(Whose::Private);
    let Some(best) = hits.iter().filter(|hit| !helps(hit.code)).max_by(|a, b| a.weight.total_cmp(&b.weight))
    else {
        return;
    };
    let here = crate::post::clause(text, &best.range);
    let words = &text.as_bytes()[here.clone()];
    let at = |range: Range<usize>| here.start + range.start..here.start + range.end;
    let mut spare = |whose: Whose, code: &'static str, range: Range<usize>| {
        found.whose = Some(whose);
        found.counts = false;
        found.score = Score::new(found.score.get() * 0.3);
        found.reasons.push(reason(post, code, &range));
    };
    if let Some(public) = PUBLIC.find(words) {
        spare(Whose::Official, "whose.public", at(public.range()));
    } else if let Some(own) = crate::whose::speaks_of_self(text, &here, &best.range) {
        spare(Whose::Own, "whose.own", own);
    }
    out.push(found);
}

/// Returns a dox finding for contact data at `range` of the folded text.
fn contact(
    post: &Post,
    about: &Detector,
    what: Exposure,
    range: &Range<usize>,
    score: f32,
    code: &'static str,
) -> Finding {
    let text = post.folded.as_str();
    let (mut whose, mut words) = crate::whose::whose(text, range);
    // An office has no licence plate that would be its contact; a car seen in front of one has.
    if what == Exposure::Plate && matches!(whose, Whose::Official | Whose::Event) {
        (whose, words) = (Whose::Unknown, None);
    }
    let span = post.folded.origin(range.clone());
    let score = match whose {
        Whose::Private => score + (1.0 - score) * 0.5,
        Whose::Unknown => score,
        _ => score * 0.3,
    };
    let mut reasons = vec![Reason { code: Cow::Borrowed(code), span: Some(span) }];
    let told = match whose {
        Whose::Private => "whose.private",
        Whose::Own => "whose.own",
        Whose::Official => "whose.official",
        Whose::Event => "whose.event",
        Whose::Unknown => "whose.unknown",
    };
    reasons.push(Reason { code: Cow::Borrowed(told), span: words.map(|words| post.folded.origin(words)) });
    Finding {
        kind: Kind::Dox,
        what: Some(what),
        whose: Some(whose),
        level: None,
        stance: None,
        claim: None,
        detector: name(about),
        span,
        score: Score::new(score),
        reasons,
        counts: score >= THRESHOLD && matches!(whose, Whose::Private | Whose::Unknown),
    }
}

/// Tells whether `at` of `text` lies in a web address.
fn in_link(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let start = (0..at.min(bytes.len())).rev().find(|i| bytes[*i].is_ascii_whitespace()).map_or(0, |i| i + 1);
    let word = &text[start..];
    let end = word.find(|c: char| c.is_ascii_whitespace()).unwrap_or(word.len());
    let word = &word[..end];
    word.contains("://")
        || word.starts_with("www.")
        || word.contains("t.co/")
        || (word.contains('/') && word.contains(".com"))
}

#[cfg(test)]
pub(crate) mod check {
    use record::{Finding, PrivateSet};

    use crate::{Detectors, Options};

    /// Detects in `text`.
    pub fn detect(text: &str) -> Vec<Finding> {
        static ALL: std::sync::LazyLock<Detectors> = std::sync::LazyLock::new(|| {
            Detectors::new(&Options { private: &PrivateSet::default(), claims: &[] })
        });
        ALL.detect(text)
    }

    /// Detects in a text whose brackets mark what findings that count and pass `wanted` must overlap: each bracket one,
    /// and no finding beside them.
    #[track_caller]
    pub fn marked(marked: &str, wanted: impl Fn(&Finding) -> bool) {
        let mut text = String::new();
        let mut spans = Vec::new();
        let mut open = None;
        for c in marked.chars() {
            match c {
                '[' => open = Some(text.len()),
                ']' => spans.push(open.take().expect("brackets pair")..text.len()),
                other => text.push(other),
            }
        }
        let found: Vec<Finding> = detect(&text).into_iter().filter(|f| f.counts && wanted(f)).collect();
        for span in &spans {
            let near = found.iter().find(|f| f.span.start() < span.end && span.start < f.span.end());
            assert!(
                near.is_some(),
                "nothing found at {:?} of {text:?}; found {found:#?}",
                &text[span.clone()]
            );
        }
        for f in &found {
            let words = f.span.of(&text).expect("spans fit the text");
            let meant = spans.iter().any(|span| f.span.start() < span.end && span.start < f.span.end());
            assert!(meant, "found {words:?} ({:?}) in {text:?}", f.reasons);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_sentence() {
        for code in books().into_iter().flat_map(|book| book.codes()) {
            let reason = Reason { code: code.into(), span: None };
            assert_ne!(
                crate::reasons::sentence(&reason, "", crate::Language::Es),
                code,
                "no sentence for it"
            );
        }
    }
}
