//! Names that are kept out of sight: an account or a file can be called something that hurts to read.

use std::sync::OnceLock;

use detect::{Detectors, Options};
use record::{Account, Kind, PrivateSet};

fn detectors() -> &'static Detectors {
    static DETECTORS: OnceLock<Detectors> = OnceLock::new();
    DETECTORS.get_or_init(|| Detectors::new(&Options { private: &PrivateSet::default(), claims: &[] }))
}

/// Makes the first call as quick as the later ones.
pub fn warm() {
    let _quick_from_now_on = is_harsh("warm");
}

/// Tells whether a name holds a threat or abuse, also where its words are run together with signs or capitals.
pub fn is_harsh(name: &str) -> bool {
    let apart = apart(name);
    [name, apart.as_str()].iter().any(|text| {
        detectors().detect(text).iter().any(|finding| {
            matches!(
                finding.kind,
                Kind::Threat | Kind::Incitement | Kind::Harassment | Kind::Swatting | Kind::Intimidation
            ) && (finding.counts || finding.score.get() >= 0.3)
        })
    })
}

/// Returns what to call the account on a page: its handle or name, or `None` where that is to stay out of sight.
pub fn account(account: &Account) -> Option<String> {
    let shown = account.shown();
    (!is_harsh(&shown)).then_some(shown)
}

/// Puts the words of a name apart: at signs, digits and where a capital begins.
fn apart(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut low = false;
    for c in name.chars() {
        if c.is_uppercase() && low {
            out.push(' ');
        }
        low = c.is_lowercase();
        out.push(if c.is_alphanumeric() || c == '\'' { c } else { ' ' });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_run_together_come_apart() {
        assert_eq!(apart("@KillThem_all-2020"), " Kill Them all 2020");
    }

    #[test]
    fn abuse_in_a_name_is_seen_and_a_plain_name_is_not() {
        assert!(is_harsh("you_should_be_hanged"));
        assert!(is_harsh("WeWillKillYou"));
        for name in ["@example_watcher", "IMG_0412.PNG", "county clerk", "community-page.ndjson"] {
            assert!(!is_harsh(name), "{name}");
        }
    }
}
