//! What every test of an action begins with: a fixed hour, a person, and an empty case.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::Path;
use std::time::Duration;

use actions::library::Rows;
use actions::{Context, Quiet, new};
use record::{Actor, PrivateSet, Role};
use values::{Moment, Precision, SaidBy};

pub fn now() -> Moment {
    Moment::from_millis(1_762_400_000_000, Precision::Millisecond, SaidBy::Redress)
}

/// Robin at work, with a clock that stands still.
pub fn context() -> Context<'static> {
    Context {
        now: &now,
        clock: &|| Duration::ZERO,
        actor: Actor::person("Robin"),
        redress: "test",
        progress: &Quiet,
        rows: &Rows::shipped,
    }
}

/// The case of a postal worker in Pennsylvania, in `folder/case`.
pub fn new_case(folder: &Path, private: Option<&PrivateSet>) -> case::Case {
    let request = new::Request {
        root: &folder.join("case"),
        name: None,
        role: Role::Postal,
        state: "PA",
        language: "en",
        private,
        keep_until: None,
    };
    new::new(&request, &context()).expect("a case is made").0
}
