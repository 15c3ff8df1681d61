//! What a row of the map cannot show: a code for the report to say in the reader's language, and the English sentence.

use serde::{Deserialize, Serialize};

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $sentence:literal;)*) => {
        /// What a row cannot show.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum CannotShow { $($(#[$doc])* #[serde(rename = $code)] $name,)* }

        impl CannotShow {
            /// Every limit.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the stable code, as in JSON.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Returns the sentence in English.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }
        }
    };
}

limits! {
    /// About who was first.
    FirstOutside = "first-outside", "Earliest in this collection; an earlier post may exist outside it.";
    /// About trees of reposts.
    RepostPath = "repost-path", "The platform names the original of a repost, not the account through which it was found.";
    /// About parents found by time and words.
    Inferred = "inferred", "Joined because the words or the link are the same and this came later; no capture states it.";
    /// About accounts that acted together.
    WhyTogether = "why-together", "Acting on the same thing at nearly the same time does not show an agreement, or one person behind two accounts.";
    /// About answers to and quotations of a correction.
    NoticeNotBelief = "notice-not-belief", "Shows that the account had the correction before it, not that its holder believed it.";
    /// About being named in a correction.
    NoticeNotRead = "notice-not-read", "Shows that the correction was addressed to the account, not that its holder read it.";
    /// About notes.
    NoteTime = "note-time", "The note is known from the time of the capture that shows it; when it first appeared is not known.";
    /// About views.
    ViewsAsShown = "views-as-shown", "Views as the platform showed them when captured; one person may count several times, and later views are not included.";
    /// About hours of messages.
    NotCause = "not-cause", "An association in time; other events of the same hours may be the cause.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_what_json_holds() {
        for limit in CannotShow::ALL {
            assert_eq!(serde_json::to_value(limit).unwrap(), limit.code());
            assert!(limit.sentence().ends_with('.'));
        }
    }
}
