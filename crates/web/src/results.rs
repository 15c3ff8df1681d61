//! What pages show that takes long to work out of a large case, by name, with what it rests on.

use std::sync::Arc;

use actions::import::asks;
pub use actions::plan::Outcome as Plan;
use actions::screens::glance::{self, Glance, StillUp};
use actions::screens::letters::{self, Named};
use actions::screens::statements::{self, ClaimHere};
use actions::screens::{AccountLine, Stretch, Tally, picture};
use actions::{plan, reports};

use crate::App;
use crate::desk::DeskError;
use crate::known::Rests;
use crate::words::Lang;

/// Exposing posts listed.
const UP: u32 = 12;
/// Accounts with findings listed.
const ACCOUNTS: u32 = 100;

type Answer<T> = Result<T, DeskError>;

/// A map with its picture.
pub struct Traced {
    /// What the trace found, without its trees of posts and who first said other words than claims.
    pub map: picture::Map,
    /// How it is drawn.
    pub picture: picture::Picture,
}

/// Works out what the first pages show, the quick things first.
pub fn prepare(app: &Arc<App>) {
    let language = app.desk.read(|reader| Ok(reader.settings().language.clone()));
    let lang = language.map_or(Lang::En, |code| Lang::of(&code));
    // Whatever fails or takes long here fails again, or is waited for, on the page that asks for it.
    let _on_the_page = (
        tally(app).is_ok(),
        span(app).is_ok(),
        up(app).is_ok(),
        glance(app).is_ok(),
        plan(app, lang).is_ok(),
        map(app).is_ok(),
        steps(app, lang).is_ok(),
        accounts(app).is_ok(),
        claims(app, lang).is_ok(),
    );
}

/// Findings by kind and what became of them.
pub fn tally(app: &Arc<App>) -> Answer<Vec<Tally>> {
    let found = app.known("by kind", Rests::Found, |reader| Ok(reader.view().findings_by_kind()?))?;
    app.known("tally", Rests::Decided, move |reader| Ok(reader.view().tally_of(&found)?))
}

/// The case at a glance.
pub fn glance(app: &Arc<App>) -> Answer<Arc<Glance>> {
    app.known("glance", Rests::Decided, |reader| Ok(Arc::new(glance::glance(reader)?)))
}

/// Exposing posts that were still up when last captured.
pub fn up(app: &Arc<App>) -> Answer<Vec<StillUp>> {
    app.known("up", Rests::Decided, |reader| glance::still_up(reader.view(), UP))
}

/// Accounts with findings, those with most first.
pub fn accounts(app: &Arc<App>) -> Answer<Arc<Vec<AccountLine>>> {
    app.known("accounts", Rests::Found, |reader| {
        Ok(Arc::new(reader.view().accounts_with_findings(ACCOUNTS)?))
    })
}

/// Claims that posts match.
pub fn claims(app: &Arc<App>, t: Lang) -> Answer<Arc<Vec<ClaimHere>>> {
    app.known(&format!("claims {}", t.code()), Rests::Decided, move |reader| {
        Ok(Arc::new(statements::claims(reader.view(), &reader.statements()?, t.code())?))
    })
}

/// What files leave open about their times.
pub fn dates(app: &Arc<App>) -> Answer<Arc<Vec<asks::Question>>> {
    app.worked_out("dates", Rests::Found, |app| app.desk.write(|case| Ok(Arc::new(asks::open(case)?))))
}

/// When the first and the last post were written.
pub fn span(app: &Arc<App>) -> Answer<Option<(i64, i64)>> {
    app.known("span", Rests::Found, |reader| Ok(reader.view().time_span()?))
}

/// Posts for each stretch of time.
pub fn stretches(app: &Arc<App>, start: i64, end: i64, each: i64) -> Answer<Vec<Stretch>> {
    app.known(&format!("bars {start} {end} {each}"), Rests::Found, move |reader| {
        Ok(reader.view().stretches(start, end, each)?)
    })
}

/// How many exhibits there are.
pub fn exhibits(app: &Arc<App>) -> Answer<u64> {
    app.desk.read(|reader| Ok(reader.view().exhibit_count()?))
}

/// The plan. Gathering the posts it speaks of takes long and rests on findings; what a person noted down is in it at
/// once.
pub fn plan(app: &Arc<App>, t: Lang) -> Answer<Arc<Plan>> {
    let gathered = app.worked_out("gathered", Rests::Decided, |app| {
        let opened = app.desk.write(|case| plan::opened(case))?;
        Ok(Arc::new(app.desk.read(|reader| plan::gather(reader, opened))?))
    })?;
    app.worked_out(&format!("plan {}", t.code()), Rests::Noted, move |app| {
        let context = app.context("");
        app.desk.write(|case| Ok(Arc::new(plan::plan_of(case, &gathered, t.code(), &context)?)))
    })
}

/// What was reported to whom and what came back, as steps in time.
pub fn steps(app: &Arc<App>, t: Lang) -> Answer<Arc<Vec<reports::Step>>> {
    app.worked_out(&format!("steps {}", t.code()), Rests::Noted, move |app| {
        let context = app.context("");
        app.desk.write(|case| Ok(Arc::new(reports::steps(case, t.code(), &context)?)))
    })
}

/// The letters the case gives reason for.
pub fn letters(app: &Arc<App>, t: Lang) -> Answer<Arc<Vec<Named>>> {
    app.worked_out(&format!("letters {}", t.code()), Rests::Noted, move |app| {
        let context = app.context("");
        app.desk.write(|case| Ok(Arc::new(letters::list(case, t.code(), &context)?)))
    })
}

/// The latest map and its picture.
pub fn map(app: &Arc<App>) -> Answer<Option<Arc<Traced>>> {
    app.known("map", Rests::Traced, |reader| {
        let Some((_, mut map)) = picture::latest(reader.view())? else { return Ok(None) };
        let picture = picture::picture(reader.view(), &map)?;
        // The trees of posts are drawn; of a large case they are most of the map, and memory is for pages.
        map.cascades = Vec::new();
        map.first_seen.retain(|first| matches!(first.subject, picture::Subject::Claim(_)));
        map.first_seen.shrink_to_fit();
        Ok(Some(Arc::new(Traced { map, picture })))
    })
}
