//! The case at a glance.

use actions::screens::glance::Urgent;
use axum::extract::State;
use maud::{Markup, html};
use record::{Exposure, State as PostState};

use super::{Answer, Asked, Who, kind_say, lang, number, off, show};
use crate::frame::Here;
use crate::results;
use crate::words::{self as w, Lang};

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let (glance, tally, up, plan, sent) = off(&app, move |app| {
        let (glance, tally) = (results::glance(app)?, results::tally(app)?);
        let sent = super::packages::sent(app)?;
        Ok((glance, tally, results::up(app)?, results::plan(app, t)?, sent))
    })
    .await?;
    let open: u64 = tally.iter().map(|line| line.found - line.confirmed - line.rejected).sum();
    show(
        &app,
        &who,
        Here::Case,
        t.say(w::NAV_CASE),
        &html! {
            h1 { (t.say(w::CASE_TITLE)) }
            @if !glance.urgent.is_empty() {
                section.call role="region" aria-labelledby="urgent" {
                    h2 #urgent { (t.say(w::CASE_URGENT)) }
                    ul { @for reason in &glance.urgent { li { (urgent(*reason, t)) } } }
                    p { (t.say(w::CASE_URGENT_DO)) }
                    p { a.button href="/safe" { (t.say(w::NAV_SAFE)) } " " a.button href="/plan" { (t.say(w::NAV_PLAN)) } }
                }
            }
            ul.numbers {
                li { a href="/kept" { strong { (number(glance.counts.captures)) } " " (t.say(w::CASE_FILES)) } }
                li { a href="/timeline" { strong { (number(glance.counts.posts)) } " " (t.say(w::POSTS)) } }
                li { a href="/statements" { strong { (number(glance.counts.accounts)) } " " (t.say(w::CASE_ACCOUNTS)) } }
                li { a href="/packages" { strong { (number(glance.counts.exhibits)) } " " (t.say(w::CASE_EXHIBITS)) } }
            }
            @if glance.private_empty {
                p.note { (t.say(w::CASE_PRIVATE)) " " a href="/private" { (t.say(w::CASE_PRIVATE_DO)) } }
            }
            @if !plan.dates_open.is_empty() && who.is_owner() {
                p.note { (t.fill(w::DATES_OPEN_N, &[("n", &number(plan.dates_open.len() as u64))])) " " a href="/dates" { (t.say(w::DATES_TITLE)) } }
            }
            section {
                h2 { (t.say(w::CASE_FOUND)) }
                @if tally.is_empty() { p { (t.say(w::CASE_NOTHING)) " " a href="/save" { (t.say(w::NAV_SAVE)) } } }
                @else {
                    div.wide tabindex="0" role="region" aria-label=(t.say(w::CASE_FOUND)) {
                    table.tallies {
                        thead { tr { th { (t.say(w::KIND)) } th.n { (t.say(w::FOUND)) } th.n { (t.say(w::CONFIRMED)) } th.n { (t.say(w::REJECTED)) } th.n { (t.say(w::OPEN)) } } }
                        tbody {
                            @for line in &tally {
                                tr {
                                    th scope="row" { a href={ "/review/list?kind=" (line.kind.word()) } { (t.say(kind_say(line.kind))) } }
                                    td.n { (number(line.found)) } td.n { (number(line.confirmed)) } td.n { (number(line.rejected)) }
                                    td.n { (number(line.found - line.confirmed - line.rejected)) }
                                }
                            }
                        }
                    }
                    }
                    @if open > 0 { p.go { a.button.main href="/review" data-key="n" { (t.fill(w::CASE_REVIEW, &[("n", &number(open))])) } } }
                }
            }
            @if !glance.exposed.is_empty() {
                section {
                    h2 { (t.say(w::CASE_EXPOSED)) }
                    ul.tally {
                        @for exposed in &glance.exposed {
                            li { span.count { (number(exposed.count)) } " " (t.say(exposure_say(exposed.what))) span.quiet { " · " (exposed.platforms.iter().map(|word| platform(word, t)).collect::<Vec<_>>().join(", ")) } }
                        }
                    }
                    @if !up.is_empty() {
                        h3 { (t.say(w::CASE_UP)) }
                        p.quiet { (t.say(w::CASE_UP_ABOUT)) }
                        div.wide tabindex="0" role="region" aria-label=(t.say(w::CASE_UP)) {
                            table {
                                thead { tr { th { (t.say(w::EXPOSES)) } th { (t.say(w::PLATFORM)) } th { (t.say(w::STATE)) } th { (t.say(w::LAST_SEEN)) } th {} } }
                                tbody { @for row in &up { tr {
                                    td { @if let Some(what) = row.what { (t.say(exposure_say(what))) } }
                                    td { (platform_say(row.platform, t)) }
                                    td { (t.say(state_say(row.state))) }
                                    td.when { @match row.seen { Some(seen) => (super::moment(seen, t)), None => (t.say(w::NO_TIME)) } }
                                    td { a href={ "/review/item?id=" (row.finding) } { (t.say(w::LOOK)) } }
                                } } }
                            }
                        }
                    }
                }
            }
            section {
                h2 { (t.say(w::CASE_DATES)) }
                @let next: Vec<_> = plan.deadlines.iter().filter(|deadline| !deadline.passed).take(4).collect();
                @if plan.deadlines.is_empty() { p { (t.say(w::CASE_NO_DATES)) } }
                @else if next.is_empty() { p { (t.say(w::CASE_DATES_PASSED)) } }
                @else {
                    ul.dates { @for deadline in next { li { time datetime=(deadline.last_day) { (deadline.last_day) } " " (deadline.what) @if !deadline.citation.is_empty() { span.quiet { " · " (deadline.citation) } } } } }
                    p.quiet { (plan.disclaimer) }
                }
                p { a href="/plan" { (t.say(w::CASE_PLAN)) } }
            }
            section {
                h2 { (t.say(w::CASE_SENT)) }
                @if sent.is_empty() { p { (t.say(w::CASE_NOT_SENT)) } }
                @else { ul { @for line in &sent { li {
                    (super::moment(line.at, t)) " · " (super::packages::recipient_say(line.recipient.as_deref().unwrap_or_default(), t)) " · "
                    (t.fill(w::CASE_SENT_WITH, &[("n", &number(line.exhibits as u64))]))
                } } } }
            }
        },
    )
}

/// What a platform is called, by its word.
pub fn platform(word: &str, t: Lang) -> &str {
    values::Platform::ALL
        .iter()
        .find(|known| known.word() == word)
        .map_or(word, |known| platform_say(*known, t))
}

/// What a platform is called: a name of its own, or what it is in this language.
pub fn platform_say(platform: values::Platform, t: Lang) -> &'static str {
    use values::Platform;
    match platform {
        Platform::Email => t.say(w::ON_EMAIL),
        Platform::Sms => t.say(w::ON_SMS),
        Platform::Phone => t.say(w::ON_PHONE),
        Platform::Letter => t.say(w::ON_LETTER),
        Platform::InPerson => t.say(w::ON_IN_PERSON),
        Platform::Web => t.say(w::ON_WEB),
        Platform::Unknown => t.say(w::ON_UNKNOWN),
        named => named.shown(),
    }
}

fn urgent(reason: Urgent, t: Lang) -> String {
    match reason {
        Urgent::ExplicitThreats(n) => t.fill(w::URGENT_EXPLICIT, &[("n", &number(n))]),
        Urgent::ThreatsAndHome(threats, home) => {
            t.fill(w::URGENT_HOME, &[("n", &number(threats)), ("m", &number(home))])
        }
        Urgent::Swatting(n) => t.fill(w::URGENT_SWATTING, &[("n", &number(n))]),
    }
}

/// The word of what is exposed.
pub fn exposure_say(what: Exposure) -> w::Say {
    match what {
        Exposure::Address => w::EXPOSES_ADDRESS,
        Exposure::Phone => w::EXPOSES_PHONE,
        Exposure::Email => w::EXPOSES_EMAIL,
        Exposure::Ssn => w::EXPOSES_SSN,
        Exposure::Plate => w::EXPOSES_PLATE,
        Exposure::Workplace => w::EXPOSES_WORKPLACE,
        Exposure::Family => w::EXPOSES_FAMILY,
        Exposure::School => w::EXPOSES_SCHOOL,
        Exposure::Routine => w::EXPOSES_ROUTINE,
        Exposure::Location => w::EXPOSES_LOCATION,
    }
}

/// The word of a post's state.
pub fn state_say(state: PostState) -> w::Say {
    match state {
        PostState::Visible | PostState::Edited => w::STATE_UP,
        PostState::Deleted => w::STATE_DELETED,
        PostState::Withheld => w::STATE_WITHHELD,
        PostState::Unavailable => w::STATE_UNAVAILABLE,
    }
}

/// What a finding is about, in a line.
pub fn about(
    kind: record::Kind,
    what: Option<Exposure>,
    level: Option<record::Level>,
    claim: Option<&str>,
    t: Lang,
) -> Markup {
    html! {
        (t.say(kind_say(kind)))
        @if let Some(what) = what { " · " (t.say(exposure_say(what))) }
        @if let Some(level) = level { " · " (t.say(if level == record::Level::Explicit { w::LEVEL_EXPLICIT } else { w::LEVEL_VEILED })) }
        @if let Some(claim) = claim { " · " span.quiet { (claim) } }
    }
}
