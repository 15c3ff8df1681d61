//! Statements: per account the table a lawyer needs; per claim what stands against it.

use std::collections::HashMap;
use std::sync::Arc;

use actions::screens::{gentle, look, statements};
use axum::extract::{Form, Query, State};
use maud::html;
use record::PostKey;
use serde::Deserialize;

use super::review::choice_say;
use super::{Answer, Asked, Who, by, claim_say, escape, hand, kind_say, lang, number, off, when};
use crate::frame::{Here, form_token};
use crate::results;
use crate::session::Session;
use crate::words as w;

/// Statements in a table.
const STATEMENTS: u32 = 400;

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let (accounts, claims) =
        off(&app, move |app| Ok((results::accounts(app)?, results::claims(app, t)?))).await?;
    super::show(
        &app,
        &who,
        Here::Statements,
        t.say(w::NAV_STATEMENTS),
        &html! {
            h1 { (t.say(w::STATEMENTS_TITLE)) }
            p { (t.say(w::STATEMENTS_WORDS)) }
            section {
                h2 { (t.say(w::STATEMENTS_ACCOUNTS)) }
                @if accounts.is_empty() { p { (t.say(w::LIST_EMPTY)) } }
                @else { div.wide tabindex="0" role="region" aria-label=(t.say(w::STATEMENTS_ACCOUNTS)) { table {
                    thead { tr { th { (t.say(w::ACCOUNT)) } th { (t.say(w::PLATFORM)) } th.n { (t.say(w::POSTS)) } th.n { (t.say(w::FOUND)) } th { (t.say(w::FIRST)) } th { (t.say(w::LAST)) } } }
                    tbody { @for line in accounts.iter() { tr {
                        th scope="row" { a href={ "/statements/account?key=" (escape(&line.key)) } {
                            (gentle::account(&line.account).unwrap_or_else(|| t.say(w::NAME_HIDDEN).to_owned()))
                        } }
                        td { (super::case::platform_say(line.account.platform, t)) } td.n { (number(line.posts)) } td.n { (number(line.findings)) }
                        td.when { (when(line.first, t)) } td.when { (when(line.last, t)) }
                    } } }
                } } }
            }
            section {
                h2 { (t.say(w::CLAIMS)) }
                p.quiet { (t.say(w::CLAIMS_ABOUT)) }
                @if claims.is_empty() { p { (t.say(w::LIST_EMPTY)) } }
                @for here in claims.iter().filter(|here| here.asserted > 0) { (claim(here, t)) }
                @let rest: Vec<_> = claims.iter().filter(|here| here.asserted == 0).collect();
                @if !rest.is_empty() {
                    details { summary { (t.fill(w::CLAIMS_REST, &[("n", &number(rest.len() as u64))])) } @for here in rest { (claim(here, t)) } }
                }
            }
        },
    )
}

fn claim(here: &statements::ClaimHere, t: w::Lang) -> maud::Markup {
    html! {
        article.claim {
            h3 { (here.claim.claim) }
            p {
                (t.fill(w::CLAIM_COUNTS, &[("n", &number(here.asserted)), ("m", &number(here.otherwise)), ("k", &number(here.confirmed))]))
            }
            @if let Some(known) = &here.claim.known { p { (known) } }
            p {
                @if let Some(verdict) = here.claim.verdict { strong { (t.say(verdict_say(verdict))) } }
                @if let Some(day) = &here.claim.verdict_as_of { " · " (t.fill(w::AS_OF, &[("day", day)])) }
                @if here.claim.open_matter { " · " (t.say(w::OPEN_MATTER)) }
            }
            @if !here.claim.sources.is_empty() { details { summary { (t.say(w::SOURCES)) } ul { @for source in &here.claim.sources { li { code { (source) } } } } } }
        }
    }
}

fn verdict_say(verdict: record::Verdict) -> w::Say {
    use record::Verdict;
    match verdict {
        Verdict::False => w::VERDICT_FALSE,
        Verdict::Misleading => w::VERDICT_MISLEADING,
        Verdict::Unsupported => w::VERDICT_UNSUPPORTED,
        Verdict::Mixed => w::VERDICT_MIXED,
        Verdict::True => w::VERDICT_TRUE,
        Verdict::Hoax => w::VERDICT_HOAX,
    }
}

#[derive(Deserialize)]
pub struct One {
    key: String,
}

pub async fn account(State(app): Asked, axum::Extension(who): Who, Query(one): Query<One>) -> Answer {
    answer(&app, &who, one.key, HashMap::new()).await
}

/// Shows the words of the statements; the ledger says so.
pub async fn show(State(app): Asked, axum::Extension(who): Who, Form(one): Form<One>) -> Answer {
    let key = one.key.clone();
    let by = by(&app, &who);
    let words = off(&app, move |app| {
        let table = app.desk.read(|reader| statements::of_account(reader.view(), &key, None, STATEMENTS))?;
        let posts: Vec<PostKey> = table.statements.into_iter().map(|statement| statement.post).collect();
        app.desk.write(|case| look::words(case, &posts, "statements", &app.context(&by)))
    })
    .await?;
    answer(&app, &who, one.key, words.into_iter().collect()).await
}

async fn answer(
    app: &Arc<crate::App>,
    who: &Arc<Session>,
    key: String,
    words: HashMap<PostKey, String>,
) -> Answer {
    let t = lang(who);
    let table = off(app, move |app| {
        let traced = results::map(app)?;
        let map = traced.as_ref().map(|traced| &traced.map);
        app.desk.read(|reader| statements::of_account(reader.view(), &key, map, STATEMENTS))
    })
    .await?;
    let reviewers = {
        let who = Arc::clone(who);
        off(app, move |app| hand::reviewers(app, &who)).await?
    };
    let shown = table.shown.clone().unwrap_or_else(|| t.say(w::NAME_HIDDEN).to_owned());
    super::show(
        app,
        who,
        Here::Statements,
        &shown,
        &html! {
            p.where { a href="/statements" { (t.say(w::NAV_STATEMENTS)) } " › " (shown) }
            h1 { (shown) }
            p.quiet { code { (table.key) } @if let Some(followers) = table.followers { " · " (t.fill(w::FOLLOWERS, &[("n", &number(followers))])) } }
            p { (t.say(w::ACCOUNT_NOT_PERSON)) }
            @for (claim, at) in &table.notice { p.note { (t.fill(w::ACCOUNT_NOTICE, &[("claim", &claim_say(app, claim, t)), ("at", &when(Some(*at), t))])) } }
            @if table.statements.is_empty() { p { (t.say(w::LIST_EMPTY)) } }
            @else {
                div.buttons {
                    @if words.is_empty() {
                        form method="post" action="/statements/account" {
                            (form_token(who, "/statements/account"))
                            input type="hidden" name="key" value=(table.key);
                            button data-key="s" { (t.say(w::SHOW_ALL)) kbd { "S" } }
                        }
                    }
                    button.js data-print="" { (t.say(w::PRINT)) }
                }
                (hand::form(who, &reviewers, &hand::What::Account(&table.key), t))
                div.wide tabindex="0" role="region" aria-label=(shown) { table.statements {
                    thead { tr {
                        th { (t.say(w::WRITTEN)) } th { (t.say(w::KIND)) } th { (t.say(w::STANCE)) } th { (t.say(w::OWN_WORDS)) }
                        th.n { (t.say(w::VIEWS)) } th { (t.say(w::AFTER_NOTICE)) } th { (t.say(w::DECIDED)) } th { (t.say(w::EXHIBIT)) } th {}
                    } }
                    tbody { @for statement in &table.statements {
                        tr {
                            td.when { @match statement.written { Some(at) => (super::moment(at, t)), None => (t.say(w::NO_TIME)) } }
                            td { (t.say(kind_say(statement.kind))) @if let Some(claim) = &statement.claim { br; span.quiet { (claim_say(app, claim, t)) } } }
                            td { @if let Some(stance) = statement.stance { (t.say(stance_say(stance))) } }
                            td { (t.say(if statement.own_words { w::YES } else { w::NO_REPOST })) }
                            td.n { @match statement.views { Some(views) => (number(views)), None => (t.say(w::NOT_SHOWN)) } }
                            td { @if statement.after_notice { (t.say(w::YES)) } }
                            td { @if let Some(choice) = statement.decision { (t.say(choice_say(choice))) } @else { (t.say(w::OPEN)) } }
                            td { @if let Some(exhibit) = statement.exhibit { (format!("EX-{exhibit:04}")) } }
                            td { a href={ "/review/item?id=" (statement.finding) } { (t.say(w::LOOK)) } }
                        }
                        @if let Some(text) = words.get(&statement.post) { tr { td.text colspan="9" { (text) } } }
                    } }
                } }
            }
        },
    )
}

fn stance_say(stance: record::Stance) -> w::Say {
    use record::Stance;
    match stance {
        Stance::Asserted => w::STANCE_ASSERTED,
        Stance::Asked => w::STANCE_ASKED,
        Stance::Denied => w::STANCE_DENIED,
        Stance::Reported => w::STANCE_REPORTED,
    }
}
