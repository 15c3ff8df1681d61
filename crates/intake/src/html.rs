//! Words out of HTML: tags go, line breaks and entities become what they stand for. No page is ever rendered.

/// Returns the words of a piece of HTML as a reader would see them, with line breaks where blocks end.
pub(crate) fn words(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some(end) = end_of_tag(rest).filter(|_| is_tag) else {
            words.push('<');
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        match (name.as_str(), tag.starts_with('/')) {
            ("br", _) => words.push('\n'),
            ("p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4" | "article" | "blockquote", true) => {
                words.push('\n')
            }
            ("script" | "style" | "noscript" | "template", false) => {
                rest = skip_element(rest, &name);
            }
            ("img", false) => {
                // Emoji on many pages are pictures that carry the sign as their description.
                if let Some(alt) = attribute(tag, "alt").filter(|alt| alt.chars().count() <= 8) {
                    words.push_str(&alt);
                }
            }
            _ => {}
        }
    }
    words.push_str(rest);
    unescape(&words).trim_matches(['\n', '\r', ' ']).to_owned()
}

/// Returns `rest` behind the closing tag of the element `name`, whose content is no text.
fn skip_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let lower = rest.to_ascii_lowercase();
    let Some(at) = lower.find(&format!("</{name}")) else { return "" };
    rest[at..].find('>').map_or("", |end| &rest[at + end + 1..])
}

/// Returns the offset of the `>` that ends the tag `rest` opens with, quoted ones aside.
pub(crate) fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if rest[..at].ends_with('=') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    // A quote that never ends: take the first `>` after all, so that the rest of the page is still read.
    quote.and_then(|_| rest.find('>'))
}

/// Returns the value of an attribute of a tag (given without `<` and `>`), entities undone.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(found) = tag.get(from..)?.find(name) {
        let start = from + found;
        from = start + name.len();
        let before = tag[..start].ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let Some(value) = tag[from..].trim_start().strip_prefix('=') else { continue };
        if !before {
            continue;
        }
        let value = value.trim_start();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
        };
        return value.map(unescape);
    }
    None
}

/// Undoes HTML's named and numbered entities; what is no entity stays.
pub(crate) fn unescape(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        done.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((c, length)) = pair(rest) {
            done.push(c);
            rest = &rest[length..];
            continue;
        }
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((c, end)) => {
                done.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                done.push('&');
                rest = &rest[1..];
            }
        }
    }
    done.push_str(rest);
    done
}

/// Reads `&#55357;&#56983;`: one sign written as its two halves of UTF-16, as some Android apps do.
fn pair(rest: &str) -> Option<(char, usize)> {
    let half = |text: &str| -> Option<(u16, usize)> {
        let inner = text.strip_prefix("&#")?;
        let end = inner.bytes().take(8).position(|b| b == b';')?;
        Some((inner[..end].parse().ok()?, end + 3))
    };
    let (high, first) = half(rest)?;
    if !(0xD800..0xDC00).contains(&high) {
        return None;
    }
    let (low, second) = half(&rest[first..])?;
    let c = char::decode_utf16([high, low]).next()?.ok()?;
    Some((c, first + second))
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "hellip" => '…',
        "middot" => '·',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "aacute" => 'á',
        "eacute" => 'é',
        "iacute" => 'í',
        "oacute" => 'ó',
        "uacute" => 'ú',
        "ntilde" => 'ñ',
        _ => return None,
    };
    Some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_tags() {
        let check = |html: &str, expected: &str| assert_eq!(words(html), expected);
        check("<p>Who is this? <span>RDR-0000</span><br />annex.</p>", "Who is this? RDR-0000\nannex.");
        check("a &lt;b&gt; &amp;amp; &#128663; &#x1F914; &unknown; &", "a <b> &amp; 🚗 🤔 &unknown; &");
        check("&#55357;&#56983; &#55357; &#55357;x", "🚗 &#55357; &#55357;x");
        check("1 < 2 > 0", "1 < 2 > 0");
        check("<script>let a = '<p>';</script>ok<style>p{}</style>", "ok");
        check("<a title=\"a > b\">x</a>", "x");
        check("<a title=\"never ends>x</a>", "x");
        check("<!-- hidden -->seen", "seen");
        check("mule <img alt=\"🫏\" src=x>", "mule 🫏");
        check("<", "<");
    }

    #[test]
    fn attributes_are_found() {
        assert_eq!(
            attribute("link rel=canonical href=https://x.com/a", "href").as_deref(),
            Some("https://x.com/a")
        );
        assert_eq!(
            attribute("time data-datetime='no' datetime=\"2025\"", "datetime").as_deref(),
            Some("2025")
        );
        assert_eq!(attribute("time", "datetime"), None);
    }
}
