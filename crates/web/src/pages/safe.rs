//! Start safe: before anything is saved or read.

use axum::extract::State;
use maud::html;

use super::{Answer, Asked, Who, lang, off, show};
use crate::frame::Here;
use crate::results;
use crate::words as w;

pub async fn page(State(app): Asked, axum::Extension(who): Who) -> Answer {
    let t = lang(&who);
    // Without a case, or before its plan is there, the page says what holds for everybody.
    let channels = off(&app, move |app| results::plan(app, t)).await;
    let channels = channels.map(|plan| plan.channels.clone()).unwrap_or_default();
    let open = app.desk.is_open();
    show(
        &app,
        &who,
        Here::Safe,
        t.say(w::NAV_SAFE),
        &html! {
            h1 { (t.say(w::SAFE_TITLE)) }
            section.call aria-labelledby="danger" {
                h2 #danger { (t.say(w::SAFE_DANGER)) }
                p.big { strong { "911" } " " (t.say(w::SAFE_911)) }
                p { (t.say(w::SAFE_WORDS)) }
                p { strong { "988" } " " (t.say(w::SAFE_988)) }
            }
            section {
                h2 { (t.say(w::SAFE_FIRST)) }
                ol.steps {
                    li { (t.say(w::SAFE_STEP_1)) }
                    li { (t.say(w::SAFE_STEP_2)) }
                    li { (t.say(w::SAFE_STEP_3)) }
                    li { (t.say(w::SAFE_STEP_4)) }
                }
                p.go {
                    a.button.main href=(if open { "/save" } else { "/begin" }) data-key="n" { (t.say(w::SAFE_GO)) }
                }
            }
            @if !channels.is_empty() {
                section {
                    h2 { (t.say(w::SAFE_ALSO)) }
                    ul.channels {
                        @for channel in channels.iter().take(5) {
                            li {
                                strong { (channel.name) } br; (channel.contact)
                                @if !channel.not_for.is_empty() { br; span.quiet { (t.fill(w::PLAN_NOT_FOR, &[("what", &channel.not_for)])) } }
                                br; span.quiet { (channel.status) }
                            }
                        }
                    }
                    p { a href="/plan" { (t.say(w::SAFE_PLAN)) } }
                }
            }
        },
    )
}
