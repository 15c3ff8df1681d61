//! Helpers at the door of the local app: who came in, who was refused, who left.
//!
//! The passphrase they typed is in none of it, and of a try that failed only a name that is on the list: in haste people
//! write their passphrase into the field for the name.

use serde::{Deserialize, Serialize};
use values::Moment;

/// What happened at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// Somebody came in.
    In,
    /// A passphrase was wrong.
    Refused,
    /// Somebody left, or their session was ended.
    Out,
}

/// The object that a line of the ledger about the door names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// When it happened. The line can be younger: of a locked case the ledger is written once it is open again.
    pub at: Moment,
    /// Who, as the ledger writes it; `None` where nobody of the list was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// `reviewer` or `counsel`; `None` where nobody of the list was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The address they came from: one of the network, or `this computer`.
    pub from: String,
    /// How a session ended: `left`, `idle`, `ended` (by the owner), `locked` (with the case), `replaced`, `closed` (the app).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Further tries that failed since the last such line and have none of their own.
    #[serde(default, skip_serializing_if = "is_none")]
    pub more: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_none(count: &u64) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_at_the_door_is_read_back_as_it_was_written() {
        let at = Moment::parse("2026-11-26T22:00:00Z", values::SaidBy::Redress).unwrap();
        for (person, more) in [(Some("Ana".to_owned()), 0), (None, 12)] {
            let role = person.as_ref().map(|_| "reviewer".to_owned());
            let signing = Signing { at, person, role, from: "192.0.2.7".into(), why: None, more };
            let text = serde_json::to_string(&signing).unwrap();
            assert_eq!(text.contains("more"), more > 0, "{text}");
            assert_eq!(serde_json::from_str::<Signing>(&text).unwrap(), signing);
        }
    }
}
