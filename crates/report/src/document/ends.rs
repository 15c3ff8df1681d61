//! Where a stream's packed bytes happen to end in a carriage return, a line end of two bytes is set before `endstream`.
//!
//! ISO 19005-2, 6.1.7.1 wants the stated length of a stream to be what stands before the line end in front of `endstream`.
//! The writer sets a line feed there; after a carriage return that reads as one line end of two bytes, and a strict judge
//! finds the length one short. It happens by chance, about once in 256 streams.

/// Returns the PDF with such line ends set right and its table of offsets with them; any other PDF as it is.
pub(super) fn tidied(pdf: Vec<u8>) -> Vec<u8> {
    let Some(table) = Table::of(&pdf) else { return pdf };
    let mut at: Vec<usize> = table.offsets(&pdf).filter_map(|offset| ends_in_return(&pdf, offset)).collect();
    if at.is_empty() {
        return pdf;
    }
    at.sort_unstable();
    let moved = |offset: usize| offset + at.iter().filter(|place| **place < offset).count();
    let mut out = Vec::with_capacity(pdf.len() + at.len());
    let mut from = 0;
    for place in &at {
        out.extend_from_slice(&pdf[from..*place]);
        out.push(b'\r');
        from = *place;
    }
    out.extend_from_slice(&pdf[from..table.entries]);
    for index in 0..table.count {
        let entry = &pdf[table.entries + 20 * index..table.entries + 20 * (index + 1)];
        match (number(&entry[..10]), entry[17]) {
            (Some(offset), b'n') => out.extend(format!("{:010}", moved(offset)).bytes()),
            _ => out.extend_from_slice(&entry[..10]),
        }
        out.extend_from_slice(&entry[10..]);
    }
    let rest = table.entries + 20 * table.count;
    let digits = table.start_at + table.start_digits;
    out.extend_from_slice(&pdf[rest..table.start_at]);
    out.extend(moved(table.at).to_string().bytes());
    out.extend_from_slice(&pdf[digits..]);
    out
}

/// Returns where the line feed before `endstream` stands, where the object at `offset` is a stream that ends in CR.
fn ends_in_return(pdf: &[u8], offset: usize) -> Option<usize> {
    let head = pdf.get(offset..(offset + 2_000).min(pdf.len()))?;
    let start = find(head, b">>\nstream\n")?;
    let length = find(&head[..start], b"/Length ")? + b"/Length ".len();
    let digits = head[length..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = offset + start + b">>\nstream\n".len() + number(&head[length..length + digits])?;
    (pdf.get(end..)?.starts_with(b"\nendstream") && pdf.get(end - 1) == Some(&b'\r')).then_some(end)
}

/// The one table of offsets of a PDF written at once.
struct Table {
    /// Where `xref` stands.
    at: usize,
    /// Where its first entry stands.
    entries: usize,
    count: usize,
    /// Where the number behind `startxref` stands, and how long it is.
    start_at: usize,
    start_digits: usize,
}

impl Table {
    fn of(pdf: &[u8]) -> Option<Self> {
        let tail = pdf.len().saturating_sub(64);
        let start_at = tail + find(&pdf[tail..], b"startxref\n")? + b"startxref\n".len();
        let start_digits = pdf[start_at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let at = number(&pdf[start_at..start_at + start_digits])?;
        let head = pdf.get(at..)?.strip_prefix(b"xref\n0 ")?;
        let digits = head.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let count = number(&head[..digits])?;
        let entries = at + b"xref\n0 ".len() + digits + 1;
        (entries + 20 * count <= pdf.len()).then_some(Self { at, entries, count, start_at, start_digits })
    }

    /// The offsets of the objects in use.
    fn offsets<'a>(&'a self, pdf: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let entries = pdf[self.entries..self.entries + 20 * self.count].chunks_exact(20);
        entries.filter(|entry| entry[17] == b'n').filter_map(|entry| number(&entry[..10]))
    }
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of one stream and one other object.
    fn pdf(data: &str) -> Vec<u8> {
        let mut out = String::from("%PDF-1.7\n");
        let mut offsets = Vec::new();
        for object in
            [format!("<</Length {}>>\nstream\n{data}\nendstream", data.len()), "<</Type/Catalog>>".to_owned()]
        {
            offsets.push(out.len());
            out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", offsets.len()));
        }
        let at = out.len();
        out.push_str("xref\n0 3\n0000000000 65535 f\r\n");
        for offset in offsets {
            out.push_str(&format!("{offset:010} 00000 n\r\n"));
        }
        out.push_str(&format!("trailer\n<</Size 3/Root 2 0 R>>\nstartxref\n{at}\n%%EOF"));
        out.into_bytes()
    }

    #[test]
    fn only_a_stream_that_ends_in_a_return_is_touched() {
        for data in ["plain", "ends in feed\n", "\r\nendstream inside", ""] {
            assert_eq!(tidied(pdf(data)), pdf(data), "{data:?}");
        }
        let given = pdf("packed\r");
        let set = String::from_utf8(tidied(given.clone())).unwrap();
        assert_eq!(set.len(), given.len() + 1);
        assert!(set.contains("packed\r\r\nendstream"), "{set}");
        let table = Table::of(set.as_bytes()).unwrap();
        for (index, offset) in table.offsets(set.as_bytes()).enumerate() {
            assert!(set[offset..].starts_with(&format!("{} 0 obj", index + 1)), "{set}");
        }
        assert_eq!(tidied(set.clone().into_bytes()), set.into_bytes());
    }

    #[test]
    fn scraps_are_left_alone() {
        for scrap in [&b""[..], b"startxref\n", b"startxref\n5\n%%EOF", b"xref\n0 9\nstartxref\n0\n%%EOF"] {
            assert_eq!(tidied(scrap.to_vec()), scrap);
        }
    }
}
