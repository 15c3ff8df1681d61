//! Everything a person reads in the app, in English and Spanish. One line for each: name, English, Spanish.
//!
//! Plain words, short sentences, no blame. `{n}` is filled in with [`Lang::fill`]. What actions say of a file or a case
//! comes from them, in the language they have.

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Spanish.
    Es,
}

/// Words in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say(pub &'static str, pub &'static str);

impl Lang {
    /// Returns the code: `en` or `es`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// Returns the language of a code; English where it is another.
    pub fn of(code: &str) -> Self {
        if code == "es" { Self::Es } else { Self::En }
    }

    /// Returns the words in this language.
    pub const fn say(self, words: Say) -> &'static str {
        match self {
            Self::En => words.0,
            Self::Es => words.1,
        }
    }

    /// Returns the words with the values filled in where their names stand in braces.
    pub fn fill(self, words: Say, values: &[(&str, &str)]) -> String {
        // One pass, so that a value that holds braces is not filled in a second time.
        let mut out = String::new();
        let mut rest = self.say(words);
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let name = rest.find('}').map(|end| &rest[1..end]);
            match name
                .and_then(|name| values.iter().find(|(known, _)| *known == name).map(|(_, v)| (name, v)))
            {
                Some((name, value)) => {
                    out.push_str(value);
                    rest = &rest[name.len() + 2..];
                }
                None => {
                    out.push('{');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
        out
    }
}

macro_rules! words {
    ($($name:ident $en:literal $es:literal)*) => {
        $(#[allow(missing_docs)] pub const $name: Say = Say($en, $es);)*

        #[cfg(test)]
        pub(super) const ALL: &[(&str, Say)] = &[$((stringify!($name), $name),)*];
    };
}

mod asking;
mod containers;
mod showing;
mod sorry;
mod taking;
mod troubles;

pub use asking::*;
pub use showing::*;
pub use sorry::said;
pub use taking::*;
pub use troubles::{refusal, trouble};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything_with_the_same_blanks() {
        let blanks = |text: &str| {
            let mut found: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            found.sort();
            found
        };
        for (name, words) in taking::ALL.iter().chain(showing::ALL).chain(asking::ALL) {
            assert_eq!(blanks(words.0), blanks(words.1), "{name}");
            assert_eq!(words.0.is_empty(), words.1.is_empty(), "{name}");
            assert!(!words.0.contains("  ") && !words.1.contains("  "), "{name}");
        }
    }

    #[test]
    fn a_value_with_braces_is_not_filled_in_again() {
        let words = Say("{a} and {b} of {c}", "");
        assert_eq!(Lang::En.fill(words, &[("a", "{b}"), ("b", "2")]), "{b} and 2 of {c}");
    }

    /// The sources of a crate below `src`, without their tests.
    fn sources(name: &str) -> Vec<(String, String)> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src");
        let found = actions::files::find(&[root]).expect("the sources are here");
        let rust =
            found.into_iter().filter(|file| file.name.ends_with(".rs") && !file.name.ends_with("tests.rs"));
        rust.map(|file| {
            let text = std::fs::read_to_string(&file.path).expect("a source is read");
            let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
            let code: Vec<&str> =
                text[..end].lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            (format!("{name}/{}", file.name), code.join("\n"))
        })
        .collect()
    }

    /// The string literals of a source, with where each begins.
    fn literals(text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find('"').map(|start| at + start) {
            // A quotation mark as a character begins nothing.
            if text[..start].ends_with('\'') && text[start + 1..].starts_with('\'') {
                at = start + 1;
                continue;
            }
            let mut literal = String::new();
            let mut chars = text[start + 1..].char_indices();
            let mut end = text.len();
            while let Some((offset, c)) = chars.next() {
                match c {
                    '"' => {
                        end = start + 1 + offset + 1;
                        break;
                    }
                    '\\' => match chars.next() {
                        // A line that goes on begins behind the spaces.
                        Some((_, '\n')) => {
                            let rest = chars.clone().take_while(|(_, c)| c.is_whitespace()).count();
                            for _ in 0..rest {
                                chars.next();
                            }
                        }
                        Some((_, other)) => literal.push(other),
                        None => {}
                    },
                    other => literal.push(other),
                }
            }
            found.push((start, literal));
            at = end;
        }
        found
    }

    /// A sentence with `{}` where a value is filled in.
    fn bare(sentence: &str) -> String {
        let mut out = String::new();
        let mut rest = sentence;
        while let Some(start) = rest.find('{') {
            out.push_str(&rest[..start]);
            let end = rest[start..].find('}').map_or(rest.len(), |end| start + end + 1);
            out.push_str("{}");
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    #[test]
    fn every_code_a_file_can_meet_has_a_spanish_sentence() {
        // Fields of platforms' own formats and file names that look like a code.
        const NO_CODES: [&str; 4] = ["reddit.com", "tiktok.com", "post.uri", "wacz.sign"];
        let families: std::collections::BTreeSet<&str> =
            troubles::LISTED.into_iter().flatten().filter_map(|(code, _)| code.split('.').next()).collect();
        let mut met = std::collections::BTreeSet::new();
        let mut missing = Vec::new();
        for (file, text) in ["intake", "container", "pixels"].into_iter().flat_map(sources) {
            for (at, literal) in literals(&text) {
                let Some((family, rest)) = literal.split_once('.') else { continue };
                let plain =
                    |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                if !plain(family) || !plain(rest) || NO_CODES.contains(&literal.as_str()) {
                    continue;
                }
                let before = &text[at.saturating_sub(60)..at];
                let of_trouble =
                    before.trim_end().ends_with("Trouble::new(") || before.trim_end().ends_with("code:");
                let file_name =
                    ["com", "js", "html", "txt", "json", "csv", "zip", "har", "car", "rs"].contains(&rest);
                if of_trouble || (families.contains(family) && !file_name) {
                    met.insert(literal.clone());
                    if !troubles::is_known(&literal) {
                        missing.push(format!("{literal} ({file})"));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "no Spanish sentence:\n{}", missing.join("\n"));
        assert!(met.len() > 200, "only {} codes were found: does the test still see them?", met.len());
        for (code, say) in troubles::LISTED.into_iter().flatten() {
            assert!(say.ends_with('.') && !say.contains("--") && !say.contains('`'), "{code}: {say}");
        }
    }

    #[test]
    fn every_sentence_an_action_refuses_with_has_a_spanish_one() {
        // What the app never calls: these are commands for the terminal.
        const TERMINAL: [&str; 11] = [
            "actions/demo",
            "actions/erase",
            "actions/filters",
            "actions/library",
            "actions/lint",
            "actions/elements",
            "actions/stamp",
            "actions/redact",
            "actions/pictures/decide",
            "actions/rebuild",
            "case/erase",
        ];
        const SAID: [&str; 7] = [
            "ActionError::Request(",
            "ActionError::Refused(",
            "ActionError::OurFault(",
            "CaseError::NoSuch(",
            "CaseError::NotNow(",
            "Err(",
            "#[error(",
        ];
        let mut met = 0;
        let mut missing = Vec::new();
        let report = sources("report")
            .into_iter()
            .filter(|(file, _)| file.contains("packages/mod") || file.ends_with("leak.rs"));
        let pixels = sources("pixels").into_iter().filter(|(file, _)| file.ends_with("picture.rs"));
        for (file, text) in ["actions", "case"].into_iter().flat_map(sources).chain(report).chain(pixels) {
            if TERMINAL.iter().any(|known| file.starts_with(known))
                || (file.starts_with("case") && file.contains("fault"))
            {
                continue;
            }
            for (at, literal) in literals(&text) {
                let before = text[..at].trim_end();
                let before = before.strip_suffix("format!(").unwrap_or(before).trim_end();
                if !SAID.iter().any(|call| before.ends_with(call)) {
                    continue;
                }
                let sentence = bare(&literal);
                // A value alone is somebody else's sentence; what ends without a period is a part that no page shows.
                let part = !sentence.ends_with('.') && !before.ends_with("#[error(");
                if ["{}", "{}.", "{}{}", "{} {}"].contains(&sentence.as_str()) || part {
                    continue;
                }
                met += 1;
                if !sorry::SENTENCES.iter().any(|(known, _)| *known == sentence) {
                    missing.push(format!("{file}: {sentence}"));
                }
            }
        }
        assert!(missing.is_empty(), "no Spanish sentence:\n{}", missing.join("\n"));
        assert!(met > 60, "only {met} sentences were found: does the test still see them?");
        for (sentence, say) in sorry::SENTENCES {
            assert!(!say.1.is_empty() && !say.0.contains('`') && !say.1.contains('`'), "{sentence}");
            assert!(!say.1.contains("redress ") && !say.0.contains("redress "), "{sentence}");
            let blanks = |text: &str| text.matches("{}").count();
            assert!(blanks(say.1) <= blanks(sentence) && blanks(say.0) <= blanks(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_refusal_is_said_in_the_language_of_the_page_with_its_values() {
        let words = "“ZZ” is no state. Write its two letters, like PA; DC and the territories count.";
        assert_eq!(said(words, Lang::En), words);
        assert!(said(words, Lang::Es).starts_with("“ZZ” no es un estado."));
        let nested = "No package was written: there is no confirmed exhibit to hand over. Confirm at least one finding with “redress review”.";
        assert_eq!(
            said(nested, Lang::En),
            "No package was written: nothing is confirmed yet. Confirm at least one finding under Review."
        );
        assert!(
            said(nested, Lang::Es)
                .ends_with("todavía no hay nada confirmado. Confirme al menos un hallazgo en Revisar.")
        );
        assert_eq!(said("Something new.", Lang::En), "Something new.");
        assert!(said("Something new", Lang::Es).contains("Something new"));
    }
}
