//! No sentence that redress writes concludes that somebody broke a law, in English or Spanish: over every package for
//! every recipient, the plan, its sheets and calendar, the elements, the log of reports, and the manual.

mod common;

use std::path::Path;
use std::process::Command;

use common::{files, run};
use law::honest::overclaims;
use law::{Lang, Library};

/// Words of others that stand in documents as quotations: posts of the demo, and claims as others make them.
struct Quoted(Vec<String>);

impl Quoted {
    fn of(package: &Path) -> Self {
        let mut quoted: Vec<String> = Library::shipped()
            .claims
            .iter()
            .flat_map(|row| [row.claim.in_lang(Lang::En), row.claim.in_lang(Lang::Es)].map(flat))
            .collect();
        for (name, bytes) in files(package) {
            if name.ends_with("post.json") {
                let post: serde_json::Value = serde_json::from_slice(&bytes).expect("post.json is JSON");
                let text = post.pointer("/post/text").or_else(|| post.get("text"));
                quoted.extend(text.and_then(|text| text.as_str()).map(flat));
            }
        }
        // Inside a sentence they stand without their own full stop, and with other quotation marks.
        let inside = |words: &String| words.trim_end_matches('.').replace('«', "“").replace('»', "”");
        quoted.extend(quoted.iter().map(inside).collect::<Vec<_>>());
        quoted.retain(|words| !words.is_empty());
        quoted.sort_by_key(|words| std::cmp::Reverse(words.len()));
        Self(quoted)
    }

    /// Returns the sentences of `text` that conclude too much and are nobody's quoted words.
    fn overclaims(&self, text: &str) -> Vec<String> {
        // A page and a table write a quotation mark in their own way.
        let text = text.replace("&quot;", "\"").replace("\"\"", "\"").replace("&amp;", "&");
        let text = without_addresses(&flat(&text));
        // A number of the column beside may stand between two lines of a quotation; it concludes nothing.
        let told: Vec<&str> = text.split(' ').filter(|word| !word.starts_with("EX-")).collect();
        let mut text = told.join(" ");
        for words in &self.0 {
            text = text.replace(words, " ");
        }
        overclaims(&text).into_iter().map(|over| format!("{}: {}", over.word, over.sentence)).collect()
    }
}

/// Returns a text with single blanks: a page breaks lines anywhere.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of the library's rows, in English, that have other words in Spanish: none of them belongs on a Spanish page.
struct English(Vec<String>);

impl English {
    fn of_rows() -> Self {
        let mut texts = Vec::new();
        Library::shipped().each_row(&mut |row| {
            for (_, text) in row.shown {
                let (en, es) = (flat(&text.en), flat(&text.es));
                // An official name stands in parentheses in the Spanish one: it may be there.
                if row.table != "state" && en.len() > 12 && en.contains(' ') && !es.contains(&en) {
                    texts.push(en);
                }
            }
        });
        let role = law::role_shown(record::Role::Postal).en;
        Self(texts.into_iter().chain([role]).collect())
    }

    /// Returns those that stand in `text`.
    fn within(&self, text: &str) -> Vec<&String> {
        let text = flat(&text.replace("&quot;", "\"").replace("\"\"", "\"").replace("&amp;", "&"));
        self.0.iter().filter(|words| text.contains(*words)).collect()
    }
}

/// Returns a text without addresses of the web: what a page is called is nobody's sentence.
fn without_addresses(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let begins = rest[..at].rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |before| before + 1);
        out.push_str(&rest[..begins]);
        let ends = rest[at..]
            .find(|c: char| c.is_whitespace() || "\"<>,".contains(c))
            .map_or(rest.len(), |end| at + end);
        rest = &rest[ends..];
    }
    out + rest
}

fn words_of_pdf(path: &Path) -> String {
    let output = Command::new("pdftotext")
        .arg(path)
        .arg("-")
        .output()
        .unwrap_or_else(|error| panic!("pdftotext does not run ({error}); scripts/test installs it"));
    assert!(output.status.success(), "pdftotext on {}", path.display());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every document of one demo case: nine recipients and the four desks of the police, two languages.
#[test]
fn no_document_concludes_that_somebody_broke_a_law() {
    let folder = tempfile::tempdir().unwrap();
    let demo = folder.path().join("demo");
    let (code, out, error) = run(&["demo", demo.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{error}");
    let case = demo.join("case");
    let case = case.to_str().unwrap();
    let mut wrong: Vec<String> = Vec::new();
    let english = English::of_rows();
    assert!(english.0.len() > 1000, "{}", english.0.len());
    let mut looked_at = 0;
    for (kind, desk) in [
        ("police", "local"),
        ("police", "state"),
        ("police", "fbi"),
        ("police", "postal"),
        ("prosecutor", ""),
        ("platform", ""),
        ("host", ""),
        ("employer", ""),
        ("counsel", ""),
        ("public", ""),
        ("household", ""),
        ("archive", ""),
    ] {
        for language in ["en", "es"] {
            let package = folder.path().join(format!("{kind}{desk}-{language}"));
            let out = package.to_str().unwrap();
            let mut words = vec!["export", case, "--for", kind, "--out", out, "--language", language];
            if !desk.is_empty() {
                words.extend(["--to", desk]);
            }
            let (code, said, error) = run(&words);
            assert_eq!(code, 0, "{kind} {language}: {said}{error}");
            let quoted = Quoted::of(&package);
            let mut pages = 0;
            for (name, bytes) in files(&package) {
                // Every post of the case, exhibit or not, lies in the archive as its author wrote it.
                let of_others = ["/exhibits/", "/loadfile/", "data/posts-", "tables/posts.csv", "data/xarf/"];
                let own_words = !of_others.iter().any(|part| name.contains(part));
                let text = match name.rsplit('.').next() {
                    Some("pdf") => words_of_pdf(&package.join(&name)),
                    Some("txt" | "csv" | "html" | "ics" | "json" | "md") if own_words => {
                        String::from_utf8_lossy(&bytes).into_owned()
                    }
                    _ => continue,
                };
                pages += 1;
                // Letters to platforms, offices and speakers are in English, since that is how they are read.
                if language == "es" && !name.contains("/letters/") {
                    let found = english.within(&text);
                    wrong.extend(found.iter().map(|words| format!("English in {kind} {name}: {words}")));
                }
                wrong.extend(
                    quoted
                        .overclaims(&text)
                        .into_iter()
                        .map(|over| format!("{kind} {language} {name}: {over}")),
                );
            }
            assert!(pages >= 3, "{kind} {language}: only {pages} documents");
            // The person and their lawyer get the questions of every office, answered as far as the case can.
            if kind == "archive" || kind == "counsel" {
                let all = files(&package);
                for office in ["postal", "fbi", "local", "law-for-truth", "state-election-office"] {
                    let form = all.get(&format!("data/forms/{office}-questions.txt"));
                    let form = String::from_utf8_lossy(
                        form.unwrap_or_else(|| panic!("{kind}: no form of {office}")),
                    );
                    assert!(form.contains("____") && form.contains("\n- "), "{office}: {form}");
                }
            }
            looked_at += pages;
        }
    }
    assert!(looked_at > 100, "{looked_at} documents");

    let quoted = Quoted::of(&folder.path().join("archive-en"));
    let sheets = folder.path().join("sheets");
    let manual = folder.path().join("manual");
    let (sheets_path, manual_path) = (sheets.to_str().unwrap(), manual.to_str().unwrap());
    for language in ["en", "es"] {
        for words in [
            &["plan", case, "--all", "--language", language, "--sheets", sheets_path][..],
            &["plan", case, "--language", language],
            &["--json", "plan", case, "--language", language],
            &["elements", case, "--language", language],
            &["--json", "elements", case, "--language", language],
            &["report", case, "--language", language],
            &["trace", case],
            &["law", "list"],
            &["man", manual_path],
        ] {
            let (code, out, error) = run(words);
            assert_eq!(code, 0, "{words:?}: {error}");
            wrong.extend(quoted.overclaims(&out).into_iter().map(|over| format!("{words:?}: {over}")));
            if words.contains(&"es") {
                wrong.extend(
                    english.within(&out).iter().map(|found| format!("English in {words:?}: {found}")),
                );
            }
        }
        for (name, bytes) in files(&sheets).into_iter().chain(files(&manual)) {
            let text = match name.ends_with(".pdf") {
                true => words_of_pdf(&sheets.join(&name)),
                false => String::from_utf8_lossy(&bytes).into_owned(),
            };
            if language == "es" && files(&sheets).contains_key(&name) {
                wrong.extend(english.within(&text).iter().map(|words| format!("English in {name}: {words}")));
            }
            wrong.extend(quoted.overclaims(&text).into_iter().map(|over| format!("{name}: {over}")));
        }
    }
    assert!(wrong.is_empty(), "{} sentences conclude too much:\n{}", wrong.len(), wrong.join("\n"));
}
