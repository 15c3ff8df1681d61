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
    version: 1,
    description: "A page saved with the browser extension SingleFile (.html)",
    fidelity: Fidelity::SavedPage,
    looks: |head: &Head<'_>| {
        head.text
            .get(..head.text.len().min(4_000))
            .unwrap_or(&head.text)
            .contains("Page saved with SingleFile")
    },
    read: read_singlefile,
};

pub(super) const MHTML: Format = Format {
    name: "mhtml",
    version: 1,
    description: "A page saved by Chrome, Edge or Hunchly as a single file (.mhtml, .mht)",
    fidelity: Fidelity::SavedPage,
    looks: |head: &Head<'_>| {
        let part = Part::parse(head.bytes);
        part.header("snapshot-content-location").is_some()
            || part.kind() == "multipart/related"
                && part.header("from").is_some_and(|from| from.contains("Saved by"))
    },
    read: read_mhtml,
};

pub(super) const HTML: Format = Format {
    name: "html",
    version: 1,
    description: "Any other page saved from a browser (.html)",
    fidelity: Fidelity::SavedPage,
    looks: |head: &Head<'_>| {
        let start = head.squeezed.get(..64.min(head.squeezed.len())).unwrap_or_default().to_lowercase();
        let named = [".html", ".htm"].iter().any(|end| head.name.to_ascii_lowercase().ends_with(end));
        start.starts_with("<!doctypehtml") || start.starts_with("<html") || named && start.starts_with('<')
    },
    read: read_html,
};

fn read_singlefile(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = input.text(out)?;
    let comment = text
        .split_once("<!--")
        .and_then(|(_, rest)| rest.split_once("-->"))
        .map_or("", |(comment, _)| comment);
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
