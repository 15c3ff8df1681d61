//! Provisions, platform rules, recipients, deadlines, comparable cases and the plan: data with sources and dates, and
//! the matching of it to a case.
//!
//! It maps and cites. It never advises, and never concludes that a law was broken or that a post is false: a provision is
//! a list of questions which a person answers with exhibits, a deadline is a “possible last day” to check with counsel,
//! a claim is “matches row X; found so by these sources, as of that day”. Doctrine that protects speakers stands beside
//! every claim, so that weak claims look weak.
//!
//! The data lies in `data/*.toml` (English) and `data/*.es.toml` (Spanish), is part of the program, and is documented in
//! `data/README.md` for people who do not program. A row whose source nobody read is shown as unverified wherever it
//! appears, one older than 180 days as stale.
//!
//! This crate knows no disk, clock, randomness or internet (`today` is an argument), nothing of posts' texts or accounts,
//! and no verdicts of its own.
//!
//! ```
//! use law::{Library, Situation, Lang};
//! use record::{Kind, Role};
//! use values::{Moment, SaidBy};
//!
//! let library = Library::shipped();
//! let situation = Situation {
//!     role: Role::Postal,
//!     state: "PA",
//!     speaker_states: &[],
//!     kinds: &[Kind::FalseClaim, Kind::Threat],
//!     exposures: &[],
//!     platforms: &[values::Platform::X],
//!     urgent: false,
//!     first_publication: None,
//!     learned: None,
//! };
//! let first = Moment::parse("2024-10-29T22:00:00Z", SaidBy::Platform).unwrap();
//! let today = "2026-11-23".parse().unwrap();
//! let deadlines = law::deadlines(library, &situation, first, today);
//! let libel = deadlines.iter().find(|d| d.id == "def-pa").unwrap();
//! assert_eq!(libel.last_day.to_string(), "2025-10-29");
//! assert!(libel.passed);
//! assert!(law::recipients(library, &situation).iter().any(|m| m.channel.origin.id == "uspis"));
//! assert!(library.rules.len() > 30);
//! assert!(!deadlines[0].what.in_lang(Lang::Es).is_empty());
//! ```

pub mod calendar;
pub mod check;
mod day;
mod deadlines;
mod form;
pub mod honest;
mod library;
pub mod pack;
mod plan;
mod precedents;
mod printed;
mod provisions;
mod recipients;
mod recording;
mod rows;
mod rules;
mod shown;
pub mod silence;
mod situation;
mod text;

pub use day::{Day, days_after, days_between, earliest_day, months_after};
pub use deadlines::{Deadline, DeadlineKind, deadlines, unsettled_shown};
pub use form::{FilledField, Form, fill};
pub use library::{Library, LibraryError, RowView, ages_shown};
pub use plan::{Known, Plan, PlanStep, plan, plan_since};
pub use precedents::precedents;
pub use printed::{printed_deadlines, printed_disclaimer, printed_recipients, wrapped};
pub use provisions::{
    Element, ExhibitFacts, Place, ProvisionMatch, disclaimer, exhibits_for, is_weak, missing, not_covering,
    provisions,
};
pub use recipients::{ChannelMatch, recipients};
pub use recording::{Consent, Recording, recording};
pub use rows::{
    Channel, ChannelKind, ClaimRow, CountsFrom, Defendant, ElementRow, Fill, ForWhom, FormField, Limit,
    LimitFrom, LimitKind, Origin, Phase, PlatformRule, Precedent, PrecedentType, Provision, ProvisionKind,
    Route, Row, STALE_AFTER_DAYS, Speaks, Standing, StateDefamation, Step, Support,
};
pub use rules::{RuleMatch, Version, rules};
pub use shown::{exposure_shown, kind_shown, role_shown};
pub use situation::{STATES, Situation, is_state};
pub use text::{Lang, Text, platform_shown};

/// Returns the shipped claims as the record knows them, in English: what the detector matches posts against.
pub fn claims() -> Vec<record::Claim> {
    claims_in(Lang::En)
}

/// Returns the shipped claims with their texts in `lang`; the paraphrases are the same in both.
pub fn claims_in(lang: Lang) -> Vec<record::Claim> {
    Library::shipped_claims().claims_in(lang)
}
