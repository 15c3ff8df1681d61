//! What the engine tells of its work, on the standard error; without `--log` only our own warnings.

use std::sync::OnceLock;

use log::{LevelFilter, Log, Metadata, Record};

struct Logged {
    level: LevelFilter,
    /// Only what this crate says: the engine warns of much that is no business of who asks.
    own: bool,
}

static LOGGED: OnceLock<Logged> = OnceLock::new();

/// Begins to tell, from `level` on.
pub fn begin(level: Option<LevelFilter>) {
    let logged = Logged { level: level.unwrap_or(LevelFilter::Warn), own: level.is_none() };
    log::set_max_level(logged.level);
    // Only refused where something tells already.
    let _first = log::set_logger(LOGGED.get_or_init(|| logged));
}

impl Log for Logged {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        let own = of.target().split("::").next().is_some_and(|name| name == "cluster");
        of.level() <= self.level && (own || !self.own)
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            eprintln!(
                "redress-cluster {:.3} {} {}: {}",
                now.as_secs_f64(),
                record.level(),
                record.target(),
                record.args()
            );
        }
    }

    fn flush(&self) {}
}
