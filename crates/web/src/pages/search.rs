//! Search over everything: words, account, date, kind, platform, picture; and searches kept for later.

use std::collections::HashMap;

use actions::screens::{PostLine, PostsAsked, look};
use axum::extract::{Form, Query, State};
use maud::html;
use record::{Kind, PostKey};
use serde::{Deserialize, Serialize};
use values::{Moment, Platform, SaidBy};

use super::likeness::{self, Likeness};
use super::timeline::list;
use super::{Answer, Asked, Problem, Who, by, escape, kind_say, lang, number, off, to};
use crate::frame::{Here, form_token};
use crate::session::Session;
use crate::words as w;

/// Posts on one page.
const PAGE: u32 = 50;
/// Counted no further than this.
const COUNTED: u32 = 1000;
/// Searches kept.
const KEPT: usize = 50;
/// The file in the case's folder that keeps them.
const SEARCHES: &str = "searches";

#[derive(Deserialize, Serialize, Clone, Default, PartialEq)]
pub struct Asking {
    #[serde(default)]
    q: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    platform: String,
    /// A picture: the SHA-256 of one of the case, or the name of one that was given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    like: String,
    /// The last post of the page before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    after: String,
}

impl Asking {
    fn is_empty(&self) -> bool {
        *self == Self { after: self.after.clone(), ..Self::default() }
    }

    fn query(&self, after: &str) -> String {
        let fields = [
            ("q", &self.q),
            ("account", &self.account),
            ("from", &self.from),
            ("to", &self.to),
            ("kind", &self.kind),
            ("platform", &self.platform),
            ("like", &self.like),
        ];
        let mut parts: Vec<String> = fields
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        if !after.is_empty() {
            parts.push(format!("after={}", escape(after)));
        }
        format!("/search?{}", parts.join("&"))
    }

    fn posts(&self, likeness: Option<&Likeness>) -> Result<PostsAsked, Problem> {
        let given = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |text: &String| -> Result<Option<i64>, Problem> {
            let Some(text) = given(text) else { return Ok(None) };
            let moment = Moment::parse_local(&format!("{text} 00:00"), SaidBy::Person);
            moment.map(|moment| Some(moment.millis())).map_err(|_| Problem::say(w::SEARCH_BAD_DAY))
        };
        Ok(PostsAsked {
            key: None,
            words: given(&self.q),
            account: given(&self.account),
            by: None,
            from: day(&self.from)?,
            to: day(&self.to)?.map(|to| to + 86_400_000),
            kind: self.kind.parse().ok(),
            platform: Platform::ALL.iter().copied().find(|platform| platform.word() == self.platform),
            pictures: likeness.map(|like| like.found.iter().map(|found| found.picture).collect()),
            after: given(&self.after).map(PostKey::from_stored),
            most: PAGE + 1,
        })
    }
}

pub async fn page(State(app): Asked, axum::Extension(who): Who, Query(asking): Query<Asking>) -> Answer {
    answer(&app, &who, asking, HashMap::new()).await
}

/// Shows the words of the posts on this page; the ledger says so.
pub async fn show(State(app): Asked, axum::Extension(who): Who, Form(asking): Form<Asking>) -> Answer {
    let (lines, ..) = hits(&app, &who, &asking).await?;
    let keys: Vec<PostKey> = lines.into_iter().map(|line| line.key).collect();
    let by = by(&app, &who);
    let words =
        off(&app, move |app| app.desk.write(|case| look::words(case, &keys, "search", &app.context(&by))))
            .await?;
    answer(&app, &who, asking, words.into_iter().collect()).await
}

pub async fn save(State(app): Asked, axum::Extension(who): Who, Form(asking): Form<Asking>) -> Answer {
    let t = lang(&who);
    if asking.like.starts_with("given-") {
        // Its fingerprints end with the session.
        return Err(Problem::say(w::SEARCH_PICTURE_GONE));
    }
    let address = asking.query("");
    off(&app, move |app| {
        app.desk.write(|case| {
            let mut kept: Vec<Asking> = case.desk_note(SEARCHES)?.unwrap_or_default();
            kept.retain(|known| *known != asking);
            kept.insert(0, Asking { after: String::new(), ..asking });
            kept.truncate(KEPT);
            Ok(case.set_desk_note(SEARCHES, &kept)?)
        })
    })
    .await?;
    who.say(t.say(w::SEARCH_SAVED));
    Ok(to(&address))
}

/// Posts on this page, how many there are, and what a picture was found to be like.
type Hits = (Vec<PostLine>, u64, Option<Likeness>);

async fn hits(app: &std::sync::Arc<crate::App>, who: &Session, asking: &Asking) -> Result<Hits, Problem> {
    if asking.is_empty() {
        return Ok((Vec::new(), 0, None));
    }
    let likeness = likeness::find(app, who, &asking.like).await?;
    let posts = asking.posts(likeness.as_ref())?;
    let (lines, total) = off(app, move |app| {
        app.desk.read(|reader| {
            let view = reader.view();
            let lines = view.posts_asked(&posts)?;
            // A first page that is not full holds all there are.
            let total = match posts.after.is_none() && lines.len() <= PAGE as usize {
                true => lines.len() as u64,
                false => view.count_asked(&posts, COUNTED + 1)?,
            };
            Ok((lines, total))
        })
    })
    .await?;
    Ok((lines, total, likeness))
}

async fn answer(
    app: &std::sync::Arc<crate::App>,
    who: &Session,
    asking: Asking,
    words: HashMap<PostKey, String>,
) -> Answer {
    let t = lang(who);
    let (mut lines, total, likeness) = hits(app, who, &asking).await?;
    let more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    // Kept searches are the owner's notes.
    let kept: Vec<Asking> = match who.is_owner() {
        true => {
            off(app, |app| app.desk.read(|reader| Ok(reader.desk_note(SEARCHES)?.unwrap_or_default())))
                .await?
        }
        false => Vec::new(),
    };
    super::show(
        app,
        who,
        Here::Search,
        t.say(w::NAV_SEARCH),
        &html! {
            h1 { (t.say(w::NAV_SEARCH)) }
            form.search method="get" action="/search" role="search" {
                div { label for="q" { (t.say(w::SEARCH_WORDS)) } input #q name="q" value=(asking.q) maxlength="300" autocomplete="off"; }
                div { label for="account" { (t.say(w::ACCOUNT)) } input #account name="account" value=(asking.account) maxlength="200" autocomplete="off"; }
                div { label for="kind" { (t.say(w::KIND)) } select #kind name="kind" {
                    option value="" { (t.say(w::ANY)) }
                    @for kind in Kind::ALL { option value=(kind.word()) selected[kind.word() == asking.kind] { (t.say(kind_say(*kind))) } }
                } }
                div { label for="platform" { (t.say(w::PLATFORM)) } select #platform name="platform" {
                    option value="" { (t.say(w::ANY)) }
                    @for platform in Platform::ALL { option value=(platform.word()) selected[platform.word() == asking.platform] { (super::case::platform_say(*platform, t)) } }
                } }
                div { label for="from" { (t.say(w::SEARCH_FROM)) } input #from type="date" name="from" value=(asking.from); }
                div { label for="to" { (t.say(w::SEARCH_TO)) } input #to type="date" name="to" value=(asking.to); }
                @if !asking.like.is_empty() {
                    div {
                        label for="like" { (t.say(w::SEARCH_PICTURE)) }
                        select #like name="like" {
                            option value=(asking.like) selected { (likeness::name(&asking.like, t)) }
                            option value="" { (t.say(w::ANY)) }
                        }
                    }
                }
                div.go { button.main { (t.say(w::NAV_SEARCH)) } }
            }
            @if !asking.is_empty() {
                section {
                    h2 { @if total > u64::from(COUNTED) { (t.fill(w::SEARCH_MANY, &[("n", &number(u64::from(COUNTED)))])) } @else if total == 1 { (t.say(w::SEARCH_HIT)) } @else { (t.fill(w::SEARCH_HITS, &[("n", &number(total))])) } }
                    @if let Some(likeness) = &likeness { (likeness.told(t)) }
                    @if !lines.is_empty() {
                        div.buttons {
                            @if words.is_empty() { (again(who, "/search", &asking, &html! { button data-key="s" { (t.say(w::SHOW_ALL)) kbd { "S" } } })) }
                            @if !asking.like.starts_with("given-") && who.is_owner() { (again(who, "/search/save", &asking, &html! { button { (t.say(w::SEARCH_SAVE)) } })) }
                        }
                        (list(&lines, &words, t))
                    }
                    @if let (true, Some(last)) = (more, lines.last()) { p { a.button href=(asking.query(last.key.as_str())) { (t.say(w::MORE)) } } }
                }
            }
            @if who.is_owner() { (likeness::field(who, t)) }
            @if !kept.is_empty() {
                section {
                    h2 { (t.say(w::SEARCH_KEPT)) }
                    ul { @for known in &kept { li { a href=(known.query("")) {
                        (known.q) " " (known.account) " " (known.kind) " " (known.platform) " " (known.from) " " (known.to) " " (likeness::name(&known.like, t))
                    } } } }
                }
            }
        },
    )
}

fn again(who: &Session, path: &str, asking: &Asking, button: &maud::Markup) -> maud::Markup {
    html! {
        form method="post" action=(path) {
            (form_token(who, path))
            @for (name, value) in [("q", &asking.q), ("account", &asking.account), ("from", &asking.from), ("to", &asking.to), ("kind", &asking.kind), ("platform", &asking.platform), ("like", &asking.like)] {
                input type="hidden" name=(name) value=(value);
            }
            input type="hidden" name="after" value=(asking.after);
            (button)
        }
    }
}
