//! An account: a name on a platform, never a person.

use std::fmt;

use compact_str::{CompactString, format_compact};
use serde::{Deserialize, Serialize};
use values::{Handle, Moment, Platform};

/// What identifies an account in a case: `platform:#id` where the platform's own id is known, else `platform:@handle`
/// with the handle in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountKey(CompactString);

impl AccountKey {
    /// Returns the key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes a text that an [`AccountKey`] wrote earlier.
    pub fn from_stored(text: impl Into<CompactString>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account as one capture shows it. Redress never asks who is behind it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Account {
    /// The platform.
    pub platform: Platform,
    /// The platform's own, lasting id, as text. Never passed through a float.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The handle at the time of capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<Handle>,
    /// The display name at the time of capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Followers at the time of capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followers: Option<u64>,
    /// Whether the platform showed a verification mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// When the account says it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Moment>,
}

impl Account {
    /// Returns an account of which nothing but the platform is known.
    pub const fn unknown(platform: Platform) -> Self {
        Self { platform, id: None, handle: None, name: None, followers: None, verified: None, created: None }
    }

    /// Returns an account known by its handle.
    pub fn with_handle(platform: Platform, handle: &str) -> Self {
        Self { handle: Handle::new(handle), ..Self::unknown(platform) }
    }

    /// Returns the key, or `None` where the capture names neither id nor handle nor display name.
    ///
    /// A display name stands in (`platform:~name`) for sources such as chats that show nothing else.
    pub fn key(&self) -> Option<AccountKey> {
        let platform = self.platform;
        if let Some(id) = &self.id {
            return Some(AccountKey(format_compact!("{platform}:#{id}")));
        }
        if let Some(handle) = &self.handle {
            return Some(AccountKey(format_compact!("{platform}:@{}", handle.compare())));
        }
        self.name.as_ref().map(|name| AccountKey(format_compact!("{platform}:~{name}")))
    }

    /// Returns what to call the account on a page: `@handle`, else the display name, else the id, else “unknown account”.
    pub fn shown(&self) -> String {
        match (&self.handle, &self.name, &self.id) {
            (Some(handle), _, _) => handle.to_string(),
            (None, Some(name), _) => name.clone(),
            (None, None, Some(id)) => format!("account {id}"),
            (None, None, None) => "unknown account".to_owned(),
        }
    }
}
