//! The few misreadings that are sure enough to repair: a bar that stands alone, and the slashes of a link.
//!
//! Each repair keeps what the program read beside it ([`Word::read_as`](super::Word::read_as)). Nothing that could be a
//! plate, a number or a name is ever changed: whether an `O` is a zero is for the detectors, which know what they look for.

use super::page::Seen;

/// Repairs the words of one line.
pub(super) fn line(mut words: Vec<Seen>) -> Vec<Seen> {
    for at in 0..words.len() {
        let better = match words[at].text.as_str() {
            // Before a word in small letters a bar alone is the pronoun. Elsewhere it may part two headlines.
            "|" => words
                .get(at + 1)
                .filter(|next| next.text.starts_with(char::is_lowercase))
                .map(|_| "I".to_owned()),
            text => link(text),
        };
        if let Some(better) = better {
            let word = &mut words[at];
            word.read_as = Some(std::mem::replace(&mut word.text, better));
        }
    }
    words
}

/// The ways the head of one of X's short links is misread in small type.
const HEADS: &[&str] =
    &["https://t.co", "https:/It.co", "https://It.co", "https:/t.co", "htips://t.co", "hitps://t.co"];

/// Letters in the code of a short link.
const CODE: usize = 10;

/// Puts the head of a short link right, and the slash behind it where the length of the code proves that one was misread.
fn link(text: &str) -> Option<String> {
    let rest = HEADS.iter().find_map(|head| text.strip_prefix(head))?;
    let code = rest.strip_prefix(['/', 'l', 'I', '|', '1']).unwrap_or(rest);
    if code.len() != CODE || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let better = format!("https://t.co/{code}");
    (better != text).then_some(better)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Area;

    #[test]
    fn only_what_is_sure_is_repaired() {
        let check = |given: &str, expected: &str| {
            let seen = |text: &str| Seen {
                text: text.to_owned(),
                read_as: None,
                area: Area::new(0, 0, 9, 9),
                confidence: 0.6,
            };
            let words = line(given.split(' ').map(seen).collect());
            let text: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
            assert_eq!(text.join(" "), expected);
            for (word, was) in words.iter().zip(given.split(' ')) {
                assert_eq!(word.read_as.as_deref().unwrap_or(&word.text), was);
            }
        };
        check("| got you", "I got you");
        check("|", "|");
        check("desk | The Wire", "desk | The Wire");
        check("see https:/It.coldXybiH7zm8", "see https://t.co/dXybiH7zm8");
        check("https://t.co/abc https://t.co/0123456789", "https://t.co/abc https://t.co/0123456789");
        check("htips://t.colyYRtbnVFNI https://t.colyYRt", "https://t.co/yYRtbnVFNI https://t.colyYRt");
        check("RDR-OOOO 2O2.555.0143 l", "RDR-OOOO 2O2.555.0143 l");
    }
}
