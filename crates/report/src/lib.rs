//! Documents, redaction and packages: what leaves the house, as bytes, for one recipient at a time.
//!
//! ```text
//! Dossier (confirmed only) ──RedactionMap──▶ Dossier ──┬─▶ templates/*.typ ─▶ report.pdf
//!                                                      ├─▶ exhibits, tables, proofs, VERIFY.txt
//!                                                      └─▶ leak check ─▶ Package ─▶ bag ─▶ folder or .zip
//! ```
//!
//! One case has one [`RedactionMap`]. It is applied to the whole dossier before any document sees it, so a document
//! cannot show what its template forgot to hide, and [`package`] lets nothing out that the leak check has not passed.
//! Words of others reach Typst as data and never as markup.
//!
//! This crate knows nothing of disk, clock, randomness, browser or internet: everything is an argument, everything comes
//! back as bytes, and the same arguments give the same bytes. It gives no verdict on anyone.

pub mod bag;
pub mod disclose;
pub mod document;
pub mod dossier;
mod leak;
pub mod loadfile;
mod matching;
pub mod packages;
pub mod questions;
pub mod recipient;
pub mod redaction;
pub mod sheet;
mod view;
mod words;

pub use dossier::Dossier;
pub use leak::{Leak, LeakCheck};
pub use packages::{LeftOut, Package, Refused, package};
pub use recipient::{Desk, Language, Options, Paper, Recipient};
pub use redaction::{Category, Cover, Redaction, RedactionMap, Saved};
pub use view::grouped;
