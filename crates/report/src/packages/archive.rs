//! For safe keeping: every post of the case as pages and as a table, every capture listed, and the ledger itself.
//!
//! The captures lie beside it as they were received. Nothing here needs redress: a browser, a spreadsheet and `sha256sum`
//! are enough, in 2036 as well.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::site::{escaped, page};
use super::tables::table;
use crate::dossier::{Dossier, PostRow};
use crate::recipient::Options;
use crate::view::brief;
use crate::words;

/// Posts on one page: a browser of any year shows as many at once.
const PAGE: usize = 1_000;

/// Writes `data/index.html`, `data/posts-0001.html` …, two tables and the ledger.
pub(super) fn all(dossier: &Dossier, data: &Value, options: &Options, files: &mut BTreeMap<String, Vec<u8>>) {
    let words = words::all(options.language, &dossier.redress);
    let w = |key: &str| escaped(words[key].as_str().unwrap_or_default());
    let pages: Vec<String> =
        (1..=dossier.posts.len().div_ceil(PAGE)).map(|number| format!("posts-{number:04}.html")).collect();
    let mut body = format!(
        "<header>\n<h1>{}</h1>\n<p class=\"case\">{} · {}</p>\n</header>\n<main>\n<p>{}</p>\n<h2>{}</h2>\n<ul>\n",
        w("archive_title"),
        escaped(&dossier.case),
        escaped(data["now"].as_str().unwrap_or_default()),
        w("archive_lead"),
        w("archive_files")
    );
    // Writing to a String cannot fail.
    for name in [
        "report.pdf",
        "verify.html",
        "tables/exhibits.csv",
        "tables/posts.csv",
        "tables/captures.csv",
        "ledger/log",
    ] {
        let _ = writeln!(body, "<li><a href=\"{name}\">{name}</a></li>");
    }
    let _ = writeln!(body, "</ul>\n<h2>{}</h2>\n<ul>", w("archive_posts"));
    for name in &pages {
        let _ = writeln!(body, "<li><a href=\"{name}\">{name}</a></li>");
    }
    let _ = writeln!(
        body,
        "</ul>\n<h2>{}</h2>\n<p>{}</p>\n<p>{}</p>\n</main>",
        w("proofs_title"),
        w("proofs_show"),
        w("proofs_not")
    );
    let code = options.language.code();
    let title = words["archive_title"].as_str().unwrap_or_default();
    files.insert("data/index.html".to_owned(), page(code, title, &body).into_bytes());
    for (name, posts) in pages.iter().zip(dossier.posts.chunks(PAGE)) {
        let body = posts_page(posts, &w);
        files.insert(format!("data/{name}"), page(code, &format!("{title} – {name}"), &body).into_bytes());
    }
    files.insert("data/tables/posts.csv".to_owned(), posts_table(&dossier.posts).into_bytes());
    files.insert("data/tables/captures.csv".to_owned(), captures_table(dossier).into_bytes());
    files.insert("data/ledger/log".to_owned(), dossier.ledger.clone().into_bytes());
}

fn posts_page(posts: &[PostRow], w: &dyn Fn(&str) -> String) -> String {
    let mut out = format!(
        "<header>\n<h1>{}</h1>\n</header>\n<main>\n<p><a href=\"index.html\">index.html</a></p>\n",
        w("archive_posts")
    );
    for post in posts {
        let written = post.written.map_or_else(String::new, brief);
        let captures: Vec<String> =
            post.captures.iter().map(|digest| format!("<code>{digest}</code>")).collect();
        let _ = writeln!(
            out,
            "<article>\n<h2>{}</h2>\n<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>\n<blockquote>{}</blockquote>",
            escaped(&post.post),
            w("account"),
            escaped(&crate::document::shown(&post.account)),
            w("written"),
            escaped(&written),
            w("address"),
            escaped(&crate::document::shown(&post.address)),
            w("capture"),
            captures.join(" "),
            escaped(&crate::document::shown(&post.text)),
        );
        if !post.findings.is_empty() {
            let _ = writeln!(out, "<p class=\"soft\">{}</p>", escaped(&post.findings.join("; ")));
        }
        let _ = writeln!(out, "</article>");
    }
    out.push_str("</main>\n");
    out
}

fn posts_table(posts: &[PostRow]) -> String {
    let head = ["post", "platform", "kind", "account", "written", "address", "captures", "findings", "text"];
    table(
        &head,
        posts.iter().map(|post| {
            let captures: Vec<String> = post.captures.iter().map(ToString::to_string).collect();
            vec![
                post.post.clone(),
                post.platform.clone(),
                post.kind.clone(),
                post.account.clone(),
                post.written.map_or_else(String::new, |at| at.to_rfc3339()),
                post.address.clone(),
                captures.join(" "),
                post.findings.join("; "),
                post.text.clone(),
            ]
        }),
    )
}

fn captures_table(dossier: &Dossier) -> String {
    let rows = dossier.captures.iter().map(|capture| {
        vec![
            capture.digest.to_string(),
            capture.size.to_string(),
            capture.file.clone(),
            capture.kept.to_rfc3339(),
        ]
    });
    table(&["sha256", "bytes", "file", "kept_at"], rows)
}
