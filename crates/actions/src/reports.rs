//! `redress report`: what was reported when, to whom, under which rule, what came back, and for how long nothing has.
//!
//! Redress reports nothing by itself: a person did, and writes it down. Silence is evidence too, so the days without an
//! answer are counted and go into packages. Entries are never changed; one that was wrong is marked as a mistake.

use std::collections::BTreeMap;

use case::Case;
use law::silence::{Answer, Outcome, Report, Standing};
use law::{Lang, Library};
use record::What;
use serde::Serialize;
use values::{Digest, Moment, Platform};

use crate::{ActionError, Context, plan};

/// What a person writes down about a report they made.
#[derive(Debug, Clone)]
pub struct Add<'a> {
    /// To whom: the id of a channel (`redress plan` lists them), or a platform's word.
    pub to: &'a str,
    /// When.
    pub when: Moment,
    /// Numbers of the exhibits that were reported.
    pub exhibits: &'a [u32],
    /// Under which rule: the id of a platform rule or of a law.
    pub rule: Option<&'a str>,
    /// The number that came back.
    pub ticket: Option<&'a str>,
    /// The exact words of a letter that was sent; empty where a form was filled in. A letter may go to anyone, so `to` is
    /// then not held against the recipients redress knows.
    pub words: &'a str,
}

/// One report as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The id to answer it by: the first digits of the entry's digest.
    pub id: String,
    /// The channel's id or the platform's word.
    pub to: String,
    /// Its name.
    pub to_name: String,
    /// When it was reported, as a reader sees it.
    pub when: String,
    /// Exhibits: `EX-0001`.
    pub exhibits: Vec<String>,
    /// The rule's id, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What the rule is called, and whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_name: Option<String>,
    /// The number that came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// Days without an answer on the substance; `None` where one came.
    pub silent_days: Option<i64>,
    /// Every answer: when, what, its exact words.
    pub answers: Vec<(String, &'static str, String)>,
    /// How it stands, in a sentence.
    pub standing: String,
    /// The exact words of the letter that was sent; empty where none was.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Who wrote it down.
    pub by: String,
}

/// The log.
#[derive(Debug, Clone, Serialize)]
pub struct Log {
    /// The day it is shown (ISO date).
    pub today: String,
    /// Every report that was no mistake, the oldest first.
    pub rows: Vec<Row>,
    /// How many have no answer on the substance.
    pub silent: usize,
    /// How many entries were marked as mistakes. They stay in the ledger.
    pub mistakes: usize,
}

/// Writes a report down. Returns it as it is shown.
pub fn add(
    case: &mut Case,
    add: &Add<'_>,
    language: &str,
    context: &Context<'_>,
) -> Result<Row, ActionError> {
    let library = context.library();
    let platform = add.to.parse::<Platform>().ok();
    let channel = library.channels.iter().any(|row| row.origin.id == add.to);
    if add.to.trim().is_empty() {
        return Err(ActionError::Request("Write to whom it went.".to_owned()));
    }
    if platform.is_none() && !channel && add.words.is_empty() {
        let known: Vec<&str> = library.channels.iter().map(|row| row.origin.id.as_str()).collect();
        return Err(ActionError::Request(format!(
            "“{}” is no recipient redress knows. Write a platform, like x or facebook, or one of: {}.",
            add.to,
            known.join(", ")
        )));
    }
    if let Some(rule) = add.rule
        && rule_name(library, rule, Lang::En).is_none()
    {
        return Err(ActionError::Request(format!(
            "“{rule}” is no rule redress knows. `redress plan CASE --json` lists the platform rules and `redress elements CASE` the laws of this case, with their ids."
        )));
    }
    if add.when.millis() > context.now().millis() + 86_400_000 {
        return Err(ActionError::Request(format!(
            "{} lies in the future. Write when it was reported.",
            add.when.shown()
        )));
    }
    known_exhibits(case, add.exhibits)?;
    let report = Report {
        reported: add.when,
        to: add.to.to_owned(),
        platform,
        exhibits: add.exhibits.iter().map(|number| format!("EX-{number:04}")).collect(),
        rule: add.rule.map(str::to_owned),
        ticket: add.ticket.map(str::to_owned),
        words: add.words.to_owned(),
        by: context.actor.clone(),
        answers: Vec::new(),
    };
    let digest = case.note(&report, |report| What::Reported { report }, context.now())?;
    Ok(row(library, &digest, &report, Lang::of(language), plan::today(context.now())?))
}

/// Writes down what came back to the report whose id begins with `id`. Returns the report as it is shown.
pub fn answer(
    case: &mut Case,
    id: &str,
    when: Moment,
    outcome: Outcome,
    words: &str,
    language: &str,
    context: &Context<'_>,
) -> Result<Row, ActionError> {
    let reports = all(case)?;
    let prefix = id.trim().to_lowercase();
    let mut fitting =
        reports.keys().filter(|digest| !prefix.is_empty() && digest.to_string().starts_with(&prefix));
    let report = match (fitting.next(), fitting.next()) {
        (Some(digest), None) => *digest,
        (None, _) => {
            return Err(ActionError::Request(format!(
                "There is no report “{id}” in this case. See `redress report CASE list`."
            )));
        }
        (Some(_), Some(_)) => {
            return Err(ActionError::Request(format!(
                "“{id}” is the beginning of several reports' ids. Write more of it."
            )));
        }
    };
    let reported = reports.get(&report).map(|report| report.reported);
    if outcome != Outcome::Mistaken && reported.is_some_and(|reported| when.millis() < reported.millis()) {
        return Err(ActionError::Request(format!(
            "The answer of {} would come before the report itself. Check the day.",
            when.shown()
        )));
    }
    let answer = Answer { at: when, outcome, words: words.to_owned(), by: context.actor.clone() };
    case.note(&answer, |answer| What::ReportAnswered { report, answer }, context.now())?;
    let now = all(case)?;
    let found = now.get(&report).ok_or_else(|| {
        ActionError::OurFault("A report that was just answered cannot be read back.".to_owned())
    })?;
    Ok(row(context.library(), &report, found, Lang::of(language), plan::today(context.now())?))
}

/// Returns the log.
pub fn list(case: &Case, language: &str, context: &Context<'_>) -> Result<Log, ActionError> {
    let today = plan::today(context.now())?;
    let mut reports: Vec<(Digest, Report)> = all(case)?.into_iter().collect();
    reports.sort_by_key(|(digest, report)| (report.reported.millis(), *digest));
    let mistakes = reports.iter().filter(|(_, report)| report.is_mistaken()).count();
    let rows: Vec<Row> = reports
        .iter()
        .filter(|(_, report)| !report.is_mistaken())
        .map(|(digest, report)| row(context.library(), digest, report, Lang::of(language), today))
        .collect();
    let silent = rows.iter().filter(|row| row.silent_days.is_some()).count();
    Ok(Log { today: today.to_string(), rows, silent, mistakes })
}

/// A moment of the log: a report that was made, or an answer that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// To whom it went, or from whom it came.
    pub to_name: String,
    /// What came; `None` for the report itself.
    pub outcome: Option<Outcome>,
}

/// Returns the moments of the log in order, mistakes left out.
pub fn steps(case: &Case, language: &str, context: &Context<'_>) -> Result<Vec<Step>, ActionError> {
    let mut steps = Vec::new();
    for report in all(case)?.into_values().filter(|report| !report.is_mistaken()) {
        let to_name = recipient_name(context.library(), &report.to, Lang::of(language));
        steps.push(Step { at: report.reported, to_name: to_name.clone(), outcome: None });
        for answer in report.answers {
            steps.push(Step { at: answer.at, to_name: to_name.clone(), outcome: Some(answer.outcome) });
        }
    }
    steps.sort_by_key(|step| (step.at.millis(), step.outcome.is_some()));
    Ok(steps)
}

/// Returns every report with its answers, by the digest of the entry.
pub(crate) fn all(case: &Case) -> Result<BTreeMap<Digest, Report>, ActionError> {
    let mut reports: BTreeMap<Digest, Report> = BTreeMap::new();
    for event in case.ledger().events(0) {
        match event?.1.what {
            What::Reported { report } => {
                reports.insert(report, case.objects().get_json(&report, "a report")?);
            }
            What::ReportAnswered { report, answer } => {
                let answer: Answer = case.objects().get_json(&answer, "an answer to a report")?;
                if let Some(report) = reports.get_mut(&report) {
                    report.answers.push(answer);
                    report.answers.sort_by_key(|answer| answer.at.millis());
                }
            }
            _ => {}
        }
    }
    Ok(reports)
}

/// Errors where one of `numbers` is no exhibit of the case.
pub(crate) fn known_exhibits(case: &Case, numbers: &[u32]) -> Result<(), ActionError> {
    let exhibits = case.view().exhibits()?;
    match numbers.iter().find(|number| !exhibits.iter().any(|row| row.number == **number)) {
        Some(number) => Err(ActionError::Request(format!(
            "There is no exhibit EX-{number:04} in this case. Confirm findings first: redress review CASE."
        ))),
        None => Ok(()),
    }
}

/// Returns what a recipient is called.
pub(crate) fn recipient_name(library: &Library, to: &str, lang: Lang) -> String {
    if let Ok(platform) = to.parse::<Platform>() {
        return law::platform_shown(platform, lang).to_owned();
    }
    let row = library.channels.iter().find(|row| row.origin.id == to);
    row.map_or_else(|| to.to_owned(), |row| row.name.in_lang(lang).to_owned())
}

/// Returns what a rule or a law is called, with whose it is.
pub(crate) fn rule_name(library: &Library, id: &str, lang: Lang) -> Option<String> {
    let rule = library.rules.iter().find(|row| row.origin.id == id);
    if let Some(rule) = rule {
        return Some(format!("{}: {}", rule.platform_name, rule.clause));
    }
    let law = library.provisions.iter().find(|row| row.origin.id == id)?;
    Some(format!("{} ({})", law.citation, law.name.in_lang(lang)))
}

fn row(library: &Library, digest: &Digest, report: &Report, lang: Lang, today: law::Day) -> Row {
    let rule_name = report.rule.as_deref().and_then(|rule| rule_name(library, rule, lang));
    Row {
        id: digest.to_string().chars().take(8).collect(),
        to: report.to.clone(),
        to_name: recipient_name(library, &report.to, lang),
        when: report.reported.shown(),
        exhibits: report.exhibits.clone(),
        rule: report.rule.clone(),
        rule_name,
        ticket: report.ticket.clone(),
        silent_days: match report.standing(today) {
            Standing::Silent { days } => Some(days),
            Standing::Answered { .. } => None,
        },
        answers: report
            .answers
            .iter()
            .map(|answer| (answer.at.shown(), answer.outcome.word(), answer.words.clone()))
            .collect(),
        standing: report.shown(today).in_lang(lang).to_owned(),
        words: report.words.clone(),
        by: report.by.to_string(),
    }
}
