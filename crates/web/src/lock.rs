//! The case under its passphrase, from the app: how it is unlocked, what slows down guessing, and how it is locked again
//! when nobody is there.
//!
//! Scrypt makes each try cost about a second. Beside it a wrong one makes the next wait, twice as long each time. Only
//! whoever has a session may try at all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use actions::ActionError;
use actions::lock::{self, Passphrase};

use crate::App;
use crate::desk::{self, DeskError, Job};

/// The longest a person waits between two tries.
const LONGEST: Duration = Duration::from_secs(300);
/// How long the page with the passphrase waits before it shows how far it is.
const WAIT: Duration = Duration::from_millis(700);

/// What is remembered of tries, and of how to lock again.
#[derive(Default)]
pub struct Lock {
    tries: Mutex<Tries>,
    /// The passphrase, where the person asked that the case be locked when nobody is there. Memory only.
    again: Mutex<Option<Passphrase>>,
    /// The unlocking that runs.
    under_way: Mutex<Job>,
    /// What came of one that nobody waited for.
    outcome: Mutex<Option<Result<Tried, DeskError>>>,
}

#[derive(Debug, Default)]
struct Tries {
    wrong: u32,
    next: Option<Instant>,
}

/// What a try came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// The case is open. These files do not read any more.
    Open(Vec<String>),
    /// Another passphrase: the next may be tried after this time.
    Wrong(Duration),
    /// It takes longer; it goes on.
    UnderWay,
    /// It was not looked at: another try is under way, or the last wrong one is too short ago.
    TooSoon(Duration),
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Tries {
    fn left(&self, now: Instant) -> Option<Duration> {
        self.next.map(|next| next.saturating_duration_since(now)).filter(|left| !left.is_zero())
    }

    /// Notes a wrong passphrase. Returns how long the next one waits: 1 second, then twice as long each time.
    fn wrong(&mut self, now: Instant) -> Duration {
        let wait = Duration::from_secs(1 << self.wrong.min(16)).min(LONGEST);
        self.wrong += 1;
        self.next = Some(now + wait);
        wait
    }
}

impl Lock {
    /// Tells whether the case is locked again when nobody is there.
    pub fn is_again(&self) -> bool {
        held(&self.again).is_some()
    }

    /// Returns how far the unlocking is that runs.
    pub fn under_way(&self) -> Job {
        held(&self.under_way).clone()
    }

    /// Returns what came of an unlocking that nobody waited for. Once.
    pub fn outcome(&self) -> Option<Result<Tried, DeskError>> {
        held(&self.outcome).take()
    }
}

/// Tries a passphrase on the case that waits. With `again` the case is locked with it when nobody is there.
///
/// A large case takes minutes: where it is not done within [`WAIT`], it goes on, and [`Lock::under_way`] tells how far it
/// is and [`Lock::outcome`] what came of it.
pub fn unlock(app: &Arc<App>, typed: &str, again: bool) -> Result<Tried, DeskError> {
    if let Some(left) = held(&app.lock.tries).left(Instant::now()) {
        return Ok(Tried::TooSoon(left));
    }
    let passphrase = lock::passphrase(typed, app.setup.work)?;
    {
        // Many tries at once are one try.
        let mut under_way = held(&app.lock.under_way);
        if under_way.running {
            return Ok(Tried::TooSoon(Duration::from_secs(1)));
        }
        *under_way = Job { running: true, ..Job::default() };
        *held(&app.lock.outcome) = None;
    }
    let (send, receive) = mpsc::sync_channel(0);
    let worker = Arc::clone(app);
    std::thread::spawn(move || {
        let outcome = attempt(&worker, passphrase, again);
        // Who asks how far it is waits until it is known where the outcome went: to whoever waits for it, or to be kept.
        let mut kept = held(&worker.lock.outcome);
        held(&worker.lock.under_way).running = false;
        if let Err(mpsc::SendError(outcome)) = send.send(outcome) {
            *kept = Some(outcome);
        }
    });
    match receive.recv_timeout(WAIT) {
        Ok(outcome) => outcome,
        Err(mpsc::RecvTimeoutError::Timeout) => Ok(Tried::UnderWay),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            held(&app.lock.under_way).running = false;
            Err("Unlocking was broken off. Try again.".to_owned().into())
        }
    }
}

fn attempt(app: &Arc<App>, passphrase: Passphrase, again: bool) -> Result<Tried, DeskError> {
    // A case that is just being locked holds its folder until it is done.
    app.desk.settle()?;
    let Some(root) = app.desk.waiting() else { return Ok(Tried::Open(Vec::new())) };
    let progress = desk::Told(&app.lock.under_way);
    let context = actions::Context { progress: &progress, ..app.context(&app.setup.by) };
    let outcome = match lock::unlock(&root, &passphrase, &context) {
        Err(error) if lock::is_wrong(&error) => {
            return Ok(Tried::Wrong(held(&app.lock.tries).wrong(Instant::now())));
        }
        other => other?,
    };
    *held(&app.lock.tries) = Tries::default();
    app.desk.open(&root, app.setup.redress)?;
    *held(&app.lock.again) = again.then_some(passphrase);
    app.write_waiting();
    desk::prepare(app);
    Ok(Tried::Open(outcome.broken))
}

/// Locks the open case under a passphrase. What was shown to anybody is covered again, and helpers' sessions end.
pub fn lock(app: &App, passphrase: Passphrase) -> Result<(), DeskError> {
    if app.desk.job().running {
        return Err(DeskError::Busy);
    }
    // Before the ledger is closed, so that it says who was there.
    app.sessions.cover();
    app.write_waiting();
    app.desk.lock(app.setup.redress, |root| {
        app.sessions.cover();
        lock::lock(root, || Ok::<_, ActionError>(passphrase), &app.context(&app.setup.by)).map(|_| ())
    })?;
    *held(&app.lock.again) = None;
    Ok(())
}

/// Locks the case again where the person asked for that. While something runs, it is tried again later.
pub fn lock_again(app: &App) {
    let Some(passphrase) = held(&app.lock.again).clone() else { return };
    match lock(app, passphrase) {
        Ok(()) | Err(DeskError::Busy | DeskError::Working) => {}
        // Nobody is there to be told now: the job's page and the case page say it.
        Err(DeskError::Action(error)) => app.desk.trouble(error.to_string()),
        Err(DeskError::NoCase | DeskError::Locked) => *held(&app.lock.again) = None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_passphrase_makes_the_next_wait_twice_as_long_up_to_five_minutes() {
        let (mut tries, now) = (Tries::default(), Instant::now());
        assert_eq!(tries.left(now), None);
        let waits: Vec<u64> = (0..11).map(|_| tries.wrong(now).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(tries.left(now + Duration::from_secs(299)), Some(Duration::from_secs(1)));
        assert_eq!(tries.left(now + Duration::from_secs(300)), None);
    }
}
