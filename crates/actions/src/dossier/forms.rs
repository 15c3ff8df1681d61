//! The questions of recipients' forms, answered from the exhibits as far as they can; the rest stays blank.

use std::collections::BTreeMap;

use law::{Day, Fill, Library, Text};
use record::PostKind;
use report::dossier::{ClaimRow, Form, FormField, ReportRow, Sentence};
use report::{Desk, Dossier};

use values::{Moment, Platform};

use super::Item;
use super::law_rows::sentence;

/// Which row of the law data a desk is.
const fn row_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Local => "local-police-report",
        Desk::State => "state-ag",
        Desk::Fbi => "fbi-tips",
        Desk::Postal => "uspis",
    }
}

/// What each platform's form asks for, in its order, by the rule that fits the posts best.
fn platforms(library: &Library, items: &[Item]) -> Vec<Form> {
    let mut rules: BTreeMap<(Platform, &str), (Form, usize)> = BTreeMap::new();
    for item in items {
        let post = &item.seen.post;
        let Some(day) = post.written.and_then(law::earliest_day) else { continue };
        let kinds: Vec<_> = item.confirmed.iter().map(|row| row.finding.kind).collect();
        for found in
            law::rules(library, post.platform, &kinds, day).into_iter().filter(|found| !found.rule.process)
        {
            let rule = found.today;
            let form = rules.entry((post.platform, &rule.origin.id)).or_insert_with(|| {
                let mut fields = vec![
                    ask("Where to report", "Dónde denunciar", found.route()),
                    ask("Who may report", "Quién puede denunciar", &rule.who_may_report),
                    ask(
                        "What the form asks for, in this order",
                        "Qué pide el formulario, en este orden",
                        &rule.report_evidence,
                    ),
                    ask(
                        "What the rule says it does not cover",
                        "Qué dice la regla que no cubre",
                        &rule.not_covered,
                    ),
                    ask("Know before", "Sepa antes", &rule.caution),
                ];
                if let Some(nowhere) = found.leads_nowhere() {
                    fields.push(ask("Where it leads today", "A qué lleva hoy", nowhere));
                }
                fields.retain(|field| !field.answers.is_empty());
                let form = Form {
                    recipient: post.platform.word().to_owned(),
                    name: Sentence::same(format!("{}: {}", rule.platform_name, rule.clause)),
                    contact: sentence(found.route()),
                    takes: sentence(&rule.topic),
                    status: Sentence::default(),
                    limit: None,
                    fields,
                };
                (form, rule.kinds.len())
            });
            form.1 = form.1.min(rule.kinds.len());
        }
    }
    let mut forms: Vec<_> =
        rules.into_iter().map(|((platform, id), (form, kinds))| (platform, kinds, id, form)).collect();
    forms.sort_by_key(|(platform, kinds, id, _)| (*platform, *kinds, *id));
    forms.into_iter().map(|(.., form)| form).collect()
}

fn ask(en: &str, es: &str, answer: &Text) -> FormField {
    let answers = if answer.en.trim().is_empty() { Vec::new() } else { vec![sentence(answer)] };
    FormField { ask: Sentence::new(en, es), answers }
}

/// Returns the forms of the platforms, of the four police desks, and of `others`: every other office that asks questions.
pub(super) fn rows(
    library: &Library,
    dossier: &Dossier,
    items: &[Item],
    witnesses: &[String],
    others: &[law::ChannelMatch<'_>],
    today: Day,
) -> Vec<Form> {
    let answers = answers(dossier, witnesses);
    let mut forms = platforms(library, items);
    for desk in Desk::ALL {
        let Some(channel) = library.channels.iter().find(|row| row.origin.id == row_of(desk)) else {
            continue;
        };
        forms.push(form(desk.word(), channel, &answers, today));
    }
    for found in others {
        let id = found.channel.origin.id.as_str();
        if !found.channel.fields.is_empty() && Desk::ALL.iter().all(|desk| row_of(*desk) != id) {
            forms.push(form(id, found.channel, &answers, today));
        }
    }
    forms
}

fn form(word: &str, channel: &law::Channel, answers: &BTreeMap<Fill, Vec<Sentence>>, today: Day) -> Form {
    let status = law::ChannelMatch { channel, now: false }.status_shown(today);
    let fields = channel.fields.iter().map(|field| FormField {
        ask: sentence(&field.ask),
        answers: field.fill.and_then(|fill| answers.get(&fill)).cloned().unwrap_or_default(),
    });
    Form {
        recipient: word.to_owned(),
        name: sentence(&channel.name),
        contact: sentence(&channel.contact),
        takes: sentence(&channel.takes),
        status: sentence(&status),
        limit: channel.form_limit.map(|limit| limit as u64),
        fields: fields.collect(),
    }
}

/// What the case can answer, the gravest or earliest first.
fn answers(dossier: &Dossier, witnesses: &[String]) -> BTreeMap<Fill, Vec<Sentence>> {
    let mut exhibits: Vec<_> = dossier.exhibits.iter().collect();
    exhibits.sort_by_key(|exhibit| (exhibit.gravity(), exhibit.number));
    let mut answers: BTreeMap<Fill, Vec<Sentence>> = BTreeMap::new();
    let mut say = |fill: Fill, sentence: Sentence| {
        let said = answers.entry(fill).or_default();
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    };
    for exhibit in exhibits {
        let post = &exhibit.post;
        let name = exhibit.name();
        let when = post.written.map_or_else(String::new, to_the_second);
        let link = post.url.as_ref().map_or("", |link| link.as_str());
        let who = post.author.shown();
        if !post.text.is_empty() {
            say(Fill::Words, Sentence::same(format!("{name}: “{}”", post.text)));
        }
        let at = place(post.platform);
        let statement =
            |at: &str| format!("{name}: “{}” {at} {who}, {when} {link}", post.text).trim().to_owned();
        say(Fill::Statements, Sentence::new(statement(&at.en), statement(&at.es)));
        let id = post.author.id.as_deref().map_or_else(String::new, |id| format!(", id {id}"));
        say(Fill::Accounts, Sentence::new(format!("{} {who}{id}", at.en), format!("{} {who}{id}", at.es)));
        say(Fill::Places, place(post.platform));
        let views = exhibit.sightings.iter().filter_map(|seen| seen.observation.counts.views).max();
        let reach = views.map(|views| {
            (format!(" ({views} views as captured)"), format!(" ({views} vistas según la captura)"))
        });
        let (reach, alcance) = reach.unwrap_or_default();
        if !link.is_empty() {
            say(Fill::Links, Sentence::new(format!("{link}{reach}"), format!("{link}{alcance}")));
        }
        for sighting in &exhibit.sightings {
            say(Fill::Evidence, Sentence::same(format!("{name}: SHA-256 {}", sighting.capture)));
        }
        for finding in &exhibit.findings {
            if let Some(what) = finding.what {
                say(Fill::Exposed, sentence(&law::exposure_shown(what)));
            }
        }
        if post.kind == PostKind::Incident {
            let way = matches!(post.platform, Platform::Phone | Platform::Letter | Platform::InPerson);
            let (sort, tipo) = if way { (at.en.as_str(), at.es.as_str()) } else { ("incident", "hecho") };
            say(Fill::Dates, Sentence::new(format!("{when}: {sort}"), format!("{when}: {tipo}")));
        }
    }
    let written = || dossier.exhibits.iter().filter_map(|exhibit| exhibit.post.written);
    if let (Some(first), Some(last)) = (written().min(), written().max()) {
        let (first, last) = (to_the_second(first), to_the_second(last));
        say(Fill::Dates, Sentence::new(format!("from {first} to {last}"), format!("de {first} a {last}")));
        say(
            Fill::FirstDate,
            Sentence::new(
                format!("earliest in this collection: {first}"),
                format!("primera de esta colección: {first}"),
            ),
        );
    }
    say(Fill::Role, sentence(&law::role_shown(dossier.subject.role)));
    say(Fill::State, Sentence::same(dossier.subject.state.clone()));
    for claim in &dossier.claims {
        say(Fill::Claims, claim_said(claim));
    }
    for report in &dossier.reports {
        say(Fill::Reports, report_said(report));
        if report.platform.is_none() {
            say(Fill::OfficeReports, report_said(report));
        }
    }
    for witness in witnesses {
        say(Fill::Witnesses, Sentence::same(witness.clone()));
    }
    answers
}

/// A moment as a form takes it: nobody reads milliseconds.
fn to_the_second(at: Moment) -> String {
    let seconds = Moment::from_seconds(at.seconds(), at.said_by());
    at.doubt().map_or(seconds, |doubt| seconds.with_doubt(doubt)).shown()
}

/// A platform's name, or a way of contact.
fn place(platform: Platform) -> Sentence {
    Sentence::new(platform.shown(), platform.shown_in_spanish())
}

fn claim_said(claim: &ClaimRow) -> Sentence {
    let said = |claim: &str, known: &str| format!("“{claim}” {known}").trim().to_owned();
    let known = claim.known.clone().unwrap_or_default();
    Sentence::new(said(&claim.claim.en, &known.en), said(&claim.claim.es, &known.es))
}

fn report_said(report: &ReportRow) -> Sentence {
    Sentence::new(
        format!("{} {}: {}", report.to.en, report.ticket, report.standing.en),
        format!("{} {}: {}", report.to.es, report.ticket, report.standing.es),
    )
}
