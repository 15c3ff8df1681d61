//! Pictures: 1,000 screenshots read in one run, twins searched among 100,000, how well twins are found again.

use std::io::Cursor;
use std::time::Instant;

use anyhow::{Result, anyhow};
use image::imageops::{FilterType, crop_imm, resize};
use image::{DynamicImage, ImageFormat, RgbImage};
use pixels::drawn::{Canvas, Face, Words, photo, screen};
use pixels::ocr::{Bounds, Reader};
use pixels::picture::{Limits, Picture, open};
use pixels::twins::{Hash, Hashes, Index, SAME};
use values::Platform;

/// Runs the benches of `pixels`. `REDRESS_SCREENSHOTS` sets how many screenshots are read (1,000).
pub fn run() -> Result<()> {
    screenshots(
        std::env::var("REDRESS_SCREENSHOTS").ok().and_then(|count| count.parse().ok()).unwrap_or(1000),
    )?;
    search();
    twins()
}

const APPS: [Platform; 5] =
    [Platform::X, Platform::Facebook, Platform::TruthSocial, Platform::Telegram, Platform::Sms];

fn screenshots(count: u32) -> Result<()> {
    let reader = Reader::find(Bounds::laptop()).map_err(|trouble| anyhow!("{trouble}"))?;
    // Drawn and encoded before the clock starts, twenty different ones used in turn.
    let files: Vec<Vec<u8>> = (0..20u32)
        .map(|number| {
            let text = format!(
                "Who is the man with the gray hatchback, plate RDR-{number:04}? Somebody at the drop box on Example \
                 Street must know him. Call 202-555-01{number:02} and tell us where he lives."
            );
            let words = Words {
                name: "Example Watcher",
                handle: "example_watcher",
                time: "10:11 AM · Nov 4, 2025",
                text: &text,
                counts: &["12", "3", "45", "1"],
            };
            png(screen(APPS[number as usize % APPS.len()], number % 2 == 1, &words).rgb())
        })
        .collect::<Result<_>>()?;
    let (began, cpu_before) = (Instant::now(), cpu_seconds());
    let (mut next, mut plates, mut failed) = (0u32, 0u32, 0u32);
    reader.read_many(
        2,
        || {
            let number = next;
            next += 1;
            let bytes = files.get(number as usize % files.len())?;
            (number < count)
                .then(|| (number, open(bytes, &Limits::phone()).map_err(|refused| refused.trouble())))
        },
        |number, _, page| match page {
            Ok(page) => plates += u32::from(page.text.contains(&format!("RDR-{:04}", number % 20))),
            Err(_) => failed += 1,
        },
    );
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{count} screenshots of 1080 by 1600: {seconds:.0} s, {:.2} a second, {:.2} cores busy, {plates} plates read, \
         {failed} failed; most memory of this program {} MiB, of one reader process {} MiB",
        f64::from(count) / seconds,
        (cpu_seconds() - cpu_before) / seconds,
        most_memory("/proc/self/status"),
        children_memory(),
    );
    Ok(())
}

/// Processor seconds of this process and its ended children, from Linux's `/proc/self/stat`; 0 elsewhere.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // User, system, then the same of ended children: fields 14 to 17, counted from 1, at 100 ticks a second.
    fields.iter().skip(11).take(4).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn most_memory(path: &str) -> u64 {
    let status = std::fs::read_to_string(path).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// The bound each reader runs under stands for its memory: the system would have ended it beyond.
fn children_memory() -> String {
    format!("at most {}", Bounds::laptop().memory >> 20)
}

fn search() {
    let mut state = 7u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ (state >> 31)
    };
    let mut hash = || {
        let text = format!("{:016x}{:016x}{:016x}{:016x}:100", word(), word(), word(), word());
        text.parse::<Hash>().ok()
    };
    let hashes: Vec<Hash> = (0..100_000).filter_map(|_| hash()).collect();
    let began = Instant::now();
    let index = Index::new(hashes.clone());
    let built = began.elapsed();
    let began = Instant::now();
    let found: usize = hashes.iter().step_by(10).map(|hash| index.near(*hash, SAME).len()).sum();
    let searched = began.elapsed() / 10_000;
    let began = Instant::now();
    let all: usize = hashes
        .iter()
        .step_by(1000)
        .map(|hash| hashes.iter().filter(|other| other.distance(*hash) <= SAME).count())
        .sum();
    let compared = began.elapsed() / 100;
    println!(
        "100,000 hashes: index built in {built:.0?}, search within {SAME} bits {searched:.1?} ({found} found for 10,000), \
         comparing all {compared:.1?} ({all} found for 100)"
    );
}

/// What is done to a picture before it is looked for again.
type Change = (&'static str, fn(&RgbImage) -> Result<Picture>);

const CHANGES: &[Change] = &[
    ("saved as JPEG, quality 30", |picture| jpeg(picture, 30)),
    ("half the size", |picture| scaled(picture, 50)),
    ("a fifth of the size", |picture| scaled(picture, 20)),
    ("a fourth wider", |picture| {
        Ok(Picture::of_pixels(resize(
            picture,
            picture.width() * 5 / 4,
            picture.height(),
            FilterType::Triangle,
        )))
    }),
    ("darker by a third", |picture| {
        let mut dark = picture.clone();
        dark.iter_mut().for_each(|level| *level = (u32::from(*level) * 2 / 3) as u8);
        Ok(Picture::of_pixels(dark))
    }),
    ("words written on it", |picture| {
        let mut canvas = Canvas::new(picture.width(), picture.height(), [0, 0, 0]);
        canvas.lay(0, 0, picture);
        canvas.line((30, 20), 44, Face::Bold, [255, 255, 255], "WHO IS THIS MULE?");
        Ok(canvas.picture())
    }),
    ("white margins", |picture| {
        let mut canvas = Canvas::new(picture.width() + 160, picture.height() + 400, [255, 255, 255]);
        canvas.lay(80, 150, picture);
        Ok(canvas.picture())
    }),
    ("mirrored", |picture| Ok(Picture::of_pixels(image::imageops::flip_horizontal(picture)))),
    ("inside a screenshot", |picture| in_a_post(picture, [255, 255, 255])),
    ("inside a dark screenshot", |picture| in_a_post(picture, [21, 32, 43])),
    ("cropped by 5 %", |picture| Ok(cropped(picture, 95))),
    ("cropped by 10 %", |picture| Ok(cropped(picture, 90))),
    ("cropped by 20 %", |picture| Ok(cropped(picture, 80))),
    ("cropped by 30 %", |picture| Ok(cropped(picture, 70))),
    ("cropped by 40 %", |picture| Ok(cropped(picture, 60))),
];

fn twins() -> Result<()> {
    const PHOTOS: u64 = 60;
    let originals: Vec<RgbImage> = (0..PHOTOS).map(|seed| photo(seed + 1, 900, 675)).collect();
    let began = Instant::now();
    let hashes: Vec<Hashes> =
        originals.iter().map(|picture| Hashes::of(&Picture::of_pixels(picture.clone()))).collect();
    let parts = hashes.first().map_or(0, |hashes| hashes.parts.len());
    println!(
        "twins among {PHOTOS} drawn photos of 900 by 675 ({parts} hashes each, {:.0?} a photo):",
        began.elapsed() / PHOTOS as u32
    );
    println!("  {:<28} whole picture   with parts   another picture taken for it", "");
    for (name, change) in CHANGES {
        let (mut whole, mut parts, mut wrong) = (0, 0, 0);
        for (picture, own) in originals.iter().zip(&hashes) {
            let changed = change(picture)?;
            let hashes_of_changed = Hashes::of(&changed);
            whole += u32::from(
                Hash::of(&changed).distance(Hash::of(&Picture::of_pixels(picture.clone()))) <= SAME,
            );
            parts += u32::from(hashes_of_changed.same(own));
            wrong += hashes.iter().filter(|other| *other != own && hashes_of_changed.same(other)).count();
        }
        println!("  {name:<28} {whole:>4} of {PHOTOS}      {parts:>4} of {PHOTOS}   {wrong}");
    }
    Ok(())
}

fn png(picture: &RgbImage) -> Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png)?;
    Ok(out.into_inner())
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Picture> {
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality)
        .encode_image(&DynamicImage::ImageRgb8(picture.clone()))?;
    Ok(open(&out, &Limits::phone())?)
}

fn scaled(picture: &RgbImage, hundredths: u32) -> Result<Picture> {
    let (width, height) = (picture.width() * hundredths / 100, picture.height() * hundredths / 100);
    Ok(Picture::of_pixels(resize(picture, width, height, FilterType::Triangle)))
}

/// Keeps that much of each side, nearer to the lower right: people crop off what stands above and beside.
fn cropped(picture: &RgbImage, kept: u32) -> Picture {
    let (width, height) = (picture.width() * kept / 100, picture.height() * kept / 100);
    let (left, top) = ((picture.width() - width) * 2 / 3, (picture.height() - height) * 3 / 4);
    Picture::of_pixels(crop_imm(picture, left, top, width, height).to_image())
}

fn in_a_post(picture: &RgbImage, paper: [u8; 3]) -> Result<Picture> {
    let ink = paper.map(|level| 255 - level);
    let mut canvas = Canvas::new(1080, 1900, paper);
    canvas.disc((90, 170), 50, [88, 120, 200]);
    canvas.line((170, 130), 40, Face::Bold, ink, "Example Watcher");
    canvas.block(
        (44, 260),
        990,
        44,
        Face::Plain,
        ink,
        "Who is the man in this picture? Somebody must know him.",
    );
    let shown = resize(picture, 1000, picture.height() * 1000 / picture.width(), FilterType::Triangle);
    canvas.lay(40, 420, &shown);
    canvas.line((44, 460 + shown.height()), 34, Face::Plain, ink, "10:11 AM · Nov 4, 2025");
    Ok(canvas.picture())
}
