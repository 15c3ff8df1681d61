//! The fingerprints of a picture and of its parts, so that cropping and screenshotting do not hide a twin.

use image::GrayImage;
use image::imageops::crop_imm;
use serde::{Deserialize, Serialize};

use super::shape::{Ready, Shape};
use super::{Hash, SAME, WORTH};
use crate::Area;
use crate::picture::Picture;

/// Which part of a picture a hash is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// All of it.
    Whole,
    /// All of it, left for right.
    Mirror,
    /// What is left without flat margins.
    Trimmed,
    /// The photo inside a screenshot.
    Photo,
}

/// The fingerprints of one picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    /// Each with the part it is of, the whole first; parts of too little structure are left out.
    pub parts: Vec<(Part, Area, Hash)>,
    /// A small grey copy of what is a picture in it, to find crops by; `None` where it is a page of text, or flat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<Shape>,
}

/// How two pictures were found to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Alike {
    /// Two perceptual hashes that differ in few bits.
    Hash {
        /// Differing bits, at most [`SAME`].
        distance: u32,
    },
    /// One lies in the other, cropped.
    Crop {
        /// How well the brightness agrees, to 1.
        agreement: f32,
    },
}

/// Fingerprints made ready to be compared with many.
#[derive(Debug, Clone)]
pub struct Compared {
    parts: Vec<(Part, Hash)>,
    ready: Option<Ready>,
}

/// More of one shade than this, in hundredths of all pixels, and the picture is a page: paper with words on it.
const PAPER: u32 = 35;

impl Hashes {
    /// Returns the fingerprints of a picture and its parts.
    pub fn of(picture: &Picture) -> Self {
        let luma = picture.luma();
        let all = Area::new(0, 0, luma.width(), luma.height());
        let (whole, mirror) = Hash::with_mirror(&luma);
        let mut parts = vec![(Part::Whole, all, whole), (Part::Mirror, all, mirror)];
        let large = |area: &Area| *area != all && area.width >= 64 && area.height >= 64;
        let trimmed = trimmed(&luma).filter(large);
        let photo = photo(&luma).filter(large);
        parts.extend(trimmed.map(|area| (Part::Trimmed, area, hash(&luma, area))));
        parts.extend(photo.map(|area| (Part::Photo, area, hash(&luma, area))));
        parts.retain(|(_, _, hash)| hash.quality() >= WORTH);
        // Of a page only the photo on it can be told from other pages; small copies of text all look alike.
        let of = photo.or(trimmed).unwrap_or(all);
        let shape = if is_page(&luma, of) { None } else { Shape::of(&luma, of) };
        Self { parts, shape }
    }

    /// Makes the fingerprints ready to be compared with many.
    pub fn ready(&self) -> Compared {
        let parts = self.parts.iter().map(|(part, _, hash)| (*part, *hash)).collect();
        Compared { parts, ready: self.shape.as_ref().map(Ready::of) }
    }

    /// Returns the smallest distance between a part of one and a part of the other, and which parts they are.
    ///
    /// `None` where one of the two has no part worth comparing.
    pub fn nearest(&self, other: &Self) -> Option<(u32, Part, Part)> {
        let pairs = self.parts.iter().flat_map(|one| other.parts.iter().map(move |two| (one, two)));
        pairs.map(|((one, _, first), (two, _, second))| (first.distance(*second), *one, *two)).min()
    }

    /// Tells whether the two are probably the same picture.
    pub fn same(&self, other: &Self) -> bool {
        self.ready().alike(&other.ready()).is_some()
    }
}

impl Compared {
    /// Returns how the two are probably the same picture, or `None` where they are not.
    ///
    /// By hash first ([`SAME`]), which costs next to nothing; then by laying one over the other.
    pub fn alike(&self, other: &Self) -> Option<Alike> {
        let pairs = self.parts.iter().flat_map(|one| other.parts.iter().map(move |two| (one, two)));
        let distance = pairs.map(|((_, one), (_, two))| one.distance(*two)).min();
        if let Some(distance) = distance.filter(|distance| *distance <= SAME) {
            return Some(Alike::Hash { distance });
        }
        let agreement = self.ready.as_ref()?.agrees(other.ready.as_ref()?)?;
        Some(Alike::Crop { agreement })
    }
}

fn hash(luma: &GrayImage, area: Area) -> Hash {
    Hash::of_luma(&crop_imm(luma, area.left, area.top, area.width, area.height).to_image())
}

/// Tells whether one shade fills so much of an area as paper does.
fn is_page(luma: &GrayImage, area: Area) -> bool {
    let mut shades = [0_u32; 64];
    for y in (area.top..area.bottom()).step_by(2) {
        for x in (area.left..area.right()).step_by(2) {
            shades[usize::from(luma.get_pixel(x, y)[0] / 4)] += 1;
        }
    }
    let all: u32 = shades.iter().sum();
    // A shade at the edge of two steps falls into both.
    let most = shades.windows(2).map(|two| two[0] + two[1]).max().unwrap_or(0);
    u64::from(most) * 100 > u64::from(all) * u64::from(PAPER)
}

/// Returns the picture without margins in which nothing happens, or `None` where nothing happens at all.
fn trimmed(luma: &GrayImage) -> Option<Area> {
    let (width, height) = luma.dimensions();
    let row = |y: u32| flat((0..width).map(move |x| luma.get_pixel(x, y)[0]));
    let top = (0..height).find(|&y| !row(y))?;
    let bottom = (0..height).rev().find(|&y| !row(y))?;
    let column = |x: u32| flat((top..=bottom).map(move |y| luma.get_pixel(x, y)[0]));
    let left = (0..width).find(|&x| !column(x))?;
    let right = (0..width).rev().find(|&x| !column(x))?;
    Some(Area::new(left, top, right - left + 1, bottom - top + 1))
}

/// Tells whether values stay within what saving as JPEG does to one colour.
fn flat(values: impl Iterator<Item = u8>) -> bool {
    let (low, high) = values.fold((255, 0), |(low, high), value| (value.min(low), value.max(high)));
    high.saturating_sub(low) <= 12
}

/// Side of the blocks in which a photo is told from text and paper.
const BLOCK: u32 = 12;

/// Returns the largest rectangle whose blocks have many shades, as a photo has and text on paper has not.
fn photo(luma: &GrayImage) -> Option<Area> {
    let (columns, rows) = (luma.width() / BLOCK, luma.height() / BLOCK);
    let shaded = |column: u32, row: u32| {
        let mut counts = [0u32; 64];
        for y in row * BLOCK..(row + 1) * BLOCK {
            for x in column * BLOCK..(column + 1) * BLOCK {
                counts[usize::from(luma.get_pixel(x, y)[0] / 4)] += 1;
            }
        }
        // On paper one shade fills most of a block, with or without letters.
        counts.iter().max().is_some_and(|&most| most < BLOCK * BLOCK * 45 / 100)
    };
    let grid: Vec<Vec<bool>> =
        (0..rows).map(|row| (0..columns).map(|column| shaded(column, row)).collect()).collect();
    // Rows with a broad run of shaded blocks; the photo is the longest stretch of such rows.
    let broad = |row: &Vec<bool>| row.iter().filter(|shaded| **shaded).count() as u32 * 2 > columns;
    let (mut best, mut start) = ((0, 0), None);
    for (index, row) in grid.iter().chain(std::iter::once(&Vec::new())).enumerate() {
        match (broad(row), start) {
            (true, None) => start = Some(index),
            (false, Some(from)) => {
                if index - from > best.1 - best.0 {
                    best = (from, index);
                }
                start = None;
            }
            _ => {}
        }
    }
    let (from, to) = (best.0 as u32, best.1 as u32);
    if to - from < 5 {
        return None;
    }
    Some(refined(luma, Area::new(0, from * BLOCK, luma.width(), (to - from) * BLOCK)))
}

/// Moves the edges of a photo found in blocks out to where the paper begins, then trims the paper beside it.
fn refined(luma: &GrayImage, found: Area) -> Area {
    let band = found.grown(BLOCK).within(luma.width(), luma.height()).unwrap_or(found);
    let inside = crop_imm(luma, band.left, band.top, band.width, band.height).to_image();
    match trimmed(&inside) {
        Some(area) => Area::new(band.left + area.left, band.top + area.top, area.width, area.height),
        None => found,
    }
}
