//! ASN.1 as certificates and timestamps use it: DER (ITU-T X.690), and the BER that some authorities send.
//!
//! A small reader instead of a library, because the well-kept ones read DER only, while DigiCert and others send tokens
//! with indefinite lengths and strings in pieces. [`normalize`] rewrites such a token to definite lengths, once, and all
//! that follows is strict: what is signed is compared and hashed byte for byte.

/// A tag: class, constructed bit and number in the one byte that all of X.509 and CMS fits in.
pub type Tag = u8;

/// BOOLEAN.
pub const BOOLEAN: Tag = 0x01;
/// INTEGER.
pub const INTEGER: Tag = 0x02;
/// BIT STRING.
pub const BIT_STRING: Tag = 0x03;
/// OCTET STRING.
pub const OCTET_STRING: Tag = 0x04;
/// NULL.
pub const NULL: Tag = 0x05;
/// OBJECT IDENTIFIER.
pub const OID: Tag = 0x06;
/// UTCTime.
pub const UTC_TIME: Tag = 0x17;
/// GeneralizedTime.
pub const GENERALIZED_TIME: Tag = 0x18;
/// SEQUENCE.
pub const SEQUENCE: Tag = 0x30;
/// SET.
pub const SET: Tag = 0x31;

/// Returns the constructed context tag `[number]`.
pub const fn context(number: u8) -> Tag {
    0xa0 | number
}

/// The bytes are not what the structure demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not well-formed ASN.1")]
pub struct Malformed;

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// Its tag.
    pub tag: Tag,
    /// Its content.
    pub content: &'a [u8],
    /// All its bytes, tag and length too.
    pub whole: &'a [u8],
}

/// Reads elements one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Starts at the first of `bytes`.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Returns whether nothing is left.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the tag of the next element.
    pub fn peek(&self) -> Option<Tag> {
        self.0.first().copied()
    }

    /// Reads the next element. Errors where its length is not the shortest possible, or beyond the end.
    pub fn any(&mut self) -> Result<Element<'a>, Malformed> {
        let head = head(self.0)?;
        let length = head.length.ok_or(Malformed)?;
        if length < 128 && head.bytes != 2 || length >= 128 && self.0.get(2) == Some(&0) {
            return Err(Malformed);
        }
        let end = head.bytes.checked_add(length).ok_or(Malformed)?;
        let whole = self.0.get(..end).ok_or(Malformed)?;
        self.0 = &self.0[end..];
        Ok(Element { tag: head.tag, content: &whole[head.bytes..], whole })
    }

    /// Reads an element of that tag.
    pub fn take(&mut self, tag: Tag) -> Result<Element<'a>, Malformed> {
        if self.peek() == Some(tag) { self.any() } else { Err(Malformed) }
    }

    /// Reads an element of that tag where it stands next.
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Element<'a>>, Malformed> {
        if self.peek() == Some(tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// Reads a constructed element of that tag and returns a reader of its content.
    pub fn inside(&mut self, tag: Tag) -> Result<Self, Malformed> {
        self.take(tag).map(|element| Self::new(element.content))
    }

    /// Errors where something is left.
    pub const fn end(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

/// Reads the one element that `bytes` is. Errors where anything follows it.
pub fn single(bytes: &[u8], tag: Tag) -> Result<Element<'_>, Malformed> {
    let mut reader = Reader::new(bytes);
    let element = reader.take(tag)?;
    reader.end()?;
    Ok(element)
}

struct Head {
    tag: Tag,
    bytes: usize,
    /// `None` for the indefinite form.
    length: Option<usize>,
}

fn head(bytes: &[u8]) -> Result<Head, Malformed> {
    let (&tag, &first) = (bytes.first().ok_or(Malformed)?, bytes.get(1).ok_or(Malformed)?);
    if tag & 0x1f == 0x1f {
        return Err(Malformed);
    }
    match first {
        0..=0x7f => Ok(Head { tag, bytes: 2, length: Some(usize::from(first)) }),
        0x80 => Ok(Head { tag, bytes: 2, length: None }),
        0x81..=0x84 => {
            let count = usize::from(first & 0x7f);
            let digits = bytes.get(2..2 + count).ok_or(Malformed)?;
            let length = digits.iter().fold(0usize, |length, byte| length << 8 | usize::from(*byte));
            Ok(Head { tag, bytes: 2 + count, length: Some(length) })
        }
        _ => Err(Malformed),
    }
}

/// Deepest nesting that is followed; a timestamp has less than 20 levels.
const DEPTH: usize = 40;

/// Rewrites BER to definite, shortest lengths and joins strings that come in pieces; DER comes out as it is.
///
/// Returns the rewritten first element and how many bytes of `bytes` it took. Order and content stay: a SET is not
/// sorted, so that bytes signed as they were sent can still be checked.
pub fn normalize(bytes: &[u8]) -> Result<(Vec<u8>, usize), Malformed> {
    let mut out = Vec::with_capacity(bytes.len());
    let used = element(bytes, &mut out, DEPTH)?;
    Ok((out, used))
}

fn element(bytes: &[u8], out: &mut Vec<u8>, depth: usize) -> Result<usize, Malformed> {
    let head = head(bytes)?;
    let depth = depth.checked_sub(1).ok_or(Malformed)?;
    let constructed = head.tag & 0x20 != 0;
    if !constructed {
        let end = head.bytes.checked_add(head.length.ok_or(Malformed)?).ok_or(Malformed)?;
        let content = bytes.get(head.bytes..end).ok_or(Malformed)?;
        write(head.tag, content, out);
        return Ok(end);
    }
    let mut content = Vec::new();
    let mut at = head.bytes;
    let end = match head.length {
        Some(length) => Some(at.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Malformed)?),
        None => None,
    };
    loop {
        let rest = match end {
            Some(end) if at == end => break,
            Some(end) => &bytes[at..end],
            None => bytes.get(at..).ok_or(Malformed)?,
        };
        if end.is_none() && rest.starts_with(&[0, 0]) {
            at += 2;
            break;
        }
        at += element(rest, &mut content, depth)?;
    }
    if head.tag == OCTET_STRING | 0x20 {
        let mut pieces = Reader::new(&content);
        let mut joined = Vec::with_capacity(content.len());
        while !pieces.is_empty() {
            joined.extend_from_slice(pieces.take(OCTET_STRING)?.content);
        }
        write(OCTET_STRING, &joined, out);
    } else {
        write(head.tag, &content, out);
    }
    Ok(at)
}

/// Writes one element.
pub fn write(tag: Tag, content: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    if content.len() < 128 {
        out.push(content.len() as u8);
    } else {
        let digits = content.len().to_be_bytes();
        let digits = &digits[digits.iter().position(|byte| *byte != 0).unwrap_or(7)..];
        out.push(0x80 | digits.len() as u8);
        out.extend_from_slice(digits);
    }
    out.extend_from_slice(content);
}

/// Returns a dotted object identifier as its content bytes.
#[cfg(test)]
fn oid(dotted: &str) -> Vec<u8> {
    let numbers: Vec<u64> = dotted.split('.').map(|number| number.parse().unwrap()).collect();
    let mut bytes = Vec::new();
    for number in std::iter::once(numbers[0] * 40 + numbers[1]).chain(numbers[2..].iter().copied()) {
        let groups = (64 - number.leading_zeros()).div_ceil(7).max(1);
        for group in (0..groups).rev() {
            let more = if group > 0 { 0x80 } else { 0 };
            bytes.push((number >> (7 * group) & 0x7f) as u8 | more);
        }
    }
    bytes
}

/// Writes an object identifier's content with dots, for people.
pub fn dotted(content: &[u8]) -> String {
    let mut numbers: Vec<String> = Vec::new();
    let mut number = 0u64;
    for byte in content {
        number = number.saturating_mul(128).saturating_add(u64::from(byte & 0x7f));
        if byte & 0x80 == 0 {
            if numbers.is_empty() {
                let first = (number / 40).min(2);
                numbers.push(first.to_string());
                number -= first * 40;
            }
            numbers.push(number.to_string());
            number = 0;
        }
    }
    numbers.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ber: &[u8], der: Result<&[u8], Malformed>) {
        let got = normalize(ber);
        assert_eq!(got.as_ref().map(|(out, _)| out.as_slice()).map_err(|error| *error), der);
        if let Ok((_, used)) = got {
            assert_eq!(used, ber.len());
        }
    }

    #[test]
    fn indefinite_lengths_and_pieces_become_definite() {
        check(&[0x30, 0x80, 2, 1, 5, 0, 0], Ok(&[0x30, 3, 2, 1, 5]));
        check(&[0x24, 0x80, 4, 1, 7, 4, 1, 8, 0, 0], Ok(&[4, 2, 7, 8]));
        check(&[0x30, 0x83, 0, 0, 3, 2, 1, 5], Ok(&[0x30, 3, 2, 1, 5]));
        check(&[0x30, 3, 2, 1, 5], Ok(&[0x30, 3, 2, 1, 5]));
        check(&[0x30, 0x80, 2, 1, 5], Err(Malformed));
        check(&[0x30, 4, 2, 1, 5], Err(Malformed));
        check(&[0x30, 0x80].repeat(100_000), Err(Malformed));
        check(&[], Err(Malformed));
        check(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], Err(Malformed));
    }

    #[test]
    fn lengths_have_one_form() {
        assert!(Reader::new(&[4, 0x81, 1, 0]).any().is_err());
        assert!(Reader::new(&[4, 1, 0]).any().is_ok());
        assert!(single(&[4, 1, 0, 0], OCTET_STRING).is_err());
    }

    #[test]
    fn identifiers_read_and_write() {
        for text in ["1.2.840.113549.1.9.16.1.4", "2.16.840.1.101.3.4.2.1", "0.4.0", "2.999.3"] {
            assert_eq!(dotted(&oid(text)), text);
        }
    }
}
