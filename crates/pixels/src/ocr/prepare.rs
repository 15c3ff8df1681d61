//! A picture is made ready for reading: level light, dark letters on white, large enough, upright lines.
//!
//! Tesseract was trained on scanned paper: dark letters about 30 pixels high on white. Phone screens are dark, small,
//! coloured in places, and sometimes photographed at an angle. Each preparation is a pure function of the picture; the
//! areas that come back are turned into those of the picture as given.

use image::imageops::{FilterType, resize};
use image::{GrayImage, Luma};

use super::deskew;
use crate::Area;

/// How a picture is made ready for one reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preparation {
    /// Enlargement in hundredths: 200 doubles each side.
    pub scale: u32,
    /// What is done about the light.
    pub light: Light,
    /// Tenths of a degree by which the lines fall to the right; the picture is turned back by it.
    pub skew: i32,
}

/// What is done about the light of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// Nothing.
    AsIs,
    /// Black and white change places: dark mode.
    Inverted,
    /// Each pixel becomes its distance from the background around it: pages that are dark here and light there,
    /// coloured bubbles, uneven light on a photographed screen.
    Levelled,
    /// Levelled, then only black and white.
    Threshold,
}

/// The width to which a narrow picture is enlarged: letters of a phone's text are then about 30 pixels high.
const WIDTH: u32 = 1280;
/// Pixels of a prepared picture at most, so that enlarging costs bounded time and memory.
const PIXELS: u64 = 24_000_000;
/// Side of the tiles on which the background is measured.
const TILE: u32 = 32;

impl Preparation {
    /// Nothing at all.
    pub const PLAIN: Self = Self { scale: 100, light: Light::AsIs, skew: 0 };

    /// Returns the preparations to try for a picture, the most promising first.
    pub(super) fn in_order(luma: &GrayImage, camera: bool) -> Vec<Self> {
        let light = if median(luma) < 128 { Light::Inverted } else { Light::AsIs };
        let scale = (WIDTH * 100 / luma.width().max(1)).clamp(100, 300);
        let scale = held(scale, luma);
        let skew = deskew::angle(luma);
        let first = if camera && skew != 0 { Light::Levelled } else { light };
        let other = if scale > 130 { held(scale * 3 / 4, luma) } else { held(150, luma) };
        vec![
            Self { scale, light: first, skew },
            Self { scale: other, light: first, skew },
            Self { scale, light: Light::Levelled, skew },
            Self { scale, light: Light::Threshold, skew },
        ]
    }
}

fn held(scale: u32, luma: &GrayImage) -> u32 {
    let pixels = u64::from(luma.width()) * u64::from(luma.height());
    let fits = |scale: &u32| pixels * u64::from(*scale) * u64::from(*scale) / 10_000 <= PIXELS;
    [scale, scale * 3 / 4, scale / 2, 100].into_iter().find(fits).unwrap_or(100).max(100)
}

/// A prepared picture, and the way back to the picture as given.
pub(super) struct Prepared {
    pixels: GrayImage,
    preparation: Preparation,
    /// Width of the picture as given.
    pub width: u32,
    /// Height of the picture as given.
    pub height: u32,
}

impl Prepared {
    pub fn of(luma: &GrayImage, preparation: Preparation) -> Self {
        let (width, height) = luma.dimensions();
        let lit = match preparation.light {
            Light::AsIs => luma.clone(),
            Light::Inverted => {
                let mut inverted = luma.clone();
                inverted.iter_mut().for_each(|value| *value = 255 - *value);
                inverted
            }
            Light::Levelled => levelled(luma),
            Light::Threshold => threshold(levelled(luma)),
        };
        let side = |length: u32| (u64::from(length) * u64::from(preparation.scale) / 100).max(1) as u32;
        let scaled = match preparation.scale {
            100 => lit,
            _ => resize(&lit, side(width), side(height), FilterType::Lanczos3),
        };
        let pixels =
            if preparation.skew == 0 { scaled } else { turned(&scaled, deskew::radians(preparation.skew)) };
        Self { pixels, preparation, width, height }
    }

    /// Returns the picture as a binary PGM file, which costs no time to write or read.
    pub fn pgm(&self) -> Vec<u8> {
        let (width, height) = self.pixels.dimensions();
        let mut bytes = format!("P5\n{width} {height}\n255\n").into_bytes();
        bytes.extend_from_slice(self.pixels.as_raw());
        bytes
    }

    /// Returns the area of the picture as given that a box of the prepared picture shows, or `None` where none does.
    pub fn back(&self, left: u32, top: u32, width: u32, height: u32) -> Option<Area> {
        let (far_right, far_bottom) = self.pixels.dimensions();
        let (right, bottom) =
            (left.saturating_add(width).min(far_right), top.saturating_add(height).min(far_bottom));
        if left >= right || top >= bottom {
            return None;
        }
        let angle = deskew::radians(self.preparation.skew);
        let centre = (far_right as f32 / 2.0, far_bottom as f32 / 2.0);
        let scale = self.preparation.scale as f32 / 100.0;
        let corners = [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| {
            let (x, y) = rotated((x as f32, y as f32), centre, angle);
            (x / scale, y / scale)
        });
        let low =
            |pick: fn(&(f32, f32)) -> f32| corners.iter().map(pick).fold(f32::MAX, f32::min).floor().max(0.0);
        let high = |pick: fn(&(f32, f32)) -> f32| corners.iter().map(pick).fold(0.0, f32::max).ceil();
        let (left, top) = (low(|c| c.0) as u32, low(|c| c.1) as u32);
        let (right, bottom) = (high(|c| c.0) as u32, high(|c| c.1) as u32);
        Area::new(left, top, right.saturating_sub(left), bottom.saturating_sub(top))
            .within(self.width, self.height)
    }
}

fn rotated((x, y): (f32, f32), (cx, cy): (f32, f32), angle: f32) -> (f32, f32) {
    let (sin, cos) = angle.sin_cos();
    (cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos)
}

/// Turns the picture back by `angle`; what comes in from outside is white.
fn turned(pixels: &GrayImage, angle: f32) -> GrayImage {
    let (width, height) = pixels.dimensions();
    let centre = (width as f32 / 2.0, height as f32 / 2.0);
    let at = |x: i64, y: i64| {
        if x < 0 || y < 0 || x >= i64::from(width) || y >= i64::from(height) {
            255.0
        } else {
            f32::from(pixels.get_pixel(x as u32, y as u32)[0])
        }
    };
    GrayImage::from_fn(width, height, |x, y| {
        let (sx, sy) = rotated((x as f32 + 0.5, y as f32 + 0.5), centre, angle);
        let (sx, sy) = (sx - 0.5, sy - 0.5);
        let (x0, y0) = (sx.floor(), sy.floor());
        let (fx, fy) = (sx - x0, sy - y0);
        let (x0, y0) = (x0 as i64, y0 as i64);
        let upper = at(x0, y0) * (1.0 - fx) + at(x0 + 1, y0) * fx;
        let lower = at(x0, y0 + 1) * (1.0 - fx) + at(x0 + 1, y0 + 1) * fx;
        Luma([(upper * (1.0 - fy) + lower * fy).round().clamp(0.0, 255.0) as u8])
    })
}

/// Returns the middle brightness of a picture.
pub(crate) fn median(luma: &GrayImage) -> u8 {
    let mut counts = [0u64; 256];
    luma.iter().for_each(|&value| counts[usize::from(value)] += 1);
    quantile(&counts, 50)
}

fn quantile(counts: &[u64; 256], hundredths: u64) -> u8 {
    let all: u64 = counts.iter().sum();
    let mut seen = 0;
    for (value, count) in counts.iter().enumerate() {
        seen += count;
        if seen * 100 > all * hundredths {
            return value as u8;
        }
    }
    255
}

/// Makes each pixel its distance from the background around it: 255 where there is none, dark where letters are.
fn levelled(luma: &GrayImage) -> GrayImage {
    let (width, height) = luma.dimensions();
    let (columns, rows) = (width.div_ceil(TILE), height.div_ceil(TILE));
    let mut backgrounds = Vec::with_capacity((columns * rows) as usize);
    let mut contrasts = Vec::with_capacity((columns * rows) as usize);
    for row in 0..rows {
        for column in 0..columns {
            let mut counts = [0u64; 256];
            for y in row * TILE..((row + 1) * TILE).min(height) {
                for x in column * TILE..((column + 1) * TILE).min(width) {
                    counts[usize::from(luma.get_pixel(x, y)[0])] += 1;
                }
            }
            let middle = quantile(&counts, 50);
            let spread = middle.abs_diff(quantile(&counts, 1)).max(middle.abs_diff(quantile(&counts, 99)));
            backgrounds.push(middle);
            contrasts.push(spread);
        }
    }
    let around = |column: u32, row: u32| {
        (row.saturating_sub(1)..(row + 2).min(rows)).flat_map(move |r| {
            (column.saturating_sub(1)..(column + 2).min(columns)).map(move |c| (r * columns + c) as usize)
        })
    };
    let mut gains = Vec::with_capacity(contrasts.len());
    for row in 0..rows {
        for column in 0..columns {
            let most = around(column, row).map(|index| contrasts[index]).max().unwrap_or(0);
            // Faint noise on a flat page must not be raised to letters.
            gains.push(230.0 / f32::from(most.max(70)));
        }
    }
    GrayImage::from_fn(width, height, |x, y| {
        let tile = ((y / TILE) * columns + x / TILE) as usize;
        let away = f32::from(luma.get_pixel(x, y)[0].abs_diff(backgrounds[tile])) * gains[tile];
        Luma([255 - away.min(255.0) as u8])
    })
}

/// Makes a picture black and white at the value that parts its two groups best (Otsu 1979).
fn threshold(mut luma: GrayImage) -> GrayImage {
    let mut counts = [0f64; 256];
    luma.iter().for_each(|&value| counts[usize::from(value)] += 1.0);
    let all: f64 = counts.iter().sum();
    let weighted: f64 = counts.iter().enumerate().map(|(value, count)| value as f64 * count).sum();
    let (mut below, mut below_weighted, mut best, mut cut) = (0.0, 0.0, 0.0, 127u8);
    for (value, count) in counts.iter().enumerate() {
        below += count;
        below_weighted += value as f64 * count;
        let above = all - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let between = below_weighted / below - (weighted - below_weighted) / above;
        let score = below * above * between * between;
        if score > best {
            (best, cut) = (score, value as u8);
        }
    }
    luma.iter_mut().for_each(|value| *value = if *value <= cut { 0 } else { 255 });
    luma
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves() -> GrayImage {
        // Left half dark with a light stroke, right half light with a dark stroke.
        GrayImage::from_fn(128, 64, |x, y| {
            let stroke = (28..34).contains(&y);
            Luma([match (x < 64, stroke) {
                (true, false) => 20,
                (true, true) => 230,
                (false, false) => 240,
                (false, true) => 10,
            }])
        })
    }

    #[test]
    fn levelled_letters_are_dark_everywhere() {
        for light in [Light::Levelled, Light::Threshold] {
            let prepared = Prepared::of(&halves(), Preparation { light, ..Preparation::PLAIN });
            for x in [10, 50, 70, 120] {
                assert!(prepared.pixels.get_pixel(x, 30)[0] < 60, "{light:?} {x}");
                assert!(prepared.pixels.get_pixel(x, 5)[0] > 200, "{light:?} {x}");
            }
        }
    }

    #[test]
    fn areas_come_back_to_the_picture_as_given() {
        let picture = halves();
        let check = |scale, skew| {
            let prepared = Prepared::of(&picture, Preparation { scale, light: Light::AsIs, skew });
            let factor = scale as f32 / 100.0;
            let side = |value: f32| (value * factor) as u32;
            let area = prepared.back(side(40.0), side(20.0), side(20.0), side(10.0)).unwrap();
            let centre = (area.left + area.width / 2, area.top + area.height / 2);
            assert!(centre.0.abs_diff(50) <= 3 && centre.1.abs_diff(25) <= 3, "{scale} {skew}: {area:?}");
            assert_eq!(prepared.back(9000, 0, 5, 5), None);
        };
        check(100, 0);
        check(250, 0);
        check(200, 30);
        check(100, -30);
    }

    #[test]
    fn dark_pictures_are_inverted_and_small_ones_enlarged() {
        let dark = GrayImage::from_pixel(640, 100, Luma([15]));
        let first = Preparation::in_order(&dark, false)[0];
        assert_eq!((first.scale, first.light, first.skew), (200, Light::Inverted, 0));
        let tall = GrayImage::from_pixel(1170, 20_000, Luma([250]));
        assert!(Preparation::in_order(&tall, false).iter().all(|preparation| preparation.scale == 100));
    }

    #[test]
    fn no_size_is_too_small() {
        for (width, height) in [(1, 1), (1, 300), (300, 1), (33, 33)] {
            let picture = GrayImage::from_pixel(width, height, Luma([9]));
            for preparation in Preparation::in_order(&picture, true) {
                assert!(!Prepared::of(&picture, preparation).pgm().is_empty());
            }
        }
    }
}
