//! Screenshots of one scrolled page are put together where they overlap, and a camera roll is put in order.
//!
//! Two screenshots overlap when rows of one stand again, higher or lower, in the other, while the app's own bars stay
//! where they are. The stitched picture is for reading; it says of every row which capture it comes from, so that what is
//! read there leads back to the bytes. Nothing is blended, moved or invented: rows are copied.

use std::cmp::Ordering;

use image::{GrayImage, RgbImage};
use values::Moment;

use crate::Area;
use crate::picture::Picture;

/// A part of one capture, and where it stands in the stitched picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Which of the given pictures.
    pub source: usize,
    /// The rows taken from it.
    pub from: Area,
    /// The row of the stitched picture at which they begin.
    pub top: u32,
}

/// A picture made of rows of one or more captures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stitched {
    /// The pixels.
    pub picture: Picture,
    /// The pieces from top to bottom, without gaps.
    pub pieces: Vec<Piece>,
    /// Every given picture that belongs to it, also those all of whose rows another one shows; in the order given.
    pub sources: Vec<usize>,
}

impl Stitched {
    /// Returns the areas of the captures that an area of the stitched picture shows, each with which capture it is.
    pub fn sources_of(&self, area: Area) -> Vec<(usize, Area)> {
        self.pieces
            .iter()
            .filter_map(|piece| {
                let (top, bottom) =
                    (area.top.max(piece.top), area.bottom().min(piece.top + piece.from.height));
                let own = Area::new(
                    area.left,
                    piece.from.top + top.checked_sub(piece.top)?,
                    area.width,
                    bottom.checked_sub(top)?,
                );
                (!own.is_empty()).then_some((piece.source, own))
            })
            .collect()
    }
}

/// Returns the order in which pictures were taken: by time where it is known, then by name, numbers in it as numbers.
///
/// `roll` gives each picture's file name and time. Those without a time come last, in the order of their names.
pub fn order(roll: &[(&str, Option<Moment>)]) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..roll.len()).collect();
    positions.sort_by(|&one, &two| {
        let ((first, early), (second, late)) = (roll[one], roll[two]);
        let by_time = match (early, late) {
            (Some(early), Some(late)) => early.cmp(&late),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_time.then_with(|| natural(first, second)).then(one.cmp(&two))
    });
    positions
}

/// Compares names with their numbers as numbers: `IMG_9` before `IMG_10`.
fn natural(one: &str, two: &str) -> Ordering {
    let parts = |text: &str| {
        let mut parts: Vec<(u64, String)> = Vec::new();
        for character in text.chars() {
            let digit = character.to_digit(10).map(u64::from);
            match (parts.last_mut(), digit) {
                (Some((number, letters)), Some(digit)) if letters.is_empty() => {
                    *number = number.saturating_mul(10).saturating_add(digit);
                }
                (_, Some(digit)) => parts.push((digit, String::new())),
                (Some((_, letters)), None) if !letters.is_empty() => letters.push(character),
                (_, None) => parts.push((0, character.to_string())),
            }
        }
        parts
    };
    parts(one).cmp(&parts(two))
}

/// Columns in which a row is summed up.
const COLUMNS: usize = 32;
/// Rows that must be found again, besides empty ones.
const ROWS: usize = 40;
/// The height a stitched picture grows to at most; the next screenshot begins another one.
const TALLEST: i64 = 40_000;

/// Puts together each run of pictures that overlap, in the order given; a picture that overlaps with neither neighbour
/// stands alone.
pub fn stitch(pictures: &[&Picture]) -> Vec<Stitched> {
    let rows: Vec<Rows> = pictures.iter().map(|picture| Rows::of(&picture.luma())).collect();
    let mut chains: Vec<Vec<Placed>> = Vec::new();
    for index in 0..pictures.len() {
        let fits = chains.last().and_then(|chain| {
            let last = chain.last()?;
            let overlap = overlap(
                &rows[last.source],
                &rows[index],
                pictures[last.source].width() == pictures[index].width(),
            )?;
            let placed = Placed {
                source: index,
                offset: last.offset + overlap.down,
                head: overlap.head,
                foot: overlap.foot,
            };
            let highest = chain.iter().map(|placed| placed.offset).min()?.min(placed.offset);
            let lowest = chain.iter().map(|placed| placed.offset).max()?.max(placed.offset);
            (lowest - highest < TALLEST).then_some(placed)
        });
        match (fits, chains.last_mut()) {
            (Some(placed), Some(chain)) => {
                // The bars of the first are known only now, from its first neighbour.
                if let [first] = chain.as_mut_slice() {
                    (first.head, first.foot) = (placed.head, placed.foot);
                }
                chain.push(placed);
            }
            _ => chains.push(vec![Placed { source: index, offset: 0, head: 0, foot: 0 }]),
        }
    }
    chains.iter().map(|chain| assembled(pictures, chain)).collect()
}

/// A picture placed on the scrolled page.
struct Placed {
    source: usize,
    /// Where its first row stands, counted from that of the first picture.
    offset: i64,
    /// Rows of its own bars, above and below, that do not scroll.
    head: u32,
    foot: u32,
}

fn assembled(pictures: &[&Picture], chain: &[Placed]) -> Stitched {
    let mut sorted: Vec<&Placed> = chain.iter().collect();
    sorted.sort_by_key(|placed| (placed.offset, placed.source));
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut top, mut end) = (0u32, i64::MIN);
    for (index, placed) in sorted.iter().enumerate() {
        let (width, height) = (pictures[placed.source].width(), pictures[placed.source].height());
        let last = index + 1 == sorted.len();
        let first_row = if index == 0 { 0 } else { (end - placed.offset).max(i64::from(placed.head)) };
        let last_row = i64::from(if last { height } else { height - placed.foot.min(height) });
        if first_row < last_row {
            let (from, rows) = (first_row as u32, (last_row - first_row) as u32);
            pieces.push(Piece { source: placed.source, from: Area::new(0, from, width, rows), top });
            top += rows;
            end = placed.offset + last_row;
        }
    }
    let width = pieces.first().map_or(0, |piece| piece.from.width);
    let mut bytes = Vec::with_capacity(3 * width as usize * top as usize);
    for piece in &pieces {
        let stride = 3 * width as usize;
        let source = pictures[piece.source].rgb().as_raw();
        bytes.extend_from_slice(
            source
                .get(piece.from.top as usize * stride..piece.from.bottom() as usize * stride)
                .unwrap_or_default(),
        );
    }
    let mut sources: Vec<usize> = chain.iter().map(|placed| placed.source).collect();
    sources.sort_unstable();
    let picture = match (sources.as_slice(), RgbImage::from_raw(width, top, bytes)) {
        // One picture alone keeps what its file says of itself.
        ([only], _) => pictures[*only].clone(),
        (_, Some(pixels)) => Picture::of_pixels(pixels),
        (_, None) => pictures[chain[0].source].clone(),
    };
    Stitched { picture, pieces, sources }
}

/// The rows of a picture, each summed up.
struct Rows {
    sums: Vec<[u8; COLUMNS]>,
    /// Whether something stands in the row.
    busy: Vec<bool>,
}

impl Rows {
    fn of(luma: &GrayImage) -> Self {
        let width = luma.width() as usize;
        // A scroll bar at the right edge moves while the page does not.
        let used = (width * 97 / 100).max(1);
        let sums: Vec<[u8; COLUMNS]> = luma
            .as_raw()
            .chunks_exact(width.max(1))
            .map(|row| {
                std::array::from_fn(|column| {
                    let (from, to) = (used * column / COLUMNS, used * (column + 1) / COLUMNS);
                    let part = row.get(from..to.max(from + 1).min(width)).unwrap_or_default();
                    (part.iter().map(|&value| u32::from(value)).sum::<u32>() / part.len().max(1) as u32) as u8
                })
            })
            .collect();
        let busy = sums
            .iter()
            .map(|sums| {
                let (low, high) =
                    sums.iter().fold((255, 0), |(low, high), &sum| (sum.min(low), sum.max(high)));
                high - low > 8
            })
            .collect();
        Self { sums, busy }
    }

    fn same(&self, row: usize, other: &Self, other_row: usize) -> bool {
        let apart: u32 = self.sums[row]
            .iter()
            .zip(&other.sums[other_row])
            .map(|(one, two)| u32::from(one.abs_diff(*two)))
            .sum();
        apart <= 2 * COLUMNS as u32
    }
}

struct Overlap {
    /// Rows by which the second picture stands lower on the page; negative where it stands higher.
    down: i64,
    head: u32,
    foot: u32,
}

/// Finds how two screenshots overlap, or `None` where they do not.
fn overlap(one: &Rows, two: &Rows, same_width: bool) -> Option<Overlap> {
    let height = one.sums.len();
    if !same_width || height != two.sums.len() || height < 2 * ROWS {
        return None;
    }
    let differs = |row: &usize| !one.same(*row, two, *row);
    // The clock and the battery at the very top may change between two screenshots.
    let Some(head) = (height / 20..height).find(differs) else {
        return Some(Overlap { down: 0, head: 0, foot: 0 });
    };
    let foot = height - 1 - (head..height).rev().find(differs).unwrap_or(head);
    let (from, to) = (head, height - foot);
    let mut best: Option<(usize, i64)> = None;
    for distance in 1..(to - from) {
        for (upper, lower, sign) in [(one, two, 1), (two, one, -1)] {
            let (mut found, mut busy, mut missed) = (0, 0, 0);
            let rows = to - from - distance;
            for row in from..to - distance {
                if !(upper.busy[row + distance] || lower.busy[row]) {
                    continue;
                }
                busy += 1;
                if upper.same(row + distance, lower, row) {
                    found += 1;
                } else {
                    missed += 1;
                    if missed > rows / 20 {
                        break;
                    }
                }
            }
            let fits = found >= ROWS && missed * 20 <= busy;
            if fits && best.is_none_or(|(most, _)| found > most) {
                best = Some((found, sign * distance as i64));
            }
        }
    }
    best.map(|(_, down)| Overlap { down, head: head as u32, foot: foot as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::{Canvas, Face};
    use values::SaidBy;

    /// A page of numbered lines, and the screen that shows it from `scrolled` on between two bars.
    fn screen(scrolled: u32, clock: &str) -> Picture {
        let mut canvas = Canvas::new(360, 800, [255, 255, 255]);
        for line in 0..80u32 {
            let y = i64::from(70 + line * 40) - i64::from(scrolled);
            if (60..700).contains(&y) {
                let text = format!(
                    "{line} {}",
                    ["who is he", "gray hatchback", "plate RDR-0000", "ask"][line as usize % 4]
                );
                canvas.line((20 + line * 7 % 40, y as u32), 20, Face::Plain, [10, 10, 10], &text);
            }
        }
        canvas.fill(Area::new(0, 0, 360, 60), [240, 240, 240]);
        canvas.line((10, 5), 16, Face::Bold, [0, 0, 0], clock);
        canvas.line((120, 30), 20, Face::Bold, [0, 0, 0], "Posts");
        canvas.fill(Area::new(0, 740, 360, 60), [230, 230, 230]);
        canvas.line((60, 755), 20, Face::Plain, [0, 0, 0], "Home   Search");
        canvas.picture()
    }

    #[test]
    fn scrolled_screens_become_one() {
        let screens = [screen(0, "10:11"), screen(400, "10:11"), screen(780, "10:12")];
        let stitched = stitch(&screens.iter().collect::<Vec<_>>());
        assert_eq!(stitched.len(), 1);
        let [whole] = stitched.as_slice() else { panic!("one is expected") };
        assert_eq!(whole.sources, [0, 1, 2]);
        assert_eq!(whole.picture.height(), 800 + 780);
        // Every row is that of the capture it is said to come from.
        for y in (0..whole.picture.height()).step_by(7) {
            let sources = whole.sources_of(Area::new(5, y, 300, 1));
            let [(source, area)] = sources.as_slice() else { panic!("one source is expected for row {y}") };
            let own = screens[*source].rgb().get_pixel(40, area.top);
            assert_eq!(whole.picture.rgb().get_pixel(40, y), own);
        }
        // The page is shown without a gap: line 30 stands where the scrolled page has it.
        let pixels = |picture: &Picture, top: u32| crop(picture, top);
        assert_eq!(pixels(&whole.picture, 70 + 16 * 40), pixels(&screens[1], 70 + 16 * 40 - 400));
    }

    fn crop(picture: &Picture, top: u32) -> Vec<u8> {
        let strip = image::imageops::crop_imm(picture.rgb(), 0, top, 300, 30);
        strip.to_image().into_raw()
    }

    #[test]
    fn scrolling_up_is_stitched_too() {
        let screens = [screen(400, "10:11"), screen(0, "10:12")];
        let stitched = stitch(&screens.iter().collect::<Vec<_>>());
        assert_eq!(stitched.len(), 1);
        assert_eq!(stitched[0].picture.height(), 1200);
        assert_eq!(stitched[0].pieces[0].source, 1);
    }

    #[test]
    fn screens_that_do_not_overlap_stand_alone() {
        let other = Canvas::new(360, 500, [0, 0, 0]).picture();
        let screens = [screen(0, "10:11"), screen(1600, "10:11"), other];
        let stitched = stitch(&screens.iter().collect::<Vec<_>>());
        assert_eq!(stitched.iter().map(|one| one.sources.clone()).collect::<Vec<_>>(), [[0], [1], [2]]);
        assert_eq!(stitched[1].picture, screens[1]);
        assert!(stitch(&[]).is_empty());
    }

    #[test]
    fn the_same_screen_twice_adds_nothing() {
        let screens = [screen(0, "10:11"), screen(0, "10:14")];
        let stitched = stitch(&screens.iter().collect::<Vec<_>>());
        assert_eq!((stitched.len(), stitched[0].picture.height()), (1, 800));
        assert_eq!(stitched[0].sources, [0, 1]);
    }

    #[test]
    fn a_roll_is_ordered_by_time_then_name() {
        let at = |seconds| Some(Moment::from_seconds(seconds, SaidBy::File));
        let roll = [
            ("IMG_10.PNG", None),
            ("b.png", at(20)),
            ("IMG_9.PNG", None),
            ("a.png", at(20)),
            ("z.png", at(10)),
        ];
        assert_eq!(order(&roll), [4, 3, 1, 2, 0]);
    }
}
