//! How words of others look on paper: every character visible, none at work.

use super::fonts;

/// Returns `text` as it is set in a document.
///
/// Characters that change what surrounds them (controls, directions, invisible ones) and those no font of ours can draw
/// stand as their number, `⟨U+202E⟩`: a reader must see that something is there, and a PDF/A must not hold a glyph that
/// means nothing. Line ends become `\n`. The exact words always lie in the exhibit's `post.json`.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            // A variation selector or joiner inside an emoji says only how to draw it.
            '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' if !out.is_empty() => {}
            '\u{200d}' if out.chars().next_back().is_some_and(|last| last as u32 >= 0x2600) => {}
            _ if hidden(c) || !fonts::can_show(c) => out.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            _ => out.push(c),
        }
    }
    out
}

fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c as u32,
            0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f
            | 0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfffb
            | 0xe000..=0xf8ff | 0xe0000..=0xe0fff | 0xf0000..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_works_in_secret_is_shown() {
        let check = |given: &str, expected: &str| assert_eq!(shown(given), expected);
        check("plain “text” é ñ", "plain “text” é ñ");
        check("a\u{202e}b", "a⟨U+202E⟩b");
        check("a\u{200b}b\u{1b}[31m", "a⟨U+200B⟩b⟨U+001B⟩[31m");
        check("a\r\nb\rc", "a\nb\nc");
        check("你", "⟨U+4F60⟩");
        check("🔫", "🔫");
        check("❤\u{fe0f}", "❤");
    }
}
