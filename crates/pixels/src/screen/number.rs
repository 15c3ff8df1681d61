//! Numbers as apps write them: `1,234`, `12 345`, `1.2K`, `3M`, `1,2 mil`.

/// Reads a number, or `None` where the text is none. A rounded one gives the number it rounds to: `1.2K` is 1,200.
pub(super) fn read(text: &str) -> Option<u64> {
    let text = text.trim().to_lowercase();
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}')));
    let (digits, unit) = text.split_at(end.unwrap_or(text.len()));
    let factor: u64 = match unit.trim() {
        "" => 1,
        "k" | "mil" => 1_000,
        "m" | "mm" | "mill." => 1_000_000,
        "b" => 1_000_000_000,
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || digits.len() > 15 {
        return None;
    }
    if factor == 1 {
        // Points and commas part thousands: every group behind the first has three digits.
        let mut groups = digits.split(['.', ',']);
        let first = groups.next()?;
        if first.len() > 3 && digits.len() != first.len() || groups.any(|group| group.len() != 3) {
            return None;
        }
        return digits.replace(['.', ','], "").parse().ok();
    }
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((&digits, ""));
    let part = part.get(..part.len().min(3)).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
    let scaled =
        if part.is_empty() { 0 } else { part.parse::<u64>().ok()? * factor / 10u64.pow(part.len() as u32) };
    whole.parse::<u64>().ok()?.checked_mul(factor)?.checked_add(scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_apps_write_them() {
        let check = |text: &str, expected: Option<u64>| assert_eq!(read(text), expected, "{text}");
        check("7", Some(7));
        check("1,234", Some(1234));
        check("12 345", Some(12_345));
        check("1.234.567", Some(1_234_567));
        check("1.2K", Some(1200));
        check("12.5k", Some(12_500));
        check("3M", Some(3_000_000));
        check("1,2 mil", Some(1200));
        check("2.34M", Some(2_340_000));
        check("12:30", None);
        check("1,23", None);
        check("", None);
        check("K", None);
        check("99999999999999999999", None);
        check("999999999999999b", None);
        check("é5", None);
        check("5é", None);
    }
}
