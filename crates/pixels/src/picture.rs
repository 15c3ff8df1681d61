//! A picture: bytes of a PNG, JPEG, WebP or GIF become pixels, within limits.
//!
//! The bytes are foreign: what a file says of its size is checked before memory is taken, what cannot be read is refused
//! with a sentence, and no input makes this module panic. Pixels behind transparency are laid on white, so that nothing
//! stays hidden under them; the first frame stands for an animation. A picture is turned upright by its EXIF orientation
//! and all areas are counted in the upright picture. It keeps no other metadata than what tells when and how it was taken.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, RgbImage};
use values::{Doubt, Moment, Severity, Trouble};

use crate::names::Digits;

/// What a picture may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Width times height. Decoding takes up to eight bytes of memory for each pixel, and time in proportion.
    pub pixels: u64,
    /// Width or height.
    pub side: u32,
}

impl Limits {
    /// Returns limits that fit every phone's camera and long scrolling screenshots: 64 MiB, 60 megapixels, 40,000 a side.
    pub const fn phone() -> Self {
        Self { bytes: 64 << 20, pixels: 60_000_000, side: 40_000 }
    }
}

/// In which format a picture came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// PNG: nearly all screenshots.
    Png,
    /// JPEG: photos, and screenshots that went through a messenger.
    Jpeg,
    /// WebP.
    WebP,
    /// GIF, of which the first frame is read.
    Gif,
}

/// Why bytes did not become a picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The file is larger than the limit.
    #[error("This picture has {bytes} bytes; redress reads at most {limit}.")]
    TooManyBytes {
        /// Bytes of the file.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The file says that it is larger in pixels than the limit. Nothing was decoded.
    #[error(
        "This picture says it is {width} by {height} pixels; redress reads at most {pixels} pixels and {side} a side."
    )]
    TooManyPixels {
        /// Width as the file says it.
        width: u32,
        /// Height as the file says it.
        height: u32,
        /// The limit of width times height.
        pixels: u64,
        /// The limit of each side.
        side: u32,
    },
    /// A known format that is not read here.
    #[error("This is a {format} file, which redress cannot read as a picture.")]
    OtherFormat {
        /// Its name.
        format: &'static str,
    },
    /// Nothing known.
    #[error("These bytes are not a picture redress knows (PNG, JPEG, WebP or GIF).")]
    NotAPicture,
    /// The format is known and its content is broken.
    #[error("This picture is damaged and cannot be decoded ({cause}).")]
    Damaged {
        /// What the decoder said.
        cause: String,
    },
}

impl Refused {
    /// Returns the refusal as a trouble with what to do next. The capture itself is kept as it is.
    pub fn trouble(&self) -> Trouble {
        let (code, next) = match self {
            Self::TooManyBytes { .. } | Self::TooManyPixels { .. } => (
                "picture.too_large",
                "The file is kept as it is. Save a smaller copy of the picture and import that too.",
            ),
            Self::OtherFormat { .. } => (
                "picture.other_format",
                "The file is kept as it is. Open it, save a copy as PNG or JPEG, and import the copy too.",
            ),
            Self::NotAPicture => (
                "picture.unknown",
                "The file is kept as it is. If it opens as a picture on the phone, take a screenshot of it there.",
            ),
            Self::Damaged { .. } => (
                "picture.damaged",
                "The file is kept as it is. Fetch it again from the phone, with a cable rather than a messenger.",
            ),
        };
        Trouble::new(code, Severity::Invalid, self.to_string(), next)
    }
}

/// A decoded picture, upright, without transparency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    rgb: RgbImage,
    format: Format,
    taken: Option<Moment>,
    screenshot: bool,
    camera: bool,
}

impl Picture {
    /// Takes pixels made by this program, such as a stitched picture.
    pub const fn of_pixels(rgb: RgbImage) -> Self {
        Self { rgb, format: Format::Png, taken: None, screenshot: false, camera: false }
    }

    /// Returns the width in pixels.
    pub fn width(&self) -> u32 {
        self.rgb.width()
    }

    /// Returns the height in pixels.
    pub fn height(&self) -> u32 {
        self.rgb.height()
    }

    /// Returns the pixels.
    pub const fn rgb(&self) -> &RgbImage {
        &self.rgb
    }

    /// Returns the brightness of each pixel (ITU-R BT.601 weights), 0 black.
    pub fn luma(&self) -> GrayImage {
        // The `image` crate converts with BT.709 weights; PDQ and the usual OCR preparation are stated in BT.601.
        let bytes = self.rgb.as_raw().chunks_exact(3).map(|p| {
            ((u32::from(p[0]) * 299 + u32::from(p[1]) * 587 + u32::from(p[2]) * 114 + 500) / 1000) as u8
        });
        GrayImage::from_raw(self.width(), self.height(), bytes.collect())
            .expect("one byte was made for each pixel of the picture")
    }

    /// Returns the format it came in.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Returns when it was taken, as its EXIF says: a local time, unless the file names its zone.
    pub const fn taken(&self) -> Option<Moment> {
        self.taken
    }

    /// Tells whether its EXIF says that it is a screenshot, as iOS writes.
    pub const fn is_marked_screenshot(&self) -> bool {
        self.screenshot
    }

    /// Tells whether its EXIF names a camera's exposure: then it is a photo, perhaps of a screen.
    pub const fn is_from_a_camera(&self) -> bool {
        self.camera
    }
}

/// Decodes `bytes` within `limits`.
///
/// Errors where the bytes are no picture, are damaged, or would cost more than the limits; the size a file states is
/// checked before anything is decoded, so a bomb costs no more than reading its head.
pub fn open(bytes: &[u8], limits: &Limits) -> Result<Picture, Refused> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Refused::TooManyBytes { bytes: bytes.len() as u64, limit: limits.bytes });
    }
    let format = known(bytes)?;
    // The decoders are foreign code fed with foreign bytes. They are written not to panic; should one do so all the
    // same, one picture is refused and the import goes on.
    catch_unwind(AssertUnwindSafe(|| decode(bytes, format, limits)))
        .unwrap_or_else(|_| Err(Refused::Damaged { cause: "the decoder gave up".into() }))
}

fn known(bytes: &[u8]) -> Result<Format, Refused> {
    let other = |format| Err(Refused::OtherFormat { format });
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Ok(Format::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(Format::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Format::WebP),
        [b'G', b'I', b'F', b'8', ..] => Ok(Format::Gif),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4) {
            Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"heim" | b"heis") => other("HEIC"),
            Some(b"avif" | b"avis") => other("AVIF"),
            _ => other("video"),
        },
        [b'%', b'P', b'D', b'F', ..] => other("PDF"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => other("TIFF"),
        [b'B', b'M', ..] => other("BMP"),
        _ => Err(Refused::NotAPicture),
    }
}

/// Returns width and height of the upright picture without decoding its pixels.
///
/// Errors as [`open`] does, save for damage that lies behind the head of the file.
pub fn size(bytes: &[u8], limits: &Limits) -> Result<(u32, u32), Refused> {
    if bytes.len() as u64 > limits.bytes {
        return Err(Refused::TooManyBytes { bytes: bytes.len() as u64, limit: limits.bytes });
    }
    let format = known(bytes)?;
    let measured = || {
        let mut decoder = decoder(bytes, format, limits)?;
        let (width, height) = decoder.dimensions();
        let turned = matches!(
            decoder.orientation(),
            Ok(Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH)
        );
        Ok(if turned { (height, width) } else { (width, height) })
    };
    catch_unwind(AssertUnwindSafe(measured))
        .unwrap_or_else(|_| Err(Refused::Damaged { cause: "the decoder gave up".into() }))
}

fn damaged(error: image::ImageError) -> Refused {
    Refused::Damaged { cause: error.to_string() }
}

/// Returns a decoder that has read the head of the file and nothing more, within limits.
fn decoder<'a>(
    bytes: &'a [u8],
    format: Format,
    limits: &Limits,
) -> Result<impl ImageDecoder + use<'a>, Refused> {
    let mut reader = ImageReader::new(Cursor::new(bytes));
    reader.set_format(match format {
        Format::Png => image::ImageFormat::Png,
        Format::Jpeg => image::ImageFormat::Jpeg,
        Format::WebP => image::ImageFormat::WebP,
        Format::Gif => image::ImageFormat::Gif,
    });
    let mut bounds = image::Limits::default();
    // Decoders keep a second buffer while they work: sixteen bits in four channels is the most a pixel takes.
    bounds.max_alloc = Some(limits.pixels.saturating_mul(16));
    reader.limits(bounds);
    let decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.pixels || width.max(height) > limits.side {
        return Err(Refused::TooManyPixels { width, height, pixels: limits.pixels, side: limits.side });
    }
    if width == 0 || height == 0 {
        return Err(Refused::Damaged { cause: "it has no pixels".into() });
    }
    Ok(decoder)
}

fn decode(bytes: &[u8], format: Format, limits: &Limits) -> Result<Picture, Refused> {
    let mut decoder = decoder(bytes, format, limits)?;
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    pixels.apply_orientation(orientation);
    let said = exif.map(said).unwrap_or_default();
    Ok(Picture {
        rgb: flattened(pixels),
        format,
        taken: said.taken,
        screenshot: said.screenshot,
        camera: said.camera,
    })
}

/// Lays transparent pixels on white.
fn flattened(pixels: DynamicImage) -> RgbImage {
    if !pixels.color().has_alpha() {
        return pixels.into_rgb8();
    }
    let rgba = pixels.into_rgba8();
    let (width, height) = rgba.dimensions();
    let mut rgb = Vec::with_capacity(rgba.as_raw().len() / 4 * 3);
    for pixel in rgba.as_raw().chunks_exact(4) {
        let alpha = u32::from(pixel[3]);
        for &channel in &pixel[..3] {
            rgb.push(((u32::from(channel) * alpha + 255 * (255 - alpha) + 127) / 255) as u8);
        }
    }
    RgbImage::from_raw(width, height, rgb).expect("three bytes were made for each pixel of the picture")
}

#[derive(Default)]
struct Said {
    taken: Option<Moment>,
    screenshot: bool,
    camera: bool,
}

/// Reads the little that is used from an EXIF block; a broken block says nothing.
fn said(block: Vec<u8>) -> Said {
    use exif::{In, Tag, Value};
    let Ok(exif) = exif::Reader::new().read_raw(block) else { return Said::default() };
    let text = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(parts) => parts.first().map(|part| String::from_utf8_lossy(part).trim().to_owned()),
        // UserComment: eight bytes of character code, then the comment (Exif 2.32, 4.6.5).
        Value::Undefined(bytes, _) => {
            bytes.get(8..).map(|part| String::from_utf8_lossy(part).trim_matches(['\0', ' ']).to_owned())
        }
        _ => None,
    };
    let date = text(Tag::DateTimeOriginal).or_else(|| text(Tag::DateTime));
    let zone = text(Tag::OffsetTimeOriginal).or_else(|| text(Tag::OffsetTime)).unwrap_or_default();
    Said {
        taken: date.and_then(|date| exif_moment(&date, &zone)),
        screenshot: text(Tag::UserComment).is_some_and(|comment| comment == "Screenshot"),
        camera: [Tag::ExposureTime, Tag::FNumber, Tag::FocalLength]
            .iter()
            .any(|tag| exif.get_field(*tag, In::PRIMARY).is_some()),
    }
}

/// Reads `2025:11:04 10:11:11` and, where the file has it, an offset such as `-07:00`.
fn exif_moment(date: &str, zone: &str) -> Option<Moment> {
    let digits = Digits::of(date.get(..19)?);
    let local = digits.moment()?;
    let minutes = match zone.as_bytes() {
        [sign @ (b'+' | b'-'), ..] if zone.len() == 6 => {
            let hours: i64 = zone.get(1..3)?.parse().ok()?;
            let minutes: i64 = zone.get(4..6)?.parse().ok()?;
            Some((hours * 60 + minutes) * if *sign == b'-' { -1 } else { 1 })
        }
        b"Z" => Some(0),
        _ => None,
    };
    Some(match minutes {
        Some(minutes) => {
            Moment::from_millis(local.millis() - minutes * 60_000, local.precision(), local.said_by())
        }
        None => local.with_doubt(Doubt::ZoneUnknown),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgba, RgbaImage};

    fn bytes_of(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn two_halves() -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(40, 20, |x, _| {
            if x < 20 { image::Rgb([250, 10, 10]) } else { image::Rgb([10, 10, 250]) }
        }))
    }

    #[test]
    fn every_format_opens() {
        for (format, expected) in [
            (ImageFormat::Png, Format::Png),
            (ImageFormat::Jpeg, Format::Jpeg),
            (ImageFormat::WebP, Format::WebP),
            (ImageFormat::Gif, Format::Gif),
        ] {
            let picture = open(&bytes_of(&two_halves(), format), &Limits::phone()).unwrap();
            assert_eq!((picture.width(), picture.height(), picture.format()), (40, 20, expected));
            assert!(picture.rgb().get_pixel(3, 3)[0] > 200, "{format:?}");
            assert_eq!(size(&bytes_of(&two_halves(), format), &Limits::phone()).unwrap(), (40, 20));
        }
    }

    #[test]
    fn nothing_stays_hidden_under_transparency() {
        let hidden = RgbaImage::from_pixel(4, 4, Rgba([200, 0, 0, 0]));
        let bytes = bytes_of(&DynamicImage::ImageRgba8(hidden), ImageFormat::Png);
        let picture = open(&bytes, &Limits::phone()).unwrap();
        assert_eq!(picture.rgb().get_pixel(0, 0).0, [255, 255, 255]);
    }

    #[test]
    fn refusals_say_what_to_do() {
        let check = |bytes: &[u8], limits: &Limits, code: &str| {
            let trouble = open(bytes, limits).unwrap_err().trouble();
            assert_eq!(trouble.code, code, "{trouble}");
            assert!(!trouble.next.is_empty());
        };
        let png = bytes_of(&two_halves(), ImageFormat::Png);
        check(&[], &Limits::phone(), "picture.unknown");
        check(b"hello there", &Limits::phone(), "picture.unknown");
        check(&png[..40], &Limits::phone(), "picture.damaged");
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", &Limits::phone(), "picture.other_format");
        check(&png, &Limits { bytes: 10, ..Limits::phone() }, "picture.too_large");
        check(&png, &Limits { pixels: 799, ..Limits::phone() }, "picture.too_large");
        check(&png, &Limits { side: 39, ..Limits::phone() }, "picture.too_large");
    }

    /// A PNG of a few dozen bytes that states 60,000 by 60,000 pixels: refused from its head.
    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        let mut png = bytes_of(&two_halves(), ImageFormat::Png);
        png[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        png[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        let checksum = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert!(matches!(open(&png, &Limits::phone()), Err(Refused::TooManyPixels { width: 60_000, .. })));
        assert!(matches!(size(&png, &Limits::phone()), Err(Refused::TooManyPixels { width: 60_000, .. })));
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |crc, &byte| {
            (0..8)
                .fold(crc ^ u32::from(byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 })
        })
    }

    /// Every truncation and many changed bytes of each format: an answer, never a panic.
    #[test]
    fn damaged_pictures_never_panic() {
        let small = two_halves().thumbnail(12, 6);
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
            let bytes = bytes_of(&small, format);
            for cut in 0..bytes.len() {
                let _ = open(&bytes[..cut], &Limits::phone());
            }
            for at in 0..bytes.len() {
                let mut changed = bytes.clone();
                for value in [0, 0xff, changed[at] ^ 0x80, changed[at].wrapping_add(1)] {
                    changed[at] = value;
                    let _ = open(&changed, &Limits { pixels: 1 << 20, ..Limits::phone() });
                }
            }
        }
    }

    /// A little-endian EXIF block: orientation 6, a date and the comment iOS writes, put into a JPEG.
    fn jpeg_with_exif() -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            let mut bytes = tag.to_le_bytes().to_vec();
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value.to_le_bytes());
            bytes
        };
        let (sub, date_at) = (8 + 2 + 24 + 4, 8 + 2 + 24 + 4 + 2 + 24 + 4);
        tiff.extend(2u16.to_le_bytes());
        tiff.extend(entry(0x0112, 3, 1, 6));
        tiff.extend(entry(0x8769, 4, 1, sub));
        tiff.extend(0u32.to_le_bytes());
        tiff.extend(2u16.to_le_bytes());
        tiff.extend(entry(0x9003, 2, 20, date_at));
        tiff.extend(entry(0x9286, 7, 18, date_at + 20));
        tiff.extend(0u32.to_le_bytes());
        tiff.extend(b"2025:11:04 10:11:11\0");
        tiff.extend(b"ASCII\0\0\0Screenshot");
        let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe1];
        jpeg.extend(((tiff.len() + 8) as u16).to_be_bytes());
        jpeg.extend(b"Exif\0\0");
        jpeg.extend(tiff);
        jpeg.extend(&bytes_of(&two_halves(), ImageFormat::Jpeg)[2..]);
        jpeg
    }

    #[test]
    fn exif_turns_the_picture_and_tells_its_time() {
        let picture = open(&jpeg_with_exif(), &Limits::phone()).unwrap();
        assert_eq!((picture.width(), picture.height()), (20, 40));
        assert_eq!(size(&jpeg_with_exif(), &Limits::phone()).unwrap(), (20, 40));
        assert!(picture.is_marked_screenshot() && !picture.is_from_a_camera());
        assert_eq!(picture.taken().unwrap().shown(), "2025-11-04 10:11:11 (local time, zone not stated)");
    }

    #[test]
    fn an_offset_makes_the_time_exact() {
        let moment = exif_moment("2025:11:04 10:11:11", "-07:00").unwrap();
        assert_eq!(moment.to_rfc3339(), "2025-11-04T17:11:11Z");
        assert_eq!(moment.doubt(), None);
        assert_eq!(exif_moment("0000:00:00 00:00:00", ""), None);
        assert_eq!(exif_moment("é025:11:04 10:11:1", ""), None);
    }
}
