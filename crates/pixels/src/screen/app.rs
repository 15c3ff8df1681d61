//! The app a screenshot shows, by the words only that app writes and by the file's name.

use values::{Platform, Score};

use super::{Field, field};
use crate::names;
use crate::ocr::Page;

/// Words of an app's own screens, in lower case, and how much each speaks for it. English and Spanish.
const WORDS: &[(Platform, &str, f32)] = &[
    (Platform::X, "post your reply", 0.9),
    (Platform::X, "postea tu respuesta", 0.9),
    (Platform::X, "reposts", 0.5),
    (Platform::X, "bookmarks", 0.5),
    (Platform::X, "quotes", 0.4),
    (Platform::X, "twitter for", 0.9),
    (Platform::X, "show this thread", 0.6),
    (Platform::X, "relevant people", 0.7),
    (Platform::X, "readers added context", 0.9),
    (Platform::TruthSocial, "retruths", 0.95),
    (Platform::TruthSocial, "retruth", 0.8),
    (Platform::TruthSocial, "truth details", 0.9),
    (Platform::TruthSocial, "truth social", 0.7),
    (Platform::Facebook, "'s post", 0.6),
    (Platform::Facebook, "’s post", 0.6),
    (Platform::Facebook, "like comment share", 0.8),
    (Platform::Facebook, "like comment send share", 0.8),
    (Platform::Facebook, "me gusta comentar compartir", 0.8),
    (Platform::Facebook, "most relevant", 0.4),
    (Platform::Facebook, "write a comment", 0.6),
    (Platform::Facebook, "write a public comment", 0.7),
    (Platform::Telegram, "subscribers", 0.6),
    (Platform::Telegram, "suscriptores", 0.6),
    (Platform::Telegram, "pinned message", 0.6),
    (Platform::Telegram, "forwarded from", 0.6),
    (Platform::Telegram, "last seen", 0.4),
    (Platform::Sms, "text message", 0.7),
    (Platform::Sms, "mensaje de texto", 0.7),
    (Platform::Sms, "imessage", 0.8),
    (Platform::Sms, "rcs message", 0.8),
    (Platform::Sms, "the sender is not in your contact list", 0.9),
    (Platform::Sms, "report junk", 0.8),
];

/// Returns the app, with the words that speak for it, or `None` where nothing does.
///
/// A file's name speaks for an app as much as one of its plainest words; both together are surer than either.
pub fn guess(page: &Page, name: &str) -> Option<Field<Platform>> {
    let text = page.text.to_lowercase().replace('\n', " ");
    let by_name = names::app(name);
    let mut best: Option<(f32, Platform)> = None;
    let platforms = WORDS.iter().map(|(platform, _, _)| *platform).chain(by_name);
    for platform in platforms {
        // What speaks for it, taken together as if each spoke on its own.
        let mut doubt = WORDS
            .iter()
            .filter(|(of, words, _)| *of == platform && text.contains(words))
            .fold(1.0, |doubt, (_, _, weight)| doubt * (1.0 - weight));
        if by_name == Some(platform) {
            doubt *= 0.2;
        }
        if 1.0 - doubt > best.map_or(0.35, |(sure, _)| sure) {
            best = Some((1.0 - doubt, platform));
        }
    }
    // A handle and a line of time and day as X writes it, where nothing else speaks.
    let (sure, platform) = best.or_else(|| {
        let micro = text.contains('@') && text.contains(" · ") && text.contains("views");
        micro.then_some((0.5, Platform::X))
    })?;
    let lower = page.text.to_lowercase();
    // Folding may change lengths: the words' place is told only where it did not.
    let found = (lower.len() == page.text.len()).then_some(&lower).and_then(|lower| {
        let of = WORDS.iter().filter(|(of, _, _)| *of == platform);
        of.filter_map(|(_, words, _)| lower.find(words).map(|at| (at, words.len()))).min()
    });
    Some(match found {
        Some((at, length)) => {
            let mut field = field(page, values::Span::new(at, at + length), platform, sure);
            field.confidence = Score::new(sure);
            field
        }
        None => Field { value: platform, areas: Vec::new(), span: None, confidence: Score::new(sure) },
    })
}
