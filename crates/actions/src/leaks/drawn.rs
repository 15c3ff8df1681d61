//! Pages as poppler draws them, and what stands on them beyond the words a reader can copy.
//!
//! A finished page is letters, rules and pictures. The letters are in the text layer, with their places
//! (`pdftotext -bbox`); what is left after these places are painted white is looked at as pixels. Where only rules, bars
//! and dots are left there is nothing to read. So a package of a thousand pages of text costs a drawing of each page, and
//! a reading of pixels only where there are pixels that no text accounts for.

use std::collections::BTreeSet;

use super::ran;

/// Points per inch at which pages are drawn: ten-point letters are then read well.
const DPI: &str = "110";
/// Pixels darker than this are ink. Shades behind quoted words are far lighter.
const INK: u8 = 170;
/// Pixels around a word's place that belong to it: strokes reach a little over it.
const MARGIN: i64 = 3;
/// A mark at most so many pixels wide or high is a rule, a bar or a dot (a pixel is .23 mm).
const THIN: i64 = 5;

/// A page as drawn: one byte a pixel, row by row.
pub(super) struct Sheet {
    pub number: u32,
    pub width: u32,
    pub height: u32,
    pub gray: Vec<u8>,
}

/// Where the words of a page stand, in parts of its width and height: left, top, right, bottom.
pub(super) type Places = Vec<[f64; 4]>;

/// Draws the pages from `first` to `last`. `None` where the program is missing or fails.
pub(super) fn sheets(pdf: &[u8], first: u32, last: u32) -> Option<Vec<Sheet>> {
    let (from, to) = (first.to_string(), last.to_string());
    let bytes = ran("pdftoppm", &["-r", DPI, "-gray", "-f", &from, "-l", &to, "-"], pdf)?;
    let mut sheets = Vec::new();
    let mut rest = bytes.as_slice();
    for number in first..=last {
        let (width, height, pixels) = header(rest)?;
        let size = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
        let gray = pixels.get(..size)?.to_vec();
        rest = &pixels[size..];
        sheets.push(Sheet { number, width, height, gray });
    }
    rest.is_empty().then_some(sheets)
}

/// Reads the head of a binary PGM with 255 shades; returns width, height and what follows.
fn header(bytes: &[u8]) -> Option<(u32, u32, &[u8])> {
    let mut rest = bytes.strip_prefix(b"P5")?;
    let mut numbers = [0u32; 3];
    for number in &mut numbers {
        rest = rest.trim_ascii_start();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        *number = std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()?;
        rest = &rest[digits..];
    }
    let (_one_space, pixels) = rest.split_first()?;
    (numbers[2] == 255).then_some((numbers[0], numbers[1], pixels))
}

/// Returns the places of the words of each page. `None` where the program is missing or fails.
pub(super) fn places(pdf: &[u8]) -> Option<Vec<Places>> {
    let text = String::from_utf8(ran("pdftotext", &["-bbox", "-enc", "UTF-8", "-", "-"], pdf)?).ok()?;
    let value = |line: &str, name: &str| -> Option<f64> {
        line.split_once(&format!("{name}=\""))?.1.split_once('"')?.0.parse().ok()
    };
    let mut pages: Vec<Places> = Vec::new();
    let mut size = (1.0, 1.0);
    for line in text.lines().map(str::trim_start) {
        if line.starts_with("<page ") {
            size = (value(line, "width")?, value(line, "height")?);
            pages.push(Vec::new());
        } else if line.starts_with("<word ") {
            let edge = |name: &str, whole: f64| value(line, name).map(|at| at / whole);
            let place =
                [edge("xMin", size.0)?, edge("yMin", size.1)?, edge("xMax", size.0)?, edge("yMax", size.1)?];
            pages.last_mut()?.push(place);
        }
    }
    Some(pages)
}

/// Returns the pages on which a picture stands. `None` where the program is missing or fails.
pub(super) fn pictured(pdf: &[u8]) -> Option<BTreeSet<u32>> {
    let text = String::from_utf8(ran("pdfimages", &["-list", "-"], pdf)?).ok()?;
    // Two lines of heading, then a line for each picture, which begins with the page.
    text.lines().skip(2).map(|line| line.split_whitespace().next()?.parse().ok()).collect()
}

/// Paints the places of `words` white. Returns whether anything is left that could be read.
pub(super) fn paint_over(sheet: &mut Sheet, words: &Places) -> bool {
    let (width, height) = (i64::from(sheet.width), i64::from(sheet.height));
    for [left, top, right, bottom] in words {
        let pixel = |part: f64, whole: i64, by: i64| ((part * whole as f64) as i64 + by).clamp(0, whole);
        let columns = pixel(*left, width, -MARGIN)..pixel(*right, width, MARGIN + 1);
        for row in pixel(*top, height, -MARGIN)..pixel(*bottom, height, MARGIN + 1) {
            let start = row * width;
            sheet.gray[(start + columns.start) as usize..(start + columns.end) as usize].fill(255);
        }
    }
    marks(sheet)
}

/// Tells whether some mark on the sheet is more than a rule, a bar or a dot. A mark is ink that hangs together.
fn marks(sheet: &Sheet) -> bool {
    let (width, height) = (i64::from(sheet.width), i64::from(sheet.height));
    let mut ink: Vec<bool> = sheet.gray.iter().map(|shade| *shade < INK).collect();
    let mut waiting = Vec::new();
    for start in 0..ink.len() {
        if !std::mem::take(&mut ink[start]) {
            continue;
        }
        waiting.push(start as i64);
        let (mut left, mut right, mut top, mut bottom) = (width, 0, height, 0);
        let mut count = 0;
        while let Some(at) = waiting.pop() {
            let (x, y) = (at % width, at / width);
            (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
            count += 1;
            for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)] {
                let (x, y) = (x + dx, y + dy);
                if (0..width).contains(&x)
                    && (0..height).contains(&y)
                    && std::mem::take(&mut ink[(y * width + x) as usize])
                {
                    waiting.push(y * width + x);
                }
            }
        }
        let (wide, high) = (right - left + 1, bottom - top + 1);
        // The frame around a box: wide and high, and no more ink than its four sides.
        let frame = wide > 80 && high > 40 && count <= 8 * (wide + high);
        if wide.min(high) > THIN && !frame {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet { number: 1, width: 200, height: 100, gray: vec![255; 20_000] }
    }

    fn ink(sheet: &mut Sheet, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) {
        for row in rows {
            sheet.gray[row * 200 + columns.start..row * 200 + columns.end].fill(0);
        }
    }

    #[test]
    fn rules_bars_and_frames_are_nothing_to_read() {
        let mut sheet = sheet();
        ink(&mut sheet, 10..190, 5..7);
        ink(&mut sheet, 10..14, 20..90);
        for rows in [30..32, 80..82] {
            ink(&mut sheet, 40..180, rows);
        }
        for columns in [40..42, 178..180] {
            ink(&mut sheet, columns, 30..82);
        }
        assert!(!paint_over(&mut sheet, &Places::new()));
    }

    #[test]
    fn ink_that_no_word_accounts_for_is_left() {
        let mut sheet = sheet();
        ink(&mut sheet, 50..60, 50..62);
        let word = [0.25, 0.5, 0.3, 0.62];
        assert!(paint_over(&mut sheet, &Places::new()));
        assert!(!paint_over(&mut sheet, &vec![word]));
    }

    #[test]
    fn a_drawing_is_read_to_its_end_or_not_at_all() {
        let page = b"P5\n2 1\n255\n\x00\xff".as_slice();
        assert_eq!(header(page), Some((2, 1, &b"\x00\xff"[..])));
        assert_eq!(header(b"P6\n2 1\n255\n"), None);
        assert_eq!(header(b"P5\n2 1\n65535\n\x00"), None);
        assert_eq!(header(b"P5\n2"), None);
    }
}
