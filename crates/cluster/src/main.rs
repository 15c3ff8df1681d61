//! `redress-cluster`: questions about more actions than one machine holds. `redress together --engine …` starts it.

mod logged;

use std::io::{BufWriter, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};
use cluster::{Engine, Question, Session, Store, edges, server, store};
use values::Severity;

/// Questions about more actions than one machine holds: in this process with DataFusion, or on a Ballista cluster.
#[derive(Debug, Parser)]
#[command(
    name = "redress-cluster",
    version,
    after_help = "On one machine:\n\
    redress-cluster write actions.csv --out store\n\
    redress-cluster together store --within 60s > edges.csv\n\n\
    On several (each must see the store under the same path, or as s3://…):\n\
    redress-cluster scheduler --listen 10.0.0.1:50050 --host 10.0.0.1\n\
    redress-cluster executor --scheduler 10.0.0.1:50050 --listen 10.0.0.2:50051 --host 10.0.0.2\n\
    redress-cluster together store --engine ballista --scheduler df://10.0.0.1:50050\n\n\
    Scheduler and executors ask for no password and encrypt nothing: give them a network of their own."
)]
struct Cli {
    /// What scheduler, executors and askers tell of their work on the standard error: error, warn, info, debug
    #[arg(long, global = true, value_name = "LEVEL", value_parser = level)]
    log: Option<log::LevelFilter>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write actions as integers in Parquet, with the questions as SQL beside them
    Write {
        /// The actions: a CSV or Parquet file, columns as `redress together` reads them; also `action` and `views`
        actions: PathBuf,
        /// The folder to make
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// The window put into the SQL files
        #[arg(long, value_name = "TIME", default_value = "60s", value_parser = window)]
        within: Duration,
        /// The least weight put into the SQL files
        #[arg(long, value_name = "N", default_value_t = 1)]
        min_weight: u64,
        /// Other names of the columns: account_id=user,timestamp_share=time
        #[arg(long, value_name = "NAME=COLUMN,…")]
        columns: Option<String>,
        /// Say only what is wrong
        #[arg(long)]
        quiet: bool,
    },
    /// Accounts that act on the same thing within a window, as `redress together` writes them
    Together {
        #[command(flatten)]
        asked: Asked,
        /// The window: 10s, 5m, 1h
        #[arg(long, value_name = "TIME", default_value = "60s", value_parser = window)]
        within: Duration,
        /// The least weight of an edge
        #[arg(long, value_name = "N", default_value_t = 1)]
        min_weight: u64,
        /// Leave the chance level out: one question less
        #[arg(long)]
        no_chance: bool,
    },
    /// Who was first on each thing, in this collection
    FirstSeen(Asked),
    /// Who went on after a correction they demonstrably saw
    Notice(Asked),
    /// Views as captured, by thing
    Reach(Asked),
    /// Run the scheduler of a cluster
    Scheduler {
        /// Where it listens
        #[arg(long, default_value = "127.0.0.1:50050")]
        listen: SocketAddr,
        /// By what name the others reach it
        #[arg(long, default_value = "127.0.0.1")]
        host: String,
        /// Seconds without a sign of life after which an executor's work is given to others; at least 12
        #[arg(long, value_name = "SECONDS", default_value_t = 30)]
        lost_after: u64,
    },
    /// Run an executor of a cluster
    Executor {
        /// The scheduler: host:port
        #[arg(long, default_value = "127.0.0.1:50050")]
        scheduler: String,
        /// Where it listens for data; the port after it is taken too
        #[arg(long, default_value = "127.0.0.1:50051")]
        listen: SocketAddr,
        /// By what name the others reach it
        #[arg(long, default_value = "127.0.0.1")]
        host: String,
        /// Tasks at once; 0: one for each processor
        #[arg(long, default_value_t = 0)]
        tasks: usize,
        /// Memory for all tasks, in MB; what does not fit is spilled
        #[arg(long, value_name = "MB", default_value_t = 2048)]
        memory: u64,
        /// The folder for data between two stages
        #[arg(long, value_name = "DIR", default_value = "redress-cluster-scratch")]
        scratch: PathBuf,
    },
}

/// Who is asked, and about what.
#[derive(Debug, Args)]
struct Asked {
    /// The folder that `write` made
    store: PathBuf,
    /// Where the engine finds the actions, if not in the folder: s3://bucket/actions/
    #[arg(long, value_name = "ADDRESS")]
    actions: Option<String>,
    /// Who answers
    #[arg(long, default_value = "datafusion")]
    engine: Kind,
    /// The scheduler of the cluster
    #[arg(long, value_name = "df://HOST:PORT", default_value = "df://127.0.0.1:50050")]
    scheduler: String,
    /// Parts the work is cut into; 0: one for each processor (of this machine; a cluster wants its own number)
    #[arg(long, default_value_t = 0)]
    parts: usize,
    /// How long a cluster may take over one answer; then it is asked again
    #[arg(long, value_name = "TIME", default_value = "12h", value_parser = window)]
    time_limit: Duration,
    /// How often a cluster is asked before giving up
    #[arg(long, value_name = "N", default_value_t = 3)]
    tries: u32,
    /// Memory of this process, in MB; what does not fit is spilled
    #[arg(long, value_name = "MB", default_value_t = 4096)]
    memory: usize,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// In this process
    Datafusion,
    /// On a cluster
    Ballista,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    logged::begin(cli.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // Plans nest deeply, and unoptimised builds take large steps.
        .thread_stack_size(32 << 20)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("redress-cluster: no threads can be started: {error}.");
            return ExitCode::from(70);
        }
    };
    // On a thread of the runtime, whose stack is large enough.
    match runtime.block_on(async { tokio::spawn(run(cli)).await }) {
        Ok(Ok(done)) => done,
        Ok(Err(error)) => {
            if broken_pipe(&error) {
                return ExitCode::from(3);
            }
            eprintln!("redress-cluster: {error:#}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("redress-cluster: {error}\nThis is our fault, not yours. Please report these words.");
            ExitCode::from(70)
        }
    }
}

/// Tells whether the reader of the output has gone, in whichever writer that was noticed.
fn broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.or_else(|| match cause.downcast_ref::<csv::Error>()?.kind() {
            csv::ErrorKind::Io(io) => Some(io),
            _ => None,
        })
        .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Returns the exit code: 0 done, 1 done but rows were left out.
async fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        Command::Write { actions, out, within, min_weight, columns, quiet } => {
            let written = store::write_actions(&actions, columns.as_deref(), &out)?;
            let sql = out.join("sql");
            std::fs::create_dir_all(&sql).with_context(|| format!("“{}” cannot be made", sql.display()))?;
            for (name, question) in [
                ("together", Question::Together { within, least: min_weight }),
                ("strength", Question::Strength { within }),
                ("first_seen", Question::FirstSeen),
                ("notice", Question::Notice),
                ("reach", Question::Reach),
            ] {
                let file = sql.join(format!("{name}.sql"));
                std::fs::write(&file, question.sql())
                    .with_context(|| format!("“{}” cannot be written", file.display()))?;
            }
            for trouble in &written.troubles {
                eprintln!("redress-cluster: {trouble}");
            }
            let left_out = written.troubles.iter().any(|trouble| trouble.severity > Severity::Note);
            let left_out = if left_out { ExitCode::from(1) } else { ExitCode::SUCCESS };
            if quiet {
                return Ok(left_out);
            }
            eprintln!(
                "Wrote {} actions of {} accounts on {} things to {}. Each question is in {}.",
                written.rows,
                written.accounts,
                written.objects,
                out.display(),
                sql.display()
            );
            return Ok(left_out);
        }
        Command::Together { asked, within, min_weight, no_chance } => {
            let (store, session) = open(&asked).await?;
            let mut out = BufWriter::new(std::io::stdout());
            let names = store.accounts()?;
            edges::write(&session, &names, within, min_weight, !no_chance, &mut out).await?;
            out.flush()?;
        }
        Command::FirstSeen(asked) => list(&asked, Question::FirstSeen).await?,
        Command::Notice(asked) => list(&asked, Question::Notice).await?,
        Command::Reach(asked) => list(&asked, Question::Reach).await?,
        Command::Scheduler { listen, host, lost_after } => {
            eprintln!("The scheduler listens at {listen}. Stop it with Ctrl-C.");
            server::scheduler(&server::Scheduler { listen, host, lost_after }).await?;
        }
        Command::Executor { scheduler, listen, host, tasks, memory, scratch } => {
            let Some((name, port)) =
                scheduler.rsplit_once(':').and_then(|(name, port)| Some((name, port.parse().ok()?)))
            else {
                bail!("“{scheduler}” is no address of a scheduler. Write host:port.");
            };
            eprintln!("The executor works for {scheduler} and listens at {listen}. Stop it with Ctrl-C.");
            server::executor(&server::Executor {
                scheduler: name.to_owned(),
                scheduler_port: port,
                listen,
                host,
                tasks,
                memory: memory << 20,
                scratch,
            })
            .await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(asked: &Asked) -> Result<(Store, Session)> {
    let store = Store::open(&asked.store)?;
    let engine = match asked.engine {
        Kind::Datafusion => Engine::InProcess { memory: asked.memory << 20, parts: asked.parts },
        Kind::Ballista => {
            // A place for each processor is a guess that at least uses this machine, where everything may run.
            let own = || std::thread::available_parallelism().map_or(1, usize::from);
            Engine::Ballista {
                scheduler: asked.scheduler.clone(),
                parts: if asked.parts == 0 { own() } else { asked.parts },
                limit: asked.time_limit,
                tries: asked.tries,
            }
        }
    };
    let address = match &asked.actions {
        Some(address) => address.clone(),
        // Another process has another working folder.
        None => std::path::absolute(store.actions())?.display().to_string() + "/",
    };
    let session = Session::open(&engine, &address).await?;
    Ok((store, session))
}

/// Writes an answer with names where the columns are numbers of names.
async fn list(asked: &Asked, question: Question) -> Result<()> {
    let (store, session) = open(asked).await?;
    let (accounts, objects) = (store.accounts()?, store.objects()?);
    let mut out = BufWriter::new(std::io::stdout());
    edges::write_named(&session, question, &accounts, &objects, &mut out).await?;
    Ok(out.flush()?)
}

/// Reads `10s`, `5m`, `1h`, `250ms` or plain seconds.
fn window(given: &str) -> Result<Duration, String> {
    let digits = given.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.parse().map_err(|_| format!("“{given}” is no time. Write 10s, 5m or 1h."))?;
    let millis = match &given[digits.len()..] {
        "ms" => Some(number),
        "" | "s" => number.checked_mul(1000),
        "m" => number.checked_mul(60_000),
        "h" => number.checked_mul(3_600_000),
        _ => return Err(format!("“{given}” is no time. Write 10s, 5m or 1h.")),
    };
    // Beyond a century nothing is a window.
    millis
        .filter(|millis| *millis <= 100 * 366 * 86_400_000)
        .map(Duration::from_millis)
        .ok_or_else(|| format!("“{given}” is longer than a hundred years."))
}

/// Reads `error`, `warn`, `info`, `debug`.
fn level(given: &str) -> Result<log::LevelFilter, String> {
    given.parse().map_err(|_| format!("“{given}” is no level. Write error, warn, info or debug."))
}
