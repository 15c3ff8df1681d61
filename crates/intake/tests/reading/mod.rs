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

/// A ZIP with stored members, written by hand so that it can lie.
pub fn zip_claiming(members: &[(&str, &[u8])], claim: Option<u32>) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let size = content.len() as u32;
        let at = bytes.len() as u32;
        let fields = |signature: &[u8], into: &mut Vec<u8>, extra: &[u8], size_claimed: u32, tail: &[u8]| {
            into.extend_from_slice(signature);
            into.extend_from_slice(extra);
            into.extend_from_slice(&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            into.extend_from_slice(&crc.sum().to_le_bytes());
            into.extend_from_slice(&size.to_le_bytes());
            into.extend_from_slice(&size_claimed.to_le_bytes());
            into.extend_from_slice(&(name.len() as u16).to_le_bytes());
            into.extend_from_slice(&[0, 0]);
            into.extend_from_slice(tail);
            into.extend_from_slice(name.as_bytes());
        };
        fields(b"PK\x03\x04", &mut bytes, &[], size, &[]);
        bytes.extend_from_slice(content);
        let tail = [&[0_u8; 10][..], &at.to_le_bytes()].concat();
        fields(b"PK\x01\x02", &mut directory, &[20, 0], claim.unwrap_or(size), &tail);
    }
    let (start, length, count) = (bytes.len() as u32, directory.len() as u32, members.len() as u16);
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&start.to_le_bytes());
    bytes.extend_from_slice(&[0, 0]);
    bytes
}

/// A ZIP with stored members that says the truth.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_claiming(members, None)
}
