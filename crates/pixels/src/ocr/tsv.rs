//! Tesseract's table of words becomes a page.
//!
//! Columns of the TSV renderer (tesseract 4 and 5): level, page, block, paragraph, line, word, left, top, width, height,
//! confidence (0 to 100, -1 for what is no word), text. Level 5 is a word.

use super::page::{Page, Seen};
use super::prepare::Prepared;
use super::repair;

/// Below this confidence a word without a row of sure neighbours is an edge, an icon or an avatar, not a word.
const DOUBTFUL: f32 = 0.30;

/// Reads the table. A row that is none is passed over: the program writes it, a person never does.
///
/// `sifted` sets edges and icons aside and repairs what is surely misread; without it everything stands as it was read.
pub(super) fn page(table: &str, prepared: &Prepared, sifted: bool) -> Page {
    let mut lines: Vec<((u32, u32, u32), Vec<Seen>)> = Vec::new();
    for row in table.lines() {
        let Some((line, word)) = word(row, prepared) else { continue };
        match lines.last_mut() {
            Some((last, words)) if *last == line => words.push(word),
            _ => lines.push((line, vec![word])),
        }
    }
    let (mut kept, mut doubtful) = (Vec::new(), Vec::new());
    for (_, words) in lines {
        if !sifted {
            kept.push(words);
            continue;
        }
        let mean = mean(&words);
        let height = middle_height(&words);
        let (mut sure, mut first) = (Vec::new(), true);
        for word in words {
            let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
            // What could be a number, a name or an address is kept however unsurely it was read.
            let telling = letters >= 4 && letters * 10 >= word.text.chars().count() * 7;
            // An avatar or an icon before a line is read as a letter or two, taller than the line.
            let icon = first && letters <= 3 && word.area.height > 2 * height && word.confidence < 0.8;
            let faint = mean < DOUBTFUL || letters == 0 && word.confidence < DOUBTFUL;
            first = false;
            if icon || faint && !telling { doubtful.push(word) } else { sure.push(word) }
        }
        kept.push(repair::line(sure));
    }
    Page::of(kept, doubtful, prepared.width, prepared.height)
}

fn middle_height(words: &[Seen]) -> u32 {
    let mut heights: Vec<u32> = words.iter().map(|word| word.area.height).collect();
    heights.sort_unstable();
    heights.get(heights.len() / 2).copied().unwrap_or_default()
}

fn word(row: &str, prepared: &Prepared) -> Option<((u32, u32, u32), Seen)> {
    let mut columns = row.splitn(12, '\t');
    let mut number = || columns.next()?.parse::<u32>().ok();
    if number()? != 5 {
        return None;
    }
    let (_, block, paragraph, line, _) = (number()?, number()?, number()?, number()?, number()?);
    let (left, top, width, height) = (number()?, number()?, number()?, number()?);
    let confidence: f32 = columns.next()?.parse().ok()?;
    let text = columns.next()?.trim();
    if text.is_empty() || confidence < 0.0 {
        return None;
    }
    let area = prepared.back(left, top, width, height)?;
    let seen = Seen { text: text.to_owned(), read_as: None, area, confidence: confidence / 100.0 };
    Some(((block, paragraph, line), seen))
}

fn mean(words: &[Seen]) -> f32 {
    let letters = |word: &Seen| word.text.chars().count() as f32;
    let all: f32 = words.iter().map(letters).sum();
    words.iter().map(|word| letters(word) * word.confidence).sum::<f32>() / all.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Area;
    use crate::ocr::Preparation;
    use image::{GrayImage, Luma};

    fn check(table: &str, expected: &str) -> Page {
        let blank = GrayImage::from_pixel(400, 200, Luma([255]));
        let page = page(table, &Prepared::of(&blank, Preparation::PLAIN), true);
        assert_eq!(page.text, expected);
        page
    }

    #[test]
    fn words_are_put_into_lines() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                     1\t1\t0\t0\t0\t0\t0\t0\t400\t200\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t10\t10\t50\t12\t96.1\tplate\n\
                     5\t1\t1\t1\t1\t2\t70\t10\t80\t12\t91.0\tRDR-0000\n\
                     5\t1\t1\t1\t2\t1\t10\t30\t50\t12\t95\tsomebody\n";
        let page = check(table, "plate RDR-0000\nsomebody");
        assert_eq!(page.words[1].area, Area::new(70, 10, 80, 12));
        assert!((page.confidence.get() - 0.94).abs() < 0.01);
    }

    #[test]
    fn noise_is_set_aside_not_dropped() {
        let table = "5\t1\t1\t1\t1\t1\t0\t0\t400\t3\t12\t———TTTE——\n\
                     5\t1\t1\t1\t2\t1\t10\t10\t50\t12\t96\tplate\n\
                     5\t1\t1\t1\t2\t2\t80\t10\t10\t12\t20\t~\n";
        let page = check(table, "plate");
        assert_eq!(page.doubtful.len(), 2);
        check(
            "5\t1\t1\t1\t1\t1\t0\t0\t40\t3\t27\t<someone@mail.example.net>\n",
            "<someone@mail.example.net>",
        );
    }

    #[test]
    fn what_is_no_table_gives_an_empty_page() {
        check("", "");
        check(
            "5\t1\t1\n5\t1\t1\t1\t1\t1\t-4\t0\t1\t1\t90\tx\n5\t1\t1\t1\t1\t1\t900\t900\t1\t1\t90\tx\nhello",
            "",
        );
    }
}
