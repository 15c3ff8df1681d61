//! `redress together --engine …`: hands the question to `redress-cluster`, a program of its own that is built only by who
//! needs it. Looked for beside this program, then on PATH.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use actions::ActionError;

use crate::cli::{self, By, EngineKind, NullModel};
use crate::exit::Done;

/// The program's name.
const PROGRAM: &str = "redress-cluster";

pub fn run(args: &cli::Together) -> Result<Done, ActionError> {
    allowed(args)?;
    let actions = args.actions.as_path();
    if actions.as_os_str() == "-" || !actions.is_file() {
        return Err(ActionError::Request(
            "An engine reads the actions from a file. Name a CSV or Parquet file; standard input cannot be handed on."
                .to_owned(),
        ));
    }
    if args.engine == EngineKind::Sql {
        let Some(out) = &args.out else {
            return Err(ActionError::Request(
                "--engine sql writes a folder with the actions and the questions. Name a new one with --out DIR.".to_owned(),
            ));
        };
        return call(write(args, actions, out));
    }
    let drafts = std::env::temp_dir().join(format!("{PROGRAM}-{}", std::process::id()));
    private(&drafts).map_err(|error| {
        ActionError::Refused(format!(
            "The folder {} cannot be made: {error}. Name another with TMPDIR.",
            drafts.display()
        ))
    })?;
    let store = drafts.join("store");
    let mut written = write(args, actions, &store);
    // The folder goes again: where it lies is nobody's business.
    written.arg("--quiet");
    let asked = call(written).and_then(|written| match written {
        Done::Well => call(ask(args, &store)),
        // Rows were left out; the others are counted, and the exit code says so.
        Done::WithTroubles => call(ask(args, &store)).map(|_| Done::WithTroubles),
    });
    // What cannot be removed lies in the system's folder for temporary files, which removes it in its time.
    let _removed = std::fs::remove_dir_all(&drafts);
    asked
}

/// Makes a folder that only this user can look into: the actions are no business of others on this computer.
fn private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// An engine answers the plain question; what only the kernel of this program can do is refused, not left out.
fn allowed(args: &cli::Together) -> Result<(), ActionError> {
    let local = [
        ("--by", args.by != [By::Pairs]),
        ("--null times", args.null == NullModel::Times),
        ("--rate", args.rate.is_some()),
        ("--more", args.more),
        ("--thing", !args.thing.is_empty()),
        ("--pair", args.pair.is_some()),
        ("--cap", args.cap.is_some()),
        ("several windows", args.within.contains(',')),
        ("--out", args.out.is_some() && args.engine != EngineKind::Sql),
    ];
    match local.iter().find(|(_, given)| *given) {
        Some((what, _)) => Err(ActionError::Request(format!(
            "{what} is known to the local engine alone. Leave it out, or leave out --engine."
        ))),
        None => Ok(()),
    }
}

fn program() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|own| Some(own.parent()?.join(PROGRAM)));
    beside.filter(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(PROGRAM))
}

fn write(args: &cli::Together, actions: &Path, out: &Path) -> Command {
    let mut command = Command::new(program());
    command.arg("write").arg(actions).arg("--out").arg(out);
    command.args(["--within", &args.within, "--min-weight", &args.min_weight.to_string()]);
    if let Some(columns) = &args.columns {
        command.args(["--columns", columns]);
    }
    command
}

fn ask(args: &cli::Together, store: &Path) -> Command {
    let mut command = Command::new(program());
    command.arg("together").arg(store);
    command.args(["--within", &args.within, "--min-weight", &args.min_weight.to_string()]);
    command.args(["--memory", &args.memory.to_string()]);
    command.args(["--engine", if args.engine == EngineKind::Ballista { "ballista" } else { "datafusion" }]);
    if args.null == NullModel::None {
        command.arg("--no-chance");
    }
    if let Some(scheduler) = &args.scheduler {
        command.args(["--scheduler", scheduler]);
    }
    command
}

fn call(mut command: Command) -> Result<Done, ActionError> {
    let ended = command.stdin(Stdio::null()).status().map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            ActionError::Request(format!(
                "The program {PROGRAM} is not beside this one and not on PATH. Build it once: cargo build --release -p cluster"
            ))
        } else {
            ActionError::Refused(format!("{PROGRAM} could not be started: {error}."))
        }
    })?;
    match ended.code() {
        Some(0) => Ok(Done::Well),
        Some(1) => Ok(Done::WithTroubles),
        // It has said itself what was wrong.
        Some(2) => Err(ActionError::Request(format!("{PROGRAM} could not do it; its words stand above."))),
        Some(3) => Err(ActionError::PipeClosed),
        _ => Err(ActionError::OurFault(format!("{PROGRAM} stopped without an answer."))),
    }
}
