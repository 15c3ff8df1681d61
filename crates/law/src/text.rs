//! A sentence in each language redress speaks.

use serde::{Deserialize, Serialize};

/// A language text is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// Returns the language of a two-letter code (`es`, `es-MX`); anything else is English.
    pub fn of(code: &str) -> Self {
        let es = code.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("es"));
        if es { Self::Es } else { Self::En }
    }
}

/// The same sentence in English and in Spanish. Written in the data as `"…"` with the Spanish in the file beside it, or
/// as `{ en = "…", es = "…" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Text {
    /// English.
    pub en: String,
    /// Spanish. Empty where the row has none yet; English is shown then.
    pub es: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Plain(String),
    Both { en: String, es: String },
}

impl From<Written> for Text {
    fn from(written: Written) -> Self {
        match written {
            Written::Plain(en) => Self { en, es: String::new() },
            Written::Both { en, es } => Self { en, es },
        }
    }
}

impl Text {
    /// Returns a text from both languages.
    pub fn new(en: impl Into<String>, es: impl Into<String>) -> Self {
        Self { en: en.into(), es: es.into() }
    }

    /// Returns the words in `lang`, in English where there is no Spanish.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Es if !self.es.is_empty() => &self.es,
            _ => &self.en,
        }
    }

    /// Tells whether it holds words and none in Spanish. A day, a number or `§ 1` needs no translation.
    pub fn lacks_spanish(&self) -> bool {
        self.es.is_empty() && self.en.chars().any(char::is_alphabetic)
    }

    /// Tells whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty()
    }
}

/// Returns what a platform or a way of contact is called.
pub const fn platform_shown(platform: values::Platform, lang: Lang) -> &'static str {
    match lang {
        Lang::En => platform.shown(),
        Lang::Es => platform.shown_in_spanish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_falls_back_to_english() {
        assert_eq!(Text::new("call", "").in_lang(Lang::Es), "call");
        assert_eq!(Text::new("call", "llame").in_lang(Lang::Es), "llame");
        assert_eq!(Lang::of("es-MX"), Lang::Es);
        assert_eq!(Lang::of("fr"), Lang::En);
        assert_eq!(Lang::of("é"), Lang::En);
    }
}
