//! The rows of the law room as the plan shows them, in one language, each with its source and how far it can be relied on.

use std::collections::BTreeMap;

use law::{ChannelMatch, Day, Lang, Library, Situation};
use record::Kind;
use serde::Serialize;
use values::Moment;

use crate::situation::PostFacts;

/// Somebody who can be told.
#[derive(Debug, Clone, Serialize)]
pub struct Channel {
    /// The row's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How to reach it.
    pub contact: String,
    /// What it takes.
    pub takes: String,
    /// When to use it.
    pub when: String,
    /// What they will ask for. Packages for the police, for counsel and for safe keeping answer it as far as the case can.
    pub needs: Vec<String>,
    /// What it does not do.
    pub not_for: String,
    /// What to know before using it; often empty.
    pub caution: String,
    /// Its last known status with the day, and how far the row can be relied on.
    pub status: String,
    /// Where that was read.
    pub source: String,
    /// Whether nobody read its source.
    pub unverified: bool,
    /// Whether it comes before everything else now.
    pub now: bool,
}

impl Channel {
    pub(super) fn of(found: &ChannelMatch<'_>, lang: Lang, today: Day) -> Self {
        let row = found.channel;
        Self {
            id: row.origin.id.clone(),
            name: row.name.in_lang(lang).to_owned(),
            contact: row.contact.in_lang(lang).to_owned(),
            takes: row.takes.in_lang(lang).to_owned(),
            when: row.when_to_use.in_lang(lang).to_owned(),
            needs: row.fields.iter().map(|field| field.ask.in_lang(lang).to_owned()).collect(),
            not_for: row.not_for.in_lang(lang).to_owned(),
            caution: row.caution.in_lang(lang).to_owned(),
            status: found.status_shown(today).in_lang(lang).to_owned(),
            source: source(&row.origin),
            unverified: row.origin.unverified(),
            now: found.now,
        }
    }
}

/// A date that may run out.
#[derive(Debug, Clone, Serialize)]
pub struct Deadline {
    /// A stable id, unique in the list.
    pub id: String,
    /// For what.
    pub what: String,
    /// The possible last day (ISO date).
    pub last_day: String,
    /// From which day it was counted (ISO date).
    pub counted_from: String,
    /// The rule, in words.
    pub rule: String,
    /// The provision.
    pub citation: String,
    /// Provision and rule in one.
    pub rule_cited: String,
    /// Days from today to the last day; below zero where it has passed.
    pub days_left: i64,
    /// Where that was read; empty for a rule from memory.
    pub source: String,
    /// How far the rule can be relied on, in a sentence.
    pub standing: String,
    /// Whether nobody read its source.
    pub unverified: bool,
    /// What the count rests on.
    pub basis: String,
    /// Whether that day is over.
    pub passed: bool,
    /// That a lawyer must confirm it.
    pub counsel: String,
}

impl Deadline {
    pub(super) fn of(deadline: &law::Deadline, lang: Lang, today: Day) -> Self {
        Self {
            id: deadline.id.clone(),
            what: deadline.what.in_lang(lang).to_owned(),
            last_day: deadline.last_day.to_string(),
            counted_from: deadline.counted_from.to_string(),
            rule: deadline.rule.in_lang(lang).to_owned(),
            citation: deadline.citation.clone(),
            rule_cited: deadline.rule_cited(lang),
            days_left: law::days_between(today, deadline.last_day),
            source: deadline.source.clone(),
            standing: deadline.standing_shown(today).in_lang(lang).to_owned(),
            unverified: deadline.standing == law::Standing::Unverified,
            basis: deadline.basis.in_lang(lang).to_owned(),
            passed: deadline.passed,
            counsel: deadline.counsel.in_lang(lang).to_owned(),
        }
    }
}

/// Posts of a later day than the first: what time a suit over them alone may leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Later {
    /// The day they were written (ISO date).
    pub day: String,
    /// How many posts.
    pub posts: usize,
    /// How many accounts wrote them.
    pub accounts: usize,
    /// The possible last day to sue in the person's state (ISO date). A lawyer has to say whether a post is a new one.
    pub last_day: String,
    /// Whether that day is over.
    pub passed: bool,
}

/// Returns the days after the first on which posts were written, the earliest first.
pub(super) fn later(
    library: &Library,
    situation: &Situation<'_>,
    posts: &[PostFacts],
    today: Day,
) -> Vec<Later> {
    let mut days: BTreeMap<Day, Vec<(&str, Moment)>> = BTreeMap::new();
    for post in posts {
        if let Some(written) = post.written
            && let Some(day) = law::earliest_day(written)
        {
            days.entry(day).or_default().push((&post.account, written));
        }
    }
    let suit = |written: Moment| {
        let list = law::deadlines(library, situation, written, today);
        list.into_iter()
            .find(|deadline| deadline.id.starts_with("def") && !deadline.id.ends_with("retraction"))
    };
    days.into_iter()
        .skip(1)
        .filter_map(|(day, posts)| {
            let deadline = suit(posts.first()?.1)?;
            let mut accounts: Vec<&str> = posts.iter().map(|(account, _)| *account).collect();
            accounts.sort_unstable();
            accounts.dedup();
            Some(Later {
                day: day.to_string(),
                posts: posts.len(),
                accounts: accounts.len(),
                last_day: deadline.last_day.to_string(),
                passed: deadline.passed,
            })
        })
        .collect()
}

/// A platform's rule as it stood on the days of the posts.
#[derive(Debug, Clone, Serialize)]
pub struct PlatformRule {
    /// The row's id.
    pub id: String,
    /// The platform.
    pub platform: String,
    /// The platform's own name for the rule: forms ask for it.
    pub clause: String,
    /// What it bans, or what a process offers.
    pub words: String,
    /// Which version that is, and whether it stood on the day.
    pub version: String,
    /// What it says it does not cover.
    pub not_covered: String,
    /// Who may report.
    pub who_may_report: String,
    /// Where to report today.
    pub route: String,
    /// What they ask for.
    pub needs: String,
    /// Why a report leads to little or nothing; empty where it leads somewhere.
    pub leads_nowhere: String,
    /// What to know before using it; often empty.
    pub caution: String,
    /// Whether only police and lawyers can use it.
    pub process: bool,
    /// How many posts it may fit.
    pub posts: usize,
    /// The days of the first and the last of these (ISO dates).
    pub days: (String, String),
    /// Where it was read.
    pub source: String,
    /// How far the row can be relied on, in a sentence.
    pub standing: String,
}

/// Returns the rules the posts may touch, each in the version of the day; posts without a day are held against today's.
pub(super) fn platform_rules(
    library: &Library,
    posts: &[PostFacts],
    lang: Lang,
    today: Day,
) -> Vec<PlatformRule> {
    let mut groups: BTreeMap<(values::Platform, Day, &[Kind]), usize> = BTreeMap::new();
    for post in posts {
        let day = post.written.and_then(law::earliest_day).unwrap_or(today);
        *groups.entry((post.platform, day, &post.kinds)).or_default() += 1;
    }
    let mut order: Vec<String> = Vec::new();
    let mut rules: BTreeMap<String, (PlatformRule, Day, Day)> = BTreeMap::new();
    for ((platform, day, kinds), posts) in groups {
        for found in law::rules(library, platform, kinds, day) {
            let key = format!("{} {}", found.rule.origin.id, platform);
            let entry = rules.entry(key.clone()).or_insert_with(|| {
                order.push(key);
                (shown(&found, platform, lang, today), day, day)
            });
            entry.0.posts += posts;
            entry.1 = entry.1.min(day);
            entry.2 = entry.2.max(day);
        }
    }
    let finished = order.iter().filter_map(|key| rules.remove(key)).map(|(mut rule, first, last)| {
        rule.days = (first.to_string(), last.to_string());
        rule
    });
    let mut finished: Vec<PlatformRule> = finished.collect();
    finished.sort_by_key(|rule| rule.process);
    finished
}

fn shown(found: &law::RuleMatch<'_>, platform: values::Platform, lang: Lang, today: Day) -> PlatformRule {
    let (rule, now) = (found.rule, found.today);
    PlatformRule {
        id: rule.origin.id.clone(),
        platform: law::platform_shown(platform, lang).to_owned(),
        clause: rule.clause.clone(),
        words: rule.banned.in_lang(lang).to_owned(),
        version: found.version_shown().in_lang(lang).to_owned(),
        not_covered: rule.not_covered.in_lang(lang).to_owned(),
        who_may_report: now.who_may_report.in_lang(lang).to_owned(),
        route: found.route().in_lang(lang).to_owned(),
        needs: now.report_evidence.in_lang(lang).to_owned(),
        leads_nowhere: found.leads_nowhere().map_or("", |text| text.in_lang(lang)).to_owned(),
        caution: rule.caution.in_lang(lang).to_owned(),
        process: rule.process,
        posts: 0,
        days: Default::default(),
        source: source(&rule.origin),
        standing: rule.origin.standing_shown(today).in_lang(lang).to_owned(),
    }
}

/// A comparable case.
#[derive(Debug, Clone, Serialize)]
pub struct Precedent {
    /// The row's id.
    pub id: String,
    /// Its name.
    pub case: String,
    /// The court.
    pub court: String,
    /// Its name with court and time, as far as there are any.
    pub cited: String,
    /// The docket number, as far as seen.
    pub docket: String,
    /// When it was decided, as exact as known.
    pub decided: String,
    /// `civil`, `criminal`, `doctrine`, or `pattern` where no case was found.
    pub sort: law::PrecedentType,
    /// How it ended.
    pub outcome: String,
    /// What evidence was used.
    pub evidence: Vec<String>,
    /// What to learn from it, what failed.
    pub lessons: Vec<String>,
    /// Where it was read.
    pub source: String,
    /// How far the row can be relied on, in a sentence.
    pub standing: String,
}

impl Precedent {
    pub(super) fn of(row: &law::Precedent, lang: Lang, today: Day) -> Self {
        let texts =
            |texts: &[law::Text]| texts.iter().map(|text| text.in_lang(lang).to_owned()).collect::<Vec<_>>();
        Self {
            id: row.origin.id.clone(),
            case: row.case.clone(),
            court: row.court.clone(),
            docket: row.docket.clone(),
            decided: row.decided.in_lang(lang).to_owned(),
            cited: row.cited().in_lang(lang).to_owned(),
            sort: row.r#type,
            outcome: row.outcome.in_lang(lang).to_owned(),
            evidence: texts(&row.evidence_used),
            lessons: texts(&row.lessons),
            source: source(&row.origin),
            standing: row.origin.standing_shown(today).in_lang(lang).to_owned(),
        }
    }
}

fn source(origin: &law::Origin) -> String {
    origin.sources.first().cloned().unwrap_or_default()
}
