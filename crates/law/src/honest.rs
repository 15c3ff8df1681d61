//! Words that conclude what only a court can conclude.
//!
//! Redress never says of anyone that they are guilty or that what they did was illegal. This is the one place that knows
//! the words; tests of this crate run it over every text of the library, and those who write documents run it over what
//! they wrote. What a court found may be told when the sentence says that a court, a jury, a judge or the person's own
//! plea said so.

/// A sentence that concludes too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overclaim {
    /// The word.
    pub word: &'static str,
    /// The sentence it stands in.
    pub sentence: String,
}

/// Words, in both languages, in lower case; matched at the beginning of a word.
const CONCLUSIONS: [&str; 17] = [
    "illegal",
    "guilty",
    "committed",
    "broke the law",
    "unlawfully",
    "criminally",
    "is a criminal",
    "is defamatory",
    "ilegal",
    "culpable",
    "cometió",
    "cometieron",
    "infringió la ley",
    "violó la ley",
    "es un criminal",
    "es difamatoria",
    "es un delincuente",
];

/// Words that say who concluded it.
const ATTRIBUTED: [&str; 24] = [
    "court",
    "jury",
    "judge",
    "pleaded",
    "plea",
    "convicted",
    "sentenced",
    "statute",
    "section",
    "§",
    "law says",
    "does not say",
    "accus",
    "tribunal",
    "jurado",
    "juez",
    "jueza",
    "se declaró",
    "declaró",
    "condena",
    "sentencia",
    "artículo",
    "no dice",
    "acus",
];

/// Returns the sentences of `text` that conclude too much, in order.
pub fn overclaims(text: &str) -> Vec<Overclaim> {
    let mut found = Vec::new();
    for sentence in text.split_inclusive(['.', ';', '\n', '!', '?']) {
        let lower = sentence.to_lowercase();
        if ATTRIBUTED.iter().any(|word| lower.contains(word)) {
            continue;
        }
        for word in CONCLUSIONS {
            if starts_a_word(&lower, word) {
                found.push(Overclaim { word, sentence: sentence.trim().to_owned() });
            }
        }
    }
    found
}

fn starts_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conclusions_are_found_and_attributed_ones_are_not() {
        let check = |text: &str, count: usize| assert_eq!(overclaims(text).len(), count, "{text}");
        check("The post is illegal.", 1);
        check("He committed fraud. A jury found him liable.", 1);
        check("He pleaded guilty in 2023.", 0);
        check("La publicación es ilegal.", 1);
        check("El jurado lo halló culpable.", 0);
        check("The committee met.", 0);
        check("Publication of a home address; see the statute.", 0);
        check("This does not say that anyone broke the law.", 0);
    }
}
