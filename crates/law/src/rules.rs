//! The platform's rules that a post may touch: the version in force on the day of the post, the route of today.

use record::Kind;
use values::Platform;

use crate::day::Day;
use crate::library::Library;
use crate::rows::PlatformRule;
use crate::text::{Lang, Text};

/// How sure it is that the text shown stood on the day of the post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// The source dates the text, and the day lies within.
    InForce,
    /// The source does not date the text; it was read in a copy made on another day.
    Undated,
    /// The text that was in force that day is not in the library; this is a later or earlier one.
    NotHeld,
}

/// A rule that a post of some day may touch.
#[derive(Debug, Clone, Copy)]
pub struct RuleMatch<'a> {
    /// The version for the day of the post: its words are the ones to quote.
    pub rule: &'a PlatformRule,
    /// The newest version: its route is the one to use.
    pub today: &'a PlatformRule,
    /// How sure it is that `rule` stood on that day.
    pub version: Version,
}

impl<'a> RuleMatch<'a> {
    /// Returns where to report today.
    pub fn route(&self) -> &'a Text {
        &self.today.report_route
    }

    /// Returns why a report leads to little or nothing today; `None` where it leads somewhere.
    pub fn leads_nowhere(&self) -> Option<&'a Text> {
        Some(&self.today.leads_nowhere).filter(|text| !text.is_empty())
    }

    /// Returns the sentence on the version, to stand beside the quoted words.
    pub fn version_shown(&self) -> Text {
        let (version, vigente) = (&self.rule.rule_version.en, self.rule.rule_version.in_lang(Lang::Es));
        match self.version {
            Version::InForce => Text::new(
                format!("Version in force on the day of the post ({version})."),
                format!("Versión vigente el día de la publicación ({vigente})."),
            ),
            Version::Undated => Text::new(
                format!(
                    "Read in this version: {version}. The platform does not date the text; whether the same words stood on the day of the post was not checked."
                ),
                format!(
                    "Leída en esta versión: {vigente}. La plataforma no fecha el texto; no se ha comprobado si las mismas palabras regían el día de la publicación."
                ),
            ),
            Version::NotHeld => Text::new(
                format!(
                    "The text in force on the day of the post is not in this library. This is another version: {version}. Look the older text up before quoting it."
                ),
                format!(
                    "El texto vigente el día de la publicación no está en esta biblioteca. Esta es otra versión: {vigente}. Busque el texto anterior antes de citarlo."
                ),
            ),
        }
    }
}

/// Returns the rules of `platform` that may fit findings of `kinds` on a post of the day `on`, one version per rule, in
/// the order of the library; rules for posts before processes for police and lawyers.
pub fn rules<'a>(library: &'a Library, platform: Platform, kinds: &[Kind], on: Day) -> Vec<RuleMatch<'a>> {
    let mut families: Vec<&str> = Vec::new();
    let fits = |rule: &PlatformRule| {
        rule.platforms.contains(&platform) && rule.kinds.iter().any(|kind| kinds.contains(kind))
    };
    for rule in library.rules.iter().filter(|rule| fits(rule)) {
        if !families.contains(&rule.family.as_str()) {
            families.push(&rule.family);
        }
    }
    let mut found: Vec<RuleMatch<'a>> = families
        .into_iter()
        .filter_map(|family| {
            let versions: Vec<&PlatformRule> = library
                .rules
                .iter()
                .filter(|rule| rule.family == family && rule.platforms.contains(&platform))
                .collect();
            let today =
                *versions.iter().max_by_key(|rule| (rule.in_force_until.is_none(), rule.in_force_from))?;
            let (rule, version) = version_on(&versions, on)?;
            // The version of the day may not have covered this kind at all: then there was no such rule to point to.
            rule.kinds.iter().any(|kind| kinds.contains(kind)).then_some(RuleMatch { rule, today, version })
        })
        .collect();
    found.sort_by_key(|found| found.rule.process);
    found
}

fn version_on<'a>(versions: &[&'a PlatformRule], on: Day) -> Option<(&'a PlatformRule, Version)> {
    let ended = |rule: &PlatformRule| rule.in_force_until.is_some_and(|until| until < on);
    let dated = versions
        .iter()
        .filter(|rule| rule.in_force_from.is_some_and(|from| from <= on) && !ended(rule))
        .max_by_key(|rule| rule.in_force_from);
    if let Some(rule) = dated {
        return Some((rule, Version::InForce));
    }
    if let Some(rule) = versions.iter().find(|rule| rule.in_force_from.is_none() && !ended(rule)) {
        return Some((rule, Version::Undated));
    }
    // Every version begins later (or ended): the nearest later one, else the last.
    let later =
        versions.iter().filter(|rule| rule.in_force_from > Some(on)).min_by_key(|rule| rule.in_force_from);
    later.or(versions.last()).map(|rule| (*rule, Version::NotHeld))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Row;

    #[test]
    fn the_version_of_the_day_is_quoted_and_the_route_is_todays() {
        let check = |on: &str, id: &str, version: Version| {
            let found = rules(Library::shipped(), Platform::X, &[Kind::Intimidation], on.parse().unwrap());
            let civic = found.iter().find(|found| found.rule.family == "x-civic").unwrap();
            assert_eq!((civic.rule.id(), civic.version), (id, version), "{on}");
            assert!(civic.leads_nowhere().unwrap().en.contains("Community Note"));
        };
        check("2024-10-29", "x-civic-2024", Version::InForce);
        check("2025-10-31", "x-civic-2024", Version::InForce);
        check("2025-11-01", "x-civic", Version::InForce);
        check("2022-10-01", "x-civic-2024", Version::NotHeld);
    }

    #[test]
    fn an_older_text_that_is_not_held_says_so() {
        let on = "2024-10-29".parse().unwrap();
        let found = rules(Library::shipped(), Platform::X, &[Kind::Threat], on);
        let violent = found.iter().find(|found| found.rule.id() == "x-violent").unwrap();
        assert_eq!(violent.version, Version::NotHeld);
        assert!(violent.version_shown().en.contains("not in this library"));
        assert!(rules(Library::shipped(), Platform::Letter, &[Kind::Threat], on).is_empty());
    }
}
