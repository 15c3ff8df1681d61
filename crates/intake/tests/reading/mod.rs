//! Reads a sample and lays out what came of it.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeSet;

use intake::{Limits, Options, Refused, Slice, Summary};
use record::{Incident, Item, Observation, Post, State};

/// What was read of one sample.
pub struct Got {
    pub summary: Summary,
    pub posts: Vec<(Post, Observation)>,
    pub codes: Vec<String>,
    pub incidents: Vec<Incident>,
}

impl Got {
    pub fn post(&self, key: &str) -> &(Post, Observation) {
        self.posts
            .iter()
            .find(|(post, observation)| post.key.as_str() == key && observation.state != State::Unavailable)
            .unwrap_or_else(|| panic!("no {key} among {:?}", self.keys()))
    }

    pub fn keys(&self) -> BTreeSet<&str> {
        let shown = self.posts.iter().filter(|(_, observation)| observation.state != State::Unavailable);
        shown.map(|(post, _)| post.key.as_str()).collect()
    }

    pub fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|known| known == code)
    }
}

pub fn try_read(name: &str, bytes: &[u8], options: &Options) -> Result<Got, Refused> {
    let mut items: Vec<Item> = Vec::new();
    let summary = intake::read(&Slice::new(name, bytes), options, &mut items)?;
    let (mut posts, mut codes, mut incidents) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Post { post, observation } => posts.push((*post, observation)),
            Item::Trouble(trouble) => codes.push(trouble.code.into_owned()),
            Item::Incident { incident, .. } => incidents.push(*incident),
            Item::Leftover { .. } => {}
        }
    }
    Ok(Got { summary, posts, codes, incidents })
}

pub fn plain() -> Options {
    Options::plain(Limits::ordinary())
}

pub fn got(path: &str) -> Got {
    let name = path.rsplit('/').next().unwrap_or(path);
    try_read(name, samples::bytes(path), &plain()).unwrap_or_else(|refused| panic!("{path}: {refused}"))
}
