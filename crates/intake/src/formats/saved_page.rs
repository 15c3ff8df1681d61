//! A page saved from a browser: with SingleFile (one HTML file), or as MHTML by Chrome, Edge and Hunchly.
//!
//! The page is what the browser made of the server's answer, written down again; whoever saved it could change it. Posts
//! of X in it are read where they can be told; any other page stands as one page with its words.

mod posts;

use record::Fidelity;
use values::{Place, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out};
use crate::mime::Part;
use crate::{Refused, html, time};
use record::Sink;

pub(super) const SINGLEFILE: Format = Format {
    name: "singlefile",
    version: 2,
    description: "A page saved with the browser extension SingleFile (.html)",
    fidelity: Fidelity::SavedPage,
    looks: |head: &Head<'_>| stamp_of_singlefile(&head.text).is_some(),
    read: read_singlefile,
};

pub(super) const MHTML: Format = Format {
    name: "mhtml",
    version: 2,
    description: "A page saved by Chrome, Edge or Hunchly as a single file (.mhtml, .mht)",
    fidelity: Fidelity::SavedPage,
    looks: |head: &Head<'_>| {
        let part = Part::parse(head.bytes);
        part.header("snapshot-content-location").is_some()
            || part.kind() == "multipart/related"
                && part.header("from").is_some_and(|from| from.contains("Saved by"))
            || part.kind() == "text/html"
                && part.header("content-location").is_some()
                && part.header("from").is_some_and(|from| from.to_ascii_lowercase().contains("saved by"))
    },
    read: read_mhtml,
};

pub(super) const HTML: Format = Format {
    name: "html",
    version: 2,
    description: "Any other page saved from a browser (.html)",
    fidelity: Fidelity::SavedPage,
    looks: |head: &Head<'_>| {
        let start = head.squeezed.get(..64.min(head.squeezed.len())).unwrap_or_default().to_lowercase();
        let named = [".html", ".htm"].iter().any(|end| head.name.to_ascii_lowercase().ends_with(end));
        start.starts_with("<!doctypehtml") || start.starts_with("<html") || named && start.starts_with('<')
    },
    read: read_html,
};

/// Returns the comment SingleFile writes behind the opening of the document, before any of its words. A text that only
/// speaks of SingleFile has none, nor has a page that quotes such a comment in its body.
fn stamp_of_singlefile(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    let mut is_page = false;
    loop {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let (comment, behind) = comment.split_once("-->")?;
            let opening = comment.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
            let openings = ["Page saved with SingleFile", "Archive processed by SingleFile"];
            if openings.iter().any(|known| opening.starts_with(known)) {
                return is_page.then_some(comment);
            }
            rest = behind.trim_start();
            continue;
        }
        let name: String = rest.strip_prefix('<')?.chars().take(9).collect::<String>().to_ascii_lowercase();
        if !["!doctype", "html", "head", "meta"].iter().any(|known| name.starts_with(known)) {
            return None;
        }
        is_page |= name.starts_with("!doctype") || name.starts_with("html");
        rest = rest[html::end_of_tag(rest)? + 1..].trim_start();
    }
}

fn read_singlefile(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = input.text(out)?;
    let comment = stamp_of_singlefile(&text).unwrap_or_default();
    let field = |name: &str| comment.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let saved = field("saved date:").and_then(|date| time::browser_date(date, SaidBy::Collector));
    posts::push(&text, field("url:"), saved, input, out);
    rebuilt(out);
    Ok(())
}

fn read_html(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = input.text(out)?;
    // Browsers that save “complete” pages write where the page came from into a comment.
    let from =
        text.split_once("saved from url=(").and_then(|(_, rest)| rest.split_once(')')).map(|(_, rest)| rest);
    let from = from
        .and_then(|rest| rest.split([' ', '\n', '-']).next())
        .filter(|url| url.starts_with("http"))
        .map(str::to_owned);
    let canonical = text.find("rel=\"canonical\"").or_else(|| text.find("rel=canonical")).and_then(|at| {
        let start = text[..at].rfind('<')?;
        html::attribute(text[start..].split('>').next()?, "href")
    });
    let url = from.or(canonical);
    posts::push(&text, url.as_deref(), None, input, out);
    out.trouble(
        Trouble::new(
            "page.no_time",
            Severity::Warn,
            "The page does not say when it was saved.",
            "Save it again with SingleFile or as a web archive, which write down when and from where.",
        )
        .at(Place::whole()),
    );
    rebuilt(out);
    Ok(())
}

fn read_mhtml(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let bytes = input.whole()?;
    let file = Part::parse(&bytes);
    let saved = file.header("date").and_then(|date| time::mail_date(date, SaidBy::Collector));
    let url = file.header("snapshot-content-location");
    let mut read = false;
    for part in file.leaves() {
        let kind = part.kind();
        if kind == "text/html" && !read {
            read = true;
            let from = part.header("content-location").filter(|from| from.starts_with("http"));
            // Parts name no character set; Blink writes UTF-8.
            posts::push(&part.text(), url.or(from), saved, input, out);
        } else if kind.starts_with("image/") {
            let name = part
                .header("content-location")
                .unwrap_or("picture")
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            out.member(Place::whole(), &name, &part.bytes());
        }
    }
    if !read {
        return Err(Refused::new(
            "mhtml.no_page",
            "The file should hold a saved page and holds none.",
            "Save the page again, or import the file it came from.",
        ));
    }
    rebuilt(out);
    Ok(())
}

/// Reads a page that a web archive holds as the server sent it. Returns whether anything was made of it: posts, or, for
/// a page a person looked at, the page.
pub(super) fn push_answer(
    page: &str,
    url: &str,
    seen: Option<values::Moment>,
    place: &Place,
    looked_at: bool,
    input: &Input<'_>,
    out: &mut Out<'_>,
) -> bool {
    posts::push_at(page, Some(url), seen, Some(place), looked_at, input, out)
}

fn rebuilt(out: &mut Out<'_>) {
    out.trouble(
        Trouble::new(
            "page.rebuilt",
            Severity::Warn,
            "The page was written down from the browser's memory, where extensions and people can change it; these are not the server's bytes.",
            "Save the same page as a signed web archive or a HAR as well, while it is up.",
        )
        .at(Place::whole()),
    );
}

#[cfg(test)]
mod tests {
    use super::stamp_of_singlefile;

    #[test]
    fn the_stamp_of_singlefile_stands_in_the_head_of_a_page() {
        let stamp = "<!--\n Page saved with SingleFile \n url: https://example.org/ \n-->";
        let check = |text: String, expected: bool| {
            assert_eq!(stamp_of_singlefile(&text).is_some(), expected, "{text}")
        };
        check(format!("<!DOCTYPE html> <html lang=\"a>b\">{stamp}<title>x</title>"), true);
        check(format!("\u{feff}<!doctype html>\n<!-- other -->\n<html>\n{stamp}"), true);
        check(format!("<html><head><meta charset=utf-8>{stamp}"), true);
        check(format!("<html><body>{stamp}"), false);
        check(format!("<html><title>x</title>{stamp}"), false);
        check(stamp.to_owned(), false);
        check(format!("Page saved with SingleFile\n{stamp}"), false);
        check("<html><!-- we tried: Page saved with SingleFile -->".to_owned(), false);
        check("<html><!-- Page saved with SingleFile".to_owned(), false);
    }
}
