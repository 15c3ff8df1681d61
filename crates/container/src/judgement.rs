//! What came out of looking at one container.

use std::fmt;

use serde::Serialize;
use values::{Place, Severity, Trouble};

/// What a container is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Web archive records, ISO 28500, plain or gzipped.
    Warc,
    /// A web archive collection: a ZIP with WARC files, an index, pages and a manifest.
    Wacz,
    /// A ZIP that is nothing more special.
    Zip,
    /// A gzip stream that holds no WARC.
    Gzip,
    /// A BagIt bag, RFC 8493.
    Bag,
    /// A Concordance load file.
    Dat,
    /// An Opticon image load file.
    Opt,
}

/// The worst that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Every rule that was checked holds.
    Valid,
    /// It holds, and something weakens it.
    Warn,
    /// A rule is broken, or something could not be read.
    Invalid,
    /// Refused before reading further.
    Reject,
}

impl Verdict {
    /// Returns the word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Warn => "warn",
            Self::Invalid => "invalid",
            Self::Reject => "reject",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A container judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// What it was read as.
    pub format: Format,
    /// The worst of the troubles; notes leave it valid.
    pub verdict: Verdict,
    /// How many records could be read whole; `None` for a format without records.
    pub records: Option<u64>,
    /// Everything that was found, in the order in which it was found.
    pub troubles: Vec<Trouble>,
}

impl Judgement {
    /// Returns the code of the first of the worst troubles, or `ok`.
    pub fn code(&self) -> &str {
        let worst = self.troubles.iter().map(|trouble| trouble.severity).max();
        match worst {
            Some(worst) if worst > Severity::Note => {
                self.troubles.iter().find(|t| t.severity == worst).map_or("ok", |t| &t.code)
            }
            _ => "ok",
        }
    }
}

/// Troubles as they are found, never more than a limit of them.
#[derive(Debug, Clone)]
pub struct Troubles {
    found: Vec<Trouble>,
    most: usize,
    more: u64,
    worst_unlisted: Option<Severity>,
}

impl Troubles {
    /// Returns an empty list that keeps at most `most`.
    pub const fn new(most: usize) -> Self {
        Self { found: Vec::new(), most, more: 0, worst_unlisted: None }
    }

    /// Adds one; beyond the limit it is only counted, unless it is worse than all listed ones.
    pub fn push(&mut self, trouble: Trouble) {
        let worst = self.worst();
        if self.found.len() < self.most || Some(trouble.severity) > worst {
            self.found.push(trouble);
        } else {
            self.more += 1;
            self.worst_unlisted = self.worst_unlisted.max(Some(trouble.severity));
        }
    }

    /// Adds all of `others`, each said to be inside the archive member `path`.
    pub fn extend_inside(&mut self, path: &str, others: Vec<Trouble>) {
        for mut trouble in others {
            trouble.place = Some(trouble.place.unwrap_or_else(Place::whole).inside(path));
            self.push(trouble);
        }
    }

    /// Adds all of `others` as they are.
    pub fn extend(&mut self, others: Vec<Trouble>) {
        for trouble in others {
            self.push(trouble);
        }
    }

    /// Returns the worst severity so far.
    pub fn worst(&self) -> Option<Severity> {
        self.found.iter().map(|trouble| trouble.severity).max()
    }

    /// Returns whether the container was refused.
    pub fn refused(&self) -> bool {
        self.worst() == Some(Severity::Reject)
    }

    /// Returns everything added, and one more trouble that counts what was left out.
    pub fn into_vec(mut self) -> Vec<Trouble> {
        if let (true, Some(severity)) = (self.more > 0, self.worst_unlisted) {
            let what = format!("{} further troubles of the same file are not listed.", self.more);
            let next = "Deal with the listed ones first, then check the file again.";
            self.found.push(Trouble::new("container.more_troubles", severity, what, next));
        }
        self.found
    }

    /// Returns the judgement that these troubles make.
    pub fn judge(self, format: Format, records: Option<u64>) -> Judgement {
        let verdict = match self.worst() {
            None | Some(Severity::Note) => Verdict::Valid,
            Some(Severity::Warn) => Verdict::Warn,
            Some(Severity::Invalid) => Verdict::Invalid,
            Some(Severity::Reject) => Verdict::Reject,
        };
        Judgement { format, verdict, records, troubles: self.into_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_first_of_the_worst_and_nothing_worse_is_lost_to_the_limit() {
        let mut troubles = Troubles::new(2);
        for (code, severity) in [
            ("a.note", Severity::Note),
            ("b.warn", Severity::Warn),
            ("c.warn", Severity::Warn),
            ("d.invalid", Severity::Invalid),
            ("e.invalid", Severity::Invalid),
        ] {
            troubles.push(Trouble::new(code, severity, "What.", "Next."));
        }
        let judgement = troubles.judge(Format::Zip, None);
        assert_eq!((judgement.verdict, judgement.code()), (Verdict::Invalid, "d.invalid"));
        assert_eq!(judgement.troubles.len(), 4);
        assert!(judgement.troubles[3].what.starts_with("2 further"));
    }
}
