//! One finding on a screen: first its card without words, then, when a person asks, the words, the reasons and what
//! stands around them. Every look at words is written to the ledger before it is returned.

use std::collections::HashSet;

use case::Case;
use case::view::{Decided, FindingRow, FindingsAsked, View};
use detect::reasons::{self, Language};
pub use pixels::Area;
use pixels::picture::Limits;
use record::{Choice, Exposure, Finding, FindingId, Kind, Level, MediaKind, PostKey, State, What};
use values::{Digest, Moment, Platform, Span};

use super::gentle;
use crate::review::{self, Outcome};
use crate::{ActionError, Context, pictures, scan};

/// A finding without words.
#[derive(Debug, Clone)]
pub struct Card {
    /// The finding's whole id.
    pub id: String,
    /// The post.
    pub post: PostKey,
    /// Where it stands.
    pub platform: Platform,
    /// Who said it; `None` where the name is to stay out of sight.
    pub account: Option<String>,
    /// When it was written.
    pub written: Option<Moment>,
    /// The kind.
    pub kind: Kind,
    /// What is exposed.
    pub what: Option<Exposure>,
    /// How openly a threat is said.
    pub level: Option<Level>,
    /// The matched claim's id.
    pub claim: Option<String>,
    /// Strength, 0 to 1.
    pub score: f32,
    /// The decision that holds.
    pub decision: Option<Choice>,
    /// Open findings of this kind on other posts with the very same words.
    pub same: Vec<String>,
    /// Pictures the case holds of the post.
    pub pictures: usize,
    /// Its number, where it is an exhibit.
    pub exhibit: Option<u32>,
}

/// A finding with its words.
#[derive(Debug, Clone)]
pub struct Look {
    /// The card.
    pub card: Card,
    /// The account's name, also where the card hides it.
    pub account: String,
    /// The whole text.
    pub text: String,
    /// The words that caused it, in bytes of the text: sorted, apart from each other.
    pub marked: Vec<(usize, usize)>,
    /// Why, in words, strongest first.
    pub reasons: Vec<String>,
    /// What it answers or quotes, nearest first, and then answers to it.
    pub around: Vec<Around>,
    /// Pictures the case holds of it.
    pub pictures: Vec<Picture>,
    /// Its address on the platform.
    pub url: Option<String>,
    /// Its state in the latest sighting.
    pub state: State,
    /// The captures that show it: name of the file, SHA-256.
    pub captures: Vec<(String, Digest)>,
    /// Every decision ever made about it, oldest first: what, who, when, why.
    pub history: Vec<(Choice, String, Moment, Option<String>)>,
    /// Other findings on the post: id, kind, the decision that holds.
    pub others: Vec<(String, Kind, Option<Choice>)>,
    /// Open findings of the same sort on posts with nearly the same words.
    pub near: Vec<Near>,
}

/// An open finding on a post with nearly the same words.
#[derive(Debug, Clone)]
pub struct Near {
    /// The finding's whole id.
    pub id: String,
    /// Who said it.
    pub account: String,
    /// Its words.
    pub text: String,
}

/// A post beside the one looked at.
#[derive(Debug, Clone)]
pub struct Around {
    /// Whether it comes before (it is answered or quoted) or after (it answers).
    pub before: bool,
    /// Who said it.
    pub account: String,
    /// When.
    pub written: Option<Moment>,
    /// Its words.
    pub text: String,
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The bytes' name.
    pub digest: Digest,
    /// The description its author gave.
    pub alt: Option<String>,
    /// Width and height in pixels, upright; `None` where the case does not hold it or it cannot be opened.
    pub size: Option<(u32, u32)>,
    /// Whether its own words are the post's text.
    pub is_read: bool,
    /// What was found in it: the words, in the order of the text, and their pixels.
    pub framed: Vec<(String, Vec<Area>)>,
}

/// Posts with nearly the same words shown beside one.
const NEAR: usize = 30;
/// Posts shown around one.
const AROUND: usize = 4;
/// Findings with the same words that are folded into one.
const SAME: u32 = 200;

/// The kinds in the order they are reviewed.
const ORDER: [Kind; 9] = [
    Kind::Threat,
    Kind::Incitement,
    Kind::Swatting,
    Kind::Dox,
    Kind::CallToIdentify,
    Kind::Intimidation,
    Kind::Impersonation,
    Kind::Harassment,
    Kind::FalseClaim,
];

/// Returns the cards asked for, in order.
pub fn cards(view: View<'_>, asked: &FindingsAsked) -> Result<Vec<Card>, ActionError> {
    let rows = view.findings_asked(asked)?;
    rows.iter()
        .map(|row| card(view, row))
        .collect::<Result<Vec<_>, _>>()
        .map(|c| c.into_iter().flatten().collect())
}

/// Returns the id that was written out whole; `None` where it is none.
pub fn named(id: &str) -> Option<FindingId> {
    id.parse().ok().map(FindingId::from_stored)
}

/// Returns the first open finding, of one of `kinds` where any are named, after passing over those in `passed`.
pub fn next(view: View<'_>, kinds: &[Kind], passed: &[String]) -> Result<Option<String>, ActionError> {
    for kind in ORDER.into_iter().filter(|kind| kinds.is_empty() || kinds.contains(kind)) {
        let most = u32::try_from(passed.len()).unwrap_or(u32::MAX).saturating_add(1);
        let asked = FindingsAsked { kind: Some(kind), decided: Decided::Open, all: false, after: None, most };
        let rows = view.findings_asked(&asked)?;
        if let Some(row) = rows.iter().find(|row| !passed.contains(&row.id.to_string())) {
            return Ok(Some(row.id.to_string()));
        }
    }
    Ok(None)
}

/// Returns the cards of those among `ids` that `asked` takes, in the order of `ids`.
pub fn cards_of(view: View<'_>, ids: &[String], asked: &FindingsAsked) -> Result<Vec<Card>, ActionError> {
    let mut found = Vec::new();
    let passed = asked.after.as_ref().map(ToString::to_string);
    // Behind one that is not among them stand none.
    let first = passed.map_or(Some(0), |after| ids.iter().position(|id| *id == after).map(|at| at + 1));
    for id in ids.iter().skip(first.unwrap_or(ids.len())) {
        let Ok(row) = row(view, id) else { continue };
        let decision = row.decision.as_ref().map(|decision| decision.choice);
        let wanted = match asked.decided {
            Decided::Open => is_open(&row),
            Decided::As(choice) => decision == Some(choice),
            Decided::Either => true,
        };
        if !wanted || asked.kind.is_some_and(|kind| kind != row.finding.kind) {
            continue;
        }
        found.extend(card(view, &row)?);
        if found.len() >= asked.most as usize {
            break;
        }
    }
    Ok(found)
}

/// A finding that lies with somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its whole id.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// Whether nobody decided about it.
    pub is_open: bool,
}

/// Returns how the findings of these ids stand, in order; one that is not in the case any more is left out.
pub fn held(view: View<'_>, ids: &[String]) -> Result<Vec<Held>, ActionError> {
    let rows = view.standing(ids)?;
    Ok(rows.into_iter().map(|(id, kind, is_open)| Held { id, kind, is_open }).collect())
}

/// Returns the ids of open findings that count on posts of an account, earliest post first, at most `most`.
pub fn open_by(view: View<'_>, account: &str, most: u32) -> Result<Vec<String>, ActionError> {
    Ok(view.open_by(account, most)?)
}

/// Returns the ids of the next open findings in the order they are reviewed, without those in `taken`, at most `most`.
pub fn next_open(
    view: View<'_>,
    kind: Option<Kind>,
    taken: &HashSet<String>,
    most: u32,
) -> Result<Vec<String>, ActionError> {
    let mut found = Vec::new();
    for kind in ORDER.into_iter().filter(|known| kind.is_none_or(|kind| kind == *known)) {
        let mut after = None;
        while found.len() < most as usize {
            let asked =
                FindingsAsked { kind: Some(kind), decided: Decided::Open, all: false, after, most: 200 };
            let rows = view.findings_asked(&asked)?;
            let ids = rows.iter().map(|row| row.id.to_string()).filter(|id| !taken.contains(id));
            found.extend(ids.take(most as usize - found.len()));
            after = rows.last().map(|row| row.id);
            if rows.len() < 200 {
                break;
            }
        }
    }
    Ok(found)
}

/// Returns one finding's card; `None` where no finding is called `id`.
pub fn one(view: View<'_>, id: &str) -> Result<Option<Card>, ActionError> {
    match row(view, id) {
        Ok(row) => card(view, &row),
        Err(ActionError::Request(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns those of `ids` that are open findings of `kind`.
pub fn open_of(view: View<'_>, ids: &[String], kind: Kind) -> Result<Vec<String>, ActionError> {
    let mut found = Vec::new();
    for id in ids.iter().take(NEAR) {
        let row = row(view, id)?;
        if row.finding.kind == kind && is_open(&row) {
            found.push(id.clone());
        }
    }
    Ok(found)
}

/// A note decides nothing.
fn is_open(row: &FindingRow) -> bool {
    matches!(row.decision.as_ref().map(|decision| decision.choice), None | Some(Choice::Note))
}

fn row(view: View<'_>, id: &str) -> Result<FindingRow, ActionError> {
    let whole = id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit());
    let mut rows = if whole { view.findings_by_id(id)? } else { Vec::new() };
    rows.pop().ok_or_else(|| {
        ActionError::Request(
            "There is no such finding in this case. Go back to the list and choose again.".to_owned(),
        )
    })
}

fn card(view: View<'_>, row: &FindingRow) -> Result<Option<Card>, ActionError> {
    let Some(seen) = view.seen(&row.post)? else { return Ok(None) };
    let finding = &row.finding;
    let decision = row.decision.as_ref().map(|decision| decision.choice);
    let same = if is_open(row) {
        view.same_words(row, SAME)?.iter().map(|row| row.id.to_string()).collect()
    } else {
        Vec::new()
    };
    Ok(Some(Card {
        id: row.id.to_string(),
        post: row.post.clone(),
        platform: seen.post.platform,
        account: gentle::account(&seen.post.author),
        written: seen.post.written,
        kind: finding.kind,
        what: finding.what,
        level: finding.level,
        claim: finding.claim.clone(),
        score: finding.score.get(),
        decision,
        same,
        pictures: seen.post.media.iter().filter(|m| m.kind == MediaKind::Image && m.digest.is_some()).count(),
        exhibit: view.exhibit_of(&row.post)?,
    }))
}

/// Shows one finding with its words, and writes to the ledger that it did. `alike` are posts that a trace found to have
/// nearly the same words: those with an open finding of the same sort are shown too. `theirs` tells which findings whoever
/// looks may see: of the others nothing is shown.
pub fn look(
    case: &mut Case,
    id: &str,
    alike: &[PostKey],
    theirs: &dyn Fn(&str, Kind) -> bool,
    language: &str,
    context: &Context<'_>,
) -> Result<Look, ActionError> {
    let row = row(case.view(), id)?;
    let missing = || ActionError::OurFault("A finding stands on a post that is not in the case.".to_owned());
    let near = near(case.view(), &row, alike, theirs)?;
    let shown: Vec<&str> = std::iter::once(id).chain(near.iter().map(|near| near.id.as_str())).collect();
    let detail = case.objects().put_json(&(&context.actor, "review", shown))?;
    case.append(context.now(), vec![What::Viewed { detail }])?;
    let view = case.view();
    let card = card(view, &row)?.ok_or_else(missing)?;
    let seen = view.seen(&row.post)?.ok_or_else(missing)?;
    let language = if language == "es" { Language::Es } else { Language::En };
    let text = seen.post.text.clone();
    let reasons = reasons::sentences(&row.finding.reasons, &text, language);
    let last = seen.sightings.iter().max_by_key(|sighting| sighting.observation.seen);
    let mut captures: Vec<(String, Digest)> =
        seen.sightings.iter().map(|s| (s.capture.name.clone(), s.capture.digest)).collect();
    captures.dedup();
    Ok(Look {
        account: seen.post.author.shown(),
        marked: marked(&row.finding),
        reasons,
        around: around(view, &seen.post)?,
        pictures: framed(case, &seen.post, &marked(&row.finding))?,
        url: seen.post.url.as_ref().map(|url| url.as_str().to_owned()),
        state: last.map_or(State::Visible, |sighting| sighting.observation.state),
        captures,
        history: view
            .history(&row.id)?
            .into_iter()
            .map(|d| (d.choice, d.by.as_str().to_owned(), d.at, d.why))
            .collect(),
        others: view
            .findings_on(&row.post)?
            .iter()
            .filter(|other| other.id != row.id && other.finding.counts)
            .filter(|other| theirs(&other.id.to_string(), other.finding.kind))
            .map(|other| {
                (other.id.to_string(), other.finding.kind, other.decision.as_ref().map(|d| d.choice))
            })
            .collect(),
        near,
        text,
        card,
    })
}

/// The pictures of a post, with the pixels in which the `marked` words stand.
fn framed(case: &Case, post: &record::Post, marked: &[(usize, usize)]) -> Result<Vec<Picture>, ActionError> {
    let mut found: Vec<(String, Vec<pictures::Boxed>)> = Vec::new();
    for (start, end) in marked {
        let boxes = pictures::boxes(case, post, Span::new(*start, *end))?;
        if !boxes.is_empty() {
            found.push((post.text.get(*start..*end).unwrap_or_default().to_owned(), boxes));
        }
    }
    let is_read = pictures::is_page(post);
    let images = post.media.iter().filter(|media| media.kind == MediaKind::Image);
    let mut all = Vec::new();
    for (digest, alt) in images.filter_map(|media| Some((media.digest?, media.alt.clone()))) {
        let of = |boxes: &[pictures::Boxed]| -> Vec<Area> {
            boxes.iter().filter(|boxed| boxed.picture == digest).map(|boxed| boxed.area).collect()
        };
        let framed: Vec<(String, Vec<Area>)> = found
            .iter()
            .map(|(words, boxes)| (words.clone(), of(boxes)))
            .filter(|(_, areas)| !areas.is_empty())
            .collect();
        // An attachment can be named by a post whose capture did not hold it, or its bytes may have been erased.
        let bytes = case.objects().get(&digest).ok();
        let size = bytes.and_then(|bytes| pixels::picture::size(&bytes, &Limits::phone()).ok());
        all.push(Picture { digest, alt, size, is_read, framed });
    }
    Ok(all)
}

/// Those of `alike` with an open finding of the same sort, but not with the very same words: these are folded already.
fn near(
    view: View<'_>,
    row: &FindingRow,
    alike: &[PostKey],
    theirs: &dyn Fn(&str, Kind) -> bool,
) -> Result<Vec<Near>, ActionError> {
    let own = view.text(&row.post)?.unwrap_or_default();
    let mut found = Vec::new();
    for key in alike.iter().filter(|key| **key != row.post) {
        if found.len() == NEAR {
            break;
        }
        let same_sort = |other: &&FindingRow| {
            let (a, b) = (&row.finding, &other.finding);
            is_open(other)
                && b.counts
                && (a.kind, a.what, &a.claim) == (b.kind, b.what, &b.claim)
                && theirs(&other.id.to_string(), b.kind)
        };
        let findings = view.findings_on(key)?;
        let Some(other) = findings.iter().find(same_sort) else { continue };
        let Some(seen) = view.seen(key)? else { continue };
        if seen.post.text != own {
            found.push(Near {
                id: other.id.to_string(),
                account: seen.post.author.shown(),
                text: seen.post.text.clone(),
            });
        }
    }
    Ok(found)
}

/// The finding's own words and those that its reasons name, joined where they touch.
fn marked(finding: &Finding) -> Vec<(usize, usize)> {
    let reasons = finding.reasons.iter().filter_map(|reason| reason.span);
    let mut spans: Vec<(usize, usize)> =
        std::iter::once(finding.span).chain(reasons).map(|span| (span.start(), span.end())).collect();
    spans.sort();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
    for (start, end) in spans.into_iter().filter(|(start, end)| start < end) {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

fn around(view: View<'_>, post: &record::Post) -> Result<Vec<Around>, ActionError> {
    let mut found = Vec::new();
    let mut before = post.reply_to.clone().or_else(|| post.quote_of.clone());
    for _ in 0..AROUND {
        let Some(key) = before.take() else { break };
        let Some(seen) = view.seen(&key)? else { break };
        found.push(beside(true, &seen.post));
        before = seen.post.reply_to.clone().or_else(|| seen.post.quote_of.clone());
    }
    for key in view.answers_to(&post.key, AROUND as u32)? {
        if let Some(seen) = view.seen(&key)? {
            found.push(beside(false, &seen.post));
        }
    }
    Ok(found)
}

fn beside(before: bool, post: &record::Post) -> Around {
    Around { before, account: post.author.shown(), written: post.written, text: post.text.clone() }
}

/// Returns the words of posts, and writes to the ledger that they were shown.
pub fn words(
    case: &mut Case,
    posts: &[PostKey],
    where_shown: &str,
    context: &Context<'_>,
) -> Result<Vec<(PostKey, String)>, ActionError> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<&str> = posts.iter().map(PostKey::as_str).collect();
    let detail = case.objects().put_json(&(&context.actor, where_shown, names))?;
    case.append(context.now(), vec![What::Viewed { detail }])?;
    let mut found = Vec::with_capacity(posts.len());
    for key in posts {
        found.push((key.clone(), case.view().text(key)?.unwrap_or_default()));
    }
    Ok(found)
}

/// Returns a picture that the finding's post holds, and writes to the ledger that it was uncovered.
pub fn uncover(
    case: &mut Case,
    id: &str,
    picture: &str,
    context: &Context<'_>,
) -> Result<Digest, ActionError> {
    let row = row(case.view(), id)?;
    let seen = case.view().seen(&row.post)?;
    let held = seen.iter().flat_map(|seen| &seen.post.media).filter_map(|media| media.digest);
    let digest = held.into_iter().find(|digest| digest.to_string() == picture).ok_or_else(|| {
        ActionError::Request("There is no such picture on this post. Go back and choose again.".to_owned())
    })?;
    let detail = case.objects().put_json(&(&context.actor, "picture", [picture]))?;
    case.append(context.now(), vec![What::Viewed { detail }])?;
    Ok(digest)
}

/// Decides about findings by their whole ids.
pub fn decide(
    case: &mut Case,
    ids: &[String],
    choice: Choice,
    why: Option<&str>,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let mut findings = Vec::with_capacity(ids.len());
    for id in ids {
        findings.push(row(case.view(), id)?.id);
    }
    review::decide_all(case, &findings, choice, why, false, context)
}

/// Puts findings back among the open ones. What was decided stays in the ledger.
pub fn undo(case: &mut Case, ids: &[String], context: &Context<'_>) -> Result<Outcome, ActionError> {
    decide(case, ids, Choice::Note, Some("taken back"), context)
}

/// Says that a finding is of another kind: the proposal is rejected, and the same words are confirmed as `kind` in the
/// name of the person.
pub fn correct(
    case: &mut Case,
    id: &str,
    kind: Kind,
    what: Option<Exposure>,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let row = row(case.view(), id)?;
    if row.finding.kind == kind && row.finding.what == what {
        return Err(ActionError::Request(
            "It is of that kind already. Choose another kind, or confirm it.".to_owned(),
        ));
    }
    if (kind == Kind::Dox) != what.is_some() {
        return Err(ActionError::Request(
            "Say what is exposed where private data is exposed, and only there.".to_owned(),
        ));
    }
    let finding = Finding {
        kind,
        what,
        whose: (kind == Kind::Dox).then_some(record::Whose::Private),
        level: None,
        stance: None,
        claim: None,
        detector: "person/1".into(),
        span: row.finding.span,
        score: values::Score::new(1.0),
        reasons: vec![record::Reason { code: "person.said".into(), span: None }],
        counts: true,
    };
    let corrected = finding.id(&row.post);
    scan::add(case, vec![(row.post.clone(), finding)], context)?;
    review::decide_all(case, &[row.id], Choice::Reject, Some("of another kind"), false, context)?;
    review::decide_all(case, &[corrected], Choice::Confirm, Some("corrected by a person"), false, context)
}
