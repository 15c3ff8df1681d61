//! How a rule is written: a regular expression over lower-case ASCII with two conveniences, and how it is told from others.
//!
//! The build script reads this file too.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use crate::lexicon;

/// Writes out the conveniences: a space stands for one to three characters that may part words within a clause, `<NAME>`
/// for a list of [`crate::lexicon`].
pub(crate) fn expand(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 4);
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if c == '<'
            && let Some(end) = rest.find('>')
            && let Some(list) = lexicon::list(&rest[1..end])
        {
            out.push_str("(?:");
            out.push_str(&expand(list));
            out.push(')');
            rest = &rest[end + 1..];
            continue;
        }
        match c {
            ' ' => out.push_str(r#"(?:[ ,'"*\x1a\n-]{1,3})"#),
            other => out.push(other),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Parses a pattern that is written out; `None` where it is none.
pub(crate) fn parse(pattern: &str) -> Option<Hir> {
    ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).ok()
}

/// Returns a number that tells patterns apart (FNV-1a).
pub(crate) fn key(pattern: &str) -> u64 {
    pattern
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3))
}
