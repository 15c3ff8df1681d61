//! A dossier as templates read it: every value a text ready to be shown, in one language.
//!
//! Templates decide where things stand; this file decides what they say. It takes a dossier that is already redacted and
//! knows nothing of recipients but their name.

pub(crate) mod incident;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use record::Counts;
use serde_json::{Value, json};
use values::{Digest, Moment, Precision};

use crate::document::shown;
use crate::dossier::{Confirmed, Dossier, Exhibit, Fact, Form, Sentence, Sighting};
use crate::packages::LeftOut;
use crate::recipient::{Language, Options, Recipient};
use crate::redaction::Redaction;
use crate::words::say;

/// Returns what templates read as `data.json`.
pub(crate) fn data(
    dossier: &Dossier,
    recipient: Recipient,
    options: &Options,
    left_out: &[LeftOut],
    redactions: &[Redaction],
) -> Value {
    let view = View { dossier, language: options.language, captures: capture_names(dossier) };
    let mut value = json!({
        "case": dossier.case,
        "demo": dossier.demo,
        "now": brief(dossier.now),
        "redress": dossier.redress,
        "language": options.language.code(),
        "paper": options.paper.name(),
        "recipient_name": view.say(&format!("recipient.{recipient}")),
        "subject_line": view.say("subject_line"),
        "who": view.fill("in_state", &[("role", view.say(&format!("role.{}", dossier.subject.role))), ("state", &dossier.subject.state)]),
        "what": view.what(),
        "when": view.when(),
        "where": view.fill("platform_line", &[("platforms", &view.platforms())]),
        "collected": view.collected(),
        "worst": view.worst(),
        "dangers": dossier.dangers.iter().map(|fact| view.fact(fact)).collect::<Vec<_>>(),
        "requests": view.requests(recipient),
        "phones": view.phones(),
        "exhibits": dossier.exhibits.iter().map(|exhibit| view.exhibit(exhibit)).collect::<Vec<_>>(),
        "statements": view.statements(),
        "timeline": view.timeline(),
        "figure": view.figure(),
        "accounts": dossier.accounts.iter().map(|row| view.account(row)).collect::<Vec<_>>(),
        "trace": view.trace(),
        "cannot_show": dossier.trace.cannot_show.iter().map(|s| view.sentence(s)).collect::<Vec<_>>(),
        "law": dossier.law.iter().filter(|row| row.platform.is_none()).map(|row| view.law(row)).collect::<Vec<_>>(),
        "questions": view.questions(),
        "limits": view.limits(),
        "cases": view.cases(),
        "deadlines": view.deadlines(),
        "claims": view.claims(),
        "custody": view.custody(),
        "troubles": view.troubles(),
        "method": view.method(),
        "hashes": view.hashes(),
        "checkpoint": dossier.proof.as_ref().map_or("", |proof| proof.note.as_str()),
        "vkey": dossier.proof.as_ref().map_or("", |proof| proof.vkey.as_str()),
        "left_out": left_out.iter().map(|item| json!({"what": item.what, "why": item.why})).collect::<Vec<_>>(),
        "covered": view.covered(redactions),
    });
    let more = json!({
        "captures": view.captures(),
        "strengths": view.strengths(),
        "platform_rules": dossier.law.iter().filter(|row| row.platform.is_some()).map(|row| view.law(row)).collect::<Vec<_>>(),
        "forms": view.forms(recipient),
        "reports": view.reports(),
        "unfavourable": view.unfavourable(),
        "balance": view.balance(),
        "privileged": view.privileged(),
        "desk": view.desk(recipient, options),
        "platform_name": options.platform.map_or("", |platform| platform_name(options.language, platform)),
        "kept": dossier.captures.len(),
        "kept_posts": dossier.posts.len(),
        // Filled where the exhibits are cut into volumes.
        "volumes": [],
    });
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
    }
    show(&mut value);
    value
}

/// Makes every text of the data fit for paper: see [`shown`].
fn show(value: &mut Value) {
    match value {
        Value::String(text) => *text = shown(text),
        Value::Array(items) => items.iter_mut().for_each(show),
        Value::Object(fields) => fields.values_mut().for_each(show),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns the name of exhibit `number`.
pub(crate) fn exhibit_name(number: u32) -> String {
    format!("EX-{number:04}")
}

/// Returns a moment as a page shows it: to the second at most, since nobody reads milliseconds. Tables and JSON keep them.
pub(crate) fn brief(moment: Moment) -> String {
    to_the_second(moment).shown()
}

fn to_the_second(moment: Moment) -> Moment {
    if moment.precision() != Precision::Millisecond {
        return moment;
    }
    let seconds = Moment::from_seconds(moment.seconds(), moment.said_by());
    moment.doubt().map_or(seconds, |doubt| seconds.with_doubt(doubt))
}

/// Returns the names of exhibits, three and more that follow each other as one: `EX-0001–EX-0004`.
fn names(numbers: &[u32]) -> Vec<String> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers.iter().copied().collect::<BTreeSet<u32>>() {
        match runs.last_mut() {
            Some((_, last)) if number == *last + 1 => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let mut names = Vec::new();
    for (first, last) in runs {
        if last - first >= 2 {
            names.push(format!("{}–{}", exhibit_name(first), exhibit_name(last)));
        } else {
            names.extend((first..=last).map(exhibit_name));
        }
    }
    names
}

/// Letters of a long text that are shown on the first page, and of them, how many in front of the words it is about.
const SHOWN: usize = 320;
const BEFORE: usize = 120;

/// Returns the part of a long `text` that holds `words`, else its beginning; `None` where it is short enough to stand whole.
fn part(text: &str, words: Option<&str>) -> Option<String> {
    let (cut, _) = text.char_indices().nth(SHOWN)?;
    let at = words.and_then(|words| text.find(words).filter(|at| at + words.len() > cut));
    let Some(at) = at else { return Some(text[..cut].to_owned()) };
    let before = text[..at].char_indices().rev().take(BEFORE).last().map_or(at, |(place, _)| place);
    // From a whole word on, and never from inside the words it is about.
    let blank = text[before..at].char_indices().find(|(_, letter)| letter.is_whitespace());
    let from = blank.map_or(at, |(place, letter)| before + place + letter.len_utf8());
    let to = text[from..].char_indices().nth(SHOWN).map_or(text.len(), |(length, _)| from + length);
    Some(format!("… {}", text[from..to].trim_start()))
}

/// Returns `number` with thin gaps between thousands, as both languages read it.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// Puts values in the place of `{name}` in one of our sentences. Values are never looked into again.
pub(crate) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        out.push_str(before);
        let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        out.push_str(value);
        rest = after;
    }
    out + rest
}

/// Returns counts as one line.
pub(crate) fn counts(language: Language, counts: &Counts) -> String {
    let all = [
        ("views", counts.views),
        ("likes", counts.likes),
        ("reposts", counts.reposts),
        ("quotes", counts.quotes),
        ("replies", counts.replies),
    ];
    let shown: Vec<String> = all
        .iter()
        .filter_map(|(word, count)| count.map(|count| format!("{} {}", grouped(count), say(language, word))))
        .collect();
    if shown.is_empty() { say(language, "no_counts").to_owned() } else { shown.join(", ") }
}

struct View<'d> {
    dossier: &'d Dossier,
    language: Language,
    /// The short name of each capture.
    captures: BTreeMap<Digest, String>,
}

/// Returns a short name for each capture of the exhibits: `C1` for the first one they name.
fn capture_names(dossier: &Dossier) -> BTreeMap<Digest, String> {
    let mut names = BTreeMap::new();
    for sighting in dossier.exhibits.iter().flat_map(|exhibit| &exhibit.sightings) {
        let next = format!("C{}", names.len() + 1);
        names.entry(sighting.capture).or_insert(next);
    }
    names
}

impl View<'_> {
    fn say(&self, key: &str) -> &'static str {
        say(self.language, key)
    }

    fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.say(key), values)
    }

    fn sentence(&self, sentence: &Sentence) -> String {
        sentence.say(self.language).to_owned()
    }

    fn moment(&self, moment: Option<Moment>) -> String {
        moment.map_or_else(|| self.say("not_stated").to_owned(), |moment| self.brief(moment))
    }

    fn brief(&self, moment: Moment) -> String {
        match self.language {
            Language::Spanish => to_the_second(moment).shown_in_spanish(),
            _ => brief(moment),
        }
    }

    fn kinds(&self, exhibit: &Exhibit) -> String {
        let kinds: BTreeSet<_> = exhibit.findings.iter().map(|finding| finding.kind).collect();
        let words: Vec<&str> = kinds.iter().map(|kind| say_kind(self.language, kind.word())).collect();
        words.join(", ")
    }

    fn what(&self) -> String {
        let mut kinds: BTreeMap<record::Kind, usize> = BTreeMap::new();
        let findings = self.dossier.exhibits.iter().flat_map(|exhibit| &exhibit.findings);
        let mut count = 0_usize;
        for finding in findings {
            *kinds.entry(finding.kind).or_default() += 1;
            count += 1;
        }
        let accounts: BTreeSet<String> =
            self.dossier.exhibits.iter().map(|exhibit| exhibit.post.author.shown()).collect();
        let kinds: Vec<String> = kinds
            .iter()
            .map(|(kind, count)| format!("{} {count}", say_kind(self.language, kind.word()).to_lowercase()))
            .collect();
        self.fill(
            "what_line",
            &[
                ("confirmed", &count.to_string()),
                ("exhibits", &self.dossier.exhibits.len().to_string()),
                ("accounts", &accounts.len().to_string()),
                ("kinds", &kinds.join(", ")),
            ],
        )
    }

    fn when(&self) -> String {
        let written = || self.dossier.exhibits.iter().filter_map(|exhibit| exhibit.post.written);
        self.fill(
            "when_line",
            &[
                ("from", &self.moment(written().min())),
                ("to", &self.moment(written().max())),
                ("now", &self.brief(self.dossier.now)),
            ],
        )
    }

    fn platforms(&self) -> String {
        let places: BTreeSet<String> =
            self.dossier.exhibits.iter().map(|exhibit| self.place(exhibit)).collect();
        places.into_iter().collect::<Vec<_>>().join("; ")
    }

    fn place(&self, exhibit: &Exhibit) -> String {
        let post = &exhibit.post;
        let community = post.community.as_ref().and_then(|community| community.name.as_deref());
        match community {
            Some(name) => format!("{} · {name}", platform_name(self.language, post.platform)),
            None => platform_name(self.language, post.platform).to_owned(),
        }
    }

    fn collected(&self) -> String {
        let c = &self.dossier.collected;
        let numbers = [c.captures, c.posts, c.accounts, c.proposed, c.confirmed, c.rejected].map(grouped);
        let [captures, posts, accounts, proposed, confirmed, rejected] = &numbers;
        self.fill(
            "collected_line",
            &[
                ("captures", captures),
                ("posts", posts),
                ("accounts", accounts),
                ("proposed", proposed),
                ("confirmed", confirmed),
                ("rejected", rejected),
            ],
        )
    }

    fn worst(&self) -> Vec<Value> {
        let mut exhibits: Vec<&Exhibit> =
            self.dossier.exhibits.iter().filter(|exhibit| !exhibit.post.text.is_empty()).collect();
        // The gravest kind first; within it what says most of a danger near (time, place, means, approach), then the most
        // certain.
        let near = |exhibit: &Exhibit| {
            self.dossier.dangers.iter().filter(|fact| fact.exhibits.contains(&exhibit.number)).count()
        };
        exhibits.sort_by(|a, b| {
            let order = a.gravity().cmp(&b.gravity()).then(near(b).cmp(&near(a)));
            order.then(b.gravest_score().total_cmp(&a.gravest_score())).then(a.number.cmp(&b.number))
        });
        exhibits
            .into_iter()
            .take(5)
            .map(|exhibit| {
                let name = exhibit.name();
                let short = match part(&exhibit.post.text, exhibit.gravest_words()) {
                    Some(part) => format!("{part} {}", self.fill("whole_in", &[("name", &name)])),
                    None => exhibit.post.text.clone(),
                };
                json!({
                    "name": name,
                    "from_picture": exhibit.is_read_from_picture(),
                    "short": short,
                    "kinds": self.kinds(exhibit),
                    "account": exhibit.post.author.shown(),
                    "written": self.moment(exhibit.post.written),
                })
            })
            .collect()
    }

    fn fact(&self, fact: &Fact) -> Value {
        json!({"what": self.sentence(&fact.what), "exhibits": names(&fact.exhibits)})
    }

    fn requests(&self, recipient: Recipient) -> Vec<String> {
        let word = recipient.word();
        let asked: Vec<String> = self
            .dossier
            .requests
            .iter()
            .filter(|request| request.recipient.as_deref().is_none_or(|wanted| wanted == word))
            .map(|request| self.sentence(&request.what))
            .collect();
        if asked.is_empty() && recipient == Recipient::Police {
            let keys = ["ask_default_1", "ask_default_2", "ask_default_3"];
            return keys.iter().map(|key| self.say(key).to_owned()).collect();
        }
        asked
    }

    fn phones(&self) -> Vec<Value> {
        let mut phones = vec![json!({"contact": "911", "name": self.say("emergency")})];
        let listed = self.dossier.channels.iter().filter_map(|channel| {
            let phone = phone_of(channel.contact.say(self.language))?;
            Some(json!({"contact": phone, "name": self.sentence(&channel.name)}))
        });
        phones.extend(listed.take(5));
        phones
    }

    /// The desk a police report goes to: whom to hand it to, how to reach it, how it stands.
    fn desk(&self, recipient: Recipient, options: &Options) -> Value {
        let form = self.dossier.forms.iter().find(|form| form.recipient == options.desk.word());
        let shown = form.filter(|_| recipient == Recipient::Police);
        let text =
            |pick: fn(&Form) -> &Sentence| shown.map_or_else(String::new, |form| self.sentence(pick(form)));
        json!({
            "word": options.desk.word(),
            "title": self.say(&format!("desk.{}", options.desk.word())),
            "lead": self.say(&format!("desk_lead.{}", options.desk.word())),
            "name": text(|form| &form.name),
            "contact": text(|form| &form.contact),
            "takes": text(|form| &form.takes),
            "status": text(|form| &form.status),
        })
    }

    fn privileged(&self) -> Vec<Value> {
        let marked = self.dossier.exhibits.iter().filter_map(|exhibit| {
            Some(json!({"name": exhibit.name(), "why": exhibit.privileged.as_deref()?}))
        });
        marked.collect()
    }

    /// The captures of the exhibits, each once, by the short names the exhibits use for them.
    fn captures(&self) -> Vec<Value> {
        let mut rows: BTreeMap<Digest, Value> = BTreeMap::new();
        for sighting in self.dossier.exhibits.iter().flat_map(|exhibit| &exhibit.sightings) {
            rows.entry(sighting.capture).or_insert_with(|| {
                json!({
                    "name": self.captures.get(&sighting.capture),
                    "digest": sighting.capture.to_string(),
                    "size": format!("{} {}", grouped(sighting.size), self.say("bytes")),
                    "kept": self.brief(sighting.kept),
                    "stripped": sighting.stripped,
                })
            });
        }
        let mut rows: Vec<Value> = rows.into_values().collect();
        let number = |row: &Value| row["name"].as_str().and_then(|name| name[1..].parse::<u64>().ok());
        rows.sort_by_key(number);
        rows
    }

    /// Sightings that say the same are one row, with how many there are.
    fn sightings(&self, exhibit: &Exhibit) -> Vec<Value> {
        let mut rows: Vec<(Value, u64)> = Vec::new();
        for sighting in &exhibit.sightings {
            let row = self.sighting(sighting);
            match rows.iter_mut().find(|(known, _)| *known == row) {
                Some((_, times)) => *times += 1,
                None => rows.push((row, 1)),
            }
        }
        rows.into_iter()
            .map(|(mut row, times)| {
                row["times"] = json!(times);
                row
            })
            .collect()
    }

    fn exhibit(&self, exhibit: &Exhibit) -> Value {
        let post = &exhibit.post;
        let name = exhibit.name();
        let waiting = exhibit.pictures.iter().filter(|picture| picture.covered.is_none()).count();
        let pictures_left_out = match waiting {
            0 => String::new(),
            count => self.fill("picture_left_out", &[("count", &count.to_string())]),
        };
        json!({
            "name": name,
            "title": format!("{} · {}", name, self.kinds(exhibit)),
            "kinds": self.kinds(exhibit),
            "account": post.author.shown(),
            "account_id": post.author.id.as_deref().unwrap_or_default(),
            "written": self.moment(post.written),
            "place": self.place(exhibit),
            "url": post.url.as_ref().map_or("", |link| link.as_str()),
            "text": post.text,
            "text_cut": post.text_cut,
            "from_picture": exhibit.is_read_from_picture(),
            "note": post.platform_note.as_deref().unwrap_or_default(),
            "incident": self.incident(exhibit),
            "findings": exhibit.findings.iter().map(|finding| self.finding(finding)).collect::<Vec<_>>(),
            "sightings": self.sightings(exhibit),
            "number": exhibit.number,
            "privileged": exhibit.privileged.as_deref().unwrap_or_default(),
            "strength": exhibit.strength().map_or_else(String::new, |strength| self.rung("strength_line", strength)),
            "pictures": exhibit.pictures.iter().enumerate()
                .filter(|(_, picture)| picture.covered.is_some())
                .map(|(index, picture)| json!({
                    "file": picture_name(exhibit.number, index, picture.covered.as_deref().unwrap_or_default()),
                    "alt": self.sentence(&picture.alt),
                }))
                .collect::<Vec<_>>(),
            "pictures_left_out": pictures_left_out,
            "rules": self.dossier.law.iter()
                .filter(|row| row.platform.as_deref() == Some(post.platform.to_string().as_str()))
                .filter(|row| row.elements.iter().any(|fact| fact.exhibits.contains(&exhibit.number)))
                .map(|row| self.law(row)).collect::<Vec<_>>(),
            "troubles": self.dossier.troubles.iter().enumerate()
                .filter(|(_, trouble)| trouble.exhibits.contains(&exhibit.number))
                .map(|(index, _)| format!("W{}", index + 1)).collect::<Vec<_>>(),
        })
    }

    fn finding(&self, finding: &Confirmed) -> Value {
        let detail = [
            finding.level.map(|level| self.say_in("level", level.word())),
            finding.what.map(|what| self.say_in("what", what.word())),
            finding.stance.map(|stance| self.say_in("stance", stance.word())),
            finding.claim.clone(),
        ];
        let key = if finding.demo { "confirmed_demo" } else { "confirmed_by" };
        let mut confirmed = self.fill(
            key,
            &[
                ("by", crate::words::actor(self.language, &finding.by)),
                ("at", &self.brief(finding.at)),
                ("detector", &finding.detector),
                ("score", &format!("{:.2}", finding.score)),
            ],
        );
        if let Some(why) = finding.why.as_ref().filter(|_| !finding.demo) {
            confirmed.push_str(&format!(" “{why}”"));
        }
        if !finding.boxes.is_empty() {
            let boxes = finding.boxes.iter().map(incident::pixels).collect::<Vec<_>>().join("; ");
            let picture = finding.boxes[0].picture.short();
            confirmed.push_str(&format!(
                " {}",
                self.fill("boxes_line", &[("boxes", &boxes), ("picture", &picture)])
            ));
        }
        json!({
            "kind": say_kind(self.language, finding.kind.word()),
            "detail": detail.into_iter().flatten().collect::<Vec<_>>().join(", "),
            "quote": finding.quote,
            "reasons": finding.reasons.iter().map(|reason| self.sentence(reason)).collect::<Vec<_>>(),
            "confirmed": confirmed,
        })
    }

    fn say_in(&self, list: &str, word: &str) -> String {
        say(self.language, &format!("{list}.{word}")).to_owned()
    }

    fn sighting(&self, sighting: &Sighting) -> Value {
        let seen = &sighting.observation;
        json!({
            "seen": self.moment(seen.seen),
            "counts": counts(self.language, &seen.counts),
            "grade": self.say_in("fidelity", &word_of(&seen.fidelity)),
            "capture": self.captures.get(&sighting.capture),
        })
    }
}

/// Returns the first telephone number in a contact, as written; `None` where there is none of seven digits or more.
fn phone_of(contact: &str) -> Option<&str> {
    let part = contact.split([';', ',', ' ']).map(str::trim);
    let mut best = part.filter(|part| !part.contains("://") && !part.contains('@'));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    match best.find(|part| digits(part) >= 10) {
        Some(part) => Some(part.trim_matches(|c: char| c == '(' || c == ')')),
        // A number with gaps, `(877) 313-5210`, falls apart above: the part up to the first `;` is taken whole.
        None => contact
            .split([';', ','])
            .map(str::trim)
            .find(|part| (7..=15).contains(&digits(part)) && !part.contains("://") && !part.contains('@')),
    }
}

fn say_kind(language: Language, word: &str) -> &'static str {
    say(language, &format!("kind.{word}"))
}

/// Returns the name a picture of an exhibit has in the documents and in the package.
pub(crate) fn picture_name(number: u32, index: usize, bytes: &[u8]) -> String {
    let ending = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpg" };
    format!("{}-picture-{}.{ending}", exhibit_name(number), index + 1)
}

/// Returns the word serde writes for a value of a closed list.
pub(crate) fn word_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Returns a platform's word with a capital, as a page names it.
/// Returns a platform's name, or a way of contact, as a page shows it.
pub(crate) const fn platform_name(language: Language, platform: values::Platform) -> &'static str {
    match language {
        Language::English => platform.shown(),
        Language::Spanish => platform.shown_in_spanish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_a_long_text_holds_the_words_it_is_about() {
        let filler = "day\u{a0}by day the ballots are brought to the annex ".repeat(20);
        let text = format!("{filler}we will hang you at dawn {filler}");
        let shown = part(&text, Some("we will hang you")).unwrap();
        assert!(shown.starts_with("… ") && shown.contains("annex we will hang you at dawn"), "{shown}");
        assert!(shown.chars().count() <= SHOWN + 2);
        assert_eq!(part("we will hang you", Some("hang")), None);
        assert_eq!(part(&text, Some("not there")), part(&text, None));
        assert!(text.starts_with(&part(&text, Some("the annex")).unwrap()));
        let long = "x".repeat(700) + "hang";
        assert_eq!(part(&long, Some("hang")).unwrap(), "… hang");
    }

    #[test]
    fn values_are_not_looked_into() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(fill("open {", &[]), "open {");
    }

    #[test]
    fn exhibits_that_follow_each_other_are_one() {
        assert_eq!(names(&[5, 1, 2, 3, 2, 6, 9]), ["EX-0001–EX-0003", "EX-0005", "EX-0006", "EX-0009"]);
        assert!(names(&[]).is_empty());
    }

    #[test]
    fn telephone_numbers_stand_alone() {
        let check =
            |contact: &str, expected: Option<&str>| assert_eq!(phone_of(contact), expected, "{contact}");
        check("https://tips.example ; 1-800-555-0100 (CALL)", Some("1-800-555-0100"));
        check("1-877-555-0101 (urgent: say so); https://x.example/report", Some("1-877-555-0101"));
        check("(202) 555-0102; help@example.org; form at example.org", Some("(202) 555-0102"));
        check("1-202-EXAMPLE (1-202-555-0103)", Some("1-202-555-0103"));
        check("https://www.example.org/2025-11-04-1234567890", None);
        check("911", None);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(1), "1");
        assert_eq!(grouped(5_800_000), "5\u{a0}800\u{a0}000");
    }
}
