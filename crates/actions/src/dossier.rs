//! Everything a package may say, gathered from the case, the law room and the map: confirmed findings only.
//!
//! - `trace_rows`: what tracing shows, as sentences with exhibits.
//! - `custody`: the ledger, as sentences.
//! - `law_rows`: provisions, channels, deadlines, retraction and claims.
//! - `forms`: the questions recipients ask, answered from the exhibits.
//! - `method`: how findings are made and how often they err.
//! - `balance`: what weighs against, and counts in against counts out.
//! - `whole`: every post and capture, for safe keeping.

mod balance;
mod counted;
mod custody;
mod forms;
pub(crate) mod law_rows;
mod method;
mod question_rows;
mod trace_rows;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use case::Case;
use case::folder::Opened;
use case::view::{FindingRow, Seen};
use detect::reasons::{self, Language};
use network::trace::Map;
use record::{AccountKey, Exposure, Incident, Kind, PostKey, StampKind, What};
use report::Recipient;
use report::dossier::{
    AccountRow, Checkpoint, Collected, Confirmed, Dossier, Exhibit, Fact, PictureBox, Request, Sentence,
    Sighting, TroubleRow,
};
use seal::note::Note;
use seal::x509;
use values::{Doubt, Severity};

use crate::around::{Around, Sign};
use crate::situation::Facts;
use crate::trace::Names;
use crate::{ActionError, Context, plan};

/// An exhibit while the dossier is gathered.
pub(crate) struct Item {
    number: u32,
    event: u64,
    opened_by: values::Digest,
    seen: Seen,
    account: Option<AccountKey>,
    confirmed: Vec<FindingRow>,
}

/// Gathers the dossier for `recipient`. Exhibits whose findings were all rejected later keep their number and stay out.
pub fn gather(case: &Case, recipient: Recipient, context: &Context<'_>) -> Result<Dossier, ActionError> {
    let view = case.view();
    let names = Names::of(view.known_handles()?);
    let numbered = view.exhibits()?.len() as u64;
    let items = items(case, &names)?;
    let map: Option<Map> = view.latest_map()?;
    let facts = Facts::gather(case, false)?;
    let now = context.now();
    let today = plan::today(now)?;
    let library = context.library();
    let holders = holders(case)?;
    let stamps = case.ledger().stamps()?;
    let stamped = latest_stamped(case, &stamps);
    let counts = view.counts()?;
    let span = view.span()?;
    let settings = case.settings();
    let mut dossier = Dossier::bare(&settings.name, settings.subject(), now, context.redress);
    dossier.demo = items.iter().any(|item| item.confirmed.iter().any(|row| row.demo));
    dossier.collected = Collected {
        captures: counts.captures,
        posts: counts.posts,
        accounts: counts.accounts,
        proposed: view.proposed()?,
        confirmed: counts.confirmed,
        rejected: counts.rejected,
        first: span.map(|(first, _)| trace_rows::moment(first)),
        last: span.map(|(_, last)| trace_rows::moment(last)),
    };
    dossier.dangers = dangers(&items);
    dossier.requests = requests(&facts);
    let around = Around::read(view, true)?;
    dossier.exhibits = items
        .iter()
        .map(|item| exhibit(case, item, &holders, stamped.as_ref(), &around))
        .collect::<Result<_, _>>()?;
    let mut noted = incidents(case, recipient)?;
    for exhibit in &mut dossier.exhibits {
        exhibit.incident = noted.remove(&exhibit.post.key);
    }
    dossier.accounts = accounts(case, &items, map.as_ref(), &names)?;
    let own = crate::scan::statements(case)?;
    dossier.trace = map.as_ref().map(|map| trace_rows::rows(map, &items, library, &own)).unwrap_or_default();
    dossier.law = law_rows::provisions(case, library, &facts, &items)?;
    dossier.channels = law_rows::channels(library, &facts, today);
    dossier.deadlines = law_rows::deadlines(library, &facts, today);
    dossier.claims = law_rows::claims(library, &own, &items);
    dossier.reports = law_rows::reports(case, library, today)?;
    dossier.troubles = troubles(case, &items)?;
    dossier.custody = custody::rows(case)?;
    dossier.method = method::rows(&items);
    dossier.proof = Some(Checkpoint {
        note: case.ledger().checkpoint().to_string(),
        vkey: case.ledger().verifier().to_string(),
        stamps: stamps.iter().map(stamp).collect(),
    });
    let speakers = facts.speaker_states();
    let others = match recipient.sees_privileged() {
        true => law::recipients(library, &facts.situation(&speakers)),
        false => Vec::new(),
    };
    dossier.forms = forms::rows(library, &dossier, &items, &witnesses(case)?, &others, today);
    let decided_or_counting = || view.findings_that(|row| row.finding.counts || row.decision.is_some());
    if recipient.sees_privileged() {
        let findings = decided_or_counting()?;
        dossier.retraction = law_rows::retraction(library, &settings.state, today);
        dossier.calendar = plan::calendars(case, context)?;
        dossier.questions = question_rows::provisions(case, library, &facts, &items, map.as_ref(), today)?;
        dossier.cases = question_rows::cases(library, &facts, today);
        dossier.unfavourable = balance::unfavourable(case, &findings, &items)?;
        dossier.balance = balance::rows(case, &findings, &items, numbered)?;
    }
    if recipient == Recipient::Archive {
        whole::fill(case, &mut dossier, &decided_or_counting()?)?;
    }
    Ok(dossier)
}

/// What a person wrote down of calls, letters and visits, by the post that stands for it in the timeline; as much of it
/// as `recipient` may know.
fn incidents(case: &Case, recipient: Recipient) -> Result<BTreeMap<PostKey, Incident>, ActionError> {
    let mut found = BTreeMap::new();
    if !recipient.gets_incidents() {
        return Ok(found);
    }
    for event in case.ledger().events(0) {
        if let What::Logged { incident: digest } = event?.1.what {
            let mut incident: Incident = case.objects().get_json(&digest, "an incident")?;
            if !recipient.gets_witnesses() {
                incident.witnesses.clear();
            }
            found.insert(crate::log::key(&incident, &digest), incident);
        }
    }
    Ok(found)
}

/// The witnesses named in what a person wrote down, each once.
fn witnesses(case: &Case) -> Result<Vec<String>, ActionError> {
    let mut names = Vec::new();
    for event in case.ledger().events(0) {
        if let What::Logged { incident } = event?.1.what {
            let incident: Incident = case.objects().get_json(&incident, "an incident")?;
            names.extend(incident.witnesses);
        }
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// Returns the confirmed exhibits, by number.
pub(crate) fn items(case: &Case, names: &Names) -> Result<Vec<Item>, ActionError> {
    let view = case.view();
    let mut items = Vec::new();
    for row in view.exhibits()? {
        let confirmed: Vec<FindingRow> =
            view.findings_on(&row.post)?.into_iter().filter(FindingRow::confirmed).collect();
        let Some(seen) = view.seen(&row.post)? else { continue };
        if !confirmed.is_empty() {
            let account = names.key(&seen.post.author);
            items.push(Item {
                number: row.number,
                event: row.event,
                opened_by: row.opened_by,
                seen,
                account,
                confirmed,
            });
        }
    }
    Ok(items)
}

/// A proof of time as a package carries it: the certificates it was checked against split into root and others.
fn stamp(kept: &case::stamps::Stamp) -> report::dossier::Stamp {
    let chain = x509::from_pem(&kept.certificates);
    let (roots, others) = match chain.split_last() {
        Some((root, others)) => {
            (x509::to_pem(&root.whole), others.iter().map(|one| x509::to_pem(&one.whole)).collect())
        }
        None => (String::new(), String::new()),
    };
    report::dossier::Stamp {
        kind: kept.kind,
        bare: seal::timestamp::is_bare(&kept.token),
        token: kept.token.clone(),
        stamped: kept.checkpoint.clone(),
        roots,
        others,
        at: case::stamps::time_said(kept),
    }
}

/// The largest checkpoint that an authority stamped and that the present key signed.
fn latest_stamped(case: &Case, stamps: &[case::stamps::Stamp]) -> Option<Note> {
    let key = case.ledger().verifier();
    stamps
        .iter()
        .filter(|stamp| stamp.kind == StampKind::Rfc3161)
        .filter_map(|stamp| {
            let note: Note = std::str::from_utf8(&stamp.checkpoint).ok()?.parse().ok()?;
            note.verify(&key).is_ok().then_some((stamp.size, note))
        })
        .max_by_key(|(size, _)| *size)
        .map(|(_, note)| note)
}

/// How many posts each capture shows: one with several also holds words of others.
fn holders(case: &Case) -> Result<BTreeMap<values::Digest, u64>, ActionError> {
    Ok(case.view().captures()?.into_iter().map(|row| (row.digest, row.posts)).collect())
}

/// What was seen, and when. What a person told is captured when it was written down, not when it happened.
fn as_kept(sighting: &case::view::Sighting) -> record::Observation {
    let mut observation = sighting.observation.clone();
    if observation.fidelity == record::Fidelity::Told {
        observation.seen = Some(sighting.capture.kept);
    }
    observation
}

fn exhibit(
    case: &Case,
    item: &Item,
    holders: &BTreeMap<values::Digest, u64>,
    stamped: Option<&Note>,
    around: &Around,
) -> Result<Exhibit, ActionError> {
    let text = &item.seen.post.text;
    let sightings = item
        .seen
        .sightings
        .iter()
        .map(|sighting| Sighting {
            observation: as_kept(sighting),
            capture: sighting.capture.digest,
            size: sighting.capture.size,
            file: sighting.capture.name.clone(),
            kept: sighting.capture.kept,
            holds_others: holders.get(&sighting.capture.digest).is_some_and(|posts| *posts > 1),
            stripped: sighting.capture.stripped_from.is_some(),
        })
        .collect();
    let mut told = BTreeSet::new();
    let findings = item
        .confirmed
        .iter()
        .map(|row| {
            let Some(decision) = row.decision.as_ref() else { return Ok(None) };
            let finding = &row.finding;
            let english = reasons::sentences(&finding.reasons, text, Language::En);
            let spanish = reasons::sentences(&finding.reasons, text, Language::Es);
            // What stands around the post is said once, with the first of its findings.
            let signs = around.signs(&row.post, finding.kind).into_iter().filter(|sign| told.insert(*sign));
            let own = english.into_iter().zip(spanish).map(|(en, es)| Sentence::new(en, es));
            let reasons = own.chain(signs.map(Sign::sentence)).collect();
            Ok(Some(Confirmed {
                kind: finding.kind,
                what: finding.what,
                level: finding.level,
                stance: finding.stance,
                claim: finding.claim.clone(),
                quote: finding.span.of(text).unwrap_or(text).to_owned(),
                reasons,
                detector: finding.detector.to_string(),
                score: f64::from(finding.score.get()),
                by: decision.by.to_string(),
                at: decision.at,
                why: decision.why.clone(),
                demo: row.demo,
                boxes: boxes(case, item, finding.span)?,
            }))
        })
        .filter_map(Result::transpose)
        .collect::<Result<_, ActionError>>()?;
    let opened: Opened = case.objects().get_json(&item.opened_by, "an opened exhibit")?;
    Ok(Exhibit {
        number: item.number,
        // What was sealed when the number was given, whatever later captures add.
        post: opened.post,
        sightings,
        findings,
        pictures: Vec::new(),
        // Against the checkpoint an authority saw, where it covers the exhibit: that proves more than the latest one.
        proof: stamped
            .and_then(|note| case.ledger().proof_under(item.event, note))
            .or_else(|| case.ledger().proof(item.event))
            .map(|proof| proof.to_string()),
        ledger_line: case.ledger().line(item.event).map(str::to_owned),
        salt: Some(opened.secret),
        privileged: None,
        incident: None,
    })
}

/// The pixels in which words stand that were read in a picture.
fn boxes(case: &Case, item: &Item, span: values::Span) -> Result<Vec<PictureBox>, ActionError> {
    let boxed = crate::pictures::boxes(case, &item.seen.post, span)?;
    let of = |boxed: &crate::pictures::Boxed| PictureBox {
        picture: boxed.picture,
        left: boxed.area.left,
        top: boxed.area.top,
        width: boxed.area.width,
        height: boxed.area.height,
    };
    Ok(boxed.iter().map(of).collect())
}

fn accounts(
    case: &Case,
    items: &[Item],
    map: Option<&Map>,
    names: &Names,
) -> Result<Vec<AccountRow>, ActionError> {
    let mut rows: BTreeMap<AccountKey, AccountRow> = BTreeMap::new();
    // Times of an account that writes in local time, or was remembered, carry that doubt in every table.
    let mut doubts: BTreeMap<AccountKey, Doubt> = BTreeMap::new();
    for item in items {
        let Some(key) = &item.account else { continue };
        let row = rows.entry(key.clone()).or_insert_with(|| AccountRow {
            account: item.seen.post.author.clone(),
            exhibits: Vec::new(),
            first_seen: None,
            last_seen: None,
            posts: 0,
            views: None,
            notice: None,
            after_notice: Vec::new(),
        });
        row.exhibits.push(item.number);
        if let Some(doubt) = item.seen.post.written.and_then(|at| at.doubt()) {
            doubts.entry(key.clone()).or_insert(doubt);
        }
        // The highest number any capture shows; captures of one post are never added up.
        let views = item.seen.sightings.iter().filter_map(|sighting| sighting.observation.counts.views).max();
        row.views = match (row.views, views) {
            (Some(sum), Some(more)) => Some(sum + more),
            (sum, more) => sum.or(more),
        };
    }
    for activity in case.view().activity()? {
        let Some(row) = names.key(&activity.account).and_then(|key| rows.get_mut(&key)) else { continue };
        row.posts += activity.posts;
        if let (Some(first), Some(last)) = (activity.first, activity.last) {
            let doubt = row.account.key().and_then(|key| doubts.get(&key).copied());
            let [first, last] = [first, last].map(|at| {
                let at = trace_rows::moment(at);
                doubt.map_or(at, |doubt| at.with_doubt(doubt))
            });
            row.first_seen = Some(row.first_seen.map_or(first, |known| known.min(first)));
            row.last_seen = Some(row.last_seen.map_or(last, |known| known.max(last)));
        }
    }
    for notice in map.iter().flat_map(|map| &map.notice.went_on) {
        if let Some(row) = rows.get_mut(&notice.account) {
            let at = trace_rows::moment(notice.at);
            row.notice = Some(row.notice.map_or(at, |known| known.min(at)));
            let numbers = numbers(items, notice.kept_on.iter().chain(&notice.passed_on));
            row.after_notice.extend(numbers);
            row.after_notice.sort_unstable();
            row.after_notice.dedup();
        }
    }
    let mut rows: Vec<AccountRow> = rows.into_values().collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.exhibits.len()), row.exhibits.first().copied()));
    Ok(rows)
}

/// Returns the numbers of those posts that are exhibits, sorted, each once.
fn numbers<'a>(items: &[Item], posts: impl IntoIterator<Item = &'a PostKey>) -> Vec<u32> {
    let mut numbers: Vec<u32> = posts
        .into_iter()
        .filter_map(|post| items.iter().find(|item| item.seen.post.key == *post))
        .map(|item| item.number)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Known danger: what the reasons of confirmed findings name, each with its exhibits.
fn dangers(items: &[Item]) -> Vec<Fact> {
    const SIGNS: [(&str, &str, &[&str]); 6] = [
        ("A time or day is named", "Se nombra una hora o un día", &["time"]),
        ("A place is named", "Se nombra un lugar", &["place"]),
        ("Means of harm are named", "Se nombran medios para hacer daño", &["means", "weapon"]),
        ("Coming to the person is announced", "Se anuncia ir hasta la persona", &["approach", "visit"]),
        ("Family is named", "Se nombra a la familia", &["family"]),
        ("Others are called to take part", "Se llama a otros a participar", &["crowd", "others"]),
    ];
    let mut facts: Vec<Fact> = Vec::new();
    for (en, es, signs) in SIGNS {
        let (mut exhibits, mut words) = (Vec::new(), Vec::new());
        for item in items {
            let harm = item.confirmed.iter().filter(|row| {
                let kind = row.finding.kind;
                matches!(kind, Kind::Threat | Kind::Incitement | Kind::Swatting | Kind::Intimidation)
            });
            let reasons = harm.flat_map(|row| &row.finding.reasons);
            let named = reasons.filter(|reason| reason.code.split('.').any(|part| signs.contains(&part)));
            let mut here = named.peekable();
            if here.peek().is_none() {
                continue;
            }
            exhibits.push(item.number);
            for word in here.filter_map(|reason| reason.span?.of(&item.seen.post.text)) {
                let word = word.trim().to_owned();
                if !word.is_empty() && !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        if exhibits.is_empty() {
            continue;
        }
        words.truncate(4);
        let (quoted, citado): (Vec<String>, Vec<String>) =
            words.iter().map(|word| (format!("“{word}”"), format!("«{word}»"))).unzip();
        let what = match words.is_empty() {
            true => Sentence::new(en, es),
            false => {
                Sentence::new(format!("{en}: {}", quoted.join(", ")), format!("{es}: {}", citado.join(", ")))
            }
        };
        facts.push(Fact { what, exhibits });
    }
    for (exposure, en, es) in [
        (Exposure::Address, "A private address was published", "Se publicó una dirección privada"),
        (Exposure::Location, "A present whereabouts was published", "Se publicó dónde está la persona"),
        (Exposure::Plate, "A licence plate was published", "Se publicó una placa de vehículo"),
        (Exposure::Phone, "A private telephone number was published", "Se publicó un teléfono privado"),
        (Exposure::Family, "Family members were named", "Se nombró a familiares"),
        (Exposure::School, "A school was named", "Se nombró una escuela"),
        (Exposure::Routine, "A daily routine was published", "Se publicó una rutina diaria"),
    ] {
        let exhibits: Vec<u32> = items
            .iter()
            .filter(|item| item.confirmed.iter().any(|row| row.finding.what == Some(exposure)))
            .map(|item| item.number)
            .collect();
        if !exhibits.is_empty() {
            facts.push(Fact { what: Sentence::new(en, es), exhibits });
        }
    }
    facts
}

fn requests(facts: &Facts) -> Vec<Request> {
    let ask = |recipient: &str, en: &str, es: &str| Request {
        recipient: Some(recipient.to_owned()),
        what: Sentence::new(en, es),
    };
    let mut requests = vec![
        ask(
            "police",
            "Please take a report and give its number to the person.",
            "Por favor, reciba la denuncia y dé su número a la persona.",
        ),
        ask(
            "police",
            "Please ask the platforms to preserve the accounts and posts named here; records can be deleted within weeks.",
            "Por favor, pida a las plataformas que conserven las cuentas y publicaciones aquí nombradas; los registros pueden borrarse en semanas.",
        ),
        ask(
            "prosecutor",
            "Please consider a preservation request for the accounts and posts named here.",
            "Por favor, considere una solicitud de conservación para las cuentas y publicaciones aquí nombradas.",
        ),
        ask(
            "platform",
            "Please review each post below under the rule quoted beside it, and answer with a ticket number.",
            "Por favor, revise cada publicación según la regla citada a su lado y responda con un número de caso.",
        ),
        ask(
            "employer",
            "Please keep the person's private data out of records that can be requested by the public.",
            "Por favor, mantenga los datos privados de la persona fuera de registros que el público pueda solicitar.",
        ),
    ];
    if facts.exposures.contains(&Exposure::Address) {
        requests.push(ask(
            "police",
            "Please flag the home address with dispatch against hoax emergency calls (swatting).",
            "Por favor, marque el domicilio en la central contra llamadas de emergencia falsas (swatting).",
        ));
    }
    requests
}

fn troubles(case: &Case, items: &[Item]) -> Result<Vec<TroubleRow>, ActionError> {
    let mut rows: Vec<TroubleRow> = Vec::new();
    for row in case.view().troubles()? {
        let exhibits: Vec<u32> = items
            .iter()
            .filter(|item| {
                item.seen.sightings.iter().any(|sighting| {
                    sighting.capture.digest == row.capture
                        && row.trouble.place.as_ref().is_none_or(|place| *place == sighting.observation.place)
                })
            })
            .map(|item| item.number)
            .collect();
        let trouble = row.trouble;
        if trouble.severity == Severity::Note && exhibits.is_empty() {
            continue;
        }
        if let Some(known) =
            rows.iter_mut().find(|known| known.code == trouble.code && known.what == trouble.what)
        {
            known.exhibits.extend(exhibits);
            known.exhibits.sort_unstable();
            known.exhibits.dedup();
        } else {
            rows.push(TroubleRow {
                code: trouble.code.into_owned(),
                severity: trouble.severity,
                what: trouble.what,
                next: trouble.next,
                exhibits,
            });
        }
    }
    Ok(rows)
}
