//! Where a post or a message was.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! platforms {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $shown:literal;)*) => {
        /// A place in which something was said: a platform, or a way such as a letter.
        ///
        /// Written as a short lower-case word, which also opens every post key (`x:1985724259103670395`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Platform { $($(#[$doc])* #[serde(rename = $word)] $name,)* }

        impl Platform {
            /// Every platform, in the order of the enum.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the short word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// Returns the name as a reader knows it.
            pub const fn shown(self) -> &'static str {
                match self { $(Self::$name => $shown,)* }
            }
        }
    };
}

impl Platform {
    /// Returns the name as a reader of Spanish knows it: proper names stay, ways of contact are put into Spanish.
    pub const fn shown_in_spanish(self) -> &'static str {
        match self {
            Self::Email => "correo electrónico",
            Self::Sms => "mensaje de texto",
            Self::Phone => "teléfono",
            Self::Letter => "carta",
            Self::InPerson => "en persona",
            Self::Web => "página web",
            Self::Unknown => "desconocido",
            _ => self.shown(),
        }
    }
}

platforms! {
    /// X, formerly Twitter.
    X = "x", "X";
    /// Truth Social.
    TruthSocial = "truthsocial", "Truth Social";
    /// Threads.
    Threads = "threads", "Threads";
    /// TikTok.
    TikTok = "tiktok", "TikTok";
    /// Bluesky and other AT Protocol servers.
    Bluesky = "bluesky", "Bluesky";
    /// Mastodon and other ActivityPub servers.
    Mastodon = "mastodon", "Mastodon";
    /// Reddit.
    Reddit = "reddit", "Reddit";
    /// Telegram.
    Telegram = "telegram", "Telegram";
    /// WhatsApp.
    WhatsApp = "whatsapp", "WhatsApp";
    /// Facebook.
    Facebook = "facebook", "Facebook";
    /// Instagram.
    Instagram = "instagram", "Instagram";
    /// YouTube.
    YouTube = "youtube", "YouTube";
    /// Rumble.
    Rumble = "rumble", "Rumble";
    /// Electronic mail.
    Email = "email", "e-mail";
    /// Text messages (SMS, MMS).
    Sms = "sms", "text message";
    /// A telephone call or voicemail.
    Phone = "phone", "telephone";
    /// Paper mail.
    Letter = "letter", "letter";
    /// Said or done face to face.
    InPerson = "in-person", "in person";
    /// Any other page of the web.
    Web = "web", "web page";
    /// Not known from the capture.
    Unknown = "unknown", "unknown";
}

/// Why a text names no platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is no platform redress knows")]
pub struct NoSuchPlatform {
    /// The text as given.
    pub given: String,
}

impl FromStr for Platform {
    type Err = NoSuchPlatform;

    fn from_str(given: &str) -> Result<Self, NoSuchPlatform> {
        Self::ALL
            .iter()
            .copied()
            .find(|platform| platform.word() == given)
            .ok_or_else(|| NoSuchPlatform { given: given.to_owned() })
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for platform in Platform::ALL {
            assert_eq!(platform.word().parse(), Ok(*platform));
        }
        assert!("twitter".parse::<Platform>().is_err());
    }
}
