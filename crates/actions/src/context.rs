//! What every action is handed: who acts, what time it is, whom to tell how far it has come.

use std::time::Duration;

use law::Library;
use record::Actor;
use values::Moment;

use crate::library::Rows;

/// What every action is handed.
pub struct Context<'a> {
    /// The clock. Rooms below have none.
    pub now: &'a (dyn Fn() -> Moment + Sync),
    /// The time since some moment, by a clock that only goes forward: for limits of time.
    pub clock: &'a (dyn Fn() -> Duration + Sync),
    /// Who acts.
    pub actor: Actor,
    /// The version of redress, as the ledger writes it.
    pub redress: &'a str,
    /// Whom to tell how far it has come.
    pub progress: &'a dyn Progress,
    /// The rows of law in use on this computer, read at the first call: [`Rows::shipped`] where there are no packs.
    pub rows: &'a (dyn Fn() -> &'static Rows + Sync),
}

impl Context<'_> {
    /// Returns the present moment.
    pub fn now(&self) -> Moment {
        (self.now)()
    }

    /// Returns the rows of law in use.
    pub fn library(&self) -> &'static Library {
        &(self.rows)().library
    }
}

/// Takes how far an action has come.
pub trait Progress: Sync {
    /// A step begins; `total` is how much there is, in `unit`, where it is known.
    fn begin(&self, step: &str, total: Option<u64>, unit: Unit);

    /// `by` more is done.
    fn advance(&self, by: u64);

    /// Something worth a few words while the step goes on.
    fn say(&self, words: &str);

    /// The step ended.
    fn end(&self);
}

/// What progress is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of input.
    Bytes,
    /// Posts.
    Posts,
    /// Anything else that is counted one by one.
    Items,
}

/// Tells nobody.
#[derive(Debug, Clone, Copy)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _: &str, _: Option<u64>, _: Unit) {}
    fn advance(&self, _: u64) {}
    fn say(&self, _: &str) {}
    fn end(&self) {}
}
