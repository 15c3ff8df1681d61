//! The rows of a dossier's tables as templates read them: accounts, statements, timeline, ties, law, custody.

use std::collections::{BTreeMap, BTreeSet};

use record::PostKind;
use serde_json::{Value, json};
use values::Moment;

use super::{View, brief, counts, exhibit_name, grouped, names, word_of};
use crate::dossier::{AccountRow, Exhibit, LawRow};
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

    pub(super) fn statements(&self) -> Vec<Value> {
        let rows = self.dossier.accounts.iter().map(|row| {
            let exhibits =
                self.dossier.exhibits.iter().filter(|exhibit| row.exhibits.contains(&exhibit.number));
            let statements: Vec<Value> = exhibits
                .map(|exhibit| {
                    let post = &exhibit.post;
                    let plain = post.kind == PostKind::Repost && post.text.is_empty();
                    let notice = match (row.notice, post.written) {
                        (Some(notice), Some(written)) if written > notice => self.say("after"),
                        (Some(_), _) => self.say("before"),
                        (None, _) => "–",
                    };
                    json!({
                        "name": exhibit.name(),
                        "text": if plain { self.say("repost_plain") } else { &post.text },
                        "kinds": self.kinds(exhibit),
                        "written": self.moment(post.written),
                        "notice": notice,
                    })
                })
                .collect();
            json!({
                "account": row.account.shown(),
                "id": row.account.key().map_or_else(String::new, |key| key.to_string()),
                "views": row.views.map_or_else(|| self.say("no_counts").to_owned(), grouped),
                "notice": row.notice.map_or_else(|| self.say("notice_none").to_owned(), brief),
                "statements": statements,
            })
        });
        rows.filter(|row| row["statements"].as_array().is_some_and(|rows| !rows.is_empty())).collect()
    }

    pub(super) fn timeline(&self) -> Vec<Value> {
        let mut lines: Vec<(Moment, String, String)> = Vec::new();
        for exhibit in &self.dossier.exhibits {
            let who = exhibit.post.author.shown();
            if let Some(written) = exhibit.post.written {
                let what = format!("{who} {}: {}", self.say("wrote"), self.kinds(exhibit).to_lowercase());
                lines.push((written, exhibit.name(), what));
            }
            for sighting in &exhibit.sightings {
                if let Some(seen) = sighting.observation.seen {
                    let counts = counts(self.language, &sighting.observation.counts);
                    lines.push((seen, exhibit.name(), format!("{} ({counts})", self.say("captured"))));
                }
            }
        }
        lines.sort();
        lines.dedup();
        lines.iter().map(|(at, name, what)| json!({"at": brief(*at), "name": name, "what": what})).collect()
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
                    "at": row.at.map_or_else(String::new, brief),
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
            "name": row.name,
            "sort": row.sort,
            "about": self.sentence(&row.about),
            "elements": row.elements.iter().map(|fact| self.fact(fact)).collect::<Vec<_>>(),
            "source_line": read,
            "platform": row.platform.as_deref().unwrap_or_default(),
        })
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

    pub(super) fn claims(&self) -> Vec<Value> {
        self.dossier
            .claims
            .iter()
            .map(|claim| {
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
                json!({
                    "claim": claim.claim,
                    "verdict": verdict,
                    "known": claim.known.as_deref().unwrap_or_default(),
                    "sources": claim.sources,
                    "exhibits": names(&claim.exhibits),
                })
            })
            .collect()
    }

    pub(super) fn custody(&self) -> Vec<Value> {
        self.dossier
            .custody
            .iter()
            .map(|row| {
                json!({
                    "line": row.line,
                    "at": brief(row.at),
                    "what": self.sentence(&row.what),
                    "by": row.by,
                    "digest": row.digest.map_or_else(String::new, |digest| digest.to_string()),
                })
            })
            .collect()
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

    pub(super) fn hashes(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        for exhibit in &self.dossier.exhibits {
            for sighting in &exhibit.sightings {
                rows.push(json!({
                    "name": exhibit.name(),
                    "digest": sighting.capture.to_string(),
                    "seen": self.moment(sighting.observation.seen),
                }));
            }
        }
        rows.dedup();
        rows
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
