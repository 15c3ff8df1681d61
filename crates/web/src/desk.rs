//! The open case: one writer, a few readers beside it, work in the background, and what was worked out already.
//!
//! Pages are read through readers, so they come while an import writes. Whatever changes the case, also a look at hidden
//! words (it goes into the ledger), takes the writer in turn.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actions::context::{Progress, Unit};
use actions::screens::{Case, Reader, custody, gentle};
use actions::{ActionError, Context, lock};
use record::Actor;

use crate::known::Known;
use crate::{App, results};

/// Readers at once; more wait for one of them. Two of them may be taken by what is worked out beside the pages.
const READERS: usize = 6;
/// What a reader keeps of the index in memory, in KiB.
const READER_CACHE: u32 = 8 << 10;
/// What the writer keeps of it while pages are looked at. A large import is quicker with more; it has its own command.
const WRITER_CACHE: u32 = 64 << 10;
/// Posts taken into the searched words in one step; the writer is free between steps.
const STEP: u32 = 20_000;
/// How long a page waits for the writer before it says that redress is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why the desk could not do it.
#[derive(Debug)]
pub enum DeskError {
    /// No case is open.
    NoCase,
    /// The case waits for its passphrase.
    Locked,
    /// The writer is taken by something long.
    Busy,
    /// It is being worked out, for the first time.
    Working,
    /// The action failed.
    Action(ActionError),
}

impl From<ActionError> for DeskError {
    fn from(error: ActionError) -> Self {
        Self::Action(error)
    }
}

impl From<String> for DeskError {
    fn from(what: String) -> Self {
        Self::Action(ActionError::OurFault(what))
    }
}

/// The open case.
#[derive(Default)]
pub struct Desk {
    writer: Mutex<Option<Case>>,
    readers: Mutex<Doors>,
    /// The folder of a case that is locked.
    locked: Mutex<Option<PathBuf>>,
    returned: Condvar,
    job: Mutex<Job>,
    /// What was worked out already.
    pub known: Known,
    custody: Mutex<Arc<Vec<custody::Line>>>,
}

/// Readers that are free. One that was handed out before another case was opened is not taken back.
#[derive(Default)]
struct Doors {
    opened: u64,
    free: Vec<Reader>,
}

/// Work in the background.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// Whether something runs.
    pub running: bool,
    /// The step, in the words of the action.
    pub step: String,
    /// How much is done.
    pub done: u64,
    /// How much there is.
    pub total: Option<u64>,
    /// What it came to.
    pub outcome: Option<Result<Found, String>>,
    /// What went wrong while the words were prepared.
    pub trouble: Option<String>,
}

/// What looking through a case came to.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Posts looked at.
    pub posts: u64,
    /// Findings that count, by kind.
    pub counting: Vec<(&'static str, u64)>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Opens a case; one that was open is closed. A locked case waits for its passphrase from then on.
    pub fn open(&self, root: &Path, redress: &str) -> Result<(), ActionError> {
        let mut writer = locked(&self.writer);
        if writer.as_ref().is_some_and(|case| case.root() == root) {
            return Ok(());
        }
        // Where the state cannot be told, opening says why.
        if lock::is_locked(root).unwrap_or(false) {
            *writer = None;
            self.forget(Vec::new(), Some(root.to_owned()));
            return Ok(());
        }
        let case = Case::open(root, redress)?;
        self.take(case, &mut writer)
    }

    /// Takes a case that was just made.
    pub fn take_new(&self, case: Case) -> Result<(), ActionError> {
        self.take(case, &mut locked(&self.writer))
    }

    fn take(&self, mut case: Case, writer: &mut Option<Case>) -> Result<(), ActionError> {
        // The tables that readers ask for are there before the first of them asks.
        case.remember_at_most(WRITER_CACHE)?;
        case.prepare_pages(0)?;
        let doors = (0..READERS).map(|_| case.reader(READER_CACHE)).collect::<Result<Vec<_>, _>>()?;
        self.forget(doors, None);
        *writer = Some(case);
        Ok(())
    }

    /// Forgets everything known of the case that was open. `waiting` is the folder of one that is locked.
    fn forget(&self, doors: Vec<Reader>, waiting: Option<PathBuf>) {
        let mut readers = locked(&self.readers);
        *readers = Doors { opened: readers.opened + 1, free: doors };
        *locked(&self.locked) = waiting;
        drop(readers);
        self.returned.notify_all();
        self.known.forget();
        *locked(&self.custody) = Arc::default();
        *locked(&self.job) = Job::default();
    }

    /// Closes the case and does something with its folder while nobody else can: `work` is handed the folder. Afterwards
    /// the case waits for its passphrase, or is open again where `work` did not lock it.
    ///
    /// Errors with [`DeskError::Busy`] while something runs in the background.
    pub fn lock(
        &self,
        redress: &str,
        work: impl FnOnce(&Path) -> Result<(), ActionError>,
    ) -> Result<(), DeskError> {
        let mut writer = self.writer()?;
        if self.job().running {
            return Err(DeskError::Busy);
        }
        let root = writer.as_ref().map(|case| case.root().to_owned()).ok_or_else(|| self.none())?;
        *writer = None;
        // Until it is known what became of it, whoever asks is told that it is locked.
        self.forget(Vec::new(), Some(root.clone()));
        let outcome = work(&root);
        drop(writer);
        self.open(&root, redress)?;
        Ok(outcome?)
    }

    /// Waits until nobody changes, opens or locks the case.
    pub fn settle(&self) -> Result<(), DeskError> {
        self.writer().map(drop)
    }

    /// Returns the folder of the case that waits for its passphrase.
    pub fn waiting(&self) -> Option<PathBuf> {
        locked(&self.locked).clone()
    }

    fn none(&self) -> DeskError {
        if locked(&self.locked).is_some() { DeskError::Locked } else { DeskError::NoCase }
    }

    /// Tells whether a case is open.
    pub fn is_open(&self) -> bool {
        !locked(&self.readers).free.is_empty() || self.writer.try_lock().map_or(true, |case| case.is_some())
    }

    /// Asks a reader.
    pub fn read<T>(&self, ask: impl FnOnce(&Reader) -> Result<T, ActionError>) -> Result<T, DeskError> {
        let mut readers = locked(&self.readers);
        let deadline = Instant::now() + PATIENCE;
        let reader = loop {
            if let Some(reader) = readers.free.pop() {
                break reader;
            }
            if locked(&self.locked).is_some() || self.writer.try_lock().is_ok_and(|case| case.is_none()) {
                return Err(self.none());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(DeskError::Busy);
            }
            readers = self.returned.wait_timeout(readers, left).unwrap_or_else(PoisonError::into_inner).0;
        };
        let opened = readers.opened;
        drop(readers);
        let answer = ask(&reader);
        let mut readers = locked(&self.readers);
        if readers.opened == opened {
            readers.free.push(reader);
        }
        drop(readers);
        self.returned.notify_one();
        Ok(answer?)
    }

    fn writer(&self) -> Result<MutexGuard<'_, Option<Case>>, DeskError> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.writer.try_lock() {
                Ok(writer) => return Ok(writer),
                Err(std::sync::TryLockError::Poisoned(error)) => return Ok(error.into_inner()),
                Err(std::sync::TryLockError::WouldBlock) if Instant::now() > deadline => {
                    return Err(DeskError::Busy);
                }
                Err(std::sync::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(2)),
            }
        }
    }

    /// Tells whether a case is open; errors with why not.
    pub fn ready(&self) -> Result<(), DeskError> {
        if self.waiting().is_none() && self.is_open() { Ok(()) } else { Err(self.none()) }
    }

    /// Changes the case.
    pub fn write<T>(&self, change: impl FnOnce(&mut Case) -> Result<T, ActionError>) -> Result<T, DeskError> {
        let mut writer = self.writer()?;
        let case = writer.as_mut().ok_or_else(|| self.none())?;
        let before = case.ledger().size();
        let outcome = change(case);
        // Also where it failed: part of it may have been done.
        self.known.turned(case, before);
        Ok(outcome?)
    }

    /// Returns the lines of the ledger; only those not read yet are read. While something long holds the case, those that
    /// were read before.
    pub fn custody(&self) -> Result<Arc<Vec<custody::Line>>, DeskError> {
        let known = Arc::clone(&locked(&self.custody));
        let Ok(writer) = self.writer.try_lock() else {
            return if known.is_empty() {
                self.write(|_| Ok(())).and_then(|()| self.custody())
            } else {
                Ok(known)
            };
        };
        let case = writer.as_ref().ok_or_else(|| self.none())?;
        let from = known.last().map_or(0, |line| line.number + 1);
        if from == case.ledger().size() {
            return Ok(known);
        }
        let more = custody::lines(case, from)?;
        let all: Arc<Vec<custody::Line>> = Arc::new(known.iter().cloned().chain(more).collect());
        // Another case cannot be opened while the writer is held.
        *locked(&self.custody) = Arc::clone(&all);
        Ok(all)
    }

    /// Notes what went wrong while nobody was there.
    pub fn trouble(&self, words: String) {
        locked(&self.job).trouble = Some(words);
    }

    /// Returns what runs in the background.
    pub fn job(&self) -> Job {
        locked(&self.job).clone()
    }
}

/// Tells a job's progress to whoever asks the desk.
pub struct Told<'a>(pub &'a Mutex<Job>);

impl Progress for Told<'_> {
    fn begin(&self, step: &str, total: Option<u64>, _: Unit) {
        let mut job = locked(self.0);
        (job.step, job.total, job.done) = (step.to_owned(), total, 0);
    }

    fn advance(&self, by: u64) {
        locked(self.0).done += by;
    }

    fn say(&self, _: &str) {}

    fn end(&self) {}
}

impl App {
    /// Returns what an action is handed; `name` is who acts.
    pub fn context<'a>(&'a self, name: &str) -> Context<'a> {
        Context {
            now: &self.setup.now,
            clock: &self.setup.clock,
            actor: Actor::person(name),
            redress: self.setup.redress,
            progress: &actions::Quiet,
            rows: &self.setup.rows,
        }
    }
}

/// Takes posts into the searched words, step by step, in the background; and works out beforehand what the first pages
/// show, so that nobody waits for it.
pub fn prepare(app: &Arc<App>) {
    let app = Arc::clone(app);
    std::thread::spawn(move || {
        gentle::warm();
        results::prepare(&app);
        words(&app);
    });
}

fn words(app: &App) {
    loop {
        match app.desk.write(|case| Ok(case.prepare_pages(STEP)?)) {
            Ok(0) | Err(DeskError::NoCase | DeskError::Locked) => return,
            Ok(_) | Err(DeskError::Busy | DeskError::Working) => {
                std::thread::sleep(Duration::from_millis(20))
            }
            Err(DeskError::Action(error)) => {
                locked(&app.desk.job).trouble = Some(error.to_string());
                return;
            }
        }
    }
}

/// Looks through everything in the background: scan, then trace, then the searched words. One such job runs at a time.
pub fn look_through(app: &Arc<App>, by: String) {
    {
        let mut job = locked(&app.desk.job);
        if job.running {
            return;
        }
        *job = Job { running: true, ..Job::default() };
    }
    let app = Arc::clone(app);
    std::thread::spawn(move || {
        let outcome = work(&app, &by);
        words(&app);
        let mut job = locked(&app.desk.job);
        job.running = false;
        job.outcome = Some(outcome.map_err(|error| match error {
            DeskError::NoCase | DeskError::Locked => "No case is open.".to_owned(),
            DeskError::Busy | DeskError::Working => {
                "Another piece of work holds the case. Try again when it has ended.".to_owned()
            }
            DeskError::Action(error) => error.to_string(),
        }));
    });
}

fn work(app: &App, by: &str) -> Result<Found, DeskError> {
    let progress = Told(&app.desk.job);
    let context = Context {
        now: &app.setup.now,
        clock: &app.setup.clock,
        actor: Actor::person(by),
        redress: app.setup.redress,
        progress: &progress,
        rows: &app.setup.rows,
    };
    let found = app.desk.write(|case| actions::scan::scan(case, &context))?;
    app.desk.write(|case| actions::trace::trace(case, &actions::trace::Request::default(), &context))?;
    Ok(Found { posts: found.posts, counting: found.counting.into_iter().collect() })
}
