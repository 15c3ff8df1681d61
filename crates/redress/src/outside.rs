//! What lies outside the program: the clock. The one file that may ever use the internet; today nothing here does.

use std::time::{SystemTime, UNIX_EPOCH};

use values::{Moment, Precision, SaidBy};

/// Returns the present moment by this computer's clock.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Milliseconds since 1970 fit an i64 for 292 million years.
    let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    Moment::from_millis(millis, Precision::Millisecond, SaidBy::Redress)
}
