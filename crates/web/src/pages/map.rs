//! The map: accounts and what ties them, drawn in the browser; beside it a table that says the same.

use actions::screens::picture::{self, Node, TieWhat};
use actions::screens::{PostLine, PostsAsked};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::IntoResponse as _;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::{
    Answer, Asked, Problem, Who, claim_say, escape, file as keep, framed, html as answer, lang, number, off,
};
use crate::App;
use crate::frame::Here;
use crate::results;
use crate::words::{self as w, Lang};

/// Rows of each table.
const ROWS: usize = 50;

fn what_say(what: TieWhat) -> w::Say {
    match what {
        TieWhat::Repost => w::POST_REPOST,
        TieWhat::Quote => w::POST_QUOTE,
        TieWhat::Reply => w::POST_REPLY,
        TieWhat::Same => w::TIE_SAME,
        TieWhat::Together => w::TIE_TOGETHER,
    }
}

fn shown(node: &Node, t: Lang) -> String {
    node.shown.clone().unwrap_or_else(|| t.say(w::NAME_HIDDEN).to_owned())
}

fn to_account(node: &Node) -> String {
    format!("/statements/account?key={}", escape(&node.key))
}

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let traced = off(&app, results::map).await?;
    let body = html! {
        h1 { (t.say(w::MAP_TITLE)) }
        p { (t.say(w::MAP_WORDS)) }
        @match &traced {
            None => p { (t.say(w::MAP_NONE)) " " a href="/save" { (t.say(w::NAV_SAVE)) } },
            Some(traced) if traced.picture.nodes.is_empty() => p { (t.say(w::MAP_EMPTY)) },
            Some(traced) => {
                fieldset.filters #filters {
                    legend { (t.say(w::MAP_SHOW)) }
                    @for what in [TieWhat::Repost, TieWhat::Quote, TieWhat::Reply, TieWhat::Same, TieWhat::Together] {
                        label.choice { input type="checkbox" name="what" value=(what.word()) checked; span { (t.say(what_say(what))) } }
                    }
                }
                div.canvas {
                    canvas #map tabindex="0" role="img" aria-label=(t.say(w::MAP_CANVAS)) aria-describedby="map-keys" data-open=(t.say(w::LOOK)) {}
                    p.hover #hover hidden {}
                }
                p.quiet #map-keys { (t.say(w::MAP_KEYS)) }
                ul.legend {
                    li { span.dot.first {} (t.say(w::ROLE_FIRST)) }
                    li { span.dot.kept {} (t.say(w::ROLE_KEPT_ON)) }
                    li { span.dot.credit {} (t.say(w::ROLE_CORRECTED)) }
                    li { span.dot.plain {} (t.say(w::ROLE_PLAIN)) }
                }
                @if traced.picture.left_out > 0 { p { (t.fill(w::MAP_LEFT_OUT, &[("n", &number(traced.picture.left_out as u64))])) } }
                p.buttons {
                    @for (ending, words) in [("svg", "SVG"), ("gexf", "GEXF"), ("graphml", "GraphML"), ("csv", "CSV"), ("spread.gexf", "GEXF (posts)")] {
                        a.button href={ "/map/file?as=" (ending) } { (words) }
                    }
                }
                p.quiet { (t.say(w::MAP_FILES)) }
                (tables(&app, &traced.picture, &traced.map, t))
            }
        }
    };
    Ok(answer(framed(&app, &who, Here::Map, t.say(w::NAV_MAP), &["/a/map.js"], &body)))
}

fn tables(app: &App, picture: &picture::Picture, map: &picture::Map, t: Lang) -> Markup {
    let mut amplifiers: Vec<&Node> = picture.nodes.iter().filter(|node| node.passes_on > 0).collect();
    amplifiers.sort_by_key(|node| (std::cmp::Reverse(node.passes_on), node.key.clone()));
    let firsts: Vec<&Node> = picture.nodes.iter().filter(|node| !node.first_of.is_empty()).collect();
    let kept: Vec<&Node> = picture.nodes.iter().filter(|node| node.after_notice > 0).collect();
    let mut ties: Vec<(usize, &picture::Tie)> = picture.ties.iter().enumerate().collect();
    ties.sort_by(|(_, a), (_, b)| {
        let together = |tie: &picture::Tie| tie.what != TieWhat::Together;
        (together(a), std::cmp::Reverse(a.weight)).cmp(&(together(b), std::cmp::Reverse(b.weight)))
    });
    html! {
        section {
            h2 { (t.say(w::ROLE_FIRST)) }
            p.quiet { (t.say(w::MAP_FIRST_ABOUT)) }
            @if firsts.is_empty() { p { (t.say(w::LIST_EMPTY)) } }
            ul { @for node in firsts.iter().take(ROWS) { li { a href=(to_account(node)) { (shown(node, t)) } " · " (node.first_of.iter().map(|id| claim_say(app, id, t)).collect::<Vec<_>>().join(", ")) } } }
        }
        section {
            h2 { (t.say(w::ROLE_KEPT_ON)) }
            p.quiet { (t.say(w::MAP_KEPT_ABOUT)) }
            @if kept.is_empty() { p { (t.say(w::LIST_EMPTY)) } }
            ul { @for node in kept.iter().take(ROWS) { li { a href=(to_account(node)) { (shown(node, t)) } " · " (t.fill(w::MAP_KEPT_N, &[("n", &number(node.after_notice as u64))])) } } }
        }
        section {
            h2 { (t.say(w::MAP_AMPLIFIERS)) }
            p.quiet { (t.say(w::MAP_AMPLIFIERS_ABOUT)) }
            div.wide tabindex="0" role="region" aria-label=(t.say(w::MAP_AMPLIFIERS)) { table {
                thead { tr { th { (t.say(w::ACCOUNT)) } th.n { (t.say(w::PASSES_ON)) } th.n { (t.say(w::PASSED_ON)) } th.n { (t.say(w::GROUP)) } } }
                tbody { @for node in amplifiers.iter().take(ROWS) { tr {
                    td { a href=(to_account(node)) { (shown(node, t)) } }
                    td.n { (number(node.passes_on)) } td.n { (number(node.passed_on)) } td.n { @if let Some(group) = node.group { (group) } }
                } } }
            } }
        }
        section {
            h2 { (t.say(w::MAP_TIES)) }
            p.quiet { (t.say(w::MAP_TIES_ABOUT)) }
            div.wide tabindex="0" role="region" aria-label=(t.say(w::MAP_TIES)) { table {
                thead { tr { th { (t.say(w::FROM)) } th { (t.say(w::TO)) } th { (t.say(w::TIE)) } th.n { (t.say(w::TIMES)) } th { (t.say(w::CHANCE)) } th {} } }
                tbody { @for (n, tie) in ties.iter().take(ROWS) { tr {
                    td { (shown(&picture.nodes[tie.from], t)) } td { (shown(&picture.nodes[tie.to], t)) }
                    td { (t.say(what_say(tie.what))) @if let Some(within) = tie.within_s { " · ≤ " (within) " s" } }
                    td.n { (number(tie.weight)) }
                    td { @if let Some(chance) = tie.chance { (chance_words(chance)) } }
                    td { a href={ "/map/tie?n=" (n) } { (t.say(w::PROOF)) } }
                } } }
            } }
            @if ties.len() > ROWS { p.quiet { (t.fill(w::AND_MORE, &[("n", &number((ties.len() - ROWS) as u64))])) } }
            @if let Some(row) = map.coordination.rows.first() { p.quiet { (t.fill(w::MAP_RATE, &[("rate", &format!("{:.3}", row.rate))])) } }
        }
    }
}

fn chance_words(chance: f64) -> String {
    if chance < 0.000_001 { "< 0.000001".to_owned() } else { format!("{chance:.6}") }
}

/// The picture as the script takes it: one list for each thing, so that ten thousand accounts are one short answer.
#[derive(Serialize)]
struct Data {
    x: Vec<f32>,
    y: Vec<f32>,
    name: Vec<String>,
    key: Vec<String>,
    role: Vec<&'static str>,
    size: Vec<u64>,
    from: Vec<usize>,
    to: Vec<usize>,
    what: Vec<&'static str>,
    weight: Vec<u64>,
}

pub async fn data(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let traced = off(&app, results::map).await?.ok_or_else(Problem::not_found)?;
    let (nodes, ties) = (&traced.picture.nodes, &traced.picture.ties);
    let role = |node: &Node| {
        if node.after_notice > 0 {
            "kept"
        } else if !node.first_of.is_empty() {
            "first"
        } else if node.corrected {
            "credit"
        } else {
            "plain"
        }
    };
    Ok(Json(Data {
        x: nodes.iter().map(|node| node.at.0).collect(),
        y: nodes.iter().map(|node| node.at.1).collect(),
        name: nodes.iter().map(|node| shown(node, t)).collect(),
        key: nodes.iter().map(|node| node.key.clone()).collect(),
        role: nodes.iter().map(role).collect(),
        size: nodes.iter().map(|node| node.passed_on + node.passes_on).collect(),
        from: ties.iter().map(|tie| tie.from).collect(),
        to: ties.iter().map(|tie| tie.to).collect(),
        what: ties.iter().map(|tie| tie.what.word()).collect(),
        weight: ties.iter().map(|tie| tie.weight).collect(),
    })
    .into_response())
}

#[derive(Deserialize)]
pub struct Numbered {
    n: usize,
}

/// The posts that prove one tie.
pub async fn tie(State(app): Asked, axum::Extension(who): Who, Query(asked): Query<Numbered>) -> Answer {
    let t = lang(&who);
    let traced = off(&app, results::map).await?.ok_or_else(Problem::not_found)?;
    let tie = traced.picture.ties.get(asked.n).cloned().ok_or_else(Problem::not_found)?;
    let posts = tie.posts.clone();
    let lines: Vec<PostLine> = off(&app, move |app| {
        app.desk.read(|reader| {
            let mut lines = Vec::new();
            for key in posts {
                lines.extend(reader.view().posts_asked(&PostsAsked {
                    key: Some(key),
                    most: 1,
                    ..PostsAsked::default()
                })?);
            }
            Ok(lines)
        })
    })
    .await?;
    let (from, to) = (&traced.picture.nodes[tie.from], &traced.picture.nodes[tie.to]);
    super::show(
        &app,
        &who,
        Here::Map,
        t.say(w::PROOF),
        &html! {
            p.where { a href="/map" { (t.say(w::NAV_MAP)) } " › " (t.say(w::PROOF)) }
            h1 { (shown(from, t)) " – " (shown(to, t)) }
            p { (t.say(what_say(tie.what))) " · " (number(tie.weight)) @if let Some(chance) = tie.chance { " · " (t.say(w::CHANCE)) " " (chance_words(chance)) } }
            p.quiet { (t.say(w::MAP_TIES_ABOUT)) }
            ol.line {
                @for line in &lines { li {
                    span.at { (super::when(line.written, t)) } " " code { (line.key) }
                    @for kind in &line.findings { " " span.tag { (t.say(super::kind_say(*kind))) } }
                    @if let Some(exhibit) = line.exhibit { " " span.tag.exhibit { (format!("EX-{exhibit:04}")) } }
                } }
            }
            p { a href=(to_account(from)) { (shown(from, t)) } " · " a href=(to_account(to)) { (shown(to, t)) } }
        },
    )
}

#[derive(Deserialize)]
pub struct As {
    #[serde(rename = "as")]
    ending: String,
}

pub async fn file(State(app): Asked, Query(asked): Query<As>) -> Answer {
    let traced = off(&app, results::map).await?.ok_or_else(Problem::not_found)?;
    let ending = asked.ending.clone();
    let bytes = off(&app, move |app| {
        if ending != "spread.gexf" {
            return Ok(picture::file(&traced.map, &traced.picture, &ending));
        }
        // Of the trees of posts only this file tells: the whole map is read for it.
        app.desk.read(|reader| {
            let latest = picture::latest(reader.view())?;
            Ok(latest.and_then(|(_, map)| picture::file(&map, &traced.picture, &ending)))
        })
    })
    .await?
    .ok_or_else(Problem::not_found)?;
    // Never shown by the browser as a page of ours: an SVG can hold script.
    Ok(keep(&format!("map.{}", asked.ending), "application/octet-stream", bytes))
}
