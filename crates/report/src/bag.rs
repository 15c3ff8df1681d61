//! A package as a BagIt 1.0 bag (RFC 8493), and a bag as a `.zip` that is the same at every making.
//!
//! File names hold only `A-Z a-z 0-9 . _ -`: they survive every file system, and need none of BagIt's escapes, over
//! which implementations disagree.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write as _};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest as _, Sha256, Sha512};
use values::Moment;

/// Why files cannot become a bag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotABag {
    /// A name holds something else than letters, digits, `.`, `_` and `-`, or goes up a folder.
    #[error("“{0}” is not a name a package may hold; names are made of A-Z a-z 0-9 . _ -")]
    Name(String),
    /// A zip would need more than the 32 bits of its plain form.
    #[error("the package is larger than 4 GB and cannot be one .zip; hand it over as a folder")]
    TooLarge,
}

/// What a bag says about itself: labels and values of `bag-info.txt`, in this order.
pub type Info = Vec<(String, String)>;

/// A file of the bag that is not in memory: what the manifests say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256, 64 hex digits.
    pub sha256: String,
    /// Its SHA-512, 128 hex digits.
    pub sha512: String,
}

impl Listed {
    /// Reads a file to its end and returns what the manifests say of it. Errors as the reader does.
    pub fn of(reader: &mut dyn Read) -> std::io::Result<Self> {
        let (mut short, mut long, mut size) = (Sha256::new(), Sha512::new(), 0_u64);
        let mut part = vec![0_u8; 1 << 16];
        loop {
            let count = reader.read(&mut part)?;
            if count == 0 {
                return Ok(Self { size, sha256: hex(&short.finalize()), sha512: hex(&long.finalize()) });
            }
            short.update(&part[..count]);
            long.update(&part[..count]);
            size += count as u64;
        }
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        Self {
            size: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes)),
            sha512: hex(&Sha512::digest(bytes)),
        }
    }
}

/// Returns the bag of `files` without those `listed`, which the caller puts beside them: those under `data/` are its
/// payload, others lie beside it as tag files.
///
/// `bag-info.txt` gets `Bagging-Date` (of `now`, UTC) and `Payload-Oxum`; line ends in `info` become spaces.
pub fn bag(
    files: BTreeMap<String, Vec<u8>>,
    listed: &BTreeMap<String, Listed>,
    info: &Info,
    now: Moment,
) -> Result<BTreeMap<String, Vec<u8>>, NotABag> {
    for name in files.keys().chain(listed.keys()) {
        plain(name)?;
    }
    let mut payload = listed.clone();
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("data/")) {
        payload.insert(name.clone(), Listed::of_bytes(bytes));
    }
    let mut bag = files;
    let octets: u64 = payload.values().map(|file| file.size).sum();
    let date = now.to_rfc3339();
    let mut about = format!("Bagging-Date: {}\n", date.get(..10).unwrap_or(&date));
    let _ = writeln!(about, "Payload-Oxum: {octets}.{}", payload.len());
    for (label, value) in info {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(about, "{}: {}", one_line(&label.replace(':', " ")), one_line(value));
    }
    bag.insert("bagit.txt".into(), b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec());
    bag.insert("bag-info.txt".into(), about.into_bytes());
    bag.insert("manifest-sha256.txt".into(), manifest(&payload, |file| &file.sha256));
    bag.insert("manifest-sha512.txt".into(), manifest(&payload, |file| &file.sha512));
    let tags = bag.iter().filter(|(name, _)| !name.starts_with("data/"));
    let tags = tags.map(|(name, bytes)| (name.clone(), Listed::of_bytes(bytes))).collect();
    bag.insert("tagmanifest-sha256.txt".into(), manifest(&tags, |file| &file.sha256));
    bag.insert("tagmanifest-sha512.txt".into(), manifest(&tags, |file| &file.sha512));
    Ok(bag)
}

fn plain(name: &str) -> Result<(), NotABag> {
    let lawful = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
    };
    if name.split('/').all(lawful) { Ok(()) } else { Err(NotABag::Name(name.to_owned())) }
}

fn manifest(files: &BTreeMap<String, Listed>, digest: fn(&Listed) -> &str) -> Vec<u8> {
    files.iter().map(|(name, file)| format!("{}  {name}\n", digest(file))).collect::<String>().into_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns `files` as a `.zip`, each under `folder/`, in the order of their names, dated `now` (UTC).
///
/// The same files give the same bytes: no time of this computer, no owner, no extra fields. Written by hand because it
/// is eighty lines, and because what leaves must hold nothing that was not put in.
pub fn zip(files: &BTreeMap<String, Vec<u8>>, folder: &str, now: Moment) -> Result<Vec<u8>, NotABag> {
    plain(folder)?;
    let (date, time) = dos_time(now);
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in files {
        plain(name)?;
        let path = format!("{folder}/{name}");
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
        // Writing to a Vec cannot fail; were it ever to, the stored form is as good.
        let packed = packed.write_all(bytes).and_then(|()| packed.finish()).unwrap_or_default();
        let (method, stored) = match packed.len() {
            0 => (0_u16, bytes.as_slice()),
            length if length >= bytes.len() => (0, bytes.as_slice()),
            _ => (8, packed.as_slice()),
        };
        let offset = small(out.len())?;
        let mut head = Vec::new();
        head.extend(20_u16.to_le_bytes());
        // Bit 11: the name is UTF-8. Ours are ASCII; it settles the question for the reader.
        head.extend(0x0800_u16.to_le_bytes());
        head.extend(method.to_le_bytes());
        head.extend(time.to_le_bytes());
        head.extend(date.to_le_bytes());
        head.extend(crc32fast::hash(bytes).to_le_bytes());
        head.extend(small(stored.len())?.to_le_bytes());
        head.extend(small(bytes.len())?.to_le_bytes());
        head.extend((path.len() as u16).to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(path.as_bytes());
        out.extend(stored);
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&head);
        directory.extend([0; 2 + 2 + 2 + 4]);
        directory.extend(offset.to_le_bytes());
        directory.extend(path.as_bytes());
    }
    let start = small(out.len())?;
    let count = u16::try_from(files.len()).map_err(|_| NotABag::TooLarge)?;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(small(directory.len())?.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    Ok(out)
}

fn small(length: usize) -> Result<u32, NotABag> {
    u32::try_from(length).map_err(|_| NotABag::TooLarge)
}

/// Returns date and time as DOS counts them: from 1980, in steps of two seconds.
fn dos_time(moment: Moment) -> (u16, u16) {
    let text = Moment::from_seconds(moment.seconds(), moment.said_by()).to_rfc3339();
    let number = |from: usize, to: usize| text.get(from..to).and_then(|t| t.parse::<u16>().ok()).unwrap_or(0);
    let year = number(0, 4).clamp(1980, 2107) - 1980;
    let date = year << 9 | number(5, 7) << 5 | number(8, 10);
    (date, (number(11, 13) << 11) | (number(14, 16) << 5) | (number(17, 19) / 2))
}

#[cfg(test)]
mod tests {
    use values::SaidBy;

    use super::*;

    fn now() -> Moment {
        Moment::parse("2026-11-23T12:00:00Z", SaidBy::Redress).unwrap()
    }

    #[test]
    fn the_manifests_list_every_file() {
        let files = BTreeMap::from([
            ("data/a.txt".to_owned(), b"a".to_vec()),
            ("data/b/c.txt".to_owned(), b"cc".to_vec()),
            ("VERIFY.txt".to_owned(), b"v".to_vec()),
        ]);
        let aside = Listed::of(&mut &b"ccc"[..]).unwrap();
        let listed = BTreeMap::from([("data/captures/d.bin".to_owned(), aside)]);
        let bag =
            bag(files, &listed, &vec![("External-Description".into(), "two\nlines".into())], now()).unwrap();
        let text = |name: &str| String::from_utf8(bag[name].clone()).unwrap();
        assert_eq!(
            text("bag-info.txt"),
            "Bagging-Date: 2026-11-23\nPayload-Oxum: 6.3\nExternal-Description: two lines\n"
        );
        assert_eq!(text("manifest-sha256.txt").lines().count(), 3);
        let of_aside = format!("{}  data/captures/d.bin\n", values::Digest::of(b"ccc"));
        assert!(text("manifest-sha256.txt").contains(&of_aside) && !bag.contains_key("data/captures/d.bin"));
        assert!(text("tagmanifest-sha256.txt").contains("  VERIFY.txt\n"));
        assert!(text("tagmanifest-sha512.txt").contains("  manifest-sha256.txt\n"));
    }

    #[test]
    fn odd_names_are_refused() {
        for name in
            ["data/../x", "data/a b", "data/é", "data//a", "/data", "data/.hidden", "data/a\nb", "C:/x"]
        {
            let files = BTreeMap::from([(name.to_owned(), Vec::new())]);
            assert_eq!(
                bag(files, &BTreeMap::new(), &Info::new(), now()),
                Err(NotABag::Name(name.to_owned()))
            );
        }
    }

    #[test]
    fn a_zip_is_the_same_at_every_making() {
        let files = BTreeMap::from([("a.txt".to_owned(), vec![b'a'; 1000]), ("b".to_owned(), vec![])]);
        let once = zip(&files, "case", now()).unwrap();
        assert_eq!(once, zip(&files, "case", now()).unwrap());
        assert!(once.len() < 400);
    }
}
