//! The person whose case it is, and what of theirs must never leak.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use values::{Email, Handle, Phone, Plate};

/// What the person does or did, which decides who is responsible for them and which laws may protect them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs elections: clerk, director, secretary, board member.
    ElectionOfficial,
    /// Works for an election office or at a polling place.
    ElectionWorker,
    /// Works for the postal service.
    Postal,
    /// Works for a company an election office pays.
    Contractor,
    /// Helps unpaid.
    Volunteer,
    /// Voted, or dropped off ballots as a private person.
    Voter,
    /// Stands for election.
    Candidate,
    /// Belongs to the family of one of these.
    Relative,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::ElectionOfficial,
        Self::ElectionWorker,
        Self::Postal,
        Self::Contractor,
        Self::Volunteer,
        Self::Voter,
        Self::Candidate,
        Self::Relative,
    ];

    /// Returns the word used on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ElectionOfficial => "election-official",
            Self::ElectionWorker => "election-worker",
            Self::Postal => "postal",
            Self::Contractor => "contractor",
            Self::Volunteer => "volunteer",
            Self::Voter => "voter",
            Self::Candidate => "candidate",
            Self::Relative => "relative",
        }
    }
}

impl Role {
    /// Returns the words people use for it, which are taken beside [`Role::word`].
    pub const fn also(self) -> &'static [&'static str] {
        match self {
            Self::ElectionOfficial => &[
                "clerk",
                "registrar",
                "county-clerk",
                "town-clerk",
                "election-director",
                "board-member",
                "secretary-of-state",
            ],
            Self::ElectionWorker => {
                &["poll-worker", "election-judge", "election-inspector", "election-clerk", "ballot-counter"]
            }
            Self::Postal => {
                &["postal-worker", "mail-carrier", "letter-carrier", "carrier", "postmaster", "usps"]
            }
            Self::Contractor => &["vendor", "ballot-courier"],
            Self::Volunteer => &["poll-watcher", "poll-observer", "observer"],
            Self::Voter => &["absentee-voter", "mail-voter"],
            Self::Candidate => &["nominee"],
            Self::Relative => &["family", "spouse", "parent", "child"],
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, String> {
        let word = given.trim().to_lowercase().replace([' ', '_'], "-");
        Self::ALL
            .into_iter()
            .find(|role| role.word() == word || role.also().contains(&word.as_str()))
            .ok_or_else(|| {
                let roles = Self::ALL.map(|role| format!("{} ({})", role.word(), role.also().join(", ")));
                format!("“{given}” is not one of {}", roles.join("; "))
            })
    }
}

/// What the case may say about the person: nothing that identifies them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// What they do.
    pub role: Role,
    /// The state they live in: two capital letters, `DC` included.
    pub state: String,
    /// The language packages are written in unless asked otherwise: `en` or `es`.
    pub language: String,
}

/// What must never leak: the person's own names and ways to be found (`private.toml`).
///
/// Used in two ways only: to recognise an exposure of exactly these, and to redact them from what leaves.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PrivateSet {
    /// Names the person goes by.
    pub names: Vec<String>,
    /// Home and other private addresses, one line each.
    pub addresses: Vec<String>,
    /// Private telephone numbers.
    pub phones: Vec<Phone>,
    /// Private e-mail addresses.
    pub emails: Vec<Email>,
    /// Licence plates.
    pub plates: Vec<Plate>,
    /// Names of family members.
    pub family: Vec<String>,
    /// Schools of the family's children.
    pub schools: Vec<String>,
    /// Employers or places of work that are not public.
    pub workplaces: Vec<String>,
    /// The person's own accounts.
    pub handles: Vec<Handle>,
    /// Anything else that must not leave, word for word.
    pub other: Vec<String>,
}

impl PrivateSet {
    /// Tells whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Debug for PrivateSet {
    /// Writes how much there is and none of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.names.len()
            + self.addresses.len()
            + self.phones.len()
            + self.emails.len()
            + self.plates.len()
            + self.family.len()
            + self.schools.len()
            + self.workplaces.len()
            + self.handles.len()
            + self.other.len();
        write!(f, "PrivateSet({count} entries)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_may_say_what_they_do_in_their_own_words() {
        let check = |given: &str, role: Role| assert_eq!(given.parse(), Ok(role), "{given}");
        check("poll-worker", Role::ElectionWorker);
        check("Poll Worker", Role::ElectionWorker);
        check("clerk", Role::ElectionOfficial);
        check("mail-carrier", Role::Postal);
        check("postal_worker", Role::Postal);
        check("voter", Role::Voter);
        let error = "astronaut".parse::<Role>().unwrap_err();
        assert!(error.contains("election-worker (poll-worker"), "{error}");
        let mut words: Vec<&str> = Role::ALL.iter().flat_map(|role| role.also().iter().copied()).collect();
        words.extend(Role::ALL.map(Role::word));
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all, "no word means two roles");
    }
}
