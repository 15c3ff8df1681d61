//! The open case: one writer, a few readers beside it, work in the background, and what was worked out already.
//!
//! Pages are read through readers, so they come while an import writes. Whatever changes the case, also a look at hidden
//! words (it goes into the ledger), takes the writer in turn.

use std::any::Any;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actions::context::{Progress, Unit};
pub use actions::plan::Outcome as Plan;
use actions::screens::{Case, Reader, custody, gentle, picture};
use actions::{ActionError, Context};
use record::Actor;

use crate::App;

/// Readers at once; more wait for one of them.
const READERS: usize = 3;
/// What a reader keeps of the index in memory, in KiB.
const READER_CACHE: u32 = 24 << 10;
/// Posts taken into the searched words in one step; the writer is free between steps.
const STEP: u32 = 20_000;
/// How long a page waits for the writer before it says that redress is busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// How old what was worked out may be, in multiples of what it cost: a page never recalculates more than a twentieth of
/// the time, however many people work at once.
const AGE: u32 = 20;

/// Why the desk could not do it.
#[derive(Debug)]
pub enum DeskError {
    /// No case is open.
    NoCase,
    /// The writer is taken by something long.
    Busy,
    /// The action failed.
    Action(ActionError),
}

impl From<ActionError> for DeskError {
    fn from(error: ActionError) -> Self {
        Self::Action(error)
    }
}

/// The open case.
#[derive(Default)]
pub struct Desk {
    writer: Mutex<Option<Case>>,
    readers: Mutex<Vec<Reader>>,
    returned: Condvar,
    job: Mutex<Job>,
    known: Mutex<HashMap<String, Arc<Known>>>,
    custody: Mutex<Vec<custody::Line>>,
}

struct Known {
    size: u64,
    made: Instant,
    cost: Duration,
    value: Box<dyn Any + Send + Sync>,
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
    /// Opens a case; one that was open is closed.
    pub fn open(&self, root: &Path, redress: &str) -> Result<(), ActionError> {
        let mut writer = locked(&self.writer);
        let mut readers = locked(&self.readers);
        if writer.as_ref().is_some_and(|case| case.root() == root) {
            return Ok(());
        }
        let case = Case::open(root, redress)?;
        self.take(case, &mut writer, &mut readers)
    }

    /// Takes a case that was just made.
    pub fn take_new(&self, case: Case) -> Result<(), ActionError> {
        self.take(case, &mut locked(&self.writer), &mut locked(&self.readers))
    }

    fn take(
        &self,
        mut case: Case,
        writer: &mut Option<Case>,
        readers: &mut Vec<Reader>,
    ) -> Result<(), ActionError> {
        // The tables that readers ask for are there before the first of them asks.
        case.prepare_pages(0)?;
        let doors = (0..READERS).map(|_| case.reader(READER_CACHE)).collect::<Result<Vec<_>, _>>()?;
        *readers = doors;
        *writer = Some(case);
        locked(&self.known).clear();
        locked(&self.custody).clear();
        Ok(())
    }

    /// Tells whether a case is open.
    pub fn is_open(&self) -> bool {
        !locked(&self.readers).is_empty() || self.writer.try_lock().map_or(true, |case| case.is_some())
    }

    /// Asks a reader.
    pub fn read<T>(&self, ask: impl FnOnce(&Reader) -> Result<T, ActionError>) -> Result<T, DeskError> {
        let mut readers = locked(&self.readers);
        let deadline = Instant::now() + PATIENCE;
        let reader = loop {
            if let Some(reader) = readers.pop() {
                break reader;
            }
            if self.writer.try_lock().is_ok_and(|case| case.is_none()) {
                return Err(DeskError::NoCase);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(DeskError::Busy);
            }
            readers = self.returned.wait_timeout(readers, left).unwrap_or_else(PoisonError::into_inner).0;
        };
        drop(readers);
        let answer = ask(&reader);
        locked(&self.readers).push(reader);
        self.returned.notify_one();
        Ok(answer?)
    }

    /// Changes the case.
    pub fn write<T>(&self, change: impl FnOnce(&mut Case) -> Result<T, ActionError>) -> Result<T, DeskError> {
        let deadline = Instant::now() + PATIENCE;
        let mut writer = loop {
            match self.writer.try_lock() {
                Ok(writer) => break writer,
                Err(std::sync::TryLockError::Poisoned(error)) => break error.into_inner(),
                Err(std::sync::TryLockError::WouldBlock) if Instant::now() > deadline => {
                    return Err(DeskError::Busy);
                }
                Err(std::sync::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        Ok(change(writer.as_mut().ok_or(DeskError::NoCase)?)?)
    }

    /// Returns what `work` makes of the case, from an earlier time where the case did not change since, or where that is
    /// so short ago that working it out again would take a large part of all time.
    pub fn known<T: Clone + Send + Sync + 'static>(
        &self,
        name: &str,
        work: impl FnOnce(&Reader) -> Result<T, ActionError>,
    ) -> Result<T, DeskError> {
        self.remembered(name, || self.read(work))
    }

    /// Returns the plan of the case in a language, worked out by the writer.
    pub fn plan(&self, language: &str, context: &Context<'_>) -> Result<Arc<Plan>, DeskError> {
        self.written(&format!("plan {language}"), |case| {
            Ok(Arc::new(actions::plan::plan(case, language, context)?))
        })
    }

    /// Like [`Desk::known`], for what only the writer can work out.
    pub fn written<T: Clone + Send + Sync + 'static>(
        &self,
        name: &str,
        work: impl FnOnce(&Case) -> Result<T, ActionError>,
    ) -> Result<T, DeskError> {
        self.remembered(name, || self.write(|case| work(case)))
    }

    fn remembered<T: Clone + Send + Sync + 'static>(
        &self,
        name: &str,
        work: impl FnOnce() -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let size = self.read(|reader| Ok(reader.view().reflects()?))?;
        let found = locked(&self.known).get(name).cloned();
        if let Some(known) = found {
            let fresh = known.size == size || known.made.elapsed() < known.cost * AGE;
            if fresh && let Some(value) = known.value.downcast_ref::<T>() {
                return Ok(value.clone());
            }
        }
        let began = Instant::now();
        let value = work()?;
        let known =
            Known { size, made: Instant::now(), cost: began.elapsed(), value: Box::new(value.clone()) };
        locked(&self.known).insert(name.to_owned(), Arc::new(known));
        Ok(value)
    }

    /// Returns the lines of the ledger; only those not read yet are read.
    pub fn custody(&self) -> Result<Vec<custody::Line>, DeskError> {
        let mut lines = locked(&self.custody);
        let from = lines.last().map_or(0, |line| line.number + 1);
        lines.extend(self.write(|case| custody::lines(case, from))?);
        Ok(lines.clone())
    }

    /// Returns what runs in the background.
    pub fn job(&self) -> Job {
        locked(&self.job).clone()
    }

    /// Returns the latest map and its picture.
    pub fn map(&self) -> Result<Option<Arc<Traced>>, DeskError> {
        let event = self.read(|reader| Ok(reader.view().latest_trace()?))?;
        let Some(event) = event else { return Ok(None) };
        let found = locked(&self.known).get("map").cloned();
        if let Some(known) = found
            && known.size == event
            && let Some(traced) = known.value.downcast_ref::<Arc<Traced>>()
        {
            return Ok(Some(Arc::clone(traced)));
        }
        let traced = self.read(|reader| {
            let Some((event, map)) = picture::latest(reader.view())? else { return Ok(None) };
            let picture = picture::picture(reader.view(), &map)?;
            Ok(Some((event, Arc::new(Traced { map, picture }))))
        })?;
        let Some((event, traced)) = traced else { return Ok(None) };
        let known = Known {
            size: event,
            made: Instant::now(),
            cost: Duration::ZERO,
            value: Box::new(Arc::clone(&traced)),
        };
        locked(&self.known).insert("map".to_owned(), Arc::new(known));
        Ok(Some(traced))
    }
}

/// A map with its picture.
pub struct Traced {
    /// What the trace found.
    pub map: picture::Map,
    /// How it is drawn.
    pub picture: picture::Picture,
}

/// Tells a job's progress to whoever asks the desk.
struct Told<'a>(&'a Mutex<Job>);

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
            actor: Actor::person(name),
            redress: self.setup.redress,
            progress: &actions::Quiet,
            rows: &self.setup.rows,
        }
    }
}

/// Takes posts into the searched words, step by step, in the background; and warms what names are held against.
pub fn prepare(app: &Arc<App>) {
    let app = Arc::clone(app);
    std::thread::spawn(move || {
        gentle::warm();
        words(&app);
    });
}

fn words(app: &App) {
    loop {
        match app.desk.write(|case| Ok(case.prepare_pages(STEP)?)) {
            Ok(0) | Err(DeskError::NoCase) => return,
            Ok(_) | Err(DeskError::Busy) => std::thread::sleep(Duration::from_millis(20)),
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
            DeskError::NoCase => "No case is open.".to_owned(),
            DeskError::Busy => {
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
        actor: Actor::person(by),
        redress: app.setup.redress,
        progress: &progress,
        rows: &app.setup.rows,
    };
    let found = app.desk.write(|case| actions::scan::scan(case, &context))?;
    app.desk.write(|case| actions::trace::trace(case, &actions::trace::Request::default(), &context))?;
    Ok(Found { posts: found.posts, counting: found.counting.into_iter().collect() })
}
