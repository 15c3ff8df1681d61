//! What was handed to whoever reviews: whole kinds, and items chosen one by one. Everything else is not there for them.

use std::collections::HashSet;
use std::sync::Arc;

use actions::screens::look::Held;
use record::Kind;

use crate::App;
use crate::desk::DeskError;
use crate::helpers::{NOTE, Person};
use crate::session::{Role, Session};

/// The most items handed to one person at a time; what they decided makes room for more.
pub const MOST: usize = 2000;

/// What somebody may look at in the review.
#[derive(Debug, Clone, Default)]
pub struct Handed {
    /// Everything: the owner, and counsel.
    pub all: bool,
    /// Findings of these kinds.
    pub kinds: Vec<Kind>,
    /// Findings by id, in the order they were handed over.
    pub items: Vec<String>,
    set: HashSet<String>,
}

impl Handed {
    fn of(kinds: Vec<Kind>, items: Vec<String>) -> Self {
        let set = items.iter().cloned().collect();
        Self { all: false, kinds, items, set }
    }

    /// Tells whether a finding is theirs to look at.
    pub fn holds(&self, id: &str, kind: Kind) -> bool {
        self.all || self.kinds.contains(&kind) || self.set.contains(id)
    }
}

/// Returns what `who` may look at, as it stands now: what is handed over or taken back holds at once.
pub fn handed(app: &App, who: &Session) -> Result<Handed, DeskError> {
    let Role::Reviewer { name, kinds } = &who.role else {
        return Ok(Handed { all: true, ..Handed::default() });
    };
    if !who.network {
        return Ok(Handed::of(kinds.clone(), Vec::new()));
    }
    let people: Vec<Person> = app.desk.read(|reader| Ok(reader.desk_note(NOTE)?.unwrap_or_default()))?;
    let person = people.into_iter().find(|person| person.name == *name);
    Ok(person.map_or_else(Handed::default, |person| Handed::of(person.kinds, person.items)))
}

/// How far somebody has come with the items handed to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Far {
    /// Decided by anybody.
    pub done: u64,
    /// Open.
    pub left: u64,
}

/// Returns how far the items are.
pub fn far(app: &App, items: &[String]) -> Result<Far, DeskError> {
    let held = app.desk.read(|reader| actions::screens::look::held(reader.view(), items))?;
    let left = held.iter().filter(|held| held.is_open).count() as u64;
    Ok(Far { done: held.len() as u64 - left, left })
}

/// Returns those of the items that are open, in order, by kind.
pub fn open(app: &App, items: &[String]) -> Result<Vec<Held>, DeskError> {
    let held = app.desk.read(|reader| actions::screens::look::held(reader.view(), items))?;
    Ok(held.into_iter().filter(|held| held.is_open).collect())
}

/// Hands items to somebody. Returns how many are new to them; `None` where there is no reviewer of that name.
pub fn hand(app: &Arc<App>, name: &str, items: &[String]) -> Result<Option<usize>, DeskError> {
    app.desk.write(|case| {
        let mut people: Vec<Person> = case.desk_note(NOTE)?.unwrap_or_default();
        let Some(person) = people.iter_mut().find(|person| person.name == name && !person.counsel) else {
            return Ok(None);
        };
        let before: HashSet<&String> = person.items.iter().collect();
        let new: Vec<String> = items.iter().filter(|id| !before.contains(id)).cloned().collect();
        if person.items.len() + new.len() > MOST {
            // Room is made by what is decided already.
            let held = actions::screens::look::held(case.view(), &person.items)?;
            person.items = held.into_iter().filter(|held| held.is_open).map(|held| held.id).collect();
        }
        let room = MOST.saturating_sub(person.items.len());
        let count = new.len().min(room);
        person.items.extend(new.into_iter().take(room));
        case.set_desk_note(NOTE, &people)?;
        Ok(Some(count))
    })
}

/// Takes back from somebody what is not decided yet. Returns how many.
pub fn take_back(app: &Arc<App>, name: &str) -> Result<usize, DeskError> {
    app.desk.write(|case| {
        let mut people: Vec<Person> = case.desk_note(NOTE)?.unwrap_or_default();
        let Some(person) = people.iter_mut().find(|person| person.name == name) else { return Ok(0) };
        let held = actions::screens::look::held(case.view(), &person.items)?;
        let before = person.items.len();
        person.items = held.into_iter().filter(|held| !held.is_open).map(|held| held.id).collect();
        let count = before - person.items.len();
        case.set_desk_note(NOTE, &people)?;
        Ok(count)
    })
}
