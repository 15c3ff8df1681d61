//! One run of a program: bytes in, bytes out, killed when it takes too long or says too much.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// What to run and what it may cost.
pub(super) struct Order<'a> {
    pub program: &'a Path,
    pub arguments: &'a [&'a str],
    /// Bytes for its standard input.
    pub input: &'a [u8],
    pub seconds: u32,
    /// Bytes of address space, held on Linux.
    pub memory: u64,
}

/// How it ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// It said it was well; its standard output.
    Well(Vec<u8>),
    /// It said it was not, or was killed by the system; the last line it said.
    Badly { said: String },
    /// It was killed here, because its time was over.
    Late,
}

/// What is read of an answer at most; a page of text takes a thousandth of it.
const ANSWER: u64 = 64 << 20;

/// Runs the program to its end.
///
/// It gets nothing of the environment but where to find its own files, one thread (two pictures are read at a time
/// instead), its input, and no terminal.
pub(super) fn run(order: &Order<'_>) -> io::Result<Ended> {
    let mut command = Command::new(order.program);
    command.args(order.arguments).env_clear().env("OMP_THREAD_LIMIT", "1");
    for name in ["PATH", "TESSDATA_PREFIX", "SystemRoot", "TEMP", "LD_LIBRARY_PATH"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    // The program waits for its input, which it is given only after its bounds are set.
    bound(&child, order);
    let (Some(mut stdin), Some(stdout), Some(stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(io::Error::other("the pipes to the program are not there"));
    };
    let (sender, receiver) = mpsc::channel();
    let output = thread::scope(|scope| {
        // A program that stops reading closes the pipe: that is its own affair and shows in how it ends.
        scope.spawn(move || drop(stdin.write_all(order.input)));
        let words = scope.spawn(move || all(stderr));
        scope.spawn(move || sender.send(all(stdout)));
        let output = receiver.recv_timeout(Duration::from_secs(order.seconds.into()));
        if output.is_err() {
            child.kill()?;
        }
        let status = child.wait()?;
        let said = words.join().unwrap_or_default();
        Ok::<_, io::Error>((output, status, said))
    });
    let (output, status, said) = output?;
    Ok(match output {
        Err(_) => Ended::Late,
        Ok(output) if status.success() => Ended::Well(output),
        Ok(_) => Ended::Badly { said: last_line(&said).unwrap_or_else(|| status.to_string()) },
    })
}

fn all(pipe: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before an error is worth having; the exit status tells of the rest.
    let _ = pipe.take(ANSWER).read_to_end(&mut bytes);
    bytes
}

fn last_line(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().rev().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.trim_end_matches('.').chars().take(160).collect())
}

#[cfg(target_os = "linux")]
fn bound(child: &Child, order: &Order<'_>) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let limit = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    let pid = Some(Pid::from_child(child));
    // Where the system refuses (a container may), the time limit still holds.
    let _ = prlimit(pid, Resource::As, limit(order.memory));
    let _ = prlimit(pid, Resource::Cpu, limit(u64::from(order.seconds) + 1));
    let _ = prlimit(pid, Resource::Core, limit(0));
}

#[cfg(not(target_os = "linux"))]
fn bound(_: &Child, _: &Order<'_>) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str, input: &[u8], seconds: u32, memory: u64) -> Ended {
        let program = Path::new("/bin/sh");
        run(&Order { program, arguments: &["-c", script], input, seconds, memory }).unwrap()
    }

    #[test]
    fn bytes_go_in_and_out() {
        let input = vec![b'a'; 3 << 20];
        let Ended::Well(output) = sh("cat", &input, 20, 1 << 30) else { panic!("it should end well") };
        assert_eq!(output, input);
    }

    #[test]
    fn a_slow_program_is_killed() {
        assert!(matches!(sh("exec sleep 60", b"", 1, 1 << 30), Ended::Late));
    }

    #[test]
    fn a_program_that_does_not_read_its_input_is_no_harm() {
        assert!(matches!(sh("exit 0", &vec![0; 1 << 20], 20, 1 << 30), Ended::Well(_)));
    }

    #[test]
    fn what_it_said_last_is_told() {
        let Ended::Badly { said } = sh("echo one >&2; echo 'two.' >&2; exit 3", b"", 20, 1 << 30) else {
            panic!("it should end badly")
        };
        assert_eq!(said, "two");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn memory_is_bounded() {
        let script = "read go; x=$(head -c 300000000 /dev/zero | tr '\\0' a); echo ${#x}";
        assert!(matches!(sh(script, b"go\n", 60, 100 << 20), Ended::Badly { .. }));
    }
}
