//! Our own fixed words in every language a package is written in.
//!
//! One row a word or sentence: key, English, Spanish. Templates see them as `words.json`. None of them calls a person or
//! an act anything that only a court may: see the test.

mod lists;
mod pages;
mod paragraphs;

use serde_json::{Map, Value};

use crate::recipient::Language;

use lists::SHORT;
use pages::WORDS;
use paragraphs::PARAGRAPHS;

/// Returns the words of a language as the object that templates read.
pub(crate) fn all(language: Language, redress: &str) -> Value {
    let pick = |en: &str, es: &str| match language {
        Language::Spanish if !es.is_empty() => es.to_owned(),
        _ => en.to_owned(),
    };
    let mut words = Map::new();
    for (key, en, es) in WORDS {
        words.insert((*key).to_owned(), Value::String(pick(en, es)));
    }
    for (key, paragraphs) in PARAGRAPHS {
        let texts = paragraphs.iter().map(|(en, es)| pick(en, es).replace("{redress}", redress).into());
        words.insert((*key).to_owned(), Value::Array(texts.collect()));
    }
    Value::Object(words)
}

/// Returns the paragraphs of a key; empty where there are none.
pub(crate) fn paragraphs(language: Language, key: &str) -> Vec<String> {
    let rows = PARAGRAPHS.iter().find(|(name, _)| *name == key).map_or(&[][..], |(_, rows)| rows);
    let pick = |(en, es): &(&str, &str)| match language {
        Language::Spanish if !es.is_empty() => (*es).to_owned(),
        _ => (*en).to_owned(),
    };
    rows.iter().map(pick).collect()
}

/// Returns one word or sentence. A key that is not there shows on the page, and in the tests.
pub(crate) fn say(language: Language, key: &str) -> &'static str {
    let row = WORDS.iter().chain(SHORT).find(|(name, _, _)| *name == key);
    match (row, language) {
        (Some((_, en, _)), Language::English) => en,
        (Some((_, _, es)), Language::Spanish) => es,
        (None, _) => "⟨no words⟩",
    }
}

/// Returns who did something as the language says it: a name as it stands, the lack of one in words.
pub(crate) fn actor(language: Language, by: &str) -> &str {
    if by == record::Actor::UNNAMED { say(language, "unnamed_actor") } else { by }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_words_judge_nobody() {
        for (key, en, es) in WORDS.iter().chain(SHORT) {
            for word in [
                "illegal",
                "guilty",
                "committed",
                "crime",
                "criminal",
                "perpetrator",
                "suspect",
                "ilegal",
                "culpable",
                "cometi",
                "delito",
            ] {
                assert!(
                    !en.to_lowercase().contains(word) && !es.to_lowercase().contains(word),
                    "{key}: {word}"
                );
            }
            assert!(!en.is_empty() && !es.is_empty(), "{key} lacks a language");
        }
    }

    #[test]
    fn no_key_stands_twice() {
        let mut keys: Vec<&str> = WORDS.iter().chain(SHORT).map(|(key, _, _)| *key).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
