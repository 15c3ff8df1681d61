//! The fonts inside every PDF, and what they can show.
//!
//! Libertinus Serif for reading, DejaVu Sans Mono for digests and ids (and, with it, Greek, Cyrillic and Arabic), Noto
//! Emoji for emoji in black and white. Licences: `fonts/LICENSES.txt`. No font of the computer is ever used: the same
//! input must give the same bytes everywhere.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FILES: [&[u8]; 5] = [
    include_bytes!("../../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../../fonts/LibertinusSerif-Italic.otf"),
    include_bytes!("../../fonts/LibertinusSerif-Bold.otf"),
    include_bytes!("../../fonts/DejaVuSansMono.ttf"),
    include_bytes!("../../fonts/NotoEmoji-Regular.ttf"),
];

pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
}

/// Returns the fonts, read once for the whole run.
pub(super) fn all() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let fonts: Vec<Font> = FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    })
}

/// Tells whether some font has a glyph for `c`.
pub(super) fn can_show(c: char) -> bool {
    c.is_ascii() || all().fonts.iter().any(|font| font.info().coverage.contains(c as u32))
}
