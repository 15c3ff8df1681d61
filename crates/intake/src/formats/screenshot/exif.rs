//! The few fields of a picture's own metadata that matter here (Exif 2.32): when it was taken, that the phone calls it a
//! screenshot, and which program saved it last. Every number in it is a claim: none is followed out of the bytes.

use values::{Moment, SaidBy};

use crate::time;

/// What a picture says about itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Inside {
    pub taken: Option<Moment>,
    pub screenshot: bool,
    pub software: Option<String>,
}

/// Programs that change pixels. What a phone writes as its software (`18.1`) is not one of them.
const EDITORS: [&str; 8] =
    ["photoshop", "gimp", "snapseed", "lightroom", "pixelmator", "canva", "picsart", "paint"];

/// Reads the metadata of a PNG or JPEG; of anything else, nothing.
pub(super) fn read(bytes: &[u8]) -> Inside {
    let mut inside = Inside::default();
    if bytes.starts_with(&[0xFF, 0xD8]) {
        jpeg(bytes, &mut inside);
    } else if bytes.starts_with(b"\x89PNG") {
        png(bytes, &mut inside);
    }
    inside
}

fn jpeg(bytes: &[u8], inside: &mut Inside) {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(*high) << 8 | usize::from(*low);
        if *marker == 0xDA || length < 2 {
            return;
        }
        if *marker == 0xE1
            && let Some(exif) =
                bytes.get(at + 4..at + 2 + length).and_then(|segment| segment.strip_prefix(b"Exif\0\0"))
        {
            tiff(exif, inside);
        }
        at += 2 + length;
    }
}

fn png(bytes: &[u8], inside: &mut Inside) {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(data) = bytes.get(at + 8..).and_then(|rest| rest.get(..length)) else { return };
        match &head[4..8] {
            b"eXIf" => tiff(data, inside),
            b"iTXt" | b"tEXt" => {
                let text = String::from_utf8_lossy(data);
                inside.screenshot |= text.contains("Screenshot");
                if text.starts_with("Software") {
                    program(text.trim_start_matches("Software").trim_matches('\0'), inside);
                }
            }
            b"IEND" => return,
            _ => {}
        }
        at = at.saturating_add(12).saturating_add(length);
    }
}

fn program(name: &str, inside: &mut Inside) {
    let lower = name.to_lowercase();
    if EDITORS.iter().any(|editor| lower.contains(editor)) {
        inside.software = Some(name.trim().chars().take(80).collect());
    }
}

fn tiff(bytes: &[u8], inside: &mut Inside) {
    let big = match bytes.get(..2) {
        Some(b"MM") => true,
        Some(b"II") => false,
        _ => return,
    };
    let Some(first) = u32_at(bytes, 4, big) else { return };
    directory(bytes, first, big, 0, inside);
}

fn directory(bytes: &[u8], at: usize, big: bool, depth: u32, inside: &mut Inside) {
    let Some(count) = u16_at(bytes, at, big) else { return };
    for index in 0..usize::from(count).min(512) {
        let Some(entry) = at.checked_add(2 + index * 12) else { return };
        let (Some(tag), Some(kind), Some(length)) =
            (u16_at(bytes, entry, big), u16_at(bytes, entry + 2, big), u32_at(bytes, entry + 4, big))
        else {
            return;
        };
        let value = || -> Option<&[u8]> {
            let at = if length <= 4 { entry + 8 } else { u32_at(bytes, entry + 8, big)? };
            bytes.get(at..at.checked_add(length)?)
        };
        match (tag, kind) {
            (0x8769, _) if depth == 0 => {
                if let Some(next) = u32_at(bytes, entry + 8, big) {
                    directory(bytes, next, big, 1, inside);
                }
            }
            (0x0131, 2) => {
                if let Some(value) = value() {
                    program(String::from_utf8_lossy(value).trim_matches('\0'), inside);
                }
            }
            (0x9003, 2) => inside.taken = inside.taken.or_else(|| date(value()?)),
            (0x9286, _) => {
                inside.screenshot |=
                    value().is_some_and(|value| value.windows(10).any(|w| w == b"Screenshot"))
            }
            _ => {}
        }
    }
}

/// Reads `2025:11:04 10:11:11`, the phone's local time.
fn date(bytes: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(bytes.get(..19)?).ok()?;
    let mut numbers = text.split([':', ' ']).map(|part| part.parse::<u32>().ok());
    let mut next = || numbers.next().flatten();
    time::local(i64::from(next()?), next()?, next()?, next()?, next()?, next()?, SaidBy::File)
}

fn u16_at(bytes: &[u8], at: usize, big: bool) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(if big { u16::from_be_bytes([two[0], two[1]]) } else { u16::from_le_bytes([two[0], two[1]]) })
}

fn u32_at(bytes: &[u8], at: usize, big: bool) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    let number = if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
    usize::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_says_screenshot_and_when() {
        // A directory of one entry that points to another one of two: time and comment.
        let mut exif = b"II*\0\x08\0\0\0".to_vec();
        exif.extend_from_slice(b"\x01\0\x69\x87\x04\0\x01\0\0\0\x1A\0\0\0\0\0\0\0");
        exif.extend_from_slice(
            b"\x02\0\x03\x90\x02\0\x14\0\0\0\x38\0\0\0\x86\x92\x07\0\x12\0\0\0\x4C\0\0\0\0\0\0\0",
        );
        assert_eq!(exif.len(), 0x38);
        exif.extend_from_slice(b"2025:11:04 10:11:11\0ASCII\0\0\0Screenshot");
        let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xE1, 0, (exif.len() + 8) as u8];
        jpeg.extend_from_slice(b"Exif\0\0");
        jpeg.extend_from_slice(&exif);
        let inside = read(&jpeg);
        assert!(inside.screenshot);
        assert_eq!(inside.taken.unwrap().shown(), "2025-11-04 10:11:11 (local time, zone not stated)");
    }

    #[test]
    fn a_directory_that_points_at_itself_ends() {
        let exif = b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\0\0\0\0";
        let mut inside = Inside::default();
        tiff(exif, &mut inside);
        assert_eq!(inside, Inside::default());
    }
}
