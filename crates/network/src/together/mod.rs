//! Who acted together: accounts that did something to the same thing within a window of time.
//!
//! **Definitions.** A row is (account, thing, post, time). Rows equal in all four are one observation. Two rows of the same
//! thing by different accounts whose times lie at most the window apart (both ends counted) are a *pair*; of one thing,
//! two posts make at most one pair, however often a damaged export repeats them. An *edge* joins two accounts: its weight
//! is the number of pairs, `objects` the number of distinct things. Edges have no direction; who acted first is counted
//! beside. An account is never joined with itself. Times are compared, never sorted into bins, so no pair is lost at an
//! edge of a bin.
//!
//! **What it cannot show.** That two accounts acted on the same thing within a minute says nothing about why. Busy accounts
//! and popular things meet by chance; see [`Edge::chance`]. Co-action is never called inauthentic here.
//!
//! ```
//! use network::together::{Builder, Chance, Measure, Question, together};
//!
//! let mut actions = Builder::new();
//! for (account, seconds) in [("b", 0), ("a", 40), ("c", 200)] {
//!     actions.push(account, "https://example.org/", &format!("post of {account}"), seconds * 1000)?;
//! }
//! let actions = actions.finish();
//! let question = Question {
//!     within_ms: 60_000,
//!     min_weight: 1,
//!     measure: Measure::Pairs,
//!     chance: Chance::Strength,
//!     nearer_ms: vec![10_000],
//!     max_pairs_per_object: None,
//!     memory_budget: 1 << 30,
//! };
//! let answer = together(&actions, &question, &mut |_| true)?;
//! assert_eq!(answer.edges.len(), 1);
//! assert_eq!(actions.account_name(answer.edges[0].a), "a");
//! assert_eq!(answer.edges[0].mean_delta_s(), 40.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod actions;
mod chance;
mod kernel;
pub(crate) mod parquet;
mod read;
mod rows;
mod sorted;
mod table;
mod times;

pub use actions::{Actions, Builder, Numbers, TooManyNames};
pub(crate) use chance::ln_factorial;
pub use chance::{Rates, Strengths, discovery_rates};
pub use kernel::{Plan, Progress, each, rows_of, together};
pub use parquet::{ActionRow, ActionsFile, ParquetEdges};
pub use read::{
    Columns, Kind, LISTED, PARQUET_THREAD, ReadError, Table, Wanted, read_csv, read_parquet,
    read_parquet_bytes,
};
pub use table::{CsvEdges, HEADER, More, write_csv};
pub(crate) use times::Draw;

/// What `min_weight` is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The number of pairs, [`Edge::weight`].
    Pairs,
    /// The number of distinct things, [`Edge::objects`].
    Objects,
}

/// Against what chance an edge is held.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Chance {
    /// None is computed.
    None,
    /// Each account keeps the number of pairs it is in and meets others in proportion to theirs: exact, nothing is drawn.
    Strength,
    /// Who did what on which day stays; the times within a thing and day are dealt out anew. The expected weight is exact,
    /// and so is the chance of accounts that acted once in each thing and day; for others times are drawn.
    Times {
        /// How many times the times are drawn, where they must be.
        draws: u32,
        /// What the draws begin with: the same seed gives the same answer.
        seed: u64,
    },
}

/// How many shorter windows one pass counts.
pub const NEARER: usize = 4;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The window in milliseconds; two actions exactly this far apart are together.
    pub within_ms: i64,
    /// Edges below this are left out.
    pub min_weight: u64,
    /// What `min_weight` counts.
    pub measure: Measure,
    /// The chance level to compute.
    pub chance: Chance,
    /// Shorter windows, in milliseconds, whose pairs are counted in the same pass; the first [`NEARER`] are taken.
    pub nearer_ms: Vec<i64>,
    /// Leave out things that would make more pairs than this, and list them; `None` leaves out nothing.
    pub max_pairs_per_object: Option<u64>,
    /// Bytes that working memory and collected edges may take together.
    pub memory_budget: u64,
}

/// Two accounts that acted together. `a` and `b` are numbers of [`Actions::account_name`]; the name of `a` sorts first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// One account.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Pairs of actions within the window.
    pub weight: u64,
    /// Distinct things among them.
    pub objects: u32,
    /// Distinct posts of `a` among them, over all things.
    pub posts_a: u64,
    /// Distinct posts of `b` among them, over all things. Each account keeps its own count.
    pub posts_b: u64,
    /// Sum of the time differences, in milliseconds, without sign.
    pub delta_ms: u64,
    /// Pairs in which `a` acted strictly first.
    pub a_first: u64,
    /// Pairs in which `b` acted strictly first.
    pub b_first: u64,
    /// Pairs within each of [`Question::nearer_ms`].
    pub nearer: [u64; NEARER],
    /// Sum of ln(N / popularity) over the shared things: N accounts in all, popularity the accounts that acted on the
    /// thing at any time. What few others touched weighs most.
    pub rarity: f64,
    /// The weight expected by chance; `None` where no chance level was asked for.
    pub expected: Option<f64>,
    /// The probability that chance alone gives at least this weight; `None` where it was not asked for.
    pub chance: Option<f64>,
}

impl Edge {
    /// Returns an edge on which nothing is counted yet.
    pub(crate) fn between(a: u32, b: u32) -> Self {
        Self {
            a,
            b,
            weight: 0,
            objects: 0,
            posts_a: 0,
            posts_b: 0,
            delta_ms: 0,
            a_first: 0,
            b_first: 0,
            nearer: [0; NEARER],
            rarity: 0.0,
            expected: None,
            chance: None,
        }
    }

    /// Returns the mean time between the two actions of a pair, in seconds, without sign.
    pub fn mean_delta_s(&self) -> f64 {
        self.delta_ms as f64 / (1000 * self.weight.max(1)) as f64
    }

    /// Returns by how much the edge surprises: the rarity of the shared things and, where a chance level was asked for, the
    /// logarithm of the chance. `cargo xtask bench network` prints how it and rarity bring planted edges to the top.
    pub fn surprise(&self) -> f64 {
        self.rarity - self.chance.map_or(0.0, |chance| chance.max(1e-300).ln())
    }
}

/// What the answer cost and what was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bill {
    /// Rows given.
    pub rows: u64,
    /// Rows without thing or account.
    pub empty: u64,
    /// Rows that repeat another exactly.
    pub repeated: u64,
    /// Accounts that acted.
    pub accounts: u64,
    /// Things acted on.
    pub objects: u64,
    /// Pairs of rows within the window, counted before anything was put together; capped things not counted.
    pub pairs: u64,
    /// Edges given back.
    pub edges: u64,
    /// Sum of the weights given back.
    pub weight: u64,
    /// The things that make most pairs, most first, at most 20, and every capped thing.
    pub hot: Vec<Hot>,
}

/// A thing that makes many pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hot {
    /// The thing, a number of [`Actions::object_name`].
    pub object: u32,
    /// Its actions.
    pub actions: u64,
    /// Its pairs within the window.
    pub pairs: u64,
    /// Whether it was left out because of [`Question::max_pairs_per_object`]; it can be run alone.
    pub capped: bool,
}

/// The edges, sorted by name of `a`, then of `b`, byte by byte; and the bill.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The edges.
    pub edges: Vec<Edge>,
    /// The bill.
    pub bill: Bill,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A window below zero.
    #[error("The window is {0} ms. Give a window of 0 s or more.")]
    Window(i64),
    /// The work does not fit the memory allowed.
    #[error(
        "This needs at least {needed} bytes of memory and {allowed} are allowed. Allow more, or ask for a higher weight, a shorter window or part of the things."
    )]
    Memory {
        /// Bytes needed at least.
        needed: u64,
        /// Bytes allowed.
        allowed: u64,
    },
    /// The caller asked to stop.
    #[error("Stopped. Nothing was changed; ask again when ready.")]
    Stopped,
}
