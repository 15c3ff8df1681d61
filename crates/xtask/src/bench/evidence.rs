//! `cargo xtask bench evidence`: archives, collections and bags beside the tools people check them with today.
//!
//! All input is made up here, from a fixed seed. Peers are taken from `target/evidence-venv`
//! (`python3 -m venv target/evidence-venv && target/evidence-venv/bin/pip install warcio fastwarc wacz`) and left out
//! where it is missing. Times are CPU seconds (user and system) and seconds of the clock of a child process, each the
//! best of three: an archive is inflated by one thread and judged by another, which the clock alone shows.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use container::digests::{Algorithm, Running, digest, hex};
use flate2::Compression;
use flate2::write::GzEncoder;

const VENV: &str = "target/evidence-venv/bin";
const RECORDS: u64 = 4_000;
const BODY: usize = 64 * 1024;

/// Runs the bench.
pub fn run() -> Result<()> {
    let folder = PathBuf::from("target/bench-evidence");
    std::fs::create_dir_all(&folder)?;
    let archive = archive(&folder)?;
    let collection = collection(&folder, &archive)?;
    let bag = bag(&folder)?;
    let me = std::env::current_exe()?;
    let me = me.to_str().context("the path of this program is not UTF-8")?;

    println!(
        "gzipped WARC, {} MB in {} MB, block and payload digests",
        megabytes(RECORDS * BODY as u64),
        size(&archive)?
    );
    let ours = report("redress", me, &["evidence", text(&archive)?], None)?;
    report("warcio check", &tool("warcio"), &["check", text(&archive)?], Some(ours))?;
    let script = "import sys\nfrom fastwarc.warc import ArchiveIterator\n\
        for r in ArchiveIterator(open(sys.argv[1],'rb'), parse_http=False):\n    assert r.verify_block_digest(consume=False)\n    \
        r.parse_http(); assert r.verify_payload_digest()\n";
    report("FastWARC with both digests", &tool("python"), &["-c", script, text(&archive)?], Some(ours))?;

    println!("WACZ of {} MB", size(&collection)?);
    report("redress, each record too", me, &["evidence", text(&collection)?], None)?;
    // The usual validator holds the files against the manifest and never reads a record: this is the like of it.
    let ours =
        report("redress, manifest only", me, &["evidence", text(&collection)?, "--manifest-only"], None)?;
    report("wacz validate", &tool("wacz"), &["validate", "-f", text(&collection)?], Some(ours))?;

    println!("bag of {} MB, SHA-256", size(&bag.join("data/0.bin"))? * 4);
    let ours = report("redress", me, &["evidence", text(&bag)?], None)?;
    let files: Vec<String> =
        (0..4).map(|n| bag.join(format!("data/{n}.bin")).display().to_string()).collect();
    let mut arguments = vec!["dgst", "-sha256"];
    arguments.extend(files.iter().map(String::as_str));
    report("openssl dgst -sha256", "openssl", &arguments, Some(ours))?;
    Ok(())
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("the path is not UTF-8")
}

fn megabytes(bytes: u64) -> u64 {
    bytes / 1_000_000
}

fn size(path: &Path) -> Result<u64> {
    Ok(megabytes(std::fs::metadata(path)?.len()))
}

fn tool(name: &str) -> String {
    format!("{VENV}/{name}")
}

/// Seconds that a program took.
#[derive(Clone, Copy)]
struct Took {
    processor: f64,
    clock: f64,
}

/// Prints a line. Returns what it took.
fn report(name: &str, program: &str, arguments: &[&str], ours: Option<Took>) -> Result<Took> {
    if program.contains('/') && !Path::new(program).exists() {
        println!("  {name:<28} not installed");
        return Ok(Took { processor: f64::NAN, clock: f64::NAN });
    }
    let mut best = Took { processor: f64::INFINITY, clock: f64::INFINITY };
    let mut said = String::new();
    for _ in 0..3 {
        let (took, line) = timed(program, arguments)?;
        best.processor = best.processor.min(took.processor);
        best.clock = best.clock.min(took.clock);
        said = line;
    }
    let then = match ours {
        Some(ours) => format!(
            "{:.1} times ours by the processor, {:.1} by the clock",
            best.processor / ours.processor,
            best.clock / ours.clock
        ),
        None => said.trim().to_owned(),
    };
    println!("  {name:<28} {:>6.2} CPU s {:>6.2} s  {then}", best.processor, best.clock);
    Ok(best)
}

fn timed(program: &str, arguments: &[&str]) -> Result<(Took, String)> {
    let script = "TIMEFORMAT='cpu %U %S %R'; time \"$@\" >\"$0\" 2>&1";
    let said = "target/bench-evidence/said.txt";
    let output = Command::new("bash").args(["-c", script, said, program]).args(arguments).output()?;
    let time = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = std::fs::read_to_string(said)?;
    if !output.status.success() {
        bail!("{program} failed: {said}");
    }
    let line = time.lines().find_map(|line| line.strip_prefix("cpu ")).context("no time was printed")?;
    let parts: Vec<f64> = line.split(' ').filter_map(|part| part.parse().ok()).collect();
    let &[user, system, clock] = parts.as_slice() else { bail!("the time is not three numbers: {line}") };
    Ok((Took { processor: user + system, clock }, said.lines().last().unwrap_or_default().to_owned()))
}

/// A sequence of numbers that is the same on every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Text that compresses about as pages do.
fn page(numbers: &mut Numbers) -> Vec<u8> {
    const WORDS: [&str; 16] = [
        "<p>",
        "</p>\n",
        "ballot ",
        "county ",
        "the ",
        "of ",
        "<a href=\"https://social.example/",
        "\">",
        "</a> ",
        "video ",
        "drop box ",
        "who is ",
        "said ",
        "<div class=\"post\">",
        "</div>\n",
        "question ",
    ];
    let mut page = Vec::with_capacity(BODY + 32);
    while page.len() < BODY {
        let number = numbers.next();
        page.extend(WORDS[(number & 15) as usize].bytes());
        if number & 0x30 == 0 {
            page.extend(format!("{:x} ", number >> 40).bytes());
        }
    }
    page.truncate(BODY);
    page
}

fn archive(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("pages.warc.gz");
    if path.exists() {
        return Ok(path);
    }
    let mut out = BufWriter::new(File::create(&path)?);
    let mut numbers = Numbers(1);
    for number in 0..RECORDS {
        let body = page(&mut numbers);
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", body.len());
        let block = [head.as_bytes(), &body].concat();
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        write!(
            member,
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n\
             WARC-Date: 2024-06-11T12:00:00Z\r\nWARC-Target-URI: https://social.example/{number}\r\n\
             Content-Type: application/http; msgtype=response\r\nWARC-Block-Digest: sha1:{}\r\n\
             WARC-Payload-Digest: sha1:{}\r\nContent-Length: {}\r\n\r\n",
            base32(&digest(Algorithm::Sha1, &block)),
            base32(&digest(Algorithm::Sha1, &body)),
            block.len()
        )?;
        member.write_all(&block)?;
        member.write_all(b"\r\n\r\n")?;
        out.write_all(&member.finish()?)?;
    }
    out.flush()?;
    Ok(path)
}

fn base32(bytes: &[u8]) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut held, mut bits, mut text) = (0u32, 0, String::new());
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(letters[(held >> bits & 31) as usize]));
        }
    }
    text
}

/// A stored ZIP with what a collection must have.
fn collection(folder: &Path, archive: &Path) -> Result<PathBuf> {
    let path = folder.join("pages.wacz");
    if path.exists() {
        return Ok(path);
    }
    let pages = "{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All\"}\n\
        {\"id\":\"p1\",\"url\":\"https://social.example/1\",\"ts\":\"2024-06-11T12:00:00Z\"}\n";
    let index = "example,social)/1 20240611120000 {\"url\":\"https://social.example/1\",\"filename\":\"pages.warc.gz\"}\n";
    let mut members = vec![
        ("archive/pages.warc.gz", std::fs::read(archive)?),
        ("indexes/index.cdx", index.into()),
        ("pages/pages.jsonl", pages.into()),
    ];
    let resources: Vec<String> = members
        .iter()
        .map(|(path, bytes)| {
            let name = path.rsplit('/').next().unwrap_or_default();
            let hash = hex(&digest(Algorithm::Sha256, bytes));
            format!(
                "{{\"name\":\"{name}\",\"path\":\"{path}\",\"hash\":\"sha256:{hash}\",\"bytes\":{}}}",
                bytes.len()
            )
        })
        .collect();
    let manifest = format!(
        "{{\"profile\":\"data-package\",\"wacz_version\":\"1.1.1\",\"created\":\"2024-06-11T12:00:00Z\",\"resources\":[{}]}}",
        resources.join(",")
    );
    let hash = hex(&digest(Algorithm::Sha256, manifest.as_bytes()));
    members.push(("datapackage.json", manifest.into()));
    let signed = format!("{{\"path\":\"datapackage.json\",\"hash\":\"sha256:{hash}\"}}");
    members.push(("datapackage-digest.json", signed.into()));
    std::fs::write(&path, zip(&members))?;
    Ok(path)
}

fn zip(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in members {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        let length = (data.len() as u32).to_le_bytes();
        let common =
            [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0], &crc.sum().to_le_bytes()[..], &length, &length].concat();
        let name_length = (name.len() as u16).to_le_bytes();
        let offset = (bytes.len() as u32).to_le_bytes();
        bytes.extend([b"PK\x03\x04", &common[..], &name_length, &[0, 0], name.as_bytes()].concat());
        bytes.extend(data);
        directory.extend(
            [b"PK\x01\x02\x14\x03", &common[..], &name_length, &[0; 12], &offset, name.as_bytes()].concat(),
        );
    }
    let count = (members.len() as u16).to_le_bytes();
    let (size, start) = ((directory.len() as u32).to_le_bytes(), (bytes.len() as u32).to_le_bytes());
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &start, &[0, 0]].concat());
    bytes
}

fn bag(folder: &Path) -> Result<PathBuf> {
    let bag = folder.join("bag");
    if bag.join("manifest-sha256.txt").exists() {
        return Ok(bag);
    }
    std::fs::create_dir_all(bag.join("data"))?;
    std::fs::write(bag.join("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")?;
    let mut numbers = Numbers(2);
    let mut manifest = String::new();
    for number in 0..4 {
        let name = format!("data/{number}.bin");
        let mut out = BufWriter::new(File::create(bag.join(&name))?);
        let mut running = Running::new(Algorithm::Sha256);
        for _ in 0..(128 << 20) / 8 / 1024 {
            let piece: Vec<u8> = (0..1024).flat_map(|_| numbers.next().to_le_bytes()).collect();
            running.update(&piece);
            out.write_all(&piece)?;
        }
        out.flush()?;
        manifest += &format!("{}  {name}\n", hex(&running.finish()));
    }
    std::fs::write(bag.join("manifest-sha256.txt"), manifest)?;
    Ok(bag)
}
