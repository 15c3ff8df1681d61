//! A real cluster on this machine: one scheduler, two executors, each a process of its own; also when one is killed.
//!
//! Every wait has an end: a cluster that hangs fails the test, with the last words of each process.

mod common;

use std::fs::{self, File};
use std::io::Read as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use cluster::{Question, Store, edges, plain};
use common::{names, rows, store};

/// The longest that one question may take, three tries included; an idle machine takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(400);
/// The longest that one try may take.
const TRY: &str = "120s";

/// A process that dies with the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // It may be gone already.
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_redress-cluster"))
}

/// A port nobody listens at, with the one after it.
fn ports() -> u16 {
    loop {
        let first =
            TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
        if first < 65_000 && TcpListener::bind(("127.0.0.1", first + 1)).is_ok() {
            return first;
        }
    }
}

struct Cluster {
    scheduler: u16,
    folder: PathBuf,
    _scheduler: Killed,
    executors: Vec<Killed>,
}

impl Cluster {
    /// Starts a scheduler and so many executors, which write below `folder`.
    fn start(folder: &Path, executors: usize) -> Self {
        let log = |name: &str| File::create(folder.join(format!("{name}.log"))).expect("a log");
        let scheduler = ports();
        let process = program()
            .args(["--log", "info", "scheduler", "--lost-after", "12"])
            .args(["--listen", &format!("127.0.0.1:{scheduler}")])
            .stderr(log("scheduler"))
            .spawn()
            .expect("the scheduler starts");
        let mut cluster =
            Self { scheduler, folder: folder.to_owned(), _scheduler: Killed(process), executors: Vec::new() };
        cluster.wait_for("the scheduler", scheduler);
        for number in 0..executors {
            let port = ports();
            let process = program()
                .args(["--log", "info", "executor", "--tasks", "1", "--memory", "512"])
                .args(["--scheduler", &format!("127.0.0.1:{scheduler}")])
                .args(["--listen", &format!("127.0.0.1:{port}")])
                .arg("--scratch")
                .arg(cluster.scratch(number))
                .stderr(log(&format!("executor-{number}")))
                .spawn()
                .expect("an executor starts");
            cluster.executors.push(Killed(process));
            cluster.wait_for("an executor", port);
        }
        cluster
    }

    fn scratch(&self, executor: usize) -> PathBuf {
        self.folder.join(format!("scratch-{executor}"))
    }

    fn asked(&self, store: &Path, words: &[&str]) -> Command {
        let mut command = program();
        command
            .arg(words[0])
            .arg(store)
            .args(&words[1..])
            .args(["--engine", "ballista", "--parts", "4", "--time-limit", TRY])
            .args(["--scheduler", &format!("df://127.0.0.1:{}", self.scheduler)]);
        command
    }

    fn wait_for(&self, what: &str, port: u16) {
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "{what} did not come up\n{}", self.told());
            sleep(Duration::from_millis(50));
        }
    }

    /// Waits for the answer, but not for ever; `meanwhile` is called until it is there.
    fn answer(&self, command: &mut Command, mut meanwhile: impl FnMut()) -> Output {
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it asks");
        let mut child = Killed(child);
        // Read beside the waiting, so that a full pipe stops nobody.
        let mut out = child.0.stdout.take().expect("a pipe");
        let mut err = child.0.stderr.take().expect("a pipe");
        let out = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            out.read_to_end(&mut bytes).map(|_| bytes)
        });
        let err = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            err.read_to_end(&mut bytes).map(|_| bytes)
        });
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = child.0.try_wait().expect("it can be asked after") {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "no answer within {PATIENCE:?}\n{}", self.told());
            meanwhile();
            sleep(Duration::from_millis(5));
        };
        let read = |bytes: std::thread::JoinHandle<std::io::Result<Vec<u8>>>| {
            bytes.join().expect("it reads").expect("it reads")
        };
        Output { status, stdout: read(out), stderr: read(err) }
    }

    /// The last words of each process.
    fn told(&self) -> String {
        let mut told = String::new();
        for name in ["scheduler", "executor-0", "executor-1"] {
            let log = fs::read(self.folder.join(format!("{name}.log"))).unwrap_or_default();
            let log = String::from_utf8_lossy(&log);
            let lines: Vec<&str> = log.lines().collect();
            let short =
                lines[lines.len().saturating_sub(15)..].iter().map(|line| line.chars().take(400).collect());
            let short: Vec<String> = short.collect();
            told += &format!("== {name}\n{}\n", short.join("\n"));
        }
        told
    }
}

/// The columns of `together`'s CSV that are integers, by account numbers.
fn integers(csv: &[u8]) -> Vec<Vec<i64>> {
    let number = |name: &str| name.trim_start_matches('a').parse::<i64>().expect("a name of the fixture");
    String::from_utf8_lossy(csv)
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let whole = |cell: &str| cell.parse::<i64>().expect("a whole number");
            vec![number(cells[0]), number(cells[1]), whole(cells[2]), whole(cells[3])]
        })
        .collect()
}

/// What [`integers`] must give.
fn right(rows: &[cluster::Row], within: Duration) -> Vec<Vec<i64>> {
    let mut edges = plain::answer(Question::Together { within, least: 1 }, rows);
    edges.iter_mut().for_each(|row| row.truncate(4));
    edges
}

/// The whole CSV of another question.
fn right_csv(question: Question, rows: &[cluster::Row], accounts: u64, objects: u64) -> String {
    let (accounts, objects) = (names("a", accounts), names("o", objects));
    let mut csv = question.columns().join(",") + "\n";
    for row in plain::answer(question, rows) {
        csv += &edges::cells(question, &row, &accounts, &objects).join(",");
        csv += "\n";
    }
    csv
}

#[test]
fn two_executors_give_the_plain_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let (accounts, objects) = (40, 60);
    let rows = rows(7, 800, accounts, objects);
    let path = folder.path().join("store");
    store(&path, &rows, accounts, objects);
    let cluster = Cluster::start(folder.path(), 2);
    let out = cluster.answer(&mut cluster.asked(&path, &["together", "--within", "10s"]), || ());
    assert!(out.status.success(), "{}\n{}", String::from_utf8_lossy(&out.stderr), cluster.told());
    assert_eq!(integers(&out.stdout), right(&rows, Duration::from_secs(10)));
    // The same bytes as in this process, chance level included.
    let mut alone = program();
    alone.arg("together").arg(&path).args(["--within", "10s"]);
    assert_eq!(cluster.answer(&mut alone, || ()).stdout, out.stdout);
    for (word, question) in
        [("first-seen", Question::FirstSeen), ("notice", Question::Notice), ("reach", Question::Reach)]
    {
        let out = cluster.answer(&mut cluster.asked(&path, &[word]), || ());
        assert!(out.status.success(), "{word}: {}\n{}", String::from_utf8_lossy(&out.stderr), cluster.told());
        assert_eq!(
            String::from_utf8_lossy(&out.stdout),
            right_csv(question, &rows, accounts, objects),
            "{word}"
        );
    }
}

#[test]
fn a_killed_executor_changes_no_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut cluster = Cluster::start(folder.path(), 2);
    // Large enough that it is at work when the blow falls; made larger until it is.
    for count in [4_000u64, 16_000, 64_000] {
        let (accounts, objects) = (count / 4, count / 8);
        let rows = rows(count, count, accounts, objects);
        let path = folder.path().join(format!("store-{count}"));
        store(&path, &rows, accounts, objects);
        let mut victim = cluster.executors.pop();
        let (one, other) = (cluster.scratch(0), cluster.scratch(1));
        let mut asked = cluster.asked(&path, &["together", "--within", "1s", "--no-chance"]);
        let mut killed = false;
        let out = cluster.answer(&mut asked, || {
            // Both have written data between stages: the job is under way on both, and what the one has is lost.
            if !killed && files(&one) > 0 && files(&other) > 0 {
                victim = None;
                killed = true;
            }
        });
        assert!(out.status.success(), "{}\n{}", String::from_utf8_lossy(&out.stderr), cluster.told());
        assert_eq!(integers(&out.stdout), right(&rows, Duration::from_secs(1)), "{count} rows");
        if killed {
            return;
        }
        cluster.executors.extend(victim);
    }
    panic!("every answer came before the executor could be killed: make the table larger");
}

/// How many files lie below a folder.
fn files(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries.flatten().map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { 1 }).sum()
}

#[test]
fn a_cluster_that_never_answers_is_given_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store");
    store(&path, &rows(3, 50, 5, 5), 5, 5);
    // Nobody works: the job waits for its first executor, as long as one lets it.
    let cluster = Cluster::start(folder.path(), 0);
    let mut asked = program();
    asked
        .arg("reach")
        .arg(&path)
        .args(["--engine", "ballista", "--scheduler", &format!("df://127.0.0.1:{}", cluster.scheduler)])
        .args(["--time-limit", "1s", "--tries", "2"]);
    let out = cluster.answer(&mut asked, || ());
    let told = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{told}");
    assert!(told.contains("Asking again, time 2 of 2"), "{told}");
    assert!(told.contains("It was asked 2 times.") && told.contains("within 1 s"), "{told}");
}

#[test]
fn a_folder_without_actions_and_a_silent_scheduler_are_said_plainly() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = program().arg("reach").arg(folder.path()).output().expect("it starts");
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("holds no actions"));
    let path = folder.path().join("store");
    let _store: Store = store(&path, &[], 0, 0);
    let port = ports();
    let out = program()
        .arg("reach")
        .arg(&path)
        .args(["--engine", "ballista", "--scheduler", &format!("df://127.0.0.1:{port}")])
        .output()
        .expect("it starts");
    assert_eq!(out.status.code(), Some(2));
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(told.contains("does not answer. Start one"), "{told}");
}
