//! An address of the web.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A link as it was given. Never opened by redress.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Link(String);

/// Query parameters that only say how a reader came to the page.
const TRACKING: [&str; 12] = [
    "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref_src", "ref_url", "s", "si", "t", "feature",
    "mibextid",
];

impl Link {
    /// Takes `given` as a link. An empty or blank text is not a link: `None`.
    pub fn new(given: &str) -> Option<Self> {
        let bare = given.trim();
        (!bare.is_empty()).then(|| Self(bare.to_owned()))
    }

    /// Returns the link as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the form two links are compared in.
    ///
    /// Scheme, `www.`, `m.` and `mobile.`, the fragment, a trailing slash and parameters that only track the reader are
    /// dropped, the host is lower case, and `twitter.com` is `x.com`. The path keeps its case: it may carry an id.
    pub fn compare(&self) -> String {
        let rest = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        let rest = rest.split('#').next().unwrap_or(rest);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = path.split_once('/').unwrap_or((path, ""));
        let mut host = host.to_ascii_lowercase();
        for prefix in ["www.", "m.", "mobile."] {
            if let Some(bare) = host.strip_prefix(prefix) {
                host = bare.to_owned();
            }
        }
        if host == "twitter.com" {
            host = "x.com".to_owned();
        }
        let mut form = host;
        let path = path.trim_end_matches('/');
        if !path.is_empty() {
            form.push('/');
            form.push_str(path);
        }
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair)).collect();
        if !kept.is_empty() {
            form.push('?');
            form.push_str(&kept.join("&"));
        }
        form
    }
}

fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair);
    name.starts_with("utm_") || TRACKING.contains(&name)
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_page_compares_equal() {
        let forms = [
            "https://twitter.com/example_watcher/status/1985724259103670395",
            "http://www.x.com/example_watcher/status/1985724259103670395/",
            "https://mobile.twitter.com/example_watcher/status/1985724259103670395?s=20&utm_source=a#top",
        ];
        for form in forms {
            assert_eq!(
                Link::new(form).unwrap().compare(),
                "x.com/example_watcher/status/1985724259103670395"
            );
        }
    }

    #[test]
    fn parameters_that_name_the_page_stay() {
        assert_eq!(
            Link::new("https://video.example/watch?v=Ab1&utm_source=x").unwrap().compare(),
            "video.example/watch?v=Ab1"
        );
        assert_eq!(Link::new("  "), None);
    }
}
