//! A platform's rule, in one version.

use record::Kind;
use serde::Deserialize;
use values::Platform;

use super::{Origin, maybe_day, row};
use crate::day::Day;
use crate::text::Text;

/// One version of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformRule {
    /// Where it comes from.
    #[serde(skip)]
    pub origin: Origin,
    /// Versions of one rule share this word.
    pub family: String,
    /// The platforms it is a rule of.
    pub platforms: Vec<Platform>,
    /// How the source calls them.
    pub platform_name: String,
    /// What it is about.
    pub topic: Text,
    /// The platform's own name for it. The same in every language: forms ask for it.
    pub clause: String,
    /// What it bans, or for a process what it offers.
    pub banned: Text,
    /// Findings it may fit.
    pub kinds: Vec<Kind>,
    /// What it says it does not cover.
    pub not_covered: Text,
    /// Who may report.
    pub who_may_report: Text,
    /// Where to report.
    pub report_route: Text,
    /// What the form or the reviewer needs.
    pub report_evidence: Text,
    /// Why a report under it leads to nothing, or to little. Empty where it leads somewhere.
    #[serde(default)]
    pub leads_nowhere: Text,
    /// Whether it is a process for police and lawyers, not a rule for posts.
    #[serde(default)]
    pub process: bool,
    /// How many days the platform keeps records on an official request, for a process.
    #[serde(default)]
    pub keeps_days: Option<u32>,
    /// The platform's address of it.
    pub official_url: String,
    /// Which text was read.
    pub rule_version: Text,
    /// The first day this text is known to have stood.
    #[serde(deserialize_with = "maybe_day")]
    pub in_force_from: Option<Day>,
    /// The last day it stood.
    #[serde(deserialize_with = "maybe_day")]
    pub in_force_until: Option<Day>,
    /// The day the copy that was read was made.
    #[serde(deserialize_with = "maybe_day")]
    pub copy_of: Option<Day>,
    /// What a reader must know before using it.
    #[serde(default)]
    pub caution: Text,
}

row!(
    PlatformRule,
    "rule",
    [
        topic,
        rule_version,
        banned,
        not_covered,
        who_may_report,
        report_route,
        report_evidence,
        leads_nowhere,
        caution
    ],
    []
);
