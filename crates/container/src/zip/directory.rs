//! The directory of a ZIP (PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5) held against the file it describes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::SeekFrom;

use unicode_normalization::UnicodeNormalization as _;
use values::{Place, Severity, Trouble};

use super::{Entry, Source, unreadable};
use crate::Limits;
use crate::judgement::Troubles;

const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const CENTRAL: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

type Refused = Box<Trouble>;

fn refuse(code: &'static str, what: impl Into<String>) -> Refused {
    let next = "Do not open this archive with other tools, which may show each reader something else; ask for the capture again.";
    Box::new(Trouble::new(code, Severity::Reject, what, next))
}

/// Reads and checks the directory. Errors with the trouble for which the archive is refused.
pub fn read(
    source: &mut dyn Source,
    limits: &Limits,
    troubles: &mut Troubles,
) -> Result<Vec<Entry>, Refused> {
    let length = source.seek(SeekFrom::End(0)).map_err(|error| Box::new(unreadable(&error)))?;
    if length == 0 {
        return Err(refuse("zip.empty", "The file is empty, so it holds no evidence."));
    }
    let end = find_end(source, length)?;
    if end.after > 0 {
        let what =
            format!("After the end of the archive stand {} bytes that belong to no member.", end.after);
        let next = "The members stand; ask how the bytes came there, or copy the file again from its source.";
        troubles.push(Trouble::new("zip.suffix_bytes", Severity::Warn, what, next));
    }
    if end.entries > limits.entries as u64 {
        let what = format!("This archive holds {} files; at most {} are read.", end.entries, limits.entries);
        return Err(refuse("zip.entries", what));
    }
    if end.size > limits.directory {
        return Err(refuse("zip.directory", "The directory of the archive is larger than any honest one."));
    }
    let bytes = read_at(source, end.start, end.size)?;
    let mut raw = entries(&bytes, end.entries)?;
    for entry in &raw {
        check_claims(entry, limits)?;
    }
    check_total(&raw, limits)?;
    check_names(&raw, troubles)?;

    // Bytes put in front shift all offsets; some tools then correct them, some do not. Both are read, both are said.
    let mut base = end.start - end.offset;
    let first = raw.iter().map(|entry| entry.offset).min().unwrap_or(0);
    if base > 0 && !matches!(read_at(source, base + first, 4), Ok(bytes) if bytes == LOCAL) {
        base = 0;
    }
    if base + first > 0 && !raw.is_empty() {
        let what = format!("Before the first member stand {} bytes that belong to none.", base + first);
        let next = "The members stand. The file can be two things at once, such as a program and an archive: do not run it.";
        troubles.push(Trouble::new("zip.prefix_bytes", Severity::Warn, what, next));
    }
    raw.sort_by_key(|entry| entry.offset);
    let mut free_from = base + first;
    let mut gaps = 0;
    let mut checked = Vec::with_capacity(raw.len());
    for entry in raw {
        let place = Place::whole().inside(&entry.name);
        let start = base.saturating_add(entry.offset);
        if start < free_from {
            let what = "Two members lie over each other in the file.";
            return Err(Box::new(refuse("zip.overlap", what).at(place)));
        }
        gaps += start - free_from;
        let local = local(source, start, &entry, end.start).map_err(|refused| Box::new(refused.at(place)))?;
        free_from = local.end;
        checked.push((entry.index, Entry { start: local.data, ..entry.into_entry() }));
    }
    if free_from > end.start {
        return Err(refuse("zip.overlap", "A member lies over the directory of the archive."));
    }
    gaps += end.start - free_from;
    if gaps > 0 {
        let what = format!(
            "Between the members lie {gaps} bytes that belong to none: something may be hidden or was deleted."
        );
        let next = "The members stand; ask how the bytes came there.";
        troubles.push(Trouble::new("zip.gap", Severity::Warn, what, next));
    }
    checked.sort_by_key(|(index, _)| *index);
    Ok(checked.into_iter().map(|(_, entry)| entry).collect())
}

struct End {
    /// Where the directory begins in the file.
    start: u64,
    /// Where it says it begins.
    offset: u64,
    size: u64,
    entries: u64,
    /// Bytes after the end record.
    after: u64,
}

fn read_at(source: &mut dyn Source, start: u64, length: u64) -> Result<Vec<u8>, Refused> {
    let lost = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => {
            refuse("zip.truncated", "The archive points beyond its own end.")
        }
        _ => Box::new(unreadable(&error)),
    };
    source.seek(SeekFrom::Start(start)).map_err(lost)?;
    // The length was held against a limit by each caller; it is never more than the directory's.
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
    source.read_exact(&mut bytes).map_err(lost)?;
    Ok(bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

fn find_end(source: &mut dyn Source, length: u64) -> Result<End, Refused> {
    let lost = || refuse("zip.truncated", "The archive has no end record: it is cut, or it is no ZIP.");
    let tail_length = length.min(22 + 65_535 + 4096);
    let tail_start = length - tail_length;
    let tail = read_at(source, tail_start, tail_length)?;
    let mut candidates = Vec::new();
    for at in (0..tail.len().saturating_sub(21)).rev() {
        if &tail[at..at + 4] == END
            && let Some(comment) = u16_at(&tail, at + 20)
            && at + 22 + usize::from(comment) <= tail.len()
        {
            candidates.push(at);
        }
    }
    let parsed: Vec<End> = candidates
        .iter()
        .filter_map(|at| parse_end(source, &tail, *at, tail_start, length).transpose())
        .collect::<Result<_, _>>()?;
    let mut parsed = parsed.into_iter();
    let end = parsed.next().ok_or_else(lost)?;
    // An end record before this directory can belong to an archive stored as a member; one that lies in the directory,
    // or whose comment reaches to the end of the file, competes.
    if parsed.any(|other| other.after == 0 || other.start + other.size > end.start) {
        return Err(refuse("zip.two_ends", "The archive has two end records, so it has two directories."));
    }
    Ok(end)
}

/// Reads the end record at `at`; `None` where the directory it names is not there.
fn parse_end(
    source: &mut dyn Source,
    tail: &[u8],
    at: usize,
    tail_start: u64,
    length: u64,
) -> Result<Option<End>, Refused> {
    let broken = || refuse("zip.directory", "The end record of the archive contradicts itself.");
    let position = tail_start + at as u64;
    let short = |offset: usize| u16_at(tail, at + offset).unwrap_or(0);
    let long = |offset: usize| u32_at(tail, at + offset).unwrap_or(0);
    let mut disks = [u32::from(short(4)), u32::from(short(6))];
    let (mut here, mut entries) = (u64::from(short(8)), u64::from(short(10)));
    let (mut size, mut offset) = (u64::from(long(12)), u64::from(long(16)));
    let after = length - (position + 22 + u64::from(short(20)));
    let mut directory_end = position;
    let locator = at.checked_sub(20).filter(|at| &tail[*at..*at + 4] == LOCATOR_64);
    let must = entries == 0xffff || size == 0xffff_ffff || offset == 0xffff_ffff;
    if let Some(locator) = locator {
        // The larger end record stands directly before its locator; a prefix shifts what the locator says.
        let stated = u64_at(tail, locator + 8).unwrap_or(0);
        let Some(place) = (tail_start + locator as u64).checked_sub(56) else { return Err(broken()) };
        let record = read_at(source, place, 56)?;
        if !record.starts_with(END_64) || stated > place {
            return Err(broken());
        }
        let wide = |at: usize| u64_at(&record, at).unwrap_or(0);
        disks = [u32_at(&record, 16).unwrap_or(0), u32_at(&record, 20).unwrap_or(0)];
        let differs = |narrow: u64, none: u64, wide: u64| narrow != none && narrow != wide;
        if differs(entries, 0xffff, wide(32))
            || differs(size, 0xffff_ffff, wide(40))
            || differs(offset, 0xffff_ffff, wide(48))
        {
            return Err(broken());
        }
        (here, entries, size, offset) = (wide(24), wide(32), wide(40), wide(48));
        directory_end = place;
    } else if must
        && (entries == 0xffff && size < 0xffff * 46 || size == 0xffff_ffff || offset == 0xffff_ffff)
    {
        return Err(broken());
    }
    let Some(start) = directory_end.checked_sub(size) else { return Ok(None) };
    if start < offset {
        return Ok(None);
    }
    if entries > 0 && !matches!(read_at(source, start, 4), Ok(bytes) if bytes == CENTRAL) {
        return Ok(None);
    }
    if disks != [0, 0] || here != entries {
        return Err(refuse("zip.multi_disk", "The archive is one part of several."));
    }
    Ok(Some(End { start, offset, size, entries, after }))
}

/// An entry as the directory says it.
struct Raw {
    index: usize,
    name: String,
    name_bytes: Vec<u8>,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    offset: u64,
    mode: u32,
    other_name: bool,
    /// Whether the name is no UTF-8 and was read as code page 437.
    old_name: bool,
}

/// The flag by which an entry says that its name is UTF-8 (APPNOTE, section 4.4.4, bit 11).
const UTF_8: u16 = 1 << 11;

/// The upper half of code page 437, which names are in that do not say otherwise (APPNOTE, appendix D).
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Returns the name, and whether it had to be read as code page 437.
fn name_of(bytes: &[u8]) -> (String, bool) {
    if let Ok(name) = std::str::from_utf8(bytes) {
        return (name.to_owned(), false);
    }
    let upper: Vec<char> = CODE_PAGE_437.chars().collect();
    let of = |byte: &u8| match byte.checked_sub(0x80) {
        Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
        None => char::from(*byte),
    };
    (bytes.iter().map(of).collect(), true)
}

impl Raw {
    fn into_entry(self) -> Entry {
        let Self { name, method, crc, packed, size, .. } = self;
        Entry { name, method, crc, packed, size, start: 0 }
    }
}

fn entries(bytes: &[u8], count: u64) -> Result<Vec<Raw>, Refused> {
    let broken = || {
        refuse(
            "zip.directory",
            "The directory of the archive is broken or has not as many entries as it says.",
        )
    };
    let mut raw = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let entry = entry(&bytes[at..], raw.len()).ok_or_else(broken)?;
        at += entry.1;
        raw.push(entry.0);
    }
    if raw.len() as u64 == count { Ok(raw) } else { Err(broken()) }
}

/// Reads one entry. Returns it with its length.
fn entry(bytes: &[u8], index: usize) -> Option<(Raw, usize)> {
    if bytes.get(..4)? != CENTRAL {
        return None;
    }
    let name_length = usize::from(u16_at(bytes, 28)?);
    let extra_length = usize::from(u16_at(bytes, 30)?);
    let comment_length = usize::from(u16_at(bytes, 32)?);
    let name_bytes = bytes.get(46..46 + name_length)?.to_vec();
    let extra = bytes.get(46 + name_length..46 + name_length + extra_length)?;
    let length = 46 + name_length + extra_length + comment_length;
    bytes.get(..length)?;
    let mut wide = wide_fields(extra)?;
    let mut field = |narrow: u32| {
        if narrow == 0xffff_ffff { wide.next_wide() } else { Some(u64::from(narrow)) }
    };
    let size = field(u32_at(bytes, 24)?)?;
    let packed = field(u32_at(bytes, 20)?)?;
    let offset = field(u32_at(bytes, 42)?)?;
    let (name, old_name) = name_of(&name_bytes);
    let raw = Raw {
        index,
        name,
        old_name,
        other_name: other_name(extra, &name_bytes)?,
        name_bytes,
        flags: u16_at(bytes, 8)?,
        method: u16_at(bytes, 10)?,
        crc: u32_at(bytes, 16)?,
        packed,
        size,
        offset,
        mode: u32_at(bytes, 38)? >> 16,
    };
    Some((raw, length))
}

/// The values of a zip64 extra field, taken one after the other.
struct Wide<'a>(&'a [u8]);

impl Wide<'_> {
    fn next_wide(&mut self) -> Option<u64> {
        let value = u64_at(self.0, 0)?;
        self.0 = &self.0[8..];
        Some(value)
    }
}

fn extra_fields(mut extra: &[u8]) -> impl Iterator<Item = Option<(u16, &[u8])>> {
    std::iter::from_fn(move || {
        // Fewer than four bytes at the end are padding that some tools leave.
        if extra.len() < 4 {
            return None;
        }
        let field = (|| {
            let (id, length) = (u16_at(extra, 0)?, usize::from(u16_at(extra, 2)?));
            Some((id, extra.get(4..4 + length)?))
        })();
        extra = field.map_or(&[], |(_, data)| &extra[4 + data.len()..]);
        Some(field)
    })
}

fn wide_fields(extra: &[u8]) -> Option<Wide<'_>> {
    let mut wide = Wide(&[]);
    for field in extra_fields(extra) {
        if let (1, data) = field? {
            wide = Wide(data);
        }
    }
    Some(wide)
}

/// Whether the Unicode path field (0x7075) gives the entry a second, different name.
fn other_name(extra: &[u8], name: &[u8]) -> Option<bool> {
    for field in extra_fields(extra) {
        if let (0x7075, data) = field?
            && data.get(5..)? != name
        {
            return Some(true);
        }
    }
    Some(false)
}

fn check_claims(entry: &Raw, limits: &Limits) -> Result<(), Refused> {
    let at = |refused: Refused| Box::new(refused.at(Place::whole().inside(&entry.name)));
    if !lawful_path(&entry.name) || entry.flags & UTF_8 != 0 && entry.old_name {
        return Err(at(refuse(
            "zip.path",
            "A member has a path that leaves the folder it is unpacked into, or means different things on different systems.",
        )));
    }
    if entry.other_name {
        return Err(at(refuse("zip.path", "A member has two different names.")));
    }
    match entry.mode & 0o170_000 {
        0 | 0o100_000 | 0o040_000 => {}
        0o120_000 => return Err(at(refuse("zip.symlink", "A member is a link to another file."))),
        _ => return Err(at(refuse("zip.special", "A member is a device or another special file."))),
    }
    if entry.flags & 0x2041 != 0 {
        return Err(at(refuse("zip.encrypted", "A member is encrypted, so nobody can check it.")));
    }
    if entry.method == 0 && entry.size != entry.packed || entry.name.ends_with('/') && entry.size > 0 {
        return Err(at(refuse(
            "zip.size",
            "The directory of the archive gives a member a size that it cannot have.",
        )));
    }
    // Deflate reaches 1032 at most; what claims more lies, what comes near on this scale is meant to fill a disk.
    let small = 16 << 20;
    if entry.size > small && entry.size / limits.inflated_ratio > entry.packed {
        return Err(at(refuse(
            "zip.bomb",
            format!("A member of {} bytes claims to unpack to {}.", entry.packed, entry.size),
        )));
    }
    Ok(())
}

/// Very many members, each just small enough, fill a disk as well as one does.
fn check_total(raw: &[Raw], limits: &Limits) -> Result<(), Refused> {
    let sum = |of: fn(&Raw) -> u64| raw.iter().fold(0u64, |sum, entry| sum.saturating_add(of(entry)));
    let (size, packed) = (sum(|entry| entry.size), sum(|entry| entry.packed));
    if size > limits.inflated_free && size / limits.inflated_ratio > packed {
        let what = format!("Members of {packed} bytes together claim to unpack to {size}.");
        return Err(refuse("zip.bomb", what));
    }
    Ok(())
}

/// Whether a path stays inside and means the same on every system.
fn lawful_path(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    let body = name.strip_suffix('/').unwrap_or(name);
    !drive
        && !name.contains(|c: char| c == '\\' || c.is_control())
        && body.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn check_names(raw: &[Raw], troubles: &mut Troubles) -> Result<(), Refused> {
    let mut names = BTreeSet::new();
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for entry in raw {
        let name = entry.name.trim_end_matches('/');
        let at = || Place::whole().inside(&entry.name);
        if !names.insert(name) {
            let what = "Two members have the same name; readers differ in which they show.";
            return Err(Box::new(refuse("zip.duplicate_name", what).at(at())));
        }
        if let Some(other) = folded.insert(name.nfc().flat_map(char::to_lowercase).collect(), name) {
            let what = format!(
                "Its name differs from “{other}” only in upper and lower case or in the form of its accents."
            );
            let next = "Unpack it only where both can stand side by side.";
            troubles.push(Trouble::new("zip.name_case", Severity::Warn, what, next).at(at()));
        }
    }
    if raw.iter().any(|entry| entry.old_name) {
        let what = "Names in the archive are not UTF-8; they were read in the old code page 437, as the standard says, and accents may be wrong.";
        let next = "The contents are as they were packed; compare the names with those on the computer it was made on.";
        troubles.push(Trouble::new("zip.name_encoding", Severity::Warn, what, next));
    }
    // A file that is also the folder of another: unpacking one destroys the other.
    for entry in raw.iter().filter(|entry| !entry.name.ends_with('/')) {
        let inside = format!("{}/", entry.name);
        let below = raw.iter().find(|other| raw.len() <= 2000 && other.name.starts_with(&inside));
        let below = below.map(|other| other.name.as_str()).or_else(|| {
            names.range(inside.as_str()..).next().copied().filter(|name| name.starts_with(&inside))
        });
        if below.is_some() {
            let refused = refuse("zip.path", "A member is a file and a folder at once.");
            return Err(Box::new(refused.at(Place::whole().inside(&entry.name))));
        }
    }
    Ok(())
}

struct Local {
    data: u64,
    end: u64,
}

/// Holds the head before a member against the directory.
fn local(source: &mut dyn Source, start: u64, entry: &Raw, limit: u64) -> Result<Local, Refused> {
    let head = read_at(source, start, 30)?;
    let differs = |part: &str| {
        refuse(
            "zip.local_header",
            format!("The {part} of a member is one thing in the directory and another before the member."),
        )
    };
    if !head.starts_with(LOCAL) {
        return Err(refuse("zip.local_header", "The directory points to a place where no member begins."));
    }
    let short = |at: usize| u16_at(&head, at).unwrap_or(0);
    let long = |at: usize| u32_at(&head, at).unwrap_or(0);
    let (name_length, extra_length) = (u64::from(short(26)), u64::from(short(28)));
    let rest = read_at(source, start + 30, name_length + extra_length)?;
    let (name, extra) = rest.split_at(name_length as usize);
    if name != entry.name_bytes {
        return Err(differs("name"));
    }
    if short(8) != entry.method {
        return Err(differs("compression"));
    }
    if (short(6) ^ entry.flags) & 0x2049 != 0 {
        return Err(differs("kind"));
    }
    let broken = || differs("head");
    let mut wide = wide_fields(extra).ok_or_else(broken)?;
    let mut field = |narrow: u32| {
        if narrow == 0xffff_ffff { wide.next_wide().unwrap_or(u64::from(narrow)) } else { u64::from(narrow) }
    };
    let (size, packed, crc) = (field(long(22)), field(long(18)), long(14));
    let streamed = entry.flags & 8 != 0;
    let absent = streamed && size == 0 && packed == 0 && crc == 0;
    if !absent {
        if size != entry.size || packed != entry.packed {
            let unknown =
                streamed && (size == 0 || size == entry.size) && (packed == 0 || packed == entry.packed);
            if !unknown {
                return Err(refuse(
                    "zip.size",
                    "The size of a member is one thing in the directory and another before the member.",
                ));
            }
        }
        if crc != entry.crc && !(streamed && crc == 0) {
            return Err(differs("checksum"));
        }
    }
    let data = start + 30 + name_length + extra_length;
    let end = data.checked_add(entry.packed).filter(|end| *end <= limit);
    let Some(mut end) = end else {
        return Err(refuse(
            "zip.truncated",
            "A member reaches beyond the end of the file or into the directory.",
        ));
    };
    if streamed {
        end += descriptor(source, end, entry, limit)?;
    }
    Ok(Local { data, end })
}

/// Returns the length of the data descriptor that follows a streamed member. Errors where none agrees with the entry.
fn descriptor(source: &mut dyn Source, at: u64, entry: &Raw, limit: u64) -> Result<u64, Refused> {
    let bytes = read_at(source, at, (limit - at).min(24))?;
    let signed = bytes.starts_with(DESCRIPTOR);
    for skip in if signed { [4, 0] } else { [0, 0] } {
        if u32_at(&bytes, skip) != Some(entry.crc) {
            continue;
        }
        if u64_at(&bytes, skip + 4) == Some(entry.packed) && u64_at(&bytes, skip + 12) == Some(entry.size) {
            return Ok(skip as u64 + 20);
        }
        let narrow = |at: usize| u32_at(&bytes, at).map(u64::from);
        if narrow(skip + 4) == Some(entry.packed) && narrow(skip + 8) == Some(entry.size) {
            return Ok(skip as u64 + 12);
        }
    }
    Err(refuse("zip.local_header", "What follows a member contradicts the directory."))
}
