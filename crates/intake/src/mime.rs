//! MIME (RFC 2045 to 2047): headers, encoded words, parts and their transfer encodings, as mails and saved pages use it.

use crate::base64;

/// A message or a part of one.
pub(crate) struct Part<'a> {
    /// Names in lower case, values unfolded, in order.
    pub headers: Vec<(String, String)>,
    /// The body as it stands in the file.
    pub body: &'a [u8],
}

/// How deep parts may lie in parts.
const MAX_DEPTH: u32 = 10;

impl<'a> Part<'a> {
    /// Reads the headers of a message or part; a message that is none has no headers.
    pub(crate) fn parse(bytes: &'a [u8]) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found);
            let line = String::from_utf8_lossy(&bytes[at..end]);
            let line = line.trim_end_matches('\r');
            at = (end + 1).min(bytes.len());
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = headers.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Self { headers, body: &bytes[at..] }
    }

    /// Returns the first header of that name (in lower case).
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the type in lower case, `text/plain` where none is stated.
    pub(crate) fn kind(&self) -> String {
        let stated = self.header("content-type").unwrap_or("text/plain");
        stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Returns a parameter of a header, such as `boundary` of `content-type`.
    pub(crate) fn parameter(&self, header: &str, name: &str) -> Option<String> {
        let value = self.header(header)?;
        let lower = value.to_ascii_lowercase();
        let at = [format!("{name}="), format!("{name}*=")].iter().find_map(|wanted| {
            lower
                .match_indices(wanted.as_str())
                .find(|(at, _)| *at == 0 || lower[..*at].ends_with([';', ' ', '\t']))
                .map(|(at, found)| at + found.len())
        })?;
        let rest = value.get(at..)?;
        let found = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split([';', ' ']).next()?,
        };
        let found = found
            .strip_prefix("UTF-8''")
            .or_else(|| found.strip_prefix("utf-8''"))
            .map_or_else(|| found.to_owned(), percent);
        (!found.is_empty()).then(|| words(&found))
    }

    /// Returns the parts of a multipart body, those inside parts included, in order; the part itself where it has none.
    pub(crate) fn leaves(&self) -> Vec<Part<'a>> {
        let mut leaves = Vec::new();
        self.push_leaves(0, &mut leaves);
        leaves
    }

    fn push_leaves(&self, depth: u32, leaves: &mut Vec<Part<'a>>) {
        let boundary =
            self.parameter("content-type", "boundary").filter(|_| self.kind().starts_with("multipart/"));
        let Some(boundary) = boundary.filter(|_| depth < MAX_DEPTH && leaves.len() < 10_000) else {
            leaves.push(Part { headers: self.headers.clone(), body: self.body });
            return;
        };
        for piece in split(self.body, &boundary) {
            Part::parse(piece).push_leaves(depth + 1, leaves);
        }
    }

    /// Returns the bytes of the body, transfer encoding undone.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self.header("content-transfer-encoding").map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => base64::decode(&String::from_utf8_lossy(self.body)).unwrap_or_default(),
            Some("quoted-printable") => quoted_printable(self.body),
            _ => self.body.to_vec(),
        }
    }

    /// Returns the body as text, by its stated character set, UTF-8 where none is stated.
    pub(crate) fn text(&self) -> String {
        charset(&self.bytes(), &self.parameter("content-type", "charset").unwrap_or_default())
    }

    /// Returns the character set of a text that could not be read by it: one nobody knows, or one it does not keep to.
    pub(crate) fn unknown_charset(&self) -> Option<String> {
        if !self.kind().starts_with("text/") {
            return None;
        }
        let name = self.parameter("content-type", "charset").unwrap_or_default();
        let bytes = self.bytes();
        let wrong = match encoding_rs::Encoding::for_label(name.trim().as_bytes()) {
            Some(set) => set.decode(&bytes).2,
            None if name.is_empty() => std::str::from_utf8(&bytes).is_err(),
            None => !bytes.is_ascii(),
        };
        wrong.then(|| if name.is_empty() { "none named".to_owned() } else { name })
    }
}

/// Cuts a body at the lines that are its boundary.
fn split<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}");
    let mut pieces = Vec::new();
    let mut start: Option<usize> = None;
    for at in memchr::memmem::find_iter(body, mark.as_bytes()) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        if let Some(start) = start.take() {
            let piece = &body[start..at];
            let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
            pieces.push(piece.strip_suffix(b"\r").unwrap_or(piece));
        }
        let after = at + mark.len();
        if body[after..].starts_with(b"--") {
            return pieces;
        }
        start = memchr::memchr(b'\n', &body[after..]).map(|end| after + end + 1);
    }
    // A file that breaks off has no last boundary: what is there is the last part.
    pieces.extend(start.and_then(|start| body.get(start..)));
    pieces
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'=', rest) {
        bytes.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let hex = rest.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match (hex, rest) {
            (Some(byte), _) => {
                bytes.push(byte);
                rest = &rest[2..];
            }
            (None, [b'\r', b'\n', ..]) => rest = &rest[2..],
            (None, [b'\n', ..]) => rest = &rest[1..],
            _ => bytes.push(b'='),
        }
    }
    bytes.extend_from_slice(rest);
    bytes
}

fn percent(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn charset(bytes: &[u8], name: &str) -> String {
    match encoding_rs::Encoding::for_label(name.trim().as_bytes()) {
        Some(set) => set.decode(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // Bytes above ASCII without a name: Windows-1252 is what is most often sent so.
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    }
}

/// Undoes encoded words (RFC 2047): `=?UTF-8?B?…?=`; the space between two of them is none.
pub(crate) fn words(text: &str) -> String {
    let mut done = String::new();
    let mut rest = text;
    let mut after_word = false;
    while let Some(at) = rest.find("=?") {
        let Some((word, length)) = encoded(&rest[at..]) else {
            done.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            after_word = false;
            continue;
        };
        let between = &rest[..at];
        if !(after_word && between.trim().is_empty()) {
            done.push_str(between);
        }
        done.push_str(&word);
        rest = &rest[at + length..];
        after_word = true;
    }
    done.push_str(rest);
    done
}

fn encoded(text: &str) -> Option<(String, usize)> {
    let mut parts = text[2..].splitn(3, '?');
    let (set, how, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.find("?=")?;
    let packed = &rest[..end];
    let bytes = match how {
        "B" | "b" => base64::decode(packed)?,
        "Q" | "q" => quoted_printable(packed.replace('_', " ").as_bytes()),
        _ => return None,
    };
    let set = set.split('*').next().unwrap_or(set);
    Some((charset(&bytes, set), 2 + set_len(text, how, end)))
}

/// Returns the length of an encoded word behind its `=?`.
fn set_len(text: &str, how: &str, end: usize) -> usize {
    let set = text[2..].find('?').unwrap_or(0);
    set + 1 + how.len() + 1 + end + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_read() {
        assert_eq!(words("=?UTF-8?B?w6k=?= =?utf-8?Q?=C3=A9_b?= c =?x"), "éé b c =?x");
        assert_eq!(words("=?iso-8859-1?Q?se=F1or?="), "señor");
        assert_eq!(words("plain = ?"), "plain = ?");
    }

    #[test]
    fn parts_are_found_also_where_the_file_breaks_off() {
        let mail = b"Content-Type: multipart/mixed;\r\n boundary=\"b b\"\r\n\r\nx\r\n--b b\r\nA: 1\r\n\r\none\r\n--b b\r\nContent-Transfer-Encoding: base64\r\n\r\ndHdv\r\n";
        let leaves = Part::parse(mail).leaves();
        let texts: Vec<String> = leaves.iter().map(Part::text).collect();
        assert_eq!(texts, ["one", "two"]);
        assert_eq!(Part::parse(b"").leaves().len(), 1);
        assert_eq!(quoted_printable(b"a=C3=A9=\r\nb=ZZ="), "aéb=ZZ=".as_bytes());
    }
}
