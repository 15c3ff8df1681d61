//! The PDQ hash: brightness, blurred and sampled to 64 by 64, its 16 by 16 lowest frequencies but the constant, each
//! above or below their median.
//!
//! Source: “The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm”, Facebook, 2019 (`hashing.pdf` of
//! ThreatExchange). Written from the description; the vectors in the tests were made with the authors' C++ code (through
//! `pdqhash` 0.2 on PyPI) on pictures drawn by formula.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use image::GrayImage;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::picture::Picture;

/// 256 bits and how much structure they rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash {
    /// The bits; bit 0 is the lowest of the last word.
    bits: [u64; 4],
    quality: u8,
}

const SMALL: usize = 64;
const KEPT: usize = 16;
/// Below this side there is nothing to hash.
const SMALLEST: u32 = 5;

impl Hash {
    /// Returns the hash of a picture. One smaller than 5 pixels a side has no bits and quality 0.
    pub fn of(picture: &Picture) -> Self {
        Self::of_luma(&picture.luma())
    }

    /// Returns the hash of a grey picture.
    pub fn of_luma(luma: &GrayImage) -> Self {
        Self::with_mirror(luma).0
    }

    /// Returns the hashes of a grey picture and of its mirror image, left for right.
    pub fn with_mirror(luma: &GrayImage) -> (Self, Self) {
        let (width, height) = luma.dimensions();
        if width < SMALLEST || height < SMALLEST {
            let nothing = Self { bits: [0; 4], quality: 0 };
            return (nothing, nothing);
        }
        let small = small(luma);
        let quality = quality(&small);
        let mut waves = waves(&small);
        let plain = Self { bits: bits(&waves), quality };
        // Mirroring changes the sign of every odd frequency along a row; column 0 holds frequency 1.
        for row in &mut waves {
            row.iter_mut().step_by(2).for_each(|wave| *wave = -*wave);
        }
        (plain, Self { bits: bits(&waves), quality })
    }

    /// Returns how many of the 256 bits differ.
    pub fn distance(self, other: Self) -> u32 {
        self.bits.iter().zip(other.bits).map(|(one, two)| (one ^ two).count_ones()).sum()
    }

    /// Returns how much structure the picture has, 0 to 100. Below [`super::WORTH`] a hash should not be compared.
    pub const fn quality(self) -> u8 {
        self.quality
    }

    /// Returns the sixteen words of sixteen bits, for the index.
    pub(super) fn words(self) -> [u16; 16] {
        std::array::from_fn(|index| (self.bits[index / 4] >> (48 - 16 * (index % 4))) as u16)
    }

    #[cfg(test)]
    pub(super) const fn of_bits(bits: [u64; 4]) -> Self {
        Self { bits, quality: 100 }
    }
}

impl fmt::Display for Hash {
    /// Writes 64 hex digits, as PDQ's own tools do, a colon and the quality.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for word in self.bits {
            write!(f, "{word:016x}")?;
        }
        write!(f, ":{}", self.quality)
    }
}

/// Why a text is no hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not a PDQ hash; expected 64 hex digits, a colon and a quality from 0 to 100")]
pub struct NotAHash {
    /// The text as given.
    pub given: String,
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(given: &str) -> Result<Self, NotAHash> {
        let read = || {
            let (hex, quality) = given.split_once(':')?;
            let digits = hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
            let quality = quality.parse().ok().filter(|quality| *quality <= 100 && digits)?;
            let mut bits = [0; 4];
            for (index, word) in bits.iter_mut().enumerate() {
                *word = u64::from_str_radix(hex.get(index * 16..index * 16 + 16)?, 16).ok()?;
            }
            Some(Self { bits, quality })
        };
        read().ok_or_else(|| NotAHash { given: given.chars().take(80).collect() })
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Blurs with two passes of a box (a tent) half a target pixel wide, and takes the middle of each target pixel.
fn small(luma: &GrayImage) -> [[f32; SMALL]; SMALL] {
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let mut pixels: Vec<f32> = luma.iter().map(|&value| f32::from(value)).collect();
    // A picture of the target's own size is taken as it is.
    if (width, height) != (SMALL, SMALL) {
        let window = |side: usize| side.div_ceil(2 * SMALL);
        let mut spare = vec![0.0; pixels.len()];
        for _ in 0..2 {
            for row in 0..height {
                let range = row * width..(row + 1) * width;
                smooth(&pixels[range.clone()], &mut spare[range], window(width));
            }
            columns(&spare, &mut pixels, width, height, window(height));
        }
    }
    let middle = |index: usize, side: usize| ((index as f64 + 0.5) * side as f64 / SMALL as f64) as usize;
    std::array::from_fn(|row| {
        std::array::from_fn(|column| pixels[middle(row, height) * width + middle(column, width)])
    })
}

/// The mean of the `window` values around each; at the ends, of those that there are.
///
/// An even window reaches one further back than ahead.
fn smooth(values: &[f32], out: &mut [f32], window: usize) {
    let ahead = (window + 2) / 2 - 1;
    let back = window - 1 - ahead;
    let (mut sum, mut from, mut to) = (0.0f32, 0, 0);
    for (index, out) in out.iter_mut().enumerate() {
        while to < (index + ahead + 1).min(values.len()) {
            sum += values[to];
            to += 1;
        }
        while from < index.saturating_sub(back) {
            sum -= values[from];
            from += 1;
        }
        *out = sum / (to - from) as f32;
    }
}

/// The same along columns, all columns of a row at a time: going down one column after another would miss the cache.
fn columns(values: &[f32], out: &mut [f32], width: usize, height: usize, window: usize) {
    let ahead = (window + 2) / 2 - 1;
    let back = window - 1 - ahead;
    let mut sums = vec![0.0f32; width];
    let (mut from, mut to) = (0, 0);
    for row in 0..height {
        while to < (row + ahead + 1).min(height) {
            sums.iter_mut().zip(&values[to * width..]).for_each(|(sum, value)| *sum += value);
            to += 1;
        }
        while from < row.saturating_sub(back) {
            sums.iter_mut().zip(&values[from * width..]).for_each(|(sum, value)| *sum -= value);
            from += 1;
        }
        let count = (to - from) as f32;
        out[row * width..(row + 1) * width].iter_mut().zip(&sums).for_each(|(out, sum)| *out = sum / count);
    }
}

/// The sum of steps between neighbours, counted in whole hundredths of the full range, scaled to 0 to 100.
fn quality(small: &[[f32; SMALL]; SMALL]) -> u8 {
    let step = |one: f32, two: f32| ((one - two) * 100.0 / 255.0) as i32;
    let mut sum = 0i32;
    for row in 0..SMALL {
        for column in 0..SMALL {
            if row + 1 < SMALL {
                sum += step(small[row][column], small[row + 1][column]).abs();
            }
            if column + 1 < SMALL {
                sum += step(small[row][column], small[row][column + 1]).abs();
            }
        }
    }
    (sum / 90).min(100) as u8
}

/// Rows 1 to 16 of the 64-point cosine transform (DCT-II).
static COSINES: LazyLock<[[f32; SMALL]; KEPT]> = LazyLock::new(|| {
    let scale = (2.0 / SMALL as f64).sqrt();
    std::array::from_fn(|row| {
        std::array::from_fn(|column| {
            let angle =
                std::f64::consts::PI / 2.0 / SMALL as f64 * (row + 1) as f64 * (2 * column + 1) as f64;
            (scale * angle.cos()) as f32
        })
    })
});

fn waves(small: &[[f32; SMALL]; SMALL]) -> [[f32; KEPT]; KEPT] {
    let cosines = &*COSINES;
    let half: [[f32; SMALL]; KEPT] = std::array::from_fn(|row| {
        std::array::from_fn(|column| (0..SMALL).map(|k| cosines[row][k] * small[k][column]).sum())
    });
    std::array::from_fn(|row| {
        std::array::from_fn(|column| (0..SMALL).map(|k| half[row][k] * cosines[column][k]).sum())
    })
}

/// A bit for each wave above the median; the last wave is the highest bit.
fn bits(waves: &[[f32; KEPT]; KEPT]) -> [u64; 4] {
    let mut sorted: Vec<f32> = waves.iter().flatten().copied().collect();
    sorted.sort_by(f32::total_cmp);
    // The lower of the two middle ones, so that half of the bits are set.
    let median = sorted[KEPT * KEPT / 2 - 1];
    let mut bits = [0u64; 4];
    for (index, wave) in waves.iter().flatten().enumerate() {
        if *wave > median {
            bits[3 - index / 64] |= 1 << (index % 64);
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// Pictures drawn by whole-number formulas, so that anyone can draw them again in another language.
    fn formula(number: u32, width: u32, height: u32) -> GrayImage {
        GrayImage::from_fn(width, height, |x, y| {
            Luma([match number {
                0 => (x * 7 + y * 3) % 256,
                1 => (x * x / 31 + y * y / 17) % 256,
                2 => ((x / 16) * 53 + (y / 16) * 101 + (x / 16) * (y / 16) * 29) % 256,
                _ => ((x * y) / 64 + 2 * x) % 256,
            } as u8])
        })
    }

    /// Vectors: the authors' code on the same pictures. Bits may differ where a wave lies on the median within rounding.
    #[test]
    fn hashes_agree_with_the_authors_code() {
        let check = |number: u32, width: u32, height: u32, hex: &str, quality: u8| {
            let expected: Hash = format!("{hex}:{quality}").parse().unwrap();
            let hash = Hash::of_luma(&formula(number, width, height));
            assert!(hash.distance(expected) <= 2, "{number}: {hash} is not {expected}");
            assert!(hash.quality().abs_diff(quality) <= 1, "{number}: {hash} is not {expected}");
        };
        VECTORS.iter().for_each(|(number, width, height, hex, quality)| {
            check(*number, *width, *height, hex, *quality);
        });
    }

    #[rustfmt::skip]
    const VECTORS: &[(u32, u32, u32, &str, u8)] = &[
        (0, 256, 256, "75b5620977156208aaaa675d75b5624975156208caaa175d75b5175d7535175d", 100),
        (1, 300, 200, "1e00783fe0ffc3f887c01f001e073c3f78ff70ffe1f0e3f0c3c0c7c0c7c0c780", 100),
        (2, 320, 240, "00aeff17ff71d1acfc4fce255ab28d273b02900c3dabe51a4da0ae2a270cb370", 100),
        (3, 129, 511, "936a155aa55a6a5ad6dab6da6d92989a313a6356c6b61d24f0e4818c3e3cf1f8", 100),
        (3, 64, 64, "992a5e6517eafa81dfaa6e057feaaa053aaa6215eeaa0055aaaa4555aaaa5555", 21),
        (3, 1024, 700, "7ff07ff3117f3fff7fd30fff09ff37d012902fff0fff00000010057f00000000", 100),
        (1, 37, 90, "aa2a11d46f35aaaa55d46f35baca55556621b8ca4575ee2398ca4575aaaab8ca", 100),
    ];

    #[test]
    fn a_hash_reads_back_and_mirrors_back() {
        let picture = Picture::of_pixels(crate::drawn::photo(5, 512, 384)).luma();
        let (plain, mirror) = Hash::with_mirror(&picture);
        assert_eq!(plain.to_string().parse(), Ok(plain));
        let flipped = image::imageops::flip_horizontal(&picture);
        assert!(Hash::of_luma(&flipped).distance(mirror) <= 16);
        assert!(plain.distance(mirror) > 60);
        assert!("zz".parse::<Hash>().is_err() && format!("{:064}:101", 0).parse::<Hash>().is_err());
    }

    #[test]
    fn flat_and_tiny_pictures_are_not_worth_comparing() {
        for (width, height) in [(1, 1), (4, 900), (5, 5), (64, 64), (300, 2)] {
            let hash = Hash::of_luma(&GrayImage::from_pixel(width, height, Luma([77])));
            assert_eq!(hash.quality(), 0);
        }
    }
}
