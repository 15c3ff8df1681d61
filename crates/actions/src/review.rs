//! `redress review`: a person looks at proposals and decides. Nothing leaves the house before.
//!
//! Content is hidden until asked for: the list shows counts, kinds and ids, and identical words only once. Showing words
//! is written to the ledger.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use case::Case;
use case::view::FindingRow;
use detect::reasons::{self, Language};
use record::{Choice, Decision, FindingId, Kind, PostKey};
use report::disclose;
use serde::Serialize;

use crate::around::{Around, Sign};
use crate::pictures::{self, Boxed};
use crate::{ActionError, Context};

/// Which findings are meant.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only those without a decision.
    pub open_only: bool,
    /// Also those that do not count.
    pub all: bool,
}

/// One line of the list.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The id to confirm or reject it by.
    pub id: String,
    /// The post.
    pub post: String,
    /// The account that said it.
    pub account: String,
    /// When it was written, as a reader sees it.
    pub written: String,
    /// The kind.
    pub kind: Kind,
    /// What a dox finding exposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<record::Exposure>,
    /// How openly a threat is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<record::Level>,
    /// The matched claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// Strength, 0 to 1.
    pub score: f32,
    /// Whether it counts.
    pub counts: bool,
    /// What was decided: `confirm`, `reject`, `note`, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Choice>,
    /// Other posts with a finding of this kind and the very same words, folded into this line.
    pub same_words: Vec<String>,
    /// Where the words stand in pictures, for words that were read in one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boxes: Vec<Boxed>,
    /// The words found, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The whole text, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What posts around it add: an answer under an exposure, a thread, one account again. No words of posts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub around: Vec<String>,
    /// Why, in words, where they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// Counts first, then the lines.
#[derive(Debug, Clone, Serialize)]
pub struct List {
    /// Findings by kind: how many there are, how many are decided.
    pub counts: BTreeMap<&'static str, (u64, u64)>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// Lists findings, only those that `only` names by the beginnings of their ids where it names any; `show` also shows their words, which is written to the ledger.
pub fn list(
    case: &mut Case,
    filter: &Filter,
    only: &[String],
    show: bool,
    language: Language,
    context: &Context<'_>,
) -> Result<List, ActionError> {
    let mut rows = found(case, filter)?;
    if !only.is_empty() {
        let only = meant(case, only)?;
        rows.retain(|row| only.contains(&row.id));
    }
    // The gravest first; within a kind what is nearest (time, place, means, approach, family, an exposure it answers), then
    // the order of the index (strongest first) stays.
    let around = Around::read(case.view(), false)?;
    let near = |row: &FindingRow| {
        let urgent = row.finding.reasons.iter().filter(|reason| reason.code.starts_with("urgent.")).count();
        let under = around.signs(&row.post, row.finding.kind).contains(&Sign::UnderExposure);
        urgent + usize::from(under)
    };
    rows.sort_by_cached_key(|row| (!row.finding.counts, row.finding.kind.gravity(), Reverse(near(row))));
    let mut counts: BTreeMap<&'static str, (u64, u64)> = BTreeMap::new();
    for row in &rows {
        let entry = counts.entry(row.finding.kind.word()).or_default();
        entry.0 += 1;
        entry.1 += u64::from(row.decision.is_some());
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut of_line: Vec<&FindingRow> = Vec::new();
    let mut by_words: BTreeMap<(Kind, Option<record::Exposure>, String), usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| !filter.open_only || row.decision.is_none()) {
        let Some(seen) = case.view().seen(&row.post)? else { continue };
        let text = seen.post.text.clone();
        let words = (row.finding.kind, row.finding.what, text.trim().to_lowercase());
        if row.decision.is_none()
            && let Some(line) = by_words.get(&words)
        {
            if lines[*line].post != row.post.as_str() {
                lines[*line].same_words.push(row.id.short());
            }
            continue;
        }
        if row.decision.is_none() {
            by_words.insert(words, lines.len());
        }
        let finding = &row.finding;
        of_line.push(row);
        lines.push(Line {
            id: row.id.short(),
            post: row.post.to_string(),
            account: seen.post.author.shown(),
            written: seen.post.written.map_or_else(|| "time not known".to_owned(), |moment| moment.shown()),
            kind: finding.kind,
            what: finding.what,
            level: finding.level,
            claim: finding.claim.clone(),
            score: finding.score.get(),
            counts: finding.counts,
            decision: row.decision.as_ref().map(|decision| decision.choice),
            same_words: Vec::new(),
            boxes: pictures::boxes(case, &seen.post, finding.span)?,
            around: around
                .signs(&row.post, finding.kind)
                .into_iter()
                .map(|sign| sign.words(language))
                .collect(),
            quote: None,
            reasons: Vec::new(),
            text: None,
        });
    }
    if show {
        // Words to look at come from the store, which tells the ledger first.
        let keys: Vec<PostKey> = of_line.iter().map(|row| row.post.clone()).collect();
        let shown = case.show(&keys, &context.actor, "review list", context.now())?;
        for (line, row) in lines.iter_mut().zip(of_line) {
            let Some(post) = shown.get(&row.post) else { continue };
            let (finding, text) = (&row.finding, post.text.as_str());
            line.quote = Some(finding.span.of(text).unwrap_or_default().to_owned());
            line.reasons = reasons::sentences(&finding.reasons, text, language);
            line.text = Some(text.to_owned());
        }
    }
    Ok(List { counts, lines })
}

/// Returns the findings that are meant, decided or not.
fn found(case: &Case, filter: &Filter) -> Result<Vec<FindingRow>, ActionError> {
    let view = case.view();
    // Those that do not count are many more; they are not even read unless asked for.
    Ok(if filter.all { view.findings(filter.kind)? } else { view.counting(filter.kind)? })
}

/// What was decided.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// How many findings the decision was made about.
    pub decided: u64,
    /// Exhibits in the case now.
    pub exhibits: u64,
}

/// Decides about the findings that `ids` name, each by the beginning of its id.
///
/// Errors, with nothing decided, where an id names no finding or more than one.
pub fn decide(
    case: &mut Case,
    ids: &[String],
    choice: Choice,
    why: Option<&str>,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let findings = meant(case, ids)?;
    decide_all(case, &findings, choice, why, false, context)
}

/// Returns the findings that the beginnings of ids name.
fn meant(case: &Case, ids: &[String]) -> Result<Vec<FindingId>, ActionError> {
    let mut findings = Vec::new();
    for id in ids {
        let prefix = id.trim().to_lowercase();
        if prefix.len() < 4 || !prefix.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(ActionError::Request(format!(
                "“{id}” is no finding's id. Copy one from `redress review CASE list`; four digits of it are enough."
            )));
        }
        let mut rows = case.view().findings_by_id(&prefix)?;
        match (rows.pop(), rows.is_empty()) {
            (Some(row), true) => findings.push(row.id),
            (None, _) => {
                return Err(ActionError::Request(format!(
                    "There is no finding “{id}” in this case. See `redress review CASE list`."
                )));
            }
            (Some(_), false) => {
                return Err(ActionError::Request(format!(
                    "“{id}” is the beginning of several findings' ids. Write more of it."
                )));
            }
        }
    }
    Ok(findings)
}

/// Decides about every open finding that `filter` lets through.
pub fn decide_filtered(
    case: &mut Case,
    filter: &Filter,
    choice: Choice,
    why: Option<&str>,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let rows = found(case, filter)?;
    let findings: Vec<_> = rows.iter().filter(|row| row.decision.is_none()).map(|row| row.id).collect();
    decide_all(case, &findings, choice, why, false, context)
}

/// Makes the decisions. `demo` marks those of the scripted demo, which no person made.
pub(crate) fn decide_all(
    case: &mut Case,
    findings: &[record::FindingId],
    choice: Choice,
    why: Option<&str>,
    demo: bool,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let at = context.now();
    let decisions: Vec<Decision> = findings
        .iter()
        .map(|finding| Decision {
            finding: *finding,
            choice,
            by: context.actor.clone(),
            at,
            why: why.map(str::to_owned),
        })
        .collect();
    if !decisions.is_empty() {
        case.decide(&decisions, demo, &|post, secret| disclose::seal(&disclose::fields(post), secret), at)?;
    }
    let exhibits = case.view().counts()?.exhibits;
    Ok(Outcome { decided: decisions.len() as u64, exhibits })
}
