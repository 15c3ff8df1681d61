//! Archives and members too large to be held: they are read in passes. Each limit on what may be held is set below what is
//! read, so a reader that holds it is refused.

mod reading;

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use intake::{Limits, Options, Stream};
use reading::{Got, plain, try_read};
use record::Item;
use values::Digest;

/// One header of a tar and its content, padded.
fn entry(kind: u8, name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..107].copy_from_slice(b"0000644");
    header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    sum(&mut header);
    header.extend_from_slice(content);
    header.resize(header.len().div_ceil(512) * 512, 0);
    header
}

fn sum(header: &mut [u8]) {
    header[148..156].fill(b' ');
    let sum: u32 = header[..512].iter().map(|b| u32::from(*b)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes: Vec<u8> = members.iter().flat_map(|(name, content)| entry(b'0', name, content)).collect();
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// Reads bytes as they come from a disk: not in memory.
fn streamed(name: &str, bytes: &[u8], options: &Options) -> Result<Got, intake::Refused> {
    let (all, digest, size) = (bytes.to_vec(), Digest::of(bytes), bytes.len() as u64);
    let source = Stream::new(name, move || digest, size, move || Ok(Box::new(Cursor::new(all.clone()))));
    let mut items: Vec<Item> = Vec::new();
    let summary = intake::read(&source, options, &mut items)?;
    let mut got = Got { summary, posts: Vec::new(), codes: Vec::new(), incidents: Vec::new() };
    for item in items {
        match item {
            Item::Post { post, observation } => got.posts.push((*post, observation)),
            Item::Trouble(trouble) => got.codes.push(trouble.code.into_owned()),
            Item::Incident { incident, .. } => got.incidents.push(*incident),
            Item::Leftover { .. } => {}
        }
    }
    Ok(got)
}

/// More lines of X than are held, and how many posts they are.
fn many_lines() -> (Vec<u8>, u64) {
    let sample = samples::bytes("zeeschuimer-x-ndjson/sample.ndjson");
    let times = (18 << 20) / sample.len() + 1;
    (sample.repeat(times), 8 * times as u64)
}

/// Nothing above a mebibyte may be held.
fn small() -> Options {
    Options::plain(Limits { max_member_bytes: 1 << 20, max_document_bytes: 1 << 20, ..Limits::ordinary() })
}

#[test]
fn a_large_member_is_read_where_it_lies() {
    let (lines, posts) = many_lines();
    let chat = b"[14/11/25, 10:02:11] Ana Example: hello\n";
    let both = tar(&[("big.ndjson", &lines), ("_chat.txt", chat), ("again.ndjson", &lines)]);
    for got in [try_read("a.tar", &both, &small()).unwrap(), streamed("a.tar", &both, &small()).unwrap()] {
        assert_eq!((got.summary.format, got.summary.posts), ("tar", 2 * posts + 1));
        assert_eq!(
            got.posts.last().unwrap().1.place.to_string().split(':').next(),
            Some("again.ndjson!line")
        );
    }
}

#[test]
fn a_large_file_is_unpacked_as_it_is_read() {
    let (lines, posts) = many_lines();
    let got = streamed("big.ndjson.gz", &gz(&lines), &small()).unwrap();
    assert_eq!((got.summary.format, got.summary.posts), ("x-zeeschuimer", posts));
    // Broken off in the middle: what came before is read, and that it breaks off is told.
    let packed = gz(&lines);
    let cut = streamed("big.ndjson.gz", &packed[..packed.len() * 3 / 4], &small());
    let cut = cut.unwrap_or_else(|refused| panic!("{refused}"));
    assert!(cut.has("archive.cut_off") && cut.summary.posts < posts, "{:?}", cut.codes);
}

#[test]
fn a_large_member_of_a_zip_is_checked_and_then_unpacked_as_it_is_read() {
    let (lines, posts) = many_lines();
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&lines).unwrap();
    let packed = packed.finish().unwrap();
    let mut crc = flate2::Crc::new();
    crc.update(&lines);
    // Written by hand: one deflated member.
    let mut zip = reading::zip(&[("big.ndjson", &packed)]);
    let central = zip.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    for (base, method) in [(4, 4), (central + 6, 4)] {
        zip[base + method] = 8;
        zip[base + 10..base + 14].copy_from_slice(&crc.sum().to_le_bytes());
        zip[base + 18..base + 22].copy_from_slice(&(lines.len() as u32).to_le_bytes());
    }
    for got in [try_read("a.zip", &zip, &small()).unwrap(), streamed("a.zip", &zip, &small()).unwrap()] {
        assert_eq!(got.summary.posts, posts, "{:?}", got.codes);
    }
    // One byte changed: nothing is read from it.
    zip[central + 6 + 10] ^= 1;
    zip[14] ^= 1;
    let got = streamed("a.zip", &zip, &small()).unwrap();
    assert_eq!((got.summary.posts, got.has("archive.broken")), (0, true), "{:?}", got.codes);
}

#[test]
fn a_film_beside_a_chat_is_known_by_its_digest_however_it_is_packed() {
    let film: Vec<u8> = (0..17_u32 << 20).map(|n| (n >> 8) as u8).collect();
    let chat = "[14/11/25, 10:02:11] Ana Example: \u{200E}<attached: VIDEO.mp4>\n".repeat(100);
    // The film stands before the chat: a pass that only goes on cannot reach it.
    for members in [
        [("VIDEO.mp4", film.as_slice()), ("_chat.txt", chat.as_bytes())],
        [("_chat.txt", chat.as_bytes()), ("VIDEO.mp4", film.as_slice())],
    ] {
        for packed in [tar(&members), gz(&tar(&members)), reading::zip(&members)] {
            let options = Options::plain(Limits { max_document_bytes: 1 << 20, ..Limits::ordinary() });
            let got = streamed("chat", &packed, &options).unwrap();
            assert_eq!(got.posts.len(), 100, "{:?}", got.codes);
            let last = got.posts.last().unwrap();
            assert_eq!(last.0.media[0].digest, Some(Digest::of(&film)));
        }
    }
}

#[test]
fn archives_in_archives_are_opened_where_they_lie() {
    let chat = b"[14/11/25, 10:02:11] Ana Example: hello\n";
    let filler = vec![7_u8; 17 << 20];
    let inner = reading::zip(&[("filler.bin", &filler), ("_chat.txt", chat)]);
    let inner_tar = tar(&[("filler.bin", &filler), ("_chat.txt", chat)]);
    let all = tar(&[("a.zip", &inner), ("b.tar", &inner_tar)]);
    for packed in [gz(&all), all] {
        let got = streamed("all", &packed, &plain()).unwrap();
        let places: Vec<String> = got.posts.iter().map(|(_, seen)| seen.place.to_string()).collect();
        assert_eq!(places.len(), 2, "{:?}", got.codes);
        assert!(
            places[0].ends_with("a.zip!_chat.txt!line:1") && places[1].ends_with("b.tar!_chat.txt!line:1")
        );
    }
}

#[test]
fn long_names_large_sizes_and_links_of_a_tar_are_understood() {
    let chat = b"[14/11/25, 10:02:11] Ana Example: hello\n";
    let long = format!("{}/Conversación con Ana.txt", "carpeta".repeat(20));
    let note = format!(" path={long}\n");
    let length = note.len() + 3;
    let mut bytes = entry(b'x', "PaxHeaders/chat", format!("{length}{note}").as_bytes());
    bytes.extend(entry(b'0', "short", chat));
    bytes.extend(entry(b'L', "././@LongLink", format!("{long}.bak\0").as_bytes()));
    bytes.extend(entry(b'0', "short", chat));
    bytes.extend(entry(b'5', "folder", b""));
    bytes.extend(entry(b'2', "link", b""));
    // GNU writes a size in bytes where octal digits do not reach; here for a small one.
    let mut large = entry(b'0', "size.txt", chat);
    large[124..136].fill(0);
    large[124] = 0x80;
    large[135] = chat.len() as u8;
    sum(&mut large);
    bytes.extend(large);
    bytes.resize(bytes.len() + 1024, 0);
    let got = streamed("a.tar", &bytes, &plain()).unwrap();
    let places: Vec<String> = got.posts.iter().map(|(_, seen)| seen.place.to_string()).collect();
    assert_eq!(
        places,
        [format!("{long}!line:1"), format!("{long}.bak!line:1"), "size.txt!line:1".to_owned()]
    );
    assert_eq!(got.codes.iter().filter(|code| *code == "archive.not_files").count(), 1);
}

#[test]
fn a_tar_that_breaks_off_keeps_what_came_before() {
    let chat = b"[14/11/25, 10:02:11] Ana Example: hello\n".repeat(100);
    let whole = tar(&[("a.txt", &chat), ("b.txt", &chat)]);
    for packed in [whole[..6144].to_vec(), gz(&whole[..6144])] {
        let got = streamed("a.tar", &packed, &plain()).unwrap();
        assert!(got.has("archive.cut_off"), "{:?}", got.codes);
        assert!((100..200).contains(&got.posts.len()), "{}", got.posts.len());
    }
    let mut damaged = whole.clone();
    damaged[512 + 4096 + 3] ^= 1;
    let got = streamed("a.tar", &damaged, &plain()).unwrap();
    assert_eq!((got.posts.len(), got.has("archive.cut_off")), (100, true));
    damaged[3] ^= 1;
    assert_eq!(streamed("a.tar", &damaged, &plain()).err().unwrap().code, "archive.broken");
}
