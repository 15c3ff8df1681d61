//! tar (POSIX.1-1988 ustar and the GNU long name): regular files only.

use std::io::{self, Read};

use super::{Member, Opened, bomb, broken, clean, cut, too_many};
use crate::{Limits, Refused};

/// Reads all regular files of a tar.
pub(crate) fn read(mut reader: impl Read, limits: &Limits) -> Result<Opened<'static>, Refused> {
    let (mut members, mut bytes, mut troubles) = (Vec::new(), Vec::new(), Vec::new());
    let mut long_name: Option<String> = None;
    let mut total = 0_u64;
    loop {
        let mut header = [0_u8; 512];
        match reader.read_exact(&mut header) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            Err(error) => {
                troubles.push(cut(&error.to_string()));
                break;
            }
        }
        if header.iter().all(|b| *b == 0) {
            break;
        }
        let Some(size) = octal(&header[124..136]).filter(|_| sum_fits(&header)) else {
            if members.is_empty() {
                return Err(broken("its first header is not one of a tar"));
            }
            troubles.push(cut("a header is damaged"));
            break;
        };
        total = total.saturating_add(size);
        if total > limits.max_total_bytes || size > limits.max_member_bytes {
            return Err(bomb(limits.max_total_bytes));
        }
        if members.len() as u64 >= limits.max_entries {
            return Err(too_many(members.len() as u64 + 1, limits.max_entries));
        }
        let mut content = Vec::new();
        let padded = size.div_ceil(512) * 512;
        if let Err(error) = reader.by_ref().take(padded).read_to_end(&mut content) {
            troubles.push(cut(&error.to_string()));
            break;
        }
        if (content.len() as u64) < size {
            troubles.push(cut("its last file is incomplete"));
        }
        content.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        match header[156] {
            b'L' => long_name = Some(text(&content)),
            b'0' | 0 => {
                let prefix = text(&header[345..500]);
                let short = text(&header[..100]);
                let joined = if prefix.is_empty() { short } else { format!("{prefix}/{short}") };
                if let Some(name) = clean(&long_name.take().unwrap_or(joined)) {
                    members.push(Member { name });
                    bytes.push(content);
                }
            }
            _ => long_name = None,
        }
    }
    Ok(Opened::Flat { members, bytes, troubles })
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn octal(bytes: &[u8]) -> Option<u64> {
    let digits = text(bytes);
    u64::from_str_radix(digits.trim(), 8).ok()
}

fn sum_fits(header: &[u8; 512]) -> bool {
    let sum: u64 = header
        .iter()
        .enumerate()
        .map(|(at, b)| if (148..156).contains(&at) { 32 } else { u64::from(*b) })
        .sum();
    octal(&header[148..156]) == Some(sum)
}
