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

mod showing;
mod taking;

pub use showing::*;
pub use taking::*;

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
        for (name, words) in taking::ALL.iter().chain(showing::ALL) {
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
}
