//! `redress lint`: what is wrong with a capture as evidence, before it is imported.
//!
//! Containers (WARC, WACZ, ZIP, BagIt, load files) are judged by `container`; whatever a reader knows is read too, and
//! its troubles are told. Nothing is kept.

use std::fs::File;
use std::path::{Path, PathBuf};

use container::{Rules, Verdict};
use record::{Fidelity, Item, Sink};
use serde::Serialize;
use values::{Digest, Severity, Trouble};

use crate::context::Unit;
use crate::files::{self, Found};
use crate::{ActionError, Context, asked};

/// One file judged. The fields are part of the command line's contract.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The file.
    pub file: String,
    /// The format.
    pub format: String,
    /// `valid`, `warn`, `invalid` or `reject`.
    pub verdict: Verdict,
    /// How near it is to what was sent: a rung of the strength ladder.
    pub grade: Option<Fidelity>,
    /// What that rung means: its number, the one step that would raise it, what its hash does not prove.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<Rung>,
    /// What the other side will ask about it, in the order of the troubles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<&'static str>,
    /// Posts in it.
    pub posts: u64,
    /// Records in it, for a container that has records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub records: Option<u64>,
    /// What is wrong, with what to do.
    pub troubles: Vec<Trouble>,
}

/// A rung of the strength ladder, in words.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rung {
    /// Which rung, 1 the weakest.
    pub rung: u8,
    /// How many there are.
    pub of: u8,
    /// The one step that would raise it.
    pub raise: &'static str,
    /// What its hash does not prove.
    pub not_proved: &'static str,
}

impl Rung {
    /// Returns the rung in English.
    pub fn of(grade: Fidelity) -> Self {
        let strength = grade.strength();
        Self {
            rung: strength.rung,
            of: record::strength::RUNGS,
            raise: strength.raise.0,
            not_proved: strength.not_proved.0,
        }
    }
}

impl Line {
    /// Adds what the grade and the troubles mean.
    fn explained(mut self) -> Self {
        self.strength = self.grade.map(Rung::of);
        for trouble in &self.troubles {
            if let Some(question) = asked::question(&trouble.code)
                && !self.asked.contains(&question)
            {
                self.asked.push(question);
            }
        }
        self
    }
}

/// Judges files; `each` takes the lines as they come.
pub fn lint(
    paths: &[PathBuf],
    rules: &Rules,
    context: &Context<'_>,
    mut each: impl FnMut(Line) -> Result<(), ActionError>,
) -> Result<(), ActionError> {
    let mut bags = Vec::new();
    let mut plain = Vec::new();
    for path in paths {
        if path.join("bagit.txt").is_file() {
            bags.push(path.clone());
        } else {
            plain.push(path.clone());
        }
    }
    let found = files::find(&plain)?;
    context.progress.begin("Judging", Some((found.len() + bags.len()) as u64), Unit::Items);
    for path in &bags {
        let judgement = crate::verify::judge_bag(path, rules)?;
        each(
            Line {
                file: path.display().to_string(),
                format: "bag".to_owned(),
                verdict: judgement.verdict,
                grade: None,
                posts: 0,
                records: judgement.records,
                troubles: judgement.troubles,
                strength: None,
                asked: Vec::new(),
            }
            .explained(),
        )?;
        context.progress.advance(1);
    }
    for file in &found {
        context.progress.say(&file.name);
        each(one(file, rules, context)?.explained())?;
        context.progress.advance(1);
    }
    context.progress.end();
    Ok(())
}

fn one(found: &Found, rules: &Rules, context: &Context<'_>) -> Result<Line, ActionError> {
    let mut file = File::open(&found.path).map_err(ActionError::file("read", &found.path))?;
    if is_container(&found.path, &mut file)? {
        let judgement = container::lint(&found.name, &mut file, rules);
        let format = serde_json::to_value(judgement.format).ok();
        let format = format.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let mut line = Line {
            file: found.name.clone(),
            format,
            verdict: judgement.verdict,
            grade: None,
            posts: 0,
            records: judgement.records,
            troubles: judgement.troubles,
            strength: None,
            asked: Vec::new(),
        };
        // A plain archive is also read for what is inside it; what is refused as a container is not opened further.
        if matches!(line.format.as_str(), "zip" | "gzip") && line.verdict != Verdict::Reject {
            let inside = read(found, context)?;
            line.posts = inside.posts;
            line.grade = inside.grade;
            line.verdict = line.verdict.max(inside.verdict);
            line.troubles.extend(inside.troubles);
        }
        return Ok(line);
    }
    read(found, context)
}

/// Tells whether the file is one of the containers, by its first bytes or, for load files, its name.
fn is_container(path: &Path, file: &mut File) -> Result<bool, ActionError> {
    use std::io::{Read as _, Seek as _};
    let mut head = [0; 8];
    let mut filled = 0;
    while filled < head.len() {
        match file.read(&mut head[filled..]).map_err(ActionError::file("read", path))? {
            0 => break,
            count => filled += count,
        }
    }
    file.rewind().map_err(ActionError::file("read", path))?;
    let head = &head[..filled];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let named = matches!(ending.as_deref(), Some("warc" | "wacz" | "dat" | "opt" | "zip"))
        || path.to_string_lossy().to_ascii_lowercase().ends_with(".warc.gz");
    Ok(named
        || head.starts_with(b"WARC/")
        || head.starts_with(b"PK\x03\x04")
        || head.starts_with(&[0x1f, 0x8b]))
}

#[derive(Default)]
struct Ear {
    troubles: Vec<Trouble>,
    grade: Option<Fidelity>,
}

impl Sink for Ear {
    fn take(&mut self, item: Item) {
        match item {
            Item::Trouble(trouble) => self.troubles.push(trouble),
            Item::Post { observation, .. } => {
                self.grade =
                    Some(self.grade.map_or(observation.fidelity, |known| known.min(observation.fidelity)));
            }
            _ => {}
        }
    }
}

fn read(found: &Found, context: &Context<'_>) -> Result<Line, ActionError> {
    let bytes = std::fs::read(&found.path).map_err(ActionError::file("read", &found.path))?;
    let stripped = intake::strip(&found.name, &bytes);
    let mut ear = Ear::default();
    if let Some(stripped) = &stripped {
        ear.troubles.extend(stripped.troubles.iter().cloned());
    }
    let source = intake::Slice::with_digest(&found.name, Digest::of(&bytes), &bytes);
    let options = intake::Options::plain(intake::Limits::ordinary());
    let read = intake::read_by(context.clock, None, &source, &options, &mut ear);
    let (format, posts) = match read {
        Ok(summary) => (summary.format.to_owned(), summary.posts),
        Err(refused) => {
            let (code, what, next) = (refused.code, refused.what, refused.next);
            ear.troubles.push(Trouble {
                code: code.into(),
                severity: Severity::Reject,
                place: None,
                what,
                next,
            });
            ("unknown".to_owned(), 0)
        }
    };
    let verdict = match ear.troubles.iter().map(|trouble| trouble.severity).max() {
        None | Some(Severity::Note) => Verdict::Valid,
        Some(Severity::Warn) => Verdict::Warn,
        Some(Severity::Invalid) => Verdict::Invalid,
        Some(Severity::Reject) => Verdict::Reject,
    };
    Ok(Line {
        file: found.name.clone(),
        format,
        verdict,
        grade: ear.grade,
        posts,
        records: None,
        troubles: ear.troubles,
        strength: None,
        asked: Vec::new(),
    })
}
