//! The timeline: posts, calls and visits on one line, with counts for each stretch of time and a way closer.

use std::collections::HashMap;

use actions::reports;
use actions::screens::picture::{Map, Subject};
use actions::screens::{PostLine, PostsAsked, Stretch, look};
use axum::extract::{Form, Query, State};
use maud::{Markup, html};
use record::PostKey;
use serde::Deserialize;

use super::{Answer, Asked, Who, by, claim_say, kind_say, lang, number, off, when};
use crate::frame::{Here, form_token};
use crate::results;
use crate::session::Session;
use crate::words::{self as w, Lang};

const HOUR: i64 = 3_600_000;
/// Stretches drawn at most.
const BARS: i64 = 96;
/// Posts listed on one page.
const PAGE: u32 = 60;
/// Notable moments listed.
const NOTABLE: usize = 30;

#[derive(Deserialize, Clone, Default)]
pub struct Window {
    from: Option<i64>,
    to: Option<i64>,
    /// The last post of the page before.
    #[serde(default)]
    after: String,
}

pub async fn page(State(app): Asked, axum::Extension(who): Who, Query(window): Query<Window>) -> Answer {
    answer(&app, &who, window, HashMap::new()).await
}

/// Shows the words of the posts on this page; the ledger says so.
pub async fn show(State(app): Asked, axum::Extension(who): Who, Form(window): Form<Window>) -> Answer {
    let (lines, _) = lines(&app, &window).await?;
    let keys: Vec<PostKey> = lines.into_iter().map(|line| line.key).collect();
    let by = by(&app, &who);
    let words =
        off(&app, move |app| app.desk.write(|case| look::words(case, &keys, "timeline", &app.context(&by))))
            .await?;
    answer(&app, &who, window, words.into_iter().collect()).await
}

async fn lines(
    app: &std::sync::Arc<crate::App>,
    window: &Window,
) -> Result<(Vec<PostLine>, bool), super::Problem> {
    let asked = PostsAsked {
        from: window.from,
        to: window.to,
        after: Some(window.after.clone()).filter(|after| !after.is_empty()).map(PostKey::from_stored),
        most: PAGE + 1,
        ..PostsAsked::default()
    };
    let mut lines =
        off(app, move |app| app.desk.read(|reader| Ok(reader.view().posts_asked(&asked)?))).await?;
    let more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    Ok((lines, more))
}

/// The widths of a stretch, from a minute to thirty days.
const WIDTHS: [i64; 10] = [
    HOUR / 60,
    HOUR / 12,
    HOUR / 4,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    24 * HOUR,
    3 * 24 * HOUR,
    7 * 24 * HOUR,
    30 * 24 * HOUR,
];

fn width(from: i64, to: i64) -> i64 {
    let long = (to - from).max(1);
    WIDTHS.into_iter().find(|width| long / width <= BARS).unwrap_or(long / BARS)
}

async fn answer(
    app: &std::sync::Arc<crate::App>,
    who: &Session,
    window: Window,
    words: HashMap<PostKey, String>,
) -> Answer {
    let t = lang(who);
    let (from, to) = (window.from, window.to);
    let (span, bars, each, start) = off(app, move |app| {
        let span = results::span(app)?;
        let Some((first, last)) = span else { return Ok((None, Vec::new(), HOUR, 0)) };
        let (start, end) = (from.unwrap_or(first), to.unwrap_or(last + 1).max(from.unwrap_or(first) + 1));
        let each = width(start, end);
        let start = start - start.rem_euclid(each);
        let bars = results::stretches(app, start, end, each)?;
        Ok((span, bars, each, start))
    })
    .await?;
    let (lines, more) = lines(app, &window).await?;
    let traced = off(app, results::map).await?;
    let reported = off(app, move |app| results::steps(app, t)).await?;
    super::show(
        app,
        who,
        Here::Timeline,
        t.say(w::NAV_TIMELINE),
        &html! {
            h1 { (t.say(w::TIMELINE_TITLE)) }
            p { (t.say(w::TIMELINE_WORDS)) }
            @if span.is_some() {
                (chart(&bars, start, each, &reported, t))
                div.buttons {
                    @if window.from.is_some() { a.button href="/timeline" { (t.say(w::TIMELINE_ALL)) } }
                    (closer(&bars, each, t))
                }
            }
            (notable(app, traced.as_ref().map(|traced| &traced.map), &reported, t))
            section {
                h2 { (t.say(w::TIMELINE_POSTS)) }
                @if lines.is_empty() { p { (t.say(w::LIST_EMPTY)) } }
                @else {
                    @if words.is_empty() {
                        form method="post" action="/timeline" {
                            (form_token(who, "/timeline"))
                            @if let Some(from) = window.from { input type="hidden" name="from" value=(from); }
                            @if let Some(to) = window.to { input type="hidden" name="to" value=(to); }
                            input type="hidden" name="after" value=(window.after);
                            button data-key="s" { (t.say(w::SHOW_ALL)) kbd { "S" } }
                            span.quiet { " " (t.say(w::HIDDEN_LEDGER)) }
                        }
                    }
                    (list(&lines, &words, t))
                }
                @if let (true, Some(last)) = (more, lines.last()) {
                    p { a.button href={ "/timeline?after=" (super::escape(last.key.as_str()))
                        (window.from.map(|from| format!("&from={from}")).unwrap_or_default())
                        (window.to.map(|to| format!("&to={to}")).unwrap_or_default()) } { (t.say(w::MORE)) } }
                }
            }
        },
    )
}

/// Posts as a list; words stand in it only where they were asked for.
pub fn list(lines: &[PostLine], words: &HashMap<PostKey, String>, t: Lang) -> Markup {
    html! {
        ol.line {
            @for line in lines {
                li {
                    span.at { (when(line.written, t)) }
                    " " span.who {
                        (line.account.as_ref().map_or_else(|| t.say(w::UNKNOWN).to_owned(), |account| {
                            actions::screens::gentle::account(account).unwrap_or_else(|| t.say(w::NAME_HIDDEN).to_owned())
                        }))
                    }
                    " " span.quiet { (super::case::platform(&line.platform, t)) " · " (t.say(post_kind_say(&line.kind))) }
                    @for kind in &line.findings { " " span.tag { (t.say(kind_say(*kind))) } }
                    @if let Some(exhibit) = line.exhibit { " " span.tag.exhibit { (format!("EX-{exhibit:04}")) } }
                    @if let Some(words) = words.get(&line.key) { p.text { (words) } }
                }
            }
        }
    }
}

fn post_kind_say(word: &str) -> w::Say {
    match word {
        "original" => w::POST_ORIGINAL,
        "reply" => w::POST_REPLY,
        "repost" => w::POST_REPOST,
        "quote" => w::POST_QUOTE,
        "comment" => w::POST_COMMENT,
        "message" => w::POST_MESSAGE,
        "email" => w::POST_EMAIL,
        "incident" => w::POST_INCIDENT,
        _ => w::POST_PAGE,
    }
}

/// Bars for each stretch. A bar is a link to what lies in it; a table says the same in words.
fn chart(bars: &[Stretch], start: i64, each: i64, reported: &[reports::Step], t: Lang) -> Markup {
    let most = bars.iter().map(|bar| bar.posts).max().unwrap_or(1).max(1);
    let wide = bars.last().map_or(1, |bar| (bar.start - start) / each + 1).max(1);
    let step = 960.0 / wide as f64;
    let height = |n: u64| (n as f64 / most as f64 * 140.0).max(if n > 0 { 2.0 } else { 0.0 });
    html! {
        figure.chart {
            svg viewBox="0 0 960 160" role="group" aria-label=(t.say(w::TIMELINE_CHART)) preserveAspectRatio="none" {
                line x1="0" y1="150" x2="960" y2="150" class="axis" {}
                @for bar in bars {
                    @let x = (bar.start - start) as f64 / each as f64 * step;
                    @let (all, found) = (height(bar.posts), height(bar.found));
                    a href=(format!("/timeline?from={}&to={}", bar.start, bar.start + each)) tabindex="-1" aria-label=(format!("{} · {}", when(Some(bar.start), t), number(bar.posts))) {
                        rect x=(format!("{x:.1}")) y=(format!("{:.1}", 150.0 - all)) width=(format!("{:.1}", (step * 0.86).max(1.0))) height=(format!("{all:.1}")) class="all" {
                            title { (when(Some(bar.start), t)) " · " (number(bar.posts)) }
                        }
                        rect x=(format!("{x:.1}")) y=(format!("{:.1}", 150.0 - found)) width=(format!("{:.1}", (step * 0.86).max(1.0))) height=(format!("{found:.1}")) class="found" {}
                    }
                }
                // The list below says the same in words.
                @for x in reported.iter().map(|row| (row.at.millis() - start) as f64 / each as f64 * step).filter(|x| (0.0..960.0).contains(x)) {
                    line x1=(format!("{x:.1}")) y1="4" x2=(format!("{x:.1}")) y2="150" class="report" {}
                }
            }
            figcaption {
                span.key.all {} (t.say(w::TIMELINE_ALL_POSTS)) " " span.key.found {} (t.say(w::TIMELINE_FOUND))
                @if !reported.is_empty() { " " span.key.report {} (t.say(w::TIMELINE_REPORTED)) }
                " · " (when(Some(start), t)) " – " (when(bars.last().map(|bar| bar.start + each), t))
                " · " (t.fill(w::TIMELINE_EACH, &[("each", &stretch(each, t))]))
            }
        }
        details {
            summary { (t.say(w::AS_TABLE)) }
            div.wide tabindex="0" role="region" aria-label=(t.say(w::TIMELINE_CHART)) { table {
                thead { tr { th { (t.say(w::WRITTEN)) } th.n { (t.say(w::POSTS)) } th.n { (t.say(w::FOUND)) } } }
                tbody { @for bar in bars { tr {
                    td { a href=(format!("/timeline?from={}&to={}", bar.start, bar.start + each)) { (when(Some(bar.start), t)) } }
                    td.n { (number(bar.posts)) } td.n { (number(bar.found)) }
                } } }
            } }
        }
    }
}

fn stretch(each: i64, t: Lang) -> String {
    let (n, unit) = if each >= 24 * HOUR {
        (each / (24 * HOUR), w::UNIT_DAY)
    } else if each >= HOUR {
        (each / HOUR, w::UNIT_HOUR)
    } else {
        (each / (HOUR / 60), w::UNIT_MINUTE)
    };
    format!("{n} {}", t.say(unit))
}

/// A way to the busiest stretch.
fn closer(bars: &[Stretch], each: i64, t: Lang) -> Markup {
    let Some(busy) = bars.iter().max_by_key(|bar| bar.posts).filter(|_| bars.len() > 1) else {
        return html! {};
    };
    html! {
        a.button href=(format!("/timeline?from={}&to={}", busy.start - each, busy.start + 2 * each)) {
            (t.fill(w::TIMELINE_BUSIEST, &[("at", &when(Some(busy.start), t))]))
        }
    }
}

/// What happened beside the posts: who was first here, what came after an amplifying post, who went on after a
/// correction; what was reported to whom and what came back.
fn notable(app: &crate::App, map: Option<&Map>, reported: &[reports::Step], t: Lang) -> Markup {
    let mut moments: Vec<(i64, String)> = Vec::new();
    for step in reported {
        let words = match step.outcome {
            None => t.fill(w::NOTABLE_REPORTED, &[("to", &step.to_name)]),
            Some(outcome) => {
                let what = outcome.shown();
                let what = what.in_lang(law::Lang::of(t.code()));
                t.fill(w::NOTABLE_ANSWERED, &[("to", &step.to_name), ("what", what)])
            }
        };
        moments.push((step.at.millis(), words));
    }
    for first in map.iter().flat_map(|map| &map.first_seen) {
        if let Subject::Claim(claim) = &first.subject {
            moments.push((
                first.first.written,
                t.fill(w::NOTABLE_FIRST, &[("claim", &claim_say(app, claim, t))]),
            ));
        }
    }
    for row in map.iter().flat_map(|map| &map.notice.went_on) {
        moments.push((
            row.at,
            t.fill(
                w::NOTABLE_NOTICE,
                &[
                    ("claim", &claim_say(app, &row.claim, t)),
                    ("n", &number((row.kept_on.len() + row.passed_on.len()) as u64)),
                ],
            ),
        ));
    }
    moments.sort();
    let around = map.iter().flat_map(|map| &map.surge.around);
    let mut surges: Vec<_> = around.filter(|around| around.low > 1.0).collect();
    surges.sort_by_key(|around| std::cmp::Reverse(around.after));
    html! {
        @if !moments.is_empty() || !surges.is_empty() {
            section {
                h2 { (t.say(w::NOTABLE)) }
                p.quiet { (t.say(w::NOTABLE_ABOUT)) }
                ul {
                    @for (at, words) in moments.iter().take(NOTABLE) {
                        li { a href=(format!("/timeline?from={}&to={}", at - 6 * HOUR, at + 18 * HOUR)) { (when(Some(*at), t)) } " · " (words) }
                    }
                    @for around in surges.iter().take(NOTABLE) {
                        li {
                            code { (around.post) } " · "
                            (t.fill(w::NOTABLE_SURGE, &[
                                ("before", &number(around.before)),
                                ("after", &number(around.after)),
                                ("hours", &around.hours.to_string()),
                                ("low", &format!("{:.1}", around.low)),
                            ]))
                        }
                    }
                }
                @if moments.len() > NOTABLE { p.quiet { (t.fill(w::AND_MORE, &[("n", &number((moments.len() - NOTABLE) as u64))])) } }
            }
        }
    }
}
