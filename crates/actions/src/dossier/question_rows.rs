//! What each law asks, with a person's answers and what redress proposes, and comparable cases: for the person's own lawyer.

use case::Case;
use law::{Day, Library};
use network::trace::Map;
use report::questions::{CaseRow, LimitRow, ProvisionRow, QuestionRow};

use super::Item;
use super::law_rows::{self, sentence};
use crate::situation::Facts;
use crate::{ActionError, elements};

/// The most laws shown, those naming the person's role and state first.
const PROVISIONS: usize = 14;
/// The most comparable cases shown, those of the person's role first.
const CASES: usize = 8;

/// Returns the laws whose elements may be touched, question by question.
pub(super) fn provisions(
    case: &Case,
    library: &Library,
    facts: &Facts,
    items: &[Item],
    map: Option<&Map>,
    today: Day,
) -> Result<Vec<ProvisionRow>, ActionError> {
    let answers = elements::answers(case)?;
    let exhibits = law_rows::exhibit_facts(items, map);
    let speakers = facts.speaker_states();
    let mut found = law::provisions(library, &facts.situation(&speakers));
    let weak = |found: &law::ProvisionMatch<'_>| {
        let proposed = law::exhibits_for(found, &exhibits);
        let spoken = found.elements.iter().zip(proposed).map(|(element, proposed)| {
            let key = (found.row.origin.id.clone(), element.question.en.clone());
            !proposed.is_empty() || answers.contains_key(&key)
        });
        law::is_weak(found, &spoken.collect::<Vec<_>>())
    };
    found.retain(|found| law_rows::fits(found, &answers));
    found.sort_by_cached_key(weak);
    Ok(found
        .iter()
        .take(PROVISIONS)
        .map(|found| {
            let row = found.row;
            let proposals = law::exhibits_for(found, &exhibits);
            let questions = found.elements.iter().zip(proposals).map(|(element, proposed)| {
                let answer = answers.get(&(row.origin.id.clone(), element.question.en.clone()));
                let missing = law::missing(element, !proposed.is_empty(), answer.is_some());
                let shown = |numbers: &[u32]| law_rows::confirmed(items, numbers);
                QuestionRow {
                    ask: sentence(element.question),
                    answered: answer.map(|answer| shown(&answer.exhibits)).unwrap_or_default(),
                    answer: answer.map_or_else(String::new, |answer| {
                        let why = answer.why.as_deref().map_or_else(String::new, |why| format!("“{why}” "));
                        format!("{why}({}, {})", answer.by, answer.at.shown())
                    }),
                    proposed: match answer {
                        Some(_) => Vec::new(),
                        None => proposed.iter().filter_map(|name| name.parse().ok()).collect(),
                    },
                    missing: missing.map(|text| sentence(&text)).unwrap_or_default(),
                }
            });
            ProvisionRow {
                citation: row.citation.clone(),
                name: sentence(&row.name),
                about: sentence(&row.conduct),
                caution: sentence(&row.caution),
                questions: questions.collect(),
                limits: found
                    .doctrine
                    .iter()
                    .map(|limit| LimitRow {
                        citation: limit.citation.clone(),
                        name: sentence(&limit.name),
                        about: sentence(&limit.conduct),
                        standing: sentence(&limit.origin.standing_shown(today)),
                    })
                    .collect(),
                source: row.origin.sources.first().cloned().unwrap_or_default(),
                standing: sentence(&row.origin.standing_shown(today)),
            }
        })
        .collect())
}

/// Returns comparable cases, those of the person's role first.
pub(super) fn cases(library: &Library, facts: &Facts, today: Day) -> Vec<CaseRow> {
    let speakers = facts.speaker_states();
    law::precedents(library, &facts.situation(&speakers))
        .into_iter()
        .take(CASES)
        .map(|row| CaseRow {
            case: sentence(&row.cited()),
            outcome: sentence(&row.outcome),
            evidence: row.evidence_used.iter().map(sentence).collect(),
            lessons: row.lessons.iter().map(sentence).collect(),
            source: row.origin.sources.first().cloned().unwrap_or_default(),
            standing: sentence(&row.origin.standing_shown(today)),
        })
        .collect()
}
