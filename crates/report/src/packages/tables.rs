//! Tables as CSV (RFC 4180) that a spreadsheet opens without running anything.

use std::collections::BTreeMap;

use super::exhibits_names;
use crate::dossier::Dossier;
use crate::recipient::{Options, Recipient};
use crate::view::incident::pixels;
use crate::view::{brief, word_of};

/// Returns a field as CSV: quoted, and with an apostrophe in front where a spreadsheet would take it for a formula.
///
/// A cell that starts with `=`, `+`, `-`, `@`, a tab or a line end can run commands in a spreadsheet (OWASP, CSV
/// injection); white space before it does not protect.
pub fn field(value: &str) -> String {
    let first = value.trim_start_matches(|c: char| c.is_whitespace() || c.is_control()).chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%'))
        || value.starts_with(['\t', '\r', '\n']);
    let safe: String = value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    format!("\"{}{}\"", if formula { "'" } else { "" }, safe.replace('"', "\"\""))
}

/// Returns a table as CSV in UTF-8 with CRLF.
pub fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = head.join(",");
    out.push_str("\r\n");
    for row in rows {
        let fields: Vec<String> = row.iter().map(|value| field(value)).collect();
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out
}

/// Writes `data/tables/left-out.csv`: the log of what was withheld, and why.
pub(super) fn left_out(items: &[super::LeftOut], files: &mut BTreeMap<String, Vec<u8>>) {
    let rows = items.iter().map(|item| vec![item.what.clone(), item.why.clone()]);
    files.insert("data/tables/left-out.csv".to_owned(), table(&["what", "why"], rows).into_bytes());
}

/// Writes `data/tables/*.csv`.
pub(super) fn all(
    dossier: &Dossier,
    recipient: Recipient,
    options: &Options,
    files: &mut BTreeMap<String, Vec<u8>>,
) {
    if recipient.sees_privileged() {
        counsel(dossier, options, files);
    }
    let mut put =
        |name: &str, table: String| files.insert(format!("data/tables/{name}.csv"), table.into_bytes());
    let moment = |at: Option<values::Moment>| at.map_or_else(String::new, stamp);
    let count = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    put(
        "exhibits",
        table(
            &[
                "exhibit",
                "platform",
                "post",
                "kind",
                "account",
                "account_id",
                "written",
                "written_doubt",
                "address",
                "text",
            ],
            dossier.exhibits.iter().map(|exhibit| {
                let post = &exhibit.post;
                vec![
                    exhibit.name(),
                    post.platform.to_string(),
                    post.key.to_string(),
                    word_of(&post.kind),
                    post.author.shown(),
                    post.author.id.clone().unwrap_or_default(),
                    moment(post.written),
                    post.written.map_or_else(String::new, doubt_of),
                    post.url.as_ref().map_or_else(String::new, |link| link.to_string()),
                    post.text.clone(),
                ]
            }),
        ),
    );
    put(
        "findings",
        table(
            &[
                "exhibit",
                "kind",
                "what",
                "level",
                "stance",
                "claim",
                "quote",
                "detector",
                "score",
                "confirmed_by",
                "confirmed_at",
                "demo",
                "picture_sha256",
                "picture_boxes",
            ],
            dossier.exhibits.iter().flat_map(|exhibit| {
                exhibit.findings.iter().map(|finding| {
                    vec![
                        exhibit.name(),
                        finding.kind.word().to_owned(),
                        finding.what.map_or("", |what| what.word()).to_owned(),
                        finding.level.map_or("", |level| level.word()).to_owned(),
                        finding.stance.map_or("", |stance| stance.word()).to_owned(),
                        finding.claim.clone().unwrap_or_default(),
                        finding.quote.clone(),
                        finding.detector.clone(),
                        format!("{:.3}", finding.score),
                        crate::words::actor(options.language, &finding.by).to_owned(),
                        finding.at.to_rfc3339(),
                        finding.demo.to_string(),
                        finding.boxes.first().map_or_else(String::new, |area| area.picture.to_string()),
                        finding.boxes.iter().map(pixels).collect::<Vec<_>>().join("; "),
                    ]
                })
            }),
        ),
    );
    // Calls, letters and visits as a person wrote them down; no empty table where there are none to be shown.
    let noted: Vec<_> =
        dossier.exhibits.iter().filter_map(|exhibit| Some((exhibit, exhibit.incident.as_ref()?))).collect();
    if !noted.is_empty() {
        let rows = noted.into_iter().map(|(exhibit, incident)| {
            let one = |text: &Option<String>| text.clone().unwrap_or_default();
            vec![
                exhibit.name(),
                incident.kind.word().to_owned(),
                stamp(incident.when),
                incident.when.shown(),
                one(&incident.who),
                one(&incident.from),
                one(&incident.place),
                count(incident.seconds),
                incident.witnesses.join("; "),
                one(&incident.original_with),
                incident.reported_to.join("; "),
                incident.recording.map_or_else(String::new, |digest| digest.to_string()),
                incident.words.clone(),
            ]
        });
        let head = [
            "exhibit",
            "kind",
            "when",
            "when_with_doubt",
            "who",
            "from",
            "place",
            "seconds",
            "witnesses",
            "original_with",
            "reported_to",
            "recording_sha256",
            "words",
        ];
        put("incidents", table(&head, rows));
    }
    put(
        "sightings",
        table(
            &[
                "exhibit",
                "captured_at",
                "views",
                "likes",
                "reposts",
                "quotes",
                "replies",
                "state",
                "grade",
                "capture_sha256",
                "place",
                "kept_at",
            ],
            dossier.exhibits.iter().flat_map(|exhibit| {
                exhibit.sightings.iter().map(|sighting| {
                    let seen = &sighting.observation;
                    vec![
                        exhibit.name(),
                        moment(seen.seen),
                        count(seen.counts.views),
                        count(seen.counts.likes),
                        count(seen.counts.reposts),
                        count(seen.counts.quotes),
                        count(seen.counts.replies),
                        word_of(&seen.state),
                        word_of(&seen.fidelity),
                        sighting.capture.to_string(),
                        seen.place.to_string(),
                        sighting.kept.to_rfc3339(),
                    ]
                })
            }),
        ),
    );
    put(
        "accounts",
        table(
            &[
                "account",
                "account_key",
                "exhibits",
                "posts",
                "first_seen",
                "last_seen",
                "views",
                "saw_correction",
                "exhibits_after",
            ],
            dossier.accounts.iter().map(|row| {
                vec![
                    row.account.shown(),
                    row.account.key().map_or_else(String::new, |key| key.to_string()),
                    exhibits_names(&row.exhibits),
                    row.posts.to_string(),
                    moment(row.first_seen),
                    moment(row.last_seen),
                    count(row.views),
                    moment(row.notice),
                    exhibits_names(&row.after_notice),
                ]
            }),
        ),
    );
    put(
        "trace",
        table(
            &["appears_as", "account", "at", "what", "exhibits", "chance"],
            dossier.trace.rows.iter().map(|row| {
                vec![
                    word_of(&row.role),
                    row.account.clone(),
                    moment(row.at),
                    row.what.say(options.language).to_owned(),
                    exhibits_names(&row.exhibits),
                    row.chance.as_ref().map_or_else(String::new, |c| c.say(options.language).to_owned()),
                ]
            }),
        ),
    );
    put(
        "custody",
        table(
            &["line", "at", "what", "by", "sha256"],
            dossier.custody.iter().map(|row| {
                vec![
                    row.line.to_string(),
                    row.at.to_rfc3339(),
                    row.what.say(options.language).to_owned(),
                    crate::words::actor(options.language, &row.by).to_owned(),
                    row.digest.map_or_else(String::new, |digest| digest.to_string()),
                ]
            }),
        ),
    );
}

/// A moment in a table: RFC 3339; without the Z where the source named no zone or a person remembered it, since it is then
/// no time in UTC.
fn stamp(at: values::Moment) -> String {
    let text = at.to_rfc3339();
    match at.doubt() {
        Some(values::Doubt::ZoneUnknown | values::Doubt::About | values::Doubt::DayMonthOrder) => {
            text.trim_end_matches('Z').to_owned()
        }
        _ => text,
    }
}

/// What is doubtful about a moment, in the word its JSON has for it; where it can be read in two ways, also the other one.
fn doubt_of(at: values::Moment) -> String {
    let word = at.doubt().map_or_else(String::new, |doubt| word_of(&doubt));
    match at.other_reading() {
        Some(other) => format!("{word}: or {}", stamp(other)),
        None => word,
    }
}

/// Writes what only counsel and the person need: the privilege log, what weighs against, the balance of counts.
fn counsel(dossier: &Dossier, options: &Options, files: &mut BTreeMap<String, Vec<u8>>) {
    let mut put =
        |name: &str, table: String| files.insert(format!("data/tables/{name}.csv"), table.into_bytes());
    let say = |sentence: &crate::dossier::Sentence| sentence.say(options.language).to_owned();
    let marked = dossier.exhibits.iter().filter_map(|exhibit| {
        let post = &exhibit.post;
        let written = post.written.map_or_else(String::new, stamp);
        Some(vec![
            exhibit.name(),
            written,
            post.author.shown(),
            word_of(&post.kind),
            exhibit.privileged.clone()?,
        ])
    });
    put("privilege-log", table(&["exhibit", "written", "account", "kind", "reason"], marked));
    let questions = dossier.questions.iter().flat_map(|row| {
        row.questions.iter().map(|question| {
            vec![
                row.citation.clone(),
                say(&question.ask),
                exhibits_names(&question.answered),
                question.answer.clone(),
                exhibits_names(&question.proposed),
                say(&question.missing),
            ]
        })
    });
    put(
        "elements",
        table(&["provision", "question", "answered", "answer", "proposed", "missing"], questions),
    );
    let against = dossier.unfavourable.iter().map(|row| {
        vec![
            row.post.clone(),
            exhibits_names(&row.exhibits),
            row.account.clone(),
            row.written.map_or_else(String::new, stamp),
            say(&row.why),
            row.note.clone(),
            row.words.clone(),
        ]
    });
    let head = ["post", "exhibits", "account", "written", "why", "note", "words"];
    put("weighs-against", table(&head, against));
    let balance = dossier.balance.iter().flat_map(|row| {
        let whole = vec![say(&row.what), String::new(), row.count.to_string()];
        let parts = row.parts.iter().map(|(part, count)| vec![say(&row.what), say(part), count.to_string()]);
        std::iter::once(whole).chain(parts).collect::<Vec<_>>()
    });
    put("balance", table(&["what", "of_it", "count"], balance));
    let reports = dossier.reports.iter().map(|row| {
        let answers: Vec<String> = row
            .answers
            .iter()
            .map(|answer| format!("{}: {} {}", brief(answer.at), say(&answer.outcome), answer.words))
            .collect();
        vec![
            exhibits_names(&row.exhibits),
            say(&row.to),
            row.reported.to_rfc3339(),
            say(&row.rule),
            row.ticket.clone(),
            answers.join("; "),
            say(&row.standing),
        ]
    });
    put("reports", table(&["exhibits", "to", "reported", "rule", "ticket", "answers", "standing"], reports));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_tamed() {
        let check = |given: &str, expected: &str| assert_eq!(field(given), expected);
        check("plain", "\"plain\"");
        check("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
        check("  @SUM(1)", "\"'  @SUM(1)\"");
        check("\t=1", "\"'\t=1\"");
        check("-1+1", "\"'-1+1\"");
        check("a\u{1b}[31mb", "\"a[31mb\"");
        check("two\nlines", "\"two\nlines\"");
    }
}
