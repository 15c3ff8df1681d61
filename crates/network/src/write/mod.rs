//! A graph written for other programs and for paper: GEXF, GraphML, SVG; and the map's rows as CSV and Parquet.
//!
//! Accounts stand as accounts; no format carries a name or a guess about a person. The same graph gives the same bytes.

mod gexf;
mod graph;
mod graphml;
mod surge;
mod svg;
mod table;
mod tables;
#[cfg(test)]
mod tests;

pub use gexf::gexf;
pub use graph::{Graph, Line, Node, Value};
pub use graphml::graphml;
pub use svg::{Page, svg};
pub use table::Table;
pub use tables::tables;

use std::fmt::Write as _;

/// Returns `text` for an XML attribute or element; characters XML 1.0 does not allow become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
