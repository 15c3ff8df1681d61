//! `redress trace`: first seen, how it spread, who acted together, who went on after notice, reach as captured.
//!
//! Only what `network` needs goes in: keys, times, ties, folded words, and which claims a post asserts or corrects. A
//! claim counts as asserted or corrected by a finding's stance, unless a person rejected that finding. A note that the
//! platform shows on a post corrects those of the claims asserted there that its own words speak of.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use case::Case;
use case::view::{Seen, View};
use detect::claims::Library;
use network::trace::{CannotShow, Map, Parameters, PostNode, Served, Sighting};
use network::write::{self, Graph, Page};
use record::{Account, AccountKey, Choice, Kind, PostKey, Stance};
use serde::Serialize;
use values::{Doubt, Handle, Moment, Platform, Precision, SaidBy};

use crate::context::Unit;
use crate::pictures::twins::Twins;
use crate::{ActionError, Context, scan};

/// What a person asks for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Posts that a person names as corrections, beside those that deny a claim by their words.
    pub corrections: Vec<PostKey>,
    /// Retraction demands and corrections served outside the platforms, each `ACCOUNT,WHEN,CAPTURE`.
    pub served: Vec<String>,
}

/// What a trace came to, in numbers; the whole map lies in the case.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// Posts looked at.
    pub posts: u64,
    /// The map.
    pub map: Map,
    /// What accounts were called when they were last seen, for those whose key is a number.
    pub called: BTreeMap<AccountKey, String>,
    /// The posts as they were traced, for [`files`].
    #[serde(skip)]
    nodes: Vec<PostNode>,
}

/// Windows in which accounts act together, in seconds: ten seconds, a minute, five minutes, an hour.
const WINDOWS: [i64; 4] = [10, 60, 300, 3600];
/// How much of their words two posts must share to say nearly the same.
const ALIKE: f64 = 0.6;
/// Bytes of memory the search for coordination may take.
const MEMORY: u64 = 1 << 30;
/// KiB of the index kept in memory once the posts are read: the rest goes to the search for what they have in common.
const CACHE: u32 = 16 << 10;
/// Claims a note of the platform may speak of, and the score from which it is taken to.
const NOTED: usize = 5;
const MEANT: f32 = 0.5;
/// Hours before and after an amplifying post in which messages are counted.
const SURGE_HOURS: u32 = 24;
/// What every draw begins with: the same posts give the same map.
const SEED: u64 = 1;
/// The longest time by which a local time of an unknown place can be off, in milliseconds.
const ZONES: i64 = 14 * 3_600_000;

/// Traces all posts of the case and keeps the map.
pub fn trace(case: &mut Case, request: &Request, context: &Context<'_>) -> Result<Outcome, ActionError> {
    let view = case.view();
    let total = view.counts()?.posts;
    context.progress.begin("Tracing", Some(total), Unit::Posts);
    for key in &request.corrections {
        if view.text(key)?.is_none() {
            return Err(ActionError::Request(format!(
                "There is no post {key} in this case. Write a key as `redress review CASE list` shows it."
            )));
        }
    }
    let mut marks = marks(&view)?;
    let names = Names::of(view.known_handles()?);
    let twins = Twins::of(case)?;
    let claims = scan::claims(case, context)?;
    // Few cases hold a note, and claims take a moment to be indexed.
    let claims = LazyCell::new(|| Library::new(claims));
    let mut nodes = Vec::new();
    let mut called = BTreeMap::new();
    view.each_seen(|seen| {
        let mut node = node(&seen, marks.remove(&seen.post.key).unwrap_or_default(), &names, &twins);
        node.noted = noted(&seen, &node.asserts, &claims);
        if let (Some(key), Some(handle)) = (&node.account, &seen.post.author.handle) {
            called.insert(key.clone(), handle.to_string());
        }
        nodes.push(node);
        context.progress.advance(1);
    })?;
    case.remember_at_most(CACHE)?;
    name_corrections(&mut nodes, &request.corrections);
    let served = request.served.iter().map(|given| served(given, case, &nodes)).collect::<Result<_, _>>()?;
    let parameters = Parameters {
        windows_s: WINDOWS.to_vec(),
        rate: 0.05,
        alike: ALIKE,
        served,
        surge_hours: SURGE_HOURS,
        seed: SEED,
        memory_budget: MEMORY,
    };
    let map = network::trace::trace(&nodes, &parameters)
        .map_err(|error| ActionError::Refused(format!("The posts could not be traced: {error}.")))?;
    context.progress.end();
    case.traced(&map, &parameters, context.now())?;
    Ok(Outcome { posts: map.posts, map, called, nodes })
}

/// Reads `ACCOUNT,WHEN,CAPTURE`: whose holder was served, when, and the capture that proves it. It corrects every claim that is
/// asserted in the case.
fn served(given: &str, case: &Case, nodes: &[PostNode]) -> Result<Served, ActionError> {
    let wrong = |what: &str| {
        ActionError::Request(format!(
            "“{given}” does not say what was served: {what}. Write ACCOUNT,WHEN,CAPTURE: an account as `redress trace` shows \
             it, a time such as 2025-11-10T15:00:00Z, and the SHA-256 of the imported letter or receipt (its first digits are enough)."
        ))
    };
    let parts: Vec<&str> = given.split(',').map(str::trim).collect();
    let [account, when, proof] = parts[..] else { return Err(wrong("there are not three parts")) };
    let account = AccountKey::from_stored(account);
    if !nodes.iter().any(|node| node.account.as_ref() == Some(&account)) {
        return Err(wrong("no post in this case is by that account"));
    }
    let at =
        Moment::parse(when, SaidBy::Person).map_err(|_| wrong("that is no time with its zone"))?.millis();
    let captures = case.view().captures()?;
    let mut found = captures
        .iter()
        .map(|row| row.digest)
        .filter(|digest| proof.len() >= 6 && digest.to_string().starts_with(&proof.to_ascii_lowercase()));
    let (Some(proof), None) = (found.next(), found.next()) else {
        return Err(wrong("not exactly one capture of this case begins so"));
    };
    let claims: BTreeSet<String> = nodes.iter().flat_map(|node| node.asserts.iter().cloned()).collect();
    Ok(Served { account, at, claims: claims.into_iter().collect(), proof })
}

/// Returns the map as files for other programs and for paper, and the posts as a table of actions: name, bytes.
///
/// Errors where a row cannot be written, which memory allows for.
pub fn files(outcome: &Outcome) -> Result<Vec<(String, Vec<u8>)>, ActionError> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let map = &outcome.map;
    let broken =
        |error: String| ActionError::OurFault(format!("A table of the map could not be written: {error}."));
    for table in write::tables(map) {
        let mut bytes = Vec::new();
        table.csv(&mut bytes).map_err(|error| broken(error.to_string()))?;
        files.push((format!("{}.csv", table.name), bytes));
        let mut bytes = Vec::new();
        table.parquet(&mut bytes).map_err(|error| broken(error.to_string()))?;
        files.push((format!("{}.parquet", table.name), bytes));
    }
    let mut bytes = Vec::new();
    network::trace::actions(&outcome.nodes, ALIKE, &mut bytes).map_err(|error| broken(error.to_string()))?;
    files.push(("actions.parquet".to_owned(), bytes));
    let (spread, coordination) = (Graph::of_spread(map), Graph::of_coordination(map));
    for (graph, gexf, graphml) in [
        (&spread, "spread.gexf", "spread.graphml"),
        (&coordination, "coordination.gexf", "coordination.graphml"),
    ] {
        let mut bytes = Vec::new();
        write::gexf(graph, &mut bytes).map_err(|error| broken(error.to_string()))?;
        files.push((gexf.to_owned(), bytes));
        let mut bytes = Vec::new();
        write::graphml(graph, &mut bytes).map_err(|error| broken(error.to_string()))?;
        files.push((graphml.to_owned(), bytes));
    }
    let page = Page {
        title: "Accounts that acted together more often than chance explains".into(),
        below: CannotShow::WhyTogether.sentence().into(),
        groups: 12,
        accounts: 24,
        left_out: "Not drawn: {groups} more groups, {accounts} accounts in all.".into(),
    };
    files.push(("coordination.svg".to_owned(), write::svg(&coordination, &page).into_bytes()));
    Ok(files)
}

/// A correction named by a person corrects every claim that is asserted in the case, and asserts none itself.
fn name_corrections(nodes: &mut [PostNode], corrections: &[PostKey]) {
    let mut asserted: Vec<String> = nodes.iter().flat_map(|node| node.asserts.clone()).collect();
    asserted.sort();
    asserted.dedup();
    for node in nodes.iter_mut().filter(|node| corrections.contains(&node.key)) {
        node.corrects.clone_from(&asserted);
        node.asserts.clear();
    }
}

/// What findings say of a post, as far as the trace looks at it.
#[derive(Debug, Default)]
struct Marks {
    asserts: Vec<String>,
    corrects: Vec<String>,
    harmful: bool,
}

/// Reads all findings once and keeps of each only its mark: a large case has millions.
fn marks(view: &View<'_>) -> Result<BTreeMap<PostKey, Marks>, ActionError> {
    let mut marks: BTreeMap<PostKey, Marks> = BTreeMap::new();
    view.each_finding(|row| {
        if row.decision.as_ref().is_some_and(|decision| decision.choice == Choice::Reject) {
            return;
        }
        let finding = row.finding;
        match (finding.kind, finding.claim, finding.stance) {
            (Kind::FalseClaim, Some(claim), Some(Stance::Denied)) => {
                marks.entry(row.post).or_default().corrects.push(claim);
            }
            (Kind::FalseClaim, Some(claim), _) if finding.counts => {
                marks.entry(row.post).or_default().asserts.push(claim);
            }
            (Kind::Threat | Kind::Incitement | Kind::Harassment | Kind::Intimidation, ..)
                if finding.counts =>
            {
                marks.entry(row.post).or_default().harmful = true;
            }
            _ => {}
        }
    })?;
    // They come in no order; the same findings make the same map.
    for mark in marks.values_mut() {
        mark.asserts.sort_unstable();
        mark.corrects.sort_unstable();
    }
    Ok(marks)
}

/// Finds the lasting account behind a handle, where some capture shows both together.
pub(crate) struct Names(BTreeMap<(String, String), String>);

impl Names {
    pub(crate) fn of(known: Vec<(String, String, String)>) -> Self {
        let mut names: BTreeMap<(String, String), String> = BTreeMap::new();
        for (platform, handle, id) in known {
            // A handle seen with two ids has changed hands: it then stands for neither.
            names
                .entry((platform, handle))
                .and_modify(|known| {
                    if *known != id {
                        known.clear();
                    }
                })
                .or_insert(id);
        }
        names.retain(|_, id| !id.is_empty());
        Self(names)
    }

    pub(crate) fn key(&self, account: &Account) -> Option<AccountKey> {
        let mut account = account.clone();
        if account.id.is_none()
            && let Some(handle) = &account.handle
        {
            let name = (account.platform.word().to_owned(), handle.compare());
            account.id = self.0.get(&name).cloned();
        }
        account.key()
    }

    fn handle(&self, platform: Platform, handle: &Handle) -> Option<AccountKey> {
        self.key(&Account { handle: Some(handle.clone()), ..Account::unknown(platform) })
    }
}

fn node(seen: &Seen, marks: Marks, names: &Names, twins: &Twins) -> PostNode {
    let post = &seen.post;
    let mut node = PostNode::bare(post.key.clone(), names.key(&post.author), post.kind);
    node.written = post.written.map(Moment::millis);
    node.doubt_ms = post.written.map_or(0, doubt_ms);
    node.reply_to.clone_from(&post.reply_to);
    node.repost_of.clone_from(&post.repost_of);
    node.quote_of.clone_from(&post.quote_of);
    node.mentions = post.mentions.iter().filter_map(|handle| names.handle(post.platform, handle)).collect();
    node.links = post.links.iter().map(values::Link::compare).collect();
    node.hashtags = post.hashtags.iter().map(|tag| tag.to_lowercase().into()).collect();
    node.media = post
        .media
        .iter()
        .filter_map(|media| {
            // Pictures that look the same are one thing: saved again, cropped, or shown in a screenshot.
            let digest = media.digest.map(|digest| twins.group(&digest).unwrap_or(&digest).to_string());
            digest
                .or_else(|| media.id.clone())
                .or_else(|| media.link.as_ref().map(values::Link::compare))
                .map(Into::into)
        })
        .collect();
    node.text_key = text_key(&post.text);
    node.sightings = seen
        .sightings
        .iter()
        .map(|sighting| Sighting {
            seen: sighting.observation.seen.map(Moment::millis),
            views: sighting.observation.counts.views,
            state: sighting.observation.state,
            note_shown: sighting.post.platform_note.is_some(),
            capture: sighting.capture.digest,
        })
        .collect();
    (node.asserts, node.corrects, node.harmful) = (marks.asserts, marks.corrects, marks.harmful);
    // A list that was filtered has room for four; a large case holds millions of them.
    node.media.shrink_to_fit();
    node.mentions.shrink_to_fit();
    node
}

/// Returns which of the claims that a post asserts the note shown on it speaks of, however the note puts it: a note may
/// say again what it corrects, and may be about something else in the post.
fn noted(
    seen: &Seen,
    asserts: &[String],
    claims: &LazyCell<Library, impl FnOnce() -> Library>,
) -> Vec<String> {
    if asserts.is_empty() {
        return Vec::new();
    }
    let notes: BTreeSet<&str> =
        seen.sightings.iter().filter_map(|sighting| sighting.post.platform_note.as_deref()).collect();
    let spoken: BTreeSet<String> = notes
        .into_iter()
        .flat_map(|note| claims.rank(note, NOTED).matches)
        .filter(|found| found.score >= MEANT)
        .map(|found| found.claim)
        .collect();
    asserts.iter().filter(|claim| spoken.contains(*claim)).cloned().collect()
}

fn doubt_ms(moment: Moment) -> i64 {
    let precision = match moment.precision() {
        Precision::Year => 366 * 86_400_000,
        Precision::Month => 31 * 86_400_000,
        Precision::Day => 86_400_000,
        Precision::Minute => 60_000,
        Precision::Second => 1000,
        Precision::Millisecond => 0,
    };
    match moment.doubt() {
        Some(Doubt::ZoneUnknown) => precision.max(ZONES),
        Some(Doubt::DayMonthOrder) => precision.max(366 * 86_400_000),
        Some(Doubt::About) => precision.max(3_600_000),
        Some(Doubt::Disagrees) | None => precision,
    }
}

/// The words as compared between posts: lower case, without links, names called and repeated white space.
pub(crate) fn text_key(text: &str) -> Vec<u8> {
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if word.starts_with('@') || word.starts_with("http://") || word.starts_with("https://") {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    key.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_that_changed_hands_stands_for_nobody() {
        let known = |handle: &str, id: &str| ("x".to_owned(), handle.to_owned(), id.to_owned());
        let names = Names::of(vec![known("a", "1"), known("b", "2"), known("b", "3")]);
        let key = |handle: &str| names.key(&Account::with_handle(Platform::X, handle)).unwrap().to_string();
        assert_eq!(key("A"), "x:#1");
        assert_eq!(key("b"), "x:@b");
    }

    #[test]
    fn links_and_names_called_are_not_words() {
        assert_eq!(text_key("@u Who IS  this? https://t.co/x"), b"who is this?");
    }
}
