//! What files leave open about their times: which number of a date is the day, and where the clock stood that showed them.
//!
//! The file is read again by the answer, which stands in the ledger with that reading. Nobody has to answer: until then both
//! readings are kept and shown.

use std::sync::Arc;

use actions::import::asks::{self, Order, Question, Readings, Reply};
use axum::extract::{Form, State};
use maud::{Markup, html};
use serde::Deserialize;
use values::{Digest, Moment};

use super::{Answer, Asked, Problem, Who, by, lang, number, off, show, to};
use crate::frame::{Here, form_token};
use crate::session::Session;
use crate::words::{self as w, Lang};
use crate::{desk, results};

/// Files of one page that are asked about; the next come when these are answered.
const PAGE: usize = 40;

/// Where a clock stood, with the minutes by which it was ahead of UTC.
const ZONES: [(i32, w::Say); 15] = [
    (-240, w::ZONE_EASTERN_SUMMER),
    (-300, w::ZONE_EASTERN_WINTER),
    (-300, w::ZONE_CENTRAL_SUMMER),
    (-360, w::ZONE_CENTRAL_WINTER),
    (-360, w::ZONE_MOUNTAIN_SUMMER),
    (-420, w::ZONE_MOUNTAIN_WINTER),
    (-420, w::ZONE_ARIZONA),
    (-420, w::ZONE_PACIFIC_SUMMER),
    (-480, w::ZONE_PACIFIC_WINTER),
    (-480, w::ZONE_ALASKA_SUMMER),
    (-540, w::ZONE_ALASKA_WINTER),
    (-600, w::ZONE_HAWAII),
    (-240, w::ZONE_PUERTO_RICO),
    (600, w::ZONE_GUAM),
    (0, w::ZONE_UTC),
];

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    let questions = off(&app, results::dates).await?;
    let (orders, zones): (Vec<&Question>, Vec<&Question>) =
        questions.iter().partition(|question| question.order.is_some());
    show(
        &app,
        &who,
        Here::Save,
        t.say(w::DATES_TITLE),
        &html! {
            h1 { (t.say(w::DATES_TITLE)) }
            @if questions.is_empty() { p { (t.say(w::DATES_NONE)) } }
            @else { p { (t.say(w::DATES_WORDS)) } }
            @for question in orders.iter().take(PAGE) { (order(&who, question, t)) }
            @if !zones.is_empty() { (clock(&who, &zones, t)) }
            p { a.button href="/save" { (t.say(w::DATES_BACK)) } }
        },
    )
}

fn order(who: &Session, question: &Question, t: Lang) -> Markup {
    let id = question.capture.short();
    html! {
        section aria-labelledby={ "file-" (id) } {
            h2 #{ "file-" (id) } { (super::kept::name(&question.name, t)) }
            @match &question.order {
                Some(Order::Either(readings)) => {
                    p { (t.say(w::DATES_TWO)) }
                    form.tall method="post" action="/dates/order" {
                        (form_token(who, "/dates/order"))
                        input type="hidden" name="capture" value=(question.capture);
                        @if question.zone { (zone_field(&id, t)) }
                        p.asked { strong { (t.say(w::DATES_WHICH)) } }
                        div.buttons {
                            button.main name="first" value="day" { (reading(readings, true, t)) }
                            button.main name="first" value="month" { (reading(readings, false, t)) }
                        }
                    }
                    p.quiet { (t.say(w::DATES_LOOK)) }
                }
                _ => p { (t.say(w::DATES_ELSEWHERE)) }
            }
        }
    }
}

fn reading(readings: &Readings, day_first: bool, t: Lang) -> Markup {
    let (at, back) = if day_first {
        (readings.day_first, readings.day_runs_back)
    } else {
        (readings.month_first, readings.month_runs_back)
    };
    let runs = match back {
        0 => t.say(w::DATES_IN_ORDER).to_owned(),
        1 => t.say(w::DATES_BACK_ONCE).to_owned(),
        _ => t.fill(w::DATES_BACK_N, &[("n", &number(back))]),
    };
    html! { span { (day(at, t)) span.under { (runs) } } }
}

/// Returns a clock's day in words, so that no number can be taken for another.
fn day(at: Moment, t: Lang) -> String {
    let text = at.to_rfc3339();
    let month = text.get(5..7).and_then(|month| month.parse::<usize>().ok()).unwrap_or(1);
    let name = t.say(w::MONTHS[month.clamp(1, 12) - 1]);
    let (year, day) = (text.get(..4).unwrap_or_default(), text.get(8..10).unwrap_or_default());
    let words =
        t.fill(w::DATES_DAY, &[("day", day.trim_start_matches('0')), ("month", name), ("year", year)]);
    match text.get(11..16) {
        Some(clock) => format!("{words}, {clock}"),
        None => words,
    }
}

fn zone_field(id: &str, t: Lang) -> Markup {
    html! {
        label for={ "zone-" (id) } { (t.say(w::DATES_ZONE)) }
        select #{ "zone-" (id) } name="zone" {
            option value="" { (t.say(w::DATES_ZONE_UNKNOWN)) }
            @for (at, (_, place)) in ZONES.iter().enumerate() { option value=(at) { (t.say(*place)) } }
        }
        p.quiet { (t.say(w::DATES_ZONE_ABOUT)) }
    }
}

fn clock(who: &Session, zones: &[&Question], t: Lang) -> Markup {
    html! {
        section aria-labelledby="clock" {
            h2 #clock { (t.say(w::DATES_CLOCK)) }
            p { (t.say(w::DATES_CLOCK_WORDS)) }
            form.tall method="post" action="/dates/zone" {
                (form_token(who, "/dates/zone"))
                fieldset {
                    legend { (t.say(w::KEPT_NAME)) }
                    @for question in zones.iter().take(PAGE) {
                        label.choice { input type="checkbox" name="capture" value=(question.capture) checked; span { (super::kept::name(&question.name, t)) } }
                    }
                }
                (zone_field("clock", t))
                p.go { button.main { (t.say(w::KEEP)) } }
            }
            @if zones.len() > PAGE { p.quiet { (t.fill(w::AND_MORE, &[("n", &number((zones.len() - PAGE) as u64))])) } }
        }
    }
}

#[derive(Deserialize)]
pub struct Ordered {
    capture: String,
    first: String,
    #[serde(default)]
    zone: String,
}

fn zone_given(given: &str) -> Result<Option<i32>, Problem> {
    if given.is_empty() {
        return Ok(None);
    }
    let at = given.parse().ok().and_then(|at: usize| ZONES.get(at));
    at.map(|(minutes, _)| Some(*minutes)).ok_or_else(|| Problem::say(w::DATES_NO_ZONE))
}

fn capture_given(given: &str) -> Result<Digest, Problem> {
    given.parse().map_err(|_| Problem::say(w::NO_PAGE))
}

pub async fn answer(State(app): Asked, axum::Extension(who): Who, Form(said): Form<Ordered>) -> Answer {
    let day_first = match said.first.as_str() {
        "day" => true,
        "month" => false,
        _ => return Err(Problem::say(w::DATES_NO_ORDER)),
    };
    let reply = Reply { day_first: Some(day_first), zone_minutes: zone_given(&said.zone)? };
    kept(app, who, vec![capture_given(&said.capture)?], reply).await
}

/// The form's fields; a name comes once for each file.
pub async fn zone(
    State(app): Asked,
    axum::Extension(who): Who,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let named = |name: &str| -> Vec<String> {
        fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    };
    let minutes = zone_given(named("zone").first().map_or("", String::as_str))?;
    if minutes.is_none() {
        return Err(Problem::say(w::DATES_NO_ZONE));
    }
    let captures = named("capture")
        .iter()
        .take(PAGE)
        .map(|given| capture_given(given))
        .collect::<Result<Vec<_>, _>>()?;
    if captures.is_empty() {
        return Err(Problem::say(w::DATES_NO_FILE));
    }
    kept(app, who, captures, Reply { day_first: None, zone_minutes: minutes }).await
}

async fn kept(app: Arc<crate::App>, who: Arc<Session>, captures: Vec<Digest>, reply: Reply) -> Answer {
    let name = by(&app, &who);
    let traced = off(&app, move |app| {
        for capture in &captures {
            app.desk.write(|case| asks::reply(case, capture, reply, &app.context(&name)))?;
        }
        Ok(results::map(app)?.is_some())
    })
    .await?;
    if traced {
        // Orders in time and deadlines rest on these times.
        desk::look_through(&app, by(&app, &who));
    }
    let left = off(&app, results::dates).await?;
    who.say(lang(&who).say(w::DATES_KEPT));
    Ok(to(if left.is_empty() { "/save" } else { "/dates" }))
}

#[cfg(test)]
mod tests {
    use values::SaidBy;

    use super::*;

    #[test]
    fn a_day_is_said_in_words_that_cannot_be_swapped() {
        let at = Moment::parse("2025-11-04T10:02:11Z", SaidBy::File).unwrap();
        assert_eq!(day(at, Lang::En), "November 4, 2025, 10:02");
        assert_eq!(day(at, Lang::Es), "4 de noviembre de 2025, 10:02");
        let bare = Moment::parse_local("2025-04-11", SaidBy::File).unwrap();
        assert_eq!(day(bare, Lang::En), "April 11, 2025");
    }
}
