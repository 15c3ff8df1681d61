//! Ties become a map: who acted together, who was first, how it spread, who went on after a correction, how far it reached.
//!
//! - [`together`] answers, over any table of actions, which accounts acted on the same thing within a window, exactly and
//!   with a chance level. It is the kernel behind `redress together`.
//! - [`alike`] groups texts that are the same or nearly the same.
//! - [`clusters`] finds clusters in a weighted graph.
//! - [`trace`] uses these on the posts of a case and returns a [`trace::Map`].
//! - [`mod@write`] gives both to other programs: GEXF, GraphML, SVG, CSV, Parquet; [`disarm`] names the patterns that the DISARM
//!   framework has a number for.
//!
//! This crate knows nothing of the words of posts (it compares opaque bytes), of disk, clock or network, and nothing of
//! guilt: a row states what happened when, what proves it, and what it cannot show.

pub mod together;

pub mod trace;

pub mod alike;

pub mod clusters;

pub mod layout;

pub mod write;

pub mod disarm;

mod names;
