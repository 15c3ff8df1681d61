//! Which laws' elements the findings may touch, as questions, with the doctrine that limits them beside.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use record::{Exposure, Kind};
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
    /// The findings an exhibit must have to speak to it. Empty: any of those the law was matched by.
    pub kinds: &'a [Kind],
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
/// A law on one route (paper mail, the telephone, face to face) is among them only where something came by it, and a law on
/// certain private data only where such data are exposed. Bills are never among them. Doctrine stands inside each match, not in the list.
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

/// Returns provisions of the right place and findings that do *not* cover the person's role, or not the data that were
/// exposed: worth showing, so that nobody relies on them.
pub fn not_covering<'a>(library: &'a Library, situation: &Situation<'_>) -> Vec<&'a Provision> {
    library
        .provisions
        .iter()
        .filter(|row| {
            let exposed = situation.is_role(&row.roles) && row.covers_exposed(situation.exposures);
            !exposed && matched(library, &Situation { exposures: &[], ..*situation }, row).is_some()
        })
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
    let mut kinds = situation.shared_kinds(&row.kinds);
    if !row.covers_exposed(situation.exposures) {
        kinds.retain(|kind| *kind != Kind::Dox);
    }
    let reached = situation.platforms.is_empty() || situation.platforms.iter().any(|at| row.covers(*at));
    if kinds.is_empty() || !reached {
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
            kinds: &element.kinds,
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
    /// What its confirmed dox findings expose.
    pub exposures: Vec<Exposure>,
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
/// Only exhibits that share a finding with the provision, came by a route it covers and, for private data, expose what it
/// covers are proposed, to a question only those with the findings it asks about. For a row that fits only unusual facts
/// nothing is proposed: whether they are there is a person's to say. Each is a proposal, never an answer.
pub fn exhibits_for(found: &ProvisionMatch<'_>, exhibits: &[ExhibitFacts]) -> Vec<Vec<String>> {
    let row = found.row;
    if !row.only_if.is_empty() {
        return vec![Vec::new(); found.elements.len()];
    }
    let shares = |facts: &ExhibitFacts, kinds: &[Kind]| {
        facts
            .kinds
            .iter()
            .any(|kind| kinds.contains(kind) && (*kind != Kind::Dox || row.covers_exposed(&facts.exposures)))
    };
    let near: Vec<&ExhibitFacts> =
        exhibits.iter().filter(|facts| shares(facts, &found.kinds) && row.covers(facts.platform)).collect();
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
            let asked = |facts: &&&ExhibitFacts| element.kinds.is_empty() || shares(facts, element.kinds);
            for facts in near.iter().filter(asked) {
                let speaks = element.speaks.iter().any(|speaks| match speaks {
                    Speaks::Words => true,
                    Speaks::Route => facts.platform != Platform::Unknown,
                    Speaks::SameAccount => several(facts),
                    Speaks::Notice => facts.after_notice,
                    Speaks::Incident => incident(facts.platform),
                    Speaks::Coordination => facts.tied,
                    Speaks::Exposure => shares(facts, &[Kind::Dox]),
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

/// Tells whether a provision looks weak: nothing is proposed for any question about what was said, done or exposed, and no
/// person answered one. `spoken` tells for each element in order whether an exhibit was proposed or an answer given.
pub fn is_weak(found: &ProvisionMatch<'_>, spoken: &[bool]) -> bool {
    let told = |speaks: &Speaks| matches!(speaks, Speaks::Words | Speaks::Incident | Speaks::Exposure);
    let core = |element: &Element<'_>| element.speaks.iter().any(told);
    // What only a person can say is spoken to only where one answered.
    let counts = |element: &Element<'_>| core(element) || element.never_auto;
    let stands = found.elements.iter().zip(spoken).any(|(element, spoken)| *spoken && counts(element));
    !stands && (!found.row.only_if.is_empty() || found.elements.iter().any(core))
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
            exposures: Vec::new(),
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

    /// One situation and one exhibit a line: kind, what it exposes, where; then laws that must (or, with `!`, must not) be
    /// proposed it for some question.
    #[test]
    fn a_law_is_proposed_only_what_it_covers() {
        let library = Library::shipped();
        let check = |role, state, kind: Kind, exposed: &[Exposure], platform, expected: &str| {
            let (kinds, platforms) = ([kind], [platform]);
            let situation =
                Situation { exposures: exposed, platforms: &platforms, ..situation(role, state, &kinds) };
            let exhibit = ExhibitFacts {
                name: "EX-0001".to_owned(),
                kinds: kinds.to_vec(),
                exposures: exposed.to_vec(),
                platform,
                account: Some("x:@a".to_owned()),
                after_notice: false,
                tied: true,
                reach: true,
            };
            let proposed: Vec<&str> = provisions(library, &situation)
                .iter()
                .filter(|found| {
                    exhibits_for(found, std::slice::from_ref(&exhibit)).iter().flatten().next().is_some()
                })
                .map(|found| found.row.id())
                .collect();
            for word in expected.split_whitespace() {
                match word.strip_prefix('!') {
                    Some(id) => {
                        assert!(!proposed.contains(&id), "{kind} on {platform}: {id} in {proposed:?}")
                    }
                    None => {
                        assert!(proposed.contains(&word), "{kind} on {platform}: {word} not in {proposed:?}")
                    }
                }
            }
        };
        use Platform::{InPerson, Letter, Phone, X};
        let carrier = Role::Postal;
        // A post is no letter, no call and no assault; nor is it about a church or an intimate image.
        let post =
            "us-18-875c us-18-115 !us-18-876c !us-47-223 !us-18-111 !us-18-247 !us-take-it-down !us-18-1701";
        check(carrier, "PA", Kind::Threat, &[], X, post);
        check(carrier, "PA", Kind::Threat, &[], Letter, "us-18-115 us-18-875c !us-47-223 !us-18-247");
        check(carrier, "PA", Kind::Threat, &[], InPerson, "us-18-115 !us-18-875c !us-18-2261A");
        check(Role::Voter, "ID", Kind::Threat, &[], Phone, "id-18-6710 us-18-875c");
        check(Role::Voter, "KY", Kind::Dox, &[Exposure::Workplace], Letter, "!ky-525.085");
        // The federal law on private data lists no plate; Texas names address and telephone.
        check(carrier, "PA", Kind::Dox, &[Exposure::Address], X, "us-18-119");
        check(carrier, "PA", Kind::Dox, &[Exposure::Plate], X, "!us-18-119");
        check(Role::Voter, "TX", Kind::Dox, &[Exposure::Plate], X, "!tx-42.074");
        check(Role::Voter, "TX", Kind::Dox, &[Exposure::Address], X, "tx-42.074");
        // An insult is no force, intimidation or threat: such a law finds nothing in it.
        check(carrier, "PA", Kind::Harassment, &[], X, "pa-18-2709 !us-18-1701 !us-take-it-down");
        let insult = [Kind::Harassment];
        let situation = Situation { platforms: &[X], ..situation(carrier, "PA", &insult) };
        let facts = ExhibitFacts {
            name: "EX-0001".to_owned(),
            kinds: insult.to_vec(),
            exposures: Vec::new(),
            platform: X,
            account: None,
            after_notice: false,
            tied: false,
            reach: false,
        };
        for found in provisions(library, &situation) {
            let spoken: Vec<bool> = exhibits_for(&found, std::slice::from_ref(&facts))
                .iter()
                .map(|names| !names.is_empty())
                .collect();
            let weak = is_weak(&found, &spoken);
            match found.row.id() {
                "us-42-1985-1" | "us-52-10307b" | "us-18-241" | "us-take-it-down" => {
                    assert!(weak, "{}", found.row.id())
                }
                "pa-18-2709" => assert!(!weak),
                _ => {}
            }
        }
    }

    #[test]
    fn a_threat_by_telephone_or_on_paper_speaks_to_the_law_of_its_way() {
        let library = Library::shipped();
        let kinds = [Kind::Threat];
        for (platform, id) in
            [(Platform::Phone, "us-47-223"), (Platform::Sms, "us-47-223"), (Platform::Letter, "us-18-876c")]
        {
            let facts = ExhibitFacts {
                name: "EX-0001".into(),
                kinds: kinds.to_vec(),
                exposures: Vec::new(),
                platform,
                account: None,
                after_notice: false,
                tied: false,
                reach: false,
            };
            let situation =
                Situation { platforms: &[platform], ..situation(Role::ElectionWorker, "PA", &kinds) };
            let matches = provisions(library, &situation);
            let found = matches.iter().find(|found| found.row.id() == id).unwrap();
            let names = exhibits_for(found, &[facts]);
            let spoken: Vec<bool> = names.iter().map(|names| !names.is_empty()).collect();
            assert!(!is_weak(found, &spoken), "{id} by {platform:?}: {names:?}");
        }
    }

    #[test]
    fn a_plate_is_shown_as_not_covered() {
        let library = Library::shipped();
        let situation = Situation {
            exposures: &[Exposure::Plate],
            platforms: &[Platform::X],
            ..situation(Role::Postal, "PA", &[Kind::Dox])
        };
        assert!(provisions(library, &situation).iter().all(|found| found.row.id() != "us-18-119"));
        assert!(not_covering(library, &situation).iter().any(|row| row.id() == "us-18-119"));
    }
}
