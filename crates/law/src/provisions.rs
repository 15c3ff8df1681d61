//! Which laws' elements the findings may touch, as questions, with the doctrine that limits them beside.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use record::Kind;
use values::Platform;

use crate::library::Library;
use crate::rows::{Provision, ProvisionKind, Speaks};
use crate::situation::Situation;
use crate::text::{Lang, Text};

/// Why a provision's place fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The person's own state.
    State,
    /// Federal law.
    Federal,
    /// A state a speaker is known to write from.
    SpeakerState,
}

/// One element, to be answered by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// The question.
    pub question: &'a Text,
    /// What kinds of exhibit can speak to it.
    pub speaks: &'a [Speaks],
    /// Whether redress proposes nothing here: intent, falsity, fear and harm are a person's to say.
    pub never_auto: bool,
}

/// A provision whose elements the findings may touch.
#[derive(Debug, Clone)]
pub struct ProvisionMatch<'a> {
    /// The row.
    pub row: &'a Provision,
    /// Why its place fits.
    pub place: Place,
    /// The findings it was matched by.
    pub kinds: Vec<Kind>,
    /// Whether it names the person's role, rather than anyone.
    pub names_role: bool,
    /// Its elements, all open.
    pub elements: Vec<Element<'a>>,
    /// Rulings and immunities that limit it.
    pub doctrine: Vec<&'a Provision>,
}

/// Returns what has to stand above every list of provisions.
pub fn disclaimer() -> Text {
    Text::new(
        "This is not legal advice. It lists laws whose elements may be touched. It does not say that a law was broken, \
         or that a post is defamatory. A person answers each question; an unanswered one is missing, not assumed.",
        "Esto no es asesoramiento jurídico. Enumera leyes cuyos elementos podrían estar en juego. No dice que se haya \
         infringido una ley ni que una publicación sea difamatoria. Cada pregunta la responde una persona; la que \
         quede sin respuesta falta, no se da por supuesta.",
    )
}

/// Returns the provisions whose elements may be touched: those that name the person's role first, the own state before
/// federal law, rows for unusual facts last; within that in the order of the library.
///
/// Bills are never among them. Doctrine stands inside each match, not in the list.
pub fn provisions<'a>(library: &'a Library, situation: &Situation<'_>) -> Vec<ProvisionMatch<'a>> {
    let mut matches: Vec<ProvisionMatch<'a>> = library
        .provisions
        .iter()
        .filter(|row| situation.is_role(&row.roles))
        .filter_map(|row| matched(library, situation, row))
        .collect();
    matches.sort_by_key(|found| (found.row.narrow, Reverse(found.names_role), found.place));
    matches
}

/// Returns provisions of the right place and findings that do *not* cover the person's role: worth showing, so that
/// nobody relies on them.
pub fn not_covering<'a>(library: &'a Library, situation: &Situation<'_>) -> Vec<&'a Provision> {
    library
        .provisions
        .iter()
        .filter(|row| !situation.is_role(&row.roles) && matched(library, situation, row).is_some())
        .collect()
}

fn matched<'a>(
    library: &'a Library,
    situation: &Situation<'_>,
    row: &'a Provision,
) -> Option<ProvisionMatch<'a>> {
    if row.kind.limits() || row.kind == ProvisionKind::Bill {
        return None;
    }
    let place = match row.jurisdiction.as_str() {
        "US" => Place::Federal,
        state if state == situation.state => Place::State,
        state if situation.speaker_states.contains(&state) => Place::SpeakerState,
        _ => return None,
    };
    let kinds = situation.shared_kinds(&row.kinds);
    if kinds.is_empty() {
        return None;
    }
    let doctrine = library
        .provisions
        .iter()
        .filter(|other| other.kind.limits() && other.kinds.iter().any(|kind| kinds.contains(kind)))
        .collect();
    let elements = row
        .elements
        .iter()
        .map(|element| Element {
            question: &element.ask,
            speaks: &element.speaks,
            never_auto: element.person_only,
        })
        .collect();
    Some(ProvisionMatch { row, place, kinds, names_role: !row.roles.is_empty(), elements, doctrine })
}

/// Returns what an element lacks, in a sentence; `None` where a person answered it.
///
/// `proposed` tells whether an exhibit was proposed for it.
pub fn missing(element: &Element<'_>, proposed: bool, answered: bool) -> Option<Text> {
    if answered {
        return None;
    }
    let list = |lang: Lang| {
        let shown: Vec<String> =
            element.speaks.iter().map(|speaks| speaks.shown().in_lang(lang).to_owned()).collect();
        shown.join("; ")
    };
    let (en, es) = (list(Lang::En), list(Lang::Es));
    Some(match (element.never_auto, proposed) {
        (true, _) => Text::new(
            format!("Not answered. Only a person can say this. What may help: {en}."),
            format!("Sin respuesta. Solo una persona puede decirlo. Puede ayudar: {es}."),
        ),
        (false, true) => Text::new(
            "Not answered. Look at the exhibits proposed and say whether they speak to it.",
            "Sin respuesta. Mire las pruebas propuestas y diga si hablan de ello.",
        ),
        (false, false) => Text::new(
            format!("Missing: no exhibit speaks to it yet. What would: {en}."),
            format!("Falta: ninguna prueba habla de ello todavía. Serviría: {es}."),
        ),
    })
}

/// What matching needs to know of one exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitFacts {
    /// Its name: `EX-0001`.
    pub name: String,
    /// Kinds of its confirmed findings.
    pub kinds: Vec<Kind>,
    /// Where it was said.
    pub platform: Platform,
    /// The account that said it, in any stable form.
    pub account: Option<String>,
    /// Whether the account had seen a correction by then.
    pub after_notice: bool,
    /// Whether the network shows a tie of its account to another.
    pub tied: bool,
    /// Whether reach was captured.
    pub reach: bool,
}

/// Returns, for each element of `found` in order, the names of the exhibits that may speak to it, sorted; an empty list
/// is an element for which something is missing, or one that only a person can answer.
///
/// Only exhibits that share a finding with the provision are proposed; each is a proposal, never an answer.
pub fn exhibits_for(found: &ProvisionMatch<'_>, exhibits: &[ExhibitFacts]) -> Vec<Vec<String>> {
    let near: Vec<&ExhibitFacts> =
        exhibits.iter().filter(|facts| facts.kinds.iter().any(|kind| found.kinds.contains(kind))).collect();
    let several = |facts: &ExhibitFacts| {
        facts.account.is_some() && near.iter().filter(|other| other.account == facts.account).count() > 1
    };
    let incident = |platform| {
        matches!(platform, Platform::Phone | Platform::Letter | Platform::InPerson | Platform::Sms)
    };
    found
        .elements
        .iter()
        .map(|element| {
            let mut names = BTreeSet::new();
            for facts in &near {
                let speaks = element.speaks.iter().any(|speaks| match speaks {
                    Speaks::Words => true,
                    Speaks::Route => facts.platform != Platform::Unknown,
                    Speaks::SameAccount => several(facts),
                    Speaks::Notice => facts.after_notice,
                    Speaks::Incident => incident(facts.platform),
                    Speaks::Coordination => facts.tied,
                    Speaks::Exposure => facts.kinds.contains(&Kind::Dox),
                    Speaks::Reach => facts.reach,
                    Speaks::Role | Speaks::Document | Speaks::OwnStatement => false,
                });
                if speaks && !element.never_auto {
                    names.insert(facts.name.clone());
                }
            }
            names.into_iter().collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Row;
    use record::Role;

    fn situation<'a>(role: Role, state: &'a str, kinds: &'a [Kind]) -> Situation<'a> {
        Situation {
            role,
            state,
            speaker_states: &[],
            kinds,
            exposures: &[],
            platforms: &[],
            urgent: false,
            first_publication: None,
            learned: None,
        }
    }

    #[test]
    fn the_federal_doxing_statute_is_for_carriers_and_not_for_election_workers() {
        let library = Library::shipped();
        let has = |role| {
            let found = provisions(library, &situation(role, "PA", &[Kind::Dox]));
            found.iter().any(|found| found.row.id() == "us-18-119")
        };
        assert!(has(Role::Postal));
        assert!(!has(Role::ElectionWorker));
        let beside = not_covering(library, &situation(Role::ElectionWorker, "PA", &[Kind::Dox]));
        assert!(beside.iter().any(|row| row.id() == "us-18-119"), "shown as not covering");
    }

    #[test]
    fn doctrine_stands_beside_every_threat_law_and_bills_nowhere() {
        let library = Library::shipped();
        for found in provisions(library, &situation(Role::Voter, "KS", &[Kind::Threat, Kind::Dox])) {
            assert!(!found.doctrine.is_empty(), "{}", found.row.id());
            assert_ne!(found.row.kind, ProvisionKind::Bill);
        }
    }

    #[test]
    fn exhibits_are_proposed_only_where_they_can_speak() {
        let library = Library::shipped();
        let found = provisions(library, &situation(Role::Voter, "PA", &[Kind::Threat]));
        let threat = found.iter().find(|found| found.row.id() == "us-18-875c").unwrap();
        let facts = |name: &str, kind| ExhibitFacts {
            name: name.to_owned(),
            kinds: vec![kind],
            platform: Platform::X,
            account: Some("x:@a".to_owned()),
            after_notice: false,
            tied: false,
            reach: false,
        };
        let proposed =
            exhibits_for(threat, &[facts("EX-0001", Kind::Threat), facts("EX-0002", Kind::Harassment)]);
        assert_eq!(proposed.len(), threat.elements.len());
        assert!(proposed.iter().any(|names| names == &["EX-0001"]));
        assert!(proposed.iter().flatten().all(|name| name != "EX-0002"), "an insult speaks to no threat");
        for (element, names) in threat.elements.iter().zip(&proposed) {
            assert!(!element.never_auto || names.is_empty());
        }
    }
}
