//! Review: counts first, then one finding at a time. Words stay hidden until asked for; every look is in the ledger.

use std::sync::Arc;

use actions::screens::look::{self, Card, Look};
use actions::screens::{Decided, FindingsAsked};
use axum::extract::{Form, Query, State};
use maud::{Markup, html};
use record::{Choice, Exposure, Kind};
use serde::Deserialize;

use super::case::{about, exposure_say, state_say};
use super::{Answer, Asked, Problem, Who, by, covered, hand, kind_say, lang, number, off, to};
use crate::App;
use crate::frame::{Here, form_token};
use crate::handed::{self, Far, Handed};
use crate::results;
use crate::session::Session;
use crate::words::{self as w, Lang};

/// Findings on one page of the list.
const PAGE: u32 = 40;

/// Returns what this person may look at.
async fn mine(app: &Arc<App>, who: &Arc<Session>) -> Result<Handed, Problem> {
    let who = Arc::clone(who);
    off(app, move |app| handed::handed(app, &who)).await
}

/// Returns a finding's card. Refuses one that was not handed to this reviewer as if there were none.
async fn card(app: &Arc<App>, mine: &Handed, id: &str) -> Result<Card, Problem> {
    let asked = id.to_owned();
    let card = off(app, move |app| app.desk.read(|reader| look::one(reader.view(), &asked))).await?;
    let mut card = card.filter(|card| mine.holds(&card.id, card.kind)).ok_or_else(Problem::not_found)?;
    // Of the same words, too, only those that are theirs.
    let kind = card.kind;
    card.same.retain(|id| mine.holds(id, kind));
    Ok(card)
}

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let mine = mine(&app, &who).await?;
    let items = mine.items.clone();
    let far = off(&app, move |app| handed::far(app, &items)).await?;
    let tally = off(&app, results::tally).await?;
    let tally: Vec<_> =
        tally.into_iter().filter(|line| mine.all || mine.kinds.contains(&line.kind)).collect();
    let open: u64 =
        tally.iter().map(|line| line.found - line.confirmed - line.rejected).sum::<u64>() + far.left;
    let (reveal, budget) = {
        let state = who.state();
        (state.reveal, state.budget)
    };
    super::show(
        &app,
        &who,
        Here::Review,
        t.say(w::NAV_REVIEW),
        &html! {
            h1 { (t.say(w::REVIEW_TITLE)) }
            p { (t.say(w::REVIEW_WORDS)) }
            @if open == 0 { p.note { (t.say(w::REVIEW_NOTHING)) } }
            @else {
                p.big { (t.fill(w::REVIEW_OPEN, &[("n", &number(open))])) }
                form.tall method="post" action="/review" {
                    (form_token(&who, "/review"))
                    label for="budget" { (t.say(w::REVIEW_BUDGET)) }
                    select #budget name="budget" { @for n in [5_u32, 10, 20, 50, 200] { option value=(n) selected[n == budget] { (n) } } }
                    label.choice { input type="checkbox" name="reveal" value="yes" checked[reveal]; span { (t.say(w::REVIEW_REVEAL)) } }
                    p.go { button.main data-key="n" { (t.say(w::REVIEW_START)) } }
                }
            }
            @if far != Far::default() {
                section {
                    h2 { (t.say(w::HANDED)) }
                    p { (t.fill(w::HAND_FAR, &[("done", &number(far.done)), ("left", &number(far.left))])) }
                    p { a href="/review/list" { (t.say(w::HANDED_LIST)) } }
                }
            }
            @if !tally.is_empty() { section {
                h2 { (t.say(w::REVIEW_BY_KIND)) }
                ul.tally { @for line in &tally { li {
                    a href={ "/review/list?kind=" (line.kind.word()) } {
                        span.count { (number(line.found - line.confirmed - line.rejected)) } " " (t.say(kind_say(line.kind)))
                    }
                    span.quiet { " · " (t.fill(w::REVIEW_OF, &[("n", &number(line.found))])) }
                } } }
            } }
            section {
                h2 { (t.say(w::REVIEW_ELSE)) }
                p { (t.say(w::REVIEW_ELSE_WORDS)) @if who.is_owner() { " " a href="/settings#helper" { (t.say(w::REVIEW_ELSE_DO)) } } }
            }
            details { summary { (t.say(w::KEYS)) } (keys(t)) }
        },
    )
}

fn keys(t: Lang) -> Markup {
    html! {
        dl.keys {
            @for (key, words) in [("S", w::SHOW), ("Y", w::CONFIRM), ("N", w::REJECT), ("O", w::NOTE), ("P", w::PASS), ("U", w::UNDO)] {
                dt { kbd { (key) } } dd { (t.say(words)) }
            }
            dt { kbd { "Esc" } " " kbd { "Esc" } } dd { (t.say(w::LEAVE)) }
        }
        p.quiet { (t.say(w::KEYS_OFF)) " " a href="/settings" { (t.say(w::NAV_SETTINGS)) } }
    }
}

#[derive(Deserialize)]
pub struct Start {
    budget: u32,
    #[serde(default)]
    reveal: String,
}

pub async fn start(State(_): Asked, axum::Extension(who): Who, Form(start): Form<Start>) -> Answer {
    {
        let mut state = who.state();
        state.budget = start.budget.clamp(1, 500);
        state.reveal = start.reveal == "yes";
        state.viewed = 0;
        state.passed.clear();
    }
    Ok(to("/review/next"))
}

pub async fn next(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let (tired, passed) = {
        let state = who.state();
        (state.viewed >= state.budget, state.passed.clone())
    };
    if tired {
        return Ok(to("/review/rest"));
    }
    let mine = mine(&app, &who).await?;
    let next = off(&app, move |app| {
        // What was handed over one by one comes first, in that order.
        let open = handed::open(app, &mine.items)?;
        if let Some(held) = open.into_iter().find(|held| !passed.contains(&held.id)) {
            return Ok(Some(held.id));
        }
        if !mine.all && mine.kinds.is_empty() {
            return Ok(None);
        }
        app.desk.read(|reader| look::next(reader.view(), &mine.kinds, &passed))
    })
    .await?;
    let Some(id) = next else { return Ok(to("/review")) };
    {
        let mut state = who.state();
        state.shown = state.reveal.then(|| id.clone());
    }
    Ok(to(&format!("/review/item?id={id}")))
}

#[derive(Deserialize)]
pub struct One {
    id: String,
}

pub async fn item(State(app): Asked, axum::Extension(who): Who, Query(one): Query<One>) -> Answer {
    let t = lang(&who);
    let shown = who.state().shown.as_deref() == Some(one.id.as_str());
    let mine = mine(&app, &who).await?;
    let card = card(&app, &mine, &one.id).await?;
    let asks = Arc::clone(&who);
    let reviewers = off(&app, move |app| hand::reviewers(app, &asks)).await?;
    let look = if shown {
        let (id, by, post, mine) = (one.id.clone(), by(&app, &who), card.post.clone(), mine.clone());
        let look = off(&app, move |app| {
            // While the map is being drawn nothing is folded that it alone would find.
            let traced = results::map(app).unwrap_or_default();
            let groups = traced.as_ref().map_or(&[][..], |traced| &traced.map.same_text);
            let alike = groups.iter().find(|group| group.contains(&post)).map_or(&[][..], Vec::as_slice);
            let theirs = |id: &str, kind| mine.holds(id, kind);
            app.desk.write(|case| look::look(case, &id, alike, &theirs, t.code(), &app.context(&by)))
        });
        Some(look.await?)
    } else {
        None
    };
    let body = html! {
        p.where { (back(&who, t)) " › " (t.say(kind_say(card.kind))) }
        h1 { (about(card.kind, card.what, card.level, None, t)) }
        (head(&app, &card, t))
        @match &look {
            Some(look) => (words(&who, look, t)),
            None => div.hidden {
                p { (t.say(w::HIDDEN)) }
                form method="post" action="/review/show" {
                    (form_token(&who, "/review/show"))
                    input type="hidden" name="id" value=(card.id);
                    button.main data-key="s" { (t.say(w::SHOW)) kbd { "S" } }
                }
                p.quiet { (t.say(w::HIDDEN_LEDGER)) }
            },
        }
        @if super::may(&who.role, true, "/review/decide") { (decisions(&who, &card, look.as_ref(), t)) }
        (hand::form(&who, &reviewers, &hand::What::Finding(&card.id, card.same.len()), t))
        details { summary { (t.say(w::KEYS)) } (keys(t)) }
    };
    super::show(&app, &who, Here::Review, t.say(w::NAV_REVIEW), &body)
}

/// The way back to the review, for whoever reviews; to the list of all, for whoever only reads.
fn back(who: &Session, t: Lang) -> Markup {
    let path = if super::may(&who.role, false, "/review") { "/review" } else { "/review/list" };
    html! { a href=(path) { (t.say(w::NAV_REVIEW)) } }
}

fn head(app: &App, card: &Card, t: Lang) -> Markup {
    html! {
        dl.facts {
            dt { (t.say(w::ACCOUNT)) } dd { (card.account.clone().unwrap_or_else(|| t.say(w::NAME_HIDDEN).to_owned())) }
            dt { (t.say(w::PLATFORM)) } dd { (super::case::platform_say(card.platform, t)) }
            dt { (t.say(w::WRITTEN)) } dd { @match card.written { Some(at) => (super::moment(at, t)), None => (t.say(w::NO_TIME)) } }
            dt { (t.say(w::STRENGTH)) } dd { meter min="0" max="1" value=(card.score) aria-label=(t.say(w::STRENGTH)) {} " " (format!("{:.2}", card.score)) }
            @if let Some(claim) = &card.claim { dt { (t.say(w::CLAIM)) } dd { (super::claim_say(app, claim, t)) } }
            @if let Some(choice) = card.decision { dt { (t.say(w::DECIDED)) } dd { (t.say(choice_say(choice))) } }
            @if let Some(exhibit) = card.exhibit { dt { (t.say(w::EXHIBIT)) } dd { (format!("EX-{exhibit:04}")) } }
            @if !card.same.is_empty() { dt { (t.say(w::SAME)) } dd { (t.fill(w::SAME_N, &[("n", &number(card.same.len() as u64))])) } }
        }
    }
}

pub fn choice_say(choice: Choice) -> w::Say {
    match choice {
        Choice::Confirm => w::IS_CONFIRMED,
        Choice::Reject => w::IS_REJECTED,
        Choice::Note => w::IS_NOTED,
    }
}

/// The words with what caused the finding marked in place, why, and what stands around.
fn words(who: &Session, look: &Look, t: Lang) -> Markup {
    html! {
        @for post in look.around.iter().filter(|post| post.before).rev() { (beside(post, t)) }
        blockquote.post #words tabindex="-1" data-focus="" {
            p.by { (look.account) " · " (t.say(state_say(look.state))) }
            p.text { (marked(&look.text, &look.marked)) }
        }
        @for post in look.around.iter().filter(|post| !post.before) { (beside(post, t)) }
        @for picture in &look.pictures { (covered::pictured(who, &look.card.id, picture, t)) }
        section {
            h2 { (t.say(w::WHY)) }
            ul { @for reason in &look.reasons { li { (reason) } } }
            p.quiet { (t.say(w::WHY_PROPOSAL)) }
        }
        details {
            summary { (t.say(w::SOURCE)) }
            @if let Some(url) = &look.url { p { (t.say(w::ADDRESS)) ": " code { (url) } } }
            p { (t.say(w::POST_KEY)) ": " code { (look.card.post) } }
            ul { @for (name, digest) in &look.captures { li { (name) " · SHA-256 " code { (digest) } } } }
            @if !look.history.is_empty() {
                h3 { (t.say(w::HISTORY)) }
                ul { @for (choice, by, at, why) in &look.history { li {
                    (super::moment(*at, t)) " · " (by) " · " (t.say(choice_say(*choice))) @if let Some(why) = why { " · " (why) }
                } } }
            }
            @if !look.others.is_empty() {
                h3 { (t.say(w::OTHERS)) }
                ul { @for (id, kind, _) in &look.others { li { a href={ "/review/item?id=" (id) } { (t.say(kind_say(*kind))) } } } }
            }
        }
    }
}

fn beside(post: &look::Around, t: Lang) -> Markup {
    html! {
        blockquote.beside {
            p.by { (t.say(if post.before { w::BEFORE } else { w::AFTER })) " · " (post.account) @if let Some(at) = post.written { " · " (super::moment(at, t)) } }
            p.text { (post.text) }
        }
    }
}

/// Returns the text with these stretches marked. One that does not fit the text marks nothing.
pub fn marked(text: &str, stretches: &[(usize, usize)]) -> Markup {
    let mut parts = Vec::new();
    let mut at = 0;
    for (start, end) in stretches {
        if let (Some(before), Some(found)) = (text.get(at..*start), text.get(*start..*end)) {
            parts.push((before, found));
            at = *end;
        }
    }
    html! { @for (before, found) in parts { (before) mark { (found) } } (text.get(at..).unwrap_or_default()) }
}

fn decisions(who: &Session, card: &Card, look: Option<&Look>, t: Lang) -> Markup {
    let shown = look.is_some();
    let near = look.map_or(&[][..], |look| &look.near);
    let can_undo = !who.state().decided.is_empty();
    html! {
        form.decide method="post" action="/review/decide" {
            (form_token(who, "/review/decide"))
            input type="hidden" name="id" value=(card.id);
            @if !card.same.is_empty() {
                label.choice { input type="checkbox" name="same" value="yes" checked; span { (t.fill(w::SAME_TOO, &[("n", &number(card.same.len() as u64))])) } }
            }
            @if !near.is_empty() {
                details {
                    summary { (t.fill(w::NEAR, &[("n", &number(near.len() as u64))])) }
                    @for one in near { blockquote.beside { p.by { (one.account) } p.text { (one.text) } } }
                }
                // Not chosen beforehand: words that differ a little can mean something else.
                label.choice { input type="checkbox" name="near" value=(near.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(" ")); span { (t.fill(w::NEAR_TOO, &[("n", &number(near.len() as u64))])) } }
            }
            label for="why" { (t.say(w::NOTE_LABEL)) }
            textarea #why name="why" rows="2" maxlength="2000" {}
            div.buttons {
                button.main name="choice" value="confirm" data-key="y" disabled[!shown && card.decision.is_none()] { (t.say(w::CONFIRM)) kbd { "Y" } }
                button name="choice" value="reject" data-key="n" { (t.say(w::REJECT)) kbd { "N" } }
                button name="choice" value="note" data-key="o" { (t.say(w::NOTE)) kbd { "O" } }
            }
            @if !shown && card.decision.is_none() { p.quiet { (t.say(w::CONFIRM_AFTER)) } }
        }
        div.buttons {
            form method="post" action="/review/pass" {
                (form_token(who, "/review/pass"))
                input type="hidden" name="id" value=(card.id);
                button data-key="p" { (t.say(w::PASS)) kbd { "P" } }
            }
            form method="post" action="/review/undo" {
                (form_token(who, "/review/undo"))
                button data-key="u" disabled[!can_undo] { (t.say(w::UNDO)) kbd { "U" } }
            }
        }
        details {
            summary { (t.say(w::CORRECT)) }
            form.tall method="post" action="/review/correct" {
                (form_token(who, "/review/correct"))
                input type="hidden" name="id" value=(card.id);
                label for="kind" { (t.say(w::CORRECT_KIND)) }
                select #kind name="kind" { @for kind in Kind::ALL { option value=(kind.word()) selected[*kind == card.kind] { (t.say(kind_say(*kind))) } } }
                label for="what" { (t.say(w::CORRECT_WHAT)) }
                select #what name="what" { option value="" { "–" } @for what in Exposure::ALL { option value=(what.word()) { (t.say(exposure_say(*what))) } } }
                p.go { button { (t.say(w::CORRECT_DO)) } }
            }
        }
    }
}

/// Notes that the words of a finding may be shown to this person.
pub(super) async fn show_words(app: &Arc<App>, who: &Arc<Session>, id: &str) -> Result<(), Problem> {
    card(app, &mine(app, who).await?, id).await?;
    let mut state = who.state();
    state.shown = Some(id.to_owned());
    Ok(())
}

pub async fn show(State(app): Asked, axum::Extension(who): Who, Form(one): Form<One>) -> Answer {
    show_words(&app, &who, &one.id).await?;
    Ok(to(&format!("/review/item?id={}", super::escape(&one.id))))
}

#[derive(Deserialize)]
pub struct Decide {
    id: String,
    choice: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    same: String,
    /// Ids of the findings on nearly the same words, where the person chose them too.
    #[serde(default)]
    near: String,
}

pub async fn decide(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Decide>) -> Answer {
    let t = lang(&who);
    let mut choice: Choice = asked.choice.parse().map_err(Problem::told)?;
    let why = asked.why.trim().to_owned();
    if choice == Choice::Note && why.is_empty() {
        return Err(Problem::say(w::NOTE_EMPTY));
    }
    let shown = who.state().shown.as_deref() == Some(asked.id.as_str());
    let mine = mine(&app, &who).await?;
    let card = card(&app, &mine, &asked.id).await?;
    if choice == Choice::Confirm && !shown && card.decision.is_none() {
        return Err(Problem::say(w::CONFIRM_AFTER));
    }
    if choice == Choice::Note
        && let Some(held) = card.decision
    {
        // The latest decision holds: a note on what is decided keeps the decision.
        choice = held;
    }
    let mut ids = vec![asked.id.clone()];
    if asked.same == "yes" {
        ids.extend(card.same);
    }
    if shown {
        let (near, kind) = (asked.near.clone(), card.kind);
        let near = off(&app, move |app| {
            let ids: Vec<String> =
                near.split_whitespace().filter(|id| mine.holds(id, kind)).map(str::to_owned).collect();
            app.desk.read(|reader| look::open_of(reader.view(), &ids, kind))
        });
        ids.extend(near.await?);
    }
    let (all, by) = (ids.clone(), by(&app, &who));
    off(&app, move |app| {
        let why = (!why.is_empty()).then_some(why.as_str());
        app.desk.write(|case| look::decide(case, &all, choice, why, &app.context(&by)))
    })
    .await?;
    let said = t.fill(w::DECIDED_N, &[("what", t.say(choice_say(choice))), ("n", &number(ids.len() as u64))]);
    who.say(said);
    let mut state = who.state();
    state.viewed += 1;
    if choice == Choice::Note {
        state.passed.extend(ids.clone());
    }
    state.decided.push(ids);
    Ok(to("/review/next"))
}

#[derive(Deserialize)]
pub struct Correct {
    id: String,
    kind: String,
    #[serde(default)]
    what: String,
}

pub async fn correct(State(app): Asked, axum::Extension(who): Who, Form(asked): Form<Correct>) -> Answer {
    let t = lang(&who);
    let kind: Kind = asked.kind.parse().map_err(Problem::told)?;
    let what = if asked.what.is_empty() { None } else { Some(asked.what.parse().map_err(Problem::told)?) };
    card(&app, &mine(&app, &who).await?, &asked.id).await?;
    if who.state().shown.as_deref() != Some(asked.id.as_str()) {
        return Err(Problem::say(w::CONFIRM_AFTER));
    }
    let by = by(&app, &who);
    off(&app, move |app| {
        app.desk.write(|case| look::correct(case, &asked.id, kind, what, &app.context(&by)))
    })
    .await?;
    who.say(t.say(w::CORRECTED));
    who.state().viewed += 1;
    Ok(to("/review/next"))
}

pub async fn pass(State(_): Asked, axum::Extension(who): Who, Form(one): Form<One>) -> Answer {
    who.state().passed.push(one.id);
    Ok(to("/review/next"))
}

pub async fn undo(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let Some(ids) = who.state().decided.pop() else { return Ok(to("/review/next")) };
    let (all, by) = (ids.clone(), by(&app, &who));
    off(&app, move |app| app.desk.write(|case| look::undo(case, &all, &app.context(&by)))).await?;
    who.say(t.say(w::UNDONE));
    who.state().passed.retain(|passed| !ids.contains(passed));
    Ok(to(&format!("/review/item?id={}", ids[0])))
}

pub async fn rest(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let viewed = who.state().viewed;
    super::show(
        &app,
        &who,
        Here::Review,
        t.say(w::REST_TITLE),
        &html! {
            h1 { (t.say(w::REST_TITLE)) }
            p.big { (t.fill(w::REST_WORDS, &[("n", &number(u64::from(viewed)))])) }
            p { (t.say(w::REST_HOW)) }
            div.buttons {
                a.button.main href=(if who.is_owner() { "/case" } else { "/review" }) { (t.say(w::REST_STOP)) }
                form method="post" action="/review/rest" { (form_token(&who, "/review/rest")) button { (t.say(w::REST_ON)) } }
            }
        },
    )
}

pub async fn go_on(State(_): Asked, axum::Extension(who): Who) -> Answer {
    who.state().viewed = 0;
    Ok(to("/review/next"))
}

#[derive(Deserialize)]
pub struct Listed {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    decided: String,
    #[serde(default)]
    after: String,
}

pub async fn list(State(app): Asked, axum::Extension(who): Who, Query(asked): Query<Listed>) -> Answer {
    let t = lang(&who);
    let kind: Option<Kind> = asked.kind.parse().ok();
    let mine = mine(&app, &who).await?;
    // A list of everything, or of a kind, is for whoever was handed that; without a kind others get their own items.
    let own = !mine.all && kind.is_none() && !mine.items.is_empty();
    if !mine.all && !own && !kind.is_some_and(|kind| mine.kinds.contains(&kind)) {
        return Err(Problem::not_found());
    }
    let decided = match asked.decided.as_str() {
        "confirm" => Decided::As(Choice::Confirm),
        "reject" => Decided::As(Choice::Reject),
        _ => Decided::Open,
    };
    let after = look::named(&asked.after);
    if after.is_none() && !asked.after.is_empty() {
        return Err(Problem::not_found());
    }
    let findings = FindingsAsked { kind, decided, all: false, after, most: PAGE + 1 };
    let mut cards = off(&app, move |app| {
        app.desk.read(|reader| match own {
            true => look::cards_of(reader.view(), &mine.items, &findings),
            false => look::cards(reader.view(), &findings),
        })
    })
    .await?;
    let more = cards.len() > PAGE as usize;
    cards.truncate(PAGE as usize);
    let here = |decided: &str| format!("/review/list?kind={}&decided={decided}", kind.map_or("", Kind::word));
    let title = kind.map_or(t.say(w::NAV_REVIEW), |kind| t.say(kind_say(kind)));
    super::show(
        &app,
        &who,
        Here::Review,
        title,
        &html! {
            p.where { (back(&who, t)) " › " (title) }
            h1 { (title) }
            nav.tabs aria-label=(t.say(w::DECIDED)) {
                @for (word, words) in [("", w::OPEN), ("confirm", w::CONFIRMED), ("reject", w::REJECTED)] {
                    a href=(here(word)) aria-current=[(asked.decided == word).then_some("true")] { (t.say(words)) }
                }
            }
            @if cards.is_empty() { p { (t.say(w::LIST_EMPTY)) } }
            @else {
                div.wide tabindex="0" role="region" aria-label=(title) { table {
                    thead { tr { th { (t.say(w::KIND)) } th { (t.say(w::ACCOUNT)) } th { (t.say(w::WRITTEN)) } th.n { (t.say(w::STRENGTH)) } th.n { (t.say(w::SAME)) } th {} } }
                    tbody { @for card in &cards { tr {
                        td { (about(card.kind, card.what, card.level, card.claim.as_deref().map(|id| super::claim_say(&app, id, t)).as_deref(), t)) }
                        td { (card.account.clone().unwrap_or_else(|| t.say(w::NAME_HIDDEN).to_owned())) }
                        td.when { @match card.written { Some(at) => (super::moment(at, t)), None => (t.say(w::NO_TIME)) } }
                        td.n { (format!("{:.2}", card.score)) }
                        td.n { @if !card.same.is_empty() { "+" (card.same.len()) } }
                        td { a href={ "/review/item?id=" (card.id) } { (t.say(w::LOOK)) } }
                    } } }
                } }
            }
            @if let (true, Some(last)) = (more, cards.last()) { p { a.button href={ (here(&asked.decided)) "&after=" (last.id) } { (t.say(w::MORE)) } } }
        },
    )
}
