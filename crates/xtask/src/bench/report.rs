//! Packages: how long the three of the demo take, and a binder of 1,000 exhibits with pictures.
//!
//! The case is invented here, from counters; only sizes are like those of real ones.

use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use record::{
    Account, Counts, Fidelity, Kind, Level, Observation, Post, PostKey, PostKind, PrivateSet, Role, State,
    Subject,
};
use report::dossier::{Confirmed, Dossier, Exhibit, Picture, Sentence, Sighting};
use report::{Language, Options, Paper, Recipient, RedactionMap};
use values::{Digest, Moment, Place, Plate, Platform, SaidBy};

/// Prints seconds, sizes and the most memory held.
pub fn run() -> Result<()> {
    let options = Options::new(Language::English, Paper::Letter);
    let map = RedactionMap::of(&PrivateSet {
        plates: Plate::new("RDR-0000").into_iter().collect(),
        ..PrivateSet::default()
    });
    let mut originals = |_: &Digest| None;
    for (count, pictures, recipients) in [
        (6, false, &[Recipient::Police, Recipient::Counsel, Recipient::Public][..]),
        (1_000, true, &[Recipient::Police, Recipient::Counsel][..]),
    ] {
        let dossier = dossier(count, pictures)?;
        for recipient in recipients {
            let start = Instant::now();
            // The peak of this package alone: proc(5), clear_refs.
            let _elsewhere = std::fs::write("/proc/self/clear_refs", "5");
            let package = report::package(&dossier, *recipient, &options, &map, &mut originals)?;
            ensure!(!package.files.is_empty(), "a package without files");
            let bag = report::bag::bag(package.files, &Default::default(), &Vec::new(), dossier.now)?;
            let seconds = start.elapsed().as_secs_f64();
            let size: usize = bag.values().map(Vec::len).sum();
            let pages = bag.keys().filter(|name| name.contains("/IMAGES/")).count();
            println!(
                "{count} exhibits, {recipient}: {seconds:.2} s, {:.1} MB in {} files, {pages} numbered pages, {} MB held at most",
                size as f64 / 1e6,
                bag.len(),
                held()
            );
        }
    }
    Ok(())
}

/// Returns the most memory this process held, in MB, where the system tells.
fn held() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1000
}

fn dossier(count: u32, pictures: bool) -> Result<Dossier> {
    let at = |text: &str| Moment::parse(text, SaidBy::Platform).map_err(|error| anyhow!("{error}"));
    let (written, kept, now) =
        (at("2025-11-04T15:02:11Z")?, at("2025-11-05T09:00:00Z")?, at("2026-11-23T12:00:00Z")?);
    let exhibits = (1..=count)
        .map(|number| {
            let account = Account::with_handle(Platform::X, &format!("example_{}", number % 97));
            let mut post =
                Post::bare(PostKey::new(Platform::X, &format!("19857{number:014}")), PostKind::Original, account);
            post.text = format!(
                "Invented words number {number}: somebody should pay this man a visit, his plate is R D R 0000. "
            )
            .repeat(2);
            post.written = Some(written);
            Exhibit {
                number,
                findings: vec![Confirmed {
                    kind: Kind::Threat,
                    what: None,
                    level: Some(Level::Veiled),
                    stance: None,
                    claim: None,
                    quote: "somebody should pay this man a visit".into(),
                    reasons: vec![Sentence::same("The words name a visit.")],
                    detector: "threat/1".into(),
                    score: 0.8,
                    by: "A. Helper".into(),
                    at: kept,
                    why: None,
                    demo: false,
                    boxes: Vec::new(),
                }],
                sightings: vec![Sighting {
                    observation: Observation {
                        place: Place::line(u64::from(number)),
                        seen: Some(written),
                        counts: Counts { views: Some(1_000), ..Counts::default() },
                        state: State::Visible,
                        fidelity: Fidelity::Collected,
                    },
                    capture: Digest::of(&number.to_le_bytes()),
                    size: 4_096,
                    file: "capture.ndjson".into(),
                    kept,
                    holds_others: true,
                    stripped: false,
                }],
                pictures: pictures
                    .then(|| Picture {
                        digest: Digest::of(b"picture"),
                        looked_at: true,
                        covered: Some(picture(number).into()),
                        alt: Sentence::same("An invented picture of grey lines."),
                        boxes: 0,
                    })
                    .into_iter()
                    .collect(),
                proof: None,
                ledger_line: None,
                salt: Some(Digest::of(&number.to_be_bytes())),
                privileged: None,
                incident: None,
                post,
            }
        })
        .collect();
    let subject = Subject { role: Role::Postal, state: "PA".into(), language: "en".into() };
    Ok(Dossier { demo: true, exhibits, ..Dossier::bare("Measured", subject, now, env!("CARGO_PKG_VERSION")) })
}

/// Returns a grey PNG of 600 by 900 points whose lines differ from exhibit to exhibit, in stored deflate blocks.
fn picture(number: u32) -> Vec<u8> {
    let (width, height) = (600_u32, 900_u32);
    // One bit a point keeps it near the size of a packed screenshot.
    let row = width.div_ceil(8) as usize + 1;
    let mut raw = vec![0_u8; row * height as usize];
    for (index, byte) in raw.iter_mut().enumerate() {
        if index % row != 0 {
            *byte = ((index as u32 / row as u32).wrapping_mul(number) >> 3) as u8;
        }
    }
    let mut data = vec![0x78, 0x01];
    let mut blocks = raw.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        data.push(u8::from(blocks.peek().is_none()));
        data.extend((block.len() as u16).to_le_bytes());
        data.extend((!(block.len() as u16)).to_le_bytes());
        data.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    data.extend((b << 16 | a).to_be_bytes());
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[1, 0, 0, 0, 0]].concat();
    for (name, bytes) in [(b"IHDR", &head), (b"IDAT", &data), (b"IEND", &Vec::new())] {
        out.extend((bytes.len() as u32).to_be_bytes());
        out.extend(name);
        out.extend(bytes);
        out.extend(checksum(&[&name[..], bytes].concat()).to_be_bytes());
    }
    out
}

/// CRC-32 as PNG asks for it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |mut crc, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
        crc
    })
}
