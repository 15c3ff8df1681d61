//! The rows of a dossier's tables as templates read them: accounts, statements, timeline, ties, law, custody.

use std::collections::{BTreeMap, BTreeSet};

use record::{PostKind, Strength};
use serde_json::{Value, json};
use values::Moment;

use super::{View, exhibit_name, grouped, names, word_of};
use crate::dossier::{AccountRow, ClaimRow, Exhibit, Form, LawRow, Sentence};
use crate::recipient::{Language, Recipient};
use crate::redaction::{Category, Redaction};

impl View<'_> {
    pub(super) fn account(&self, row: &AccountRow) -> Value {
        json!({
            "account": row.account.shown(),
            "id": row.account.key().map_or_else(String::new, |key| key.to_string()),
            "exhibits": names(&row.exhibits),
            "first_seen": self.moment(row.first_seen),
            "views": row.views.map_or_else(|| self.say("no_counts").to_owned(), grouped),
            "notice": match row.notice {
                Some(_) if !row.after_notice.is_empty() => names(&row.after_notice).join(", "),
                _ => "–".to_owned(),
            },
        })
    }

    /// Each strength among the exhibits, the strongest first: what its hash leaves open, what would raise it, and which
    /// exhibits have it.
    pub(super) fn strengths(&self) -> Vec<Value> {
        let mut rungs: BTreeMap<u8, (Strength, Vec<u32>)> = BTreeMap::new();
        for exhibit in &self.dossier.exhibits {
            if let Some(strength) = exhibit.strength() {
                rungs.entry(strength.rung).or_insert((strength, Vec::new())).1.push(exhibit.number);
            }
        }
        let pick = |(en, es): (&'static str, &'static str)| match self.language {
            Language::Spanish => es,
            _ => en,
        };
        let row = |(strength, exhibits): &(Strength, Vec<u32>)| {
            json!({
                "rung": self.rung("strength_rung", *strength),
                "not_proved": pick(strength.not_proved),
                "raise": self.fill("strength_raise", &[("raise", pick(strength.raise))]),
                "exhibits": names(exhibits),
            })
        };
        rungs.values().rev().map(row).collect()
    }

    pub(super) fn rung(&self, key: &str, strength: Strength) -> String {
        self.fill(key, &[("rung", &strength.rung.to_string()), ("of", &record::strength::RUNGS.to_string())])
    }

    /// Per account: the exact words, when first seen here, when repeated, views, before or after a correction, and what
    /// others found about the claim.
    pub(super) fn statements(&self) -> Vec<Value> {
        let same = self.same_words();
        let rows = self.dossier.accounts.iter().map(|row| {
            let exhibits =
                self.dossier.exhibits.iter().filter(|exhibit| row.exhibits.contains(&exhibit.number));
            let statements: Vec<Value> =
                exhibits.map(|exhibit| self.statement(row, exhibit, &same)).collect();
            json!({
                "account": row.account.shown(),
                "id": row.account.key().map_or_else(String::new, |key| key.to_string()),
                "views": row.views.map_or_else(|| self.say("no_counts").to_owned(), grouped),
                "first_seen": self.moment(row.first_seen),
                "last_seen": self.moment(row.last_seen),
                "posts": grouped(row.posts),
                "notice": row.notice.map_or_else(|| self.say("notice_none").to_owned(), |at| self.brief(at)),
                "statements": statements,
            })
        });
        rows.filter(|row| row["statements"].as_array().is_some_and(|rows| !rows.is_empty())).collect()
    }

    fn statement(&self, row: &AccountRow, exhibit: &Exhibit, same: &BTreeMap<String, Vec<u32>>) -> Value {
        let post = &exhibit.post;
        let plain = post.kind == PostKind::Repost && post.text.is_empty();
        let notice = match (row.notice, post.written) {
            (Some(notice), Some(written)) if written > notice => self.say("after"),
            (Some(_), _) => self.say("before"),
            (None, _) => "–",
        };
        let views = exhibit.sightings.iter().filter_map(|s| s.observation.counts.views).max();
        let mut repeats: Vec<u32> = same.get(&folded(&post.text)).cloned().unwrap_or_default();
        let ties = &self.dossier.trace.ties;
        repeats.extend(ties.iter().filter(|tie| tie.to == exhibit.number).map(|tie| tie.from));
        repeats.retain(|number| *number != exhibit.number);
        repeats.sort_unstable();
        repeats.dedup();
        let found: Vec<String> = self
            .dossier
            .claims
            .iter()
            .filter(|claim| claim.exhibits.contains(&exhibit.number))
            .map(|claim| {
                let known = claim.known.as_ref().map_or_else(String::new, |known| self.sentence(known));
                let found = format!("{}. {known} {}", self.verdict(claim), claim.sources.join(" "));
                found.trim().to_owned()
            })
            .collect();
        json!({
            "name": exhibit.name(),
            "text": if plain { self.say("repost_plain") } else { &post.text },
            "kinds": self.kinds(exhibit),
            "written": self.moment(post.written),
            "views": views.map_or_else(|| self.say("no_counts").to_owned(), grouped),
            "repeated": names(&repeats),
            "notice": notice,
            "found": found,
        })
    }

    /// The exhibits by their words, folded, where several have the same.
    fn same_words(&self) -> BTreeMap<String, Vec<u32>> {
        let mut same: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for exhibit in &self.dossier.exhibits {
            same.entry(folded(&exhibit.post.text)).or_default().push(exhibit.number);
        }
        same.retain(|words, numbers| !words.is_empty() && numbers.len() > 1);
        same
    }

    pub(super) fn timeline(&self) -> Vec<Value> {
        // When, what; then the exhibits it concerns, so that one capture of many posts is one line.
        let mut lines: BTreeMap<(i64, String, String), BTreeSet<u32>> = BTreeMap::new();
        let mut note = |at: Moment, what: String, number: u32| {
            lines.entry((at.seconds(), self.brief(at), what)).or_default().insert(number);
        };
        for exhibit in &self.dossier.exhibits {
            let who = exhibit.post.author.shown();
            if let Some(written) = exhibit.post.written {
                let what = format!("{who} {}: {}", self.say("wrote"), self.kinds(exhibit).to_lowercase());
                note(written, what, exhibit.number);
            }
            for sighting in &exhibit.sightings {
                if let Some(seen) = sighting.observation.seen {
                    let name = self.captures.get(&sighting.capture).map_or("", String::as_str);
                    note(seen, format!("{} ({name})", self.say("captured")), exhibit.number);
                }
            }
        }
        for row in &self.dossier.accounts {
            if let (Some(at), Some(first)) = (row.notice, row.exhibits.first()) {
                note(at, format!("{} {}", row.account.shown(), self.say("met_correction")), *first);
            }
        }
        for report in &self.dossier.reports {
            for number in &report.exhibits {
                note(
                    report.reported,
                    format!("{} {}", self.say("was_reported"), self.sentence(&report.to)),
                    *number,
                );
                for answer in &report.answers {
                    let what = format!("{}: {}", self.sentence(&report.to), self.sentence(&answer.outcome));
                    note(answer.at, what, *number);
                }
            }
        }
        lines
            .iter()
            .map(|((_, at, what), numbers)| {
                let numbers: Vec<u32> = numbers.iter().copied().collect();
                json!({"at": at, "name": names(&numbers).join(", "), "what": what})
            })
            .collect()
    }

    /// The forms of the platforms, question by question.
    pub(super) fn forms(&self, recipient: Recipient) -> Vec<Value> {
        let platform = |form: &&Form| {
            let of = |exhibit: &Exhibit| exhibit.post.platform.to_string() == form.recipient;
            recipient == Recipient::Platform && self.dossier.exhibits.iter().any(of)
        };
        let shown = self.dossier.forms.iter().filter(platform).map(|form| {
            let fields = form.fields.iter().map(|field| {
                let answers: Vec<String> = field.answers.iter().map(|answer| self.sentence(answer)).collect();
                json!({"ask": self.sentence(&field.ask), "answers": answers})
            });
            json!({"name": self.sentence(&form.name), "fields": fields.collect::<Vec<_>>()})
        });
        shown.collect()
    }

    /// The log of reports and answers.
    pub(super) fn reports(&self) -> Vec<Value> {
        self.dossier
            .reports
            .iter()
            .map(|row| {
                json!({
                    "exhibits": names(&row.exhibits),
                    "to": self.sentence(&row.to),
                    "reported": self.brief(row.reported),
                    "rule": self.sentence(&row.rule),
                    "ticket": row.ticket,
                    "answers": row.answers.iter().map(|answer| json!({
                        "at": self.brief(answer.at),
                        "outcome": self.sentence(&answer.outcome),
                        "words": answer.words,
                    })).collect::<Vec<_>>(),
                    "standing": self.sentence(&row.standing),
                })
            })
            .collect()
    }

    pub(super) fn unfavourable(&self) -> Vec<Value> {
        self.dossier
            .unfavourable
            .iter()
            .map(|row| {
                json!({
                    "post": row.post,
                    "exhibits": names(&row.exhibits),
                    "account": row.account,
                    "written": self.moment(row.written),
                    "words": row.words,
                    "why": self.sentence(&row.why),
                    "note": row.note,
                })
            })
            .collect()
    }

    /// What came in, and where it went, as one line each: `30 posts = 15 + 2 + 13`.
    pub(super) fn balance(&self) -> Vec<Value> {
        self.dossier
            .balance
            .iter()
            .map(|row| {
                let parts: Vec<String> = row
                    .parts
                    .iter()
                    .map(|(what, count)| format!("{} {}", grouped(*count), self.sentence(what)))
                    .collect();
                json!({
                    "what": self.sentence(&row.what),
                    "count": grouped(row.count),
                    "parts": parts.join("; "),
                })
            })
            .collect()
    }

    /// The ties between exhibits as a drawing of at most 40 lines; more would not be read on paper.
    pub(super) fn figure(&self) -> Value {
        let tied: BTreeSet<u32> = self.dossier.trace.ties.iter().flat_map(|tie| [tie.from, tie.to]).collect();
        let mut nodes: Vec<&Exhibit> =
            self.dossier.exhibits.iter().filter(|exhibit| tied.contains(&exhibit.number)).collect();
        nodes.sort_by_key(|exhibit| (exhibit.post.written, exhibit.number));
        nodes.truncate(16);
        let at = |number: u32| nodes.iter().position(|exhibit| exhibit.number == number);
        let ties: Vec<Value> = self
            .dossier
            .trace
            .ties
            .iter()
            .filter_map(|tie| {
                Some(json!({"from": at(tie.from)?, "to": at(tie.to)?, "kind": word_of(&tie.kind)}))
            })
            .take(40)
            .collect();
        let told: Vec<String> = self
            .dossier
            .trace
            .ties
            .iter()
            .map(|tie| format!("{} → {}", exhibit_name(tie.from), exhibit_name(tie.to)))
            .collect();
        json!({
            "nodes": nodes.iter().map(|exhibit| json!({
                "name": exhibit.name(),
                "account": exhibit.post.author.shown(),
                "at": self.moment(exhibit.post.written),
            })).collect::<Vec<_>>(),
            "ties": ties,
            "alt": self.fill("figure_alt", &[("ties", &told.join(", "))]),
        })
    }

    pub(super) fn trace(&self) -> Vec<Value> {
        self.dossier
            .trace
            .rows
            .iter()
            .map(|row| {
                json!({
                    "role": self.say_in("trace", &word_of(&row.role)),
                    "account": row.account,
                    "at": row.at.map_or_else(String::new, |at| self.brief(at)),
                    "what": self.sentence(&row.what),
                    "exhibits": names(&row.exhibits),
                    "chance": row.chance.as_ref().map_or_else(String::new, |chance| self.sentence(chance)),
                })
            })
            .collect()
    }

    pub(super) fn law(&self, row: &LawRow) -> Value {
        let read = match row.unverified {
            true => self.say("unverified").to_owned(),
            false => format!("{}, {} {}", row.source, self.say("verified_on"), row.verified_on),
        };
        json!({
            "citation": row.citation,
            "name": self.sentence(&row.name),
            "sort": self.sentence(&row.sort),
            "about": self.sentence(&row.about),
            "elements": row.elements.iter().map(|fact| self.fact(fact)).collect::<Vec<_>>(),
            "exhibits": names(&row.elements.iter().flat_map(|fact| fact.exhibits.clone()).collect::<Vec<_>>()),
            "source_line": read,
            "platform": row.platform.as_deref().unwrap_or_default(),
        })
    }

    /// What each law asks, question by question.
    pub(super) fn questions(&self) -> Vec<Value> {
        self.dossier
            .questions
            .iter()
            .map(|row| {
                json!({
                    "citation": row.citation,
                    "name": self.sentence(&row.name),
                    "about": self.sentence(&row.about),
                    "caution": self.sentence(&row.caution),
                    "questions": row.questions.iter().map(|question| json!({
                        "ask": self.sentence(&question.ask),
                        "answered": names(&question.answered),
                        "answer": question.answer,
                        "proposed": names(&question.proposed),
                        "missing": self.sentence(&question.missing),
                    })).collect::<Vec<_>>(),
                    "limits": row.limits.iter().map(|limit| &limit.citation).collect::<Vec<_>>(),
                    "source": row.source,
                    "standing": self.sentence(&row.standing),
                })
            })
            .collect()
    }

    /// What limits the laws asked about, each once: the same ruling limits many.
    pub(super) fn limits(&self) -> Vec<Value> {
        let mut seen = BTreeSet::new();
        let limits = self.dossier.questions.iter().flat_map(|row| &row.limits);
        limits
            .filter(|limit| seen.insert(&limit.citation))
            .map(|limit| {
                json!({
                    "citation": limit.citation,
                    "name": self.sentence(&limit.name),
                    "about": self.sentence(&limit.about),
                    "standing": self.sentence(&limit.standing),
                })
            })
            .collect()
    }

    /// Comparable cases.
    pub(super) fn cases(&self) -> Vec<Value> {
        let all = |sentences: &[Sentence]| {
            sentences.iter().map(|sentence| self.sentence(sentence)).collect::<Vec<_>>()
        };
        self.dossier
            .cases
            .iter()
            .map(|row| {
                json!({
                    "case": self.sentence(&row.case),
                    "outcome": self.sentence(&row.outcome),
                    "evidence": all(&row.evidence),
                    "lessons": all(&row.lessons),
                    "source": row.source,
                    "standing": self.sentence(&row.standing),
                })
            })
            .collect()
    }

    pub(super) fn deadlines(&self) -> Vec<Value> {
        let mut rows: Vec<_> = self.dossier.deadlines.iter().collect();
        rows.sort_by(|a, b| a.date.cmp(&b.date));
        rows.iter()
            .map(|row| {
                json!({
                    "date": row.date,
                    "what": self.sentence(&row.what),
                    "counted_from": self.sentence(&row.counted_from),
                    "source": row.source,
                    "passed": row.passed,
                })
            })
            .collect()
    }

    fn verdict(&self, claim: &ClaimRow) -> String {
        let mut verdict = match claim.verdict {
            Some(verdict) => self.say_in("verdict", &word_of(&verdict)),
            None => self.say("verdict.none").to_owned(),
        };
        if let Some(day) = &claim.as_of {
            verdict.push_str(&format!(", {} {day}", self.say("as_of")));
        }
        if claim.open_matter {
            verdict.push_str(&format!("; {}", self.say("open_matter")));
        }
        verdict
    }

    pub(super) fn claims(&self) -> Vec<Value> {
        self.dossier
            .claims
            .iter()
            .map(|claim| {
                json!({
                    "id": claim.id,
                    "claim": self.sentence(&claim.claim),
                    "verdict": self.verdict(claim),
                    "known": claim.known.as_ref().map_or_else(String::new, |known| self.sentence(known)),
                    "sources": claim.sources,
                    "exhibits": names(&claim.exhibits),
                })
            })
            .collect()
    }

    /// The ledger's rows; exhibits numbered one after the other are one row.
    pub(super) fn custody(&self) -> Vec<Value> {
        let mut rows: Vec<Value> = Vec::new();
        let mut custody = self.dossier.custody.iter().peekable();
        while let Some(row) = custody.next() {
            let (mut last, mut numbers) = (row.line, Vec::from_iter(row.exhibit));
            while let Some(next) = custody.next_if(|next| row.exhibit.is_some() && next.exhibit.is_some()) {
                last = next.line;
                numbers.extend(next.exhibit);
            }
            let one = last == row.line;
            rows.push(json!({
                "line": if one { row.line.to_string() } else { format!("{}–{last}", row.line) },
                "at": self.brief(row.at),
                "what": if one {
                    self.sentence(&row.what)
                } else {
                    self.fill("numbered", &[("names", &names(&numbers).join(", "))])
                },
                "by": crate::words::actor(self.language, &row.by),
                "digest": row.digest.filter(|_| one).map_or_else(String::new, |digest| digest.to_string()),
            }));
        }
        rows
    }

    pub(super) fn troubles(&self) -> Vec<String> {
        self.dossier
            .troubles
            .iter()
            .map(|trouble| {
                let names = names(&trouble.exhibits).join(", ");
                let names = if names.is_empty() { names } else { format!(" ({names})") };
                format!("{} {}{names}", trouble.what, trouble.next)
            })
            .collect()
    }

    pub(super) fn method(&self) -> Vec<Value> {
        self.dossier
            .method
            .iter()
            .map(|row| {
                json!({
                    "detector": row.detector,
                    "how": self.sentence(&row.how),
                    "measured": row.measured.as_ref()
                        .map_or_else(|| self.say("not_measured").to_owned(), |s| self.sentence(s)),
                })
            })
            .collect()
    }

    /// The digests of the captures, each once, with the exhibits it holds: what a declaration lists.
    pub(super) fn hashes(&self) -> Vec<Value> {
        let mut rows: BTreeMap<&str, (String, BTreeSet<Moment>, BTreeSet<u32>)> = BTreeMap::new();
        for exhibit in &self.dossier.exhibits {
            for sighting in &exhibit.sightings {
                let name = self.captures.get(&sighting.capture).map_or("", String::as_str);
                let row = rows.entry(name).or_default();
                row.0 = sighting.capture.to_string();
                row.1.extend(sighting.observation.seen);
                row.2.insert(exhibit.number);
            }
        }
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|(name, _)| name.get(1..).and_then(|number| number.parse::<u64>().ok()));
        rows.iter()
            .map(|(name, (digest, seen, numbers))| {
                let numbers: Vec<u32> = numbers.iter().copied().collect();
                json!({
                    "name": name,
                    "exhibits": names(&numbers),
                    "digest": digest,
                    "seen": self.moment(seen.first().copied()),
                })
            })
            .collect()
    }

    pub(super) fn covered(&self, redactions: &[Redaction]) -> Vec<String> {
        let mut counts: BTreeMap<Category, u64> = BTreeMap::new();
        for redaction in redactions {
            *counts.entry(redaction.category).or_default() += redaction.count;
        }
        counts
            .iter()
            .map(|(category, count)| format!("{count} × {}", category.label(self.language)))
            .collect()
    }
}

/// Returns words as they are compared to find repeats: letters and digits in lower case.
fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
