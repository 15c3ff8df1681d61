//! A stretch of a text, in bytes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open stretch `start..end` of UTF-8 byte offsets into the original text. `start <= end` always holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Returns the span `start..end`; where the two are the wrong way round, an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// Returns the first byte's offset.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Returns the offset behind the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Returns the offsets as a range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Returns the length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Tells whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Tells whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the words the span marks in `text`, or `None` where it does not fit the text or cuts a character.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_cuts_a_character() {
        assert_eq!(Span::new(0, 2).of("é!"), Some("é"));
        assert_eq!(Span::new(0, 1).of("é!"), None);
        assert_eq!(Span::new(2, 9).of("é!"), None);
    }

    #[test]
    fn touching_is_not_overlapping() {
        assert!(!Span::new(0, 2).overlaps(Span::new(2, 3)));
        assert!(Span::new(0, 3).overlaps(Span::new(2, 3)));
        assert_eq!(Span::new(5, 2), Span::new(5, 5));
    }
}
