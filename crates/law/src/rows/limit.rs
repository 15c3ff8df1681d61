//! A time limit other than for defamation: other claims, notices to public bodies, records that expire.

use record::{Kind, Role};
use serde::{Deserialize, Serialize};
use values::Platform;

use super::{Origin, row};
use crate::text::Text;

/// What sort of limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitKind {
    /// The time to bring a claim.
    Claim,
    /// The time to tell a public body that a claim will come.
    NoticeOfClaim,
    /// How long somebody keeps records that are evidence.
    Retention,
    /// A rule about public records: answers and appeals.
    PublicRecords,
    /// How long a prosecutor has.
    Prosecution,
}

/// What a limit is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitFrom {
    /// The first publication.
    Publication,
    /// The day a request is made; shown as counted from today.
    Request,
}

/// A time limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Where it comes from.
    #[serde(skip)]
    pub origin: Origin,
    /// What sort.
    pub kind: LimitKind,
    /// What ends, in words.
    pub what: Text,
    /// `US`, a state, or `DC`.
    pub jurisdiction: String,
    /// For whom. Empty: anyone.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// For which findings. Empty: any.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// For which platforms. Empty: any.
    #[serde(default)]
    pub platforms: Vec<Platform>,
    /// Length in months.
    #[serde(default)]
    pub months: Option<u32>,
    /// Length in days.
    #[serde(default)]
    pub days: Option<u32>,
    /// From when.
    pub from: LimitFrom,
    /// The statute or page. The same in every language.
    pub citation: String,
    /// The rule, in words.
    pub rule: Text,
}

row!(Limit, "limit", [what, rule], []);
