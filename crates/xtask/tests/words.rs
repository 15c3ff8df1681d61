//! No sentence in our own code, templates or documents concludes that somebody broke a law: English and Spanish, also
//! those that no test happens to print.

use std::path::{Path, PathBuf};

use law::honest::overclaims;

/// Rooms whose words a person reads, and of `detect` the reasons: the rest of it and `samples` hold words of posts. `law` is
/// tested over its own rows.
const ROOMS: [&str; 13] = [
    "actions",
    "case",
    "container",
    "detect/src/reasons.rs",
    "intake",
    "network",
    "pixels",
    "record",
    "redress",
    "report",
    "seal",
    "values",
    "web",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.is_file() {
        found.push(folder.to_owned());
        return;
    }
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Returns the string literals of Rust source outside its tests, each as one text.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut literal: Option<String> = None;
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut escaped = false;
        for c in line.chars() {
            match &mut literal {
                None if c == '"' => literal = Some(String::new()),
                None => {}
                Some(_) if c == '"' && !escaped => found.extend(literal.take()),
                Some(text) => text.push(c),
            }
            escaped = c == '\\' && !escaped;
        }
        // A literal that goes on in the next line.
        if let Some(text) = &mut literal {
            text.push(' ');
        }
    }
    found
}

#[test]
fn string_literals_are_found() {
    let source = "let a = \"one \\\"two\\\"\"; // \"no\"\n// \"comment\"\nf(\"three\n four\");\n#[cfg(test)]\n\"test\"";
    let found = literals(source);
    assert!(found.iter().any(|text| text.contains("two")), "{found:?}");
    assert!(found.iter().any(|text| text.contains("three") && text.contains("four")), "{found:?}");
    assert!(!found.iter().any(|text| text.contains("test") || text.contains("comment")), "{found:?}");
}

#[test]
fn no_sentence_of_ours_concludes_that_somebody_broke_a_law() {
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for room in ROOMS {
        let mut found = Vec::new();
        files(&root().join("crates").join(room), &mut found);
        for path in found {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            let in_tests = path.components().any(|part| part.as_os_str() == "tests");
            if in_tests || !["rs", "typ", "html", "js"].contains(&ending) {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("source is text");
            let texts = if ending == "rs" { literals(&text) } else { vec![text] };
            for text in texts {
                looked_at += 1;
                wrong.extend(
                    overclaims(&text)
                        .into_iter()
                        .map(|over| format!("{}: {}", path.display(), over.sentence)),
                );
            }
        }
    }
    assert!(looked_at > 2_000, "only {looked_at} texts were found");
    assert!(wrong.is_empty(), "{} sentences conclude too much:\n{}", wrong.len(), wrong.join("\n"));
}
