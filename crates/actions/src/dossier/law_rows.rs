//! Provisions, channels, deadlines and claims, as the packages show them: mapped and cited, never advised.

use std::collections::BTreeMap;

use case::Case;
use law::{Day, ExhibitFacts, Lang, Library, Text};
use network::trace::Map;
use record::Claim;
use report::dossier::{
    AnswerRow, Channel, ClaimRow, Deadline, Fact, LawRow, ReportRow, Retraction, Sentence,
};
use values::Platform;

use super::{Item, numbers};
use crate::elements::Answers;
use crate::situation::Facts;
use crate::{ActionError, elements, reports};

/// The most provisions shown, those naming the person's role and state first.
const PROVISIONS: usize = 14;
/// The most channels shown.
const CHANNELS: usize = 10;

pub(super) fn sentence(text: &Text) -> Sentence {
    Sentence::new(text.en.clone(), text.es.clone())
}

/// Returns what matching elements needs to know of each exhibit.
pub(crate) fn exhibit_facts(items: &[Item], map: Option<&Map>) -> Vec<ExhibitFacts> {
    let after: Vec<u32> = map
        .iter()
        .flat_map(|map| &map.notice.went_on)
        .flat_map(|row| numbers(items, row.kept_on.iter().chain(&row.passed_on)))
        .collect();
    items
        .iter()
        .map(|item| ExhibitFacts {
            name: item.number.to_string(),
            kinds: item.confirmed.iter().map(|row| row.finding.kind).collect(),
            exposures: item.confirmed.iter().filter_map(|row| row.finding.what).collect(),
            platform: item.seen.post.platform,
            account: item.account.as_ref().map(ToString::to_string),
            after_notice: after.contains(&item.number),
            tied: item.seen.post.ties().next().is_some(),
            reach: item.seen.sightings.iter().any(|sighting| sighting.observation.counts.views.is_some()),
        })
        .collect()
}

/// Returns the provisions whose elements the exhibits may speak to, and the platforms' rules in force on the day of each.
///
/// An element has the exhibits with which a person answered it, and no others: what redress proposes stays in the house.
pub(super) fn provisions(
    case: &Case,
    library: &Library,
    facts: &Facts,
    items: &[Item],
) -> Result<Vec<LawRow>, ActionError> {
    let answers = elements::answers(case)?;
    let speakers = facts.speaker_states();
    let mut rows: Vec<LawRow> = law::provisions(library, &facts.situation(&speakers))
        .iter()
        .filter(|found| fits(found, &answers))
        .take(PROVISIONS)
        .map(|found| {
            let elements = found
                .elements
                .iter()
                .map(|element| Fact {
                    what: sentence(element.question),
                    exhibits: answers
                        .get(&(found.row.origin.id.clone(), element.question.en.clone()))
                        .map(|answer| confirmed(items, &answer.exhibits))
                        .unwrap_or_default(),
                })
                .collect();
            LawRow {
                citation: found.row.citation.clone(),
                name: sentence(&found.row.name),
                sort: sentence(&found.row.kind.shown()),
                about: sentence(&found.row.conduct),
                elements,
                source: found.row.origin.sources.first().cloned().unwrap_or_default(),
                verified_on: found.row.origin.verified_on.map(|day| day.to_string()).unwrap_or_default(),
                unverified: found.row.origin.unverified(),
                platform: None,
            }
        })
        .collect();
    rows.extend(platform_rules(library, items));
    Ok(rows)
}

/// Returns those of `numbers` that are confirmed exhibits still.
pub(super) fn confirmed(items: &[Item], numbers: &[u32]) -> Vec<u32> {
    numbers.iter().copied().filter(|number| items.iter().any(|item| item.number == *number)).collect()
}

/// Tells whether a package lists a law: one for unusual facts only where a person answered one of its questions.
pub(super) fn fits(found: &law::ProvisionMatch<'_>, answers: &Answers) -> bool {
    let answered = |element: &law::Element<'_>| {
        answers.contains_key(&(found.row.origin.id.clone(), element.question.en.clone()))
    };
    found.row.only_if.is_empty() || found.elements.iter().any(answered)
}

fn platform_rules(library: &Library, items: &[Item]) -> Vec<LawRow> {
    // The rule that is about the fewest kinds comes first: it fits a post best.
    let mut by_rule: BTreeMap<(usize, String, Platform), (LawRow, Vec<u32>)> = BTreeMap::new();
    for item in items {
        let Some(day) = item.seen.post.written.and_then(law::earliest_day) else { continue };
        let kinds: Vec<_> = item.confirmed.iter().map(|row| row.finding.kind).collect();
        for found in law::rules(library, item.seen.post.platform, &kinds, day) {
            if found.rule.process {
                continue;
            }
            let platform = item.seen.post.platform;
            let key = (found.rule.kinds.len(), found.rule.origin.id.clone(), platform);
            let entry = by_rule.entry(key).or_insert_with(|| {
                let version = found.version_shown();
                let row = LawRow {
                    citation: format!("{}: {}", found.rule.platform_name, found.rule.clause),
                    name: sentence(&found.rule.topic),
                    sort: Sentence::new("platform rule", "regla de plataforma"),
                    about: Sentence::new(
                        format!("“{}” {}", found.rule.banned.en, version.en),
                        format!("«{}» {}", found.rule.banned.in_lang(law::Lang::Es), version.es),
                    ),
                    elements: Vec::new(),
                    source: found.rule.origin.sources.first().cloned().unwrap_or_default(),
                    verified_on: found.rule.origin.verified_on.map(|day| day.to_string()).unwrap_or_default(),
                    unverified: found.rule.origin.unverified(),
                    platform: Some(platform.word().to_owned()),
                };
                (row, Vec::new())
            });
            entry.1.push(item.number);
        }
    }
    by_rule
        .into_values()
        .map(|(mut row, exhibits)| {
            let what = Sentence::new(
                "Exhibits this rule may be read against",
                "Pruebas que pueden leerse frente a esta regla",
            );
            row.elements = vec![Fact { what, exhibits }];
            row
        })
        .collect()
}

/// Returns whom to tell, first things first.
pub(super) fn channels(library: &Library, facts: &Facts, today: Day) -> Vec<Channel> {
    law::recipients(library, &facts.situation(&facts.speaker_states()))
        .iter()
        .take(CHANNELS)
        .map(|found| Channel {
            name: sentence(&found.channel.name),
            contact: sentence(&found.channel.contact),
            takes: sentence(&found.channel.takes),
            status: sentence(&found.status_shown(today)),
            checked: found.channel.origin.verified_on.map(|day| day.to_string()).unwrap_or_default(),
        })
        .collect()
}

/// Returns what the law of `state` says of a demand for retraction.
pub(super) fn retraction(library: &Library, state: &str, today: Day) -> Option<Retraction> {
    let row = library.defamation.iter().find(|row| row.jurisdiction == state)?;
    Some(Retraction {
        state_name: row.name.en.clone(),
        citation: row.retraction_citation.clone(),
        whom: row.retraction_whom.clone(),
        rule: sentence(&row.retraction_rule),
        days: row.retraction_days,
        wanted: row.wants_demand(),
        source: row.retraction_source.clone(),
        unverified: !row.retraction_seen || row.retraction_standing(today) == law::Standing::Unverified,
    })
}

/// Returns the log of reports that were no mistakes, the oldest first.
pub(super) fn reports(case: &Case, library: &Library, today: Day) -> Result<Vec<ReportRow>, ActionError> {
    let mut kept: Vec<_> =
        reports::all(case)?.into_iter().filter(|(_, report)| !report.is_mistaken()).collect();
    kept.sort_by_key(|(digest, report)| (report.reported.millis(), *digest));
    let mut rows = Vec::new();
    for (_, report) in kept {
        let number = |name: &String| name.trim_start_matches("EX-").parse().ok();
        let rule = report.rule.as_deref().map(|rule| {
            let named = |lang| reports::rule_name(library, rule, lang).unwrap_or_else(|| rule.to_owned());
            Sentence::new(named(Lang::En), named(Lang::Es))
        });
        rows.push(ReportRow {
            exhibits: report.exhibits.iter().filter_map(number).collect(),
            platform: report.platform.map(|platform| platform.word().to_owned()),
            to: Sentence::new(
                reports::recipient_name(library, &report.to, Lang::En),
                reports::recipient_name(library, &report.to, Lang::Es),
            ),
            reported: report.reported,
            rule: rule.unwrap_or_default(),
            ticket: report.ticket.clone().unwrap_or_default(),
            answers: report
                .answers
                .iter()
                .map(|answer| AnswerRow {
                    at: answer.at,
                    outcome: sentence(&answer.outcome.shown()),
                    words: answer.words.clone(),
                })
                .collect(),
            standing: sentence(&report.shown(today)),
        });
    }
    Ok(rows)
}

/// Returns the dates that may run out, the shortest plausible first.
pub(super) fn deadlines(library: &Library, facts: &Facts, today: Day) -> Vec<Deadline> {
    let Some(first) = facts.first else { return Vec::new() };
    law::deadlines(library, &facts.situation(&facts.speaker_states()), first, today)
        .iter()
        .map(|deadline| Deadline {
            what: Sentence::new(
                format!("{} {}", deadline.what.en, deadline.counsel.en),
                format!(
                    "{} {}",
                    deadline.what.in_lang(law::Lang::Es),
                    deadline.counsel.in_lang(law::Lang::Es)
                ),
            ),
            date: deadline.last_day.to_string(),
            counted_from: sentence(&deadline.basis),
            source: deadline.citation.clone(),
            passed: deadline.passed,
        })
        .collect()
}

/// Returns the claims that confirmed findings match, with what the sources found and when: the case's `own`, else the
/// library's.
pub(super) fn claims(library: &Library, own: &[Claim], items: &[Item]) -> Vec<ClaimRow> {
    let mut matched: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for item in items {
        for row in &item.confirmed {
            if let Some(claim) = &row.finding.claim {
                matched.entry(claim).or_default().push(item.number);
            }
        }
    }
    matched
        .into_iter()
        .filter_map(|(id, exhibits)| {
            if let Some(claim) = own.iter().find(|claim| claim.id == id) {
                // In the words of whoever wrote it, whatever language the package is in.
                return Some(ClaimRow {
                    id: id.to_owned(),
                    claim: Sentence::same(&claim.claim),
                    verdict: claim.verdict,
                    as_of: claim.verdict_as_of.clone(),
                    open_matter: claim.open_matter,
                    known: claim.known.as_ref().map(Sentence::same),
                    sources: claim.sources.clone(),
                    exhibits,
                });
            }
            let claim = library.claim(id)?;
            Some(ClaimRow {
                id: id.to_owned(),
                claim: sentence(&claim.claim),
                verdict: Some(claim.verdict),
                as_of: Some(claim.verdict_as_of.clone()).filter(|day| !day.is_empty()),
                open_matter: claim.open_matter,
                known: Some(sentence(&claim.known)).filter(|known| !known.en.is_empty()),
                sources: claim.origin.sources.clone(),
                exhibits,
            })
        })
        .collect()
}
