//! What was worked out of the case already, so that nobody waits for it twice.
//!
//! Counting a large case takes seconds; a page must not. So each result is kept with what it rests on, and:
//!
//! - as long as nothing it rests on changed, it is shown as it is; a look at hidden words changes nothing here, though it
//!   goes into the ledger;
//! - where something changed and working it out is quick, it is worked out anew for the page;
//! - where it takes longer and only decisions were made since, the page shows the earlier result and a newer one is
//!   worked out beside it, once, however many ask;
//! - where posts, findings or a trace came since, or a person noted something down, the page waits for the newer one;
//! - of what would leave in a package nothing older than the last change is shown;
//! - where there is none yet, a page waits a moment and then says that it is being worked out.

use std::any::Any;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actions::ActionError;
use actions::screens::{Case, Changed, Reader, changed};

use crate::App;
use crate::desk::DeskError;

/// What a page waits for at most where nothing is known yet, before it says that it is being worked out.
const WAIT: Duration = Duration::from_millis(35);
/// What costs less is worked out anew for the page that asks.
const QUICK: Duration = Duration::from_millis(100);
/// How old what was worked out may be, in multiples of what it cost: however many people decide at once, no
/// result takes more than a twentieth of all time.
const AGE: u32 = 20;
/// What came or was written down since is in the next page; it is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// Results kept.
const MOST: usize = 300;
/// Results worked out at once beside the pages.
const AT_ONCE: usize = 2;

/// What a result rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rests {
    /// The latest trace.
    Traced,
    /// Posts and findings.
    Found,
    /// These, and what was decided about findings.
    Decided,
    /// These, and what a person noted down: steps done, reports made, answers.
    Noted,
    /// Everything, to the last decision: nothing older may stand for it, not even for a moment.
    Everything,
}

/// How often each sort of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Turn {
    traced: u64,
    found: u64,
    decided: u64,
    noted: u64,
}

/// All results of the open case.
#[derive(Default)]
pub struct Known {
    traced: AtomicU64,
    found: AtomicU64,
    decided: AtomicU64,
    noted: AtomicU64,
    /// How many cases were opened: what is worked out of one is not kept for another.
    opened: AtomicU64,
    slots: Mutex<HashMap<String, Slot>>,
    arrived: Condvar,
    working: Mutex<usize>,
    done: Condvar,
}

#[derive(Default)]
struct Slot {
    result: Option<Outcome>,
    working: bool,
}

struct Outcome {
    turn: Turn,
    made: Instant,
    cost: Duration,
    value: Box<dyn Any + Send + Sync>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Known {
    /// Forgets everything: another case is open, or none.
    pub fn forget(&self) {
        self.opened.fetch_add(1, Ordering::SeqCst);
        locked(&self.slots).clear();
        self.arrived.notify_all();
    }

    /// Takes note of what was appended to the ledger behind its first `before` lines.
    pub fn turned(&self, case: &Case, before: u64) {
        match changed(case, before) {
            Changed::Nothing => {}
            Changed::Traced => drop(self.traced.fetch_add(1, Ordering::SeqCst)),
            Changed::Found => self.stirred(),
            Changed::Decided => drop(self.decided.fetch_add(1, Ordering::SeqCst)),
            Changed::Noted => drop(self.noted.fetch_add(1, Ordering::SeqCst)),
        }
    }

    /// Something changed that all results rest on.
    pub fn stirred(&self) {
        self.found.fetch_add(1, Ordering::SeqCst);
        self.traced.fetch_add(1, Ordering::SeqCst);
    }

    fn turn(&self) -> Turn {
        Turn {
            traced: self.traced.load(Ordering::SeqCst),
            found: self.found.load(Ordering::SeqCst),
            decided: self.decided.load(Ordering::SeqCst),
            noted: self.noted.load(Ordering::SeqCst),
        }
    }

    fn put<T: Send + Sync + 'static>(&self, name: &str, opened: u64, turn: Turn, began: Instant, value: T) {
        let mut slots = locked(&self.slots);
        if self.opened.load(Ordering::SeqCst) == opened {
            let result =
                Outcome { turn, made: Instant::now(), cost: began.elapsed(), value: Box::new(value) };
            slots.entry(name.to_owned()).or_default().result = Some(result);
            if slots.len() > MOST {
                // The stretches of time somebody looked closely at, most likely.
                let oldest = slots.iter().filter(|(_, slot)| !slot.working);
                let oldest = oldest.min_by_key(|(_, slot)| slot.result.as_ref().map(|result| result.made));
                let oldest = oldest.map(|(name, _)| name.clone());
                oldest.map(|name| slots.remove(&name));
            }
        }
    }
}

/// What may be done with an earlier result.
enum Earlier {
    /// Nothing changed.
    Holds,
    /// It may be shown while a newer one is worked out.
    Old,
    /// A newer one has to be there before anything is shown. `true` where that is quick.
    Gone(bool),
}

impl Outcome {
    fn judged(&self, rests: Rests, now: Turn) -> Earlier {
        if rests == Rests::Everything {
            return if self.turn == now { Earlier::Holds } else { Earlier::Gone(self.cost < QUICK) };
        }
        // New posts, findings and traces are in the next page: an earlier result would say that nothing was found.
        let found = match rests {
            Rests::Traced => self.turn.traced == now.traced,
            _ => self.turn.found == now.found,
        };
        let noted = rests == Rests::Noted && self.turn.noted != now.noted;
        if !found || noted {
            return Earlier::Gone(self.cost < QUICK);
        }
        let decides = matches!(rests, Rests::Decided | Rests::Noted);
        if !decides || self.turn.decided == now.decided || self.made.elapsed() < self.cost * AGE {
            return Earlier::Holds;
        }
        if self.cost < QUICK { Earlier::Gone(true) } else { Earlier::Old }
    }
}

/// Takes back the note that something is being worked out, also where that panicked.
struct Working<'a> {
    known: &'a Known,
    name: &'a str,
    opened: u64,
}

impl Drop for Working<'_> {
    fn drop(&mut self) {
        let mut slots = locked(&self.known.slots);
        if self.known.opened.load(Ordering::SeqCst) == self.opened
            && let Some(slot) = slots.get_mut(self.name)
        {
            slot.working = false;
        }
        drop(slots);
        self.known.arrived.notify_all();
    }
}

impl App {
    /// Returns what `work` makes of the case, from an earlier time where that still holds.
    ///
    /// Errors with [`DeskError::Working`] where nothing is known yet and working it out takes longer than a page may.
    pub fn known<T: Clone + Send + Sync + 'static>(
        self: &Arc<Self>,
        name: &str,
        rests: Rests,
        work: impl FnOnce(&Reader) -> Result<T, ActionError> + Send + 'static,
    ) -> Result<T, DeskError> {
        self.worked_out(name, rests, move |app| app.desk.read(work))
    }

    /// Like [`App::known`], for what takes more than one question.
    pub fn worked_out<T: Clone + Send + Sync + 'static>(
        self: &Arc<Self>,
        name: &str,
        rests: Rests,
        work: impl FnOnce(&Arc<Self>) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        // Whoever asks of no case, or of a locked one, is told so.
        self.desk.ready()?;
        let known = &self.desk.known;
        let (opened, now) = (known.opened.load(Ordering::SeqCst), known.turn());
        let began = Instant::now();
        let mut slots = locked(&known.slots);
        let mut wait = WAIT;
        loop {
            let slot = slots.entry(name.to_owned()).or_default();
            let earlier = slot.result.as_ref().and_then(|result| {
                result.value.downcast_ref::<T>().map(|value| (value.clone(), result.judged(rests, now)))
            });
            match earlier {
                Some((value, Earlier::Holds)) => return Ok(value),
                Some((value, Earlier::Old)) => {
                    if !slot.working {
                        slot.working = true;
                        drop(slots);
                        // Nobody waits for it: whatever fails is tried again for the next page.
                        let _newer_for_the_next_page = self.fly(name, opened, now, work);
                    }
                    return Ok(value);
                }
                Some((_, Earlier::Gone(quick))) => {
                    wait = PATIENCE;
                    if quick && !slot.working {
                        slot.working = true;
                        drop(slots);
                        let _working = Working { known, name, opened };
                        let value = work(self)?;
                        known.put(name, opened, now, began, value.clone());
                        return Ok(value);
                    }
                }
                None => {}
            }
            if !slot.working {
                slot.working = true;
                break;
            }
            let left = wait.saturating_sub(began.elapsed());
            if left.is_zero() {
                return Err(DeskError::Working);
            }
            slots = known.arrived.wait_timeout(slots, left).unwrap_or_else(PoisonError::into_inner).0;
            if known.opened.load(Ordering::SeqCst) != opened {
                return Err(DeskError::Working);
            }
        }
        drop(slots);
        match self.fly(name, opened, now, work).recv_timeout(wait.saturating_sub(began.elapsed())) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => Err(DeskError::Working),
            Err(RecvTimeoutError::Disconnected) => Err("A result could not be worked out.".to_owned().into()),
        }
    }

    /// Works it out beside the pages, few at once: the readers that pages ask are not all taken.
    fn fly<T: Clone + Send + Sync + 'static>(
        self: &Arc<Self>,
        name: &str,
        opened: u64,
        turn: Turn,
        work: impl FnOnce(&Arc<Self>) -> Result<T, DeskError> + Send + 'static,
    ) -> mpsc::Receiver<Result<T, DeskError>> {
        let (send, receive) = mpsc::channel();
        let (app, name) = (Arc::clone(self), name.to_owned());
        std::thread::spawn(move || {
            let known = &app.desk.known;
            let _working = Working { known, name: &name, opened };
            let _place = Place::take(known);
            let began = Instant::now();
            let outcome = work(&app);
            if let Ok(value) = &outcome {
                known.put(&name, opened, turn, began, value.clone());
            }
            // Whoever asked may have gone.
            let _nobody_waits = send.send(outcome);
        });
        receive
    }
}

/// One of the few places beside the pages.
struct Place<'a>(&'a Known);

impl<'a> Place<'a> {
    fn take(known: &'a Known) -> Self {
        let mut working = locked(&known.working);
        while *working >= AT_ONCE {
            working = known.done.wait(working).unwrap_or_else(PoisonError::into_inner);
        }
        *working += 1;
        Self(known)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *locked(&self.0.working) -= 1;
        self.0.done.notify_one();
    }
}
