//! What was read from one picture: text, words, lines, and where each stands.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use values::{Score, Span};

use crate::Area;

/// A word as it stands in the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Its letters, as they stand in the page's text.
    pub text: String,
    /// Its letters as the program read them, where a known misreading was repaired; `None` otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// Its pixels.
    pub area: Area,
    /// Its bytes in the page's text.
    pub span: Span,
    /// How sure the program was.
    pub confidence: Score,
}

/// A line of words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its words, as a range of [`Page::words`]; never empty.
    pub words: Range<usize>,
    /// Its pixels.
    pub area: Area,
    /// Its bytes in the page's text, without the line break.
    pub span: Span,
    /// How sure the program was, weighted by letters.
    pub confidence: Score,
}

/// The text of one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Words joined by one space, lines by `\n`.
    pub text: String,
    /// Words in reading order.
    pub words: Vec<Word>,
    /// Lines in reading order.
    pub lines: Vec<Line>,
    /// What the program took for text with so little confidence that it is left out of the text: edges, icons, avatars.
    /// Kept with its areas, so that nothing is dropped in silence. Spans are empty.
    pub doubtful: Vec<Word>,
    /// Mean confidence of the words, weighted by letters; 0 on an empty page.
    pub confidence: Score,
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
}

/// A word before it has a place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub text: String,
    pub read_as: Option<String>,
    pub area: Area,
    pub confidence: f32,
}

impl Page {
    /// Returns the page of a picture without text.
    pub const fn empty(width: u32, height: u32) -> Self {
        Self {
            text: String::new(),
            words: Vec::new(),
            lines: Vec::new(),
            doubtful: Vec::new(),
            confidence: Score::ZERO,
            width,
            height,
        }
    }

    /// Makes a page of lines of words; empty lines are left out.
    pub(super) fn of(lines: Vec<Vec<Seen>>, doubtful: Vec<Seen>, width: u32, height: u32) -> Self {
        let mut page = Self::empty(width, height);
        for seen in lines {
            let first = page.words.len();
            if !seen.is_empty() && !page.text.is_empty() {
                page.text.push('\n');
            }
            let line_start = page.text.len();
            for (index, word) in seen.into_iter().enumerate() {
                if index > 0 {
                    page.text.push(' ');
                }
                let start = page.text.len();
                page.text.push_str(&word.text);
                page.words.push(word.placed(Span::new(start, page.text.len())));
            }
            let words = first..page.words.len();
            let Some(area) = page.words[words.clone()].iter().map(|word| word.area).reduce(Area::join) else {
                continue;
            };
            let confidence = mean(&page.words[words.clone()]);
            page.lines.push(Line { words, area, span: Span::new(line_start, page.text.len()), confidence });
        }
        page.doubtful = doubtful.into_iter().map(|word| word.placed(Span::new(0, 0))).collect();
        page.confidence = mean(&page.words);
        page
    }

    /// Returns the pixels of the words that `span` of the text touches: one area for each line, in reading order.
    ///
    /// A word is taken whole where the span touches a part of it: letters have no boxes of their own, and a box that is
    /// too small would show what it should cover.
    pub fn boxes(&self, span: Span) -> Vec<Area> {
        let touched = |word: &&Word| word.span.overlaps(span);
        self.lines
            .iter()
            .filter_map(|line| {
                self.words[line.words.clone()].iter().filter(touched).map(|word| word.area).reduce(Area::join)
            })
            .collect()
    }

    /// Returns the areas of [`Page::boxes`], grown by a fourth of their height, as they should be covered: letters reach a
    /// little beyond their box, and soft edges of them can be read.
    pub fn boxes_to_cover(&self, span: Span) -> Vec<Area> {
        self.boxes(span)
            .into_iter()
            .filter_map(|area| area.grown(area.height / 4 + 2).within(self.width, self.height))
            .collect()
    }

    /// Returns the words of one line.
    pub fn words_of(&self, line: &Line) -> &[Word] {
        self.words.get(line.words.clone()).unwrap_or_default()
    }

    /// Tells whether every word was read with so much confidence that another run would change nothing.
    pub(super) fn is_beyond_doubt(&self) -> bool {
        self.confidence.get() >= 0.95 && self.words.iter().all(|word| word.confidence.get() >= 0.90)
    }

    /// Tells whether the words are those of Spanish rather than English, by their commonest small words and letters.
    pub(super) fn looks_spanish(&self) -> bool {
        const SPANISH: &[&str] = &[
            "el", "la", "los", "las", "que", "de", "del", "en", "es", "una", "un", "por", "con", "para",
            "se", "su", "y", "al", "lo", "como", "esta", "quien", "sabe", "donde", "vive", "mi", "ya", "muy",
        ];
        const ENGLISH: &[&str] = &[
            "the", "of", "to", "and", "is", "that", "it", "for", "was", "on", "are", "with", "as", "his",
            "they", "at", "this", "be", "have", "you", "who", "we", "our", "your",
        ];
        let (mut spanish, mut english) = (0, 0);
        for word in &self.words {
            let word = word.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            spanish += usize::from(SPANISH.contains(&word.as_str()));
            english += usize::from(ENGLISH.contains(&word.as_str()));
        }
        spanish >= 3 && spanish > 2 * english
    }
}

impl Seen {
    fn placed(self, span: Span) -> Word {
        Word {
            text: self.text,
            read_as: self.read_as,
            area: self.area,
            span,
            confidence: Score::new(self.confidence),
        }
    }
}

fn mean(words: &[Word]) -> Score {
    let letters = |word: &Word| word.text.chars().count() as f32;
    let all: f32 = words.iter().map(letters).sum();
    let sum: f32 = words.iter().map(|word| letters(word) * word.confidence.get()).sum();
    // An empty page has no letters: not a number, which a score takes as 0.
    Score::new(sum / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: u32, top: u32) -> Seen {
        let area = Area::new(left, top, 10 * text.len() as u32, 12);
        Seen { text: text.to_owned(), read_as: None, area, confidence: 0.9 }
    }

    fn page() -> Page {
        let lines = vec![
            vec![word("plate", 0, 0), word("RDR-0000", 60, 0)],
            vec![],
            vec![word("é", 0, 20), word("him", 20, 20)],
        ];
        Page::of(lines, vec![word("~", 0, 90)], 200, 100)
    }

    #[test]
    fn a_span_of_the_text_leads_to_pixels() {
        let page = page();
        assert_eq!(page.text, "plate RDR-0000\né him");
        let check = |span: (usize, usize), expected: &[Area]| {
            assert_eq!(page.boxes(Span::new(span.0, span.1)), expected, "{span:?}");
        };
        check((6, 14), &[Area::new(60, 0, 80, 12)]);
        check((8, 9), &[Area::new(60, 0, 80, 12)]);
        check((0, 17), &[Area::new(0, 0, 140, 12), Area::new(0, 20, 20, 12)]);
        check((5, 6), &[]);
        check((900, 1000), &[]);
        assert_eq!(page.boxes_to_cover(Span::new(6, 14)), [Area::new(55, 0, 90, 17)]);
    }

    #[test]
    fn lines_and_spans_agree_with_the_text() {
        let page = page();
        for word in &page.words {
            assert_eq!(word.span.of(&page.text), Some(word.text.as_str()));
        }
        let lines: Vec<_> = page.lines.iter().map(|line| line.span.of(&page.text).unwrap()).collect();
        assert_eq!(lines, page.text.lines().collect::<Vec<_>>());
        assert_eq!(page.doubtful.len(), 1);
        assert_eq!(Page::of(vec![], vec![], 5, 5), Page::empty(5, 5));
    }

    #[test]
    fn the_form_on_disk_is_pinned() {
        let page = Page::of(vec![vec![word("a", 1, 2)]], vec![], 9, 9);
        assert_eq!(
            serde_json::to_string(&page).unwrap(),
            r#"{"text":"a","words":[{"text":"a","area":{"left":1,"top":2,"width":10,"height":12},"span":{"start":0,"end":1},"confidence":0.9}],"lines":[{"words":{"start":0,"end":1},"area":{"left":1,"top":2,"width":10,"height":12},"span":{"start":0,"end":1},"confidence":0.9}],"doubtful":[],"confidence":0.9,"width":9,"height":9}"#
        );
    }
}
