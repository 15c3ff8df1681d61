//! A small grey copy of a picture, to find a crop of it again.
//!
//! A perceptual hash of the whole does not stand cropping: what is left lies elsewhere in the grid. So the small copy of
//! one picture is laid over that of the other at every size from half to the whole and at every place, and how well the
//! brightness agrees there is measured (normalised cross-correlation: 1 is the same, light and contrast aside). Coarse
//! first, then finer around the best place. Only pictures that are pictures are compared this way: pages of text all look
//! alike when small.
//!
//! The limits were set on drawn photos (`cargo xtask bench pixels`): a crop of half of each side and more is found.
//! Turned, mirrored or stretched crops are not.

use std::ops::RangeInclusive;

use image::GrayImage;
use image::imageops::{FilterType, crop_imm, resize};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Area;

/// The longer side of the kept copy.
const KEPT: u32 = 96;
/// The longer side when all places are tried, and when the best of them is looked at closer.
const COARSE: usize = 16;
const CLOSER: usize = 32;
/// The least side of what is laid over, on the coarse grid.
const LEAST: usize = 5;
/// Agreement from which a place on the coarse grid, then on the closer one, is followed up.
const PROMISING: [f32; 2] = [0.60, 0.75];
/// Agreement on the fine grid from which two pictures are taken for the same.
const AGREES: f32 = 0.90;
/// A copy whose brightness varies less (standard deviation, of 255) matches anything.
const FLAT: f32 = 8.0;

/// The small grey copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    width: u32,
    height: u32,
    /// Brightness, row by row.
    luma: Vec<u8>,
}

impl Shape {
    /// Returns the small copy of `area` of a picture, or `None` where it is too small or too flat to be told from others.
    pub(super) fn of(luma: &GrayImage, area: Area) -> Option<Self> {
        let longer = area.width.max(area.height);
        let side = |side: u32| (side * KEPT).div_ceil(longer.max(1)).max(1);
        let (width, height) = (side(area.width), side(area.height));
        if width.min(height) < KEPT / 4 || area.width.min(area.height) < 48 {
            return None;
        }
        let part = crop_imm(luma, area.left, area.top, area.width, area.height).to_image();
        let small = resize(&part, width, height, FilterType::Triangle);
        let shape = Self { width, height, luma: small.into_raw() };
        (deviation(&shape.luma) >= FLAT).then_some(shape)
    }
}

impl Serialize for Shape {
    /// Writes `width height` and two hex digits a pixel.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use std::fmt::Write as _;
        let mut text = format!("{} {} ", self.width, self.height);
        for value in &self.luma {
            // Writing to a String cannot fail.
            let _ = write!(text, "{value:02x}");
        }
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| serde::de::Error::custom("no small copy of a picture"))
    }
}

fn parse(text: &str) -> Option<Shape> {
    let mut words = text.split(' ');
    let (width, height) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let hex = words.next()?;
    if width == 0 || height == 0 || width > KEPT || height > KEPT || hex.len() as u32 != 2 * width * height {
        return None;
    }
    let luma = hex.as_bytes().chunks(2).map(|pair| {
        let digits = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(digits, 16).ok()
    });
    Some(Shape { width, height, luma: luma.collect::<Option<_>>()? })
}

/// A shape made ready to be compared with many.
#[derive(Debug, Clone)]
pub struct Ready {
    coarse: Grid,
    closer: Grid,
    fine: Grid,
    /// The shape at every coarse width from [`LEAST`] to [`COARSE`], to be laid over others, brightness normalised.
    over: Vec<Grid>,
}

/// Where one shape lies on a grid of another, and how well they agree there.
#[derive(Debug, Clone, Copy)]
struct Laid {
    agreement: f32,
    left: usize,
    top: usize,
    width: usize,
}

impl Ready {
    /// Makes a shape ready: some ten thousand numbers.
    pub fn of(shape: &Shape) -> Self {
        let fine = Grid {
            width: shape.width as usize,
            height: shape.height as usize,
            values: shape.luma.iter().map(|&value| f32::from(value)).collect(),
        };
        let longer = fine.width.max(fine.height);
        let at = |side: usize| {
            fine.resized((fine.width * side).div_ceil(longer), (fine.height * side).div_ceil(longer))
        };
        let (coarse, closer) = (at(COARSE), at(CLOSER));
        let over = (LEAST..=COARSE)
            .map(|width| fine.as_wide_as(width))
            .filter(|grid| (LEAST..=COARSE).contains(&grid.height))
            .map(Grid::normalised)
            .collect();
        Self { coarse, closer, fine, over }
    }

    /// Returns how well the two agree, from 0.9 to 1, where one probably is the other, whole or cropped.
    pub fn agrees(&self, other: &Self) -> Option<f32> {
        let one = self.holds(other);
        let best = if one >= AGREES { one } else { one.max(other.holds(self)) };
        (best >= AGREES).then_some(best)
    }

    /// Returns how well `part` agrees with the place in `self` where it fits best; 0 where none is promising.
    fn holds(&self, part: &Self) -> f32 {
        let mut best = Laid { agreement: 0.0, left: 0, top: 0, width: 0 };
        for laid in &part.over {
            // From half of each side to the whole, and no larger; a cell is lost to rounding.
            let large = 2 * laid.width + 2 >= self.coarse.width && 2 * laid.height + 2 >= self.coarse.height;
            if large {
                self.coarse.lay(laid, 0..=self.coarse.width, 0..=self.coarse.height, &mut best);
            }
        }
        if best.agreement < PROMISING[0] {
            return 0.0;
        }
        let near = self.closer.look(&self.coarse, &part.fine, best, 2);
        if near.agreement < PROMISING[1] {
            return 0.0;
        }
        self.fine.look(&self.closer, &part.fine, near, 3).agreement
    }
}

#[derive(Debug, Clone)]
struct Grid {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Grid {
    /// Returns a copy of another size; each value is the mean of what it covers.
    fn resized(&self, width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        let rows = spread(self.height, height);
        let columns = spread(self.width, width);
        let mut values = Vec::with_capacity(width * height);
        for row in &rows {
            for column in &columns {
                let (mut sum, mut weight) = (0.0, 0.0);
                for (y, part) in row {
                    for (x, share) in column {
                        sum += self.values[y * self.width + x] * part * share;
                        weight += part * share;
                    }
                }
                values.push(sum / weight.max(f32::MIN_POSITIVE));
            }
        }
        Self { width, height, values }
    }

    /// Returns a copy of that width and the same proportions.
    fn as_wide_as(&self, width: usize) -> Self {
        self.resized(width, (self.height as f32 * width as f32 / self.width as f32).round() as usize)
    }

    /// Returns the values with mean 0 and length 1; all 0 where they are flat.
    fn normalised(mut self) -> Self {
        let count = self.values.len() as f32;
        let mean = self.values.iter().sum::<f32>() / count;
        let length = self.values.iter().map(|value| (value - mean).powi(2)).sum::<f32>().sqrt();
        let flat = length < FLAT / 2.0 * count.sqrt();
        for value in &mut self.values {
            *value = if flat { 0.0 } else { (*value - mean) / length };
        }
        self
    }

    /// Lays a normalised grid over this one at every place of the ranges where it fits, and keeps the best.
    fn lay(&self, laid: &Self, lefts: RangeInclusive<usize>, tops: RangeInclusive<usize>, best: &mut Laid) {
        let (Some(room_x), Some(room_y)) =
            (self.width.checked_sub(laid.width), self.height.checked_sub(laid.height))
        else {
            return;
        };
        for top in *tops.start()..=room_y.min(*tops.end()) {
            for left in *lefts.start()..=room_x.min(*lefts.end()) {
                let agreement = self.agreement(&laid.values, laid.width, laid.height, left, top);
                if agreement > best.agreement {
                    *best = Laid { agreement, left, top, width: laid.width };
                }
            }
        }
    }

    /// Looks again on this finer grid around the place found on a coarser one, `reach` cells around.
    fn look(&self, coarser: &Self, part: &Self, found: Laid, reach: usize) -> Laid {
        let ratio = self.width as f32 / coarser.width as f32;
        let moved = |at: usize| (at as f32 * ratio).round() as usize;
        let around = |at: usize| at.saturating_sub(reach)..=at + reach;
        let (lefts, tops) = (around(moved(found.left)), around(moved(found.top)));
        let mut best = Laid { agreement: 0.0, ..found };
        for width in around(moved(found.width)) {
            // What is as wide as the whole grid may be a cell too high by rounding.
            let mut laid = part.as_wide_as(width.clamp(1, self.width));
            if laid.height == self.height + 1 {
                laid = part.resized(laid.width, self.height);
            }
            self.lay(&laid.normalised(), lefts.clone(), tops.clone(), &mut best);
        }
        best
    }

    /// Returns how well normalised values agree with this grid's at a place: -1 to 1.
    fn agreement(&self, norm: &[f32], width: usize, height: usize, left: usize, top: usize) -> f32 {
        let (mut dot, mut sum, mut squares) = (0.0_f32, 0.0_f32, 0.0_f32);
        for (row, laid) in norm.chunks_exact(width).enumerate() {
            let from = (top + row) * self.width + left;
            for (own, laid) in self.values[from..from + width].iter().zip(laid) {
                dot += own * laid;
                sum += own;
                squares += own * own;
            }
        }
        let count = (width * height) as f32;
        let variance = squares - sum * sum / count;
        // The laid values have mean 0, so the mean of these drops out of the product.
        if variance < (FLAT / 2.0).powi(2) * count { 0.0 } else { dot / variance.sqrt() }
    }
}

/// Returns for each of `to` cells which of `from` cells it covers, and how much of each.
fn spread(from: usize, to: usize) -> Vec<Vec<(usize, f32)>> {
    let step = from as f32 / to as f32;
    (0..to)
        .map(|cell| {
            let (start, end) = (cell as f32 * step, (cell + 1) as f32 * step);
            (start as usize..from.min(end.ceil() as usize))
                .map(|at| (at, (end.min(at as f32 + 1.0) - start.max(at as f32)).max(1e-6)))
                .collect()
        })
        .collect()
}

fn deviation(values: &[u8]) -> f32 {
    let count = values.len().max(1) as f32;
    let mean = values.iter().map(|&value| f32::from(value)).sum::<f32>() / count;
    (values.iter().map(|&value| (f32::from(value) - mean).powi(2)).sum::<f32>() / count).sqrt()
}

#[cfg(test)]
mod tests {
    use image::imageops::crop_imm;

    use super::*;
    use crate::drawn::photo;

    fn shape(picture: &image::RgbImage) -> Shape {
        let luma = image::imageops::grayscale(picture);
        Shape::of(&luma, Area::new(0, 0, luma.width(), luma.height())).unwrap()
    }

    #[test]
    fn a_crop_is_found_in_its_picture_and_not_in_others() {
        let photos: Vec<_> = (1..12).map(|seed| photo(seed, 600, 450)).collect();
        let ready: Vec<Ready> = photos.iter().map(|photo| Ready::of(&shape(photo))).collect();
        for (at, photo) in photos.iter().enumerate() {
            for (left, top, width, height) in [
                (0, 0, 600, 450),
                (50, 30, 480, 380),
                (200, 100, 380, 300),
                (0, 150, 600, 300),
                (250, 0, 330, 450),
            ] {
                let part = crop_imm(photo, left, top, width, height).to_image();
                let part = Ready::of(&shape(&part));
                for (other, ready) in ready.iter().enumerate() {
                    let found = ready.agrees(&part);
                    assert_eq!(found.is_some(), other == at, "{at} in {other} at {left},{top}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn the_form_on_disk_reads_back_and_nonsense_does_not() {
        let given = shape(&photo(3, 500, 300));
        let text = serde_json::to_string(&given).unwrap();
        assert_eq!(serde_json::from_str::<Shape>(&text).unwrap(), given);
        for bad in ["\"\"", "\"2 2 00\"", "\"0 0 \"", "\"1 1 zz\"", "\"900 900 00\""] {
            assert!(serde_json::from_str::<Shape>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_flat_has_no_shape() {
        let luma = GrayImage::from_pixel(200, 200, image::Luma([200]));
        assert_eq!(Shape::of(&luma, Area::new(0, 0, 200, 200)), None);
    }
}
