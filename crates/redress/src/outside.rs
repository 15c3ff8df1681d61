//! What lies outside the program: the clock, and the folder of this computer's user. The one file that may ever use the
//! internet; today nothing here does.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use actions::library::Rows;

use values::{Moment, Precision, SaidBy};

/// Returns the present moment by this computer's clock.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Milliseconds since 1970 fit an i64 for 292 million years.
    let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    Moment::from_millis(millis, Precision::Millisecond, SaidBy::Redress)
}

/// Returns the folder that holds packs of rows and the keys of their signers: `REDRESS_LAW` where it is set, else the
/// place for programs' data of this user. `None` where the system names no such place.
pub fn law_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = named("REDRESS_LAW") {
        return Some(folder);
    }
    let data = if cfg!(windows) {
        named("APPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME").or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    data.map(|data| data.join("redress").join("law"))
}

/// Returns the rows of law in use: read at the first call, then kept. What is wrong with a pack is told once, on standard
/// error.
pub fn rows() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| {
        let Some((folder, today)) = law_folder().zip(law::earliest_day(now())) else {
            return Rows::shipped().clone();
        };
        let rows = Rows::load(&folder, today);
        for trouble in &rows.troubles {
            eprintln!("redress: {trouble}");
        }
        rows
    })
}
