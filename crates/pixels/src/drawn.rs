//! Draws invented screenshots and photos, for tests, benches and the demo.
//!
//! Not part of the shipped program: the feature `drawn` brings the DejaVu fonts in (Bitstream Vera licence). Everything
//! is a function of its arguments; the "photos" are sums of soft blobs from a seed and show nobody.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};
use image::{Rgb, RgbImage};
use values::Platform;

use crate::Area;
use crate::picture::Picture;

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// Which letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// DejaVu Sans.
    Plain,
    /// DejaVu Sans Bold.
    Bold,
    /// DejaVu Serif.
    Serif,
    /// DejaVu Sans Mono.
    Mono,
}

/// A picture being drawn.
#[derive(Debug, Clone)]
pub struct Canvas {
    rgb: RgbImage,
}

impl Canvas {
    /// Returns an empty canvas.
    pub fn new(width: u32, height: u32, background: Colour) -> Self {
        Self { rgb: RgbImage::from_pixel(width, height, Rgb(background)) }
    }

    /// Fills an area.
    pub fn fill(&mut self, area: Area, colour: Colour) {
        let Some(area) = area.within(self.rgb.width(), self.rgb.height()) else { return };
        for y in area.top..area.bottom() {
            for x in area.left..area.right() {
                self.rgb.put_pixel(x, y, Rgb(colour));
            }
        }
    }

    /// Fills a disc.
    pub fn disc(&mut self, centre: (u32, u32), radius: u32, colour: Colour) {
        let (width, height) = self.rgb.dimensions();
        for y in centre.1.saturating_sub(radius)..(centre.1 + radius).min(height) {
            for x in centre.0.saturating_sub(radius)..(centre.0 + radius).min(width) {
                if x.abs_diff(centre.0).pow(2) + y.abs_diff(centre.1).pow(2) <= radius * radius {
                    self.rgb.put_pixel(x, y, Rgb(colour));
                }
            }
        }
    }

    /// Lays another picture on it.
    pub fn lay(&mut self, left: u32, top: u32, picture: &RgbImage) {
        image::imageops::replace(&mut self.rgb, picture, left.into(), top.into());
    }

    /// Writes one line with its upper left corner at `at`, `size` pixels high, and returns the area it takes.
    pub fn line(&mut self, at: (u32, u32), size: u32, face: Face, colour: Colour, text: &str) -> Area {
        let font = font(face);
        let scaled = font.as_scaled(PxScale::from(size as f32));
        let (mut x, baseline) = (at.0 as f32, at.1 as f32 + scaled.ascent());
        let mut before = None;
        for character in text.chars() {
            let id = scaled.glyph_id(character);
            if let Some(before) = before {
                x += scaled.kern(before, id);
            }
            let glyph = id.with_scale_and_position(size as f32, point(x, baseline));
            x += scaled.h_advance(id);
            before = Some(id);
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, coverage| {
                let (px, py) = (bounds.min.x + dx as f32, bounds.min.y + dy as f32);
                if px < 0.0 || py < 0.0 {
                    return;
                }
                if let Some(pixel) = self.rgb.get_pixel_mut_checked(px as u32, py as u32) {
                    for (channel, ink) in pixel.0.iter_mut().zip(colour) {
                        let mixed = f32::from(*channel) * (1.0 - coverage) + f32::from(ink) * coverage;
                        *channel = mixed.round().clamp(0.0, 255.0) as u8;
                    }
                }
            });
        }
        Area::new(at.0, at.1, (x - at.0 as f32).ceil().max(0.0) as u32, scaled.height().ceil() as u32)
    }

    /// Writes words in lines no wider than `width`, and returns the area they take.
    pub fn block(
        &mut self,
        at: (u32, u32),
        width: u32,
        size: u32,
        face: Face,
        colour: Colour,
        text: &str,
    ) -> Area {
        let mut area = Area::new(at.0, at.1, 0, 0);
        for line in wrapped(text, width, size, face) {
            let next = (at.0, area.bottom());
            area = area.join(self.line(next, size, face, colour, &line).grown(0));
            area.height += size / 4;
        }
        area
    }

    /// Returns the picture.
    pub fn picture(self) -> Picture {
        Picture::of_pixels(self.rgb)
    }
}

fn font(face: Face) -> FontRef<'static> {
    let bytes = match face {
        Face::Plain => dejavu::sans::regular(),
        Face::Bold => dejavu::sans::bold(),
        Face::Serif => dejavu::serif::regular(),
        Face::Mono => dejavu::sans_mono::regular(),
    };
    FontRef::try_from_slice(bytes).expect("the DejaVu fonts are built in and well formed")
}

/// Breaks a text into lines no wider than `width` pixels; a word wider than that stands alone.
fn wrapped(text: &str, width: u32, size: u32, face: Face) -> Vec<String> {
    let font = font(face);
    let scaled = font.as_scaled(PxScale::from(size as f32));
    let wide = |text: &str| text.chars().map(|c| scaled.h_advance(scaled.glyph_id(c))).sum::<f32>();
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if wide(&longer) > width as f32 && !line.is_empty() {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
    }
    lines
}

/// What stands in an invented post.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The name shown.
    pub name: &'a str,
    /// The handle without `@`.
    pub handle: &'a str,
    /// The time as the app writes it.
    pub time: &'a str,
    /// The text.
    pub text: &'a str,
    /// The numbers below, as the app writes them.
    pub counts: &'a [&'a str],
}

/// Draws a phone's screen with one post in the manner of an app.
pub fn screen(app: Platform, dark: bool, words: &Words<'_>) -> Picture {
    let (paper, ink, faint) = if dark {
        ([21, 32, 43], [247, 249, 249], [139, 152, 165])
    } else {
        ([255, 255, 255], [15, 20, 25], [83, 100, 113])
    };
    let mut canvas = Canvas::new(1080, 1600, paper);
    canvas.line((60, 24), 34, Face::Bold, ink, "10:12");
    canvas.line((930, 24), 34, Face::Plain, ink, "84%");
    match app {
        Platform::Facebook => facebook(&mut canvas, ink, faint, words),
        Platform::Telegram => telegram(&mut canvas, ink, faint, words),
        Platform::Sms => messages(&mut canvas, ink, faint, words),
        _ => micro(&mut canvas, app, ink, faint, words),
    }
    canvas.picture()
}

/// X and Truth Social: avatar, name, handle, text, time and views, numbers.
fn micro(canvas: &mut Canvas, app: Platform, ink: Colour, faint: Colour, words: &Words<'_>) {
    let (title, labels): (&str, &[&str]) = match app {
        Platform::TruthSocial => ("Truth Details", &["ReTruths", "Likes"]),
        _ => ("Post", &["Reposts", "Quotes", "Likes", "Bookmarks"]),
    };
    canvas.line((160, 120), 46, Face::Bold, ink, title);
    canvas.disc((90, 270), 50, [88, 120, 200]);
    canvas.line((170, 220), 40, Face::Bold, ink, words.name);
    canvas.line((170, 272), 36, Face::Plain, faint, &format!("@{}", words.handle));
    let text = canvas.block((44, 360), 990, 44, Face::Plain, ink, words.text);
    let mut y = text.bottom() + 40;
    canvas.line((44, y), 34, Face::Plain, faint, words.time);
    y += 90;
    canvas.fill(Area::new(44, y - 20, 992, 2), faint);
    let mut x = 44;
    for (count, label) in words.counts.iter().zip(labels) {
        x = canvas.line((x, y), 34, Face::Bold, ink, count).right() + 12;
        x = canvas.line((x, y), 34, Face::Plain, faint, label).right() + 40;
    }
}

/// Facebook: name, time below it, text, reactions, comments and shares.
fn facebook(canvas: &mut Canvas, ink: Colour, faint: Colour, words: &Words<'_>) {
    canvas.line((160, 120), 46, Face::Bold, ink, &format!("{}'s Post", words.name));
    canvas.disc((90, 270), 50, [88, 120, 200]);
    canvas.line((170, 220), 40, Face::Bold, ink, words.name);
    canvas.line((170, 276), 32, Face::Plain, faint, words.time);
    let text = canvas.block((44, 360), 990, 44, Face::Plain, ink, words.text);
    let y = text.bottom() + 50;
    let mut x = 44;
    for (count, label) in words.counts.iter().zip(["", "comments", "shares"]) {
        x = canvas.line((x, y), 34, Face::Plain, faint, &format!("{count} {label}")).right() + 50;
    }
    canvas.line((100, y + 80), 36, Face::Plain, faint, "Like");
    canvas.line((450, y + 80), 36, Face::Plain, faint, "Comment");
    canvas.line((850, y + 80), 36, Face::Plain, faint, "Share");
}

/// Telegram: the channel above with its subscribers, a bubble with text, views and time in its corner.
fn telegram(canvas: &mut Canvas, ink: Colour, faint: Colour, words: &Words<'_>) {
    canvas.line((190, 100), 42, Face::Bold, ink, words.name);
    canvas.line((190, 152), 32, Face::Plain, faint, "12 345 subscribers");
    let text = canvas.block((60, 300), 900, 42, Face::Plain, ink, words.text);
    let views = words.counts.first().copied().unwrap_or_default();
    canvas.line((700, text.bottom() + 20), 30, Face::Plain, faint, &format!("{views}  {}", words.time));
}

/// Messages: the number above, a day and time, a grey bubble, a field to write in.
fn messages(canvas: &mut Canvas, ink: Colour, faint: Colour, words: &Words<'_>) {
    canvas.line((380, 110), 38, Face::Plain, ink, words.name);
    canvas.line((380, 220), 30, Face::Plain, faint, "Text Message");
    canvas.line((380, 262), 30, Face::Plain, faint, words.time);
    canvas.fill(Area::new(40, 330, 780, 60 + 52 * (words.text.len() as u32 / 30 + 1)), [229, 229, 234]);
    canvas.block((70, 350), 720, 40, Face::Plain, [0, 0, 0], words.text);
    canvas.line((150, 1480), 36, Face::Plain, faint, "Text Message");
}

/// Draws an invented photo: soft blobs and a few hard edges, different for every seed.
pub fn photo(seed: u64, width: u32, height: u32) -> RgbImage {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u32 << 24) as f32
    };
    let blobs: Vec<[f32; 7]> = (0..24)
        .map(|_| {
            let size = 0.03 + 0.22 * random();
            [random(), random(), size, 255.0 * random(), 255.0 * random(), 255.0 * random(), random()]
        })
        .collect();
    RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
        let mut colour = [90.0 + 60.0 * v, 110.0, 130.0 - 50.0 * u];
        for [bx, by, size, r, g, b, hard] in &blobs {
            let away = ((u - bx).powi(2) + (v - by).powi(2)).sqrt() / size;
            let part = if *hard > 0.6 { f32::from(away < 1.0) } else { (1.2 - away).clamp(0.0, 1.0) };
            for (channel, ink) in colour.iter_mut().zip([r, g, b]) {
                *channel += (ink - *channel) * part * 0.8;
            }
        }
        Rgb(colour.map(|channel: f32| channel.clamp(0.0, 255.0) as u8))
    })
}

/// Photographs a screen: the picture turned by `tenths` of a degree on a desk, a little blurred, unevenly lit.
pub fn photographed(picture: &Picture, tenths: i32) -> Picture {
    let (width, height) = (picture.width() + 120, picture.height() + 120);
    let angle = (tenths as f32 / 10.0).to_radians();
    let (sin, cos) = angle.sin_cos();
    let turned = RgbImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (x as f32 - width as f32 / 2.0, y as f32 - height as f32 / 2.0);
        let sx = dx * cos + dy * sin + picture.width() as f32 / 2.0;
        let sy = -dx * sin + dy * cos + picture.height() as f32 / 2.0;
        let inside = sx >= 0.0 && sy >= 0.0;
        let pixel = inside.then(|| picture.rgb().get_pixel_checked(sx as u32, sy as u32)).flatten();
        let light = 0.8 + 0.2 * (x as f32 / width as f32);
        Rgb(pixel.map_or([120, 112, 100], |pixel| pixel.0.map(|channel| (f32::from(channel) * light) as u8)))
    });
    Picture::of_pixels(image::imageops::blur(&turned, 0.8))
}
