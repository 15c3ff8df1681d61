//! `redress elements`: the questions each law asks, which exhibit may speak to which, what is missing, and what limits it.
//!
//! Redress proposes; a person answers, with exhibits, and the answer is kept in the ledger with who gave it. What nobody
//! answered is missing, never assumed. Intent, falsity, fear and harm are proposed nothing for. Rulings and immunities
//! that protect speakers stand beside each law, so that a weak claim looks weak.

use std::collections::BTreeMap;

use case::Case;
use law::{Day, Lang, Provision as Row};
use network::trace::Map;
use record::{ElementAnswer, What};
use serde::Serialize;

use crate::dossier::{self, law_rows};
use crate::situation::Facts;
use crate::trace::Names;
use crate::{ActionError, Context, plan, reports};

/// The table.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// That this is no legal advice, and what a missing answer means. Stands above everything.
    pub disclaimer: String,
    /// What the state's law does to suits that silence speech, where statements of fact are in the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anti_slapp: Option<String>,
    /// Laws whose elements may be touched: those that name the person's role first, those that look weak last.
    pub provisions: Vec<Provision>,
    /// Laws of the right place and findings that do not cover this person, so that nobody relies on them.
    pub not_covering: Vec<Brief>,
    /// Answers to questions that the rows no longer ask in these words: provision, question, exhibits.
    pub older_answers: Vec<(String, String, Vec<String>)>,
}

/// A law, its questions, and what limits it.
#[derive(Debug, Clone, Serialize)]
pub struct Provision {
    /// The row's id.
    pub id: String,
    /// Its citation.
    pub citation: String,
    /// Its name.
    pub name: String,
    /// `US`, a state, or `DC`.
    pub jurisdiction: String,
    /// `criminal`, `civil` …
    pub sort: law::ProvisionKind,
    /// What it covers.
    pub covers: String,
    /// Whom it protects.
    pub protects: String,
    /// What may follow from it.
    pub penalty: String,
    /// The unusual facts without which it does not fit; often empty.
    pub only_if: String,
    /// Whether it looks weak: no exhibit speaks to what it asks about, and nobody answered.
    pub weak: bool,
    /// How many of its questions an exhibit is proposed for.
    pub proposed: usize,
    /// What to know before relying on it; often empty.
    pub caution: String,
    /// Whether it names the person's role, rather than anyone.
    pub names_role: bool,
    /// Its questions.
    pub elements: Vec<Element>,
    /// How many of them a person answered, and how many there are.
    pub answered: (usize, usize),
    /// Rulings and immunities that limit it.
    pub doctrine: Vec<Brief>,
    /// Where it was read.
    pub source: String,
    /// How far the row can be relied on, in a sentence.
    pub standing: String,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct Element {
    /// Its number, from 1: to answer it by.
    pub number: usize,
    /// The question.
    pub question: String,
    /// Exhibits that may speak to it: a proposal of redress, which stays in the house.
    pub proposed: Vec<String>,
    /// What a person answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answered>,
    /// What is missing, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// Whether redress proposes nothing here.
    pub person_only: bool,
}

/// A person's answer.
#[derive(Debug, Clone, Serialize)]
pub struct Answered {
    /// The exhibits.
    pub exhibits: Vec<String>,
    /// In their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Who.
    pub by: String,
    /// When, as a reader sees it.
    pub at: String,
}

/// A law or a ruling in short.
#[derive(Debug, Clone, Serialize)]
pub struct Brief {
    /// The row's id.
    pub id: String,
    /// Its citation.
    pub citation: String,
    /// Its name.
    pub name: String,
    /// What it says, or whom it protects.
    pub about: String,
    /// What to know before relying on it; often empty.
    pub caution: String,
    /// Where it was read.
    pub source: String,
    /// How far the row can be relied on, in a sentence.
    pub standing: String,
}

impl Brief {
    fn of(row: &Row, about: &law::Text, lang: Lang, today: Day) -> Self {
        Self {
            id: row.origin.id.clone(),
            citation: row.citation.clone(),
            name: row.name.in_lang(lang).to_owned(),
            about: about.in_lang(lang).to_owned(),
            caution: row.caution.in_lang(lang).to_owned(),
            source: row.origin.sources.first().cloned().unwrap_or_default(),
            standing: row.origin.standing_shown(today).in_lang(lang).to_owned(),
        }
    }
}

/// Makes the table from confirmed findings.
pub fn table(case: &Case, language: &str, context: &Context<'_>) -> Result<Table, ActionError> {
    let lang = Lang::of(language);
    let library = context.library();
    let today = plan::today(context.now())?;
    let facts = Facts::gather(case, false)?;
    let speakers = facts.speaker_states();
    let situation = facts.situation(&speakers);
    let items = dossier::items(case, &Names::of(case.view().known_handles()?))?;
    let map: Option<Map> = case.view().latest_map()?;
    let exhibits = law_rows::exhibit_facts(&items, map.as_ref());
    let mut answers = answers(case)?;
    let mut provisions = Vec::new();
    for found in law::provisions(library, &situation) {
        let proposed = law::exhibits_for(&found, &exhibits);
        let row = found.row;
        let mut elements = Vec::new();
        for (number, (element, proposed)) in found.elements.iter().zip(proposed).enumerate() {
            let answer = answers.remove(&(row.origin.id.clone(), element.question.en.clone()));
            let missing = law::missing(element, !proposed.is_empty(), answer.is_some());
            elements.push(Element {
                number: number + 1,
                question: element.question.in_lang(lang).to_owned(),
                proposed: proposed.iter().filter_map(|name| name.parse().ok()).map(name).collect(),
                answer: answer.map(|answer| Answered {
                    exhibits: answer.exhibits.iter().copied().map(name).collect(),
                    why: answer.why,
                    by: answer.by.to_string(),
                    at: answer.at.shown(),
                }),
                missing: missing.map(|text| text.in_lang(lang).to_owned()),
                person_only: element.never_auto,
            });
        }
        let spoken: Vec<bool> =
            elements.iter().map(|element| element.answer.is_some() || !element.proposed.is_empty()).collect();
        let answered = elements.iter().filter(|element| element.answer.is_some()).count();
        provisions.push(Provision {
            id: row.origin.id.clone(),
            citation: row.citation.clone(),
            name: row.name.in_lang(lang).to_owned(),
            jurisdiction: row.jurisdiction.clone(),
            sort: row.kind,
            covers: row.conduct.in_lang(lang).to_owned(),
            protects: row.protects.in_lang(lang).to_owned(),
            penalty: row.penalty.in_lang(lang).to_owned(),
            only_if: row.only_if.in_lang(lang).to_owned(),
            weak: law::is_weak(&found, &spoken),
            proposed: elements.iter().filter(|element| !element.proposed.is_empty()).count(),
            caution: row.caution.in_lang(lang).to_owned(),
            names_role: found.names_role,
            answered: (answered, elements.len()),
            elements,
            doctrine: found.doctrine.iter().map(|row| Brief::of(row, &row.conduct, lang, today)).collect(),
            source: row.origin.sources.first().cloned().unwrap_or_default(),
            standing: row.origin.standing_shown(today).in_lang(lang).to_owned(),
        });
    }
    // What looks weak stands last; else the order of the law room.
    provisions.sort_by_key(|row| row.weak);
    let state = library.defamation_of(&case.settings().state);
    let said = facts.kinds.contains(&record::Kind::FalseClaim);
    let anti_slapp = state.filter(|_| said).map(|row| row.anti_slapp_shown().in_lang(lang).to_owned());
    Ok(Table {
        anti_slapp,
        disclaimer: law::disclaimer().in_lang(lang).to_owned(),
        provisions,
        not_covering: law::not_covering(library, &situation)
            .into_iter()
            .map(|row| Brief::of(row, &row.protects, lang, today))
            .collect(),
        older_answers: answers
            .into_iter()
            .map(|((provision, question), answer)| {
                (provision, question, answer.exhibits.into_iter().map(name).collect())
            })
            .collect(),
    })
}

/// Answers a question of a law with exhibits and words; with neither, the answer is taken back.
///
/// Errors, with nothing written, where there is no such law, question or exhibit.
pub fn answer(
    case: &mut Case,
    provision: &str,
    number: usize,
    exhibits: &[u32],
    why: Option<&str>,
    context: &Context<'_>,
) -> Result<(), ActionError> {
    let row = context.library().provisions.iter().find(|row| row.origin.id == provision).ok_or_else(|| {
        ActionError::Request(format!(
            "“{provision}” is no law redress knows. Copy the word in brackets from `redress elements CASE`."
        ))
    })?;
    let element = number.checked_sub(1).and_then(|place| row.elements.get(place)).ok_or_else(|| {
        ActionError::Request(format!(
            "{} asks {} questions, and {number} is none of them. See `redress elements CASE`.",
            row.citation,
            row.elements.len()
        ))
    })?;
    reports::known_exhibits(case, exhibits)?;
    let mut exhibits = exhibits.to_vec();
    exhibits.sort_unstable();
    exhibits.dedup();
    let at = context.now();
    let answer = ElementAnswer {
        provision: provision.to_owned(),
        question: element.ask.en.clone(),
        exhibits,
        why: why.map(str::to_owned),
        by: context.actor.clone(),
        at,
    };
    case.note(&answer, |answer| What::ElementAnswered { answer }, at)?;
    Ok(())
}

/// Answers by the provision's id and the question in English.
pub(crate) type Answers = BTreeMap<(String, String), ElementAnswer>;

/// Returns the answers that hold, by the provision's id and the question in English.
pub(crate) fn answers(case: &Case) -> Result<Answers, ActionError> {
    let mut answers = BTreeMap::new();
    for event in case.ledger().events(0) {
        if let What::ElementAnswered { answer } = event?.1.what {
            let answer: ElementAnswer = case.objects().get_json(&answer, "an answer to an element")?;
            let key = (answer.provision.clone(), answer.question.clone());
            if answer.is_taken_back() {
                answers.remove(&key);
            } else {
                answers.insert(key, answer);
            }
        }
    }
    Ok(answers)
}

fn name(number: u32) -> String {
    format!("EX-{number:04}")
}
