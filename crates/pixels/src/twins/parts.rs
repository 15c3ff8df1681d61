//! The hashes of a picture and of its parts, so that cropping and screenshotting do not hide a twin.

use image::GrayImage;
use image::imageops::crop_imm;
use serde::{Deserialize, Serialize};

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
    /// One of the fixed crops.
    Crop,
}

/// The hashes of one picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    /// Each with the part it is of, the whole first; parts of too little structure are left out.
    pub parts: Vec<(Part, Area, Hash)>,
}

/// Crops that are hashed: how much of each side is kept, in hundredths, and the steps in which the crop is moved.
const CROPS: &[(u32, u32)] = &[(92, 2), (84, 3), (76, 3), (68, 4)];

impl Hashes {
    /// Returns the hashes of a picture and its parts.
    pub fn of(picture: &Picture) -> Self {
        let luma = picture.luma();
        let all = Area::new(0, 0, luma.width(), luma.height());
        let (whole, mirror) = Hash::with_mirror(&luma);
        let mut parts = vec![(Part::Whole, all, whole), (Part::Mirror, all, mirror)];
        let mut kept = all;
        for (part, area) in [(Part::Trimmed, trimmed(&luma)), (Part::Photo, photo(&luma))] {
            let Some(area) = area.filter(|area| *area != all && area.width >= 64 && area.height >= 64) else {
                continue;
            };
            parts.push((part, area, hash(&luma, area)));
            kept = area;
        }
        for area in crops(kept) {
            parts.push((Part::Crop, area, hash(&luma, area)));
        }
        parts.retain(|(_, _, hash)| hash.quality() >= WORTH);
        Self { parts }
    }

    /// Returns the smallest distance between a part of one and a part of the other, and which parts they are.
    ///
    /// A crop is compared with wholes only: two crops of different pictures have too many chances to be alike. `None`
    /// where one of the two has no part worth comparing.
    pub fn nearest(&self, other: &Self) -> Option<(u32, Part, Part)> {
        let pairs = self.parts.iter().flat_map(|one| other.parts.iter().map(move |two| (one, two)));
        pairs
            .filter(|((one, _, _), (two, _, _))| *one != Part::Crop || *two != Part::Crop)
            .map(|((one, _, first), (two, _, second))| (first.distance(*second), *one, *two))
            .min()
    }

    /// Tells whether the two are probably the same picture: see [`SAME`].
    pub fn same(&self, other: &Self) -> bool {
        self.nearest(other).is_some_and(|(distance, _, _)| distance <= SAME)
    }
}

fn hash(luma: &GrayImage, area: Area) -> Hash {
    Hash::of_luma(&crop_imm(luma, area.left, area.top, area.width, area.height).to_image())
}

fn crops(of: Area) -> impl Iterator<Item = Area> {
    CROPS.iter().flat_map(move |&(kept, steps)| {
        let (width, height) = (of.width * kept / 100, of.height * kept / 100);
        let at = move |step: u32, spare: u32| spare * step / (steps - 1);
        (0..steps).flat_map(move |row| {
            (0..steps).map(move |column| {
                let (left, top) = (at(column, of.width - width), at(row, of.height - height));
                Area::new(of.left + left, of.top + top, width.max(1), height.max(1))
            })
        })
    })
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
