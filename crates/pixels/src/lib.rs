//! Pixels: pictures opened within limits, the text in them, the post inside a screenshot, twins, and covering.
//!
//! ```text
//! bytes ──picture──▶ Picture ──ocr──▶ Page (text, words, areas) ──screen──▶ Proposed (author, time, text, counts)
//!                       │  └──twins──▶ Hash ──▶ Index (the same picture elsewhere)
//!                       └──cover──▶ new bytes with areas covered, nothing else kept
//! ```
//!
//! This crate knows nothing of posts' law, of the case folder, or of who anybody is. It recognises no face and no plate:
//! what is to be covered comes from the text that was read, or as a box from a person's hand. Every proposal carries the
//! pixels it was read from and how sure the reading was; a person decides. Everything is a pure function of its
//! arguments, but for [`ocr`], which runs the `tesseract` program.
//!
//! ```
//! use pixels::{Area, cover, picture, twins};
//!
//! let pixels = image::RgbImage::from_fn(90, 60, |x, y| image::Rgb([(x * 2) as u8, (y * 4) as u8, 9]));
//! let given = picture::Picture::of_pixels(pixels);
//! let covered = cover::cover(&given, &[Area::new(10, 10, 30, 20)], cover::Looked::ByAPerson, cover::Form::Png);
//! let again = picture::open(&covered.bytes, &picture::Limits::phone()).unwrap();
//! assert_eq!(again.rgb().get_pixel(15, 15).0, [0, 0, 0]);
//! assert_eq!(again.rgb().get_pixel(80, 15), given.rgb().get_pixel(80, 15));
//! assert_eq!(twins::Hash::of(&given).distance(twins::Hash::of(&given)), 0);
//! ```

pub mod area;
pub mod picture;

pub mod ocr;

pub mod names;
pub mod screen;
pub mod stitch;

pub mod twins;

pub mod cover;

#[cfg(any(test, feature = "drawn"))]
pub mod drawn;

pub use area::Area;
