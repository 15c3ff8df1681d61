//! The name an account goes by on its platform.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An account's handle as it was shown, without a leading `@`. A handle can change hands: it identifies nobody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Handle(String);

impl Handle {
    /// Takes `given` as a handle, less white space and one leading `@`. Returns `None` where nothing is left.
    pub fn new(given: &str) -> Option<Self> {
        let bare = given.trim();
        let bare = bare.strip_prefix('@').unwrap_or(bare);
        (!bare.is_empty()).then(|| Self(bare.to_owned()))
    }

    /// Returns the handle as given, without `@`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the form two handles are compared in: lower case.
    pub fn compare(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leading_at_sign_is_not_part_of_the_handle() {
        let handle = Handle::new(" @Example_Watcher ").unwrap();
        assert_eq!(handle.as_str(), "Example_Watcher");
        assert_eq!(handle.compare(), "example_watcher");
        assert_eq!(handle.to_string(), "@Example_Watcher");
        assert_eq!(Handle::new("@"), None);
    }
}
