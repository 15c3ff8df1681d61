//! The pages of a package in a real browser: the words are there, nothing is loaded, and axe-core finds no barrier.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::*;
use report::{Language, Options, Paper, Recipient};

/// Returns a page as Chromium shows it once its scripts have run.
fn seen(folder: &Path, page: &str) -> String {
    let address = format!("file://{}", folder.join(page).display());
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        &profile,
        "--virtual-time-budget=20000",
        "--dump-dom",
        &address,
    ];
    String::from_utf8_lossy(&judge(folder, "chromium", &arguments).stdout).into_owned()
}

/// Runs axe-core on a page and returns what it finds. Only for that the policy is taken out: it forbids every script.
fn barriers(name: &str, page: &[u8]) -> String {
    let page = String::from_utf8(page.to_vec()).unwrap();
    let start = page.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let end = start + page[start..].find('>').unwrap() + 1;
    let axe = std::fs::read_to_string(judge_of("../node_modules/axe-core/axe.min.js")).unwrap();
    let run = "axe.run(document).then(found => {
        const said = found.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).join(' '));
        const out = document.createElement('pre');
        out.id = 'axe';
        out.textContent = 'AXE ' + found.passes.length + ' rules passed\\n' + said.join('\\n') + '\\nEND';
        document.body.append(out);
    });";
    let hand =
        format!("<script>{}</script><script>{run}</script></body>", axe.replace("</script", "<\\/script"));
    let page = format!("{}{}", &page[..start], &page[end..]).replacen("</body>", &hand, 1);
    let folder = written(name, &BTreeMap::from([("page.html".to_owned(), page.into_bytes())]));
    let shown = seen(&folder, "page.html");
    let said = shown.split("<pre id=\"axe\">").nth(1).unwrap_or_else(|| panic!("axe did not run: {shown}"));
    said.split("END").next().unwrap().to_owned()
}

#[test]
fn axe_finds_no_barrier_on_any_page() {
    for language in [Language::English, Language::Spanish] {
        let options = Options::new(language, Paper::Letter);
        for recipient in [Recipient::Public, Recipient::Archive] {
            let package = made(&dossier(), recipient, &options);
            for (name, bytes) in package.files.iter().filter(|(name, _)| name.ends_with(".html")) {
                if name.contains("exhibits/") && !name.contains("EX-0005") {
                    continue;
                }
                let name = format!("axe-{recipient}-{}-{}", language.code(), name.replace('/', "-"));
                let said = barriers(&name, bytes);
                let (passed, found) = said.split_once('\n').unwrap();
                assert!(found.trim().is_empty(), "{name}: {found}");
                assert!(passed.starts_with("AXE ") && !passed.contains(" 0 rules"), "{name}: {passed}");
            }
        }
    }
}

#[test]
fn the_public_page_says_what_it_must_and_loads_nothing() {
    let package = standard(Recipient::Public);
    let folder = written("site-public", &package.files);
    let shown = seen(&folder, "data/index.html");
    for wanted in [
        "Invented demo",
        "Somebody should pay this traitor a visit",
        "[licence plate withheld]",
        "https://county.example/notice",
        "Earliest in this collection",
        "do not show that a platform served",
        "verify.html",
    ] {
        let there = shown.contains(wanted);
        assert_eq!(there, wanted != "Invented demo", "{wanted}: {shown}");
    }
    let page = String::from_utf8(package.files["data/index.html"].clone()).unwrap();
    assert!(page.contains("default-src 'none'") && !page.contains("<script") && !page.contains("src=\"http"));
    for private in ["Jordan", "Tamsin", "Elmgrove", "RDR", "555-0143"] {
        assert!(!page.contains(private), "{private}");
    }
}
