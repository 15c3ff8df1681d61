//! Covering: new bytes in which given areas are solid, and nothing but the pixels is left.
//!
//! An area is filled with black before the picture is encoded anew, so what was there cannot be brought back, as it can
//! from blur or a mosaic. Metadata (EXIF, place, comments, colour profiles, thumbnails) is not carried over, because only
//! pixels are. The same picture and areas give the same bytes. A picture that no person has looked at is marked as such,
//! in the picture itself: a program finds text, and only text.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as FilterKind;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

use crate::Area;
use crate::picture::{Limits, Picture, open};

/// Whether a person has looked at the picture and said that nothing more in it must be covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// A person has.
    ByAPerson,
    /// Nobody has: a band across the picture says so, and such a picture does not leave for the public.
    NotYet,
}

/// In which format the covered picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// PNG: exact, for screenshots.
    Png,
    /// JPEG of quality 85: small, for photos.
    Jpeg,
}

/// A covered picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The new file.
    pub bytes: Vec<u8>,
    /// What was covered: the areas as held in the picture, sorted, each once.
    pub areas: Vec<Area>,
    /// Areas that lie outside the picture, of which nothing could be covered. The caller must tell of them.
    pub outside: Vec<Area>,
    /// Whether a person has looked at it.
    pub looked: Looked,
}

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// It holds.
    Passed,
    /// It does not; where or why.
    Failed(String),
    /// It could not be made; why.
    NotChecked(String),
}

const COVER: Rgb<u8> = Rgb([0, 0, 0]);

/// Returns a new file of `picture` in which `areas` are black. An area is covered as far as it lies in the picture.
pub fn cover(picture: &Picture, areas: &[Area], looked: Looked, form: Form) -> Covered {
    let (width, height) = (picture.width(), picture.height());
    let mut held: Vec<Area> = areas.iter().filter_map(|area| area.within(width, height)).collect();
    held.sort_unstable();
    held.dedup();
    let outside = areas.iter().copied().filter(|area| area.within(width, height).is_none()).collect();
    let mut pixels = picture.rgb().clone();
    for area in &held {
        fill(&mut pixels, *area, COVER);
    }
    if looked == Looked::NotYet {
        mark(&mut pixels);
    }
    Covered { bytes: encoded(&pixels, form), areas: held, outside, looked }
}

/// Returns a new file like [`cover`], made smaller where it is wider or higher than `most` pixels: a report needs to be
/// read, not to weigh what a camera gives. Covered before it is made smaller. A file of more than `heavy` bytes as PNG is
/// written as JPEG.
pub fn cover_within(
    picture: &Picture,
    areas: &[Area],
    looked: Looked,
    most: (u32, u32),
    heavy: usize,
) -> Covered {
    let mut covered = cover(picture, areas, looked, Form::Png);
    let (width, height) = (picture.width(), picture.height());
    let fits = width <= most.0 && height <= most.1;
    if fits && covered.bytes.len() <= heavy {
        return covered;
    }
    let mut pixels = picture.rgb().clone();
    for area in &covered.areas {
        fill(&mut pixels, *area, COVER);
    }
    if looked == Looked::NotYet {
        mark(&mut pixels);
    }
    if !fits {
        let scale = f64::min(f64::from(most.0) / f64::from(width), f64::from(most.1) / f64::from(height));
        let side = |length: u32| ((f64::from(length) * scale) as u32).max(1);
        pixels = image::imageops::resize(&pixels, side(width), side(height), FilterKind::Triangle);
    }
    covered.bytes = encoded(&pixels, Form::Png);
    if covered.bytes.len() > heavy {
        covered.bytes = encoded(&pixels, Form::Jpeg);
    }
    covered
}

/// Checks that `bytes` show nothing inside `areas` and carry no metadata.
pub fn check(bytes: &[u8], areas: &[Area], limits: &Limits) -> Check {
    if let Some(kind) = metadata(bytes) {
        return Check::Failed(format!("the file carries {kind}"));
    }
    let picture = match open(bytes, limits) {
        Ok(picture) => picture,
        Err(refused) => return Check::NotChecked(refused.to_string()),
    };
    for area in areas.iter().filter_map(|area| area.within(picture.width(), picture.height())) {
        // JPEG lets a few levels of its neighbours into the outer eight pixels of an area: no letter survives in them.
        let shown = rows(area).any(|(x, y)| picture.rgb().get_pixel(x, y).0.iter().any(|&level| level > 60));
        if shown && !is_banded(&picture, area) {
            return Check::Failed(format!("something shows in {}", area.place()));
        }
    }
    Check::Passed
}

/// Tells whether what shows in the area is the band of a picture nobody has looked at, which lies over covered areas too.
fn is_banded(picture: &Picture, area: Area) -> bool {
    let band = band(picture.width(), picture.height());
    rows(area)
        .filter(|&(x, y)| !band.overlaps(Area::new(x, y, 1, 1)))
        .all(|(x, y)| picture.rgb().get_pixel(x, y).0.iter().all(|&level| level <= 60))
}

fn rows(area: Area) -> impl Iterator<Item = (u32, u32)> {
    (area.top..area.bottom()).flat_map(move |y| (area.left..area.right()).map(move |x| (x, y)))
}

fn fill(pixels: &mut RgbImage, area: Area, colour: Rgb<u8>) {
    for (x, y) in rows(area) {
        if let Some(pixel) = pixels.get_pixel_mut_checked(x, y) {
            *pixel = colour;
        }
    }
}

fn encoded(pixels: &RgbImage, form: Form) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let (width, height) = pixels.dimensions();
    let written = match form {
        Form::Png => PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive)
            .write_image(pixels, width, height, ExtendedColorType::Rgb8),
        Form::Jpeg => JpegEncoder::new_with_quality(&mut out, 85).write_image(
            pixels,
            width,
            height,
            ExtendedColorType::Rgb8,
        ),
    };
    // JPEG holds 65,535 pixels a side; what is longer is written as PNG, which holds every size a picture was opened in.
    match written {
        Ok(()) => out.into_inner(),
        Err(_) if form == Form::Jpeg => encoded(pixels, Form::Png),
        Err(_) => Vec::new(),
    }
}

/// Names the metadata a PNG or JPEG carries, or `None` where there is nothing but pixels.
fn metadata(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let mut at = 8;
        while let Some(head) = bytes.get(at..at + 8) {
            let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
            let kind = &head[4..8];
            if !matches!(kind, b"IHDR" | b"PLTE" | b"IDAT" | b"IEND") {
                return Some(format!("a {} chunk", String::from_utf8_lossy(kind)));
            }
            at = at.saturating_add(length).saturating_add(12);
        }
        return (at != bytes.len()).then(|| "bytes behind its end".to_owned());
    }
    if bytes.starts_with(&[0xff, 0xd8]) {
        let mut at = 2;
        while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
            match marker {
                // APP0 is the JFIF head, which holds the pixel's shape only.
                0xe1..=0xef => return Some(format!("an APP{} segment", marker - 0xe0)),
                0xfe => return Some("a comment".to_owned()),
                0xda => return None,
                _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
            }
        }
        return Some("a broken head".to_owned());
    }
    Some("an unknown format".to_owned())
}

/// The words of the band, in letters five wide and seven high.
const WORDS: &str = "NOT REVIEWED  SIN REVISAR";

/// Rows of each letter, five bits each.
const LETTERS: &[(char, [u8; 7])] = &[
    ('A', [14, 17, 17, 31, 17, 17, 17]),
    ('D', [30, 17, 17, 17, 17, 17, 30]),
    ('E', [31, 16, 16, 30, 16, 16, 31]),
    ('I', [14, 4, 4, 4, 4, 4, 14]),
    ('N', [17, 25, 21, 19, 17, 17, 17]),
    ('O', [14, 17, 17, 17, 17, 17, 14]),
    ('R', [30, 17, 17, 30, 20, 18, 17]),
    ('S', [15, 16, 16, 14, 1, 1, 30]),
    ('T', [31, 4, 4, 4, 4, 4, 4]),
    ('V', [17, 17, 17, 17, 17, 10, 4]),
    ('W', [17, 17, 17, 21, 21, 27, 17]),
];

fn letter_size(width: u32) -> u32 {
    (width / (WORDS.len() as u32 * 6 + 6)).max(1)
}

/// The band lies across the middle, so that it cannot be cropped away without taking the picture apart.
fn band(width: u32, height: u32) -> Area {
    let tall = (letter_size(width) * 11).min(height);
    Area::new(0, (height - tall) / 2, width, tall)
}

fn mark(pixels: &mut RgbImage) {
    let (width, height) = pixels.dimensions();
    let (size, band) = (letter_size(width), band(width, height));
    fill(pixels, band, Rgb([255, 255, 255]));
    let start = width.saturating_sub(size * 6 * WORDS.len() as u32) / 2;
    for (index, letter) in WORDS.chars().enumerate() {
        let Some((_, rows)) = LETTERS.iter().find(|(known, _)| *known == letter) else { continue };
        for (row, bits) in rows.iter().enumerate() {
            for column in 0..5u32 {
                if bits >> (4 - column) & 1 == 1 {
                    let left = start + size * (6 * index as u32 + column);
                    fill(pixels, Area::new(left, band.top + size * (2 + row as u32), size, size), COVER);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::{Canvas, Face, photo};
    use values::Digest;

    fn plate() -> (Picture, Area) {
        let mut canvas = Canvas::new(400, 160, [255, 255, 255]);
        let area = canvas.line((60, 20), 40, Face::Bold, [0, 0, 0], "RDR-0000");
        (canvas.picture(), area)
    }

    #[test]
    fn covered_areas_are_solid_and_the_rest_is_as_it_was() {
        let (picture, area) = plate();
        for form in [Form::Png, Form::Jpeg] {
            let covered = cover(&picture, &[area], Looked::ByAPerson, form);
            assert_eq!(check(&covered.bytes, &[area], &Limits::phone()), Check::Passed);
            assert_eq!(covered.areas, [area]);
        }
        let covered = cover(&picture, &[area], Looked::ByAPerson, Form::Png);
        let again = open(&covered.bytes, &Limits::phone()).unwrap();
        for (x, y, pixel) in again.rgb().enumerate_pixels() {
            let inside = area.overlaps(Area::new(x, y, 1, 1));
            assert_eq!(*pixel, if inside { COVER } else { *picture.rgb().get_pixel(x, y) });
        }
    }

    /// Whatever stands under a cover, the bytes are the same: nothing of it is in them.
    #[test]
    fn bytes_do_not_depend_on_what_is_covered() {
        let area = Area::new(40, 24, 120, 64);
        for form in [Form::Png, Form::Jpeg] {
            let of = |text: &str| {
                let mut canvas = Canvas::new(320, 160, [255, 255, 255]);
                canvas.lay(0, 0, &photo(3, 320, 160));
                canvas.fill(area, [255, 255, 255]);
                canvas.line((44, 30), 24, Face::Mono, [0, 0, 0], text);
                cover(&canvas.picture(), &[area], Looked::ByAPerson, form).bytes
            };
            assert_eq!(of("RDR-0000"), of("RDR-0001"));
        }
    }

    #[test]
    fn the_check_finds_what_shows() {
        let (picture, area) = plate();
        let open_one = cover(&picture, &[], Looked::ByAPerson, Form::Png);
        assert!(matches!(check(&open_one.bytes, &[area], &Limits::phone()), Check::Failed(_)));
        let smaller = Area::new(area.left, area.top, area.width / 2, area.height);
        let half = cover(&picture, &[smaller], Looked::ByAPerson, Form::Png);
        assert!(matches!(check(&half.bytes, &[area], &Limits::phone()), Check::Failed(_)));
        let mut with_text = open_one.bytes;
        with_text.splice(33..33, *b"\0\0\0\x04tEXtabcd\0\0\0\0");
        assert_eq!(
            check(&with_text, &[], &Limits::phone()),
            Check::Failed("the file carries a tEXt chunk".into())
        );
        assert!(matches!(check(b"", &[], &Limits::phone()), Check::Failed(_)));
    }

    #[test]
    fn a_picture_nobody_looked_at_says_so() {
        let (picture, area) = plate();
        let looked = cover(&picture, &[area], Looked::ByAPerson, Form::Png);
        let not_yet = cover(&picture, &[area], Looked::NotYet, Form::Png);
        assert_ne!(looked.bytes, not_yet.bytes);
        assert_eq!(check(&not_yet.bytes, &[area], &Limits::phone()), Check::Passed);
        let marked = open(&not_yet.bytes, &Limits::phone()).unwrap();
        let band = band(400, 160);
        let ink = rows(band).filter(|&(x, y)| marked.rgb().get_pixel(x, y)[0] == 0).count();
        assert!(ink > 500, "{ink}");
    }

    #[test]
    fn areas_outside_are_told_and_no_size_is_too_small() {
        let (picture, _) = plate();
        let far = Area::new(4000, 0, 5, 5);
        let covered = cover(&picture, &[far, Area::new(390, 150, 500, 500)], Looked::NotYet, Form::Png);
        assert_eq!((covered.outside, covered.areas), (vec![far], vec![Area::new(390, 150, 10, 10)]));
        let dot = Picture::of_pixels(RgbImage::new(1, 1));
        assert!(!cover(&dot, &[far], Looked::NotYet, Form::Jpeg).bytes.is_empty());
    }

    /// Packages name pictures by their digest: a changed encoder must be seen here first.
    #[test]
    fn the_bytes_are_pinned() {
        let (picture, area) = plate();
        let covered = |form| cover(&picture, &[area], Looked::ByAPerson, form).bytes;
        // How PNG packs the pixels depends on the deflate built in; the same build gives the same bytes, and every build
        // the same pixels.
        assert_eq!(covered(Form::Png), covered(Form::Png));
        let pixels = image::load_from_memory(&covered(Form::Png)).unwrap().to_rgb8().into_raw();
        assert_eq!(Digest::of(&pixels).to_string()[..16], *"e22e634e7a523815");
        assert_eq!(Digest::of(&covered(Form::Jpeg)).to_string()[..16], *"814bb0e87d038a0b");
    }
}
