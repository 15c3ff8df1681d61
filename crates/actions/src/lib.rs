//! One file per thing a person can do: make a case, import, scan, trace, review, export, verify.
//!
//! An action takes a case (or two streams), a request and a [`Context`], and returns an outcome that can be written as
//! JSON and told in words. It knows nothing of terminals, windows or HTTP: the command line and the local app call the
//! same functions and show the same outcomes.

pub mod around;
pub mod asked;
pub mod context;
mod covers;
pub mod demo;
pub mod dossier;
pub mod elements;
pub mod erase;
mod error;
pub mod export;
pub mod files;
pub mod filters;
pub mod import;
mod leaks;
pub mod library;
pub mod lint;
pub mod lock;
pub mod log;
pub mod new;
pub mod pictures;
pub mod plan;
pub mod rebuild;
pub mod redact;
pub mod reports;
pub mod review;
pub mod scan;
pub mod screens;
pub mod situation;
pub mod stamp;
pub mod trace;
pub mod verify;

pub use context::{Context, Progress, Quiet};
pub use error::ActionError;
