//! The questions of `network` over more actions than one machine holds.
//!
//! Actions lie in a folder (or an object store) as Parquet with integers only; each question is one portable SQL file under
//! `sql/` (no functions of our own, no floating point), which DataFusion answers in this process, a Ballista cluster on many
//! machines, and DuckDB where somebody prefers it (Spark and Sail should do too, and were not tried). The answers are the
//! kernel's, byte for byte: a test holds them against `network::together`.
//!
//! This crate stands outside the default members of the workspace: it builds some 160 crates that the main job has no use
//! for. It knows nothing of cases; `redress together --engine …` starts its program, `redress-cluster`.
//!
//! | file | what it is |
//! | --- | --- |
//! | `store` | actions as integers in Parquet, names beside them |
//! | `question` | what can be asked, and its SQL |
//! | `engine` | who answers: this process, or a cluster |
//! | `plain` | the same answers in a few lines without SQL: the judge of the others |
//! | `edges` | the answer of `together` with names and chance, as `redress together` writes it |
//! | `server` | the scheduler and the executors of a cluster |

pub mod edges;
pub mod engine;
pub mod plain;
pub mod question;
pub mod server;
pub mod store;

pub use engine::{Engine, Session};
pub use question::Question;
pub use store::{Row, Store};
