//! The public web page: what is verified, with redacted exhibits, in one file that loads and runs nothing.
//!
//! `data/index.html` can be opened from the folder, put on any server or printed. Its policy lets it show exactly the one
//! style inside it and pictures inside it. Words of others are escaped; a source is a link only where it is `https://` or
//! `http://`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::proofs::to_base64;
use crate::document::Stock;
use crate::dossier::Dossier;
use crate::recipient::Options;
use crate::words;

const STYLE: &str = include_str!("../../templates/site.css");

/// Writes `data/index.html` from the data the brief is made of.
pub(super) fn all(
    dossier: &Dossier,
    data: &Value,
    options: &Options,
    stock: &Stock,
    files: &mut BTreeMap<String, Vec<u8>>,
) {
    let words = words::all(options.language, &dossier.redress);
    let page = Page { data, words: &words, stock };
    files.insert("data/index.html".to_owned(), page.whole().into_bytes());
}

/// Returns a whole page around `body`, with the one style it may use.
pub(super) fn page(language: &str, title: &str, body: &str) -> String {
    let digest = to_base64(&Sha256::digest(STYLE.as_bytes()));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'none'; base-uri 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// Returns text as HTML shows it: every character as itself.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A page under way: data and words as the templates of the PDFs read them.
struct Page<'a> {
    data: &'a Value,
    words: &'a Value,
    stock: &'a Stock,
}

impl Page<'_> {
    fn w(&self, key: &str) -> String {
        escaped(self.words[key].as_str().unwrap_or_default())
    }

    fn d(&self, key: &str) -> String {
        text(&self.data[key])
    }

    fn whole(&self) -> String {
        let mut out = String::new();
        let case = self.d("case");
        // Writing to a String cannot fail.
        let _ = writeln!(out, "<a class=\"skip\" href=\"#exhibits\">{}</a>\n<header>", self.w("site_skip"));
        if self.data["demo"].as_bool() == Some(true) {
            let _ = writeln!(out, "<p class=\"demo\">{}</p>", self.w("demo_mark"));
        }
        let _ = writeln!(
            out,
            "<h1>{}</h1>\n<p class=\"case\">{case} · {}</p>\n</header>\n<main>\n<p>{}</p>",
            self.w("site_title"),
            self.d("now"),
            self.w("public_lead")
        );
        self.facts(&mut out);
        self.claims(&mut out);
        self.spread(&mut out);
        self.exhibits(&mut out);
        self.numbers(&mut out);
        self.check(&mut out);
        let _ = writeln!(out, "</main>\n<footer><p>{}</p></footer>", self.w("footer"));
        page(
            &self.d("language"),
            &format!(
                "{} – {}",
                self.words["site_title"].as_str().unwrap_or_default(),
                self.data["case"].as_str().unwrap_or_default()
            ),
            &out,
        )
    }

    fn facts(&self, out: &mut String) {
        let _ = writeln!(out, "<h2>{}</h2>\n<dl>", self.w("verified_title"));
        for key in ["who", "what", "when", "where", "collected"] {
            let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", self.w(key), self.d(key));
        }
        let _ = writeln!(out, "</dl>");
    }

    fn claims(&self, out: &mut String) {
        if list(&self.data["claims"]).is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "<h2>{}</h2>\n<p class=\"soft\">{}</p>",
            self.w("claims_title"),
            self.w("claims_note")
        );
        for claim in list(&self.data["claims"]) {
            let _ = writeln!(
                out,
                "<article>\n<blockquote>{}</blockquote>\n<p><strong>{}</strong> · {} · {}</p>\n<p>{}</p>",
                text(&claim["claim"]),
                text(&claim["verdict"]),
                text(&claim["id"]),
                joined(&claim["exhibits"], ", "),
                text(&claim["known"])
            );
            let sources = list(&claim["sources"]);
            if !sources.is_empty() {
                let _ = writeln!(out, "<p class=\"soft\">{}:</p>\n<ul>", self.w("site_sources"));
                for source in sources {
                    let _ = writeln!(out, "<li>{}</li>", link(source.as_str().unwrap_or_default()));
                }
                let _ = writeln!(out, "</ul>");
            }
            let _ = writeln!(out, "</article>");
        }
    }

    fn spread(&self, out: &mut String) {
        let _ = writeln!(out, "<h2>{}</h2>", self.w("trace_title"));
        if list(&self.data["trace"]).is_empty() {
            let _ = writeln!(out, "<p>{}</p>", self.w("no_trace"));
        } else {
            self.head(out, &["role", "account", "what_shows", "exhibits"]);
            for row in list(&self.data["trace"]) {
                let chance = text(&row["chance"]);
                let at = text(&row["at"]);
                let _ = writeln!(
                    out,
                    "<tr><td>{}</td><td>{}</td><td>{} {chance} {at}</td><td>{}</td></tr>",
                    text(&row["role"]),
                    text(&row["account"]),
                    text(&row["what"]),
                    joined(&row["exhibits"], ", ")
                );
            }
            let _ = writeln!(out, "</tbody></table></div>");
        }
        let _ = writeln!(out, "<h3>{}</h3>\n<ul>", self.w("cannot_show"));
        for row in list(&self.data["cannot_show"]) {
            let _ = writeln!(out, "<li>{}</li>", text(row));
        }
        let _ = writeln!(out, "</ul>");
    }

    fn head(&self, out: &mut String, keys: &[&str]) {
        let _ = writeln!(
            out,
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr>",
            self.w(keys[0])
        );
        for key in keys {
            let _ = write!(out, "<th scope=\"col\">{}</th>", self.w(key));
        }
        let _ = writeln!(out, "</tr></thead><tbody>");
    }

    fn exhibits(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "<h2 id=\"exhibits\">{}</h2>\n<p class=\"soft\">{}</p>",
            self.w("site_exhibits"),
            self.w("exhibits_note_public")
        );
        for exhibit in list(&self.data["exhibits"]) {
            let name = text(&exhibit["name"]);
            let _ = writeln!(out, "<article id=\"{name}\">\n<h3>{}</h3>\n<dl>", text(&exhibit["title"]));
            for (word, value) in [("account", "account"), ("written", "written"), ("where", "place")] {
                let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", self.w(word), text(&exhibit[value]));
            }
            let _ = writeln!(out, "</dl>");
            match text(&exhibit["text"]) {
                words if words.is_empty() => {
                    let _ = writeln!(out, "<p class=\"soft\">{}</p>", self.w("no_words"));
                }
                words => {
                    let _ = writeln!(out, "<blockquote>{words}</blockquote>");
                }
            }
            self.pictures(out, exhibit);
            let _ = writeln!(out, "<ul>");
            for finding in list(&exhibit["findings"]) {
                let detail = match text(&finding["detail"]) {
                    detail if detail.is_empty() => detail,
                    detail => format!(" ({detail})"),
                };
                let _ = writeln!(
                    out,
                    "<li><strong>{}</strong>{detail}: “{}”<br><span class=\"soft\">{}</span></li>",
                    text(&finding["kind"]),
                    text(&finding["quote"]),
                    text(&finding["confirmed"])
                );
            }
            let _ = writeln!(out, "</ul>");
            for seen in list(&exhibit["sightings"]).iter().take(1) {
                let _ = writeln!(
                    out,
                    "<p class=\"soft\">{}: {} · {}</p>",
                    self.w("captured_at"),
                    text(&seen["seen"]),
                    text(&seen["counts"])
                );
            }
            let _ = writeln!(out, "</article>");
        }
    }

    fn pictures(&self, out: &mut String, exhibit: &Value) {
        for picture in list(&exhibit["pictures"]) {
            let Some(bytes) = picture["file"].as_str().and_then(|file| self.stock.picture(file)) else {
                continue;
            };
            let kind = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpeg" };
            let alt = text(&picture["alt"]);
            let _ = writeln!(
                out,
                "<figure><img alt=\"{alt}\" src=\"data:image/{kind};base64,{}\"><figcaption class=\"soft\">{alt}</figcaption></figure>",
                to_base64(bytes)
            );
        }
        let left_out = text(&exhibit["pictures_left_out"]);
        if !left_out.is_empty() {
            let _ = writeln!(out, "<p class=\"soft\">{left_out}</p>");
        }
    }

    fn numbers(&self, out: &mut String) {
        let _ = writeln!(out, "<h2>{}</h2>\n<p>{}</p>", self.w("site_numbers"), self.w("numbers_note"));
        for paragraph in list(&self.words["method_paragraphs"]) {
            let _ = writeln!(out, "<p>{}</p>", text(paragraph));
        }
        let _ = writeln!(out, "<h3>{}</h3>\n<ul>", self.w("left_out_title"));
        for item in list(&self.data["left_out"]) {
            let _ =
                writeln!(out, "<li><strong>{}.</strong> {}</li>", text(&item["what"]), text(&item["why"]));
        }
        if !list(&self.data["covered"]).is_empty() {
            let _ = writeln!(out, "<li>{} {}.</li>", self.w("covered"), joined(&self.data["covered"], ", "));
        }
        let _ = writeln!(out, "</ul>");
    }

    fn check(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "<h2>{}</h2>\n<p>{}</p>\n<p>{}</p>\n<p>{}</p>\n<p><a href=\"verify.html\">verify.html</a></p>",
            self.w("site_check"),
            self.w("site_check_how"),
            self.w("proofs_show"),
            self.w("proofs_not")
        );
    }
}

fn text(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn joined(value: &Value, between: &str) -> String {
    list(value).iter().map(text).collect::<Vec<_>>().join(between)
}

/// Returns a source as a link where it is an address of the web, else as its words.
fn link(source: &str) -> String {
    let shown = escaped(source);
    if source.starts_with("https://") || source.starts_with("http://") {
        format!("<a href=\"{shown}\" rel=\"noreferrer nofollow\">{shown}</a>")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert!(
            link("https://example.org/a?b=\"c\"")
                .starts_with("<a href=\"https://example.org/a?b=&quot;c&quot;\"")
        );
        for hostile in ["javascript:alert(1)", "data:text/html,x", "//example.org", " https://x"] {
            assert!(!link(hostile).contains("<a"), "{hostile}");
        }
    }
}
