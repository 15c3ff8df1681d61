//! Who can be told, in which order, with what they need and what they do not do.

use crate::day::Day;
use crate::library::Library;
use crate::rows::{Channel, ChannelKind};
use crate::situation::Situation;
use crate::text::Text;

/// A recipient for this case.
#[derive(Debug, Clone)]
pub struct ChannelMatch<'a> {
    /// The row.
    pub channel: &'a Channel,
    /// Whether it comes before everything else, because harm could happen now.
    pub now: bool,
}

impl ChannelMatch<'_> {
    /// Returns the sentence on the channel's state: what was known and when, and how far the row can be relied on.
    pub fn status_shown(&self, today: Day) -> Text {
        let standing = self.channel.origin.standing_shown(today);
        let status = &self.channel.status;
        let as_of = &self.channel.status_as_of;
        if status.is_empty() {
            return standing;
        }
        let (when, cuando) = if as_of.is_empty() {
            (String::new(), String::new())
        } else {
            (format!(" (as of {as_of})"), format!(" (al {as_of})"))
        };
        Text::new(
            format!("Status: {}{when}. {}", bare(&status.en), standing.en),
            format!("Estado: {}{cuando}. {}", bare(status.in_lang(crate::Lang::Es)), standing.es),
        )
    }
}

fn bare(sentence: &str) -> &str {
    sentence.trim_end_matches('.')
}

/// Returns everyone who can be told, emergency first, then by rank. There are always several.
///
/// None of them promises to answer, and each is listed with its last known status, gone or not: a person who looks for
/// the task force must find what became of it.
pub fn recipients<'a>(library: &'a Library, situation: &Situation<'_>) -> Vec<ChannelMatch<'a>> {
    library
        .channels
        .iter()
        .filter(|channel| fits(channel, situation))
        .map(|channel| ChannelMatch {
            channel,
            now: situation.urgent
                && matches!(channel.kind, ChannelKind::Emergency | ChannelKind::LawEnforcement),
        })
        .collect()
}

fn fits(channel: &Channel, situation: &Situation<'_>) -> bool {
    let state = channel.states.is_empty() || channel.states.iter().any(|state| state == situation.state);
    let way = channel.ways.iter().any(|way| situation.platforms.contains(way));
    let online = situation.platforms.iter().any(|platform| {
        use values::Platform::{InPerson, Letter, Phone, Sms, Unknown};
        !matches!(platform, InPerson | Letter | Phone | Sms | Unknown)
    });
    let platform = channel.kind != ChannelKind::Platform || online;
    let dangerous =
        channel.kind == ChannelKind::LawEnforcement && (situation.urgent || !situation.exposures.is_empty());
    state
        && platform
        && (situation.is_role(&channel.roles) || way)
        && (dangerous || situation.touches(&channel.kinds, &channel.exposures))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Row;
    use record::{Kind, Role};
    use values::Platform;

    fn ids(role: Role, kinds: &[Kind], platforms: &[Platform]) -> Vec<&'static str> {
        let situation = Situation {
            role,
            state: "GA",
            speaker_states: &[],
            kinds,
            exposures: &[],
            platforms,
            urgent: true,
            first_publication: None,
            learned: None,
        };
        recipients(Library::shipped(), &situation).into_iter().map(|found| found.channel.id()).collect()
    }

    #[test]
    fn emergency_first_and_carriers_to_their_inspectors() {
        let carrier = ids(Role::Postal, &[Kind::Threat], &[Platform::X]);
        assert_eq!(carrier[0], "local-911");
        assert!(carrier.contains(&"uspis") && !carrier.contains(&"eoldn") && !carrier.contains(&"usps-oig"));
        assert!(ids(Role::Postal, &[Kind::FalseClaim], &[]).contains(&"usps-oig"));
        let clerk = ids(Role::ElectionOfficial, &[Kind::Threat], &[Platform::X]);
        assert!(clerk.contains(&"eoldn") && clerk.contains(&"doj-ettf") && !clerk.contains(&"uspis"));
        assert!(
            ids(Role::Voter, &[Kind::Threat], &[Platform::Letter]).contains(&"uspis"),
            "a threat by letter"
        );
    }

    #[test]
    fn an_uncertain_channel_says_so_with_its_date() {
        let row = Library::shipped().channels.iter().find(|row| row.id() == "doj-ettf").unwrap();
        let text = ChannelMatch { channel: row, now: false }.status_shown("2026-11-23".parse().unwrap());
        assert!(text.en.contains("UNCERTAIN") && text.en.contains("2025-06-10"), "{}", text.en);
    }
}
