//! The roster: one file per format, look-alikes all. Special ones stand before general ones, since the first that knows
//! a capture reads it.

mod csv_fourcat;
mod csv_research;
mod csv_table;
mod har;
mod screenshot;
mod x_api_v2;
mod x_zeeschuimer;
mod zeeschuimer;

use crate::format::Format;

static FORMATS: [Format; 7] = [
    x_zeeschuimer::FORMAT,
    har::FORMAT,
    x_api_v2::FORMAT,
    csv_research::FORMAT,
    csv_fourcat::FORMAT,
    csv_table::FORMAT,
    screenshot::FORMAT,
];

/// Returns every format redress reads, in the order in which they are tried.
pub fn formats() -> &'static [Format] {
    &FORMATS
}
