//! `verify.html` in a real browser: it runs under its own policy, passes a sound package and names what was changed.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::*;
use report::Recipient;

/// Returns the page as Chromium shows it once its script has run.
fn seen(folder: &Path, page: &str) -> String {
    let address = format!("file://{}", folder.join(page).display());
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        &profile,
        "--virtual-time-budget=20000",
        "--dump-dom",
        &address,
    ];
    let output = judge(folder, "chromium", &arguments);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Gives the page's own script the files of a bag, as the folder picker would, and returns what it shows.
///
/// A headless browser has no folder to pick, so the files are handed over by a second script; only for that the policy
/// is taken out. That the page runs under its policy is a test of its own.
fn checked(name: &str, bag: &BTreeMap<String, Vec<u8>>) -> String {
    let page = String::from_utf8(bag["data/verify.html"].clone()).unwrap();
    let start = page.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let end = start + page[start..].find('>').unwrap() + 1;
    let files: serde_json::Map<String, serde_json::Value> =
        bag.iter().map(|(name, bytes)| (name.clone(), ledger::base64(bytes).into())).collect();
    let files = serde_json::Value::Object(files).to_string().replace("</", "<\\/");
    let hand = format!(
        "<script>const given = {files};\nconst files = new Map(Object.entries(given).map(([n, b]) => [n, base64(b)]));\n\
         checkPackage(files).then(rows => show(rows, files));</script></body>"
    );
    let page = format!("{}{}", &page[..start], &page[end..]).replacen("</body>", &hand, 1);
    let folder = written(name, &BTreeMap::from([("page.html".to_owned(), page.into_bytes())]));
    let shown = seen(&folder, "page.html");
    // Only what is shown: the script's own words stand in the page too.
    let state =
        shown.split("id=\"state\"").nth(1).unwrap_or_default().split("</main>").next().unwrap_or_default();
    state.to_owned()
}

#[test]
fn the_page_runs_under_its_own_policy() {
    let folder = written("browser-policy", &bagged(&standard(Recipient::Public)));
    let shown = seen(&folder, "data/verify.html");
    assert!(shown.contains("Ready. Choose the folder of the package.</p>"), "{shown}");
    let page = std::fs::read_to_string(folder.join("data/verify.html")).unwrap();
    let broken = page.replace("Ready. Choose", "Ready! Choose");
    std::fs::write(folder.join("data/other.html"), broken).unwrap();
    let shown = seen(&folder, "data/other.html");
    assert!(shown.contains("Waiting for a folder."), "a script that was changed must not run");
}

#[test]
fn a_sound_package_passes() {
    for recipient in [Recipient::Public, Recipient::Counsel] {
        let bag = bagged(&standard(recipient));
        let shown = checked(&format!("browser-{recipient}"), &bag);
        assert!(shown.contains("No check failed."), "{shown}");
        assert!(!shown.contains("<td>failed</td>"), "{shown}");
        assert!(
            shown.contains("EX-0005: inclusion proof") && shown.contains("EX-0005: sealed fields"),
            "{shown}"
        );
        assert!(shown.contains("The ledger line names it."), "{shown}");
        let seal = values::Digest::of(&bag["tagmanifest-sha256.txt"]).to_string();
        assert!(shown.contains(&seal), "{shown}");
    }
}

#[test]
fn what_was_changed_is_named() {
    let bag = bagged(&standard(Recipient::Public));
    let changed = |name: &str, from: &str, to: &str| {
        let mut bag = bag.clone();
        let file = bag.get_mut(name).unwrap();
        let text = String::from_utf8(file.clone()).unwrap();
        assert!(text.contains(from), "{name}: {text}");
        *file = text.replacen(from, to, 1).into_bytes();
        bag
    };
    let with = |name: &str, bytes: Option<&[u8]>| {
        let mut bag = bag.clone();
        match bytes {
            Some(bytes) => bag.insert(name.to_owned(), bytes.to_vec()),
            None => bag.remove(name),
        };
        bag
    };
    let cases = [
        (
            "text",
            changed("data/exhibits/EX-0005/post.txt", "Friday", "Sunday"),
            "data/exhibits/EX-0005/post.txt</td><td>Its bytes were changed.",
        ),
        (
            "field",
            changed("data/exhibits/EX-0005/disclosed.txt", "Friday", "Sunday"),
            "1 shown fields are not the sealed ones.",
        ),
        (
            "line",
            changed("data/exhibits/EX-0005/ledger-line.json", "exhibited", "Exhibited"),
            "The line is not in the signed ledger.",
        ),
        (
            "note",
            changed("data/proofs/checkpoint.txt", "\n7\n", "\n8\n"),
            "data/proofs/checkpoint.txt</td><td>Its bytes were changed.",
        ),
        (
            "scrap",
            with("data/proofs/checkpoint.txt", Some(b"x")),
            "Checkpoint of the ledger</td><td>It cannot be read.",
        ),
        ("gone", with("data/report.pdf", None), "data/report.pdf</td><td>It is listed and not there."),
        (
            "more",
            with("data/added.txt", Some(b"x")),
            "data/added.txt</td><td>It was added after the package was made.",
        ),
        ("no-bag", with("bagit.txt", None), "This is not the folder of a package"),
    ];
    for (name, bag, wanted) in cases {
        let shown = checked(&format!("browser-{name}"), &bag);
        assert!(shown.contains(wanted) && shown.contains("Do not rely on this package."), "{name}: {shown}");
    }
}
